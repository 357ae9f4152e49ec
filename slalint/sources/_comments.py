"""Comments to slalint, found exactly where a comment may stand: not in strings, block scalars or code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from slalint.model import Node, SourceFile
from slalint.patterns import lazy
from slalint.sources.markdown.mask import code_spans

if TYPE_CHECKING:
    from slalint.text import Document, Passage

_IN_YAML = lazy(r"(?<!\S)#[ \t]*(?=slalint:)")
_TO_LINE_END = lazy(r"[^\r\n]*")
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
    if not found:
        return
    for first, last in yaml.parts(file.text, start, end):
        here = [match for match in found if first <= match.start() < last]
        scalars = yaml.scalars(file, first, last) if here else None
        if scalars is None:
            continue
        starts = [scalar[0] for scalar in scalars]
        here = [match for match in here if not _inside(match.start(), starts, scalars, file.text)]
        roots = yaml.compose(file, first, last)[0] if here else []
        for match in here:
            said = _TO_LINE_END.match(file.text, match.end())
            assert said is not None
            yield Comment(match.start(), said.end(), said.group().rstrip(), *_below(roots, said.end()))


def _inside(at: int, starts: list[int], scalars: list[tuple[int, int, bool]], text: str) -> bool:
    """Whether an offset lies within a scalar. Behind the sign of a block scalar, on that line, stands a comment."""
    index = bisect_right(starts, at) - 1
    if index < 0 or at >= scalars[index][1]:
        return False
    start, _, block = scalars[index]
    return not block or "\n" in text[start:at] or "\r" in text[start:at]


def _below(roots: Iterable[Node], after: int) -> tuple[int, int]:
    """The entry of a mapping or a list that begins first after an offset, with everything in it."""
    return min((found for root in roots for found in _entries(root, after)), default=(after, after))


def _entries(node: Node, after: int) -> Iterator[tuple[int, int]]:
    """The outermost entries that begin after an offset, of the collections that are open there."""
    for child in [*(below for _, below in node.items()), *node]:
        span = child.span
        start = child.key.start if child.key is not None else span.start
        if start >= after:
            yield start, max(span.end, start + 1)
        elif span.end > after and not child.aliased:
            yield from _entries(child, after)


def in_html(file: SourceFile, document: Document) -> Iterator[Comment]:
    """The HTML comments of a Markdown file, but those in code and in the front matter."""
    text = file.text
    closed = [(passage.start, passage.node.written.end) for passage in document.code]
    if document.front_matter is not None:
        span = document.front_matter.written
        closed.insert(0, (span.start, span.end))
    blocks = sorted((*document.passages, *document.code), key=lambda passage: passage.start)
    starts = [passage.start for passage in blocks]
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        at = next((b for a, b in closed if a <= start < b), 0) or _code_span_end(text, start)
        if at:
            continue
        at = end + 3
        said = text[start + 4 : end].strip()
        if said.startswith("slalint:"):
            index = bisect_right(starts, at - 1)
            first, last = _block(blocks, index, document) if index < len(blocks) else (at, at)
            yield Comment(start, at, said, first, last)


def _code_span_end(text: str, at: int) -> int:
    """The end of the code span that an offset lies in; 0 outside of any."""
    empty = [match.end() for match in _EMPTY_LINE.finditer(text, 0, at)]
    begin = empty[-1] if empty else 0
    following = _EMPTY_LINE.search(text, at)
    spans = code_spans(text[begin : following.start() if following else len(text)])
    return next((begin + b for a, b in spans if begin + a <= at < begin + b), 0)


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
