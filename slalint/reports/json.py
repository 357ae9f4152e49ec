"""For programs: version 1 of slalint's own JSON, described by ``schemas/report.schema.json``.

``json`` is another name for ``json-v1``: a later version gets a module of its own, and the old name stays.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from slalint import __version__
from slalint.model import SEVERITIES, Report
from slalint.reports._data import HOME, as_json, finding_data

extension = "json"
aliases = ("json-v1",)

SCHEMA = HOME + "schemas/v1/report.schema.json"


def render(report: Report) -> str:
    return as_json(as_data(report), indent=2) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    status = Counter(file.status for file in report.files)
    return {
        "schema": SCHEMA,
        "version": 1,
        "tool": {"name": "slalint", "version": __version__},
        "summary": {
            "exitStatus": report.status,
            "agreements": sum(file.agreements for file in report.files),
            "rules": report.rules,
            "asOf": report.as_of or None,
            "findings": {severity: report.count(severity) for severity in reversed(SEVERITIES)},
            "suppressed": len(report.suppressed),
            "since": report.since or None,
            "older": report.older,
            "files": {key: status[key] for key in ("checked", "skipped", "failed")},
        },
        "files": [
            {"path": file.path, "status": file.status, "reason": file.reason, "agreements": file.agreements}
            for file in report.files
        ],
        "findings": [finding_data(finding, report) for finding in report.findings],
        "suppressed": [finding_data(finding, report) for finding in report.suppressed],
        "errors": list(report.errors),
    }
