"""A tool that looks too seldom to see the promise broken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation

if TYPE_CHECKING:
    from slalint.quantities.arithmetic import Length

summary = "Every tool looks often enough to see the smallest miss."
severity = "warning"
applies = ["data"]
needs = ["metrics/resolution"]
why = "One look that fails breaks the promise, and whatever is over between two looks never happened."
fix = "resolution: PT1M"

_FOUR_WEEKS = Decimal(28 * 1440)


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics if "resolution" in agreement.metric_keys else ():
        step = metric.node.get("resolution")
        if step is None or not metric.targets:
            continue
        every = q.read_duration(step)
        if every is None or every.months or every.is_business or not every.seconds:
            continue
        found = _coarse(agreement, metric, every.seconds / 60)
        if found is not None:
            message, allowed = found
            data = {"everyMinutes": _figure(every.seconds / 60), "allowedMinutes": _figure(allowed)}
            yield Observation(step, message, related=_target(metric), data=data, key=metric.id)


def _coarse(agreement: Agreement, metric: Metric, step: Decimal) -> tuple[str, Decimal] | None:
    """What is too coarse, with the sum, and the minutes that would do; ``step`` is in minutes."""
    looks = f"“{metric.said}” is measured only every {q.minutes_text(step)}"
    for _, target in metric.values:
        if metric.kind == "uptime" and target.unit == "percent" and 1 < target.value < 100:
            budget = _budget(agreement, metric, target.value, step)
            if budget is not None and budget[1] < step:
                working = q.downtime_working(target.value, budget[0])
                return f"{looks}, which is longer than all the downtime allowed: {working}.", budget[1]
        length = target.duration
        if length is not None and length.seconds and metric.kind in ("latency", "time", "downtime"):
            limit = length.seconds / 60
            if not length.months and not length.is_business and limit < step:
                return f"{looks}, but may take no longer than {q.minutes_text(limit)}.", limit
    return None


def _figure(minutes: Decimal) -> str:
    return f"{q.rounded(minutes, 3):f}"


def _budget(agreement: Agreement, metric: Metric, target: Decimal, step: Decimal) -> tuple[Length, Decimal] | None:
    """The longest window and the minutes of it that may be lost; None where even four weeks leave enough."""
    window, calendar = q.read_window(metric.window), agreement.calendar_of(metric)
    if window is None:
        return None
    week = Decimal(calendar.week * 4) if calendar is not None else _FOUR_WEEKS
    if window.length.months and q.allowed_downtime(target, week) >= step:
        return None
    if calendar is not None:
        calendar = calendar._replace(region="", closed=frozenset())  # the most that the window can be
    longest = max(calendars.window_lengths(window, calendar), key=_minutes, default=None)
    if longest is not None and q.allowed_downtime(target, longest.minutes) < step:
        # Windows of any year clear most agreements; a finding names one of the term.
        longest = max(calendars.window_lengths(window, calendar, *agreement.term), key=_minutes)
    return (longest, q.allowed_downtime(target, longest.minutes)) if longest is not None else None


def _minutes(length: Length) -> Decimal:
    return length.minutes


def _target(metric: Metric) -> tuple[tuple[Node, str], ...]:
    return ((metric.target, "the target is here"),) if metric.target is not None else ()


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.99 %
    window: calendar month
    resolution: 5 min # expect
  - id: latency
    category: latency
    target: p95 at most 400 ms
    resolution: 1 s # expect
"""
    },
    {
        "yaml": """\
services:
  - id: desk
    hours: Mon-Fri 09:00-17:00 Europe/Lisbon
metrics:
  - id: availability
    service: desk
    target: at least 99.9 %
    window: calendar month
    resolution: 15 min # expect
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.9 %
    window: calendar month
    resolution: 1 min
  - id: backup-age
    category: recovery
    target: at most 60 min
    resolution: 5 min
"""
    }
]
