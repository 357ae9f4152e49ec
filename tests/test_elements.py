"""The elements of a prose agreement: what states each of them, what does not, and who the people and parties are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from slalint.agreement import ELEMENTS, Agreement
from slalint.model import SourceFile
from slalint.sources.markdown import read
from slalint.sources.markdown.elements import words_of
from slalint.sources.markdown.phrase_cues import TextCues
from slalint.sources.markdown.prose import ProseAgreement
from slalint.words import languages, lists
from slalint.words.phrases import Phrases, words


def agreement(text: str) -> ProseAgreement:
    (found,) = read(SourceFile("sla.md", text), force=True).agreements
    assert isinstance(found, ProseAgreement)
    return found


def state(element: str, text: str) -> str:
    return agreement(f"# Service level agreement\n\nMail is fine.\n\n{text}\n").elements[element].state


STATED = {
    "manager": """
        The Registry Service Manager (Tom Orr, t@e.example, deputy: Ann Vale) maintains it.
        **Responsible office:** Registrar
        **Service Owner:** Platform team
        This document is maintained by the Customer Success department.
        The Service Level Manager negotiates and maintains the targets.
        | Role | Name | Mail | ⏎ |---|---|---| ⏎ | Service level manager | Dana Reyes | d@e.f |
        ## Ownership ⏎ ⏎ The operations team owns all of this.
        Kim Sato is responsible for maintaining this agreement.
        **Network team OLA owner:** Kim Sato
    """,
    "customer_representative": """
        | | | ⏎ |---|---| ⏎ | Contact customer | Lee Park |
        The faculty is represented by Dr. Lee Park.
        Departments name one contact person each.
        **Customer contact:** Lee Park
        ## Customer representatives ⏎ ⏎ Lee Park, Head of Sales
        The Client shall designate a single contact person for all requests.
        Lee Park is the representative of the departments.
    """,
    "review": """
        ## Review ⏎ ⏎ The parties come together and look at the figures.
        This SLA is reviewed once a year.
        Both parties meet every quarter to discuss the results.
        **Review cycle:** every six months
        Quarterly business reviews are held with the client.
        The targets shall be reviewed annually by both parties.
    """,
    "goals": """
        ## Why ⏎ ⏎ Staff can read their mail wherever they are.
        ## Purpose ⏎ ⏎ Staff can work.
        The objective of this agreement is a dependable mail service.
        This SLA is intended to give departments a dependable service.
        **Goal:** fewer outages
        Our goal is a printer that prints.
        We want 30 % of our orders to come from the new shop.
        ## Goals & scope ⏎ ⏎ Orders without delay.
    """,
    "application": """
        ## 1. Subject matter of the agreement ⏎ ⏎ Acme runs the clocks.
        It covers the loan desk and its terminals.
        These are notes for the SLA, outlining what the print shop owes each faculty.
        ## Scope ⏎ ⏎ Mail and calendars.
        This agreement applies to all hosted services.
        The following services are covered by this agreement.
        **Applies to:** all tenants
        **Audience:** all schools
        This policy governs the use of the platform.
        Customers get the hosting platform (the "Services").
        We will make the booking system available to all schools.
        The uptime of the print service is 99 % in a month.
        ## For warehouse and office customers ⏎ ⏎ Uptime is 99 %.
        We promise 99 % to customers on the Harbour plan.
        The uptime that we promise is 99 % uptime to teams of the harbour.
        ## What it covers ⏎ ⏎ Mail.
    """,
    "renewal": """
        The SLA is renegotiated each December.
        This agreement runs until cancelled by either side.
        ## Term ⏎ ⏎ Twelve months.
        The agreement renews automatically each January.
        This SLA is valid until 31 December 2030.
        The contract remains in force for two years.
        The agreement expires after two years unless both sides extend it.
        ## 12. Renewal ⏎ ⏎ By both heads.
        The initial term is one year.
    """,
    "modification": """
        ## Amendments ⏎ ⏎ In writing only.
        We may update this SLA at any time with 30 days' notice.
        This agreement may only be amended in writing.
        Any changes to this agreement require the approval of both parties.
        Acme reserves the right to modify the terms of this agreement.
        Each team may propose OLA changes.
        Changes need text form.
        Changes by both heads in writing.
        ## SLA review and changes ⏎ ⏎ By both heads.
        This SLA is reviewed twice a year and may be updated.
    """,
    "exclusions": """
        ## Exclusions ⏎ ⏎ Planned work.
        Scheduled maintenance is not counted as downtime.
        This SLA does not apply to beta features.
        Downtime excludes events of force majeure.
        The provider is not responsible for faults outside its control.
        **Out of scope:** training
        ## Support does not include ⏎ ⏎ - Courses
        Exclusions: ⏎ ⏎ - training
        There is no uptime guaranteed in the first week.
        Planned work is announced. These minutes do not count.
    """,
    "limitations": """
        Each missed day lowers the fee by 2 %, at most by 20 % of the yearly fee.
        You get back up to a maximum of 50 % of what you paid in monthly fees.
        ## Limitation of liability ⏎ ⏎ Up to the yearly fee.
        Service credits are the customer's sole and exclusive remedy.
        Credits may not exceed 30 % of the monthly fee.
        The liability of the provider is limited to direct damage.
        Fair use rules hold for uploads.
        The API has a rate limit of 100 requests a minute.
        All credits of a month are restricted to half of its fee.
        The tools come with no warranty.
        This is the limit of our whole liability.
        A discount is not paid in cash.
        No credits are due while there are overdue invoices.
    """,
    "termination": """
        Either team may end it with three months' notice to the Head of IT.
        It runs until cancelled by the office.
        The agreement is extended by a year unless notice is given six months before.
        ## Termination ⏎ ⏎ Three months to the end of a year.
        Either party may terminate this agreement with 30 days' notice.
        The customer has the right to cancel the subscription.
        This agreement may be terminated by mutual consent.
        Either side ends the agreement in writing with 90 days' notice.
    """,
    "effective_date": """
        Agreement no. 7 · Commencement date: 1 March 2031
        **Adopted:** 3 May 2031
        **Effective date:** 1 January 2026
        This agreement takes effect on 1 January 2026.
        Valid 1/7/2031 - 30/6/2032
        Valid: 2031-07-01 to 2032-06-30
        This SLA is effective from 2026-01-01.
        | Field | Value | ⏎ |---|---| ⏎ | Start date | 2026-01-01 |
        The agreement comes into force on signature.
        This agreement becomes effective when the first order arrives.
        The effective date of this SLA is that of the order form.
        **Effective date: 1 May 2031**
        This agreement is effective 1 January 2027.
        Version 1.0, effective 1 January 2027
        Effective 1 January 2027.
        It is in force from 1 January 2027.
        **Stage:** agreed · **Effective:** 2031-05-01
    """,
    "version": """
        Last modification: 3 May 2031
        **Version:** 2.1
        Last updated: 3 March 2026
        ## Revision history ⏎ ⏎ | 1.0 | first | ⏎ |---|---|
        **Document version**: 3
        Version 4 of this document replaces all before.
        | Version | Date | Author | ⏎ |---|---|---| ⏎ | 1.0 | 2031-05-01 | Kim Sato |
    """,
    "escalation": """
        Two missed months in a row go to the director, who decides what is done.
        ## Escalation ⏎ ⏎ Call the duty manager.
        Unresolved tickets are escalated to the head of support.
        | Escalation level | Contact | ⏎ |---|---| ⏎ | 1 | Service desk |
        **Escalation:** the team lead after two hours
    """,
    "reporting": """
        The office reports on all targets every term.
        ## Reporting and meetings ⏎ ⏎ In the portal.
        ## Reporting ⏎ ⏎ By mail.
        The provider sends a monthly report to the customer.
        Performance reports are published on the intranet.
        A quarterly report covers all metrics.
        The SLO attainment report goes to all teams.
        **Reporting period:** calendar month
    """,
    "service_hours": """
        Support is available 24x7.
        The desk is staffed from 9:00 am to 5:00 pm.
        **Support hours:** Mon-Fri 08:00-18:00
        ## Hours of operation ⏎ ⏎ Weekdays.
        We answer Monday to Friday.
        Help is there around the clock.
    """,
    "time_zone": """
        The desk is open from 8 AM to 4 PM EST.
        Support hours are 09:00-17:00 CET.
        Support hours are 9 am to 5 pm Eastern Time.
        **Hours:** Mon-Fri 07:00-19:00 Europe/Lisbon
        Open 9:00-17:00. All times are in the time zone of the customer. Hours: UTC+2.
    """,
    "remedies": """
        ## Service credits ⏎ ⏎ As in the table.
        The customer receives a credit of 10 % of the monthly fee.
        A missed target leads to a recovery plan.
        | Uptime | Service credit | ⏎ |---|---| ⏎ | below 99 % | 5 % |
        The client is entitled to compensation.
        Penalties apply for each late day.
        If it breaks we credit one day to your account.
    """,
}

NOT_STATED = {
    "manager": """
        Questions go to support@example.org.
        **Author:** Dana Reyes
        The database is managed by the customer.
    """,
    "customer_representative": """
        The provider is represented by Dana Reyes.
        Call a customer service representative.
        **Representative of the provider:** Kim Sato
        Customers can contact support by mail.
    """,
    "review": """
        If we failed to meet the 98 % monthly level, you hear from us.
        Each ticket is reviewed within one hour.
        We do code reviews weekly.
        We meet monthly targets.
        ## Reporting and meetings ⏎ ⏎ We send a report each month.
    """,
    "goals": """
        ## Service level objectives ⏎ ⏎ 99.9 %
        The recovery time objective is four hours.
        The goal of the cache is speed.
    """,
    "application": "The weather is good.",
    "renewal": """
        The certificate is renewed each year.
        The ticket is closed when the vendor SLA expires.
        ## Planned maintenance ⏎ - **Duration:** two hours
        TLS certificates are renewed automatically.
        Service credits expire after one year.
        During the term of the agreement mail works.
        **Expiry date:** 2030-12-31
        | Date | Value | ⏎ |---|---| ⏎ | Expiry date | 2030-12-31 |
        **Expires on:** 31 January 2028
        This agreement expires on 31 January 2028.
        We continue to work until it is fixed.
    """,
    "modification": """
        Passwords must be changed every month.
        We may change the configuration of servers.
    """,
    "exclusions": """
        All minutes count.
        Changes will not apply retroactively.
        Outages are announced but do not stop billing.
        We answer from 8:00 to 16:00, excluding bank holidays.
    """,
    "limitations": """
        Response time shall not exceed four hours.
        Maintenance is limited to 6 hours each month.
        Acme is a private limited company.
    """,
    "termination": """
        The queue runs until it is empty.
        Idle sessions are terminated after an hour.
        TLS termination happens at the load balancer.
        Every service starts or ends with a message.
        Unused credits lapse at termination of the contract.
    """,
    "effective_date": """
        Changes become effective on 1 January 2027.
        The new price list is valid from 1 May 2027.
        The former agreement was in force from 1 January 2020.
        Changes to prices take effect immediately on publication.
        Updated versions become effective upon publication.
        The agreement was written with care.
    """,
    "version": """
        We support API version 2 only.
        Supported versions are listed elsewhere.
        | Version | Release date | End of support | ⏎ |---|---|---| ⏎ | 1.0 | 2031-05-01 | 2032-05-01 |
    """,
    "escalation": "The escalation rate is below 5 %.",
    "reporting": """
        ## Reporting and meetings ⏎ ⏎ Both sides meet every quarter.
        After an outage we send a root cause analysis report within two days.
        ## Reporting an incident ⏎ ⏎ Call us.
        Users report incidents by mail.
        Customers must report any outage within one day.
        A report is sent once the problem is resolved.
    """,
    "service_hours": """
        Answers come within 4 business hours.
        **Availability:** 99 % monthly
        ## Maintenance ⏎ ⏎ Saturdays from 2:00 am to 4:00 am.
        The ratio is 24/70.
        This is usual for systems requiring 24/7 care.
    """,
    "time_zone": """
        The log is kept in UTC.
        The desk is open 09:00-17:00.
        We are in the Eastern region.
    """,
    "remedies": """
        ## Service credits ⏎ ⏎ No service credits are offered.
        Pay by credit card.
    """,
}


def _cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (element, line.strip().replace(" ⏎ ", "\n").replace(" ⏎", "\n"))
        for element, lines in table.items()
        for line in lines.strip().splitlines()
    ]


def test_every_element_has_its_lists_and_cases() -> None:
    assert set(STATED) == set(NOT_STATED) == set(ELEMENTS)
    assert set(ELEMENTS) <= set(lists("en", "elements"))
    assert languages() == ("en",)


@pytest.mark.parametrize(("element", "text"), _cases(STATED))
def test_stated(element: str, text: str) -> None:
    assert state(element, text) == "present"


@pytest.mark.parametrize(("element", "text"), _cases(NOT_STATED))
def test_not_stated(element: str, text: str) -> None:
    assert state(element, text) == "absent"


@pytest.mark.parametrize(
    ("element", "text", "expected"),
    [
        ("manager", "**Owner:** [Name]", "placeholder"),
        ("manager", "**Owner:** TBD\n\nThis SLA is owned by Dana Reyes.", "present"),
        ("termination", "## Termination\n\n[to be completed]", "placeholder"),
        ("service_hours", "Support is available during [specified time frame].", "placeholder"),
        ("effective_date", "| Effective date | |\n|---|---|\n| Version | 1 |\n| Start date |  |", "placeholder"),
        ("limitations", "Liability is limited as set out in the master services agreement.", "by-reference"),
        ("termination", "## Termination\n\nSee the Cloud Services Agreement.", "by-reference"),
        ("termination", "Either party may terminate this agreement as described in this agreement.", "present"),
        ("renewal", "## Renewal\n\n## Scope\n\nMail.", "absent"),
        ("time_zone", "Open 9 am - 5 pm [TIMEZONE].", "placeholder"),
        ("time_zone", "Support is there 24/7.\n\nA month is measured from 00:00:00 UTC on.", "absent"),
        (
            "time_zone",
            "## Support and maintenance\n\n**Support hours:**\n\n- Monday to Friday, 08:00 – 18:00 UTC",
            "present",
        ),
        ("service_hours", "## Service hours\n\nAlways, but for maintenance performed on Sundays.", "present"),
        ("remedies", "## Service credits\n\nNo credits apply.\n\n## Penalties\n\n5 % a day.", "present"),
        ("service_hours", "## Maintenance windows\n\nSundays, 02:00 – 04:00 UTC", "absent"),
    ],
)
def test_states(element: str, text: str, expected: str) -> None:
    assert state(element, text) == expected


def test_place_and_reason() -> None:
    text = "# Mail SLA\n\n## Ending\n\nEither side may\nterminate this agreement.\n\nOpen 9:00-17:00."
    found = agreement(text).elements
    ending = found["termination"]
    assert ending.node is not None and ending.node.span.line == 5
    assert ending.reason == "“may terminate”"
    assert found["manager"].place.span[2:] == (1, 3)
    assert text[found["manager"].place.span.start :].startswith("Mail SLA")
    assert found["time_zone"].place.span.line == 8  # where the hours stand
    assert found["manager"].confidence == "medium"


def test_what_an_annex_leaves_to_its_parent_is_a_guess() -> None:
    annex = agreement("# SLA\n\nThis SLA forms part of the Master Services Agreement.\n\nUptime is 99.9 %.")
    assert annex.annex_of is not None and annex.annex_of.span.line == 3
    assert annex.elements["termination"].state == "absent"
    assert annex.elements["termination"].confidence == "low"
    assert annex.elements["manager"].confidence == "medium"
    assert agreement("# SLA\n\nAll annexes form part of this agreement.").annex_of is None


# ---- identity, people, parties

TEXT = """\
---
title: Other title
status: Draft
---
# Operational level agreement: **databases**

