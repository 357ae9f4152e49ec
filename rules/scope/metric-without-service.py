"""A metric that holds for no service of the agreement."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder
from slalint.model import Observation
from slalint.text import nearest

summary = "Every metric names the service that it measures."
severity = "warning"
applies = ["data"]
why = "Each side can read the target as meant for another service."
fix = "service: mail"


def check(agreement: Agreement) -> Iterator[Observation]:
    metrics, services = agreement.metrics, agreement.services
    if not metrics:
        return
    if not services:
        # One defect, not one a metric.
        count = "the metric measures" if len(metrics) == 1 else f"the {len(metrics)} metrics measure"
        place = agreement.root.get("services") or agreement.root.get("metrics") or agreement.head
        message = f"No service is listed, so nobody can tell what {count}."
        hint = "services:\n  - id: mail\n    description: Mailboxes and sending for all staff."
        yield Observation(place, message, hint=hint, key="services")
        return
    ids = [service.id for service in services]
    for metric in metrics:
        if metric.service is None:
            if len(services) > 1:  # the only service needs no name
                message = f"“{metric.name.text}” does not say which service it measures: {' or '.join(ids)}."
                yield Observation(metric.name, message, hint=f"service: {ids[0]}", key=metric.id)
        elif agreement.service(metric.service.text) is None and not is_placeholder(metric.service):
            ref = metric.service.text
            meant = nearest(ref, ids)
            message = f"“{metric.name.text}” measures the service “{ref}”, which is not listed"
            message += f"; did you mean “{meant}”?" if meant else "."
            yield Observation(metric.service, message, hint=f"service: {meant or ids[0]}")


bad = [
    {
        "yaml": """\
services:
  - id: mail
metrics:
  - id: availability
    service: mial # expect
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
services:
  - id: mail
  - id: calendar
metrics:
  - id: availability # expect
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
metrics: # expect
  - id: availability
    target: at least 99.5 %
"""
    },
]
good = [
    {
        "yaml": """\
services:
  - id: mail
metrics:
  - id: availability
    service: mail
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
services:
  - id: mail
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
]
