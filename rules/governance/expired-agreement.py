"""The agreement has run out, and nothing says that it goes on."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import clauses

summary = "An agreement in use has not run out."
severity = "warning"
why = "Its promises hold no longer, while both sides go on as if they did."
fix = {
    "data": "Renew it with a new expiryDate, or set status: expired. Where it goes on until a new one is signed:\n"
    "term:\n  continuesUntilReplaced: true",
    "prose": "Renew it with a new last day, or say: “It stays in force until a new one is signed.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    day = agreement.term[1]
    if day is None or not agreement.as_of:
        return
    today = q.parse_date(agreement.as_of)
    if day >= today or _is_out_of_use(agreement) or agreement.goes_on or agreement.expiry_date is None:
        return
    message = f"The agreement ended on {q.day_in_words(day)}, {q.days_in_words((today - day).days)} ago."
    yield Observation(agreement.expiry_date, message, confidence="high" if agreement.form == "data" else "medium")


def _is_out_of_use(agreement: Agreement) -> bool:
    """Not yet in force, or known to be no longer."""
    status = agreement.status
    return status is not None and clauses.stage(status.text, agreement.language) in ("before", "after")


bad = [
    {"as-of": "2026-11-23", "yaml": "term:\n  effectiveDate: 2024-01-01\n  expiryDate: 2025-12-31 # expect\n"},
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

| | |
|---|---|
| Effective date | 1 January 2024 |
| Expiry date | 31 December 2025 | <!-- expect -->
""",
    },
]
good = [
    {"as-of": "2026-11-23", "yaml": "term:\n  expiryDate: 2026-11-23\n"},
    {"as-of": "2026-11-23", "yaml": "term:\n  expiryDate: 2025-12-31\n  continuesUntilReplaced: true\n"},
    {
        "as-of": "2026-11-23",
        "yaml": "term:\n  expiryDate: 2025-12-31\npolicies:\n  renewal: Renewed automatically for another year.\n",
    },
    {"as-of": "2026-11-23", "yaml": "metadata: {title: Mail, status: expired}\nterm:\n  expiryDate: 2025-12-31\n"},
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

**Expiry date:** 31 December 2025

This agreement remains in force until it is replaced by a new one.
""",
    },
    {"yaml": "term:\n  expiryDate: 2005-12-31\n"},
]
