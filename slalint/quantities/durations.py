"""Lengths of time: ISO 8601, ``4 h``, ``1 h 30 min``, ``2 business days``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from slalint.patterns import lazy
from slalint.quantities.reading import (
    ALWAYS,
    IN_BUSINESS,
    NBD,
    NUMBER,
    SUFFIX,
    Reader,
    decimal_of,
    number_value,
    take_operator,
    take_time_unit,
)
from slalint.quantities.values import TIME_UNITS, UNITS, ZERO, Duration, QuantityError, duration_of

_ISO = lazy(
    r"(?P<sign>[+-]?)P(?:(?P<y>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?"
    r"(?P<t>T(?:(?P<h>\d+)H)?(?:(?P<mi>\d+)M)?(?:(?P<s>\d+(?:[.,]\d+)?)S)?)?(?!\w)"
)
_ISO_LIKE = lazy(r"[+-]?p(?:\d+[ymwdhs]|t\d)[\dymwdths.,]*(?!\w)|[Pp][Tt]?$", re.I)
_ISO_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
    ("s", "second"),
)


def take_iso(reader: Reader) -> tuple[Duration, list[tuple[Decimal, str]]] | None:
    """An ISO 8601 duration at the cursor with its parts; a text that only looks like one is an error."""
    start = reader.pos
    found = _ISO.match(reader.text, start)
    parts = [(decimal_of(found[key]), name) for key, name in _ISO_UNITS if found[key]] if found else []
    if found is None or not parts or found["t"] == "T":
        like = _ISO_LIKE.match(reader.text, start)
        if like is None:
            return None
        written = like.group()
        hint = f"; write “{written.upper()}”" if _ISO.fullmatch(written.upper()) and written != written.upper() else ""
        if not hint and re.fullmatch(r"P\d+[HS]", written):
            hint = f"; hours and seconds stand after a T: “PT{written[1:]}”"
        raise reader.error(f"“{written}” is not an ISO 8601 duration{hint}", start, like.end())
    if found["sign"]:
        raise reader.error("a duration has no sign", start, start + 1)
    reader.pos = found.end()
    reader.space()
    return sum_parts(parts), parts


def sum_parts(parts: list[tuple[Decimal, str]]) -> Duration:
    """Numbers with their units of time as one length."""
    totals = [ZERO, ZERO, ZERO, ZERO]
    for value, name in parts:
        for index, amount in enumerate(duration_of(value, name) or ()):
            totals[index] += amount
    return Duration(*totals)


_AND = lazy(r"(?:,|and\b|\+)\s*", re.I)


def take_parts(reader: Reader) -> list[tuple[Decimal, str]]:
    """``1 h 30 min``: numbers with units of time, at least one; empty (and nothing consumed) where there is none."""
    parts: list[tuple[Decimal, str]] = []
    while True:
        mark = reader.pos
        if parts:
            reader.take(_AND)
        found = reader.take(NUMBER)
        name = take_time_unit(reader) if found else ""
        if not found or not name or (parts and TIME_UNITS.index(name) >= TIME_UNITS.index(parts[-1][1])):
            reader.pos = mark
            return parts
        parts.append((number_value(found), name))


_NOTICE = lazy(
    r"(?:of\s+)?(?:(?:prior|advance|written|in)\s+)*(?:notice|advance|before(?:hand)?|after(?:wards)?|prior|writing)\b.*"
    r"|from\b.*|of\s+the\b.*",
    re.I | re.DOTALL,
)


@lru_cache(maxsize=2048)
def parse_duration(text: str) -> Duration:
    """``PT4H``, ``P1M``, ``4 h``, ``1 h 30 min``, ``2 business days``, ``NBD``, ``60 days before the end``. A leading
    bound (``at least 30 days``) is accepted: the length is what is asked for."""
    reader = Reader(text)
    take_operator(reader)
    if reader.take(NBD):
        value = Duration(business_days=Decimal(1))
    else:
        iso = take_iso(reader)
        if iso is not None:
            value = iso[0]
        else:
            start = reader.pos
            parts = take_parts(reader)
            if not parts:
                raise _no_duration(reader, start)
            value = sum_parts(parts)
    reader.take(SUFFIX)
    reader.take(_NOTICE)
    if reader.take(IN_BUSINESS) and not reader.take(_NOTICE):
        value = value._replace(seconds=ZERO, business_seconds=value.business_seconds + value.seconds)
    reader.take(ALWAYS)
    if not reader.done:
        raise reader.error(f"“{reader.rest}” cannot be read after a length of time")
    return value


def _no_duration(reader: Reader, start: int) -> QuantityError:
    reader.pos = start
    found = reader.take(NUMBER)
    if found is None:
        return reader.error(f"“{reader.rest}” is not a length of time such as “4 h” or “2 business days”", start)
    if reader.done:
        return reader.error(
            f"“{found.group().strip()}” has no unit; write for example “{found.group().strip()} h”", start
        )
    mistyped = mistyped_unit(reader.rest)
    if mistyped:
        word, known = mistyped
        return reader.error(f"“{word}” is no unit of time; did you mean “{known}”?", reader.pos, reader.pos + len(word))
    return reader.error(f"“{reader.rest}” is no unit of time")


_SPELLED_WORDS = (
    "second seconds minute minutes hour hours days week weeks month months year years quarter percent business working"
)
_SPELLED = tuple(_SPELLED_WORDS.split())


def mistyped_unit(rest: str) -> tuple[str, str] | None:
    """The first word with the unit that it was meant to be, if it is one letter or one swap away."""
    found = re.match(r"[^\W\d_]+", rest)
    if found is None or len(found.group()) < 4:
        return None
    word = found.group().lower()
    if word in _SPELLED or word in UNITS:
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
