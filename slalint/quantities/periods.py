"""Windows and frequencies: over which time, and how often."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from slalint.patterns import lazy
from slalint.quantities.durations import sum_parts, take_iso, take_parts
from slalint.quantities.hours import DAY_WORD
from slalint.quantities.reading import WORD, Reader, words_value
from slalint.quantities.values import DAY, UNITS, Duration, Frequency, Window, duration_of

_PER = lazy(
    r"(?:per|a|an|each|every|in a|in each|in any|over a|over each|/)\s*(?:given\s+|single\s+)?"
    r"(?:(?P<count>\d+)\s*)?(?P<calendar>calendar\s+|billing\s+|contract\s+)?"
    r"(?P<unit>second|sec|s|minute|min|hour|h|day|week|month|mo|quarter|year|annum|yr|"
    r"business day|working day)(?![a-z])",
    re.I,
)
_ADVERBS = {
    "hourly": Duration(seconds=Decimal(3600)),
    "daily": Duration(seconds=Decimal(DAY)),
    "weekly": Duration(seconds=Decimal(7 * DAY)),
    "fortnightly": Duration(seconds=Decimal(14 * DAY)),
    "monthly": Duration(months=Decimal(1)),
    "quarterly": Duration(months=Decimal(3)),
    "half-yearly": Duration(months=Decimal(6)),
    "semi-annually": Duration(months=Decimal(6)),
    "semiannually": Duration(months=Decimal(6)),
    "biannually": Duration(months=Decimal(6)),
    "semi-annual": Duration(months=Decimal(6)),
    "yearly": Duration(months=Decimal(12)),
    "annually": Duration(months=Decimal(12)),
    "annual": Duration(months=Decimal(12)),
}
_ADVERB = lazy(r"(?:measured |calculated |averaged )?(?P<adverb>" + "|".join(_ADVERBS) + r")(?![a-z])", re.I)


def take_period(reader: Reader) -> Duration | None:
    """``a month``, ``/h``, ``per calendar quarter``, ``monthly``."""
    adverb = reader.take(_ADVERB)
    if adverb:
        return _ADVERBS[adverb["adverb"].lower()]
    found = reader.take(_PER)
    if found is None:
        return None
    word = found["unit"].lower()
    name = {"annum": "year", "s": "second", "business day": "business-day", "working day": "business-day"}.get(word)
    return duration_of(Decimal(found["count"] or 1), name or UNITS[word])


_ROLLING = lazy(
    r"(?:rolling|trailing|moving|sliding)(?:\s+window\s+of)?(?![a-z])|(?:the\s+)?(?:last|past|previous)(?=\s+\d)", re.I
)
_CALENDAR = lazy(r"calendar(?![a-z])", re.I)
_CYCLE = lazy(
    r"(?P<billing>billing|invoice|subscription)\s+(?:cycle|period)|(?P<monthly>billing)\s+month|"
    r"(?P<contract>contract|agreement|service)\s+(?P<unit>year|quarter|month)",
    re.I,
)
_LEAD = lazy(
    r"(?:measured\s+|calculated\s+)?(?:per|each|every|a|one|over|in|any|the)(?:\s+(?:a|each|any|the))?(?![\w])", re.I
)
_SPAN_UNIT = lazy(r"(?P<unit>hour|day|week|month|quarter|year)s?(?![a-z])", re.I)
_DAYS_ADJ = lazy(r"(?P<n>\d+|" + WORD + r")[\s-](?P<unit>hour|day|week|month|quarter|year)s?(?![a-z])", re.I)
_WINDOW_NOUN = lazy(r"(?:window|period|basis)(?![a-z])", re.I)


@lru_cache(maxsize=512)
def parse_window(text: str) -> Window:
    """``calendar month``, ``monthly``, ``quarter``, ``per calendar year``, ``rolling 30 days``, ``30-day rolling``,
    ``P1M``, ``billing cycle``, ``contract year``. A month, quarter or year is the calendar's unless it rolls; days,
    weeks and other counts of months leave open which kind is meant."""
    reader = Reader(text)
    reader.take(_LEAD)
    kind: Any = ""
    cycle = reader.take(_CYCLE)
    if cycle:
        kind = "contract" if cycle["contract"] else "billing"
        length = duration_of(Decimal(1), (cycle["unit"] or "month").lower())
        assert length is not None
        return _end_window(reader, Window(kind, length))
    if reader.take(_ROLLING):
        kind = "rolling"
    elif reader.take(_CALENDAR):
        kind = "calendar"
    adverb = reader.take(_ADVERB)
    length = _ADVERBS[adverb["adverb"].lower()] if adverb else _window_length(reader)
    if reader.take(_ROLLING):
        kind = "rolling"
    reader.take(_WINDOW_NOUN)
    if not kind and length.months in (1, 3, 12):
        kind = "calendar"
    return _end_window(reader, Window(kind, length))


def _window_length(reader: Reader) -> Duration:
    iso = take_iso(reader)
    if iso is not None:
        return iso[0]
    parts = take_parts(reader)
    if parts:
        return sum_parts(parts)
    adjective = reader.take(_DAYS_ADJ)
    if adjective:
        count = Decimal(adjective["n"]) if adjective["n"].isdigit() else words_value(adjective["n"])
        found = duration_of(count, adjective["unit"].lower())
        assert found is not None
        return found
    one = reader.take(_SPAN_UNIT)
    if one:
        found = duration_of(Decimal(1), one["unit"].lower())
        assert found is not None
        return found
    raise reader.error(
        f"“{reader.rest or reader.text.strip()}” is not a window such as “calendar month” or “rolling 30 days”"
    )


def _end_window(reader: Reader, window: Window) -> Window:
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a window")
    return window


_TIMES = lazy(
    r"(?P<word>once|twice|thrice|(?:at least\s+)?(?:\d+|" + WORD + r")\s*(?:times|x))\s+"
    r"(?:per|a|an|each|every|in a|in each)\s*(?P<unit>day|week|month|quarter|year|business day|"
    r"working day|hour)(?![a-z])",
    re.I,
)
_EVERY = lazy(
    r"(?:every|each|per)\s+(?:(?P<other>other|second)\s+|(?P<n>\d+|" + WORD + r")\s+)?"
    r"(?P<unit>(?:business|working)\s+day|minute|hour|day|week|month|quarter|year)s?(?![a-z])",
    re.I,
)
_EVERY_DAY_NAME = lazy(
    rf"(?:every|each|on)?\s*(?:(?P<ordinal>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\s+(?:business\s+|working\s+)?)?"
    rf"(?P<day>{DAY_WORD}|day)s?(?:\s+(?:of\s+)?(?:each|every|the|a)\s+(?P<unit>month|quarter|year))?(?![a-z])",
    re.I,
)
_LEAST = lazy(r"(?:at least|no less than|not less than|minimum)\s+", re.I)
_AMBIGUOUS = lazy(r"bi-?(?:weekly|monthly|yearly)\b", re.I)
_DETAIL = lazy(r"(?:on|at|in|by|within|after|before|for|to|review|meetings?|reports?)\b", re.I)
_RRULE = lazy(r"FREQ=(?P<freq>HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[^;\s]*)*$")


@lru_cache(maxsize=512)
def parse_frequency(text: str) -> Frequency:
    """``monthly``, ``every two weeks``, ``P1M``, ``quarterly``, ``twice a year``, ``first Tuesday of each month``, an
    RRULE. What follows a comma (``monthly, first Tuesday``) is detail and not read."""
    reader = Reader(text)
    found = _frequency(reader)
    if not any(found.period) or not found.times:
        raise reader.error(f"“{text.strip()}” is never", 0)
    if not reader.done and reader.text[reader.pos] not in ",;(" and not reader.take(_DETAIL):
        raise reader.error(f"“{reader.rest}” cannot be read after a frequency")
    return found


def _frequency(reader: Reader) -> Frequency:
    ambiguous = reader.take(_AMBIGUOUS)
    if ambiguous:
        word = ambiguous.group()
        raise reader.error(
            f"“{word}” can mean twice in each or every second; write for example “every two weeks”",
            ambiguous.start(), ambiguous.end(),
        )  # fmt: skip
    reader.take(_LEAST)
    iso = take_iso(reader)
    if iso is not None:
        return Frequency(iso[0])
    rrule = reader.take(_RRULE)
    if rrule:
        every = re.search(r"INTERVAL=(\d+)", rrule.group())
        period = _ADVERBS[rrule["freq"].lower()]
        return Frequency(Duration(*(amount * int(every[1] if every else 1) for amount in period)))
    adverb = reader.take(_ADVERB)
    if adverb:
        return Frequency(_ADVERBS[adverb["adverb"].lower()])
    times = reader.take(_TIMES)
    if times:
        word = re.sub(r"^at least\s+", "", times["word"].lower())
        count = {"once": 1, "twice": 2, "thrice": 3}.get(word) or int(_count(re.split(r"\s|x$", word)[0]))
        return Frequency(_named_period(times["unit"]), count)
    every_ = reader.take(_EVERY)
    if every_:
        count = 2 if every_["other"] else int(_count(every_["n"])) if every_["n"] else 1
        period = _named_period(every_["unit"])
        return Frequency(Duration(*(amount * count for amount in period)))
    named = reader.take(_EVERY_DAY_NAME)
    if named:
        if named["unit"]:
            return Frequency(_named_period(named["unit"]))
        if not named["ordinal"] and named["day"].lower() != "day":
            return Frequency(_named_period("week"))
        reader.pos = named.start()
    raise reader.error(
        f"“{reader.rest or reader.text.strip()}” does not say how often, as “monthly” or “every two weeks” do"
    )


def _count(word: str) -> Decimal:
    return Decimal(word) if word.isdigit() else words_value(word)


def _named_period(word: str) -> Duration:
    name = " ".join(word.lower().split())
    found = duration_of(Decimal(1), "business-day" if " " in name else name)
    assert found is not None
    return found
