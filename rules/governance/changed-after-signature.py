"""What was signed is not what it says now."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, slug
from slalint.model import Observation
from slalint.parts import StatedDate
from slalint.terms import clauses
from slalint.text import listed

summary = "Promises that have changed are signed anew."
severity = "warning"
why = "Whoever signed has agreed to other promises; the new ones bind nobody until they are signed."
fix = "Have the new text signed and write down the day, or leave the status at proposed until it is."


def check_change(before: Agreement, after: Agreement) -> Iterator[Observation]:
    stage = clauses.stage(after.status.text, after.language) if after.status is not None else ""
    newest = _signatures(after)
    if stage == "before" or not newest:
        return
    known = _signatures(before)
    others = _of_other_versions(after)
    stale = {
        name: signed
        for name, signed in newest.items()
        if name not in others and name in known and (known[name].day == signed.day)
    }
    if not stale:
        return
    from slalint.changes import changed, places

    made = [one for one in changed(before, after) if one.change.effect in ("weakened", "strengthened")]
    if not made:
        return
    signed = [(_called(after, one), one) for one in stale.values()]
    said = listed([f"{called} on {q.day_in_words(one.day)}" for called, one in signed if one.day is not None])
    yield Observation(
        signed[0][1].node,
        f"Signed by {said}; since then {made[0].change.said}.",
        related=(*((one.node, f"{called} signed here") for called, one in signed[1:]), *places(made)),
        confidence="high" if after.form == "data" else "medium",
        key=" ".join(stale),
    )


def _called(agreement: Agreement, signed: StatedDate) -> str:
    side = agreement.party(signed.name)
    return " ".join((side.name.text if side is not None else signed.name).split())


def _signatures(agreement: Agreement) -> dict[str, StatedDate]:
    """The newest signature of each side."""
    found: dict[str, StatedDate] = {}
    for one in agreement.dates:
        if one.kind == "signature" and one.day is not None:
            known = found.get(slug(one.name))
            if known is None or known.day is None or one.day > known.day:
                found[slug(one.name)] = one
    return found


def _of_other_versions(agreement: Agreement) -> set[str]:
    """The sides whose signature says that it is of another version than that in force: stale-signature looks at it."""
    found = set()
    for signature in agreement.root.get("signatures") or ():
        version, party = signature.get("version"), signature.get("party")
        if version is None or party is None or not version.text.strip() or agreement.version is None:
            continue
        if version.text.strip() != agreement.version.text.strip():
            found.add(slug(party.text))
    return found


_DATA = """\
metadata: {title: Mail, status: %s, version: 2.0.0}
parties: {provider: IT Operations, customer: All departments}
metrics:
  - {id: availability, target: %s, window: calendar month}
signatures:
  - {party: provider, name: Dana Reyes, date: %s, version: 2.0.0}%s
  - {party: customer, name: Lee Park, date: %s, version: 2.0.0}%s
"""
_PROSE = """\
# Service level agreement: mail

| Metric | Target | Window |
|---|---|---|
| Availability | %s | calendar month |

## Signatures

| Party | Name | Date |
|---|---|---|
| IT Operations | Dana Reyes | 10 March 2026 |%s
"""
_BEFORE = _DATA % ("active", "at least 99.9 %", "2026-03-10", "", "2026-03-12", "")
_HERE = " # expect"
bad = [
    {
        "before": _BEFORE,
        "yaml": _DATA % ("active", "at least 99.5 %", "2026-03-10", _HERE, "2026-03-12", ""),
    },
    {
        "before": _BEFORE,
        "yaml": _DATA % ("active", "at least 99.5 %", "2026-06-01", "", "2026-03-12", _HERE),
    },
    {
        "before": _PROSE % ("at least 99.9 %", ""),
        "markdown": _PROSE % ("at least 99.5 %", " <!-- expect -->"),
    },
]
good = [
    {"before": _BEFORE, "yaml": _DATA % ("active", "at least 99.5 %", "2026-06-01", "", "2026-06-02", "")},
    {"before": _BEFORE, "yaml": _DATA % ("proposed", "at least 99.5 %", "2026-03-10", "", "2026-03-12", "")},
    {"before": _BEFORE, "yaml": _DATA % ("active", "99.9 % or more", "2026-03-10", "", "2026-03-12", "")},
    {"before": _PROSE % ("at least 99.9 %", ""), "markdown": _PROSE % ("at least 99.9 % of the time", "")},
]
