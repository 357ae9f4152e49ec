"""Parts that do not add up to the total that is stated for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.hints import Hints
from slalint.words.pieces import Pattern, Pieces, WordList

if TYPE_CHECKING:
    from slalint.text import Passage, Table

summary = "The parts of a score add up to the total that is stated."
severity = "error"
why = "A lead that one side counts as qualified falls short by the other side's sum."
fix = "Correct the part that slipped, or the total."


class _Words(Pieces, file="total-mismatch"):
    hints = WordList(absent="")
    points = Pattern()
    whole = Pattern()
    in_all = Pattern()
    total = Pattern()
    loose = Pattern()
    weights = Pattern()
    adds = Pattern()
    cell = Pattern()


class _Line(NamedTuple):
    """A line of running text: an item of a list, or what stands above one."""

    text: str
    passage: Passage
    start: int  # within the passage
    depth: int  # of an item of a list; 0 above it

    def part(self, start: int, end: int) -> Node:
        return self.passage.part(self.start + start, self.start + end)


class _Part(NamedTuple):
    node: Node
    value: Decimal


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    document = agreement.prose
    if document is not None:
        for table in document.tables:
            yield from _table(table, words)
    if _hints(words).among(agreement.words):
        yield from _lists(_lines(agreement.passages), words)
    if document is not None:
        yield from _lists(_lines(document.code), words)


@cache
def _hints(words: _Words) -> Hints:
    return Hints(lambda text: any(map(text.lower().__contains__, words.hints)), words.language)


# ---- lists and sentences


_BULLET = lazy(r"^[ \t>]*(?:[-*•+]|\d{1,2}[.)])[ \t]+")
_RULE = lazy(r"^\s*(?:```|~~~)")


def _lines(passages: Iterable[Passage]) -> Iterator[_Line]:
    """Every line. In Markdown each item is a passage; in code and in strings of data a bullet makes one."""
    for passage in passages:
        if passage.kind == "cell":
            continue
        if passage.kind not in ("code", "string"):
            yield _Line(passage.text, passage, 0, max(passage.depth, 1) if passage.kind == "item" else 0)
            continue
        at = 0
        for text in passage.text.split("\n"):
            bullet = _BULLET.match(text)
            if not _RULE.match(text):
                yield _Line(text, passage, at, 1 + len(text) - len(text.lstrip()) if bullet is not None else 0)
            at += len(text) + 1


class _Group(NamedTuple):
    """A total with what stands below it; a part that gives no one figure is None, and then nothing adds up."""

    depth: int
    whole: _Part | None
    parts: list[_Part | None]

    def compared(self) -> Iterator[Observation]:
        if self.whole is not None and len(self.parts) > 1 and None not in self.parts:
            yield from _compared(self.whole, [part for part in self.parts if part is not None], "points")


def _lists(lines: Iterable[_Line], words: _Words) -> Iterator[Observation]:
    """A total with the items below it, ``Fit (50 points):``, which may be an item itself; sentences that hold both."""
    open_: list[_Group] = []
    for line in lines:
        if not line.text.strip():
            continue
        while open_ and open_[-1].depth >= line.depth:
            yield from open_.pop().compared()
        said = words.whole.search(line.text)
        loose = said is not None and words.loose.search(line.text[: said.end()])
        whole = _Part(line.part(*said.span("number")), _value(said)) if said is not None and not loose else None
        if line.depth and open_ and words.total.match(line.text[: line.text.find(":")]):
            if open_[-1].whole is None:  # `Total: 50 points` below the parts
                yield from open_.pop()._replace(whole=_points(line, words)).compared()
            continue
        if line.depth and open_:
            open_[-1].parts.append(_points(line, words) if said is None else whole)
        if said is not None or not line.depth:
            open_.append(_Group(line.depth, whole, []))
        if not line.depth:
            yield from _sentence(line, words)
    while open_:
        yield from open_.pop().compared()


def _points(line: _Line, words: _Words) -> _Part | None:
    """The points of an item, if it gives just one figure that is given in full."""
    found = list(words.points.finditer(line.text))
    if len(found) != 1 or (found[0]["sign"] or "").strip() not in ("", "+"):
        return None
    ahead = line.text[max(found[0].start() - 24, 0) : found[0].start()]
    if words.loose.search(ahead) or words.loose.match(line.text[found[0].end() :].lstrip()):
        return None
    return _Part(line.part(*found[0].span("number")), _value(found[0]))


def _sentence(line: _Line, words: _Words) -> Iterator[Observation]:
    """``100 points in all: 40 points for the title, 60 points for the industry``."""
    said = words.in_all.search(line.text)
    if said is None or words.loose.search(line.text):
        return
    end = line.text.find(". ", said.end())
    found = list(words.points.finditer(line.text, said.end(), end if end >= 0 else len(line.text)))
    if len(found) > 1 and not any((one["sign"] or "").strip() for one in found):
        whole = _Part(line.part(*said.span("number")), _value(said))
        yield from _compared(whole, [_Part(line.part(*one.span("number")), _value(one)) for one in found], "points")


# ---- tables


def _table(table: Table, words: _Words) -> Iterator[Observation]:
    """Columns above a row that is called total, and columns of weights, which are shares of 100 %."""
    if len(table.rows) < 3:
        return
    last = table.rows[-1]
    named = bool(last) and words.total.match(last[0].text) is not None
    if not named and not any(words.weights.match(header.text) for header in table.header):
        return
    if any(row and words.loose.search(row[0].text) for row in table.rows):
        return
    for index, header in enumerate(table.header):
        if index == 0:
            continue
        cells = [row[index] for row in table.rows if index < len(row)]
        if len(cells) != len(table.rows):
            continue
        above = cells[:-1] if named else cells
        read = [_cell(cell, words) for cell in above]
        values = [value for one in read if one is not None for value, _ in [one]]
        units = {unit for one in read if one is not None for _, unit in [one]}
        if len(values) != len(above) or len(units) != 1:
            continue
        percent, weights = units == {"%"}, words.weights.match(header.text) is not None
        parts = [_Part(cell.node, value) for cell, value in zip(above, values, strict=True)]
        total = _cell(cells[-1], words) if named else None
        if total is not None and (weights or (words.adds.search(header.text) and not percent)):
            yield from _compared(_Part(cells[-1].node, total[0]), parts, "%" if percent else "")
        elif not named and weights and percent:
            yield from _compared(_Part(header.node, Decimal(100)), parts, "%")


def _cell(cell: Passage, words: _Words) -> tuple[Decimal, str] | None:
    found = words.cell.fullmatch(cell.text)
    return (_value(found), (found["unit"] or "").lower()) if found is not None else None


# ---- the sum


def _compared(whole: _Part, parts: list[_Part], unit: str) -> Iterator[Observation]:
    """What there is to say where parts are neither the total nor, being alternatives, led by it."""
    values = [part.value for part in parts]
    total = sum(values, Decimal(0))
    step = max((Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)) for value in values), default=Decimal(1))
    rounding = step * len(values) / 2 if step < 1 else Decimal(0)
    if abs(total - whole.value) <= rounding or whole.value == max(values):
        return
    unit = f" {unit}" if unit else ""
    shown = " + ".join(map(q.number, values[:12])) + (" + …" if len(values) > 12 else "")
    yield Observation(
        whole.node,
        f"{shown} = {q.number(total)}{unit}; the total is {q.number(whole.value)}{unit}.",
        confidence="medium",
        related=tuple((part.node, "a part of the sum") for part in parts[:12]),
        data={"parts": [f"{value:f}" for value in values], "sum": f"{total:f}", "stated": f"{whole.value:f}"},
        key=" ".join([q.number(whole.value), *map(q.number, values)]),
    )


def _value(found: re.Match[str]) -> Decimal:
    return q.parse_target(found["number"]).value


bad = [
    {
        "yaml": """\
