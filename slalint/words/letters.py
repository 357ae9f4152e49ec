"""Phrases as one expression over words that are letters: for a handful of phrases, of which only the first in a text is
asked for.

To a few phrases nearly all words are the same, and those that no step of theirs tells apart may as well be one letter.
A text is then a short run of letters, and the engine of ``re`` finds the first phrase in it at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from slalint.patterns import lazy
from slalint.words.phrases import Phrase, Phrases, Step

_OTHER = "."  # a word that no phrase holds
_MOST = 20_000  # words remembered


class Letters(dict[str, str]):
    """The letters of words, by word, filled as words are met."""

    def __init__(self, phrases: Phrases) -> None:
        super().__init__()
        self._steps = list(dict.fromkeys((step.whole, step.stems) for one in phrases.each for step in one.steps))
        self._letters: dict[tuple[bool, ...], str] = {}  # by the steps that such a word fits
        for whole, stems in self._steps:
            # A word that begins with a stem fits other steps than the stem itself may, as a word.
            for word in (*sorted(whole), *stems, *[f"{stem}~" for stem in stems]):
                self._letters.setdefault(self._fitted(word), chr(0xE000 + len(self._letters)))
        self._pattern = lazy("|".join(map(self._source, phrases.each)) or "(?!)")

    def _source(self, phrase: Phrase) -> str:
        end = rf".{{0,{phrase.rest}}}\Z" if phrase.rest >= 0 else ""
        return "^" * phrase.at_start + self._following(phrase.steps, True) + end

    def _following(self, steps: Sequence[Step], first: bool) -> str:
        """An expression for the last steps of a phrase. Before the word with which it begins is no gap."""
        if not steps:
            return ""
        step, *others = steps
        at = self._steps.index((step.whole, step.stems))
        letters = "".join([letter for fits, letter in self._letters.items() if fits[at]])
        gap = "" if first else f".{{0,{step.gap}}}?" * (step.gap > 0)
        source = f"{gap}[{letters}]{self._following(others, False)}"
        return f"(?:{source}|{self._following(others, first)})" if step.optional else source

    def _fitted(self, word: str) -> tuple[bool, ...]:
        return tuple([word in whole or (stems != () and word.startswith(stems)) for whole, stems in self._steps])

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST:
            self.clear()
        letter = self[word] = self._letters.get(self._fitted(word), _OTHER)
        return letter

    def first(self, texts: Sequence[str]) -> range:
        """Which of the words, given as ``Words.texts``, are the first phrase among them, and of several that begin
        there the one that was added first; empty where there is none."""
        found = self._pattern.search("".join(map(self.__getitem__, texts)))
        return range(*found.span()) if found is not None else range(0)
