"""The agreement should have been reviewed by now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation

if TYPE_CHECKING:
    from datetime import date

summary = "The next review of the agreement has not been let pass."
severity = "warning"
needs = ["review"]
why = "What was agreed may no longer be what either side needs, and nobody has asked."
fix = {
    "data": "Hold the review, then write its day into lastReviewed and the next one into nextReview.",
    "prose": "Hold the review, then write down its day and that of the next one.",
}


_YEARS = 2 * 366 + 1  # days from which years say more


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data" and agreement.root.get("review") is None:
        return
    planned = [one for one in agreement.dates if one.kind == "next-review" and one.day is not None]
    review = agreement.root.get("review")
    frequency = review.get("frequency") if review is not None and isinstance(review.data, dict) else None
    if not (planned or frequency) or not agreement.as_of or agreement.is_over:
        return
    today = q.parse_date(agreement.as_of)
    confidence = "high" if agreement.form == "data" else "medium"
    if planned:
        last = max(planned, key=lambda one: one.day)
        if last.day < today:
            message = f"The review was planned for {q.day_in_words(last.day)}, {_ago(last.day, today)}."
            yield Observation(last.node, message, confidence=confidence, key="review")
        return
    often, held = q.read_frequency(frequency), review.get("lastReviewed")
    day = q.read_date(held)
    due = q.shifted(day, often.period) if day is not None and often is not None and often.times == 1 else None
    if due is not None and due < today:
        message = (
            f"The last review was on {q.day_in_words(day)}; the next ({frequency.text.strip()}) was due by "
            f"{q.day_in_words(due)}, {_ago(due, today)}."
        )
        yield Observation(held, message, confidence=confidence, key="review")


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{q.days_in_words(days)} ago" if days < _YEARS else f"more than {days // 366} years ago"


bad = [
    {"as-of": "2026-11-23", "yaml": "review:\n  nextReview: 2026-09-14 # expect\n"},
    {"as-of": "2026-11-23", "yaml": "review:\n  frequency: yearly\n  lastReviewed: 3 March 2025 # expect\n"},
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

**Next review date:** 14 September 2026 <!-- expect -->
""",
    },
]
good = [
    {"as-of": "2026-11-23", "yaml": "review:\n  nextReview: 2026-11-23\n"},
    {"as-of": "2026-11-23", "yaml": "review:\n  frequency: yearly\n  lastReviewed: 2025-12-01\n"},
    {
        "as-of": "2026-11-23",
        "yaml": "metadata: {title: Mail, status: superseded}\nreview:\n  nextReview: 2026-09-14\n",
    },
    {"yaml": "review:\n  nextReview: 2006-09-14\n"},
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

**Last review date:** 14 September 2026

**Next review date:** 14 September 2027
""",
    },
]
