"""Times by priority, in every shape in which tables and lists give them, and what is no inversion for all its looks."""

from __future__ import annotations

from functools import cache

import pytest

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.rule import Rule

NAMES = (
    "priority-inversion",
    "resolution-before-response",
    "incomplete-priority-matrix",
    "escalation-after-deadline",
    "contradictory-target",
)
HEAD = "# Service level agreement: mail\n\n## Incidents\n\n"


@cache
def rules() -> list[Rule]:
    return [rule for rule in bundled() if rule.name in NAMES]


def told(path: str, text: str, confidence: str = "medium") -> list[str]:
    report = lint([Input(path, text.encode(), True)], rules(), Config(min_confidence=confidence), "2026-11-23")
    assert not report.errors
    return [f"{f.span.line} {f.rule}" for f in report.findings]


ROWS = "| Priority | Response | Restored |\n|---|---|---|\n"
PROSE = {
    "rows from the lowest level up": (
        ROWS + "| P3 | 8 h | 24 h |\n| P2 | 1 h | 30 h |\n| P1 | 15 min | 4 h |\n",
        ["7 priority-inversion"],
    ),
    "words for levels": (
        ROWS + "| Critical | 1 h | 8 h |\n| High | 2 h | 6 h |\n| Low | 1 day | 3 days |\n",
        ["8 priority-inversion"],
    ),
    "levels as columns": (
        "| | Sev 1 | Sev 2 | Sev 3 |\n|---|---|---|---|\n| Response time | 1 h | 30 min | 8 h |\n",
        ["7 priority-inversion"],
    ),
    "plan and level": (
        "| Severity | Basic response | Premium response |\n|---|---|---|\n| S1 | 4 h | 2 h |\n| S2 | 8 h | 1 h |\n",
        ["8 priority-inversion"],
    ),
    "levels as headings": (
        "### P1\n\n- Response time: 1 hour\n- Resolution time: 30 minutes\n\n"
        "### P2\n\n- Response time: 2 hours\n- Resolution time: 8 hours\n",
        ["8 resolution-before-response"],
    ),
    "a level named far from its time": (
        "We resolve tickets:\n\n- within 2 days for each Priority 1 ticket;\n- within 4 weeks for Priority 2 tickets;\n"
        "- all others are Priority 3, wait in the list and are resolved within 2 weeks.\n",
        ["9 priority-inversion"],
    ),
    "business time and clock time": (
        ROWS + "| P1 | 6 business hours | 3 days |\n| P2 | 4 hours | 3 days |\n",
        ["8 priority-inversion"],
    ),
    "hours that may be longer than they look": (ROWS + "| P1 | 4 h | 1 day |\n| P2 | 3 business hours | 1 day |\n", []),
    "hours that are faster as long as they run": (
        ROWS + "| P1 | 4 h | 1 day |\n| P2 | 1 business hour | 1 day |\n",
        ["8 priority-inversion"],
    ),
    "a day that may begin tomorrow": (ROWS + "| P1 | 24 h | 2 days |\n| P2 | 1 business day | 2 days |\n", []),
    "short names whose order is known": (
        ROWS + "| P1 | 3 days | 9 days |\n| P2 | 2 days | 6 days |\n| P3 | 1 h | 1 day |\n",
        ["8 priority-inversion", "8 priority-inversion", "9 priority-inversion", "9 priority-inversion"],
    ),
    "words that tell the order of the numbers": (
        ROWS + "| 1 – Low | 3 days | 9 days |\n| 2 – High | 2 days | 6 days |\n",
        [],
    ),
    "numbers that count upwards": (
        ROWS + "| Severity 1 | 3 days | 9 days |\n| Severity 2 | 2 days | 6 days |\n| Severity 3 | 1 h | 1 day |\n",
        [],
    ),
    "tiers of support": (ROWS.replace("Priority", "Level") + "| Tier 1 | 2 h | 4 h |\n| Tier 2 | 1 h | 4 h |\n", []),
    "levels that are as urgent as each other": (ROWS + "| High | 4 h | 2 days |\n| Major | 2 h | 2 days |\n", []),
    "an empty cell": (
        ROWS + "| P1 | 15 min | 4 h |\n| P2 | 1 h | |\n| P3 | 4 h | 2 days |\n",
        ["8 incomplete-priority-matrix"],
    ),
    "words instead of a time": (ROWS + "| P1 | 15 min | 4 h |\n| P2 | 1 h | best effort |\n| P3 | 4 h | n/a |\n", []),
    "two values for one level": (
        ROWS + "| P1 | 15 min | 4 h |\n| P2 | 1 h | 8 h |\n\n## Support\n\n" + ROWS + "| P1 | 15 min | 6 h |\n"
        "| P2 | 1 h | 8 h |\n",
        ["14 contradictory-target"],
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_prose(name: str) -> None:
    text, expected = PROSE[name]
    assert told("agreement.md", HEAD + text) == expected


def test_both_places_are_named() -> None:
    text = HEAD + PROSE["words for levels"][0]
    (finding,) = lint([Input("a.md", text.encode(), True)], rules(), Config(), "2026-11-23").findings
    assert [one.span.line for one in finding.related] == [7]
    assert "6 h" in finding.message and "8 h" in finding.message


DATA = {
    "a clock of certain hours": (
        "calendars: [{id: office, hours: Mon-Fri 09:00-17:00}]\n"
        "priorities:\n  - {id: P1, restore: 10 h, clock: office}\n  - {id: P2, restore: 9 h}\n",
        ["4 priority-inversion"],
    ),
    "a clock that may take longer": (
        "calendars: [{id: office, hours: Mon-Fri 09:00-17:00}]\n"
        "priorities:\n  - {id: P1, restore: 10 h}\n  - {id: P2, restore: 9 h, clock: office}\n",
        [],
    ),
    "business days of a known length": (
        "calendars: [{id: office, hours: Mon-Fri 09:00-17:00}]\n"
        "priorities:\n  - {id: P1, restore: 3 business days}\n  - {id: P2, restore: 20 business hours}\n",
        ["4 priority-inversion"],
    ),
    "business days of an unknown length": (
        "priorities:\n  - {id: P1, restore: 3 business days}\n  - {id: P2, restore: 20 business hours}\n",
        [],
    ),
    "an escalation in one sentence": (
        "governance: {escalation: 'Dana after 30 min, Kim after 5 h'}\npriorities:\n  - {id: P1, restore: 4 h}\n",
        ["1 escalation-after-deadline"],
    ),
    "an escalation in working days": (
        "governance: {escalation: [{level: 1, after: 1 business day}]}\npriorities:\n  - {id: P1, restore: 30 h}\n",
        [],
    ),
}


@pytest.mark.parametrize("name", DATA)
def test_data(name: str) -> None:
    text, expected = DATA[name]
    assert told("agreement.sla.yaml", text) == expected


BOTH = """\
---
agreement:
  apiVersion: slalint/v1
  kind: ServiceLevelAgreement
  metadata: {title: Mail}
  priorities:
    - {id: P1, response: 15 min, restore: 4 h}
    - {id: P2, response: 1 h, restore: 8 h}
  metrics:
    - {id: availability, category: availability, target: at least 99.5 %, window: calendar month}
---

# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month.

| Priority | Response | Restored |
|---|---|---|
| P1 | 15 minutes | 4 hours |
| P2 | 1 hour | 8 hours |
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("99.5 % of", "99.5 % of"), []),
        (("99.5 % of", "99.9 % of"), ["15 contradictory-target"]),
        (("| 8 hours", "| 12 hours"), ["20 contradictory-target"]),
        (("| 8 hours", "| one business day"), []),
    ],
)
def test_data_and_the_prose_around_it(change: tuple[str, str], expected: list[str]) -> None:
    assert told("agreement.md", BOTH.replace(*change)) == expected
