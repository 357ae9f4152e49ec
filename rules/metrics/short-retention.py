"""Evidence that is gone before anybody may ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric, slug
from slalint.model import Node, Observation

summary = "Every tool keeps its figures until the last claim from them is settled."
severity = "warning"
applies = ["data"]
needs = ["tools/retention"]
why = "When a claim comes, the figures that would decide it are deleted."
fix = "retention: P400D"

_SHORTEST_MONTH, _SHORTEST_YEAR = Decimal(28), Decimal(365)
_LONGEST_MONTH = Decimal(31)
_DAY = Decimal(86400)
_LONG = Decimal(1000)  # days; no window with its claims is as long


def check(agreement: Agreement) -> Iterator[Observation]:
    kept: dict[str, tuple[Node, Decimal, str]] = {}
    for tool in reversed([tool for tool in agreement.tools if "retention" in tool.plain]):
        node = tool.node.get("retention")
        days = _most(q.read_duration(node))
        if node is not None and days is not None:
            kept[slug(tool.id)] = kept[slug(tool.name.text)] = node, days, tool.name.text
    if not kept:
        return
    told = set()
    for metric in agreement.metrics:
        for tracking in metric.tracking:
            known = kept.get(slug(tracking.tool.text)) if tracking.tool is not None else None
            if known is None or known[2] in told or known[1] > _LONG:
                continue
            node, days, name = known
            wanted, why, place = max(_needs(agreement, metric), key=lambda need: need[0], default=(days, "", node))
            if days < wanted:
                told.add(name)
                told_days = {"keptDays": f"{q.rounded(days, 3):f}", "neededDays": f"{q.rounded(wanted, 3):f}"}
                message = f"{name} keeps its figures for {_written(node)}; “{metric.said}” needs them for {why}."
                yield Observation(
                    node, message, related=((place, "they are needed for this"),), data=told_days, key=name
                )


def _needs(agreement: Agreement, metric: Metric) -> Iterator[tuple[Decimal, str, Node]]:
    """How many days the figures are needed at least, what for, and where that stands."""
    window = q.read_window(metric.window)
    length = _least(window.length) if window is not None else None
    if length is None or metric.window is None:
        return
    yield length, f"{_written(metric.window)}, its window", metric.window
    remedy = _remedy(agreement, metric)
    if remedy is None:
        return
    claim = remedy.get("claim", "within")
    deadline = _least(q.read_duration(claim))
    if claim is not None and deadline is not None:
        yield length + deadline, f"its window and the {_written(claim)} in which a claim may be made", claim
    trigger = remedy.get("trigger", "within")
    period = _least(q.read_duration(trigger))
    if trigger is not None and period is not None:
        yield period, f"the {_written(trigger)} in which misses are counted", trigger


def _remedy(agreement: Agreement, metric: Metric) -> Node | None:
    ref = metric.node.get("remedy")
    if ref is None or not ref.text:
        return None
    found = (item for item in agreement.root.get("remedies") or () if (id_ := item.get("id")) and id_.text == ref.text)
    return next(found, None)


def _least(length: q.Duration | None) -> Decimal | None:
    """The fewest days that a length can be."""
    if length is None or not any(length):
        return None
    years, months = divmod(length.months, 12)
    days = years * _SHORTEST_YEAR + months * _SHORTEST_MONTH + length.seconds / _DAY
    return days + length.business_days + length.business_seconds / _DAY


def _most(length: q.Duration | None) -> Decimal | None:
    """The most days that a length can be; business time is no length of storage."""
    if length is None or not any(length) or length.is_business:
        return None
    years, months = divmod(length.months, 12)
    return years * 366 + months * _LONGEST_MONTH + length.seconds / _DAY


def _written(node: Node) -> str:
    """A length as its author wrote it, ISO 8601 in words."""
    length = q.read_duration(node if node.text else node.get("length") or node)
    said = " ".join((node.text or "").split())
    if length is None or not said.startswith("P"):
        return said or "that time"
    parts = ((length.months, "month"), (length.seconds / _DAY, "day"))
    return " and ".join(f"{value:f} {unit}{'' if value == 1 else 's'}" for value, unit in parts if value)


bad = [
    {
        "yaml": """\
tools:
  - {id: probe, name: Blackbox exporter, retention: 30 days} # expect
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar month
    remedy: credit
    tracking: {tool: probe}
remedies:
  - id: credit
    claim: {within: 30 days}
"""
    },
    {
        "yaml": """\
tools:
  - id: probe
    name: Blackbox exporter
    retention: P30D # expect
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar quarter
    tracking: probe
"""
    },
]
good = [
    {
        "yaml": """\
tools:
  - {id: probe, name: Blackbox exporter, retention: P400D}
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar month
    remedy: credit
    tracking: {tool: probe}
remedies:
  - id: credit
    claim: {within: 30 days}
"""
    },
    {
        "yaml": """\
tools:
  - {id: probe, name: Blackbox exporter, retention: 1 month}
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar month
    tracking: probe
"""
    },
]
