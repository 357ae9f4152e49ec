"""Word lists as data, one folder a language: ``words/en/elements/termination.yaml`` and the like. A new language is a
new folder; ``README.md`` beside this module says what stands in one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from slalint import resources


def languages() -> tuple[str, ...]:
    """The languages that there are words for, by their two letters; ours first."""
    return tuple(resources.languages())


@cache
def lists(language: str, folder: str) -> dict[str, Any]:
    """The content of every list in ``words/<language>/<folder>``, by file stem; empty for a language without one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for name in resources.words_names(language, folder):
        if name.endswith(".yaml"):
            found[name.removesuffix(".yaml")] = yaml.load(resources.words_text(language, folder, name), Loader=loader)
    return found
