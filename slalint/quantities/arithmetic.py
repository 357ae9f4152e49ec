"""Availability and downtime: the sums that agreements state, and how to show them.

Percentages are 0 to 100, lengths are minutes; everything is exact until it is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from slalint.record import NamedTuple

HUNDRED = Decimal(100)
ONE = Decimal(1)
_DAY, _HOUR = Decimal(1440), Decimal(60)


class Length(NamedTuple):
    """How long a window is: minutes that count, and how that comes about (``30 d``, ``365.25 d / 12``)."""

    label: str
    minutes: Decimal


def allowed_downtime(target: Decimal, minutes: Decimal) -> Decimal:
    """The minutes that a target in percent leaves of so many: (1 - target) x window.

    >>> allowed_downtime(Decimal("99.9"), Decimal(43200))
    Decimal('43.200')
    """
    return (HUNDRED - target) * minutes / HUNDRED


def availability_left(downtime: Decimal, minutes: Decimal) -> Decimal:
    """The percentage that remains after so many minutes of downtime; the inverse of ``allowed_downtime``."""
    return HUNDRED - downtime * HUNDRED / minutes


def serial(targets: Iterable[Decimal]) -> Decimal:
    """The percentage of time in which all of several independent things are up: their product."""
    product = ONE
    for target in targets:
        product *= target / HUNDRED
    return product * HUNDRED


def redundant(targets: Iterable[Decimal]) -> Decimal:
    """The percentage of time in which at least one of several independent things is up: 1 - (1 - a)(1 - b)…"""
    down = ONE
    for target in targets:
        down *= ONE - target / HUNDRED
    return (ONE - down) * HUNDRED


def compound(groups: Iterable[Sequence[Decimal]]) -> Decimal:
    """The availability of a chain of groups; those within a group stand in for one another."""
    return serial(redundant(group) for group in groups)


def compound_working(groups: Sequence[Sequence[Decimal]]) -> str:
    """The sum behind ``compound``: ``99.99 % x (1 - 1 % x 1 %) = 99.98 %``."""
    parts = []
    for group in groups:
        if len(group) == 1:
            parts.append(percent(group[0]))
        else:
            parts.append("(1 - " + " × ".join(percent(HUNDRED - one) for one in group) + ")")
    return " × ".join(parts) + f" = {percent(rounded(compound(groups), 6))}"


def downtime_working(target: Decimal, length: Length) -> str:
    """The sum behind ``allowed_downtime``: ``99.5 % of 260.9 h (12 h × 5 d × 52.18 / 12) leaves 78.3 min``."""
    left = minutes_text(allowed_downtime(target, length.minutes))
    return f"{percent(target)} of {hours_text(length.minutes)} ({length.label}) leaves {left}"


def agrees(stated: Decimal, exact: Decimal, place: Decimal) -> bool:
    """Whether a stated figure is an exact one, rounded or cut at ``place`` (0.1 for ``43.2``, 1 for ``43``). A place so
    coarse that a seventh of the figure is lost shows nothing and agrees with nothing.

    >>> agrees(Decimal("43.2"), Decimal("43.2"), Decimal("0.1"))
    True
    """
    off = abs(stated - exact)
    return not off or (off < place and off * 7 <= abs(exact))


def rounded(value: Decimal, places: int) -> Decimal:
    """A value with at most so many decimals, half up, without trailing zeros."""
    return trimmed(value.quantize(ONE.scaleb(-places), ROUND_HALF_UP)) if value.is_finite() else value


def trimmed(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: ``43.200`` is 43.2, ``1E+3`` is 1000."""
    if value == value.to_integral_value():
        return value.quantize(ONE) if abs(value) < Decimal("1e20") else value
    return value.normalize()


def number(value: Decimal) -> str:
    """A number with its thousands grouped: ``43,200``, ``43829.1`` as ``43,829.1``."""
    return f"{trimmed(value):,f}"


def percent(value: Decimal) -> str:
    """``99.5 %``."""
    return f"{trimmed(value):f} %"


def hours_text(minutes: Decimal) -> str:
    """A whole window in hours: ``720 h``, ``260.9 h``; a short one in minutes."""
    return f"{number(rounded(minutes / 60, 1))} h" if minutes >= 600 else minutes_text(minutes)


def minutes_text(minutes: Decimal) -> str:
    """Minutes as a person says them: ``43.2 min``, ``3 h 39 min``, ``1 d 12 h``, ``26 s``. Exact where that is short,
    else to the second."""
    minutes = trimmed(minutes)
    if minutes < 2:
        return f"{number(rounded(minutes * 60, 1))} s"
    if minutes < 120:
        return f"{number(rounded(minutes, 1 if minutes >= 10 else 2))} min"
    seconds = (minutes * 60).quantize(ONE, ROUND_HALF_UP)
    parts = []
    for size, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts)
