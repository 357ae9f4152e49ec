"""Hours of service and slots of maintenance: days, times of the day, zones."""

from __future__ import annotations

import re
from functools import lru_cache

from slalint.patterns import lazy
from slalint.quantities.reading import ALWAYS, Reader
from slalint.quantities.values import Hours, Maintenance, Period

_CLOCK_TIME = lazy(r"(?P<h>\d{1,2})(?:[:.h](?P<m>[0-5]\d))?(?::[0-5]\d)?\s*(?P<half>[ap]\.?\s?m\.?(?![a-z]))?", re.I)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_WORD = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?|sat(?:urdays?)?|"
    r"sun(?:days?)?|mo|tu|we|th|fr|sa|su)"
)
_DAY = lazy(rf"(?:(?:on\s+)?(?:every|each)\s+|on\s+)?(?P<day>{DAY_WORD})\.?(?![a-z])", re.I)
_DAY_SET = lazy(
    r"(?P<week>(?:on\s+)?(?:(?:all|every|each)\s+)?(?:weekdays?|(?:business|working|work)[\s-]?days?))(?![a-z])"
    r"|(?P<end>(?:on\s+)?(?:(?:all|every|each)\s+)?weekends?)(?![a-z])|(?P<all>daily|(?:on\s+)?(?:every\s?day|each day|"
    r"all days)|(?:7|seven) days (?:a|per|each|every) week)(?: of the (?:week|month|year))?(?![a-z])",
    re.I,
)
_ALL_DAY = lazy(
    r"(?:(?P<bare>(?:24|twenty[- ]four)(?:\s*\(24\))?\s*(?:hours?|hrs?|h))"
    r"(?P<daily>\s*(?:(?:a|per|each|every)\s+|/\s*)day)?|all day(?: long)?|(?:a)?round[- ]the[- ]clock)(?![a-z])",
    re.I,
)
_ALL_YEAR = lazy(r"[,(]?\s*(?:and\s+)?(?:365 days (?:a|per|each|every) year|all year round)\)?", re.I)
_DASH = lazy(r"(?:-|–|—|−|to\b|through\b|thru\b|until\b|till\b|bis\b)\s*", re.I)
_LIST = lazy(r"(?:,|;|&|\+|/(?=\s*[a-z])|and\b|as well as\b)\s*", re.I)
_FROM = lazy(r"(?:from|between|at|,|:|\()\s*", re.I)
_SPAN_DASH = lazy(r"(?:-|–|—|−|to\b|until\b|till\b|and\b|bis\b)\s*", re.I)
_MIDNIGHT = lazy(r"(?P<midnight>midnight)|(?P<noon>noon|midday)", re.I)
_HOLIDAYS = lazy(
    r",?\s*\(?(?:except|excluding|excl\.?|other than|not on|without|but not)\s*"
    r"(?:on\s+)?(?:for\s+)?(?:[^\W\d_]+\s+){0,3}?holidays\)?",
    re.I,
)
_HOLIDAYS_TOO = lazy(r",?\s*\(?(?:including|incl\.?)\s*(?:[^\W\d_]+\s+){0,3}?holidays\)?", re.I)
# Zones by shape: no zone database is read here. Names without a slash are those that people write for zones.
_ZONE = lazy(
    r"\(?(?P<zone>(?:UTC|GMT|Z)\s?[+−-]\s?\d{1,2}(?::?\d\d)?|[+−-]\d\d:\d\d|"
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Etc|Indian|Mexico|Pacific|US)"
    r"/[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)?|"
    r"(?:UTC|GMT|BST|IST|WEST|WET|CEST|CET|MESZ|MEZ|EEST|EET|MSK|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|AKST|HST|"
    r"JST|KST|SGT|HKT|AEST|AEDT|ACST|AWST|NZST|NZDT|SAST|Z)(?![\w/])|"
    r"(?:Eastern|Central|Mountain|Pacific|Central European|Eastern European|Western European|British|Greenwich Mean)\s+"
    r"(?:Standard |Daylight |Summer )?Time(?:\s+Zone)?)\)?"
)
_LOCAL = lazy(r"\(?(?:local time|local)\)?", re.I)
_HOUR_WORD = lazy(r"(?:hours|hrs|h|o['’]clock|uhr)(?![a-z])", re.I)
_IANA = lazy(r"(?:[A-Z][A-Za-z]+/[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)?|UTC|GMT)")


