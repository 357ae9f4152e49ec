"""Where the values of a plain document stand. Of most documents nobody asks, so this is found out by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from slalint.model import Mark
from slalint.sources._lines import BLOCK, FLAT, ITEMS, NESTED, NOTHING, REMARK, tell
from slalint.sources._plain import cut, extent

# Where its dash stands, if it has one; start and end of the key and of the value; whether there is a key; what it holds
# (``_lines``); the text of a collection in brackets.
_Row: TypeAlias = tuple[int, int, int, int, int, bool, int, str]


def marks(data: Any, text: str, base: int) -> Mark:
    """The marks of what ``_plain`` has read in a text that has the offset ``base`` in its file."""
    lines, above, width = cut(text)
    rows = _rows(lines, base + above, width)
    first = next(rows)
    return _collection(data, first[0], first, rows)[0]


# A line of a mapping at the margin that is no key of it begins with one of these, or is empty.
_WITHIN = frozenset(("", " ", "#", "-"))


def part(data: Any, text: str, base: int, name: str) -> Mark | None:
    """The same with what stands under one key only; None where that is not told at a glance. Most findings of a
    document stand in a small part of it."""
    lines, above, width = cut(text)
    starts = [number for number, line in enumerate(lines) if line[:1] not in _WITHIN]
    if data.__class__ is not dict or len(starts) != len(data):
        return None
    at = [*data].index(name)
    first, after = [*starts, len(lines)][at : at + 2]
    rows = _rows(lines[first:after], base + above + sum(map(len, lines[:first])) + first * width, width)
    row = next(rows)
    return _collection({name: data[name]}, row[0], row, rows)[0]


def _rows(lines: list[str], at: int, width: int) -> Iterator[_Row]:
    """The lines that hold something, with block scalars whole. ``width`` is that of a line break."""
    number = 0
    while number < len(lines):
        line = lines[number]
        _, key, _, (kind, level, column, key_end, start, end) = tell(line)
        stop = at + end
        here = at
        at += len(line) + width
        number += 1
        if kind == BLOCK:
            _, _, after = extent(lines, number)
            for line in lines[number:after]:
                if line.strip(" "):
                    stop = at + len(line.rstrip(" "))
                at += len(line) + width
            number = after
        if kind != REMARK:
            inside = line[start:end] if kind in (FLAT, NESTED) else ""
            yield here + (level >> 1), here + column, here + key_end, here + start, stop, key is not None, kind, inside


def _collection(data: Any, begin: int, row: _Row | None, rows: Iterator[_Row]) -> tuple[Mark, int]:
    """The mark of a mapping or a list whose first row is given, and the end of the last thing in it."""
    is_map = data.__class__ is dict
    children: Any = {} if is_map else []
    last = begin
    mark: Mark
    for name in data:
        value = data[name] if is_map else name
        row = row or next(rows)
        _, key_start, key_end, start, end, has_key, kind, inside = row
        if has_key and not is_map:  # a mapping that begins behind the dash
            mark, last = _collection(value, key_start, row, rows)
        elif kind != NOTHING:
            mark = _flow(value, start, iter(ITEMS.findall(inside, 1))) if inside else (start, end, None, None)
            last = end
        elif value is None:
            mark = key_end, key_end, None, None
            last = key_end + 1
        else:
            row = next(rows)
            mark, last = _collection(value, row[0], row, rows)
        if is_map:
            children[name] = key_start, key_end, mark
        else:
            children.append(mark)
        row = None
    return (begin, last, children, None), last


def _flow(data: Any, begin: int, items: Iterator[tuple[str, ...]]) -> Mark:
    """The mark of a list or a mapping in brackets."""
    is_map = data.__class__ is dict
    children: Any = {} if is_map else []
    names = iter(data)
    at = begin + 1
    mark: Mark
    for space, key, colon, opening, text, gap, closing in items:
        start = at + len(space)
        end = start + len(key)
        at = end + len(colon)
        if opening or text:
            name = next(names)
            if opening:
                mark = _flow(data[name] if is_map else name, at, items)
            else:
                mark = at, at + len(text), None, None
            at = mark[1]
            if is_map:
                children[name] = start, end, mark
            else:
                children.append(mark)
            if opening:  # what follows it is another item
                continue
        at += len(gap) + 1
        if closing != ",":
            break
    return begin, at, children, None
