"""Exact quantities as people write them: targets, durations, windows, hours, frequencies, dates, credit tiers.

Numbers are ``Decimal`` made from the written text, never a binary float. Time is kept in kinds that do not convert
into one another without a calendar: clock time in seconds (a day is 24 h), calendar months (a year is 12), business
time in seconds, and business days.

``parse_x(text)`` returns a value or raises ``QuantityError`` with plain words and the exact place inside the text;
``read_x(node)`` takes the string or the object form of the data format and returns ``None`` where it cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from slalint.model import Node

T = TypeVar("T")
Operator = Literal["gte", "gt", "lte", "lt", "eq", ""]

ZERO = Decimal(0)
DAY = 86400
WEEK_MINUTES = 7 * 1440


class QuantityError(ValueError):
    """A text that is not the quantity it should be: why, and the part ``[start, end)`` that cannot be read."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


# ---------------------------------------------------------------------------------------------------- values


class Duration(NamedTuple):
    """A length of time in the four kinds that cannot be added up without a calendar."""

    seconds: Decimal = ZERO  # clock time; a day is 86,400, a week 604,800
    months: Decimal = ZERO  # calendar months; a quarter is 3, a year 12
    business_seconds: Decimal = ZERO  # time that counts only while a clock of business hours runs
    business_days: Decimal = ZERO

    @property
    def is_business(self) -> bool:
        return bool(self.business_seconds or self.business_days)


class Target(NamedTuple):
    """What is promised: ``at least 99.5 %``, ``p95 < 200 ms``, ``1 to 3 business days``, ``400 leads a month``.

    ``unit`` is canonical (``percent``, ``ms``, ``hour``, ``business-day``, ``count``, ``score``, a currency …) or
    empty where none is written. Of a range ``value`` is the upper end and ``low`` the lower one.
    """

    operator: Operator
    value: Decimal
    unit: str
    percentile: Decimal | None = None
    per: Duration | None = None  # 400 *a month*
    low: Decimal | None = None
    within: Duration | None = None  # 95 % *within 4 h*
    of: str = ""  # what is counted: "leads", "requests"
    scale: Decimal | None = None  # 4.2 *out of 5*
    clock: Literal["business", "always", ""] = ""  # "during business hours", "(24/7)"
    is_mean: bool = False
    text: str = ""

    @property
    def base(self) -> tuple[str, Decimal]:
        """Kind of the unit and the value in its base unit: ``("second", 14400)``, ``("percent", 99.5)``."""
        kind, factor = _BASES.get(self.unit, (self.unit, Decimal(1)))
        return kind, self.value * factor

    @property
    def duration(self) -> Duration | None:
        """The value as time, if it is one."""
        return _duration_of(self.value, self.unit)


class Window(NamedTuple):
    """The time over which a target is judged. ``type`` is empty where the text leaves it open (``30 days``)."""

    type: Literal["calendar", "rolling", "billing", "contract", ""]
    length: Duration


class Period(NamedTuple):
    """Hours on some days: 0 is Monday; minutes after midnight. ``end`` may exceed 1440 where they cross midnight."""

    days: tuple[int, ...]
    start: int
    end: int


class Hours(NamedTuple):
    """When a service is attended. ``zone`` is as written, empty where none is; ``holidays`` is false where public
    holidays are excepted."""

    periods: tuple[Period, ...]
    zone: str = ""
    holidays: bool = True

    @property
    def always(self) -> bool:
        """Round the clock on every day."""
        return sum(len(p.days) * (p.end - p.start) for p in self.periods) >= WEEK_MINUTES


class Frequency(NamedTuple):
    """How often: ``times`` in each ``period`` (twice a year, every two weeks)."""

    period: Duration
    times: int = 1


class Maintenance(NamedTuple):
    """A repeated time slot. ``ordinal`` 1 to 5 or -1 (last) counts the weekday within ``months``; 0 is every week."""

    ordinal: int
    day: int
    start: int
    end: int
    zone: str = ""
    months: int = 1


class Tier(NamedTuple):
    """What is due between two bounds: ``at_least`` is inclusive, ``below`` exclusive; a missing one is open."""

    at_least: Decimal | None
    below: Decimal | None
    credit: Decimal
    unit: str  # percent or a currency
    basis: str = ""  # "of the monthly fee"


# ------------------------------------------------------------------------------------------------------ units

# unit -> (kind, factor to the kind's base unit)
_BASES: dict[str, tuple[str, Decimal]] = {
    "us": ("second", Decimal("0.000001")),
    "ms": ("second", Decimal("0.001")),
    "second": ("second", Decimal(1)),
    "minute": ("second", Decimal(60)),
    "hour": ("second", Decimal(3600)),
    "day": ("second", Decimal(DAY)),
    "week": ("second", Decimal(7 * DAY)),
    "month": ("month", Decimal(1)),
    "quarter": ("month", Decimal(3)),
    "year": ("month", Decimal(12)),
    "business-minute": ("business-second", Decimal(60)),
    "business-hour": ("business-second", Decimal(3600)),
    "business-day": ("business-day", Decimal(1)),
}
TIME_UNITS = tuple(_BASES)

_TIME_WORDS = {
    "us": "us µs microsecond microseconds",
    "ms": "ms msec msecs millisecond milliseconds",
    "second": "s sec secs second seconds",
    "minute": "min mins minute minutes",
    "hour": "h hr hrs hour hours",
    "day": "d day days",
    "week": "w wk wks week weeks",
    "month": "mo mos month months",
    "quarter": "quarter quarters",
    "year": "y yr yrs year years",
    "business-minute": "business-minute business-minutes",
    "business-hour": "business-hour business-hours bh",
    "business-day": "business-day business-days bd weekday weekdays workday workdays",
}
_OTHER_WORDS = {
    "percent": "% percent per-cent pct",
    "score": "score points point stars",
    "count": "count times",
    "request/second": "rps req/s reqs/s requests/s request/s",
    "transaction/second": "tps",
    "query/second": "qps",
    "B": "b byte bytes",
    "kB": "kb",
    "MB": "mb",
    "GB": "gb",
    "TB": "tb",
    "bit/s": "bit/s bps",
    "kbit/s": "kbit/s kbps",
    "Mbit/s": "mbit/s mbps",
    "Gbit/s": "gbit/s gbps",
    "EUR": "eur € euro euros",
    "USD": "usd $ dollar dollars",
    "GBP": "gbp £ pound pounds",
    "CHF": "chf",
    "JPY": "jpy ¥",
}
_UNITS = {
    word: unit for table in (_TIME_WORDS, _OTHER_WORDS) for unit, words in table.items() for word in words.split()
}
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY")

