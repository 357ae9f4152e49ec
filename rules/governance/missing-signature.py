"""In force, but not signed by each side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Party, is_placeholder, says_something
from slalint.model import Observation
from slalint.rule import lacks, values
from slalint.terms import clauses, placeholders, signatures
from slalint.text import Document, listed

summary = "An agreement in force is signed by each side."
severity = "warning"
why = "Whoever has not signed need not keep it, and cannot be held to it."
fix = {
    "data": """\
signatures:
  - {party: provider, name: Dana Reyes, date: 2026-01-05}
  - {party: customer, name: Lee Park, date: 2026-01-07}
""",
    "prose": "“Signed for the customer: Lee Park, 7 January 2026”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.is_template:
        return
    if agreement.form == "prose":
        yield from _prose(agreement)
        return
    status = agreement.status
    if status is None or status.text.strip().lower() != "active":
        return
    if _is_signed(agreement):
        return
    block = agreement.root.get("signatures")
    if block is None or not says_something(block):
        yield Observation(block or status, "The agreement is active, but nobody has signed it.", key="signatures")
        return
    signed, begun = set(), set()
    for signature in block:
        party, name = signature.get("party"), signature.get("name")
        side = agreement.party(party.text) if party is not None else None
        if side is None:
            return  # whose signature it is, nobody can tell
        begun.add(side.id)
        date = signature.get("date")
        dated = date is None or says_something(date)  # an empty place for the day waits for a hand
        if dated and name is not None and name.text.strip() and not is_placeholder(name, none=True):
            signed.add(side.id)
    sides = [party for party in agreement.parties if party.role in ("provider", "customer")]
    missing = [party for party in sides if party.id not in signed]
    # One of several customers may sign for all.
    if missing and not (len(sides) > 2 and {p.role for p in sides if p.id in signed} == {"provider", "customer"}):
        names = [party.name.text.strip() for party in missing]
        verb = "has" if len(names) == 1 else "have"
        yield Observation(
            block,
            f"The agreement is active, but {listed(names)} {verb} not signed it.",
            hint=_hint(missing, sides, begun),
            key=" ".join(names),
        )


def _hint(missing: list[Party], sides: list[Party], begun: set[str]) -> str:
    """What to type for those that have not signed, and for nobody else. ``begun``: whose line is there already."""
    roles = [party.role for party in sides]
    told = []
    for party in missing:
        named = party.role if roles.count(party.role) == 1 else party.id
        if party.id in begun:
            told.append(f"In the line of {named}, write who signed and when: {_SIGNED[party.role]}")
    lines = [
        f"  - {{party: {party.role if roles.count(party.role) == 1 else party.id}, {_SIGNED[party.role]}}}"
        for party in missing
        if party.id not in begun
    ]
    return "\n".join([*told, *(["signatures:", *lines] if lines else [])])


_SIGNED = {"provider": "name: Dana Reyes, date: 2026-01-05", "customer": "name: Lee Park, date: 2026-01-07"}


def _is_signed(agreement: Agreement) -> bool:
    """Whether plain data alone tells that each side has signed, as most have."""
    signed = set()
    for signature in values(agreement.root.data, ("signatures", "*")):
        if signature.__class__ is not dict or lacks((signature,), "name") or lacks((signature,), "date"):
            continue
        party, name = signature.get("party"), signature["name"]
        if party.__class__ is str:
            side = agreement.party(party)
            if side is not None and not placeholders.says_nothing(name, True):
                signed.add(side.id)
    sides = {party.id for party in agreement.parties if party.role in ("provider", "customer")}
    return bool(signed) and sides <= signed


def _prose(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    assert document is not None
    waiting = signatures.waiting(document, agreement.language)
    if not waiting:
        yield from _nowhere(agreement)
        return
    if not _is_in_force(agreement):
        return
    unsigned = [line for block in signatures.unsigned(document, agreement.language) for line in block]
    lines = {offset for line in unsigned for offset in line}
    blanks = (
        passage.start + start
        for passage in document.passages
        for start, _ in placeholders.find(passage.text, language=agreement.language)
    )
    if any(offset not in lines for offset in blanks):
        return  # a form that is still to be filled in
    message, hint = "The document says that it is in force, but a place for a signature is empty.", ""
    if len(waiting) > 1:
        message = f"The document says that it is in force, but {len(waiting)} places for signatures are empty."
    one = _only_one(agreement, document, sorted({start for start, _ in unsigned} | {node.offset for node in waiting}))
    if one is not None:
        role, name = one
        message = f"The document says that it is in force, but {name} has not signed it."
        hint = f"“Signed for {name}: {_SIGNED_FOR[role]}”"
    yield Observation(waiting[0], message, hint=hint, confidence="medium", key="signatures")


_SIGNED_FOR = {"provider": "Dana Reyes, 5 January 2026", "customer": "Lee Park, 7 January 2026"}


def _only_one(agreement: Agreement, document: Document, places: list[int]) -> tuple[str, str] | None:
    """The role and the name of the side of two whose place for a signature is the only one that is empty; None where
    that cannot be told."""
    sides = {}
    for role in _SIGNED_FOR:
        names = [party.name.text.strip() for party in agreement.parties if party.role == role]
        if len(names) > 1:
            return None
        sides[role] = names[0] if names else f"the {role}"
    found = ""
    for place in places:
        beside = signatures.beside(document, place)
        told = [role for role, name in sides.items() if _names(beside, name) or _names(beside, role)]
        if len(told) > 1 or (told and found and told[0] != found) or not (told or found):
            return None
        found = told[0] if told else found
    return (found, sides[found]) if found else None


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) is not None


def _nowhere(agreement: Agreement) -> Iterator[Observation]:
    """Two sides, in force by its own word, and not a word of signatures. What a provider publishes for everybody needs
    none, so that both sides have to be named."""
    status = agreement.status
    if status is None or clauses.stage(status.text, agreement.language) != "in-force":
        return
    sides = {party.role for party in agreement.parties}
    if not {"provider", "customer"} <= sides or signatures.are_mentioned(agreement.file.text, agreement.language):
        return
    message = f"The status is “{status.text.strip(' .*_')}”, but nothing says that anybody has signed."
    yield Observation(status, message, confidence="medium", key="signatures")


def _is_in_force(agreement: Agreement) -> bool:
    """Whether the document says that it holds: by its status, else by its first day."""
    status = agreement.status
    stage = clauses.stage(status.text, agreement.language) if status is not None else ""
    if stage:
        return stage == "in-force"
    start = q.read_date(agreement.effective_date)
    return start is not None and start.isoformat() <= agreement.as_of


_HEAD = "metadata: {title: Mail, status: active}\nparties:\n  provider: IT Operations\n  customer: All departments\n"
bad = [
    {"yaml": "metadata:\n  title: Mail\n  status: active # expect\nparties:\n  provider: IT\n  customer: Staff\n"},
    {
        "yaml": _HEAD
        + """\
