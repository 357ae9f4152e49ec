"""Metrics in blocks of plain text: lines such as `Leads accepted: 71 % (target: 70 %)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.model import Node
from slalint.patterns import lazy
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_draft import Draft, piece
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Passage

_LINE = lazy(r"^[ \t]*(?:[-*•+][ \t]+)?(?P<name>[^:\n]{2,60}):(?P<rest>[^\n]*)$", re.MULTILINE)
_NUMBER = lazy(r"\s*[<>≥≤=]*\s*[+-]?\d[\d.,]*\s*(?:%|\w+)?")
_ARROW = lazy(r"\s*(?:→|->|=>|➔)\s*")


def read(block: Passage, words: Words) -> Iterator[Draft]:
    """Each line that states a target. One that says only `Target: …` is named by the line above the list."""
    above = ""
    for line in _LINE.finditer(block.text):
        name, rest = line.group("name").strip(), line.group("rest")
        if not rest.strip():
            above = name
            continue
        stated = words.score_target.search(rest)
        own = name.lower() == "target"
        if not stated and not own:
            continue
        text = rest[stated.end() :] if stated else rest
        number = _NUMBER.match(text)
        if number is None:
            continue
        value = next(iter(values.find(text, words)), None)
        start, end = (value.start, value.end) if value else number.span()
        label = above if own and above else name
        kind = value.kind if value else "percent" if "%" in number.group() else "count"
        told = _ARROW.sub(" to ", label)
        category = words.category(told, kind) or words.category(above, kind) or words.category(text[:40], kind)
        at = line.start("name")
        node = Node.of(block.node.file, block.start + at, block.start + at + len(name), label)
        draft = Draft(node, category or ("other" if value or "%" in number.group() else "volume"), block.section)
        base = line.end("rest") - len(text)
        draft.add(None, piece(block, base + start, base + end), value.kind if value else "count")
        yield draft
