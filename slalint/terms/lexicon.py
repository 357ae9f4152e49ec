"""The defined terms of an agreement in every form in which they may be used, and where a text uses them.

A form is a row of lower-case words. The last word, and the word before the first "of" or "for", may stand in the
singular or the plural. A possessive 's inside a form must be there in the text too: "Provider's Country" is no use of
"Provider"; one behind the form is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice, pairwise
from typing import Literal, NamedTuple, TypeAlias

from slalint import resources
from slalint.patterns import lazy
from slalint.terms import Definition
from slalint.words.pieces import Pieces, WordList, WordSet

Case = Literal["title", "acronym", "any"]


class Token(NamedTuple):
    """A word of a text: in lower case, with and without a possessive ending, and whether a capital begins it."""

    full: str
    word: str
    start: int
    end: int  # without the possessive ending
    capital: bool


class Group(NamedTuple):
    """The terms that share a form ("Billing Period", "Billing Periods"), with their definitions."""

    names: tuple[str, ...]
    definitions: tuple[Definition, ...]

    @property
    def name(self) -> str:
        return self.names[0]


class Match(NamedTuple):
    """A form found: the tokens ``[first, last)``, the group that it belongs to, whether it is capitalised as the term
    is, and the word separators that the term has there ("-" or " ")."""

    first: int
    last: int
    group: int
    capital: bool
    written: tuple[str, ...]
    case: Case


class _Form(NamedTuple):
    words: tuple[str, ...]
    group: int
    case: Case
    written: tuple[str, ...]


_Reading: TypeAlias = "tuple[tuple[Token, ...], frozenset[tuple[str, ...]], Case, tuple[str, ...]]"


class _Words(Pieces, file="inflection"):
    rules = WordList()
    short = WordList()
    small = WordSet()
    head_before = WordSet()

    @cached_property
    def numbers(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        """The endings of nouns, each with what stands in its place in the other number."""
        split = (rule.rpartition(">") for rule in self.rules)
        return [
            (re.compile(ending), tuple(other.strip("-") for other in others.split(","))) for ending, _, others in split
        ]


_TOKEN = lazy(r"[^\W_]+(?:['’][sS](?![^\W_]))?|&")
_JOINED = frozenset(("", "-", "‑", "–", "/"))


def tokens(text: str, most: int | None = None) -> list[Token]:
    """The words of a text, at most so many of them."""
    found = []
    new, token = tuple.__new__, Token  # a third of the time of calling Token, thousands of times a document
    for match in islice(_TOKEN.finditer(text), most):
        shown = match.group()
        start, end = match.span()
        word = full = shown.lower()
        if full[-2:] in ("'s", "’s"):
            word = full[:-2]
            full = word + "'s"
            end -= 2
        elif full == "&":
            full = word = "and"
        found.append(new(token, (full, word, start, end, shown[0].isupper())))
    return found


def plain_words(text: str) -> list[str]:
    """The words of a text as they are written, with their possessive endings; faster than ``tokens``."""
    return _TOKEN.findall(text)


def each_word(text: str) -> Iterator[str]:
    """``plain_words`` one by one, for those who may stop at the first."""
    return (match.group() for match in _TOKEN.finditer(text))


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """A list of words or phrases in lower case, one or several a line (several: separated by blanks, a phrase's words
    joined by ``_``)."""
    lines = resources.words_text(language, "terms", f"{name}.txt").splitlines()
    return frozenset(word.replace("_", " ").lower() for line in lines if line[:1] != "#" for word in line.split())


@cache
def _irregular(language: str) -> dict[str, str]:
    """Plurals that follow no rule, both ways."""
    pairs = [pair.split("/") for pair in words("plurals", language)]
    return {one: other for a, b in pairs for one, other in ((a, b), (b, a))}


@cache
def inflections(word: str, language: str = "en") -> tuple[str, ...]:
    """A noun in the number in which it stands and in the other, all in lower case."""
    other = _irregular(language).get(word)
    if other is not None:
        return word, other
    known = _Words.of(language)
    if len(word) < 3 or not word.isalpha():
        return (word, *(word + ending for ending in known.short if word.isalnum()))
    for ending, others in known.numbers:
        if ending.search(word):
            return (word, *(ending.sub(other, word) for other in others))
    return (word,)


def singular(word: str, language: str = "en") -> str:
    """The shorter of a noun's forms: enough to tell that two are the same noun."""
    return min(inflections(word, language), key=lambda form: (len(form), form))


