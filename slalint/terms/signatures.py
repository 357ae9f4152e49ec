"""Lines on which nobody has signed: `Signed for the provider: ____ Date: ____`.

Such a line is filled in by hand, often on paper, so it is no gap in the text as other blanks are.
"""

from __future__ import annotations

import re

from slalint.patterns import lazy
from slalint.text import Document

_LINE = lazy(r"_{3,}|\.{6,}|…{2,}")
_SIGNING = r"(?:co-?)?sign(?:ed|atures?|atory|atories|[\s-]?off)"
_TITLE = lazy(rf"\b{_SIGNING}\b|\bexecution\b|\bin witness\b", re.I)
_FOR = r"(?:\s+(?:for|by|of|on\s+behalf\s+of)\b[^:\n_.]{0,60})?"
# What stands before a line: where to sign, and what whoever signs writes beside it.
_SIGN = lazy(rf"(?:^|[\n|;,_.…])\s*(?:{_SIGNING}|by|authori[sz]ed\s+{_SIGNING}){_FOR}\s*:?\s*$", re.I)
_BESIDE = lazy(r"(?:^|[\n|;,_.…])\s*(?:(?:printed?\s+|full\s+)?name|title|position|role|date|place|day)\s*:?\s*$", re.I)
_LOOK_BACK = 120  # characters; what a line is for stands right before it


def unsigned(document: Document) -> list[list[tuple[int, int]]]:
    """Where in the file the lines stand that wait for a hand, those of one place of signing together."""
    blocks: dict[int, list[tuple[int, int, bool]]] = {}
    titled: set[int] = set()
    for passage in document.passages:
        if "___" not in passage.text and "……" not in passage.text and "......" not in passage.text:
            continue
        section = passage.section
        key = id(section)
        if section is not None and section.heading is not document.title and _TITLE.search(section.title):
            titled.add(key)
        for line in _LINE.finditer(passage.text):
            at = line.start()
            before = passage.text[max(0, at - _LOOK_BACK) : at]
            signs = _SIGN.search(before) is not None
            if signs or key in titled or not before.strip() or _BESIDE.search(before):
                blocks.setdefault(key, []).append((passage.start + at, passage.start + line.end(), signs))
    return [
        [(start, end) for start, end, _ in lines]
        for key, lines in blocks.items()
        if key in titled or any(signs for *_, signs in lines)
    ]
