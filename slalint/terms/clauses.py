"""What the clauses of an agreement about itself say: how much notice, who agrees, from when a change holds, what does
not count. The words are data: ``words/<language>/agreement/clauses.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from slalint import quantities as q
from slalint.model import Node
from slalint.terms import placeholders
from slalint.text import Passage, Section, sentences
from slalint.words import lists
from slalint.words.phrases import Hit, Phrases, words


class Clause(NamedTuple):
    """A sentence and what it says, by the tags of the list ``clauses``, each with where it says so."""

    node: Node
    says: Mapping[str, Hit]


class _Words:
    def __init__(self, known: Mapping[str, Any]) -> None:
        groups = known.get("groups", {})
        self.clauses = Phrases(groups)
        for tag, phrases in known.get("clauses", {}).items():
            self.clauses.add(tag, phrases)
        self.period = Phrases(groups)  # alone, for it is asked far more often than the others
        self.period.add("period", known.get("clauses", {}).get("period", ()))
        self.subjects: dict[str, tuple[tuple[str, ...], Phrases]] = {}
        for name, entry in known.get("subjects", {}).items():
            phrases = Phrases(groups)
            phrases.add(name, entry["phrases"])
            self.subjects[name] = tuple(entry["stems"]), phrases
        self.times = frozenset(groups.get("time", ()))
        self.status = {name: frozenset(said) for name, said in known.get("status", {}).items()}


@cache
def _words(language: str) -> _Words:
    return _Words(lists(language, "agreement").get("clauses", {}))


@lru_cache(maxsize=1024)  # agreements of one house say the same
def says(text: str, language: str = "en") -> Mapping[str, Hit]:
    """What a text says, each tag with its first words, and ``blank`` where a template left something open; empty in a
    language without a list."""
    found: dict[str, Hit] = {}
    for start, end in placeholders.find(text, language=language):
        found.setdefault("blank", Hit("blank", start, end, ""))
    for hit in _words(language).clauses.find(words(text, language)):
        found.setdefault(hit.tag, hit)
    return found


def about(subject: str, passages: Iterable[Passage], language: str = "en") -> Iterator[Clause]:
    """The sentences that speak of a subject (``termination``, ``modification``, ``renewal``, ``maintenance``) or stand
    under a title that does, in document order."""
    stems, phrases = _words(language).subjects.get(subject, ((), Phrases()))
    titles: dict[int, bool] = {}
    for passage in passages:
        section = passage.section
        if id(section) not in titles:
            path = section.path()[1:] if section is not None else ()
            titles[id(section)] = any(any(phrases.find(words(title, language))) for title in path)
        titled = titles[id(section)]
        if passage.kind == "heading" or not (titled or any(stem in passage.text.lower() for stem in stems)):
            continue
        for start, end in sentences(passage.text, language):
            sentence = passage.text[start:end]
            if titled or any(phrases.find(words(sentence, language))):
                yield Clause(passage.part(start, end), says(sentence, language))


def excluded(passages: Iterable[Passage], language: str = "en") -> Iterator[Clause]:
    """The sentences that leave something out of the promises: those that say so, the items of a list that one of them
    opens, and what stands under a title such as “Exclusions”."""
    opened: Section | None = None  # the section whose list leaves things out
    titles: dict[int, bool] = {}
    stems, _ = _words(language).subjects.get("exclusion", ((), Phrases()))
    for passage in passages:
        section = passage.section
        if passage.kind == "heading":
            continue
        if id(section) not in titles:
            path = section.path()[1:] if section is not None else ()
            titles[id(section)] = any("excludes-title" in says(title, language) for title in path)
        listed = titles[id(section)] or (passage.kind == "item" and section is opened and section is not None)
        if not listed and not any(stem in passage.text.lower() for stem in stems):
            opened = opened if passage.kind != "paragraph" or section is not opened else None
            continue
        goes_on = False  # `… does not include: (a) …; (b) …`
        for start, end in sentences(passage.text, language):
            clause = Clause(passage.part(start, end), says(passage.text[start:end], language))
            said = "excludes" in clause.says
            if listed or said or goes_on:
                yield clause
                goes_on = (said or goes_on) and passage.text[end - 1] == ";"
            if passage.kind != "item" and said and passage.text.rstrip().endswith(":"):
                opened = section
            elif passage.kind == "paragraph" and section is opened and not said:
                opened = None


def period(node: Node, language: str = "en") -> Node | None:
    """The length of time that a text gives as notice: the “90 days” of “with 90 days' notice”."""
    span = _period(node.text, language)
    return node.part(*span) if span is not None else None


