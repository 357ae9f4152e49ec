"""Which minutes count: days, windows, zones, holidays, repeated slots."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalint import calendars as c
from slalint import quantities as q
from slalint.model import Node, SourceFile
from slalint.quantities import Duration, Hours, Period
from slalint.sources import yaml

MONTH = q.parse_window("calendar month")
OFFICE = q.parse_hours("Mon-Fri 07:00-19:00")
ZONES = [
    "", "UTC", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca",
    "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "America/Nuuk", "Africa/Cairo",
]  # fmt: skip


def nodes(text: str) -> Node:
    return yaml.compose(SourceFile("a.yaml", text))[0][0]


@st.composite
def calendars_of_people(draw: st.DrawFn) -> c.Calendar:
    periods = []
    for _ in range(draw(st.integers(1, 3))):
        days = tuple(draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)))
        start = draw(st.integers(0, 95)) * 15
        periods.append(Period(days, start, start + draw(st.integers(1, 96)) * 15))
    closed = draw(st.frozensets(st.dates(date(2011, 1, 1), date(2012, 12, 31)), max_size=4))
    return c.Calendar(Hours(tuple(periods)), draw(st.sampled_from(ZONES)), closed)


YEARS = st.sampled_from([2007, 2011, 2012, 2018, 2024, 2026])


@given(calendars_of_people(), YEARS, st.integers(1, 365))
def test_a_year_is_the_sum_of_its_days_and_of_its_parts(calendar: c.Calendar, year: int, cut: int) -> None:
    """Also where clocks change at midnight, by half an hour, or where a day is left out (Apia, 30 December 2011)."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    whole = c.minutes_between(calendar, start, end)
    days = [start + timedelta(n) for n in range((end - start).days)]
    assert whole == sum(c.minutes_on(calendar, day) for day in days)
    middle = days[min(cut, len(days) - 1)]
    assert whole == c.minutes_between(calendar, start, middle) + c.minutes_between(calendar, middle, end)


@given(st.sampled_from(ZONES[1:]), YEARS)
def test_a_service_that_always_runs_counts_every_minute(zone: str, year: int) -> None:
    """What passes between two New Years, as the zone's own clock tells it."""
    ends = [datetime(y, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) for y in (year, year + 1)]
    passed = (ends[1] - ends[0]) / timedelta(minutes=1)
    assert c.minutes_between(c.Calendar(c.ALWAYS, zone), date(year, 1, 1), date(year + 1, 1, 1)) == passed


@pytest.mark.parametrize(
    ("hours", "day", "minutes"),
    [
        ("24x7", date(2026, 3, 29), 23 * 60),  # 02:00 becomes 03:00
        ("24x7", date(2026, 10, 25), 25 * 60),
        ("daily 02:15-05:00", date(2026, 3, 29), 120),  # from the moment of the change
        ("daily 00:00-02:30", date(2026, 3, 29), 120),
        ("daily 02:00-03:00", date(2026, 3, 29), 0),
        ("daily 01:00-03:00", date(2026, 10, 25), 180),
        ("Sat 22:00-06:00", date(2026, 3, 29), 300),  # what Saturday left over
        ("Sat 22:00-06:00", date(2026, 3, 28), 120),
        ("Mon-Fri 00:00-24:00", date(2026, 3, 27), 1440),
    ],
)
def test_days_of_change(hours: str, day: date, minutes: int) -> None:
    assert c.minutes_on(c.Calendar(q.parse_hours(hours), "Europe/Berlin"), day) == minutes


