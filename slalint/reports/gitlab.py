"""For GitLab's Code Quality: the list of findings that a merge request and the diff view show.

GitLab tells findings apart by their fingerprints alone and does not show the name of a rule, so the description begins
with it.
"""

from __future__ import annotations

from hashlib import sha256

from slalint.model import Finding, Report
from slalint.reports._data import as_json
from slalint.reports._text import flowing, visible

extension = "json"

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    taken: set[str] = set()
    return as_json([_entry(finding, report, taken) for finding in report.findings], indent=2) + "\n"


def _entry(finding: Finding, report: Report, taken: set[str]) -> dict[str, object]:
    path = report.home(finding.path)
    return {
        "description": f"{finding.rule}: {flowing(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": _own(finding.fingerprint, path, taken),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": visible(path),
            "positions": {
                "begin": {"line": finding.span.line, "column": finding.span.column},
                "end": {"line": finding.end_line, "column": finding.end_column},
            },
        },
    }


def _own(fingerprint: str, path: str, taken: set[str]) -> str:
    """The fingerprint, made unique: copies of an agreement under one id share theirs, and GitLab shows only one."""
    number = 0
    unique = fingerprint
    while unique in taken:
        number += 1
        told = f"{fingerprint}\0{path}\0{number}"
        unique = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    taken.add(unique)
    return unique
