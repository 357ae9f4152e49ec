"""The parts of an agreement that rules compute with: priority matrices, credit tiers, hours and dates.

Both forms give the same parts: ``Agreement.priorities``, ``.matrices``, ``.tiers``, ``.hours`` and ``.dates``. Each
part has the node it was read from (``Node.place`` for a finding) beside the value that was understood; a value that
cannot be read is None or empty, while its node is kept, so that a rule can tell "not stated" from "not readable".
Numbers are exact (``Decimal``), times are ``quantities`` values.

How rules use them:

* **priority-inversion**: for each ``Matrix``, ``matrix.column(measure, case)`` gives the cells in the document's order;
  compare those whose priorities have a rank. Ranks count from the most urgent down; equal or missing ranks do not
  compare, and cells of different matrices only where both stand for the same service.
* **resolution-before-response**: ``matrix.row(priority, case)`` gives the cells of one level by measure.
* **incomplete-priority-matrix**: a cell without text is an empty one; a ``Priority`` without ``definition`` is used but
  nowhere explained.
* **credit tiers**: ``Tiers.rows`` in document order; bounds with their closedness as written; ``Tiers.cascade`` says
  that all rows have only an upper bound, so that the lowest matching row counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from slalint import quantities as q
from slalint.model import Node
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words import one_list

if TYPE_CHECKING:
    from datetime import date

DateKind = Literal[
    "effective", "expiry", "last-review", "next-review", "signature", "version", "tracked-since", "holiday", "other"
]
HoursKind = Literal["service", "support", "maintenance", "calendar", ""]

_NOT_A_LEVEL = lazy(r"[^a-z0-9]+")
_ASIDE = lazy(r"(?<=\w)(?:\s*[(:,/]|\s+[–—-]\s)")


class Priority(NamedTuple):
    """A level of urgency. ``id`` is the same for a level written differently (``P1``, ``Priority 1 – Critical``).
    ``rank`` orders the levels of one ``scale``: 1 is the most urgent, None where neither a number nor a known word
    tells; ranks of different scales do not compare."""

    node: Node  # where it is declared, else where it is first used
    name: Node  # as written
    id: str
    rank: int | None
    scale: Literal["number", "word", ""]
    definition: Node | None = None  # what belongs to it; None where the agreement does not say
    clock: Node | None = None  # which hours count


class Cell(NamedTuple):
    """What one level is promised of one measure."""

    node: Node  # the value as written; of an empty cell the place where it should stand
    measure: str  # response, resolution, update, workaround, acknowledgement, … ; a metric's category; "" where unknown
    label: Node  # what the agreement calls the measure
    priority: Priority | None
    case: Node | None = None  # the other key, where a matrix has two: a plan, a service, in or out of hours
    targets: tuple[q.Target, ...] = ()  # what was understood, all of a cell such as `4 h / next business day`

    @property
    def is_empty(self) -> bool:
        """Nothing stands there, or a dash."""
        return not self.node.text.strip(" \t\r\n-–—*")


class Matrix(NamedTuple):
    """Times by priority that belong together: one table or list, one block of the data form."""

    node: Node  # where it stands
    name: str  # the heading above, the metric's name
    service: Node | None  # what it holds for, where it says so
    cells: tuple[Cell, ...]  # in document order

    @property
    def cases(self) -> tuple[str, ...]:
        """The other keys, in document order; ``("",)`` where there is none."""
        return tuple(dict.fromkeys(_key(cell.case) for cell in self.cells))

    @property
    def measures(self) -> tuple[str, ...]:
        """What is promised, in document order."""
        return tuple(dict.fromkeys(cell.measure for cell in self.cells))

    def column(self, measure: str, case: str = "") -> list[Cell]:
        """One measure for all levels."""
        return [cell for cell in self.cells if cell.measure == measure and _key(cell.case) == case]

    def row(self, priority: Priority, case: str = "") -> list[Cell]:
        """All measures for one level."""
        return [
            cell
            for cell in self.cells
            if cell.priority is not None and cell.priority.id == priority.id and _key(cell.case) == case
        ]


class Tier(NamedTuple):
    """One band of a schedule of credits. A missing bound is open. ``low_in`` and ``high_in`` say whether the bound
    itself belongs to the band: `at least 99 % but below 99.5 %` says it of both, `99 % – 99.5 %` of neither (None)."""

    node: Node  # the whole row or sentence
    band: Node  # the words that give the bounds
    low: Decimal | None
    low_in: bool | None
    high: Decimal | None
    high_in: bool | None
    credit: Node | None  # as written
    amount: Decimal | None  # None where the credit is no amount: a plan, a termination
    unit: str  # of the amount: percent, a currency, a unit of time; "" where none is written

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in the band; a bound that the words leave open belongs to it."""
        above = self.low is None or value > self.low or (value == self.low and self.low_in is not False)
        return above and (self.high is None or value < self.high or (value == self.high and self.high_in is not False))