signatures: # expect
  - {party: provider, name: Dana Reyes, date: 2026-01-05}
  - {party: customer, name: }
"""
    },
    {
        "as-of": "2026-03-01",
        "markdown": """\
# Service level agreement: mail

**Effective date:** 1 January 2026

## Signatures

Signed for the provider: ____________ Date: ________ <!-- expect -->

Signed for the customer: ____________ Date: ________
""",
    },
    {
        "markdown": """\
# Service level agreement: mail

**Status:** active

| Name | Role | Signature |
|---|---|---|
| Dana Reyes | Provider | D. Reyes |
| Lee Park | Customer | | <!-- expect -->
"""
    },
    {
        "yaml": _HEAD
        + """\
signatures: # expect
  - {party: provider, name: Dana Reyes, date: 2026-01-05}
  - {party: customer, name: Lee Park, date: }
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| | |
|---|---|
| Status | active | <!-- expect -->
| Provider | IT Operations |
| Customer | All departments |

The mail service is available at least 99.5 % of each calendar month.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Status:** active

## Signatures

| Party | Name | Date |
|---|---|---|
| IT Operations | Dana Reyes | 5 January 2026 |
| All departments | Lee Park | | <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement: mail

| | |
|---|---|
| Status | active |
| Provider | IT Operations |
| Customer | All departments |

The signed copy is kept by the legal department.
"""
    },
    {
        "markdown": """\
# Service levels of the mail service

**Status:** active

The mail service is available at least 99.5 % of each calendar month.
"""
    },
    {"yaml": _HEAD.replace("active", "proposed")},
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: IT Operations, name: Dana Reyes, date: 2026-01-05}
  - {party: customer, name: Lee Park, date: 2026-01-07}
"""
    },
    {
        "as-of": "2026-03-01",
        "markdown": """\
# Service level agreement: mail

**Status:** proposed

Signed for the provider: ____________ Date: ________
""",
    },
    {
        "as-of": "2026-03-01",
        "markdown": """\
# Service level agreement: mail between IT and [Name of the customer]

**Effective date:** 1 January 2026

Signed for the provider: ____________ Date: ________
""",
    },
]
