"""The blocks of Markdown: which lines are a heading, a list item, a paragraph.

Most documents are read here (``plain_blocks``), in a third of the time; any other by markdown-it-py. Inline text is not
parsed: it is read from the source, where offsets are exact. Tables and HTML are ours as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from slalint.sources.markdown import plain_blocks
from slalint.sources.markdown.plain_blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt

_KINDS = {
    "hr": "rule",
    "fence": "code",
    "code_block": "code",
    "list_item_close": "item_end",
    "blockquote_close": "quote_end",
    "dt_open": "term",
    "dt_close": "term_end",
    "dd_open": "description",
    "dd_close": "description_end",
}


def blocks(text: str, starts: list[int]) -> list[Block]:
    """The blocks of a text, in their order; its lines start at the given offsets."""
    found = plain_blocks.read(text, starts)
    return found if found is not None else list(_parsed(text))


def _parsed(text: str) -> Iterator[Block]:
    """The blocks as markdown-it-py tells them."""
    level, mark = 0, ""
    for token in _parser().parse(text):
        first, last = token.map or (0, 0)
        if token.type == "inline":
            yield Block("heading" if level else "text", first, last, None, level, mark, token.content)
        elif token.type == "heading_open":
            level, mark = int(token.tag[1]), token.markup.strip("#")
        elif token.type == "heading_close":
            level, mark = 0, ""
        elif token.type == "list_item_open":
            yield Block("item", first, last, mark=token.info if token.markup in (".", ")") else "")
        elif kind := _KINDS.get(token.type):
            yield Block(kind, first, last)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin

    parser = MarkdownIt("commonmark").use(deflist_plugin)
    parser.disable(["inline", "text_join", "html_block"])
    return parser
