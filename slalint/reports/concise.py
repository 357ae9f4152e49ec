"""One line a finding: place, severity, rule, message."""

from __future__ import annotations

from slalint.model import Report
from slalint.reports._text import COLORS, flowing, paint, visible

extension = "txt"
colored = True


def render(report: Report, color: bool = False) -> str:
    lines = []
    for finding in report.findings:
        place = f"{visible(finding.path)}:{finding.span.line}:{finding.span.column}"
        severity = paint(finding.severity, COLORS[finding.severity], color)
        lines.append(f"{place}: {severity}: {finding.rule}: {flowing(finding.message)}\n")
    return "".join(lines)