class Tiers(NamedTuple):
    """One schedule of credits: the bands of one measured value with what is due in each."""

    node: Node  # where it stands
    name: str  # the heading above, the remedy's id
    rows: tuple[Tier, ...]  # in document order
    unit: str  # of the bounds: percent, or a unit of time (then all bounds are given in seconds and `unit` is second)
    category: str  # of what is measured, as of metrics; "" where it cannot be told
    case: Node | None = None  # the plan or the service that it holds for
    metrics: tuple[str, ...] = ()  # ids of the metrics whose miss it follows, as far as it can be told
    cap: Node | None = None  # the most that can be due, as written
    cap_amount: Decimal | None = None  # in percent of the fee of one window
    basis: Node | None = None  # what a percentage is of

    @property
    def bounds(self) -> list[q.Bounds]:
        """The bands for `quantities.gaps` and the like; an end of which the words say nothing belongs to its band."""
        return [q.Bounds(row.low, row.low_in is not False, row.high, row.high_in is not False) for row in self.rows]

    @property
    def lower_is_worse(self) -> bool:
        """Whether the credit grows as the figure falls, as of availability; downtime and errors grow the other way."""
        return self.unit == "percent" and self.category != "error-rate"

    @property
    def suffix(self) -> str:
        """What stands behind a bound in a message."""
        return {"percent": " %", "second": " s"}.get(self.unit, f" {self.unit}")

    @property
    def cascade(self) -> bool:
        """Whether all bands are open at the same end (`< 99.9 %`, `< 99 %`): the narrowest one counts."""
        return len(self.rows) > 1 and (
            all(row.low is None and row.high is not None for row in self.rows)
            or all(row.high is None and row.low is not None for row in self.rows)
        )


class StatedHours(NamedTuple):
    """Hours that the agreement states. ``hours`` is None where the words cannot be read; ``zone`` is where their time
    zone stands, in the same words or said once for all of them."""

    node: Node
    name: str  # what they are called: the label, the calendar's id
    kind: HoursKind
    hours: q.Hours | None
    zone: Node | None


class StatedDate(NamedTuple):
    """A date with what it is of. ``day`` is None where it cannot be read or reads two ways (03/04/2026)."""

    node: Node
    kind: DateKind
    day: date | None
    name: str = ""  # whose: the party that signs, the version


def _key(node: Node | None) -> str:
    return " ".join(node.text.split()).lower() if node is not None else ""


# ---- levels and measures


@cache
def _known(language: str = "en") -> tuple[list[tuple[int, re.Pattern[str]]], list[tuple[str, re.Pattern[str]]]]:
    """The words for ranks and for measures of a language, each with its pattern."""
    lists = one_list(language, "metrics", "priorities")
    ranks = [(rank, word) for rank, words in enumerate(lists.get("ranks", ()), 1) for word in words]
    ranks.sort(key=lambda one: -len(one[1]))  # `non critical` before `critical`
    measures = lists.get("measures", {})
    return [(rank, lazy(_phrase(word), re.I)) for rank, word in ranks], [
        (measure, lazy("|".join(map(_phrase, words)), re.I)) for measure, words in measures.items()
    ]


