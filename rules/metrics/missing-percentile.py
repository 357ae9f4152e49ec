"""A machine's time without the share of the cases in which it must be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.patterns import lazy

summary = "Every time of a machine says in how many of the cases it is kept."
severity = "warning"
why = "Half of the users may wait ten times as long while the average still looks good."
fix = {"data": "target: p95 at most 300 ms", "prose": "“95 % of requests in under 300 ms”, or “p95 < 300 ms”"}

# A percentile, a share or a bound for every case, in a name, a cell beside it or the same sentence.
_STATED = lazy(
    r"\bp\s?\d{2}|\bpercentile|\bmedian\b|\d\s*%|\bper ?cent\b|\b\d{2}(?:\.\d+)?(?:st|nd|rd|th)\b"
    r"|\bmax(?:imum|\.)?\b|\bworst\b|\b(?:each|every|any|all|no|none) (?:single )?"
    r"(?:request|quer|call|page|transaction|message|quote|order|case)"
    r"|\bof (?:all )?(?:requests|queries|calls|pages|transactions|messages)\b",
    re.I,
)
_MEAN = lazy(r"\b(?:mean|average|avg)\b", re.I)
_SHARES = frozenset(("percentile", "attainment", "ratio", "threshold"))


def check(agreement: Agreement) -> Iterator[Observation]:
    for metric in agreement.metrics:
        if metric.duty or metric.kind != "latency" or not metric.targets or metric.counted in _SHARES:
            continue
        sli = metric.node.get("sli", "percentile")
        if sli is not None or any(target.percentile is not None for target in metric.targets):
            continue
        node, target = metric.values[0]
        if target.duration is None or _stated(agreement, metric, node):
            continue
        mean = target.is_mean or metric.counted == "mean" or _MEAN.search(metric.said) is not None
        yield Observation(
            node,
            f"“{metric.said}” is promised as an average only."
            if mean
            else f"{_said(node, metric)}, but in how many cases?",
            why="" if mean else "Read as an average, it is kept while many users wait; read as a limit for all, never.",
            confidence="high" if agreement.form == "data" else "medium",
            key=metric.id,
        )


def _said(node: Node, metric: Metric) -> str:
    written = " ".join(node.text.split())
    if not written:
        target = metric.values[0][1]
        written = f"{target.value} {target.unit}"
    return f"“{metric.said}” is promised as “{written}”"


def _stated(agreement: Agreement, metric: Metric, node: Node) -> bool:
    """Whether the words beside the value say it."""
    if agreement.prose is None or agreement.form == "data":
        return _STATED.search(_told(metric)) is not None
    around = (agreement.prose.beside(one.offset) for one in (node, metric.name))
    return any(_STATED.search(text) for text in (metric.said, *around))


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
