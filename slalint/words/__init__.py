"""Word lists as data, one folder a language: ``words/en/elements/termination.yaml`` and the like. A new language is a
new folder; ``README.md`` beside this module says what stands in one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from slalint import kept, resources


def languages() -> tuple[str, ...]:
    """The languages that there are words for, by their two letters; ours first."""
    return tuple(resources.languages())


@cache
def one_list(language: str, folder: str, name: str) -> Any:
    """The content of ``words/<language>/<folder>/<name>.yaml``; empty for a language without one."""
    return _read(language, folder, f"{name}.yaml")


@cache
def lists(language: str, folder: str) -> dict[str, Any]:
    """Every list in ``words/<language>/<folder>``, by its name."""
    names = (name.removesuffix(".yaml") for name in resources.words_names(language, folder) if name.endswith(".yaml"))
    return {name: one_list(language, folder, name) for name in names}


def _read(language: str, *parts: str) -> Any:
    stamp = resources.words_stamp(language, *parts)
    key = ("words", stamp[0])
    stamped, said = kept.get(key) or (None, None)
    if stamped != stamp:
        import yaml

        text = resources.words_text(language, *parts)
        said = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
        kept.put(key, (stamp, said))
    return said
