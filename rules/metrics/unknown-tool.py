"""A metric measured by a tool that the inventory does not list."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder, mentioned, slug
from slalint.model import Node, Observation
from slalint.rule import each
from slalint.text import listed, nearest

summary = "Every tool that measures a metric is in the tool inventory."
severity = "error"
profile = "basic"
applies = ["data"]
why = "Nobody knows who runs it, what it is for and how long it keeps the evidence."
fix = "tools:\n  - id: probe\n    name: Blackbox exporter\n    purpose: monitoring"


def check(agreement: Agreement) -> Iterator[Observation]:
    named = {plain["tool"] if plain.get("tool").__class__ is str else None for plain in agreement.tracked}
    if None not in named and {*each(agreement.root.data, "tools", "id")}.issuperset(named) and all(map(slug, named)):
        return  # as in most agreements; no place needs to be known
    known = agreement.tools_by_slug.keys() - {""}
    unknown: dict[str, list[tuple[Node, str]]] = {}
    for metric in agreement.metrics:
        for at, plain in enumerate(metric.tracked):
            said = plain.get("tool")
            if said is None or (said.__class__ is str and slug(said) in known):
                continue
            tool = metric.tracking[at].tool  # it may name a listed one within more words: "Znuny reports"
            name = slug(tool.text) if tool is not None else ""
            if tool is None or not tool.text.strip() or mentioned(name) & known or is_placeholder(tool):
                continue
            unknown.setdefault(name, []).append((tool, metric.name.text))
    if not unknown:
        return
    if not agreement.tools:
        # The whole inventory is missing: one defect, however many metrics.
        uses = [use for found in unknown.values() for use in found]
        names = list(dict.fromkeys(tool.text.strip() for tool, _ in uses))
        message = f"The agreement lists no tools, but is measured by {listed(names)}."
        place = agreement.root.get("tools") or uses[0][0]
        hint = "tools:" + "".join(f"\n  - id: {slug(name)}\n    name: …\n    purpose: …" for name in names)
        yield Observation(place, message, hint=hint, related=_others(uses), key="tools")
        return
    blanks = (node for tool in agreement.tools for node in (tool.node, tool.node.get("id"), tool.name) if node)
    if any(is_placeholder(node) for node in blanks) or agreement.doubled("tools"):
        return  # the blank, or the second of that id, may be the one that is meant
    ids = [tool.id for tool in agreement.tools]
    for uses in unknown.values():
        tool, metric_name = uses[0]
        meant = nearest(tool.text, ids)
        message = f"“{metric_name}” is measured by “{tool.text.strip()}”, which is not in the list of tools"
        message += f"; did you mean “{meant}”?" if meant else "."
        hint = f"tool: {meant}" if meant else f"tools:\n  - id: {slug(tool.text)}\n    name: …\n    purpose: …"
        yield Observation(tool, message, hint=hint, related=_others(uses))


def _others(uses: list[tuple[Node, str]]) -> tuple[tuple[Node, str], ...]:
    return tuple((node, f"“{metric}” is measured by it too") for node, metric in uses[1:])


bad = [
    {
        "yaml": """\
tools:
  - {id: probe, name: Blackbox exporter, purpose: monitoring}
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      tool: prob # expect
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: probe # expect
"""
    },
]
good = [
    {
        "yaml": """\
tools:
  - {id: probe, name: Blackbox exporter, purpose: monitoring}
  - Znuny
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      tool: probe
  - id: first-response
    target: at most 4 h
    tracking: Znuny
"""
    }
]
