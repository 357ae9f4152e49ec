"""Less is promised than before, under the same version."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import clauses

summary = "Whoever weakens a promise gives the agreement a new version."
severity = "error"
why = "Both sides cite the same version and mean different promises; nobody can tell which of them was signed."
fix = {
    "data": "Raise the version, and say in the history what has changed:\nmetadata:\n  version: 2.0.0",
    "prose": "Raise the version: “Version | 2.0”.",
}


def check_change(before: Agreement, after: Agreement) -> Iterator[Observation]:
    old, new = before.version, after.version
    if old is None or new is None or old.text.strip() != new.text.strip():
        return
    if before.status is not None and clauses.stage(before.status.text, before.language) == "before":
        return  # nobody relies on a draft
    from slalint.changes import changed

    weaker = [one for one in changed(before, after) if one.change.effect == "weakened"]
    if not weaker:
        return
    others = len(weaker) - 1
    more = (
        f" {others} other promises are weaker, too."
        if others > 1
        else " Another promise is weaker, too."
        if others
        else ""
    )
    message = f"Version {new.text.strip()} promises less than it did: {weaker[0].change.said}.{more}"
    related = tuple((one.new, f"weakened: {one.change.said}") for one in weaker[:10] if one.new is not None)
    confidence = "high" if after.form == "data" else "medium"
    yield Observation(new, message, related=related, confidence=confidence, key="version")


_DATA = """\
metadata: {title: Mail, status: active, version: %s}%s
metrics:
  - {id: availability, target: %s, window: calendar month}
"""
_PROSE = """\
# Service level agreement: mail

**Version:** %s%s

| Metric | Target | Window |
|---|---|---|
| Availability | %s | calendar month |
"""
bad = [
    {
        "before": _DATA % ("1.2.0", "", "at least 99.9 %"),
        "yaml": _DATA % ("1.2.0", " # expect", "at least 99.5 %"),
    },
    {
        "before": _PROSE % ("1.2", "", "at least 99.9 %"),
        "markdown": _PROSE % ("1.2", " <!-- expect -->", "at least 99.5 %"),
    },
]
good = [
    {"before": _DATA % ("1.2.0", "", "at least 99.9 %"), "yaml": _DATA % ("2.0.0", "", "at least 99.5 %")},
    {"before": _DATA % ("1.2.0", "", "at least 99.9 %"), "yaml": _DATA % ("1.2.0", "", "at least 99.95 %")},
    {
        "before": (_DATA % ("0.1.0", "", "at least 99.9 %")).replace("active", "draft"),
        "yaml": _DATA % ("0.1.0", "", "at least 99.5 %"),
    },
    {"before": _PROSE % ("1.2", "", "at least 99.9 %"), "markdown": _PROSE % ("1.3", "", "at least 99.5 %")},
    {"before": _PROSE % ("1.2", "", "at least 99.9 %"), "markdown": _PROSE % ("1.2", "", "≥ 99.9%")},
]
