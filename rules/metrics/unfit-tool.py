"""A metric measured by a tool that is made for something else."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric, Tool, slug
from slalint.model import Node, Observation

summary = "Every metric is measured by a tool that can see it."
severity = "warning"
applies = ["data"]
why = "The figures will look better than what people live through, and be doubted."
fix = "tracking: {tool: probe}   # one whose purpose is to measure this"


def check(agreement: Agreement) -> Iterator[Observation]:
    tools = {name: tool for tool in reversed(agreement.tools) for name in (slug(tool.name.text), slug(tool.id))}
    if not any(tool.purpose is not None for tool in agreement.tools):
        return
    for metric in agreement.metrics:
        judged = [
            (one.tool, tools.get(slug(one.tool.text)))
            for one in metric.tracking
            if one.tool is not None and (one.type is None or one.type.text != "manual")
        ]
        reasons = [tool.cannot_know(_category(metric)) if tool is not None else "" for _, tool in judged]
        if not reasons or not all(reasons):
            continue  # one of several tools that can see it is enough
        (node, tool), reason = judged[0], reasons[0]
        assert tool is not None
        yield Observation(
            node, f"“{metric.said}” is measured by {_name(tool)}. {reason}", related=_purpose(tool), key=metric.id
        )


def _category(metric: Metric) -> str:
    """The declared category, else the one that the kind stands for."""
    if metric.category:
        return metric.category
    return {"uptime": "availability", "latency": "latency", "errors": "error-rate"}.get(metric.kind, "")


def _name(tool: Tool) -> str:
    purpose = f" (for {tool.purpose.text.strip()})" if tool.purpose is not None else ""
    return f"{tool.name.text}{purpose}"


def _purpose(tool: Tool) -> tuple[tuple[Node, str], ...]:
    return ((tool.purpose, "this is what the tool is for"),) if tool.purpose is not None else ()


bad = [
    {
        "yaml": """\
tools:
  - {id: znuny, name: Znuny, purpose: ticketing}
  - {id: probe, name: Blackbox exporter, purpose: monitoring}
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: {tool: znuny} # expect
  - id: satisfaction
    category: satisfaction
    target: at least 4.2 out of 5
    tracking: {tool: probe} # expect
"""
    }
]
good = [
    {
        "yaml": """\
tools:
  - {id: znuny, name: Znuny, purpose: ticketing}
  - {id: probe, name: Blackbox exporter, purpose: monitoring}
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      - {tool: probe}
      - {tool: znuny}
  - id: first-response
    category: response
    target: 95 % within 4 h
    tracking: {tool: znuny}
"""
    },
    {
        "yaml": """\
tools:
  - Znuny
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: Znuny
"""
    },
]
