"""A service about which nothing measurable is promised."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node
from slalint.rule import each

summary = "Every service has a metric."
severity = "warning"
applies = ["data"]
why = "The service may get as bad as it likes without breaking a promise."
fix = "Add a metric with service: and the service's id, or take the service out."


def check(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    ids = each(agreement.root.data, "services", "id")
    named = [metric.plain.get("service") for metric in agreement.metrics]
    if None not in ids and not [1 for one in ids if one not in named]:
        return  # as in most agreements; no place needs to be known
    if not agreement.metrics or len(agreement.services) < 2:
        return  # nothing measurable at all is missing-metrics; the metrics of the only service are its own
    if agreement.doubled("services"):
        return
    measured = set()
    for metric in agreement.metrics:
        found = agreement.service(metric.service.text) if metric.service is not None else None
        if found is None:
            return  # metric-without-service says so; it may belong to any of them
        measured.add(found.id)
    for service in agreement.services:
        if service.id not in measured:
            yield service.name, f"Nothing measurable is promised about the service “{service.name.text}”."


bad = [
    {
        "yaml": """\
services:
  - id: mail
  - id: calendar # expect
metrics:
  - id: availability
    service: mail
    target: at least 99.5 %
"""
    }
]
good = [
    {
        "yaml": """\
services:
  - id: mail
  - id: calendar
metrics:
  - id: mail-availability
    service: mail
    target: at least 99.5 %
  - id: calendar-availability
    service: calendar
    target: at least 99 %
"""
    }
]
