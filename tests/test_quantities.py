"""Quantities as people write them: the exact value, or the exact place of what cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalint import quantities as q
from slalint.model import Node, SourceFile
from slalint.quantities import Duration, Frequency, Hours, Maintenance, Period, Tier, Window
from slalint.sources import yaml

HOUR, DAY = D(3600), D(86400)
MONTH = Duration(months=D(1))
WEEK = tuple(range(7))
WORKDAYS = tuple(range(5))


def nodes(text: str) -> Node:
    return yaml.compose(SourceFile("a.yaml", text))[0][0]


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit", "more"),
    [
        ("7 dygn", "", "7", "day", {}),
        ("1 día hábil", "", "1", "business-day", {}),
        ("2 jours ouvrés", "", "2", "business-day", {}),
        ("Zwei Stunden", "", "2", "hour", {}),
        ("4 Std.", "", "4", "hour", {}),
        ("T+1 08:00", "lte", "1920", "time-of-day", {"of": "T"}),
        ("D-1", "lte", "-1", "day-offset", {"of": "D"}),
        ("SEK 500", "", "500", "SEK", {}),
        ("1,200 PLN per month", "", "1200", "PLN", {"per": MONTH}),
        ("at most 10 GB/day", "lte", "10", "GB", {"per": Duration(DAY)}),
        ("at least 0.999 ratio", "gte", "0.999", "ratio", {}),
        ("at most 5 ‰", "lte", "5", "permille", {}),
        ("99.9%", "", "99.9", "percent", {}),
        ("99,5 %", "", "99.5", "percent", {}),
        ("99,950 %", "", "99.950", "percent", {}),
        ("99.5 percent", "", "99.5", "percent", {}),
        ("at least 99.5 %", "gte", "99.5", "percent", {}),
        ("≥ 99.5 %", "gte", "99.5", "percent", {}),
        (">= 99.9%", "gte", "99.9", "percent", {}),
        ("not less than 99 %", "gte", "99", "percent", {}),
        ("No less than 95 per cent", "gte", "95", "percent", {}),
        ("minimum 99.9 %", "gte", "99.9", "percent", {}),
        ("99.9 % minimum", "gte", "99.9", "percent", {}),
        ("80 % or more", "gte", "80", "percent", {}),
        ("99.9%+", "gte", "99.9", "percent", {}),
        ("uptime of at least 99 %", "gte", "99", "percent", {}),
        ("at least 99.5 % uptime", "gte", "99.5", "percent", {"of": "uptime"}),
        ("> 90 %", "gt", "90", "percent", {}),
        ("less than 0,5 %", "lt", "0.5", "percent", {}),
        ("exactly 100 %", "eq", "100", "percent", {}),
        ("99 % - 99.5 %", "", "99.5", "percent", {"low": D(99)}),
        ("99.9 % monthly", "", "99.9", "percent", {"per": MONTH}),
        ("99.9 % per calendar month", "", "99.9", "percent", {"per": MONTH}),
        ("< 4 business hours", "lt", "4", "business-hour", {}),
        ("< 2 office hours", "lt", "2", "business-hour", {}),
        ("<90 minutes", "lt", "90", "minute", {}),
        ("Within 4 business hours", "lte", "4", "business-hour", {}),
        ("within five (5) business days", "lte", "5", "business-day", {}),
        ("twenty-four (24) hours", "", "24", "hour", {}),
        ("ninety days", "", "90", "day", {}),
        ("4 BH", "", "4", "business-hour", {}),
        ("1 BD", "", "1", "business-day", {}),
        ("NBD", "lte", "1", "business-day", {}),
        ("Next Business Day", "lte", "1", "business-day", {}),
        ("within an hour", "lte", "1", "hour", {}),
        ("half an hour", "", "0.5", "hour", {}),
        ("15min", "", "15", "minute", {}),
        ("1 h 30 min", "", "90", "minute", {}),
        ("PT4H", "", "4", "hour", {}),
        ("at most PT1H30M", "lte", "90", "minute", {}),
        ("1 to 3 business days", "", "3", "business-day", {"low": D(1)}),
        ("≤ 5–7 business days", "lte", "7", "business-day", {"low": D(5)}),
        ("24-48 hours", "", "48", "hour", {"low": D(24)}),
        ("1 h to 3 h", "", "3", "hour", {"low": D(1)}),
        ("between 1 and 3 days", "", "3", "day", {"low": D(1)}),
        ("0-8 hours (during business hours)", "", "8", "hour", {"low": D(0), "clock": "business"}),
        ("30 min (24/7)", "", "30", "minute", {"clock": "always"}),
        ("-5 h", "", "-5", "hour", {}),
        ("p95 < 200 ms", "lt", "200", "ms", {"percentile": D(95)}),
        ("p95 latency < 200 ms", "lt", "200", "ms", {"percentile": D(95)}),
        ("95th percentile under 1 s", "lt", "1", "second", {"percentile": D(95)}),
        ("200 ms at p95", "", "200", "ms", {"percentile": D(95)}),
        ("< 200 ms (p99.9)", "lt", "200", "ms", {"percentile": D("99.9")}),
        ("p999 <= 1 s", "lte", "1", "second", {"percentile": D("99.9")}),
        ("median < 100 ms", "lt", "100", "ms", {"percentile": D(50)}),
        ("average < 4 h", "lt", "4", "hour", {"is_mean": True}),
        ("95 % within 4 h", "", "95", "percent", {"within": Duration(4 * HOUR)}),
        (
            "at least 95 % of P1 tickets within 2 business days",
            "gte", "95", "percent", {"of": "P1 tickets", "within": Duration(business_days=D(2))},
        ),
        ("< 90 minutes for Priority 1 or 2 tickets", "lt", "90", "minute", {"of": "Priority 1 or 2 tickets"}),
        ("95 % of cases within their limits", "", "95", "percent", {"of": "cases within their limits"}),
        ("400 a month", "", "400", "count", {"per": MONTH}),
        ("1,000/month", "", "1000", "count", {"per": MONTH}),
        ("1 000 a month", "", "1000", "count", {"per": MONTH}),
        ("1\u202f000\u00a0a month", "", "1000", "count", {"per": MONTH}),
        ("1'000 a month", "", "1000", "count", {"per": MONTH}),
        ("100-200 per month", "", "200", "count", {"low": D(100), "per": MONTH}),
        ("at least 400 ripe leads per month", "gte", "400", "count", {"of": "ripe leads", "per": MONTH}),
        ("at most 2,000 mailboxes", "lte", "2000", "count", {"of": "mailboxes"}),
        ("10k requests per minute", "", "10000", "count", {"of": "requests", "per": Duration(D(60))}),
        ("0 incidents", "", "0", "count", {"of": "incidents"}),
        ("200 rps", "", "200", "request/second", {}),
        ("4.2 out of 5", "", "4.2", "score", {"scale": D(5)}),
        ("> 4.0/5.0", "gt", "4.0", "score", {"scale": D("5.0")}),
        ("1.000,5 EUR", "", "1000.5", "EUR", {}),
        ("$ 100", "", "100", "USD", {}),
        ("by 06:00 on pay day", "lte", "360", "time-of-day", {"of": "on pay day"}),
        ("99.5", "", "99.5", "", {}),
        ("at least 99.5", "gte", "99.5", "", {}),
    ],
)  # fmt: skip
def test_target(text: str, operator: str, value: str, unit: str, more: dict[str, Any]) -> None:
    found = q.parse_target(text)
    assert (found.operator, found.value, found.unit) == (operator, D(value), unit)
    assert str(found.value) == value  # the written figures, not a rounded neighbour
    plain = q.Target(found.operator, found.value, found.unit, text=text)
    assert found == plain._replace(**more)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("4 h", ("second", 14400)),
        ("200 ms", ("second", D("0.2"))),
        ("1 year", ("month", 12)),
        ("4 BH", ("business-second", 14400)),
        ("2 BD", ("business-day", 2)),
        ("99.5 %", ("percent", D("99.5"))),
        ("400 leads", ("count", 400)),
    ],
)
def test_base(text: str, base: tuple[str, Any]) -> None:
    assert q.parse_target(text).base == base


def test_target_as_duration() -> None:
    assert q.parse_target("within 4 h").duration == Duration(4 * HOUR)
    assert q.parse_target("99 %").duration is None


# (reader, text, the part that cannot be read, a word of the message)
UNREADABLE = [
    (q.parse_target, "about 99", "about", "open"),
    (q.parse_target, "at least ~99 %", "~", "open"),
    (q.parse_target, "99.9% best-effort", "best-effort", "open"),
    (q.parse_target, "  immediate", "immediate", "leaves open"),
    (q.parse_target, "  ", "", "no target"),
    (q.parse_target, "at least 5 huors", "huors", "hours"),
    (q.parse_target, "5 businss days", "businss", "business"),
    (q.parse_target, "15m", "m", "minutes or months"),
    (q.parse_target, "3 hours / 12 hours", "/ 12 hours", "after"),
    (q.parse_target, "P5", "P5", "number"),
    (q.parse_target, "P5H", "P5H", "PT5H"),
    (q.parse_target, "pt4h", "pt4h", "PT4H"),
    (q.parse_target, "3 business months", "business months", "business time"),
    (q.parse_percent, "99.5", "99.5", "%"),
    (q.parse_percent, "high", "high", "percentage"),
    (q.parse_percent, "99 % net", "net", "after"),
    (q.parse_duration, "soon", "soon", "length of time"),
    (q.parse_duration, "30", "30", "unit"),
    (q.parse_duration, "30 moons", "moons", "unit"),
    (q.parse_duration, "P30H", "P30H", "PT30H"),
    (q.parse_duration, "-P1D", "-", "sign"),
    (q.parse_duration, "2 h sharp", "sharp", "after"),
    (q.parse_target, "t.b.d.", "t.b.d.", "leaves open"),
    (q.parse_target, "As needed", "As needed", "leaves open"),
    (q.parse_target, "N/A", "N/A", "leaves open"),
    (q.parse_target, "Subject to complexity", "Subject to complexity", "leaves open"),
    (q.parse_target, "365x24", "365x24", "says when"),
    (q.parse_target, "3 hours / 12 hours", "/ 12 hours", "after"),
    (q.parse_window, "month or so", "or so", "after"),
    (q.parse_window, "forever", "forever", "window"),
    (q.parse_hours, "Mon-Fri", "Mon-Fri", "missing"),
    (q.parse_hours, "Mon-Fri 25:00-26:00", "25:00", "time of the day"),
    (q.parse_hours, "10:00 am to 15:00 am", "15:00 am", "time of the day"),
    (q.parse_hours, "Mon-Fri 07:00-19:00 Lisbon", "Lisbon", "hours"),
    (q.parse_hours, "Mon 9-5", "9-5", "two ways"),
    (q.parse_hours, "Mon 9:00", "9:00", "end"),
    (q.parse_hours, "Mon 24:00-02:00", "24:00", "24:00"),
    (q.parse_hours, "UTC", "UTC", "no hours"),
    (q.parse_hours, "24 hours", "24 hours", "end"),
    (q.parse_hours, "every other Monday 9:00-17:00", "every other Monday 9:00-17:00", "hours"),
    (q.parse_frequency, "biweekly", "biweekly", "twice"),
    (q.parse_frequency, "as needed", "as needed", "how often"),
    (q.parse_frequency, "monthly maybe", "maybe", "after"),
    (q.parse_frequency, "every 0 weeks", "every 0 weeks", "never"),
    (q.parse_date, "01/02/2026", "01/02/2026", "1 February or 2 January"),
    (q.parse_date, "10-08-2010", "10-08-2010", "10 August or 8 October"),
    (q.parse_date, "2026/11-01", "2026/11-01", "date"),
    (q.parse_date, "30 February 2026", "30 February 2026", "calendar"),
    (q.parse_date, " soon", "soon", "date"),
    (q.parse_maintenance, "at night", "at night", "slot"),
    (q.parse_maintenance, "second Sunday", "second Sunday", "hours"),
    (q.parse_maintenance, "Sunday 02:00-06:00 sharp", "sharp", "after"),
    (q.parse_tier, "below 99.5 %", "below 99.5 %", "credit"),
    (q.parse_tier, "below 99.5: 5 %", "99.5", "%"),
    (q.parse_tier, "below 99 %: 5", "5", "unit"),
    (q.parse_tier, "below 99 %: much", "much", "credit"),
    (q.parse_tier, "99.5 % to 99 %: 5 %", "99.5 % to 99 %", "below the upper"),
    (q.parse_tier, "always: 5 %", "always: 5 %", "percentage"),
]


@pytest.mark.parametrize(
    ("parse", "text", "part", "word"), UNREADABLE, ids=[f"{p.__name__}-{t}" for p, t, _, _ in UNREADABLE]
)
def test_unreadable(parse: Any, text: str, part: str, word: str) -> None:
    with pytest.raises(q.QuantityError) as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end].strip() == part
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PT4H", Duration(4 * HOUR)),
        ("P1M", MONTH),
        ("P1Y2M", Duration(months=D(14))),
        ("P2W", Duration(14 * DAY)),
        ("PT1.5S", Duration(D("1.5"))),
        ("P1M1D", Duration(DAY, D(1))),
        ("4 h", Duration(4 * HOUR)),
        ("30 min", Duration(D(1800))),
        ("1 h 30 min", Duration(D(5400))),
        ("1 day and 2 hours", Duration(DAY + 2 * HOUR)),
        ("3 months", Duration(months=D(3))),
        ("2 business days", Duration(business_days=D(2))),
        ("2 hours during business hours", Duration(business_seconds=2 * HOUR)),
        ("NBD", Duration(business_days=D(1))),
        ("at least 30 days", Duration(30 * DAY)),
        ("thirty (30) days' written notice", Duration(30 * DAY)),
        ("60 days before the end", Duration(60 * DAY)),
    ],
)
def test_duration(text: str, value: Duration) -> None:
    assert q.parse_duration(text) == value
    assert value.is_business == ("business" in text or text == "NBD")


@pytest.mark.parametrize(
    ("text", "type_", "length"),
    [
        ("calendar month", "calendar", MONTH),
        ("monthly", "calendar", MONTH),
        ("each calendar month", "calendar", MONTH),
        ("P1M", "calendar", MONTH),
        ("quarter", "calendar", Duration(months=D(3))),
        ("per calendar year", "calendar", Duration(months=D(12))),
        ("calendar week", "calendar", Duration(7 * DAY)),
        ("rolling 30 days", "rolling", Duration(30 * DAY)),
        ("30-day rolling", "rolling", Duration(30 * DAY)),
        ("trailing 28 days", "rolling", Duration(28 * DAY)),
        ("last 7 days", "rolling", Duration(7 * DAY)),
        ("rolling P30D", "rolling", Duration(30 * DAY)),
        ("rolling month", "rolling", MONTH),
        ("30 days", "", Duration(30 * DAY)),
        ("6 months", "", Duration(months=D(6))),
        ("billing cycle", "billing", MONTH),
        ("contract year", "contract", Duration(months=D(12))),
    ],
)
def test_window(text: str, type_: str, length: Duration) -> None:
    assert q.parse_window(text) == Window(type_, length)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mon-Fri 07:00-19:00 Europe/Lisbon", Hours((Period(WORKDAYS, 420, 1140),), "Europe/Lisbon")),
        ("24x7", Hours((Period(WEEK, 0, 1440),))),
        ("24/7 UTC", Hours((Period(WEEK, 0, 1440),), "UTC")),
        (
            "Mon-Thu 08:00-18:00, Fri 08:00-16:00 CET",
            Hours((Period((0, 1, 2, 3), 480, 1080), Period((4,), 480, 960)), "CET"),
        ),
        ("Mon-Fri 08:00-12:00, 13:00-17:00", Hours((Period(WORKDAYS, 480, 720), Period(WORKDAYS, 780, 1020)))),
        ("Monday to Friday, 9 am to 5 pm (Europe/Berlin)", Hours((Period(WORKDAYS, 540, 1020),), "Europe/Berlin")),
        ("weekdays 9:00-17:00 except public holidays", Hours((Period(WORKDAYS, 540, 1020),), "", False)),
        ("22:00-06:00 daily", Hours((Period(WEEK, 1320, 1800),))),
        ("Sat-Mon 00:00-24:00", Hours((Period((5, 6, 0), 0, 1440),))),
        ("Sat and Sun noon to midnight", Hours((Period((5, 6), 720, 1440),))),
        ("Tue 1-5 pm UTC+2", Hours((Period((1,), 780, 1020),), "UTC+2")),
        ("Mon–Fri 9am–5pm Eastern Time", Hours((Period(WORKDAYS, 540, 1020),), "Eastern Time")),
        ("24 hours a day, every day", Hours((Period(WEEK, 0, 1440),))),
        ("24 hours a day, seven days a week, 365 days a year", Hours((Period(WEEK, 0, 1440),))),
        ("24 hours, on every day of the year", Hours((Period(WEEK, 0, 1440),))),
        ("around the clock, every day, UTC", Hours((Period(WEEK, 0, 1440),), "UTC")),
        ("Mon-Fri, 24 hours a day", Hours((Period(WORKDAYS, 0, 1440),))),
        ("7 days a week, 24 hours", Hours((Period(WEEK, 0, 1440),))),
        ("Every Monday to Friday from 08:00 to 18:00 Europe/Paris",
         Hours((Period(WORKDAYS, 480, 1080),), "Europe/Paris")),
        ("on each working day 9:00-17:00", Hours((Period(WORKDAYS, 540, 1020),))),
        ("every Monday and on Thursdays 9:00-17:00", Hours((Period((0, 3), 540, 1020),))),
    ],
)  # fmt: skip
def test_hours(text: str, value: Hours) -> None:
    assert q.parse_hours(text) == q.hours_of(text) == value
    assert value.always == (value.periods == (Period(WEEK, 0, 1440),))


def test_hours_of_something_else() -> None:
    assert q.hours_of("office-hours") is None
    assert q.names_days("Mon-Fri")
    assert not q.names_days("office-hours")


@pytest.mark.parametrize(
    ("text", "good"),
    [("Europe/Lisbon", True), ("America/Argentina/Ushuaia", True), ("UTC", True), ("EST", False), ("Lisbon", False)],
)
def test_zone(text: str, good: bool) -> None:
    assert q.is_zone(text) == good


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("monthly", Frequency(MONTH)),
        ("monthly, first Tuesday", Frequency(MONTH)),
        ("monthly review", Frequency(MONTH)),
        ("every two weeks", Frequency(Duration(14 * DAY))),
        ("every other week", Frequency(Duration(14 * DAY))),
        ("P1M", Frequency(MONTH)),
        ("quarterly", Frequency(Duration(months=D(3)))),
        ("each quarter", Frequency(Duration(months=D(3)))),
        ("twice a year", Frequency(Duration(months=D(12)), 2)),
        ("at least three times a week", Frequency(Duration(7 * DAY), 3)),
        ("every Monday", Frequency(Duration(7 * DAY))),
        ("first Tuesday of each month", Frequency(MONTH)),
        ("every business day", Frequency(Duration(business_days=D(1)))),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", Frequency(Duration(months=D(3)))),
    ],
)
def test_frequency(text: str, value: Frequency) -> None:
    assert q.parse_frequency(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T08:00:00Z", date(2026, 1, 31)),
        ("31 January 2026", date(2026, 1, 31)),
        ("January 31, 2026", date(2026, 1, 31)),
        ("1st Sept. 2026", date(2026, 9, 1)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("01.02.2026", date(2026, 2, 1)),
        ("11-28-2019", date(2019, 11, 28)),
        ("14-08-2010", date(2010, 8, 14)),
        ("01-Nov-2023", date(2023, 11, 1)),
        ("Nov-01-2023", date(2023, 11, 1)),
        ("2026/11/01", date(2026, 11, 1)),
        ("5/5/2026", date(2026, 5, 5)),
    ],
)
def test_date(text: str, value: date) -> None:
    assert q.parse_date(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("second Sunday 02:00-06:00", Maintenance(2, 6, 120, 360)),
        ("every Sunday 02:00-04:00 UTC", Maintenance(0, 6, 120, 240, "UTC")),
        ("last Saturday of each quarter 22:00-02:00", Maintenance(-1, 5, 1320, 1560, "", 3)),
    ],
)
def test_maintenance(text: str, value: Maintenance) -> None:
    assert q.parse_maintenance(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("below 99.5 %: 5 %", Tier(None, D("99.5"), D(5), "percent")),
        ("99 % to 99.5 %: 5 %", Tier(D(99), D("99.5"), D(5), "percent")),
        ("99.0-99.5 %: 5 %", Tier(D("99.0"), D("99.5"), D(5), "percent")),
        (
            "at least 99 % and below 99.5 %: 10 % of the monthly fee",
            Tier(D(99), D("99.5"), D(10), "percent", "of the monthly fee"),
        ),
        ("< 98 %: EUR 100", Tier(None, D(98), D(100), "EUR")),
        ("under 98 %: 100 €", Tier(None, D(98), D(100), "EUR")),
    ],
)
def test_tier(text: str, value: Tier) -> None:
    assert q.parse_tier(text) == value


BOTH_FORMS = """
short:
  target: at least 99.50 %
  window: calendar month
  length: 2 business days
  tier: below 99.5 %: 5 %
