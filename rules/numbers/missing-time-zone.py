"""Hours that nobody can tell without knowing whose clock they are on."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, below
from slalint.model import Confidence, Node, Observation

summary = "Stated hours say on whose clock they are read."
severity = "warning"
why = "Two sites an hour apart each read the hours on their own clock, and one of them calls when nobody is there."
fix = {
    "data": "term:\n  timeZone: Europe/Lisbon",
    "prose": "“All times in this agreement are those of Europe/Lisbon.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.time_zone or (agreement.prose is None and _is_named(agreement)):
        return  # the configuration says which zone is meant where none is named
    found = [*_hours(agreement), *_deadlines(agreement)]
    if not found:
        return
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    (node, what), *others = found
    yield Observation(
        node,
        f"{what} without a time zone: {_quoted(node)}.",
        confidence=sure,
        related=tuple((other, f"no zone here either: {_quoted(other)}") for other, _ in others[:20]),
        key="zone",
    )


def _is_named(agreement: Agreement) -> bool:
    said = below(agreement.root.data, "term", "timeZone")
    return bool(said.strip()) if said.__class__ is str else agreement.scalar("term", "timeZone") is not None


def _hours(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    """The hours that begin and end, and whose zone is nowhere named."""
    for one in agreement.hours:
        if one.hours is not None and not one.hours.always and one.zone is None:
            yield one.node, "Hours are stated"


def _deadlines(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    """Times of the day by which something is done, in an agreement that names no zone at all."""
    if any(one.zone is not None for one in agreement.hours):
        return
    due = [
        (metric.values[at][0], f"“{metric.said}” is due at a time of the day")
        for metric, at, target in agreement.promised
        if target.unit == "time-of-day"
    ]
    if due and agreement.elements["time_zone"].state == "absent":
        yield from due


def _quoted(node: Node) -> str:
    """What is written there; of a list of stretches its place only."""
    said = " ".join(node.text.split())
    return f"“{said}”" if said else "these stretches of the week"


bad = [
    {
        "yaml": """\
services:
  - id: mail
    hours: Mon-Fri 07:00-19:00 # expect
calendars:
  - id: office-hours
    hours: Mon-Fri 08:00-18:00 Europe/Lisbon
"""
    },
    {
        "yaml": """\
calendars:
  - id: office-hours
    weekly: # expect
      - {days: [mon, tue, wed], from: "08:00", to: "18:00"}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 09:00 to 17:00 <!-- expect -->
- **Status calls:** Wednesday, 09:00 to 09:30
"""
    },
]
good = [
    {
        "yaml": """\
term: {timeZone: Europe/Lisbon}
services:
  - {id: mail, hours: Mon-Fri 07:00-19:00}
  - {id: chat, hours: 24/7}
"""
    },
    {"yaml": "services:\n  - {id: mail, hours: 24/7}\n"},
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 09:00 to 17:00, Europe/Lisbon
- **Phone hours:** Monday to Friday, 09:00 to 12:00
- **Service hours:** 24/7
"""
    },
]
