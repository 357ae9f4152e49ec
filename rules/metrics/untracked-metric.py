"""A metric that nothing measures."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric, is_placeholder
from slalint.model import Observation
from slalint.rule import lacks

summary = "Every metric names what measures it."
severity = "error"
profile = "basic"
lenient = True
why = "When the two sides disagree about a month, there is no figure that either of them could show."
fix = {
    "data": "tracking: Blackbox exporter",
    "prose": "“All figures in this agreement come from ServiceNow.”",
}

_SHARE = """\
metrics:
  - id: first-response
    sli: {kind: attainment, of: priorities.response}
    target: at least 95 %
    window: calendar month
    tracking: ServiceNow
"""


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data":
        if not agreement.metrics:
            yield from _by_priority_only(agreement)
        # In most agreements each of them is, and no place needs to be known.
        all_are = [] not in [metric.tracked for metric in agreement.metrics] and not lacks(agreement.tracked, "tool")
        for metric in agreement.metrics if not all_are else ():
            if not _tracked(metric):
                place = metric.node.get("tracking") or metric.name
                yield Observation(place, f"Nothing measures {_name(metric)}.", key=metric.id)
        return
    judged = [metric for metric in agreement.metrics if not metric.duty]
    measured = {_plain(metric) for metric in judged if metric.tracking}  # a promise may be stated a second time
    untracked = [
        metric
        for metric in judged
        if not metric.tracking
        and not metric.to_fill_in  # the rule placeholder tells of the blank
        and _plain(metric) not in measured
        and not _part_of_a_share(metric, judged)
    ]
    if len(untracked) > 1:
        # Said once: an author reads one finding on twenty metrics, not twenty.
        none = not any(metric.tracking for metric in judged)
        first, *others = untracked
        how_many = f"None of the {len(judged)} metrics names" if none else f"{len(untracked)} metrics do not name"
        message = f"{how_many} what measures {'it' if none else 'them'}; the first is {_name(first)}."
        related = tuple((metric.name, f"nor does anything measure {_name(metric)}") for metric in others)
        yield Observation(first.name, message, confidence="medium", related=related, key="tracking")
        return
    for metric in untracked:
        yield Observation(metric.name, f"Nothing measures {_name(metric)}.", confidence="medium", key=metric.id)


def _by_priority_only(agreement: Agreement) -> Iterator[Observation]:
    """Times by priority are promises too, and without a metric nothing shows whether they are kept."""
    priorities = agreement.root.get("priorities")
    for priority in priorities or ():
        if priority.get("response") is not None or priority.get("restore") is not None:
            message = "Times are promised by priority, but no metric measures whether they are kept."
            yield Observation(priorities or priority, message, hint=_SHARE, key="priorities")
            return


def _plain(metric: Metric) -> str:
    return " ".join(metric.name.text.lower().split())


def _name(metric: Metric) -> str:
    return f"“{metric.said}”"


def _tracked(metric: Metric) -> bool:
    """Whether a block says where the figures come from; a date or a baseline alone does not."""
    for at, plain in enumerate(metric.tracked):
        tool = plain.get("tool")
        if tool.__class__ is str and tool.strip():
            return True  # no place is needed to tell
        tracking = metric.tracking[at]
        if tracking.tool is not None:
            return True
        if any(
            tracking.node.get(key) is not None for key in ("type", "file", "ref", "query", "procedure", "objective")
        ):
            return True
    tracking_node = metric.node.get("tracking")
    return tracking_node is not None and bool(tracking_node.text) and is_placeholder(tracking_node)


def _part_of_a_share(metric: Metric, metrics: list[Metric]) -> bool:
    """The times by priority are what a share is counted by ("95 % within the time of their priority"): the share is
    what has to be measured."""
    return bool(metric.levels) and any(
        other is not metric and not other.levels and other.category == metric.category for other in metrics
    )


bad = [
    {
        "yaml": """\
metadata:
  title: Help with laptops
priorities: # expect
  - {id: p1, response: 30 min, restore: 4 h}
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability # expect
    target: at least 99.5 %
  - id: first-response
    target: at most 4 h
    tracking: # expect
      since: 2025-01-01
  - id: search
    target: at most 2 s
    tracking: {tool: " "} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target | Measured by |
|---|---|---|
| Availability | at least 99.5 % a month | Blackbox exporter |
| First response | within 4 business hours | | <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Service levels

- IT Operations will respond to tickets within 4 business hours. <!-- expect -->
- IT Operations will resolve tickets within 3 business days.
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target | Measured by |
|---|---|---|
| Availability | at least 99.5 % a month | TBD |
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: probe
  - id: first-response
    target: at most 4 h
    tracking:
      type: manual
      procedure: The duty officer counts the letters each Friday.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Service levels

- IT Operations will respond to tickets within 4 business hours.
- IT Operations will resolve tickets within 3 business days.

All figures in this agreement come from ServiceNow.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

Mail will be available at least 99.5 % of each calendar month, as measured by the provider's monitoring system.
Maintenance is announced at least 5 days in advance.
"""
    },
]
