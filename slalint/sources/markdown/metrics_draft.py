"""A metric while it is being read: what one place in the document says about one thing measured."""

from __future__ import annotations

from slalint.model import Node
from slalint.patterns import lazy
from slalint.sources.markdown.cues import Memory
from slalint.text import Passage, Section

_BLANKS = lazy(r"\s+")
_HOLLOW = lazy(r"\s*\(\s*\)")  # brackets around nothing but code


class Draft:
    """A metric in the making. ``levels`` are the values by priority, plan or case; ``target`` is the first of them."""

    __slots__ = (
        "blank",
        "category",
        "clock",
        "duty",
        "kind",
        "levels",
        "name",
        "node",
        "party",
        "priority",
        "section",
        "target",
        "to_fill_in",
        "tracking",
        "undecided",
        "window",
    )

    def __init__(self, name: Node, category: str, section: Section | None, node: Node | None = None) -> None:
        self.node = node or name
        self.name = name
        self.category = category
        self.section = section
        self.target: Node | None = None
        self.kind = ""  # of the value: percent, duration, …
        self.levels: list[tuple[Node | None, Node]] = []
        self.window: Node | None = None
        self.tracking: list[Node] = []
        self.priority: Node | None = None
        self.party: Node | None = None
        self.clock: Node | None = None
        self.duty = False
        self.undecided = False  # its row says that what measures it is not known yet
        self.to_fill_in = False  # a blank of a template stands there
        self.blank = False  # its row has a place for what measures it, and nothing stands there

    @property
    def start(self) -> int:
        return self.name.offset

    def add(self, key: Node | None, value: Node, kind: str) -> None:
        """Another value of the same thing, for the case that ``key`` names."""
        if self.target is None:
            self.target, self.kind = value, kind
        self.levels.append((key, value))


def piece(passage: Passage, start: int, end: int) -> Node:
    """The text ``[start, end)`` of a passage as a node that reads as its author meant it, markup blanked."""
    start, end, said = _pared(passage.text, start, end)
    return Node.of(passage.node.file, passage.start + start, passage.start + end, said)


def _pared(text: str, start: int, end: int) -> tuple[int, int, str]:
    """A stretch of a text without what only surrounds it, and as it reads."""
    while start < end and (text[start].isspace() or text[start] in "|\"“”'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ':;,"“”'):
        inside = text[start : end - 1]
        if text[end - 1] in '"”' and (inside.count('"') % 2 or inside.count("“") > inside.count("”")):
            break  # it closes what opened inside
        end -= 1
    said = " ".join(text[start:end].split())
    if "(" in said:
        said = _HOLLOW.sub("", said)
    return start, end, said


_WHOLE = Memory(lambda text: _pared(text, 0, len(text)))


def whole(passage: Passage) -> Node:
    """All of a passage, as ``piece``."""
    start, end, said = _WHOLE[passage.text]
    return Node.of(passage.node.file, passage.start + start, passage.start + end, said)


CLEAN = Memory(lambda text: _BLANKS.sub(" ", text).strip(" :"))  # cells as they read, by their text


def clean(passage: Passage) -> str:
    """A cell's text as it reads."""
    return CLEAN[passage.text]


def within(node: Node, said: str) -> Node:
    """The place of some of a node's words; the whole node where it reads otherwise than it is written."""
    at = node.raw.find(said)
    return Node.of(node.file, node.offset + at, node.offset + at + len(said)) if at >= 0 else node
