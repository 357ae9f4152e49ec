"""Which minutes count: hours of service on real days, in real zones, without holidays.

What rules ask here (lengths are exact minutes, days are ``datetime.date``, an end is exclusive):

``window_lengths(window, calendar=None, since=None, until=None)``
    every length that a window may legitimately have, with how it comes about. Without a calendar: of a month 28 to 31
    days, 365 / 12 …; with one: each real window of the term, and their mean.
``Calendar(hours, zone, closed, region)``, ``calendar_of(hours, ...)``, ``read_calendar(node)``
    hours with their zone and their holidays.
``minutes_between(calendar, start, end)``, ``minutes_on(calendar, day)``
    minutes of service, changes of the clock and holidays considered.
``allowances(target, window, calendar=None, since=None, until=None)``
    the downtime that a target leaves of each of these lengths; ``Allowance.working(target)`` is the sum in words.
``slot_minutes(maintenance, window, calendar=None)``, ``recurring_minutes(rrule, start, minutes, window, …)``
    how much time repeated maintenance takes in a window at most; ``occurrences(rrule, start, end)`` are its days.

Sums (``allowed_downtime``, ``serial``, ``redundant``), conversion (``compare``, ``business_day``) and tiers (``gaps``,
``overlaps``, ``not_rising``) need no calendar and are in ``slalint.quantities``.

Named holidays and recurrence rules need the extra ``calendar``; without it ``MissingExtra`` says so. Nothing here reads
a clock or a file (zones come from the system or from the package tzdata).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.patterns import lazy
from slalint.quantities import arithmetic
from slalint.quantities.arithmetic import Length
from slalint.quantities.conversions import day_spans, week_minutes
from slalint.quantities.values import DAY, Duration, Hours, Maintenance, Period, Window
from slalint.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from slalint.model import Node

ALWAYS = Hours((Period(tuple(range(7)), 0, 1440),))
_MINUTES_A_DAY = 1440
_FIRST_YEAR = 2024  # of those that stand for all where no term is given
# How long a year is on average: by the common year, the Gregorian calendar, the Julian one, and in whole weeks.
_YEARS = (("365 d", Decimal(365)), ("365.2425 d", Decimal("365.2425")), ("365.25 d", Decimal("365.25")))
_WEEKS = (("52", Decimal(52)), ("52.14", Decimal(365) / 7), ("52.18", Decimal("365.25") / 7))


class CalendarError(ValueError):
    """Something that no calendar can be made of, in plain words."""


class MissingExtra(CalendarError):
    """What needs a package that is not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} cannot be computed without the extra “calendar”: pip install 'slalint[calendar]'")


class Calendar(NamedTuple):
    """Hours that count. ``zone`` is an IANA name; where it is empty or unknown, clocks never change. ``closed`` are the
    days listed as holidays; ``region`` (``PT``, ``DE-BE``) adds those of a country or a part of one."""

    hours: Hours
    zone: str = ""
    closed: frozenset[date] = frozenset()
    region: str = ""

    @property
    def week(self) -> int:
        """Minutes in a week without holidays or changes of the clock."""
        return week_minutes(self.hours)


def read_calendar(node: Node | None, time_zone: str = "") -> Calendar | None:
    """A calendar from the data form: hours in one line, or a block with ``hours`` or ``weekly``, ``timeZone`` and
    ``holidays`` (dates, or a region). None where its hours cannot be read. ``time_zone`` holds where it names none."""
    if node is None:
        return None
    hours = q.hours_of(node.text) if node.text else _hours(node)
    if hours is None:
        return None
    said, holidays = node.get("timeZone"), node.get("holidays")
    where = (said.text.strip() if said is not None else "") or hours.zone or time_zone
    dates = holidays.get("dates") if holidays is not None and isinstance(holidays.data, dict) else holidays
    closed = frozenset(day for item in dates or () if (day := q.read_date(item)) is not None)
    region = holidays.get("region") if holidays is not None else None
    return Calendar(hours, where, closed, region.text.strip().upper() if region is not None else "")


def _hours(node: Node) -> Hours | None:
    """The hours of a calendar's block."""
    block = node.get("hours") or node.get("weekly")
    if block is None or block.text:
        return q.read_hours(block)
    periods: list[Period] = []
    for item in block:
        said = q.read_hours(item) if item.text else _stretch(item)
        if said is None:
            return None
        periods.extend(said.periods)
    return Hours(tuple(periods)) if periods else None


