"""One serious incident, solved just in time, that breaks the availability of the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.calendars import Allowance
from slalint.model import Node, Observation
from slalint.parts import Cell, Priority
from slalint.record import NamedTuple
from slalint.text import excerpt
from slalint.words.pieces import Pattern, Pieces

summary = "One incident of the highest priority at its limit does not use up the downtime of a whole window."
severity = "info"
needs = ["priorities", "metrics/targets"]
why = "Both promises cannot be kept by the same incident, so the time to restore is not what the customer may rely on."
fix = "Restore sooner, or promise less availability."


class _Words(Pieces, file="recovery-exceeds-budget"):
    cause = Pattern()


_RESTORED = ("workaround", "recovery", "resolution")  # people can work again: the first that is promised
_LEAST = Decimal(4 * 60)  # minutes of a business day whose hours are not known


class _Budget(NamedTuple):
    """The most downtime that a metric leaves of one window."""

    metric: Metric
    node: Node
    target: Decimal
    window: q.Window
    most: Allowance


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    cells = [
        cell
        for cell in _urgent(agreement)
        if cell.targets and cell.case is None and not words.cause.search(f"{cell.label.text} {cell.node.text}")
    ]
    budgets = _budgets(agreement) if cells else []
    for cell in cells:
        matching = [one for one in budgets if _same_service(agreement, cell, one.metric)]
        limit = _minutes(agreement, cell)
        if not matching or limit is None:
            continue
        # Where several levels are promised, the incident is held against the most lenient of them.
        loosest = max(matching, key=lambda one: one.most.minutes)
        if limit <= loosest.most.minutes:
            continue
        # Most agreements are cleared by windows of any year, which are counted once for all of them.
        most = _most(agreement, loosest.metric, loosest.target, loosest.window, of_term=True) or loosest.most
        if limit <= most.minutes:
            continue
        assert cell.priority is not None
        level, limit_said = excerpt(cell.priority.name.text, 30), excerpt(cell.node.text, 40)
        working = most.working(loosest.target)
        yield Observation(
            cell.node,
            f"One “{level}” at its limit of {limit_said} misses the target: {working}.",
            confidence="high" if agreement.form == "data" else "medium",
            related=((loosest.node, f"{q.percent(loosest.target)} is promised here"),),
            data={"limitMinutes": f"{limit:f}", "allowedMinutes": f"{q.rounded(most.minutes, 3):f}"},
            key=loosest.metric.id,
        )
        return


def _urgent(agreement: Agreement) -> list[Cell]:
    """When people can work again after an incident of the highest level, of each matrix."""
    found = []
    for matrix in agreement.matrices:
        levels = [
            cell.priority for cell in matrix.cells if cell.priority is not None and cell.priority.rank is not None
        ]
        top = min(levels, key=_rank, default=None)
        if top is None or _rank(top) > (1 if top.scale == "number" else 2):
            continue  # the most urgent level stands elsewhere
        for measure in _RESTORED:
            cells = [c for c in matrix.cells if c.measure == measure and c.priority and c.priority.id == top.id]
            if cells:
                found += cells if len(cells) == 1 else []
                break
    return found


def _rank(level: Priority) -> int:
    return level.rank if level.rank is not None else 99


def _minutes(agreement: Agreement, cell: Cell) -> Decimal | None:
    """The least that the time promised comes to on the clock, in minutes."""
    length = agreement.length_of(cell)
    if length is None or length.months:
        return None
    day = agreement.business_day
    days = length.business_days * (day / 60 if day is not None else _LEAST)
    return (length.seconds + length.business_seconds) / 60 + days


def _budgets(agreement: Agreement) -> list[_Budget]:
    found = []
    for metric in agreement.metrics:
        window = q.read_window(metric.window)
        if metric.category != "availability" or window is None:
            continue
        for node, target in metric.values:
            if target.unit != "percent" or not 90 <= target.value < 100 or target.low is not None:
                continue
            most = _most(agreement, metric, target.value, window)
            if most is not None:
                found.append(_Budget(metric, node, target.value, window, most))
    return found


def _most(
    agreement: Agreement, metric: Metric, target: Decimal, window: q.Window, of_term: bool = False
) -> Allowance | None:
    """The most that a window leaves, of any year or only of the term; None where it cannot be told."""
    term = agreement.term if of_term else (None, None)
    try:
        left = calendars.allowances(target, window, agreement.calendar_of(metric), *term)
    except calendars.CalendarError:
        return None
    return max(left, key=lambda one: one.minutes, default=None)


def _same_service(agreement: Agreement, cell: Cell, metric: Metric) -> bool:
    """Whether nothing says that the level and the metric hold for different services."""
    matrix = next(one for one in agreement.matrices if cell in one.cells)
    if matrix.service is None or metric.service is None:
        return True
    one, other = agreement.service(matrix.service.text), agreement.service(metric.service.text)
    return one is None or other is None or one.id == other.id


bad = [
    {
        "yaml": """\
priorities:
  - {id: P1, response: 15 min, restore: 4 h} # expect
  - {id: P2, response: 1 h, restore: 8 h}
metrics:
  - {id: availability, category: availability, target: at least 99.9 %, window: calendar month}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The booking site is available at least 99.9 % of each calendar month.

| Priority | Response | Resolution |
|---|---|---|
| P1 | 15 minutes | 4 hours | <!-- expect -->
| P2 | 1 hour | 8 hours |
"""
    },
]
good = [
    {
        "yaml": """\
priorities:
  - {id: P1, response: 15 min, restore: 40 min}
  - {id: P2, response: 1 h, restore: 8 h}
metrics:
  - {id: availability, category: availability, target: at least 99.9 %, window: calendar month}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The booking site is available at least 99 % of each calendar month.

| Priority | Response | Resolution |
|---|---|---|
| P1 | 15 minutes | 4 hours |
| P2 | 1 hour | 8 hours |
"""
    },
]
