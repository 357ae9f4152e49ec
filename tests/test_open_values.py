"""A value that says nothing is never clean: whatever stands in its place, and in whatever form, somebody is told."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from slalint import sources
from slalint.agreement import ELEMENTS, MAY_BE_NONE, Agreement
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Finding
from slalint.rule import Rule
from slalint.terms.placeholders import says_nothing

GOOD = (Path(__file__).parent.parent / "examples" / "good" / "mail.sla.yaml").read_text("utf-8")
OPEN = ["tbd", "TBD", "t.b.d.", "n/a", "N.A.", "na", "?", "???", "…", "...", "-", "—", "see contract", "as agreed"]


@cache
def rules() -> list[Rule]:
    return bundled()


def findings(name: str, text: str) -> list[Finding]:
    """What is found, but for the words of an agreement, which are none of these values."""
    report = lint([Input(name, text.encode(), True)], rules(), Config(min_confidence="low"), "2026-10-01")
    return [one for one in report.findings if one.category != "definitions"]


def read(name: str, text: str) -> Agreement:
    source, _ = sources.find(name, text.encode())
    file, _ = sources.decode(name, text.encode())
    assert source is not None
    (agreement,) = source.read(file, force=True).agreements
    return agreement


@pytest.mark.parametrize("value", OPEN)
def test_says_nothing(value: str) -> None:
    assert says_nothing(value, none=False)
    assert says_nothing(f"*{value}*", none=False)


@pytest.mark.parametrize(
    "value",
    ["", "See the Hosting Contract of 2024", "as agreed by both boards", "NA region", "-5 °C", "no", "dash-board"],
)
def test_says_something(value: str) -> None:
    assert not says_nothing(value, none=True)


def test_none_is_an_answer_to_some_questions() -> None:
    assert says_nothing("None.", none=True)
    assert not says_nothing("None.", none=False)


# ---- data: a field, by the line on which it stands in the example

FIELDS = {
    "customer": "  customer: ",
    "provider": "  provider: ",
    "manager": "    name: Mona",
    "deputy": "    deputy: ",
    "representative": "      name: Harriet",
    "reporting": "  reporting: ",
    "escalation": "  escalation: ",
    "review": "  frequency: ",
    "goals": "  - statement: Staff",
    "effective_date": "  effectiveDate: ",
    "version": "  version: ",
    "hours": "    hours: ",
    "target": "    target: ",
    "window": "    window: ",
    "tool": "      tool: ",
    "tool name": "    name: ",
    "purpose": "    purpose: ",
    "definition": "  Available: ",
    "description": "    description: ",
    "priority": "    definition: ",
    **{name: f"  {name}: " for name in "application renewal modification exclusions limitations termination".split()},
}


def with_value(field: str, value: str) -> tuple[str, int]:
    """The example with a value in place of that of a field, and the line of the field."""
    at = re.search(rf"^{re.escape(FIELDS[field])}.*$", GOOD, re.M)
    assert at is not None
    key = at.group().partition(": ")[0]
    return f'{GOOD[: at.start()]}{key}: "{value}"{GOOD[at.end() :]}', GOOD[: at.start()].count("\n") + 1


@pytest.mark.parametrize("field", FIELDS)
def test_data(field: str) -> None:
    silent = []
    for value in [*OPEN, "none"]:
        text, line = with_value(field, value)
        told = [one for one in findings("x.sla.yaml", text) if one.span.line == line]
        if value == "none" and field in MAY_BE_NONE:
            assert not told
        elif not told:
            silent.append(value)
        if field in ELEMENTS and field != "goals" and not (value == "none" and field in MAY_BE_NONE):
            assert read("x.sla.yaml", text).elements[field].state != "present", value
    assert not silent


def test_one_defect_one_finding() -> None:
    for field in ("termination", "manager", "effective_date", "target", "definition"):
        text, _ = with_value(field, "n/a")
        assert [one.rule for one in findings("x.sla.yaml", text)] == ["placeholder"], field


# ---- prose: a label in each of the ways in which labels are written

LABELS = {
    "manager": "Service level manager",
    "customer_representative": "Customer representative",
    "review": "Review",
    "goals": "Goals",
    "application": "Scope",
    "renewal": "Renewal",
    "modification": "Changes",
    "exclusions": "Exclusions",
    "limitations": "Limitations",
    "termination": "Termination",
    "effective_date": "Effective date",
    "version": "Version",
    "escalation": "Escalation",
    "reporting": "Reporting",
    "service_hours": "Service hours",
    "time_zone": "Time zone",
    "remedies": "Remedies",
}
UNTITLED = ("version", "time_zone")  # no part of a document has them for a title
WAYS = {
    "line": "**{label}:** {value}",
    "item": "- {label}: {value}",
    "head row": "| {label} | {value} |\n|---|---|",
    "row": "| | |\n|---|---|\n| {label} | {value} |",
    "wide row": "| What | Who | Where |\n|---|---|---|\n| {label} | {value} | {value} |",
    "title": "## {label}\n\n{value}",
}


def written(way: str, label: str, value: str) -> str:
    said = WAYS[way].format(label=label, value=value).rstrip(" ")
    other = "**Effective date:** 1 May 2026" if label == "Version" else "**Version:** 3"
    below = f"## Paper\n\n{other}" if way == "title" else other
    return f"# Service level agreement: mail\n\nStaff write letters.\n\n{said}\n\n{below}\n"


def test_every_element_has_a_label() -> None:
    assert set(LABELS) == set(ELEMENTS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("element", LABELS)
def test_prose(element: str, way: str) -> None:
    if way == "title" and element in UNTITLED:
        return
    silent = []
    for value in [*OPEN, "none", ""]:
        if (way == "title" and value in ("", "-")) or (way == "line" and value == "" and element in UNTITLED):
            continue  # nothing stands below a title, and a line in bold is one
        text = written(way, LABELS[element], value)
        told = [one for one in findings("x.md", text) if 5 <= one.span.line <= 7]
        if value == "none" and element in MAY_BE_NONE:
            assert not told
        elif not told or read("x.md", text).elements[element].state == "present":
            silent.append(value)
    assert not silent


@pytest.mark.parametrize("way", [way for way in WAYS if way != "title"])
@pytest.mark.parametrize("side", ["Provider", "Customer"])
def test_sides(side: str, way: str) -> None:
    for value in [*OPEN, "none"]:
        if way == "head row" or (way == "wide row" and not says_nothing(value, none=False)):
            continue
        text = written(way, side, value)
        assert [one.rule for one in findings("x.md", text) if 5 <= one.span.line <= 7], value


@pytest.mark.parametrize("below", ["- Harriet Vale", "Vale leads.", "| Name |\n|---|\n| Vale |", "```\nVale\n```"])
def test_a_label_may_introduce_what_follows(below: str) -> None:
    text = f"# Service level agreement: mail\n\n**Escalation:**\n\n{below}\n"
    assert not [one for one in findings("x.md", text) if one.rule == "placeholder"]
