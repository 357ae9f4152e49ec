"""A bound on the wrong side: the worse the figure, the better the promise is kept."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

summary = "Every bound points to the better side."
severity = "error"
why = "As it is written, the promise is kept by failing, and broken by doing well."
fix = {"data": "target: at least 99.5 %", "prose": "“at least 99.5 % of each calendar month”"}

_UP = {"lte": "at most", "lt": "below"}
_DOWN = {"gte": "at least", "gt": "more than"}
_TURNED = {"lte": "at least", "lt": "more than", "gte": "at most", "gt": "less than"}


class _Words(Pieces, file="inverted-target"):
    ahead = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return any(_is_turned(metric, one) for one in metric.targets)


def check(agreement: Agreement) -> Iterator[Observation]:
    last: Metric | None = None
    for metric, _, told in agreement.promised:
        if metric is last or not _is_turned(metric, told):
            continue
        last, better = metric, metric.more_is_better
        if metric.duty or (agreement.form == "prose" and not metric.named):
            continue
        wrong = _UP if better else _DOWN
        # A number without a unit may count anything.
        found = [
            (node, target)
            for node, target in metric.values
            if target.operator in wrong and target.within is None and (target.unit or target.scale is not None)
        ]
        if not found:
            continue
        (node, target), *others = found
        if target.duration is not None and _is_notice(agreement, node):
            continue
        verb = "the more, the better" if better else "the less, the better"
        yield Observation(
            node,
            f"“{metric.said}” is promised {wrong[target.operator]} {_amount(target)}, although {verb}.",
            hint=f"{_TURNED[target.operator]} {_amount(target)}",
            confidence="high" if agreement.form == "data" else "medium",
            related=tuple((other, "here too") for other, _ in others),
            key=metric.id,
        )


def _is_turned(metric: Metric, target: q.Target) -> bool:
    """Not as nearly all of them: at least where more is better, at most where less is."""
    better = metric.more_is_better
    return better is not None and target.operator in _TURNED and better is not (target.operator in _DOWN)


def _is_notice(agreement: Agreement, node: Node) -> bool:
    """Whether prose speaks of a time ahead: `downtime is announced at least 24 hours in advance`."""
    ahead = _Words.of(agreement.language).ahead
    return agreement.prose is not None and ahead.search(agreement.prose.beside(node.offset)) is not None


def _amount(target: q.Target) -> str:
    unit = {"percent": "%", "count": "", "score": ""}.get(target.unit, target.unit.replace("-", " "))
    plural = "s" if target.value != 1 and unit[-3:] in ("nth", "eek", "day", "our", "ute", "ond", "ear") else ""
    scale = f"out of {target.scale}" if target.scale is not None else ""
    return " ".join(f"{q.number(target.value)} {unit}{plural} {scale}".split())


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: below 99.5 % # expect
  - id: latency
    category: latency
    target: {operator: gte, value: 200, unit: ms} # expect
  - id: error-rate
    target: at least 1 % # expect
  - id: first-response
    category: response
    targets:
      p1: at least 1 h # expect
      p2: at least 4 h
  - id: satisfaction
    category: satisfaction
    target: at most 4.2 out of 5 # expect
  - {id: in-time, name: First response within 4 h, category: response, target: at most 90 %} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | < 99.5 % of each month | <!-- expect -->
| Response time | at least 4 hours | <!-- expect -->
| Error rate | at most 1 % |
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
  - id: unplanned-downtime
    category: availability
    target: at most 43 min
  - id: latency
    category: latency
    target: p95 at most 200 ms
  - id: in-time
    category: response
    target: at least 95 %
  - id: error-rate
    target: below 1 %
  - id: mean-time-between-failures
    category: availability
    target: at least 30 days
  - id: notice-of-planned-work
    category: reporting
    target: at least 5 days
  - {id: missed-calls, name: Missed calls returned within 4 h, category: response, target: at least 95 %}
  - id: non-compliance
    target: at most 2 %
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | ≥ 99.5 % of each month |
| Unavailability | < 0.5 % of each month |
| Share of rejected leads with a reason | at least 90 % |
| Response time | < 4 hours |
"""
    },
]
