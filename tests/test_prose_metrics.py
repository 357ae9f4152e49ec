"""Metrics are read from tables, lists and sentences; numbers that promise nothing are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalint.agreement import Metric
from slalint.model import SourceFile
from slalint.sources.markdown import metrics_words, values
from slalint.sources.markdown.blocks import parse
from slalint.sources.markdown.metrics import read_metrics

TITLE = "# Service level agreement\n\n"


def read(text: str) -> list[Metric]:
    return read_metrics(parse(SourceFile("sla.md", text)))


def told(metric: Metric) -> str:
    """Name | category | target | window | what tracks it, ``-`` for what is not stated."""
    tool = metric.tracking[0].tool if metric.tracking else None
    parts = (metric.name, metric.target, metric.window, tool)
    name, target, window, tracked = (" ".join(node.text.split()) if node is not None else "-" for node in parts)
    return f"{name} | {metric.category} | {target} | {window} | {tracked}"


READ = {
    "the downtime that a share leaves": (
        "Mail is available 99.95% of each month (at most 22 minutes of downtime a month).\n\n"
        "Search is available 99.9% of each month, which is at most 43 minutes of downtime a month.\n\n"
        "Print is available 99% of each month (downtime of at most 7 hours).\n",
        [
            "Mail is available | availability | 99.95% | each month | -",
            "Search is available | availability | 99.9% | each month | -",
            "Print is available | availability | 99% | each month | -",
        ],
    ),
    "a share of time has no limit": (
        "Mail will be available 99.95% of each month, with at most 2 hours of planned works a month.\n",
        ["be available | availability | 99.95% | each month | -"],
    ),
    "tickets that are closed in time": (
        "95% of tickets are closed in 2 days.\n\nThe office is closed for 2 days.\n",
        ["tickets are closed in 2 days | resolution | 95% of tickets are closed in 2 days | - | -"],
    ),
    "a table of metrics": (
        "| KPI | Target | Measured by | Frequency | Current |\n|---|---|---|---|---|\n"
        "| Call abandonment | < 5 % | phone log | monthly | 3 % |\n| CSAT | 4.2 / 5 | survey | quarterly | 4.4 / 5 |\n",
        [
            "Call abandonment | error-rate | < 5 % | monthly | phone log",
            "CSAT | satisfaction | 4.2 / 5 | quarterly | survey",
        ],
    ),
    "a table of processes, each with its source": (
        "| Process | Service level | How measured |\n|---|---|---|\n"
        "| Payroll accuracy | 99.5 % of payslips | payroll audit |\n| Contract changes | 5 working days | – |\n",
        [
            "Payroll accuracy | quality | 99.5 % | - | payroll audit",
            "Contract changes | other | 5 working days | - | -",
        ],
    ),
    "a table of priorities": (
        "| Priority | Description | Acknowledged | Fixed |\n|---|---|---|---|\n"
        "| P1 | Nobody can book | 15 min | 4 h |\n| P2 | Some cannot book | 1 h | next business day |\n",
        ["Acknowledged | response | 15 min | - | -", "Fixed | resolution | 4 h | - | -"],
    ),
    "priorities as columns": (
        "| | Critical | High | Low |\n|---|---|---|---|\n"
        "| Response time | 1 h | 4 h | 2 days |\n| Repair time | 4 h | 8 h | - |\n",
        ["Response time | response | 1 h | - | -", "Repair time | resolution | 4 h | - | -"],
    ),
    "priorities as columns, label rows": (
        "## Response times\n\n| Urgent | Normal |\n|---|---|\n"
        "| *Ticket by web form* | * * |\n| within one hour | one business day |\n",
        ["Response times | response | within one hour | - | -"],
    ),
    "a table of tasks": (
        "### Contracts\n\n| Task | SLA |\n|---|---|\n| First draft | 5 days |\n| Redline | 3 days |\n",
        ["Contracts | resolution | 5 days | - | -"],
    ),
    "the promise in a table of credits": (
        "| | Monthly uptime percentage | Service credit |\n|---|---|---|\n| Commitment | 99.9 % or higher | none |\n"
        "| Tier 1 | 99.0 % - 99.9 % | 5 % |\n| Tier 2 | below 99.0 % | 20 % |\n",
        ["Commitment | availability | 99.9 % or higher | Monthly | -"],
    ),
    "the same promise again, with what measures it": (
        "We promise an availability of at least 99.8 % in each calendar month.\n\n"
        "| Metric | Target | Measured by |\n|---|---|---|\n| Availability | at least 99.8 % | Prometheus |\n",
        ["Availability | availability | at least 99.8 % | each calendar month | Prometheus"],
    ),
    "a column of updates": (
        "| Level | Response | Status updates | Status |\n|---|---|---|---|\n| P1 | 1 h | Every 2 hours | 3 days |\n",
        ["Response | response | 1 h | - | -", "Status updates | reporting | 2 hours | - | -"],
    ),
    "a target in a heading": (
        "## Services\n\n### Mail (99.9 % uptime target)\n\nFor all.\n\n### Files (99.5 % uptime target)\n\nFor some.\n",
        ["uptime | availability | 99.9 % | - | -"],
    ),
    "what is delivered after a miss": (
        "## Remedies\n\n- Incident report within 7 days\n- A credit of 5 %, claimed within 30 days\n\n"
        "| Severity | What you get |\n|---|---|\n| P1 | Root cause analysis (RCA) within 5 business days |\n",
        [
            "Incident report | other | within 7 days | - | -",
            "Root cause analysis | other | within 5 business days | - | -",
        ],
    ),
    "a notice among the exclusions": (
        "## Exclusions\n\n- Maintenance announced 48 hours in advance\n- Planned outages (7 days' notice)\n",
        ["Maintenance | other | 48 hours | - | -", "Planned outages | other | 7 days | - | -"],
    ),
    "a notice that is promised is not read twice": (
        "Planned maintenance is announced 48 hours in advance.\n\n"
        "## Exclusions\n\n- Maintenance announced 48 hours ahead\n",
        ["Planned maintenance is announced | other | 48 hours | - | -"],
    ),
    "figures below a line that targets them": (
        "We target the following benchmarks:\n\n- First byte: < 200 ms\n- Page load: p95 < 2 s\n",
        ["First byte | other | < 200 ms | - | -", "Page load | latency | p95 < 2 s | - | -"],
    ),
    "functional so much of the time": (
        "We guarantee that our network is functional 99.9 % of the time in any given month.\n",
        ["our network is functional | availability | 99.9 % | any given month | -"],
    ),
    "deadlines by the time of day": (
        "- The payroll file is delivered by 06:00 on each pay day.\n- Statements are ready no later than 7 am.\n\n"
        "The provider shall deliver the sales report before 09:30.\n",
        [
            "The payroll file is delivered | timeliness | by 06:00 | - | -",
            "Statements are ready | timeliness | no later than 7 am | - | -",
            "deliver the sales report | reporting | before 09:30 | - | -",
        ],
    ),
    "a length of downtime": (
        "## Outages\n\n| Kind | Availability or response time |\n|---|---|\n"
        "| Monthly availability | without maintenance 99.9 % |\n| Unplanned outages | Maximum 40 minutes a month |\n"
        "| Time to repair | < 4 hours |\n",
        [
            "Monthly availability | availability | 99.9 % | Monthly | -",
            "Unplanned outages | availability | Maximum 40 minutes | - | -",
            "Time to repair | resolution | < 4 hours | - | -",
        ],
    ),
    "several times in one cell": (
        "| Plan | Commitment |\n|---|---|\n| Basic | reply within 8 h, repair within 2 days |\n"
        "| Gold | reply within 1 h, repair within 4 h |\n",
        ["reply | response | within 8 h | - | -", "repair | resolution | within 2 days | - | -"],
    ),
    "a heading for each level": (
        "## Levels\n\n### P1 – Critical\n\n- Nobody can work.\n- Response: 15 minutes\n\n"
        "### P2 – High\n\n- Response: 1 hour\n",
        ["Response | response | 15 minutes | - | -"],
    ),
    "kinds of request below a promise of answers": (
        "## Response times\n\n- General questions: 24 hours\n- Bug reports: 4 hours\n",
        ["Response times | response | 24 hours | - | -"],
    ),
    "a sentence that tells somebody what to do": (
        "Respond to critical faults within 24 hours.\n",
        ["Respond to critical faults | response | within 24 hours | - | -"],
    ),
    "a row that says what measures the others": (
        "| Metric | Target |\n|---|---|\n| Monthly uptime | 99 % |\n| Measurement | Prometheus `up` |\n",
        ["Monthly uptime | availability | 99 % | Monthly | Prometheus"],
    ),
    "a column for the source that holds periods": (
        "| Service | Availability | Measurement |\n|---|---|---|\n| Desk | 99 % | monthly |\n"
        "| Mail | 99.5 % | monthly |\n",
        ["Availability | availability | 99 % | monthly | -"],
    ),
    "short forms of will and will not": (
        "We’ll tell you 3 days in advance. Acme warrants that uptime shall be at least 98 %.\n",
        ["We’ll tell you | other | 3 days | - | -", "uptime | availability | at least 98 % | - | -"],
    ),
    "a name that says that a target follows": (
        "## Changes\n\n- Undo target: 20 minutes from the decision.\n",
        ["Undo target | other | 20 minutes | - | -"],
    ),
    "the same number of another unit is another promise": (
        "- **Gold**\n  - First response: 1 hour\n- **Blue**\n  - First response: 1 day\n",
        ["First response | response | 1 hour | - | -", "First response | response | 1 day | - | -"],
    ),
    "rows that measure nothing in a table of metrics": (
        "| Metric | Commitment |\n|---|---|\n| Uptime | 98 % |\n| Price list | ask our sales team |\n"
        "| Successor | named later |\n| Reply time | best effort |\n",
        ["Uptime | availability | 98 % | - | -", "Reply time | response | best effort | - | -"],
    ),
    "a measurement that is a period": (
        "| Quality | Target | Measurement |\n|---|---|---|\n| Accuracy of entries | 97 % | Quarterly |\n",
        ["Accuracy of entries | quality | 97 % | Quarterly | -"],
    ),
    "a day as the first value of a column": (
        "| Plan | First reply |\n|---|---|\n| Blue | next business day |\n| Gold | 2 hours |\n",
        ["First reply | response | next business day | - | -"],
    ),
    "a log that is only there": (
        "Uptime is at least 98 %, with an audit log.\n",
        ["Uptime | availability | at least 98 % | - | -"],
    ),
    "a line without a verb": (
        "First answer within 20 minutes of the call.\n",
        ["First answer | response | within 20 minutes | - | -"],
    ),
    "what is promised stands at the end": (
        "The booking desk shall have an uptime of 98 %.\n",
        ["uptime | availability | 98 % | - | -"],
    ),
    "code in brackets is no name": (
        "| Metric | Target |\n|---|---|\n| Page uptime (`GET /up`) | 98 % |\n",
        ["Page uptime | availability | 98 % | - | -"],
    ),
    "values behind a list": (
        "### P1 - High\n\n**Examples:**\n- Nobody can book\n\n**Response time:** 20 minutes from the alert\n",
        ["Response time | response | 20 minutes | - | -"],
    ),
    "a remediation is no credit": (
        "| Severity | Response time | Time to fix (remediation) |\n|---|---|---|\n| P1 | 2 h | 3 days |\n",
        ["Response time | response | 2 h | - | -", "Time to fix (remediation) | resolution | 3 days | - | -"],
    ),
    "a share over days": (
        "Every desk shall have a 98 % uptime over 60 days.\n",
        ["uptime over 60 days | availability | 98 % | 60 days | -"],
    ),
    "levels across, plans down": (
        "## Support response times\n\n| Plan | Critical | High | Low |\n|---|---|---|---|\n"
        "| Blue | 9 hours | 20 hours | 3 days |\n| Gold | 3 hours | 9 hours | 2 days |\n",
        ["Support response times | response | 9 hours | - | -"],
    ),
    "a plan as a column": (
        "| Severity | Definition | Free plan | Paid plan |\n|---|---|---|---|\n"
        "| P1 | nobody can book | – | Response within 3 hours |\n| P2 | a typo | – | Response within 9 hours |\n",
        ["Paid plan | response | within 3 hours | - | -"],
    ),
    "units in the header": (
        "| Metric | Target (hours) |\n|---|---|\n| Time to repair | 8 |\n",
        ["Time to repair | resolution | 8 hours | - | -"],
    ),
    "what is counted over a time": (
        "| Measure | Limit |\n|---|---|\n| Errors per day | 5 |\n| Bookings each month | 300 |\n"
        "| Requests / second | 80 |\n| Lost parcels a week | 2 |\n| Error rate per week | 1 |\n"
        "| Uptime per week | 99 |\n| Parcels sent within a day | 90 |\n| Downtime per month (hours) | 3 |\n",
        [
            "Errors per day | error-rate | 5 per day | per day | -",
            "Bookings each month | other | 300 per month | each month | -",
            "Requests / second | other | 80 per second | - | -",
            "Lost parcels a week | other | 2 per week | a week | -",
            "Error rate per week | error-rate | 1 | per week | -",
            "Uptime per week | availability | 99 | per week | -",
            "Parcels sent within a day | other | 90 | a day | -",
            "Downtime per month (hours) | availability | 3 hours | per month | -",
        ],
    ),
    "a label named by its heading": (
        "## Availability\n\n**Target**: 99.5 % uptime (monthly)\n\n"
        "**Measurement**:\n\n- Probed every minute\n- Monitored with Icinga\n",
        ["Availability | availability | 99.5 % | monthly | Icinga"],
    ),
    "labels under a heading, a window for all": (
        "## Latency objectives\n\n- **P50**: < 200 ms\n- **P99**: < 900 ms\n\nMeasured over a rolling 7-day period.\n",
        [
            "P50 | latency | < 200 ms | a rolling 7-day period | -",
            "P99 | latency | < 900 ms | a rolling 7-day period | -",
        ],
    ),
    "a level in each item": (
        "## Support\n\n**Response times:**\n\n"
        "- Critical issues (all is down): 1 hour\n- Low priority (questions): 5 business days\n",
        ["Response times | response | 1 hour | - | -"],
    ),
    "a level under each heading": (
        "## Severity 1\n\n**Response time**\n\nWithin **4 business hours** of the call.\n\n"
        "## Severity 2\n\n**Response time**\n\nWithin **2 business days** of the call.\n",
        ["Response time | response | Within 4 business hours | - | -"],
    ),
    "sentences": (
        "The Provider will keep the site available at least 99.9 % of the time in each calendar month. It will\n"
        "respond to tickets within 4 business hours.\n",
        [
            "keep the site available | availability | at least 99.9 % | each calendar month | -",
            "respond to tickets | response | within 4 business hours | - | -",
        ],
    ),
    "promises without a modal": (
        "Emergency tickets are answered within 10 minutes. RPO: 15 minutes. We restore service within 4 hours.\n",
        [
            "Emergency tickets are answered | response | within 10 minutes | - | -",
            "RPO | recovery | 15 minutes | - | -",
            "We restore service | resolution | within 4 hours | - | -",
        ],
    ),
    "an enumeration in one line": (
        "4.3 The Supplier shall resolve: (a) Priority 1 Incidents within 4 hours; (b) Priority 2 Incidents within two\n"
        "days.\n",
        ["resolve | resolution | within 4 hours | - | -"],
    ),
    "a share of the limit": (
        "The desk shall resolve incidents, and 95 % of incidents are resolved within 8 hours in each quarter.\n",
        [
            "incidents are resolved within 8 hours in each quarter | resolution "
            "| 95 % of incidents are resolved within 8 hours | each quarter | -"
        ],
    ),
    "between marketing and sales": (
        "**Marketing will:**\n\n- Deliver 300 leads per month\n- Hand leads over within 1 hour of their request\n\n"
        "**Sales will:**\n\n"
        "- Call every lead within 4 selling hours\n- Make at least 6 attempts\n- Accept 60 % of the leads\n",
        [
            "Deliver 300 leads per month | volume | 300 leads per month | per month | -",
            "Hand leads over | other | within 1 hour | - | -",
            "Call every lead | response | within 4 selling hours | - | -",
            "Make at least 6 attempts | effort | at least 6 attempts | - | -",
            "Accept 60 % of the leads | conversion | 60 % | - | -",
        ],
    ),
    "a side that states what it does": (
        "## Marketing\n\n- Marketing delivers 250 MQLs per month\n- Sales rejects at most 10 % of them\n"
        "- Marketing has 12 campaigns\n",
        [
            "Marketing delivers 250 MQLs per month | volume | 250 MQLs per month | per month | -",
        ],
    ),
    "blanks to fill in": (
        "We will respond within [number] hours and keep uptime of at least [99.x %] in each month.\n",
        [
            "respond | response | within [number] hours | - | -",
            "keep uptime | availability | at least [99.x %] | each month | -",
        ],
    ),
    "a value that stands elsewhere": (
        "The Provider will keep mail available for at least the Target Uptime in each calendar month.\n",
        ["Target Uptime | availability | - | each calendar month | -"],
    ),
    "no value but words": (
        "- Uptime: 99.9 %\n- Change requests: best effort\n",
        ["Uptime | availability | 99.9 % | - | -", "Change requests | other | best effort | - | -"],
    ),
    "a report that is due again and again": (
        "The Provider shall send a monthly performance report. Figures are sent on a quarterly basis as required.\n",
        [
            "monthly performance report | reporting | monthly | monthly | -",
            "Figures are sent on a quarterly basis | reporting | quarterly | quarterly | -",
        ],
    ),
    "a scorecard": (
        "## Figures\n\n```\nLeads accepted: 71 % (target: 70 %)\nDemos: 12 (target: 10)\n```\n",
        ["Leads accepted | conversion | 70 % | - | -", "Demos | volume | 10 | - | -"],
    ),
    "decimal commas": (
        "Der Dienst / the service: uptime of at least 99,5 % per month is guaranteed.\n",
        ["uptime | availability | at least 99,5 % | per month | -"],
    ),
    "each row names its measure beside its service": (
        "## Levels\n\n| Service | Measure | Service Level | Measurement period |\n|---|---|---|---|\n"
        "| Shop | Uptime | 99.7 % | Monthly |\n| Shop | Page load time | 2.5 seconds | Monthly |\n"
        "| Desk | Abandoned calls | at most 4 % | Quarterly |\n",
        [
            "Uptime | availability | 99.7 % | Monthly | -",
            "Page load time | latency | 2.5 seconds | Monthly | -",
            "Abandoned calls | error-rate | at most 4 % | Quarterly | -",
        ],
    ),
    "the same measure for each priority": (
        "| Priority | Measure | Target |\n|---|---|---|\n| P1 | First answer | 15 min |\n| P1 | Repair | 4 h |\n"
        "| P2 | First answer | 1 h |\n| P2 | Repair | 9 h |\n",
        ["First answer | response | 15 min | - | -", "Repair | resolution | 4 h | - | -"],
    ),
    "metrics among the rows of a document's own table": (
        "| | |\n|---|---|\n| Version | 1.3 |\n| Expiry date | 2029 |\n| Uptime | 99.6 % per month |\n"
        "| Reply time | 3 hours |\n",
        ["Uptime | availability | 99.6 % | per month | -", "Reply time | response | 3 hours | - | -"],
    ),
    "two values in each line, as the line above names them": (
        "First answer and repair by urgency:\n\n- Urgent: 20 min / 3 h\n- Normal: 2 h / 1 business day\n",
        ["First answer | response | 20 min | - | -", "repair | resolution | 3 h | - | -"],
    ),
    "two values in each line, as the title names them": (
        "## Reply & repair\n\n- P1: 20 min / 3 h\n- P2: 2 h / 9 h\n",
        ["Reply | response | 20 min | - | -", "repair | resolution | 3 h | - | -"],
    ),
    "two values in each line, each with its word": (
        "## Support\n\n- P1: reply 20 min / repair 3 h\n- P2: reply 2 h / repair 9 h\n",
        ["reply | response | 20 min | - | -", "repair | resolution | 3 h | - | -"],
    ),
    "a notice is named by what is given": (
        "The provider will give 6 days notice of planned work.\n",
        ["give 6 days notice | other | 6 days | - | -"],
    ),
    "a title that says what measures": (
        "## Sales\n\n- Sales calls every lead within 2 hours\n\n## How we track this: Marketo and Tableau\n\nWeekly.\n",
        ["Sales calls every lead | response | within 2 hours | - | Marketo and Tableau"],
    ),
    "a probe that runs again and again": (
        "Uptime will be at least 99 % per month. Requests are sent every minute from Pingdom.\n",
        ["Uptime | availability | at least 99 % | per month | Pingdom"],
    ),
}


@pytest.mark.parametrize("case", READ)
def test_metrics_are_read(case: str) -> None:
    text, expected = READ[case]
    assert [told(metric) for metric in read(TITLE + text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "| Uptime | Credit |\n|---|---|\n| 99 % - 99.9 % | 5 % |\n| below 99 % | 10 % |\n",
        "“Downtime” means a period of more than 5 minutes in which the service does not respond.\n",
        "Either party may terminate this agreement on 30 days' written notice.\n",
        "A credit must be claimed within 30 days of the end of the month.\n",
        "If uptime falls below 99 % in a month, the provider writes a report.\n",
        "## Alerts\n\n- Error rate > 5 % (5 minutes)\n- Latency > 2 s\n",
        "Requests received by 5 pm are answered with care.\n",
        "We are open from 8:00 until 18:00.\n",
        "## Benchmarks\n\n- Login: 1 s\n",
        "## Targets\n\n99.8 % of a 30-day month leaves 86.4 minutes of downtime.\n",
        "## Fault levels\n\n**High**\n\n- Slower by > 50 %\n- An outage of more than 30 minutes\n",
        "## Roadmap\n\n- Raise availability to 99.99 %\n",
        "## Benchmarks\n\n- P95 latency: 150 ms\n",
        "## Example scenarios\n\nThe form came at 3:15 PM; we responded within 3 minutes.\n",
        "## Revision history\n\n- 1.2: response time within 4 hours\n",
        "The targets hold for a load of at most 500 requests per second.\n",
        "A P1 that is not solved goes to Ana Ruiz after 30 minutes and to Per Lund after 2 hours.\n",
        "With a 99.5 % target the allowed downtime is about 3.6 hours in 30 days.\n",
        "Over the past 12 months 87 % of queries were answered within 2 days.\n",
        "In 2025 the service was available 99.97 % of the time; last year we achieved 99.9 %.\n",
        "You will get a message and, should the work last for longer than 20 minutes, a call.\n",
        "For every break that lasts longer than ten minutes you will be paid.\n",
        "## Targets\n\n**Amber (near)**: a figure within 5 % of its target\n",
        "## Availability\n\n| Part | Port |\n|---|---|\n| Desk | 9000 |\n| Mail | 25 |\n",
        "That downtime does not count against the 98 % target.\n",
        "In the rare event that a fault cannot be repaired within 20 minutes you will hear from us.\n",
        "We will repair faults of the immediately preceding release.\n",
        "## Excluded events\n\nNo commitment holds for:\n\n1. Fault not found (FNF): nobody else sees it.\n",
        "In a month with fewer than 20 tickets the figures are reported but not judged.\n",
        "| | |\n|---|---|\n| Version | 0.4 |\n| Status | draft |\n| Expiry date | 2029 |\n",
        "| Version | 0.4 |\n|---|---|\n| Document number | 17 |\n| Next review | 2029 |\n",
        "| Field | Value |\n|---|---|\n| Expiry date | 2029 |\n| Review interval | 6 months |\n",
        "## Calls\n\n| Level | Contact | After |\n|---|---|---|\n| 1 | Mo Lind | 0 h |\n| 2 | Kai Roth | 3 h |\n",
        "## Escalation\n\n| Step | Person | Time |\n|---|---|---|\n| 1 | Mo Lind | 1 h |\n| 2 | Kai Roth | 3 h |\n",
        "| Level | Name | Within |\n|---|---|---|\n| 1 | Mo Lind | 1 h |\n| 2 | Kai Roth | 3 h |\n",
        "| | |\n|---|---|\n| Blue | 12 |\n| Green | 14 |\n",
    ],
)
def test_what_promises_nothing_is_no_metric(text: str) -> None:
    assert [told(metric) for metric in read(TITLE + text)] == []


def test_a_metric_has_its_levels_and_parsed_values() -> None:
    text = "| Priority | Response |\n|---|---|\n| P1 | < 15 min |\n| P2 | 2 business days |\n| P3 | best effort |\n"
    (metric,) = read(TITLE + text)
    assert [(key.text, value.text) for key, value in metric.levels if key is not None] == [
        ("P1", "< 15 min"), ("P2", "2 business days"), ("P3", "best effort")]  # fmt: skip
    assert [(target.operator, target.unit) for target in metric.targets] == [("lt", "minute"), ("", "business-day")]


def test_parts_stand_where_they_are_written() -> None:
    text = TITLE + "Mail shall be **available** at least 99.5 % of each calendar month, as measured by *Icinga*.\n"
    (metric,) = read(text)
    assert metric.target is not None and metric.window is not None and metric.tracking[0].tool is not None
    for node, written in (
        (metric.target, "at least 99.5 %"),
        (metric.window, "each calendar month"),
        (metric.tracking[0].tool, "Icinga"),
    ):
        span = node.span
        assert text[span.start : span.end] == written
        assert span.line == 3


TRACKED = "We will respond within 4 hours. Uptime will be at least 99 % per month.\n\n"


@pytest.mark.parametrize(
    ("text", "tracked"),
    [
        ("All figures in this agreement come from ServiceNow.\n", ["ServiceNow", "ServiceNow"]),
        ("Downtime is confirmed by our internal monitoring systems.\n", ["-", "internal monitoring systems"]),
        ("All tickets are logged in the ticketing system.\n", ["ticketing system", "-"]),
        ("**Measured by:** Grafana\n", ["Grafana", "Grafana"]),
        ("Grafana may be configured by the customer, who likes dashboards.\n", ["-", "-"]),
        ("The provider monitors what it can.\n", ["-", "-"]),
        ("The provider sends reports measuring the uptime.\n", ["-", "reports measuring"]),
        ("Uptime is measured as the minutes in which the site and the dashboard answer.\n", ["-", "-"]),
        ("The date is recorded in the audit log.\n", ["-", "-"]),
        ("A remedy is measured in money.\n", ["-", "-"]),
        ("## Calls\n\n### HubSpot workflow\n\n- Respond to a ticket\n", ["-", "-"]),
    ],
)  # fmt: skip
def test_one_sentence_tracks_what_it_speaks_of(text: str, tracked: list[str]) -> None:
    found = [told(metric).split(" | ")[-1] for metric in read(TITLE + TRACKED + text)]
    assert found == tracked


def test_a_report_comes_from_what_the_next_sentence_says() -> None:
    text = "The provider will send a monthly uptime report. The report is generated from the monitoring system.\n"
    assert [told(metric) for metric in read(TITLE + "## Reports\n\n" + text)] == [
        "monthly uptime report | reporting | monthly | monthly | monitoring system"
    ]


def test_a_level_in_the_heading_is_the_case_of_each_value() -> None:
    text = "## Levels\n\n### Sev 1\n\n- Response: 15 minutes\n\n### Sev 2\n\n- Response: 1 hour\n"
    (metric,) = read(TITLE + text)
    assert [(case.text if case else "", value.text) for case, value in metric.levels] == [
        ("Sev 1", "15 minutes"),
        ("Sev 2", "1 hour"),
    ]


def test_an_empty_cell_is_tracked_only_by_a_sentence_for_all() -> None:
    table = "| Metric | Target | Source |\n|---|---|---|\n| Uptime | 99 % | Icinga |\n| Outages | 3 | |\n\n"
    assert [bool(m.tracking) for m in read(TITLE + table + "Uptime is measured by a probe.\n")] == [True, False]
    assert [bool(m.tracking) for m in read(TITLE + table + "All figures come from Icinga.\n")] == [True, True]


def test_a_cell_that_leaves_open_what_measures_is_not_filled_from_elsewhere() -> None:
    table = "| Metric | Target | Tool |\n|---|---|---|\n| Uptime | 99 % | Icinga |\n| Reply time | 2 h | tbd |\n\n"
    found = read(TITLE + table + "All figures come from Icinga and Jira. Tickets are logged in Jira.\n")
    assert [told(metric).split(" | ")[-1] for metric in found] == ["Icinga", "-"]


@pytest.mark.parametrize(
    "place", ["## Levels\n\n{}### Uptime\n\n", "## Levels\n\n### Uptime\n\n{}", "### Uptime\n\n- x: 1\n\n{}"]
)
def test_a_sentence_on_all_figures_covers_all_of_them_wherever_it_stands(place: str) -> None:
    text = (
        place.format("All figures in this agreement come from Zabbix.\n\n")
        + "Uptime will be 99.4 % of each month.\n\n### Reply\n\nWe will respond to tickets within 4 hours.\n\n"
        "### Quality\n\n- CSAT: 90 %\n\n## Recovery\n\n- RTO: 4 h\n"
    )
    found = [told(metric).split(" | ") for metric in read(TITLE + text)]
    assert [(one[0], one[-1]) for one in found] == [
        ("Uptime", "Zabbix"), ("respond to tickets", "Zabbix"), ("CSAT", "Zabbix"), ("RTO", "Zabbix")]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["## Exclusions\n\n- Maintenance (48 hours' notice)\n", "Incident report within 7 days.\n"]
)
def test_what_is_promised_in_passing_is_a_duty(text: str) -> None:
    (metric,) = read(TITLE + text)
    assert metric.duty


def test_a_notice_is_a_duty_and_a_time_limit_needs_no_window_said_elsewhere() -> None:
    notice, response = read(TITLE + "Maintenance is announced 48 hours in advance. We will respond within 4 hours.\n")
    assert (notice.duty, notice.category, response.duty) == (True, "other", False)


def test_a_promise_has_its_party() -> None:
    text = (
        "Harbour IT shall answer tickets within 4 hours.\n\n## What Sales promises\n\n- Call each lead within 2 hours\n"
    )
    assert [metric.party.text for metric in read(TITLE + text) if metric.party is not None] == ["Harbour IT", "Sales"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within five (5) business days", ["within five (5) business days"]),
        ("≤ 5–7 business days or 24-48 hours", ["≤ 5–7 business days", "24-48 hours"]),
        ("99,5 % · 99.00% - 99.89% · 95%+", ["99,5 %", "99.00% - 99.89%", "95%+"]),
        ("4 BH / 1 BD / NBD", ["4 BH", "1 BD", "NBD"]),
        ("100 requests/second, 400 leads a month", ["100 requests/second", "400 leads a month"]),
        ("score of 9.0, clause 4.2, version 2021-1, 2 out of three", []),
    ],
)
def test_values_are_found(text: str, found: list[str]) -> None:
    assert [text[value.start : value.end] for value in values.find(text, metrics_words.of())] == found


@given(st.text(alphabet="aA 19%.,:;()[]|<>-*_#\n\"'/X", max_size=300) | st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_part_lies_inside_it(text: str) -> None:
    for metric in read(text + "\n\n| Metric | Target |\n|---|---|\n| Uptime | 99 % |\n"):
        for node in (metric.node, metric.name, metric.target, metric.window, metric.party):
            assert node is None or 0 <= node.span.start <= node.span.end <= len(node.file.text)


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * 50_000 + "x",
        "within 1 " * 8_000,
        "[" * 50_000,
        '"' * 50_000,
        "Alpha " * 10_000 + "will respond within 4 hours",
        "respond within 4 hours. " * 2_000,
        "We will respond:\n\n" + "- 4 hours for P1\n" * 1_000,
    ],
    ids=["blanks", "bounds", "brackets", "quotes", "names", "sentences", "items"],
)  # fmt: skip
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    document = parse(SourceFile("sla.md", text))
    start = time.process_time()
    read_metrics(document)
    assert time.process_time() - start < 5


def test_a_priority_named_long_before_a_target_is_that_of_none() -> None:
    text = "# SLA\n\n## Response times\n\nSeverity 1 stops all work. " + "Nobody can sign in any more. " * 9
    found = read_metrics(parse(SourceFile("a.md", text + "The response time is at most 4 hours.\n")))
    assert [metric.target and metric.target.text for metric in found] == ["at most 4 hours"]
