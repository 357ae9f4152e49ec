"""Dates of the agreement that cannot follow one another as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Confidence, Node, Observation
from slalint.parts import DateKind
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces

if TYPE_CHECKING:
    from datetime import date

summary = "The dates of the agreement follow one another as they can."
severity = "error"
why = "One of the two dates is a slip, and nobody can say which day was agreed."
fix = "Correct the date that slipped."


class _Day(NamedTuple):
    node: Node
    day: date
    name: str


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data" and _plainly_in_order(agreement.root.data):
        return
    known: dict[DateKind, list[_Day]] = {}
    for one in agreement.life:
        if one.day is not None and not (one.kind in _ONCE and one.kind in known):
            known.setdefault(one.kind, []).append(_Day(one.node, one.day, one.name))
    if agreement.form == "prose":
        yield from _updated(agreement)
    if not known:
        return
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    for found in (*_term(agreement, known), *_to_come(agreement, known), *_versions(agreement, known)):
        yield found._replace(confidence=sure)


def _plainly_in_order(data: Any) -> bool:
    """Whether the data form has no other dates than those of its term and its signatures, and these are in order; told
    without their places."""
    if not isinstance(data, dict) or "review" in data or "history" in data:
        return False
    term, signed = data.get("term", {}), data.get("signatures", [])
    if not isinstance(term, dict) or not isinstance(signed, list):
        return False
    end = term.get("expiryDate")
    if end is None:
        return True
    said = [end, term.get("effectiveDate"), *(one.get("date") for one in signed if isinstance(one, dict))]
    if not all(one is None or isinstance(one, str) for one in said):
        return False
    last, *others = [q.date_of(one) for one in said if one is not None]
    return last is not None and not any(day is not None and day > last for day in others)


_ONCE = ("effective", "expiry")  # a later one may be that of a part, or of another edition


def _term(agreement: Agreement, known: dict[DateKind, list[_Day]]) -> Iterator[Observation]:
    """What has to lie within the term, or after what came before it."""
    begin, end = (next(iter(known.get(kind, ())), None) for kind in ("effective", "expiry"))
    if begin is not None and end is not None and end.day < begin.day:
        yield _observed(
            end, "The agreement ends on", begin, "before it takes effect", "the first day is here", "expiry"
        )
        return  # what lies in a term that is none?
    for held in known.get("next-review", ()):
        if begin is not None and held.day < begin.day:
            yield _observed(
                held,
                "The next review is planned for",
                begin,
                "before the agreement takes effect",
                "the first day is here",
            )
        elif end is not None and held.day > end.day and not agreement.goes_on:
            yield _observed(
                held, "The next review is planned for", end, "after the agreement ends", "the last day is here"
            )
        else:
            last = max(known.get("last-review", ()), key=lambda one: one.day, default=None)
            if last is not None and held.day < last.day:
                yield _observed(
                    held, "The next review is planned for", last, "before the last one", "the last review is here"
                )
    for signed in known.get("signature", ()):
        if end is not None and signed.day > end.day and not agreement.goes_on:
            whose = f"{signed.name} signed" if signed.name else "It was signed"
            yield _observed(signed, f"{whose} on", end, "after the agreement ended", "the last day is here")


def _to_come(agreement: Agreement, known: dict[DateKind, list[_Day]]) -> Iterator[Observation]:
    """What is said to be done, on a day that is still to come."""
    done = known.get("last-review", ())
    if not done or not agreement.as_of:
        return
    today = q.parse_date(agreement.as_of)
    for one in done:
        if one.day > today:
            message = f"The last review is said to have been on {q.day_in_words(one.day)}, which is still to come."
            yield Observation(one.node, message, key="to come")


class _Words(Pieces, file="date-order"):
    updated = Pattern()


def _updated(agreement: Agreement) -> Iterator[Observation]:
    """The front matter and the page, each with its own day on which the page was last changed."""
    document, words = agreement.prose, _Words.of(agreement.language)
    labels = document.labels if document is not None and document.front_matter is not None else ()
    told = [one for one in labels if words.updated.match(one.name.text)]
    ahead = [(one.value, day) for one in told if one.passage is None and (day := q.read_date(one.value)) is not None]
    below = [
        (one.value, day) for one in told if one.passage is not None and (day := q.read_date(one.value)) is not None
    ]
    if len(ahead) == 1 and len(below) == 1 and ahead[0][1] != below[0][1]:
        (above, first), (node, second) = ahead[0], below[0]
        yield Observation(
            node,
            f"Last changed on {q.day_in_words(second)} here, on {q.day_in_words(first)} in the front matter.",
            confidence="medium",
            related=((above, "the other day is here"),),
            key="updated",
        )


_VERSION = lazy(r"\s*v?(?:ersion)?\s*(\d{1,4}(?:\.\d{1,4}){0,3})\s*", re.I)


def _versions(agreement: Agreement, known: dict[DateKind, list[_Day]]) -> Iterator[Observation]:
    """Versions that are older than the one before them."""
    dated = []
    for one in known.get("version", ()):
        number = _VERSION.fullmatch(one.name)
        if number is not None:
            dated.append((tuple(map(int, number[1].split("."))), one))
    dated.sort(key=lambda pair: pair[0])
    for (low, earlier), (high, later) in pairwise(dated):
        if low < high and later.day < earlier.day:
            yield _observed(
                later,
                f"Version {later.name.strip()} is of",
                earlier,
                f"older than version {earlier.name.strip()}",
                "the version before it is here",
                later.name,
            )


def _observed(one: _Day, what: str, other: _Day, how: str, where: str, key: str = "") -> Observation:
    apart = abs((one.day - other.day).days)
    by = f", {q.days_in_words(apart)} apart" if apart else ""
    return Observation(
        one.node,
        f"{what} {q.day_in_words(one.day)}, {how} on {q.day_in_words(other.day)}{by}.",
        related=((other.node, where),),
        key=key or what,
    )


bad = [
    {"yaml": "term:\n  effectiveDate: 2026-05-01\n  expiryDate: 2026-04-30 # expect\n"},
    {
        "yaml": """\
