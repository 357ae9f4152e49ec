"""The blocks of Markdown as most documents write it, told by the first characters of each line.

Headings, paragraphs, lists, quotes, descriptions, fences and rules need no parser. Whatever is rarer (references, tabs
before text, a quote that goes on without its mark) does: then nothing is read here, and markdown-it-py reads the whole
text. Where both read a text they agree, line by line.
"""

from __future__ import annotations

import re

from slalint.patterns import lazy
from slalint.record import NamedTuple


class Line(NamedTuple):
    """A line of a block: where its content starts and ends, after the prefix of quotes, lists and indentation."""

    start: int
    end: int


class Block(NamedTuple):
    """A block: a ``text``, a ``heading``, ``code`` or a ``rule``; or where one that holds others begins and ends: an
    ``item`` of a list, a ``term``, a ``description``, a ``quote`` (of which only the end is told). Lines are counted
    from 0, ``last`` is the one after the block."""

    kind: str
    first: int = 0
    last: int = 0
    lines: list[Line] | None = None  # of a text or a heading; None where they are to be found by the content
    level: int = 0  # of a heading
    mark: str = ""  # the number of an item as it is written; the sign that makes a heading of the text above it
    content: str = ""


_HEADING = lazy(r"(#{1,6})(?:[ \t]|$)")
_CLOSING_HASHES = lazy(r"[ \t]#+$")
_FENCE = lazy(r"(`{3,})[^`]*$|(~{3,})")
_RULE = lazy(r"([-*_])[ \t]*(?:\1[ \t]*){2,}")
_ITEM = lazy(r"(?:[-+*]|([0-9]{1,9})[.)])(?:( +)|(?=\t)|$)(\t?)")
_TARGET = lazy(r"[ \t]*(?:(?:https?://|/|#)[\w.~/#?&=+@,;:-]*[ \t]*$|[\w.~/#?&=+@,;:[-]+[ \t]+([^ \t\"'(]))", re.A)
_QUOTES = ('"', "'", "(")  # with one of these the title of a target begins
_DESCRIPTION = lazy(r" *[:~][ \t]+[^ \t]")

# Blanks that do not indent, but are none of the text either.
_RARE_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_BEGINS = frozenset("\t#>[`~-+*_:0123456789")  # what begins a line that may be no paragraph
_ENDS = (_BEGINS - {"["}) | {"", " ", "=", *_RARE_BLANKS}  # what begins a line that may end one
_DEEPEST = 8  # items and quotes within each other; the parser has a limit of its own


class _ForTheParser(Exception):
    """Something stands in a text that is not read here."""


