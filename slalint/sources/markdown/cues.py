"""Which of many word lists a text may hold anything of, told by its words.

An agreement has some hundred sentences and cells, and each is asked by dozens of patterns few of which match. So every
word is looked up once: it has a bit for each pattern that it may help to match, and the bits of a text are those of its
words. Where a pattern's bit is missing, the pattern matches nowhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import TypeVar

from slalint.patterns import folded, lazy

T = TypeVar("T")
_RUN = lazy(r"\w+")
_MOST = 400_000  # characters of texts that are remembered; some MB with what is known of them
_WORDS = 30_000  # words that are remembered
_LONGEST = 60  # a longer word is looked at each time


class Memory(dict[str, T]):
    """What a function tells of texts, each worked out once: ``memory[text]``. It forgets all when it grows too large,
    so that a run over any number of files needs no more."""

    def __init__(self, tell: Callable[[str], T]) -> None:
        self._tell = tell
        self._size = 0

    def __missing__(self, text: str) -> T:
        self._size += len(text) + 60
        if self._size > _MOST:
            self.clear()
            self._size = len(text)
        told = self[text] = self._tell(text)
        return told


class Cues:
    """Bits by the words of a language's patterns. All of them are made before the first text is looked at."""

    def __init__(self) -> None:
        self._next = 1
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._lengths: tuple[int, ...] = ()
        self._endings: list[tuple[tuple[str, ...], int]] = []
        self._within: dict[str, int] = {}
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._digit = self.new()
        self._known = _Known(self._bits)

    @property
    def digit(self) -> int:
        """The bit of words with a digit in them."""
        return self._digit

    def new(self) -> int:
        bit = self._next
        self._next <<= 1
        return bit

    def of(self, text: str) -> int:
        """The bits of a text."""
        return reduce(or_, map(self._known.__getitem__, text.split()), 0)

    # ---- what words have a bit

    def phrases(self, phrases: Iterable[object], bit: int = 0) -> int:
        """Phrases of whole words, ``*`` for any ending: one word of each has the bit, the longest, for it is rare."""
        bit = bit or self.new()
        for phrase in phrases:
            word, kind = _rarest(folded(str(phrase)))
            known = self._stems if kind == "*" else self._whole if kind == "" else self._within
            known[word] = known.get(word, 0) | bit
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))
        return bit

    def endings(self, endings: Iterable[object], bit: int = 0) -> int:
        """Words that end so."""
        bit = bit or self.new()
        self._endings.append((tuple(folded(str(one)).split()[-1] for one in endings), bit))
        return bit

    def within(self, pieces: Iterable[object], bit: int = 0) -> int:
        """Signs and pieces of words, wherever in a word they stand."""
        bit = bit or self.new()
        for piece in pieces:
            known = folded(str(piece)).strip()
            self._within[known] = self._within.get(known, 0) | bit
        return bit

    def clues(self, pattern: re.Pattern[str], bit: int = 0) -> int:
        """What a pattern needs (see ``patterns``); every word has the bit of one that needs nothing in particular."""
        needs: tuple[Iterable[str], ...] = getattr(pattern, "needs", ())
        return self.within(needs[0] if needs else ("",), bit)

    def matching(self, pattern: re.Pattern[str], bit: int = 0) -> int:
        """Words, with the signs around them, in which the pattern is found."""
        bit = bit or self.new()
        self._patterns.append((pattern, bit))
        return bit

    # ---- a word

    def _bits(self, word: str) -> int:
        """The bits of what stands between two blanks."""
        word = folded(word)
        bits = 0
        for piece, bit in self._within.items():
            if piece in word:
                bits |= bit
        for pattern, bit in self._patterns:
            if not bits & bit and pattern.search(word):
                bits |= bit
        for run in _RUN.findall(word):
            bits |= self._run(run)
            if run[0] == "_":  # a blank to fill in, with a word behind it
                bits |= self._run(run.lstrip("_"))
        return bits

    def _run(self, run: str) -> int:
        bits = self._whole.get(run, 0)
        for length in self._lengths:
            if length > len(run):
                break
            bits |= self._stems.get(run[:length], 0)
        for endings, bit in self._endings:
            if run.endswith(endings):
                bits |= bit
        if not run.isalpha() and any(map(str.isdigit, run)):
            bits |= self._digit
        return bits


def _rarest(phrase: str) -> tuple[str, str]:
    """The longest word of a phrase, with ``*`` if it is only the beginning of one; of signs alone these, with ``%``."""
    longest = max(phrase.split(), key=len, default="")
    if longest.isalnum():
        return longest, ""
    if longest[-1:] == "*" and longest[:-1].isalnum():
        return longest[:-1], "*"
    runs = [(run[0], word[run.end() :][:1]) for word in phrase.split() for run in _RUN.finditer(word)]
    if not runs:
        return longest, "%"
    run, sign = max(runs, key=lambda one: len(one[0]))
    return run, "*" if sign == "*" else ""


class _Known(dict[str, int]):
    """The bits of words, by word."""

    def __init__(self, tell: Callable[[str], int]) -> None:
        self._tell = tell

    def __missing__(self, word: str) -> int:
        bits = self._tell(word)
        if len(word) <= _LONGEST:
            if len(self) >= _WORDS:
                self.clear()
            self[word] = bits
        return bits


class Cued:
    """A compiled pattern that is looked for only in a text that has its bit."""

    __slots__ = ("_pattern", "_told", "bit")

    def __init__(self, pattern: re.Pattern[str], bit: int, told: Memory[int]) -> None:
        self._pattern = pattern
        self._told = told
        self.bit = bit

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        if not self._told[text] & self.bit:
            return None
        return self._pattern.search(text, start) if end is None else self._pattern.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._pattern.match(text, start) if self._told[text] & self.bit else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(text) if self._told[text] & self.bit else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        if not self._told[text] & self.bit:
            return iter(())
        return self._pattern.finditer(text, start) if end is None else self._pattern.finditer(text, start, end)
