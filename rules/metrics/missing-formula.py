"""A percentage of which nobody says what is divided by what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "Every share says what is counted, and of how many."
severity = "warning"
why = "Each side divides other numbers, and both get the figure that they like."
fix = {
    "data": "sli:\n  kind: ratio\n  good: minutes in which the probe signs in\n  total: minutes of the calendar month",
    "prose": "“tickets answered within 4 hours, divided by all tickets of the month”",
}

_WORD = lazy(r"[^\W\d_]{5,}")
_SENTENCE = 30  # a cell or a description as long as this says more than a name


class _Words(Pieces, file="missing-formula"):
    hints = WordList(absent="")
    divided = Pattern()
    elsewhere = Pattern()
    in_time = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    said = _counts(metric) if "sli" in metric.plain else _needs_no_saying(metric, _Words.of(language))
    return not said and _is_share(metric)


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    # Where the data form has begun to say it, it must say all; else some names need no saying.
    unsaid = [
        metric
        for metric in agreement.metrics
        if (kind := metric.kind) in _SHARES
        and ("sli" in metric.plain or not (kind == "uptime" or _is_elsewhere(metric.said, words)))
        and _is_share(metric)
    ]
    if not unsaid or not words.entries():
        return  # in an unknown language nobody can tell what is stated
    data = agreement.form == "data"
    defined = frozenset().union(*[_stems(definition.name) for definition in agreement.definitions])
    asked = []
    for metric in unsaid:
        if "sli" not in metric.plain and not defined.isdisjoint(_stems(metric.said)):
            continue
        if data or (metric.is_bare and not words.in_time.search(metric.said)):
            asked.append(metric)
    names = {metric.said.lower() for metric in asked}
    told = {
        metric.said.lower()
        for metric in (agreement.metrics if asked else ())
        if metric.said.lower() in names and _is_share(metric) and (_told if data else _beside)(agreement, metric, words)
    }
    for metric in asked:
        if metric.said.lower() in told:
            continue
        yield Observation(
            _place(metric) if data else metric.name,
            f"“{metric.said}” is a percentage, but of what? Nothing says what is divided by what.",
            confidence="high" if data else "medium",
            key=metric.id,
        )


_SHARES = frozenset(("uptime", "share", "errors"))


@lru_cache(maxsize=1024)  # a house gives its metrics the same names
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words: a definition of "Accepted Lead" takes up "acceptance"."""
    return frozenset(word[:5].lower() for word in _WORD.findall(text))


def _place(metric: Metric) -> Node:
    return metric.node.get("sli") or metric.name


def _is_share(metric: Metric) -> bool:
    return metric.kind in _SHARES and not metric.duty and "percent" in [target.unit for target in metric.targets]


def _needs_no_saying(metric: Metric, words: _Words) -> bool:
    return metric.kind == "uptime" or _is_elsewhere(metric.said, words)


@lru_cache(maxsize=1024)
def _is_elsewhere(said: str, words: _Words) -> bool:
    return words.elsewhere.search(said.replace("-", " ")) is not None


def _counts(metric: Metric) -> bool:
    """Whether the data form says what is counted, in the keys that are there for it."""
    sli = metric.node.get("sli")
    parts = {key for key, node in sli.items() if node.text.strip()} if sli is not None else set()
    return {"good", "total"} <= parts or ("of" in parts and metric.counted != "ratio")


def _told(agreement: Agreement, metric: Metric, words: _Words) -> bool:
    """Whether the data form says it: both numbers, or one sentence on them."""
    if _counts(metric):
        return True
    sli = metric.node.get("sli")
    parts = [node.text.strip() for _, node in sli.items()] if sli is not None else []
    if any(target.within is not None for target in metric.targets):
        return True
    said = [metric.said, sli.text if sli is not None else "", *parts]
    description = metric.node.get("description")
    said.append(description.text if description is not None else "")
    return _divides("\n".join(said), words)


def _divides(text: str, words: _Words) -> bool:
    lower = text.lower()
    return any(hint in lower for hint in words.hints) and words.divided.search(text) is not None


def _beside(agreement: Agreement, metric: Metric, words: _Words) -> bool:
    """Whether prose says it beside the name or the value, or in a column of its own."""
    if agreement.prose is None or metric.target is None:
        return True
    around = [agreement.prose.beside(node.offset) for node in (metric.name, metric.target)]
    if any(_divides(text, words) for text in around):
        return True
    cells = [line.partition(": ")[2] for text in around if "\n" in text for line in text.split("\n")[1:]]
    return any(len(cell) > _SENTENCE and metric.said not in cell for cell in cells)


bad = [
    {
        "yaml": """\
metrics:
  - id: answered # expect
    target: at least 95 %
  - id: availability
    sli: {kind: ratio, good: minutes in which the probe signs in} # expect
    target: at least 99.5 %
  - id: accuracy
    category: quality
    sli: {kind: ratio, good: right entries} # expect
    target: at least 98 %
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Data accuracy | at least 98 % a month | <!-- expect -->
| Share of tickets answered within 4 hours | at least 95 % a month |
| Fields filled in | 98 % required fields |
"""
    },
]
good = [
    {
        "yaml": """\
definitions:
  Accepted Lead: A lead that a seller has set to Accepted.
metrics:
  - id: availability
    sli: {kind: ratio, good: minutes in which the probe signs in, total: minutes of the month}
    target: at least 99.5 %
  - id: first-response
    target: 95 % within 4 h
  - id: lead-acceptance
    target: at least 60 %
  - id: reminders
    description: Share of invoices that go out with a reminder.
    target: at least 90 %
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | How it is counted | Target |
|---|---|---|
| Data accuracy | entries without a correction, divided by all entries | at least 98 % a month |

Data quality is 98 % of all entries without a correction.
"""
    },
]
