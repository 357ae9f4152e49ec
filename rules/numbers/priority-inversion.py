"""A less urgent case that is promised faster than a more urgent one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
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


def _column(agreement: Agreement, matrix: Matrix, measure: str, case: str) -> Iterator[Observation]:
    timed = [
        (cell, length)
        for cell in matrix.column(measure, case)
        if cell.priority is not None and cell.priority.rank is not None and (length := agreement.length_of(cell))
    ]
    if len(timed) < 2 or _counted_upwards(agreement, timed):
        return
    for lower, time in timed:
        wrong = [
            (upper, other)
            for upper, other in timed
            if _above(upper, lower) and q.compare(other, time, agreement.business_day) == 1
        ]
        if not wrong:
            continue
        upper, _ = max(wrong, key=lambda one: one[0].priority.rank or 0)  # type: ignore[union-attr]
        yield Observation(
            lower.node,
            f"{_label(lower)} of “{_level(lower)}” is {_said(lower)}, of the more urgent “{_level(upper)}” only "
            f"{_said(upper)}.",
            confidence=_confidence(agreement, upper, lower),
            related=((upper.node, f"“{_level(upper)}” is promised {_said(upper)} here"),),
            key=f"{measure} {case} {_level(lower)}",
        )


def _above(upper: Cell, lower: Cell) -> bool:
    """Whether the first cell's level is the more urgent one, on the same scale."""
    one, other = upper.priority, lower.priority
    if one is None or other is None or one.rank is None or other.rank is None or one.scale != other.scale:
        return False
    return one.rank < other.rank and len(upper.targets) == len(lower.targets)


def _counted_upwards(agreement: Agreement, timed: list[tuple[Cell, q.Duration]]) -> bool:
    """Whether the numbers run the other way: each higher one of at least three is faster."""
    ordered = sorted(timed, key=lambda one: one[0].priority.rank or 0)  # type: ignore[union-attr]
    pairs = list(zip(ordered, ordered[1:], strict=False))
    if len(pairs) < 2 or any(cell.priority is None or cell.priority.scale != "number" for cell, _ in timed):
        return False
    return all(q.compare(first, second, agreement.business_day) == 1 for (_, first), (_, second) in pairs)


def _confidence(agreement: Agreement, *cells: Cell) -> Literal["high", "medium", "low"]:
    if agreement.form == "data":
        return "high"
    return "low" if any(_RUNGS.match(_level(cell)) for cell in cells) else "medium"


def _level(cell: Cell) -> str:
    return " ".join(cell.priority.name.text.split()) if cell.priority is not None else ""


def _label(cell: Cell) -> str:
    said = " ".join(cell.label.text.split())
    return f"“{said}”"


def _said(cell: Cell) -> str:
    return f"“{' '.join(cell.node.text.split())}”"


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
