"""Definitions in every form that agreements use, and what only looks like one."""

from __future__ import annotations

import re
import string
import time
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Node, SourceFile
from slalint.sources.markdown import blocks
from slalint.terms import Definition
from slalint.terms.ambiguous import Text, entries, find
from slalint.terms.definitions import read_definitions
from slalint.text import Passage


def read(text: str) -> list[Definition]:
    return read_definitions(blocks.parse(SourceFile("a.md", text)))


def terms(text: str) -> list[str]:
    return [found.term.text for found in read(text)]


def test_the_name_before_a_bracket_may_end_with_a_full_stop() -> None:
    found = read("# SLA\n\n**Ardent Ltd.** (“Provider”)\n\nand\n\n**Vexley** (“Customer”)\n")
    assert [(one.term.text, one.body.text if one.body is not None else "") for one in found] == [
        ("Provider", "Ardent Ltd."), ("Customer", "Vexley")]  # fmt: skip


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
        ("| Priority | Examples | Answer |\n|---|---|---|\n| P1 | nobody can print | 1 h |", ["P1"]),
        ("# Definitions\n\n**2.1 Desk Day** means an open day.\n\n**2.2 “Peak Day”** means a Monday.\n\n"
         "**2.3** “**Fault**” means a lost mail.\n\n**2.4.** **Dusk** means eight.\n\n**2.5 Dawn:** before nine.",
         ["Desk Day", "Peak Day", "Fault", "Dusk", "Dawn"]),
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
        ('# Definitions\n\n- "Mail Desk" answers what staff write to it.', ["Mail Desk"]),
        ("Share = (all - lost) / all, where lost is the time in which nobody can sign in.", ["Share", "lost"]),
        ("**Working hours:** 07:00–15:00 in Lisbon, Monday to Friday", ["Working hours"]),
        ('This contract ("Contract\') binds both.', ["Contract"]),
        ("The grace period (GP) is the time between the call and the first visit.", ["grace period", "GP"]),
        ("## Faults\n\n### Critical\n\nNobody can book a room.\n\n### Low\n\nA room has the wrong name.",
         ["Critical", "Low"]),
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
        ("These terms mean the same as in the contract: **Fees**, **Rider**.", ["Fees", "Rider"]),
        ("The terms “Fees” and “Rider” are defined on the cover.", ["Fees", "Rider"]),
        ("**Client** and **Maker** agree.\n\nThen the Client pays the Maker, and the Maker thanks the Client.",
         ["Client", "Maker"]),
        ("**Late Requests** are Requests after noon.", ["Late Requests"]),
        ("support is given in business hours (9 a.m. to 5 p.m.) only", ["business hours"]),
        ("**Test** (TAN):\n\n- Time to buy\n- A sum\n- Need", ["TAN"]),
        ("The desk asks for the TAN: Time, Amount, Need.", ["TAN"]),
        ("## Desk\n\n- High - nobody works\n- Medium - some can work\n- Low - only a wish", ["High", "Medium", "Low"]),
        ("### **Answer Time** = time from the call to the first words", ["Answer Time"]),
        ("“Lost” in terms of mail means that it never came.", ["Lost"]),
        ("## Severity\n\n**Severity 1 (P1 - High)**: nobody can work at all", ["Severity 1"]),
        ("A Liquidation Event (as defined in the Charter) ends it.", ["Liquidation Event"]),
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
        "# Definitions\n\n| Criterion | Requirement |\n|---|---|\n| Budget | at least one year's fee |",
        "| Channel | Examples |\n|---|---|\n| Mail | questions on invoices |",
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
        "**Maker:** Kim Sato **Tool:** Mail\n\nKim and the Tool are here. A Tool helps.",
        "The levels of faults are defined as follows:",
        "- **Reachable**: the mail is read **and** the list and the calendar are there",
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


# ---- words that decide a promise


