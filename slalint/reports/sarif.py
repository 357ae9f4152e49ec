"""For code scanning on GitHub and other readers of SARIF 2.1.0: one run, with all rules that ran.

GitHub raises an alert for a suppressed result too, so those are left out unless asked for.
"""

from __future__ import annotations

from typing import Any

from slalint import __version__
from slalint.model import About, Finding, Report, SourceFile
from slalint.reports._data import (
    DOCS,
    HOME,
    as_json,
    by_weight,
    is_absolute,
    place,
    related_place,
    uri,
)
from slalint.reports._text import count, flowing, visible

extension = "sarif"

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_RESULTS = 25_000  # GitHub refuses a run with more
_TEXT = 1024  # characters of a rule's descriptions
_RELATED = 100
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}  # GitHub's own words


def render(report: Report, fingerprints: str = "own", include_suppressed: bool = False) -> str:
    """``fingerprints="github"`` adds the hashes that GitHub's own upload would compute, for other ways to upload."""
    findings = [*report.findings, *(report.suppressed if include_suppressed else ())]
    left = len(findings) - _RESULTS
    kept = by_weight(findings)[:_RESULTS] if left > 0 else findings
    rules = _Rules(report)
    results = [_result(finding, report, rules) for finding in kept]
    if fingerprints == "github":
        _add_line_hashes(results, kept, report)
    run: dict[str, Any] = {
        "tool": rules.tool(),
        "automationDetails": {"id": "slalint/"},  # the slash makes it a category
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the repository."}}},
        "invocations": [_invocation(report, max(left, 0))],
        "results": results,
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


class _Rules:
    """The rules as SARIF lists them: ours with the driver, those of others as extensions. A finding of a rule that is
    not among them (a report made by hand) gets an entry of its own."""

    def __init__(self, report: Report) -> None:
        packs: dict[str, list[dict[str, Any]]] = {"": []}
        self._places: dict[str, tuple[str, int]] = {}
        fired = [About(f.rule, f.category, f.severity, f.rule, "", "") for f in (*report.findings, *report.suppressed)]
        for about in (*report.about, *fired):
            if about.name not in self._places:
                pack = packs.setdefault(about.pack, [])
                self._places[about.name] = about.pack, len(pack)
                pack.append(_rule(about))
        self._packs = packs
        self._extensions = [pack for pack in packs if pack]

    def tool(self) -> dict[str, Any]:
        driver = {
            "name": "slalint",
            "informationUri": HOME,
            "version": __version__,
            "semanticVersion": __version__,
            "rules": self._packs[""],
        }
        extensions = [{"name": visible(pack), "rules": self._packs[pack]} for pack in self._extensions]
        return {"driver": driver, **({"extensions": extensions} if extensions else {})}

    def reference(self, name: str) -> dict[str, Any]:
        pack, index = self._places[name]
        if not pack:
            return {"ruleId": name, "ruleIndex": index}
        component = {"index": self._extensions.index(pack), "name": visible(pack)}
        return {"ruleId": name, "rule": {"id": name, "index": index, "toolComponent": component}}


def _rule(about: About) -> dict[str, Any]:
    summary = flowing(about.summary)[:_TEXT] or about.name
    why = flowing(about.why)
    lines = [line for line in (why, *map(visible, about.fix.expandtabs(2).splitlines())) if line]
    return {
        "id": about.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": (f"{summary} {why}".rstrip())[:_TEXT]},
        "help": {"text": "\n".join(lines) or summary},
        **({"helpUri": DOCS + about.name} if not about.pack else {}),
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
        "properties": {"tags": [about.category], "problem.severity": _PROBLEMS[about.severity]},
    }


def _result(finding: Finding, report: Report, rules: _Rules) -> dict[str, Any]:
    said = [_plain(part) for part in (finding.message, finding.why) if part]
    region = {
        "startLine": finding.span.line,
        "startColumn": finding.span.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    result: dict[str, Any] = {
        **rules.reference(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(said)},
        "locations": [{"physicalLocation": _physical(finding.path, region, report)}],
        "partialFingerprints": {"slalint/v1": finding.fingerprint},
        "properties": {"confidence": finding.confidence, "pointer": visible(finding.pointer)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _plain(related.message)},
                "physicalLocation": _physical(related.path, _region(related_place(related, report)), report),
            }
            for number, related in enumerate(finding.related[:_RELATED], 1)
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding, report)]
    if finding.waiver is not None:
        kind = "inSource" if finding.waiver.kind == "comment" else "external"
        said_why = flowing(finding.waiver.reason)
        result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": said_why}]
    return result