def read(text: str, starts: list[int]) -> list[Block] | None:
    """The blocks of a text whose lines start at these offsets; None where only a parser can tell them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text or "\0" in text:
        return None
    try:
        return _Reader(text.split("\n"), starts, "]:" in text).read()
    except _ForTheParser:
        return None


class _Reader:
    __slots__ = ("at", "described", "found", "indent", "items", "lines", "outside", "refers", "starts")

    def __init__(self, lines: list[str], starts: list[int], refers: bool, outside: int = 0) -> None:
        self.lines = lines
        self.starts = starts
        self.refers = refers  # there may be the targets of references
        self.outside = outside  # how many items and quotes stand around the text
        self.at = 0  # number of the line to be read next
        self.found: list[Block] = []
        self.items: list[int] = []  # open items: how far the text in each is indented
        self.indent = 0  # that of the innermost
        self.described = False  # a description is open

    def read(self) -> list[Block]:
        while self._next(0):
            pass
        while self.items:
            self._close()
        return self.found

    def _next(self, indent: int) -> bool:
        """Read the next block; false at the end, and at a line that is indented less."""
        lines = self.lines
        total = len(lines)
        while self.at < total:
            line = lines[self.at]
            rest = line.lstrip(" ")
            if not rest:
                self.at += 1
                continue
            column = len(line) - len(rest)
            if column < self.indent and rest.strip(" \t"):
                if column < indent:
                    return False
                while column < self.indent:
                    self._close()
            self._block(rest, column)
            return True
        return False

    def _close(self) -> None:
        self.items.pop()
        self.indent = self.items[-1] if self.items else 0
        self.found.append(_ITEM_END)

    def _block(self, rest: str, column: int) -> None:
        """The block that begins with the ``rest`` of a line, in a column."""
        sign = rest[0]
        if sign == "\t" or (sign in ":~" and rest[1:2] in " \t"):
            if rest.strip(" \t"):
                raise _ForTheParser
            self.at += 1
        elif column - self.indent > 3:
            self._code()
        elif sign not in _BEGINS:
            self._paragraph(rest, column)
        elif sign == "#" and (heading := _HEADING.match(rest)):
            self._heading(rest, len(heading[1]))
        elif sign in "`~" and (fence := _FENCE.match(rest)):
            self._fence(fence[1] or fence[2])
        elif sign in "-*_" and _RULE.fullmatch(rest):
            self.at += 1
            self.found.append(Block("rule", self.at - 1, self.at))
        elif item := _ITEM.match(rest):
            self._item(item, rest, column)
        elif sign == ">":
            self._quote(rest, column)
        elif sign == "[" and self.refers and self._is_target(rest):
            self.at += 1
        else:
            self._paragraph(rest, column)

    def _is_target(self, rest: str) -> bool:
        """Whether a line that begins with a bracket tells the target of references, ``[name]: https://…``, of which
        nothing is shown."""
        close = rest.find("]")
        if close < 0 or "\\" in rest[:close] or not rest[1:close].strip():
            raise _ForTheParser
        if rest[close + 1 : close + 2] != ":" or "[" in rest[1:close]:
            return False
        target = _TARGET.match(rest, close + 2)
        if target is None:
            raise _ForTheParser
        if target[1]:
            return False  # words stand behind what may be a target
        if self.at + 1 < len(self.lines) and self.lines[self.at + 1].lstrip(" \t>").startswith(_QUOTES):
            raise _ForTheParser  # a title may stand on the next line
        return True

    def _item(self, item: re.Match[str], rest: str, column: int) -> None:
        number, blanks, tab = item.groups()
        if tab or self.described or self.outside + len(self.items) >= _DEEPEST:
            raise _ForTheParser
        self.found.append(Block("item", self.at, mark=number or ""))
        rest = rest[item.end() :]
        column += item.end()
        if rest:
            # Beyond four blanks what follows is code, and one of them belongs to the item.
            self.indent = column if len(blanks) < 5 else column - len(blanks) + 1
            self.items.append(self.indent)
            self._block(rest, column)
            return
        self.indent = column - len(blanks or "") + 1
        self.items.append(self.indent)
        self.at += 1
        if self.at >= len(self.lines) or not self.lines[self.at].strip(" \t"):
            self._close()  # an item that begins with two empty lines is empty
            self.at += 1

    def _heading(self, rest: str, level: int) -> None:
        content = rest[level:].rstrip(" \t")
        closing = _CLOSING_HASHES.search(content)
        content = (content[: closing.start()] if closing else content).strip()
        line = self.lines[self.at].rstrip()
        start = self.starts[self.at]
        start += len(line) - len(content) if line.endswith(content) else line.rfind(content)
        self.at += 1
        self.found.append(Block("heading", self.at - 1, self.at, [Line(start, start + len(content))], level))

    def _fence(self, opening: str) -> None:
        lines, indent = self.lines, self.indent
        first = self.at
        self.at += 1
        while self.at < len(lines):
            line = lines[self.at]
            rest = line.lstrip(" ")
            if rest[:1] == "\t" and (indent or rest.lstrip(" \t")[:1] == opening[0]):
                raise _ForTheParser
            column = len(line) - len(rest)
            closes = rest.startswith(opening) and column - indent < 4 and not rest.rstrip(" \t").strip(opening[0])
            outside = rest != "" and column < indent
            self.at += not outside
            if closes or outside:
                self.found.append(Block("code", first, self.at))
                return
        raise _ForTheParser  # it is never closed

    def _code(self) -> None:
        first, last = self.at, self.at + 1
        for number in range(last, len(self.lines)):
            line = self.lines[number]
            rest = line.lstrip(" ")
            if rest[:1] == "\t":
                raise _ForTheParser
            if rest:
                if len(line) - len(rest) - self.indent < 4:
                    break
                last = number + 1
        self.at = last
        self.found.append(Block("code", first, last))

    def _quote(self, rest: str, column: int) -> None:
        """Lines that all begin with the mark, up to an empty one; what stands behind the marks is a text of its own."""
        outside = self.outside + len(self.items) + 1
        if self.described or outside > _DEEPEST:
            raise _ForTheParser
        first = self.at
        inside: list[str] = []
        starts: list[int] = []
        while rest[:1] == ">":
            if not 0 <= column - self.indent < 4 or rest[1:2] == "\t":
                raise _ForTheParser
            cut = 2 if rest[1:2] == " " else 1
            inside.append(rest[cut:])
            starts.append(self.starts[self.at] + column + cut)
            self.at += 1
            line = self.lines[self.at] if self.at < len(self.lines) else ""
            rest = line.lstrip(" ")
            column = len(line) - len(rest)
        if rest.strip(" \t"):
            raise _ForTheParser
        for block in _Reader(inside, starts, self.refers, outside).read():
            self.found.append(block._replace(first=first + block.first, last=first + block.last))
        self.found.append(_QUOTE_END)

    def _paragraph(self, rest: str, column: int) -> None:
        lines, starts = self.lines, self.starts
        first = number = self.at
        new = tuple.__new__  # what the constructor of a named tuple calls, without the call between
        said = rest.strip()
        if not said:
            raise _ForTheParser
        start = starts[number] + column + len(rest) - len(rest.lstrip())
        places: list[Line] = [new(Line, (start, start + len(said)))]
        total = len(lines)
        number += 1
        while number < total:
            line = lines[number]
            start = starts[number]
            if line[:1] not in _ENDS:
                places.append(new(Line, (start, start + len(line.rstrip()))))
                number += 1
                continue
            rest = line.lstrip(" ")
            if not rest:
                break
            column = len(line) - len(rest)
            if rest[0] in ":~" and _DESCRIPTION.match(rest):
                if number == first + 1 and self._is_term(number):
                    self._refuse_underlines(number + 1)
                    self._definitions(places)
                    return
                if self.described and column - self.indent < 4:
                    break
            if column - self.indent < 4 and rest[0] in _ENDS:
                if column >= self.indent and rest[0] in "-=" and not rest.rstrip(" \t").strip(rest[0]):
                    self.at = number + 1
                    level = 1 if rest[0] == "=" else 2
                    self.found.append(Block("heading", first, number, places, level, rest[0]))
                    return
                if self._ends_paragraph(rest, column):
                    break
            said = rest.strip()
            if not said or rest[0] == "\t":
                raise _ForTheParser
            start += column + len(rest) - len(rest.lstrip())
            places.append(new(Line, (start, start + len(said))))
            number += 1
        if number == first + 1 and number + 1 < total and self._is_term(number):
            self._definitions(places)
            return
        self.at = number
        self.found.append(Block("text", first, number, places))

    def _ends_paragraph(self, rest: str, column: int) -> bool:
        """Whether a line ends the paragraph above it."""
        sign = rest[0]
        if sign == "\t":
            return not rest.strip(" \t")
        if sign == ">":
            return True
        if sign == "#":
            return _HEADING.match(rest) is not None
        if sign in "`~":
            return _FENCE.match(rest) is not None
        if sign in "-*_" and _RULE.fullmatch(rest):
            return True
        item = _ITEM.match(rest)
        if item is None:
            return False
        if item[3]:
            raise _ForTheParser
        if column < self.indent:
            # An item of a list around this one, unless it is indented too far for that.
            around = self.items[-2] if len(self.items) > 1 else 0
            return column - around < 4
        return item.end() < len(rest) and (item[1] is None or int(item[1]) == 1)

    # ---- terms and their descriptions

    def _is_term(self, number: int) -> bool:
        """Whether a line stands over a description: in line ``number``, or below that if it is empty."""
        lines = self.lines
        if number < len(lines) and not lines[number].strip(" \t"):
            number += 1
        if number >= len(lines) or not _DESCRIPTION.match(lines[number]):
            return False
        line = lines[number]
        return len(line) - len(line.lstrip(" ")) >= self.indent

    def _refuse_underlines(self, number: int) -> None:
        """A line below that makes a heading of all that stands above it goes before the description."""
        for line in self.lines[number:]:
            said = line.strip(" \t")
            if not said:
                return
            if said[0] in "-=" and not said.strip(said[0]):
                raise _ForTheParser

    def _definitions(self, term: list[Line]) -> None:
        """Terms with their descriptions, the first of them over the line to be read next."""
        if self.items or self.described:
            raise _ForTheParser
        lines = self.lines
        while True:
            self.found += (_TERM, Block("text", self.at, self.at, term), _TERM_END)
            self.at += 1 if lines[self.at + 1].strip(" \t") else 2
            while self.at < len(lines) and _DESCRIPTION.match(lines[self.at]):
                self._description(lines[self.at])
            if self.at >= len(lines) or not self._is_term(self.at + 1):
                return
            line = lines[self.at]
            said = line.strip()
            if line[:1] in _ENDS or not said:
                raise _ForTheParser
            term = [Line(self.starts[self.at], self.starts[self.at] + len(said))]

    def _description(self, line: str) -> None:
        column = len(line) - len(line.lstrip(" "))
        rest = line[column + 1 :].lstrip(" ")
        if rest[0] == "\t":
            raise _ForTheParser
        self.found.append(_DESCRIPTION_BEGINS)
        self.described = True
        self.indent = column + 2
        self._block(rest, len(line) - len(rest))
        while self._next(self.indent):
            pass
        self.indent = 0
        self.described = False
        self.found.append(_DESCRIPTION_END)


_ITEM_END, _QUOTE_END = Block("item_end"), Block("quote_end")
_TERM, _TERM_END = Block("term"), Block("term_end")
_DESCRIPTION_BEGINS, _DESCRIPTION_END = Block("description"), Block("description_end")
