"""Less is promised from a day that is nearer than the notice of a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.terms import clauses

if TYPE_CHECKING:
    from datetime import date

    from slalint.changes import Changed

summary = "Whoever weakens a promise gives the notice that the agreement asks for."
severity = "error"
why = "Until the notice has run out the old promise holds, whatever the new text says."
fix = {
    "data": "Let it take effect when the notice has run out:\nterm:\n  effectiveDate: 2027-01-01",
    "prose": "Let it take effect when the notice has run out: “Effective date | 1 January 2027”.",
}


def check_change(before: Agreement, after: Agreement) -> Iterator[Observation]:
    if not after.as_of:
        return
    today = q.parse_date(after.as_of)
    began = q.read_date(before.effective_date)
    stage = clauses.stage(before.status.text, before.language) if before.status is not None else ""
    if stage == "before" or (began is not None and began > today):
        return  # not in force yet
    # What a change needs is what was agreed when it was made.
    policy = before.policies.get("modification")
    notice = clauses.ahead(policy.node, policy.summary, before.language) if policy is not None else None
    length = q.read_duration(notice)
    if length is not None and length.is_business:
        days = length.business_days + length.business_seconds // 86400
        length = q.Duration(seconds=days * 86400)  # business days last at least as long on the calendar
    earliest = q.shifted(today, length) if length is not None else None
    if notice is None or earliest is None or earliest <= today:
        return
    begins = _begins(after, today)
    if begins is not None and begins >= earliest:
        return
    from slalint.changes import changed

    weaker = [one for one in changed(before, after) if one.change.effect == "weakened"]
    if not weaker:
        return
    when = f"from {q.day_in_words(begins)}" if begins is not None else "at once"
    asked = q.days_in_words((earliest - today).days)
    message = (
        f"Less is promised {when}: {weaker[0].change.said}. "
        f"A change needs {asked} of notice; it can hold from {q.day_in_words(earliest)}."
    )
    confidence = "high" if after.form == "data" else "medium"
    first = f"term:\n  effectiveDate: {earliest}"
    hint = first if after.form == "data" else f"Let it hold from {q.day_in_words(earliest)}, or later."
    yield Observation(_place(after, weaker, begins), message, hint=hint, confidence=confidence, key="notice")


def _begins(after: Agreement, today: date) -> date | None:
    """The day to come from which the new text holds; None where it holds at once."""
    first = q.read_date(after.effective_date)
    days = [first, *(one.day for one in after.dates if one.kind == "version")]
    return max((day for day in days if day is not None and day > today), default=None)


def _place(after: Agreement, weaker: list[Changed], begins: date | None) -> Node:
    if begins is not None and after.effective_date is not None:
        return after.effective_date
    return next((one.new for one in weaker if one.new is not None), after.head)


_DATA = """\
metadata: {title: Mail, status: active, version: 2.0.0}
term: {effectiveDate: %s}%s
metrics:
  - {id: availability, target: %s, window: calendar month}%s
policies:
  modification: Either side proposes a change with 30 days' notice.
"""
_PROSE = """\
# Service level agreement: mail

**Effective date:** 1 March 2025

| Metric | Target | Window |
|---|---|---|
| Availability | %s | calendar month |%s

## Changes

Changes are announced to the customer at least four weeks before they take effect.
"""
_BEFORE = _DATA % ("2025-03-01", "", "at least 99.9 %", "")
_TODAY = "2026-06-10"
bad = [
    {
        "as-of": _TODAY,
        "before": _BEFORE,
        "yaml": _DATA % ("2026-07-01", " # expect", "at least 99.5 %", ""),
    },
    {
        "as-of": _TODAY,
        "before": _BEFORE,
        "yaml": _DATA % ("2025-03-01", "", "at least 99.5 %", " # expect"),
    },
    {
        "as-of": _TODAY,
        "before": _PROSE % ("at least 99.9 %", ""),
        "markdown": _PROSE % ("at least 99.5 %", " <!-- expect -->"),
    },
]
good = [
    {"as-of": _TODAY, "before": _BEFORE, "yaml": _DATA % ("2026-07-10", "", "at least 99.5 %", "")},
    {"as-of": _TODAY, "before": _BEFORE, "yaml": _DATA % ("2025-03-01", "", "at least 99.95 %", "")},
    {"as-of": "2025-01-31", "before": _BEFORE, "yaml": _DATA % ("2025-03-01", "", "at least 99.5 %", "")},
    {
        "as-of": _TODAY,
        "before": _PROSE % ("at least 99.9 %", ""),
        "markdown": _PROSE % ("at least 99.95 %", ""),
    },
]