def is_zone(text: str) -> bool:
    """Whether a text has the shape of an IANA zone (``Europe/Lisbon``, ``UTC``)."""
    return _IANA.fullmatch(text.strip()) is not None


def _day_index(word: str) -> int:
    start = word.lower()[:2]
    return next(i for i, day in enumerate(DAYS) if day.startswith(start))


def take_clock_time(reader: Reader) -> int:
    """A time of day in minutes after midnight: ``07:00``, ``7 am``, ``24:00``, ``noon``."""
    word = reader.take(_MIDNIGHT)
    if word:
        return 0 if word["midnight"] else 720
    found = reader.take(_CLOCK_TIME)
    if found is None:
        raise reader.error(f"“{reader.rest or reader.text.strip()}” is not a time such as “07:00”")
    hours, minutes = int(found["h"]), int(found["m"] or 0)
    written = found.group().strip()
    if found["half"]:
        if not 1 <= hours <= 12:
            raise reader.error(f"“{written}” is no time of the day", found.start(), found.start() + len(written))
        hours = hours % 12 + (12 if found["half"][0] in "pP" else 0)
    if hours * 60 + minutes > 1440:
        raise reader.error(f"“{written}” is no time of the day", found.start(), found.start() + len(written))
    reader.take(_HOUR_WORD)
    return hours * 60 + minutes


def _days(reader: Reader) -> tuple[int, ...]:
    """Days at the cursor: ``Mon-Fri``, ``Sat and Sun``, ``weekdays``, ``daily``; empty where none are written."""
    named = reader.take(_DAY_SET)
    if named:
        return tuple(range(5)) if named["week"] else (5, 6) if named["end"] else tuple(range(7))
    found: list[int] = []
    while True:
        mark = reader.pos
        if found:
            reader.take(_LIST)
        first = reader.take(_DAY)
        if first is None:
            reader.pos = mark
            return tuple(dict.fromkeys(found))
        start = _day_index(first["day"])
        mark = reader.pos
        last = reader.take(_DAY) if reader.take(_DASH) else None
        if last is None:
            reader.pos = mark
            found.append(start)
        else:
            end = _day_index(last["day"])
            found.extend((start + i) % 7 for i in range((end - start) % 7 + 1))


def _range(reader: Reader) -> tuple[int, int]:
    """``07:00-19:00``; an end at or before the start lies on the next day. Bare ``9-5`` is not guessed."""
    mark = reader.pos
    start = take_clock_time(reader)
    first = reader.text[mark : reader.pos].strip()
    if not reader.take(_SPAN_DASH):
        raise reader.error("the end of the hours is missing; write for example “07:00-19:00”", mark)
    middle = reader.pos
    end = take_clock_time(reader)
    if start == 1440:
        raise reader.error("hours cannot start at 24:00", mark, mark + len(first))
    if first.isdigit():
        last = reader.text[middle : reader.pos].strip()
        if end <= start and last.isdigit():
            raise reader.error(
                f"“{first}” to “{last}” can be read two ways; write “am” and “pm”, or 24 hours", mark, reader.pos
            )
        if last.lower().rstrip(".").endswith(("pm", "p.m", "p m")) and start + 720 < end:
            start += 720  # `1-5 pm`
    return start, end if end > start else end + 1440


def _looks_like_time(reader: Reader) -> bool:
    return bool(_CLOCK_TIME.match(reader.text, reader.pos) or _MIDNIGHT.match(reader.text, reader.pos))


