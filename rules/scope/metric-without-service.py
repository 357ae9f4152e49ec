"""A metric that holds for no service of the agreement."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder
from slalint.model import Node, Observation
from slalint.rule import each
from slalint.text import nearest

summary = "Every metric names the service that it measures."
severity = "warning"
applies = ["data"]
why = "Each side can read the target as meant for another service."
fix = "service: mail"


def check(agreement: Agreement) -> Iterator[Observation]:
    ids = set(each(agreement.root.data, "services", "id"))
    if agreement.prose is None and None not in ids and ids.issuperset(each(agreement.root.data, "metrics", "service")):
        return  # as in most agreements; no place needs to be known
    metrics, services = agreement.metrics, agreement.services
    if not metrics:
        return
    if not services:
        # One defect, not one a metric.
        count = "the metric measures" if len(metrics) == 1 else f"the {len(metrics)} metrics measure"
        listed = agreement.root.get("services")
        place = listed or agreement.root.get("metrics") or agreement.head
        what = "The services have no id and no name" if listed is not None and list(listed) else "No service is listed"
        message = f"{what}, so nobody can tell what {count}."
        hint = "services:\n  - id: mail\n    description: Mailboxes and sending for all staff."
        yield Observation(place, message, hint=hint, key="services")
        return
    if agreement.doubled("services"):
        return  # which of the two is meant, nobody can tell
    known = [service.id for service in services]
    unlisted: dict[str, list[tuple[Node, str]]] = {}
    for metric in metrics:
        if metric.service is None:
            if len(services) > 1:  # the only service needs no name
                message = f"“{metric.said}” does not say which service it measures: {' or '.join(known)}."
                yield Observation(metric.name, message, hint=f"service: {known[0]}", key=metric.id)
        elif agreement.service(metric.service.text) is None and not is_placeholder(metric.service):
            unlisted.setdefault(metric.service.text, []).append((metric.service, metric.name.text))
    if unlisted and any(
        is_placeholder(node) for service in services for node in (service.node, service.node.get("id")) if node
    ):
        return  # the blank may be the one that is meant
    for ref, uses in unlisted.items():
        meant = nearest(ref, known)
        message = f"“{uses[0][1]}” measures the service “{ref}”, which is not listed"
        message += f"; did you mean “{meant}”?" if meant else "."
        others = tuple((node, f"“{name}” measures it too") for node, name in uses[1:])
        yield Observation(uses[0][0], message, hint=f"service: {meant or known[0]}", related=others)


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
