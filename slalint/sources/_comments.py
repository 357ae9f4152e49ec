"""Comments to slalint, found exactly where a comment may stand: not in strings, block scalars or code."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint.model import Node, SourceFile
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown.mask import code_spans

if TYPE_CHECKING:
    from slalint.text import Document, Passage

_IN_YAML = lazy(r"(?<!\S)#[ \t]*(?=slalint:)")
_TO_LINE_END = lazy(r"[^\r\n]*")
_OPENING = lazy(r"<!--")
_OPENING_MDX = lazy(r"<!--|\{/\*")
_EMPTY_LINE = lazy(r"(?:\r\n|\n|\r)[ \t]*(?=[\r\n])")


class Comment(NamedTuple):
    """A comment that begins with ``slalint:``. ``[start, end)`` is all of it, ``text`` what it says from there on;
    ``[first, last)`` is the node that follows it, for a comment on a line of its own."""

    start: int
    end: int
    text: str
    first: int
    last: int


def in_yaml(file: SourceFile, start: int = 0, end: int | None = None) -> Iterator[Comment]:
    """The comments in ``[start, end)``; a document that cannot be read has none."""
    from slalint.sources import yaml

    end = len(file.text) if end is None else end
    found = list(_IN_YAML.finditer(file.text, start, end))
    at = 0
    for first, last in yaml.parts(file.text, start, end) if found else ():
        here = []
        while at < len(found) and found[at].start() < last:
            here.append(found[at])
            at += 1
        scalars = yaml.scalars(file, first, last) if here else None
        if scalars is None:
            continue
        starts = [scalar[0] for scalar in scalars]
        here = [match for match in here if not _inside(match.start(), starts, scalars, file.text)]
        entries = _entries(yaml.compose(file, first, last)[0]) if here else []
        for match in here:
            said = _TO_LINE_END.match(file.text, match.end())
            assert said is not None
            after = said.end()
            index = bisect_left(entries, (after, 0))
            below = (entries[index][0], -entries[index][1]) if index < len(entries) else (after, after)
            yield Comment(match.start(), after, said.group().rstrip(), *below)


def _inside(at: int, starts: list[int], scalars: list[tuple[int, int, bool]], text: str) -> bool:
    """Whether an offset lies within a scalar. Behind the sign of a block scalar, on that line, stands a comment."""
    index = bisect_right(starts, at) - 1
    if index < 0 or at >= scalars[index][1]:
        return False
    start, _, block = scalars[index]
    return not block or "\n" in text[start:at] or "\r" in text[start:at]


def _entries(roots: list[Node]) -> list[tuple[int, int]]:
    """Where each entry of a mapping or a list starts, and where it ends (negative, so that of those that start at one
    place the outermost comes first), in order."""
    found = []
    stack = list(roots)
    while stack:
        node = stack.pop()
        for child in [*(below for _, below in node.items()), *node]:
            span = child.span
            start = child.key.start if child.key is not None else span.start
            found.append((start, -max(span.end, start + 1)))
            if not child.aliased:
                stack.append(child)
    return sorted(found)


def in_html(file: SourceFile, document: Document) -> Iterator[Comment]:
    """The comments of a Markdown file (``<!-- … -->``; in MDX ``{/* … */}``), but those in code and in the front
    matter."""
    text = file.text
    closed = [(passage.start, passage.node.written.end) for passage in document.code]
    if document.front_matter is not None:
        span = document.front_matter.written
        closed.append((span.start, span.end))
    closed = sorted((*closed, *_code(text)))
    blocks = sorted((*document.passages, *document.code), key=lambda passage: passage.start)
    starts = [passage.start for passage in blocks]
    opening = _OPENING_MDX if file.path.lower().endswith(".mdx") else _OPENING
    at = 0
    while (found := opening.search(text, at)) is not None:
        start = found.start()
        before = bisect_right(closed, (start, len(text))) - 1
        if before >= 0 and start < closed[before][1]:
            at = closed[before][1]
            continue
        close = "-->" if found.group() == "<!--" else "*/}"
        end = text.find(close, found.end())
        if end < 0:
            break
        at = end + 3
        said = text[found.end() : end].strip()
        if said.startswith("slalint:"):
            index = bisect_right(starts, at - 1)
            first, last = _block(blocks, index, document) if index < len(blocks) else (at, at)
            yield Comment(start, at, said, first, last)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Every code span; none goes beyond its paragraph."""
    if "`" not in text:
        return
    begin = 0
    for stop in [*(match.end() for match in _EMPTY_LINE.finditer(text)), len(text)]:
        yield from ((begin + a, begin + b) for a, b in code_spans(text[begin:stop]))
        begin = stop


def _block(blocks: list[Passage], index: int, document: Document) -> tuple[int, int]:
    """A heading's line, a paragraph, a list item with those below it, a table, or code."""
    passage = blocks[index]
    end = passage.node.written.end
    if passage.kind == "item":
        for below in blocks[index + 1 :]:
            if below.kind != "item" or below.depth <= passage.depth:
                break
            end = below.node.written.end
    elif passage.kind == "cell":
        for table in document.tables:
            cells = [cell for row in (table.header, *table.rows) for cell in row]
            if passage in cells:
                end = max(cell.node.written.end for cell in cells)
    return passage.start, max(end, passage.start + 1)
