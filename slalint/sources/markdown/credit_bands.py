"""The bounds of a band as people write them: `99.0 % – 99.5 %`, `less than 99.9 % but at least 99 %`, `< 95 %`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces, WordList


class Words(Pieces, file="credits"):
    """How texts write bands of figures and credits."""

    number = Pattern()
    before = Pattern()
    behind = Pattern()
    dash = Pattern()
    amount = Pattern()
    percent = Pattern()
    numbers = WordList()
    counted = WordList()


_BETWEEN = lazy(r"[\s\w,;(&–—→-]*", re.I)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Band(NamedTuple):
    """The bounds at ``[start, end)`` of a text; ``unit`` is percent, second (all times are given in seconds) or empty
    where none is written. ``low_in`` and ``high_in`` are None where the words leave open whether the bound belongs."""

    start: int
    end: int
    low: Decimal | None
    low_in: bool | None
    high: Decimal | None
    high_in: bool | None
    unit: str


class _Bound(NamedTuple):
    start: int
    end: int
    value: Decimal
    operator: str  # gte, lte, lt, gt, "" for none; "ge" for the "from" of a range
    unit: str


def find(text: str, header: str, words: Words) -> Iterator[Band]:
    """Each band of a text, left to right. A number alone is a bound only where the ``header`` of its column says which:
    `Uptime below`."""
    bounds = list(_bounds(text, words))
    index = 0
    while index < len(bounds):
        one = bounds[index]
        other = bounds[index + 1] if index + 1 < len(bounds) else None
        if other is not None and _belong(text, one, other, words):
            yield _joined(one, other)
            index += 2
            continue
        operator = one.operator or _said(header, words)
        band = _single(one._replace(operator=operator)) if operator else None
        if band is not None:
            yield band
        index += 1


def _said(header: str, words: Words) -> str:
    """The operator that a column's name gives its numbers."""
    found = words.before.search(header.rstrip(" :(%)…."))
    return (found.lastgroup or "") if found is not None else ""


def _bounds(text: str, words: Words) -> Iterator[_Bound]:
    last = 0
    for match in words.number.finditer(text):
        unit = (match["unit"] or "").lower()
        before = words.before.search(text[max(last, match.start() - 60) : match.start()])
        behind = words.behind.match(text, match.end())
        start, end = match.start(), match.end()
        operator = ""
        if before is not None:
            operator = before.lastgroup or ""
            start = max(last, match.start() - 60) + before.start()
        elif behind is not None:
            operator, end = behind.lastgroup or "", behind.end()
        value = q.unit(unit) if unit else ""
        number = Decimal(match["digits"].replace(",", "."))
        if value in ("second", "minute", "hour", "day"):
            number, value = number * _SECONDS[value[0]], "second"
        elif value == "ms":
            number, value = number / 1000, "second"
        yield _Bound(start, end, number, operator, value)
        last = end


def _belong(text: str, one: _Bound, other: _Bound, words: Words) -> bool:
    """Whether two bounds are the ends of one band."""
    if one.unit and other.unit and one.unit != other.unit:
        return False
    between = text[one.end : other.start]
    if len(between) > 40:
        return False
    kinds = {_side(one.operator), _side(other.operator)}
    if kinds == {"low", "high"}:
        # `≥ 99 % and < 99.5 %`, `99 % ≤ uptime < 99.5 %`; but not `below 99 %: credit of at least …`
        return _BETWEEN.fullmatch(between) is not None
    return (
        "" in kinds | {"" if "ge" in (one.operator, other.operator) else None}
        and words.dash.fullmatch(between) is not None
    )


def _side(operator: str) -> str:
    return {"gte": "low", "gt": "low", "lte": "high", "lt": "high"}.get(operator, "")


def _joined(one: _Bound, other: _Bound) -> Band:
    low, high = (one, other) if one.value <= other.value else (other, one)
    # An end without a word of its own belongs where the other one says that it does not: `95 % to < 99 %`.
    says = {_side(b.operator) for b in (one, other)} - {""}
    low_in = {"gte": True, "gt": False}.get(low.operator, True if says else None)
    high_in = {"lte": True, "lt": False}.get(high.operator, True if says else None)
    return Band(one.start, other.end, low.value, low_in, high.value, high_in, one.unit or other.unit)


def _single(one: _Bound) -> Band | None:
    side = _side(one.operator)
    if side == "high":
        return Band(one.start, one.end, None, None, one.value, one.operator == "lte", one.unit)
    if side == "low":
        return Band(one.start, one.end, one.value, one.operator == "gte", None, None, one.unit)
    return None
