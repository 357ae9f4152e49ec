"""The examples say what they are meant to say, and a template asks for exactly what an agreement needs."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from slalint import resources
from slalint.config import Config
from slalint.disk import rulebook
from slalint.engine import Input, lint
from slalint.examples import run_examples
from slalint.model import Finding, SourceFile
from slalint.rule import Rule
from slalint.sources import yaml

ROOT = Path(__file__).resolve().parent.parent
GOOD = sorted((ROOT / "examples" / "good").iterdir())
FLAWED = sorted((ROOT / "examples" / "flawed").iterdir())
TEMPLATES = [f"{name}.{format_}" for name in resources.template_names() for format_ in ("md", "yaml")]


@cache
def rules() -> list[Rule]:
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


def data(name: str) -> Any:
    """What a good example in YAML says, as plain data."""
    text = (ROOT / "examples" / "good" / name).read_text()
    (agreement,) = yaml.read(SourceFile(name, text)).agreements
    return agreement.root.data


def test_the_json_twin_says_the_same() -> None:
    assert json.loads((ROOT / "examples" / "good" / "mail.sla.json").read_text()) == data("mail.sla.yaml")


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


# ---- one part less, one finding more

# The part was the only use of a definition, introduced a name, or was referred to.
FOLLOWS = {"unused-definition", "undefined-term", "dangling-reference"}
POLICIES = ("application", "renewal", "modification", "exclusions", "limitations", "termination")
WITHOUT = {
    "type": ["unknown-type"],
    "metadata/version": ["missing-version"],
    "term/effectiveDate": ["missing-effective-date"],
    "governance/serviceLevelManager": ["unnamed-manager"],
    "governance/serviceLevelManager/email": ["manager-without-contact"],
    "governance/serviceLevelManager/answersTo": ["manager-without-duties"],
    "governance/serviceLevelManager/duties": ["manager-without-duties"],
    "governance/serviceLevelManager/deputy": ["manager-without-deputy"],
    "governance/representatives": ["missing-customer-representative"],
    "governance/reporting": ["missing-reporting"],
    "governance/escalation": ["missing-escalation"],
    "meetings": ["missing-review"],
    "meetings/participants/1": ["unattended-meeting"],
    "goals": ["missing-goals"],
    "goals/0/measuredBy": ["unmeasured-goal"],
    "services/0/description": ["undescribed-service"],
    "services/0/owner": ["undescribed-service"],
    "services/0/hours": ["undescribed-service"],
    "services": ["metric-without-service"],
    "tools/0": ["unknown-tool"],
    "metrics/0/target": ["missing-target"],
    "metrics/0/window": ["missing-window"],
    "metrics/0/tracking": ["untracked-metric"],
    "metrics/0/tracking/baseline": ["missing-baseline"],
    "policies": [f"missing-{name}-policy" for name in sorted(POLICIES)],
    **{f"policies/{name}": [f"missing-{name}-policy"] for name in POLICIES},
}


@pytest.mark.parametrize("name", ["mail.sla.yaml", "database.sla.yaml", "tracking.sla.yaml", "leads.sla.yaml"])
@pytest.mark.parametrize("part", WITHOUT)
def test_a_part_taken_away_is_the_finding_expected(name: str, part: str) -> None:
    whole = json.loads(json.dumps(data(name)))
    *above, last = [int(step) if step.isdigit() else step for step in part.split("/")]
    parent = whole
    for step in above:
        parent = parent[step]
    del parent[last]
    found = findings("agreement.sla.json", json.dumps(whole, indent=2))
    # An operational level agreement is internal by its kind.
    expected = [] if part == "type" and whole["kind"] != "ServiceLevelAgreement" else WITHOUT[part]
    assert [f.rule for f in found if f.rule not in FOLLOWS] == expected, told(found)


WITHOUT_SECTION = [
    ("mail.md", "1. Purpose", ["missing-goals"]),
    ("mail.md", "3. Scope", ["missing-application-policy"]),
    ("mail.md", "6. Service levels", ["missing-metrics"]),
    ("mail.md", "8. Escalation", ["missing-escalation"]),
    ("mail.md", "10. Exclusions", ["missing-exclusions-policy"]),
    ("mail.md", "11. Limitations", ["missing-limitations-policy"]),
    ("mail.md", "13. Changes to this agreement", ["missing-modification-policy"]),
    ("mail.md", "15. Termination", ["missing-termination-policy"]),
    ("database.md", "3. People", ["missing-customer-representative", "unnamed-manager"]),
    ("database.md", "7. Reports and review", ["missing-reporting", "missing-review"]),
    ("database.md", "13. Renewal", ["missing-renewal-policy"]),
    ("tracking.md", "12. Limitations", ["missing-limitations-policy"]),
    ("leads.md", "What Sales promises", ["one-sided-commitments"]),
    ("leads.md", "What Marketing promises", ["one-sided-commitments"]),
    ("leads.md", "What our words mean", ["ambiguous-term"] * 3),
]


@pytest.mark.parametrize(("name", "title", "expected"), WITHOUT_SECTION, ids=lambda value: str(value)[:30])
def test_a_section_taken_away_is_the_finding_expected(name: str, title: str, expected: list[str]) -> None:
    text = (ROOT / "examples" / "good" / name).read_text()
    parts = re.split(r"(?m)^(?=## )", text)
    kept = [part for part in parts if not part.startswith(f"## {title}\n")]
    assert len(kept) == len(parts) - 1
    found = findings(name, "".join(kept))
    assert [f.rule for f in found if f.rule not in FOLLOWS] == expected, told(found)


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
    **{
        f"{what} for the {which} priority": answer
        for which, answers in {
            "first": ("15 min", "1 h", "30 min"),
            "second": ("1 h", "4 h", "2 h"),
            "third": ("4 h", "24 h", "8 h"),
        }.items()
        for what, answer in zip(("Response time", "Restore time", "Update period"), answers, strict=True)
    },
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
    "Description of the feedback by Sales": "enters why it rejects a Lead within eight Selling Hours of the handover",
    "Description of the notice by Marketing": "announces a new score to Sales ten calendar days before it holds",
    "Description of what does not depend on it": "No pay and no bonus depends on this agreement.",
}
BLANK = re.compile(r"(?<!`)\[([A-Z][^\]\n]+)\]")


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
    "mail.sla.yaml": [
        ("unquoted-trap", "version: 2.10"),
        ("unnamed-manager", "governance:"),
        ("ambiguous-term", "- id: availability"),
        ("tracked-after-acceptance", "since: 2026-06-15"),
        ("untracked-metric", "- id: first-answer"),
        ("missing-termination-policy", "policies:"),
        ("ambiguous-term", "exclusions: Downtime"),
    ],
    "mail.md": [
        ("unnamed-manager", "# Service level agreement"),
        ("missing-review", "# Service level agreement"),
        ("missing-termination-policy", "# Service level agreement"),
        ("ambiguous-term", "business hours"),
        ("undefined-term", "any moment of Service Hours"),
        ("placeholder", "to be decided"),
    ],
    "database.sla.yaml": [
        ("manager-without-deputy", "serviceLevelManager:"),
        ("manager-without-duties", "serviceLevelManager:"),
        ("undescribed-service", "name: Database changes"),
        ("unknown-field", "critically:"),
        ("unknown-tool", "tool: nagios"),
        ("missing-target", "- id: fault-response"),
        ("unattended-meeting", "participants: [serviceLevelManager, database-team]"),
        ("termination-without-notice", "summary: Either side ends the agreement"),
        ("review-after-renewal-decision", "nextReview: 2036-02-06"),
    ],
    "database.md": [
        ("missing-customer-representative", "# Operational level agreement"),
        ("missing-modification-policy", "# Operational level agreement"),
        ("ambiguous-term", "in Office Hours"),
        ("placeholder", "| TBD |"),
        ("untracked-metric", "| Backup age |"),
    ],
    "tracking.sla.yaml": [
        ("placeholder", "[Name of the customer's representative]"),
        ("missing-window", "- id: availability"),
        ("tracked-after-acceptance", "since: 2026-11-02"),
        ("untracked-metric", "- id: incident-restoration"),
        ("ambiguous-term", "force majeure"),
        ("missing-termination-policy", "policies:"),
    ],
    "tracking.md": [
        ("missing-goals", "# Service Level Agreement"),
        ("missing-version", "# Service Level Agreement"),
        ("missing-limitations-policy", "# Service Level Agreement"),
        ("missing-reporting", "# Service Level Agreement"),
        ("placeholder", "[Date of the last signature]"),
        ("ambiguous-term", "on a Working Day"),
        ("untracked-metric", "| Position latency |"),
        ("unilateral-modification", "Loomtrace may change the Agreement"),
    ],
    "leads.sla.yaml": [
        ("one-sided-commitments", "name: Sales"),
        ("unmeasured-goal", "Nobody who asks us for help"),
        ("goal-derivation-mismatch", "equals: 108"),
        ("service-without-metric", "- id: lead-follow-up"),
        ("missing-baseline", "tracking:"),
        ("tracked-after-acceptance", "since: 2026-10-01"),
        ("missing-modification-policy", "policies:"),
        ("unused-definition", "Target Account:"),
        ("unused-definition", "Contact Attempt:"),
    ],
    "leads.md": [
        ("unnamed-manager", "# Marketing and Sales"),
        ("missing-termination-policy", "# Marketing and Sales"),
        ("ambiguous-term", "Qualified leads"),
        ("one-sided-commitments", "Qualified leads"),
        ("untracked-metric", "telephone number"),
        ("placeholder", "[Name]"),
    ],
}
