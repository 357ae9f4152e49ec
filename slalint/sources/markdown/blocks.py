"""Markdown as a ``Document``: sections, passages, tables and labels with their exact places in the file.

markdown-it-py says which lines form which block; everything within a line is placed here, in the source text itself.
What authors write beside the standard is read too: headings without a space, bold lines used as headings, numbered
clauses, tables with broken separators, pandoc's simple tables, HTML around text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from slalint.model import Mark, Node, SourceFile
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown import parser
from slalint.sources.markdown.mask import blank, code_spans, is_plain, mask
from slalint.sources.markdown.plain_blocks import Block, Line
from slalint.text import Document, Label, Passage, PassageKind, Section, Table
from slalint.words import languages
from slalint.words.pieces import Branches, Pieces

_FRONT_MATTER = lazy(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])(?:\1|\.\.\.)[ \t]*(?=[\r\n]|$)", re.S)
_MODULE_LINE = lazy(
    r"^(?:import\s[^\r\n]*\bfrom\s*['\"][^\r\n'\"]+['\"];?|import\s*['\"][^\r\n'\"]+['\"];?"
    r"|export\s+(?:const|default|let|function)\b[^\r\n]*)[ \t]*$",
    re.M,
)
_HASH_LINE = lazy(r"(#{1,6})(?=[^\W\d_])")
_SEPARATOR = lazy(r"[ \t]*(?:\|[ \t]*)?[:=-]+[ \t]*(?:[|+][ \t]*(?:[:=-]+[ \t]*)?)*")
_DASH_GROUPS = lazy(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*")
_BOLD_LINE = lazy(r"(?:\d[\d.]{0,12}[ \t]+)?(\*\*|__)(?![\s*_])((?:(?!\1)[^\r\n]){1,120})\1[ \t]*:?[ \t]*")


class _Words(Pieces, file="blocks"):
    clauses = Branches()
    places = Branches()
    small = Branches()
    counted = Branches()


class _Shapes(NamedTuple):
    """Lines that words have a part in. A text is cut into blocks before anybody can tell its language, so those of all
    languages count."""

    clause: re.Pattern[str]  # a line such as `Section 4.2 Termination`
    number: re.Pattern[str]  # that of a heading
    run_in: re.Pattern[str]  # a clause's title before its text; without number only where markup sets it off
    counted: re.Pattern[str]  # no title: the unit of a number

    @classmethod
    def of(cls, known: tuple[str, ...]) -> _Shapes:
        words = [_Words.of(language) for language in known]
        clauses = "|".join(one.clauses for one in words)
        places = "|".join(one.places for one in words)
        small = "|".join(one.small for one in words)
        return cls(
            lazy(
                rf"(?:(?:{clauses})[ \t]+)?\d{{1,3}}(?P<sub>(?:\.\d{{1,3}}){{0,5}})[.)]?[ \t]+"
                r"(?P<title>[^\W\d_][^\r\n.;:|]{2,70})[.:]?[ \t]*",
                re.I,
            ),
            lazy(
                rf"(?:(?:{places}|§)[ \t]*)?"
                r"((?:\d{1,3}(?:\.\d{1,3}){0,6}|[A-Z](?:\.\d{1,3}){1,5})[.):]?|(?:[A-Z]|[IVX]{1,5})[.):])"
                r"(?:[ \t]+(?:[-–—:][ \t]+)?|(?=$))",
                re.I,
            ),
            lazy(
                r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?"
                rf"(?P<name>[A-Z][\w'’/-]*(?:\s+(?:[A-Z][\w'’/-]*|{small}|&)){{0,7}})\s*\.\s+(?=[\"“(]?[A-Z])"
            ),
            lazy("|".join(one.counted for one in words), re.I),
        )


_shapes = cache(_Shapes.of)

_ITEM_NUMBER = lazy(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+)[ \t]+(?=\S)")
# A name and its value: `**Owner:** Dana`, `**Owner**: Dana`, `**Owner** – Dana`, `Owner: Dana`.
_BOLD_LABEL = lazy(
    r"[ \t]*(?:\d{1,3}(?:\.\d{1,3})*[.)]?[ \t]+)?(\*\*\*|\*\*|__|\*|_)(?![\s*_])(?P<name>(?:(?!\1)[^\r\n|]){1,80}?)"
    r"[ \t]*(?::[ \t]*\1|\1[ \t]*:|\.[ \t]*\1(?=[ \t])|\1[ \t]*\.(?=[ \t])|\1[ \t]*[–—-](?=[ \t]))[ \t]*"
)
# The same in one piece, `**Effective date: 1 May 2030**`; with a number in its name it is a title (`**Step 2: …**`).
_BOLD_FIELD = lazy(
    r"[ \t]*(\*\*\*|\*\*|__|\*|_)(?P<name>[A-Z](?:(?!\1)[^\r\n\d:|]){1,50}):[ \t]+"
    r"(?=(?:(?!\1)[^\r\n]){0,100}?\d(?:(?!\1)[^\r\n]){0,100}\1[ \t]*(?:</?br ?/?>|\\)?[ \t]*$)"
)
_EMPHASIS = lazy(r"[ \t]*[\d*_]")  # what both of these begin with
_EMPHASISED = ("*", "_", "<")
_PLAIN_LABEL = lazy(r"[ \t]*(?P<name>[^\W_a-z][\w'’/&().-]*(?:[ \t][\w'’/&().-]+){0,5})[ \t]*:(?=[ \t])[ \t]*")
_TABLE_TAG = lazy(r"<(/?)(table|tr|td|th)\b[^<>]*>", re.I)
_HTML_TABLE = "\ue000"  # stands for an HTML table in the text for the block parser
_KEY_LINE = lazy(r"^([A-Za-z_][\w.-]{0,60}):(?=[ \t]|$)[ \t]*([^\r\n]*)", re.M)
_TASK_BOX = lazy(r"\[[ xX]\](?=\s)")

_ORNAMENT = lazy(r"^[^\w(\"“\[<{§]+")
_SETS_OFF = lazy(r"[.;:,|?!=<>]")  # what no title of a few words has in it
_HARD_BREAKS = ("\\", "<br>", "<br/>", "<br />")

_BOLD_LEVEL = 20  # an unnumbered bold line used as a heading stands below every numbered one
_CLAUSE_LEVEL = 7  # a numbered one below every real heading, deeper by its number


def parse(file: SourceFile) -> Document:
    """Read a Markdown file; any text gives a document, none raises."""
    return _Reader(file).read()


class _Item(NamedTuple):
    """An open list item: its number as written ("" for a bullet) and the section that it stands in."""

    number: str
    outside: Section


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.text = file.text
        self.starts = [*file.line_starts, len(file.text)]
        self.shapes = _shapes(languages())
        self.mdx = file.path.lower().endswith(".mdx")
        root = Section(None, 0, "")
        self.document = Document(file, root)
        self.section = root
        self.html_tables: dict[int, tuple[int, int]] = {}  # by the line on which each starts

    def read(self) -> Document:
        prepared = self._prepared()
        blocks = parser.blocks(prepared, self.file.line_starts)
        lists: list[_Item] = []
        around: PassageKind = "paragraph"
        skip = 0
        for index, block in enumerate(blocks):
            kind = block.kind
            if kind == "text" or kind == "heading":
                if index < skip:
                    continue
                lines = block.lines
                if block.first in self.html_tables:
                    said = prepared[lines[0].start : lines[-1].end] if lines is not None else block.content
                    if said == _HTML_TABLE:
                        self._html_table(*self.html_tables[block.first])
                        continue
                if lines is None:
                    lines = self._lines(block.first, block.content)
                if kind == "heading" and not self._no_heading(block.mark, lines):
                    self._heading(lines[0].start, lines[-1].end, block.level)
                elif used := self._simple_table(blocks, index, lines):
                    skip = used
                else:
                    leads = index + 1 < len(blocks) and blocks[index + 1].kind != "item_end"
                    where: PassageKind = around if around != "paragraph" or not lists else "item"
                    self._paragraph(lines, where, lists, leads)
            elif kind == "item":
                lists.append(_Item(block.mark, self.section))
            elif kind == "item_end":
                item = lists.pop()
                # A numbered clause of the outermost list stays open for what follows it without indentation.
                if self.section.level >= _CLAUSE_LEVEL and (lists or not item.number):
                    self.section = item.outside
            elif kind == "term":
                around = "term"
            elif kind == "description":
                around = "description"
            elif kind == "term_end" or kind == "description_end":
                around = "paragraph"
            elif kind == "code":
                self._code(block.first, block.last)
        return self.document

    # ---- before the parser

    def _prepared(self) -> str:
        """The text for the block parser: front matter, whole-line comments, scripts and module lines blanked."""
        text = self.text
        front = _FRONT_MATTER.match(text)
        if front and (front.group(1) == "+++" or _KEY_LINE.search(front.group(2)) or not front.group(2).strip()):
            self._front_matter(front)
            text = blank(front.group()) + text[front.end() :]
        if "<!--" in text:
            text = _without_comment_lines(text)
        if _TABLE_TAG.search(text):
            text = self._without_html_tables(text)
        if self.mdx or "import " in text:
            text = _MODULE_LINE.sub(lambda m: blank(m.group()), text)
        return text

    def _without_html_tables(self, text: str) -> str:
        """HTML tables are ours: of each only a mark on its first line is left for the block parser."""
        pieces, at, start = [], 0, -1
        for tag in _TABLE_TAG.finditer(text):
            if tag.group(2).lower() != "table":
                continue
            before = max(text.rfind("\n", at, tag.start()), text.rfind("\r", at, tag.start())) + 1 or at
            if not tag.group(1) and start < 0 and tag.start() - before < 4 and not text[before : tag.start()].strip():
                start = tag.start()
            elif tag.group(1) and start >= 0:
                inside = text[start : tag.end()]
                if "```" not in inside and "~~~" not in inside:
                    self.html_tables[self.file.position(start)[0] - 1] = start, tag.end()
                    pieces += [text[at:start], _HTML_TABLE, blank(inside[1:])]
                    at = tag.end()
                start = -1
        return "".join([*pieces, text[at:]])

    def _front_matter(self, front: re.Match[str]) -> None:
        """Top-level scalars of the front matter, as labels and as a mapping. The YAML source reads what lies deeper."""
        data: dict[str, str] = {}
        marks: dict[str, tuple[int, int, Mark]] = {}
        for match in _KEY_LINE.finditer(front.group(2)):
            name = match.group(1)
            key_start = front.start(2) + match.start(1)
            start, end = front.start(2) + match.start(2), front.start(2) + match.end(2)
            start, end = self._trim(start, end)
            if end - start > 1 and self.text[start] == self.text[end - 1] and self.text[start] in "\"'":
                start, end = start + 1, end - 1
            elif " #" in self.text[start:end]:
                start, end = self._trim(start, start + self.text[start:end].index(" #"))
            if name in data:
                continue
            data[name] = self.text[start:end]
            marks[name] = (key_start, key_start + len(name), (start, end, None, None))
            if end > start and self.text[start] not in "[{|>&*!":
                key = Node.of(self.file, key_start, key_start + len(name))
                self.document.labels.append(Label(key, Node.of(self.file, start, end), None, None))
        self.document.front_matter = Node(self.file, data, (front.start(2), front.end(2), marks, None))

    # ---- places

    def _lines(self, first: int, content: str) -> list[Line]:
        """The place of each line of a block's content, found from the end of its source line."""
        text, starts = self.text, self.starts
        last = len(starts) - 2
        found = []
        wanted = content.split("\n")
        # Of a paragraph the parser cuts lines of rare white space (U+2028 …) that it takes for text at first.
        while first < last and wanted[0].strip() and not text[starts[first] : starts[first + 1]].strip():
            first += 1
        new = tuple.__new__  # what the constructor of a named tuple calls, without the call between
        for at, piece in enumerate(wanted[: max(last - first + 1, 0)], first):
            start = starts[at]
            line = text[start : starts[at + 1]].rstrip()
            if "\0" in line:
                line = line.replace("\0", "\ufffd")
            piece = piece.strip()
            start += len(line) - len(piece) if line.endswith(piece) else max(line.rfind(piece), 0)
            found.append(new(Line, (start, start + len(piece))))
        return found or [Line(starts[min(first, last)], starts[min(first, last)])]

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        return start, start + len(raw.strip())

    def _masked(self, lines: list[Line]) -> str:
        """The mask of a block from its first line's start to its last line's end, line prefixes blanked."""
        text = self.text
        at, end = lines[0]
        pieces = [text[at:end]]
        at = end
        for start, end in lines[1:]:
            prefix = text[at:start]
            pieces.append(blank(prefix) if prefix.strip("\n ") else prefix)
            pieces.append(text[start:end])
            at = end
        return mask("".join(pieces), self.mdx)

    def _passage(self, start: int, end: int, text: str, kind: PassageKind, depth: int = 0) -> Passage:
        return Passage(Node.of(self.file, start, end), text, kind, self.section, depth)

    def _add(self, passage: Passage) -> None:
        if passage.text.strip():
            self.section.passages.append(passage)
            self.document.passages.append(passage)

    # ---- blocks

    def _code(self, first: int, last: int) -> None:
        starts = self.file.line_starts
        start = starts[first]
        end = starts[last] if last < len(starts) else len(self.text)
        raw = self.text[start:end].rstrip()
        self.document.code.append(self._passage(start, start + len(raw), raw, "code"))

    def _no_heading(self, mark: str, lines: list[Line]) -> bool:
        """A rule drawn right below a paragraph makes a heading of it by the standard, but not to its author."""
        if mark not in ("-", "="):
            return False
        first = self.text[lines[0].start : lines[0].end]
        return len(lines) > 1 or len(first) > 120 or "|" in first or _BOLD_LABEL.match(first) is not None

    def _heading(self, start: int, end: int, level: int, number: str = "") -> None:
        masked = mask(self.text[start:end], self.mdx)
        title = " ".join(masked.split())
        if not title[:1].isalnum():
            title = _ORNAMENT.sub("", title) or title
        if match := self.shapes.number.match(title):
            number, title = match.group(1).rstrip(".):"), title[match.end() :].strip() or title
        title = title.rstrip(":.").rstrip()
        parent = self.section
        while parent.level >= level and parent.parent is not None:
            parent = parent.parent
        section = Section(None, level, title, number, parent)
        self.section = section
        section.heading = self._passage(start, end, masked, "heading")
        parent.children.append(section)
        if masked.strip():
            self.document.passages.append(section.heading)
            if self.document.title is None:
                self.document.title = section.heading

    def _paragraph(self, lines: list[Line], kind: PassageKind, lists: list[_Item], leads: bool) -> None:
        """A paragraph of the block parser, taken apart where it holds tables or headings. ``leads``: something follows
        it in the same list item, or in the document."""
        text = self.text
        depth = len(lists)
        run: list[Line] = []
        index = 0
        if kind == "item" and lists[-1].number and self._clause_title(lines[0]) and (leads or len(lines) > 1):
            self._heading(lines[0].start, lines[0].end, _CLAUSE_LEVEL + min(depth - 1, 8), lists[-1].number)
            index = 1
        while index < len(lines):
            line = lines[index]
            raw = text[line.start : line.end]
            hashes = _HASH_LINE.match(raw) if raw.startswith("#") else None
            rows = self._table_length(lines, index) if "|" in raw else 0
            if hashes and (len(hashes.group()) > 1 or len(lines) == 1):
                start, end, level = line.start + hashes.end(), line.start + len(raw.rstrip("# \t")), hashes.end()
            elif not rows and len(raw) <= 130 and (level := self._pseudo_level(raw, leads and len(lines) == 1)):
                start, end = line
            else:
                level = 0
            if rows or level:
                self._prose(run, kind, depth)
                run = []
            if level:
                self._heading(start, end, level)
            elif rows:
                self._table(lines[index : index + rows])
                index += rows - 1
            else:
                run.append(line)
            index += 1
        self._prose(run, kind, depth)

    def _prose(self, lines: list[Line], kind: PassageKind, depth: int) -> None:
        if not lines:
            return
        masked = self._masked(lines)
        if kind != "item":
            self._leave_list(self.text[lines[0].start : lines[0].end])
        if kind == "item" and (box := _TASK_BOX.match(masked)):
            masked = " " * box.end() + masked[box.end() :]
        passage = self._passage(lines[0].start, lines[-1].end, masked, kind, depth)
        self._add(passage)
        self._labels(passage, lines)

    def _leave_list(self, raw: str) -> None:
        """`**Examples:**` over a list speaks of the list only: `**Owner:** Dana` behind it stands beside it."""
        section = self.section
        if (
            section.level == _BOLD_LEVEL
            and section.parent is not None
            and section.heading is not None
            and section.heading.node.raw.rstrip("* _\t").endswith(":")
            and section.passages
            and section.passages[-1].kind == "item"
            and _BOLD_LABEL.match(raw)
        ):
            self.section = section.parent

    def _clause_title(self, line: Line) -> bool:
        """Whether a numbered item starts with a line that only names what follows."""
        raw = self.text[line.start : line.end]
        if len(raw) > 200:
            return False
        shown = mask(raw).strip().rstrip(":.").rstrip()
        return 0 < len(shown.split()) <= 8 and shown[0].isupper() and _SETS_OFF.search(shown) is None

    def _pseudo_level(self, raw: str, alone: bool) -> int:
        """The level of a line that is used as a heading; 0 for any other. Within a paragraph only a line that counts
        on several levels (``5.1 Service Scope``) is one."""
        clause = self.shapes.clause.fullmatch(raw)
        bold = _BOLD_LINE.fullmatch(raw) if alone else None
        if clause is None and bold is None:
            return 0
        title = bold.group(2) if bold else clause.group("title") if clause and (alone or clause.group("sub")) else ""
        words = title.split()
        if not any(c.isalpha() for c in title) or len(words) > (12 if bold else 7):
            return 0
        if title.rstrip().endswith((".", "!", ";")) and len(words) > 5:
            return 0
        if not bold and (not title[0].isupper() or self.shapes.counted.fullmatch(words[0])):
            return 0
        if bold and (label := _BOLD_LABEL.match(raw) or _BOLD_FIELD.match(raw)) and raw[label.end() :].strip():
            return 0
        number = self.shapes.number.match(mask(raw).strip())
        return _CLAUSE_LEVEL + min(number.group(1).rstrip(".):").count("."), 8) if number else _BOLD_LEVEL

    # ---- labels

    def _labels(self, passage: Passage, lines: list[Line]) -> None:
        text = self.text
        found: list[tuple[int, int, int, int]] = []  # name start, name end, value start, index of its line
        for index, line in enumerate(lines):
            start, end = line
            raw = text[start:end]
            match = (_BOLD_LABEL.match(raw) or _BOLD_FIELD.match(raw)) if _EMPHASIS.match(raw) else None
            if match is None:
                if index and not found and not self._hard_break(lines[index - 1]):
                    continue  # a colon in the middle of running text makes no label
                match = self._plain_label(raw, passage.text, start - passage.start)
            if match:
                found.append((start + match.start("name"), start + match.end("name"), start + match.end(), index))
        for order, (name_start, name_end, start, index) in enumerate(found):
            last = found[order + 1][3] - 1 if order + 1 < len(found) else len(lines) - 1
            stop = next((i for i in range(index, last) if self._hard_break(lines[i])), last)
            value = self._value(start, max(lines[stop].end, start), passage)
            self._label(name_start, name_end, passage, value, passage)

    def _plain_label(self, raw: str, masked: str, at: int) -> re.Match[str] | None:
        """The label that a line begins with; ``at`` is the place of the line in the masked passage."""
        plain = _PLAIN_LABEL.match(raw) if ":" in raw else None
        if plain and len(plain.group("name")) <= 50 and raw[plain.end() :].strip():
            return plain
        emphasised = raw[:1] in _EMPHASISED
        first = masked[at : at + 1]
        if not (emphasised or first.isdigit() or first.isspace()):
            return None
        run_in = self.shapes.run_in.match(masked[at : at + len(raw)])
        return run_in if run_in and (run_in.group("number") or emphasised) else None

    def _hard_break(self, line: Line) -> bool:
        return self.text.startswith("  ", line.end) or self.text.endswith(_HARD_BREAKS, line.start, line.end)

    def _label(self, start: int, end: int, passage: Passage, value: Node, place: Passage) -> None:
        """A name that stands in a passage, and its ``value``, which stands in another ``place`` where it is a cell."""
        masked, base = passage.text, passage.start
        a, b = start - base, end - base
        if number := _ITEM_NUMBER.match(masked, a, b):
            a = number.end()
        while a < b and not masked[a].strip():
            a += 1
        while b > a and (not masked[b - 1].strip() or masked[b - 1] == ":"):
            b -= 1
        if a < b:
            name = Node.of(self.file, base + a, base + b, masked[a:b])
            label = Label(name, value, self.section, place)
            self.section.labels.append(label)
            self.document.labels.append(label)

    def _value(self, start: int, end: int, passage: Passage) -> Node:
        """The value without the markup around it; one that is all code or link keeps what is inside."""
        base, masked = passage.start, passage.text
        a, b = start - base, end - base
        while a < b and masked[a].isspace():
            a += 1
        while b > a and masked[b - 1].isspace():
            b -= 1
        if a < b:
            return Node.of(self.file, base + a, base + b, masked[a:b])
        start, end = self._trim(start, end)
        while end - start > 1 and self.text[start] in "`<*_" and self.text[end - 1] in "`>*_":
            start, end = start + 1, end - 1
        return Node.of(self.file, start, end)

    # ---- tables

    def _table_length(self, lines: list[Line], index: int) -> int:
        """How many lines from ``index`` on form a table: a header with a separator below it, or at least two rows
        between pipes. 0 for none."""
        text = self.text

        def raw(at: int) -> str:
            return text[lines[at].start : lines[at].end]

        first = raw(index).strip()
        ruled = index + 1 < len(lines) and _is_separator(raw(index + 1))
        framed = first.startswith("|") and first.count("|") > 1
        if (
            not ruled
            and not (framed and index + 1 < len(lines) and raw(index + 1).strip().startswith("|"))
            and not _is_separator(first)
        ):
            return 0
        end = index + 1 + ruled
        while (
            end < len(lines)
            and "|" in (row := raw(end))
            and (not framed or row.lstrip().startswith("|") or _cells(row)[2:])
        ):
            end += 1
        return end - index

    def _table(self, lines: list[Line]) -> None:
        table = Table([], [], self.section)
        ruled = False
        for index, line in enumerate(lines):
            raw = self.text[line.start : line.end]
            if _is_separator(raw):
                ruled = True
                continue
            row = self._row(raw, line.start)
            if index == 0:
                table.header.extend(row)
            else:
                table.rows.append(row)
        self._finish(table, ruled)

    def _row(self, raw: str, at: int) -> list[Passage]:
        """The cells of a line that starts ``at`` an offset."""
        plain = is_plain(raw)
        if not plain and ("`" in raw or "\\" in raw):
            return [self._cell(at + a, at + b) for a, b in _cells(raw)]
        # Every pipe separates.
        file, section, mdx = self.file, self.section, self.mdx
        pieces = raw.split("|")
        if len(pieces) > 1 and not pieces[0].strip():
            at += len(pieces.pop(0)) + 1
        if len(pieces) > 1 and not pieces[-1].strip():
            pieces.pop()
        row = []
        for piece in pieces:
            text = piece.strip()
            start = at + len(piece) - len(piece.lstrip())
            node = Node(file, text, (start, start + len(text), None, None))
            row.append(Passage(node, text if plain else mask(text, mdx), "cell", section))
            at += len(piece) + 1
        return row

    def _html_table(self, start: int, end: int) -> None:
        """The rows of an HTML table; its first row is the header. A cell ends at the next cell, row or table tag."""
        table = Table([], [], self.section)
        row: list[Passage] = []
        cell = -1
        for tag in _TABLE_TAG.finditer(self.text, start, end):
            name = tag.group(2).lower()
            if cell >= 0:
                row.append(self._cell(cell, tag.start()))
            cell = tag.end() if name in ("td", "th") and not tag.group(1) else -1
            if name in ("tr", "table") and row:
                if table.header:
                    table.rows.append(row)
                else:
                    table.header.extend(row)
                row = []
        if table.header:
            self._finish(table)

    def _cell(self, start: int, end: int) -> Passage:
        raw = self.text[start:end]
        text = raw.strip()
        start += len(raw) - len(raw.lstrip())
        node = Node(self.file, text, (start, start + len(text), None, None))
        return Passage(node, mask(text, self.mdx), "cell", self.section)

    def _finish(self, table: Table, ruled: bool = True) -> None:
        """Hand a table in, and read two columns as names with their values. Without a rule below it, or with a value in
        it, the first row is one of them."""
        said = [cell for row in (table.header, *table.rows) for cell in row if cell.text.strip()]
        self.section.passages += said
        self.document.passages += said
        self.section.tables.append(table)
        self.document.tables.append(table)
        rows = table.rows
        if len(table.header) == 2 and (not ruled or _names_a_value(table.header)):
            rows = [table.header, *rows]
        for row in rows:
            if len(row) == 2 and row[0].text.strip() and len(row[0].text) <= 80:
                name, value = row
                stated = self._value(value.start, value.start + len(value.text), value)
                self._label(name.start, name.start + len(name.text), name, stated, value)

    def _simple_table(self, blocks: list[Block], index: int, lines: list[Line]) -> int:
        """Pandoc's simple table: a line of column names over groups of dashes, which the block parser sees as a
        paragraph, a rule and a paragraph. Returns the index of the first block not used, 0 for none."""
        if index + 2 >= len(blocks) or blocks[index + 1].kind != "rule" or blocks[index + 2].kind != "text":
            return 0
        rule, body = blocks[index + 1].first, blocks[index + 2]
        if len(lines) != 1 or blocks[index].last != rule or body.first != rule + 1:
            return 0
        starts = self.file.line_starts
        dashes = self.file.line(rule + 1)
        if not _DASH_GROUPS.fullmatch(dashes):
            return 0
        edges = [m.start() for m in re.finditer(r"-+", dashes)]
        table = Table([], [], self.section)
        for at in (rule - 1, *range(body.first, body.last)):
            line = self.file.line(at + 1)
            if re.fullmatch(r"[ \t-]*", line):
                continue
            bounds = [0, *edges[1:], max(len(line), edges[-1])]
            row = [
                self._cell(starts[at] + min(a, len(line)), starts[at] + min(b, len(line))) for a, b in pairwise(bounds)
            ]
            if at < rule:
                table.header.extend(row)
            else:
                table.rows.append(row)
        self._finish(table)
        return index + 3


