"""A goal that no metric measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slalint.agreement import Agreement, below, is_placeholder, slug
from slalint.model import Node, Observation
from slalint.rule import each, values
from slalint.text import nearest

summary = "Every goal is measured by a metric of the agreement."
severity = "warning"
profile = "basic"
applies = ["data"]
why = "Nobody can ever show that the goal was reached, or missed."
fix = "measuredBy: [availability]"


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.prose is None and _all_are_measured(agreement.root.data):
        return  # as in most agreements; no place needs to be known
    if not agreement.metrics:
        return  # missing-metrics or untracked-metric says so
    found = list(_unmeasured(agreement))
    names = (node for metric in agreement.metrics for node in (metric.node, metric.node.get("id")) if node is not None)
    # The blank, or the second of that id, may be the one that is meant.
    if found and not any(map(is_placeholder, names)) and not agreement.doubled("metrics"):
        yield from found


def _all_are_measured(plain: Any) -> bool:
    """Whether plain data alone tells that a metric measures each goal."""
    ids = set(each(plain, "metrics", "id"))
    for goal in values(plain, ("goals", "*")):
        refs = below(goal, "measuredBy")
        if refs.__class__ is not list or {ref.__class__ for ref in refs} != {str} or not ids.issuperset(refs):
            return False
    return True


def _unmeasured(agreement: Agreement) -> Iterator[Observation]:
    known = {name for metric in agreement.metrics for name in (slug(metric.id), slug(metric.name.text))}
    ids = [metric.id for metric in agreement.metrics]
    for goal in agreement.goals:
        if is_placeholder(goal.statement):
            continue
        refs = [ref for ref in goal.measured_by if ref.text.strip() and not is_placeholder(ref)]
        if goal.measured_by and not refs and any(ref.text.strip() for ref in goal.measured_by):
            continue
        if not refs:
            message = f"No metric shows whether this goal is reached: “{_short(goal.statement)}”"
            yield Observation(goal.statement, message, hint=f"measuredBy: [{', '.join(ids[:3])}]", key=goal.id)
        for ref in refs:
            if slug(ref.text) not in known:
                meant = nearest(ref.text, ids)
                message = f"The goal is measured by “{ref.text}”, which is no metric of this agreement"
                message += f"; did you mean “{meant}”?" if meant else "."
                hint = f"measuredBy: [{meant}]" if meant else f"Name one of the metrics: {', '.join(ids)}."
                yield Observation(ref, message, hint=hint)


def _short(statement: Node) -> str:
    text = " ".join(statement.text.split())
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


bad = [
    {
        "yaml": """\
goals:
  - statement: Staff can send and read mail whenever they work. # expect
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
goals:
  - statement: Staff can send and read mail whenever they work.
    measuredBy: [availabilty] # expect
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
]
good = [
    {
        "yaml": """\
goals:
  - statement: Staff can send and read mail whenever they work.
    measuredBy: [availability]
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
goals:
  - statement: Questions about mail are answered the same day.
    measuredBy: First response
metrics:
  - name: First response
    target: at most 4 h
"""
    },
]
