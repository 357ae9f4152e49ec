"""Days of the calendar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from slalint.patterns import lazy
from slalint.quantities.reading import Reader
from slalint.quantities.values import DAY, Duration

if TYPE_CHECKING:
    from datetime import date


_MONTHS = "january february march april may june july august september october november december"
MONTHS = tuple(_MONTHS.split())
_MONTH_WORD = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO_DATE = lazy(
    r"(?P<y>\d{4})(?P<sep>[-/])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_DAY_FIRST = lazy(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH_WORD},?[\s-]+(?P<y>\d{{4}})", re.I)
_MONTH_FIRST = lazy(rf"{_MONTH_WORD}[\s-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(?P<y>\d{{4}})", re.I)
_NUMERIC = lazy(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})")


@lru_cache(maxsize=512)
def parse_date(text: str) -> date:
    """``2026-01-01`` (a time behind it is not read), ``1 January 2026``, ``January 1, 2026``, ``1st Jan 2026``,
    ``31-Dec-2026``, ``2026/12/31``, ``31/12/2026`` and ``12/31/2026`` (only one of the two is a day), ``01.02.2026``
    (day first). ``01/02/2026`` can be read two ways and is refused."""
    from datetime import date

    reader = Reader(text)
    written = text.strip()
    start = reader.pos
    found = _ISO_DATE.fullmatch(written)
    if found:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    elif found := _DAY_FIRST.fullmatch(written) or _MONTH_FIRST.fullmatch(written):
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(found["month"].lower()[:3]))
        year, day = int(found["y"]), int(found["d"])
    elif found := _NUMERIC.fullmatch(written):
        day, month, year = int(found["a"]), int(found["b"]), int(found["y"])
        if found["sep"] != ".":
            if day <= 12 and month <= 12 and day != month:
                raise reader.error(
                    f"“{written}” can be read as {day} {MONTHS[month - 1].capitalize()} or "
                    f"{month} {MONTHS[day - 1].capitalize()}; write “{year:04}-{month:02}-{day:02}” or "
                    f"“{year:04}-{day:02}-{month:02}”"
                )
            if month > 12:
                day, month = month, day
    else:
        raise reader.error(f"“{written}” is not a date such as “2026-01-31” or “31 January 2026”")
    try:
        return date(year, month, day)
    except ValueError:
        raise reader.error(f"“{written}” is not a day of the calendar", start) from None


def day_in_words(day: date) -> str:
    """``1 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def shifted(day: date, length: Duration, sign: int = 1) -> date | None:
    """The day so long after another, or before it with ``sign`` -1: first the months (a 31st becomes the last day of a
    shorter month), then the days. None for business time, which needs a calendar, and beyond the years that exist."""
    from calendar import monthrange
    from datetime import timedelta

    if length.is_business:
        return None
    years, month = divmod(day.year * 12 + day.month - 1 + sign * int(length.months), 12)
    try:
        moved = day.replace(year=years, month=month + 1, day=min(day.day, monthrange(years, month + 1)[1]))
        return moved + sign * timedelta(days=int(length.seconds // DAY))
    except (ValueError, OverflowError):
        return None


def days_in_words(days: int) -> str:
    """Days, with the weeks that they make up: ``1 day``, ``70 days (10 weeks)``, ``73 days (10 weeks and 3 days)``."""
    weeks, rest = divmod(days, 7)
    told = f"{days:,} day" if days == 1 else f"{days:,} days"
    if not 2 <= weeks <= 26:
        return told
    return f"{told} ({weeks} weeks" + (f" and {rest} day{'s' if rest > 1 else ''})" if rest else ")")
