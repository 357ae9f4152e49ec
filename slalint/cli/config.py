"""`slalint config`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from slalint.cli._console import guarded, say, tell

if TYPE_CHECKING:
    from slalint.disk.settings import Layer
    from slalint.model import Node

_DEFAULTS = {"profile": "recommended", "minConfidence": "medium", "failOn": "error"}
_FILES = ("rules", "languages", "glossaries", "baseline")

_which = click.option("--config", metavar="FILE", help="This configuration, not the nearest slalint.yaml.")


@click.group(short_help="The configuration that holds here: show or verify it.")
def command() -> None:
    """The configuration that holds in this folder: the nearest slalint.yaml, with all that it extends."""


@command.command(short_help="Print what holds, with what is extended.")
@click.option("--origin", is_flag=True, help="Say of each value where it is written.")
@_which
def show(config: str | None, origin: bool) -> None:
    """Print the configuration that holds here as one file, with all that it extends."""
    from slalint.disk import settings
    from slalint.reports._text import visible

    path = config or settings.find()
    lines = list(_lines(settings.layers(path) if path else [], os.path.dirname(path or "")))
    width = max(len(text) for text, _ in lines)
    for text, where in lines:
        say(guarded(visible(f"{text:<{width}}  # {where}" if origin and where else text) + "\n"))


@command.command(short_help="Say all that is wrong with it; status 2 if anything is.")
@_which
def verify(config: str | None) -> int:
    """Say all that is wrong with the configuration, with what it extends and with the rules, glossaries, languages and
    baseline that it names; status 2 if anything is."""
    from slalint.cli._verify import faults
    from slalint.disk import settings
    from slalint.disk.files import shown
    from slalint.reports._text import flowing

    path = config or settings.find()
    if not path:
        tell("There is no slalint.yaml here; the defaults hold.")
        return 0
    found = list(faults(shown(path)))
    for fault in found or [f"{shown(path)}: nothing to mend"]:
        say(guarded(flowing(fault) + "\n"))
    return 2 if found else 0


def _lines(layers: list[Layer], folder: str) -> Iterator[tuple[str, str]]:
    """Each line of the configuration as one file, and where it was said."""
    from slalint.config import Said
    from slalint.disk import settings
    from slalint.shape import Shape

    said = Said.of(layer.root for layer in layers)
    places = {_at(node): place for key in _FILES for node, place in settings.places(layers, key)}

    def told(node: Node) -> tuple[str, str]:
        at = _at(node)
        value = os.path.relpath(places[at], folder or ".").replace(os.sep, "/") if at in places else node.data
        return _written(value), at

    for key in Shape("config").schema["properties"]:
        if key in said.values and key not in ("$schema", "extends"):
            value, where = told(said.values[key])
            yield f"{key}: {value}", where
        elif key in _DEFAULTS:
            yield f"{key}: {_DEFAULTS[key]}", "default"
        elif said.lists.get(key):
            yield f"{key}:", ""
            for value, where in map(told, said.lists[key]):
                yield f"  - {value}", where
        elif said.named.get(key):
            yield f"{key}:", ""
            for name, node in said.named[key].items():
                value, where = told(node)
                yield f"  {_written(name)}: {value}", where


def _at(node: Node) -> str:
    return f"{node.file.path}:{node.place.line}:{node.place.column}"


def _written(value: Any) -> str:
    """A value as YAML on one line."""
    import json
    import re

    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w/-]*(?:\.\w+)*/?", value):
        return value
    return json.dumps(value, ensure_ascii=False)
