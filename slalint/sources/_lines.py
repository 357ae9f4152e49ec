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
# The level of a key with a value on its line and no dash before it, OTHER of any other line; key; value, of NESTED and
# BLOCK as written. Then what is asked of few lines: which of these it is; its level; the column behind indent and dash;
# where the key ends, and start and end of the value. A level is twice the column of what comes first, and one more of a
# dash: so a list is always deeper than the key that it belongs to.
Line: TypeAlias = "tuple[int, str | None, Any, tuple[int, int, int, int, int, int]]"
OTHER: Final = -2
# What stands before the value on such lines, and what it says: level, key.
_heads: dict[str, tuple[int, str]] = {}
_MOST, _LONG = 4096, 200


class Doubt(Exception):
    """Others must decide."""


class _Known(dict[str, Line]):
    """What lines tell that were looked at before. Kept is what comes a second time: most others never do, and those
    that do lie close together in memory, where they are found sooner."""

    def __init__(self) -> None:
        self._once: set[int] = set()  # the hashes of lines that came

    def __missing__(self, text: str) -> Line:
        told = _told(text)
        mark = hash(text)
        if mark not in self._once:
            if len(self._once) >= _MOST:
                self._once.clear()
            self._once.add(mark)
        elif len(text) <= _LONG:
            if len(self) >= _MOST:
                self.clear()
            self[text] = told
        return told


known: Final = _Known()
tell: Final = known.__getitem__  # what a line tells; raises Doubt


def _told(text: str) -> Line:
    head, _, value = text.partition(": ")
    before = _heads.get(head)
    # Most lines differ from others in their value alone, and nothing in it has a meaning of its own.
    if (
        before is not None
        and value[:1].isalnum()
        and value.isprintable()
        and value[-1] not in " :"
        and "#" not in value
        and ": " not in value
    ):
        level, key = before
        ends = len(head)
        return level, key, _scalar(value, key), (SCALAR, level, level >> 1, ends, ends + 2, len(text))
    found = _LINE.match(text + "\n")
    if found is None:
        raise Doubt
    lead, said, value = found.groups()
    dash = lead.find("-")
    level = 2 * len(lead) if dash < 0 else 2 * dash + 1
    more = level, len(lead), found.end(2), *found.span(3)
    if said is None:
        if value and dash >= 0:
            key = ""
        elif value or dash >= 0:
            raise Doubt
        else:
            return OTHER, None, None, (REMARK, *more)
    else:
        key = said = _quoted(said) if said[0] in "'\"" else said
    if not value:
        return OTHER, said, None, (NOTHING, *more)
    if value[0] in "|>":
        return OTHER, said, value, (BLOCK, *more)
    if value[0] in "[{":
        if value.count("[") + value.count("{") > 1:
            return OTHER, said, value, (NESTED, *more)
        return OTHER, said, brackets(value), (FLAT, *more)
    if dash >= 0:
        return OTHER, said, _scalar(value, key), (SCALAR, *more)
    if more[2] == len(head) <= _LONG:
        if len(_heads) >= _MOST:
            _heads.clear()
        _heads[head] = level, key
    return level, said, _scalar(value, key), (SCALAR, *more)


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
