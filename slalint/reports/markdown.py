"""For the summary of a CI job or a comment: a table of findings, the gravest first, in Markdown as GitHub and GitLab
show it. It stays below the 1 MiB that a job summary may have."""

from __future__ import annotations

import re

from slalint.model import Finding, Report
from slalint.patterns import lazy
from slalint.reports._data import by_weight, docs
from slalint.reports._text import count, flowing, lines_of, summary, tally

extension = "md"

_LIMIT = 1_000_000  # bytes; GitHub refuses a summary of more than 1 MiB
_SPECIAL = lazy(r"[\\`*_{}\[\]|~$]|^[-+=#]")
_ICONS = {"error": "🔴 error", "warning": "🟡 warning", "info": "🔵 info"}


def render(report: Report) -> str:
    head = f"### slalint: {tally(report)}\n\n"
    foot = f"\n{plain(summary(report))}\n"
    foot += "".join(f"- {plain(flowing(error))}\n" for error in report.errors[:20])
    if not report.findings:
        return head + foot.lstrip("\n")
    head += "| | where | rule | finding |\n|---|---|---|---|\n"
    room = _LIMIT - len((head + foot).encode()) - 200
    rows = []
    findings = by_weight(report.findings)
    for number, finding in enumerate(findings):
        row = _row(finding, report)
        room -= len(row.encode())
        if room < 0:
            foot = f"\n… and {count(len(findings) - number, 'more finding')}, for which there is no room here.\n" + foot
            break
        rows.append(row)
    return head + "".join(rows) + foot


def _row(finding: Finding, report: Report) -> str:
    where = f"{report.home(finding.path)}:{finding.span.line}:{finding.span.column}"
    told = plain(flowing(finding.message))
    if finding.why:
        told += f"<br>{plain(flowing(finding.why))}"
    for number, line in enumerate(lines_of(finding.hint)):
        depth = len(line) - len(line.lstrip(" "))
        told += f"<br>{'' if number else 'Fix: '}{'&nbsp;' * depth}{plain(line[depth:])}"
    address = docs(report, finding.rule)
    rule = f"[{finding.rule}]({address})" if address else plain(finding.rule)
    return f"| {_ICONS[finding.severity]} | {plain(flowing(where))} | {rule} | {told} |\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no link, nobody mentioned, no command to a workflow."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SPECIAL.sub(r"\\\g<0>", text)
    # Addresses, mentions and references become links without any markup; an empty comment breaks them.
    text = re.sub(r"[@#](?=\w)", r"\g<0><!-- -->", text)
    text = re.sub(r"(?i)(?:www(?=\.)|https?(?=:)|ftp(?=:)|mailto(?=:)|xmpp(?=:))", r"\g<0><!-- -->", text)
    return text.replace("::", ":<!-- -->:")
