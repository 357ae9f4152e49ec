"""The bounds of a band as people write them: `99.0 % – 99.5 %`, `less than 99.9 % but at least 99 %`, `< 95 %`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from slalint import quantities as q
from slalint.patterns import lazy

_NUMBER = lazy(
    r"(?<![\w.,])(?P<digits>\d+(?:[.,]\d+)?)(?:\s{0,3}\(\d+\))?\s{0,3}"
    r"(?P<unit>%|percent\b|per\s?cent\b|pct\b|(?:milli)?seconds?\b|secs?\b|ms\b|min(?:ute)?s?\b|hours?\b|hrs?\b|h\b|days?\b)?",
    re.I,
)
_LOWER_OR = r"(?:less|lower|fewer|smaller|below|under)"
_HIGHER_OR = r"(?:greater|higher|more|above|better|over)"
# A bound, told by the words right before its number; what includes the number itself stands first.
_BEFORE = lazy(
    rf"(?:(?P<gte>≥|⩾|>=|=>|\bat\s+least|\b(?:not|no)\s+{_LOWER_OR}(?:\s+than)?|\b{_HIGHER_OR}\s+(?:than\s+)?or\s+equal(?:\s+to)?"
    rf"|\bequal(?:s|\s+to)?\s+or\s+{_HIGHER_OR}(?:\s+than)?|\b(?:a\s+)?min(?:imum|\.)?(?:\s+of)?|\bstarting\s+at)"
    rf"|(?P<lte>≤|⩽|<=|=<|\bat\s+most|\b(?:not|no)\s+{_HIGHER_OR}(?:\s+than)?|\b{_LOWER_OR}\s+(?:than\s+)?or\s+equal(?:\s+to)?"
    rf"|\bequal(?:s|\s+to)?\s+or\s+{_LOWER_OR}(?:\s+than)?|\bup\s+to(?:\s+and\s+including)?|\b(?:does\s+)?not\s+exceed(?:ing)?|\bmax(?:imum|\.)?(?:\s+of)?)"
    rf"|(?P<lt><|\b(?:(?:falls?|drops?|is|are|was)\s+)?(?:below|under|beneath)|\b(?:less|lower|fewer|worse)\s+than|\bdown\s+to\s+below)"
    rf"|(?P<gt>>|\b(?:more|greater|higher|better|longer)\s+than|\babove|\bover|\bexceed(?:s|ing)?|\bbeyond|\bin\s+excess\s+of)"
    rf"|(?P<ge>\bfrom|\bbetween))\s*(?:the\s+|an?\s+)?\[?$",  # `less than [99.5 %]`: proposed by a template
    re.I,
)
# And right behind it: `95 % or lower`, `99 % ≤ uptime`.
_BEHIND = lazy(
    rf"\s*,?\s*(?:(?P<gte>(?:or|and)\s+{_HIGHER_OR}\b|\+|(?:≤|⩽|<=)(?=\s*[A-Za-z]))"
    rf"|(?P<lte>(?:or|and)\s+{_LOWER_OR}\b|(?:≥|⩾|>=)(?=\s*[A-Za-z]))"
    r"|(?P<gt><(?=\s*[A-Za-z]))|(?P<lt>>(?=\s*[A-Za-z])))",
    re.I,
)
_DASH = lazy(r"\s*(?:-|–|—|−|→|~|\.\.\.?|…|--|\bto\b|\bthrough\b|\bup\s+to\b|\bdown\s+to\b|\band\b|\bbis\b)\s*", re.I)
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


def find(text: str, header: str = "") -> Iterator[Band]:
    """Each band of a text, left to right. A number alone is a bound only where the ``header`` of its column says which:
    `Uptime below`."""
    bounds = list(_bounds(text))
    index = 0
    while index < len(bounds):
        one = bounds[index]
        other = bounds[index + 1] if index + 1 < len(bounds) else None
        if other is not None and _belong(text, one, other):
            yield _joined(one, other)
            index += 2
            continue
        operator = one.operator or _said(header)
        band = _single(one._replace(operator=operator)) if operator else None
        if band is not None:
            yield band
        index += 1


def _said(header: str) -> str:
    """The operator that a column's name gives its numbers."""
    found = _BEFORE.search(header.rstrip(" :(%)…."))
    return (found.lastgroup or "") if found is not None else ""


def _bounds(text: str) -> Iterator[_Bound]:
    last = 0
    for match in _NUMBER.finditer(text):
        unit = (match["unit"] or "").lower()
        before = _BEFORE.search(text[max(last, match.start() - 60) : match.start()])
        behind = _BEHIND.match(text, match.end())
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


def _belong(text: str, one: _Bound, other: _Bound) -> bool:
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
        "" in kinds | {"" if "ge" in (one.operator, other.operator) else None} and _DASH.fullmatch(between) is not None
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
