"""How a document was read, as plain data: what `schemas/reading.schema.json` describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slalint.agreement import Agreement, Metric, Person
from slalint.model import Node

SCHEMA = "https://slalint.dev/schemas/v1/reading.schema.json"


def reading(path: str, agreements: Sequence[Agreement]) -> dict[str, Any]:
    """The reading of a file: that of its first agreement, those of others under ``further``."""
    first, *further = [_agreement(one) for one in agreements]
    return {"schema": SCHEMA, "version": 1, "path": path, **first, "further": further}


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "form": agreement.form,
        "language": agreement.language,
        "title": _placed(agreement.title),
        "kind": _placed(agreement.kind),
        "type": _placed(agreement.type),
        "status": _placed(agreement.status),
        "id": agreement.id or None,
        "elements": {
            name: {
                "state": element.state,
                "line": _line(element.node),
                "quote": said(element.node),
                "reason": element.reason,
                "confidence": element.confidence,
            }
            for name, element in agreement.elements.items()
        },
        "parties": [
            {"id": party.id, "role": party.role or None, "name": party.name.text, "line": _line(party.node)}
            for party in agreement.parties
        ],
        "manager": _person(agreement.manager) if agreement.manager is not None else None,
        "representatives": [_person(person) for person in agreement.representatives],
        "services": [
            {
                "id": service.id,
                "name": service.name.text,
                "line": _line(service.node),
                "description": said(service.description),
                "owner": said(service.owner),
                "hours": said(service.hours),
            }
            for service in agreement.services
        ],
        "tools": [
            {"id": tool.id, "name": tool.name.text, "line": _line(tool.node), "purpose": said(tool.purpose)}
            for tool in agreement.tools
        ],
        "goals": [
            {
                "id": goal.id,
                "statement": said(goal.statement),
                "line": _line(goal.statement),
                "measuredBy": [ref.text for ref in goal.measured_by],
            }
            for goal in agreement.goals
        ],
        "definitions": [
            {
                "term": definition.term.text,
                "line": _line(definition.term),
                "form": definition.form,
                "means": said(definition.body),
                "aliases": list(definition.aliases),
            }
            for definition in agreement.definitions
        ],
        "policies": {
            name: {"line": _line(policy.node), "summary": said(policy.summary), "notice": said(policy.notice)}
            for name, policy in agreement.policies.items()
        },
        "metrics": [_metric(metric) for metric in agreement.metrics],
    }


def _metric(metric: Metric) -> dict[str, Any]:
    tools = [said(one.tool) for one in metric.tracking if one.tool is not None]
    return {
        "id": metric.id,
        "name": metric.name.text,
        "line": _line(metric.node),
        "category": metric.category,
        "target": said(metric.target),
        "values": [
            {"operator": target.operator or None, "value": str(target.value), "unit": target.unit or None}
            for target in metric.targets
        ],
        "levels": [{"case": said(case), "value": said(value)} for case, value in metric.levels],
        "window": said(metric.window),
        "trackedBy": ", ".join(tool for tool in tools if tool) or None,
        "service": said(metric.service),
        "party": said(metric.party),
        "clock": said(metric.clock),
        "priority": said(metric.priority),
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name.text,
        "line": _line(person.node),
        "isPerson": person.is_person,
        "contact": said(person.contact),
        "deputy": said(person.deputy),
        "party": said(person.party),
    }


def _placed(node: Node | None) -> dict[str, Any] | None:
    return {"text": said(node), "line": _line(node)} if node is not None else None


def _line(node: Node | None) -> int | None:
    return node.place.line if node is not None else None


def said(node: Node | None) -> str | None:
    """What stands at a node, as one line of text; of a block, its values with their keys."""
    if node is None:
        return None
    return " ".join(_words(node).split()) or None


def _words(node: Node) -> str:
    if isinstance(node.data, dict):
        return ", ".join(f"{key}: {words}" for key, child in node.items() if (words := _words(child)))
    if isinstance(node.data, list):
        return ", ".join(words for child in node if (words := _words(child)))
    return node.text
