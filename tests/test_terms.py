"""Definitions in every form that agreements use, and what only looks like one."""

from __future__ import annotations

import pytest

from slalint.model import SourceFile
from slalint.sources.markdown import blocks
from slalint.terms import Definition
from slalint.terms.definitions import read_definitions


def read(text: str) -> list[Definition]:
    return read_definitions(blocks.parse(SourceFile("a.md", text)))


def terms(text: str) -> list[str]:
    return [found.term.text for found in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Uptime" means the share of minutes in which the service answers.', ["Uptime"]),
        ("the time to repair (“**Fix Period**”) is set below.", ["Fix Period"]),
        ("Acme Ltd (“Licensor.”) grants a licence.", ["Licensor"]),
        ("The promises below (the 'Service Commitment') hold all year.", ["Service Commitment"]),
        ("This contract (\"Agreement\\') binds both.", ["Agreement"]),
        ('"Member of the customer\'s staff" means anyone on its payroll.', ["Member of the customer's staff"]),
        ("each an “Obligation” (each an “Duty” and collectively, the “Duties”)", ["Duty", "Duties"]),
        ("Acme AB (“Acme”, “we”, “our”, or “us”) runs it.", ["Acme", "we", "our", "us"]),
        ("# Definitions\n\n**Downtime**: The total minutes in which nobody can sign in.", ["Downtime"]),
        ("# Definitions\n\n**Monthly Uptime Percentage (MUP)**: minutes up over all minutes.",
         ["Monthly Uptime Percentage", "MUP"]),
        ("| Term | Definition |\n|---|---|\n| Ticket | A message that reached the desk |", ["Ticket"]),
        ("| Severity | What | Description |\n|---|---|---|\n| S1 | x | Nobody can work |", ["S1"]),
        ("| | Critical | High |\n|---|---|---|\n| Description | no work done | some is done |\n| Answer | 1 h | 4 h |",
         ["Critical", "High"]),
        ("**BH** = business hour (Monday-Friday, 09:00-17:00 Lisbon)", ["BH", "business hour"]),
        ("# Glossary\n\nFix Plan\tthe steps that end a fault", ["Fix Plan"]),
        ("An internet service provider (ISP) and a Recovery Point Objective (RPO).", ["ISP", "RPO"]),
        ("Navigable small worlds, or Hierarchical Navigable Small World ([HNSW](https://example.org/a))", ["HNSW"]),
        ("Acme, hereinafter referred to as the \"Service Provider,\" agrees.", ["Service Provider"]),
        ("the portal, henceforth also known as “Service”.", ["Service"]),
        ("**Personal Data** will have the meaning set forth in the law.", ["Personal Data"]),
        ("a Liquidation Event (as defined in the Charter) ends it.", ["Liquidation Event"]),
        ("For purposes of this SLA, “Local Time” means the time in Lisbon.", ["Local Time"]),
        ('"Monthly fee" for credit purposes is the sum of all fees.', ["Monthly fee"]),
        ("All other requests are “Regular Requests”.", ["Regular Requests"]),
        ("Planned work refers to work announced five days ahead.", ["Planned work"]),
        ("Critical events will be defined as an outage of the portal.", ["Critical events"]),
        ("Both sides agree to calculate availability of the portal as minutes up over all minutes.", ["availability"]),
        ("- Response time measured from receipt to the first reply by a person", ["Response time"]),
        ("## Severity levels\n\n### Severity 1 - Critical\n\n- Nobody can sign in", ["Severity 1 - Critical"]),
        ("## Priorities\n\n- **High Priority** (service down): 1 hour\n- **Low**: cosmetic faults in the portal",
         ["High Priority", "Low"]),
        ("# Lead definitions\n\n## Qualified Lead (QL)\n\nA contact with a score of 60.", ["Qualified Lead", "QL"]),
        ("The uptime is no less than the **Uptime Commitment** on the cover.\n\nMissing the Uptime Commitment ends it.",
         ["Uptime Commitment"]),
        ("Term one\n: what it is\n", ["Term one"]),
        ("support is given in business hours (9 a.m. to 5 p.m.) only", ["business hours"]),
    ],
)  # fmt: skip
def test_definition(text: str, found: list[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the purposes and means of processing",
        "This means the following month's fee.",
        '"Including" and "includes" means without limit.',
        'references to "fines" shall include penalties',
        "**Note:** bring an identity card.",
        "**Daily backups:** 30 days",
        "| Level | Response |\n|---|---|\n| **P1** | **4 hours** |",
        "6.1 **Scheduled maintenance** is announced early.",
        "**9. Usage Rules**.",
        "**Nobody may do this at all without asking.** It is forbidden.",
        'The tool is provided "AS IS".',
        'as the "Valid Excuses" section says',
        'anything marked "Secret", "Confidential" is kept so.',
        "The portal shows the **Blue Banner** at the top.",
        "Customers receive an answer (see below) in time (not always).",
        "## Priorities\n\n- **High**: 4 hours\n- **Low**: 2 business days",
        "## Escalation\n\n### Level 1: Desk\n\n- Takes every call of the day",
        "The exchange act of a state (the law) was passed (in 1934).",
    ],
)
def test_no_definition(text: str) -> None:
    assert terms(text) == []


def test_place_body_and_aliases() -> None:
    text = "# SLA\r\n\r\nMail is 😀 up. “**Down\u00adtime**” means\r\nminutes lost. More.\r\n\r\nTime to Answer (TTA)."
    found = read(text)
    assert [text[d.term.span.start : d.term.span.end] for d in found] == ["Down\u00adtime", "TTA"]
    assert found[0].body is not None
    assert found[0].body.text == "minutes lost."
    assert found[0].form == "means"
    assert (found[1].form, found[1].aliases) == ("acronym", ("Time to Answer",))
    assert found[0].term.span[2:] == (3, 18)


def test_a_limit_of_a_definition_is_no_second_one() -> None:
    text = '"Taxes" means all taxes.\n\nThe term "Taxes" shall not include tolls.'
    assert [d.term.span.line for d in read(text)] == [1]