def _phrase(phrase: str) -> str:
    """A pattern for a phrase as whole words; a trailing ``*`` stands for any ending, a blank also for a hyphen."""
    stem = phrase.rstrip("*")
    body = r"[\s_-]{1,9}".join(map(re.escape, stem.split()))
    return rf"(?<!\w){body}" + (r"\w*" if stem != phrase else r"(?!\w)")


@cache
def _numbered(language: str) -> re.Pattern[str]:
    """The number of a level: ``P1``, ``Sev 2``, ``3``."""
    levels = one_list(language, "metrics", "priorities").get("numbered") or ["(?!)"]
    return lazy(rf"(?:(?<![a-z0-9])(?:{'|'.join(levels)})[\s.:#_-]{{0,3}}|^\W{{0,3}})([0-9])(?![\w%/]|[.,:]\d)", re.I)


@lru_cache(maxsize=1024)  # agreements have the same few levels and measures again and again
def rank_of(name: str, language: str = "en") -> tuple[int | None, Literal["number", "word", ""]]:
    """How urgent a level is by its name, 1 the most, and whether its number or a word tells."""
    numbered = _numbered(language).search(name)
    if numbered is not None:
        return int(numbered.group(1)), "number"
    for rank, pattern in _known(language)[0]:
        if pattern.search(name):
            return rank, "word"
    return None, ""


@lru_cache(maxsize=1024)
def level_id(name: str, language: str = "en") -> str:
    """One id for a level however it is written: ``1`` for ``P1``, ``Sev 1`` and ``Priority 1 – Critical``, ``critical``
    for ``Critical (system down)``."""
    numbered = _numbered(language).search(name)
    if numbered is not None:
        return numbered.group(1)
    return _NOT_A_LEVEL.sub("-", _ASIDE.split(name.lower(), maxsplit=1)[0]).strip("-")


@lru_cache(maxsize=1024)
def measure_of(label: str, language: str = "en") -> str:
    """What a column of a matrix measures, by its name; "" where no word tells."""
    return next((measure for measure, pattern in _known(language)[1] if pattern.search(label)), "")


def priority(
    name: Node,
    definition: Node | None = None,
    clock: Node | None = None,
    node: Node | None = None,
    language: str = "en",
) -> Priority:
    """The level that a name gives."""
    rank, scale = rank_of(name.text, language)
    return Priority(node or name, name, level_id(name.text, language), rank, scale, definition, clock)


# ---- the data form

_TIMES = {"response": "response", "restore": "resolution", "updateEvery": "update"}


def read_priorities(root: Node) -> list[Priority]:
    """The levels of the block ``priorities``; where there is none, those for which metrics have a target each."""
    found = [level for level, _ in _levels(root)]
    if not found:
        for metric in _items(root.get("metrics")):
            for _, value in targets.items() if (targets := metric.get("targets")) is not None else ():
                found.append(priority(value.key_node))
    unique: dict[str, Priority] = {}
    for one in found:
        unique.setdefault(one.id, one)
    return list(unique.values())


def _levels(root: Node) -> Iterator[tuple[Priority, Node]]:
    """Each level of the block ``priorities`` with the node of its times; a list or a mapping."""
    block = root.get("priorities")
    if block is None:
        return
    for _, item in block.items() if isinstance(block.data, dict) else (("", one) for one in block):
        if not isinstance(item.data, dict):
            continue
        called = item.key_node if isinstance(block.data, dict) else item.get("id") or item.get("name")
        if called is not None and called.text:
            yield priority(called, _said(item.get("definition")), _said(item.get("clock")), item), item


