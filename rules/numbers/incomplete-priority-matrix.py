"""A level of urgency that some promises forget."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.parts import Cell, Matrix, Priority

summary = "Every level of urgency is described, and has a time for everything that is promised by level."
severity = "warning"
needs = ["priorities", "metrics/targets"]
why = "For the level that is left out nothing is promised, and each side fills the gap in its own favour."
fix = {
    "data": "Give the level its time, such as restore: 8 h, or take the level out.",
    "prose": "Write the time into the cell, or say that nothing is promised there (“no promise”).",
}

# What is promised to everybody; updates, escalation and analysis are often due for the urgent levels only.
_EXPECTED = frozenset(("acknowledgement", "response", "resolution", "workaround", "recovery"))


def check(agreement: Agreement) -> Iterator[Observation]:
    if not agreement.matrices:
        return
    found = [one for matrix in agreement.matrices for one in _empty(agreement, matrix)]
    found = found or list(_without_times(agreement))
    yield from found
    told = {one.key for one in found}
    yield from (one for one in _undescribed(agreement) if one.key not in told)


def _empty(agreement: Agreement, matrix: Matrix) -> Iterator[Observation]:
    """Cells where nothing stands, in a column that has times."""
    for measure in matrix.measures:
        for case in matrix.cases if measure in _EXPECTED else ():
            column = matrix.column(measure, case)
            empty = [cell for cell in column if cell.is_empty and cell.priority is not None]
            if not empty or len(empty) > len(column) // 2:
                continue  # a column that is mostly empty is not filled in yet, or means something else
            first, *others = empty
            levels = ", ".join(dict.fromkeys(f"“{_level(cell)}”" for cell in empty))
            yield Observation(
                first.node,
                f"{levels} {'has' if len(empty) == 1 else 'have'} no time for {_measure(first, column)}.",
                confidence="high" if agreement.form == "data" else "medium",
                related=tuple((cell.node, "nor is there one here") for cell in others),
                key=f"{measure} {case}",
            )


def _without_times(agreement: Agreement) -> Iterator[Observation]:
    """Levels that stand beside others of their scale, and for which nothing is promised by level at all."""
    promised: dict[str, Matrix] = {}
    for matrix in agreement.matrices:
        if any(cell.measure in ("response", "resolution") and cell.targets for cell in matrix.cells):
            for cell in matrix.cells:
                if cell.priority is not None:
                    promised.setdefault(cell.priority.id, matrix)
    scales = {one.scale for one in agreement.priorities if one.id in promised}
    if len(promised) < 2 or len(scales) != 1:
        return
    ranks = [one.rank for one in agreement.priorities if one.id in promised and one.rank is not None]
    for level in agreement.priorities:
        between = level.rank is not None and bool(ranks) and min(ranks) < level.rank < max(ranks)
        if level.id in promised or level.scale not in scales or not between:
            continue
        matrix = next(iter(promised.values()))
        yield Observation(
            level.name,
            f"“{level.name.line}” is a level here, but the times by level leave it out.",
            hint=f"Give “{level.name.line}” its times, or say that nothing is promised for it.",
            confidence="high" if agreement.form == "data" else "medium",
            related=((_place(matrix), "the times by level stand here"),),
            key=level.id,
        )


def _undescribed(agreement: Agreement) -> Iterator[Observation]:
    """Levels without a description beside others that have one. Where none has, the words are ambiguous-term's."""
    described = [level for level in agreement.priorities if level.definition is not None]
    bare = [level for level in agreement.priorities if level.definition is None and _alike(level, described)]
    if not bare or len(bare) >= len(described):
        return
    for level in bare:
        yield Observation(
            level.name,
            f"Which cases are “{level.name.line}” is not said; of the other levels it is.",
            hint=f"Describe “{level.name.line}” by what has stopped working, and for whom.",
            confidence="high" if agreement.form == "data" else "low",
            related=((described[0].name, "this level is described"),),
            key=level.id,
        )


def _alike(level: Priority, others: list[Priority]) -> bool:
    return any(level.scale == other.scale != "" for other in others)


def _measure(cell: Cell, column: list[Cell]) -> str:
    label = next((one.label.line for one in column if not one.is_empty), cell.label.line)
    return f"“{label}”"


def _level(cell: Cell) -> str:
    return cell.priority.name.line if cell.priority is not None else ""


def _place(matrix: Matrix) -> Node:
    return matrix.cells[0].label if matrix.cells else matrix.node


bad = [
    {
        "yaml": """\
priorities:
  - {id: P1, definition: Nobody can work., response: 15 min, restore: 4 h}
  - {id: P2, definition: A department cannot work., response: 1 h} # expect
  - {id: P3, response: 4 h, restore: 24 h} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored |
|---|---|---|
| P1 | 15 minutes | 4 hours |
| P2 | 1 hour | | <!-- expect -->
| P3 | 4 hours | 3 days |
"""
    },
]
good = [
    {
        "yaml": """\
priorities:
  - {id: P1, definition: Nobody can work., response: 15 min, restore: 4 h, updateEvery: 1 h}
  - {id: P2, definition: Any other incident., response: 1 h, restore: 8 h}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored |
|---|---|---|
| P1 | 15 minutes | 4 hours |
| P2 | 1 hour | no promise |
| P3 | 4 hours | n/a |
"""
    },
]
