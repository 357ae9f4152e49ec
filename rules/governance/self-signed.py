"""One person signed for both sides."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder, slug
from slalint.model import Node, Observation
from slalint.rule import each

summary = "Each side is signed for by somebody else."
severity = "warning"
applies = ["data"]
why = "Whoever agrees with himself binds nobody."
fix = "signatures:\n  - {party: customer, name: Lee Park, date: 2026-01-05}"


def check(agreement: Agreement) -> Iterator[Observation]:
    names = each(agreement.root.data, "signatures", "name")
    if None not in names and "" not in names and len({*map(slug, names)}) == len(names):
        return  # as in most agreements; no place needs to be known
    signed: dict[str, tuple[Node, str]] = {}
    for signature in agreement.root.get("signatures") or ():
        name, party = signature.get("name"), signature.get("party")
        if name is None or party is None or not name.text.strip() or is_placeholder(name, none=True):
            continue
        side = agreement.party(party.text)
        called = side.name.text.strip() if side is not None else party.text.strip()
        first = signed.setdefault(slug(name.text), (name, called))
        if slug(first[1]) != slug(called):
            yield Observation(
                name,
                f"{name.text.strip()} signed for {first[1]} and for {called}.",
                related=((first[0], f"signed for {first[1]} here"),),
            )


_HEAD = "parties:\n  provider: IT Operations\n  customer: All departments\n"
bad = [
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: provider, name: Dana Reyes, date: 2026-01-05}
  - {party: customer, name: Dana Reyes, date: 2026-01-05} # expect
"""
    }
]
good = [
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: provider, name: Dana Reyes, date: 2026-01-05}
  - {party: IT Operations, name: Dana Reyes, date: 2026-03-01}
  - {party: customer, name: Lee Park, date: 2026-01-05}
"""
    }
]