term:
  effectiveDate: 2026-05-01
  expiryDate: 2028-04-30
review:
  lastReviewed: 2026-04-02
  nextReview: 2028-05-02 # expect
signatures:
  - {party: provider, name: Dana Reyes, date: 2026-04-20}
  - {party: customer, name: Lee Park, date: 2028-05-21} # expect
history:
  - {version: 2.0.0, date: 2025-04-01} # expect
  - {version: 1.1.0, date: 2026-02-01}
"""
    },
    {
        "as-of": "2026-11-23",
        "yaml": "review:\n  lastReviewed: 2062-10-03 # expect\n  nextReview: 2062-09-03 # expect\n",
    },
    {
        "markdown": """\
# Service level agreement: mail

The agreement is in force from 1 May 2026 to 30 April 2026. <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Effective date:** 05-13-2026

**Last review:** 13-Nov-2026

**Next scheduled review:** 02-Nov-2026 <!-- expect -->
"""
    },
    {
        "markdown": """\
---
last_updated: 2026-05-02
---

# Service level agreement: mail

**Last updated:** 12 April 2026 <!-- expect -->
"""
    },
]
good = [
    {
        "as-of": "2026-11-23",
        "yaml": """\
term:
  effectiveDate: 2026-05-01
  expiryDate: 2028-04-30
review:
  lastReviewed: 2026-04-02
  nextReview: 2027-10-04
signatures:
  - {party: customer, name: Lee Park, date: 2026-04-21}
history:
  - {version: 2.0.0, date: 2026-04-01}
  - {version: 1.10.0, date: 2026-02-01}
  - {version: 1.9.0, date: 2026-01-01}
""",
    },
    {
        "yaml": """\
term:
  expiryDate: 2028-04-30
  continuesUntilReplaced: true
review:
  nextReview: 2028-05-15
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The agreement is in force from 1 May 2026 to 30 April 2028. The next review is on 4 October 2027.

| Version | Date | Author |
|---|---|---|
| 1.0 | 2025-03-01 | Ann Lee |
| 1.1 | 2026-04-02 | Ann Lee |
"""
    },
]
