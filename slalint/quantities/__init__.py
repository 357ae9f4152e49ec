"""Exact quantities as people write them: targets, durations, windows, hours, frequencies, dates, credit tiers.

Numbers are ``Decimal`` made from the written text, never a binary float. Time is kept in kinds that do not convert
into one another without a calendar: clock time in seconds (a day is 24 h), calendar months (a year is 12), business
time in seconds, and business days.

``parse_x(text)`` returns a value or raises ``QuantityError`` with plain words and the exact place inside the text;
``read_x(node)`` takes the string or the object form of the data format and returns ``None`` where it cannot be read.
"""

from slalint.quantities.dates import MONTHS, parse_date
from slalint.quantities.durations import parse_duration
from slalint.quantities.hours import DAYS, is_zone, names_days, parse_hours, parse_maintenance
from slalint.quantities.nodes import (
    hours_of,
    read_date,
    read_duration,
    read_frequency,
    read_hours,
    read_percent,
    read_target,
    read_tier,
    read_window,
)
from slalint.quantities.periods import parse_frequency, parse_window
from slalint.quantities.targets import parse_percent, parse_target
from slalint.quantities.tiers import parse_tier
from slalint.quantities.values import (
    CURRENCIES,
    TIME_UNITS,
    Duration,
    Frequency,
    Hours,
    Maintenance,
    Operator,
    Period,
    QuantityError,
    Target,
    Tier,
    Window,
    unit,
)

__all__ = [
    "CURRENCIES",
    "DAYS",
    "MONTHS",
    "TIME_UNITS",
    "Duration",
    "Frequency",
    "Hours",
    "Maintenance",
    "Operator",
    "Period",
    "QuantityError",
    "Target",
    "Tier",
    "Window",
    "hours_of",
    "is_zone",
    "names_days",
    "parse_date",
    "parse_duration",
    "parse_frequency",
    "parse_hours",
    "parse_maintenance",
    "parse_percent",
    "parse_target",
    "parse_tier",
    "parse_window",
    "read_date",
    "read_duration",
    "read_frequency",
    "read_hours",
    "read_percent",
    "read_target",
    "read_tier",
    "read_window",
    "unit",
]
