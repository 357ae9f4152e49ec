"""Word lists as data, one folder a language: ``words/en/elements/termination.yaml`` and the like. A new language is a
new folder."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are word lists for, sorted."""
    from slalint import resources

    return tuple(resources.names("words", folders=True))


@cache
def lists(language: str, folder: str) -> dict[str, Any]:
    """The content of every list in ``words/<language>/<folder>``, by file stem; empty for a language without one."""
    import yaml

    from slalint import resources

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for name in resources.names("words", language, folder):
        if name.endswith(".yaml"):
            text = resources.text("words", language, folder, name)
            found[name.removesuffix(".yaml")] = yaml.load(text, Loader=loader)
    return found
