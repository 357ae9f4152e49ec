"""The examples say what they are meant to say, and a template asks for exactly what an agreement needs."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from slalint import resources
from slalint.config import Config
from slalint.disk import rulebook
from slalint.engine import Input, lint
from slalint.examples import run_examples
from slalint.model import Finding

ROOT = Path(__file__).resolve().parent.parent
GOOD = sorted((ROOT / "examples" / "good").iterdir())
FLAWED = sorted((ROOT / "examples" / "flawed").iterdir())
TEMPLATES = [f"{name}.{format_}" for name in resources.template_names() for format_ in ("md", "yaml")]


@cache
def rules() -> list[rulebook.Rule]:
    return rulebook.bundled()


def findings(path: str, text: str, as_of: str = "2026-11-23") -> tuple[Finding, ...]:
    report = lint([Input(path, text.encode())], rules(), Config(min_confidence="low"), as_of)
    assert [file.status for file in report.files] == ["checked"]
    assert not report.errors
    return report.findings


def told(found: tuple[Finding, ...]) -> list[str]:
    return [f"{f.span.line}: {f.rule}: {f.message}" for f in found]


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.name)
@pytest.mark.parametrize("as_of", ["2026-11-23", "2034-02-28"])
def test_good_examples_are_clean_whatever_the_day(path: Path, as_of: str) -> None:
    assert told(findings(path.name, path.read_text(), as_of)) == []


def test_the_json_twin_says_the_same() -> None:
    import yaml

    folder = ROOT / "examples" / "good"
    data = yaml.load((folder / "mail.sla.yaml").read_text(), Loader=yaml.BaseLoader)
    assert json.loads((folder / "mail.sla.json").read_text()) == data


@pytest.mark.parametrize("path", FLAWED, ids=lambda p: p.name)
def test_flawed_examples_have_the_defects_planted_in_them(path: Path) -> None:
    text = path.read_text()
    lines = text.splitlines()
    found = [(f.rule, lines[f.span.line - 1]) for f in findings(path.name, text)]
    missed = list(PLANTED[path.name])
    extra = []
    for rule, line in found:
        hit = next((planted for planted in missed if planted[0] == rule and planted[1] in line), None)
        if hit:
            missed.remove(hit)
        else:
            extra.append((rule, line))
    assert (missed, extra) == ([], [])


@pytest.mark.parametrize("name", ["cost-centre.yaml", "few-metrics.py"])
def test_house_rules_pass_their_examples(name: str) -> None:
    folder = str(ROOT / "examples" / "rules")
    own = next(rule for rule in rulebook.load(folder) if Path(rule.origin).name == name)
    assert run_examples(own, [*rules(), own]) == []


# ---- templates

ANSWERS = {
    "Title of the agreement": "Room booking",
    "Date of the first day": "2027-01-04",
    "Date of the last day": "2037-01-03",
    "Name of the providing department": "Facilities",
    "Name of the customer department": "Research",
    "Name of the providing team": "Storage",
    "Name of the customer team": "Web Shop",
    "Name of the provider": "Orrin Rooms AS",
    "Name of the supplier": "Orrin Rooms AS",
    "Name of the customer": "Velden Hotels AS",
    "Name of our company": "Velden Hotels AS",
    "Name of the service level manager": "Ruth Osei",
    "E-mail of the service level manager": "ruth.osei@orrin.example",
    "Name of the deputy": "Per Lund",
    "Name of the customer's representative": "Ana Ruiz",
    "E-mail of the customer's representative": "ana.ruiz@velden.example",
    "Name and time of each escalation level": "Per Lund after 20 min, then Ruth Osei after 40 min",
    "Description of what the customer can do": "book a room at any hour of the day",
    "Description of the promise it supports": "guests book a room at any hour of the day",
    "Description of how fast people are helped": "hears from a person within the hour and books again the same day",
    "Description of the check that shows it works": "a probe books a test room and cancels it within ten seconds",
    "Service hours": "Mon-Fri 07:00-19:00 Europe/Lisbon",
    "Description of the service": "Search and booking of rooms for guests.",
    "Description of the component": "Block storage for the web shop.",
    "Number of users at most": "at most 500 users",
    "Number of requests at most": "at most 200 requests a second",
    "Description of the first priority": "Nobody can book a room",
    "Description of the second priority": "One person cannot book a room",
    **{f"{what} for the {which} priority": answer for which, answers in {
        "first": ("15 min", "1 h", "30 min"),
        "second": ("1 h", "4 h", "2 h"),
        "third": ("4 h", "24 h", "8 h"),
    }.items() for what, answer in zip(("Response time", "Restore time", "Update period"), answers, strict=True)},
    "Name of the monitoring tool": "Icinga",
    "Name of the ticket tool": "Znuny",
    "Name of the CRM tool": "HubSpot",
    "Target for availability": "at least 99.5 %",
    "Date of the first availability figure": "2025-03-01",
    "Value of availability before the promise": "99.7 %",
    "Target for first response": "at least 95 %",
    "Date of the first response figure": "2025-03-01",
    "Value of first response before the promise": "97 %",
    "Target for restoration": "at least 90 %",
    "Date of the first restoration figure": "2025-03-01",
    "Value of restoration before the promise": "92 %",
    "Threshold and credit of the first tier": "less than 99.5 % but at least 99.0 %: 5 %",
    "Threshold and credit of the second tier": "less than 99.0 %: 10 %",
    "Threshold of the first tier": "less than 99.5 % but at least 99.0 %",
    "Percentage of the first tier": "5 %",
    "Threshold of the second tier": "less than 99.0 %",
    "Percentage of the second tier": "10 %",
    "Percentage of the cap": "10 %",
    "Description of the customer's duty": "tells the provider of a new house 30 calendar days before it opens",
    "Description of what it applies to": "the booking pages of all houses in Norway, for guests and staff",
    "Number of days for renewal": "90",
    "Number of days for changes": "30",
    "Number of days for termination": "90",
    "Number of hours": "2",
    "Name of the provider's signatory": "Ole Berg",
    "Date of the provider's signature": "2026-12-01",
    "Name of the customer's signatory": "Ana Ruiz",
    "Date of the customer's signature": "2026-12-02",
    "Name of Marketing's representative": "Ana Ruiz",
    "E-mail of Marketing's representative": "ana.ruiz@velden.example",
    "Name of Sales' representative": "Per Lund",
    "E-mail of Sales' representative": "per.lund@velden.example",
    "Name of Marketing's signatory": "Ana Ruiz",
    "Date of Marketing's signature": "2026-12-01",
    "Name of Sales' signatory": "Per Lund",
    "Date of Sales' signature": "2026-12-02",
    "Description of the common goal": "100 Sales Opportunities in each calendar quarter",
    "Description of the wait for an answer": "hears from a person within four Selling Hours",
    "Number of Qualified Leads at most": "600 Qualified Leads",
    "Description of a Qualified Lead": "A Lead with a score of at least 60 and a working telephone number",
    "Description of a Sales Opportunity": "An Accepted Lead with whom a meeting was held",
    "Selling hours": "Mon-Fri 08:30-18:00 Europe/Lisbon",
    "Target for lead volume": "at least 300 Qualified Leads",
    "Date of the first lead volume": "2025-03-01",
    "Value of lead volume before the promise": "320 Qualified Leads",
    "Target for lead acceptance": "at least 60 %",
    "Date of the first lead acceptance": "2025-03-01",
    "Value of lead acceptance before the promise": "62 %",
    "Time to the first Contact Attempt": "four Selling Hours",
    "Target for first contact": "at least 90 %",
    "Date of the first contact figure": "2025-03-01",
    "Value of first contact before the promise": "91 %",
    "Target for the opportunity rate": "at least 20 %",
    "Date of the first opportunity rate": "2025-03-01",
    "Value of the opportunity rate before the promise": "21 %",
    "Description of the feedback by Sales": "enters a reason for each rejected Lead within two calendar days of the handover",
    "Description of the notice by Marketing": "announces a change of the score to Sales ten calendar days before it is made",
    "Description of what does not depend on it": "No pay and no bonus depends on this agreement.",
}
BLANK = re.compile(r'(?<!`)\[([A-Z][^\]\n]+)\]')


def template(name: str) -> str:
    return resources.text("templates", name)


def blanks(text: str, markdown: bool) -> list[str]:
    """What a template asks for, its comments left out."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL) if markdown else re.sub(r"(?m)^\s*#.*$", "", text)
    return [blank.group(1) for blank in BLANK.finditer(text)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reports_its_blanks_and_nothing_else(name: str) -> None:
    text = template(name)
    found = findings(name.replace(".yaml", ".sla.yaml"), text)
    assert {f.rule for f in found} == {"placeholder"}, told(found)
    reported = Counter(text.splitlines()[f.span.line - 1][f.span.column : f.end_column - 2] for f in found)
    assert reported == Counter(blanks(text, name.endswith(".md")))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_with_its_blanks_filled_is_clean(name: str) -> None:
    filled = BLANK.sub(lambda blank: ANSWERS[blank.group(1)], template(name))
    assert told(findings(name.replace(".yaml", ".sla.yaml"), filled)) == []


def test_no_answer_is_left_over() -> None:
    assert set(ANSWERS) == {blank for name in TEMPLATES for blank in blanks(template(name), name.endswith(".md"))}


# ---- what the flawed examples got wrong: (rule, what the line holds)

PLANTED: dict[str, list[tuple[str, str]]] = {
}
