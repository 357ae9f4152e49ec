"""Which of many word lists a text may hold anything of, told by its words.

An agreement has some hundred sentences and cells, and each is asked by dozens of patterns few of which match. So every
word is looked up once: it has a bit for each pattern that it may help to match, and the bits of a text are those of its
words. Where a pattern's bit is missing, the pattern matches nowhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import or_
from typing import TypeVar

from slalint import kept
from slalint.patterns import either, folded, lazy
from slalint.words.pieces import NOTHING

T = TypeVar("T")
_RUN = lazy(r"\w+")
_PIECE = lazy(r"\w+\*?")
_CAPITAL = lazy(r"\\.|\(\?P|[A-Z\u0080-\U0010ffff]")
_MOST = 400_000  # characters of texts that are remembered; some MB with what is known of them
_WORDS = 30_000  # words that are remembered
_LONGEST = 60  # a longer word is looked at each time
_END = 2**31 - 1  # beyond any text
WIDTH = 128  # bits that a language may have
ALONE = (1 << WIDTH) - 1


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


SMALL = Memory(folded)  # texts in small letters


class Cues:
    """Bits by the words of a language's patterns. All of them are made before the first text is looked at.

    A phrase of several words needs two of them in a text, so each pattern has two bits more, for one and for the other.
    They stand ``WIDTH`` above each other, and thus are put together for all patterns at once.
    """

    def __init__(self) -> None:
        self._next = 1
        self._whole: dict[str, int] = {}
        self._stems: dict[str, dict[str, int]] = {}  # by their first letter
        self._endings: list[tuple[tuple[str, ...], int]] = []
        self._within: dict[str, int] = {}  # pieces of words
        self._any_within: re.Pattern[str] | None = None  # found where one of these stands
        self._signs: dict[str, int] = {}  # what has other signs than letters and digits in it
        self._all = 0  # the bits of every word
        self._patterns = AnyOf()
        self.known = _Known(self._bits)  # the bits of each word
        self.digit = self.new()  # a digit stands in the word

    def new(self) -> int:
        bit = self._next
        if bit << 1 < ALONE:  # too many share the last one, which then tells less
            self._next <<= 1
        return bit

    def of(self, text: str) -> int:
        """The bits of a text."""
        bits = reduce(or_, map(self.known.__getitem__, text.split()), 0)
        return (bits | bits >> WIDTH & bits >> 2 * WIDTH) & ALONE

    # ---- what words have a bit

    def phrases(self, phrases: Iterable[object], bit: int = 0) -> int:
        """Phrases of whole words, ``*`` for any ending."""
        bit = bit or self.new()
        listed = "\0".join(map(str, phrases))
        key = ("cued", listed)
        told: Sequence[tuple[str, tuple[tuple[str, int], ...]]] | None = kept.get(key)
        if told is None:
            kept.put(key, told := _sided(listed.split("\0") if listed else ()))
        one, other = one_of(bit), other_of(bit)
        for longest, pair in told:
            if not pair or bit > ALONE:
                self._word(longest, bit)
                continue
            for word, side in pair:
                self._word(word, other if side else one)
        return bit

    def _word(self, word: str, bit: int) -> None:
        known = self._whole
        if word[-1] == "*":
            word = word[:-1]
            known = self._stems.setdefault(word[:1], {})
        elif not _RUN.match(word):
            known = self._signs
        known[word] = known.get(word, 0) | bit

    def endings(self, endings: Iterable[str], bit: int = 0) -> int:
        """Words that end so."""
        bit = bit or self.new()
        self._endings.append((tuple(map(folded, endings)), bit))
        return bit

    def within(self, pieces: Iterable[str], bit: int = 0) -> int:
        """Signs and pieces of words, wherever in a word they stand."""
        bit = bit or self.new()
        for piece in map(folded, pieces):
            known = self._within if piece.isalnum() else self._signs
            known[piece] = known.get(piece, 0) | bit
        self._all |= self._signs.pop("", 0)
        self._any_within = None
        return bit

    def clues(self, pattern: re.Pattern[str], bit: int = 0) -> int:
        """The clues of a pattern (one of ``lazy``); every word has the bit of one without clues."""
        needs: tuple[frozenset[str], ...] = pattern.needs  # type: ignore[attr-defined]  # of ``lazy``
        return self.within(needs[0] if needs else ("",), bit)

    def matching(self, pattern: re.Pattern[str], bit: int = 0) -> int:
        """Words, with the signs around them, in which the pattern is found."""
        bit = bit or self.new()
        self._patterns.add(pattern, bit)
        return bit

    # ---- a word

    def _bits(self, word: str) -> int:
        """The bits of what stands between two blanks."""
        word = folded(word)
        bits = self._all | self._patterns.bits(word)
        if (self._any_within or self._joined()).search(word) is not None:
            for piece, bit in self._within.items():
                if piece in word:
                    bits |= bit
        if word.isalpha():
            return bits | self._run(word)
        if not word.isalnum():
            for sign, bit in self._signs.items():
                if sign in word:
                    bits |= bit
        for run in _RUN.findall(word):
            bits |= self._run(run)
            if run[0] == "_":  # a blank to fill in, with a word behind it
                bits |= self._run(run.lstrip("_"))
        return bits

    def _joined(self) -> re.Pattern[str]:
        self._any_within = lazy("|".join(map(re.escape, sorted(self._within))) or NOTHING)
        return self._any_within

    def _run(self, run: str) -> int:
        bits = self._whole.get(run, 0)
        stems = self._stems.get(run[:1])
        if stems is not None:
            for stem, bit in stems.items():
                if run.startswith(stem):
                    bits |= bit
        for endings, bit in self._endings:
            if run.endswith(endings):
                bits |= bit
        if not run.isalpha() and any(map(str.isdigit, run)):
            bits |= self.digit
        return bits


class AnyOf:
    """Expressions (of ``lazy``), each with its bit, that are looked for in words of which few hold any: most words are
    cleared by one search."""

    def __init__(self) -> None:
        self._each: list[tuple[re.Pattern[str], int]] = []
        self._any: re.Pattern[str] | None = None

    def add(self, pattern: re.Pattern[str], bit: int) -> None:
        self._each.append((pattern, bit))
        self._any = None

    def bits(self, word: str) -> int:
        """The bits of those that are found in a word."""
        if self._any is None:
            self._any = either([pattern for pattern, _ in self._each])
        bits = 0
        if self._any.search(word) is not None:
            for pattern, bit in self._each:
                if pattern.search(word) is not None:
                    bits |= bit
        return bits


def one_of(bit: int) -> int:
    """The bit of one of two words that a pattern needs."""
    return bit << WIDTH


def other_of(bit: int) -> int:
    """The bit of the other one."""
    return bit << 2 * WIDTH


def _sided(phrases: Iterable[str]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """The longest word of each phrase, and the two that tell the most, each with its side; none of one word."""
    sides: dict[str, int] = {}
    told = []
    for phrase in phrases:
        words = _words(folded(phrase))
        pair = tuple(zip(*_two(words, sides), strict=True)) if len(words) > 1 else ()
        told.append((max(words, key=len), pair))
    return tuple(told)


def _words(phrase: str) -> list[str]:
    """The words of a phrase, with ``*`` where only the beginning is told; of one that has none its signs."""
    words = phrase.split()
    if all(map(str.isalnum, words)):
        return words
    return [run for word in words for run in _PIECE.findall(word)] or words


def _two(words: list[str], sides: dict[str, int]) -> tuple[tuple[str, str], tuple[int, int]]:
    """The two words of a phrase that tell the most, and which of the two each is. A word should be the same one in all
    phrases of a pattern, lest it count as both."""
    pairs = sorted(combinations(words, 2), key=lambda pair: -len(pair[0]) - len(pair[1]))
    for one, other in pairs:
        side = sides.get(one.rstrip("*"), 1 - sides.get(other.rstrip("*"), 1))
        if sides.setdefault(other.rstrip("*"), 1 - side) != side:
            sides[one.rstrip("*")] = side
            return (one, other), (side, 1 - side)
    return pairs[0], (0, 1)


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
    """An expression, without regard to case, that is looked for only in a text that has its bit. What it finds is found
    in the text in small letters, which takes half the time: ask for its span, not for what stands there."""

    __slots__ = ("_small", "_told", "bit", "pattern")

    def __init__(self, source: str, bit: int, told: Memory[int]) -> None:
        self.pattern = lazy(source, re.IGNORECASE)  # for any text
        self._small = small(source)
        self._told = told
        self.bit = bit

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        return self._small.search(SMALL[text], start, end) if self._told[text] & self.bit else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._small.match(SMALL[text], start) if self._told[text] & self.bit else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._small.fullmatch(SMALL[text]) if self._told[text] & self.bit else None

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        return self._small.finditer(SMALL[text], start, end) if self._told[text] & self.bit else iter(())


def small(source: str) -> re.Pattern[str]:
    """The pattern of an expression that has no regard to case, for texts in small letters (``SMALL``)."""
    if not source.isascii() or not source.islower():
        source = _CAPITAL.sub(lambda found: found[0] if len(found[0]) > 1 else folded(found[0]), source)
    return lazy(source)
