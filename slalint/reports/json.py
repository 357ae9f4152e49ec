"""For programs: version 1 of slalint's own JSON, described by ``schemas/report.schema.json``.

``json`` is another name for ``json-v1``: a later version gets a module of its own, and the old name stays.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from slalint import __version__
from slalint.model import SEVERITIES, Finding, Fix, Related, Report, SourceFile

extension = "json"
aliases = ("json-v1",)

SCHEMA = "https://slalint.dev/schemas/v1/report.schema.json"
DOCS = "https://slalint.dev/rules/"


def render(report: Report) -> str:
    return json.dumps(as_data(report), indent=2, allow_nan=False, default=str) + "\n"


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
            "files": {key: status[key] for key in ("checked", "skipped", "failed")},
        },
        "files": [
            {"path": file.path, "status": file.status, "reason": file.reason, "agreements": file.agreements}
            for file in report.files
        ],
        "findings": [_finding(finding, report) for finding in report.findings],
        "suppressed": [_finding(finding, report) for finding in report.suppressed],
        "errors": list(report.errors),
    }


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    source = report.sources.get(finding.path)
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "why": finding.why,
        "hint": finding.hint,
        "url": DOCS + finding.rule,
        "path": finding.path,
        "document": finding.document,
        "pointer": finding.pointer,
        "line": finding.span.line,
        "column": finding.span.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "related": [_related(related, report.sources.get(related.path)) for related in finding.related],
        "fingerprint": finding.fingerprint,
        "fix": _fix(finding.fix, source) if finding.fix is not None else None,
        "data": dict(finding.data) if finding.data is not None else None,
    }


def _place(start: int, end: int, source: SourceFile | None, line: int = 1, column: int = 1) -> dict[str, int]:
    """Lines and columns; where the text of another file is not at hand, the end is taken to be on the same line."""
    end_line, end_column = source.position(end) if source is not None else (line, column + end - start)
    if source is not None:
        line, column = source.position(start)
    return {"line": line, "column": column, "endLine": end_line, "endColumn": end_column}


def _related(related: Related, source: SourceFile | None) -> dict[str, Any]:
    span = related.span
    place = _place(span.start, span.end, source, span.line, span.column)
    return {"path": related.path, **place, "message": related.message}


def _fix(fix: Fix, source: SourceFile | None) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": "safe" if fix.safe else "unsafe",
        "edits": [
            {**_place(edit.start, edit.end, source), "start": edit.start, "end": edit.end, "text": edit.text}
            for edit in fix.edits
        ],
    }
