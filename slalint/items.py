"""The items of the data form's lists (services, tools, metrics), with names for what they hold.

Rules ask for little of it, and all but for a finding they need no place: an item keeps plain data, and a part becomes a
node when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from slalint import quantities as q
from slalint.kinds import Kind, is_bare, kind_of, more_is_better, unfit
from slalint.model import Node
from slalint.once import once
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces

_NOTHING: Mapping[str, Any] = {}
_NOT_IN_IDS = lazy("[^a-z0-9]+")


@lru_cache(maxsize=4096)  # an agreement's references name the same few things again and again
def slug(text: str) -> str:
    """An id from a name: RFC 1123 label, at most 63 characters."""
    return _NOT_IN_IDS.sub("-", text.lower()).strip("-")[:63].strip("-")


def says(data: object) -> bool:
    """Anything but null, blank text and empty collections."""
    if data.__class__ is str:
        return bool(data.strip())
    if isinstance(data, dict | list):
        return any(map(says, data.values() if isinstance(data, dict) else data))
    return data is not None


def stated_in(node: Node, key: str) -> Node | None:
    """A value in a mapping, where it says something; what is not stated costs nothing."""
    plain = node.data
    return node.get(key) if plain.__class__ is dict and says(plain.get(key)) else None


# Where an item of a list stands and what it is called, before anything is made of it: the list, its place there, what
# is written (empty where it is just a name), its id, the key of its name (empty likewise), its name as written.
Named: TypeAlias = tuple[Node, int, Mapping[str, Any], str, str, str]


def named(block: Node | None, name_key: str = "name") -> Iterator[Named]:
    """Each item of a list block that has a name or an id; an item may be a mapping or just its name."""
    if block is None or block.data.__class__ is not list:
        return
    for index, plain in enumerate(block.data):
        if plain.__class__ is dict:
            label, called, id_ = name_key, plain.get(name_key, ""), plain.get("id", "")
            if called.__class__ is not str:
                called = _text(block, index, name_key, plain)
            if id_.__class__ is not str:
                id_ = _text(block, index, "id", plain)
            if not called:
                label, called = "id", id_
            if called:
                yield block, index, plain, id_ or slug(called), label, called
        elif (node := block.get(index)) is not None and node.text:
            yield block, index, _NOTHING, slug(node.text), "", node.text


def _text(block: Node, index: int, key: str, plain: Mapping[str, Any]) -> str:
    """``Node.text`` of a part of an item."""
    value = plain.get(key)
    if value is None or value.__class__ is str:
        return value or ""
    node = block.get(index, key)  # a number is taken as it is written
    return node.text if node is not None else ""


class Item:
    """An item of a list block."""

    def __init__(self, stands: Named) -> None:
        self._block, self._index, self.plain, self.id, self._label, self.called = stands

    @once
    def node(self) -> Node:
        found = self._block.get(self._index)
        assert found is not None
        return found

    @once
    def name(self) -> Node:
        found = self.node.get(self._label) if self._label else self.node
        assert found is not None
        return found

    @once
    def called(self) -> str:
        """Its name as written."""
        return self.name.text

    def part(self, key: str) -> Node | None:
        """What it holds under a key, be it empty."""
        return self.node.get(key) if key in self.plain else None

    def stated(self, key: str) -> Node | None:
        """What it says under a key."""
        return self.node.get(key) if says(self.plain.get(key)) else None


class Service(Item):
    """Something that is provided, as far as the agreement describes it."""

    @once
    def description(self) -> Node | None:
        return self.part("description")

    @once
    def owner(self) -> Node | None:
        return self.part("owner")

    @once
    def hours(self) -> Node | None:
        return self.part("hours")


class Tool(Item):
    """Something that measures, records or reports."""

    @once
    def purpose(self) -> Node | None:
        return self.part("purpose")

    def cannot_know(self, category: str) -> str:
        """Why a tool of this purpose cannot measure a category of metrics; empty where it may."""
        purpose = self.plain.get("purpose")
        if purpose.__class__ is not str:
            purpose = self.purpose.text if self.purpose is not None else ""
        return unfit(purpose, category) if purpose else ""


class Tracking:
    """How a metric is measured: the tool named, since when, and what it showed before the promise."""

    def __init__(self, node: Node, tool: Node | None = None) -> None:
        self.node = node
        if tool is not None:
            self.tool = tool

    @once
    def tool(self) -> Node | None:
        return self.node if self.node.text else stated_in(self.node, "tool")

    @once
    def since(self) -> Node | None:
        return stated_in(self.node, "since")

    @once
    def baseline(self) -> Node | None:
        return stated_in(self.node, "baseline")

    @once
    def type(self) -> Node | None:
        return stated_in(self.node, "type")


class _Names(Pieces, file="names"):
    clause = Pattern()


class _Judged(NamedTuple):
    kind: Kind
    more_is_better: bool | None


class Metric(Item):
    """One measured promise. Each part is the node it was read from, None where it is not stated; ``category`` is one
    of the format's categories or "" where it cannot be told."""

    plain = _NOTHING
    _label = ""
    _services: Mapping[str, Service]
    priority: Node | None = None
    duty = False  # something to be done or announced (a notice, a report), rather than a level to be measured
    to_fill_in = False  # what measures it is a blank of a template, such as `TBD` in its row

    def __init__(
        self,
        node: Node,
        id: str,
        name: Node,
        category: str,
        service: Node | None,
        party: Node | None,
        target: Node | None,
        targets: tuple[q.Target, ...],
        window: Node | None,
        tracking: tuple[Tracking, ...],
        clock: Node | None = None,
        priority: Node | None = None,
        levels: tuple[tuple[Node | None, Node], ...] = (),
        duty: bool = False,
        values: tuple[tuple[Node, q.Target], ...] = (),
        to_fill_in: bool = False,
    ) -> None:
        """One of which everything is known, as a reader of prose has found it."""
        self.node = node
        self.id = id
        self.name = name
        self.category = category
        self.service = service
        self.party = party
        self.target = target
        self.targets = targets
        self.window = window
        self.tracking = tracking
        self.clock = clock
        self.priority = priority
        self.levels = levels
        self.duty = duty
        self.values = values
        self.to_fill_in = to_fill_in

    @classmethod
    def of(cls, item: Named, services: Mapping[str, Service]) -> Metric:
        """The metric that an item states; ``services`` by the slugs of their ids and names."""
        metric = cls.__new__(cls)
        metric._block, metric._index, metric.plain, metric.id, metric._label, metric.called = item
        metric._services = services
        # What rules ask of every metric is told here where that is plain to see: it costs less than to ask for it.
        plain, called = metric.plain, metric.called
        category, target = plain.get("category", ""), plain.get("target")
        if target.__class__ is str and target and category.__class__ is str and "sli" not in plain:
            metric.category, metric.counted = category, ""
            metric.targets, metric.kind, metric.more_is_better = _told(category, called, target)
        tracking = plain.get("tracking")
        if tracking.__class__ is dict and says(tracking.get("tool")):
            metric.tracked = [tracking]
        return metric

    @once
    def category(self) -> str:
        return _text(self._block, self._index, "category", self.plain)

    @once
    def service(self) -> Node | None:
        found = self.part("service")
        return found if found is not None and found.text else None

    @once
    def party(self) -> Node | None:
        """Who promises it."""
        named = self.part("service")
        service = self._services.get(slug(named.text)) if named is not None else None
        return service.owner if service is not None else None

    @once
    def target(self) -> Node | None:
        found = self.part("target")
        return found if found is not None else self.part("targets")

    @once
    def targets(self) -> tuple[q.Target, ...]:
        """The parsed values of ``target``; empty where it could not be read."""
        one = self.plain.get("target")
        if one.__class__ is str and one:
            parsed = q.target_of(one)
            return () if parsed is None else (parsed,)
        return tuple([parsed for _, parsed in self.values])

    @once
    def values(self) -> tuple[tuple[Node, q.Target], ...]:
        """``targets``, each with its place."""
        target = self.part("target")
        nodes = [node for _, node in self.levels] if target is None else [target]
        return tuple([(node, parsed) for node in nodes if (parsed := q.read_target(node)) is not None])

    @once
    def levels(self) -> tuple[tuple[Node | None, Node], ...]:
        """Each case (priority, plan …) with its value, in document order."""
        cases = self.part("targets")
        return tuple([(node.key_node, node) for _, node in cases.items()]) if cases is not None else ()

    @once
    def window(self) -> Node | None:
        return self.stated("window")

    @once
    def tracking(self) -> tuple[Tracking, ...]:
        node = self.stated("tracking")
        if node is None:
            return ()
        return tuple([Tracking(one) for one in (node if node.data.__class__ is list else (node,)) if says(one.data)])

    @once
    def tracked(self) -> list[Mapping[str, Any]]:
        """``tracking`` as plain data, with a tool that is only named as ``tool``: what most rules ask of it needs no
        place."""
        if self.plain is _NOTHING:
            return [{"tool": one.tool.text} if one.tool is not None else _NOTHING for one in self.tracking]
        said = self.plain.get("tracking")
        entries = said if said.__class__ is list else (said,)
        return [one if one.__class__ is dict else {"tool": one} for one in entries if says(one)]

    @once
    def clock(self) -> Node | None:
        return self.stated("clock")

    @once
    def said(self) -> str:
        """Its name for a message: on one line, and by what it measures where a whole clause stands for its name."""
        return _said(self.called, self.category)

    @once
    def counted(self) -> str:
        """How it is counted, where the data form says so (``sli.kind``): ratio, percentile, attainment …"""
        sli = self.plain.get("sli")
        kind = sli.get("kind") if sli.__class__ is dict else None
        return kind if isinstance(kind, str) else ""

    def _judged(self, category: str) -> _Judged:
        return _judged(category, self.called, self.targets[0].unit if self.targets else "", self.counted)

    @once
    def kind(self) -> Kind:
        """What kind of thing is measured; empty where it cannot be told."""
        return self._judged(self.category).kind

    @once
    def named(self) -> bool:
        """Whether its name alone says its kind, not the words around it by which a reader told the category."""
        return self._judged("").kind == self.kind

    @once
    def more_is_better(self) -> bool | None:
        """Whether the higher figure is the better one; None where it cannot be told."""
        return self._judged(self.category).more_is_better

    @once
    def is_bare(self) -> bool:
        """Whether the name only names a figure (``accuracy``), not what is counted of what."""
        return is_bare(" ".join(self.called.split()))


@lru_cache(maxsize=4096)  # a repository's agreements name their metrics alike
def _judged(category: str, name: str, unit: str, counted: str) -> _Judged:
    words = " ".join(name.split())
    kind = kind_of(category, words, unit, counted)
    # The share of what is done as promised is better the higher it is, whatever it is.
    return _Judged(kind, True if counted == "attainment" else more_is_better(kind, words, unit))


@lru_cache(maxsize=4096)
def _told(category: str, name: str, target: str) -> tuple[tuple[q.Target, ...], Kind, bool | None]:
    """The value of a target that is written in one text, and what is judged by it."""
    parsed = q.target_of(target)
    if parsed is None:
        return (), *_judged(category, name, "", "")
    return (parsed,), *_judged(category, name, parsed.unit, "")


@lru_cache(maxsize=4096)
def _said(name: str, category: str) -> str:
    words = " ".join(name.split())
    if category in ("", "other") or _Names.of("en").clause.match(words) is None:
        return words
    return category.replace("-", " ")