# Whose hours count in business time, as agreements call them.
_BUSINESS = r"(?:business|working|work|office|service|support|operating|operational|banking|selling|bus\.?)"


def unit(text: str) -> str:
    """The canonical name of a unit (``Hrs`` → ``hour``), or the text itself where it is none we know."""
    word = " ".join(text.strip().lower().split())
    business = re.fullmatch(_BUSINESS + r"[ -]+(minutes?|mins?|hours?|hrs?|h|days?|d)", word)
    if business:
        return "business-" + _UNITS[business.group(1)]
    word = re.sub(r"^(?:calendar|clock|elapsed|consecutive) ", "", word)
    return _UNITS.get(word) or _UNITS.get(word.replace(" ", "-")) or _UNITS.get(word.rstrip(".")) or text.strip()


def _duration_of(value: Decimal, name: str) -> Duration | None:
    if name not in _BASES:
        return None
    kind, factor = _BASES[name]
    amount = value * factor
    if kind == "second":
        return Duration(seconds=amount)
    if kind == "month":
        return Duration(months=amount)
    if kind == "business-second":
        return Duration(business_seconds=amount)
    return Duration(business_days=amount)


# ----------------------------------------------------------------------------------------------------- reading


_LONGEST = 300  # keeps every pattern and every number small, whatever is handed in