def read_matrices(root: Node) -> list[Matrix]:
    """The block ``priorities`` as a matrix, and one of each metric that has its targets by priority."""
    found: list[Matrix] = []
    listed = root.data.get("metrics") if isinstance(root.data, dict) else None
    plain = listed if isinstance(listed, list) else []
    by_level = [i for i, one in enumerate(plain) if isinstance(one, dict) and isinstance(one.get("targets"), dict)]
    block = root.get("priorities")
    if block is None and not by_level:
        return found  # as of most agreements
    levels = list(_levels(root))
    used = [key for key in _TIMES if any(item.get(key) is not None for _, item in levels)]
    cells = []
    for level, item in levels:
        for key in used:
            value = item.get(key) or item  # where a time is missing, the level itself
            label = value.key_node if value is not item else level.name
            cells.append(Cell(value, _TIMES[key], label, level, None, _targets(value) if value is not item else ()))
    if block is not None and cells:
        found.append(Matrix(block, "priorities", None, tuple(cells)))
    for index in by_level:
        metric, targets = root.get("metrics", index), root.get("metrics", index, "targets")
        assert metric is not None and targets is not None
        name = metric.get("id") or metric.get("name") or targets.key_node
        category = metric.get("category")
        measure = category.text if category is not None and category.text else measure_of(name.text)
        of_metric = tuple(
            Cell(value, measure, name, priority(value.key_node), None, _targets(value)) for _, value in targets.items()
        )
        if of_metric:
            found.append(Matrix(targets, name.text, _said(metric.get("service")), of_metric))
    return found


def _targets(node: Node) -> tuple[q.Target, ...]:
    read = q.read_target(node)
    return (read,) if read is not None else ()


def read_tiers(root: Node) -> list[Tiers]:
    """The tiers of each remedy. An ``atLeast`` belongs to its band, a ``below`` does not."""
    found: list[Tiers] = []
    listed = root.data.get("remedies") if isinstance(root.data, dict) else None
    if not isinstance(listed, list) or not [1 for one in listed if isinstance(one, dict) and "tiers" in one]:
        return found
    for remedy in _items(root.get("remedies")):
        tiers = remedy.get("tiers")
        if tiers is None:
            continue
        id_ = remedy.get("id") or remedy.get("name")
        name = id_.text if id_ is not None else ""
        said = _said(remedy.get("unit")) or _said(remedy.get("currency"))
        other = q.unit(said.text) if said is not None else ""
        rows = tuple(row for item in tiers if (row := _tier(item, other)) is not None)
        users = [metric for metric in _items(root.get("metrics")) if _text(metric.get("remedy")) == name and name]
        cap = _said(remedy.get("cap"))
        per = cap if cap is None or cap.text else cap.get("perWindow")
        categories = {_text(metric.get("category")) for metric in users}
        found.append(
            Tiers(
                remedy,
                name,
                rows,
                "percent",
                categories.pop() if len(categories) == 1 else "",
                metrics=tuple(_text(metric.get("id")) or _text(metric.get("name")) for metric in users),
                cap=per if per is not None else cap,
                cap_amount=q.read_percent(per),
                basis=_said(remedy.get("basis")),
            )
        )
    return found


def _tier(item: Node, other: str) -> Tier | None:
    read = q.read_tier(item)
    if read is None:
        return None
    unit = other if other in q.CURRENCIES and read.unit == "percent" and not item.text else read.unit
    credit = item if item.text else item.get("credit")
    low_in, high_in = (True if read.at_least is not None else None), (False if read.below is not None else None)
    return Tier(item, item, read.at_least, low_in, read.below, high_in, credit, read.credit, unit)


def read_hours(root: Node) -> list[StatedHours]:
    """The calendars, then the hours of services and of support; those that only name a calendar are not repeated."""
    found = []
    fallback = _said(root.get("term", "timeZone"))
    for item, name in _calendars(root.get("calendars")):
        stated = item if item.text else item.get("hours") or item.get("weekly")
        if stated is None:
            continue
        read = q.read_hours(stated) if stated.text else _weekly(stated)
        found.append(StatedHours(stated, name, "calendar", read, _zone(stated, read, item.get("timeZone")) or fallback))
    for kind, block, name in _attended(root):
        read = q.read_hours(block)
        if read is not None or _DIGIT.search(block.text):
            found.append(StatedHours(block, name, kind, read, _zone(block, read, None) or fallback))
    return found


_DIGIT = lazy(r"\d[:.x/ ]?\d|\d\s*[ap]m", re.I)  # hours, not the name of a calendar


def _calendars(block: Node | None) -> Iterator[tuple[Node, str]]:
    if block is not None and isinstance(block.data, dict):
        yield from ((item, key) for key, item in block.items())
    for item in _items(block):
        yield item, _text(item.get("id")) or _text(item.get("name"))


