"""Changes to the agreement without a word on how long before they hold."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, is_placeholder
from slalint.model import Node, Observation
from slalint.rule import policy
from slalint.terms import clauses
from slalint.text import excerpt

summary = "A change to the agreement is announced a stated time ahead, or takes effect once both sides agree."
severity = "warning"
why = "The promises somebody relies on today may be others tomorrow."
fix = {
    "data": """\
policies:
  modification:
    summary: Either side proposes a change, both approve it in writing.
    notice: 30 days
""",
    "prose": "“A change takes effect 30 days after both sides have been told in writing.”",
}

# What both sides must agree to surprises neither; `alone` and `at-once` together are unilateral-modification's.
_SETTLED = ("blank", "period", "day", "mutual", "elsewhere")


def check(agreement: Agreement) -> Iterator[Observation]:
    if clauses.gives_ahead(policy(agreement, "modification"), agreement.language):
        return
    stated = agreement.policies.get("modification")
    if stated is None or stated.summary is None:
        return
    said = stated.summary
    if is_placeholder(said, none=True) or stated.node.get("document") is not None or _both_approve(agreement):
        return
    found = clauses.says(said.text, agreement.language)
    if any(tag in found for tag in _SETTLED) or ("alone" in found and "at-once" in found):
        return
    if agreement.form == "data":
        if q.read_duration(said) is not None:
            return  # `modification: 30 days` is nothing but the notice
        inside = "policies:\n  modification:\n    notice: 30 days" if isinstance(stated.node.data, dict) else ""
        yield Observation(said, _message(said), hint=inside, key="notice")
        return
    spoken = agreement.spoken.about("modification")
    first = next((clause for clause in spoken if "changes" in clause.says), None)
    said_too = {tag for clause in spoken for tag in clause.says}
    if first is None or not said_too.isdisjoint(_SETTLED) or {"alone", "at-once"} <= said_too:
        return
    yield Observation(first.node, _message(first.node), confidence="medium", key="notice")


def _both_approve(agreement: Agreement) -> bool:
    """Whether those who must approve are of more than one side; no change comes as a surprise then."""
    approvers = agreement.root.get("policies", "modification", "approvers")
    return approvers is not None and isinstance(approvers.data, list) and len(approvers.data) > 1


def _message(node: Node) -> str:
    return f"No notice is stated for changing the agreement: “{excerpt(node.text)}”."


bad = [
    {
        "yaml": """\
policies:
  modification: The provider announces changes by mail. # expect
"""
    },
    {
        "yaml": """\
policies:
  modification:
    summary: Targets may be adjusted when the number of users grows. # expect
    approvers: [provider]
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Changes

This agreement may be updated from time to time. Customers are told by mail. <!-- expect -->
"""
    },
]
good = [
    {"yaml": "policies:\n  modification: 30 days\n"},
    {
        "yaml": """\
policies:
  modification: The provider announces changes by mail 30 days ahead.
"""
    },
    {
        "yaml": """\
policies:
  modification: Either side proposes a change; it takes effect when both have approved it in writing.
"""
    },
    {
        "yaml": """\
policies:
  modification:
    summary: Either side proposes a change.
    approvers: [provider, customer]
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Changes

This agreement may be amended by mutual agreement in writing.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Changes

This agreement may be updated from time to time.

Each change is announced to the customers at least four weeks before it takes effect.
"""
    },
]
