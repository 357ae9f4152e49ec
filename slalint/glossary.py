"""Glossaries: files that explain terms for agreements which do not explain them themselves.

Pure: a glossary's bytes in, its terms out. A Markdown file, a YAML or JSON mapping of terms to explanations, or an
agreement that has definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slalint import sources
from slalint.agreement import Agreement
from slalint.model import Node
from slalint.patterns import lazy
from slalint.terms import GlossaryTerm

_BLOCKS = ("definitions", "glossary", "terms")
# Words for a glossary, alike in many languages. A file of "terms" alone may be terms of service.
_CALLED = rb"gloss?ar|d(?:e|\xc3\xa9)fini[tc]|terminolog"
_LINK = lazy(
    rb"\[(?P<text>[^\[\]]{0,120})\](?:\(|:[ \t])\s*<?"
    rb"(?P<target>[^\s()<>#:]{1,300}\.(?:md|markdown|ya?ml|json))(?=[\s)>#]|$)",
    re.I | re.M,
)
_CALLED_SO = lazy(_CALLED, re.I)


class GlossaryError(Exception):
    """A file that cannot be used as a glossary: why, in plain words."""


def read(path: str, data: bytes, whole: bool = True) -> tuple[GlossaryTerm, ...]:
    """The terms of a glossary. ``whole``: it is there for nothing else, so that all its headings and labels are terms,
    unless it is an agreement.

    Raises ``GlossaryError`` for a file that cannot be read or explains nothing.
    """
    source, claim = sources.find(path, data)
    if source is None:
        raise GlossaryError("a glossary is Markdown, YAML or JSON")
    file, refusal = sources.decode(path, data)
    reading = source.read(file, force=True) if refusal is None else sources.Reading([], [refusal])
    for said in reading.observations:
        if said.rule == "syntax":
            line = (said.at.place if isinstance(said.at, Node) else said.at).line
            raise GlossaryError(f"line {line}: {said.message}")
    found = dict.fromkeys(term for one in reading.agreements for term in _terms(one, whole and claim < 2))
    if not found:
        raise GlossaryError("no term is explained in it")
    return tuple(found)


def _terms(agreement: Agreement, whole: bool) -> Iterator[GlossaryTerm]:
    if agreement.prose is None:
        yield from _listed(agreement.root.data)
        return
    from slalint.terms.definitions import read_definitions

    for found in read_definitions(agreement.prose, whole):
        if found.form != "in-passing":
            yield GlossaryTerm(" ".join(found.term.text.split()), found.aliases)


def _listed(data: Any) -> Iterator[GlossaryTerm]:
    """The terms of a mapping, or of the block in it that explains terms."""
    if not isinstance(data, dict):
        return
    block = next((data[key] for key in _BLOCKS if isinstance(data.get(key), dict | list)), data)
    items = block.items() if isinstance(block, dict) else ((i.get("term"), i) for i in block if isinstance(i, dict))
    for name, said in items:
        if isinstance(name, str) and name.strip() and said:
            also = said.get("aliases") if isinstance(said, dict) else None
            aliases = tuple(one for one in also if isinstance(one, str)) if isinstance(also, list) else ()
            if isinstance(said, str | dict):
                yield GlossaryTerm(name.strip(), aliases)


def links(data: bytes) -> list[str]:
    """The files that a document links as its glossary, as they are written there: the link's text or the file's name
    says that terms are explained in it."""
    if not _CALLED_SO.search(data):
        return []
    found = []
    for link in _LINK.finditer(data):
        name = link["target"].rpartition(b"/")[2]
        if _CALLED_SO.search(link["text"]) or _CALLED_SO.search(name):
            found.append(link["target"].decode("utf-8", "replace"))
    return list(dict.fromkeys(found))


def is_called_so(path: str) -> bool:
    """Whether a file's name says that it is a glossary."""
    return _CALLED_SO.search(path.replace("\\", "/").rpartition("/")[2].encode()) is not None