long:
  target: {operator: gte, value: 99.50, unit: percent}
  window: {type: calendar, length: P1M}
  length: {value: 2, unit: business-days}
  tier: {below: 99.5, credit: 5}
""".replace("tier: below 99.5 %: 5 %", "tier: 'below 99.5 %: 5 %'")


def test_both_forms_give_one_value() -> None:
    root = nodes(BOTH_FORMS)
    for name, read in (("window", q.read_window), ("length", q.read_duration), ("tier", q.read_tier)):
        short, long = root.get("short", name), root.get("long", name)
        assert read(short) == read(long) is not None  # type: ignore[operator]
    short_, long_ = q.read_target(root.get("short", "target")), q.read_target(root.get("long", "target"))
    assert short_ is not None and long_ is not None
    assert short_[:3] == long_[:3] == ("gte", D("99.50"), "percent")
    assert str(long_.value) == "99.50"  # from the written text, not from a binary float


@pytest.mark.parametrize(
    "read",
    [
        q.read_target, q.read_duration, q.read_window, q.read_hours, q.read_frequency, q.read_date, q.read_percent,
        q.read_tier,
    ],
)  # fmt: skip
@pytest.mark.parametrize("written", ["about 99", "[]", "{}", "{value: much, unit: hour, credit: x}", "true", "null"])
def test_reading_never_raises(read: Any, written: str) -> None:
    assert read(nodes(f"it: {written}").get("it")) is None
    assert read(None) is None


def test_read_percent() -> None:
    root = nodes("{a: 99.50, b: 99.5 %, c: '99.5'}")
    assert [q.read_percent(root.get(key)) for key in "abc"] == [D("99.50"), D("99.5"), None]


PARSERS = [
    q.parse_target, q.parse_percent, q.parse_duration, q.parse_window, q.parse_hours, q.parse_frequency, q.parse_date,
    q.parse_maintenance, q.parse_tier,
]  # fmt: skip
PIECES = (
    "at least|99.5|%| |,|(5)|five|hours|business|days|h|m|p95|P1M|PT|per|month|a|within|to|–|Mon|Fri|07:00|25:61|am|"
    "24x7|Europe/Lisbon|UTC+2|monthly|every|twice|second|Sunday|below|:|1.000,5|99,5|٣|EUR|$|/|out of|(|)|İ|\n|rolling|"
    "calendar|9999999999999999999|0|-|<|p999|January|2026|01/02/2026|NBD|million|half an|FREQ=DAILY;INTERVAL=0"
).split("|")


@given(
    st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), st.just("9" * 5000))
)
def test_any_text(text: str) -> None:
    """A value or a place inside the text; nothing else, whatever is written."""
    for parse in PARSERS:
        try:
            parse(text)
        except q.QuantityError as error:
            assert 0 <= error.start <= error.end <= len(text)
            assert str(error)


def test_node_without_text() -> None:
    assert q.read_hours(Node.of(nodes("a: 1").file, 0, 0)) is None


# ------------------------------------------------------------------------------------------- written and read again


def made(kind: Any, *parts: Any, **named: Any) -> Any:
    """A value of these parts and no others: left to itself, hypothesis would invent what has a default, too."""
    return st.builds(lambda *args, **kwargs: kind(*args, **kwargs), *parts, **named)


NUMBERS = st.decimals(min_value=0, max_value=10**6, places=3).map(lambda n: n.normalize() + 0)
WHOLE = st.integers(1, 400).map(D)
UNITS_OF_TARGETS = (
    "percent",
    "ms",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "business-hour",
    "business-day",
)
LENGTHS = st.one_of(
    made(Duration, seconds=st.integers(1, 10**7).map(D)),
    made(Duration, months=WHOLE),
    made(Duration, business_days=WHOLE),
    made(Duration, business_seconds=st.integers(1, 10**5).map(lambda n: D(n * 36))),
    made(Duration, seconds=NUMBERS, months=WHOLE, business_days=WHOLE),
)
PER = st.sampled_from(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "business-day"]).map(
    lambda name: quantities_of(name)
)
TARGETS = made(
    q.Target,
    st.sampled_from(["gte", "gt", "lte", "lt", "eq", ""]),
    NUMBERS,
    st.sampled_from([*UNITS_OF_TARGETS, "EUR", "SEK", "request/second", "MB", "ratio", "permille"]),
    percentile=st.none() | st.sampled_from([D(50), D(95), D("99.9")]),
    per=st.none() | PER,
    clock=st.sampled_from(["", "business", "always"]),
    is_mean=st.booleans(),
)
COUNTS = made(
    q.Target, st.just("gte"), WHOLE, st.just("count"), of=st.sampled_from(["leads", "qualified leads"]), per=PER
)
SHARES = made(q.Target, st.just("gte"), NUMBERS, st.just("percent"), within=LENGTHS, of=st.sampled_from(["", "x"]))
RANGES = made(q.Target, st.just("lte"), NUMBERS, st.sampled_from(UNITS_OF_TARGETS), low=NUMBERS)
SCORES = made(q.Target, st.just("gte"), NUMBERS, st.just("score"), scale=WHOLE)
DEADLINES = made(
    q.Target,
    st.just("lte"),
    st.integers(0, 1439).map(D),
    st.just("time-of-day"),
    of=st.sampled_from(["", "on pay day"]),
)
MINUTES = st.integers(0, 287).map(lambda n: n * 5)
ZONES = st.sampled_from(["", "UTC", "Europe/Lisbon", "America/New_York"])
DAY_SETS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(sorted).map(tuple)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start, length = draw(MINUTES), draw(st.integers(1, 288)) * 5
    return start, start + length


PERIODS = st.builds(lambda days, span: Period(days, *span), DAY_SETS, spans())
HOURS = made(Hours, st.lists(PERIODS, min_size=1, max_size=3).map(tuple), ZONES, st.booleans())
WINDOWS = st.one_of(
    made(Window, st.just("rolling"), LENGTHS.filter(lambda one: not one.is_business)),
    st.sampled_from(
        [Window("calendar", Duration(months=D(n))) for n in (1, 3, 12)]
        + [Window("billing", MONTH), Window("contract", Duration(months=D(12))), Window("", Duration(5 * DAY))]
    ),
)
FREQUENCIES = st.one_of(
    made(Frequency, PER.filter(lambda one: one.seconds >= 60 or one.months or one.business_days)),
    made(Frequency, made(Duration, seconds=st.integers(1, 10**6).map(D), months=st.integers(0, 30).map(D))),
    made(Frequency, st.sampled_from([MONTH, Duration(7 * DAY), Duration(business_days=D(1))]), st.integers(1, 9)),
)
SLOTS = st.builds(
    lambda ordinal, day, span, zone, months: Maintenance(ordinal, day, *span, zone, months),
    st.sampled_from([0, 1, 2, 3, 4, 5, -1]),
    st.integers(0, 6),
    spans(),
    ZONES,
    st.sampled_from([1, 3]),
)
PERCENTS = st.integers(0, 10**5).map(lambda n: D(n) / 1000)
CREDIT_UNITS = st.sampled_from(["percent", "EUR", "NOK"])
TIERS = st.one_of(
    made(Tier, st.none(), PERCENTS, NUMBERS, CREDIT_UNITS, st.sampled_from(["", "of the monthly fee"])),
    made(Tier, PERCENTS, st.none(), NUMBERS, CREDIT_UNITS),
    st.builds(lambda low, credit, unit: Tier(low, low + 1, credit, unit), PERCENTS, NUMBERS, CREDIT_UNITS),
)


def quantities_of(name: str) -> Duration:
    found = q.parse_duration(f"1 {name}")
    assert found
    return found


@pytest.mark.parametrize(
    ("parse", "values"),
    [
        (q.parse_target, TARGETS), (q.parse_target, COUNTS), (q.parse_target, SHARES), (q.parse_target, RANGES),
        (q.parse_target, SCORES), (q.parse_target, DEADLINES), (q.parse_duration, LENGTHS), (q.parse_window, WINDOWS),
        (q.parse_hours, HOURS), (q.parse_frequency, FREQUENCIES), (q.parse_maintenance, SLOTS), (q.parse_tier, TIERS),
        (q.parse_date, st.dates()),
    ],
)  # fmt: skip
@given(data=st.data())
def test_written_and_read_again(parse: Any, values: Any, data: st.DataObject) -> None:
    value = data.draw(values)
    written = q.format(value)
    found = parse(written)
    assert (found._replace(text="") if isinstance(found, q.Target) else found) == value, written


def test_only_quantities_are_written() -> None:
    with pytest.raises(TypeError, match="str"):
        q.format("4 h")


# ------------------------------------------------------------------------------------------------------ conversion

SAME_KIND = [
    ("us", "ms", "second", "minute", "hour", "day", "week"),
    ("month", "quarter", "year"),
    ("business-minute", "business-hour"),
    ("percent", "ratio", "permille", "ppm"),
]


@given(st.data(), st.integers(0, 10**9).map(lambda n: D(n) * 9 / 1000))
def test_conversions_invert(data: st.DataObject, value: D) -> None:
    units = st.sampled_from(data.draw(st.sampled_from(SAME_KIND)))
    one, other = data.draw(units), data.draw(units)
    back = q.convert(q.convert(value, one, other), other, one)
    assert abs(back - value) <= value * D("1e-26")  # a third of a year is no finite decimal


@pytest.mark.parametrize(("one", "other"), [("day", "month"), ("hour", "business-hour"), ("percent", "day")])
def test_kinds_do_not_convert(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="do not convert"):
        q.convert(D(1), one, other)


OFFICE = q.parse_hours("Mon-Fri 09:00-17:00")


@pytest.mark.parametrize(
    ("one", "other", "hours", "order"),
    [
        ("4 h", "240 min", None, 0),
        ("4 h", "1 d", None, -1),
        ("1 month", "30 days", None, None),
        ("1 month", "5 weeks", None, -1),
        ("1 year", "52 weeks", None, 1),
        ("2 business hours", "1 business day", None, -1),
        ("8 business hours", "1 business day", None, None),
        ("8 business hours", "1 business day", OFFICE, 0),
        ("24 business hours", "2 business days", OFFICE, 1),
        ("24 business hours", "3 business days", OFFICE, 0),
        ("4 business hours", "2 h", None, 1),  # the clock counts no less
        ("2 business hours", "4 h", None, None),
        ("10 business days", "5 business days", None, 1),  # however long they are
        ("30 business days", "14 days", None, 1),  # so many nights lie between them
        ("2 business days", "14 days", None, None),
    ],
)
def test_compare(one: str, other: str, hours: Hours | None, order: int | None) -> None:
    day = q.business_day(hours) if hours else None
    a, b = q.parse_duration(one), q.parse_duration(other)
    assert q.compare(a, b, day) == order
    assert q.compare(b, a, day) == (None if order is None else -order)


def test_business_time() -> None:
    day = q.business_day(OFFICE)
    assert day == 8 * HOUR
    assert q.business_seconds(q.parse_duration("3 business days"), day) == 24 * HOUR
    assert q.business_seconds(q.parse_duration("3 business days")) is None
    assert q.business_seconds(q.parse_duration("3 days"), day) is None
    assert q.business_day(q.parse_hours("Mon-Thu 08:00-18:00, Fri 08:00-16:00")) is None
    assert q.business_day(q.parse_hours("Mon-Fri 22:00-06:00")) == 8 * HOUR
    assert q.week_minutes(q.parse_hours("Mon-Fri 22:00-06:00, Mon 23:00-24:00")) == 5 * 8 * 60


# ---------------------------------------------------------------------------------------------------- availability


@given(PERCENTS.filter(lambda n: n < 100), st.integers(1, 10**6).map(D))
def test_downtime_and_availability_invert(target: D, minutes: D) -> None:
    left = q.availability_left(q.allowed_downtime(target, minutes), minutes)
    assert abs(left - target) < D("1e-20")


def test_dependencies() -> None:
    assert q.serial([D("99.99"), D(99)]) == D("98.9901")
    assert q.redundant([D(99), D(99)]) == D("99.99")
    assert q.compound([[D("99.9")], [D(99), D(99)]]) == D("99.9") * D("99.99") / 100
    assert q.compound_working([[D("99.9")], [D(99), D(99)]]) == "99.9 % × (1 - 1 % × 1 %) = 99.89001 %"


@given(st.lists(PERCENTS, min_size=1, max_size=6))
def test_a_chain_is_as_weak_as_its_links(targets: list[D]) -> None:
    assert q.serial(targets) <= min(targets)
    assert q.redundant(targets) >= max(targets)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [("43.2", "43.2 min"), ("0.432", "25.9 s"), ("219", "3 h 39 min"), ("2160", "1 d 12 h"), ("78.27", "78.3 min")],
)
def test_minutes_in_words(minutes: str, text: str) -> None:
    assert q.minutes_text(D(minutes)) == text


# ------------------------------------------------------------------------------------------------------------- tiers

BOUND = st.none() | st.integers(9900, 9912).map(lambda n: D(n) / 100)
ROWS = st.lists(made(q.Bounds, BOUND, st.booleans(), BOUND, st.booleans()), min_size=1, max_size=4)
STEPS = [D(n) / 1000 for n in range(98_995, 99_126)]


def holding(rows: list[q.Bounds], figure: D) -> set[int]:
    """The rows whose own bounds a figure keeps, an open end reaching to the nearest row beyond it."""
    found = set()
    for index, row in enumerate(rows):
        low, high = row.low, row.high
        above = low is None or figure > low or (row.low_in and figure == low)
        below = high is None or figure < high or (row.high_in and figure == high)
        ends = [(r.high, r.high_in) for r in rows if r.high is not None]
        starts = [(r.low, not r.low_in) for r in rows if r.low is not None]
        if low is None:
            lower = [end for end in ends if end < ((D(1000), True) if high is None else (high, row.high_in))]
            above = not lower or figure > max(lower)[0] or (figure == max(lower)[0] and not max(lower)[1])
        if high is None:
            upper = [start for start in starts if start > ((D(-1), False) if low is None else (low, not row.low_in))]
            below = not upper or figure < min(upper)[0] or (figure == min(upper)[0] and min(upper)[1])
        if above and below and not (low is None and high is None):
            found.add(index)
    return found


@given(ROWS)
def test_tiers_agree_with_every_value(rows: list[q.Bounds]) -> None:
    """Gaps and overlaps are what one finds by trying every figure in steps of a tenth of the bounds' last place."""
    gaps, overlaps = q.gaps(rows), q.overlaps(rows)
    covered = [bool(holding(rows, figure)) for figure in STEPS]
    first = covered.index(True) if any(covered) else len(STEPS)
    last = len(STEPS) - 1 - covered[::-1].index(True) if any(covered) else -1
    for index, figure in enumerate(STEPS):
        rows_here = holding(rows, figure)
        assert set(q.rows_for(rows, figure)) == rows_here
        in_gap = any(one.low <= (figure, 0) and (figure, 1) <= one.high for one in gaps)
        assert in_gap == (first < index < last and not rows_here)
        pairs = {frozenset((one.lower, one.upper)) for one in overlaps if one.low <= (figure, 0) < one.high}
        assert pairs == {frozenset((a, b)) for a in rows_here for b in rows_here if a != b}


