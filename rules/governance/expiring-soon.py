"""The agreement is in the time in which its renewal had to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.rule import policy
from slalint.terms import clauses

summary = "What follows the agreement is decided before the time to decide has passed."
severity = "info"
applies = ["data"]
why = "From now on the renewal, or its end, is no longer a choice of both sides."
fix = "Decide now with the other side, and write down the new term."
options = {
    "days": {
        "description": "Reported so many days before its end, where nothing says by when to decide; 0: never.",
        "type": "integer",
        "minimum": 0,
        "default": 0,
        "examples": [60],
    },
}


def check(agreement: Agreement, options: Mapping[str, Any]) -> Iterator[Observation]:
    day = agreement.term[1]
    if day is None or not agreement.as_of:
        return
    today = q.parse_date(agreement.as_of)
    left = (day - today).days
    if left < 0 or (left >= options["days"] and not _may_be_due(agreement, left)):
        return
    last, status = agreement.expiry_date, agreement.status
    if last is None or (status is not None and clauses.stage(status.text) in ("before", "after")):
        return
    for name, told in (("renewal", "whether it is renewed"), ("termination", "notice of its end")):
        stated = agreement.policies.get(name)
        node = clauses.ahead(stated.node, stated.summary, agreement.language) if stated is not None else None
        length = q.read_duration(node)
        by = q.shifted(day, length, -1) if length is not None else None
        if node is None or by is None:
            continue
        if by < today:
            due = "had to be decided" if name == "renewal" else "had to be given"
            message = (
                f"The agreement ends on {q.day_in_words(day)}, in {q.days_in_words(left)}; "
                f"{told} {due} by {q.day_in_words(by)}."
            )
            yield Observation(last, message, related=((node, "so long before"),), key="expiry")
        return
    if left < options["days"]:
        ends = f"The agreement ends on {q.day_in_words(day)}, in {q.days_in_words(left)}"
        yield Observation(last, f"{ends}; nothing says by when to decide what follows.", key="expiry")


def _may_be_due(agreement: Agreement, left: int) -> bool:
    """Whether something may have to be decided earlier than so many days before the end."""
    language = agreement.language
    return clauses.may_exceed(policy(agreement, "renewal"), left, language) or clauses.may_exceed(
        policy(agreement, "termination"), left, language
    )


_TERM = "term:\n  effectiveDate: 2024-01-01\n  expiryDate: 2026-12-31"
bad = [
    {"as-of": "2026-11-23", "yaml": _TERM + " # expect\npolicies:\n  renewal:\n    decideBefore: 60 days\n"},
    {
        "as-of": "2026-11-23",
        "yaml": _TERM + " # expect\npolicies:\n  renewal: Renewed after a review, decided 90 days before the end.\n",
    },
]
good = [
    {"as-of": "2026-09-23", "yaml": _TERM + "\npolicies:\n  renewal:\n    decideBefore: 60 days\n"},
    {"as-of": "2026-11-23", "yaml": _TERM + "\npolicies:\n  renewal: Renewed after a joint review.\n"},
    {"as-of": "2027-11-23", "yaml": _TERM + "\npolicies:\n  renewal:\n    decideBefore: 60 days\n"},
    {"yaml": _TERM + "\npolicies:\n  renewal:\n    decideBefore: 60 days\n"},
]
