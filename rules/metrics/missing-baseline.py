"""A promise that nothing was measured for beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder, says
from slalint.model import Observation
from slalint.rule import lacks

summary = "Each metric says what was measured before the promise was made."
severity = "info"
profile = "basic"
applies = ["data"]
why = "The target is a guess: it may be out of reach, or no better than yesterday."
fix = "baseline: 99.7 %"


def check(agreement: Agreement) -> Iterator[Observation]:
    if not lacks(agreement.tracked, "baseline"):
        return  # as in most agreements that say it at all
    # A metric without tracking is the business of untracked-metric.
    tracked = [metric for metric in agreement.metrics if metric.tracked]
    blind = [metric for metric in tracked if not [1 for one in metric.tracked if says(one.get("baseline"))]]
    blind = [metric for metric in blind if not any(is_placeholder(one.node) for one in metric.tracking)]
    if len(blind) > 1 and len(blind) == len(tracked):
        first, *others = blind
        message = f"For none of the {len(blind)} metrics is it stated what was measured before the promise was made."
        related = tuple((m.tracking[0].node, f"nor is it for “{m.name.text}”") for m in others)
        yield Observation(first.tracking[0].node, message, related=related, key="all")
        return
    for metric in blind:
        message = f"What was measured for “{metric.said}” before the promise was made is not stated."
        yield Observation(metric.tracking[0].node, message, key=metric.id)


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
