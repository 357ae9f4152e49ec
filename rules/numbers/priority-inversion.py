"""A less urgent case that is promised faster than a more urgent one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Confidence, Node, Observation
from slalint.parts import Cell, Matrix, rank_of
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces

summary = "The more urgent the case, the sooner it is dealt with."
severity = "error"
needs = ["priorities", "metrics/targets"]
why = "Whoever wants fast help reports the lower priority, and the urgent case waits."
fix = "Exchange the two values, or say why the more urgent case takes longer."

_DIGITS = lazy(r"\d+")
_DAY, _SHIFT = Decimal(86400), Decimal(28800)


class _Words(Pieces, file="priority-inversion"):
    usual = Pattern()
    often = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    for matrix in agreement.matrices:
        for measure in matrix.measures:
            for case in matrix.cases:
                yield from _column(agreement, matrix, measure, case)


class _Timed(NamedTuple):
    """A level's cell with its rank (1 is the most urgent) and its time."""

    rank: int
    cell: Cell
    time: q.Duration


def _column(agreement: Agreement, matrix: Matrix, measure: str, case: str) -> Iterator[Observation]:
    timed = []
    for cell in matrix.column(measure, case):
        time = agreement.length_of(cell)
        if time is not None and cell.priority is not None and cell.priority.rank is not None:
            timed.append(_Timed(cell.priority.rank, cell, time))
    if len(timed) < 2:
        return
    sure = _direction(agreement, timed)
    for lower in timed if sure is not None else ():
        wrong = [(upper, how) for upper in timed if (how := _slower(agreement, upper, lower)) is not None]
        if not wrong:
            continue
        upper, how = max(wrong, key=lambda one: one[0].rank)
        low, high = lower.cell, upper.cell
        yield Observation(
            low.node,
            f"“{_text(low.label)}”: {_text(low.node)} for “{_level(low)}”, but {_text(high.node)} for the more urgent "
            f"“{_level(high)}”.",
            confidence=min(sure or "low", how, key=("low", "medium", "high").index),
            related=((high.node, f"“{_level(high)}” has {_text(high.node)} here"),),
            key=f"{measure} {case} {_level(low)}",
        )


def _slower(agreement: Agreement, upper: _Timed, lower: _Timed) -> Confidence | None:
    """How sure it is that the more urgent level waits longer; None where it does not, or cannot be compared."""
    scales = {one.cell.priority.scale for one in (upper, lower) if one.cell.priority is not None}
    if upper.rank >= lower.rank or len(scales) > 1 or len(upper.cell.targets) != len(lower.cell.targets):
        return None
    order = q.compare(upper.time, lower.time, agreement.business_day)
    if order is not None:
        return "high" if order == 1 else None
    # Clock time against business time: while the business clock runs, both run alike.
    shift = agreement.business_day or _SHIFT
    clock = any(time.seconds for time in (upper.time, lower.time))
    day = _DAY if clock else shift
    if upper.time.months or lower.time.months:
        return None
    most = lower.time.seconds + lower.time.business_seconds + lower.time.business_days * day
    least = upper.time.seconds + upper.time.business_seconds + upper.time.business_days * day
    if clock and upper.time.business_days:
        least += shift - _DAY  # the last of several business days is over when the hours are
    return "medium" if least >= 2 * most else None


def _direction(agreement: Agreement, timed: list[_Timed]) -> Confidence | None:
    """How sure it is that a lower rank is the more urgent one; None where the numbers seem to grow with urgency."""
    usual: Confidence = "high" if agreement.form == "data" else "medium"
    words = _Words.of(agreement.language)
    names = [_level(one.cell) for one in sorted(timed, key=lambda one: one.rank)]
    if all(one.cell.priority is not None and one.cell.priority.scale == "word" for one in timed):
        return usual
    told = [rank for name in names if (rank := rank_of(_DIGITS.sub("", name))[0]) is not None]
    if len(told) > 1 and told != sorted(told):
        return None  # `1 – low`, `2 – high`
    if (len(told) > 1 and told[0] < told[-1]) or all(words.usual.match(name) for name in names):
        return usual
    ordered = sorted(timed, key=lambda one: one.rank)
    if len(timed) > 2 and all(q.compare(a.time, b.time, agreement.business_day) == 1 for a, b in pairwise(ordered)):
        return None
    return usual if all(words.often.match(name) for name in names) else "low"


def _level(cell: Cell) -> str:
    return _text(cell.priority.name) if cell.priority is not None else ""


def _text(node: Node) -> str:
    return " ".join(node.text.split())


bad = [
    {
        "yaml": """\
priorities:
  - id: P1
    response: 15 min
    restore: 8 h
  - id: P2
    response: 1 h
    restore: 4 h # expect
"""
    },
    {
        "yaml": """\
calendars:
  - {id: office-hours, hours: Mon-Fri 09:00-17:00}
metrics:
  - id: restoration
    category: resolution
    targets:
      low: at most 2 business days # expect
      critical: at most 20 business hours
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored |
|---|---|---|
| Low | 2 hours | 5 days | <!-- expect -->
| High | 4 hours | 2 days |
| Critical | 15 minutes | 1 day |
"""
    },
]
good = [
    {
        "yaml": """\
calendars:
  - {id: office-hours, hours: Mon-Fri 09:00-17:00}
priorities:
  - {id: P1, response: 15 min, restore: 4 h}
  - {id: P2, response: 15 min, restore: 4 h, clock: office-hours}
  - {id: P3, response: 1 business day, restore: 3 business days}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored |
|---|---|---|
| Low | next business day | 5 days |
| High | 4 hours | 2 days |
| Critical | 15 minutes | 1 day |
"""
    },
]
