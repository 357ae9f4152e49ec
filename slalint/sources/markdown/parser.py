"""The blocks of Markdown, by markdown-it-py: which lines are a heading, a list item, a paragraph.

Inline text is not parsed: it is read from the source, where offsets are exact. Tables and HTML are ours as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from slalint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    _Rule = Callable[[StateBlock, int, int, bool], bool]

# A line that begins otherwise goes on with the paragraph above.
_ENDS = lazy(r"[#>=:~-]|```|[+*](?:\s|\Z)|([*_])\s*\1\s*\1|[0-9]+[.)](?:\s|\Z)")

# What ends a paragraph surely: an item of the list that it stands in, or the first of a list below it.
_NEXT_ITEM = lazy(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]+\S")
_FIRST_ITEM = lazy(r"(?:[-+*]|1[.)])[ \t]+\S")


def tokens(text: str) -> list[Token]:
    """The blocks of a text, in their order."""
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin

    parser = MarkdownIt("commonmark").use(deflist_plugin)
    parser.disable(["inline", "text_join", "html_block"])
    parser.block.ruler.before("code", "plain", _plain())
    return parser


def _plain() -> _Rule:
    """A rule before all others that knows by its first character what a line begins. The parser asks each rule in turn
    what begins at a line, and five of them whether it ends the paragraph above: of most lines all say no."""
    from markdown_it.common import utils
    from markdown_it.rules_block import blockquote, fence, heading, hr, list_block, reference

    marks: dict[str, tuple[_Rule, ...]] = {"#": (heading,), ">": (blockquote,), "[": (reference,), "+": (list_block,)}
    marks |= dict.fromkeys("`~", (fence,)) | dict.fromkeys("-*", (hr, list_block)) | {"_": (hr,)}
    marks |= dict.fromkeys("0123456789", (list_block,))
    may_end, next_item, first_item = _ENDS.match, _NEXT_ITEM.match, _FIRST_ITEM.match
    trim: Callable[[str], str] = getattr(utils, "mdTrim", str.strip)

    def plain(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        indent, starts, shifts, counts = state.blkIndent, state.bMarks, state.tShift, state.sCount
        if counts[first] - indent >= 4 or end != state.lineMax:
            return False
        source, ends = state.src, state.eMarks
        for rule in marks.get(source[starts[first] + shifts[first]], ()):
            if rule(state, first, end, silent):
                return True
        # A paragraph, unless a line of it may begin something else, or make a heading or a term of it.
        after = first + 1
        while after < end and (at := starts[after] + shifts[after]) < ends[after]:
            if may_end(source, at):
                count = counts[after]
                if count < 0 or count - indent > 3 or (count < indent and 0 <= state.listIndent <= count - 4):
                    return False
                if not (next_item if count < indent else first_item)(source, at):
                    return False
                break
            after += 1
        if after == first + 1 and after + 1 < end:
            at = starts[after + 1] + shifts[after + 1]
            if source[at : at + 1] in (":", "~"):
                return False  # a description below an empty line
        state.line = after
        state.parentType = "paragraph"
        state.push("paragraph_open", "p", 1).map = [first, after]
        inline = state.push("inline", "", 0)
        inline.content = trim(state.getLines(first, after, indent, False))
        inline.map = [first, after]
        inline.children = []
        state.push("paragraph_close", "p", -1)
        return True

    return plain
