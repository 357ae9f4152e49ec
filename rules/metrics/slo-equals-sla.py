"""A team's own target that leaves no room before the promise is broken."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Observation

summary = "The team's own target is tighter than what it promises."
severity = "info"
applies = ["data"]
needs = ["metrics/internalTarget"]
why = "The first warning comes when the promise is already broken."
fix = "internalTarget: at least 99.7 %"


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics if "internalTarget" in agreement.metric_keys else ():
        node = metric.node.get("internalTarget")
        own = q.read_target(node) if node is not None else None
        if node is None or own is None or len(metric.values) != 1:
            continue
        place, promised = metric.values[0]
        message = _compared(metric, own, promised)
        if message:
            yield Observation(node, message, related=((place, "this is what is promised"),), key=metric.id)


def _compared(metric: Metric, own: q.Target, promised: q.Target) -> str:
    (kind, value), (other, bound) = own.base, promised.base
    if kind != other:
        return ""
    if value == bound:
        return f"The team's own target for “{metric.said}” is the promise itself: there is no room for a miss."
    up = promised.operator in ("gte", "gt") or (promised.operator == "" and metric.more_is_better is True)
    down = promised.operator in ("lte", "lt") or (promised.operator == "" and metric.more_is_better is False)
    if (up and value < bound) or (down and value > bound):
        return f"The team's own target for “{metric.said}” is looser than the promise, which breaks first."
    return ""


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    internalTarget: at least 99.5 % # expect
  - id: latency
    category: latency
    target: {operator: lte, value: 300, unit: ms}
    internalTarget: at most 0.4 s # expect
"""
    }
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    internalTarget: at least 99.7 %
  - id: latency
    category: latency
    target: at most 300 ms
    internalTarget: at most 250 ms
"""
    }
]
