"""For reviewdog: its Diagnostic Format (rdjson). Columns count bytes of UTF-8; paths are relative to the working
folder, as reviewdog takes them."""

from __future__ import annotations

from typing import Any

from slalint.model import Finding, Report, SourceFile
from slalint.reports._data import HOME, as_json, docs, place, related_place
from slalint.reports._text import flowing, visible

extension = "json"

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report) -> str:
    data = {
        "source": {"name": "slalint", "url": HOME},
        "diagnostics": [_diagnostic(finding, report) for finding in report.findings],
    }
    return as_json(data, indent=2) + "\n"


def _diagnostic(finding: Finding, report: Report) -> dict[str, Any]:
    source = report.sources.get(finding.path)
    address = docs(report, finding.rule)
    at = {
        "line": finding.span.line,
        "column": finding.span.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    told: dict[str, Any] = {
        "message": " ".join(flowing(part) for part in (finding.message, finding.why) if part),
        "location": {"path": visible(finding.path), "range": _range(at, source)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, **({"url": address} if address else {})},
    }
    if finding.fix is not None and len(finding.fix.edits) == 1:  # each suggestion is taken by itself
        edit = finding.fix.edits[0]
        told["suggestions"] = [{"range": _range(place(edit.start, edit.end, source), source), "text": edit.text}]
    if finding.related:
        told["related_locations"] = [
            {
                "message": flowing(related.message),
                "location": {
                    "path": visible(related.path),
                    "range": _range(related_place(related, report), report.sources.get(related.path)),
                },
            }
            for related in finding.related
        ]
    return told


def _range(at: dict[str, int], source: SourceFile | None) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": at["line"], "column": _bytes(at["line"], at["column"], source)},
        "end": {"line": at["endLine"], "column": _bytes(at["endLine"], at["endColumn"], source)},
    }


def _bytes(line: int, column: int, source: SourceFile | None) -> int:
    """A column as reviewdog counts it."""
    if source is None:
        return column
    before = source.line(line)[: column - 1]
    return len(before.encode("utf-8", "surrogatepass")) + column - len(before)
