"""For people with many findings: under the name of each file a line for each finding, in columns."""

from __future__ import annotations

from itertools import groupby

from slalint.model import Report
from slalint.reports._text import COLORS, flowing, paint, visible

extension = "txt"
colored = True


def render(report: Report, color: bool = False) -> str:
    blocks = []
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        findings = list(group)
        places = [f"{finding.span.line}:{finding.span.column}" for finding in findings]
        width = max(map(len, places))
        lines = [paint(visible(path), "1", color)]
        for place, finding in zip(places, findings, strict=True):
            severity = paint(f"{finding.severity:<7}", COLORS[finding.severity], color)
            lines.append(f"  {place:>{width}}  {severity}  {finding.rule}: {flowing(finding.message)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
