"""A value that what is measured can never have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Confidence, Observation

summary = "Every target is a value that what is measured can have."
severity = "error"
why = "The promise cannot be kept, or cannot be broken; either way it binds nobody."
fix = {"data": "target: at least 99.9 %", "prose": "“at least 99.9 % of each calendar month”"}

_HIGH = Decimal("0.8")  # of a scale: what most would call satisfied
_HUNDRED = Decimal(100)
# Ways of counting whose result is a share, and a declared category that only a share or only a time can show.
_SHARES = frozenset(("ratio", "attainment"))
_TIMES = frozenset(("latency", "response", "resolution"))


def doubts(metric: Metric, language: str) -> bool:
    return any(not _is_usual(one) and _wrong(metric, one, at, True) for at, one in enumerate(metric.targets))


def check(agreement: Agreement) -> Iterator[Observation]:
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    declared = agreement.form == "data"
    for metric, at, target in agreement.promised:
        if _is_usual(target):
            continue
        told = _wrong(metric, target, at, declared)
        if told is not None:
            message, hint = told
            yield Observation(metric.values[at][0], message, hint=hint, confidence=sure, key=metric.id)


def _is_usual(target: q.Target) -> bool:
    """Whether a share is like nearly all of them."""
    plain = target.percentile is None and target.scale is None
    return plain and target.unit == "percent" and 1 < target.value <= _HUNDRED


def _wrong(metric: Metric, target: q.Target, at: int, declared: bool) -> tuple[str, str] | None:
    """The message and what to type instead, where the value is impossible."""
    value, kind = target.value, metric.kind
    if value < 0:
        return (
            f"“{metric.said}” is promised as {_said(metric, at)}: nothing takes or counts less than nothing.",
            str(-value),
        )
    if target.unit == "percent":
        if value > _HUNDRED and (kind in ("uptime", "errors") or metric.counted in _SHARES or _part(metric)):
            said = _said(metric, at)
            return f"“{metric.said}” is a share, and no share is more than 100 %; {said} is promised.", "at most 100 %"
        if kind == "uptime" and 0 < value <= 1:
            said, meant = _said(metric, at), f"{_plain(value * 100)} %"
            return (
                f"“{metric.said}” is promised as {said}: that is down for {_plain(100 - value)} % of the time.",
                f"{meant}, if {_plain(value)} was meant as a fraction",
            )
    if target.scale is not None and value > target.scale:
        return f"“{metric.said}” cannot reach {_plain(value)} on a scale that ends at {_plain(target.scale)}.", (
            f"at least {_plain(target.scale * _HIGH)} out of {_plain(target.scale)}"
        )
    if target.percentile is not None and not 0 < target.percentile < _HUNDRED:
        return f"There is no {_plain(target.percentile)}th percentile; “{metric.said}” is judged by it.", "p95"
    if declared and target.unit:
        return _misfit(metric, target, at)
    return None


def _misfit(metric: Metric, target: q.Target, at: int) -> tuple[str, str] | None:
    """A unit that the declared category or way of counting cannot have."""
    if metric.counted in _SHARES and target.duration is not None:
        said = _said(metric, at)
        return f"“{metric.said}” is counted as a share, but its target {said} is a length of time.", "at least 95 %"
    if metric.category in _TIMES and target.duration is None and target.unit != "percent":
        return f"“{metric.said}” is a time, but its target {_said(metric, at)} is none.", "at most 4 h"
    return None


def _part(metric: Metric) -> bool:
    """Whether the name says that it is a part of a whole, which growth or a fulfilled quota is not."""
    return metric.kind == "share" and metric.more_is_better is True and "win" not in metric.said.lower()


def _said(metric: Metric, at: int) -> str:
    node, target = metric.values[at]
    written = node.line
    return written or f"{_plain(target.value)} {'%' if target.unit == 'percent' else target.unit}".strip()


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    category: availability
    target: at least 0.999 % # expect
  - id: portal-uptime
    target: {operator: gte, value: 120, unit: percent} # expect
  - id: first-response
    category: response
    target: {operator: lte, value: -4, unit: hour} # expect
  - id: satisfaction
    category: satisfaction
    target: at least 6 out of 5 # expect
  - id: in-time
    sli: {kind: attainment, of: answers within 4 h}
    target: at most 4 h # expect
  - id: restoration
    category: resolution
    target: {operator: lte, value: 4, unit: score} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 0.999 % of each month | <!-- expect -->
| Portal uptime | at least 120 % | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    category: availability
    target: at least 99.9 %
  - id: errors
    category: error-rate
    target: at most 0.1 %
  - id: growth
    category: volume
    target: at least 120 %
  - id: satisfaction
    category: satisfaction
    target: at least 4.5 out of 5
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 99.9 % of each month |
| Error rate | at most 0.5 % |
| Growth of leads over last year | 120 % |
"""
    },
]
