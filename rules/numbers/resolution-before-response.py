"""A case that has to be over before anybody has to look at it."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Confidence, Node, Observation
from slalint.parts import Cell, Matrix

summary = "A case is answered before it is solved."
severity = "error"
needs = ["priorities", "metrics/targets"]
why = "One of the two times is a slip; nobody can say which one was agreed."
fix = "Exchange the two times, or correct the one that slipped."

# What comes after what, in the order in which it happens.
_ORDER = (
    ("acknowledgement", "response"),
    ("acknowledgement", "workaround"),
    ("acknowledgement", "resolution"),
    ("response", "workaround"),
    ("response", "resolution"),
    ("workaround", "resolution"),
)


def doubts(metric: Metric, language: str) -> bool:
    return metric.category == "resolution"  # and "response" as well, which one of them alone does not tell


def check(agreement: Agreement) -> Iterator[Observation]:
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    for matrix in agreement.matrices:
        for case in matrix.cases:
            for row in _rows(matrix, case):
                yield from _row(agreement, row, sure)
    if agreement.form == "data":
        yield from _across(agreement)
    else:
        yield from _sections(agreement)


def _rows(matrix: Matrix, case: str) -> list[list[Cell]]:
    rows: dict[str, list[Cell]] = {}
    for measure in matrix.measures:
        for cell in matrix.column(measure, case):
            if cell.priority is not None:
                rows.setdefault(cell.priority.id, []).append(cell)
    return list(rows.values())


def _row(agreement: Agreement, row: list[Cell], sure: Confidence) -> Iterator[Observation]:
    """The times of one level; a measure that stands there twice compares with nothing."""
    by: dict[str, list[Cell]] = {}
    for cell in row:
        by.setdefault(cell.measure, []).append(cell)
    for first, second in _ORDER:
        if len(by.get(first, ())) != 1 or len(by.get(second, ())) != 1:
            continue
        (before,), (after,) = by[first], by[second]
        early, late = agreement.length_of(before), agreement.length_of(after)
        if early is None or late is None or before.node is after.node:
            continue
        if q.compare(early, late, agreement.business_day) == 1:
            level = f" of “{_text(after.priority.name)}”" if after.priority is not None else ""
            message = f"“{_text(after.label)}”{level} is due after {_text(after.node)}, “{_text(before.label)}” only"
            yield Observation(
                after.node,
                f"{message} after {_text(before.node)}.",
                confidence=sure,
                related=((before.node, f"“{_text(before.label)}” is {_text(before.node)} here"),),
                key=f"{second} {after.priority.id if after.priority is not None else ''}",
            )
            return


def _across(agreement: Agreement) -> Iterator[Observation]:
    """Metrics of one service that promise the two times apart from each other, level by level."""
    rows: dict[tuple[str, str], list[Cell]] = {}
    for matrix in agreement.matrices:
        for cell in matrix.cells if matrix.name != "priorities" else ():
            if cell.priority is not None:
                service = matrix.service.text if matrix.service is not None else ""
                rows.setdefault((service, cell.priority.id), []).append(cell)
    for row in rows.values():
        yield from _row(agreement, row, "high")
    if not {"response", "resolution"} <= {metric.category for metric in agreement.metrics}:
        return
    services: dict[str, list[Metric]] = {}
    for metric in agreement.metrics:
        if not metric.levels:
            services.setdefault(metric.service.text if metric.service is not None else "", []).append(metric)
    for of_service in services.values():
        yield from _metrics(agreement, of_service, "high")


def _sections(agreement: Agreement) -> Iterator[Observation]:
    """Single values in one section of prose: `Response time: 15 minutes`, `Resolution time: 4 hours`."""
    if agreement.prose is None:
        return
    groups: dict[str, list[Metric]] = {}
    both = ("response", "resolution")
    timed = [metric for metric in agreement.metrics if metric.category in both and _time(metric) is not None]
    if len({metric.category for metric in timed}) < 2:
        return
    for metric in timed:
        if not metric.levels and not metric.duty and metric.named:
            where = agreement.prose.context(metric.name.offset).split("\n", 1)[0]
            groups.setdefault(where, []).append(metric)
    for group in groups.values():
        yield from _metrics(agreement, group, "medium")


def _metrics(agreement: Agreement, metrics: list[Metric], sure: Confidence) -> Iterator[Observation]:
    responses = [metric for metric in metrics if metric.category == "response" and _time(metric)]
    resolutions = [metric for metric in metrics if metric.category == "resolution" and _time(metric)]
    if len(responses) != 1 or len(resolutions) != 1:
        return
    (first,), (second,) = responses, resolutions
    if q.compare(_time(first) or q.Duration(), _time(second) or q.Duration(), agreement.business_day) == 1:
        node, other = second.values[0][0], first.values[0][0]
        yield Observation(
            node,
            f"“{second.said}” is due after {_written(second)}, “{first.said}” only after {_written(first)}.",
            confidence=sure,
            related=((other, f"“{first.said}” is {_written(first)} here"),),
            key=second.id,
        )


def _time(metric: Metric) -> q.Duration | None:
    """The time that a metric promises at most."""
    if metric.kind != "time" or len(metric.values) != 1:
        return None
    target = metric.values[0][1]
    return target.duration if target.operator not in ("gte", "gt") else None


def _written(metric: Metric) -> str:
    node, target = metric.values[0]
    return _text(node) or f"{q.number(target.value)} {target.unit}"


def _text(node: Node) -> str:
    return " ".join(node.text.split())


bad = [
    {
        "yaml": """\
priorities:
  - id: P1
    response: 4 h
    restore: 1 h # expect
"""
    },
    {
        "yaml": """\
metrics:
  - id: first-response
    category: response
    target: at most 8 h
  - id: restoration
    category: resolution
    target: at most 4 h # expect
  - id: answers
    category: response
    targets: {p1: at most 30 min, p2: at most 9 h}
  - id: repairs
    category: resolution
    targets:
      p1: at most 1 h
      p2: at most 8 h # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Restored |
|---|---|---|
| P1 | 4 hours | 1 hour | <!-- expect -->
| P2 | 1 day | 3 days |

## Requests

- Response time: 3 days
- Resolution time: 2 days <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
priorities:
  - {id: P1, response: 15 min, restore: 4 h}
  - {id: P2, response: 1 business day, restore: 24 h}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | First response | Workaround | Restored |
|---|---|---|---|
| P1 | 15 minutes | 15 minutes | 1 hour |
| P2 | 1 day | 1 day | 3 days |
"""
    },
]
