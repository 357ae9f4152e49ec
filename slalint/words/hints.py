"""Whether the words of a text give cause to look closer at it, where hardly any text does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

_MOST = 8192  # words that are remembered; a set of agreements says the same things again and again


class _Family:
    """Those who look at the words of agreements in one language: most words are of use to none of them, and which of an
    agreement's are others than these is told once for all."""

    def __init__(self) -> None:
        self.each: list[Hints] = []
        self._dull: set[str] = set()  # to all of them
        self._words: frozenset[str] = frozenset()  # that were asked about last
        self._left: frozenset[str] = frozenset()

    def join(self, one: Hints) -> None:
        self.each.append(one)
        self._dull.clear()
        self._words = self._left = frozenset()

    def left(self, words: frozenset[str]) -> frozenset[str]:
        """The words without those that are dull to all."""
        if words is not self._words:
            if self._left:
                if len(self._dull) > _MOST:
                    self._dull.clear()
                self._dull |= self._left.intersection(*[one.dull for one in self.each])
            self._words, self._left = words, words - self._dull
        return self._left


_families: defaultdict[str, _Family] = defaultdict(_Family)


class Hints:
    """What a reader looks for in single words. Words in which it has found nothing are remembered, so that most texts
    are cleared by a look at which of their words are new.

    ``holds`` tells it of words between blanks, in whatever order; what it looks for stands in one of them.
    """

    def __init__(self, holds: Callable[[str], bool], language: str = "en") -> None:
        self._holds = holds
        self.dull: set[str] = set()
        self._family = _families[language]
        self._family.join(self)

    def among(self, words: frozenset[str]) -> bool:
        """Whether any of the words is one to look at."""
        new = self._family.left(words)
        if new:
            new = new - self.dull
        if not new:
            return False
        if self._holds(f" {' '.join(new)} "):
            return True
        if len(self.dull) + len(new) > _MOST:
            self.dull.clear()
        if len(new) <= _MOST:
            self.dull |= new
        return False