@lru_cache(maxsize=512)
def parse_hours(text: str) -> Hours:
    """``Mon-Fri 07:00-19:00 Europe/Lisbon``, ``24x7``, ``24/7 UTC``, ``weekdays 9 am to 5 pm CET``,
    ``Mon-Thu 08:00-18:00, Fri 08:00-16:00 except public holidays``, ``22:00-06:00 daily``."""
    reader = Reader(text)
    periods: list[Period] = []
    zone, holidays = "", True
    while not reader.done:
        mark = reader.pos
        if not _ALL_DAY.match(reader.text, reader.pos) and reader.take(ALWAYS):
            periods.append(Period(tuple(range(7)), 0, 1440))
        elif periods and reader.take(_ALL_YEAR):
            pass
        elif reader.take(_HOLIDAYS):
            holidays = False
        elif reader.take(_HOLIDAYS_TOO) or reader.take(_LOCAL):
            pass
        elif found := reader.take(_ZONE):
            zone = found["zone"]
        elif periods and reader.take(_LIST):
            pass
        else:
            _read_period(reader, periods)
        if reader.pos == mark:
            raise reader.error(f"“{reader.rest}” cannot be read as hours such as “Mon-Fri 07:00-19:00 Europe/Lisbon”")
    if not periods:
        raise reader.error("no hours are written here, such as “Mon-Fri 07:00-19:00”")
    return Hours(tuple(periods), zone, holidays)


def _read_period(reader: Reader, periods: list[Period]) -> None:
    days = _days(reader)
    if days:
        reader.take(_FROM)
    if _read_all_day(reader, periods, days):
        return
    if not _looks_like_time(reader):
        if days and (reader.done or _LIST.match(reader.text, reader.pos)):
            raise reader.error("the hours of these days are missing; write for example “Mon-Fri 07:00-19:00”")
        return
    start, end = _range(reader)
    if not days:
        mark = reader.pos
        reader.take(_FROM)
        reader.take(_LIST) if periods else None
        days = _days(reader)
        if not days:
            reader.pos = mark
    if not days:
        # A second stretch of the same days, `Mon-Fri 08:00-12:00, 13:00-17:00`; alone, hours hold on every day.
        days = periods[-1].days if periods else tuple(range(7))
    periods.append(Period(days, start, end))


def _read_all_day(reader: Reader, periods: list[Period], days: tuple[int, ...]) -> bool:
    """``24 hours a day, every day``. Alone, ``24 hours`` is a length of time."""
    mark = reader.pos
    found = reader.take(_ALL_DAY)
    if found and not days:
        reader.take(_FROM)
        days = _days(reader)
        if not days and not (found["bare"] and not found["daily"]):
            days = tuple(range(7))
    if not found or not days:
        reader.pos = mark
        return False
    periods.append(Period(days, 0, 1440))
    return True


def names_days(text: str) -> bool:
    """Whether a text names days and nothing else: ``Mon-Fri``, ``weekdays``."""
    reader = Reader(text)
    return bool(_days(reader)) and reader.done


ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
}
_SLOT = lazy(
    rf"(?:on\s+)?(?:the\s+)?(?:(?P<ordinal>{'|'.join(ORDINALS)})\s+|(?:every|each)\s+)?(?P<day>{DAY_WORD})(?![a-z])"
    rf"(?:\s+(?:of|in)\s+(?:each|every|the|a)\s+(?P<unit>month|quarter))?\s*,?\s*(?:from|between|at)?\s*",
    re.I,
)


@lru_cache(maxsize=256)
def parse_maintenance(text: str) -> Maintenance:
    """``second Sunday 02:00-06:00``, ``every Sunday 02:00-04:00 UTC``, ``last Saturday of each quarter
    20:00-23:00``."""
    reader = Reader(text)
    slot = reader.take(_SLOT)
    if slot is None:
        raise reader.error(f"“{reader.rest}” is not a time slot such as “second Sunday 02:00-06:00”")
    if reader.done:
        raise reader.error("the hours are missing; write for example “second Sunday 02:00-06:00”")
    start, end = _range(reader)
    zone = reader.take(_ZONE)
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after the hours")
    months = 3 if (slot["unit"] or "").lower() == "quarter" else 1
    ordinal = ORDINALS[slot["ordinal"].lower()] if slot["ordinal"] else 0
    return Maintenance(ordinal, _day_index(slot["day"]), start, end, zone["zone"] if zone else "", months)
