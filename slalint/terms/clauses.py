"""What the clauses of an agreement about itself say: how much notice, who agrees, from when a change holds, what does
not count. The words are data: ``words/<language>/agreement/clauses.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from slalint import quantities as q
from slalint.model import Node
from slalint.once import once
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import placeholders
from slalint.terms.places import Places
from slalint.text import Passage, Section, sentences
from slalint.words import lists
from slalint.words.letters import Letters
from slalint.words.phrases import Hit, Phrases, words


class Clause(NamedTuple):
    """A sentence and what it says, by the tags of the list ``clauses``, each with where it says so."""

    node: Node
    says: Mapping[str, Hit]


class _Words:
    def __init__(self, known: Mapping[str, Any], language: str) -> None:
        self._language = language
        groups = known.get("groups", {})
        self.clauses = Phrases(groups)
        for tag, phrases in known.get("clauses", {}).items():
            self.clauses.add(tag, phrases)
        self._known, self._groups = known.get("clauses", {}), groups
        self._alone: dict[tuple[str, ...], Letters] = {}
        self.subjects: dict[str, tuple[tuple[str, ...], Phrases]] = {}
        for name, entry in known.get("subjects", {}).items():
            phrases = Phrases(groups)
            phrases.add(name, entry["phrases"])
            self.subjects[name] = tuple(entry["stems"]), phrases
        self.times = frozenset(groups.get("time", ()))
        self.status = {name: frozenset(said) for name, said in known.get("status", {}).items()}

    def alone(self, *tags: str) -> Letters:
        """The phrases of some tags, for a reader that asks for no others."""
        known = self._alone.get(tags)
        if known is None:
            phrases = Phrases(self._groups)
            for tag in tags:
                phrases.add(tag, self._known.get(tag, ()))
            known = self._alone[tags] = Letters(phrases, self._language)
        return known


@cache
def _words(language: str) -> _Words:
    return _Words(lists(language, "agreement").get("clauses", {}), language)


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


def tells(text: str, *tags: str, language: str = "en") -> bool:
    """Whether one of some tags is among those of ``says``."""
    return _words(language).alone(*tags).hold(text)


class Actor(NamedTuple):
    """A place where the text calls a side by a word, and whether that side does or owes something there."""

    node: Node
    acts: bool


class Spoken:
    """What the clauses of one text speak of; each subject is looked for when it is first asked for, and only in the
    passages that may speak of it."""

    def __init__(self, passages: Sequence[Passage], language: str = "en", places: Places | None = None) -> None:
        self._passages = passages
        self._language = language
        self._places = places or Places(passages)
        self._known: dict[str, list[Clause]] = {}

    def about(self, subject: str) -> list[Clause]:
        """The sentences that speak of a subject (``termination``, ``modification``, ``renewal``, ``maintenance``) or
        stand under a title that does, in document order."""
        known = self._known.get(subject)
        if known is None:
            known = self._known[subject] = list(self._about(subject))
        return known

    def _about(self, subject: str) -> Iterator[Clause]:
        stems, phrases = _words(self._language).subjects.get(subject, ((), Phrases()))
        titled = self._below(lambda title: _is_about(title, subject, self._language))
        for index in sorted(titled | self._places.holding(*stems)):
            passage = self._passages[index]
            if passage.kind == "heading":
                continue
            for start, end in sentences(passage.text, self._language):
                sentence = passage.text[start:end]
                if index in titled or any(phrases.find(words(sentence, self._language))):
                    yield Clause(passage.part(start, end), says(sentence, self._language))

    def excluded(self) -> Iterator[Clause]:
        """The sentences that leave something out of the promises: those that say so, the items of a list that one of
        them opens, and what stands under a title such as “Exclusions”."""
        opened: Section | None = None  # the section whose list leaves things out
        language = self._language
        stems, _ = _words(language).subjects.get("exclusion", ((), Phrases()))
        titled = self._below(lambda title: _says_exclusions(title, language))
        worth = titled | self._places.holding(*stems)
        for index, passage in enumerate(self._passages):
            if opened is None and index not in worth:
                continue
            section = passage.section
            listed = index in titled or (opened is not None and passage.kind == "item" and section is opened)
            if passage.kind == "heading" or not (listed or index in worth):
                if passage.kind == "paragraph" and section is opened:
                    opened = None
                continue
            goes_on = False  # `… does not include: (a) …; (b) …`
            for start, end in sentences(passage.text, language):
                sentence = passage.text[start:end]
                said = tells(sentence, "excludes", language=language)
                if listed or said or goes_on:
                    yield Clause(passage.part(start, end), says(sentence, language))
                    goes_on = (said or goes_on) and sentence[-1] == ";"
                if passage.kind != "item" and said and passage.text.rstrip().endswith(":"):
                    opened = section
                elif passage.kind == "paragraph" and section is opened and not said:
                    opened = None

    def actors(self) -> dict[str, dict[str, list[Actor]]]:
        """By side that the text calls by several words with a capital (``Provider``, ``Vendor``), these words, each
        with its places."""
        side_of: dict[str, str] = {}
        worth: set[int] = set()
        for side, called in _called(self._language).items():
            places = {word: self._places.of(pattern) for word, pattern in called.items()}
            met = [word for word in called if places[word]]
            if len(met) > 1:
                side_of.update(dict.fromkeys(met, side))
                worth.update(*places.values())
        found: dict[str, dict[str, list[Actor]]] = {side: {} for side in side_of.values()}
        for index in sorted(worth):
            passage = self._passages[index]
            for match in _actor(self._language).finditer(passage.text):
                word = match["word"]
                if word in side_of:
                    there = found[side_of[word]].setdefault(word, [])
                    there.append(Actor(passage.part(*match.span()), match["acts"] is not None))
        return found

    @once
    def _by_section(self) -> list[tuple[tuple[str, ...], range]]:
        """The titles above passages that follow one another, but for the outermost, and the numbers of these."""
        found: list[tuple[tuple[str, ...], range]] = []
        last, start = None, 0
        sections = [passage.section for passage in self._passages]
        for index, section in enumerate([*sections, None]):
            if section is not last:
                titles = last.path()[1:] if last is not None else ()
                if titles:
                    found.append((titles, range(start, index)))
                last, start = section, index
        return found

    def _below(self, fits: Callable[[str], bool]) -> set[int]:
        """The passages, by their number, with a title above them that fits."""
        return {index for titles, below in self._by_section if any(map(fits, titles)) for index in below}


@lru_cache(maxsize=4096)  # a section's title is also one of those below it
def _is_about(title: str, subject: str, language: str) -> bool:
    known = _words(language).subjects.get(subject)
    return known is not None and any(known[1].find(words(title, language)))


@lru_cache(maxsize=4096)
def _says_exclusions(title: str, language: str) -> bool:
    return tells(title, "excludes-title", language=language)


def about(subject: str, passages: Iterable[Passage], language: str = "en") -> Iterator[Clause]:
    """``Spoken.about`` where one subject is asked for."""
    yield from Spoken([*passages], language).about(subject)


def excluded(passages: Iterable[Passage], language: str = "en") -> Iterator[Clause]:
    """``Spoken.excluded`` where nothing else is asked for."""
    yield from Spoken([*passages], language).excluded()


def period(node: Node, language: str = "en") -> Node | None:
    """The length of time that a text gives as notice: the “90 days” of “with 90 days' notice”."""
    span = _period(node.text, language)
    return node.part(*span) if span is not None else None


