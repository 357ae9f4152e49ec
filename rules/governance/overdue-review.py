"""The agreement should have been reviewed by now."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, says_something
from slalint.model import Observation
from slalint.terms import clauses

summary = "The next review of the agreement has not been let pass."
severity = "warning"
applies = ["data"]
why = "What was agreed may no longer be what either side needs, and nobody has asked."
fix = "Hold the review, then write its day into lastReviewed and the next one into nextReview."


def check(agreement: Agreement) -> Iterator[Observation]:
    review = agreement.root.get("review")
    if review is None or not isinstance(review.data, dict) or not agreement.as_of:
        return
    status = agreement.status
    if status is not None and clauses.stage(status.text) == "after":
        return
    today, end = q.parse_date(agreement.as_of), q.read_date(agreement.expiry_date)
    if end is not None and end < today:
        return  # the whole agreement has run out, or goes on without a day
    planned, last = review.get("nextReview"), review.get("lastReviewed")
    if planned is not None and says_something(planned):
        day = q.read_date(planned)
        if day is not None and day < today:
            late = q.days_in_words((today - day).days)
            yield Observation(planned, f"The review was planned for {q.day_in_words(day)}, {late} ago.", key="review")
        return
    often, held = q.read_frequency(review.get("frequency")), q.read_date(last)
    if often is None or held is None or last is None or often.times != 1:
        return
    due = q.shifted(held, often.period)
    if due is not None and due < today:
        late = q.days_in_words((today - due).days)
        rhythm = review.get("frequency")
        assert rhythm is not None
        message = f"The last review was on {q.day_in_words(held)}; the next ({rhythm.text.strip()}) was due by "
        yield Observation(last, f"{message}{q.day_in_words(due)}, {late} ago.", key="review")


bad = [
    {"as-of": "2026-11-23", "yaml": "review:\n  nextReview: 2026-09-14 # expect\n"},
    {"as-of": "2026-11-23", "yaml": "review:\n  frequency: yearly\n  lastReviewed: 3 March 2025 # expect\n"},
]
good = [
    {"as-of": "2026-11-23", "yaml": "review:\n  nextReview: 2026-11-23\n"},
    {"as-of": "2026-11-23", "yaml": "review:\n  frequency: yearly\n  lastReviewed: 2025-12-01\n"},
    {
        "as-of": "2026-11-23",
        "yaml": "metadata: {title: Mail, status: superseded}\nreview:\n  nextReview: 2026-09-14\n",
    },
    {"yaml": "review:\n  nextReview: 2006-09-14\n"},
]
