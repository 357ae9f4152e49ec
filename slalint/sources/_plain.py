"""The plain YAML that nearly everybody writes, line by line and without a parser.

libyaml makes an object of everything it meets, which is most of the time that reading an agreement takes, and its
import is a good part of a run over one file. One regular expression that tells the lines of an ordinary document apart
needs half of that time in all. This reader never decides anything: whatever is not plainly one of its few forms, or
gives cause for a remark, it leaves to libyaml and ruamel.yaml. What it does read has the data and the marks that they
give; tests compare the two.

Its forms: block mappings and sequences, scalars on one line with or without quotes, flow collections on one line, block
scalars, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from slalint.model import Mark
from slalint.patterns import lazy
from slalint.sources._scalars import AMBIGUOUS, NUMERIC, WORDS, number, surprise

# Deeper documents go where depth is counted exactly.
_DEPTH = 40
# Beyond control characters: what a parser refuses, or takes for the end of a line.
_STRANGE = "\u2028\u2029\ufeff\ufffe\uffff"

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
_BLOCK = rf"[|>][-+]?+\ *+{_COMMENT}\n(?P<margin>\ ++){_ANY}++(?:(?:\n)++(?P=margin){_ANY}*+)*+(?!(?:\n)+\ +\n)"
_ITEM_REST = rf"[^{_CONTROL}:#,\[\]{{}}?]*"
_ITEM = rf"(?:{_FIRST}|-(?=\w)){_ITEM_REST}(?::(?=[\w/]){_ITEM_REST})*(?<!\ )"

_START = rf"(?:\ *+{_COMMENT}\n)*+---\ *+{_COMMENT}\n"
# Indent, dash, key, colon, value, margin of a block scalar, the rest of the line and empty ones.
_LINE = rf"""(\ *+)(-\ ++|)(?:({_KEY})(:\ ++|:(?=\n))|)({_TEXT}|{_QUOTED}|{_FLOW}|{_BLOCK}|)
    (\ *+{_COMMENT}(?:\n)++)|(?s:.++)"""
# By what ends a line; the two are not mixed.
_PATTERNS = {
    ending: [lazy(source.replace(r"\n", ending), re.VERBOSE) for source in (_START, _LINE)]
    for ending in (r"\n", r"\r\n")
}
# Space, key, colon, opening bracket or value, space, comma or closing bracket.
_ITEMS = lazy(
    rf"""(\ *+)(?:((?!<){_FIRST}{_ITEM_REST}+(?<!\ )|{_QUOTED})(:\ ++)|)
    (?:([\[{{])|({_ITEM}|{_QUOTED}|)(\ *+)([\]}},]))|.++""",
    re.VERBOSE,
)
_SINGLE_BREAK = lazy(r"(?<!\n)\n(?!\n)")
_BREAKS = lazy(r"\n(\n+)")
_HASH = lazy(r" #[0-9]")
# What a value begins with that may be more than text without quotes.
_ODD = NUMERIC.union("'\"[{|>")
_LONGEST = max(map(len, WORDS))


class _Doubt(Exception):
    """Others must decide."""


def read(text: str, base: int = 0) -> tuple[Any, Mark] | None:
    """The data of a document and their marks; None where this is not the one to read it. ``base`` is the offset of the
    text in its file."""
    try:
        if not text.isascii():
            text.encode()  # which no half of a character survives
            if any(sign in text for sign in _STRANGE):
                return None
        if " #" in text and _HASH.search(text):  # a number that looks like a comment
            return None
        return _read(text, base)
    except (_Doubt, UnicodeEncodeError):
        return None


def _read(text: str, base: int) -> tuple[Any, Mark]:
    start_pattern, line_pattern = _PATTERNS[r"\r\n" if "\r" in text else r"\n"]
    whole = text if text.endswith("\n") else text + ("\r\n" if "\r" in text else "\n")
    found = start_pattern.match(whole)
    at = base + (found.end() if found is not None else 0)
    lines = line_pattern.findall(whole, at - base)
    if not lines:
        raise _Doubt
    lines.append(("",) * 7)
    words, longest, odd = WORDS, _LONGEST, _ODD
    # The open collection; the outermost is a mapping that holds nothing but the document's root.
    data: Any = {}
    children: Any = {}
    column, begin, last, is_map = -1, at, at, True
    waiting: str | None = ""  # a key whose value comes on the next line, if at all
    waiting_start = waiting_end = key_start = key_end = 0
    stack: list[tuple[Any, ...]] = []
    value: Any
    mark: Mark
    for indent, dash, key, colon, written, margin, rest in lines:
        here = len(indent)
        start = at + here
        if here != column or dash or not key or waiting is not None or not is_map:  # not simply the next key
            if not key and not dash and rest:
                if written:
                    raise _Doubt
                at = start + len(rest)  # a comment
                continue
            if waiting is not None:
                if here > column or (dash and here == column):
                    if len(stack) > _DEPTH or not rest:
                        raise _Doubt
                    stack.append((data, children, column, begin, waiting, waiting_start, waiting_end))
                    column, begin, is_map = here, start, not dash
                    data, children = ({}, {}) if is_map else ([], [])
                else:
                    data[waiting] = None
                    children[waiting] = (waiting_start, waiting_end, (waiting_end, waiting_end, None, None))
                    last = waiting_end + 1
                waiting = None
            while here < column or (here == column and not is_map and not dash):
                value, mark = data, (begin, last, children, None)
                data, children, column, begin, name, first, end = stack.pop()
                is_map = name is not None
                if is_map:
                    data[name] = value
                    children[name] = (first, end, mark)
                else:
                    data.append(value)
                    children.append(mark)
            if not rest:
                break
            if here != column:
                raise _Doubt
            if dash:
                start += len(dash)
                if is_map or not (key or written):
                    raise _Doubt
                if key:
                    stack.append((data, children, column, begin, None, 0, 0))
                    column, begin, is_map = here + len(dash), start, True
                    data, children = {}, {}
        if key:
            key_start, key_end = start, start + len(key)
            start = key_end + len(colon)
            if key < "(" and key[0] in "'\"":
                key = _scalar(key, "")
            if key in data:
                raise _Doubt
            if not written:
                waiting, waiting_start, waiting_end = key, key_start, key_end
                at = start + len(rest)
                continue
        width = len(written)
        last = start + width
        at = last + len(rest)
        sign = written[0]
        if sign not in odd:
            value = written if width > longest or written not in words else _scalar(written, key)
            mark = (start, last, None, None)
        elif sign == "[" or sign == "{":
            value, mark = _flow(iter(_ITEMS.findall(written, 1)), start, sign == "{", 0)
            if mark[1] != last:
                raise _Doubt
        elif sign == "|" or sign == ">":
            if len(margin) <= column or (whole is not text and at == base + len(whole)):
                raise _Doubt
            last = start + len(written.rstrip(" \r\n"))
            value, mark = _block(written, margin, rest), (start, last, None, None)
        else:
            value, mark = _scalar(written, key), (start, last, None, None)
        if is_map:
            data[key] = value
            children[key] = (key_start, key_end, mark)
        else:
            data.append(value)
            children.append(mark)
    if at != base + len(whole):
        raise _Doubt
    if stack:
        return data, (begin, last, children, None)
    return data[""], children[""][2]


def _scalar(text: str, key: str) -> Any:
    """The value of a scalar on one line that surprises nobody."""
    sign = text[0]
    if sign == '"':
        return text[1:-1]
    if sign == "'":
        return text[1:-1].replace("''", "'")
    if sign in NUMERIC:
        return text if " " in text else _number(text, key)
    value = WORDS.get(text, text)
    if value is AMBIGUOUS:
        raise _Doubt
    return value


@lru_cache(maxsize=4096)
def _number(text: str, key: str) -> Any:
    """What a text that begins like a number stands for."""
    value = number(text)
    if (value is not text or ":" in text) and surprise(text, value, key) is not None:
        raise _Doubt
    return value


def _block(written: str, margin: str, rest: str) -> str:
    """The value of a block scalar; ``rest`` is what ends its last line, and empty ones."""
    if "\r" in rest:
        written, rest = written.replace("\r\n", "\n"), rest.replace("\r", "")
    body = written[written.index("\n") + 1 + len(margin) :].replace("\n" + margin, "\n")
    text = body.rstrip("\n")
    if written[0] == ">":
        if "\n " in text:  # lines that stand deeper keep their breaks
            raise _Doubt
        text = _BREAKS.sub(r"\1", _SINGLE_BREAK.sub(" ", text)) if "\n\n" in text else text.replace("\n", " ")
    style = written[1]
    return text if style == "-" else text + (body[len(body.rstrip("\n")) :] + rest if style == "+" else "\n")


def _flow(items: Iterator[tuple[str, ...]], begin: int, is_map: bool, depth: int) -> tuple[Any, Mark]:
    """The rest of a list or a mapping in brackets that begins at ``begin``."""
    if depth > _DEPTH:
        raise _Doubt
    data: Any = {} if is_map else []
    children: Any = {} if is_map else []
    at = begin + 1
    name = ""
    start = end = 0
    full = False  # whether a value stands since the last comma
    value: Any
    mark: Mark
    for space, key, colon, opening, text, gap, closing in items:
        at += len(space)
        if opening or text:
            if full or is_map != bool(key):
                raise _Doubt
            if key:
                start, end = at, at + len(key)
                at = end + len(colon)
                name = _scalar(key, "") if key[0] in "'\"" else key
                if name in data:
                    raise _Doubt
            if opening:
                value, mark = _flow(items, at, opening == "{", depth + 1)
            else:
                value = text if text[0] not in _ODD and text not in WORDS else _scalar(text, name)
                mark = (at, at + len(text), None, None)
            if is_map:
                data[name] = value
                children[name] = (start, end, mark)
            else:
                data.append(value)
                children.append(mark)
            full = True
            at = mark[1]
            if opening:  # what follows it is another item
                continue
        elif key:
            raise _Doubt
        at += len(gap) + 1
        if closing == "," and full:
            full = False
        elif closing == ("}" if is_map else "]") and (full or not data):
            return data, (begin, at, children, None)
        else:
            raise _Doubt
    raise _Doubt
