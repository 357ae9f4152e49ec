"""An agreement that goes on by itself, with no day by which somebody must say no."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder
from slalint.model import Node, Observation
from slalint.rule import policy
from slalint.terms import clauses
from slalint.text import excerpt

summary = "An agreement that renews itself says by when it can be stopped."
severity = "warning"
why = "It is renewed before anybody has asked whether it should be."
fix = {
    "data": """\
policies:
  renewal:
    mode: automatic
    decideBefore: 60 days
""",
    "prose": "“It is renewed for a year unless one side objects in writing at least 60 days before its end.”",
}

_SETTLED = ("blank", "period", "day", "mutual")


def check(agreement: Agreement) -> Iterator[Observation]:
    if clauses.gives_ahead(policy(agreement, "renewal"), agreement.language):
        return
    stated = agreement.policies.get("renewal")
    if stated is None or stated.node.get("document") is not None:
        return
    mode, said = stated.node.get("mode"), stated.summary
    found = clauses.says(said.text, agreement.language) if said is not None and not is_placeholder(said) else {}
    if any(tag in found for tag in _SETTLED):
        return
    if agreement.form == "data":
        itself = "automatic" in found or (mode is not None and mode.text == "automatic")
        if itself:
            yield Observation(said or mode or stated.node, _message(said), key="renewal")
        return
    spoken = agreement.spoken.about("renewal")
    first = next((clause for clause in spoken if "automatic" in clause.says), None)
    # The notice for ending it tells by when a renewal can be stopped.
    ending = agreement.spoken.about("termination")
    if first is not None and not any(tag in one.says for one in (*spoken, *ending) for tag in (*_SETTLED, "at-once")):
        yield Observation(first.node, _message(first.node), confidence="medium", key="renewal")


def _message(node: Node | None) -> str:
    quoted = f": “{excerpt(node.text)}”" if node is not None else ""
    return f"The agreement renews itself, and no day is given by which it can be stopped{quoted}."


bad = [
    {
        "yaml": """\
policies:
  renewal: Renewed automatically for another year. # expect
"""
    },
    {
        "yaml": """\
policies:
  renewal:
    mode: automatic # expect
    period: 1 year
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Renewal

This agreement renews automatically each year unless a change is asked for. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
policies:
  renewal: Renewed automatically for another year unless one side objects 60 days before the end.
"""
    },
    {
        "yaml": """\
policies:
  renewal:
    mode: automatic
    decideBefore: P60D
"""
    },
    {
        "yaml": """\
policies:
  renewal: Renewed for a year after a joint review.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Renewal

This agreement renews automatically each year.

## Termination

Either side may terminate it with 60 days' notice before the end of a year.
"""
    },
]