def test_holidays_do_not_count() -> None:
    day = date(2026, 12, 25)
    calendar = c.Calendar(OFFICE, "", frozenset({day}))
    assert c.minutes_on(calendar, day) == 0
    week = c.minutes_between(calendar, date(2026, 12, 21), date(2026, 12, 28))
    assert week == calendar.week - 720 == 4 * 720
    portugal = c.Calendar(OFFICE, "", region="PT")
    assert c.is_closed(portugal, date(2026, 4, 25))
    assert c.minutes_on(portugal, date(2026, 6, 10)) == 0
    for region in ("Atlantis", "XX", "PT-ZZ", "Mon-Fri 09:00-17:00"):
        with pytest.raises(c.CalendarError, match=region):
            c.holidays_in(region, 2026)
    assert date(2026, 3, 8) in c.holidays_in("DE-BE", 2026) - c.holidays_in("DE", 2026)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setitem(sys.modules, "dateutil", None)
    with pytest.raises(c.MissingExtra, match=r"slalint\[calendar\]"):
        c.holidays_in("FR", 1999)
    with pytest.raises(c.MissingExtra, match="Recurrence"):
        c.occurrences("FREQ=DAILY", date(2026, 1, 1), date(2026, 2, 1))


# ---- the windows of the domain: what a percentage leaves of each

