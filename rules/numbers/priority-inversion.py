"""A less urgent case that is promised faster than a more urgent one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Confidence, Node, Observation
from slalint.parts import Cell, Matrix
from slalint.patterns import lazy

summary = "The more urgent the case, the sooner it is dealt with."
severity = "error"
why = "Whoever wants fast help reports the lower priority, and the urgent case waits."
fix = {
    "data": "priorities:\n  - {id: P1, response: 15 min, restore: 4 h}\n  - {id: P2, response: 1 h, restore: 8 h}",
    "prose": "Exchange the two values, or say why the more urgent case takes longer.",
}

# A number of these says nothing about urgency by itself: plans and levels of support are counted upwards too.
_RUNGS = lazy(r"\W*(?:tier|level|l|class|category|grade|group)[\s.#_-]*\d", re.I)


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
    if len(timed) < 2 or _counted_upwards(agreement, timed):
        return
    for lower in timed:
        wrong = [
            upper
            for upper in timed
            if upper.rank < lower.rank
            and _comparable(upper.cell, lower.cell)
            and q.compare(upper.time, lower.time, agreement.business_day) == 1
        ]
        if not wrong:
            continue
        low, high = lower.cell, max(wrong, key=lambda one: one.rank).cell
        yield Observation(
            low.node,
            f"“{_text(low.label)}” of “{_level(low)}” is {_text(low.node)}, of the more urgent “{_level(high)}” only "
            f"{_text(high.node)}.",
            confidence=_confidence(agreement, high, low),
            related=((high.node, f"“{_level(high)}” has {_text(high.node)} here"),),
            key=f"{measure} {case} {_level(low)}",
        )


def _comparable(one: Cell, other: Cell) -> bool:
    """Whether the two levels are of one scale, and their cells hold as many values as each other."""
    scales = {cell.priority.scale for cell in (one, other) if cell.priority is not None}
    return len(scales) == 1 and len(one.targets) == len(other.targets)


def _counted_upwards(agreement: Agreement, timed: list[_Timed]) -> bool:
    """Whether the numbers run the other way: each higher one of at least three is faster."""
    ordered = sorted(timed, key=lambda one: one.rank)
    numbered = all(one.cell.priority is not None and one.cell.priority.scale == "number" for one in timed)
    return (
        numbered
        and len(timed) > 2
        and all(q.compare(a.time, b.time, agreement.business_day) == 1 for a, b in pairwise(ordered))
    )


def _confidence(agreement: Agreement, *cells: Cell) -> Confidence:
    if agreement.form == "data":
        return "high"
    return "low" if any(_RUNGS.match(_level(cell)) for cell in cells) else "medium"


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
