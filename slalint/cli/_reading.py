"""How a document was read, as plain data: what `schemas/reading.schema.json` describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from slalint.agreement import Agreement, Element, Metric, Person, is_placeholder
from slalint.model import Node
from slalint.parts import Matrix, Priority, Tiers
from slalint.quantities import Target

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
        "elements": {name: _element(element) for name, element in agreement.elements.items()},
        "parts": {name: _element(element) for name, element in agreement.stated.items()},
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
        "metrics": [_metric(metric, agreement.reasons(metric)) for metric in agreement.metrics],
        "priorities": [_priority(priority) for priority in agreement.priorities],
        "matrices": [_matrix(matrix) for matrix in agreement.matrices],
        "tiers": [_tiers(tiers) for tiers in agreement.tiers],
        "hours": [
            {
                "name": hours.name or None,
                "kind": hours.kind or None,
                "line": _line(hours.node),
                "said": said(hours.node),
                "understood": hours.hours is not None,
                "zone": said(hours.zone) if hours.zone is not hours.node else None,
            }
            for hours in agreement.hours
        ],
        "dates": [
            {
                "kind": date.kind,
                "name": date.name or None,
                "line": _line(date.node),
                "said": said(date.node),
                "date": date.day.isoformat() if date.day is not None else None,
            }
            for date in agreement.dates
        ],
    }


def _element(element: Element) -> dict[str, Any]:
    """A part that was looked for: its state, where it stands (null when absent), and what decided."""
    node = element.node
    span = node.place if node is not None else None
    end = node.file.position(span.end) if node is not None and span is not None else (None, None)
    return {
        "state": element.state,
        "line": span.line if span is not None else None,
        "column": span.column if span is not None else None,
        "endLine": end[0],
        "endColumn": end[1],
        "quote": said(element.node),
        "reason": element.reason,
        "confidence": element.confidence,
    }


def _part(node: Node | None, reason: str) -> dict[str, Any]:
    """One part of a metric."""
    state = "absent" if node is None else "placeholder" if is_placeholder(node) else "present"
    return {"state": state, "line": _line(node), "quote": said(node), "reason": reason}


def _number(value: Decimal | None) -> str | None:
    return str(value) if value is not None else None


def _priority(priority: Priority) -> dict[str, Any]:
    return {
        "name": priority.name.text,
        "id": priority.id,
        "rank": priority.rank,
        "line": _line(priority.node),
        "definition": said(priority.definition),
        "clock": said(priority.clock),
    }


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {
        "name": matrix.name or None,
        "line": _line(matrix.node),
        "cells": [
            {
                "priority": cell.priority.name.text if cell.priority is not None else None,
                "measure": cell.measure or None,
                "case": said(cell.case),
                "line": _line(cell.node),
                "said": cell.node.text.strip() or None,
                "values": [_value(target) for target in cell.targets],
            }
            for cell in matrix.cells
        ],
    }


def _tiers(tiers: Tiers) -> dict[str, Any]:
    return {
        "name": tiers.name or None,
        "line": _line(tiers.node),
        "category": tiers.category or None,
        "case": said(tiers.case),
        "metrics": list(tiers.metrics),
        "unit": tiers.unit or None,
        "cap": said(tiers.cap),
        "basis": said(tiers.basis),
        "rows": [
            {
                "line": _line(row.node),
                "said": said(row.band),
                "low": _number(row.low),
                "lowIncluded": row.low_in,
                "high": _number(row.high),
                "highIncluded": row.high_in,
                "credit": said(row.credit),
                "amount": _number(row.amount),
                "unit": row.unit or None,
            }
            for row in tiers.rows
        ],
    }


def _value(target: Target) -> dict[str, Any]:
    return {"operator": target.operator or None, "value": str(target.value), "unit": target.unit or None}


def _metric(metric: Metric, reasons: Mapping[str, str]) -> dict[str, Any]:
    tools = [said(one.tool) for one in metric.tracking if one.tool is not None]
    return {
        "id": metric.id,
        "name": metric.name.text,
        "line": _line(metric.node),
        "category": metric.category,
        "target": said(metric.target),
        "values": [_value(target) for target in metric.targets],
        "levels": [{"case": said(case), "value": said(value)} for case, value in metric.levels],
        "window": said(metric.window),
        "trackedBy": ", ".join(tool for tool in tools if tool) or None,
        "service": said(metric.service),
        "party": said(metric.party),
        "clock": said(metric.clock),
        "priority": said(metric.priority),
        "duty": metric.duty,
        "parts": {
            "category": {
                "state": "present" if metric.duty or metric.category not in ("", "other") else "absent",
                "line": _line(metric.name),
                "quote": metric.category or None,
                "reason": reasons["category"],
            },
            "target": _part(metric.target, reasons["target"]),
            "window": _part(metric.window, reasons["window"]),
            "tracking": _part(metric.tracking[0].node if metric.tracking else None, reasons["tracking"]),
        },
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
