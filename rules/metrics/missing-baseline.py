"""A promise that nothing was measured for beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slalint.agreement import Agreement, Tracking, is_placeholder
from slalint.model import Observation

summary = "Each metric says what was measured before the promise was made."
severity = "info"
profile = "basic"
applies = ["data"]
why = "The target is a guess: it may be out of reach, or no better than yesterday."
fix = "baseline: 99.7 %"


def check(agreement: Agreement) -> Iterator[Observation]:
    # A metric without tracking is the business of untracked-metric.
    tracked = [metric for metric in agreement.metrics if metric.tracked]
    blind = [m for m in tracked if not any(map(_given, m.tracked)) and not any(map(_stated, m.tracking))]
    if len(blind) > 1 and len(blind) == len(tracked):
        first, *others = blind
        message = f"For none of the {len(blind)} metrics is it stated what was measured before the promise was made."
        related = tuple((m.tracking[0].node, f"nor is it for “{m.name.text}”") for m in others)
        yield Observation(first.tracking[0].node, message, related=related, key="all")
        return
    for metric in blind:
        message = f"What was measured for “{metric.said}” before the promise was made is not stated."
        yield Observation(metric.tracking[0].node, message, key=metric.id)


def _given(plain: Mapping[str, Any]) -> bool:
    """Whether a baseline is given, as nearly all are; no place is needed to tell."""
    said = plain.get("baseline")
    return said.__class__ is str and not said.isspace() and said != ""


def _stated(tracking: Tracking) -> bool:
    """Whether a baseline is given, or the whole entry is still a blank."""
    return tracking.says("baseline") or is_placeholder(tracking.node)


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: # expect
      tool: probe
      since: 2025-09-01
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: probe # expect
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: probe # expect
  - id: latency
    target: p95 at most 300 ms
    tracking: probe
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      tool: probe
      baseline: 99.7 %
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
]
