"""A target that is a bare number."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

summary = "Every target says what its number counts."
severity = "error"
profile = "basic"
why = "One side reads hours, the other business days, and both are right."
fix = {"data": "target: at most 4 h", "prose": "“within 4 hours”"}

# What is counted stands in the name: `Leads handed over | 300`.
_COUNTS = frozenset(("volume", "effort", "throughput", "error-rate"))
# Ways of counting whose result is a share or a time, whatever it is a share or a time of.
_MEASURED = frozenset(("ratio", "percentile", "attainment", "uptime-budget"))


class _Words(Pieces, file="missing-unit"):
    named = Pattern()
    share = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return "targets" in metric.plain or any(map(_is_bare, metric.targets))


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics:
        for node in _values(metric):
            target = q.read_target(node)
            if target is None or not _is_bare(target):
                continue
            if _counted(agreement, metric):
                continue
            said = " ".join(node.text.split()) or str(target.value)
            name = metric.said
            yield Observation(
                node,
                f"The target of “{name}” is {said}, but of what?",
                hint=_hint(metric, target, agreement.language),
                key=metric.id,
            )


def _is_bare(target: q.Target) -> bool:
    return not target.unit and target.scale is None and target.low is None


def _values(metric: Metric) -> list[Node]:
    if metric.levels:
        return [value for _, value in metric.levels]
    return [metric.target] if metric.target is not None else []


def _counted(agreement: Agreement, metric: Metric) -> bool:
    if agreement.form == "data":
        kind = metric.node.get("sli", "kind")
        if kind is not None and kind.text in _MEASURED:
            return False
        return any(metric.node.get("sli", key) is not None for key in ("of", "event"))
    return metric.category in _COUNTS or _Words.of(agreement.language).named.search(metric.name.text) is not None


_UNITS = {"latency": "ms", "response": "business hours", "resolution": "business hours"}
_SHARES = frozenset(("availability", "error-rate", "conversion", "quality"))


def _hint(metric: Metric, target: q.Target, language: str) -> str:
    """The figure with the unit that the metric's way of counting, its name or its category speak of. What is to be at
    least so much is no length of time."""
    kind = metric.node.get("sli", "kind")
    counted = kind.text if kind is not None else ""
    if target.value <= 100 and (
        counted in ("ratio", "attainment")
        or _Words.of(language).share.search(metric.name.text.replace("-", " "))
        or metric.category in _SHARES
        or (target.operator in ("gte", "gt") and metric.category in _UNITS)
    ):
        unit = "%"
    else:
        unit = _UNITS.get("latency" if metric.kind == "latency" else metric.category, "h")
    return f"{target.value} {unit}"


bad = [
    {
        "yaml": """\
metrics:
  - id: latency
    sli: {kind: percentile, percentile: 95, of: time from request to answer}
    target: {operator: lte, value: 400} # expect
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    category: availability
    target: 99.5 # expect
  - id: first-response
    targets:
      p1: at most 4 # expect
      p2: at most 8 h
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | at least 99.5 % a month |
| Resolution of incidents | at most 8 | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
  - id: leads
    sli: {kind: count, of: Qualified Leads}
    target: 300
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target (hours) |
|---|---|
| Resolution of incidents | 8 |
| First response | 2 |
"""
    },
]