def _stretch(item: Node) -> Hours | None:
    """One ``{days, from, to}``; without days it holds on all."""
    days, start, end = item.get("days"), item.get("from"), item.get("to")
    if start is None or end is None or (days is not None and not days.data):
        return None
    named = "daily" if days is None else days.text or ", ".join(day.text for day in days)
    return q.hours_of(f"{named} {_time(start)}-{_time(end)}")


def _time(node: Node) -> str:
    """A time as written; YAML reads an unquoted 8:30 as a number, but its text is still there."""
    return node.text or node.raw


# ---------------------------------------------------------------------------------------------- minutes of a day


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, None where there is none of that name."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # unknown, or no name at all
        return None


_REGION = lazy(r"(?P<country>[A-Za-z]{2,3})(?:-(?P<part>[A-Za-z0-9]{1,6}))?")


@lru_cache(maxsize=256)
def holidays_in(region: str, year: int) -> frozenset[date]:
    """The public holidays of a country (``PT``) or a part of one (``DE-BE``)."""
    found = _REGION.fullmatch(region.strip())
    if found is None:
        raise CalendarError(f"“{region[:40]}” is no region such as “PT” or “DE-BE”")
    try:
        import holidays
    except ImportError:
        raise MissingExtra(f"The holidays of {region}") from None
    try:
        days = holidays.country_holidays(
            found["country"].upper(), subdiv=(found["part"] or "").upper() or None, years=year
        )
        return frozenset(days)
    except (NotImplementedError, KeyError, AttributeError, TypeError, ValueError):
        raise CalendarError(f"no holidays are known for “{region}”") from None


def is_closed(calendar: Calendar, day: date) -> bool:
    """Whether a day is a holiday of the calendar."""
    return day in calendar.closed or bool(calendar.region and day in holidays_in(calendar.region, day.year))


def minutes_on(calendar: Calendar, day: date) -> int:
    """The minutes that count between a day's midnight and the next, as they pass: on the day on which clocks go forward
    a service that always runs has 1,380. Holidays have none."""
    if is_closed(calendar, day):
        return 0
    spans = day_spans(calendar.hours, day.weekday())
    where = zone(calendar.zone)
    if where is None or not _changes(where, day, 1):
        return sum(end - start for start, end in spans)
    return sum(_instant(where, day, end) - _instant(where, day, start) for start, end in spans)


def minutes_between(calendar: Calendar, start: date, end: date) -> int:
    """The minutes that count from the midnight on which ``start`` begins to that on which ``end`` begins."""
    total, day = 0, start
    where = zone(calendar.zone)
    by_day = [sum(b - a for a, b in day_spans(calendar.hours, i)) for i in range(7)]
    week = sum(by_day)
    while day < end:
        # Weeks without a change of the clock or a holiday are all alike.
        days = min((end - day).days, 7)
        if (where is None or not _changes(where, day, days)) and not _any_closed(calendar, day, days):
            total += week if days == 7 else sum(by_day[(day.weekday() + i) % 7] for i in range(days))
        else:
            total += sum(minutes_on(calendar, _plus(day, i)) for i in range(days))
        day = _plus(day, days)
    return total


def _any_closed(calendar: Calendar, day: date, days: int) -> bool:
    if not calendar.closed and not calendar.region:
        return False
    return any(is_closed(calendar, _plus(day, i)) for i in range(days))


def _plus(day: date, days: int) -> date:
    return day.fromordinal(day.toordinal() + days)


