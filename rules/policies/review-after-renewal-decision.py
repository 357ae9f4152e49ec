"""The review comes when the renewal has been decided."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.rule import policy
from slalint.terms import clauses

summary = "The review comes before the renewal must be decided."
severity = "warning"
applies = ["data"]
needs = ["review"]
why = "You would renew before knowing how it went."
fix = "Review earlier, or agree a later day for the decision."


def check(agreement: Agreement) -> Iterator[Observation]:
    planned = agreement.root.get("review", "nextReview")
    day, end = q.read_date(planned), agreement.term[1]
    if planned is None or day is None or end is None or day > end:
        return  # a review after the end is another matter
    if not clauses.may_exceed(policy(agreement, "renewal"), (end - day).days, agreement.language):
        return
    stated = agreement.policies.get("renewal")
    node = clauses.ahead(stated.node, stated.summary, agreement.language) if stated is not None else None
    length = q.read_duration(node)
    by = q.shifted(end, length, -1) if length is not None else None
    if node is None or by is None or day <= by:
        return
    message = (
        f"The review is on {q.day_in_words(day)}; renewal must be decided by {q.day_in_words(by)}, "
        f"{(end - by).days} days before the end."
    )
    yield Observation(planned, message, related=((node, "how long before the end it is decided"),), key="review")


_TERM = "term:\n  effectiveDate: 2026-01-01\n  expiryDate: 2026-12-31\n"
bad = [
    {
        "yaml": _TERM
        + "review:\n  nextReview: 2026-12-11 # expect\npolicies:\n  renewal:\n    decideBefore: 60 days\n",
    },
    {
        "yaml": _TERM
        + "review:\n  nextReview: 11 December 2026 # expect\n"
        + "policies:\n  renewal: Renewed for a year, decided two months before the end.\n",
    },
]
good = [
    {"yaml": _TERM + "review:\n  nextReview: 2026-10-05\npolicies:\n  renewal:\n    decideBefore: 60 days\n"},
    {"yaml": _TERM + "review:\n  nextReview: 2026-12-11\npolicies:\n  renewal: Renewed after a joint review.\n"},
]
