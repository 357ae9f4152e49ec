"""From one kind of time to another, as far as that can be told.

Clock time, months and business time meet only through a calendar. What needs one gets the length of a business day
(in seconds); what cannot be told without one is None.
"""

from __future__ import annotations

from decimal import Decimal

from slalint.quantities.values import BASES, DAY, ZERO, Duration, Hours

_SHORTEST_MONTH, _LONGEST_MONTH = 28 * DAY, 31 * DAY
_SHORTEST_YEAR, _LONGEST_YEAR = 365 * DAY, 366 * DAY
# What a business day may be, where nobody says: half a day's work to round the clock.
_SHORTEST_DAY, _LONGEST_DAY = Decimal(4 * 3600), Decimal(DAY)
_ENDLESS = Decimal("Infinity")


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """A value in another unit of the same kind: ``convert(90, "minute", "hour")`` is 1.5. Raises ``ValueError`` where
    the kinds differ (days and months do not convert)."""
    (kind, factor), (other, other_factor) = BASES.get(unit, (unit, Decimal(1))), BASES.get(to, (to, Decimal(1)))
    if kind != other:
        raise ValueError(f"“{unit}” and “{to}” do not convert into one another")
    return value * factor / other_factor


def week_minutes(hours: Hours) -> int:
    """The minutes that hours come to in a week without holidays or changes of the clock."""
    return sum(end - start for day in range(7) for start, end in day_spans(hours, day))


def day_spans(hours: Hours, day: int) -> list[tuple[int, int]]:
    """The spans of a weekday (0 is Monday) in minutes after its midnight: those before 24:00, and what the day before
    left over. Overlapping spans are one."""
    spans = []
    for period in hours.periods:
        if day in period.days and period.start < 1440:
            spans.append((period.start, min(period.end, 1440)))
        if period.end > 1440 and (day - 1) % 7 in period.days:
            spans.append((max(period.start - 1440, 0), min(period.end - 1440, 1440)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif end > start:
            merged.append((start, end))
    return merged


def business_day(hours: Hours) -> Decimal | None:
    """The length in seconds of a business day of these hours: of its days if all are alike, else None. Spans that
    cross midnight belong to the day on which they start."""
    lengths: dict[int, int] = {}
    for period in hours.periods:
        for day in period.days:
            lengths[day] = lengths.get(day, 0) + period.end - period.start
    one = set(lengths.values())
    return Decimal(one.pop() * 60) if len(one) == 1 else None


def business_seconds(value: Duration, day: Decimal | None = None) -> Decimal | None:
    """Business time in seconds of it, with a business day of ``day`` seconds; None for what is not business time alone
    or would need the length of a day that is not given."""
    if value.seconds or value.months or (value.business_days and day is None):
        return None
    return value.business_seconds + value.business_days * (day or ZERO)


def compare(one: Duration, other: Duration, day: Decimal | None = None) -> int | None:
    """-1, 0 or 1 as the first length is certainly shorter, the same, or longer; None where that depends on the month,
    or on hours that are not known. ``day`` is the length of a business day in seconds, if known.

    Business time lasts at least as long on the clock as it says, and nobody knows how much longer.
    """
    if one == other:
        return 0
    only_business = not (one.seconds or one.months or other.seconds or other.months)
    if only_business and one.business_seconds == other.business_seconds:
        return 1 if one.business_days > other.business_days else -1  # however long the days are
    (a, b), (c, d) = (_business(one, day), _business(other, day)) if only_business else (_bounds(one), _bounds(other))
    if a == b == c == d:
        return 0
    return -1 if b < c else 1 if d < a else None


def _business(value: Duration, day: Decimal | None) -> tuple[Decimal, Decimal]:
    least, most = (_SHORTEST_DAY, _LONGEST_DAY) if day is None else (day, day)
    return value.business_seconds + value.business_days * least, value.business_seconds + value.business_days * most


def _bounds(value: Duration) -> tuple[Decimal, Decimal]:
    """The least and the most seconds that it can last on the clock."""
    years, months = divmod(value.months, 12)
    least = value.seconds + years * _SHORTEST_YEAR + months * _SHORTEST_MONTH
    most = value.seconds + years * _LONGEST_YEAR + months * _LONGEST_MONTH
    if value.is_business:
        # The last of several business days may end after a few hours; the nights between them have passed.
        days = max(value.business_days * _SHORTEST_DAY, (value.business_days - 1) * DAY)
        return least + value.business_seconds + days, _ENDLESS
    return least, most