class _Structure(NamedTuple):
    """What follows from the names of the terms alone. The agreements of a house define the same terms again and again,
    so it is worked out once for all of them."""

    forms: dict[str, list[_Form]]  # by their first word
    groups: dict[str, int]  # by name
    members: list[list[tuple[str, int]]]  # of each group: names, each with the number of its definition
    firsts: list[frozenset[str]]  # of each group: the words with which its forms begin


class Lexicon:
    """Every form of every term, ready to be looked up by its first word."""

    def __init__(self, definitions: Iterable[Definition], language: str = "en") -> None:
        self.language = language
        known = list(definitions)
        said = [(one.term.text, *one.aliases) for one in known]
        self.names: list[tuple[str, Definition]] = [
            (name, definition) for names, definition in zip(said, known, strict=True) for name in names if name.strip()
        ]
        built = _structure(tuple(said), language)
        self._forms, self._groups, self._firsts = built.forms, built.groups, built.firsts
        self.groups: list[Group] = [
            Group(
                tuple(dict.fromkeys([name for name, _ in one])),
                tuple([known[number] for number in dict.fromkeys([number for _, number in one])]),
            )
            for one in built.members
        ]

    def group_of(self, name: str) -> int | None:
        """The group of a term, by its name as it is defined."""
        return self._groups.get(name)

    def may_begin(self, words: Iterable[str]) -> bool:
        """Whether any of these words, in lower case, begins a form."""
        return not self._forms.keys().isdisjoint(words)

    def may_occur(self, group: int, text: str) -> bool:
        """Whether a text in lower case may hold a form of a group."""
        return any(first in text or first == "and" for first in self._firsts[group])

    def find(self, text: str, found: Sequence[Token]) -> Iterator[Match]:
        """The forms in a text's tokens, the longest first at each place; one that has the capitals of its term before
        one that lacks them."""
        forms, size, at, small = self._forms, len(found), 0, _Words.of(self.language).small
        while at < size:
            match = None
            for form in forms.get(found[at].word, ()):
                if match is not None and len(form.words) < match.last - match.first:
                    break
                count = len(form.words)
                if at + count > size or not self._fits(text, found, at, form.words):
                    continue
                capital = _capital(text, found[at : at + count], form.case, small)
                if match is None or (capital and not match.capital):
                    match = Match(at, at + count, form.group, capital, form.written, form.case)
            if match is not None and not match.capital:
                # A shorter form in its own capitals says more than a longer one without.
                for form in forms[found[at].word]:
                    count = len(form.words)
                    if (
                        count < match.last - at
                        and self._fits(text, found, at, form.words)
                        and _capital(text, found[at : at + count], form.case, small)
                    ):
                        match = Match(at, at + count, form.group, True, form.written, form.case)
                        break
            if match is None:
                at += 1
            else:
                yield match
                at = match.last

    @staticmethod
    def _fits(text: str, found: Sequence[Token], at: int, form: tuple[str, ...]) -> bool:
        last = at + len(form) - 1
        if last >= len(found) or found[last].word != form[-1].removesuffix("'s"):
            return False
        for index, word in enumerate(form[:-1]):
            token = found[at + index]
            if token.full != word or text[token.end : found[at + index + 1].start].strip() not in (
                _JOINED if token.full == token.word else ("'s", "’s")
            ):
                return False
        return True