class _Pattern:
    """A regular expression compiled when first used: all of them at import would cost 12 ms at every start."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def __call__(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled


class _Reader:
    """A cursor over a text. Offsets in errors are those of the whole text."""

    __slots__ = ("pos", "text")

    def __init__(self, text: str, pos: int = 0) -> None:
        self.text = text
        self.pos = pos
        if len(text) > _LONGEST:
            raise QuantityError("this is too long to be a quantity", 0, len(text))
        self.space()

    def space(self) -> None:
        while self.pos < len(self.text) and self.text[self.pos].isspace():
            self.pos += 1

    def take(self, pattern: _Pattern) -> re.Match[str] | None:
        """The match here, consumed with the space behind it."""
        found = pattern().match(self.text, self.pos)
        if found:
            self.pos = found.end()
            self.space()
        return found

    @property
    def done(self) -> bool:
        return self.pos >= len(self.text)

    @property
    def rest(self) -> str:
        return self.text[self.pos :].rstrip()

    def error(self, message: str, start: int | None = None, end: int | None = None) -> QuantityError:
        """The error at ``[start, end)``, by default what is left of the text (all of it where nothing is left)."""
        stop = len(self.text.rstrip())
        first = self.pos if start is None else start
        if first >= stop:
            first = len(self.text) - len(self.text.lstrip())
        return QuantityError(message, first, max(first, stop if end is None else end))


_I = re.IGNORECASE

_SYMBOLS: dict[str, Operator] = {
    "≥": "gte", ">=": "gte", "=>": "gte", "⩾": "gte",
    "≤": "lte", "<=": "lte", "=<": "lte", "⩽": "lte",
    ">": "gt", "<": "lt", "=": "eq", "==": "eq",
}  # fmt: skip
_OPERATOR_WORDS: dict[Operator, str] = {
    "gte": "at least|at minimum|at a minimum|at the least|(?:not|no|never) (?:less|lower|fewer|under|below)(?: than)?|"
    "not be (?:less|lower|fewer) than|(?:a )?minimum(?: of)?|min\\.?|"
    "greater than or equal to|more than or equal to|equal to or (?:greater|more|higher) than|from",
    "lte": "at most|at maximum|at the latest|"
    "(?:not|no|never) (?:more|greater|higher|later|longer|above|over)(?: than)?|not be (?:more|longer|later) than|"
    "(?:not|never) (?:to )?exceed(?:ing)?|(?:a )?maximum(?: of)?|max\\.?|up to|within(?: the next)?|"
    "in(?: at most| up to| no more than)?|less than or equal to|equal to or (?:less|fewer|lower) than|after at most",
    "gt": "more than|greater than|higher than|longer than|better than|above|over|exceeding|exceeds",
    "lt": "less than|fewer than|lower than|faster than|shorter than|below|under|in (?:less than|under)|"
    "within less than",
    "eq": "exactly|equal to|equals|precisely",
}
_OPERATORS = _Pattern(
    r"(?P<symbol>≥|⩾|>=|=>|≤|⩽|<=|=<|>|<|==|=)|(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in sorted(_OPERATOR_WORDS.items(), key=lambda kv: -len(kv[1])))
    + r")(?=[\s\d.,$€£¥])",
    _I,
)
_SUFFIX = _Pattern(
    r",?\s*(?:(?P<gte>(?:or|and) (?:more|better|higher|above|greater|over)|\+|as a minimum|minimum|min\.?(?![a-z]))"
    r"|(?P<lte>(?:or|and) (?:less|fewer|lower|below|under|faster|sooner)|as a maximum|maximum|max\.?(?![a-z])|"
    r"at most|at the latest|or earlier))(?![a-z])",
    _I,
)

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: n for n, word in enumerate((_ONES + " eighteen nineteen").split())}
_NUMBER_WORDS |= {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
_NUMBER_WORDS["hundred"] = 100
_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))

_DIGITS = (
    r"[-−]?(?:\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?(?!\d)|"
    r"\d+(?:[.,]\d+)?|\.\d+)"
)
_NUMBER = _Pattern(
    rf"(?P<digits>{_DIGITS})(?:\s?(?P<times>k(?![a-z])|thousand\b|million\b))?"
    rf"|(?P<half>half an?)\b|(?P<one>an?)(?=\s+(?:{_BUSINESS}\s+)?(?:second|minute|hour|day|week|month|quarter|year)\b)"
    rf"|(?P<words>(?:{_WORD})(?:(?:[ -]|\sand\s)(?:{_WORD}))*)\b(?:\s*\((?P<paren>\d+(?:[.,]\d+)?)\s*(?P<sign>%)?\))?",
    _I,
)
_PERCENT = _Pattern(r"%|percent\b|per\s?cent\b|pct\b", _I)
_TIME = _Pattern(
    rf"(?:(?P<business>{_BUSINESS})[\s-]+)?(?:(?:calendar|clock|elapsed|consecutive|full)[\s-]+)?"
    r"(?P<unit>µs|us|microseconds?|ms|msecs?|milliseconds?|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|"
    r"weeks?|wks?|w|months?|mos?|quarters?|years?|yrs?|y|bh|bd|business-(?:minute|hour|day)s?|weekdays?|workdays?)"
    r"(?![a-z/])(?:\.(?!\w))?(?:\(s\))?(?:['’]s?(?=\s))?",
    _I,
)
_LONE_M = _Pattern(r"m(?![a-z/])", _I)
_MONEY = _Pattern(r"(?:eur|usd|gbp|chf|jpy|€|\$|£|¥)\s?(?=\d)", _I)
_OTHER_UNIT = _Pattern(
    r"(?:"
    + "|".join(re.escape(w) for w in sorted(_UNITS, key=len, reverse=True) if _UNITS[w] not in _BASES)
    + r")(?![\w/])",
    _I,
)
_TO = _Pattern(r"(?:-|–|—|−|to\b|and\b|bis\b)\s*(?=[\d.]|" + _WORD + ")", _I)
_BETWEEN = _Pattern(r"between\b", _I)
_PER = _Pattern(
    r"(?:per|a|an|each|every|in a|in each|in any|over a|over each|/)\s*(?:given\s+|single\s+)?"
    r"(?:(?P<count>\d+)\s*)?(?P<calendar>calendar\s+|billing\s+|contract\s+)?"
    r"(?P<unit>second|sec|s|minute|min|hour|h|day|week|month|mo|quarter|year|annum|yr|"
    r"business day|working day)(?![a-z])",
    _I,
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
_ADVERB = _Pattern(r"(?:measured |calculated |averaged )?(?P<adverb>" + "|".join(_ADVERBS) + r")(?![a-z])", _I)
_PERCENTILE = _Pattern(
    r"[,(]?\s*(?:at\s+|for\s+|on\s+|in\s+)?(?:the\s+)?"
    r"(?:p\s?(?P<p>\d{2}(?:\.\d+)?|999|9999)(?![\w%])|(?P<n>\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?[\s-]percentile|(?P<median>median))"
    r"\s*\)?",
    _I,
)
_MEAN = _Pattern(r"[,(]?\s*(?:on |an |the )?(?P<mean>average|mean|avg\.?)(?:\s+of)?\s*\)?(?![a-z])", _I)
_SCALE = _Pattern(r"(?:out of|/)\s*(?P<scale>\d+(?:[.,]\d+)?)(?:\s*(?:points|stars))?(?![\w%])", _I)
_ALWAYS = _Pattern(
    r"[,(]?\s*(?:24\s?[x/×]\s?7(?:\s?[x/×]\s?365)?|365\s?[x×]\s?24|around the clock|round the clock)\s*\)?", _I
)
_IN_BUSINESS = _Pattern(
    rf"[,(]?\s*(?:(?:during|in|within)\s+)?(?:the\s+|our\s+)?{_BUSINESS}\s+(?:hours|time)(?:\s+only)?\s*\)?", _I
)
_WITHIN = _Pattern(
    r",?\s*(?:(?:are |is |be )?(?:answered |resolved |restored |completed |handled |closed )?)"
    r"(?:within|in less than|in under|in at most|in no more than|in|under|faster than|<=|<|≤)\s+(?=[\da-z])",
    _I,
)
_CLOCK_TIME = _Pattern(r"(?P<h>\d{1,2})(?:[:.h](?P<m>[0-5]\d))?(?::[0-5]\d)?\s*(?P<half>[ap]\.?\s?m\.?(?![a-z]))?", _I)
_BY = _Pattern(r"by\s+(?=\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]m)", _I)
_NBD = _Pattern(r"(?:the\s+)?(?:nbd|next\s+(?:business|working)\s+day)(?![a-z])", _I)
_HEDGE = _Pattern(
    r"(?:~|≈)|\b(?:about|approximately|approx|around|circa|roughly|almost|nearly|best[\s-]effort|or so|where possible|"
    r"if possible|as possible|aims?|ideally|typically|usually)\b",
    _I,
)
_SUBJECT = _Pattern(r"(?:[^\W\d_][\w’'/-]*[\s:]+){1,6}")
# A word of what is counted; the number of a level belongs to its word: "Priority 1 or 2 tickets".
_NOUN = _Pattern(
    r"(?:priority|priorities|severity|sev|level|tier|class)\s+\d(?:\s*(?:,|-|–|/|or|and|to)\s*\d)*(?![\d.])|"
    r"[^\W\d_][^\s(),;:]*",
    _I,
)
_REMARK = _Pattern(r"\([^()\d]*\)")


def _decimal(written: str, percent: bool = False) -> Decimal:
    """The value of digits as written: decimal point or decimal comma, grouped by commas, points, apostrophes or spaces.
    A single comma before three digits groups thousands, except in a percentage (``99,950 %``) and after a zero."""
    text = re.sub(r"[\s'’  ]", "", written.replace("−", "-"))
    if "," in text:
        grouped = re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text)
        if grouped and not (percent and text.count(",") == 1):
            text = text.replace(",", "")
        else:
            text = text.replace(".", "").replace(",", ".")
    return Decimal(text)


def _words_value(words: str) -> Decimal:
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word != "and":
            total += _NUMBER_WORDS[word]
    return Decimal(total)


def _number_value(found: re.Match[str], percent: bool = False) -> Decimal:
    if found["digits"]:
        times = (found["times"] or "").lower()
        factor = {"": 1, "million": 1_000_000}.get(times, 1000)
        return _decimal(found["digits"], percent) * factor
    if found["half"]:
        return Decimal("0.5")
    if found["one"]:
        return Decimal(1)
    return _decimal(found["paren"], percent) if found["paren"] else _words_value(found["words"])


def _operator(reader: _Reader) -> Operator:
    found = reader.take(_OPERATORS)
    if found is None:
        return ""
    if found["symbol"]:
        return _SYMBOLS[found["symbol"]]
    return found.lastgroup  # type: ignore[return-value]


def _time_unit(reader: _Reader) -> str:
    """The unit of time at the cursor, consumed, or empty."""
    start = reader.pos
    if reader.take(_LONE_M):
        raise reader.error("“m” can mean minutes or months; write “min” or “months”", start, start + 1)
    found = reader.take(_TIME)
    if found is None:
        return ""
    name = _UNITS[found["unit"].lower()]
    if found["business"]:
        if name not in ("minute", "hour", "day"):
            raise reader.error(f"“{found.group().strip()}” is no unit of business time", found.start(), found.end())
        return "business-" + name
    return name


# --------------------------------------------------------------------------------------------------- durations

_ISO = _Pattern(
    r"(?P<sign>[+-]?)P(?:(?P<y>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?"
    r"(?P<t>T(?:(?P<h>\d+)H)?(?:(?P<mi>\d+)M)?(?:(?P<s>\d+(?:[.,]\d+)?)S)?)?(?!\w)"
)
_ISO_LIKE = _Pattern(r"[+-]?p(?:\d+[ymwdhs]|t\d)[\dymwdths.,]*(?!\w)|[Pp][Tt]?$", _I)
_ISO_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
    ("s", "second"),
)


def _iso(reader: _Reader) -> tuple[Duration, list[tuple[Decimal, str]]] | None:
    """An ISO 8601 duration at the cursor with its parts; a text that only looks like one is an error."""
    start = reader.pos
    found = _ISO().match(reader.text, start)
    parts = [(_decimal(found[key]), name) for key, name in _ISO_UNITS if found[key]] if found else []
    if found is None or not parts or found["t"] == "T":
        like = _ISO_LIKE().match(reader.text, start)
        if like is None:
            return None
        written = like.group()
        hint = (
            f"; write “{written.upper()}”" if _ISO().fullmatch(written.upper()) and written != written.upper() else ""
        )
        if not hint and re.fullmatch(r"P\d+[HS]", written):
            hint = f"; hours and seconds stand after a T: “PT{written[1:]}”"
        raise reader.error(f"“{written}” is not an ISO 8601 duration{hint}", start, like.end())
    if found["sign"]:
        raise reader.error("a duration has no sign", start, start + 1)
    reader.pos = found.end()
    reader.space()
    return _sum(parts), parts


def _sum(parts: list[tuple[Decimal, str]]) -> Duration:
    totals = [ZERO, ZERO, ZERO, ZERO]
    for value, name in parts:
        for index, amount in enumerate(_duration_of(value, name) or ()):
            totals[index] += amount
    return Duration(*totals)


_AND = _Pattern(r"(?:,|and\b|\+)\s*", _I)


def _parts(reader: _Reader) -> list[tuple[Decimal, str]]:
    """``1 h 30 min``: numbers with units of time, at least one; empty (and nothing consumed) where there is none."""
    parts: list[tuple[Decimal, str]] = []
    while True:
        mark = reader.pos
        if parts:
            reader.take(_AND)
        found = reader.take(_NUMBER)
        name = _time_unit(reader) if found else ""
        if not found or not name or (parts and TIME_UNITS.index(name) >= TIME_UNITS.index(parts[-1][1])):
            reader.pos = mark
            return parts
        parts.append((_number_value(found), name))


_NOTICE = _Pattern(
    r"(?:of\s+)?(?:(?:prior|advance|written|in)\s+)*(?:notice|advance|before(?:hand)?|after(?:wards)?|prior|writing)\b.*"
    r"|from\b.*|of\s+the\b.*",
    _I | re.DOTALL,
)


@lru_cache(maxsize=2048)
def parse_duration(text: str) -> Duration:
    """``PT4H``, ``P1M``, ``4 h``, ``1 h 30 min``, ``2 business days``, ``NBD``, ``60 days before the end``. A leading
    bound (``at least 30 days``) is accepted: the length is what is asked for."""
    reader = _Reader(text)
    _operator(reader)
    if reader.take(_NBD):
        value = Duration(business_days=Decimal(1))
    else:
        iso = _iso(reader)
        if iso is not None:
            value = iso[0]
        else:
            start = reader.pos
            parts = _parts(reader)
            if not parts:
                raise _no_duration(reader, start)
            value = _sum(parts)
    reader.take(_SUFFIX)
    reader.take(_NOTICE)
    if reader.take(_IN_BUSINESS) and not reader.take(_NOTICE):
        value = value._replace(seconds=ZERO, business_seconds=value.business_seconds + value.seconds)
    reader.take(_ALWAYS)
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a length of time")
    return value


def _no_duration(reader: _Reader, start: int) -> QuantityError:
    reader.pos = start
    found = reader.take(_NUMBER)
    if found is None:
        return reader.error(f"“{reader.rest}” is not a length of time such as “4 h” or “2 business days”", start)
    if reader.done:
        return reader.error(
            f"“{found.group().strip()}” has no unit; write for example “{found.group().strip()} h”", start
        )
    mistyped = _mistyped(reader.rest)
    if mistyped:
        word, known = mistyped
        return reader.error(f"“{word}” is no unit of time; did you mean “{known}”?", reader.pos, reader.pos + len(word))
    return reader.error(f"“{reader.rest}” is no unit of time")


_SPELLED_WORDS = (
    "second seconds minute minutes hour hours days week weeks month months year years quarter percent business working"
)
_SPELLED = tuple(_SPELLED_WORDS.split())


def _mistyped(rest: str) -> tuple[str, str] | None:
    """The first word with the unit that it was meant to be, if it is one letter or one swap away."""
    found = re.match(r"[^\W\d_]+", rest)
    if found is None or len(found.group()) < 4:
        return None
    word = found.group().lower()
    if word in _SPELLED or word in _UNITS:
        return None
    for known in _SPELLED:
        swapped = len(word) == len(known) and sum(a != b for a, b in zip(word, known, strict=True)) == 2
        if swapped and sorted(word) == sorted(known) and len(known) > 4:
            return found.group(), known
        longer, shorter = (word, known) if len(word) > len(known) else (known, word)
        if (
            len(longer) - len(shorter) == 1
            and len(shorter) > 4
            and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
        ):
            return found.group(), known
    return None


# ----------------------------------------------------------------------------------------------------- targets


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """A target as an author writes it; ``Target`` shows what is understood."""
    return _target(_Reader(text))


def _target(reader: _Reader) -> Target:
    if reader.done:
        raise reader.error("no target is written here")
    hedge = _HEDGE().search(reader.text)
    if hedge:
        raise reader.error(
            f"“{hedge.group()}” leaves open what is promised; write for example “at least 99.5 %”",
            hedge.start(),
            hedge.end(),
        )
    said: dict[str, Any] = {"text": reader.text.strip()}
    by = reader.take(_BY)
    if by:
        return _deadline(reader, said)
    _qualifiers(reader, said)
    operator = _operator(reader)
    if not operator and not reader.take(_BETWEEN):
        operator = _skip_subject(reader)
    if reader.take(_NBD):
        return _finish(reader, said, operator or "lte", Decimal(1), "business-day")
    iso = _iso(reader)
    if iso is not None:
        value, unit_ = _single(iso[1])
        return _finish(reader, said, operator, value, unit_)
    money = reader.take(_MONEY)
    found = reader.take(_NUMBER)
    if found is None:
        raise reader.error(
            f"“{reader.rest or reader.text.strip()}” does not start with a number or a bound such as “at least 99.5 %”"
        )
    low: re.Match[str] | None = None
    # The lower end of a range may carry the unit as well: `1 h to 3 h`, `99 % - 99.5 %`.
    mark = reader.pos
    if not reader.take(_TO):
        reader.take(_PERCENT) or reader.take(_TIME)
        if not reader.take(_TO):
            reader.pos = mark
    if reader.pos != mark:
        low, found = found, reader.take(_NUMBER)
        if found is None:
            raise reader.error("the upper end of the range is missing")
    percent = bool(found["words"] and found["sign"]) or bool(reader.take(_PERCENT))
    value = _number_value(found, percent)
    if low is not None:
        said["low"] = _number_value(low, percent)
    if percent:
        return _finish(reader, said, operator, value, "percent")
    if money:
        return _finish(reader, said, operator, value, unit(money.group()))
    here = reader.pos
    scale = reader.take(_SCALE)
    if scale:
        said["scale"] = _decimal(scale["scale"])
        return _finish(reader, said, operator, value, "score")
    name = _time_unit(reader)
    if name:
        more = _following(reader, name) if low is None else []
        if more:
            value, name = _single([(value, name), *more])
        return _finish(reader, said, operator, value, name)
    other = reader.take(_OTHER_UNIT)
    if other:
        return _finish(reader, said, operator, value, unit(other.group()))
    mistyped = _mistyped(reader.rest)
    if mistyped:
        raise reader.error(f"“{mistyped[0]}” is no unit; did you mean “{mistyped[1]}”?", here, here + len(mistyped[0]))
    return _finish(reader, said, operator, value, "")


def _following(reader: _Reader, name: str) -> list[tuple[Decimal, str]]:
    """The smaller parts behind the first of ``1 h 30 min``."""
    mark = reader.pos
    parts = _parts(reader)
    if parts and TIME_UNITS.index(parts[0][1]) < TIME_UNITS.index(name):
        return parts
    reader.pos = mark
    return []


def _single(parts: list[tuple[Decimal, str]]) -> tuple[Decimal, str]:
    """Several parts in the smallest unit among them."""
    name = parts[-1][1]
    kind, factor = _BASES[name]
    total = sum((value * _BASES[n][1] for value, n in parts if _BASES[n][0] == kind), ZERO)
    return total / factor, name


def _qualifiers(reader: _Reader, said: dict[str, Any]) -> None:
    """``p95``, ``median``, ``average``: before or behind the number."""
    while True:
        found = reader.take(_PERCENTILE)
        if found:
            digits = found["p"] or found["n"]
            value = Decimal(50) if found["median"] else Decimal(digits)
            said["percentile"] = value / 10 ** (len(digits) - 2) if not found["median"] and value > 100 else value
        elif reader.take(_MEAN):
            said["is_mean"] = True
        else:
            return


def _skip_subject(reader: _Reader) -> Operator:
    """What a target speaks of may stand before its bound: ``p95 latency < 200 ms``, ``uptime of at least 99 %``."""
    found = _SUBJECT().match(reader.text, reader.pos)
    if found is None:
        return ""
    for gap in re.finditer(r"[\s:]+", found.group()):
        probe = _Reader(reader.text)
        probe.pos = found.start() + gap.end()
        operator = _operator(probe)
        if operator:
            reader.pos = probe.pos
            return operator
    return ""


def _finish(reader: _Reader, said: dict[str, Any], operator: Operator, value: Decimal, name: str) -> Target:
    """What may follow the number and its unit, in any order, to the end of the text."""
    while not reader.done:
        mark = reader.pos
        suffix = None if operator else reader.take(_SUFFIX)
        if suffix:
            operator = "gte" if suffix["gte"] else "lte"
            continue
        _qualifiers(reader, said)
        if reader.pos != mark:
            continue
        limit = _limit(reader) if name in ("percent", "") and "within" not in said else None
        if limit is not None:
            said["within"] = limit
            continue
        period = _period(reader)
        if period is not None:
            said["per"] = period
        elif reader.take(_ALWAYS):
            said["clock"] = "always"
        elif reader.take(_IN_BUSINESS):
            said["clock"] = "business"
        elif not _what(reader, said, name):
            raise reader.error(f"“{reader.rest}” cannot be read after “{reader.text[: reader.pos].strip()}”")
    if not name and said.get("of"):
        name = "count"
    if not name and said.get("per"):
        name = "count"
    return Target(operator, value, name, **said)


def _limit(reader: _Reader) -> Duration | None:
    """``within 4 h``; nothing is consumed where no length of time follows."""
    mark = reader.pos
    if reader.take(_WITHIN):
        iso = _iso(reader)
        parts = iso[1] if iso else _parts(reader)
        if parts:
            return _sum(parts)
        reader.pos = mark
    return None


def _what(reader: _Reader, said: dict[str, Any], name: str) -> bool:
    """Words that say what is counted or measured: at most eight, no figures."""
    if "of" in said:
        return False
    start = reader.pos
    if reader.take(_REMARK):
        return True
    if reader.text[start] == ",":
        reader.pos += 1
        reader.space()
    words: list[str] = []
    while len(words) < 8 and not reader.done:
        probe = _Reader(reader.text, reader.pos)
        if words and (_period(probe) is not None or _limit(probe) is not None or probe.take(_PERCENTILE)):
            break
        found = reader.take(_NOUN)
        if found is None:
            break
        words.append(found.group())
    if not words:
        reader.pos = start
        return False
    if words[0].lower() in ("of", "for"):
        words = words[1:]
    said["of"] = " ".join(words)
    return True


def _period(reader: _Reader) -> Duration | None:
    """``a month``, ``/h``, ``per calendar quarter``, ``monthly``."""
    adverb = reader.take(_ADVERB)
    if adverb:
        return _ADVERBS[adverb["adverb"].lower()]
    found = reader.take(_PER)
    if found is None:
        return None
    word = found["unit"].lower()
    name = {"annum": "year", "s": "second", "business day": "business-day", "working day": "business-day"}.get(word)
    return _duration_of(Decimal(found["count"] or 1), name or _UNITS[word])


def _deadline(reader: _Reader, said: dict[str, Any]) -> Target:
    """``by 06:00 on pay day``: the time of day in minutes after midnight."""
    value = _clock_time(reader)
    said["of"] = reader.rest
    return Target("lte", Decimal(value), "time-of-day", **said)


# -------------------------------------------------------------------------------------------------- percentages


@lru_cache(maxsize=1024)
def parse_percent(text: str) -> Decimal:
    """A percentage from 0 to 100 as written: ``99.5 %``, ``99,5%``, ``99.5 percent``. A bare number is refused."""
    reader = _Reader(text)
    found = reader.take(_NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest}” is not a percentage such as “99.5 %”")
    if not reader.take(_PERCENT) and not (found["words"] and found["sign"]):
        raise reader.error(
            "the unit is missing; write “%”" if reader.done else f"“{reader.rest}” stands where “%” belongs"
        )
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a percentage")
    return _number_value(found, percent=True)


# ------------------------------------------------------------------------------------------------------ windows

_ROLLING = _Pattern(
    r"(?:rolling|trailing|moving|sliding)(?:\s+window\s+of)?(?![a-z])|(?:the\s+)?(?:last|past|previous)(?=\s+\d)", _I
)
_CALENDAR = _Pattern(r"calendar(?![a-z])", _I)
_CYCLE = _Pattern(
    r"(?P<billing>billing|invoice|subscription)\s+(?:cycle|period)|(?P<monthly>billing)\s+month|"
    r"(?P<contract>contract|agreement|service)\s+(?P<unit>year|quarter|month)",
    _I,
)
_LEAD = _Pattern(
    r"(?:measured\s+|calculated\s+)?(?:per|each|every|a|one|over|in|any|the)(?:\s+(?:a|each|any|the))?(?![\w])", _I
)
_SPAN_UNIT = _Pattern(r"(?P<unit>hour|day|week|month|quarter|year)s?(?![a-z])", _I)
_DAYS_ADJ = _Pattern(r"(?P<n>\d+|" + _WORD + r")[\s-](?P<unit>hour|day|week|month|quarter|year)s?(?![a-z])", _I)
_WINDOW_NOUN = _Pattern(r"(?:window|period|basis)(?![a-z])", _I)


@lru_cache(maxsize=512)
def parse_window(text: str) -> Window:
    """``calendar month``, ``monthly``, ``quarter``, ``per calendar year``, ``rolling 30 days``, ``30-day rolling``,
    ``P1M``, ``billing cycle``, ``contract year``. A month, quarter or year is the calendar's unless it rolls; days,
    weeks and other counts of months leave open which kind is meant."""
    reader = _Reader(text)
    reader.take(_LEAD)
    kind: Any = ""
    cycle = reader.take(_CYCLE)
    if cycle:
        kind = "contract" if cycle["contract"] else "billing"
        length = _duration_of(Decimal(1), (cycle["unit"] or "month").lower())
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


def _window_length(reader: _Reader) -> Duration:
    iso = _iso(reader)
    if iso is not None:
        return iso[0]
    adjective = reader.take(_DAYS_ADJ)
    if adjective:
        count = Decimal(adjective["n"]) if adjective["n"].isdigit() else _words_value(adjective["n"])
        found = _duration_of(count, adjective["unit"].lower())
        assert found is not None
        return found
    one = reader.take(_SPAN_UNIT)
    if one:
        found = _duration_of(Decimal(1), one["unit"].lower())
        assert found is not None
        return found
    parts = _parts(reader)
    if parts:
        return _sum(parts)
    raise reader.error(
        f"“{reader.rest or reader.text.strip()}” is not a window such as “calendar month” or “rolling 30 days”"
    )


def _end_window(reader: _Reader, window: Window) -> Window:
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a window")
    return window


# ------------------------------------------------------------------------------------------------------- hours

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORD = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?|sat(?:urdays?)?|"
    r"sun(?:days?)?|mo|tu|we|th|fr|sa|su)"
)
_DAY = _Pattern(rf"(?P<day>{_DAY_WORD})\.?(?![a-z])", _I)
_DAY_SET = _Pattern(
    r"(?P<week>(?:on\s+)?(?:all\s+)?(?:weekdays?|(?:business|working|work)[\s-]?days?))(?![a-z])"
    r"|(?P<end>(?:on\s+)?weekends?)(?![a-z])|(?P<all>daily|every\s?day|all days|"
    r"7 days a week|seven days a week|each day)(?![a-z])",
    _I,
)
_DASH = _Pattern(r"(?:-|–|—|−|to\b|through\b|thru\b|until\b|till\b|bis\b)\s*", _I)
_LIST = _Pattern(r"(?:,|;|&|\+|/(?=\s*[a-z])|and\b|as well as\b)\s*", _I)
_FROM = _Pattern(r"(?:from|between|at|,|:|\()\s*", _I)
_SPAN_DASH = _Pattern(r"(?:-|–|—|−|to\b|until\b|till\b|and\b|bis\b)\s*", _I)
_MIDNIGHT = _Pattern(r"(?P<midnight>midnight)|(?P<noon>noon|midday)", _I)
_HOLIDAYS = _Pattern(
    r",?\s*\(?(?:except|excluding|excl\.?|other than|not on|without|but not)\s*"
    r"(?:on\s+)?(?:for\s+)?(?:[^\W\d_]+\s+){0,3}?holidays\)?",
    _I,
)
_HOLIDAYS_TOO = _Pattern(r",?\s*\(?(?:including|incl\.?)\s*(?:[^\W\d_]+\s+){0,3}?holidays\)?", _I)
# Zones by shape: no zone database is read here. Names without a slash are those that people write for zones.
_ZONE = _Pattern(
    r"\(?(?P<zone>(?:UTC|GMT|Z)\s?[+−-]\s?\d{1,2}(?::?\d\d)?|[+−-]\d\d:\d\d|"
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Etc|Indian|Mexico|Pacific|US)"
    r"/[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)?|"
    r"(?:UTC|GMT|BST|IST|WEST|WET|CEST|CET|MESZ|MEZ|EEST|EET|MSK|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|AKST|HST|"
    r"JST|KST|SGT|HKT|AEST|AEDT|ACST|AWST|NZST|NZDT|SAST|Z)(?![\w/])|"
    r"(?:Eastern|Central|Mountain|Pacific|Central European|Eastern European|Western European|British|Greenwich Mean)\s+"
    r"(?:Standard |Daylight |Summer )?Time(?:\s+Zone)?)\)?"
)
_LOCAL = _Pattern(r"\(?(?:local time|local)\)?", _I)
_HOUR_WORD = _Pattern(r"(?:hours|hrs|h|o['’]clock|uhr)(?![a-z])", _I)
_IANA = _Pattern(r"(?:[A-Z][A-Za-z]+/[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)?|UTC|GMT)")


def is_zone(text: str) -> bool:
    """Whether a text has the shape of an IANA zone (``Europe/Lisbon``, ``UTC``)."""
    return _IANA().fullmatch(text.strip()) is not None


def _day_index(word: str) -> int:
    start = word.lower()[:2]
    return next(i for i, day in enumerate(DAYS) if day.startswith(start))


def _clock_time(reader: _Reader) -> int:
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


def _days(reader: _Reader) -> tuple[int, ...]:
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


def _range(reader: _Reader) -> tuple[int, int]:
    """``07:00-19:00``; an end at or before the start lies on the next day. Bare ``9-5`` is not guessed."""
    mark = reader.pos
    start = _clock_time(reader)
    first = reader.text[mark : reader.pos].strip()
    if not reader.take(_SPAN_DASH):
        raise reader.error("the end of the hours is missing; write for example “07:00-19:00”", mark)
    middle = reader.pos
    end = _clock_time(reader)
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


def _looks_like_time(reader: _Reader) -> bool:
    return bool(_CLOCK_TIME().match(reader.text, reader.pos) or _MIDNIGHT().match(reader.text, reader.pos))


@lru_cache(maxsize=512)
def parse_hours(text: str) -> Hours:
    """``Mon-Fri 07:00-19:00 Europe/Lisbon``, ``24x7``, ``24/7 UTC``, ``weekdays 9 am to 5 pm CET``,
    ``Mon-Thu 08:00-18:00, Fri 08:00-16:00 except public holidays``, ``22:00-06:00 daily``."""
    reader = _Reader(text)
    periods: list[Period] = []
    zone, holidays = "", True
    while not reader.done:
        mark = reader.pos
        if reader.take(_ALWAYS):
            periods.append(Period(tuple(range(7)), 0, 1440))
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


def _read_period(reader: _Reader, periods: list[Period]) -> None:
    days = _days(reader)
    if days:
        reader.take(_FROM)
    if not _looks_like_time(reader):
        if days and (reader.done or _LIST().match(reader.text, reader.pos)):
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


def names_days(text: str) -> bool:
    """Whether a text names days and nothing else: ``Mon-Fri``, ``weekdays``."""
    reader = _Reader(text)
    return bool(_days(reader)) and reader.done


def hours_of(text: str) -> Hours | None:
    """``parse_hours`` that answers None where it cannot read: a calendar's id, a sentence."""
    return _or_none(parse_hours, text)