def bounds(text: str) -> q.Bounds:
    """``[99, 99.5)``; ``-`` is open."""
    low, high = text[1:-1].split(",")
    return q.Bounds(
        None if low == "-" else D(low), text[0] == "[", None if high.strip() == "-" else D(high), text[-1] == "]"
    )


@pytest.mark.parametrize(
    ("rows", "step", "gaps", "overlaps"),
    [
        (["[99.9,-)", "[99,99.9)", "(-,99)"], None, [], []),
        (["[99.0,99.89]", "[95.0,98.99]"], None, ["between 98.99 % and 99 %"], []),
        (["[99.0,99.89]", "[95.0,98.99]"], "0.01", [], []),
        (["[99.0,99.89]", "[95.0,98.5]"], "0.01", ["between 98.5 % and 99 %"], []),
        (["[99,99.9]", "[95,99]"], None, [], ["exactly 99 %"]),
        (["(99,99.9)", "(95,99)"], None, ["exactly 99 %"], []),
        (["[98.5,99.9)", "[95,99)"], None, [], ["98.5 % to below 99 %"]),
        (["(-,99.9)", "(-,99)", "(-,95)"], None, [], []),
        (["[99.9,-)", "[99,-)", "[95,-)"], None, [], []),
        (["(-,99.9)", "[95,99)"], None, [], []),  # the open row is read down to the next
    ],
)
def test_tiers(rows: list[str], step: str | None, gaps: list[str], overlaps: list[str]) -> None:
    read = [bounds(row) for row in rows]
    assert [one.text(" %") for one in q.gaps(read, D(step) if step else None)] == gaps
    assert [one.text(" %") for one in q.overlaps(read)] == overlaps


