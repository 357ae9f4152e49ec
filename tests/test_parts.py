"""Priorities, matrices, credit tiers, hours and dates: the same parts from data and from prose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slalint import sources
from slalint.agreement import Agreement
from slalint.parts import level_id, measure_of, rank_of
from slalint.sources.markdown import credit_bands

WORDS = credit_bands.Words.of("en")


def read(text: str, name: str = "x.sla.md") -> Agreement:
    data = text.encode()
    source, _ = sources.find(name, data)
    assert source is not None
    decoded, _ = sources.decode(name, data)
    return source.read(decoded, force=True).agreements[0]


def prose(body: str) -> Agreement:
    return read(f"# Service level agreement\n\nFor the mail service of the council.\n\n{body}\n")


def grid(agreement: Agreement) -> list[list[str]]:
    """Every cell of every matrix: level, case, measure and what was understood."""
    return [
        [
            cell.priority.id if cell.priority else "",
            cell.case.text if cell.case else "",
            cell.measure,
            " / ".join(f"{t.value} {t.unit}" for t in cell.targets),
        ]
        for matrix in agreement.matrices
        for cell in matrix.cells
    ]


@pytest.mark.parametrize(
    ("name", "rank", "id_"),
    [
        ("P1", 1, "1"),
        ("Priority 2 – High", 2, "2"),
        ("Sev-3", 3, "3"),
        ("S4", 4, "4"),
        ("2. Urgent", 2, "2"),
        ("Critical (mail is down)", 2, "critical"),
        ("Non-critical", 7, "non-critical"),
        ("Gold", None, "gold"),
        ("Help 24/7", None, "help-24"),
    ],
)
def test_levels_are_ranked_by_number_or_word(name: str, rank: int | None, id_: str) -> None:
    assert (rank_of(name)[0], level_id(name)) == (rank, id_)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Target response time", "response"),
        ("Time to acknowledge", "acknowledgement"),
        ("Restored within", "resolution"),
        ("Workaround", "workaround"),
        ("Status update every", "update"),
        ("Contact", ""),
    ],
)
def test_columns_say_what_is_measured(header: str, measure: str) -> None:
    assert measure_of(header) == measure


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        (
            "## Faults\n\n| Priority | Meaning | Response | Fixed |\n|---|---|---|---|\n"
            "| P1 | no mail | 15 min | 4 h |\n| P2 | slow mail | 1 h | – |",
            [
                ["1", "", "response", "15 minute"],
                ["1", "", "resolution", "4 hour"],
                ["2", "", "response", "1 hour"],
                ["2", "", "resolution", ""],
            ],
        ),
        (  # levels as columns
            "## Faults\n\n| | Critical | Low |\n|---|---|---|\n| Response | 1 h | 1 day |\n| Repair | 4 h | 5 days |",
            [
                ["critical", "", "response", "1 hour"],
                ["low", "", "response", "1 day"],
                ["critical", "", "resolution", "4 hour"],
                ["low", "", "resolution", "5 day"],
            ],
        ),
        (  # plans as columns
            "## Response times\n\n| Severity | Basic | Premium |\n|---|---|---|\n| Sev 1 | 4 h | 1 h |\n"
            "| Sev 2 | 8 h | 2 h |",
            [
                ["1", "Basic", "response", "4 hour"],
                ["1", "Premium", "response", "1 hour"],
                ["2", "Basic", "response", "8 hour"],
                ["2", "Premium", "response", "2 hour"],
            ],
        ),
        (  # plans as rows below levels as columns
            "## Response times\n\n| Plan | High | Low |\n|---|---|---|\n| Basic | 8 h | 2 days |\n"
            "| Premium | 1 h | 1 day |",
            [
                ["high", "Basic", "response", "8 hour"],
                ["low", "Basic", "response", "2 day"],
                ["high", "Premium", "response", "1 hour"],
                ["low", "Premium", "response", "1 day"],
            ],
        ),
        (  # two keys in the rows
            "## Times\n\n| Service | Priority | Response |\n|---|---|---|\n| Mail | P1 | 1 h |\n| | P2 | 4 h |\n"
            "| Files | P1 | 2 h |\n| | P2 | 8 h |",
            [
                ["1", "Mail", "response", "1 hour"],
                ["2", "Mail", "response", "4 hour"],
                ["1", "Files", "response", "2 hour"],
                ["2", "Files", "response", "8 hour"],
            ],
        ),
        (  # two times in a cell
            "## Faults\n\n| Priority | Response |\n|---|---|\n| P1 | 1 h (next business day at weekends) |\n"
            "| P2 | 3 hours / 12 hours |",
            [["1", "", "response", "1 hour / 1 business-day"], ["2", "", "response", "3 hour / 12 hour"]],
        ),
        (
            "## Response times\n\nWe will respond to faults:\n\n- P1: within 30 minutes\n- P2: within 4 hours",
            [["1", "", "response", "30 minute"], ["2", "", "response", "4 hour"]],
        ),
    ],
)
def test_a_matrix_of_any_shape_gives_its_cells(body: str, cells: list[list[str]]) -> None:
    assert grid(prose(body)) == cells


def test_who_is_called_after_which_time_is_no_matrix() -> None:
    body = "## Escalation\n\n| Level | After | Contact |\n|---|---|---|\n| 1 | 1 h | Ann Lee |\n| 2 | 4 h | Bo Kim |"
    assert prose(body).matrices == []


def test_levels_are_explained_anywhere_in_the_document() -> None:
    agreement = prose(
        "## Definitions\n\n- **Critical**: no mail for anybody.\n\n## Times\n\n"
        "| Severity | Response |\n|---|---|\n| Critical | 1 h |\n| Minor | 8 h |"
    )
    assert [(p.name.text, p.definition.text if p.definition else None) for p in agreement.priorities] == [
        ("Critical", "no mail for anybody."),
        ("Minor", None),
    ]


@pytest.mark.parametrize(
    ("text", "low", "low_in", "high", "high_in"),
    [
        ("99.0 % – 99.5 %", "99.0", None, "99.5", None),
        ("99,5 % to 99,0 %", "99.0", None, "99.5", None),
        ("95.0% to <99.0%", "95.0", True, "99.0", False),
        ("less than 99.9 % but at least 99 %", "99", True, "99.9", False),
        ("Less than 99.9% but equal to or greater than 99.0%", "99.0", True, "99.9", False),
        ("less than 99.9% Uptime, but no lower than 99.0%", "99.0", True, "99.9", False),
        ("≥ 99 % and < 99.5 %", "99", True, "99.5", False),
        ("99 % ≤ uptime < 99.5 %", "99", True, "99.5", False),
        ("above 99 % up to 99.5 %", "99", False, "99.5", True),
        ("< 95 %", None, None, "95", False),
        ("95 % or lower", None, None, "95", True),
        ("99.9 % and above", "99.9", True, None, None),
        ("more than 2 hours", "7200", False, None, None),
    ],
)
def test_bounds_of_a_band(
    text: str, low: str | None, low_in: bool | None, high: str | None, high_in: bool | None
) -> None:
    (band,) = credit_bands.find(text, "", WORDS)
    assert (band.low, band.high) == (low and Decimal(low), high and Decimal(high))
    assert (band.low_in, band.high_in) == (low_in, high_in)


def test_a_number_alone_is_bounded_by_its_column() -> None:
    assert list(credit_bands.find("99.9 %", "", WORDS)) == []
    (band,) = credit_bands.find("99.9 %", "Uptime below", WORDS)
    assert (band.high, band.high_in) == (Decimal("99.9"), False)


@pytest.mark.parametrize(
    "body",
    [
        "## Credits\n\n| Availability | Credit |\n|---|---|\n| 99.5 % or higher | none |\n"
        "| at least 99 % but less than 99.5 % | 5 % of the monthly fee |\n| less than 99 % | 20 % of the monthly fee |",
        "## Credits\n\n- Availability 99.5 % or higher: no credit\n"
        "- at least 99 % but less than 99.5 %: 5 % of the monthly fee\n"
        "- less than 99 %: 20 % of the monthly fee",
    ],
)
def test_tiers_of_tables_and_lists(body: str) -> None:
    agreement = prose(
        f"The mail service is available at least 99.5 % of each month.\n\n{body}\n\nCredits are capped at 30 %."
    )
    (tiers,) = agreement.tiers
    assert [(r.low and str(r.low), r.high and str(r.high), str(r.amount)) for r in tiers.rows] == [
        ("99.5", None, "0"),
        ("99", "99.5", "5"),
        (None, "99", "20"),
    ]
    assert (tiers.category, tiers.unit, tiers.cap_amount, tiers.cascade) == (
        "availability",
        "percent",
        Decimal(30),
        False,
    )
    assert tiers.basis is not None and "monthly fee" in tiers.basis.text
    assert tiers.metrics == (agreement.metrics[0].id,)
    assert [row.holds(Decimal("99.5")) for row in tiers.rows] == [True, False, False]


def test_a_cascade_is_known_as_one() -> None:
    body = "## Credits\n\n| Uptime | Credit |\n|---|---|\n| < 99.9 % | 10 % |\n| < 99 % | 25 % |"
    (tiers,) = prose(body).tiers
    assert tiers.cascade


def test_each_plan_has_its_own_tiers() -> None:
    body = (
        "## Credits\n\n| Uptime | Basic credit | Premium credit |\n|---|---|---|\n"
        "| < 99.9 % | 5 % | 10 % |\n| < 99 % | 10 % | 25 % |"
    )
    assert [(t.case.text if t.case else "", [str(r.amount) for r in t.rows]) for t in prose(body).tiers] == [
        ("Basic credit", ["5", "10"]),
        ("Premium credit", ["10", "25"]),
    ]


@pytest.mark.parametrize(
    ("body", "words", "kind", "zone", "readable"),
    [
        ("- **Support hours:** Mon-Fri 08:00-18:00 CET", "Mon-Fri 08:00-18:00 CET", "support", "CET", True),
        ("The desk answers from 9 a.m. to 5 p.m. on weekdays.", "9 a.m. to 5 p.m. on weekdays", "support", None, True),
        ("The service runs 24/7.", "24/7", "service", None, True),
        ("Maintenance: Sunday 02:00 to 04:00 UTC.", "Sunday 02:00 to 04:00 UTC", "maintenance", "UTC", True),
        ("Support: 10:00 am to 15:00 am.", "10:00 am to 15:00 am", "support", None, False),
    ],
)
def test_hours_in_prose(body: str, words: str, kind: str, zone: str | None, readable: bool) -> None:
    (stated,) = prose(f"## Hours\n\n{body}").hours
    assert (stated.node.text, stated.kind, stated.hours is not None) == (words, kind, readable)
    assert (stated.zone is not None) == (zone is not None)
    assert zone is None or zone in (stated.zone.text if stated.zone else "")


def test_business_days_in_a_range_are_no_hours() -> None:
    assert prose("Requests take 2 to 4 business days.").hours == []


def test_dates_of_an_agreements_life() -> None:
    agreement = prose(
        "In force from 1 May 2026 to 30 April 2028. The next review is on 3 October 2027.\n\n"
        "| Version | Date | Author |\n|---|---|---|\n| 1.1 | 2026-04-02 | Ann Lee |\n\n"
        "## Approval\n\n| Side | Name | Date |\n|---|---|---|\n| Provider | Bo Kim | 04/05/2026 |"
    )
    assert [(d.kind, d.day.isoformat() if d.day else None, d.name) for d in agreement.dates] == [
        ("effective", "2026-05-01", ""),
        ("expiry", "2028-04-30", ""),
        ("next-review", "2027-10-03", ""),
        ("version", "2026-04-02", "1.1"),
        ("signature", None, "Provider"),
    ]


@pytest.mark.parametrize(
    ("body", "kind", "day"),
    [
        ("**Effective Date: 11-28-2026**", "effective", "2026-11-28"),
        ("*Next Scheduled Review: 01-Nov-2027*", "next-review", "2027-11-01"),
        ("*Last review: 28-Oct-2026*", "last-review", "2026-10-28"),
        ("Expiry date: 2028/04/30", "expiry", "2028-04-30"),
        ("Last updated: 10-08-2026", "version", None),
    ],
)
def test_ways_of_writing_a_date(body: str, kind: str, day: str | None) -> None:
    (stated,) = prose(body).dates
    assert (stated.kind, stated.day.isoformat() if stated.day else None) == (kind, day)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_a_space_groups_thousands(space: str) -> None:
    (metric,) = prose(f"- Search latency: p95 at most 1{space}200 ms in each month").metrics
    assert [(t.value, t.unit, t.percentile) for t in metric.targets] == [(1200, "ms", 95)]


def test_the_number_of_a_level_is_no_thousand() -> None:
    (metric,) = prose("- Response time for priority 1 240 minutes").metrics
    assert [t.value for t in metric.targets] == [240]


DATA = """
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
term: {effectiveDate: 2026-05-01, expiryDate: 2028-04-30, timeZone: Europe/Lisbon}
services:
  - {id: mail, hours: Mon-Fri 08:00-18:00}