# -------------------------------------------------------------------------------------------------- frequencies

_TIMES = _Pattern(
    r"(?P<word>once|twice|thrice|(?:at least\s+)?(?:\d+|" + _WORD + r")\s*(?:times|x))\s+"
    r"(?:per|a|an|each|every|in a|in each)\s*(?P<unit>day|week|month|quarter|year|business day|"
    r"working day|hour)(?![a-z])",
    _I,
)
_EVERY = _Pattern(
    r"(?:every|each|per)\s+(?:(?P<other>other|second)\s+|(?P<n>\d+|" + _WORD + r")\s+)?"
    r"(?P<unit>(?:business|working)\s+day|minute|hour|day|week|month|quarter|year)s?(?![a-z])",
    _I,
)
_EVERY_DAY_NAME = _Pattern(
    rf"(?:every|each|on)?\s*(?:(?P<ordinal>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\s+(?:business\s+|working\s+)?)?"
    rf"(?P<day>{_DAY_WORD}|day)s?(?:\s+(?:of\s+)?(?:each|every|the|a)\s+(?P<unit>month|quarter|year))?(?![a-z])",
    _I,
)
_LEAST = _Pattern(r"(?:at least|no less than|not less than|minimum)\s+", _I)
_AMBIGUOUS = _Pattern(r"bi-?(?:weekly|monthly|yearly)\b", _I)
_DETAIL = _Pattern(r"(?:on|at|in|by|within|after|before|for|to|review|meetings?|reports?)\b", _I)
_RRULE = _Pattern(r"FREQ=(?P<freq>HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[^;\s]*)*$")


