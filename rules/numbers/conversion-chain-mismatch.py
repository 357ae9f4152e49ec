"""The way from the first stage to the last, promised otherwise than its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.record import NamedTuple
from slalint.rule import called
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "A rate from the first stage to the last is what the rates between them come to."
severity = "error"
why = "Every step can be kept and the whole is missed, or the other way round: each side has a figure to point at."
fix = "Set the rate of the whole to the product of its steps, or correct the step that slipped."


class _Words(Pieces, file="conversion-chain-mismatch"):
    hints = WordList(absent="")
    step = Pattern()
    idle = Pattern()
    mql = WordList()
    sal = WordList()
    sql = WordList()
    opportunity = WordList()
    won = WordList()
    lead = WordList()


_STAGES = ("mql", "sal", "sql", "opportunity", "won", "lead")
_LONGEST, _MOST = 6, 40


class _Step(NamedTuple):
    """A rate from one stage to another."""

    metric: Metric
    node: Node
    target: q.Target
    start: str
    end: str

    @property
    def share(self) -> Decimal:
        return self.target.value / 100


def doubts(metric: Metric, language: str) -> bool:
    words, said = _Words.of(language), called(metric)
    return ("sli" in metric.plain or any(map(said.__contains__, words.hints))) and _step(metric, words) is not None


def check(agreement: Agreement) -> Iterator[Observation]:
    words, names = _Words.of(agreement.language), agreement.metric_names
    if "sli" not in agreement.metric_keys and not [hint for hint in words.hints if hint in names]:
        return
    steps = [one for metric in agreement.metrics if (one := _step(metric, words)) is not None]
    if not 3 <= len(steps) <= _MOST:
        return
    told = Counter((one.start, one.end) for one in steps)  # of two figures for one step nobody knows which is meant
    steps = [one for one in steps if told[one.start, one.end] == 1]
    for whole in steps:
        ways = list(_ways(whole.start, whole.end, [one for one in steps if one is not whole], ()))
        if len(ways) == 1:
            yield from _compared(agreement, whole, ways[0])


def _step(metric: Metric, words: _Words) -> _Step | None:
    """The stages of a metric: what it counts, in the data form, else its name."""
    if len(metric.targets) != 1:
        return None
    (target,) = metric.targets
    if (
        target.unit != "percent"
        or target.low is not None
        or target.within is not None
        or target.operator in ("lt", "lte")
    ):
        return None
    counted = metric.node.get("sli") if isinstance(metric.node.data, dict) else None
    good, total = (counted.get(key) if counted is not None else None for key in ("good", "total"))
    if good is not None and total is not None and good.text and total.text:
        return _Step(metric, metric.values[0][0], target, _stage(total.text, words), _stage(good.text, words))
    found = words.step.match(" ".join(metric.name.text.replace("_", " ").split()))
    if found is None:
        return None
    return _Step(metric, metric.values[0][0], target, _stage(found["from"], words), _stage(found["to"], words))


def _stage(name: str, words: _Words) -> str:
    """One name for a stage, however it is written."""
    plain = " ".join(name.lower().replace("-", " ").split())
    for stage in _STAGES:
        if plain == stage or plain in (word.replace("-", " ") for word in getattr(words, stage)):
            return stage
    return plain


def _ways(start: str, end: str, steps: list[_Step], taken: tuple[_Step, ...]) -> Iterator[tuple[_Step, ...]]:
    """Every way of at least two steps from one stage to another."""
    if len(taken) >= _LONGEST:
        return
    for one in steps:
        if one.start != start or any(one.end in (step.start, step.end) for step in taken):
            continue
        if one.end != end:
            yield from _ways(one.end, end, steps, (*taken, one))
        elif taken:
            yield (*taken, one)


def _compared(agreement: Agreement, whole: _Step, way: tuple[_Step, ...]) -> Iterator[Observation]:
    product = q.serial(one.target.value for one in way)
    stated = whole.target.value
    place = Decimal(1).scaleb(min(int(stated.as_tuple().exponent), 0))
    least = all(one.target.operator in ("gte", "gt") for one in (whole, *way))
    if abs(product - stated) < place or (least and product > stated):
        return  # a floor below what the steps promise anyhow contradicts nothing
    shown = " × ".join(q.percent(one.target.value) for one in way)
    yield Observation(
        whole.node,
        f"“{whole.metric.said}” is {q.percent(stated)}; its steps come to {shown} = "
        f"{q.percent(q.rounded(product, 4))}.",
        confidence="high" if agreement.form == "data" else "medium",
        related=tuple((one.node, f"“{one.metric.said}” is {q.percent(one.target.value)} here") for one in way),
        data={"stated": f"{stated:f}", "product": f"{product:f}", "steps": [f"{one.target.value:f}" for one in way]},
        key=f"{whole.start} {whole.end}",
    )


bad = [
    {
        "yaml": """\
metrics:
  - id: acceptance
    sli: {kind: ratio, good: Accepted Leads, total: Qualified Leads}
    target: at least 60 %
  - id: opportunities
    sli: {kind: ratio, good: Sales Opportunities, total: Accepted Leads}
    target: at least 20 %
  - id: overall
    sli: {kind: ratio, good: Sales Opportunities, total: Qualified Leads}
    target: at least 15 % # expect
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

| Metric | Target | Window |
|---|---|---|
| MQL to SQL conversion | 30 % | quarter |
| SQL to customer conversion | 20 % | quarter |
| MQL to customer conversion | 10 % | quarter | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: acceptance
    sli: {kind: ratio, good: Accepted Leads, total: Qualified Leads}
    target: at least 60 %
  - id: opportunities
    sli: {kind: ratio, good: Sales Opportunities, total: Accepted Leads}
    target: at least 20 %
  - id: overall
    sli: {kind: ratio, good: Sales Opportunities, total: Qualified Leads}
    target: at least 12 %
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

| Metric | Target | Window |
|---|---|---|
| MQL to SQL conversion | 30 % | quarter |
| SQL to customer conversion | 20 % | quarter |
| MQL to customer conversion | 6 % | quarter |
| Lead to MQL conversion | 40 % | quarter |
"""
    },
]
