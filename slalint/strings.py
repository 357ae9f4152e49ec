"""The strings of the data form: those that an author wrote for people to read, apart from codes and references.

Every agreement is walked for them, and few rules ask where one of them stands: places are found out then.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from slalint.model import Node, texts
from slalint.once import once
from slalint.patterns import lazy
from slalint.text import Passage

# Keys whose strings are codes, references or addresses, not sentences for a person.
_CODES = frozenset(
    "apiVersion kind type id ref file url email number contact tool service owner party clock calendar timeZone "
    "window length operator unit category status version language role days from to document objective query "
    "rrule start duration frequency supersedes metric priority measuredBy participants recipients approvers dependsOn "
    "remedy supports refs catalogRef region observed name title hours target internalTarget since baseline "
    "purpose retention notice within after dueWithin labels $schema currency basis".split()
)


class Strings(Mapping[str, list[str]]):
    """All strings of a document: ``said`` is the running text, ``codes`` is the rest, both in document order. As a
    mapping it gives those of each block, sentences first."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self.said: list[str] = []
        self.codes: list[str] = []
        self._bounds: dict[str, tuple[int, int, int, int]] = {}  # of each block in ``said``, then in ``codes``
        said, codes, bounds, blocks = self.said, self.codes, self._bounds, root.data
        extended = _EXTENDED.search(root.file.text) is not None
        anywhere, in_metrics = _ANYWHERE[extended], _IN_METRICS[extended]
        self._closed = anywhere[1]
        start = first = 0
        for key, value in blocks.items() if blocks.__class__ is dict else ():
            keys, closed = anywhere if key != "metrics" else in_metrics
            _walk(value if type(value) is dict and key not in closed else {key: value}, keys, closed, said, codes)
            end, last = len(said), len(codes)
            bounds[key] = start, end, first, last
            start, first = end, last

    def __getitem__(self, block: str) -> list[str]:
        start, end, first, last = self._bounds[block]
        return self.said[start:end] + self.codes[first:last]

    def get(self, block: str, other: Any = None) -> Any:
        return self[block] if block in self._bounds else other

    def outside(self, block: str) -> list[str]:
        """Those of all other blocks."""
        said, codes = self.said, self.codes
        start, end, first, last = self._bounds.get(block, (0, 0, 0, 0))
        return said[:start] + said[end:] + codes[:first] + codes[last:]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bounds)

    def __len__(self) -> int:
        return len(self._bounds)

    def passages(self) -> list[Passage]:
        """The running text with its places."""
        return [_String(self, index, text) for index, text in enumerate(self.said)]

    @once
    def nodes(self) -> list[Node]:
        """Where each string of the running text stands."""
        return [
            node
            for node in self._root.strings(_CODES, self._closed)
            if node.path[0] != "metrics" or "exclusions" not in node.path  # the ids that a metric excludes
        ]


class _String(Passage):
    """A string of the data form."""

    kind = "string"
    section = None
    depth = 0

    def __init__(self, strings: Strings, index: int, text: str) -> None:
        self._strings = strings
        self._index = index
        self.text = text

    @property
    def node(self) -> Node:  # type: ignore[override]
        return self._strings.nodes[self._index]

    @property
    def start(self) -> int:  # type: ignore[override]
        return self.node.offset


class _Theirs:
    """The keys below which all is their author's business: labels, and the extensions whose names begin with x-; and
    some more keys."""

    def __init__(self, more: frozenset[str]) -> None:
        self._more = more

    def __contains__(self, key: object) -> bool:
        return key in self._more or (isinstance(key, str) and key[:2] == "x-")


_EXTENDED = lazy(r"x-(?<![\w-]x-)")


def _closed(*keys: str) -> tuple[tuple[Container[str], Container[str]], ...]:
    """The keys whose strings are no running text, and those among them below which nothing is: first for an agreement
    without extensions, then for one with them."""
    closed = frozenset(keys)
    return (_CODES | closed, closed), (_Theirs(_CODES | closed), _Theirs(closed))


_ANYWHERE, _IN_METRICS = _closed("labels"), _closed("labels", "exclusions")


def _walk(data: Any, keys: Container[str], closed: Container[str], said: list[str], codes: list[str]) -> None:
    """The strings of a mapping that are running text, and all others: the same walk as ``Node.strings``, without
    places."""
    for name, value in data.items():
        kind = type(value)  # half of what ``__class__`` takes
        if kind is str:
            (codes if name in keys else said).append(value)
        elif kind is dict or kind is list:
            if name in closed:
                codes += texts(value)
            elif kind is dict:
                _walk(value, keys, closed, said, codes)
            else:
                _walk_list(value, keys, closed, codes if name in keys else said, said, codes)


def _walk_list(
    data: Any, keys: Container[str], closed: Container[str], own: list[str], said: list[str], codes: list[str]
) -> None:
    """Likewise those of a list, of which those in the list itself are added to ``own``."""
    for value in data:
        kind = type(value)
        if kind is dict:
            _walk(value, keys, closed, said, codes)
        elif kind is str:
            own.append(value)
        elif kind is list:
            _walk_list(value, keys, closed, own, said, codes)
