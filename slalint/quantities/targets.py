"""What is promised: a bound, a number, a unit, and what may stand around them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from slalint.patterns import lazy
from slalint.quantities.durations import mistyped_unit, sum_parts, take_iso, take_parts
from slalint.quantities.hours import take_clock_time
from slalint.quantities.periods import take_period
from slalint.quantities.reading import (
    ALWAYS,
    IN_BUSINESS,
    MONEY,
    NBD,
    NUMBER,
    OTHER_UNIT,
    PERCENT,
    SUFFIX,
    TIME,
    TO,
    Reader,
    decimal_of,
    number_value,
    take_operator,
    take_time_unit,
)
from slalint.quantities.values import BASES, TIME_UNITS, ZERO, Duration, Operator, Target, unit

_BETWEEN = lazy(r"between\b", re.I)
_PERCENTILE = lazy(
    r"[,(]?\s*(?:at\s+|for\s+|on\s+|in\s+)?(?:the\s+)?"
    r"(?:p\s?(?P<p>\d{2}(?:\.\d+)?|999|9999)(?![\w%])|(?P<n>\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?[\s-]percentile|(?P<median>median))"
    r"\s*\)?",
    re.I,
)
_MEAN = lazy(r"[,(]?\s*(?:on |an |the )?(?P<mean>average|mean|avg\.?)(?:\s+of)?\s*\)?(?![a-z])", re.I)
_SCALE = lazy(r"(?:out of|/)\s*(?P<scale>\d+(?:[.,]\d+)?)(?:\s*(?:points|stars))?(?![\w%])", re.I)
_WITHIN = lazy(
    r",?\s*(?:(?:are |is |be )?(?:answered |resolved |restored |completed |handled |closed )?)"
    r"(?:within|in less than|in under|in at most|in no more than|in|under|faster than|<=|<|≤)\s+(?=[\da-z])",
    re.I,
)
_BY = lazy(r"by\s+(?=\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]m)", re.I)
_HEDGE = lazy(
    r"(?:~|≈)|\b(?:about|approximately|approx|around|circa|roughly|almost|nearly|best[\s-]effort|or so|where possible|"
    r"if possible|as possible|aims?|ideally|typically|usually)\b",
    re.I,
)
# What people write where they promise nothing yet. (A hedge spoils a figure; these stand where one belongs.)
_OPEN = lazy(
    r"(?:t\.?\s?b\.?\s?[dac]\.?|n\.?/?a\.?|none|a\.?s\.?a\.?p\.?|"
    r"(?:as|when|if) (?:needed|required|necessary|soon as possible)|"
    r"immediate(?:ly)?|instant(?:ly)?|prompt(?:ly)?|on request|by (?:arrangement|agreement)|as agreed|"
    r"(?:subject|according) to\b.*|depend(?:s|ing) on\b.*|var(?:ies|iable)\b.*|next release|[-–—?…x]+)(?!\w)",
    re.I,
)
_FROM_DAY = lazy(r"(?P<of>[A-Z])\s?(?P<sign>[+−-])\s?(?P<n>\d{1,3})(?![\w.])\s*(?:days?\b)?(?:,|at|by)?\s*")
_TIME_AHEAD = lazy(r"\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]\.?m", re.I)
_SUBJECT = lazy(r"(?:[^\W\d_][\w’'/-]*[\s:]+){1,6}")
# A word of what is counted; the number of a level belongs to its word: "Priority 1 or 2 tickets".
_NOUN = lazy(
    r"(?:priority|priorities|severity|sev|level|tier|class)\s+\d(?:\s*(?:,|-|–|/|or|and|to)\s*\d)*(?![\d.])|"
    r"[^\W\d_][^\s(),;:]*",
    re.I,
)
_REMARK = lazy(r"\([^()\d]*\)")


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """A target as an author writes it; ``Target`` shows what is understood."""
    return _target(Reader(text))


def _target(reader: Reader) -> Target:
    if reader.done:
        raise reader.error("no target is written here")
    hedge = _HEDGE.search(reader.text)
    if hedge:
        raise reader.error(
            f"“{hedge.group()}” leaves open what is promised; write for example “at least 99.5 %”",
            hedge.start(),
            hedge.end(),
        )
    said: dict[str, Any] = {"text": reader.text.strip()}
    open_ = _OPEN.match(reader.text, reader.pos)
    if open_ and open_.end() >= len(reader.text.rstrip()):
        raise reader.error(f"“{reader.rest}” leaves open what is promised")
    by = reader.take(_BY)
    if by:
        return _deadline(reader, said)
    from_day = reader.take(_FROM_DAY)
    if from_day:
        return _from_day(reader, said, from_day)
    if ALWAYS.match(reader.text, reader.pos):
        raise reader.error(f"“{reader.rest}” says when, but not what is promised; write for example “4 h (24/7)”")
    _qualifiers(reader, said)
    operator = take_operator(reader)
    if not operator and not reader.take(_BETWEEN):
        operator = _skip_subject(reader)
    if reader.take(NBD):
        return _finish(reader, said, operator or "lte", Decimal(1), "business-day")
    iso = take_iso(reader)
    if iso is not None:
        value, unit_ = _single(iso[1])
        return _finish(reader, said, operator, value, unit_)
    money = reader.take(MONEY)
    found = reader.take(NUMBER)
    if found is None:
        raise reader.error(
            f"“{reader.rest or reader.text.strip()}” does not start with a number or a bound such as “at least”"
        )
    low: re.Match[str] | None = None
    # The lower end of a range may carry the unit as well: `1 h to 3 h`, `99 % - 99.5 %`.
    mark = reader.pos
    if not reader.take(TO):
        reader.take(PERCENT) or reader.take(TIME)
        if not reader.take(TO):
            reader.pos = mark
    if reader.pos != mark:
        low, found = found, reader.take(NUMBER)
        if found is None:
            raise reader.error("the upper end of the range is missing")
    percent = bool(found["words"] and found["sign"]) or bool(reader.take(PERCENT))
    value = number_value(found, percent)
    if low is not None:
        said["low"] = number_value(low, percent)
    if percent:
        return _finish(reader, said, operator, value, "percent")
    if money:
        return _finish(reader, said, operator, value, unit(money.group()))
    here = reader.pos
    scale = reader.take(_SCALE)
    if scale:
        said["scale"] = decimal_of(scale["scale"])
        return _finish(reader, said, operator, value, "score")
    name = take_time_unit(reader)
    if name:
        more = _following(reader, name) if low is None else []
        if more:
            value, name = _single([(value, name), *more])
        return _finish(reader, said, operator, value, name)
    other = reader.take(OTHER_UNIT)
    if other:
        return _finish(reader, said, operator, value, unit(other.group()))
    mistyped = mistyped_unit(reader.rest)
    if mistyped:
        raise reader.error(f"“{mistyped[0]}” is no unit; did you mean “{mistyped[1]}”?", here, here + len(mistyped[0]))
    return _finish(reader, said, operator, value, "")


def _following(reader: Reader, name: str) -> list[tuple[Decimal, str]]:
    """The smaller parts behind the first of ``1 h 30 min``."""
    mark = reader.pos
    parts = take_parts(reader)
    if parts and TIME_UNITS.index(parts[0][1]) < TIME_UNITS.index(name):
        return parts
    reader.pos = mark
    return []


def _single(parts: list[tuple[Decimal, str]]) -> tuple[Decimal, str]:
    """Several parts in the smallest unit among them."""
    name = parts[-1][1]
    kind, factor = BASES[name]
    total = sum((value * BASES[n][1] for value, n in parts if BASES[n][0] == kind), ZERO)
    return total / factor, name


def _qualifiers(reader: Reader, said: dict[str, Any]) -> None:
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


def _skip_subject(reader: Reader) -> Operator:
    """What a target speaks of may stand before its bound: ``p95 latency < 200 ms``, ``uptime of at least 99 %``."""
    found = _SUBJECT.match(reader.text, reader.pos)
    if found is None:
        return ""
    for gap in re.finditer(r"[\s:]+", found.group()):
        probe = Reader(reader.text)
        probe.pos = found.start() + gap.end()
        operator = take_operator(probe)
        if operator:
            reader.pos = probe.pos
            return operator
    return ""


def _finish(reader: Reader, said: dict[str, Any], operator: Operator, value: Decimal, name: str) -> Target:
    """What may follow the number and its unit, in any order, to the end of the text."""
    while not reader.done:
        mark = reader.pos
        suffix = None if operator else reader.take(SUFFIX)
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
        period = take_period(reader)
        if period is not None:
            said["per"] = period
        elif reader.take(ALWAYS):
            said["clock"] = "always"
        elif reader.take(IN_BUSINESS):
            said["clock"] = "business"
        elif not _what(reader, said):
            raise reader.error(f"“{reader.rest}” cannot be read after “{reader.text[: reader.pos].strip()}”")
    if not name and said.get("of"):
        name = "count"
    if not name and said.get("per"):
        name = "count"
    return Target(operator, value, name, **said)


def _limit(reader: Reader) -> Duration | None:
    """``within 4 h``; nothing is consumed where no length of time follows."""
    mark = reader.pos
    if reader.take(_WITHIN):
        iso = take_iso(reader)
        parts = iso[1] if iso else take_parts(reader)
        if parts:
            return sum_parts(parts)
        reader.pos = mark
    return None


def _what(reader: Reader, said: dict[str, Any]) -> bool:
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
        probe = Reader(reader.text, reader.pos)
        if words and (take_period(probe) is not None or _limit(probe) is not None or probe.take(_PERCENTILE)):
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


def _deadline(reader: Reader, said: dict[str, Any]) -> Target:
    """``by 06:00 on pay day``: the time of day in minutes after midnight."""
    value = take_clock_time(reader)
    said["of"] = reader.rest
    return Target("lte", Decimal(value), "time-of-day", **said)


def _from_day(reader: Reader, said: dict[str, Any], found: re.Match[str]) -> Target:
    """``T+1 08:00``: a time of the day so many days after another; ``D-1``: so many days before it. ``of`` is what that
    other day is called."""
    days = int(found["n"]) * (1 if found["sign"] == "+" else -1)
    if not _TIME_AHEAD.match(reader.text, reader.pos):
        said["of"] = f"{found['of']} {reader.rest}".strip()
        return Target("lte", Decimal(days), "day-offset", **said)
    minute = take_clock_time(reader)
    said["of"] = f"{found['of']} {reader.rest}".strip()
    return Target("lte", Decimal(days * 1440 + minute), "time-of-day", **said)


@lru_cache(maxsize=1024)
def parse_percent(text: str) -> Decimal:
    """A percentage from 0 to 100 as written: ``99.5 %``, ``99,5%``, ``99.5 percent``. A bare number is refused."""
    reader = Reader(text)
    found = reader.take(NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest}” is not a percentage such as “99.5 %”")
    if not reader.take(PERCENT) and not (found["words"] and found["sign"]):
        raise reader.error(
            "the unit is missing; write “%”" if reader.done else f"“{reader.rest}” stands where “%” belongs"
        )
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a percentage")
    return number_value(found, percent=True)
