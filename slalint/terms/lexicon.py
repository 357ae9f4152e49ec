"""The defined terms of an agreement in every form in which they may be used, and where a text uses them.

A form is a row of lower-case words. The last word, and the word before the first "of" or "for", may stand in the
singular or the plural. A possessive 's inside a form must be there in the text too: "Provider's Country" is no use of
"Provider"; one behind the form is not part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, compress
from typing import Literal, TypeAlias

from slalint import resources
from slalint.once import once
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import Definition
from slalint.words.pieces import Pieces, WordList, WordSet

Case = Literal["title", "acronym", "any"]


class Tokens(NamedTuple):
    """The words of a text, each by its number: as it is written; so without a possessive ending; in lower case with
    such an ending (``'s``), and without; and where it starts."""

    said: list[str]
    shown: list[str]
    full: list[str]
    word: list[str]
    starts: list[int]

    def end(self, index: int) -> int:
        """Where a word ends, without the possessive ending."""
        return self.starts[index] + len(self.shown[index])


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


_Reading: TypeAlias = "tuple[Tokens, dict[tuple[str, ...], tuple[str, ...]], Case, tuple[str, ...]]"


class _Words(Pieces, file="inflection"):
    rules = WordList()
    short = WordList()
    small = WordSet()
    head_before = WordSet()

    @cached_property
    def numbers(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        """The endings of nouns, each with what stands in its place in the other number."""
        split = (rule.rpartition(">") for rule in self.rules)
        return [(lazy(ending), tuple(other.strip("-") for other in others.split(","))) for ending, _, others in split]


# The empty branch is faster than a group that may be missing.
_WORD = r"[^\W_]+(?:['’][sS](?![^\W_])|)|&"
_TOKEN = lazy(_WORD)
_BETWEEN = lazy(f"({_WORD})")
# Signs beside those of ASCII that stand in many texts, and what is no sign between words.
_SIGNS = "“”‘«»–—‑−×÷≤≥•…→€£§°\u00a0"
_BLANKED = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "'&"}
_NOT_POSSESSIVE = lazy(r"'(?:(?<![^\W_].)|(?![sS](?![^\W_])))")
_POSSESSIVE_TWICE = lazy(r"'[sS]'")
_GLUED = lazy(r"&(?:(?<=[^\W_].)|(?<=['&].)|[^\W_])")
_ODD = lazy(r"['’&]")
_JOINED = frozenset(("", "-", "‑", "–", "/"))


def tokens(text: str, most: int | None = None) -> Tokens:
    """The words of a text, at most so many of them."""
    said, starts = (_between_blanks(text) if most is None else None) or _apart(text, most)
    word = [one.lower() for one in said]
    odd = [bisect_right(starts, match.start()) - 1 for match in _ODD.finditer(text)]
    if not odd:
        return Tokens(said, said, word, word, starts)
    shown, full = said.copy(), word.copy()
    for index in odd:
        one = word[index] if index >= 0 and index < len(word) else ""
        if one == "&":
            full[index] = word[index] = "and"
        elif one[-2:] in ("'s", "’s"):
            said[index] = text[starts[index] : starts[index] + len(said[index])]
            shown[index] = said[index][:-2]
            word[index] = one[:-2]
            full[index] = word[index] + "'s"
    return Tokens(said, shown, full, word, starts)


def _apart(text: str, most: int | None) -> tuple[list[str], list[int]]:
    """The words of a text, at most so many of them, and where they start."""
    pieces = _BETWEEN.split(text, 0 if most is None else most or -1)  # what stands between, and every word
    return pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]


