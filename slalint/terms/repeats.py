"""Terms that are defined twice, with the same words or with others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from slalint.record import NamedTuple
from slalint.terms import Definition
from slalint.terms.language import Structure
from slalint.terms.lexicon import name_words, tokens
from slalint.text import Passage, Section
from slalint.words.pieces import Pattern, Pieces


class Repeat(NamedTuple):
    """Two definitions of one term; ``same`` when they say the same."""

    first: Definition
    second: Definition
    same: bool


class _Words(Pieces, file="repeats"):
    scoped = Pattern()
    limited = Pattern()


_REACH = 120


def may_find(definitions: Sequence[Definition], language: str = "en") -> bool:
    """Whether two of the definitions have one name; for that nobody needs to know where anything stands."""
    return len({_name(one.name, language) for one in definitions}) < len(definitions)


def find(definitions: Sequence[Definition], passages: Sequence[Passage], language: str = "en") -> Iterator[Repeat]:
    names = [_name(one.name, language) for one in definitions]
    times = Counter(names)
    if len(times) == len(names):
        return
    starts = [passage.start for passage in passages]
    seen: dict[str, Definition] = {}
    for name, definition in zip(names, definitions, strict=True):
        if times[name] < 2 or not _is_whole(definition, passages, starts, language):
            continue
        first = seen.setdefault(name, definition)
        if first is definition or first.body is None or definition.body is None:
            continue
        if first.term.offset == definition.term.offset or first.body.offset == definition.body.offset:
            continue
        if definition.form not in ("means", "data") and _section(first, passages, starts) is not _section(
            definition, passages, starts
        ):
            continue  # two lists may each explain a name of their own
        yield Repeat(first, definition, _plain(first) == _plain(definition))


@lru_cache(maxsize=1024)  # the agreements of a house define the same terms
def _name(name: str, language: str) -> str:
    return " ".join(name_words(name, language).full)


def _section(definition: Definition, passages: Sequence[Passage], starts: Sequence[int]) -> Section | None:
    return passages[max(bisect_right(starts, definition.term.offset) - 1, 0)].section


def _is_whole(definition: Definition, passages: Sequence[Passage], starts: Sequence[int], language: str) -> bool:
    """Whether a definition stands for itself and for the whole agreement. A table or list of levels does not: each
    scale has a "High" of its own."""
    words, structure, body = _Words.of(language), Structure.of(language), definition.body
    if body is None or not body.text.strip() or structure.is_level_name(definition.name):
        return False
    if definition.form == "data":
        return True
    index = bisect_right(starts, definition.term.offset) - 1
    if index < 0 or definition.form not in ("means", "table", "list", "label"):
        return False
    if definition.form != "means" and not structure.is_glossary(passages[index].section):
        return False
    source, start, end = body.file.text, definition.term.offset, definition.term.written.end
    if definition.form == "means":
        if source[start - 1 : start] not in ('"', "“", "*", "_", "‘", "'"):
            return False
        if words.limited.search(source[end : max(body.offset, end)]):
            return False
    return words.scoped.search(source[max(start - _REACH, 0) : start]) is None


def _plain(definition: Definition) -> str:
    return " ".join(tokens(definition.body.text).full) if definition.body is not None else ""
