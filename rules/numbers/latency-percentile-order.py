"""A higher percentile that is promised faster than a lower one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from slalint.agreement import Agreement, Metric
from slalint.model import Confidence, Node, Observation
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces, WordSet

summary = "The higher the percentile, the longer the time."
severity = "error"
why = "If 99 of 100 requests are that fast, 95 of them are as well: one of the two figures is a slip."
fix = {
    "data": "target: p95 at most 300 ms   # and p99 above it",
    "prose": "Exchange the two figures, or correct the one that slipped: “p95 < 300 ms, p99 < 900 ms”.",
}

_RANK = lazy(r"^[pP]\d+(?:\.\d+)?\s+")  # the message says it already
_NOT_WORDS = lazy(r"[^a-z]+")
_THOUSANDS = lazy(r"\d[\s\u00a0\u2009\u202f]$")


class _Words(Pieces, file="latency-percentile-order"):
    percentile = Pattern()
    filler = WordSet()


class _Figure(NamedTuple):
    percentile: Decimal
    seconds: Decimal
    node: Node
    label: str


def check(agreement: Agreement) -> Iterator[Observation]:
    timed = [
        metric
        for metric in agreement.metrics
        if metric.kind == "latency" or (metric.kind == "time" and metric.counted == "percentile")
    ]
    ranks = [target.percentile for metric in timed for target in metric.targets]
    if len(ranks) < 2 or (ranks[0] is not None and ranks.count(ranks[0]) == len(ranks)):
        return  # none is higher than another
    groups: dict[str, list[_Figure]] = {}
    for metric in timed:
        for subject, figure in _figures(agreement, metric):
            groups.setdefault(subject, []).append(figure)
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    for figures in groups.values():
        figures.sort(key=lambda one: one.percentile)
        for higher, lower in _inverted(figures):
            yield Observation(
                higher.node,
                f"p{_plain(higher.percentile)} is {higher.label}, but p{_plain(lower.percentile)} {lower.label}.",
                confidence=sure,
                related=((lower.node, f"p{_plain(lower.percentile)} is {lower.label} here"),),
            )


def _inverted(figures: list[_Figure]) -> Iterator[tuple[_Figure, _Figure]]:
    """Each figure with the nearest one of a lower percentile that is slower all the same."""
    slower: list[_Figure] = []  # of lower percentiles, those behind which none is as slow: ever faster
    for _, alike in groupby(figures, key=lambda one: one.percentile):
        of_one = list(alike)
        for figure in of_one:
            at = bisect_left(slower, -figure.seconds, key=lambda one: -one.seconds)
            if at:
                yield figure, slower[at - 1]
        for figure in of_one:
            while slower and slower[-1].seconds <= figure.seconds:
                slower.pop()
            slower.append(figure)


def _figures(agreement: Agreement, metric: Metric) -> Iterator[tuple[str, _Figure]]:
    """Each time of a metric with its percentile, and what it is the time of."""
    words = _Words.of(agreement.language)
    keys = dict(zip((id(node) for _, node in metric.levels), (key for key, _ in metric.levels), strict=True))
    for node, target in metric.values:
        key = keys.get(id(node))
        by_key = _percentile(key.text, words) if key is not None else None
        percentile = target.percentile or by_key or _stated(metric) or _percentile(metric.said, words)
        unit, seconds = target.base
        if percentile is None or unit != "second" or target.operator in ("gte", "gt") or _cut(node):
            continue
        case = key.text if key is not None and by_key is None else ""
        label = _RANK.sub("", node.line) or f"{target.value} {target.unit}"
        yield _subject(agreement, metric, node, case, words), _Figure(percentile, seconds, node, label)


def _stated(metric: Metric) -> Decimal | None:
    said = metric.node.get("sli", "percentile")
    return Decimal(said.text) if said is not None and re.fullmatch(r"\d{1,2}(?:\.\d{1,6})?", said.text) else None


def _percentile(text: str, words: _Words) -> Decimal | None:
    found = words.percentile.search(text)
    if found is None:
        return None
    if found["median"]:
        return Decimal(50)
    value = Decimal(found["p"] or found["n"])
    return value / 10 if value > 100 else value


def _subject(agreement: Agreement, metric: Metric, node: Node, case: str, words: _Words) -> str:
    """What the time is of: the service and what is counted, or the section, the name and the words beside it."""
    if agreement.form == "data":
        parts = (metric.node.get(*path) for path in (("service",), ("sli", "of"), ("condition",), ("clock",)))
        return "|".join([*(part.text if part is not None else "" for part in parts), _told(metric.said, words), case])
    where, _, sentence = (agreement.prose.context(node.offset) if agreement.prose is not None else "").partition("\n")
    if metric.levels:
        return f"{where}|{case}|{_told(metric.said, words)}"
    return f"{where}|{_told(sentence, words)}" if metric.said in sentence else f"{where}|{_told(metric.said, words)}"


@lru_cache(maxsize=1024)  # a house gives its metrics the same names
def _told(text: str, words: _Words) -> str:
    """The words that tell one subject from another."""
    without = words.percentile.sub(" ", text.lower())
    return " ".join(word for word in _NOT_WORDS.sub(" ", without).split() if len(word) > 2 and word not in words.filler)


def _cut(node: Node) -> bool:
    """Whether digits stand before the figure: `1 200 ms`, of which only a part was read."""
    start = node.offset
    return _THOUSANDS.search(node.file.text[max(start - 3, 0) : start]) is not None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


bad = [
    {
        "yaml": """\
metrics:
  - id: search-p95
    category: latency
    target: p95 at most 900 ms
  - id: search-p99
    category: latency
    target: p99 at most 0.3 s # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Endpoint | p50 | p95 | p99 |
|---|---|---|---|
| Read | 50 ms | 200 ms | 150 ms | <!-- expect -->
| Write | 90 ms | 400 ms | 800 ms |
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: search-p95
    category: latency
    target: p95 at most 300 ms
  - id: search-p99
    category: latency
    target: p99 at most 900 ms
  - id: sign-in-p99
    category: latency
    target: p99 at most 200 ms
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Latency

- **P50**: < 200 ms for the list of mails
- **P95**: < 900 ms for the list of mails
- **P99**: < 600 ms for signing in
"""
    },
]