def _between_blanks(text: str) -> tuple[list[str], list[int]] | None:
    """``_apart`` in half the time, for text with no letters but those of ASCII; else None. A curly apostrophe becomes a
    straight one."""
    plain = text
    if not plain.isascii():
        plain = plain.replace("’", "'")
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
        if not plain.isascii():
            return None
    if "'" in plain:
        if _POSSESSIVE_TWICE.search(plain):
            return None
        plain = _NOT_POSSESSIVE.sub(" ", plain)
    if "&" in plain and _GLUED.search(plain):
        return None
    pieces = plain.translate(_BLANKED).split(" ")
    return list(filter(None, pieces)), list(compress(accumulate([len(one) + 1 for one in pieces], initial=0), pieces))


def plain_words(text: str) -> list[str]:
    """The words of a text as they are written, with their possessive endings; faster than ``tokens``."""
    return _TOKEN.findall(text)


def shown_words(text: str) -> list[str]:
    """The words of a text as they are written, without their possessive endings."""
    return tokens(text).shown if "'" in text or "’" in text else _TOKEN.findall(text)


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


_Alike: TypeAlias = "dict[tuple[str, ...], list[_Form]]"  # forms by their words without possessive endings


class _Structure(NamedTuple):
    """What follows from the names of the terms alone. The agreements of a house define the same terms again and again,
    so it is worked out once for all of them."""

    forms: dict[str, dict[int, _Alike]]  # by their first word and by how many they have, the longest first
    groups: dict[str, int]  # by name
    members: list[tuple[tuple[str, ...], tuple[int, ...]]]  # of each group: its names, the numbers of its definitions
    firsts: list[frozenset[str]]  # of each group: the words with which its forms begin


class Lexicon:
    """Every form of every term, ready to be looked up by its first word."""

    def __init__(self, definitions: Iterable[Definition], language: str = "en") -> None:
        self.language = language
        self._known = list(definitions)
        built = _structure(tuple([one.names for one in self._known]), language)
        self._forms, self._groups, self._members, self._firsts = built

    @once
    def groups(self) -> list[Group]:
        """The terms."""
        known = self._known
        return [Group(names, tuple([known[number] for number in numbers])) for names, numbers in self._members]

    @property
    def names(self) -> list[tuple[str, Definition]]:
        """All names of all terms."""
        return [(name, one) for one in self._known for name in one.names if name.strip()]

    def group_of(self, name: str) -> int | None:
        """The group of a term, by its name as it is defined."""
        return self._groups.get(name)

    def may_begin(self, words: Iterable[str]) -> bool:
        """Whether any of these words, in lower case, begins a form."""
        return not self._forms.keys().isdisjoint(words)

    def beginnings(self, words: Iterable[str]) -> list[int]:
        """Which of these words, in lower case, begin a form."""
        forms = self._forms
        return [index for index, word in enumerate(words) if word in forms]

    def may_occur(self, group: int, text: str) -> bool:
        """Whether a text in lower case may hold a form of a group."""
        return any(first in text or first == "and" for first in self._firsts[group])

    def find(self, text: str, found: Tokens, beginnings: Sequence[int] | None = None) -> Iterator[Match]:
        """The forms in a text's tokens, the longest first at each place; one that has the capitals of its term before
        one that lacks them. ``beginnings``: those of its words, where they are known."""
        forms, words, small, behind = self._forms, found.word, _Words.of(self.language).small, 0
        for at in self.beginnings(words) if beginnings is None else beginnings:
            if at < behind:
                continue
            match = None
            for size, alike in forms[words[at]].items():
                last = at + size
                for form in alike.get(tuple(words[at:last]), ()):
                    if _fits(text, found, at, form.words):
                        capital = _capital(found, at, last, form.case, small)
                        if match is None or (capital and not match.capital):
                            match = Match(at, last, form.group, capital, form.written, form.case)
                # A shorter form in its own capitals says more than a longer one without.
                if match is not None and match.capital:
                    break
            if match is not None:
                yield match
                behind = match.last


