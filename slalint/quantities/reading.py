"""A cursor over a text, and what all quantities share: numbers, bounds, units."""

from __future__ import annotations

import re
from decimal import Decimal

from slalint.patterns import lazy, plain
from slalint.quantities.values import BUSINESS, CURRENCIES, FOREIGN, TIME_UNITS, UNITS, Operator, QuantityError

LONGEST = 300  # keeps every pattern and every number small, whatever is handed in


class Reader:
    """A cursor over a text. Offsets in errors are those of the whole text."""

    __slots__ = ("pos", "text")

    def __init__(self, text: str, pos: int = 0) -> None:
        self.text = plain(text)
        self.pos = pos
        if len(text) > LONGEST:
            raise QuantityError("this is too long to be a quantity", 0, len(text))
        self.space()

    def space(self) -> None:
        while self.pos < len(self.text) and self.text[self.pos].isspace():
            self.pos += 1

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match here, consumed with the space behind it."""
        found = pattern.match(self.text, self.pos)
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


SYMBOLS: dict[str, Operator] = {
    "≥": "gte", ">=": "gte", "=>": "gte", "⩾": "gte",
    "≤": "lte", "<=": "lte", "=<": "lte", "⩽": "lte",
    ">": "gt", "<": "lt", "=": "eq", "==": "eq",
}  # fmt: skip
OPERATOR_WORDS: dict[Operator, str] = {
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
_OPERATORS = lazy(
    r"(?P<symbol>≥|⩾|>=|=>|≤|⩽|<=|=<|>|<|==|=)|(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in sorted(OPERATOR_WORDS.items(), key=lambda kv: -len(kv[1])))
    + r")(?=[\s\d.,$€£¥])",
    re.I,
)
SUFFIX = lazy(
    r",?\s*(?:(?P<gte>(?:or|and) (?:more|better|higher|above|greater|over)|\+|as a minimum|minimum|min\.?(?![a-z]))"
    r"|(?P<lte>(?:or|and) (?:less|fewer|lower|below|under|faster|sooner)|as a maximum|maximum|max\.?(?![a-z])|"
    r"at most|at the latest|or earlier))(?![a-z])",
    re.I,
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: n for n, word in enumerate((_ONES + " eighteen nineteen").split())}
_NUMBER_WORDS |= {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
_NUMBER_WORDS["hundred"] = 100
for _words in (
    "zwei drei vier fünf sechs sieben acht neun zehn",
    "dos tres cuatro cinco seis siete ocho nueve diez",
    "deux trois quatre cinq _ sept huit neuf dix",
    "två tre fyra fem _ sju åtta nio tio",
):
    _NUMBER_WORDS |= {word: n for n, word in enumerate(_words.split(), 2) if word != "_"}
WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_DIGITS = (
    r"[-−]?(?:\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+,\d+|"
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|\.\d+)"
)
NUMBER = lazy(
    rf"(?P<digits>{_DIGITS})(?:\s?(?P<times>k(?![a-z])|thousand\b|million\b))?"
    rf"|(?P<half>half an?)\b|(?P<one>an?)(?=\s+(?:{BUSINESS}\s+)?(?:second|minute|hour|day|week|month|quarter|year)\b)"
    rf"|(?P<words>(?:{WORD})(?:(?:[ -]|\sand\s)(?:{WORD}))*)\b(?:\s*\((?P<paren>\d+(?:[.,]\d+)?)\s*(?P<sign>%)?\))?",
    re.I,
)
PERCENT = lazy(r"%|percent\b|per\s?cent\b|pct\b", re.I)
TIME = lazy(
    rf"(?:(?P<business>{BUSINESS})[\s-]+)?(?:(?:calendar|clock|elapsed|consecutive|full)[\s-]+)?"
    r"(?P<unit>µs|us|microseconds?|ms|msecs?|milliseconds?|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|"
    r"weeks?|wks?|w|months?|mos?|quarters?|years?|yrs?|y|bh|bd|business-(?:minute|hour|day)s?|weekdays?|workdays?|"
    + "|".join(word.replace("-", r"[\s-]+") for word in sorted(FOREIGN, key=len, reverse=True))
    + r")"
    r"(?![^\W\d_]|/)(?:\.(?!\w))?(?:\(s\))?(?:['’]s?(?=\s))?",
    re.I,
)
_LONE_M = lazy(r"m(?![a-z/])", re.I)
# Codes that are not also written in small letters stand in capitals: "ALL 500" is money, "all 500" is not.
_CODE = "(?-i:" + "|".join(CURRENCIES) + ")"
MONEY = lazy(rf"(?:eur|usd|gbp|chf|jpy|{_CODE}|€|\$|£|¥|₹)\s?(?=\d)", re.I)
OTHER_UNIT = lazy(
    r"(?:"
    + "|".join(re.escape(w) for w in sorted(UNITS, key=len, reverse=True) if UNITS[w] not in TIME_UNITS)
    + rf"|{_CODE})(?!\w|/(?!\s*(?:sec|s|min|h|hour|day|week|month|mo|year)))",
    re.I,
)
TO = lazy(r"(?:-|–|—|−|to\b|and\b|bis\b)\s*(?=[\d.]|" + WORD + ")", re.I)
ALWAYS = lazy(
    r"[,(]?\s*(?:24\s?[x/×]\s?7(?:\s?[x/×]\s?365)?|(?:365\s?[x/×]\s?24|24\s?[x/×]\s?365)(?:\s?[x/×]\s?7)?|"
    r"around the clock|round the clock)(?!\w)\s*\)?",
    re.I,
)
IN_BUSINESS = lazy(
    rf"[,(]?\s*(?:(?:during|in|within)\s+)?(?:the\s+|our\s+)?{BUSINESS}\s+(?:hours|time)(?:\s+only)?\s*\)?", re.I
)
NBD = lazy(r"(?:the\s+)?(?:nbd|next\s+(?:business|working)\s+day)(?![a-z])", re.I)


def decimal_of(written: str, percent: bool = False) -> Decimal:
    """The value of digits as written: decimal point or decimal comma, grouped by commas, points, apostrophes or spaces.
    A single comma before three digits groups thousands, except in a percentage (``99,950 %``) and after a zero."""
    text = "".join(written.replace("−", "-").replace("'", "").replace("’", "").split())
    if "," in text:
        grouped = re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text)
        if grouped and not (percent and text.count(",") == 1):
            text = text.replace(",", "")
        else:
            text = text.replace(".", "").replace(",", ".")
    return Decimal(text)


def words_value(words: str) -> Decimal:
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word != "and":
            total += _NUMBER_WORDS[word]
    return Decimal(total)


def number_value(found: re.Match[str], percent: bool = False) -> Decimal:
    if found["digits"]:
        times = (found["times"] or "").lower()
        factor = {"": 1, "million": 1_000_000}.get(times, 1000)
        return decimal_of(found["digits"], percent) * factor
    if found["half"]:
        return Decimal("0.5")
    if found["one"]:
        return Decimal(1)
    return decimal_of(found["paren"], percent) if found["paren"] else words_value(found["words"])


def take_operator(reader: Reader) -> Operator:
    found = reader.take(_OPERATORS)
    if found is None:
        return ""
    if found["symbol"]:
        return SYMBOLS[found["symbol"]]
    return found.lastgroup  # type: ignore[return-value]


def take_time_unit(reader: Reader) -> str:
    """The unit of time at the cursor, consumed, or empty."""
    start = reader.pos
    if reader.take(_LONE_M):
        raise reader.error("“m” can mean minutes or months; write “min” or “months”", start, start + 1)
    found = reader.take(TIME)
    if found is None:
        return ""
    name = UNITS["-".join(found["unit"].lower().split())]
    if found["business"]:
        if name not in ("minute", "hour", "day"):
            raise reader.error(f"“{found.group().strip()}” is no unit of business time", found.start(), found.end())
        return "business-" + name
    return name
