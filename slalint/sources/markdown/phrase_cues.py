"""Which lists of phrases (``words.phrases``) a text may hold anything of, told by its words.

Every phrase of two words or more needs one of each of two groups of words. A list has a bit for either group, each word
the bits of the lists that it helps to find, and the bits of a text are those of its words. So one look at a text's
words tells which of all lists, whoever keeps them, are worth looking for in it.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from slalint.sources.markdown.cues import Known, Memory
from slalint.words.phrases import Phrases, plain_words

_WIDTH = 128  # lists that have a bit of their own; those beyond share the last one
_ALONE = (1 << _WIDTH) - 1

_Side = tuple[frozenset[str], tuple[str, ...]]


class PhraseCues:
    """The bits of one language. ``told[text]`` holds the bits of all lists that may be found in a text, or in any part
    of it that is cut off at a blank."""

    def __init__(self, language: str) -> None:
        self._plain = plain_words(language)
        self._lists = 0
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._lengths: set[int] = set()
        self._known = Known(self._bits)
        self.told = Memory(self._of)

    def add(self, phrases: Phrases) -> dict[str, int]:
        """The bit of each tag that the phrases have."""
        bits: dict[str, int] = {}
        sides: dict[str, tuple[set[str], set[str]]] = {}
        for tag, steps in phrases.needs():
            if tag not in bits:
                bits[tag] = 1 << min(self._lists, _WIDTH - 1)
                self._lists += 1
            bit = bits[tag]
            if len(steps) == 1:
                self._say(steps[0], bit | bit << _WIDTH)
                continue
            one, other = _sided(steps[0], steps[1], sides.setdefault(tag, (set(), set())))
            self._say(one, bit)
            self._say(other, bit << _WIDTH)
        self._known.clear()
        self.told.clear()
        return bits

    def any_of(self, phrases: Phrases) -> int:
        """The bits of all tags that the phrases have."""
        return reduce(or_, self.add(phrases).values(), 0)

    def _say(self, side: _Side, bits: int) -> None:
        whole, stems = side
        for word in whole:
            self._whole[word] = self._whole.get(word, 0) | bits
        for stem in stems:
            self._stems[stem] = self._stems.get(stem, 0) | bits
            self._lengths.add(len(stem))

    def _of(self, text: str) -> int:
        bits = reduce(or_, map(self._known.__getitem__, text.split()), 0)
        return bits & bits >> _WIDTH & _ALONE

    def _bits(self, written: str) -> int:
        """The bits of what stands between two blanks."""
        bits = 0
        for word in self._plain[written]:
            bits |= self._whole.get(word, 0)
            for length in self._lengths:
                bits |= self._stems.get(word[:length], 0)
        return bits


def _sided(one: _Side, other: _Side, known: tuple[set[str], set[str]]) -> tuple[_Side, _Side]:
    """Two steps of a phrase in such an order that words stay on the side where other phrases of the list have them: a
    word of both sides would count as both."""
    first, second = {*one[0], *one[1]}, {*other[0], *other[1]}
    if len(first & known[0]) + len(second & known[1]) < len(first & known[1]) + len(second & known[0]):
        one, other, first, second = other, one, second, first
    known[0].update(first)
    known[1].update(second)
    return one, other


@cache
def cues_of(language: str) -> PhraseCues:
    """The bits of a language, to which every reader adds the lists that it looks for."""
    return PhraseCues(language)