calendars:
  - id: desk
    weekly:
      - {days: [mon, tue], from: "08:00", to: "16:00"}
priorities:
  P1: {response: 15 min, restore: 4 h, definition: No mail.}
  P2: {response: 1 h}
metrics:
  - {id: uptime, category: availability, target: at least 99.5 %, remedy: credit}
  - {id: answer, category: response, targets: {P1: 95 % within 15 min, P2: 90 % within 1 h}}
remedies:
  - id: credit
    basis: monthly-fee
    tiers: ["99 % to 99.5 %: 5 %", {below: 99, credit: 20}]
    cap: {perWindow: 30 %}
"""


def test_the_data_form_gives_the_same_parts() -> None:
    agreement = read(DATA, "mail.sla.yaml")
    assert grid(agreement) == [
        ["1", "", "response", "15 minute"],
        ["1", "", "resolution", "4 hour"],
        ["2", "", "response", "1 hour"],
        ["2", "", "resolution", ""],
        ["1", "", "response", "95 percent"],
        ["2", "", "response", "90 percent"],
    ]
    assert [cell.is_empty for cell in agreement.matrices[0].cells] == [False, False, False, True]
    assert [(p.id, p.rank, p.definition is not None) for p in agreement.priorities] == [("1", 1, True), ("2", 2, False)]
    (tiers,) = agreement.tiers
    assert [(str(r.low), str(r.high), str(r.amount)) for r in tiers.rows] == [("99", "99.5", "5"), ("None", "99", "20")]
    assert (tiers.metrics, tiers.category, tiers.cap_amount) == (("uptime",), "availability", Decimal(30))
    assert [(h.name, h.kind, h.hours is not None, h.zone.text if h.zone else "") for h in agreement.hours] == [
        ("desk", "calendar", True, "Europe/Lisbon"),
        ("mail", "service", True, "Europe/Lisbon"),
    ]
    assert [d.kind for d in agreement.dates] == ["effective", "expiry"]


def test_rows_and_columns_of_a_matrix() -> None:
    matrix = read(DATA, "mail.sla.yaml").matrices[0]
    assert matrix.measures == ("response", "resolution") and matrix.cases == ("",)
    assert [cell.priority.id for cell in matrix.column("response") if cell.priority] == ["1", "2"]
    first = matrix.cells[0].priority
    assert first is not None and [cell.measure for cell in matrix.row(first)] == ["response", "resolution"]


def test_running_text_is_told_with_its_places() -> None:
    found = read(
        "kind: ServiceLevelAgreement\ngoals:\n  - statement: Mail works.\n    measuredBy: [up]\n"
        "metrics:\n  - id: up\n    description: &said Share of minutes.\n    exclusions: [outage]\n    exclude: *said\n"
        "policies: {exclusions: Storms., labels: {a: b}}\nlabels: {c: d}\nx-own: {note: Ours alone.}\n",
        "x.sla.yaml",
    )
    texts = ["Mail works.", "Share of minutes.", "Share of minutes.", "Storms."]
    assert [passage.text for passage in found.passages] == texts == found.wording.split("\0")
    assert [passage.node.data for passage in found.passages] == texts
    assert [passage.node.span.line for passage in found.passages] == [3, 7, 9, 10]
    assert "Ours alone." in found.strings["x-own"]


def test_a_metric_makes_nodes_of_what_is_asked_for() -> None:
    found = read(
        "kind: ServiceLevelAgreement\nservices: [{id: mail, owner: ours}]\nmetrics:\n  - Speed\n"
        "  - {id: 7, category: availability, target: 99.5 %, service: mail, window: ' ', tracking: [probe, '']}\n"
        "  - {name: Calls, targets: {p1: 4 h, p2: soon}}\n  - {target: 4 h}\n",
        "x.sla.yaml",
    )
    speed, seven, calls = found.metrics
    assert (speed.id, speed.called, speed.name.text, speed.plain) == ("speed", "Speed", "Speed", {})
    assert (seven.id, seven.said, seven.kind, seven.window) == ("7", "7", "uptime", None)
    assert seven.party is not None and seven.party.text == "ours" and seven.targets[0].value == Decimal("99.5")
    assert [(one.node.text, one.tool and one.tool.text) for one in seven.tracking] == [("probe", "probe")]
    assert [(node.text, target.unit) for node, target in calls.values] == [("4 h", "hour")]
    assert [(key and key.text, value.text) for key, value in calls.levels] == [("p1", "4 h"), ("p2", "soon")]
