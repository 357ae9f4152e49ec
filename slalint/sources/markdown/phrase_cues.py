"""All that is told of a text by its words, at one look at each of them.

Beside what ``cues`` has for expressions, there are the lists of phrases (``words.phrases``). Every phrase of two words
or more needs one of each of two groups of words. A list has a bit for either group, and each word the bits of the lists
that it helps to find. So one look tells which lists, whoever keeps them, are worth looking for in a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from operator import or_

from slalint import kept
from slalint.patterns import lazy
from slalint.sources.markdown.cues import ALONE, WIDTH, AnyOf, Cues, Memory
from slalint.words import languages
from slalint.words.phrases import Phrases, plain_words

_FIRST = (
    3 * WIDTH
)  # below are the bits of expressions; here those of phrases begin, each with another one ``WIDTH`` above

_MAY_BE_BLANK = lazy(r"[ .^]|\\[^\w\s]|\\[sWDtnrfvxuUN]")  # what of a sign may stand for a blank

_NO_BITS: dict[str, int] = {}

_Side = tuple[frozenset[str], tuple[str, ...]]


class TextCues(Cues):
    """The bits of one language. ``told[text]`` holds those of all expressions and lists of phrases that may be found in
    a text, or in any part of it that is cut off at a blank."""

    def __init__(self, language: str) -> None:
        self._plain = plain_words(language)
        self._lists = 0
        self._said: dict[str, int] = {}
        self._beginnings: dict[str, dict[str, int]] = {}  # by their first letter
        self._written = AnyOf()
        self.told = Memory(self.of)
        super().__init__()

    def new(self) -> int:
        self._forget()
        return super().new()

    def _forget(self) -> None:
        """What was told before there were some of the bits."""
        self.known.clear()
        self.told.clear()

    def add(self, phrases: Phrases) -> dict[str, int]:
        """The bit of each tag that the phrases have."""
        key = ("cued phrases", phrases.written)
        told: Sequence[tuple[str, _Side, _Side | None]] | None = kept.get(key)
        if told is None:
            kept.put(key, told := tuple(_two_of_each(phrases)))
        bits: dict[str, int] = {}
        for tag, one, other in told:
            if tag not in bits:
                bits[tag] = 1 << WIDTH + min(self._lists, WIDTH - 1)  # too many share the last one
                self._lists += 1
            bit = bits[tag] << _FIRST - WIDTH
            if other is None:
                self._say(one, bit | bit << WIDTH)
                continue
            self._say(one, bit)
            self._say(other, bit << WIDTH)
        self._forget()
        return bits

    def any_of(self, phrases: Phrases) -> int:
        """The bits of all tags that the phrases have."""
        return reduce(or_, self.add(phrases).values(), 0)

    def sign(self, source: str) -> int:
        """The bits, all of which a text has in which an expression is found. One that never goes across a blank is
        looked for in each word once, as it is written and with the signs around it."""
        pattern = lazy(source)
        if source and _MAY_BE_BLANK.search(source) is None:
            self._written.add(pattern, bit := self.new())
            return bit
        ends_in_digit = source.endswith(r"\d") and "|" not in source
        return self.clues(pattern) | (self.digit if ends_in_digit else 0)

    def _say(self, side: _Side, bits: int) -> None:
        whole, stems = side
        for word in whole:
            self._said[word] = self._said.get(word, 0) | bits
        for stem in stems:
            begun = self._beginnings.setdefault(stem[:1], {})
            begun[stem] = begun.get(stem, 0) | bits

    def of(self, text: str) -> int:
        """The bits of a text: those of expressions, and ``WIDTH`` above them those of phrases."""
        bits = reduce(or_, map(self.known.__getitem__, text.split()), 0)
        if not bits:
            return 0
        said = bits >> _FIRST
        return (bits | bits >> WIDTH & bits >> 2 * WIDTH) & ALONE | (said & said >> WIDTH & ALONE) << WIDTH

    def _bits(self, word: str) -> int:
        bits = super()._bits(word) | self._written.bits(word)
        for plain in self._plain[word]:
            bits |= self._said.get(plain, 0)
            for beginning, bit in self._beginnings.get(plain[:1], _NO_BITS).items():
                if plain.startswith(beginning):
                    bits |= bit
        return bits


def _two_of_each(phrases: Phrases) -> Iterator[tuple[str, _Side, _Side | None]]:
    """Each phrase's tag with the two steps that tell the most, or the only one."""
    sides: dict[str, tuple[set[str], set[str]]] = {}
    for tag, steps in phrases.needs():
        if len(steps) == 1:
            yield tag, steps[0], None
        else:
            yield tag, *_sided(steps[0], steps[1], sides.setdefault(tag, (set(), set())))


def _sided(one: _Side, other: _Side, known: tuple[set[str], set[str]]) -> tuple[_Side, _Side]:
    """Two steps of a phrase in such an order that words stay on the side where other phrases of the list have them: a
    word of both sides would count as both."""
    first, second = {*one[0], *one[1]}, {*other[0], *other[1]}
    if len(first & known[0]) + len(second & known[1]) < len(first & known[1]) + len(second & known[0]):
        one, other, first, second = other, one, second, first
    known[0].update(first)
    known[1].update(second)
    return one, other


def cues_of(language: str) -> TextCues:
    """The bits of a language, to which every reader adds what it looks for."""
    return _cues_of(language if language in languages() else "")


_cues_of = cache(TextCues)
