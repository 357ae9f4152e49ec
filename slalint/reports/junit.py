"""For test reports of CI servers: JUnit XML, a suite for each file and a case for each finding.

What makes the exit status 1 is a failure, other findings are cases that passed with a word to say, suppressed ones are
skipped, and what could not be done is an error. A file without findings is one case that passed.
"""

from __future__ import annotations

from collections import defaultdict

from slalint.model import Finding, Report
from slalint.reports._text import flowing, told, visible

extension = "xml"


def render(report: Report) -> str:
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*report.findings, *report.suppressed):
        findings[finding.path].append(finding)
    for file in report.files:
        if file.status == "checked":
            findings.setdefault(file.path, [])
    suites = [_suite(path, found, report) for path, found in sorted(findings.items())]
    failures = sum(map(report.counts, report.findings))
    tests = sum(max(len(found), 1) for found in findings.values()) + len(report.errors)
    if report.errors:
        suites.append(_errors(report))
    head = (
        f'<testsuites name="slalint" tests="{tests}" failures="{failures}" errors="{len(report.errors)}" '
        f'skipped="{len(report.suppressed)}">'
    )
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(path: str, findings: list[Finding], report: Report) -> str:
    where = _xml(visible(report.home(path)))
    failures = sum(report.counts(finding) for finding in findings if finding.waiver is None)
    skipped = sum(finding.waiver is not None for finding in findings)
    cases = [_case(finding, where, report) for finding in findings]
    return "\n".join(
        [
            f'  <testsuite name="{where}" tests="{max(len(cases), 1)}" failures="{failures}" errors="0" '
            f'skipped="{skipped}">',
            *(cases or [f'    <testcase name="no findings" classname="{where}" file="{where}"/>']),
            "  </testsuite>",
        ]
    )


def _case(finding: Finding, where: str, report: Report) -> str:
    line, column = finding.span.line, finding.span.column
    name = _xml(f"{finding.rule} {line}:{column}")
    message, body = _xml(flowing(finding.message)), _xml("\n".join(told(finding)))
    if finding.waiver is not None:
        said = f'<skipped message="{_xml(flowing(finding.waiver.reason))}"/>'
    elif report.counts(finding):
        said = f'<failure type="{finding.severity}" message="{message}">{body}</failure>'
    else:
        said = f"<system-out>{finding.severity}: {body}</system-out>"
    case = f'    <testcase name="{name}" classname="{where}" file="{where}" line="{line}">'
    return f"{case}\n      {said}\n    </testcase>"


def _errors(report: Report) -> str:
    number = len(report.errors)
    cases = [
        f'    <testcase name="{_xml(flowing(error))}" classname="slalint">\n'
        f'      <error message="{_xml(flowing(error))}"/>\n    </testcase>'
        for error in report.errors
    ]
    head = f'  <testsuite name="slalint" tests="{number}" failures="0" errors="{number}" skipped="0">'
    return "\n".join([head, *cases, "  </testsuite>"])


def _xml(text: str) -> str:
    """Text for an element or an attribute. What the log of a GitHub workflow takes for a command is written otherwise,
    and read as the same."""
    for plain, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(plain, written)
    return text.replace("::", ":&#58;").replace("##[", "##&#91;")
