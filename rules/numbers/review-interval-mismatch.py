"""The next review is not as far from the last as the agreement says that reviews are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

if TYPE_CHECKING:
    from datetime import date

summary = "The next review follows the last after the time that lies between two reviews."
severity = "warning"
needs = ["review"]
why = "Who goes by the date and who goes by the rhythm will not meet."
fix = "Correct the date of the next review, or the time between two reviews."


class _Words(Pieces, file="review-interval-mismatch"):
    label = Pattern()
    length = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data" and agreement.root.get("review", "lastReviewed") is None:
        return
    last, following = (_only(agreement, kind) for kind in ("last-review", "next-review"))
    told = _interval(agreement) if last is not None and following is not None else None
    if last is None or following is None or told is None or following[1] <= last[1]:
        return
    place, period = told
    due = q.shifted(last[1], period)
    if due is None:
        return
    meant, planned = (due - last[1]).days, (following[1] - last[1]).days
    # From half of it to half as much again is some day about then. In the data form the day may be that of the review
    # before the renewal, with others in between.
    if meant <= planned * 2 and (planned * 2 <= meant * 3 or agreement.form == "data"):
        return
    yield Observation(
        following[0],
        f"The next review is {q.days_in_words(planned)} after the last one; “{' '.join(place.text.split())}” from "
        f"{q.day_in_words(last[1])} is {q.day_in_words(due)}.",
        confidence="high" if agreement.form == "data" else "medium",
        related=((last[0], "the last review is here"), (place, "the time between two reviews is here")),
        key="review",
    )


def _only(agreement: Agreement, kind: str) -> tuple[Node, date] | None:
    """The one date of a kind; of several nobody knows which belongs to which."""
    found = [(one.node, one.day) for one in agreement.dates if one.kind == kind and one.day is not None]
    return found[0] if len(found) == 1 else None


def _interval(agreement: Agreement) -> tuple[Node, q.Duration] | None:
    """The time between two reviews, and where it is stated."""
    if agreement.form == "data":
        stated = agreement.root.get("review", "frequency")
        often = q.read_frequency(stated)
        return (stated, often.period) if stated is not None and often is not None and often.times == 1 else None
    words = _Words.of(agreement.language)
    for label in agreement.prose.labels if agreement.prose is not None else ():
        if words.label.match(label.name.text):
            inside = words.length.search(label.value.text)
            if inside is not None:
                with suppress(q.QuantityError):
                    return label.value, q.parse_duration(inside[1])
            often = q.read_frequency(label.value)
            return (label.value, often.period) if often is not None and often.times == 1 else None
    return None


bad = [
    {
        "yaml": """\
review:
  frequency: every 6 months
  lastReviewed: 2026-04-02
  nextReview: 2026-05-11 # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Review period:** Bi-yearly (6 months)

**Last review:** 2 April 2026

**Next review:** 11 May 2026 <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
review:
  frequency: yearly
  lastReviewed: 2026-04-02
  nextReview: 2027-03-22
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Review period:** Yearly (12 months)

**Last review:** 2 April 2026

**Next review:** 31 May 2027
"""
    },
]
