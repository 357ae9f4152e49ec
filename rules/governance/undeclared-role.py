"""Somebody has to act by a role that nobody is named for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slalint.agreement import Agreement, below, is_placeholder, says_something, slug
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.rule import select, values
from slalint.text import nearest

summary = "Every role that has to act is held by somebody."
severity = "warning"
applies = ["data"]
why = "When it counts, nobody knows who is meant."
fix = """\
governance:
  roles:
    - {id: head-of-platforms, name: Duncan Frayne}
"""

# Where somebody is named by an office or an id, and what is asked of him or her there.
_USES = (
    (("policies", "*", "approvers"), "has to approve"),
    (("meetings", "participants"), "takes part in the meetings"),
    (("meetings", "owner"), "invites to the meetings"),
    (("review", "participants"), "takes part in the review"),
    (("governance", "reporting", "recipients"), "receives the reports"),
    (("governance", "reporting", "owner"), "writes the reports"),
    (("remedies", "*", "owner"), "owns the remedy"),
)
_REACHED = ("name", "contact", "email", "phone")  # by which somebody who is to be turned to can be found
# A handle such as `head-of-sales` or `serviceOwner`; a name or a sentence may be anybody's.
_HANDLE = lazy(r"[a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z]+)+")


def check(agreement: Agreement) -> Iterator[Observation]:
    if not [1 for said in _said(agreement.root.data) if _may_be_nobody(agreement, said)]:
        return  # as in most agreements; no place needs to be known
    roles = [party.role for party in agreement.parties]
    sides = "provider" in roles and ("customer" in roles or agreement.reciprocal)
    if not sides or agreement.root.get("governance") is None:
        return  # the side or the block that is missing may hold whoever is meant; others say so
    told = _parties(agreement) | {"servicelevelmanager"}  # that there is no manager is said where one should be named
    for node, duty in _uses(agreement):
        name = node.text.strip()
        if not _HANDLE.fullmatch(name) or slug(name) in agreement.people or slug(name) in told:
            continue
        told.add(slug(name))
        yield _observation(agreement, node, f"“{name}” {duty}, but nobody is named for it")
    for step in agreement.root.get("governance", "escalation") or ():
        role = step.get("role")
        if role is None or not role.text.strip() or slug(role.text) in agreement.people or slug(role.text) in told:
            continue
        reached = any(says_something(said) for key in _REACHED if (said := step.get(key)))
        if not reached and not is_placeholder(role):
            told.add(slug(role.text))
            yield _observation(agreement, role, f"“{role.text.strip()}” is to be turned to, but nobody is named for it")


def _said(plain: Any) -> list[Any]:
    """By what all those who have to act are called."""
    found = []
    for path, _ in _USES:
        for block in values(plain, path):
            found += block if block.__class__ is list else (block,)
    for step in values(plain, ("governance", "escalation", "*")):
        if not any(isinstance(said := below(step, key), str) and said.strip() for key in _REACHED):
            found.append(below(step, "role"))
    return found


def _may_be_nobody(agreement: Agreement, said: Any) -> bool:
    if said.__class__ is not str:
        return said is not None
    return agreement.party(said) is None and slug(said) != "servicelevelmanager"


def _observation(agreement: Agreement, node: Node, message: str) -> Observation:
    roles = [one.text for role in agreement.root.get("governance", "roles") or () if (one := role.get("id"))]
    offices = [office for office in ("serviceLevelManager", "serviceOwner") if slug(office) in agreement.people]
    meant = nearest(node.text, [*roles, *offices, *(party.id for party in agreement.parties)])
    hint = meant if meant else f"governance:\n  roles:\n    - {{id: {slug(node.text)}, name: …}}"
    return Observation(node, f"{message}; did you mean “{meant}”?" if meant else f"{message}.", hint=hint)


def _parties(agreement: Agreement) -> set[str]:
    """What is used as the name of a party; whether there is such a party is unknown-party's."""
    people = (agreement.manager, *agreement.representatives)
    return {slug(person.party.text) for person in people if person is not None and person.party is not None}


def _uses(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    for path, duty in _USES:
        for block in select(agreement.root, list(path)):
            for node in [block] if block.text else block:
                if node.text:
                    yield node, duty


_HEAD = """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: Dana Reyes
  roles:
    - {id: head-of-it, name: Duncan Frayne}
"""
bad = [
    {
        "yaml": _HEAD
        + """\
meetings:
  frequency: monthly
  participants: [serviceLevelManager, customer, head-of-finance] # expect
"""
    },
    {
        "yaml": _HEAD
        + """\
  escalation:
    - {level: 1, role: serviceLevelManager, after: 30 min}
    - {level: 2, role: Head of Platforms, after: 2 h} # expect
policies:
  modification:
    summary: Both sides approve a change.
    approvers: [head-of-i] # expect
"""
    },
]
good = [
    {
        "yaml": _HEAD
        + """\
  escalation:
    - {level: 1, role: serviceLevelManager, after: 30 min}
    - {level: 2, role: head-of-it, after: 2 h}
    - {level: 3, role: Director on call, after: 4 h, phone: "+44 1632 960010"}
meetings:
  frequency: monthly
  participants: [serviceLevelManager, customer, heads of all departments]
"""
    },
]