@lru_cache(maxsize=1024)
def _period(text: str, language: str) -> tuple[int, int] | None:
    known = _words(language)
    number = -1
    for word, start, end in known.alone("period").first(text):
        if word == "#":
            number = start if number < 0 else number
        elif number >= 0 and word in known.times:
            return number, end
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
    return stated is not None or _period(summary(policy), language) is not None


def may_exceed(policy: object, days: int, language: str = "en") -> bool:
    """Whether what ``ahead`` finds in a policy as plain data may be longer than so many days. Few are, and where none
    is, neither places nor a calendar are needed."""
    stated = _stated_ahead(policy)
    if stated is None:
        text = summary(policy)
        span = _period(text, language)
        return span is not None and _most_days(text[span[0] : span[1]]) > days
    return not isinstance(stated, str) or _most_days(stated) > days


def _stated_ahead(policy: object) -> object:
    if not isinstance(policy, dict):
        return None
    return next((said for key in _AHEAD if (said := policy.get(key)) not in (None, "")), None)


def summary(policy: object) -> str:
    """The words of a policy as plain data."""
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


@cache
def _called(language: str) -> dict[str, dict[str, re.Pattern[str]]]:
    """By side, the words by which it may be called."""
    sides = lists(language, "agreement").get("clauses", {}).get("sides", {})
    return {side: {word: lazy(word) for word in called} for side, called in sides.items()}


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
