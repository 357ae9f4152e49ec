"""One length in business hours and in business days, and the two are not the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.text import Passage
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "Business hours and business days that stand for one time are the same time."
severity = "error"
why = "Each side keeps to the figure that suits it, and both can show that it is the one agreed."
fix = "Keep one of the two figures, and say how long a business day is."


_BREAK = 3600


class _Words(Pieces, file="business-time-conversion"):
    day = WordList(absent="")
    others = WordList(absent="")
    kinds = WordList(absent="")
    twice = Pattern()
    other = Pattern()
    length = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    if not _business_days(agreement.lowered, words):
        return
    day, week = cache(lambda: _day(agreement, words)), cache(lambda: _week(agreement))  # the same for all that is said
    for passage in _in_days(agreement, words):
        said = passage.text.lower()
        if not [unit for unit in words.others if unit in said]:
            continue  # a text that says one length in two units has another one
        for match in words.twice.finditer(passage.text):
            if not words.other.match(passage.text, match.end()):
                yield from _compared(agreement, passage, match, day, week)


def _in_days(agreement: Agreement, words: _Words) -> list[Passage]:
    """The passages that have business days."""
    found = [agreement.passages[index] for index in sorted(agreement.places.holding(*words.day))]
    return [passage for passage in found if _business_days(passage.text.lower(), words)]


def _business_days(said: str, words: _Words) -> bool:
    """Whether a text in small letters has business days: found by the days, of which there are few."""
    for day in words.day:
        at = said.find(day)
        while at >= 0:
            if said[max(at - 200, 0) : at].replace("-", " ").rstrip().endswith(words.kinds):
                return True
            at = said.find(day, at + 1)
    return False


def _compared(
    agreement: Agreement,
    passage: Passage,
    match: re.Match[str],
    of_day: Callable[[], tuple[Decimal, Node, int] | None],
    of_week: Callable[[], tuple[int, Node | None]],
) -> Iterator[Observation]:
    said = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
    days = _number(said["days"])
    node = passage.part(*match.span())
    written = " ".join(match.group().split())
    if "hours" in said:
        told = of_day()
        if told is None or not days:
            return
        seconds, place, break_ = told
        hours, day = _number(said["hours"]), seconds / 3600
        exact = q.business_seconds(q.Duration(business_days=days), seconds)
        if exact is None or exact == hours * 3600 or 0 <= exact - hours * 3600 <= days * break_:
            return
        working = (
            f"{q.number(days)} business {_days(days)} of {q.number(day)} h are {q.number(exact / 3600)} business "
            f"hours, not {q.number(hours)}"
        )
        hint = f"{q.number(hours)} business hours are {q.number(q.rounded(hours / day, 2))} business days."
        data = {"businessDay": f"{day:f}", "businessHours": f"{hours:f}", "businessDays": f"{days:f}"}
    else:
        weeks = _number(said["weeks"])
        five, place = of_week()
        if not weeks or days in [weeks * one for one in ([five] if five else [5, 6])]:
            return
        each = Decimal(five or 5)
        working = (
            f"{q.number(weeks)} {'week' if weeks == 1 else 'weeks'} of {q.number(each)} days are "
            f"{q.number(weeks * each)} business days, not {q.number(days)}"
        )
        hint, data = "", {"weeks": f"{weeks:f}", "businessDays": f"{days:f}"}
    yield Observation(
        node,
        f"{working}: “{written}”.",
        hint=hint or "Keep the one that was meant.",
        confidence="high" if agreement.form == "data" and place is not None else "medium",
        related=((place, "how long a day is, stands here"),) if place is not None else (),
        data=data,
        key=written,
    )


def _day(agreement: Agreement, words: _Words) -> tuple[Decimal, Node, int] | None:
    """The length of a business day in seconds, where it is said, and how much of it may be a break: of one that is said
    in words nothing, of one from 9 to 6 an hour."""
    for passage in _in_days(agreement, words):
        found = words.length.search(passage.text)
        if found is not None and words.twice.search(passage.text) is None:
            told = _number(found["length"])
            return (told * 3600, passage.part(*found.span()), 0) if told else None
    day = agreement.business_day
    if day is None:
        return None
    kept = [one for one in agreement.hours if one.hours is not None and q.business_day(one.hours) == day]
    return day, kept[0].node, _BREAK


def _week(agreement: Agreement) -> tuple[int, Node | None]:
    """How many days of work a week has, and where that is said; 0 where it is not, or not for all alike."""
    kept = [one for one in agreement.hours if one.hours is not None and one.kind != "maintenance"]
    counts = {len({day for period in one.hours.periods for day in period.days}) for one in kept if one.hours}
    counts.discard(7)
    return (counts.pop(), kept[0].node) if len(counts) == 1 else (0, None)


def _number(written: str) -> Decimal:
    return q.parse_target(f"{written} h").value


def _days(count: Decimal) -> str:
    return "day" if count == 1 else "days"


bad = [
    {
        "yaml": """\
services:
  - {id: mail, hours: Mon-Fri 09:00-17:00 Europe/Lisbon}
definitions:
  Restored: The service works again, at the latest after 24 business hours or 2 business days. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Business hours:** Monday to Friday, 09:00 to 17:00, Europe/Lisbon

- Priority 1 is resolved within 24 business hours or 2 business days. <!-- expect -->
- Priority 2 is resolved within 3 business days (24 business hours).
- Priority 3 is resolved within 2 weeks (14 business days). <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

A working day is a unit of 8 hours and may span several calendar days.

Priority 1 is resolved within ten working hours (one working day). <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
services:
  - {id: mail, hours: Mon-Fri 09:00-17:00 Europe/Lisbon}
definitions:
  Restored: The service works again, at the latest after 24 business hours or 3 business days.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Business hours:** Monday to Friday, 09:00 to 17:00, Europe/Lisbon

- Priority 1 is resolved within 4 business hours or 1 business day, whichever is later.
- Priority 2 is resolved within 3 business days (24 business hours).
- Priority 3 is resolved within 2 weeks (10 business days).
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

Priority 1 is resolved within 24 business hours or 2 business days.
"""
    },
]