def _without_comment_lines(text: str) -> str:
    """Comments that take whole lines are blanked, so that they end no block and start none."""
    pieces = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        end += 3
        before = max(text.rfind("\n", at, start), text.rfind("\r", at, start), at - 1) + 1
        after = text[end : end + 200].lstrip(" \t")[:1]
        alone = not text[before:start].strip() and after in ("", "\r", "\n")
        pieces += [text[at:start], blank(text[start:end]) if alone else text[start:end]]
        at = end
    return "".join([*pieces, text[at:]])


def _is_separator(raw: str) -> bool:
    return "|" in raw and "-" in raw and _SEPARATOR.fullmatch(raw) is not None


def _cells(raw: str) -> list[tuple[int, int]]:
    """``(start, end)`` of a row's cells; a pipe that is escaped or inside code separates nothing."""
    spans = code_spans(raw) if "`" in raw else []
    openings = [a for a, _ in spans]
    bars = []
    at = raw.find("|")
    while at >= 0:
        inside = bisect_right(openings, at) - 1
        if not (at and raw[at - 1] == "\\") and not (inside >= 0 and at < spans[inside][1]):
            bars.append(at)
        at = raw.find("|", at + 1)
    stripped = raw.strip()
    edges = [-1, *bars, len(raw)]
    cells = [(a + 1, b) for a, b in pairwise(edges)]
    if stripped.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and bars and not raw[bars[-1] + 1 :].strip():
        cells = cells[:-1]
    return cells


def _names_a_value(header: list[Passage]) -> bool:
    """Whether a two-column table's first row is already a name with its value, not a pair of column names."""
    name, value = (cell.text.strip() for cell in header)
    return bool(name and value) and (name.endswith(":") or any(c.isdigit() or c == "@" for c in value))
