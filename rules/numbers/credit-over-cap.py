"""A credit that is higher than credits may be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Confidence, Node, Observation
from slalint.parts import Tier, Tiers

summary = "No credit exceeds the cap, or the fee itself."
severity = "error"
needs = ["remedies/tiers"]
why = "The tier promises what the cap takes back; nobody will ever receive it."
fix = "Raise the cap to the highest credit, or lower that credit to the cap."

_FEE = Decimal(100)


def check(agreement: Agreement) -> Iterator[Observation]:
    for tiers in agreement.tiers:
        over = [row for row in tiers.rows if row.unit == "percent" and row.amount and row.amount > _most(tiers)]
        if not over:
            continue
        highest = max(over, key=_amount)
        credit, cap = q.percent(_amount(highest)), tiers.cap
        if tiers.cap_amount is not None and cap is not None:
            message = f"The credit of {credit} is higher than the cap of {q.percent(tiers.cap_amount)}."
            related: tuple[tuple[Node, str], ...] = ((cap, "credits are capped here"),)
        else:
            message = f"The credit of {credit} is more than the whole fee."
            related = ()
        confidence: Confidence = "high" if agreement.form == "data" else "medium"
        yield Observation(_place(highest), message, confidence=confidence, related=related, key=tiers.name)


def _most(tiers: Tiers) -> Decimal:
    """The most that can be due of the fee of one window."""
    return min(tiers.cap_amount if tiers.cap_amount is not None else _FEE, _FEE)


def _amount(row: Tier) -> Decimal:
    return row.amount if row.amount is not None else Decimal(0)


def _place(row: Tier) -> Node:
    return row.credit if row.credit is not None and len(row.credit.text) < 80 else row.band


bad = [
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 10}
      - {below: 99, credit: 30} # expect
    cap: {perWindow: 25}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

## Service credits

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99.0 % | 20 % of the monthly fee |
| less than 99.0 % | 120 % of the monthly fee | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 10}
      - {below: 99, credit: 25}
    cap: {perWindow: 25}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

## Service credits

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99.0 % | 20 % of the monthly fee |
| less than 99.0 % | 100 % of the monthly fee |
"""
    },
]
