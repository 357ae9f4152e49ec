"""Words and what they mean: blanks, definitions, and words that need one. Works on passages, below agreements."""

from __future__ import annotations

from typing import NamedTuple

from slalint.model import Node


class Definition(NamedTuple):
    """A term and its explanation. ``form``: means, label, table, list, parenthetical, naming, acronym, pointer,
    heading, in-passing or data. ``aliases`` are other names of the same thing."""

    term: Node
    body: Node | None
    form: str
    aliases: tuple[str, ...] = ()
