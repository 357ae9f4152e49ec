"""What reports for programs share: findings as plain data, JSON that no log takes for a command, paths, addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from slalint.model import SEVERITIES, Finding, Fix, Related, Report, SourceFile

HOME = "https://slalint.dev/"
DOCS = HOME + "rules/"

# Characters of a path that need no escape in an address (RFC 3986); a colon would make a scheme of what stands before.
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@")


def as_json(data: Any, indent: int | None = None) -> str:
    """ASCII only, so that no control character is left, and without the command of a GitHub workflow in it."""
    return json.dumps(data, indent=indent, allow_nan=False, default=str).replace("##[", "##\\u005b")


def docs(report: Report, rule: str) -> str:
    """Where a rule is explained; empty for rules of others."""
    foreign = any(about.pack for about in report.about if about.name == rule)
    return "" if foreign else DOCS + rule


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, otherwise in their order."""
    return sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity))


def is_absolute(path: str) -> bool:
    return path.startswith("/") or path[1:3] == ":/"


def uri(path: str) -> str:
    """A path as the address of a file, absolute or relative."""
    written = "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in path.encode("utf-8", "surrogatepass"))
    if not is_absolute(path):
        return written
    return "file://" + ("" if path.startswith("/") else "/") + written


def finding_data(finding: Finding, report: Report) -> dict[str, Any]:
    """A finding as ``schemas/report.schema.json`` describes it."""
    source = report.sources.get(finding.path)
    waiver = finding.waiver
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
        "related": [
            {"path": related.path, **related_place(related, report), "message": related.message}
            for related in finding.related
        ],
        "fingerprint": finding.fingerprint,
        "fix": _fix(finding.fix, source) if finding.fix is not None else None,
        "data": dict(finding.data) if finding.data is not None else None,
        **({"waiver": waiver._asdict()} if waiver is not None else {}),
    }


def place(start: int, end: int, source: SourceFile | None, line: int = 1, column: int = 1) -> dict[str, int]:
    """Lines and columns; where the text of another file is not at hand, the end is taken to be on the same line."""
    end_line, end_column = source.position(end) if source is not None else (line, column + end - start)
    if source is not None:
        line, column = source.position(start)
    return {"line": line, "column": column, "endLine": end_line, "endColumn": end_column}


def related_place(related: Related, report: Report) -> dict[str, int]:
    """The lines and columns of another place that a finding speaks of."""
    span = related.span
    return place(span.start, span.end, report.sources.get(related.path), span.line, span.column)


def _fix(fix: Fix, source: SourceFile | None) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": "safe" if fix.safe else "unsafe",
        "edits": [
            {**place(edit.start, edit.end, source), "start": edit.start, "end": edit.end, "text": edit.text}
            for edit in fix.edits
        ],
    }
