"""Exact quantities as people write them: targets, durations, windows, hours, frequencies, dates, credit tiers.

Numbers are ``Decimal`` made from the written text, never a binary float. Time is kept in kinds that do not convert
into one another without a calendar: clock time in seconds (a day is 24 h), calendar months (a year is 12), business
time in seconds, and business days.

What rules compute with (all exact, nothing needs a calendar; ``slalint.calendars`` has what does):

* ``allowed_downtime(target, minutes)``, ``downtime_working``, ``availability_left``, ``agrees(stated, exact, place)``
* ``serial(targets)``, ``redundant(targets)``, ``compound(groups)``: availability of dependencies
* ``gaps(rows)``, ``overlaps(rows)``, ``not_rising(rows, amounts)``, ``rows_for(rows, figure)``: whether the bands of
  credit tiers fit together, each row a ``Bounds``
* ``compare(duration, duration, day)``: -1, 0, 1, or None where it cannot be told; ``business_day(hours)`` and
  ``business_seconds(duration, day)``: business days in hours; ``week_minutes(hours)``; ``convert(value, unit, to)``
* ``parse_date(text)``: a ``datetime.date``, which can be compared
* ``evaluate(formula, values)``, ``parse_formula(formula)``, ``tokens(formula)``: sums of metrics by name
* ``number``, ``percent``, ``minutes_text``: figures for a message

``parse_x(text)`` returns a value or raises ``QuantityError`` with plain words and the exact place inside the text;
``format(value)`` writes it so that reading gives the same;
``read_x(node)`` takes the string or the object form of the data format and returns ``None`` where it cannot be read.
"""

from slalint.quantities.arithmetic import (
    Length,
    agrees,
    allowed_downtime,
    availability_left,
    compound,
    compound_working,
    downtime_working,
    hours_text,
    minutes_text,
    number,
    percent,
    redundant,
    rounded,
    serial,
)
from slalint.quantities.bands import Bounds, Stretch, bands, gaps, not_rising, overlaps, rows_for
from slalint.quantities.conversions import business_day, business_seconds, compare, convert, day_spans, week_minutes
from slalint.quantities.dates import MONTHS, day_in_words, days_in_words, parse_date, shifted
from slalint.quantities.durations import parse_duration
from slalint.quantities.expressions import Token, evaluate, parse_formula, tokens
from slalint.quantities.formats import format
from slalint.quantities.hours import DAYS, is_zone, names_days, parse_hours, parse_maintenance
from slalint.quantities.nodes import (
    date_of,
    hours_of,
    minute_of_day,
    read_date,
    read_duration,
    read_frequency,
    read_hours,
    read_maintenance,
    read_percent,
    read_target,
    read_tier,
    read_window,
    target_of,
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
    "Bounds",
    "Duration",
    "Frequency",
    "Hours",
    "Length",
    "Maintenance",
    "Operator",
    "Period",
    "QuantityError",
    "Stretch",
    "Target",
    "Tier",
    "Token",
    "Window",
    "agrees",
    "allowed_downtime",
    "availability_left",
    "bands",
    "business_day",
    "business_seconds",
    "compare",
    "compound",
    "compound_working",
    "convert",
    "date_of",
    "day_in_words",
    "day_spans",
    "days_in_words",
    "downtime_working",
    "evaluate",
    "format",
    "gaps",
    "hours_of",
    "hours_text",
    "is_zone",
    "minute_of_day",
    "minutes_text",
    "names_days",
    "not_rising",
    "number",
    "overlaps",
    "parse_date",
    "parse_duration",
    "parse_formula",
    "parse_frequency",
    "parse_hours",
    "parse_maintenance",
    "parse_percent",
    "parse_target",
    "parse_tier",
    "parse_window",
    "percent",
    "read_date",
    "read_duration",
    "read_frequency",
    "read_hours",
    "read_maintenance",
    "read_percent",
    "read_target",
    "read_tier",
    "read_window",
    "redundant",
    "rounded",
    "rows_for",
    "serial",
    "shifted",
    "target_of",
    "tokens",
    "unit",
    "week_minutes",
]
