"""Which entries of a word list a text may hold, told from its words alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from slalint.patterns import lazy

_MOST = 20_000  # words remembered
_PART = lazy(r"[\w-]+")


@lru_cache(maxsize=2)  # several lists look at the same text one after the other
def words_of(text: str) -> frozenset[str]:
    """The words of a text, each once, with the punctuation beside them."""
    return frozenset(text.split())


class Stems:
    """The stems of a list, in lower case; entry ``i`` may be in a text where one of ``stems[i]`` begins at a word.

    Each word is compared with the stems once in its life: the agreements of one house are written in the same few
    thousand words, and most of those are on no list.
    """

    __slots__ = ("_firsts", "_held", "_lengths", "_odd", "_plain")

    def __init__(self, stems: Iterable[Iterable[str]]) -> None:
        self._firsts: dict[str, list[tuple[int, str]]] = {}  # by the first word of a stem: entry and stem
        for index, some in enumerate(stems):
            for stem in some:
                self._firsts.setdefault(stem.partition(" ")[0], []).append((index, stem))
        self._lengths = sorted({len(first) for first in self._firsts})
        self._odd = [first for first in self._firsts if not _PART.fullmatch(first)]
        self._plain: set[str] = set()  # words at which no stem begins
        self._held: dict[str, list[tuple[int, str]]] = {}

    def among(self, text: str, words: frozenset[str] | None = None) -> set[int]:
        """The entries of which a stem occurs in a text in lower case. ``words``: its ``words_of``, where known;
        it may have more."""
        return {index for index, _ in self.found(text, words)}

    def found(self, text: str, words: frozenset[str] | None = None) -> set[tuple[int, str]]:
        """The entries of which a stem occurs, each with that stem; with every one that does."""
        begun: set[tuple[int, str]] = set()
        for word in (words_of(text) if words is None else words) - self._plain:
            held = self._held.get(word)
            begun.update(held if held is not None else self._compare(word))
        # A stem of one word is there where a word begins with it.
        return {one for one in begun if " " not in one[1] or one[1] in text}

    def _compare(self, word: str) -> list[tuple[int, str]]:
        if len(self._plain) + len(self._held) > _MOST:
            self._plain.clear()
            self._held.clear()
        begun = {part[:length] for part in _PART.findall(word) for length in self._lengths if length <= len(part)}
        begun.update(first for first in self._odd if first in word)
        held = [one for first in begun for one in self._firsts.get(first, ())]
        if held:
            self._held[word] = held
        else:
            self._plain.add(word)
        return held
