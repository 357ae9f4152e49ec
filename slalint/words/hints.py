"""Whether the words of a text give cause to look closer at it, where hardly any text does."""

from __future__ import annotations

from collections.abc import Callable, Set

_MOST = 8192  # words that are remembered; a set of agreements says the same things again and again


class Hints:
    """What a reader looks for in single words. Words in which it has found nothing are remembered, so that most texts
    are cleared by a look at which of their words are new.

    ``holds`` tells it of words between blanks, in whatever order; what it looks for stands in one of them.
    """

    def __init__(self, holds: Callable[[str], bool]) -> None:
        self._holds = holds
        self._dull: set[str] = set()

    def among(self, words: Set[str]) -> bool:
        """Whether any of the words is one to look at."""
        new = words - self._dull
        if not new:
            return False
        if self._holds(f" {' '.join(new)} "):
            return True
        if len(self._dull) + len(new) > _MOST:
            self._dull.clear()
        if len(new) <= _MOST:
            self._dull |= new
        return False
