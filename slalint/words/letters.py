"""Phrases as one expression over words that are letters: for a handful of phrases, of which only the first in a text is
asked for.

To a few phrases nearly all words are the same, and those that no step of theirs tells apart may as well be one letter.
A text is then a short run of letters, and the engine of ``re`` finds the first phrase in it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from slalint.patterns import lazy
from slalint.words.phrases import LONGEST, Phrase, Phrases, Step, plain_words, written

_OTHER = "."  # a word that no phrase holds
_MOST = 20_000  # words remembered


class Letters(dict[str, str]):
    """The letters of words, by what stands between two blanks of a text, filled as texts are met."""

    def __init__(self, phrases: Phrases, language: str = "en") -> None:
        super().__init__()
        self._language = language
        self._plain = plain_words(language)
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

    def __missing__(self, written: str) -> str:
        known = self._letters
        letters = "".join([known.get(self._fitted(word), _OTHER) for word in self._plain[written]])
        if len(written) <= LONGEST:
            if len(self) > _MOST:
                self.clear()
            self[written] = letters
        return letters

    def hold(self, text: str) -> bool:
        """Whether a text holds any of the phrases."""
        return self._pattern.search("".join(map(self.__getitem__, text.split()))) is not None

    def first(self, text: str) -> list[tuple[str, int, int]]:
        """The words of the first phrase in a text, each as it is compared and where it stands, and of several that
        begin there of the one that was added first; empty where there is none."""
        each = [*map(self.__getitem__, text.split())]
        found = self._pattern.search("".join(each))
        if found is None:
            return []
        start, end = found.span()
        skipped = at = 0  # words, and what stands between two blanks, before the phrase
        while (after := skipped + len(each[at])) <= start:
            skipped, at = after, at + 1
        # Nothing but the phrase is looked at letter by letter.
        matches = islice(written(text, len(text) - len(text.split(None, at)[at])), start - skipped, end - skipped)
        return [(self._plain[match[0]][0], *match.span()) for match in matches]
