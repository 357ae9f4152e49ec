"""All that is wrong with a configuration: what `slalint config verify` says, and every command that cannot use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint.cli import _project
from slalint.config import Config, ConfigError

if TYPE_CHECKING:
    from slalint.disk.settings import Layer


def faults(path: str) -> Iterator[str]:
    """All that is wrong with a configuration and with what it names, a line each."""
    from slalint.baseline import BaselineError
    from slalint.cli import _running
    from slalint.disk import settings
    from slalint.disk.rulebook import rulebook
    from slalint.rule import RuleError

    said: list[ConfigError] = []
    config = Config()
    try:
        layers = settings.layers(path, said)
        if not said:
            config = settings.together(path, layers)
    except ConfigError as problem:
        yield from str(ConfigError.of([*said, problem])).split("\n")
        return
    yield from map(str, said)
    try:
        settings.explained(config, layers)
    except ConfigError as problem:
        yield from str(problem).split("\n")
    gone = list(_gone(layers))
    yield from map(str, gone)
    if config.baseline and os.path.exists(_running.baseline_path(config)):
        try:
            _running.baseline_entries(_running.baseline_path(config))
        except BaselineError as problem:
            yield from str(problem).split("\n")
    try:
        if config.languages and not gone:
            from slalint.disk import languages

            languages.add(config.languages, config.path)
        rules = rulebook([place for _, place in settings.places(layers, "rules") if os.path.isdir(place)])
    except (ConfigError, RuleError) as problem:
        yield from str(problem).split("\n")
        return
    yield from map(str, _project.wrong([layer.root for layer in layers], rules))


def _gone(layers: list[Layer]) -> Iterator[ConfigError]:
    """Folders and files that are named and are not there."""
    from slalint.disk import settings
    from slalint.disk.files import shown

    for key, thing, there in (
        ("rules", "folder", os.path.isdir),
        ("languages", "folder", os.path.isdir),
        ("baseline", "file", os.path.isfile),
    ):
        for node, place in settings.places(layers, key):
            if not there(place):
                yield ConfigError(node.file.path, f"there is no {thing} {shown(place)}", node.place)