DAY = 1440
LENGTHS = {
    "28 d": D(28 * DAY),
    "30 d": D(30 * DAY),
    "31 d": D(31 * DAY),
    "365.25 d / 12": D("365.25") * DAY / 12,
    "365 d / 12": D(365 * DAY) / 12,
}
# In our own words what every table of downtime says: of a percentage, what it leaves of a month of 28, 30 and 31 days,
# of a twelfth of 365.25 and of 365 days, of a year and of a week.
TABLE = """
95      1d9h36m      1d12h       1d13h12m   1d12h31m30s  1d12h30m   18d6h        8h24m
98      13h26m24s    14h24m      14h52m48s  14h36m36s    14h36m     7d7h12m      3h21m36s
99      6h43m12s     7h12m       7h26m24s   7h18m18s     7h18m      3d15h36m     1h40m48s
99.5    3h21m36s     3h36m       3h43m12s   3h39m9s      3h39m      1d19h48m     50m24s
99.6    2h41m16.8s   2h52m48s    2h58m33.6s 2h55m19.2s   2h55m12s   1d11h2m24s   40m19.2s
99.7    2h0m57.6s    2h9m36s     2h13m55.2s 2h11m29.4s   2h11m24s   1d2h16m48s   30m14.4s
99.8    1h20m38.4s   1h26m24s    1h29m16.8s 1h27m39.6s   1h27m36s   17h31m12s    20m9.6s
99.9    40m19.2s     43m12s      44m38.4s   43m49.8s     43m48s     8h45m36s     10m4.8s
99.95   20m9.6s      21m36s      22m19.2s   21m54.9s     21m54s     4h22m48s     5m2.4s
99.99   4m1.92s      4m19.2s     4m27.84s   4m22.98s     4m22.8s    52m33.6s     1m0.48s
99.995  2m0.96s      2m9.6s      2m13.92s   2m11.49s     2m11.4s    26m16.8s     30.24s
99.999  24.192s      25.92s      26.784s    26.298s      26.28s     5m15.36s     6.048s
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def seconds(written: str) -> D:
    parts: list[Any] = []
    number = ""
    for sign in written:
        if sign in "dhms":
            parts.append(D(number) * {"d": 86400, "h": 3600, "m": 60, "s": 1}[sign])
            number = ""
        else:
            number += sign
    return D(sum(parts))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_a_percentage_leaves(row: list[str]) -> None:
    target, *stated = row
    months = {one.length.label: one.minutes for one in c.allowances(D(target), MONTH)}
    year = c.allowances(D(target), q.parse_window("year"))[0]
    week = c.allowances(D(target), q.parse_window("week"))[0]
    found = [*(months[label] for label in LENGTHS), year.minutes, week.minutes]
    assert [minutes * 60 for minutes in found] == [seconds(one) for one in stated]
    for label, minutes in LENGTHS.items():
        assert months[label] == q.allowed_downtime(D(target), minutes)


def test_further_sums_of_the_domain() -> None:
    assert q.allowed_downtime(D("99.9"), D("365.2425") * DAY / 12) == D("43.8291")  # 43 min 49.7 s
    quarter = {one.length.label: one.minutes for one in c.allowances(D("99.9"), q.parse_window("quarter"))}
    assert quarter["365.25 d / 4"] == D("131.49")  # 2 h 11 min 29 s
    assert q.allowed_downtime(D("99.99"), D("365.25") * DAY / 4) == D("13.149")
    assert q.serial([D("99.99"), D(99)]) == D("98.9901")
    berlin = {one.minutes for one in c.window_lengths(MONTH, c.Calendar(c.ALWAYS, "Europe/Berlin"))}
    assert {D(n) for n in (40_320, 41_760, 43_200, 44_640, 44_580, 44_700)} <= berlin
    # Maintenance of eight hours a month that is not counted: of wall-clock time, 99.9 % is less than 99 %.
    month = D(30 * DAY)
    assert q.rounded(D("99.9") * (month - 480) / month, 1) == D("98.8")


def test_the_months_of_a_term() -> None:
    calendar = c.Calendar(OFFICE, "Europe/Lisbon", frozenset({date(2026, 4, 3)}))
    found = c.window_lengths(MONTH, calendar, date(2026, 3, 15), date(2026, 6, 30))
    real = {one.label: one.minutes for one in found if "2026" in one.label}
    assert real == {"April 2026": 21 * 720, "June 2026": 22 * 720}  # May is as long as April
    mean = next(one for one in found if one.label.startswith("mean"))
    assert mean.minutes == D(21 + 21 + 22) * 720 / 3
    assert found[0].label == "12 h × 5 d × 52.18 / 12"
    assert c.Allowance(found[0], q.allowed_downtime(D("99.5"), found[0].minutes)).working(D("99.5")) == (
        "99.5 % of 260.9 h (12 h × 5 d × 52.18 / 12) leaves 78.3 min"
    )


@pytest.mark.parametrize(
    ("window", "hours", "minutes"),
    [
        ("rolling 30 days", None, {43_200}),
        ("rolling 7 days", "Mon-Fri 09:00-17:00", {2400}),
        ("5 days", "Mon-Fri 09:00-17:00", {2400, 1440, 1920}),
        ("rolling 90 min", None, {90}),
        ("2 business days", None, set()),
        ("P1M1D", None, set()),
        ("P9999Y", None, set()),
        ("P99999999D", "Mon-Fri 09:00-17:00", set()),
    ],
)
def test_windows_of_days(window: str, hours: str | None, minutes: set[int]) -> None:
    calendar = c.Calendar(q.parse_hours(hours)) if hours else None
    read = q.parse_duration(window) if "business" in window or window[0] == "P" else q.parse_window(window)
    assert {int(one.minutes) for one in c.window_lengths(read, calendar)} == minutes


@pytest.mark.parametrize(
    ("months", "first"),
    [(1, [date(2026, 3, 1), date(2026, 4, 1)]), (3, [date(2026, 4, 1)]), (12, []), (5, [date(2026, 3, 1)])],
)
def test_calendar_windows_within_a_term(months: int, first: list[date]) -> None:
    found = [start for start, _ in c.windows(months, date(2026, 2, 10), date(2026, 8, 31))]
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


# ---- slots


@pytest.mark.parametrize(
    ("slot", "window", "hours", "minutes"),
    [
        ("every Sunday 02:00-06:00", "month", None, 5 * 240),
        ("second Sunday 02:00-06:00", "month", None, 240),
        ("last Saturday of each quarter 20:00-23:00", "quarter", None, 180),
        ("last Saturday of each quarter 20:00-23:00", "year", None, 4 * 180),
        ("first Sunday 22:00-02:00", "month", "Mon-Fri 00:00-24:00", 120),
        ("every Sunday 02:00-06:00", "rolling 28 days", None, 4 * 240),
        ("every Sunday 02:00-06:00", "month", "Mon-Fri 08:00-18:00", 0),
        ("every Sunday 02:00-06:00", "year", None, 53 * 240),
    ],
)
def test_slots(slot: str, window: str, hours: str | None, minutes: int) -> None:
    calendar = c.Calendar(q.parse_hours(hours)) if hours else None
    assert c.slot_minutes(q.parse_maintenance(slot), q.parse_window(window), calendar) == minutes


def test_slots_of_business_time_have_no_length() -> None:
    slot = q.parse_maintenance("every Sunday 02:00-06:00")
    assert c.slot_minutes(slot, Duration(business_days=D(3))) is None


def test_beyond_the_calendar() -> None:
    assert set(c.window_lengths(MONTH, None, date(2026, 1, 1), date(9999, 12, 31))) == set(c.window_lengths(MONTH))
    assert c.recurring_minutes("FREQ=WEEKLY;BYDAY=SU", 0, D(60), MONTH, None, date(9999, 12, 1)) == 300
    assert c.slot_minutes(q.parse_maintenance("every Sunday 02:00-06:00"), Duration(months=D(10**6))) is None


def test_recurrence() -> None:
    days = c.occurrences("FREQ=MONTHLY;BYDAY=2SU", date(2026, 1, 1), date(2026, 4, 1))
    assert days == [date(2026, 1, 11), date(2026, 2, 8), date(2026, 3, 8)]
    assert days == list(c.slots(q.parse_maintenance("second Sunday 02:00-06:00"), date(2026, 1, 1), date(2026, 4, 1)))
    assert c.recurring_minutes("FREQ=WEEKLY;BYDAY=SU", 120, D(240), MONTH) == 5 * 240
    assert c.recurring_minutes("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", 120, D(240), MONTH) == 3 * 240


@pytest.mark.parametrize(
    "rule",
    [
        "second Sunday", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=XX", "FREQ=WEEKLY;UNTIL=soon", "FREQ=DAILY;" * 40,
    ],
)  # fmt: skip
def test_no_recurrence(rule: str) -> None:
    with pytest.raises(c.CalendarError, match="no rule for days"):
        c.occurrences(rule, date(2026, 1, 1), date(2026, 4, 1))


# ---- the data form


@pytest.mark.parametrize(
    ("written", "week", "zone"),
    [
        ("it: Mon-Fri 07:00-19:00 Europe/Lisbon", 3600, "Europe/Lisbon"),
        ("it: {hours: 'Mon-Fri 07:00-19:00', timeZone: Europe/Lisbon}", 3600, "Europe/Lisbon"),
        ("it: {weekly: [{days: [mon, tue], from: '08:00', to: '24:00'}]}", 1920, "UTC"),
        ("it: {weekly: [{days: Sat, from: '22:00', to: '06:00'}, Mon 08:00-12:00]}", 720, "UTC"),
        ("it: {weekly: [{from: '08:00', to: '18:00'}]}", 4200, "UTC"),
        ("it: {weekly: 'Mon-Fri 09:00-17:00'}", 2400, "UTC"),
    ],
)
def test_read(written: str, week: int, zone: str) -> None:
    calendar = c.read_calendar(nodes(written).get("it"), "UTC")
    assert calendar is not None
    assert (calendar.week, calendar.zone) == (week, zone)


@pytest.mark.parametrize(
    "written", ["it: office-hours", "it: {}", "it: {weekly: [{days: [mon]}]}", "it: {weekly: [soon]}", "it: 3"]
)
def test_not_read(written: str) -> None:
    assert c.read_calendar(nodes(written).get("it")) is None
    assert c.read_calendar(None) is None


def test_read_holidays() -> None:
    said = "it: {hours: 'Mon-Fri 09:00-17:00', holidays: {region: pt, dates: [2026-12-24, soon]}}"
    calendar = c.read_calendar(nodes(said).get("it"))
    assert calendar is not None
    assert (calendar.region, calendar.closed) == ("PT", {date(2026, 12, 24)})
    listed = c.read_calendar(nodes("it: {hours: 'Mon 09:00-17:00', holidays: [1 May 2026]}").get("it"))
    assert listed is not None
    assert listed.closed == {date(2026, 5, 1)}
