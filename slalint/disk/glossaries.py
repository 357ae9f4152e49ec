"""Reading the glossaries that a configuration names, and those that a document links."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache

from slalint.config import Config, ConfigError
from slalint.disk.files import plainly, read, shown
from slalint.model import Node
from slalint.patterns import lazy
from slalint.terms import GlossaryTerm

_LINK = lazy(rb"\][(:]")


def configured(config: Config, named: Iterable[tuple[Node, str]]) -> Config:
    """A configuration with the terms of its glossaries: where each is named, and its path. Raises ``ConfigError`` with
    the place of each that cannot be used."""
    from slalint import glossary

    terms: dict[GlossaryTerm, None] = {}
    refused = []
    for item, place in named:
        try:
            terms.update(dict.fromkeys(glossary.read(shown(place), read(place))))
        except OSError as problem:
            told = f"the glossary {item.text} cannot be read: {plainly(problem)}"
        except glossary.GlossaryError as problem:
            told = f"the glossary {item.text} cannot be used: {problem}"
        else:
            continue
        refused.append(ConfigError(item.file.path, told, item.place))
    if refused:
        raise ConfigError.of(refused)
    return config._replace(glossary=tuple(terms))


def linked(place: str, data: bytes) -> tuple[GlossaryTerm, ...]:
    """The terms of the glossaries that a document links, as far as they lie in its project. One that is not there, or
    explains nothing, is passed over: the link may mean something else."""
    if _LINK.search(data) is None:
        return ()
    from slalint import glossary

    found: dict[GlossaryTerm, None] = {}
    for link in glossary.links(data):
        folder = os.path.dirname(os.path.realpath(place))
        target = os.path.realpath(os.path.join(folder, _unquoted(link)))
        if target.startswith(os.path.join(_top(folder), "")) and target != os.path.realpath(place):
            found.update(dict.fromkeys(_terms(target)))
    return tuple(found)


def _top(folder: str) -> str:
    """The top of the git repository that a folder lies in; outside of any, the working folder where the folder lies
    below that, else the folder itself."""
    start = here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            working = os.path.realpath(os.getcwd())
            return working if os.path.join(start, "").startswith(os.path.join(working, "")) else start
        here = above
    return here


def _unquoted(link: str) -> str:
    if "%" not in link:
        return link
    from urllib.parse import unquote

    return unquote(link)


@lru_cache(maxsize=64)  # the agreements of a project link the same file
def _terms(place: str) -> tuple[GlossaryTerm, ...]:
    from slalint import glossary

    try:
        return glossary.read(shown(place), read(place), whole=glossary.is_called_so(place))
    except (OSError, ValueError, glossary.GlossaryError):
        return ()
