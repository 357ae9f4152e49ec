"""A metric measured by a tool that is made for something else."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric, Tool, slug
from slalint.kinds import unfit
from slalint.model import Node, Observation

summary = "Every metric is measured by a tool that can see it."
severity = "warning"
applies = ["data"]
needs = ["tools/purpose"]
why = "The figures will look better than what people live through, and be doubted."
_PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789"  # what a slug is made of
fix = "tracking: {tool: probe}   # one whose purpose is to measure this"


def check(agreement: Agreement) -> Iterator[Observation]:
    purposes: dict[str, str] = {}
    sees: dict[tuple[str, object], bool] = {}  # many metrics of one category are measured by one tool
    for metric in agreement.metrics:
        category = metric.category or _CATEGORIES.get(metric.kind, "")
        for plain in metric.tracked:
            said = plain.get("tool")
            if said.__class__ is not str or "type" in plain:
                continue
            known = sees.get((category, said))
            if known is None:
                if said not in purposes:
                    purposes[said] = _purpose_of(said, agreement)
                purpose = purposes[said]
                known = sees[category, said] = bool(said.strip()) and not (purpose and unfit(purpose, category))
            if known:
                break  # one of several is enough
        else:
            yield from _unfit(agreement, metric, category)


def _purpose_of(said: str, agreement: Agreement) -> str:
    """What the tool is for that a reference names; empty where nothing tells."""
    name = slug(said)
    try:
        for plain in agreement.root.data["tools"] if name else ():
            # A name that begins with another letter is another name: most are told so, and are met but once.
            called = plain.get("name", "")
            first = called[:1].lower()
            if slug(plain["id"]) == name or ((first == name[0] or first not in _PLAIN) and slug(called) == name):
                purpose = plain.get("purpose", "")
                if purpose.__class__ is str:
                    return str(purpose)
                break
        else:
            return ""
    except (AttributeError, KeyError, TypeError):
        pass  # not all of them are told by texts, and what else it may be, only its place tells
    tool = agreement.tools_by_slug.get(name)
    return tool.purpose.text if tool is not None and tool.purpose is not None else ""


def _unfit(agreement: Agreement, metric: Metric, category: str) -> Iterator[Observation]:
    tools = agreement.tools_by_slug
    judged = [
        (one.tool, tools.get(slug(one.tool.text)))
        for one in metric.tracking
        if one.tool is not None and (one.type is None or one.type.text != "manual")
    ]
    reasons = [tool.cannot_know(category) if tool is not None else "" for _, tool in judged]
    if reasons and all(reasons):
        (node, tool), reason = judged[0], reasons[0]
        assert tool is not None
        yield Observation(
            node, f"“{metric.said}” is measured by {_name(tool)}. {reason}", related=_purpose(tool), key=metric.id
        )


# What the kind stands for where no category is declared.
_CATEGORIES = {"uptime": "availability", "latency": "latency", "errors": "error-rate"}


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
