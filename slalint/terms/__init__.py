"""Words and what they mean: blanks, definitions, and words that need one. Works on passages, below agreements."""

from __future__ import annotations

from functools import lru_cache

from slalint.model import Node, SourceFile
from slalint.record import NamedTuple


class Definition(NamedTuple):
    """A term and its explanation. ``form``: means, label, table, list, parenthetical, naming, acronym, pointer,
    heading, in-passing, data or glossary. ``aliases`` are other names of the same thing."""

    term: Node
    body: Node | None
    form: str
    aliases: tuple[str, ...] = ()


class GlossaryTerm(NamedTuple):
    """A term that a glossary explains, for agreements elsewhere. Plain data: handed in, compared, sent to workers."""

    name: str
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def of_glossary(terms: tuple[GlossaryTerm, ...]) -> tuple[Definition, ...]:
    """A glossary's terms as definitions without a place in any agreement."""
    return tuple(
        Definition(Node.of(SourceFile("", name), 0, len(name)), None, "glossary", aliases) for name, aliases in terms
    )
