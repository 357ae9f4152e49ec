"""A share of so few events that one of them decides it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Observation

summary = "A share is judged only where at least one miss fits into it."
severity = "info"
applies = ["data"]
needs = ["metrics/minimumSample"]
why = "Chance decides, not the service: the side that pays for it will dispute every such window."
fix = "minimumSample: 20"

_HUNDRED = Decimal(100)
# Shares of events; availability counts minutes, and never has too few.
_EVENTS = frozenset(("share", "errors"))


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics if "minimumSample" in agreement.metric_keys else ():
        sample = metric.node.get("minimumSample")
        if sample is None or metric.kind not in _EVENTS or not sample.text.strip().isdigit():
            continue
        events = Decimal(sample.text.strip())
        share = _miss(metric)
        if share is None or not events or share * events >= _HUNDRED:
            continue
        enough = _needed(share)
        figure = q.percent(q.rounded(_HUNDRED - _HUNDRED / events, 1))
        yield Observation(
            sample,
            f"With {events} events one miss leaves {figure}, so “{metric.said}” is missed by a single case.",
            hint=f"minimumSample: {enough}",
            data={"events": f"{events:f}", "missPercent": f"{share:f}", "eventsNeeded": str(enough)},
            related=((metric.target, "the target is here"),) if metric.target is not None else (),
            key=metric.id,
        )


def _miss(metric: Metric) -> Decimal | None:
    """The percentage of events that may miss; None where the target is none, or allows no miss at all."""
    for _, target in metric.values:
        if target.unit != "percent" or not 0 < target.value < _HUNDRED:
            return None
        if metric.kind == "errors":
            return target.value if target.operator in ("lte", "lt") else None
        return _HUNDRED - target.value if target.operator in ("gte", "gt", "") else None
    return None


def _needed(share: Decimal) -> int:
    """The fewest events of which one may miss."""
    exact = _HUNDRED / share
    whole = int(exact)
    return whole if whole == exact else whole + 1


bad = [
    {
        "yaml": """\
metrics:
  - id: first-response
    category: response
    sli: {kind: attainment, of: first response, limit: 4 h}
    target: at least 95 %
    minimumSample: 10 # expect
"""
    }
]
good = [
    {
        "yaml": """\
metrics:
  - id: first-response
    category: response
    sli: {kind: attainment, of: first response, limit: 4 h}
    target: at least 95 %
    minimumSample: 20
  - id: availability
    target: at least 99.9 %
    minimumSample: 10
"""
    }
]