def ambiguous(text: str) -> list[str]:
    document = blocks.parse(SourceFile("a.md", text))
    return [found.message for found in find(Text(document.passages, document.tables, read_definitions(document)))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Marketing sends 400 qualified leads a month.", "“qualified leads” decides whether the target of 400 is met"),
        ("| Metric | Target |\n|---|---|\n| Qualified leads | at least 300 |",
         "“Qualified leads” decides whether the target of 300 is met"),
        ("Marketing delivers 400 Marketing Qualified Leads (MQLs).",
         "“Marketing Qualified Leads” decides whether the target of 400 is met"),
        ("Uptime will be 99.9% each month.", "“Uptime” decides whether the 99.9% is met"),
        ("Answers come within 2 business days.", "“business days” decides how to count the 2 business days"),
        ("# SLA\n\n## Response time\n\n- Desk: 4 hours", "“Response time” decides whether the 4 hours are met"),
        ("## Availability\n\nThe uptime shall be 98% (14 h downtime).", "“uptime” decides whether the 98% is met"),
        ("| Metric | Target |\n|---|---|\n| Mail uptime | 98% (14 h downtime) |",
         "“uptime” decides whether the 98% is met"),
        ("We write back within 4 minutes, resolve within 5 hours.", "“resolve” decides whether the 5 hours are met"),
        ("The desk responds within 4 hours.", "“responds” decides whether the 4 hours are met"),
        ("Credits are 5% of monthly fees.", "“monthly fees” decides what a credit is worth"),
        ("Excluded is force majeure.", "“force majeure” decides what is excused"),
        ('"Downtime" means minutes in which mail is unavailable.', "“unavailable” decides what “Downtime” is,"),
        ('"Downtime Minutes" are those in which mail is unavailable.',
         "“unavailable” decides what “Downtime Minutes” are,"),
        ("Uptime is the minutes in which there is uptime, 99 %.", "“Uptime” decides whether the 99 % is met"),
        ("| Available | minutes when mail is available |\n|---|---|\n| Target | 99 % available |",
         "“available” decides whether the 99 % is met"),
        ('"Service Credit" means a share of the Monthly Fee, at most 5 %.',
         "“Monthly Fee” decides what a credit is worth"),
        ("The first response has a 2-hour limit.", "“first response” decides whether the 2 hours are met"),
        ("The first response comes in 1.5 hours.", "“first response” decides whether the 1.5 hours are met"),
        ("The first response comes in 1 hour.", "“first response” decides whether the 1 hour is met"),
        ("The first response comes within One (1) hour.", "“first response” decides whether the one (1) hour is met"),
        ("Degraded performance is mended in 30 min.", "“Degraded performance” decides which cases the 30 min are for"),
        ("Follow up on 100% of them.", "“Follow up” decides whether the 100% is met"),
        ("Tickets are closed by the next working day.", "“working day” decides when the next working day is"),
        ("Capitalized terms have the meaning in annex 2. Calls end in 2 business days.", "“business days” decides"),
        ("- within 2 hours for High priority\n- within 4 hours for Low priority",
         "“High priority” and “Low priority” decide which of the targets applies, but are explained nowhere."),
        ("| Level | Answer |\n|---|---|\n| High | 2 hours |\n| Low | 4 hours |", "“High” and “Low” decide which"),
    ],
)  # fmt: skip
def test_ambiguous(text: str, message: str) -> None:
    found = ambiguous(text)
    assert len(found) == 1
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "Marketing delivers 400 qualified leads.\n\n**Definitions**\n\n- Qualified lead: a contact with a score of 60",
        "Answers come within 2 business days (Monday to Friday but for holidays in Porto).",
        "| Business hours | 09:00-17:00 Europe/Paris |\n|---|---|\n| Answer | 4 business hours |",
        "The desk responds within 4 hours. The response time runs from the call to the first word of a person.",
        "Capitalized terms have the meaning in the master contract. Calls end in 2 Business Days.",
        "Nobody guarantees uptime. We do not guarantee 99 % availability.",
        "Uptime matters to all of us.",
        "The forms are available at the desk. 80 % of them are blue.",
        "Swedish public holidays are free.",
        "Scheduled maintenance is announced 5 days ahead and is excluded.",
        '"Uptime" means the minutes in which the probe answers. Uptime is 99 %.',
        "Credits are 5 % of the yearly fees for the mail services of that month.",
        "Every fault must be reported to outages@example.org.",
        '"Service Credit" means a share of the Monthly Fee invoiced for that month, at most 5 %.',
        "Availability is the minutes in which mail is available to the probe, and is 99 %.",
        "**Nights:** [Who must be called for critical incidents, if anybody]",
        "Uptime as defined in the master contract is 99.9 %.",
        "| Level | Criteria | In |\n|---|---|---|\n| High | no work done | 2 h |\n| Low | a question | 4 h |",
    ],
)
def test_not_ambiguous(text: str) -> None:
    assert ambiguous(text) == []


