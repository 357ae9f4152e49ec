"""In which of the languages that there are words for a text is written, told by its small words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from slalint.words import languages
from slalint.words.phrases import plain_words
from slalint.words.pieces import Pieces, WordSet

DEFAULT = "en"  # of texts too short to tell, and of lists and tables without small words
UNKNOWN = "xx"
_ENOUGH_WORDS = 3000  # to tell the language by
_ENOUGH = 25  # below this many words the language cannot be told
_FOREIGN = 0.04  # the share of small words of other languages that speaks against the default
_LONG = 100  # so many words without any small word of the default are no table of it
_OWN = 0.1  # the share of its own small words that speaks for any other language
_BEYOND = "\u0250"  # the first letter behind the Latin alphabets
_IS_WORD, _IS_BEYOND = "\0", "\1"
_MOST = 20_000  # words remembered
_LONGEST = 60  # characters of them


class _Words(Pieces, file="recognition"):
    common = WordSet()
    foreign = WordSet()


def recognise(texts: Sequence[str]) -> str:
    """The language of some texts; ``UNKNOWN`` where there are no words for it. Of a long document the beginning is
    enough, up to the end of one of the texts."""
    known = [_Words.of(language) for language in languages()]
    tally = _tally(tuple(known))
    told = "".join(map(tally.__getitem__, "\n".join(texts).split()))
    if told.count(_IS_WORD) > _ENOUGH_WORDS:
        told = ""
        for text in texts:
            told += "".join(map(tally.__getitem__, text.split()))
            if told.count(_IS_WORD) > _ENOUGH_WORDS:
                break
    words, beyond = told.count(_IS_WORD), told.count(_IS_BEYOND)
    if words < _ENOUGH:
        return DEFAULT
    balance: dict[str, int] = {}  # of the languages that it may be
    for one, is_common, is_foreign in _marks(known):
        common = told.count(is_common)
        own = common - told.count(is_foreign)
        if one.language == DEFAULT:
            may_be = own > -_FOREIGN * words and beyond * 3 <= words
            may_be = may_be and (common * _LONG >= words or words < _LONG)
        else:
            may_be = own > _OWN * words
        if may_be:
            balance[one.language] = own
    return max(balance, key=lambda language: balance[language], default=UNKNOWN)


def _marks(known: Sequence[_Words]) -> Iterator[tuple[_Words, str, str]]:
    """Each language with the marks of its own words and of foreign ones."""
    for index, one in enumerate(known):
        yield one, chr(2 * index + 2), chr(2 * index + 3)


class _Tally(dict[str, str]):
    """What the words of a text count for, by what stands between two blanks: a string of marks, so that those of a text
    are put together and counted at once."""

    def __init__(self, known: Sequence[_Words]) -> None:
        super().__init__()
        self._plain = plain_words(DEFAULT)
        self._marks: dict[str, str] = {}  # by the word, of those that a list holds
        for one, is_common, is_foreign in _marks(known):
            for words, mark in ((one.common, is_common), (one.foreign, is_foreign)):
                for word in words:
                    self._marks[word] = self._marks.get(word, "") + mark

    def __missing__(self, written: str) -> str:
        told = ""
        for word in filter(str.isalpha, self._plain[written]):
            told += (_IS_WORD if word < _BEYOND else _IS_WORD + _IS_BEYOND) + self._marks.get(word, "")
        if len(written) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[written] = told
        return told


_tally = lru_cache(maxsize=2)(_Tally)
