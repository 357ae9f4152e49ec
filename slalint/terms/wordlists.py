"""The lists of words that rules look for, ``words/<language>/<list>.tsv``, and which of their entries a text may hold.

The first column of each names the word, the second gives its stems: pieces in lower case with which every use begins,
or of which one occurs in every text with a use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from slalint import resources
from slalint.words.pieces import Pattern, Pieces
from slalint.words.stems import Stemmed, Stems

_LISTS = ("ambiguous", "vague", "weak")
_KIND = 4  # the columns of a line that tells of a kind of words, in the lists that have kinds
# What else a word may tell: that it may name a level of a scale ("High priority", "P1"), that it is an abbreviation not
# everybody knows, that it points at something.
LEVEL, ACRONYM, POINTING = "(level)", "(acronym)", "(pointing)"


class _Words(Pieces, file="ambiguous"):
    level_word = Pattern(absent="")


def rows(language: str, name: str) -> list[list[str]]:
    """The lines of a list, by columns, with its header; empty where the language has none."""
    lines = resources.words_text(language, f"{name}.tsv").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def entries(language: str, name: str) -> tuple[list[str], ...]:
    """The entries of a list, by columns."""
    if name == "ambiguous":
        return tuple(rows(language, name)[1:])
    return tuple(row for row in rows(language, name) if len(row) != _KIND)


def found(
    name: str, text: str, words: frozenset[str], language: str, others: frozenset[str] = frozenset()
) -> list[tuple[int, str]]:
    """The entries of a list of which a stem occurs in a text in lower case, each with that stem, in the order of the
    list. ``words`` are those of the text, however they are written, or more; ``others`` too, where those that several
    rules look at are not all."""
    begun, lists = _told(words, language)
    more = _told(others, language)[0] if others else frozenset[str]()
    if not more <= begun:
        lists = _stems(language).of(begun | more)
    stemmed = lists.get(name)
    return stemmed.within(text) if stemmed is not None else []


def may_hold(sign: str, words: frozenset[str], language: str, others: frozenset[str] = frozenset()) -> bool:
    """Whether one of the words of a text has a sign."""
    return sign in _told(words, language)[0] or (bool(others) and sign in _told(others, language)[0])


@cache
def _stems(language: str) -> Stems:
    """Those of all lists, so that the words of a text are looked through once."""
    from slalint.terms.undefined import acronyms  # these ask for the lists
    from slalint.terms.uses import points

    level = _Words.of(language).level_word
    return Stems(
        [(name, [row[1].split(",") if row[1] else () for row in entries(language, name)]) for name in _LISTS],
        {
            LEVEL: lambda word: level.search(word.lower()),
            ACRONYM: lambda word: not word.islower() and acronyms(word, language),
            POINTING: lambda word: points(word.lower(), language),
        },
    )


@lru_cache(maxsize=4)  # several rules ask about one text after the other
def _told(words: frozenset[str], language: str) -> tuple[frozenset[str], Mapping[str, Stemmed]]:
    """What begins at the words of a text, and the stems of each list that may be there for that."""
    stems = _stems(language)
    begun = stems.begun(words)
    return begun, stems.of(begun)
