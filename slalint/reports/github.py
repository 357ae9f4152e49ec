"""For the log of a GitHub workflow: commands that make annotations at the lines of a pull request.

Of each severity GitHub shows ten a step and drops the others, so the gravest come first and the last notice says how
many are not shown. Findings in full belong into ``full`` or ``markdown`` beside it.
"""

from __future__ import annotations

from slalint.model import Finding, Report
from slalint.reports._data import by_weight
from slalint.reports._text import count, for_github, told, visible

extension = "txt"
commands = True  # its lines are meant to be taken for commands; what they quote is made harmless here

_SHOWN = 10  # annotations of each severity in a step
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    room = dict.fromkeys(_COMMANDS, _SHOWN)
    if any(report.count(severity) > _SHOWN for severity in ("error", "warning", "info")):
        room["info"] -= 1
    lines, left = [], 0
    for finding in by_weight(report.findings):
        room[finding.severity] -= 1
        if room[finding.severity] < 0:
            left += 1
        else:
            lines.append(_command(finding, report))
    if left:
        lines.append(
            f"::notice title=slalint::{count(left, 'more finding')}: GitHub shows {_SHOWN} of each severity a step, "
            "the log and the job summary have them all."
        )
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding, report: Report) -> str:
    where = {
        "file": visible(report.home(finding.path)),
        "line": str(finding.span.line),
        "endLine": str(finding.end_line),
    }
    if finding.end_line == finding.span.line:  # columns of two lines make GitHub drop the annotation
        where["col"] = str(finding.span.column)
        where["endColumn"] = str(finding.end_column)
    where["title"] = f"slalint: {finding.rule}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_message(chr(10).join(told(finding)))}"


def _message(text: str) -> str:
    return for_github(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