Between the Database Team (the "Provider") and the Billing Team (the "Customer"), version 1.2, effective from
1 May 2026 to 30 April 2036.

| Role | Name | Reach | For |
|---|---|---|---|
| Service level manager | Owen Pryce | owen@e.example | both |
| Deputy | Sunita Rao | sunita@e.example | both |
| Customer representative | Carys Bowen, Head of Billing | carys@e.example | Billing |

## Ending it

Either team may terminate this agreement with 90 days' notice.
"""


def test_an_agreement_answers_from_prose() -> None:
    found = agreement(TEXT)
    assert found.form == "prose" and found.data is None
    assert found.title is not None and found.title.span[2:] == (5, 3)
    assert found.head.text == found.title.text
    assert found.id == "operational-level-agreement-databases"
    assert found.kind is not None and found.kind.text == "OperationalLevelAgreement"
    assert found.type is not None and found.type.text == "internal"
    assert found.is_draft
    for node, text in (
        (found.version, "1.2"),
        (found.effective_date, "1 May 2026"),
        (found.expiry_date, "30 April 2036"),
    ):
        assert node is not None and node.text == text
        assert TEXT[node.span.start :].startswith(text)
    assert [(p.role, p.name.text) for p in found.parties] == [
        ("provider", "Database Team"),
        ("customer", "Billing Team"),
    ]
    manager = found.manager
    assert manager is not None and manager.is_person and manager.name.text == "Owen Pryce"
    assert manager.contact is not None and manager.contact.text == "owen@e.example"
    assert manager.deputy is not None and manager.deputy.text == "Sunita Rao"
    (representative,) = found.representatives
    assert representative.name.text == "Carys Bowen"
    ending = found.policies["termination"]
    assert ending.notice is not None and ending.notice.text == "90 days"
    assert found.language == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Between Acme Ltd (“Acme”), the provider, and Bolt GmbH, the customer.",
            [("provider", "Acme Ltd"), ("customer", "Bolt GmbH")],
        ),
        ("**Provider:** Acme Ltd, Rome\n**Customer:** [Client]", [("provider", "Acme Ltd")]),
        (
            "The provider is **Digital Services**. The Council is the customer.",
            [("provider", "Digital Services"), ("customer", "Council")],
        ),
        ("This is between the Service Provider and the Customer.", []),
        (
            '**Norrland Ltd.** (“Provider”)\n\nand\n\n**Vexley**, a school in Hull (the "Customer")',
            [("provider", "Norrland Ltd."), ("customer", "Vexley")],
        ),
        ("The provider is IT. The customer is Acme Ltd. Both sign.", [("provider", "IT"), ("customer", "Acme Ltd.")]),
        ("Orla’s contact for the customer is Ivo Reed.", []),
        ("Ivo Reed is the customer's manager. Mo Lind is the provider contact.", []),
        ("Whoever is named in the Order Form (“Provider”) sells to those who agree to the SOF (“Customer”).", []),
        ("Ivo Reed (“Ivo”) works for Vexley (see “Customer”).", []),
        ("The interval between tests and Monday is long.", []),
    ],
)
def test_parties(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.role, p.name.text) for p in agreement(f"# SLA\n\n{text}\n").parties] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "**Owner:** Dana Reyes (dana@e.example, ext. 4410). Her deputy is Kim Sato.",
            ("Dana Reyes", True, "dana@e.example", "Kim Sato"),
        ),
        ("**Owner:** Platform Team", ("Platform Team", False, None, None)),
        ("This SLA is owned by Dana Reyes.", ("Dana Reyes", True, None, None)),
        (
            "Dana Reyes, Head of IT, is the service level manager. Kim Sato is her deputy.",
            ("Dana Reyes", True, None, "Kim Sato"),
        ),
    ],
)
def test_manager(text: str, expected: tuple[str, bool, str | None, str | None]) -> None:
    found = agreement(f"# SLA\n\n{text}\n").manager
    assert found is not None
    said = [node.text if node is not None else None for node in (found.contact, found.deputy)]
    assert (found.name.text, found.is_person, *said) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marketing hands over each MQL; the sales team calls qualified leads.", "marketing-sales"),
        ("Credits are deducted from the invoice; liability ends with the subscription fee.", "customer"),
        ("Title\n\n## Marketing & Sales\n\nThe sales team calls back.", "marketing-sales"),
        ("All departments and their staff use the intranet.", "internal"),
        ("**Type:** Internal agreement", "internal"),
        ("Mail works.", ""),
    ],
)
def test_type(text: str, expected: str) -> None:
    found: Agreement = agreement(f"# SLA\n\n{text}\n")
    assert (found.type.text if found.type is not None else "") == expected


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("# SLA v2.3", "2.3"),
        ("# SLA\n\n**Version:** 1.0.1", "1.0.1"),
        ("# SLA\n\n**Version:** [x.y]", None),
        ("# SLA\n\nLast updated: 3 March 2026", None),
        ("# SLA\n\n## Version history\n\n| Version | Date |\n|---|---|\n| 1.9 | May |\n| 1.10 | June |", "1.10"),
        ("---\nversion: '4'\n---\n# SLA", "4"),
    ],
)
def test_version(text: str, version: str | None) -> None:
    found = agreement(text).version
    assert (found.text if found is not None else None) == version


@pytest.mark.parametrize(
    ("title", "kind", "type_"),
    [
        ("Operational level agreement", "OperationalLevelAgreement", "internal"),
        ("Underpinning contract: storage", "UnderpinningContract", "supplier"),
        ("Service level agreement", "ServiceLevelAgreement", ""),
    ],
)
def test_kind(title: str, kind: str, type_: str) -> None:
    found = agreement(f"# {title}\n\nDisks are mended.")
    assert found.kind is not None and found.kind.text == kind
    assert (found.type.text if found.type is not None else "") == type_


def test_front_matter_answers_too() -> None:
    text = "---\nid: mail-1\ntitle: Mail\nowner: Dana Reyes\nstatus: draft\nlang: en-GB\n---\n"
    text += "## Goals\n\n- Mail works.\n- Fast.\n"
    found = agreement(text)
    assert found.id == "mail-1"
    assert found.title is not None and found.title.span.line == 3
    assert found.language == "en"
    assert found.is_draft
    assert found.manager is not None and found.manager.name.span.line == 4
    assert [goal.statement.text for goal in found.goals] == ["Mail works.", "Fast."]


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("The purpose of this agreement is mail.", ["The purpose of this agreement is mail."]),
        ("## Purpose\n\nMail works.", ["Mail works."]),
        ("Mail works.", []),
    ],
)
def test_goals(text: str, goals: list[str]) -> None:
    assert [goal.statement.text for goal in agreement(f"# SLA\n\n{text}").goals] == goals


def test_what_the_data_states_is_taken_from_there() -> None:
    data = "kind: ServiceLevelAgreement\ntype: internal\nmetadata: {title: Mail, status: active}\n"
    data += "term: {effectiveDate: 2026-01-01}\n"
    data += "parties: {provider: IT, customer: Sales}\ngoals: [Mail works.]\nmetrics: [{id: up, target: 99 %}]\n"
    data += "policies: {renewal: Yearly.}\n"
    prose = "**Effective date:** 2 May 2027\n\n**Provider:** Acme\n\n"
    prose += "One may terminate this agreement with 30 days' notice.\n"
    found = agreement(f"# Other\n\n{prose}\n```sla\n{data}```\n")
    assert found.type is not None and found.type.text == "internal"
    assert found.status is not None and found.status.text == "active"
    assert found.effective_date is not None and found.effective_date.text == "2026-01-01"
    assert found.head.text == "Mail"
    assert [p.name.text for p in found.parties] == ["IT", "Sales"]
    assert [g.statement.text for g in found.goals] == ["Mail works."]
    assert [m.id for m in found.metrics] == ["up"]
    assert list(found.policies) == ["renewal", "termination"]
    assert found.elements["renewal"].reason == "/policies/renewal"
    assert any(p.kind == "string" for p in found.passages) and any(p.kind == "paragraph" for p in found.passages)


def test_titles_name_both_sides_of_a_marketing_agreement() -> None:
    found = agreement("# Marketing & Sales SLA\n\n## What Sales does\n\nSales calls every qualified lead.\n")
    assert [(p.role, p.name.text, p.name.span.line) for p in found.parties] == [
        ("provider", "Marketing", 1), ("provider", "Sales", 1)]  # fmt: skip
    assert found.reciprocal
    apart = agreement("# SLA\n\n## Sales team\n\nThe sales team calls every MQL.\n\n## Mail\n\nOf marketing.\n")
    assert apart.parties == []


def test_both_sides_of_a_marketing_agreement_provide() -> None:
    found = agreement("# SLA between Marketing and Sales\n\nEach MQL and every qualified lead is called.")
    assert [(p.role, p.name.text) for p in found.parties] == [("provider", "Marketing"), ("provider", "Sales")]
    assert found.reciprocal


GERMAN = (
    "Diese Vereinbarung regelt den Betrieb der Postfächer für alle Abteilungen. Der Anbieter stellt sicher, dass die "
    "Postfächer in jedem Monat zu mindestens 99,5 % der Zeit erreichbar sind, und meldet Störungen an die Kunden."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "xx"),
        ("本协议适用于所有客户。 " * 30, "xx"),
        ("- **Standard tier:** 99.5 % uptime\n" * 9, "en"),
        ("Mail works.", "en"),
        ("---\nlang: de-AT\n---\n# T", "de"),
        (TEXT, "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    found = agreement(text)
    assert found.language == language
    assert found.understood is (language == "en")
    if language != "en":
        assert all(element.state == "absent" for element in found.elements.values())
        assert not found.metrics


@pytest.mark.parametrize("text", ["no title, only text", "---\na: b\n---\n", "| | |\n|-|-|\n| | |"])
def test_documents_with_next_to_nothing(text: str) -> None:
    found = agreement(text)
    assert found.head.span.end <= len(text)
    assert found.id == "" or found.title is not None
    assert found.manager is None and found.parties == [] and found.policies == {}


# ---- patterns

PATTERNS = [
    (entry["patterns-sign"], pattern)
    for language in languages()
    for entry in lists(language, "elements").values()
    for pattern in entry.get("patterns", ())
] + [
    (known["signs"][name], f"(?i){known['dates'][name]}")
    for known in (lists(language, "agreement") for language in languages())
    for name in known.get("signs", {})
]


@pytest.mark.parametrize(("sign", "pattern"), PATTERNS, ids=[str(number) for number in range(len(PATTERNS))])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_sign_stands_in_whatever_a_pattern_matches(sign: str, pattern: str, data: st.DataObject) -> None:
    found = re.search(pattern, data.draw(st.from_regex(pattern)))
    assume(found is not None)
    assert found is not None and re.search(sign, found.group())


SPELLED = [(words_of(language), spelled) for language in languages() for spelled in words_of(language).patterns]


@pytest.mark.parametrize(("known", "spelled"), SPELLED, ids=[spelled.name for _, spelled in SPELLED])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_words_tell_of_whatever_a_pattern_matches(known: Any, spelled: Any, data: st.DataObject) -> None:
    found = re.search(spelled.pattern._source, data.draw(st.from_regex(spelled.pattern._source)))
    assume(found is not None)
    assert found is not None and known.told[found.string] & spelled.bits == spelled.bits


@pytest.mark.parametrize(
    ("sign", "text", "may"),
    [
        ("[Mm]anager", "the manager's", True),
        ("[Mm]anager", "the MANAGER", False),
        (r"\d", "9am", True),
        (r"x\s?\d", "x 9", True),
        (r"x\s?\d", "x", False),
        ("", "x", True),
        (r"(?:[a-z]|\s)\d|x", "x", True),
    ],
)
def test_what_the_words_tell_of_a_sign(sign: str, text: str, may: bool) -> None:
    cues = TextCues("en")
    bits = cues.sign(sign)
    assert (cues.told[text] & bits == bits) is may


# ---- phrases


@pytest.mark.parametrize(
    ("phrase", "text", "hit"),
    [
        ("may terminate", "You may terminate it", "may terminate"),
        ("terminat~ this? agreement|sla", "Terminating SLA", "Terminating SLA"),
        ("meet .. monthly", "we meet with them all monthly", "meet with them all monthly"),
        ("meet .. monthly", "we meet with them all again monthly", None),
        ("^ review $", "Review", "Review"),
        ("^ review $", "Review cycle", None),
        ("^ review .. $", "Review cycle", "Review"),
        ("every @number days", "every 30 days", "every 30 days"),
        ("every @number days", "every three days", "every three days"),
        ("owner", "the owner’s house", "owner’s"),
        ("best effort", "best-effort", "best-effort"),
        ("@often report", "a monthly report", "monthly report"),
    ],
)
def test_phrases(phrase: str, text: str, hit: str | None) -> None:
    known = Phrases({"often": ["monthly"]})
    known.add("x", [phrase])
    found = [text[one.start : one.end] for one in known.find(words(text))]
    assert found == ([hit] if hit is not None else [])


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a word"):
        Phrases().add("x", ["the? a?"])
