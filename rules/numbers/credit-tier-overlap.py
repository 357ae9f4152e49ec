"""Figures for which two credit tiers give different answers."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.parts import Tiers
from slalint.text import listed

summary = "No result falls into two credit tiers."
severity = "error"
needs = ["remedies/tiers"]
why = "Two different credits are due for the same result, and each side reads the tier that suits it."
fix = {
    "data": "tiers:\n  - {atLeast: 99, below: 99.5, credit: 5}\n  - {below: 99, credit: 10}",
    "prose": "Say to which of two tiers their common end belongs: “less than 99.5 % but at least 99 %”.",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    told: set[int] = set()  # a table with a credit for each plan has its bands but once
    for tiers in agreement.tiers:
        rows = tiers.rows
        both = [
            one
            for one in q.overlaps(tiers.bounds)
            if (rows[one.lower].amount, rows[one.lower].unit) != (rows[one.upper].amount, rows[one.upper].unit)
        ]
        if not both:
            continue
        both.sort(key=lambda one: min(rows[one.lower].node.offset, rows[one.upper].node.offset))
        said = [one.text(tiers.suffix) for one in both]
        first, second = sorted((rows[both[0].lower], rows[both[0].upper]), key=lambda row: row.node.offset)
        if second.node.offset in told:
            continue
        told.add(second.node.offset)
        yield Observation(
            second.band,
            f"A result of {listed(said, 'or')} falls into two tiers.",
            hint=_hint(agreement, tiers, both[0]),
            confidence="high" if agreement.form == "data" or not both[0].is_point else "medium",
            related=((first.band, "this tier claims it, too"),),
            data={"claimedTwice": said},
            key=tiers.name,
        )


def _hint(agreement: Agreement, tiers: Tiers, both: q.Stretch) -> str:
    """The upper end of the lower tier as it would end the overlap."""
    start, row = q.number(both.low[0]), tiers.rows[both.lower]
    if agreement.form == "data":
        return f"Let the lower tier end where the other one begins: below: {start}"
    if row.low is None or row.low >= both.low[0]:
        return "Let each tier end where the next one begins."
    return f"Write the lower tier as “less than {start}{tiers.suffix} but at least {q.number(row.low)}{tiers.suffix}”."


bad = [
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 98.5, below: 99.5, credit: 5}
      - {below: 99, credit: 10} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| 99.0 % – 99.9 % | 5 % of the monthly fee |
| 95.0 % – 99.0 % | 20 % of the monthly fee | <!-- expect -->
| below 95.0 % | 50 % of the monthly fee |
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
      - {below: 99, credit: 10}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99.0 % | 5 % of the monthly fee |
| less than 99.0 % but at least 95.0 % | 20 % of the monthly fee |
| less than 95.0 % | 50 % of the monthly fee |
"""
    },
]
