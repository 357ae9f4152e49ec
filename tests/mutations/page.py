"""A clean agreement as a mutator sees it: its text, and where its parts stand.

Read here by plain means of its own (PyYAML's marks, a few patterns for Markdown) and not by slalint: a mutator that
asked slalint where things stand could never show that slalint looks in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

Path = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|\r|\n")


class Entry(NamedTuple):
    """One value of a data agreement: where its key (or its dash) starts, and where the value stands."""

    path: Path
    key: int
    start: int
    end: int
    written: str
    cut: tuple[int, int]  # what to take out so that nothing of it is left

    @property
    def name(self) -> str:
        return str(self.path[-1])


class Section(NamedTuple):
    """A Markdown heading and all that stands below it, ``[start, end)``."""

    title: str
    level: int
    start: int
    body: int
    end: int

    @property
    def number(self) -> str:
        """``4.2`` of "4.2 Termination", empty where there is none."""
        match = re.match(r"(\d+(?:\.\d+)*)\.?\s", self.title)
        return match[1] if match else ""


class Cell(NamedTuple):
    start: int
    end: int
    text: str


class Table(NamedTuple):
    """A pipe table; a row may have fewer cells than the header."""

    header: list[Cell]
    rows: list[list[Cell]]

    def column(self, pattern: str) -> int | None:
        """The first column whose header matches."""
        return next((i for i, cell in enumerate(self.header) if re.fullmatch(pattern, cell.text, re.I)), None)


class Definition(NamedTuple):
    """A term, what explains it, and what to take out so that neither is left. All are ``(start, end)``."""

    term: str
    name: tuple[int, int]
    body: tuple[int, int]
    cut: tuple[int, int]


class Page:
    """An agreement's text under its file name."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @property
    def form(self) -> str:
        return "prose" if self.name.endswith((".md", ".mdx", ".markdown")) else "data"

    def line(self, offset: int) -> int:
        return line_of(self.text, offset)

    @property
    def head(self) -> int:
        """Where what concerns the whole agreement is reported: its title, or else its first heading."""
        if self.form == "data":
            titles = self.entries("metadata/title") or self.entries("metadata/id") or self.entries("kind")
            return titles[0].start if titles else 0
        heads = [one for one in self.sections if one.level == 1] or self.sections
        return heads[0].start if heads else 0

    @property
    def heads(self) -> list[int]:
        """All that may be taken for the title of a document whose title cannot be told."""
        titles = [one.start for one in self.sections if one.level == 1]
        return [self.head] if self.form == "data" or len(titles) == 1 else [0, *titles, self.head]

    def find(self, pattern: str, flags: int = 0) -> Iterator[re.Match[str]]:
        """Matches in running text: code, comments, links' targets and front matter stay out of it."""
        yield from re.finditer(pattern, self.masked, flags)

    @cached_property
    def masked(self) -> str:
        """The text with what is no running text blanked out, each character in its place."""
        if self.form == "data":
            return _blank(r"(?m)(?:^|(?<=\s))#.*$", self.text)
        hidden = r"(?s)\A---\n.*?\n---\n|<!--.*?-->|```.*?(?:```|\Z)|`[^`\n]*`|(?<=\])\([^()\s]*\)|<[^<>\n]*>"
        return _blank(hidden, self.text)

    def without(self, cuts: list[tuple[int, int]]) -> str:
        """The running text without some stretches of it."""
        text = self.masked
        for start, end in reversed(cuts):
            text = text[:start] + text[end:]
        return text

    # ---- data

    @cached_property
    def tree(self) -> Any:
        """The composed YAML or JSON, None where it is neither."""
        try:
            return yaml.compose(self.text, Loader=_LOADER) if self.form == "data" else None
        except yaml.YAMLError:
            return None

    @cached_property
    def _all(self) -> list[Entry]:
        return list(self._walk(self.tree, (), (0, 0))) if self.tree is not None else []

    def entries(self, pattern: str) -> list[Entry]:
        """The values whose path matches, ``*`` for any one step: ``metrics/*/target``."""
        wanted = pattern.split("/")
        return [
            one
            for one in self._all
            if len(one.path) == len(wanted) and all(w in ("*", str(s)) for w, s in zip(wanted, one.path, strict=True))
        ]

    def entry(self, *path: str | int) -> Entry | None:
        return next((one for one in self._all if one.path == path), None)

    def _walk(self, node: yaml.Node, path: Path, whole: tuple[int, int]) -> Iterator[Entry]:
        children: list[tuple[str | int, int, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            children = [(key.value, key.start_mark.index, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                start = value.start_mark.index
                children.append((number, start if node.flow_style else self.text.rindex("-", 0, start), value))
        ends = [self._end(value) for _, _, value in children]
        for number, (step, key, value) in enumerate(children):
            if number + 1 < len(children):
                cut = key, children[number + 1][1]
            elif not number:
                cut = whole
            elif node.flow_style:
                cut = ends[number - 1], ends[number]
            else:
                cut = self.text.rindex("\n", 0, key) + 1, min(ends[number] + 1, len(self.text))
            start = value.start_mark.index
            inner = (start + 1, ends[number] - 1) if value.start_mark and getattr(value, "flow_style", False) else cut
            yield Entry((*path, step), key, start, ends[number], self.text[start : ends[number]], cut)
            yield from self._walk(value, (*path, step), inner)

    def _end(self, node: yaml.Node) -> int:
        """Where a value's last character stands: PyYAML ends a block where the next thing starts."""
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return end
        while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return int(node.end_mark.index)

    # ---- prose

    @cached_property
    def sections(self) -> list[Section]:
        heads = [(m.start(), m.end(), len(m[1]), m[2].strip()) for m in self.find(r"(?m)^(#{1,6}) +([^\r\n]*)")]
        found = []
        for number, (start, end, level, title) in enumerate(heads):
            stop = next((one[0] for one in heads[number + 1 :] if one[2] <= level), len(self.text))
            found.append(Section(title, level, start, end, stop))
        return found

    def section(self, title: str) -> list[Section]:
        """The sections whose title matches, none of them inside another."""
        found: list[Section] = []
        for one in self.sections:
            if one.level > 1 and re.search(title, one.title, re.I) and not (found and one.start < found[-1].end):
                found.append(one)
        return found

    @cached_property
    def tables(self) -> list[Table]:
        found = []
        for block in self.find(r"(?m)(?:^[ \t]*\|[^\r\n]*\|[ \t]*(?:\r?\n|\Z)){3,}"):
            lines = re.compile(r"[^\r\n]+").finditer(self.text, *block.span())
            rows = [list(self._cells(*line.span())) for line in lines]
            if all(re.fullmatch(r":?-+:?", cell.text) for cell in rows[1]):
                found.append(Table(rows[0], rows[2:]))
        return found

    def _cells(self, start: int, end: int) -> Iterator[Cell]:
        pipes = [m.start() for m in re.compile(r"(?<!\\)\|").finditer(self.text, start, end)]
        for left, right in pairwise(pipes):
            written = self.text[left + 1 : right]
            begin = left + 1 + len(written) - len(written.lstrip()) if written.strip() else left + 2
            yield Cell(begin, begin + len(written.strip()), written.strip())

    # ---- terms

    @cached_property
    def definitions(self) -> list[Definition]:
        found = list(self._data_definitions() if self.form == "data" else self._prose_definitions())
        return sorted(found, key=lambda one: one.name)

    def _data_definitions(self) -> Iterator[Definition]:
        for one in self.entries("definitions/*"):
            if isinstance(one.path[-1], str):
                yield Definition(one.name, (one.key, one.key + len(one.name)), (one.start, one.end), one.cut)
            else:
                term, means = self.entry(*one.path, "term"), self.entry(*one.path, "means")
                if term and means:
                    yield Definition(term.written, (term.start, term.end), (means.start, means.end), one.cut)

    def _prose_definitions(self) -> Iterator[Definition]:
        means = r"[ \t]+means(?:\s+that)?\s+"
        block = r"(?P<body>[^\r\n]+(?:\r?\n(?![-*+] |\r?\n)[^\r\n]+)*)(?:\r?\n)*"
        term = r"[\"“]?\*{0,2}[\"“]?(?P<term>[A-Z][\w/&' -]{1,50}?)[\"”]?\*{0,2}[\"”]?"
        marked = r"(?m)^(?:[-*+] )?" + term + means + block
        listed = r"(?m)^(?P<term>[A-Z][\w/&' -]{1,50})\r?\n: (?P<body>[^\r\n]+(?:\r?\n[ \t]+\S[^\r\n]*)*)(?:\r?\n)*"
        for pattern in (marked, listed):
            for m in self.find(pattern):
                yield Definition(m["term"], m.span("term"), m.span("body"), m.span())
        for table in self.tables:
            term, body = table.column(r"\W*(?:term|word)s?\W*"), table.column(r"\W*(?:definition|meaning)s?\W*")
            if term is None or body is None:
                continue
            for row in table.rows:
                if len(row) > max(term, body) and row[term].text and row[body].text:
                    start = self.text.rfind("\n", 0, row[0].start) + 1
                    end = self.text.find("\n", row[-1].end) + 1 or len(self.text)
                    name, said = row[term], row[body]
                    yield Definition(
                        name.text.strip('*_"“” '), (name.start, name.end), (said.start, said.end), (start, end)
                    )

    def uses(self, term: str) -> list[int]:
        """Where a defined term is used as a term of its own, and not as part of a longer one."""
        text = self.masked
        for name in self._terms:
            if len(name) > len(term) and re.search(rf"\b{re.escape(term)}", name):
                text = _blank(_spaced(name), text)
        return [m.start() for m in re.finditer(_spaced(term), text)]

    @cached_property
    def _terms(self) -> set[str]:
        return {one.term for one in self.definitions}

    def outside(self, one: Definition) -> list[int]:
        """The uses of a term outside its own definition."""
        start, end = one.cut
        return [use for use in self.uses(one.term) if not start <= use < end]

    def is_key(self, one: Definition) -> bool:
        """Whether a term is a key of a mapping, which cannot stand there twice."""
        return self.form == "data" and self.entry("definitions", one.term) is not None

    def is_running(self, offset: int) -> bool:
        """Whether a place lies inside a sentence: not in a heading or a table, nor at the start of a sentence."""
        line = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        if self.form == "prose" and line.lstrip().startswith(("#", "|")):
            return False
        return re.search(r"[\w,;)]\s+$", self.text[max(0, offset - 80) : offset]) is not None


def _spaced(term: str) -> str:
    """A term, on one line or two, and its plural."""
    *words, last = map(re.escape, term.split())
    plural = rf"(?:{last}(?:e?s)?|{last[:-1]}ies)" if last.endswith("y") else rf"{last}(?:e?s)?"
    return r"\b" + r"\s+".join([*words, plural]) + r"\b"


def _blank(pattern: str, text: str) -> str:
    return re.sub(pattern, lambda m: re.sub(r"[^\r\n]", " ", m[0]), text)


def line_of(text: str, offset: int) -> int:
    return sum(1 for _ in _BREAK.finditer(text, 0, offset)) + 1
