"""Terms whose meanings lead back to themselves.

Only what a definition calls the thing counts, up to the first word that narrows it: "“Fault” means any defect that …".
Later in a body a term may well speak of itself ("the first Billing Period starts …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from slalint.patterns import folded, lazy
from slalint.terms import Definition, placeholders
from slalint.terms.language import Structure
from slalint.terms.lexicon import Lexicon, each_word, name_words, shown_words, singular, tokens
from slalint.words.pieces import NOTHING, Pieces, WordSet


class _Words(Pieces, file="circles"):
    narrows = WordSet()
    articles = WordSet()
    relates = WordSet()
    small = WordSet()

    @cached_property
    def narrowing(self) -> re.Pattern[str]:
        """Where the name of the kind of thing ends, in small letters: at a sign, or at a word that narrows it."""
        narrows = "|".join(map(re.escape, sorted(self.narrows)))
        return lazy(rf"[,:;.(\[{{<_]|(?<![^\W_])(?:{narrows or NOTHING})(?![^\W_])")


_STEM = 5  # letters that words of one family share: available, availability
_MOST = 12  # words
_LONGEST = 40  # letters of a word
_EXPLAINED = frozenset(("means", "table", "list", "label", "data"))


def find(lexicon: Lexicon, definitions: Sequence[Definition]) -> Iterator[tuple[Definition, ...]]:
    """Each circle once, as the definitions along it."""
    language = lexicon.language
    words, is_level = _Words.of(language), Structure.of(language).is_level_name
    small, narrows = words.small, words.narrowing.search
    leads: dict[int, list[tuple[int, Definition]]] = {}
    for definition in definitions:
        if definition.said is None or definition.form not in _EXPLAINED:
            continue
        name, text = definition.name, definition.said
        if is_level(name):
            continue
        lower = folded(text)
        first = lower[:_LONGEST].partition(" ")[0]
        # Most explanations begin with another word than the term, one that says something.
        may_say_itself = not first.isalpha() or first in small or first.startswith(_stems(name, language))
        if may_say_itself and _says_itself(name, text, lower, language):
            yield (definition,)
            continue
        group = lexicon.group_of(name)
        if group is not None:
            end = narrows(lower)
            head = lower[: end.start()] if end is not None else lower
            said = shown_words(head)[:_MOST]  # in front of what narrows it
            if "&" in said or lexicon.may_begin(said):
                to = list(_genus(lexicon, group, name, text[: len(head)], len(said)))
                leads.setdefault(group, []).extend([(one, definition) for one in to])
    if not any(leads.values()):
        return
    around = _around(leads)
    done = leads.keys() - around
    for start in [one for one in leads if one in around]:
        path = _circle(start, leads, done)
        if path:
            done.update(lexicon.group_of(d.name) or 0 for d in path)
            yield path
        done.add(start)


def says_itself(definition: Definition, language: str = "en") -> bool:
    """Whether an explanation has no word but the term and what says nothing beside it."""
    text = definition.said or ""
    return _says_itself(definition.name, text, folded(text), language)


def _says_itself(name: str, text: str, lower: str, language: str) -> bool:
    own, small = _stems(name, language), _Words.of(language).small
    if not any(map(lower.__contains__, own)):
        return False
    left = (word for word in map(_bare, each_word(lower)) if word not in small)
    if not next(left, "").startswith(own) or not all(word.startswith(own) for word in left):
        return False
    return next(placeholders.find(text, loose=True, language=language), None) is None  # else it is still to be written


@lru_cache(maxsize=1024)  # the agreements of a house define the same terms
def _stems(name: str, language: str) -> tuple[str, ...]:
    return tuple([word[:_STEM] for word in name_words(name, language).word if len(word) >= _STEM])


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _genus(lexicon: Lexicon, own: int, term: str, head: str, most: int) -> Iterator[int]:
    """The groups that the explanation of a term names in its head, of which so many words count."""
    words = _Words.of(lexicon.language)
    found = tokens(head, most)
    name = singular(name_words(term, lexicon.language).word[-1], lexicon.language)
    first = next((i for i, word in enumerate(found.word) if word not in words.articles), 0)
    for match in lexicon.find(head, found):
        # A term said of itself must be the very thing named: "Downtime is downtime …", not "hours of Downtime". What
        # stands behind an "of" only belongs to what is named before it.
        named = match.group != own or (
            match.first == first
            and match.last == len(found.word)
            and singular(found.word[-1], lexicon.language) == name  # not "BH = business hour", which only spells it out
        )
        if named and words.relates.isdisjoint(found.word[: match.first]):
            yield match.group


def _circle(start: int, leads: dict[int, list[tuple[int, Definition]]], done: set[int]) -> tuple[Definition, ...]:
    """The definitions along a way back to ``start``; empty where there is none. Each group is entered once."""
    open_ends = [start]
    led: dict[int, tuple[int, Definition]] = {}  # from where a group was entered
    while open_ends:
        at = open_ends.pop()
        for to, definition in leads.get(at, ()):
            if to == start:
                path = [definition]
                while at != start:
                    at, definition = led[at]
                    path.append(definition)
                return tuple(path[::-1])
            if to not in led and to not in done:
                led[to] = at, definition
                open_ends.append(to)
    return ()


def _around(leads: dict[int, list[tuple[int, Definition]]]) -> set[int]:
    """The groups that may be in a circle: what leads nowhere, or to what nothing leads, is left out until none is such.
    Most explanations lead on and on to an end."""
    after = {one: {to for to, _ in ways if to in leads} for one, ways in leads.items()}
    before: dict[int, set[int]] = {one: set() for one in leads}
    for one, ways in after.items():
        for to in ways:
            before[to].add(one)
    ends = [one for one in leads if not after[one] or not before[one]]
    while ends:
        end = ends.pop()
        for near, back in (after, before), (before, after):
            for other in near.pop(end, ()):
                if other in back:
                    back[other].discard(end)
                    if not back[other]:
                        ends.append(other)
    return set(after)
