"""Two values for one and the same promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement, Metric, below
from slalint.model import Confidence, Node, Observation
from slalint.parts import Cell
from slalint.patterns import lazy
from slalint.rule import values
from slalint.text import Document, Passage, Section
from slalint.words.pieces import Pattern, Pieces, WordSet

summary = "Every promise has one value, wherever it is stated."
severity = "error"
why = "Each side will hold the other one to the value that suits it."
fix = "Decide which of the two values holds, and state it once."

_WORD = lazy(r"[a-z0-9]+")

# What tells one metric of a service from another of the same category.
_PARTS = ("service", "category", "sli", "window", "clock", "condition", "priority", "description")


class _Words(Pieces, file="contradictory-target"):
    plain = WordSet()
    rolling = Pattern()
    particular = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    metrics = agreement.metrics
    described = {*map(str, [metric.plain.get("description") for metric in metrics])}
    if agreement.prose is not None or len(described) < len(metrics):  # else each is of another thing, as in most data
        stated = [metric for metric in metrics if metric.plain]
        if stated:
            yield from _in_data(agreement, stated)
        else:  # the metrics are those of the prose, be there data beside it or not
            yield from _in_prose(agreement)
            yield from _windows(agreement)
    if agreement.form == "data" and agreement.prose_alone is not None:
        yield from _against_prose(agreement, agreement.prose_alone)
    if _may_have_levels(agreement) and agreement.matrices:
        yield from _levels(_cells(agreement), agreement)


# ---- one form


def _in_data(agreement: Agreement, stated: list[Metric]) -> Iterator[Observation]:
    """Metrics that count the same thing of the same service in the same way."""
    single = [metric for metric in stated if len(metric.targets) == 1]
    described = {*map(str, [metric.plain.get("description") for metric in single])}
    if len(described) == len(single) or len({_alike(metric) for metric in single}) == len(single):
        return  # as of most agreements
    seen: dict[tuple[object, ...], Metric] = {}
    for metric in single:
        if metric.levels or (not metric.category and _tokens(agreement, metric)):
            continue  # only the names could tell what is counted, and they differ
        said, target = metric.plain, metric.targets[0]
        key = (*(repr(said.get(part)) for part in _PARTS), target.base[0], target.percentile, target.within, target.of)
        first = seen.setdefault(key, metric)
        if first is not metric and _differ(first.targets[0], target):
            yield _contradiction(
                metric.values[0][0], _name(metric), first.values[0][0], _name(first), "high", metric.id
            )


def _alike(metric: Metric) -> tuple[str, str, str]:
    """What metrics of the same thing have in common, as far as it is quickly told."""
    return metric.category, str(metric.plain.get("service")), str(metric.plain.get("description"))


def _in_prose(agreement: Agreement) -> Iterator[Observation]:
    """Availability stated twice for all, in places that speak of nothing in particular."""
    stated = [
        (metric, target.value)
        for metric, _, target in agreement.promised
        if target.unit == "percent" and metric.kind == "uptime" and metric.named and not metric.duty
    ]
    if len({value for _, value in stated}) < 2:
        return
    seen: dict[frozenset[str], Metric] = {}
    titled = _words(agreement.title.text) if agreement.title is not None else set()
    for metric, _ in stated:
        if len(metric.values) != 1 or metric.levels:
            continue
        node, target = metric.values[0]
        context = (
            "" if agreement.prose is None else "\n".join(map(agreement.prose.beside, (metric.name.offset, node.offset)))
        )
        if target.operator in ("lt", "lte") or _Words.of(agreement.language).particular.search(context):
            continue
        first = seen.setdefault(_tokens(agreement, metric) - titled, metric)
        if first is not metric and _differ(first.values[0][1], target) and _same_window(first, metric):
            yield _contradiction(node, _name(metric), first.values[0][0], _name(first), "medium", metric.id)


def _windows(agreement: Agreement) -> Iterator[Observation]:
    """Availability of a calendar month that the same section measures over a window that rolls."""
    rolling = _Words.of(agreement.language).rolling
    if agreement.prose is None:
        return
    rolls = [one for one in agreement.places.passages(rolling) if rolling.search(one.text)]
    if not rolls:
        return
    for metric in agreement.metrics:
        window = q.read_window(metric.window) if metric.kind == "uptime" and metric.named else None
        if metric.window is None or window is None or window.type != "calendar" or not metric.values:
            continue
        named = agreement.prose.passage_at(metric.name.offset)
        home = named.section if named is not None else None
        for passage in rolls if home is not None else ():
            found = rolling.search(passage.text) if _inside(passage, home, agreement.prose) else None
            if found is None or passage.start <= metric.window.offset < passage.start + len(passage.text):
                continue
            other = passage.part(found.start("window"), found.end("window"))
            yield Observation(
                other,
                f"{_name(metric)} is judged over a {other.line} here, and {metric.window.line} in line "
                f"{metric.window.span.line}.",
                why="A bad week at the turn of two months breaks one of the two counts, and not the other.",
                hint="Choose one: “each calendar month”, or “any 30 days in a row”.",
                confidence="medium",
                related=((metric.window, f"{_name(metric)} is promised {metric.window.line} here"),),
                key=f"{metric.id} window",
            )
            break


def _inside(passage: Passage, home: Section | None, document: Document) -> bool:
    """Whether a passage belongs to a section or to a part of it; what the whole document holds is no part."""
    own = passage.section
    if own is home or own is None or home is None:
        return own is home
    return own.parent is home and home.heading is not None and home.heading is not document.title


def _same_window(one: Metric, other: Metric) -> bool:
    lengths = [q.read_window(metric.window) for metric in (one, other)]
    return None in lengths or lengths[0] == lengths[1]


# ---- by level


def _may_have_levels(agreement: Agreement) -> bool:
    """Whether something may be promised by level: of plain data it is quickly told."""
    data = agreement.root.data
    plain = agreement.form == "data" and agreement.prose is None
    return not plain or below(data, "priorities") is not None or bool(values(data, ("metrics", "*", "targets")))


def _cells(agreement: Agreement) -> Iterator[tuple[tuple[str, ...], Cell]]:
    """Every cell with what it is the time of. In prose two tables may speak of two things: only equal labels agree."""
    services = {slug for matrix in agreement.matrices if matrix.service is not None for slug in (matrix.service.text,)}
    for matrix in agreement.matrices:
        service = matrix.service.text if matrix.service is not None and len(services) > 1 else ""
        if agreement.form == "prose" and _Words.of(agreement.language).particular.search(matrix.name):
            service = matrix.name
        for cell in matrix.cells:
            if cell.priority is None or cell.measure == "":
                continue
            label = cell.label.line.lower() if agreement.form == "prose" else ""
            case = cell.case.line.lower() if cell.case is not None else ""
            yield (service, cell.measure, label, case, cell.priority.id), cell


def _levels(cells: Iterable[tuple[tuple[str, ...], Cell]], agreement: Agreement) -> Iterator[Observation]:
    seen: dict[tuple[str, ...], Cell] = {}
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    for key, cell in cells:
        first = seen.setdefault(key, cell)
        if first is not cell and _other(agreement, first, cell):
            said = _cell(cell)
            yield _contradiction(cell.node, said, first.node, said, sure, " ".join(key))


def _other(agreement: Agreement, one: Cell, other: Cell) -> bool:
    """Whether two cells certainly promise two times."""
    first, second = agreement.length_of(one), agreement.length_of(other)
    if len(one.targets) != 1 or len(other.targets) != 1 or first is None or second is None:
        return False
    return q.compare(first, second, agreement.business_day) in (-1, 1)


# ---- data and the prose around it


def _against_prose(agreement: Agreement, prose: Agreement) -> Iterator[Observation]:
    """What a table or a sentence says otherwise than the data."""
    for told in prose.metrics:
        if told.duty or told.levels or len(told.values) != 1 or not told.kind:
            continue
        node, target = told.values[0]
        meant = [metric for metric in agreement.metrics if _same(agreement, metric, told)]
        stated = meant[0].values[0] if len(meant) == 1 else None
        if stated is not None and stated[1].base[0] == target.base[0] and _differ(stated[1], target):
            yield _contradiction(node, _name(told), stated[0], _name(meant[0]), "high", told.id)
    by_level = {key[1::3]: cell for key, cell in _cells(agreement)}
    for key, cell in _cells(prose):
        known = by_level.get(key[1::3])
        if known is not None and cell.case is None and _other(agreement, known, cell):
            yield _contradiction(cell.node, _cell(cell), known.node, _cell(known), "high", " ".join(key))


def _same(agreement: Agreement, metric: Metric, told: Metric) -> bool:
    """Whether the prose speaks of a metric of the data: the same kind, and no word that the metric does not know."""
    if metric.kind != told.kind or len(metric.values) != 1 or metric.levels:
        return False
    if metric.category and told.category not in (metric.category, "other"):
        return False
    owner = agreement.service(metric.service.text) if metric.service is not None else None
    known = _words(metric.id.replace("-", " ")) | _words(metric.said.replace("-", " "))
    description = metric.node.get("description")
    known |= _words(description.text if description is not None else "")
    known |= _words(agreement.title.text) if agreement.title is not None else set()
    known |= _words(f"{owner.id.replace('-', ' ')} {owner.name.text}" if owner is not None else "")
    others = [one for one in agreement.metrics if one is not metric and one.kind == metric.kind]
    tokens = _tokens(agreement, told)
    return tokens <= known and (bool(tokens) or not others)


# ---- both


def _differ(one: q.Target, other: q.Target) -> bool:
    (kind, value), (unit, second) = one.base, other.base
    return kind == unit and value != second and Decimal(0) not in (value, second)


def _contradiction(
    node: Node, said: str, other: Node, other_said: str, confidence: Confidence, key: str
) -> Observation:
    value, known = _value(node), _value(other)
    return Observation(
        node,
        f"{said} is {value} here, and {known} in line {other.span.line}.",
        confidence=confidence,
        related=((other, f"{other_said} is {known} here"),),
        key=key,
    )


def _value(node: Node) -> str:
    if node.text:
        return node.line
    target = q.read_target(node)
    unit = {"percent": "%", "count": ""}.get(target.unit, target.unit) if target is not None else ""
    return f"{q.number(target.value)} {unit}".strip() if target is not None else "another value"


def _tokens(agreement: Agreement, metric: Metric) -> frozenset[str]:
    """The words of a name that tell it from other promises of its kind."""
    return frozenset(_words(metric.said.replace("-", " ")) - _Words.of(agreement.language).plain)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _name(metric: Metric) -> str:
    return f"“{metric.said}”"


def _cell(cell: Cell) -> str:
    level = f" of “{cell.priority.name.line}”" if cell.priority is not None else ""
    return f"“{cell.label.line}”{level}"


bad = [
    {
        "markdown": """\
