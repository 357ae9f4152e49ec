"""A step of the escalation that comes when the promise is already broken."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.parts import Cell
from slalint.words.pieces import Pattern, Pieces

summary = "Every step of the escalation comes before the time that it is to save has run out."
severity = "warning"
needs = ["priorities", "metrics/targets"]
why = "Those who could still have helped hear of the case when it is late."
fix = {
    "data": "escalation:\n  - {level: 1, role: duty-engineer, after: PT30M}   # before the shortest time to restore",
    "prose": "“… is called after half of the time to restore has passed.”",
}


class _Words(Pieces, file="escalation-after-deadline"):
    after = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    if not agreement.matrices:
        return  # no time to restore by level
    yield from _by_level(agreement)
    if agreement.form == "data":
        yield from _steps(agreement)


def _by_level(agreement: Agreement) -> Iterator[Observation]:
    """A matrix that says for each level when a case is escalated."""
    for matrix in agreement.matrices:
        if "escalation" not in matrix.measures or "resolution" not in matrix.measures:
            continue
        for case in matrix.cases:
            deadlines = {cell.priority.id: cell for cell in matrix.column("resolution", case) if cell.priority}
            for cell in matrix.column("escalation", case):
                deadline = deadlines.get(cell.priority.id) if cell.priority is not None else None
                if deadline is not None and _later(agreement, agreement.length_of(cell), deadline):
                    yield Observation(
                        cell.node,
                        f"“{_level(cell)}” is escalated after {cell.node.line}; it must be over after "
                        f"{deadline.node.line}.",
                        confidence="high" if agreement.form == "data" else "medium",
                        related=((deadline.node, "the time to restore is here"),),
                        key=_level(cell),
                    )


def _steps(agreement: Agreement) -> Iterator[Observation]:
    """The steps of the data form, which hold for every case: measured by the level that must be over first."""
    deadline = _shortest(agreement)
    block = agreement.root.get("governance", "escalation")
    if deadline is None or block is None:
        return
    for step in [block] if block.text else block:
        place = step if step.text else step.get("after")
        if place is None:
            continue
        for said, time in _times(place, _Words.of(agreement.language)):
            if _later(agreement, time, deadline):
                yield Observation(
                    place,
                    f"Step “{said}” comes too late for “{_level(deadline)}”, which must be over after "
                    f"{deadline.node.line}.",
                    related=((deadline.node, "the time to restore is here"),),
                    key=said,
                )
                break


def _times(place: Node, words: _Words) -> Iterator[tuple[str, q.Duration]]:
    """The times of a step, or of all steps in one sentence."""
    whole = q.read_duration(place)
    if whole is not None:
        yield place.line or "after", whole
        return
    for found in words.after.finditer(place.text):
        try:
            yield f"after {found['time']}", q.parse_duration(found["time"])
        except q.QuantityError:
            continue


def _shortest(agreement: Agreement) -> Cell | None:
    """The cell of the time to restore that has run out first, whatever the other times are."""
    cells = [cell for matrix in agreement.matrices for cell in matrix.cells if cell.measure == "resolution"]
    timed = [(cell, time) for cell in cells if (time := agreement.length_of(cell)) is not None]
    for cell, time in timed:
        if all(q.compare(time, other, agreement.business_day) in (-1, 0) for _, other in timed):
            return cell
    return None


def _later(agreement: Agreement, time: q.Duration | None, deadline: Cell) -> bool:
    limit = agreement.length_of(deadline)
    return time is not None and limit is not None and q.compare(time, limit, agreement.business_day) == 1


def _level(cell: Cell) -> str:
    return cell.priority.name.line if cell.priority is not None else ""


bad = [
    {
        "yaml": """\
governance:
  escalation:
    - {level: 1, role: duty-engineer, after: PT30M}
    - {level: 2, role: head-of-it, after: PT2H} # expect
priorities:
  - {id: P1, response: 15 min, restore: 1 h}
  - {id: P2, response: 1 h, restore: 8 h}
"""
    },
    {
        "yaml": """\
governance:
  escalation: Dana Reyes after 30 min, Head of IT after 6 h # expect
priorities:
  - {id: P1, response: 15 min, restore: 4 h}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored | Escalated |
|---|---|---|---|
| P1 | 15 minutes | 4 hours | 6 hours | <!-- expect -->
| P2 | 1 hour | 3 days | 1 day |
"""
    },
]
good = [
    {
        "yaml": """\
governance:
  escalation: Dana Reyes after 30 min, Head of IT after 2 h
priorities:
  - {id: P1, response: 15 min, restore: 4 h}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored | Escalated |
|---|---|---|---|
| P1 | 15 minutes | 4 hours | 2 hours |
| P2 | 1 hour | 3 days | 3 days |
"""
    },
]
