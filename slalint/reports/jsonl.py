"""For programs that read line by line: each finding as one JSON object on a line of its own, as in ``json``."""

from __future__ import annotations

from slalint.model import Report
from slalint.reports._data import as_json, finding_data

extension = "jsonl"


def render(report: Report) -> str:
    return "".join(as_json(finding_data(finding, report)) + "\n" for finding in report.findings)
