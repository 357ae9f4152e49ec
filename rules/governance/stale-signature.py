"""What was signed is not the version in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement, below, is_placeholder
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.rule import values

if TYPE_CHECKING:
    from datetime import date

summary = "Each side has signed the version in force."
severity = "warning"
applies = ["data"]
needs = ["history", "signatures/version"]
why = "The targets that hold now are not those that were agreed to."
fix = "Have the version in force signed, and write its version and the day into the signature."

_FIGURES = lazy(r"v?(\d{1,9})(?:\.(\d{1,9}))?", re.I)


def check(agreement: Agreement) -> Iterator[Observation]:
    plain = agreement.root.data
    if below(plain, "history") is None and not values(plain, ("signatures", "*", "version")):
        return  # nothing tells which version anybody signed
    version = agreement.version
    block = agreement.root.get("signatures")
    if block is None or version is None:
        return
    now = _promises(version.text)
    if now is None:
        return
    made = _made(agreement)
    # The newest signature of each side counts; those of earlier versions may stay.
    newest: dict[str, Observation | None] = {}
    for signature in block:
        party = signature.get("party")
        if party is not None and party.text:
            side = agreement.party(party.text)
            name = side.id if side is not None else party.text
            if name not in newest or newest[name] is not None:
                newest[name] = _stale(agreement, signature, version, now, made)
    yield from (found for found in newest.values() if found is not None)


def _stale(
    agreement: Agreement, signature: Node, version: Node, now: tuple[int, int], made: dict[tuple[int, int], date]
) -> Observation | None:
    signed, day, party = signature.get("version"), q.read_date(signature.get("date")), signature.get("party")
    assert party is not None
    side = agreement.party(party.text)
    called = side.name.text.strip() if side is not None else party.text.strip()
    if signed is not None and signed.text.strip() and not is_placeholder(signed):
        then = _promises(signed.text)
        if then is not None and then < now:
            message = f"{called} signed version {signed.text.strip()}; version {version.text.strip()} is in force."
            return Observation(signed, message, related=((version, "the version in force"),))
        return None
    since = made.get(now)
    if day is not None and since is not None and day < since:
        message = (
            f"{called} signed on {q.day_in_words(day)}; "
            f"version {version.text.strip()} has promised otherwise since {q.day_in_words(since)}."
        )
        return Observation(signature.get("date") or signature, message, related=((version, "the version in force"),))
    return None


def _promises(version: str) -> tuple[int, int] | None:
    """What changes with the promises: the first figure of a version, below 1.0 the second. None where it has none."""
    found = _FIGURES.match(version.strip())
    if found is None:
        return None
    major, minor = int(found[1]), int(found[2] or 0)
    return major, 0 if major else minor


def _made(agreement: Agreement) -> dict[tuple[int, int], date]:
    """Since when the promises of each version are those they are, as far as the history tells."""
    found: dict[tuple[int, int], date] = {}
    for entry in agreement.root.get("history") or ():
        version, day = entry.get("version"), q.read_date(entry.get("date"))
        figures = _promises(version.text) if version is not None else None
        if figures is not None and day is not None:
            found[figures] = min(day, found.get(figures, day))
    return found


_HEAD = "metadata: {title: Mail, version: 2.1.0, status: active}\nparties:\n  provider: IT\n  customer: Staff\n"
bad = [
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: provider, name: Dana Reyes, version: 2.0.0}
  - {party: customer, name: Lee Park, version: 1.4.0} # expect
"""
    },
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: provider, name: Dana Reyes, date: 2026-02-01}
  - {party: customer, name: Lee Park, date: 2025-01-15} # expect
history:
  - {version: 2.1.0, date: 2026-05-01, summary: Adds a target for the calendar.}
  - {version: 2.0.0, date: 2026-01-20, summary: Raises the availability.}
  - {version: 1.0.0, date: 2025-01-10}
"""
    },
]
good = [
    {
        "yaml": _HEAD
        + """\
signatures:
  - {party: customer, name: Lee Park, version: 1.0.0}
  - {party: customer, name: Lee Park, version: 2.0.0}
  - {party: provider, name: Dana Reyes, date: 2025-01-01}
"""
    },
]
