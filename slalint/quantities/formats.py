"""Quantities written down again, so that reading them gives the same: ``parse_x(format(x)) == x``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from slalint.quantities.arithmetic import trimmed
from slalint.quantities.hours import DAYS, ORDINALS
from slalint.quantities.values import (
    BASES,
    CURRENCIES,
    DAY,
    TIME_UNITS,
    Duration,
    Frequency,
    Hours,
    Maintenance,
    Operator,
    Period,
    Target,
    Tier,
    Window,
)

if TYPE_CHECKING:
    from datetime import date

_OPERATORS: dict[Operator, str] = {
    "gte": "at least ",
    "gt": "more than ",
    "lte": "at most ",
    "lt": "less than ",
    "eq": "exactly ",
    "": "",
}
_SPOKEN = {"percent": "%", "second": "s", "minute": "min", "hour": "h", "request/second": "req/s"}
_SPOKEN |= {"transaction/second": "tps", "query/second": "qps"}
_PERIODS = {
    Duration(seconds=Decimal(1)): "second",
    Duration(seconds=Decimal(60)): "minute",
    Duration(seconds=Decimal(3600)): "hour",
    Duration(seconds=Decimal(DAY)): "day",
    Duration(seconds=Decimal(7 * DAY)): "week",
    Duration(months=Decimal(1)): "month",
    Duration(months=Decimal(3)): "quarter",
    Duration(months=Decimal(12)): "year",
    Duration(business_days=Decimal(1)): "business day",
}


def format(value: Duration | Target | Window | Hours | Frequency | Maintenance | Tier | date) -> str:
    """A quantity in the short form of the data format. What only its ``text`` says, a target does not keep."""
    write = _WRITERS.get(type(value).__name__)
    if write is None:
        raise TypeError(f"{type(value).__name__} is no quantity")
    return write(value)


def _duration(value: Duration) -> str:
    hours = value.business_seconds / 3600
    if hours * 3600 != value.business_seconds:  # a third of an hour is no finite decimal
        return f"{_number(value.business_seconds)} s during business hours"
    parts = [(value.business_days, "business day"), (hours, "business hour"), (value.months, "month")]
    rest = value.seconds
    for size, name in ((DAY, "day"), (3600, "h"), (60, "min")):
        count, rest = divmod(rest, size)
        parts.append((count, name))
    parts.append((rest, "s"))
    said = [f"{_number(count)} {_plural(count, name)}" for count, name in parts if count]
    return " ".join(said) or "0 s"


def _target(value: Target) -> str:
    if value.unit == "time-of-day":
        return f"by {_time(int(value.value))} {value.of}".rstrip()
    said = ""
    if value.percentile is not None:
        said += f"{_number(value.percentile)} percentile "
    if value.is_mean:
        said += "average "
    said += _OPERATORS[value.operator]
    if value.unit in CURRENCIES:
        said += value.unit + " "
    said += f"{_number(value.low)} to " if value.low is not None else ""
    said += _number(value.value)
    if value.scale is not None:
        said += f" / {_number(value.scale)}"
    elif value.unit not in ("", "count", *CURRENCIES) or (value.unit == "count" and not (value.of or value.per)):
        said += " " + _SPOKEN.get(value.unit, _plural(value.value, value.unit.replace("business-", "business ")))
    for word, more in (("within", value.within and format(value.within)), ("", value.of)):
        said += f" {word} {more}".replace("  ", " ") if more else ""
    if value.per is not None:
        said += " per " + _period(value.per)
    return said + {"business": " during business hours", "always": " (24/7)", "": ""}[value.clock]


def _period(length: Duration) -> str:
    """``month``, ``30 day``."""
    if length in _PERIODS:
        return _PERIODS[length]
    for name in ("year", "month", "week", "day", "hour", "minute", "second"):
        kind, factor = BASES[name]
        amount = (length.months if kind == "month" else length.seconds) / factor
        if amount and amount == amount.to_integral_value():
            return f"{amount:f} {name}"
    return format(length)


def _window(value: Window) -> str:
    if value.type == "billing":
        return "billing cycle"
    if value.type == "contract":
        return f"contract {_period(value.length)}"
    length = _period(value.length)
    if value.type == "calendar":
        return f"calendar {length}" if value.length in _PERIODS else f"calendar {format(value.length)}"
    return f"{value.type} {format(value.length)}".strip()


def _hours(value: Hours) -> str:
    if value.periods == (Period(tuple(range(7)), 0, 1440),):
        said = "24x7"
    else:
        said = ", ".join(f"{_days(p.days)} {_time(p.start)}-{_end(p.end)}" for p in value.periods)
    return said + (f" {value.zone}" if value.zone else "") + ("" if value.holidays else " except public holidays")


def _frequency(value: Frequency) -> str:
    name = _PERIODS.get(value.period)
    if value.times != 1:
        return f"{value.times} times a {name}"
    return f"every {name}" if name and name != "second" else _every(value.period)


def _every(length: Duration) -> str:
    if length.business_days:
        return f"every {length.business_days:f} business days"
    said, seconds = f"P{length.months:f}M" if length.months else "P", length.seconds
    days, seconds = divmod(seconds, DAY)
    said += f"{days:f}D" if days else ""
    return said + (f"T{seconds:f}S" if seconds else "")


def _maintenance(value: Maintenance) -> str:
    count = next((word for word, n in ORDINALS.items() if n == value.ordinal), "every")
    turn = " of each quarter" if value.months == 3 else ""
    hours = f"{_time(value.start)}-{_end(value.end)}"
    return f"{count} {DAYS[value.day].capitalize()}{turn} {hours} {value.zone}".rstrip()


def _tier(value: Tier) -> str:
    if value.below is None:
        band = f"at least {_number(value.at_least)} %"
    elif value.at_least is None:
        band = f"below {_number(value.below)} %"
    else:
        band = f"{_number(value.at_least)} % to {_number(value.below)} %"
    credit = f"{_number(value.credit)} %" if value.unit == "percent" else f"{value.unit} {_number(value.credit)}"
    return f"{band}: {credit} {value.basis}".rstrip()


def _number(value: Decimal | None) -> str:
    return f"{trimmed(value):f}" if value is not None else ""


def _plural(count: Decimal, name: str) -> str:
    spelled = name.rpartition(" ")[2].rpartition("-")[2]
    return name + "s" if count != 1 and spelled in TIME_UNITS and spelled not in ("ms", "us") else name


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _end(minute: int) -> str:
    return _time(minute if minute <= 1440 else minute - 1440)


def _days(days: tuple[int, ...]) -> str:
    """``Mon-Fri``, ``Mon, Wed``."""
    if len(days) > 2 and all(b - a == 1 for a, b in pairwise(days)):
        return f"{_day(days[0])}-{_day(days[-1])}"
    return ", ".join(map(_day, days))


def _day(day: int) -> str:
    return DAYS[day][:3].capitalize()


def _date(day: date) -> str:
    return day.isoformat()


_WRITERS: dict[str, Callable[[Any], str]] = {
    "Duration": _duration,
    "Target": _target,
    "Window": _window,
    "Hours": _hours,
    "Frequency": _frequency,
    "Maintenance": _maintenance,
    "Tier": _tier,
    "date": _date,
}
