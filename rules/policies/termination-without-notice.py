"""A way to end the agreement without a word on how long before it must be said."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, is_placeholder
from slalint.model import Node, Observation
from slalint.rule import policy
from slalint.terms import clauses
from slalint.text import excerpt

summary = "Whoever ends the agreement gives a stated notice."
severity = "warning"
why = "One side may end it overnight while the other still depends on the service."
fix = {
    "data": """\
policies:
  termination:
    summary: Either side ends the agreement in writing to the end of a calendar month.
    notice: 90 days
""",
    "prose": "“Either side may end this agreement in writing with 90 days' notice.”",
}

# What settles when it ends, beside a period: at once, only when both sides want it, never before its last day. For the
# right to leave after a breach, few agree a notice.
_SETTLED = ("cause", "blank", "period", "day", "at-once", "mutual", "fixed", "elsewhere")


def check(agreement: Agreement) -> Iterator[Observation]:
    if clauses.gives_ahead(policy(agreement, "termination"), agreement.language):
        return
    stated = agreement.policies.get("termination")
    if stated is None or stated.summary is None:
        return
    said = stated.summary
    if is_placeholder(said, none=True) or stated.node.get("document") is not None or _is_settled(said, agreement):
        return
    if agreement.form == "data":
        if q.read_duration(said) is not None:
            return  # `termination: 30 days` is nothing but the notice
        inside = "policies:\n  termination:\n    notice: 90 days" if isinstance(stated.node.data, dict) else ""
        yield Observation(said, _message(said), hint=inside, key="notice")
        return
    # A document may give the notice in another sentence than the one that gives the right.
    spoken = agreement.spoken.about("termination")
    first = next((clause.node for clause in spoken if "ends" in clause.says), None)
    if first is not None and not any(tag in clause.says for clause in spoken for tag in _SETTLED):
        yield Observation(first, _message(first), confidence="medium", key="notice")


def _is_settled(said: Node, agreement: Agreement) -> bool:
    found = clauses.says(said.text, agreement.language)
    return any(tag in found for tag in _SETTLED)


def _message(node: Node) -> str:
    return f"No notice is stated for ending the agreement: “{excerpt(node.text)}”."


bad = [
    {
        "yaml": """\
policies:
  termination: Either side may end the agreement in writing. # expect
"""
    },
    {
        "yaml": """\
policies:
  termination:
    summary: Either side ends the agreement in writing to the end of a calendar month. # expect
    notice:
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Termination

Either side may terminate this agreement by letter to the other. <!-- expect -->
"""
    },
]
good = [
    {"yaml": "policies:\n  termination: 90 days\n"},
    {
        "yaml": """\
policies:
  termination: Either side may end it with 90 days' notice to a month end.
"""
    },
    {
        "yaml": """\
policies:
  termination:
    summary: Either side ends the agreement in writing to the end of a calendar month.
    notice: P90D
"""
    },
    {
        "yaml": """\
policies:
  termination: Ends only when both sides agree in writing.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Termination

Either side may terminate this agreement by letter to the other.

- Notice period: three months
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The customer may terminate the service immediately if the target is missed in three months of a year.
"""
    },
]
