"""What stands on a line of plain YAML: looked at by itself, and once for all lines that read alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from slalint.patterns import lazy
from slalint.sources._scalars import AMBIGUOUS, NUMERIC, WORDS, number, surprise

# Deeper documents go where depth is counted exactly.
DEPTH: Final = 40

# Control characters stand nowhere, nor tabs. Nothing is tried in more ways than one.
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_ANY = rf"[^{_CONTROL}]"
_COMMENT = rf"(?:(?<![^\ \n])\#{_ANY}*+)?+"
_QUOTED = rf"""\"[^{_CONTROL}"\\]*+\"|'[^{_CONTROL}']*+(?:''[^{_CONTROL}']*+)*+'"""
_FIRST = rf"""[^{_CONTROL}\ \-?:,\[\]{{}}#&*!|>'"%@`]"""
_REST = rf"[^{_CONTROL}:#]*"
_KEY = rf"(?![<.]){_FIRST}{_REST}+(?<!\ )|{_QUOTED}"  # neither << nor the end of a document
_TEXT = rf"{_FIRST}{_REST}+(?=\n)(?<!\ )|(?:{_FIRST}|-(?=[^\ \n])){_REST}(?:(?::(?=[^\ \n])|(?<!\ )\#){_REST})*(?<!\ )"
_FLOW = rf"[\[{{](?:(?:[^{_CONTROL}\"'#\]}}]++|(?<=\w)'|{_QUOTED})*+[\]}}]++)++"
_ITEM_REST = rf"[^{_CONTROL}:#,\[\]{{}}?]*"
_ITEM = rf"(?:{_FIRST}|-(?=\w)){_ITEM_REST}(?::(?=[\w/]){_ITEM_REST})*(?<!\ )"

# Some lines with nothing but comments, and one that begins a document.
HEAD = lazy(rf"(?:\ *+{_COMMENT}\n)*+---\ *+{_COMMENT}\n", re.VERBOSE)
# Indent with dash, key, value or the sign of a block scalar.
_LINE = lazy(
    rf"(\ *+(?:-\ ++|))(?:({_KEY})(?::\ ++|:(?=\n))|)({_TEXT}|{_QUOTED}|{_FLOW}|[|>][-+]?+|)\ *+{_COMMENT}\n",
    re.VERBOSE,
)
# Space, key, colon, opening bracket or value, space, comma or closing bracket.
ITEMS = lazy(
    rf"""(\ *+)(?:((?!<){_FIRST}{_ITEM_REST}+(?<!\ )|{_QUOTED})(:\ ++)|)
    (?:([\[{{])|({_ITEM}|{_QUOTED}|)(\ *+)([\]}},]))|.++""",
    re.VERBOSE,
)
# What a line holds besides its key, if it has one: a value, none, a collection in brackets, one that holds others, the
# sign of a block scalar; or neither key nor value.
SCALAR, NOTHING, FLAT, NESTED, BLOCK, REMARK = range(6)
# Indent with dash; key; one of these; the value, of NESTED and BLOCK as written; where the key ends, and start and end
# of the value.
Line: TypeAlias = "tuple[str, str | None, int, Any, tuple[int, int, int]]"
# Lines that were looked at before. Long ones are hardly ever written twice.
known: dict[str, Line] = {}
_MOST, _LONG = 4096, 200


class Doubt(Exception):
    """Others must decide."""


def tell(text: str) -> Line:
    """What a line tells, which may be kept in ``known``."""
    found = _LINE.match(text + "\n")
    if found is None:
        raise Doubt
    lead, key, value = found.groups()
    if key is not None and key[0] in "'\"":
        key = _quoted(key)
    if value:
        if key is None and "-" not in lead:
            raise Doubt
        if value[0] in "|>":
            kind = BLOCK
        elif value[0] in "[{":
            if value.count("[") + value.count("{") > 1:
                kind = NESTED
            else:
                kind, value = FLAT, brackets(value)
        else:
            kind, value = SCALAR, _scalar(value, key or "")
    elif key is None and "-" in lead:
        raise Doubt
    else:
        kind, value = REMARK if key is None else NOTHING, None
    told = lead, key, kind, value, (found.end(2), *found.span(3))
    if len(text) <= _LONG:
        if len(known) >= _MOST:
            known.clear()
        known[text] = told
    return told


def _quoted(text: str) -> str:
    return text[1:-1] if text[0] == '"' else text[1:-1].replace("''", "'")


def _scalar(text: str, key: str) -> Any:
    """The value of a scalar on one line that surprises nobody."""
    sign = text[0]
    if sign in "'\"":
        return _quoted(text)
    if sign not in NUMERIC:
        value = WORDS.get(text, text)
        if value is AMBIGUOUS:
            raise Doubt
        return value
    if " " in text:
        return text
    value = number(text)
    if (value is not text or ":" in text) and surprise(text, value, key) is not None:
        raise Doubt
    return value


def brackets(text: str) -> Any:
    """The data of a list or a mapping in brackets."""
    items = iter(ITEMS.findall(text, 1))
    data = _flow(items, text[0] == "{", 0)
    if next(items, None) is not None:
        raise Doubt
    return data


def _flow(items: Iterator[tuple[str, ...]], is_map: bool, depth: int) -> Any:
    """The data that the rest of a list or of a mapping in brackets holds."""
    if depth > DEPTH:
        raise Doubt
    data: Any = {} if is_map else []
    full = False  # whether a value stands since the last comma
    for _, key, _, opening, text, _, closing in items:
        if opening or text:
            if full or is_map != bool(key):
                raise Doubt
            if key and key[0] in "'\"":
                key = _quoted(key)
            if is_map and key in data:
                raise Doubt
            value = _flow(items, opening == "{", depth + 1) if opening else _scalar(text, key)
            if is_map:
                data[key] = value
            else:
                data.append(value)
            full = True
            if opening:  # what follows it is another item
                continue
        elif key:
            raise Doubt
        if closing == "," and full:
            full = False
        elif closing == ("}" if is_map else "]") and (full or not data):
            return data
        else:
            raise Doubt
    raise Doubt