@lru_cache(maxsize=512)
def parse_frequency(text: str) -> Frequency:
    """``monthly``, ``every two weeks``, ``P1M``, ``quarterly``, ``twice a year``, ``first Tuesday of each month``, an
    RRULE. What follows a comma (``monthly, first Tuesday``) is detail and not read."""
    reader = _Reader(text)
    found = _frequency(reader)
    if not any(found.period) or not found.times:
        raise reader.error(f"“{text.strip()}” is never", 0)
    if not reader.done and reader.text[reader.pos] not in ",;(" and not reader.take(_DETAIL):
        raise reader.error(f"“{reader.rest}” cannot be read after a frequency")
    return found


def _frequency(reader: _Reader) -> Frequency:
    ambiguous = reader.take(_AMBIGUOUS)
    if ambiguous:
        word = ambiguous.group()
        raise reader.error(
            f"“{word}” can mean twice in each or every second; write for example “every two weeks”",
            ambiguous.start(), ambiguous.end(),
        )  # fmt: skip
    reader.take(_LEAST)
    iso = _iso(reader)
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
    return Decimal(word) if word.isdigit() else _words_value(word)


def _named_period(word: str) -> Duration:
    name = " ".join(word.lower().split())
    found = _duration_of(Decimal(1), "business-day" if " " in name else name)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------------- dates

