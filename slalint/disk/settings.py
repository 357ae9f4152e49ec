"""Finding a project's configuration and reading it."""

from __future__ import annotations

import os

from slalint.config import NAMES, Config, ConfigError, parse
from slalint.disk.files import plainly, shown
from slalint.model import Node


def find(folder: str = ".") -> str | None:
    """The nearest ``slalint.yaml`` or ``.slalint.yaml`` from a folder upwards, up to the top of its repository."""
    here = os.path.abspath(folder)
    while True:
        found = [path for name in NAMES if os.path.isfile(path := os.path.join(here, name))]
        if len(found) > 1:
            raise ConfigError(shown(found[0]), f"{NAMES[1]} stands beside it; keep one of the two")
        if found:
            return found[0]
        above = os.path.dirname(here)
        if above == here or os.path.exists(os.path.join(here, ".git")):
            return None
        here = above


def read(path: str) -> tuple[Config, Node | None]:
    """The configuration in a file, its folders of rules and languages as paths that open from here, and the node it
    was read from.

    Raises ``ConfigError``.
    """
    from slalint.sources import decode

    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as problem:
        raise ConfigError(shown(path), f"the configuration cannot be read: {plainly(problem)}") from problem
    file, refusal = decode(shown(path), data)
    if refusal is not None:
        raise ConfigError(file.path, refusal.message)
    config, root = parse(file)
    if config.glossaries:
        from slalint.disk.glossaries import configured

        config = configured(config, root, os.path.dirname(path))
    folder = os.path.dirname(path)
    rules = tuple(os.path.join(folder, rules) for rules in config.rules)
    languages = tuple(os.path.join(folder, words) for words in config.languages)
    return config._replace(rules=rules, languages=languages), root
