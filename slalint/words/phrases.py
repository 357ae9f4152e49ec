"""Phrases to look for in running text, written as people would say them, and found in one pass over the words.

    may terminate              these words, in any case, one after the other
    terminat~                  a word that starts so
    agreement|contract|sla     any of these
    this? agreement            a word that may be missing
    meet .. monthly            up to three words between; ``...`` up to ten
    @number days               a number, in figures or in words
    ^ review $                 only at the start and the end of the sentence, title or name
    @often review              any word of a group that the caller names

A phrase dictionary costs no compiling and grows with the text, not with the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from slalint.words.pieces import Pieces, WordList, WordSet

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*|[%$€£&]")
_GAPS = {"..": 3, "...": 10}
_NUMBER = "#"


class Word(NamedTuple):
    """A word in lower case, without a possessive ending, and where it stands."""

    text: str
    start: int
    end: int


class _Language(Pieces, file="words"):
    numbers = WordSet()
    ampersand = WordList()
    endings = WordList()


@lru_cache(maxsize=6_000)  # several readers look at the same sentences; so many has a document of 200 KB
def words(text: str, language: str = "en") -> list[Word]:
    """The words, numbers and currency or per cent signs of a text; a hyphen separates words. Not to be changed."""
    known = _Language.of(language)
    numbers, endings = known.numbers, known.endings
    new = tuple.__new__  # what the constructor of a named tuple calls, without the call between
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word.endswith(endings):
            word = word[: max(word.rfind("'"), word.rfind("’"))]
        elif word == "&" and known.ampersand:
            word = known.ampersand[0]
        if word[0].isdigit() or word in numbers:
            word = _NUMBER
        found.append(new(Word, (word, *match.span())))
    return found


class _Step(NamedTuple):
    whole: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: int  # how many words may stand before this one

    def fits(self, word: str) -> bool:
        return word in self.whole or (bool(self.stems) and word.startswith(self.stems))


class _Phrase(NamedTuple):
    tag: str
    steps: tuple[_Step, ...]
    at_start: bool
    rest: int  # how many words may follow; negative: any number
    text: str
    needs: tuple[frozenset[str], ...]  # a text without one of each does not hold the phrase


class Hit(NamedTuple):
    """A phrase that was found: its tag, where it stands in the text, and the phrase as written in the list."""

    tag: str
    start: int
    end: int
    phrase: str


class Phrases:
    """A set of tagged phrases, ready to be looked for. ``add`` raises ``ValueError`` for a phrase without words."""

    def __init__(self, groups: Mapping[str, Iterable[str]] | None = None) -> None:
        self._groups = {f"@{name}": [str(word) for word in group] for name, group in (groups or {}).items()}
        self._groups["@number"] = [_NUMBER]
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._lengths: tuple[int, ...] = ()
        self._starting: dict[str, list[_Phrase]] = {}  # by word, filled as words are met

    def add(self, tag: str, phrases: Iterable[str]) -> None:
        for text in phrases:
            phrase = _compiled(tag, str(text), self._groups)
            for first in _firsts(phrase.steps):
                for word in first.whole:
                    self._whole.setdefault(word, []).append(phrase)
                for stem in first.stems:
                    self._stems.setdefault(stem, []).append(phrase)
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))
        self._starting.clear()

    def _phrases_at(self, word: str) -> list[_Phrase]:
        known = self._starting.get(word)
        if known is None:
            known = list(self._whole.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                known += self._stems.get(word[:length], ())
            self._starting[word] = known
        return known

    def find(self, found: list[Word]) -> Iterator[Hit]:
        """Every phrase in a text's words, in the order of their first words."""
        present = {word.text for word in found}
        for index, word in enumerate(found):
            for phrase in self._phrases_at(word.text):
                if phrase.at_start and index:
                    continue
                for need in phrase.needs:
                    if need.isdisjoint(present):
                        break
                else:
                    last = _match(phrase, found, index)
                    if last >= 0:
                        yield Hit(phrase.tag, word.start, found[last - 1].end, phrase.text)


def _compiled(tag: str, text: str, groups: Mapping[str, list[str]]) -> _Phrase:
    steps: list[_Step] = []
    gap = 0
    parts = text.lower().split()
    at_start, at_end = parts[:1] == ["^"], parts[-1:] == ["$"]
    for part in parts[at_start : len(parts) - at_end]:
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        optional = part.endswith("?")
        options = [word for option in part.rstrip("?").split("|") for word in groups.get(option, [option])]
        stems = tuple(option[:-1] for option in options if option.endswith("~"))
        steps.append(_Step(frozenset(o for o in options if not o.endswith("~")), stems, optional, gap))
        gap = 0
    if all(step.optional for step in steps):
        raise ValueError(f"a phrase needs a word: {text!r}")
    needs = tuple(step.whole for step in steps[1:] if not step.optional and not step.stems)
    return _Phrase(tag, tuple(steps), at_start, gap if at_end else -1, text, needs)


def _firsts(steps: tuple[_Step, ...]) -> Iterator[_Step]:
    """The steps that the phrase may begin with: the optional ones at its start and the first that must be there."""
    for step in steps:
        yield step
        if not step.optional:
            return


def _match(phrase: _Phrase, found: list[Word], index: int) -> int:
    """The index after the phrase's last word where it stands at ``index``, else -1. The phrase and its gaps are short,
    so is the search."""
    steps, size = phrase.steps, len(found)
    open_ends = [(0, index, True)]
    while open_ends:
        step_index, at, first = open_ends.pop()
        if step_index == len(steps):
            if phrase.rest < 0 or at + phrase.rest >= size:
                return at
            continue
        step = steps[step_index]
        if step.optional:
            open_ends.append((step_index + 1, at, first))
        for place in range(min(at + (0 if first else step.gap), size - 1), at - 1, -1):
            if step.fits(found[place].text):
                open_ends.append((step_index + 1, place + 1, False))
    return -1