@lru_cache(maxsize=64)
def _structure(definitions: tuple[tuple[str, ...], ...], language: str) -> _Structure:
    """Terms that share a form become one group."""
    owner: dict[tuple[str, ...], int] = {}  # the first group that a form was seen in
    above: list[int] = []
    parsed = []
    for number, names in enumerate(definitions):
        of: int | None = None  # the names of one definition are one term
        for name in names:
            found, forms, case, written = _read(name, language) if name.strip() else _NO_NAME
            if not found or len(found) > 9:
                continue
            mine = len(above)
            of = mine if of is None else of
            above.append(of)
            for form in forms:
                seen = owner.setdefault(form, mine)
                top, root = _root(above, seen), _root(above, mine)
                above[max(top, root)] = min(top, root)
            parsed.append((name, number, forms, case, written, mine))
    places: dict[int, int] = {}
    built = _Structure({}, {}, [], [])
    for name, number, forms, case, written, mine in parsed:
        root = _root(above, mine)
        if root not in places:
            places[root] = len(built.members)
            built.members.append([])
        group = places[root]
        built.members[group].append((name, number))
        built.groups[name] = group
        for form in forms:
            at = built.forms.setdefault(form[0].removesuffix("'s"), [])
            entry = _Form(form, group, case, written)
            if entry not in at:
                at.append(entry)
    for at in built.forms.values():
        at.sort(key=lambda form: -len(form.words))
    for group in range(len(built.members)):
        built.firsts.append(
            frozenset(first for first, forms in built.forms.items() if any(form.group == group for form in forms))
        )
    return built


def _root(above: list[int], one: int) -> int:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


_NO_NAME: _Reading = ((), frozenset(), "any", ())


@lru_cache(maxsize=1024)  # the agreements of a repository define the same terms again and again
def _read(name: str, language: str) -> _Reading:
    """A term's words, its forms, their case and what joins them."""
    found = tuple(tokens(name))
    return (
        found,
        frozenset(_forms(found, language) if found else ()),
        _case(name, found, language),
        _separators(name, found),
    )


def name_words(name: str, language: str = "en") -> tuple[Token, ...]:
    """``tokens`` of a name, remembered."""
    return _read(name, language)[0]


def _forms(found: Sequence[Token], language: str) -> Iterator[tuple[str, ...]]:
    full = [token.full for token in found]
    full[-1] = found[-1].word
    before = _Words.of(language).head_before
    head = next((i for i, word in enumerate(full) if i and word in before), len(full)) - 1
    for place in {head, len(full) - 1}:
        for form in inflections(full[place], language):
            yield (*full[:place], form, *full[place + 1 :])


def _case(name: str, found: Sequence[Token], language: str) -> Case:
    small = _Words.of(language).small
    content = [token for token in found if token.word not in small]
    if not content or not all(token.capital for token in content if token.word[0].isalpha()):
        return "any"
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return "any"
    return "acronym" if len(found) == 1 and len(letters) > 1 and sum(c.isupper() for c in letters) > 1 else "title"


@lru_cache(maxsize=1024)
def is_capitalised(name: str, language: str = "en") -> bool:
    """Whether every word of a name that carries meaning begins with a capital."""
    return _case(name, tokens(name), language) != "any"


def _separators(name: str, found: Sequence[Token]) -> tuple[str, ...]:
    return tuple(separator(name, a, b) for a, b in pairwise(found))


def separator(text: str, before: Token, after: Token) -> str:
    """What joins two words: "-", "/", or a blank."""
    between = text[before.end : after.start].strip()
    return "-" if between in ("‑", "–", "-") and between else "/" if between == "/" else " "


def _capital(text: str, found: Sequence[Token], case: Case, small: frozenset[str]) -> bool:
    if case == "any":
        return True
    if case == "acronym":
        return text[found[0].start : found[0].end].rstrip("s").isupper() or (
            sum(c.isupper() for c in text[found[0].start : found[0].end]) > 1
        )
    return all(token.capital or token.word in small or token.word[0].isdigit() for token in found)
