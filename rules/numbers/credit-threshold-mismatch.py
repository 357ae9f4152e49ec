"""Credits that begin elsewhere than where the promise is missed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.parts import Tier, Tiers
from slalint.terms import placeholders
from slalint.text import excerpt

summary = "Credits begin where the promised level is missed."
severity = "error"
needs = ["remedies/tiers"]
why = "Between the promise and the first tier a miss costs nothing, or a kept promise costs a credit."
fix = {"data": "Give the first tier the target as its upper end.", "prose": "Let the first tier begin at the target."}


def check(agreement: Agreement) -> Iterator[Observation]:
    for tiers in agreement.tiers:
        mildest = _mildest(tiers)
        idle = _idle(tiers) if mildest is not None else None
        if idle is not None and mildest is not None and idle.high is not None and mildest.high is not None:
            yield Observation(
                idle.band,
                f"A result below {q.percent(idle.high)} falls into a tier that gives nothing; credits begin at "
                f"{q.percent(mildest.high)}.",
                why="A miss that the agreement names costs nothing.",
                hint="Give the tier a credit, or take it out.",
                confidence="high" if agreement.form == "data" else "medium",
                related=((mildest.band, "credits begin here"),),
                key=tiers.name,
            )
            continue
        promises = list(_promises(agreement, tiers)) if mildest is not None else []
        if mildest is None or not promises:
            continue
        start = mildest.high if tiers.lower_is_worse else mildest.low
        known = {bound for row in tiers.rows for bound in (row.low, row.high)}
        if start is None or any(value in known for value, _, _ in promises):
            continue  # a tier ends where the promise does; whether another one begins there, another rule says
        value, node, metric = promises[0]
        if len({said for said, _, _ in promises}) > 1:
            continue  # several levels are promised, and which of them is meant is not for us to say
        name = excerpt(metric.said, 40)
        later = (start < value) == tiers.lower_is_worse
        yield Observation(
            mildest.band,
            f"“{name}” is promised at {q.percent(value)}, but credits begin at {q.percent(start)}.",
            why="Between the two a miss costs nothing." if later else "Between the two a kept promise costs a credit.",
            hint=f"Let the first tier begin at {q.percent(value)}.",
            confidence="high" if agreement.form == "data" else "medium",
            related=((node, f"{q.percent(value)} is promised here"),),
            key=tiers.name,
        )


def _mildest(tiers: Tiers) -> Tier | None:
    """The tier of the best result that earns something."""
    if tiers.unit != "percent":
        return None
    paying = [band for band in q.bands(tiers.bounds) if tiers.rows[band.row].amount]
    if not paying:
        return None
    return tiers.rows[(paying[-1] if tiers.lower_is_worse else paying[0]).row]


def _idle(tiers: Tiers) -> Tier | None:
    """A tier for missed targets whose credit is a figure, and that figure 0. (`None` beside the promised level is how
    schedules say that all is well.)"""
    if not tiers.lower_is_worse:
        return None
    for row in tiers.rows:
        if row.credit is not None and any(True for _ in placeholders.find(row.credit.text)):
            continue  # `[00 %]` is still to be filled in
        if row.amount == 0 and row.unit and row.low is None and row.high is not None and row.high < 100:
            return row
    return None


def _promises(agreement: Agreement, tiers: Tiers) -> Iterator[tuple[Decimal, Node, Metric]]:
    """The levels whose miss the credits follow."""
    for metric in agreement.metrics:
        if metric.id not in tiers.metrics:
            continue
        for node, target in metric.values:
            if target.unit == "percent" and target.within is None and target.low is None:
                yield target.value, node, metric


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.9 %
    remedy: credit
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 5} # expect
      - {below: 99, credit: 10}
"""
    },
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {below: 99.5, credit: 0} # expect
      - {below: 99, credit: 10}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The booking site is available at least 99.9 % of each month.

## Service credits

| Availability in a month | Credit |
|---|---|
| less than 99.5 % but at least 99 % | 5 % of the monthly fee | <!-- expect -->
| less than 99 % | 20 % of the monthly fee |
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    remedy: credit
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

The booking site is available at least 99.9 % of each month.

## Service credits

| Availability in a month | Credit |
|---|---|
| less than 99.9 % but at least 99 % | 5 % of the monthly fee |
| less than 99 % | 20 % of the monthly fee |
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

## Service credits

| Availability in a month | Credit |
|---|---|
| less than 99.5 % | [00 %] of the monthly fee |
| less than 99 % | [10 %] of the monthly fee |
"""
    },
]
