"""The plain arguments of `slalint check`, read without click: to load it takes a quarter of the time that one agreement
takes.

What the options are is known from their declarations, as click understands them, and kept (`slalint.kept`). Whatever
is not plain is left to click: help, completion, shortened forms, and all that it would refuse.
"""

from __future__ import annotations

import os

from slalint import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    Options: TypeAlias = dict[str, tuple[str, str, tuple[str, ...]]]  # name: what it sets, how, to which values

_KEY = ("arguments", "check")
_FLAG, _ONE, _MANY = "flag", "one", "many"
# One does without its value, the other needs click's context.
_NOT_PLAIN = ("timings", "trusted_config")


def plain(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What click would call the command with; None where click has to look itself."""
    if "_SLALINT_COMPLETE" in os.environ:
        return None
    known: tuple[Options, dict[str, Any]] | None = kept.get(_KEY)
    if known is None:
        kept.put(_KEY, known := _declared())
    options, wishes = known
    paths = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            paths.append(argument)
            continue
        name, given, value = argument.partition("=")
        if name not in options or (given and not name.startswith("--")):
            return None
        sets, how, values = options[name]
        if how == _FLAG:
            if given:
                return None
            wishes[sets] = True
            continue
        value = value if given else next(rest, "")
        if not value or value.startswith("-") or (values and value not in values):
            return None
        wishes[sets] = (*wishes[sets], value) if how == _MANY else value
    wishes["paths"] = tuple(paths)
    return wishes


def _declared() -> tuple[Options, dict[str, Any]]:
    """The options of the command, and what it is called with where none is given."""
    import click

    from slalint.cli.check import command

    options: Options = {}
    for one in command.params:
        if isinstance(one, click.Option) and one.name and one.name not in _NOT_PLAIN:
            values = tuple(one.type.choices) if isinstance(one.type, click.Choice) else ()
            how = _FLAG if one.is_flag else _MANY if one.multiple else _ONE
            options |= dict.fromkeys(one.opts, (one.name, how, values))
    with command.make_context("check", []) as context:
        return options, dict(context.params)
