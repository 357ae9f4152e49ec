"""Targets that hold however much is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, says
from slalint.model import Observation
from slalint.terms import clauses
from slalint.text import listed

summary = "The agreement says for how much use the targets hold."
severity = "info"
why = "With ten times the users or requests, the same targets are still owed."
fix = {
    "data": "workload: at most 2,000 mailboxes",
    "prose": "“The targets hold for up to 2,000 mailboxes and 500 tickets a month.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    return _prose(agreement) if agreement.form == "prose" else _data(agreement)


def _data(agreement: Agreement) -> Iterator[Observation]:
    bare = [service for service in agreement.services if not says(service.plain.get("workload"))]
    limited, promised = set(), set()
    for metric in agreement.metrics if bare else ():
        service = agreement.service(metric.service.text) if metric.service is not None else None
        if service is not None:
            promised.add(service.id)
            if "condition" in metric.plain:
                limited.add(service.id)  # `load <= 200 rps` says it as well
    missing = [service for service in bare if service.id in promised and service.id not in limited]
    if missing:
        names = listed([f"“{service.name.text.strip()}”" for service in missing])
        message = f"The targets of {names} hold for any amount of use: no workload is stated."
        related = tuple((service.name, "none is stated here either") for service in missing[1:])
        first = missing[0]
        yield Observation(
            first.node.get("workload") or first.name,
            message,
            related=related,
            key="workload",
        )


def _prose(agreement: Agreement) -> Iterator[Observation]:
    if all(metric.duty for metric in agreement.metrics):
        return
    if any(metric.category == "volume" for metric in agreement.metrics):
        return  # what one side delivers is what the other works on
    for passage in agreement.passages:
        if clauses.tells(passage.text, "volume", language=agreement.language):
            return
    message = "The targets hold for any amount of use: nothing says for how many users, requests or tickets."
    # Hardly any text speaks of it, and few need to: for those who look for it.
    yield Observation(agreement.head, message, confidence="low", key="workload")


_METRIC = "metrics:\n  - {id: availability, service: mail, target: at least 99.5 %}\n"
bad = [
    {"yaml": "services:\n  - id: mail # expect\n    description: Mailboxes for all staff.\n" + _METRIC},
    {"yaml": "services:\n  - id: mail\n    workload: # expect\n" + _METRIC},
    {
        "markdown": """\
# Service level agreement: mail <!-- expect -->

Mail is available at least 99.5 % of each calendar month.
"""
    },
]
good = [
    {"yaml": "services:\n  - id: mail\n    workload: at most 2,000 mailboxes\n" + _METRIC},
    {"yaml": "services:\n  - id: mail\n" + _METRIC.replace("}", ", condition: at most 200 requests per second}")},
    {"yaml": "services:\n  - id: archive\n  - id: mail\n    workload: at most 2,000 mailboxes\n" + _METRIC},
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month, for up to 2,000 mailboxes.
"""
    },
]
