"""Whether the bands of credit tiers fit together: what lies in none of them, what lies in two, and whether worse is
dearer.

An end of a band is a cut between numbers: ``(99, 0)`` lies just before 99 and ``(99, 1)`` just behind it. So a band is
all that lies between two cuts, and bands meet exactly where a cut is the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from slalint.quantities.arithmetic import trimmed
from slalint.record import NamedTuple

Cut = tuple[Decimal, int]
_LOWEST: Cut = (Decimal("-Infinity"), 0)
_HIGHEST: Cut = (Decimal("Infinity"), 1)
_NEAREST = 30  # bands above one that it is held against


class Bounds(NamedTuple):
    """A band as written: a missing bound is open; ``low_in`` and ``high_in`` say whether the bound itself belongs to
    it."""

    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool


class Band(NamedTuple):
    """All that lies between two cuts; ``row`` is the index of the bounds that it was made from."""

    low: Cut
    high: Cut
    row: int


class Stretch(NamedTuple):
    """Numbers that two bands leave out between them, or that both claim. ``lower`` and ``upper`` are the indices of
    their rows."""

    low: Cut
    high: Cut
    lower: int
    upper: int

    @property
    def is_point(self) -> bool:
        return self.low[0] == self.high[0]

    def text(self, unit: str = "") -> str:
        """In words that say whether the ends belong to it: ``99.5 % to below 99.9 %``."""
        (low, after_low), (high, after_high) = self.low, self.high
        first, last = f"{trimmed(low):f}{unit}", f"{trimmed(high):f}{unit}"
        if low == high:
            return f"exactly {first}"
        if low.is_infinite():
            return f"{last} and below" if after_high else f"below {last}"
        if high.is_infinite():
            return f"above {first}" if after_low else f"{first} and above"
        if after_low and not after_high:
            return f"between {first} and {last}"
        start = f"above {first}" if after_low else first
        return f"{start} to {last}" if after_high else f"{start} to below {last}"


def bands(rows: Sequence[Bounds]) -> list[Band]:
    """The bands of a schedule, lowest first. One without a lower end goes down to the next one below it, for cascades
    (``below 99.9``, ``below 99``) are read from the lowest row that matches; one without an upper end likewise upwards.
    Bounds that leave nothing between them, or of which both are missing, give no band."""
    lows = [_LOWEST if row.low is None else (row.low, int(not row.low_in)) for row in rows]
    highs = [_HIGHEST if row.high is None else (row.high, int(row.high_in)) for row in rows]
    from_below, from_above = sorted(highs), sorted(lows)
    found = []
    for index, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low == _LOWEST:
            below = bisect_left(from_below, high)
            low = from_below[below - 1] if below else _LOWEST
        if high == _HIGHEST:
            above = bisect_right(from_above, low)
            high = from_above[above] if above < len(from_above) else _HIGHEST
        if low < high and rows[index][::2] != (None, None):
            found.append(Band(low, high, index))
    return sorted(found)


def gaps(rows: Sequence[Bounds], step: Decimal | None = None) -> list[Stretch]:
    """What lies between two bands and in none. With ``step`` (0.01 where figures are rounded to two decimals) only gaps
    that a rounded figure can fall into. Open ends are no gaps."""
    found = []
    last: Band | None = None
    for band in bands(rows):
        if last is not None and last.high < band.low and not _stepped_over(last.high, band.low, step):
            found.append(Stretch(last.high, band.low, last.row, band.row))
        if last is None or band.high > last.high:
            last = band
    return found


def _stepped_over(low: Cut, high: Cut, step: Decimal | None) -> bool:
    """Whether no multiple of ``step`` lies between two cuts."""
    if not step:
        return False
    first = (low[0] / step).to_integral_value(ROUND_CEILING) * step
    if first == low[0] and low[1]:
        first += step
    return (first, 0) >= high


def overlaps(rows: Sequence[Bounds]) -> list[Stretch]:
    """What two bands claim, each pair once. A band is held against the next few: where all overlap, pairs are many."""
    found = []
    sorted_ = bands(rows)
    for index, lower in enumerate(sorted_):
        for upper in sorted_[index + 1 : index + 1 + _NEAREST]:
            if upper.low >= lower.high:
                break
            found.append(Stretch(upper.low, min(lower.high, upper.high), lower.row, upper.row))
    return found


def not_rising(
    rows: Sequence[Bounds], amounts: Sequence[Decimal | None], lower_is_worse: bool = True
) -> list[tuple[int, int]]:
    """Pairs (better, worse) of neighbouring bands of which the worse one does not give more; an amount that is not
    known is not compared."""
    sorted_ = [band for band in bands(rows) if amounts[band.row] is not None]
    if lower_is_worse:
        sorted_.reverse()
    found = []
    for better, worse in pairwise(sorted_):
        one, other = amounts[better.row], amounts[worse.row]
        if one is not None and other is not None and other <= one:
            found.append((better.row, worse.row))
    return found


def rows_for(rows: Sequence[Bounds], figure: Decimal) -> list[int]:
    """The rows that a measured figure falls into: none, one, or several where they overlap."""
    return [band.row for band in bands(rows) if band.low <= (figure, 0) and (figure, 1) <= band.high]