def _attended(root: Node) -> Iterator[tuple[HoursKind, Node, str]]:
    plain = root.data if isinstance(root.data, dict) else {}
    services, support = plain.get("services"), plain.get("support")
    for index, service in enumerate(services if isinstance(services, list) else ()):
        if isinstance(service, dict) and service.get("hours") is not None:
            hours = _said(root.get("services", index, "hours"))
            if hours is not None and hours.text:
                yield "service", hours, _called(root, "services", index)
    if support is None:
        return
    block = root.get("support")
    for one in (block, *_items(block.get("channels") if block is not None else None)):
        hours = _said(one.get("hours")) if one is not None else None
        if one is not None and hours is not None and hours.text:
            yield "support", hours, _text(one.get("id")) or "support"


def _called(root: Node, *path: str | int) -> str:
    return _text(root.get(*path, "id")) or _text(root.get(*path, "name"))


def _weekly(node: Node) -> q.Hours | None:
    """A list of stretches: ``{days, from, to}`` or a line each."""
    periods: list[q.Period] = []
    for item in node:
        words = item.text
        if not words:
            days = item.get("days")
            named = days.text if days is not None and days.text else ", ".join(d.text for d in days or ())
            words = f"{named} {_text(item.get('from'))}-{_text(item.get('to'))}"
        read = q.hours_of(words)
        if read is None:
            return None
        periods.extend(read.periods)
    return q.Hours(tuple(periods)) if periods else None


def _zone(node: Node, read: q.Hours | None, own: Node | None) -> Node | None:
    if own is not None and own.text:
        return own
    return node if read is not None and read.zone else None


_DATES: tuple[tuple[tuple[str, ...], DateKind], ...] = (
    (("term", "effectiveDate"), "effective"),
    (("term", "expiryDate"), "expiry"),
    (("review", "lastReviewed"), "last-review"),
    (("review", "nextReview"), "next-review"),
)
_LISTED: tuple[tuple[str, str, DateKind, str], ...] = (
    ("signatures", "date", "signature", "party"),
    ("history", "date", "version", "version"),
)


def read_life(root: Node) -> list[StatedDate]:
    """The dates of the agreement's own life."""
    found: list[StatedDate] = []
    blocks = root.data if isinstance(root.data, dict) else {}
    for path, kind in _DATES:
        plain = blocks.get(path[0])
        node = _said(root.get(*path)) if isinstance(plain, dict) and plain.get(path[1]) is not None else None
        if node is not None:
            found.append(StatedDate(node, kind, q.read_date(node)))
    for block, key, kind, whose in _LISTED:
        listed = blocks.get(block)
        for index, plain in enumerate(listed if isinstance(listed, list) else ()):
            node = _said(root.get(block, index, key)) if isinstance(plain, dict) and key in plain else None
            if node is not None:
                name = plain.get(whose)
                said = name.strip() if name.__class__ is str else _text(root.get(block, index, whose))
                found.append(StatedDate(node, kind, q.read_date(node), said))
    return found


def read_tracked(root: Node) -> Iterator[StatedDate]:
    """Since when each metric is measured."""
    metrics = root.data.get("metrics") if isinstance(root.data, dict) else None
    for index, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        tracking = metric.get("tracking") if isinstance(metric, dict) else None
        listed = tracking if isinstance(tracking, list) else [tracking]
        for place, one in enumerate(listed):
            if not isinstance(one, dict) or one.get("since") is None:
                continue
            steps = ("tracking", place, "since") if listed is tracking else ("tracking", "since")
            node = _said(root.get("metrics", index, *steps))
            if node is not None:
                name = metric.get("id")
                said = name.strip() if name.__class__ is str else _text(root.get("metrics", index, "id"))
                yield StatedDate(node, "tracked-since", q.read_date(node), said)


def _items(block: Node | None) -> Iterable[Node]:
    return block if block is not None and isinstance(block.data, list) else ()


def _said(node: Node | None) -> Node | None:
    if node is None or not (node.data if isinstance(node.data, dict | list) else node.text.strip()):
        return None
    return node


def _text(node: Node | None) -> str:
    return node.text.strip() if node is not None else ""
