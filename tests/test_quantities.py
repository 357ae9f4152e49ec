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
    (q.parse_target, "  immediate", "immediate", "number"),
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