def test_ambiguous_in_strings_and_in_languages_without_a_list() -> None:
    file = SourceFile("a.yaml", "Reports arrive in 5 working days")
    passage = Passage(Node.of(file, 0, len(file.text)), file.text, "string")
    assert [found.at.text for found in find(Text([passage]))] == ["working days"]

    class Explained(Text):
        explained = ("business day",)  # type: ignore[assignment]

    assert find(Explained([passage])) == []
    assert find(Text([passage]), "xx") == []


def test_one_place_is_reported_once_and_hours_under_another_name_lower_the_confidence() -> None:
    document = blocks.parse(
        SourceFile("a.md", "Critical incidents are fixed within 4 hours.\n\nA reply takes 2 business days.")
    )
    assert [found.at.text for found in find(Text(document.passages))] == ["Critical incidents", "business days"]
    assert find(Text(document.passages))[1].confidence == "high"
    document = blocks.parse(SourceFile("a.md", "The desk is open Mon-Fri.\n\nA reply takes 2 business days."))
    assert [found.confidence for found in find(Text(document.passages))] == ["medium"]


def test_every_word_says_what_hangs_on_it() -> None:
    for entry in entries():
        assert entry.why.endswith(".")
        assert entry.hint
        assert all(entry.decides)
        assert entry.weight in {
            *(
                "any",
                "number",
                "percent",
                "timed",
                "duty",
                "handled",
                "credit",
                "excepted",
                "definition",
                "scale",
                "unsure",
            )
        }


