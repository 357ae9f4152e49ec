"""A manager who answers to one side only, or whose duties are not stated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from slalint.agreement import Agreement, below, is_placeholder, slug
from slalint.model import Node, Observation, texts
from slalint.terms.placeholders import says_nothing
from slalint.text import listed

summary = "The manager answers to both sides, negotiates and maintains the agreement, communicates and meets them."
severity = "warning"
profile = "basic"
applies = ["data"]
why = "What is nobody's duty is left undone, and whoever answers to one side only speaks for that side."
fix = """\
answersTo: [provider, customer]
duties: [negotiates, maintains, communicates, meets the customer]
"""

# How each duty may be worded: any word that starts with one of these.
DUTIES = {
    "negotiates": ("negotiat",),
    "maintains": ("maintain", "maintenance", "updat", "amend", "revis", "keep"),
    "communicates": ("communicat", "inform", "report", "explain"),
    "meets the customer": ("meet", "visit"),
}
ROLES = ("provider", "customer", "supporting")
EVERYBODY = ("all", "both", "everybody", "everyone")


def check(agreement: Agreement) -> Iterator[Observation]:
    governance = below(agreement.root.data, "governance")
    stated: list[str] = []
    _gather(governance, stated)
    duties = [*_nobodys(" ".join(stated))]
    if not duties and _answers_to_both(agreement, below(governance, "serviceLevelManager", "answersTo")):
        return  # as in most agreements; no place needs to be known
    manager = agreement.manager
    if manager is None:
        return
    sides = _unanswered(agreement, manager.node.get("answersTo"))
    if duties and any(says_nothing(text, none=False) for text in stated):
        duties = []
    if agreement.reciprocal:
        duties = [duty.replace("the customer", "both sides") for duty in duties]
    parts = []
    if sides:
        parts.append(f"{manager.name.text.strip()} is not said to answer to {listed(sides)}")
    if duties:
        parts.append(f"it is not stated who {listed(duties)}")
    if parts:
        message = "; ".join(parts) + "."
        hint = []
        if sides:
            hint.append(f"answersTo: [{', '.join(_both(agreement))}]")
        if duties:
            last = "meets both sides" if agreement.reciprocal else "meets the customer"
            hint.append(f"duties: [negotiates, maintains, communicates, {last}]")
        key = " ".join([*sides, *duties])
        yield Observation(manager.node, message[0].upper() + message[1:], hint="\n".join(hint), key=key)


def _answers_to_both(agreement: Agreement, refs: object) -> bool:
    """Whether the manager of an agreement with a provider and a customer plainly answers to them."""
    if not isinstance(refs, list) or agreement.prose is not None or agreement.reciprocal:
        return False
    parties = [agreement.party(ref) for ref in refs if ref.__class__ is str]
    return {"provider", "customer"} <= {party.role for party in parties if party is not None}


def _unanswered(agreement: Agreement, answers: Node | None) -> list[str]:
    """The sides that the manager does not answer to."""
    refs = [] if answers is None else [answers] if answers.text else list(answers)
    covered = set()
    for ref in refs:
        if is_placeholder(ref) or slug(ref.text).split("-")[0] in EVERYBODY:
            return []
        party = agreement.party(ref.text)
        if party.role not in ROLES if party is not None else slug(ref.text) in _used_as_party(agreement):
            return []  # a side that is not declared, or without a role: which one cannot be told
        if party is not None:
            covered.update((party.id, party.role))
        covered.add(slug(ref.text))
    if agreement.reciprocal:
        return [p.name.text for p in agreement.parties if p.role == "provider" and p.id not in covered]
    named = {p.role: p.name.text for p in reversed(agreement.parties)}
    return [named.get(role, f"the {role}") for role in ("provider", "customer") if role not in covered]


def _used_as_party(agreement: Agreement) -> set[str]:
    """What the agreement uses as the name of a party, declared or not."""
    people = [agreement.manager, *agreement.representatives]
    return {slug(person.party.text) for person in people if person is not None and person.party is not None}


def _both(agreement: Agreement) -> list[str]:
    if agreement.reciprocal:
        return [p.id for p in agreement.parties if p.role == "provider"]
    ids = {p.role: p.id for p in reversed(agreement.parties)}
    return [ids.get(role, role) for role in ("provider", "customer")]


@lru_cache(maxsize=1024)  # a house gives its managers the same duties
def _nobodys(stated: str) -> tuple[str, ...]:
    """The duties that a text does not name."""
    said = " ".join(["", *stated.lower().replace("-", " ").split()])
    return tuple([duty for duty, stems in DUTIES.items() if not any(f" {stem}" in said for stem in stems)])


def _gather(data: object, found: list[str]) -> None:
    """Every duty stated in governance, whoever has it."""
    if data.__class__ is dict:
        for key, value in data.items():
            if key == "duties":
                found += texts(value)
            elif value.__class__ is not str:
                _gather(value, found)
    elif data.__class__ is list:
        for value in data:
            if value.__class__ is not str:
                _gather(value, found)


bad = [
    {
        "yaml": """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: Dana Reyes # expect
"""
    },
    {
        "yaml": """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: # expect
    name: Dana Reyes
    answersTo: [provider]
    duties: [negotiates, maintains, communicates, meets the customer]
"""
    },
    {
        "yaml": """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: # expect
    name: Dana Reyes
    answersTo: [provider, customer]
    duties: [negotiates, maintains]
"""
    },
    {
        "yaml": """\
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
governance:
  serviceLevelManager: # expect
    name: Dana Reyes
    answersTo: [marketing]
    duties: [negotiates, maintains, communicates, meets both sides]
"""
    },
]
good = [
    {
        "yaml": """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager:
    name: Dana Reyes
    answersTo: [provider, customer]
    duties: [negotiates, maintains, communicates, meets the customer]
"""
    },
    {
        "yaml": """\
parties:
  - {id: it, role: provider, name: IT Operations}
  - {id: staff, role: customer, name: All departments}
governance:
  serviceLevelManager:
    name: Dana Reyes
    answersTo: [IT Operations, staff]
    duties: [negotiates the targets, keeps the agreement up to date]
  roles:
    - name: Kim Sato
      duties: [communicates changes, meets the departments monthly]
"""
    },
]