_MONTHS = "january february march april may june july august september october november december"
MONTHS = tuple(_MONTHS.split())
_MONTH_WORD = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO_DATE = _Pattern(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_DAY_FIRST = _Pattern(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH_WORD},?[\s-]+(?P<y>\d{{4}})", _I)
_MONTH_FIRST = _Pattern(rf"{_MONTH_WORD}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})", _I)
_NUMERIC = _Pattern(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})")


@lru_cache(maxsize=512)
def parse_date(text: str) -> date:
    """``2026-01-01`` (a time behind it is not read), ``1 January 2026``, ``January 1, 2026``, ``1st Jan 2026``,
    ``31/12/2026``, ``01.02.2026`` (day first). ``01/02/2026`` can be read two ways and is refused."""
    from datetime import date

    reader = _Reader(text)
    written = text.strip()
    start = reader.pos
    found = _ISO_DATE().fullmatch(written)
    if found:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    elif found := _DAY_FIRST().fullmatch(written) or _MONTH_FIRST().fullmatch(written):
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(found["month"].lower()[:3]))
        year, day = int(found["y"]), int(found["d"])
    elif found := _NUMERIC().fullmatch(written):
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


# ---------------------------------------------------------------------------------------- maintenance and tiers

_ORDINALS = {
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
_SLOT = _Pattern(
    rf"(?:on\s+)?(?:the\s+)?(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+|(?:every|each)\s+)?(?P<day>{_DAY_WORD})(?![a-z])"
    rf"(?:\s+(?:of|in)\s+(?:each|every|the|a)\s+(?P<unit>month|quarter))?\s*,?\s*(?:from|between|at)?\s*",
    _I,
)


@lru_cache(maxsize=256)
def parse_maintenance(text: str) -> Maintenance:
    """``second Sunday 02:00-06:00``, ``every Sunday 02:00-04:00 UTC``, ``last Saturday of each quarter
    20:00-23:00``."""
    reader = _Reader(text)
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
    ordinal = _ORDINALS[slot["ordinal"].lower()] if slot["ordinal"] else 0
    return Maintenance(ordinal, _day_index(slot["day"]), start, end, zone["zone"] if zone else "", months)


_BELOW = _Pattern(r"(?:but\s+|and\s+)?(?:below|less than|under|lower than|to below|to less than|<)\s*", _I)
_AT_LEAST = _Pattern(
    r"(?:but\s+|and\s+)?(?:from|at least|not below|not less than|no less than|equal to or greater than|"
    r"greater than or equal to|above or equal to|≥|>=|between)\s*",
    _I,
)
_COLON = _Pattern(r"\s*(?::|=|→|->|=>|;|,)\s*(?:a\s+)?(?:credit of\s+)?")


@lru_cache(maxsize=256)
def parse_tier(text: str) -> Tier:
    """``below 99.5 %: 5 %``, ``99 % to 99.5 %: 5 %``, ``at least 99 % and below 99.5 %: 10 % of the monthly fee``.
    The upper bound is exclusive, the lower inclusive."""
    reader = _Reader(text)
    low: Decimal | None = None
    high: Decimal | None = None
    while not reader.done and _COLON().match(reader.text, reader.pos) is None:
        mark = reader.pos
        if reader.take(_BELOW):
            high = _bound(reader)
        else:
            reader.take(_AT_LEAST)
            low = _bound(reader)
            if reader.take(_TO) or reader.take(_BELOW):
                reader.take(_BELOW)
                high = _bound(reader)
        if reader.pos == mark:
            break
    if low is None and high is None:
        raise reader.error(f"“{reader.rest}” is not a tier such as “below 99.5 %: 5 %”")
    if reader.take(_COLON) is None:
        raise reader.error("a colon and the credit are missing; write for example “below 99.5 %: 5 %”")
    if low is not None and high is not None and low >= high:
        raise reader.error(
            "the lower bound is not below the upper one", 0, reader.text.index(":") if ":" in reader.text else None
        )
    money = reader.take(_MONEY)
    found = reader.take(_NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest}” is not a credit such as “5 %”")
    percent = bool(reader.take(_PERCENT))
    other = None if money or percent else reader.take(_OTHER_UNIT)
    unit_ = "percent" if percent else unit(money.group()) if money else unit(other.group()) if other else ""
    if unit_ != "percent" and unit_ not in CURRENCIES:
        raise reader.error("the credit has no unit; write “%” or a currency", found.start())
    return Tier(low, high, _number_value(found, percent), unit_, reader.rest)


def _bound(reader: _Reader) -> Decimal:
    start = reader.pos
    found = reader.take(_NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest or reader.text.strip()}” is not a percentage such as “99.5 %”", start)
    percent = reader.take(_PERCENT)
    if percent is None and _TO().match(reader.text, reader.pos) is None:
        raise reader.error("the unit is missing; write “%”", found.start(), found.end())
    return _number_value(found, percent=True)


# ------------------------------------------------------------------------------------------- the data form's nodes


def _or_none(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except QuantityError:
        return None


def _number_of(node: Node | None) -> Decimal | None:
    """The exact number that a scalar states, from its written text."""
    if node is None or isinstance(node.data, bool) or not node.text:
        return None
    written = node.text.strip()
    return Decimal(written) if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", written) else None


def read_target(node: Node | None) -> Target | None:
    """A target from its short form, a bare number (then ``unit`` is empty) or ``{operator, value, unit}``."""
    if node is None:
        return None
    if node.text:
        return _or_none(parse_target, node.text)
    value, operator, unit_ = _number_of(node.get("value")), node.get("operator"), node.get("unit")
    if value is None:
        return None
    sign = operator.text.strip() if operator is not None else ""
    per = read_duration(node.get("per"))
    percentile = _number_of(node.get("percentile"))
    name = unit(unit_.text) if unit_ is not None else ""
    return Target(
        _SYMBOLS.get(sign, sign if sign in _OPERATOR_WORDS else ""), value, name, percentile, per, text=node.raw
    )


def read_duration(node: Node | None) -> Duration | None:
    """A duration from its short form or ``{value, unit}``."""
    if node is None:
        return None
    if node.text:
        return _or_none(parse_duration, node.text)
    value, unit_ = _number_of(node.get("value")), node.get("unit")
    return _duration_of(value, unit(unit_.text)) if value is not None and unit_ is not None else None


def read_window(node: Node | None) -> Window | None:
    """A window from its short form or ``{type, length}``."""
    if node is None:
        return None
    if node.text:
        return _or_none(parse_window, node.text)
    length, kind = read_duration(node.get("length")), node.get("type")
    if length is None:
        return None
    said = kind.text.strip() if kind is not None else ""
    return Window(said if said in ("calendar", "rolling", "billing", "contract") else "", length)  # type: ignore[arg-type]


def read_hours(node: Node | None) -> Hours | None:
    """Hours from their short form; None for a calendar's id."""
    return hours_of(node.text) if node is not None and node.text else None


def read_frequency(node: Node | None) -> Frequency | None:
    return _or_none(parse_frequency, node.text) if node is not None and node.text else None


def read_date(node: Node | None) -> date | None:
    return _or_none(parse_date, node.text) if node is not None and node.text else None


def read_percent(node: Node | None) -> Decimal | None:
    """A percentage from its short form or a bare number, which is one by the format's definition (0-100)."""
    if node is None or not node.text:
        return None
    bare = _number_of(node) if not isinstance(node.data, str) else None
    return bare if bare is not None else _or_none(parse_percent, node.text)


def read_tier(node: Node | None) -> Tier | None:
    """A credit tier from its short form or ``{atLeast, below, credit}``; the credit in percent unless a currency is
    written beside the number."""
    if node is None:
        return None
    if node.text:
        return _or_none(parse_tier, node.text)
    credit = read_percent(node.get("credit"))
    if credit is None:
        return None
    return Tier(read_percent(node.get("atLeast")), read_percent(node.get("below")), credit, "percent")