# Service level agreement: mail

## Availability

- **Target**: 99.5 % uptime, monthly
- **Measurement**: measured over a rolling 30-day period <!-- expect -->
"""
    },
    {
        "yaml": """\
priorities:
  - {id: P1, response: 15 min, restore: 4 h}
metrics:
  - id: availability
    service: mail
    category: availability
    window: calendar month
    target: at least 99.5 %
  - id: uptime
    service: mail
    category: availability
    window: calendar month
    target: at least 99.9 % # expect
  - id: first-response
    category: response
    targets:
      P1: at most 30 min # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Promise

Mail will be available at least 99.5 % of each calendar month.

## Service levels

| Metric | Target | Window |
|---|---|---|
| Mail availability | at least 99.9 % | calendar month | <!-- expect -->
"""
    },
    {
        "markdown": """---
agreement:
  metadata: {title: Mail}
---

# Service level agreement: mail

Mail will be available at least 99.5 % of each calendar month.

## Service levels

| Metric | Target | Window |
|---|---|---|
| Mail availability | at least 99.9 % | calendar month | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    service: mail
    category: availability
    target: at least 99.5 %
  - id: portal-availability
    service: portal
    category: availability
    target: at least 99.9 %
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Standard plan

Mail will be available at least 99.5 % of each calendar month.

## Enterprise plan

Mail will be available at least 99.9 % of each calendar month.
"""
    },
    {
        "markdown": """---
agreement:
  metadata: {title: Mail}
---

# Service level agreement: mail

| Metric | Target |
|---|---|
| Announcement of planned maintenance | at least 24 hours ahead |
| Recovery plan | within 14 calendar days |
| Tickets answered in time | at least 90 % |
| Leads answered in time | at least 80 % |
"""
    },
]
