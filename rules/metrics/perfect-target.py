"""A promise that one failure breaks."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Confidence, Node, Observation
from slalint.terms import vague
from slalint.words.pieces import Pattern, Pieces

summary = "No target is perfection, deadlines and reports apart."
severity = "warning"
why = "The first failure breaks it for the whole period, so nobody plans to keep it, or pays attention after that."
fix = {
    "data": "target: at least 99.95 %",
    "prose": "“at least 99.95 % of each calendar month”, and what follows where it is missed",
}

# What depends on machines, networks and other people's days fails now and then. What one side only has to write down
# (each required field, each reason) can be done every time.
_FAILS = frozenset(("availability", "latency", "response", "resolution", "recovery", "satisfaction", "conversion"))
_DUE = frozenset(("reporting", "timeliness"))


class _Words(Pieces, file="perfect-target"):
    kept = Pattern()
    each = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return not all(map(_may_be_missed, metric.targets))


def check(agreement: Agreement) -> Iterator[Observation]:
    last: Metric | None = None
    for metric, _, said in agreement.promised:
        if metric is last or _may_be_missed(said):
            continue
        last = metric
        if metric.duty or metric.category in _DUE or metric.kind == "deadline":
            continue
        found = [(node, target) for node, target in metric.values if _perfect(metric, target)]
        if not found:
            continue
        (node, target), *others = found
        if _only_tried(agreement, node):
            continue
        yield Observation(
            node,
            f"“{metric.said}” is promised {_amount(node, target)}: one failure breaks it.",
            hint="" if target.value else "at most 0.1 %" if target.unit == "percent" else "at most 10 min a month",
            confidence=_confidence(agreement, metric),
            related=tuple((other, "here too") for other, _ in others),
            key=metric.id,
        )


def _may_be_missed(target: q.Target) -> bool:
    """Whether a value is neither all nor nothing, as nearly all are."""
    return target.value != 0 and (target.unit != "percent" or target.value != 100)


def _perfect(metric: Metric, target: q.Target) -> bool:
    if target.unit == "percent" and target.value == 100 and metric.kind in ("uptime", "share"):
        return target.operator in ("gte", "eq", "")
    none = target.value == 0 and metric.kind in ("errors", "downtime")
    return none and target.operator in ("lte", "eq", "")


def _only_tried(agreement: Agreement, node: Node) -> bool:
    """Whether the sentence promises no more than to try: one failure does not break that."""
    if agreement.prose is None:
        return False
    passage = next((one for one in agreement.passages if one.start <= node.offset < one.start + len(one.text)), None)
    tried = vague.find([passage], language=agreement.language) if passage is not None else ()
    return any(one.entry.kind.name in ("effort", "intent") and node.text in one.sentence for one in tried)


def _confidence(agreement: Agreement, metric: Metric) -> Confidence:
    words = _Words.of(agreement.language)
    doubtful = metric.category not in _FAILS and not words.kept.search(metric.said)
    if metric.kind == "share" and (doubtful or words.each.search(metric.said)):
        return "low"
    return "high" if agreement.form == "data" else "medium"


def _amount(node: Node, target: q.Target) -> str:
    written = " ".join(node.text.split())
    return f"as “{written}”" if written else f"at {'0' if not target.value else '100'} %"


bad = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: 100 % # expect
  - id: first-response
    category: response
    sli: {kind: attainment, of: first response, limit: 4 h}
    target: {operator: eq, value: 100, unit: percent} # expect
  - id: error-rate
    target: at most 0 % # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 100 % of each month | <!-- expect -->
| P1 SLA compliance | 100 % | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.95 %
  - id: payroll
    category: timeliness
    sli: {kind: deadline, event: bank file sent, by: 06:00 on pay day}
    target: 100 %
  - id: monthly-report
    category: reporting
    target: 100 %
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | 99.95 % of each month |
| Error rate | at most 0.1 % of each month |

The staff strive for 100 % availability of the telephone in each month.
"""
    },
]