def _fix(finding: Finding, report: Report) -> dict[str, Any]:
    assert finding.fix is not None
    source = report.sources.get(finding.path)
    replacements = [
        {
            "deletedRegion": _region(place(edit.start, edit.end, source)),
            "insertedContent": {"text": edit.text},
        }
        for edit in finding.fix.edits
    ]
    change = {"artifactLocation": _artifact(finding.path, report), "replacements": replacements}
    return {"description": {"text": flowing(finding.fix.title)}, "artifactChanges": [change]}


def _physical(path: str, region: dict[str, int], report: Report) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path, report), "region": region}


def _artifact(path: str, report: Report) -> dict[str, str]:
    inside = report.home(path)
    if is_absolute(inside):
        return {"uri": uri(inside)}
    return {"uri": uri(inside), "uriBaseId": "%SRCROOT%"}


def _region(at: dict[str, int]) -> dict[str, int]:
    return {
        "startLine": at["line"],
        "startColumn": at["column"],
        "endLine": at["endLine"],
        "endColumn": at["endColumn"],
    }


def _plain(text: str) -> str:
    """A message in which nothing is taken for a link."""
    return flowing(text).replace("](", "] (")


def _invocation(report: Report, left: int) -> dict[str, Any]:
    told = [{"level": "error", "message": {"text": flowing(error)}} for error in report.errors]
    if left:
        text = f"{count(left, 'finding')} left out: a run may hold {_RESULTS:,}."
        told.append({"level": "warning", "message": {"text": text}})
    return {
        "executionSuccessful": not report.errors,
        "exitCode": report.status,
        **({"toolExecutionNotifications": told} if told else {}),
    }


# ---- fingerprints of GitHub's own making

_BLOCK = 100  # code units that a hash looks at
_MASK = (1 << 64) - 1


def _add_line_hashes(results: list[dict[str, Any]], findings: list[Finding], report: Report) -> None:
    hashes: dict[str, list[str]] = {}
    for result, finding in zip(results, findings, strict=True):
        source = report.sources.get(finding.path)
        if source is None:
            continue
        if finding.path not in hashes:
            hashes[finding.path] = line_hashes(source)
        line = finding.span.line
        if line <= len(hashes[finding.path]):
            result["partialFingerprints"]["primaryLocationLineHash"] = hashes[finding.path][line - 1]


def line_hashes(source: SourceFile) -> list[str]:
    """For each line the hash by which GitHub follows an alert, as its ``upload-sarif`` action computes it: of the first
    100 UTF-16 units from the line's start that are neither blank nor tab, with a count of equals."""
    text = ("\ufeff" if source.bom else "") + source.text.replace("\r\n", "\n").replace("\r", "\n")
    raw = text.replace(" ", "").replace("\t", "").encode("utf-16-le", "surrogatepass") + b"\xff\xff"
    units = [low | high << 8 for low, high in zip(raw[::2], raw[1::2], strict=True)]
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == 10)]
    seen: dict[int, int] = {}
    found = []
    for start in starts:
        value = 0
        block = units[start : start + _BLOCK]
        for unit in block:
            value = (value * 37 + unit) & _MASK
        value = value * pow(37, _BLOCK - len(block), 1 << 64) & _MASK
        seen[value] = seen.get(value, 0) + 1
        found.append(f"{value:x}:{seen[value]}")
    return found
