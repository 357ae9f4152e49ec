"""A machine's time without the share of the cases in which it must be kept."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

summary = "Every time of a machine says in how many of the cases it is kept."
severity = "warning"
why = "Half of the users may wait ten times as long while the average still looks good."
fix = {"data": "target: p95 at most 300 ms", "prose": "“95 % of requests in under 300 ms”, or “p95 < 300 ms”"}

_SHARES = frozenset(("percentile", "attainment", "ratio", "threshold"))


class _Words(Pieces, file="missing-percentile"):
    stated = Pattern()
    mean = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return _may_lack_it(metric)


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    if not words.entries():
        return  # in what language should it be stated?
    for metric in agreement.metrics:
        if metric.duty or not _may_lack_it(metric):
            continue
        node, target = metric.values[0]
        if target.duration is None or _stated(agreement, metric, node, words):
            continue
        mean = target.is_mean or metric.counted == "mean" or words.mean.search(metric.said) is not None
        yield Observation(
            node,
            f"“{metric.said}” is promised as an average only."
            if mean
            else f"{_said(node, metric)}, but in how many cases?",
            why="" if mean else "Read as an average, it is kept while many users wait; read as a limit for all, never.",
            confidence="high" if agreement.form == "data" else "medium",
            key=metric.id,
        )


def _may_lack_it(metric: Metric) -> bool:
    """Whether it is a machine's time, and nothing that counts it says how many cases."""
    if metric.kind != "latency" or not metric.targets or metric.counted in _SHARES:
        return False
    if any(target.percentile is not None for target in metric.targets):
        return False
    return metric.node.get("sli", "percentile") is None


def _said(node: Node, metric: Metric) -> str:
    written = " ".join(node.text.split())
    if not written:
        target = metric.values[0][1]
        written = f"{target.value} {target.unit}"
    return f"“{metric.said}” is promised as “{written}”"


def _stated(agreement: Agreement, metric: Metric, node: Node, words: _Words) -> bool:
    """Whether the words beside the value say it."""
    if agreement.prose is None or agreement.form == "data":
        return words.stated.search(_told(metric)) is not None
    around = (agreement.prose.beside(one.offset) for one in (node, metric.name))
    return any(words.stated.search(text) for text in (metric.said, *around))


def _told(metric: Metric) -> str:
    """The name, the description and what is counted."""
    parts = (metric.node.get(*path) for path in (("description",), ("sli",), ("sli", "of"), ("condition",)))
    return "\n".join([metric.said, *(part.text for part in parts if part is not None)])


bad = [
    {
        "yaml": """\
metrics:
  - id: portal-latency
    category: latency
    target: at most 300 ms # expect
  - id: search-latency
    category: latency
    sli: {kind: mean, of: time from request to answer}
    target: {operator: lte, value: 300, unit: ms} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | at least 99.5 % a month |
| API latency | < 200 ms | <!-- expect -->
| Average page load time | < 2 s | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: portal-latency
    category: latency
    target: p95 at most 300 ms
  - id: search-latency
    category: latency
    sli: {kind: percentile, percentile: 95, of: time from request to answer}
    target: {operator: lte, value: 300, unit: ms}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | How it is counted | Target |
|---|---|---|
| API latency | 95th percentile of a month | < 200 ms |
| p99 latency | | < 900 ms |
| First response time | | < 4 hours |

Page load time is below 2 s in 95 % of cases.
"""
    },
]
