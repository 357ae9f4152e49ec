"""A party that has a part in the agreement, but is none of its parties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slalint.agreement import Agreement, is_placeholder, slug
from slalint.model import Node, Observation
from slalint.rule import select, values
from slalint.text import listed, nearest

summary = "Whoever has a part in the agreement is one of its parties."
severity = "error"
why = "Nobody can be held to what is promised by, or to, somebody who has not agreed."
fix = {
    "data": """\
parties:
  - {id: network-team, role: supporting, name: Network Team}
""",
    "prose": "Use one word for each side throughout, or say who the other is.",
}

# Where a party is named.
_OFFICES = ("serviceLevelManager", "serviceOwner")
_PEOPLE = ("representatives", "roles", "escalation")
_LISTS = ("obligations", "dependencies", "signatures")
_USES = (
    *[("governance", office, "party") for office in _OFFICES],
    *[("governance", people, "*", "party") for people in _PEOPLE],
    ("services", "*", "owner"),
    *[(block, "*", "party") for block in _LISTS],
)
_OFTEN, _SELDOM = 3, 2  # so often a word is a document's own for a side, and so seldom a slip


def check(agreement: Agreement) -> Iterator[Observation]:
    return _prose(agreement) if agreement.form == "prose" else _data(agreement)


def _data(agreement: Agreement) -> Iterator[Observation]:
    named = _named(agreement.root.data)
    if {said.__class__ for said in named} <= {str} and None not in map(agreement.party, {*named}):
        return  # as in most agreements; no place needs to be known
    roles = [party.role for party in agreement.parties]
    if "provider" not in roles or not ("customer" in roles or agreement.reciprocal):
        return  # the side that is missing may be the one that is meant; missing-party says so
    unknown: dict[str, list[Node]] = {}
    for path in _USES:
        for node in select(agreement.root, list(path)):
            if slug(node.text) and slug(node.text) not in agreement.people and not is_placeholder(node, none=True):
                unknown.setdefault(slug(node.text), []).append(node)
    block = agreement.root.get("parties")
    if not unknown or agreement.doubled("parties") or (block is not None and any(map(is_placeholder, block.strings()))):
        return  # the blank, or the second of that id, may be the one that is meant
    names = [party.name.text.strip() for party in agreement.parties]
    for uses in unknown.values():
        name = uses[0].text.strip()
        meant = nearest(name, [*(party.id for party in agreement.parties), *names])
        message = f"“{name}” is none of the parties, which are {listed(names)}"
        message += f"; did you mean “{meant}”?" if meant else "."
        hint = meant or f"parties:\n  - {{id: {slug(name)}, role: supporting, name: …}}"
        yield Observation(uses[0], message, hint=hint, related=tuple((node, "named here too") for node in uses[1:]))


def _named(plain: Any) -> list[Any]:
    """What stands at ``_USES``, each block looked up once."""
    if plain.__class__ is not dict:
        return []
    governance = plain.get("governance")
    held = governance.get if governance.__class__ is dict else {}.get
    items = [*map(held, _OFFICES)]
    for block in (*map(held, _PEOPLE), *map(plain.get, _LISTS)):
        items += block if block.__class__ is list else block.values() if block.__class__ is dict else ()
    return [
        *[one["party"] for one in items if one.__class__ is dict and "party" in one],
        *values(plain, ("services", "*", "owner")),
    ]


def _prose(agreement: Agreement) -> Iterator[Observation]:
    """What another template left behind: a second word for a side, and a third party named like the two."""
    explained = {definition.term.text.strip().lower() for definition in agreement.definitions}
    explained.update(party.name.text.lower() for party in agreement.parties)
    for called in agreement.spoken.actors().values():
        usual = max(called, key=lambda word: len(called[word]), default="")
        if not usual or len(called[usual]) < _OFTEN:
            continue
        for word, places in called.items():
            slip = next((place.node for place in places if place.acts), None)
            if word == usual or slip is None or len(places) > _SELDOM or any(word.lower() in e for e in explained):
                continue
            name = " ".join(slip.text.split())
            message = f"A duty of the “{name}”, but the agreement is with the “{called[usual][0].node.text}”."
            yield Observation(slip, message, confidence="medium", key=word)
    yield from _third(agreement)


def _third(agreement: Agreement) -> Iterator[Observation]:
    """`Group J` in an agreement between `Group K` and `Group X`."""
    if len(agreement.parties) != 2:
        return
    first, second = (party.name.text.rstrip(" .,;").split() for party in agreement.parties)
    if len(first) < 2 or first[:-1] != second[:-1] or max(len(first[-1]), len(second[-1])) > 2:
        return
    pattern = re.compile(r"\b" + r"\s+".join(map(re.escape, first[:-1])) + r"\s+([A-Z0-9]{1,2})\b")
    for passage in agreement.passages:
        for match in pattern.finditer(passage.text):
            if match[1] not in (first[-1], second[-1]):
                parties = " and ".join(" ".join(name) for name in (first, second))
                message = f"“{match.group()}” is none of the parties, which are {parties}."
                yield Observation(passage.part(*match.span()), message, confidence="medium", key=match[1])
                return


_HEAD = "parties:\n  provider: IT Operations\n  customer: All departments\n"
bad = [
    {
        "yaml": _HEAD
        + """\
services:
  - {id: mail, owner: IT Operation} # expect
obligations:
  - {party: network-team, duty: Announces changes of the network., within: 2 days} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The Service Provider runs the mail of the Customer. The Provider answers within 4 hours.
The Provider will be reached by telephone.

The Vendor shall send a report each month. <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement

This agreement is between Group K and Group X.

Group J has to answer within 24 hours. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": _HEAD
        + """\
governance:
  serviceLevelManager: {name: Dana Reyes, party: provider}
  roles:
    - {id: rota, name: Engineer on duty, party: IT Operations}
services:
  - {id: mail, owner: rota}
obligations:
  - {party: All departments, duty: Name a contact., within: 2 days}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The Service Provider runs the mail of the Customer. The Provider answers within 4 hours.
The Provider will be reached by telephone.

"Vendor" means the company whose software the Provider uses. The Vendor will mend faults of the software.
"""
    },
]
