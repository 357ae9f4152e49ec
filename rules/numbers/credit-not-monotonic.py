"""A worse result that earns no more than a better one."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.parts import Tier, Tiers

summary = "The worse the result, the higher the credit."
severity = "error"
needs = ["remedies/tiers"]
why = "Once the service is that bad, nothing is lost by letting it get worse."
fix = "Put the credits in order, or make one tier of the two."


def check(agreement: Agreement) -> Iterator[Observation]:
    for tiers in agreement.tiers:
        rows = tiers.rows
        for unit in dict.fromkeys(row.unit for row in rows if row.amount):
            amounts = [row.amount if row.unit == unit and row.amount else None for row in rows]
            for better, worse in q.not_rising(tiers.bounds, amounts, tiers.lower_is_worse):
                one, other = _said(tiers, rows[better]), _said(tiers, rows[worse])
                yield Observation(
                    rows[worse].band,
                    f"{_credit(rows[worse])} for {other} is no more than {_credit(rows[better])} for {one}.",
                    confidence="high" if agreement.form == "data" else "medium",
                    related=((rows[better].band, f"{_credit(rows[better])} for a better result"),),
                    key=f"{tiers.name} {_bound(tiers, rows[worse])}",
                )


def _said(tiers: Tiers, row: Tier) -> str:
    """A band in words."""
    low, high = (q.number(one) + tiers.suffix if one is not None else "" for one in (row.low, row.high))
    if not low:
        return f"a result below {high}"
    return f"a result of {low} or above" if not high else f"a result from {low} to {high}"


def _credit(row: Tier) -> str:
    assert row.amount is not None
    return q.percent(row.amount) if row.unit == "percent" else f"{q.number(row.amount)} {row.unit}".rstrip()


def _bound(tiers: Tiers, row: Tier) -> str:
    bound = row.high if row.high is not None else row.low
    return q.number(bound) if bound is not None else ""


bad = [
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 10}
      - {atLeast: 95, below: 99, credit: 5} # expect
      - {below: 95, credit: 25}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99.0 % | 20 % of the monthly fee |
| less than 99.0 % | 5 % of the monthly fee | <!-- expect -->
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
      - {atLeast: 99, below: 99.5, credit: 5}
      - {atLeast: 95, below: 99, credit: 10}
      - {below: 95, credit: 25}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99.0 % | 5 % of the monthly fee |
| less than 99.0 % | 20 % of the monthly fee |
"""
    },
]
