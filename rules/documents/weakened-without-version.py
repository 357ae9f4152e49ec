"""Less is promised than before, under the same version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import clauses

summary = "Whoever weakens a promise gives the agreement a new version."
severity = "error"
why = "Both sides cite the same version and mean different promises; nobody can tell which of them was signed."
fix = {
    "data": "Raise the version under metadata, and say under history what has changed.",
    "prose": "Raise the version, and say beside it what has changed.",
}


def check_change(before: Agreement, after: Agreement) -> Iterator[Observation]:
    old, new = before.version, after.version
    if old is None or new is None or old.text.strip() != new.text.strip():
        return
    if before.status is not None and clauses.stage(before.status.text, before.language) == "before":
        return  # nobody relies on a draft
    from slalint.changes import changed, places

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
    confidence = "high" if after.form == "data" else "medium"
    hint = _hint(new.text.strip(), after.form)
    yield Observation(new, message, hint=hint, related=places(weaker), confidence=confidence, key="version")


def _hint(version: str, form: str) -> str:
    """What to write in place of a version: the next minor one, where it is made of such numbers."""
    number = re.fullmatch(r"(v?)(\d{1,6})\.(\d{1,6})((?:\.\d{1,6})?)", version, re.I)
    if number is None:
        return ""
    letter, major, minor, patch = number.groups()
    raised = f"{letter}{major}.{int(minor) + 1}{'.0' if patch else ''}"
    if form != "data":
        return f"Raise the version to {raised}, and say beside it what has changed."
    # Two numbers would be a single one to YAML, and 2.10 the same as 2.1.
    return "Raise the version, and say under history what has changed:\nversion: " + (
        raised if patch or letter else f'"{raised}"'
    )


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
