"""A share or a volume without the time over which it is judged."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric, says, says_something
from slalint.model import Observation
from slalint.rule import lacks

summary = "Every share, volume and percentile says over which time it is judged."
severity = "error"
profile = "basic"
lenient = True
why = "99.5 % of a day is 7 minutes of downtime, 99.5 % of a year is 44 hours in one piece."
_WHY_COUNTED = "Over a day a single case can break the promise; over a year a bad month disappears in the sum."
fix = {"data": "window: calendar month", "prose": "“at least 99.5 % of each calendar month”"}

# A limit that holds for each single event (a response within 4 h) needs no window.
_JUDGED = frozenset(("availability", "error-rate", "conversion", "satisfaction", "volume", "quality"))


# Ways of counting that take many events, or all the minutes of a stretch, into one figure.
_TOGETHER = frozenset(("ratio", "percentile", "mean", "count", "attainment", "uptime-budget"))


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data" and not lacks([metric.plain for metric in agreement.metrics], "window"):
        return  # as in most agreements
    missing = [
        m
        for m in agreement.metrics
        if not says(m.plain.get("window")) and m.window is None and not m.duty and _needs(m)
    ]
    if agreement.form == "data":
        for metric in missing:
            place = metric.node.get("window") or metric.name
            yield Observation(place, _message(metric), why=_why([metric]), key=metric.id)
    elif len(missing) > 1:
        # Said once: an author reads one finding on twelve promises, not twelve.
        first, *others = missing
        message = f"{len(missing)} promises do not say over which time they are judged; the first is “{first.said}”."
        related = tuple((metric.name, f"over which time is “{metric.said}” judged?") for metric in others)
        yield Observation(first.name, message, why=_why(missing), confidence="medium", related=related, key="window")
    else:
        for metric in missing:
            yield Observation(metric.name, _message(metric), why=_why([metric]), confidence="medium", key=metric.id)


def _why(metrics: list[Metric]) -> str:
    """Only what is up or down has minutes of downtime; of all else, cases are counted. Empty: the rule's own."""
    return "" if all(metric.kind in ("uptime", "downtime") for metric in metrics) else _WHY_COUNTED


def _value(metric: Metric) -> str:
    if metric.target is not None and metric.target.text:
        return " ".join(metric.target.text.split())
    if not metric.targets:
        return "a value"  # one that cannot be read
    target = metric.targets[0]
    return f"{target.value} {'%' if target.unit == 'percent' else target.unit}".strip()


def _message(metric: Metric) -> str:
    return f"“{metric.said}” promises {_value(metric)}, but over which time?"


def _needs(metric: Metric) -> bool:
    """Whether the promise is about many events together. One without a value is missing-target's."""
    if metric.target is None or not says_something(metric.target):
        return False
    counted = metric.node.get("sli", "kind")
    if counted is not None and counted.text in _TOGETHER:
        return not any(target.per is not None for target in metric.targets)
    if metric.targets:
        return any(_together(metric, target) for target in metric.targets)
    return metric.category == "availability" and any(char.isdigit() for char in metric.target.text)


def _together(metric: Metric, target: q.Target) -> bool:
    if target.per is not None:
        return False  # `400 leads a month` has its window in the value
    if target.unit == "percent" or target.percentile is not None or target.is_mean or target.within is not None:
        return True
    return metric.category in _JUDGED and target.unit in ("count", "score", "", "percent")


bad = [
    {
        "yaml": """\
metrics:
  - id: latency # expect
    sli: {kind: percentile, percentile: 95, of: time from request to answer}
    target: at most 400 ms
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability # expect
    target: at least 99.5 %
  - id: first-response
    target: 95 % within 4 h
    window: # expect
  - id: calls # expect
    sli: {kind: ratio, good: calls that are answered, total: all calls}
    target: {at least: 90 %}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target | Window |
|---|---|---|
| Availability | at least 99.5 % | calendar month |
| Tickets closed at the first call | at least 60 % | | <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The provider will keep mail available at least 99.5 % of the time. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar month
  - id: first-response
    target: at most 4 h
  - id: leads
    target: at least 300 leads a month
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The provider will keep mail available at least 99.5 % of the time in each calendar month, and will respond to tickets
within 4 business hours.
"""
    },
]
