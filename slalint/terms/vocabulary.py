"""Which words with capitals are words of the language, and which can only be names of somebody or something."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from slalint.terms.lexicon import inflections, words
from slalint.words.pieces import Pieces, WordList, WordSet


class _Words(Pieces, file="undefined"):
    endings = WordList()
    joins = WordSet()


def is_plain(word: str, written: Set[str], language: str = "en") -> bool:
    """Whether a word in lower case is one of the language, not somebody's name. ``written``: all words of the document
    as they stand there."""
    forms = _forms(word, language)
    return not forms or not written.isdisjoint(forms)


def may_be_of_a_term(shown: str, written: Set[str], language: str = "en") -> bool:
    """Whether a word with a capital may be part of a term; False for what can only be part of a name."""
    forms = _forms_of_shown(shown, language)
    return forms is not None and (not forms or not written.isdisjoint(forms))


_MOST = 8192  # words remembered: the agreements of a house are written in the same few thousand


@lru_cache(maxsize=_MOST)
def _forms(word: str, language: str) -> tuple[str, ...]:
    """The forms of a word of which one must be written in small letters for the word to be plain; none for those of
    which it is known."""
    forms = word, *inflections(word, language)
    known = not words("vocabulary", language).isdisjoint(forms)
    return () if known or (len(word) > 6 and word.endswith(_Words.of(language).endings)) else forms


@lru_cache(maxsize=_MOST)
def _forms_of_shown(shown: str, language: str) -> tuple[str, ...] | None:
    """``_forms`` of a word with a capital; None for what can only be a name."""
    word = shown.lower()
    if word in _Words.of(language).joins:
        return ()
    return _forms(word, language) if shown[1:].islower() else None
