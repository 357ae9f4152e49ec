"""What a command works with: the configuration that holds here, and the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from slalint.cli._console import misused
from slalint.config import Config, ConfigError, unknown_rule, verify_names, verify_options
from slalint.model import Node
from slalint.record import NamedTuple
from slalint.rule import Rule, RuleError

F = TypeVar("F", bound=Callable[..., Any])


class Project(NamedTuple):
    config: Config
    rules: list[Rule]


def options(function: F) -> F:
    """``--config`` and ``--isolated``."""
    import click

    function = click.option("--isolated", is_flag=True, help="Use no configuration and no installed rules.")(function)
    return click.option("--config", metavar="FILE", help="Use this configuration, not the nearest slalint.yaml.")(
        function
    )


def load(config: str | None = None, isolated: bool = False) -> Project:
    """The project's configuration and rules. Raises ``ConfigError`` with all that is wrong with them."""
    from slalint.disk.rulebook import bundled, rulebook

    if isolated:
        if config:
            raise misused("--isolated uses no configuration; leave out --config")
        return Project(Config(), bundled())
    from slalint.disk import settings

    path = config or settings.find()
    if not path:
        return Project(Config(), rulebook(()))
    try:
        layers = settings.layers(path)
        wishes = settings.explained(settings.together(path, layers), layers)
        _speak(wishes)
        rules = rulebook(wishes.rules)
        names = wrong([layer.root for layer in layers], rules)
        if names:
            raise ConfigError.of(names)
    except (ConfigError, RuleError) as problem:
        # The first thing that is wrong stops the reading; whoever mends it wants to know of the others, too.
        from slalint.cli._verify import faults
        from slalint.disk.files import shown

        raise ConfigError.of([*faults(shown(path))] or [problem]) from problem
    return Project(wishes, rules)


def speak() -> None:
    """Makes the languages of the project known, for a command that asks for nothing else. Raises ``ConfigError``."""
    from slalint.disk import settings

    path = settings.find()
    if path is not None:
        _speak(settings.together(path, settings.layers(path)))


def _speak(wishes: Config) -> None:
    if wishes.languages:
        from slalint.disk import languages

        languages.add(wishes.languages, wishes.path)


def with_glossary(config: Config) -> Config:
    """A configuration with what its glossaries explain in the folder that is the working folder now."""
    from slalint.disk import settings

    if not config.glossaries:
        return config
    try:
        return config._replace(glossary=settings.read(config.path)[0].glossary)
    except ConfigError:  # there was no such configuration, or none that could be used
        return config._replace(glossary=())


def wrong(roots: Sequence[Node], rules: list[Rule]) -> list[ConfigError]:
    """What configurations say about rules and cannot mean."""
    if not roots:
        return []
    faults = verify_names(roots, {rule.name: rule.category for rule in rules})
    return faults + verify_options(roots, {rule.name: rule.options for rule in rules})


def names(rules: list[Rule]) -> set[str]:
    """What may be selected, ignored and weighed: rules and their categories."""
    return {rule.name for rule in rules} | {rule.category for rule in rules}


def rule(rules: list[Rule], name: str) -> Rule:
    """The rule of that name. Raises ``click.UsageError``."""
    for one in rules:
        if one.name == name:
            return one
    inside = [one.name for one in rules if one.category == name]
    if inside:
        raise misused(f"{name} is a category of rules: {', '.join(inside)}")
    raise misused(unknown_rule(name, [one.name for one in rules]))


def selection(values: tuple[str, ...], rules: list[Rule]) -> tuple[str, ...]:
    """The names of ``--select`` or ``--ignore``, also several in one, with commas. Raises ``click.UsageError``."""
    known = names(rules) | {"all"}
    wished = [name.strip() for value in values for name in value.split(",") if name.strip()]
    for name in wished:
        if name not in known:
            raise misused(unknown_rule(name, known))
    return tuple(wished)
