"""Dates, hours, zones and sums: what is wrong in every way of writing it, and what only looks so."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Finding
from slalint.rule import Rule

NAMES = frozenset(
    "date-order impossible-hours missing-time-zone ambiguous-time-zone business-time-conversion stale-holidays "
    "review-interval-mismatch total-mismatch sum-mismatch conversion-chain-mismatch goal-derivation-mismatch".split()
)
HEAD = "# Service level agreement: mail\n\n"
DATA = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"


@cache
def rules() -> list[Rule]:
    found = [rule for rule in bundled() if rule.name in NAMES]
    assert len(found) == len(NAMES)
    return found


def findings(text: str, day: str = "2026-11-23", **options: str) -> tuple[Finding, ...]:
    form = "sla.yaml" if text.startswith("apiVersion") else "md"
    report = lint([Input(f"mail.{form}", text.encode(), True)], rules(), Config(**options), day)
    assert not report.errors
    return report.findings


def told(text: str, **options: str) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in findings(text, **options)]


DATES = {
    "ends before it begins": (
        "In force from 1 May 2026 to 30 April 2026.",
        ["date-order: The agreement ends on 30 April 2026, before it takes effect on 1 May 2026, 1 day apart."],
    ),
    "ends on the day on which it begins": ("In force from 1 May 2026 to 1 May 2026.", []),
    "can be read two ways": ("**Effective date:** 1 December 2026\n\n**Expiry date:** 12/11/2026", []),
    "signed after the end": (
        "**Effective date:** 1 May 2026\n\n**Expiry date:** 30 April 2028\n\n## Approval\n\n"
        "| Side | Name | Date |\n|---|---|---|\n| Customer | Bo Kim | 2 May 2028 |",
        ["date-order: Customer signed on 2 May 2028, after the agreement ended on 30 April 2028, 2 days apart."],
    ),
    "reviewed after the end, which is none": (
        "**Effective date:** 1 May 2026\n\n**Expiry date:** 30 April 2028\n\n**Next review:** 2 May 2028\n\n"
        "The agreement remains in force until it is replaced by a new one.",
        [],
    ),
    "reviewed before it begins": (
        "**Effective date:** 1 May 2026\n\n**Next review:** 2 April 2026",
        [
            "date-order: The next review is planned for 2 April 2026, before the agreement takes effect on 1 May 2026, "
            "29 days (4 weeks and 1 day) apart."
        ],
    ),
    "the next review was the last": ("**Last review:** 2 April 2026\n\n**Review date:** 2 April 2026", []),
    "the next review before the last": (
        "**Last review:** 2 April 2026\n\n**Next review:** 1 April 2026",
        ["date-order: The next review is planned for 1 April 2026, before the last one on 2 April 2026, 1 day apart."],
    ),
    "what ends is the agreement before": (
        "**Effective date:** 1 May 2026\n\nIt replaces the previous agreement, which expires on 30 April 2026.", []
    ),
    "what ends is something else": (
        "**Effective date:** 1 May 2026\n\nThe certificate expires on 1 April 2026.", []
    ),
    "reviewed once, and once more": (
        "Effective from 1 May 2026. This agreement was reviewed on 1 April 2026 and will be reviewed on 1 April 2027.",
        [],
    ),
    "version by number, not by text": (
        "| Version | Date | Author |\n|---|---|---|\n| 1.9 | 1 May 2026 | Ann |\n| 1.10 | 2 May 2026 | Ann |", []
    ),
    "version older than the one before": (
        "| Version | Date | Author |\n|---|---|---|\n| 1.9 | 2 May 2026 | Ann |\n| 1.10 | 1 May 2026 | Ann |",
        ["date-order: Version 1.10 is of 1 May 2026, older than version 1.9 on 2 May 2026, 1 day apart."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DATES)
def test_order_of_dates(case: str) -> None:
    body, expected = DATES[case]
    assert told(HEAD + body) == expected


def test_two_days_for_one_edition() -> None:
    page = "---\nlast_updated: {}\n---\n\n# Service level agreement: mail\n\n**Last updated:** {}\n"
    assert told(page.format("2026-01-25", "28 December 2025")) == [
        "date-order: Last changed on 28 December 2025 here, on 25 January 2026 in the front matter."
    ]
    assert told(page.format("2026-01-25", "25 January 2026")) == []
    assert told(page.format("2026-01-25", "01/02/2026")) == []


def test_a_review_still_to_come_was_not_held() -> None:
    text = DATA + "review: {lastReviewed: 2026-11-24}\n"
    assert [one.rule for one in findings(text)] == ["date-order"]
    assert findings(text, "2026-11-24") == findings(text, "") == ()


HOURS = {
    "Support: Monday to Friday, 10:00 am to 15:00 am, UTC.": ["impossible-hours"],
    "Support: Monday to Friday, 10:00 am to 15:00, UTC.": [],
    "Support: Monday to Friday, 10:00 am to 3:00 pm, UTC.": [],
    "Support: Monday to Friday, 10:75 am to 3:00 pm, UTC.": ["impossible-hours"],
    "We answer within 4 business hours (24/7).": ["impossible-hours"],
    "**Working hours:** 24x7": ["impossible-hours"],
    "Business hours are 24 hours a day, 7 days a week.": ["impossible-hours"],
    "Support is available 24/7; other requests wait for business hours.": [],
    "Business hours or 24/7, depending on the plan.": [],
    "Service hours: 24/7.": [],
    "Support hours: 9 am to 5 pm on weekdays.": ["missing-time-zone"],
    "Support hours: 9 am to 5 pm on weekdays, local time in Lisbon.": [],
    "Support hours: 9 am to 5 pm Eastern Time on weekdays.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 CET.": ["ambiguous-time-zone"],
    "Support hours: Monday to Friday, 09:00 to 17:00 CET/CEST.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 CET (UTC+1).": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 (CEST).": ["ambiguous-time-zone"],
    "Support hours: Monday to Friday, 9 am to 5 pm Central Standard Time.": ["ambiguous-time-zone"],
    "Support hours: Monday to Friday, 9 am to 5 pm CST. The desk sits in Beijing.": [],
    "Support hours: Monday to Friday, 9 am to 5 pm MST, as it is in Arizona.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 IST.": ["ambiguous-time-zone"],
    "Support hours: Monday to Friday, 09:00 to 17:00 GMT.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00. All times in this agreement are UTC.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 Swiss time.": [],
    "Support hours: Monday to Friday, 09:00 to 17:00 (Indian Standard Time).": [],
    "Support hours: Monday to Friday, 9 am to 5 pm E.T.": [],
    "Support hours: Monday to Friday, 9 am to 5 pm Eastern Standard or Daylight Time.": [],
}


@pytest.mark.parametrize("body", HOURS)
def test_hours_and_zones(body: str) -> None:
    assert [one.rule for one in findings(f"{HEAD}## Support\n\n{body}\n")] == HOURS[body]


def test_a_zone_for_all_hours_may_be_configured() -> None:
    text = DATA + "services:\n  - {id: mail, hours: Mon-Fri 07:00-19:00}\n"
    assert told(text) == ["missing-time-zone: Hours are stated without a time zone: “Mon-Fri 07:00-19:00”."]
    assert told(text, time_zone="Europe/Lisbon") == []


def test_one_finding_for_all_hours_without_a_zone() -> None:
    body = "- Phone: Monday to Friday, 09:00 to 17:00\n- Mail: Monday to Friday, 08:00 to 18:00\n"
    (one,) = findings(f"{HEAD}## Support hours\n\n{body}")
    assert (one.rule, len(one.related)) == ("missing-time-zone", 1)


DAY = "**Business hours:** Monday to Friday, 09:00 to 17:00, Europe/Lisbon\n\n"
LENGTHS = {
    "24 business hours or 2 business days": "2 business days of 8 h are 16 business hours, not 24",
    "2 business days (24 business hours)": "2 business days of 8 h are 16 business hours, not 24",
    "twenty (20) working hours, i.e. 2 working days": "2 business days of 8 h are 16 business hours, not 20",
    "one week (7 business days)": "1 week of 5 days are 5 business days, not 7",
    "24 business hours or 3 business days": "",
    "4 business hours or 1 business day, whichever is later": "",
    "2 weeks (10 business days)": "",
    "7 business hours (1 business day)": "",  # with an hour for lunch
    "9 business hours (1 business day)": "1 business day of 8 h are 8 business hours, not 9",
    "4 business hours for incidents and 1 business day for requests": "",
}


@pytest.mark.parametrize("length", LENGTHS)
def test_business_time_said_twice(length: str) -> None:
    expected = [f"business-time-conversion: {LENGTHS[length]}: “{length}”."] if LENGTHS[length] else []
    assert told(f"{HEAD}{DAY}Cases are resolved within {length}.\n") == expected


def test_without_hours_nobody_knows_how_long_a_day_is() -> None:
    assert told(f"{HEAD}Cases are resolved within 24 business hours or 2 business days.\n") == []


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_holidays_of_a_year(year: int) -> None:
    dates = ", ".join(f"{year}-{day}" for day in ("01-01", "05-01", "12-25"))
    hours = "Mon-Fri 09:00-17:00 Europe/Lisbon"
    data = f"{DATA}calendars:\n  - {{id: desk, hours: {hours}, holidays: [{dates}]}}\n"
    prose = f"{HEAD}## Public holidays\n\nIn {year} the desk is closed on:\n\n- January 1\n- May 1\n- December 25\n"
    expected = ["stale-holidays"] if year < 2026 else []
    assert [one.rule for one in findings(data)] == [one.rule for one in findings(prose)] == expected
    assert findings(data, "") == findings(prose, "") == ()


TOTALS = {
    "Fit (50 points):\n\n- Title: 25 points\n- Industry: 20 points": ["25 + 20 = 45 points; the total is 50 points."],
    "Fit (50 points):\n\n- Title: 25 points\n- Industry: 25 points": [],
    "Title (25 points):\n\n- Director: 25 points\n- Manager: 10 points": [],
    "Fit (50 points):\n\n- Title: 25 points\n- Industry: up to 20 points": [],
    "Fit (50 points):\n\n- Title: 25 points\n- Wrong country: -10 points": [],
    "Fit (at most 50 points):\n\n- Title: 40 points\n- Industry: 40 points": [],
    "Fit (50 points):\n\nTitles count.\n\n- Title: 25 points\n- Industry: 20 points": [],
    "```\nFit (50 points):\n- Title: 25 pts\n- Industry: 20 pts\n```": ["25 + 20 = 45 points; the total is 50 points."],
    "- Score (90 points):\n  - Fit (50 points):\n    - Title: 25 points\n    - Size: 20 points\n  - Mail (40 points)": [
        "25 + 20 = 45 points; the total is 50 points."
    ],
    "Score (100 points)\n\n- Fit (50 points)\n  - Title: 25 points\n  - Size: 25 points\n- Interest (40 points)": [
        "50 + 40 = 90 points; the total is 100 points."
    ],
    "The score:\n\n- Title: 25 points\n- Size: 20 points\n- **Total:** 50 points": [
        "25 + 20 = 45 points; the total is 50 points."
    ],
    "Fit (45 points):\n\n- Title: 25 points\n- Size: 20 points\n- Total: 45 points": [],
    "Opened mail (5 points each):\n\n- First: 5 points\n- Second: 5 points": [],
    "Actions (15-25 points each):\n\n- Demo: 25 points\n- Case: 20 points": [],
    "100 points in total: 40 points for fit and 50 points for interest.": [
        "40 + 50 = 90 points; the total is 100 points."
    ],
    "| Part | Points |\n|---|---|\n| Fit | 40 |\n| Interest | 50 |\n| Total | 100 |": [
        "40 + 50 = 90; the total is 100."
    ],
    "| Part | Points |\n|---|---|\n| Fit | 40 |\n| Interest | n/a |\n| Total | 100 |": [],
    "| Month | Uptime |\n|---|---|\n| May | 99 % |\n| June | 98 % |\n| Total | 98.5 % |": [],
    "| Part | Weight |\n|---|---|\n| A | 33 % |\n| B | 33 % |\n| C | 33 % |": [
        "33 + 33 + 33 = 99 %; the total is 100 %."
    ],
    "| Part | Weight |\n|---|---|\n| A | 50 % |\n| B | 50 % |\n| Bonus | 10 % |": [],
    "| Part | Weight |\n|---|---|\n| A | 33.3 % |\n| B | 33.3 % |\n| C | 33.3 % |": [],
}


@pytest.mark.parametrize("body", TOTALS)
def test_parts_and_their_total(body: str) -> None:
    assert told(f"{HEAD}{body}\n") == [f"total-mismatch: {one}" for one in TOTALS[body]]


SUMS = {
    "200 MQLs x 30% = 60 SQLs": "",
    "200 MQLs x 30% = 80 SQLs": "200 MQLs x 30% = 60; “80 SQLs” is stated.",
    "18 / 35 = 51 %": "",
    "18 / 35 = 54 %": "18 / 35 = 51.4286 %; “54 %” is stated.",
    "300 leads a month × 3 × 60 % × 20 % = 120": "300 leads a month × 3 × 60 % × 20 % = 108; “120” is stated.",
    "€500 × 12 = €6,000": "",
    "€500 × 12 = €5,000": "€500 × 12 = 6,000; “€5,000” is stated.",
    "8 hours × 5 days = 40 hours": "",
    "0.5 % × 30 days = 3.6 hours": "",
    "7 × 1.5 ≈ 10": "",
    "100 - 5 % = 95": "",
    "(1 - 0.5) x 30 = 15": "",
    "n × 30 × 2 = 50": "",
    "level 1 - 3 = 24 hours": "",
    "43,200 - 43 = 43,100 minutes": "43,200 - 43 = 43,157; “43,100 minutes” is stated.",
    "impact 1 + urgency 2 = P2": "",
    "2026-01-01 = the first day": "",
}


@pytest.mark.parametrize("said", SUMS)
def test_sums_that_are_written_out(said: str) -> None:
    assert told(f"{HEAD}We reckon with {said}.\n") == ([f"sum-mismatch: {SUMS[said]}"] if SUMS[said] else [])


@given(st.lists(st.decimals(1, 999, places=1), min_size=2, max_size=5), st.sampled_from(("×", "+")))
def test_exact_sums_are_silent_and_others_are_not(figures: list[Decimal], sign: str) -> None:
    result = figures[0]
    for one in figures[1:]:
        result = result * one if sign == "×" else result + one
    formula = f" {sign} ".join(map(str, figures))
    if len(str(int(result))) <= 12:
        assert told(f"{HEAD}We reckon {formula} = {result}.\n") == []
        assert len(told(f"{HEAD}We reckon {formula} = {result + 2}.\n")) == 1


def chain(*rates: str) -> str:
    names = ("MQL to SQL conversion", "SQL to customer rate", "Marketing qualified lead → closed won")
    rows = [f"| {name} | {rate} | quarter |" for name, rate in zip(names, rates, strict=True)]
    return "\n".join([HEAD + "| Metric | Target | Window |\n|---|---|---|", *rows, ""])


@pytest.mark.parametrize(
    ("rates", "wrong"),
    [
        (("30 %", "20 %", "6 %"), False),
        (("30 %", "20 %", "10 %"), True),
        (("33 %", "33 %", "11 %"), False),  # 10.89, rounded
        (("at least 30 %", "at least 20 %", "at least 5 %"), False),  # a floor below what the steps promise
        (("at least 30 %", "at least 20 %", "at least 7 %"), True),
    ],
)
def test_a_chain_of_rates(rates: tuple[str, ...], wrong: bool) -> None:
    expected = ["conversion-chain-mismatch"] if wrong else []
    assert [one.rule for one in findings(chain(*rates))] == expected


GOALS = {
    "108 deals each quarter: 300 leads a month, of which 60 % are accepted and 20 % of those won.": "",
    "120 deals each quarter: 300 leads a month, of which 60 % are accepted and 20 % of those won.": "= 108",
    "At least 100 deals each quarter: 300 leads a month, of which 60 % are accepted and 20 % of those won.": "",
    "50 deals: 300 leads each month, of which 20 % are won.": "",  # in how many months?
    "50 deals a year: 300 leads a year, of which 20 % are won.": "= 60",
    "50 deals a year: 300 leads a year, 20 % from fairs, 80 % from mail.": "",
}


@pytest.mark.parametrize("goal", GOALS)
def test_a_goal_and_what_it_comes_from(goal: str) -> None:
    found = told(f"{HEAD}## Goals\n\nWe want {goal}\n")
    assert [GOALS[goal] in one for one in found] == ([True] if GOALS[goal] else [])


@pytest.mark.parametrize(
    "said",
    [
        "999999999999 × 999999999999 × 999999999999 × 999999999999 = 5",
        "5 / 0 = 5",
        "A business day has 0 hours: 5 business hours or 2 business days",
        "0 business hours (0 business days)",
    ],
)
def test_what_comes_to_no_number_is_left_alone(said: str) -> None:
    assert told(f"{HEAD}We reckon {said}.\n") == []


def test_a_sum_names_a_month_of_the_term() -> None:
    said = (
        f"{DATA}metadata: {{title: Mail}}\n%scalendars:\n  office: {{hours: Mon-Fri 07:00-18:00 Europe/Lisbon}}\n"
        "priorities:\n  - {id: P1, response: 15 min, restore: 4 h}\n  - {id: P2, response: 1 h, restore: 8 h}\n"
        "maintenance:\n  - {when: second Monday 08:00-12:00, counted: true}\n"
        "metrics:\n  - {id: availability, category: availability, target: at least 99.9 %%, window: calendar month,"
        " clock: office, resolution: 1 h}\n"
    )
    names = {"recovery-exceeds-budget", "maintenance-exceeds-budget", "coarse-tracking"}
    used = [rule for rule in bundled() if rule.name in names]
    for term, month in (
        ("term: {effectiveDate: 2027-06-01, expiryDate: 2027-07-31}\n", "99.9 % of 242 h (June 2027)"),
        ("", "99.9 % of 253 h (a month of 31 days)"),  # no year that nobody has named
    ):
        report = lint([Input("mail.sla.yaml", (said % term).encode(), True)], used, Config(), "2026-11-23")
        assert {one.rule for one in report.findings if month in one.message} == names
