"""A target with two ends, of which nobody says which one binds."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.parts import Cell
from slalint.text import excerpt

summary = "Every target is one value, not a range."
severity = "warning"
needs = ["priorities"]
why = "The customer reads the lower end, the provider the upper one, and both can point at the text."
fix = {"data": "target: at most 3 business days", "prose": "“within 3 business days”"}


def doubts(metric: Metric, language: str) -> bool:
    return any(target.low is not None for target in metric.targets)


def check(agreement: Agreement) -> Iterator[Observation]:
    found: list[list[tuple[Metric, Node, q.Target]]] = []
    for metric, at, target in agreement.promised:
        if target.low is not None and _two_ends(target):
            if not found or found[-1][0][0] is not metric:
                found.append([])
            found[-1].append((metric, metric.values[at][0], target))
    if agreement.form == "prose" and found:
        found = [[one for ranges in found for one in ranges]]  # a habit of the author's, so it is said once
    for (metric, node, target), *others in found:
        yield Observation(
            node,
            f"“{metric.said}” is promised as {_said(node)}: which end must be kept?",
            hint=_hint(target, metric.more_is_better is not False),
            confidence="high" if agreement.form == "data" else "medium",
            related=tuple((other, _and_here(metric, whose, other)) for whose, other, _ in others),
            key=metric.id,
        )

    for cell in _by_priority(agreement):
        target = next(one for one in cell.targets if _two_ends(one))
        level = cell.priority.name.text if cell.priority is not None else ""
        name = f"“{excerpt(cell.label.text, 40)}” of “{excerpt(level, 30)}”"
        yield Observation(
            cell.node,
            f"{name} is promised as {_said(cell.node)}: which end must be kept?",
            hint=_hint(target),
            key=f"{level} {cell.measure}",
        )


def _by_priority(agreement: Agreement) -> list[Cell]:
    """The times of the data form's ``priorities``; those of a metric are its own."""
    if agreement.form != "data" or agreement.root.get("priorities") is None:
        return []
    cells = [cell for matrix in agreement.matrices for cell in matrix.cells if cell.node.path[:1] == ("priorities",)]
    return [cell for cell in cells if any(_two_ends(target) for target in cell.targets)]


def _and_here(first: Metric, metric: Metric, node: Node) -> str:
    return f"and here as {_said(node)}" if metric is first else f"“{metric.said}” is promised as {_said(node)}"


def _two_ends(target: q.Target) -> bool:
    """`0-8 hours` has only one end that anybody could miss."""
    return target.low is not None and 0 < target.low < target.value


def _said(node: Node) -> str:
    return f"“{' '.join(node.text.split())}”"


def _hint(target: q.Target, more: bool = False) -> str:
    """One end as the promise: the upper one of a time, the lower one of what is to be much."""
    unit = {"percent": "%", "count": ""}.get(target.unit, target.unit.replace("-", " "))
    if target.duration is not None:
        return f"at most {target.value} {unit}{'s' if unit[-1:] in 'yrhk' and target.value != 1 else ''}"
    return f"at least {target.low} {unit}".strip() if more else f"at most {target.value}"


bad = [
    {
        "yaml": """\
priorities:
  - {id: P1, response: 30 min, restore: 2 h to 4 h} # expect
  - {id: P2, response: 1 h, restore: 8 h}
"""
    },
    {
        "yaml": """\
metrics:
  - id: restoration
    category: resolution
    target: 1 to 3 business days # expect
  - id: first-answer
    targets:
      p1: at most 1 h
      p2: 2 h to 4 h # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | Time to restore |
|---|---|
| P1 | within 4 hours |
| P2 | 1 to 3 business days | <!-- expect -->
| P3 | 4-6 business days |
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: restoration
    category: resolution
    target: at most 3 business days
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | Time to restore |
|---|---|
| P1 | 0-4 hours |
| P2 | within 3 business days |
"""
    },
]
