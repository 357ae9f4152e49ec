"""The plain YAML that nearly everybody writes, line by line and without a parser.

libyaml makes an object of everything it meets, which is most of the time that reading an agreement takes, and its
import is a good part of a run over one file. To tell what stands on a line (``_lines``) needs a third of that time, and
less where many agreements are read, which have many lines in common. This reader never decides anything: whatever is
not plainly one of its few forms, or gives cause for a remark, it leaves to libyaml and ruamel.yaml. What it does read
has the data that they give, and ``_places`` finds the same marks for them; tests compare the two.

Its forms: block mappings and sequences, scalars on one line with or without quotes, flow collections on one line, block
scalars, comments.
"""

from __future__ import annotations

from itertools import islice
from operator import length_hint
from typing import Any

from slalint.patterns import lazy
from slalint.sources._lines import BLOCK, DEPTH, FLAT, HEAD, NESTED, NOTHING, REMARK, Doubt, brackets, tell

# Beyond control characters: what a parser refuses, or takes for the end of a line.
_STRANGE = "\u2028\u2029\ufeff\ufffe\uffff"

_SINGLE_BREAK = lazy(r"(?<!\n)\n(?!\n)")
_BREAKS = lazy(r"\n(\n+)")
_HASH = lazy(r" #[0-9]")
_STRAY = lazy(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def read(text: str) -> tuple[Any] | None:
    """The data of a document, alone in a tuple; None where this is not the one to read it."""
    try:
        if not text.isascii():
            text.encode()  # which no half of a character survives
            if any(sign in text for sign in _STRANGE):
                return None
        # A number that looks like a comment; one sign is found far sooner than two.
        if "#" in text and " #" in text and _HASH.search(text):
            return None
        if "\r" in text and not text.count("\r") == text.count("\r\n") == text.count("\n"):
            return None
        return (_read(cut(text)[0]),)
    except (Doubt, UnicodeEncodeError):
        return None


def cut(text: str) -> tuple[list[str], int, int]:
    """The lines of a document, of which the last is what follows the last line break; the offset of the first of them;
    how many characters a line break has."""
    width = 1
    if "\r" in text:
        width, text = 2, text.replace("\r\n", "\n")
    lines = text.split("\n")
    found = HEAD.match(text)
    if found is None:
        return lines, 0, width
    above = found.group().count("\n")
    return lines[above:], found.end() + above * (width - 1), width


def _read(lines: list[str]) -> Any:
    """The data that lines hold."""
    # The open collection; the outermost is a mapping that holds nothing but the document's root.
    outermost: dict[str, Any] = {}
    data: Any = outermost
    here = -1  # its level
    waiting: str | None = ""  # a key whose value comes on the next line, if at all
    stack: list[tuple[Any, int]] = []
    below: Any
    rest = iter(lines)
    for level, key, value, more in map(tell, rest):
        if level != here or waiting is not None:  # not simply the next key with its value
            kind, level, column, _, _, _ = more
            if kind == REMARK:
                continue
            if waiting is not None:
                if level > here:
                    if len(stack) > DEPTH:
                        raise Doubt
                    stack.append((data, here))
                    below = data[waiting] = [] if level & 1 else {}
                    data, here = below, level
                waiting = None
            while level < here:
                data, here = stack.pop()
            if level != here:
                raise Doubt
            is_list = level & 1
            if is_list and key is not None:  # a mapping that begins behind the dash
                stack.append((data, here))
                below = {}
                data.append(below)
                data, here, is_list = below, 2 * column, False
            if kind == NOTHING:
                waiting = key
            elif kind == FLAT:
                value = value.copy()
            elif kind == NESTED:
                value = brackets(value)
            elif kind == BLOCK:
                at = len(lines) - length_hint(rest)
                value, end = _block(lines, at, value, here >> 1)
                next(islice(rest, end - at, end - at), None)  # which are read
            if is_list:
                data.append(value)
                continue
        if key in data:
            raise Doubt
        data[key] = value
    if "" not in outermost:
        raise Doubt
    return outermost[""]


def _block(lines: list[str], at: int, sign: str, column: int) -> tuple[str, int]:
    """The value of a block scalar whose text begins on a line, and the line after it. ``column`` is that of the
    collection in which it stands."""
    margin, end, after = extent(lines, at)
    if len(margin) <= column:
        raise Doubt
    written = "\n".join(lines[at:end])[len(margin) :]
    if (sign == ">-" or sign == ">") and after < len(lines):
        # Without empty lines and such that stand deeper it is one line, as nearly always.
        text = written.replace("\n" + margin, " ")
        if text.isprintable() and "  " not in text and text[-1] != " ":
            return text if sign == ">-" else text + "\n", after
    if after < len(lines):
        breaks = after - end + 1
    elif end < after:
        breaks = after - end
    else:  # it ends with the file, not with a line
        raise Doubt
    body = written.replace("\n" + margin, "\n")
    text = body.rstrip("\n")
    if sign[0] == ">":
        if "\n " in text:  # lines that stand deeper keep their breaks
            raise Doubt
        text = _BREAKS.sub(r"\1", _SINGLE_BREAK.sub(" ", text)) if "\n\n" in text else text.replace("\n", " ")
    if not text.isprintable() and _STRAY.search(text):
        raise Doubt
    style = sign[1:]
    if style == "+":
        text += body[len(body.rstrip("\n")) :] + "\n" * breaks
    elif not style:
        text += "\n"
    return text, after


def extent(lines: list[str], at: int) -> tuple[str, int, int]:
    """The margin of a block scalar whose text begins on a line, the line after its text, the line after the empty ones
    that follow."""
    count = len(lines)
    first = lines[at] if at < count else ""
    margin = first[: -len(first.lstrip(" "))]
    if not margin:
        raise Doubt
    end = after = at + 1
    while after < count:
        line = lines[after]
        if line.startswith(margin):
            end = after + 1
        elif line:
            if line.isspace():
                raise Doubt
            break
        after += 1
    return margin, end, after