def test_credits_rise() -> None:
    rows = [bounds("[99,99.9)"), bounds("[95,99)"), bounds("(-,95)")]
    assert q.not_rising(rows, [D(5), D(10), D(25)]) == []
    assert q.not_rising(rows, [D(5), D(5), D(25)]) == [(0, 1)]
    assert q.not_rising(rows, [D(5), None, D(2)]) == [(0, 2)]
    assert q.not_rising(rows, [D(25), D(10), D(5)], lower_is_worse=False) == []


# ---------------------------------------------------------------------------------------------------------- formulas

FIGURES = {"mql-volume": D(400), "acceptance-rate": D("0.7"), "win": D(2)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mql-volume * acceptance-rate", "280"),
        ("mql-volume - win * 100", "200"),
        ("(mql-volume - win) / 2", "199"),
        ("mql-volume × 30 %", "120"),
        ("1,000 - 1 - 1", "998"),
        ("8 / 4 / 2", "1"),
        ("2 + 3 * 4 - 5", "9"),
        ("win", "2"),
    ],
)
def test_formula(text: str, value: str) -> None:
    assert q.evaluate(text, FIGURES) == D(value)


@pytest.mark.parametrize(
    ("text", "part", "word"),
    [
        ("mql-volume*win", "*", "spaces"),
        ("win/2", "/", "spaces"),
        ("mql-volum * 2", "mql-volum", "no value"),
        ("2 * ", "*", "missing"),
        ("2 * (3 + 4", "(", "not closed"),
        ("2 3", "3", "operator"),
        ("2 * * 3", "*", "missing"),
        (")", ")", "missing"),
        ("win / (1 - 1)", "win / (1 - 1)", "nothing"),
        ("__import__('os')", "__import__('os')", "no place"),
        ("", "", "no formula"),
        ("(" * 60 + "1" + ")" * 60, "(", "inside one another"),
        ("9" * 501, "9" * 501, "long"),
    ],
)
def test_formula_in_error(text: str, part: str, word: str) -> None:
    with pytest.raises(q.QuantityError, match=word) as caught:
        q.evaluate(text, FIGURES)
    assert text[caught.value.start : caught.value.end].strip() == part


def test_names_of_a_formula() -> None:
    assert q.parse_formula("mql-volume * 2nd-rate / (mql-volume - 1)") == ("mql-volume", "2nd-rate")
    with pytest.raises(q.QuantityError, match="not closed"):
        q.parse_formula("(mql-volume")


@pytest.mark.parametrize("text", ["4 hour\u017f", "s\u0130xty m\u0130nutes", "n\u0131nety percent", "5 \u212aB/s"])
def test_letters_that_count_as_another_are_that_one(text: str) -> None:
    same = text.translate({0x17F: "s", 0x130: "i", 0x131: "i", 0x212A: "k"})
    assert q.parse_target(text) == q.parse_target(same)