def _fits(text: str, found: Tokens, at: int, form: tuple[str, ...]) -> bool:
    """Whether a form whose words stand at a place has their possessive endings too, and nothing parts them."""
    for index, word in enumerate(form[:-1], at):
        if found.full[index] != word:
            return False
        between = text[found.end(index) : found.starts[index + 1]].strip()
        if between not in (_JOINED if word == found.word[index] else ("'s", "’s")):
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
            if not found.word or len(found.word) > 9:
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
    members: list[tuple[dict[str, None], dict[int, None]]] = []
    firsts: list[set[str]] = []
    built = _Structure({}, {}, [], [])
    for name, number, forms, case, written, mine in parsed:
        root = _root(above, mine)
        if root not in places:
            places[root] = len(members)
            members.append(({}, {}))
            firsts.append(set())
        group = places[root]
        members[group][0][name] = None
        members[group][1][number] = None
        built.groups[name] = group
        for form, plain in forms.items():
            firsts[group].add(plain[0])
            same = built.forms.setdefault(plain[0], {}).setdefault(len(form), {}).setdefault(plain, [])
            entry = _Form(form, group, case, written)
            if entry not in same:
                same.append(entry)
    for first, sizes in built.forms.items():
        if len(sizes) > 1:
            built.forms[first] = dict(sorted(sizes.items(), reverse=True))
    built.members.extend([(tuple(names), tuple(numbers)) for names, numbers in members])
    built.firsts.extend(map(frozenset, firsts))
    return built


def _root(above: list[int], one: int) -> int:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


_NO_NAME: _Reading = (Tokens([], [], [], [], []), {}, "any", ())


@lru_cache(maxsize=1024)  # the agreements of a repository define the same terms again and again
def _read(name: str, language: str) -> _Reading:
    """A term's words, its forms (each with its words without possessive endings), their case and what joins them."""
    found = tokens(name)
    forms = _forms(found, language) if found.word else ()
    return (
        found,
        {form: tuple([word.removesuffix("'s") for word in form]) for form in forms},
        _case(name, found, language),
        tuple([separator(name, found, index) for index in range(len(found.word) - 1)]),
    )


def name_words(name: str, language: str = "en") -> Tokens:
    """``tokens`` of a name, remembered; not to be changed."""
    return _read(name, language)[0]


def _forms(found: Tokens, language: str) -> Iterator[tuple[str, ...]]:
    full = [*found.full[:-1], found.word[-1]]
    before = _Words.of(language).head_before
    head = next((i for i, word in enumerate(full) if i and word in before), len(full)) - 1
    for place in {head, len(full) - 1}:
        for form in inflections(full[place], language):
            yield (*full[:place], form, *full[place + 1 :])


def _case(name: str, found: Tokens, language: str) -> Case:
    small = _Words.of(language).small
    content = [index for index, word in enumerate(found.word) if word not in small]
    if not content or not all(found.said[i][0].isupper() for i in content if found.word[i][0].isalpha()):
        return "any"
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return "any"
    several = len(letters) > 1 and sum(c.isupper() for c in letters) > 1
    return "acronym" if len(found.word) == 1 and several else "title"


@lru_cache(maxsize=1024)
def is_capitalised(name: str, language: str = "en") -> bool:
    """Whether every word of a name that carries meaning begins with a capital."""
    return _case(name, tokens(name), language) != "any"


def separator(text: str, found: Tokens, index: int) -> str:
    """What joins a word and the next: "-", "/", or a blank."""
    between = text[found.end(index) : found.starts[index + 1]].strip()
    return "-" if between in ("‑", "–", "-") and between else "/" if between == "/" else " "


def _capital(found: Tokens, first: int, last: int, case: Case, small: frozenset[str]) -> bool:
    if case == "any":
        return True
    if case == "acronym":
        shown = found.shown[first]
        return shown.rstrip("s").isupper() or sum(map(str.isupper, shown)) > 1
    for index in range(first, last):
        word = found.word[index]
        if not (found.said[index][0].isupper() or word in small or word[0].isdigit()):
            return False
    return True
