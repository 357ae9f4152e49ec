"""A notice that nobody can give in time."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.rule import policy
from slalint.terms import clauses

summary = "Every notice fits into the term of the agreement."
severity = "error"
applies = ["data"]
why = "The right is written down, but there is no day on which it can be used."
fix = "Agree a shorter notice, or a longer term."

_NOTICES = {
    "termination": "Ending the agreement",
    "modification": "A change",
    "renewal": "The decision on the renewal",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    start, end = agreement.term
    if start is None or end is None or end < start:
        return
    days = (end - start).days
    for name, what in _NOTICES.items():
        if not clauses.may_exceed(policy(agreement, name), days, agreement.language):
            continue
        stated = agreement.policies.get(name)
        node = clauses.ahead(stated.node, stated.summary, agreement.language) if stated is not None else None
        length = q.read_duration(node)
        reach = q.shifted(start, length) if length is not None else None
        last = agreement.expiry_date
        if node is None or reach is None or last is None or (reach - end).days <= 1:
            continue
        term, needed = (end - start).days + 1, (reach - start).days
        message = (
            f"{what} needs {_said(node.text, needed)}; the whole term, "
            f"{q.day_in_words(start)} to {q.day_in_words(end)}, has {q.days_in_words(term)}."
        )
        yield Observation(node, message, related=((last, "the term ends here"),), key=name)


def _said(text: str, days: int) -> str:
    """A length as it is written, where it is written in words."""
    return " ".join(text.split()) if text.strip() and not text.strip().startswith("P") else q.days_in_words(days)


_TERM = "term:\n  effectiveDate: 2026-01-01\n  expiryDate: 2026-02-28\n"
bad = [
    {"yaml": _TERM + "policies:\n  termination:\n    summary: Either side ends it.\n    notice: 90 days # expect\n"},
    {"yaml": _TERM + "policies:\n  termination: Either side ends it with 3 months' notice. # expect\n"},
]
good = [
    {"yaml": _TERM + "policies:\n  termination: Either side ends it with 30 days' notice.\n"},
    {"yaml": "term:\n  effectiveDate: 2026-01-01\npolicies:\n  termination:\n    notice: 90 days\n"},
]
