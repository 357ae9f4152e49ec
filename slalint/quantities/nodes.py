"""Quantities from the nodes of the data form: the short form or the object, None where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from slalint.quantities.dates import parse_date
from slalint.quantities.durations import parse_duration
from slalint.quantities.hours import parse_hours, parse_maintenance, take_clock_time
from slalint.quantities.periods import parse_frequency, parse_window
from slalint.quantities.reading import LONGEST, OPERATOR_WORDS, SYMBOLS, Reader
from slalint.quantities.targets import parse_percent, parse_target
from slalint.quantities.tiers import parse_tier
from slalint.quantities.values import (
    Duration,
    Frequency,
    Hours,
    Maintenance,
    QuantityError,
    Target,
    Tier,
    Window,
    duration_of,
    unit,
)

if TYPE_CHECKING:
    from datetime import date

    from slalint.model import Node

T = TypeVar("T")


def hours_of(text: str) -> Hours | None:
    """``parse_hours`` that answers None where it cannot read: a calendar's id, a sentence."""
    return _or_none(parse_hours, text)


def target_of(text: str) -> Target | None:
    """``parse_target`` that answers None where it cannot read."""
    return _or_none(parse_target, text)


def _or_none(parse: Callable[[str], T], text: str) -> T | None:
    return _read(parse, text) if len(text) <= LONGEST else None  # what is longer is read by none, nor remembered


@lru_cache(maxsize=8192)  # what cannot be read is as often met again as what can
def _read(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except QuantityError:
        return None


def date_of(text: str) -> date | None:
    """``parse_date`` that answers None where it cannot read."""
    return _or_none(parse_date, text)


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
        return target_of(node.text)
    value, operator, unit_ = _number_of(node.get("value")), node.get("operator"), node.get("unit")
    if value is None:
        return None
    sign = operator.text.strip() if operator is not None else ""
    per = read_duration(node.get("per"))
    percentile = _number_of(node.get("percentile"))
    name = unit(unit_.text) if unit_ is not None else ""
    return Target(
        SYMBOLS.get(sign, sign if sign in OPERATOR_WORDS else ""), value, name, percentile, per, text=node.raw
    )


def read_duration(node: Node | None) -> Duration | None:
    """A duration from its short form or ``{value, unit}``."""
    if node is None:
        return None
    if node.text:
        return _or_none(parse_duration, node.text)
    value, unit_ = _number_of(node.get("value")), node.get("unit")
    return duration_of(value, unit(unit_.text)) if value is not None and unit_ is not None else None


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
    return date_of(node.text) if node is not None and node.text else None


def read_maintenance(node: Node | None) -> Maintenance | None:
    """A repeated slot from its short form."""
    return _or_none(parse_maintenance, node.text) if node is not None and node.text else None


def minute_of_day(text: str) -> int | None:
    """A time of the day (``03:00``, ``7 pm``, ``24:00``) in minutes after midnight, None where it is none."""
    return _or_none(_clock_time, text)


def _clock_time(text: str) -> int:
    return take_clock_time(Reader(text))


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