def _local(where: ZoneInfo, day: date, minute: int, fold: int = 0) -> datetime:
    from datetime import datetime

    day = _plus(day, minute // _MINUTES_A_DAY)
    hour, minute = divmod(minute % _MINUTES_A_DAY, 60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=where, fold=fold)


def _changes(where: ZoneInfo, day: date, days: int) -> bool:
    """Whether clocks change within so many days. (Nowhere do they change and change back within a week.)"""
    start, end = _local(where, day, 0), _local(where, day, days * _MINUTES_A_DAY)
    offsets = {moment.replace(fold=fold).utcoffset() for moment in (start, end) for fold in (0, 1)}
    return len(offsets) > 1


def _instant(where: ZoneInfo, day: date, minute: int) -> int:
    """The moment at which a clock shows so many minutes after midnight, in minutes of UTC. Of a time that comes twice
    it is the first; of one that is skipped, the moment of the change."""
    first, second = (_utc_minute(_local(where, day, minute, fold)) for fold in (0, 1))
    if first <= second:
        return first
    # Skipped: before the change the clock shows less, after it more.
    before, after = second, first
    while after - before > 1:
        middle = (before + after) // 2
        if _shown(where, middle) < _shown_of(day, minute):
            before = middle
        else:
            after = middle
    return after


def _utc_minute(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None
    return _shown_of(moment.date(), moment.hour * 60 + moment.minute) - int(offset.total_seconds() // 60)


def _shown_of(day: date, minute: int) -> int:
    return day.toordinal() * _MINUTES_A_DAY + minute


def _shown(where: ZoneInfo, utc_minute: int) -> int:
    """What the clock shows at a moment, in minutes since the first day."""
    from datetime import UTC, date, datetime, time

    days, minute = divmod(utc_minute, _MINUTES_A_DAY)
    moment = datetime.combine(date.fromordinal(days), time(minute // 60, minute % 60), UTC).astimezone(where)
    return _shown_of(moment.date(), moment.hour * 60 + moment.minute)


# ------------------------------------------------------------------------------------------------------- windows


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def windows(months: int, since: date, until: date) -> Iterator[tuple[date, date]]:
    """The calendar windows of so many months that lie wholly within a term, ``until`` included. They begin with a
    month, a quarter, a half or a year where so many months are one of these."""
    start = since.replace(day=1)
    if start < since:
        start = add_months(start, 1)
    while (start.month - 1) % months and months in (2, 3, 4, 6, 12):
        start = add_months(start, 1)
    while (end := add_months(start, months)) <= _plus(until, 1):
        yield start, end
        start = end


def window_lengths(
    window: Window | Duration,
    calendar: Calendar | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Length, ...]:
    """Every length that a window may legitimately have, in the order in which people think of them: what it is on
    average, then the real ones. Of days, weeks or hours there is but one; of business time none.

    ``since`` and ``until`` are the first and the last day of the term; without them the window may be any.
    Raises ``CalendarError`` for holidays that are not known.
    """
    return _lengths(window.length if isinstance(window, Window) else window, calendar, since, until)


@lru_cache(maxsize=512)
def _lengths(length: Duration, calendar: Calendar | None, since: date | None, until: date | None) -> tuple[Length, ...]:
    if not _measurable(length):
        return ()
    since, until = (day if day is None or _FIRST < day.year < _LAST else None for day in (since, until))
    always = calendar is None or (calendar.hours.always and not calendar.closed and not calendar.region)
    if length.seconds:
        minutes = length.seconds / 60
        label = (
            arithmetic.minutes_text(minutes) if length.seconds % DAY else f"{arithmetic.number(length.seconds / DAY)} d"
        )
        if always or calendar is None:
            return (Length(label, minutes),)
        return tuple(_counted(calendar, length.seconds / DAY, label))
    months = int(length.months)
    found = [*_means(months, None if always else calendar), *_real(months, calendar, since, until)]
    unique: dict[Decimal, Length] = {}
    for one in found:
        unique.setdefault(one.minutes, one)
    return tuple(unique.values())


_UNITS = {1: "month", 3: "quarter", 12: "year"}
_FIRST, _LAST = 1000, 9000  # a day beyond these years (9999-12-31) means that nothing is set


def _measurable(length: Duration) -> bool:
    """Whether a window is so many whole months, or so much time by the clock, and no longer than a century."""
    if length.is_business or bool(length.seconds) is bool(length.months):
        return False
    whole = length.months == length.months.to_integral_value()
    return whole and length.months <= 1200 and length.seconds <= 36600 * DAY


def _means(months: int, calendar: Calendar | None) -> Iterator[Length]:
    """How long so many months are on average."""
    if calendar is None:
        if months == 1:
            yield Length("30 d", Decimal(30 * _MINUTES_A_DAY))
        for label, days in _YEARS:
            said = (
                label
                if months == 12
                else f"{label} / {12 // months}"
                if not 12 % months
                else f"{label} × {months} / 12"
            )
            yield Length(said, days * _MINUTES_A_DAY * months / 12)
        if months == 3:
            yield Length("90 d", Decimal(90 * _MINUTES_A_DAY))
        if months == 12:
            yield Length("360 d", Decimal(360 * _MINUTES_A_DAY))
        return
    week = Decimal(calendar.week)
    for label, weeks in reversed(_WEEKS):
        yield Length(f"{week_text(calendar.hours)} × {label}{_share(months)}", week * weeks * months / 12)


def _share(months: int) -> str:
    """Which part of a year so many months are, behind its length: nothing, `` / 12``, `` × 5 / 12``."""
    return "" if months == 12 else f" / {12 // months}" if not 12 % months else f" × {months} / 12"


def _real(months: int, calendar: Calendar | None, since: date | None, until: date | None) -> Iterator[Length]:
    """The real windows of a term, or those that there may be, each length once; and their mean where holidays make it
    another than the one without."""
    from datetime import date

    first = since or date(_FIRST_YEAR, 1, 1)
    # In four years February has each length, in 28 every month starts on every weekday; more brings nothing new.
    always = calendar is None or (calendar.hours.always and not calendar.closed and not calendar.region)
    end = add_months(first, 12 * (4 if always else 28))
    last = min(until, end) if until is not None else end
    total, count = Decimal(0), 0
    holidays = calendar is not None and bool(calendar.closed or calendar.region)
    if calendar is not None and since is None and not calendar.hours.always:
        calendar = calendar._replace(zone="")  # of any year, clocks change at night
    where = zone(calendar.zone) if calendar is not None else None
    seen: set[tuple[int, int]] = set()
    for start, end in windows(months, first, last):
        days = (end - start).days
        if not holidays and where is None:
            kind = (days, start.weekday() if calendar is not None else 0)
            if kind in seen:
                continue
            seen.add(kind)
        minutes = Decimal(minutes_between(calendar, start, end) if calendar else days * _MINUTES_A_DAY)
        total, count = total + minutes, count + 1
        yield Length(_named(months, start, days, minutes, calendar, since is not None), minutes)
    if holidays and count:
        yield Length(f"mean of {count} windows of the term", total / count)


def _named(months: int, start: date, days: int, minutes: Decimal, calendar: Calendar | None, dated: bool) -> str:
    """What a real window is called: by its days where it always counts, else by its place in the year; without a term
    it stands for all that are as long, so that no year is named."""
    if calendar is None or (calendar.hours.always and not calendar.closed and not calendar.region):
        changed = minutes - days * _MINUTES_A_DAY
        return f"{days} d" if not changed else f"{days} d, {'+' if changed > 0 else '-'}{abs(changed)} min"
    if not dated:
        return f"a {_UNITS[months]} of {days} days" if months in _UNITS else f"{months} months of {days} days"
    if months == 12:
        return str(start.year)
    if months == 3:
        return f"quarter {start.month // 3 + 1} of {start.year}"
    return f"{start:%B %Y}" if months == 1 else f"{months} months from {start:%B %Y}"


def _counted(calendar: Calendar, days: Decimal, label: str) -> Iterator[Length]:
    """So many days in a row under a calendar, by the day on which they start."""
    if days != days.to_integral_value():
        return
    from datetime import date

    seen: set[int] = set()
    for offset in range(7):
        start = date(_FIRST_YEAR, 1, 1 + offset)
        minutes = minutes_between(
            calendar._replace(zone="", closed=frozenset(), region=""), start, _plus(start, int(days))
        )
        if minutes not in seen:
            seen.add(minutes)
            yield Length(f"{week_text(calendar.hours)} in {label}", Decimal(minutes))


def week_text(hours: Hours) -> str:
    """How much hours come to in a week, as a sum where they are alike on all their days: ``12 h × 5 d``."""
    lengths = [sum(end - start for start, end in day_spans(hours, day)) for day in range(7)]
    open_days = [length for length in lengths if length]
    if open_days and len(set(open_days)) == 1:
        return f"{arithmetic.number(Decimal(open_days[0]) / 60)} h × {len(open_days)} d"
    return f"{arithmetic.number(arithmetic.rounded(Decimal(sum(lengths)) / 60, 2))} h"


# ----------------------------------------------------------------------------------------------------- downtime


class Allowance(NamedTuple):
    """The downtime in minutes that a target leaves of one length of its window, and the sum in words."""

    length: Length
    minutes: Decimal

    def working(self, target: Decimal) -> str:
        return arithmetic.downtime_working(target, self.length)


def allowances(
    target: Decimal,
    window: Window | Duration,
    calendar: Calendar | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Allowance, ...]:
    """What a target in percent leaves of each length that its window may have; see ``window_lengths``."""
    lengths = window_lengths(window, calendar, since, until)
    return tuple([Allowance(length, arithmetic.allowed_downtime(target, length.minutes)) for length in lengths])


# -------------------------------------------------------------------------------------------------- maintenance


def slots(maintenance: Maintenance, start: date, end: date) -> Iterator[date]:
    """The days in ``[start, end)`` on which a slot begins. ``second Sunday`` counts within the month, and within the
    first month of a quarter where the slot is quarterly and counted from its front (from its back, the last)."""
    day = start
    while day < end:
        if day.weekday() == maintenance.day and _is_turn(maintenance, day):
            yield day
        day = _plus(day, 1)


def _is_turn(maintenance: Maintenance, day: date) -> bool:
    if not maintenance.ordinal:
        return True
    month = (day.month - 1) % maintenance.months
    if maintenance.ordinal < 0:
        return month == maintenance.months - 1 and day.day + 7 > days_in_month(day.year, day.month)
    return month == 0 and (day.day - 1) // 7 + 1 == maintenance.ordinal


def slot_minutes(
    maintenance: Maintenance, window: Window | Duration, calendar: Calendar | None = None
) -> Decimal | None:
    """The most minutes that a slot takes in one window; with a calendar only those within its hours. None where the
    window has no length on the calendar."""
    return _slot_minutes(maintenance, window.length if isinstance(window, Window) else window, calendar)


@lru_cache(maxsize=256)
def _slot_minutes(maintenance: Maintenance, length: Duration, calendar: Calendar | None) -> Decimal | None:
    from datetime import date

    if not _measurable(length):
        return None
    first = date(_FIRST_YEAR, 1, 1)
    last = add_months(first, 12 * (28 if length.months >= 12 else 4))
    return _most(list(slots(maintenance, first, last)), maintenance.start, maintenance.end, length, calendar)


def recurring_minutes(
    rrule: str,
    start: int,
    minutes: Decimal,
    window: Window | Duration,
    calendar: Calendar | None = None,
    since: date | None = None,
) -> Decimal | None:
    """The same for a slot of so many minutes, from so many minutes after midnight on the days that a recurrence rule
    names. Raises ``CalendarError``, ``MissingExtra`` among them."""
    from datetime import date

    length = window.length if isinstance(window, Window) else window
    if not _measurable(length):
        return None
    first = (since if since is not None and _FIRST < since.year < _LAST else date(_FIRST_YEAR, 1, 1)).replace(day=1)
    days = occurrences(rrule, first, add_months(first, 48))
    return _most(days, start, start + int(minutes), length, calendar)


def _most(days: list[date], start: int, end: int, length: Duration, calendar: Calendar | None) -> Decimal | None:
    """The most that slots on these days (four years of them, or more) take in any window of a length."""
    each = [(day, _within(start, end, day.weekday(), calendar)) for day in days]
    if length.months:
        spans = windows(int(length.months), days[0].replace(day=1), _plus(days[-1], 366)) if days else iter(())
    else:
        size = int(-(-length.seconds // DAY))
        spans = ((day, _plus(day, size)) for day in days)
    return Decimal(max((sum(took for day, took in each if low <= day < high) for low, high in spans), default=0))


def _within(start: int, end: int, weekday: int, calendar: Calendar | None) -> int:
    """The minutes between two times of a weekday that lie in the hours of a calendar."""
    if calendar is None:
        return end - start
    total = 0
    for day in range(2):
        for low, high in day_spans(calendar.hours, (weekday + day) % 7):
            low, high = low + day * _MINUTES_A_DAY, high + day * _MINUTES_A_DAY
            total += max(0, min(end, high) - max(start, low))
    return total


_PART = r"(?:INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS)=[^;\s]+"
_RRULE = lazy(rf"(?:RRULE:)?(?:{_PART};)*FREQ=(?P<freq>DAILY|WEEKLY|MONTHLY|YEARLY)(?:;{_PART})*;?", re.I)
_MONTH_DAYS = lazy(r"BYMONTHDAY=([-+\d,]+)", re.I)


def occurrences(rrule: str, start: date, end: date) -> list[date]:
    """The days in ``[start, end)`` that a recurrence rule (RFC 5545) names, counted from ``start``. At what time of the
    day is not its business. Raises ``CalendarError``, ``MissingExtra`` among them."""
    rrule = rrule.strip()
    found = _RRULE.fullmatch(rrule) if len(rrule) <= 200 else None
    month_days = _MONTH_DAYS.search(rrule)
    late = month_days is not None and not re.search(r"(?<!\d)[12]?\d(?!\d)", month_days[1])
    if found is None or (found["freq"].upper() == "DAILY" and late):  # 30 February would be sought for 8,000 years
        raise CalendarError(f"“{rrule[:60]}” is no rule for days such as “FREQ=MONTHLY;BYDAY=2SU”")
    try:
        from dateutil import rrule as dateutil
    except ImportError:
        raise MissingExtra("Recurrence rules") from None
    from datetime import datetime, time

    try:
        rule = dateutil.rrulestr(rrule, dtstart=datetime.combine(start, time()), ignoretz=True)
        days = rule.between(datetime.combine(start, time()), datetime.combine(_plus(end, -1), time()), inc=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
        raise CalendarError(f"“{rrule}” is no rule for days such as “FREQ=MONTHLY;BYDAY=2SU”") from None
    return [moment.date() for moment in days]
