"""A time that people have, without the hours that count."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

summary = "Every promise to help within hours says which hours count."
severity = "warning"
needs = ["priorities"]
why = "Four business hours from Friday afternoon end on Friday for one side and on Tuesday for the other."
fix = {
    "data": "services:\n  - id: mail\n    hours: Mon-Fri 07:00-19:00 Europe/Lisbon",
    "prose": "“Business hours are Monday to Friday, 07:00 to 19:00, Europe/Lisbon, except public holidays there.”",
}


# What people do when they are called; a machine recovers at any hour.
_HELP = frozenset(("response", "resolution"))
_DAY = 86400


class _Words(Pieces, file="missing-clock"):
    term = Pattern()
    clock = Pattern()
    rota = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return any(map(_is_business, metric.targets))


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "prose" and agreement.elements["service_hours"].state == "absent":
        yield from _any_hour(agreement)
    uses = list(_uses(agreement))
    if not uses or _stated(agreement):
        return
    (node, what), *others = uses
    written = f" (“{' '.join(node.text.split())}”)" if node.text.strip() else ""
    yield Observation(
        node,
        f"{what} counts in business time{written}, but the agreement states no business hours.",
        confidence="high" if agreement.form == "data" else "medium",
        related=tuple((other, f"{name} counts in it too") for other, name in others[:20]),
        key="clock",
    )


def _any_hour(agreement: Agreement) -> Iterator[Observation]:
    """Help that is promised within hours, where no hours are stated at all: is somebody there at night?"""
    short = [
        (node, metric)
        for metric in agreement.metrics
        if metric.category in _HELP and metric.kind == "time" and metric.named and not metric.duty
        for node, target in metric.values
        if target.base[0] == "second" and target.base[1] < _DAY and target.clock == ""
    ]
    if not short or any(target.clock == "always" for metric in agreement.metrics for target in metric.targets):
        return
    if _Words.of(agreement.language).rota.search(agreement.wording):
        return
    (node, metric), *others = short
    yield Observation(
        node,
        f"“{metric.said}” is promised as “{' '.join(node.text.split())}”, but no hours of service are stated.",
        why="One side counts nights and weekends, the other one only the hours in which somebody is there.",
        confidence="medium",
        related=tuple((other, "this time runs on the same clock") for other, _ in others[:20]),
        key="hours",
    )


def _uses(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    """Each promise in business time that names no calendar of its own."""
    last: Metric | None = None
    for metric, _, promised in agreement.promised:
        if not _is_business(promised) or metric is last:
            continue
        last = metric
        told = metric.clock is None if agreement.form == "prose" else _hours(agreement, metric)
        if not told:
            yield next((node, f"“{metric.said}”") for node, target in metric.values if _is_business(target))
    if agreement.form == "data":
        for priority in agreement.root.get("priorities") or ():
            for key in ("response", "restore"):
                place = priority.get(key)
                value = q.read_target(place) if priority.get("clock") is None else None
                if place is not None and value is not None and _is_business(value):
                    yield place, f"The {key} time of {_name(priority)}"


def _is_business(target: q.Target) -> bool:
    if target.clock == "business" or target.unit.startswith("business-"):
        return True
    return target.within is not None and target.within.is_business


def _name(priority: Node) -> str:
    id_ = priority.get("id")
    return f"“{id_.text}”" if id_ is not None and id_.text else "a priority"


def _hours(agreement: Agreement, metric: Metric) -> bool:
    """Whether the metric names its calendar, or its service has hours."""
    owner = agreement.service(metric.service.text) if metric.service is not None else None
    return metric.clock is not None or (owner is not None and owner.hours is not None)


def _stated(agreement: Agreement) -> bool:
    """Whether hours stand anywhere. In prose, words for them that nothing explains are ambiguous-term's."""
    if agreement.elements["service_hours"].state != "absent":
        return True
    words = _Words.of(agreement.language)
    named = [one for one in agreement.definitions if words.term.search(one.term.text)]
    if any(one.body is None or words.clock.search(one.body.text) for one in named):
        return True
    return not words.entries() or (agreement.form == "prose" and not named)


bad = [
    {
        "yaml": """\
metrics:
  - id: first-response
    target: at most 4 business hours # expect
  - id: restoration
    target: at most 2 business days
"""
    },
    {
        "yaml": """\
priorities:
  - {id: p1, response: 30 min, restore: 1 business day} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

“Business Hours” means the hours in which the provider's staff is usually at work.

IT Operations will answer every ticket within 4 Business Hours. <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | Response time |
|---|---|
| P1 | 15 minutes | <!-- expect -->
| P2 | 4 hours |
"""
    },
]
good = [
    {
        "yaml": """\
services:
  - id: mail
    hours: Mon-Fri 07:00-19:00 Europe/Lisbon
metrics:
  - id: first-response
    service: mail
    target: at most 4 business hours
"""
    },
    {
        "yaml": """\
metrics:
  - id: first-response
    target: at most 4 h
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

“Business Hours” means Monday to Friday from 07:00 to 19:00, Europe/Lisbon.

IT Operations will answer every ticket within 4 Business Hours.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Priority | Response time |
|---|---|
| P1 | 15 minutes (24/7) |
| P2 | 4 hours |
"""
    },
]
