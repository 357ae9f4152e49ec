"""Which entries of word lists a text may hold, told from its words alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from slalint.patterns import lazy
from slalint.record import NamedTuple

_MOST = 20_000  # words remembered
_ALIKE = 4  # so many stems that begin with the same word are looked for at once …
_SHORT = 4  # … unless that is as short as the words that stand everywhere, with the blank behind it
_ONE = (1,)  # the length of a piece that is a single letter
_PART = lazy(r"[\w-]+")


class Stem(NamedTuple):
    """One of the stems of an entry of a list. What is ``whole`` is there if its word is; else the text must tell."""

    list: str
    entry: int
    stem: str
    whole: bool


class Stemmed(NamedTuple):
    """The stems of a list that may be in a text, in the order of the list. Of those that are not ``whole``, ``alike``
    are several that begin with one word, each time with that word, and ``others`` the rest."""

    stems: list[Stem]
    alike: list[tuple[str, tuple[str, ...]]]
    others: list[str]

    def within(self, text: str) -> list[tuple[int, str]]:
        """The entries of which a stem is in a text in lower case, each with that stem."""
        there = {stem for stem in self.others if stem in text}
        for first, stems in self.alike:  # "within 2 days", "within 3 days", …: one search for all
            at = text.find(first)
            while at >= 0:
                if text.startswith(stems, at):
                    there.update([stem for stem in stems if text.startswith(stem, at)])
                at = text.find(first, at + 1)
        return [(one.entry, one.stem) for one in self.stems if one.whole or one.stem in there]


def _stemmed(stems: Sequence[Stem]) -> Stemmed:
    by_first: dict[str, list[str]] = {}
    for one in stems:
        if not one.whole:
            by_first.setdefault(one.stem.partition(" ")[0] + " ", []).append(one.stem)
    alike = {first: same for first, same in by_first.items() if len(same) >= _ALIKE and len(first) > _SHORT}
    others = [stem for first, same in by_first.items() if first not in alike for stem in same]
    return Stemmed(sorted(stems), [(first, tuple(same)) for first, same in alike.items()], others)


class Stems:
    """The stems of some lists, in lower case; an entry may be in a text where one of its stems begins at a word.

    Each word is compared with all stems once in its life: the agreements of one house are written in the same few
    thousand words, and most of those are on no list. The ``signs`` are other things to ask of a word, by name.
    """

    def __init__(
        self,
        lists: Iterable[tuple[str, Iterable[Iterable[str]]]],
        signs: Mapping[str, Callable[[str], object]],
    ) -> None:
        self._stems: dict[str, list[Stem]] = {}  # by their longest word, which is the rarest as a rule
        self._words: dict[str, frozenset[str]] = {}  # of a stem
        for name, entries in lists:
            for index, stems in enumerate(entries):
                for stem in stems:
                    words = stem.split(" ")
                    self._words[stem] = frozenset(filter(None, words))
                    longest = max(words, key=len)
                    self._stems.setdefault(longest, []).append(Stem(name, index, stem, stem == longest))
        self._signs = signs
        self._pieces = frozenset().union(*self._words.values())
        self._lengths: dict[str, set[int]] = {}  # of the pieces that begin with two letters, and 1
        for piece in self._pieces:
            self._lengths.setdefault(piece[:2], {1}).add(len(piece))
        self._odd = [piece for piece in self._pieces if not _PART.fullmatch(piece)]
        self._begun: dict[str, frozenset[str]] = {}  # by the word, what begins with it: nothing as a rule
        self._alike: dict[frozenset[str], frozenset[str]] = {}  # one of each, so that they are told apart at once
        self.of = lru_cache(maxsize=256)(self._of)

    def begun(self, words: frozenset[str]) -> frozenset[str]:
        """The words of stems that begin at one of the words of a text, which may have punctuation beside them; and the
        signs that one of them has."""
        known = self._begun
        held = set(map(known.get, words))  # nearly all words are known, and many begin the same
        if None in held:
            held = {known[word] if word in known else self._compare(word) for word in words}
        return frozenset().union(*held)  # type: ignore[arg-type]

    def _of(self, begun: frozenset[str]) -> Mapping[str, Stemmed]:
        """The stems of each list that may be in a text of which ``begun`` tells so."""
        lists: dict[str, list[Stem]] = {}
        for piece in begun:
            for one in self._stems.get(piece, ()):
                if self._words[one.stem] <= begun:
                    lists.setdefault(one.list, []).append(one)
        return {name: _stemmed(stems) for name, stems in lists.items()}

    def _compare(self, word: str) -> frozenset[str]:
        if len(self._begun) > _MOST:
            self._begun.clear()
            self._alike.clear()
        small = word.lower()
        begun = [part[:length] for part in _PART.findall(small) for length in self._lengths.get(part[:2], _ONE)]
        begun += [piece for piece in self._odd if piece in small]
        held = self._pieces.intersection(begun).union([one for one, sign in self._signs.items() if sign(word)])
        self._begun[word] = held = self._alike.setdefault(held, held)
        return held
