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
        enough = _needed(*share) if share is not None else 0
        if share is None or not 0 < events < enough:
            continue
        missed = _HUNDRED / events
        if metric.kind == "errors":
            said = f"is {q.percent(q.rounded(missed, 1))}"
        else:
            said = f"leaves {q.percent(q.rounded(_HUNDRED - missed, 1))}"
        yield Observation(
            sample,
            f"Of {events} event{'' if events == 1 else 's'} one miss {said}: a single case decides “{metric.said}”.",
            hint=f"minimumSample: {enough}",
            data={"events": f"{events:f}", "missPercent": f"{share[0]:f}", "eventsNeeded": str(enough)},
            related=((metric.target, "the target is here"),) if metric.target is not None else (),
            key=metric.id,
        )


def _miss(metric: Metric) -> tuple[Decimal, bool] | None:
    """The percentage of events that may miss, and whether it has to be less than that; None where the target is none,
    or allows no miss at all."""
    for _, target in metric.values:
        if target.unit != "percent" or not 0 < target.value < _HUNDRED:
            return None
        if metric.kind == "errors":
            return (target.value, target.operator == "lt") if target.operator in ("lte", "lt") else None
        above = target.operator == "gt"
        return (_HUNDRED - target.value, above) if above or target.operator in ("gte", "") else None
    return None


def _needed(share: Decimal, less: bool) -> int:
    """The fewest events of which one may miss."""
    exact = _HUNDRED / share
    whole = int(exact)
    return whole + 1 if less or whole != exact else whole


bad = [
    {
        "yaml": """\
metrics:
  - id: first-response
    category: response
    sli: {kind: attainment, of: first response, limit: 4 h}
    target: at least 95 %
    minimumSample: 10 # expect
  - id: failed-logins
    category: error-rate
    target: below 1 %
    minimumSample: 100 # expect
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
  - id: failed-logins
    category: error-rate
    target: at most 1 %
    minimumSample: 100
  - id: availability
    target: at least 99.9 %
    minimumSample: 10
"""
    }
]
