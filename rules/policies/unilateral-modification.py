"""One side rewrites the agreement, and the new text holds at once."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder
from slalint.model import Node, Observation
from slalint.rule import policy
from slalint.terms import clauses
from slalint.text import excerpt

summary = "Nobody changes the agreement alone and at once."
severity = "warning"
why = "What can be taken back at any moment is not promised."
fix = {
    "data": """\
policies:
  modification:
    summary: Either side proposes a change, both approve it in writing.
    notice: 30 days
""",
    "prose": "“A change takes effect 30 days after the customer has been told in writing; the customer may end the "
    "agreement until then.”",
}

_SETTLED = ("blank", "period", "day", "mutual")


def check(agreement: Agreement) -> Iterator[Observation]:
    if clauses.gives_ahead(policy(agreement, "modification"), agreement.language):
        return
    stated = agreement.policies.get("modification")
    if stated is None or stated.summary is None:
        return
    said = stated.summary
    if is_placeholder(said, none=True) or stated.node.get("document") is not None:
        return
    if agreement.form == "data":
        found = clauses.says(said.text, agreement.language)
        if "alone" in found and "at-once" in found and not any(tag in found for tag in _SETTLED):
            yield Observation(said, _message(said), key="alone")
        return
    # Who changes it, from when, and what softens that may stand in sentences of their own.
    spoken = [clauses.Clause(said, clauses.says(said.text, agreement.language))]
    spoken += agreement.spoken.about("modification")
    tags = {tag for clause in spoken for tag in clause.says}
    first = next((clause.node for clause in spoken[1:] if "alone" in clause.says), None)
    if first is not None and "at-once" in tags and tags.isdisjoint(_SETTLED):
        yield Observation(first, _message(first), confidence="medium", key="alone")


def _message(node: Node) -> str:
    return f"One side may change the agreement alone and at once: “{excerpt(node.text)}”."


bad = [
    {
        "yaml": """\
policies:
  modification: The provider may change this agreement at any time. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Changes

We may modify this agreement; new versions take effect upon publication. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
policies:
  modification: The provider may change this agreement at any time with 60 days' notice.
"""
    },
    {
        "yaml": """\
policies:
  modification: Either side may propose a change at any time; both approve it in writing.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Changes

We may modify this agreement. You are told 30 days before the new version takes effect.
"""
    },
]
