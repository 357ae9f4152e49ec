"""A meeting about the service to which the customer does not come."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, below, is_placeholder, mentioned, says_something, slug
from slalint.model import Node, Observation
from slalint.text import listed

summary = "The customer's representative attends the meetings; where both sides provide, each side's."
severity = "warning"
profile = "basic"
applies = ["data"]
why = "Those who use the service never hear how it went, and the provider judges itself."
fix = "participants: [serviceLevelManager, customer]"

# Words that stand for people of every side: "both parties", "all heads of department".
EVERYBODY = ("all", "both", "everybody", "everyone")


def check(agreement: Agreement) -> Iterator[Observation]:
    present = below(agreement.root.data, "meetings", "participants")
    if isinstance(present, list) and "customer" in present and not agreement.reciprocal:
        return  # as in most agreements; no place needs to be known
    meetings = agreement.root.get("meetings")
    if meetings is None or not says_something(meetings):
        return
    sides = _sides(agreement)
    for meeting in meetings if isinstance(meetings.data, list) else [meetings]:
        if not isinstance(meeting.data, dict):
            continue
        block = meeting.get("participants")
        if block is None or not says_something(block):
            missing = [name for name, _ in sides]
            message = f"The meetings take place without {listed(missing)}: no participants are named."
            yield Observation(block or meeting, message, hint=_hint(agreement), key="participants")
            continue
        present = [tokens for node in ([block] if block.text else block) for tokens in _tokens(agreement, node)]
        if any(token.split("-")[0] in EVERYBODY or token == "representatives" for token in present):
            continue
        named = {name for token in present for name in mentioned(token)}
        missing = [name for name, known in sides if known.isdisjoint(named)]
        if missing and not any(is_placeholder(node) for node in block.strings()):
            message = f"Nobody from {listed(missing)} attends the meetings."
            yield Observation(block, message, hint=_hint(agreement), key=" ".join(missing))


def _sides(agreement: Agreement) -> list[tuple[str, set[str]]]:
    """Each side that must come: what it is called, and the slugs that name it or somebody of it."""
    role = "provider" if agreement.reciprocal else "customer"
    sides = []
    for party in agreement.parties:
        if party.role == role:
            sides.append((party.name.text, {slug(party.id), slug(party.name.text)}))
    if not sides:
        sides = [("the customer", set())]
    if not agreement.reciprocal:
        # One customer at the table is enough; which of several comes is theirs to decide.
        called = sides[0][0] if len(sides) == 1 else "the customers"
        sides = [(called, {"customer", "customers", *(slug_ for _, known in sides for slug_ in known)})]
    for _, known in sides:
        for person in agreement.representatives:
            party_ = agreement.party(person.party.text) if person.party is not None else None
            if party_ is None or party_.role not in ("provider", "customer", "supporting"):
                # Whoever speaks for no known side speaks for the customer, by name or by the side's.
                theirs = not agreement.reciprocal
            else:
                theirs = bool({slug(party_.id), slug(party_.name.text), party_.role} & known)
            if theirs:
                known.add(slug(person.name.text))
                known.add(slug(person.party.text) if person.party is not None else "")
        known.discard("")
    return sides


def _tokens(agreement: Agreement, node: Node) -> Iterator[str]:
    """What a participant is called: as written, and who holds the role or the office that is written."""
    written = node.text or (inner.text if (inner := node.get("name") or node.get("party")) is not None else "")
    yield slug(written)
    party = node.get("party")
    if party is not None:
        yield slug(party.text)
    if slug(written) in ("servicelevelmanager", "service-level-manager") and agreement.manager is not None:
        yield slug(agreement.manager.name.text)
        if agreement.manager.party is not None:
            yield slug(agreement.manager.party.text)
    for role in agreement.root.get("governance", "roles") or ():
        id_ = role.get("id")
        if id_ is not None and slug(id_.text) == slug(written):
            for key in ("name", "party"):
                held = role.get(key)
                if held is not None:
                    yield slug(held.text)


def _hint(agreement: Agreement) -> str:
    if not agreement.reciprocal:
        return ""
    ids = [p.id for p in agreement.parties if p.role == "provider"]
    return f"participants: [serviceLevelManager, {', '.join(ids)}]"


bad = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  provider: IT Operations
  customer: All departments
meetings:
  frequency: monthly
  participants: [serviceLevelManager] # expect
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
meetings: # expect
  frequency: monthly
"""
    },
    {
        "yaml": """\
metadata:
  title: Lead handover
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
meetings:
  frequency: weekly
  participants: # expect
    - marketing
"""
    },
]
good = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  provider: IT Operations
  customer: All departments
meetings:
  frequency: monthly
  participants: [serviceLevelManager, customer]
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  representatives:
    - {party: customer, name: Lee Park}
meetings:
  frequency: monthly
  participants: [Dana Reyes, Lee Park]
"""
    },
    {
        "yaml": """\
metadata:
  title: Lead handover
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
governance:
  roles:
    - {id: head-of-sales, name: Kim Sato, party: sales}
meetings:
  frequency: weekly
  participants: [marketing, head-of-sales]
"""
    },
]
