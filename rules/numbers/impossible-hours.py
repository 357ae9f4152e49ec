"""Hours that no clock shows, and hours of work that never end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Confidence, Observation
from slalint.text import Passage
from slalint.words.hints import Hints
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "Stated hours are hours that a clock shows."
severity = "error"
why = "Whoever calls outside the hours that were meant is told that nobody is there."
fix = {
    "data": "calendars:\n  - id: business-hours\n    hours: Mon-Fri 09:00-17:00 Europe/Lisbon",
    "prose": "“Business hours are Monday to Friday, 10:00 to 15:00, Europe/Lisbon.”",
}


_NEVER = "A time in business hours then counts nights and weekends for one side, not for the other."


class _Words(Pieces, file="impossible-hours"):
    halves = WordList()
    endless = WordList()
    contradiction = Pattern()
    time = Pattern()
    named = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    words = _Words.of(agreement.language)
    if agreement.form == "data" and agreement.root.get("calendars") is not None:
        yield from _calendars(agreement, words)
    if not _hints(words).among(agreement.words):
        return
    each = agreement.each_lowered
    if _may_be(each, words):
        halves = *words.halves, *map(str.upper, words.halves)
        for passage in agreement.passages:
            if _timed(passage.text, halves):
                yield from (one._replace(confidence=sure) for one in _times(passage, words))
    if any(map(each.__contains__, words.endless)):
        places = agreement.places
        for index in sorted(places.holding(*words.endless).intersection(places.of(words.contradiction))):
            yield from (one._replace(confidence=sure) for one in _endless(agreement.passages[index], words))


@cache
def _hints(words: _Words) -> Hints:
    return Hints(
        lambda text: _may_be(lower := text.lower(), words) or any(map(lower.__contains__, words.endless)),
        words.language,
    )


def _may_be(each: str, words: _Words) -> bool:
    """Whether one of the words between blanks is `am`, with what stands behind it, or has it behind a digit."""
    for half in words.halves:
        at = each.find(half)
        while at > 0:
            if (each[at - 1] == " " or each[at - 1].isdigit()) and not each[at + len(half)].isalnum():
                return True
            at = each.find(half, at + 1)
    return False


def _timed(text: str, halves: Sequence[str]) -> bool:
    """Whether a text has `10 am` or `10:30am` somewhere; a regular expression would look at each of its letters."""
    for half in halves:
        at = text.find(half)
        while at > 0:
            if text[at - 1].isdigit() or (text[at - 1] == " " and text[at - 2 : at - 1].isdigit()):
                return True
            at = text.find(half, at + 1)
    return False


def _times(passage: Passage, words: _Words) -> Iterator[Observation]:
    for match in words.time.finditer(passage.text):
        said = " ".join(match.group().split())
        yield Observation(passage.part(*match.span()), f"“{said}” is no time of the day.", key=said)


def _endless(passage: Passage, words: _Words) -> Iterator[Observation]:
    for match in words.contradiction.finditer(passage.text):
        said = " ".join(match.group().split()).strip("*_").replace("(", "")
        yield Observation(
            passage.part(*match.span()),
            f"“{said}”: hours of work end; what is meant here never does.",
            why=_NEVER,
            hint="Say “24/7” where nights and weekends count, and name the hours where they do not.",
            key="always",
        )


def _calendars(agreement: Agreement, words: _Words) -> Iterator[Observation]:
    """Calendars that are called hours of work and never end."""
    for one in agreement.hours:
        if one.kind == "calendar" and one.hours is not None and one.hours.always and words.named.search(one.name):
            week = q.number(Decimal(q.week_minutes(one.hours)) / 60)
            yield Observation(
                one.node,
                f"“{one.name}” come to {week} h a week: hours of work end, these never do.",
                why=_NEVER,
                hint="Call the calendar always-on, or give the hours in which people work.",
                key=one.name,
            )


bad = [
    {
        "yaml": """\
calendars:
  - id: business-hours
    hours: 24/7 # expect
definitions:
  Core Time: The desk is staffed from 10:00 am to 15:00 am. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 10:00 am to 15:00 am, Europe/Lisbon <!-- expect -->

Requests are answered within 4 business hours (24/7/365). <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
calendars:
  - id: business-hours
    hours: Mon-Fri 10:00-15:00 Europe/Lisbon
  - id: always-on
    hours: 24/7
definitions:
  Core Time: The desk is staffed from 10:00 am to 3:00 pm.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 10:00 am to 15:00, Europe/Lisbon
- **Business hours:** 24/7 for priority 1, otherwise as above

Priority 1 is answered within 1 hour (24/7), everything else within 4 business hours.
"""
    },
]
