"""A promise that nothing was measured for beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Tracking, is_placeholder
from slalint.model import Observation

summary = "Each metric says what was measured before the promise was made."
severity = "info"
profile = "basic"
applies = ["data"]
why = "The target is a guess: it may be out of reach, or no better than yesterday."
fix = "baseline: 99.7 %"


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics:
        # A metric without tracking is the business of untracked-metric.
        if metric.tracking and not any(_stated(tracking) for tracking in metric.tracking):
            message = f"What “{metric.name.text}” was before the promise is not stated."
            yield Observation(metric.tracking[0].node, message, key=metric.id)


def _stated(tracking: Tracking) -> bool:
    """Whether a baseline is given, or the whole entry is still a blank."""
    return tracking.baseline is not None or is_placeholder(tracking.node)


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