PIECES = st.sampled_from(
    ["“", "”", '"', "**", "(", ")", "[", "]", "means ", "the ", "Uptime", "SLA ", "= ", ": ", "\n", "\n\n", "| ", "- ",
     "# ", "99 % ", "2 business days ", "High ", "is ", "as defined in ", "i.e. ", "\u00a0", "😀", "<x>", "{{", "____",
     "."]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    document = blocks.parse(SourceFile("a.md", text))
    definitions = read_definitions(document)
    places = [d.term for d in definitions] + [d.body for d in definitions if d.body is not None]
    places += [found.at for found in find(Text(document.passages, document.tables, definitions))]
    for node in places:
        assert 0 <= node.span.start <= node.span.end <= len(text)


def test_a_text_without_full_stops_costs_no_more_than_its_length() -> None:
    piece = 'the desk (the "Desk") responds in 4 hours of a business day (BD) and “Uptime” means 99 % availability '
    document = blocks.parse(SourceFile("a.md", piece * 400))
    began = time.perf_counter()
    find(Text(document.passages, document.tables, read_definitions(document)))
    assert time.perf_counter() - began < 5  # about 0.4 s; it took minutes before the places looked at were bounded


@pytest.mark.parametrize(
    "line",
    [
        "**A:** b",
        "“Ab” means b,",
        "**Aa** means b.",
        'the Desk (the "Desk") and',
        "“Aa” has the same meaning.",
        "and the “Great {}” and",
    ],
)
def test_thousands_of_terms_in_one_paragraph_are_read_in_bounded_time(line: str) -> None:
    names = ("".join(pair) for pair in product(string.ascii_uppercase, *[string.ascii_lowercase] * 3))
    document = blocks.parse(SourceFile("a.md", "\n".join(line.format(name) for name in islice(names, 8000))))
    began = time.process_time()
    read_definitions(document)
    assert time.process_time() - began < 4  # below 1 s; 4 s to 30 s where each term looks at all others


# ---- words in the data form

TRACKING = (Path(__file__).parent.parent / "examples" / "good" / "tracking.sla.yaml").read_text("utf-8")
MAIL = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
"""


def told(text: str) -> list[str]:
    config = Config(min_confidence="low", select=("ambiguous-term",))
    findings = lint([Input("a.sla.yaml", text.encode(), True)], bundled(), config, "2026-10-01").findings
    return [finding.message.removesuffix(", but is explained nowhere.") for finding in findings]


def without(*terms: str) -> str:
    kept = re.findall(r"  - term: .*\n(?:    .*\n)+", TRACKING)
    assert all(any(f"term: {term}\n" in entry for entry in kept) for term in terms)
    text = TRACKING
    for entry in kept:
        if not terms or any(f"term: {term}\n" in entry for term in terms):
            text = text.replace(entry, "")
    return text


def test_what_is_defined_in_data_is_needed() -> None:
    assert told(TRACKING) == []
    assert told(without("Available")) == ["“not Available” decides what “Downtime” is"]
    assert told(without("Response")) == ["“response” decides whether the 10 minutes are met"]
    assert told(without("Incident")) == ["“Incidents” decides which cases the 95 % is for"]
    assert told(without("Monthly Fee")) == ["“Monthly Fee” decides what a credit is worth"]
    assert told(without()) == [
        "“response” decides whether the 10 minutes are met",
        "“Available” decides whether the 99.8 % is met",
        "“Incidents” decides which cases the 95 % is for",
        "“Monthly Fee” decides what a credit is worth",
    ]


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        ("target: at least 99.5 %", "“availability” decides whether the 99.5 % is met"),
        ("target: at least 99.5 %, sli: {kind: ratio, good: minutes in which mail is available, total: minutes}",
         "“available” decides whether the 99.5 % is met"),
        ("target: {operator: gte, value: 99.5, unit: percent}, sli: {good: available minutes, total: all minutes}",
         "“available” decides whether the 99.5 % is met"),
        ("target: at least 99.5 %, sli: {good: available minutes}, description: how long people can work",
         "“available” decides whether the 99.5 % is met"),
        ("target: at least 99.5 %, sli: {good: minutes in which a test message arrives, total: minutes}", ""),
        ("target: at least 99.5 %, sli: {good: minutes in which mail is available to the probe, total: minutes}", ""),
        ("target: at least 99.5 %, description: share of minutes in which a probe signs in", ""),
    ],
)  # fmt: skip
def test_what_a_metric_says_of_its_name(metric: str, message: str) -> None:
    text = f"{MAIL}metrics:\n  - {{id: availability, category: availability, window: month, {metric}}}\n"
    assert told(text) == [message] * bool(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("priorities: [{id: P1, definition: nobody can work, response: 15 min}]", "15 min are"),
        ("priorities: [{id: P1, definition: nobody can work, response: PT1H}]", "1 hour is"),
        ("priorities: {P1: {definition: nobody can work, response: 2 business days}}\ncalendars: [{id: a}]",
         "2 business days are"),
        ("priorities: [{id: P1, definition: nobody can work, response: {value: 1e300, unit: month}}]",
         f"1{'0' * 300} months are"),
        ("priorities: [{id: P1, definition: nobody can work, response: PT90S}, 7, {response: [1]}]", "90 seconds are"),
        ("priorities: [{id: P1, definition: nobody can work, response: tomorrow}]", ""),
        ("priorities: [{id: P1, definition: nobody can work, response: 15 min}]\ndefinitions: {Response: a call}", ""),
        ("priorities: [{id: P1, definition: nobody can work, response: 15 min}]\nmetrics:\n"
         "  - {id: first-response, target: 95 %, sli: {of: time from the ticket to the first words of a person}}", ""),
    ],
)  # fmt: skip
def test_a_response_time_of_a_priority_is_a_use_of_the_word(text: str, message: str) -> None:
    assert told(MAIL + text + "\n") == [f"“response” decides whether the {message} met"] * bool(message)
