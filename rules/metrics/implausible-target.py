"""A promise that nobody would accept, or that nothing can measure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Confidence, Observation

summary = "Every target is one that a customer would accept and a tool could measure."
severity = "warning"
why = "It is most likely a slip of the pen; as it stands, it promises nothing, or what cannot be shown."
fix = {"data": "target: at least 99.5 %", "prose": "“at least 99.5 % of each calendar month”"}

_HALF = Decimal(50)
_BOUNDS = ("lte", "lt", "eq")
_MONTH = Decimal(30 * 1440)
_FINEST = Decimal("99.9999")  # 2.6 s of a month
_SLOWEST = Decimal(600)  # seconds that anybody waits for a machine
# What is promised to be done in time: missed more often than kept, it is no promise.
_IN_TIME = frozenset(("response", "resolution", "recovery", "timeliness", "responsiveness"))


def doubts(metric: Metric, language: str) -> bool:
    return any(not _is_usual(metric, one) and _strange(metric, one, True) for one in metric.targets)


def check(agreement: Agreement) -> Iterator[Observation]:
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    for metric, at, target in agreement.promised:
        if metric.duty or _is_usual(metric, target):
            continue
        found = _strange(metric, target, agreement.form == "data")
        if found is not None:
            message, hint = found
            yield Observation(
                metric.values[at][0], f"“{metric.said}” {message}", hint=hint, confidence=sure, key=metric.id
            )


def _is_usual(metric: Metric, target: q.Target) -> bool:
    """Whether a value is like nearly all of its kind."""
    if target.unit == "percent":
        return _HALF <= target.value <= _FINEST and metric.kind != "errors"
    return metric.kind != "latency"


def _strange(metric: Metric, target: q.Target, declared: bool) -> tuple[str, str] | None:
    """What is strange about a value, and what is more likely meant."""
    kind, value = metric.kind, target.value
    up = target.operator in ("gte", "gt", "eq", "")
    if target.unit == "percent":
        said = q.percent(value)
        if kind == "uptime" and up and 1 < value < _HALF:  # up to 1 it is a fraction, and impossible-unit's
            return f"is promised for {said} of the time: more often down than up.", "at least 99.5 %"
        if kind == "uptime" and up and _FINEST < value < 100:
            left = q.minutes_text(q.allowed_downtime(value, _MONTH))
            return (
                f"is promised at {said}, which leaves {left} of 30 days: no probe sees so short a failure.",
                "at least 99.99 %",
            )
        if (
            kind == "share"
            and up
            and 0 < value < _HALF
            and (_in_time(metric) if declared else target.within is not None)
        ):
            return f"is promised in {said} of the cases: more often late than in time.", "at least 90 %"
        if kind == "errors" and value > _HALF and (target.operator in _BOUNDS or (declared and not target.operator)):
            return f"may reach {said}: more often wrong than right.", "at most 1 %"
        return None
    if kind != "latency" or target.operator in ("gte", "gt"):
        return None
    unit, base = target.base
    if unit == "second" and base > _SLOWEST:
        return f"may take {q.minutes_text(base / 60)}: no user of a machine waits as long.", "p95 at most 2 s"
    return None


def _in_time(metric: Metric) -> bool:
    return metric.counted == "attainment" or metric.category in _IN_TIME


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 9.95 % # expect
  - id: uptime
    target: at least 99.999999 % # expect
  - id: first-response
    category: response
    target: 40 % within 4 h # expect
  - id: error-rate
    target: at most 99 % # expect
  - id: latency
    category: latency
    target: p95 at most 300 min # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 49 % of each month | <!-- expect -->
| Portal uptime | 99.99999 % of each month | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 90 %
  - id: opportunity-rate
    category: conversion
    target: at least 20 %
  - id: first-response
    category: response
    target: 95 % within 4 h
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 99.999 % of each month |
| Error rate | at most 1 % of each month |
"""
    },
]
