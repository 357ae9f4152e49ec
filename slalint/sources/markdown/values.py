"""Value expressions in running text: where one stands, and what kind of value it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalint.record import NamedTuple
from slalint.sources.markdown.cues import SMALL

if TYPE_CHECKING:
    from slalint.sources.markdown.metrics_words import Words

_ALSO = {"blank": "percent", "volume": "count"}  # `[99.9 %]` and `200/month` are spelt apart


TIMES = ("duration", "fixed", "deadline")  # kinds that a category of times can take


class Value(NamedTuple):
    """A value as it is written. ``kind``: rate, percent, score, money, duration, count, fixed (`next business day`) or
    deadline (`by 06:00`)."""

    start: int
    end: int
    kind: str


def find(text: str, words: Words) -> tuple[Value, ...]:
    """Every value expression in a text, left to right, operators included."""
    return words.found[text]


def scan(text: str, words: Words) -> tuple[Value, ...]:
    """``find`` for a text that was not looked at before."""
    if not words.may_value(words.told[text]):
        return ()
    found = []
    for match in words.small_values.finditer(SMALL[text]):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        kind = match.lastgroup or ""
        found.append(Value(start, end, _ALSO.get(kind, kind)))
    return tuple(found)


def opening(text: str, value: Value, words: Words) -> int:
    """Where a value begins with the percentile right before it: `p95 < 300 ms`."""
    if value.kind != "duration":
        return value.start
    found = words.statistic.search(text, max(value.start - 24, 0), value.start)
    return found.start() if found is not None else value.start
