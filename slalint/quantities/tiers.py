"""Credit tiers: what is due in a band of a percentage."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from slalint.patterns import lazy
from slalint.quantities.reading import MONEY, NUMBER, OTHER_UNIT, PERCENT, TO, Reader, number_value
from slalint.quantities.values import CURRENCIES, Tier, unit

_BELOW = lazy(r"(?:but\s+|and\s+)?(?:below|less than|under|lower than|to below|to less than|<)\s*", re.I)
_AT_LEAST = lazy(
    r"(?:but\s+|and\s+)?(?:from|at least|not below|not less than|no less than|equal to or greater than|"
    r"greater than or equal to|above or equal to|≥|>=|between)\s*",
    re.I,
)
_COLON = lazy(r"\s*(?::|=|→|->|=>|;|,)\s*(?:a\s+)?(?:credit of\s+)?")


@lru_cache(maxsize=256)
def parse_tier(text: str) -> Tier:
    """``below 99.5 %: 5 %``, ``99 % to 99.5 %: 5 %``, ``at least 99 % and below 99.5 %: 10 % of the monthly fee``.
    The upper bound is exclusive, the lower inclusive."""
    reader = Reader(text)
    low: Decimal | None = None
    high: Decimal | None = None
    while not reader.done and _COLON.match(reader.text, reader.pos) is None:
        mark = reader.pos
        if reader.take(_BELOW):
            high = _bound(reader)
        else:
            reader.take(_AT_LEAST)
            low = _bound(reader)
            if reader.take(TO) or reader.take(_BELOW):
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
    money = reader.take(MONEY)
    found = reader.take(NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest}” is not a credit such as “5 %”")
    percent = bool(reader.take(PERCENT))
    other = None if money or percent else reader.take(OTHER_UNIT)
    unit_ = "percent" if percent else unit(money.group()) if money else unit(other.group()) if other else ""
    if unit_ != "percent" and unit_ not in CURRENCIES:
        raise reader.error("the credit has no unit; write “%” or a currency", found.start())
    return Tier(low, high, number_value(found, percent), unit_, reader.rest)


def _bound(reader: Reader) -> Decimal:
    start = reader.pos
    found = reader.take(NUMBER)
    if found is None:
        raise reader.error(f"“{reader.rest or reader.text.strip()}” is not a percentage such as “99.5 %”", start)
    percent = reader.take(PERCENT)
    if percent is None and TO.match(reader.text, reader.pos) is None:
        raise reader.error("the unit is missing; write “%”", found.start(), found.end())
    return number_value(found, percent=True)
