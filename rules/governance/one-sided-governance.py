"""Changes are approved, or the agreement is reviewed, by one side alone."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Party, below, is_placeholder, says_something, slug
from slalint.model import Node, Observation
from slalint.text import listed

summary = "Those who approve changes and review the agreement are of both sides."
severity = "warning"
applies = ["data"]
needs = ["policies/approvers", "review"]
why = "The other side learns what was decided about its own agreement."
fix = "approvers: [provider, customer]"

# Who speaks for the customer, and who comes to the meetings, are rules of their own.
_PLACES = (
    (("policies", "modification", "approvers"), "Only {side} approves changes"),
    (("policies", "renewal", "approvers"), "Only {side} decides on the renewal"),
    (("review", "participants"), "Only {side} takes part in the review"),
)


def check(agreement: Agreement) -> Iterator[Observation]:
    for path, message in _PLACES:
        block = agreement.root.get(*path) if below(agreement.root.data, *path) is not None else None
        if block is None or not says_something(block):
            continue
        named = [block] if block.text else list(block)
        sides = [_side(agreement, one) for one in named]
        found = {side.id: side for side in sides if side is not None}
        if len(found) != 1 or None in sides:
            continue  # more than one side, or nobody can tell whose somebody is
        (side,) = found.values()
        other = _other(agreement, side)
        if other:
            told = message.format(side=side.name.text.strip())
            yield Observation(block, f"{told}, nobody from {listed(other)}.", hint=_hint(agreement, path[-1]))


def _side(agreement: Agreement, node: Node) -> Party | None:
    return agreement.people.get(slug(node.text)) if not is_placeholder(node) else None


def _other(agreement: Agreement, side: Party) -> list[str]:
    """Who is left out: the customer where only the provider has a say, in a reciprocal agreement the other provider."""
    if side.role != "provider":
        return []
    role = "provider" if agreement.reciprocal else "customer"
    return [party.name.text.strip() for party in agreement.parties if party.role == role and party.id != side.id]


def _hint(agreement: Agreement, key: str) -> str:
    wanted = ("provider",) if agreement.reciprocal else ("provider", "customer")
    return f"{key}: [{', '.join(party.id for party in agreement.parties if party.role in wanted)}]"


_HEAD = """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: {name: Dana Reyes, party: provider, deputy: Kim Sato}
  representatives:
    - {party: customer, name: Lee Park}
"""
bad = [
    {
        "yaml": _HEAD
        + """\
policies:
  modification:
    summary: Changes are approved before they take effect.
    approvers: [serviceLevelManager, provider] # expect
"""
    },
    {"yaml": _HEAD + "review:\n  participants: [Dana Reyes, Kim Sato] # expect\n"},
    {
        "yaml": """\
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
policies:
  modification:
    summary: Changes are approved before they take effect.
    approvers: # expect
      - marketing
"""
    },
]
good = [
    {
        "yaml": _HEAD
        + """\
policies:
  modification:
    summary: Changes are approved before they take effect.
    approvers: [serviceLevelManager, Lee Park]
review:
  participants: [serviceLevelManager, heads of department]
"""
    },
]
