"""Parser events into plain data and marks, in one loop.

Not recursive, so depth cannot crash it; expansion of aliases is counted before it happens, so an alias bomb is refused
while it is still small. PyYAML's and ruamel.yaml's events look the same from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from slalint.model import Edit, Fix, Mark, Node, Observation, Path, SourceFile
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources._scalars import AMBIGUOUS, NUMERIC, WORDS, number, surprise, tagged

MAX_DEPTH = 100
MAX_EVENTS = 1_000_000
# Characters that aliases may stand for in one document, all of them spelled out.
MAX_EXPANSION = 1_000_000

_MISSING = object()
# Possessive throughout: the texts are other people's, and no pattern may take longer than the text is.
_PROPERTIES = lazy(
    r"(?:(?:&[^\s,\[\]{}]++|!<[^>\s]*+>|![^\s,\[\]{}]*+)(?:\s++(?:#[^\r\n]*+\s*+)*+|(?=[,\[\]{}])|\Z))++"
)
_COLON = lazy(r"(?:\s++|#[^\r\n]*+)*+:")
_NO_COLON = lazy(r"\s*[,}]")
_HASH = lazy(r"[ \t]#[0-9]")
_COMMENT_NUMBER = lazy(r"[ \t]+(#[0-9][^\r\n]*)")
_COLLECTION_TAGS = frozenset("tag:yaml.org,2002:" + name for name in ("map", "seq", "set", "omap"))


class Refused(Exception):
    """A document that is not read, though a parser would: where, and why in plain words."""

    def __init__(self, start: int, end: int, message: str, why: str, hint: str) -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.message = message
        self.why = why
        self.hint = hint


def too_many(at: int) -> Refused:
    """Why a file with more values than fit in memory is left alone."""
    return Refused(
        at,
        at,
        f"This file holds more than {MAX_EVENTS:,} values.",
        "That is more than an agreement can promise, so it was not read.",
        "Split it into one file per agreement.",
    )


class Document(NamedTuple):
    """One document of a stream. ``root`` is None where it could not be read."""

    root: Node | None
    observations: list[Observation]


class _Notes:
    """Collects what there is to say about one document; only reached when there is something."""

    __slots__ = ("file", "said")

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.said: list[Observation] = []

    def add(
        self,
        rule: str,
        start: int,
        end: int,
        message: str,
        why: str = "",
        hint: str = "",
        path: Path = (),
        fix: Fix | None = None,
        related: tuple[tuple[Node, str], ...] = (),
        key: str = "",
    ) -> None:
        at = Node.of(self.file, start, end, path=path)
        self.said.append(Observation(at, message, fix, why, hint, related=related, rule=rule, key=key))

    def trap(self, text: str, value: Any, key: str | None, start: int, end: int, path: Path) -> None:
        found = surprise(text, value, key or "")
        if found is None:
            return
        message, why, hint, safe = found
        if key and " " not in hint:
            hint = f"{key}: {hint}"
        fix = Fix("Put it in quotes", (Edit(start, end, f'"{text}"'),), safe)
        self.add("unquoted-trap", start, end, message, why, hint, path, fix)

    def duplicate(self, key: str, start: int, end: int, first: tuple[int, int, Mark], path: Path) -> None:
        line = self.file.position(first[0])[0]
        here = self.file.position(start)[0]
        before = "earlier on this line" if line == here else f"on line {line}"
        self.add(
            "duplicate-key",
            start,
            end,
            f"“{key}” is written twice in one place, first {before}.",
            f"Only this later one counts; what stands {before} is ignored.",
            f"Keep one of the two, or rename one of them (lines {line} and {here}).",
            path,
            related=((Node.of(self.file, first[0], first[1]), "first written here"),),
            key=key,
        )

    def blank(self, start: int, end: int, path: Path) -> None:
        """``{{ name }}`` without quotes; what was said about the braces inside is taken back."""
        self.said = [one for one in self.said if not (isinstance(one.at, Node) and start <= one.at.span.start < end)]
        written = self.file.text[start:end]
        self.add(
            "syntax",
            start,
            end,
            f"{written} must stand in quotes.",
            "YAML reads braces without quotes as a mapping, not as a blank to be filled in.",
            f'"{written}"' if '"' not in written else f"'{written}'",
            path,
        )

    def collection_as_key(self, value: Any, start: int, end: int, path: Path) -> None:
        what = "mapping" if isinstance(value, dict) else "list"
        written = self.file.text[start:end]
        self.add(
            "syntax",
            start,
            end,
            f"A {what} cannot be the name of a value.",
            "Only text may stand before the colon.",
            f'Put it in quotes: "{written}"' if '"' not in written and "\n" not in written else "Put it in quotes.",
            path,
        )

    def lost_comma(self, key: str, start: int, end: int, previous: str, path: Path) -> None:
        """A key in braces without a colon: the comma before it was meant as text, or the colon is missing its space."""
        name, colon, rest = key.partition(":")
        if colon and name and rest:
            message = f"“{key}” has no space after its colon, so it is one long key without a value."
            hint = f"{name}: {rest}"
        elif previous:
            message = f"“{key}” has become a key of its own without a value."
            hint = f"Put the text before and after the comma in quotes, if it belongs to “{previous}”."
        else:
            message = f"“{key}” is a key without a value here."
            hint = f"{key}: and its value, or square brackets for a list: [{key}, …]"
        why = "Inside braces a comma starts the next key; only a colon and a space give it a value."
        self.add("unquoted-trap", start, end, message, why, hint, path, key=key)


def compose(
    events: Iterable[Any], kinds: ModuleType, file: SourceFile, base: int = 0, mend: Mapping[int, int] | None = None
) -> Iterator[Document]:
    """The documents of a stream of events, each as soon as it ends. Raises what the parser raises, and ``Refused``.

    ``base`` is the offset in the file at which the parsed text starts; ``mend`` puts back characters that had to be
    disguised from the parser.
    """
    Scalar, Alias = kinds.ScalarEvent, kinds.AliasEvent
    MapStart, SeqStart = kinds.MappingStartEvent, kinds.SequenceStartEvent
    MapEnd, SeqEnd = kinds.MappingEndEvent, kinds.SequenceEndEvent
    DocStart, DocEnd = kinds.DocumentStartEvent, kinds.DocumentEndEvent
    text = file.text
    missing, words, numeric = _MISSING, WORDS, NUMERIC

    # The open collection; the outermost is a sequence that holds nothing but the document's root.
    data: Any = []
    children: Any = []
    in_map = flow = False
    key: str | None = None
    key_start = key_end = begin = opened = 0
    anchor: str | None = None
    stack: list[tuple[Any, ...]] = []
    anchors: dict[str, Any] = {}  # (value, mark, characters it stands for); None while still open
    expanded = last = 0
    notes = _Notes(file)
    hashes = "#" in text and _HASH.search(text) is not None
    blanks: set[int] = set()  # where ``{{ name }}`` stands without quotes
    value: Any
    mark: Mark

    def path() -> Path:
        """Where the value at hand stands."""
        if not stack:
            return ()
        return *((str(f[3]) if f[2] else len(f[0])) for f in stack[1:]), str(key) if in_map else len(data)

    for event in events:
        kind = type(event)
        if kind is Scalar:
            value = event.value
            start = event.start_mark.index + base
            end = event.end_mark.index + base
            style, tag, name = event.style, event.tag, event.anchor
            if mend is not None:
                value = value.translate(mend)
            if name is not None or tag is not None:
                properties = _PROPERTIES.match(text, start)
                if properties is not None:
                    behind = properties.end()
                    if behind >= end or (not value and not style):
                        end = behind = start + len(properties[0].rstrip())
                    start = behind
            if style and (style == "|" or style == ">"):
                end = start + len(text[start:end].rstrip(" \t\r\n"))
            last = end
            if in_map and key is None:
                key, key_start, key_end = value, start, end
                if name is not None:
                    anchors[name] = (value, (start, end, None, None), end - start)
                continue
            if not style:
                if tag is not None:
                    written = value
                    value, known = tagged(written, tag)
                    if not known:
                        _strange_tag(notes, event, base, start, path())
                else:
                    found = words.get(value, missing)
                    if found is missing:
                        if value[0] in numeric:
                            written = value
                            value = number(written)
                            # Dates and plain numbers, the many, never surprise.
                            if (
                                type(value) is float
                                or (value is written and ":" in written)
                                or (value is not written and len(written) > 1 and written.lstrip("+-")[0] == "0")
                            ):
                                notes.trap(written, value, key, start, end, path())
                        if hashes:
                            _cut_by_comment(notes, text, start, end, key, path)
                    elif found is AMBIGUOUS:
                        notes.trap(value, value, key, start, end, path())
                    else:
                        value = found
                if start == end and in_map:
                    if flow and tag is None and begin not in blanks and _NO_COLON.match(text, key_end):
                        notes.lost_comma(str(key), key_start, key_end, _previous(data), path())
                    if tag is None and name is None:
                        colon = _COLON.match(text, key_end)
                        last = colon.end() if colon is not None else key_end
                    start = end = key_end
            elif tag is not None:
                value, known = tagged(value, tag)
                if not known:
                    _strange_tag(notes, event, base, start, path())
            mark = (start, end, None, None)
            if name is not None:
                anchors[name] = (value, mark, end - start)
        elif kind is MapStart or kind is SeqStart:
            start = event.start_mark.index + base
            if len(stack) >= MAX_DEPTH:
                raise Refused(
                    start,
                    min(start + 1, len(text)),
                    f"Lists and mappings stand inside one another more than {MAX_DEPTH} levels deep here.",
                    "No agreement needs that; the document was not read any further.",
                    "Look for brackets that are never closed, or for a generator gone wrong.",
                )
            name, tag = event.anchor, event.tag
            if name is not None or tag is not None:
                properties = _PROPERTIES.match(text, start)
                if properties is not None:
                    start = properties.end()
                if tag is not None and tag not in _COLLECTION_TAGS and tag != "!":
                    _strange_tag(notes, event, base, start, path())
                if name is not None:
                    anchors[name] = None  # open: an alias to it would never end
            stack.append((data, children, in_map, key, key_start, key_end, begin, flow, anchor, opened))
            anchor, begin, flow, opened = name, start, event.flow_style, expanded
            key = None
            if kind is MapStart:
                in_map, data, children = True, {}, {}
            else:
                in_map, data, children = False, [], []
            last = start
            continue
        elif kind is MapEnd or kind is SeqEnd:
            # A block collection has no end of its own: the parser reports where the next thing begins.
            end = event.end_mark.index + base
            if event.start_mark.index + base == end:
                end = last
            last = end
            if in_map and "<<" in data:
                _merge(data, children, text)
            value, mark = data, (begin, end, children, None)
            if blanks and begin in blanks:
                value, mark = text[begin:end], (begin, end, None, None)
            if anchor is not None:
                anchors[anchor] = (value, mark, end - begin + expanded - opened)
            data, children, in_map, key, key_start, key_end, begin, flow, anchor, opened = stack.pop()
            if in_map and key is None:
                key, key_start, key_end = text[mark[0] : end], mark[0], end
                if text.startswith("{{", begin) and text.startswith("}}", end - 1):
                    blanks.add(begin)
                    notes.blank(begin, end + 1, path()[:-1])
                else:
                    notes.collection_as_key(value, mark[0], end, path()[:-1])
                continue
        elif kind is Alias:
            start = event.start_mark.index + base
            last = end = event.end_mark.index + base
            name = event.anchor
            target = anchors.get(name, missing)
            if target is missing:
                notes.add(
                    "syntax",
                    start,
                    end,
                    f"*{name} refers to &{name}, which is not written anywhere before it.",
                    "A * at the start of a value stands for something marked with & earlier in the document.",
                    f'Mark the value that is meant with &{name}, or put the text in quotes: "{text[start:end]}"',
                    path(),
                )
                value, mark = text[start:end], (start, end, None, None)
            elif target is None:
                raise Refused(
                    start,
                    end,
                    f"*{name} stands inside the very thing that it refers to.",
                    "The value would contain itself and never end.",
                    "Write out what is meant here.",
                )
            else:
                value, origin, size = target
                expanded += size
                if expanded > MAX_EXPANSION:
                    raise Refused(
                        start,
                        end,
                        f"The aliases up to here stand for more than {MAX_EXPANSION:,} characters of text.",
                        "Spelled out, the document would not fit a reader or a computer.",
                        "Write the repeated parts out where they are needed, or leave them out.",
                    )
                mark = (start, end, None, origin)
            if in_map and key is None:
                key = value if isinstance(value, str) else text[slice(*(mark[3] or mark)[:2])]
                key_start, key_end = start, end
                continue
        elif kind is DocEnd:
            yield Document(Node(file, data[0], children[0]), notes.said)
            continue
        else:
            if kind is DocStart:
                data, children, anchors, notes = [], [], {}, _Notes(file)
                expanded = 0
            continue

        # A finished value takes its place in the collection around it.
        if in_map:
            if key in data:
                notes.duplicate(str(key), key_start, key_end, children[key], path())
            data[key] = value
            children[key] = (key_start, key_end, mark)
            key = None
        else:
            data.append(value)
            children.append(mark)


def _merge(data: dict[str, Any], children: dict[str, Any], text: str) -> None:
    """Resolves the merge key of a mapping: keys of its own win, then those of the mapping named first."""
    start, _, mark = children["<<"]
    value = data["<<"]
    real = mark[3] or mark
    outer = mark[:2] if mark[3] is not None else None
    sources = [(value, real, outer)]
    if isinstance(value, list):
        sources = [
            (v, m[3] or m, outer or (m[:2] if m[3] is not None else None)) for v, m in zip(value, real[2], strict=True)
        ]
    if text[start] != "<" or not all(isinstance(source[0], dict) for source in sources):
        return
    del data["<<"], children["<<"]
    for values, marks, alias in sources:
        for key, child in marks[2].items():
            if key in data:
                continue
            data[key] = values[key]
            # Reached through the alias, so that is its place; a child's own alias is passed through.
            if alias is not None:
                child = (child[0], child[1], (alias[0], alias[1], None, child[2][3] or child[2]))
            children[key] = child


def _previous(data: dict[str, Any]) -> str:
    """The key before, if it holds text that a comma may have cut."""
    if not data:
        return ""
    key, value = next(reversed(data.items()))
    return key if isinstance(value, str) else ""


def _cut_by_comment(notes: _Notes, text: str, start: int, end: int, key: str | None, path: Any) -> None:
    """``name: Team #1``: the number is taken for a comment."""
    found = _COMMENT_NUMBER.match(text, end)
    if found is None:
        return
    said, lost = text[start:end], found[1].rstrip()
    whole = text[start : end + len(found[0].rstrip())]
    hint = f'"{whole}"' if '"' not in whole and "\\" not in whole else "the whole text in quotes"
    notes.add(
        "unquoted-trap",
        start,
        end,
        f"This value ends at “{said[-30:]}”: “{lost[:30]}” is taken for a comment.",
        "Behind a space, # starts a comment, and what follows is not read.",
        f"{key}: {hint}" if key else hint,
        path(),
    )


def _strange_tag(notes: _Notes, event: Any, base: int, end: int, path: Path) -> None:
    start = event.start_mark.index + base
    written = next((w for w in notes.file.text[start:end].split() if w.startswith("!")), str(event.tag))
    start = max(notes.file.text.find(written, start, end), start)
    notes.add(
        "syntax",
        start,
        start + len(written),
        f"{written} means nothing in an agreement; the value is read without it.",
        "A ! at the start of a value names a type that only some programs know.",
        f"Delete {written}, or put the whole text in quotes if the ! belongs to it.",
        path,
        key=written,
    )
