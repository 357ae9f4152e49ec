"""Which entries of word lists a text may hold, told from its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from slalint.patterns import lazy
from slalint.record import NamedTuple

_MOST = 20_000  # words remembered
_PART = lazy(r"[\w-]+")


class Stem(NamedTuple):
    """One of the stems of an entry of a list. What is ``whole`` is there if its word is; else the text must tell, if
    all words ``between`` its first and its last are there."""

    list: str
    entry: int
    stem: str
    whole: bool
    between: frozenset[str]


class Stems:
    """The stems of some lists, in lower case; an entry may be in a text where one of its stems begins at a word.

    Each word is compared with all stems once in its life: the agreements of one house are written in the same few
    thousand words, and most of those are on no list. The ``signs`` are expressions for words, by name.
    """

    def __init__(
        self,
        lists: Iterable[tuple[str, Iterable[Iterable[str]]]],
        signs: Mapping[str, re.Pattern[str]],
    ) -> None:
        self._stems: dict[str, list[Stem]] = {}  # by their longest word, which is the rarest as a rule
        self._words: dict[str, frozenset[str]] = {}  # of a stem
        for name, entries in lists:
            for index, stems in enumerate(entries):
                for stem in stems:
                    words = stem.split(" ")
                    self._words[stem] = frozenset(filter(None, words))
                    longest = max(words, key=len)
                    self._stems.setdefault(longest, []).append(
                        Stem(name, index, stem, stem == longest, frozenset(words[1:-1]))
                    )
        self._signs = signs
        self._pieces = frozenset().union(*self._words.values())
        self._lengths: dict[str, set[int]] = {}  # of the pieces that begin with a letter
        for piece in self._pieces:
            self._lengths.setdefault(piece[0], set()).add(len(piece))
        self._odd = [piece for piece in self._pieces if not _PART.fullmatch(piece)]
        self._plain: set[str] = set()  # words with which nothing begins
        self._begun: dict[str, frozenset[str]] = {}  # by the word, what begins with it
        self.of = lru_cache(maxsize=256)(self._of)

    def begun(self, words: frozenset[str]) -> frozenset[str]:
        """The words of stems that begin at one of the words of a text, which are in lower case and may have punctuation
        beside them; and the signs of which one of them is."""
        known = self._begun
        held = [known[word] if word in known else self._compare(word) for word in words - self._plain]
        return frozenset().union(*held)

    def _of(self, begun: frozenset[str]) -> Mapping[str, list[Stem]]:
        """The stems of each list that may be in a text of which ``begun`` tells so, in the order of the list."""
        lists: dict[str, list[Stem]] = {}
        for piece in begun:
            for one in self._stems.get(piece, ()):
                if self._words[one.stem] <= begun:
                    lists.setdefault(one.list, []).append(one)
        return {name: sorted(stems) for name, stems in lists.items()}

    def _compare(self, word: str) -> frozenset[str]:
        if len(self._plain) + len(self._begun) > _MOST:
            self._plain.clear()
            self._begun.clear()
        begun = [part[:length] for part in _PART.findall(word) for length in self._lengths.get(part[0], ())]
        begun += [piece for piece in self._odd if piece in word]
        held = self._pieces.intersection(begun).union([one for one, sign in self._signs.items() if sign.search(word)])
        if held:
            self._begun[word] = held
        else:
            self._plain.add(word)
        return held
