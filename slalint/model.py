"""The nouns everything else is made of: a file, a place in it, a value with its place, a finding, a report.

Offsets and columns count Unicode code points. Lines and columns are 1-based; an end is exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import accumulate
from typing import Any, Literal, TypeAlias

from slalint.patterns import lazy
from slalint.record import NamedTuple

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")

_LINE_BREAK = lazy(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A stretch of a file's text: offsets ``[start, end)`` and the line and column of its start."""

    start: int
    end: int
    line: int
    column: int


class SourceFile:
    """One file as text.

    ``text`` is the decoded content exactly as written (line endings kept) without a byte-order mark;
    ``path`` is the POSIX path shown to the user.
    """

    __slots__ = ("_starts", "bom", "path", "text")

    def __init__(self, path: str, text: str, bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """Offset of every line's first character; ``\\n``, ``\\r\\n`` and a bare ``\\r`` end a line."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(m.end() for m in _LINE_BREAK.finditer(self.text))]
            else:
                lines = self.text.split("\n")
                self._starts = list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0))
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (1-based) of an offset."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, *self.position(start))

    def line(self, number: int) -> str:
        """The text of a line (1-based) without its line ending; empty beyond the last."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


Path: TypeAlias = tuple[str | int, ...]

# What a source keeps beside the plain data, built in the same loop and walked only where a place is asked for:
# (start, end, children, anchor). ``children`` is None for a scalar, a list of marks for a sequence, and
# {key: (key start, key end, mark)} for a mapping. ``anchor`` is the mark of the node that an alias or a merge key
# stands for; then (start, end) is the alias itself, and so is the place of everything reached through it.
Mark: TypeAlias = tuple[int, int, Any, Any]


class Node:
    """A value and where it is written: plain data (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``)
    seen through its marks. Children are made when asked for, so a document nobody reports on costs nothing."""

    __slots__ = ("_alias", "_key", "_mark", "data", "file", "path")

    def __init__(
        self,
        file: SourceFile,
        data: Any,
        mark: Mark,
        path: Path = (),
        key: tuple[int, ...] | None = None,  # begins with the start and the end
        alias: tuple[int, int] | None = None,
    ) -> None:
        self.file = file
        self.data = data
        self.path = path
        self._key = key
        self._alias = alias
        if mark[3] is not None:
            if alias is None:
                self._alias = mark[0], mark[1]
            mark = mark[3]
        self._mark = mark

    @classmethod
    def of(cls, file: SourceFile, start: int, end: int, data: Any = None, path: Path = ()) -> Node:
        """A scalar at ``[start, end)``; its value is the text there unless given."""
        return cls(file, file.text[start:end] if data is None else data, (start, end, None, None), path)

    @property
    def span(self) -> Span:
        """Where the user would look: the value itself, or the alias through which it was reached."""
        start, end = self._alias or self._mark[:2]
        return self.file.span(start, end)

    @property
    def written(self) -> Span:
        """Where the value's text stands; differs from ``span`` behind an alias."""
        return self.file.span(self._mark[0], self._mark[1])

    @property
    def offset(self) -> int:
        """The start of ``written``, without the line and the column."""
        return self._mark[0]

    @property
    def aliased(self) -> bool:
        return self._alias is not None

    @property
    def key(self) -> Span | None:
        """Where this value's key is written, if it stands in a mapping."""
        if self._key is None:
            return None
        return self.file.span(*(self._alias or self._key[:2]))

    @property
    def key_node(self) -> Node:
        """The key under which this value stands, as a node of its own; the value itself where there is none."""
        if self._key is None:
            return self
        start, end = self._alias or self._key[:2]
        return Node(self.file, str(self.path[-1]), (start, end, None, None), self.path)

    @property
    def place(self) -> Span:
        """The short place to report at: the key of a mapping or a list, else the value (an empty one: its key)."""
        start, end = self._alias or self._mark[:2]
        if self._key is not None and (isinstance(self.data, dict | list) or start == end):
            return self.file.span(*(self._alias or self._key[:2]))
        if isinstance(self.data, dict | list):
            first = self.file.text[start:end].split("\n", 1)[0].rstrip()
            return self.file.span(start, start + len(first))
        return self.file.span(start, end)

    @property
    def raw(self) -> str:
        """The source text of the value, quotes and all."""
        return self.file.text[self._mark[0] : self._mark[1]]

    @property
    def text(self) -> str:
        """The value as an author would say it: a string as it is, a number as written, else empty."""
        data = self.data
        if data.__class__ is str:
            return data
        if data is None or isinstance(data, dict | list):
            return ""
        return self.raw

    @property
    def line(self) -> str:
        """``text`` on one line, as a message quotes it."""
        return " ".join(self.text.split())

    @property
    def value(self) -> Any:
        """A scalar's value, ``{key: Node}`` of a mapping, ``[Node]`` of a sequence."""
        if isinstance(self.data, dict):
            return dict(self.items())
        if isinstance(self.data, list):
            return list(self)
        return self.data

    def get(self, *path: str | int) -> Node | None:
        """The node at a path of keys and indices below this one, or None where there is none."""
        if len(path) == 1 and self.data.__class__ is dict:  # by far the most questions
            (step,) = path
            found = self._mark[2].get(step)
            if found is None:
                return None
            return Node(self.file, self.data[step], found[2], self.path + path, found, self._alias)
        data, mark, key, alias = self.data, self._mark, self._key, self._alias
        for step in path:
            if isinstance(data, dict):
                found = mark[2].get(step)
                if found is None:
                    return None
                data, mark, key = data[step], found[2], found
            elif isinstance(data, list) and isinstance(step, int) and -len(data) <= step < len(data):
                data, mark, key = data[step], mark[2][step], None
            else:
                return None
            if mark[3] is not None:
                alias = alias or mark[:2]
                mark = mark[3]
        return Node(self.file, data, mark, self.path + path, key, alias)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Key and child of a mapping; nothing for anything else."""
        if isinstance(self.data, dict):
            marks = self._mark[2]
            for key, value in self.data.items():
                found = marks.get(key)
                if found is not None:
                    yield key, Node(self.file, value, found[2], (*self.path, key), found, self._alias)

    def __iter__(self) -> Iterator[Node]:
        """The children of a sequence; nothing for anything else."""
        if isinstance(self.data, list):
            for index, (value, mark) in enumerate(zip(self.data, self._mark[2], strict=True)):
                yield Node(self.file, value, mark, (*self.path, index), None, self._alias)

    def strings(self, codes: Container[str] = (), closed: Container[str] = ()) -> Iterator[Node]:
        """Every string scalar below, in document order, but for those under a key among ``codes`` (also in a list
        there) and for everything under a key among ``closed``."""
        found: list[Node] = []
        if isinstance(self.data, str):
            found.append(self)
        else:
            self._strings(self.path, self.data, self._mark, self._alias, codes, closed, True, found)
        return iter(found)

    def _strings(
        self,
        path: Path,
        data: Any,
        mark: Mark,
        alias: tuple[int, int] | None,
        codes: Container[str],
        closed: Container[str],
        welcome: bool,
        found: list[Node],
    ) -> None:
        if mark[3] is not None:
            alias = alias or mark[:2]
            mark = mark[3]
        if data.__class__ is dict:
            marks = mark[2]
            for name, value in data.items():
                kind = value.__class__
                if kind is str:
                    if name not in codes and name not in closed and name in marks:
                        key = marks[name]
                        found.append(Node(self.file, value, key[2], (*path, name), key, alias))
                elif (kind is dict or kind is list) and name in marks and name not in closed:
                    inside = name not in codes
                    self._strings((*path, name), value, marks[name][2], alias, codes, closed, inside, found)
        elif data.__class__ is list:
            for index, (value, at) in enumerate(zip(data, mark[2], strict=True)):
                kind = value.__class__
                if kind is str:
                    if welcome:
                        found.append(Node(self.file, value, at, (*path, index), None, alias))
                elif kind is dict or kind is list:
                    self._strings((*path, index), value, at, alias, codes, closed, welcome, found)

    def part(self, start: int, end: int) -> Node:
        """The piece ``text[start:end]`` of a string value, placed exactly where the value is written as it reads,
        and on the whole value where escapes or folding moved the characters."""
        source, (base, stop) = self.file.text, self._mark[:2]
        value = self.text
        piece = value[start:end]
        quote = int(stop - base == len(value) + 2 and source[base] in "'\"")
        first = base + quote + start
        if stop - base - 2 * quote != len(value) or not source.startswith(piece, first):
            # A folded or escaped scalar: the piece itself, if it stands there as a whole and only once.
            first = source.find(piece, base, stop)
            if not piece or first < 0 or source.find(piece, first + 1, stop) >= 0:
                return self
        return Node(self.file, piece, (first, first + len(piece), None, None), self.path, None, self._alias)

    def rooted(self) -> Node:
        """The same value as the root of a document of its own: paths below it start anew."""
        return Node(self.file, self.data, self._mark, (), self._key, self._alias)

    def renamed(self, path: Path, name: str) -> Node:
        """The same value with the key at ``path`` called otherwise; places stay. Nothing behind an alias is renamed."""
        data, mark = _renamed(self.data, self._mark, path, name)
        return Node(self.file, data, mark, self.path, self._key, self._alias)

    def __repr__(self) -> str:
        return f"<Node {pointer(self.path) or '/'} {str(self.data)[:40]!r}>"


class Unplaced(Node):
    """A node of a document whose marks are made when somebody first asks where something stands. Nothing in it has an
    alias."""

    __slots__ = ("_marks",)
    _alias = None

    def __init__(self, file: SourceFile, data: Any, marks: Marks, path: Path = ()) -> None:
        self.file = file
        self.data = data
        self.path = path
        self._marks = marks

    def __getattr__(self, name: str) -> Any:
        """Reached where a slot is still empty."""
        if name not in ("_mark", "_key"):
            raise AttributeError(name)
        mark, key = self._marks.near(self.path), None
        for step in self.path:
            found = mark[2][step]
            key, mark = (found, found[2]) if isinstance(mark[2], dict) else (None, found)
        self._key, self._mark = key, mark
        return mark if name == "_mark" else key

    @property
    def key_node(self) -> Node:
        return _Key(self) if self.path and isinstance(self.path[-1], str) else self

    def get(self, *path: str | int) -> Node | None:
        data = self.data
        for step in path:
            if data.__class__ is dict:
                if step not in data:
                    return None
            elif data.__class__ is not list or not isinstance(step, int) or not -len(data) <= step < len(data):
                return None
            data = data[step]
        return Unplaced(self.file, data, self._marks, self.path + path)

    def items(self) -> Iterator[tuple[str, Node]]:
        if self.data.__class__ is dict:
            for key, value in self.data.items():
                yield key, Unplaced(self.file, value, self._marks, (*self.path, key))

    def __iter__(self) -> Iterator[Node]:
        if self.data.__class__ is list:
            for index, value in enumerate(self.data):
                yield Unplaced(self.file, value, self._marks, (*self.path, index))


_PARTS = 3  # of a document in which more than these are asked for, all is made


class Marks:
    """The mark of a document, made when it is first called for. ``part`` makes what of it leads to one key of the
    document, or None where that is no less work than all of it."""

    __slots__ = ("_make", "_mark", "_part", "_parts")

    def __init__(self, make: Callable[[], Mark], part: Callable[[Any], Mark | None]) -> None:
        self._make = make
        self._mark: Mark | None = None
        self._part = part
        self._parts: dict[Any, Mark] = {}

    def near(self, path: Path) -> Mark:
        """The mark of the document, perhaps with nothing in it but what leads to a path."""
        if self._mark is None and path:
            known = self._parts.get(path[0])
            if known is None and len(self._parts) < _PARTS:
                known = self._part(path[0])
                if known is not None:
                    self._parts[path[0]] = known
            if known is not None:
                return known
        return self()

    def __call__(self) -> Mark:
        if self._mark is None:
            self._mark = self._make()
        return self._mark


class _Key(Node):
    """The key of a node without a place, as a node of its own."""

    __slots__ = ("_of",)
    _alias = None

    def __init__(self, of: Unplaced) -> None:
        self.file = of.file
        self.data = str(of.path[-1])
        self.path = of.path
        self._key = None
        self._of = of

    def __getattr__(self, name: str) -> Any:
        if name != "_mark":
            raise AttributeError(name)
        key = self._of._key
        assert key is not None
        self._mark = mark = key[0], key[1], None, None
        return mark


def _renamed(data: Any, mark: Mark, path: Path, name: str) -> tuple[Any, Mark]:
    start, end, below, anchor = mark
    step, *rest = path
    if anchor is not None:
        return data, mark
    if not rest:
        data = {name if key == step else key: value for key, value in data.items()}
        return data, (start, end, {name if key == step else key: value for key, value in below.items()}, None)
    data, below = data.copy(), below.copy()
    if isinstance(data, dict):
        data[step], inner = _renamed(data[step], below[step][2], tuple(rest), name)
        below[step] = (*below[step][:2], inner)
    else:
        data[step], below[step] = _renamed(data[step], below[step], tuple(rest), name)
    return data, (start, end, below, None)


def texts(data: Any) -> list[str]:
    """Every string in plain data, in document order."""
    found: list[str] = []
    _gather(data, found)
    return found


def _gather(data: Any, found: list[str]) -> None:
    if data.__class__ is str:
        found.append(data)
    else:
        for one in data.values() if data.__class__ is dict else data if data.__class__ is list else ():
            if one.__class__ is str:
                found.append(one)
            elif one.__class__ is dict or one.__class__ is list:
                _gather(one, found)


def pointer(path: Path) -> str:
    """A path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


class Edit(NamedTuple):
    """Replace ``[start, end)`` of a file's text by ``text``."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that belong together; ``safe`` when they cannot change what the agreement promises."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Related(NamedTuple):
    """Another place that the finding speaks of."""

    path: str
    span: Span
    message: str


class Observation(NamedTuple):
    """What a rule or a source says about a place, before the engine stamps rule, severity and fingerprint on it.

    ``why`` (the consequence) and ``hint`` (what to type) replace the rule's own where they can be said more exactly.
    ``rule`` is set only by readers, which speak for several rules; ``key`` is the offending value for the fingerprint
    where the text at the place is not it.
    """

    at: Node | Span
    message: str
    fix: Fix | None = None
    why: str = ""
    hint: str = ""
    confidence: Confidence = "high"
    related: tuple[tuple[Node, str], ...] = ()
    data: Mapping[str, Any] | None = None
    rule: str = ""
    key: str = ""


class Waiver(NamedTuple):
    """Why a finding does not count: who answers for it, until when, and where that is written."""

    kind: Literal["comment", "configuration", "baseline"]
    path: str
    line: int
    reason: str
    owner: str = ""
    ticket: str = ""
    until: str = ""  # the last day (ISO) on which it holds; empty: for good


class Finding(NamedTuple):
    """One thing to mend, complete and plain: no node, no rule, no exception, so it pickles and prints anywhere."""

    path: str
    span: Span
    rule: str
    message: str
    severity: Severity
    confidence: Confidence
    category: str
    end_line: int
    end_column: int
    why: str = ""
    hint: str = ""
    document: int = 0
    pointer: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    data: Mapping[str, Any] | None = None
    waiver: Waiver | None = None  # set on the suppressed


class About(NamedTuple):
    """What a report may tell of a rule that ran. ``pack`` names who brought it; empty for those of slalint."""

    name: str
    category: str
    severity: Severity
    summary: str
    why: str
    fix: str
    pack: str = ""


class FileResult(NamedTuple):
    """What became of one file: which agreements it held, why it was taken or left."""

    path: str
    status: Literal["checked", "skipped", "failed"]
    reason: str
    agreements: int = 0


def from_top(path: str, top: str, folder: str) -> str:
    """A path as seen from the top of a repository, where the working folder is ``folder`` of it; as it is where it lies
    outside."""
    if path.startswith("/") or path[1:3] == ":/":
        return path.removeprefix(top)
    steps: list[str] = []
    for step in (folder + path).split("/"):
        if step == "..":
            if not steps:
                return path
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


class Report(NamedTuple):
    """Everything one run has to say. ``sources`` holds the text of each file that has findings, for code frames;
    ``folder`` is the working folder as seen from the top of its repository (``contracts/``; empty at the top)."""

    findings: tuple[Finding, ...]
    files: tuple[FileResult, ...]
    errors: tuple[str, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    sources: Mapping[str, SourceFile] = {}
    rules: int = 0
    fail_on: str = "error"
    as_of: str = ""
    about: tuple[About, ...] = ()  # the rules that ran
    folder: str = ""
    top: str = ""  # the repository's own folder, absolute, with a slash at its end; empty outside of any
    links: Mapping[str, str] = {}  # files with findings that are links, and the files behind them
    since: str = ""  # the revision since which the findings are new
    older: int = 0  # how many findings are not shown, for they were there then

    def home(self, path: str) -> str:
        """A path as seen from the top of the repository; as it is where it lies outside."""
        return from_top(self.links.get(path, path), self.top, self.folder)

    def counts(self, finding: Finding) -> bool:
        """Whether a finding makes the exit status 1."""
        return self.fail_on != "never" and SEVERITIES.index(finding.severity) >= SEVERITIES.index(self.fail_on)

    def count(self, severity: Severity) -> int:
        return sum(f.severity == severity for f in self.findings)

    @property
    def status(self) -> int:
        """Exit status: 2 where something could not be done, 1 where findings reach ``fail_on``, else 0."""
        if self.errors:
            return 2
        return int(any(map(self.counts, self.findings)))
