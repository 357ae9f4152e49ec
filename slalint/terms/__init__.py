"""Words and what they mean: blanks, definitions, and words that need one. Works on passages, below agreements."""

from __future__ import annotations

from functools import lru_cache

from slalint.model import Node, SourceFile
from slalint.once import once
from slalint.record import NamedTuple


class Definition:
    """A term and its explanation. ``form``: means, label, table, list, parenthetical, naming, acronym, pointer,
    heading, in-passing, data or glossary. ``aliases`` are other names of the same thing."""

    def __init__(self, term: Node, body: Node | None, form: str, aliases: tuple[str, ...] = ()) -> None:
        self.term = term
        self.body = body
        self.form = form
        self.aliases = aliases

    @classmethod
    def of(cls, block: Node, name: str, said: str) -> Definition:
        """One of a mapping of terms to their explanations. Where it stands hardly anybody asks."""
        one = cls.__new__(cls)
        one._block, one.name, one.said, one.form, one.aliases = block, name, said, "data", ()
        return one

    _block: Node

    @once
    def term(self) -> Node:
        return self.body.key_node if self.body is not None else self._block

    @once
    def body(self) -> Node | None:
        return self._block.get(self.name)

    @once
    def name(self) -> str:
        """The term as written."""
        return self.term.text

    @once
    def said(self) -> str | None:
        """The explanation; None where there is none."""
        return self.body.text if self.body is not None else None

    @once
    def names(self) -> tuple[str, ...]:
        """The term and its other names."""
        return (self.name, *self.aliases)


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