@lru_cache(maxsize=1024)
def _period(text: str, language: str) -> tuple[int, int] | None:
    known, found = _words(language), words(text, language)
    hit = next(known.period.find(found), None)
    start = -1
    for word in found if hit is not None else ():
        if hit is None or not hit.start <= word.start < hit.end:
            continue
        if word.text == "#" and start < 0:
            start = word.start
        elif word.text in known.times and start >= 0:
            return start, word.end
    return None


_AHEAD = ("decideBefore", "notice")


def ahead(policy: Node, said: Node | None, language: str = "en") -> Node | None:
    """How long before it takes effect something must be decided or told: a block's ``decideBefore`` or ``notice``,
    else what the policy's words give."""
    for key in _AHEAD:
        stated = policy.get(key) if isinstance(policy.data, dict) and key in policy.data else None
        if stated is not None and stated.data not in (None, ""):
            return stated
    return period(said, language) if said is not None and said.text else None


def gives_ahead(policy: object, language: str = "en") -> bool:
    """Whether ``ahead`` finds something in a policy as plain data; no place needs to be known for that."""
    stated = _stated_ahead(policy)
    return stated is not None or _period(_summary(policy), language) is not None


def may_exceed(policy: object, days: int, language: str = "en") -> bool:
    """Whether what ``ahead`` finds in a policy as plain data may be longer than so many days. Few are, and where none
    is, neither places nor a calendar are needed."""
    stated = _stated_ahead(policy)
    if stated is None:
        text = _summary(policy)
        span = _period(text, language)
        return span is not None and _most_days(text[span[0] : span[1]]) > days
    return not isinstance(stated, str) or _most_days(stated) > days


def _stated_ahead(policy: object) -> object:
    if not isinstance(policy, dict):
        return None
    return next((said for key in _AHEAD if (said := policy.get(key)) not in (None, "")), None)


def _summary(policy: object) -> str:
    said = policy.get("summary") if isinstance(policy, dict) else policy
    return said if isinstance(said, str) else ""


@lru_cache(maxsize=1024)
def _most_days(text: str) -> int:
    """More days than a length of time can have; 0 for what is none, or business time."""
    try:
        length = q.parse_duration(text)
    except q.QuantityError:
        return 0
    return 0 if length.is_business else int(length.months) * 31 + int(length.seconds // 86400)


class Actor(NamedTuple):
    """A place where the text calls a side by a word, and whether that side does or owes something there."""

    node: Node
    acts: bool


def actors(passages: Iterable[Passage], language: str = "en") -> dict[str, dict[str, list[Actor]]]:
    """By side, the words by which the text calls it with a capital (``Provider``, ``Vendor``), each with its places."""
    called = lists(language, "agreement").get("clauses", {}).get("sides", {})
    found: dict[str, dict[str, list[Actor]]] = {side: {} for side in called}
    side_of = {word: side for side, words_ in called.items() for word in words_}
    for passage in passages if side_of else ():
        for match in _actor(language).finditer(passage.text):
            places = found[side_of[match["word"]]].setdefault(match["word"], [])
            places.append(Actor(passage.part(*match.span()), match["acts"] is not None))
    return found


@cache
def _actor(language: str) -> re.Pattern[str]:
    known = lists(language, "agreement").get("clauses", {})
    either = "|".join(word for called in known["sides"].values() for word in called)
    acts = "|".join(known["acts"])
    return re.compile(rf"\b(?:{known['before']}\s+)?(?P<word>{either})\b(?!['’-])(?=(?P<acts>\s+(?:{acts})\b)?)")


def stage(status: str, language: str = "en") -> str:
    """Where an agreement stands in its life by what it gives as its status: ``in-force``, ``before``, ``after``, or
    empty where that is not said."""
    said = " ".join(status.lower().split()).strip(" .*_")
    return next((name for name, known in _words(language).status.items() if said in known), "")
