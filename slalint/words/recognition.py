"""In which of the languages that there are words for a text is written, told by its small words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from slalint.words import languages
from slalint.words.pieces import Pieces, WordSet

DEFAULT = "en"  # of texts too short to tell, and of lists and tables without small words
UNKNOWN = "xx"
_ENOUGH = 25  # below this many words the language cannot be told
_FOREIGN = 0.04  # the share of small words of other languages that speaks against the default
_LONG = 100  # so many words without any small word of the default are no table of it
_OWN = 0.1  # the share of its own small words that speaks for any other language
_BEYOND = "\u0250"  # the first letter behind the Latin alphabets


class _Words(Pieces, file="recognition"):
    common = WordSet()
    foreign = WordSet()


def recognise(words: Sequence[str]) -> str:
    """The language of a text, given its words in lower case; ``UNKNOWN`` where there are no words for it."""
    if len(words) < _ENOUGH:
        return DEFAULT
    times = Counter(words)
    beyond = sum([count for word, count in times.items() if word >= _BEYOND])
    balance: dict[str, int] = {}  # of the languages that it may be
    for language in languages():
        known = _Words.of(language)
        common = sum([times[word] for word in known.common])
        own = common - sum([times[word] for word in known.foreign])
        if language == DEFAULT:
            may_be = own > -_FOREIGN * len(words) and beyond * 3 <= len(words)
            may_be = may_be and (common * _LONG >= len(words) or len(words) < _LONG)
        else:
            may_be = own > _OWN * len(words)
        if may_be:
            balance[language] = own
    return max(balance, key=lambda language: balance[language], default=UNKNOWN)