definitions:
  Lead Score: |
    What we know of a Lead (50 points): # expect
    - title: 25 points
    - industry: 15 points
    - size: 20 points
  Fit: "100 points in all: 40 points for the title, 30 points for the industry, 20 points for the size." # expect
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

A lead is qualified from 60 points on.

What a lead has done (50 points): <!-- expect -->

- Visited the price list: 20 points
- Asked for a demonstration: 30 points
- Opened an e-mail: 10 points

| Component | Points |
|---|---|
| Title | 40 |
| Industry | 30 |
| Size | 20 |
| Total | 100 | <!-- expect -->

| Measure | Weight | <!-- expect -->
|---|---|
| Volume | 40 % |
| Quality | 40 % |
| Speed | 30 % |
"""
    },
    {
        "markdown": """# Service level agreement between Marketing and Sales

Fit (40 Points): <!-- expect -->

- Title: 20 Points
- Size: 10 Points
"""
    },
]
good = [
    {
        "yaml": """\
definitions:
  Lead Score: |
    What we know of a Lead (60 points):
    - title: 25 points
    - industry: 15 points
    - size: 20 points
  Fit: "100 points in all: 40 points for the title, 40 points for the industry, 20 points for the size."
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

What a lead has done (50 points):

- Visited the price list: 20 points
- Asked for a demonstration: 30 points

Title (25 points):

- Director: 25 points
- Manager: 15 points
- Assistant: 5 points

Activity (max. 40 points):

- Opened an e-mail: 10 points
- Clicked: 10 points each

| Component | Points |
|---|---|
| Title | 40 |
| Industry | 30 |
| Size | 30 |
| **Total** | **100** |

| Measure | Weight |
|---|---|
| Volume | 33.3 % |
| Quality | 33.3 % |
| Speed | 33.3 % |
"""
    },
]
