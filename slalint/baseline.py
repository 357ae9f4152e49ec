"""Known findings, kept beside the agreements: what was there when a project began to check counts no more, what is new
does.

A finding is known by its fingerprint, which says rule, agreement, place and value but no line: so the baseline survives
reordering, reformatting and, for agreements with an id, moves to other files. Copies of an agreement share their
fingerprints; an entry therefore speaks for one file, and for another only when its own is gone or clean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from slalint.model import Finding, Related, Report, SourceFile, Span, Waiver
from slalint.patterns import lazy
from slalint.record import NamedTuple

SCHEMA = "https://slalint.dev/schemas/v1/baseline.schema.json"
NAME = "slalint-baseline.json"
KNOWN = "known when the baseline was made"  # the reason of an entry that gives none

_LINE = lazy(r"^[ \t]*(\{\"path\":.*\}),?[ \t]*$", re.M)
_OPTIONAL = ("reason", "owner", "ticket", "until")


class BaselineError(Exception):
    """A baseline that cannot be used: where, and why in plain words, a line for each fault."""


class Entry(NamedTuple):
    """One known finding. ``path`` begins at the top of the repository; ``at`` is its line in the baseline."""

    path: str
    rule: str
    fingerprint: str
    message: str
    reason: str = ""
    owner: str = ""
    ticket: str = ""
    until: str = ""
    at: Span = Span(0, 0, 1, 1)


class Matched(NamedTuple):
    """Which findings are known, by their index in the report, and which entries are out of date."""

    known: dict[int, Entry]
    outdated: list[Entry]


def read(file: SourceFile) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises ``BaselineError``."""
    from slalint.model import Node
    from slalint.shape import Shape
    from slalint.sources import json as source

    quickly = _as_written(file)
    if quickly is not None:
        return quickly
    root, said = source.document(file)
    if root is None:
        at = said[0].at.place if isinstance(said[0].at, Node) else said[0].at
        raise BaselineError(f"{file.path}:{at.line}:{at.column}: {said[0].message}")
    faults = Shape("baseline", "the baseline").faults(root)
    if faults:
        raise BaselineError("\n".join(f"{file.path}:{at.line}:{at.column}: {told}" for at, told in faults))
    return tuple(Entry(**node.data, at=node.place) for node in root.get("findings") or ())


def _as_written(file: SourceFile) -> tuple[Entry, ...] | None:
    """The entries of a baseline that is still as it was written, one a line: ten times as fast. None for any other."""
    from slalint import resources
    from slalint.shape import compile_schema

    try:
        data = json.loads(file.text)
    except (ValueError, RecursionError):
        return None
    lines = list(_LINE.finditer(file.text))
    if not compile_schema(json.loads(resources.schema_text("baseline")))(data) or len(lines) != len(data["findings"]):
        return None
    return tuple(
        Entry(**said, at=file.span(line.start(1), line.end(1)))
        for said, line in zip(data["findings"], lines, strict=True)
    )


def write(entries: Iterable[Entry]) -> str:
    """A baseline's text: one entry a line, in an order that depends on nothing but their content."""
    lines = sorted({_line(entry) for entry in entries})
    head = json.dumps({"schema": SCHEMA, "version": 1}, indent=2).removesuffix("\n}")
    body = ",\n".join(f"    {line}" for line in lines)
    return head + ',\n  "findings": [' + (f"\n{body}\n  " if lines else "") + "]\n}\n"


def _line(entry: Entry) -> str:
    said = {key: value for key, value in entry._asdict().items() if key != "at" and (value or key not in _OPTIONAL)}
    return json.dumps(said)


def created(
    report: Report, older: Sequence[Entry], locked: Collection[str], gone: Callable[[str], bool], **said: str
) -> list[Entry]:
    """An entry for each finding of a report, but for those of ``locked`` rules; and the ``older`` entries for files
    that were not looked at. What those say about a finding stays; new ones get what is ``said`` (reason, owner, …)."""
    matched = match(report, older, gone)
    done = set(map(id, (*matched.known.values(), *matched.outdated)))
    entries = [entry for entry in older if id(entry) not in done]
    for index, finding in enumerate(report.findings):
        if finding.rule in locked:
            continue
        old = matched.known.get(index)
        kept = {key: getattr(old, key) for key in _OPTIONAL} if old is not None else said
        entries.append(Entry(report.home(finding.path), finding.rule, finding.fingerprint, finding.message, **kept))
    return entries


def match(
    report: Report, entries: Iterable[Entry], gone: Callable[[str], bool], ran: Collection[str] | None = None
) -> Matched:
    """Which findings the entries speak of. ``gone`` tells whether there is no file of that name any more. Only entries
    of rules that ``ran`` can be out of date; None: all of them."""
    left: dict[str, list[Entry]] = {}
    for entry in entries:
        left.setdefault(entry.fingerprint, []).append(entry)
    known: dict[int, Entry] = {}
    for index, finding in enumerate(report.findings):
        home = report.home(finding.path)
        for entry in left.get(finding.fingerprint, ()):
            if entry.path == home:
                known[index] = entry
                left[finding.fingerprint].remove(entry)
                break
    looked_at = {
        report.home(file.path) for file in report.files if file.status != "failed" and file.reason != "excluded"
    }
    # What was known in these files is there no more: it is mended, or it has moved.
    idle = [entry for same in left.values() for entry in same if entry.path in looked_at or gone(entry.path)]
    moved: dict[str, list[Entry]] = {}
    for entry in idle:
        moved.setdefault(entry.fingerprint, []).append(entry)
    for index, finding in enumerate(report.findings):
        if index not in known and moved.get(finding.fingerprint):
            known[index] = moved[finding.fingerprint].pop(0)
    met = set(map(id, known.values()))
    return Matched(known, [one for one in idle if id(one) not in met and (ran is None or one.rule in ran)])


def apply(
    report: Report, entries: Sequence[Entry], path: str, locked: Collection[str], gone: Callable[[str], bool]
) -> tuple[Report, list[Entry]]:
    """The report without what is known, and the entries that are out of date. What is known until a day that is past,
    or of a rule that is locked, comes back and says so. ``path`` is the baseline's own."""
    matched = match(report, entries, gone, {about.name for about in report.about} or None)
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for index, finding in enumerate(report.findings):
        entry = matched.known.get(index)
        if entry is None:
            kept.append(finding)
        elif finding.rule in locked:
            kept.append(_returned(finding, entry, path, f"known, but {finding.rule} is locked"))
        elif entry.until and entry.until < report.as_of:
            kept.append(_returned(finding, entry, path, f"known until {entry.until}, which is past"))
        else:
            suppressed.append(finding._replace(waiver=waiver(entry, path)))
    together = sorted((*report.suppressed, *suppressed), key=lambda f: (f.path, f.span, f.rule, f.message))
    return report._replace(findings=tuple(kept), suppressed=tuple(together)), matched.outdated


def waiver(entry: Entry, path: str) -> Waiver:
    """Who answers for a known finding."""
    reason = entry.reason or KNOWN
    return Waiver("baseline", path, entry.at.line, reason, entry.owner, entry.ticket, entry.until)


def _returned(finding: Finding, entry: Entry, path: str, told: str) -> Finding:
    return finding._replace(related=(*finding.related, Related(path, entry.at, told)))


def as_data(entry: Entry) -> dict[str, Any]:
    """What an entry says, without its place."""
    return {key: value for key, value in entry._asdict().items() if key != "at"}
