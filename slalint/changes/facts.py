"""An agreement as a list of facts that can be held against those of another version: who each is, what it says, what it
means for whom it is owed to that it is there, and how it is weighed when it has changed.

What the typed parts of an agreement give (metrics, times by priority, credits, hours, policies …) is the same for both
forms. Whatever else a data agreement holds is a fact by its path; of prose each sentence that leaves something out or
limits it is one, and what else the text says is compared by ``slalint.changes.matching``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from slalint import quantities as q
from slalint.agreement import Agreement, Metric, Party, slug
from slalint.calendars import CalendarError, read_calendar, window_lengths
from slalint.changes import weighing
from slalint.changes.weighing import NEUTRAL, UNCLEAR, Setting, Sign, Verdict
from slalint.kinds import is_sure, kind_of, likely_better, more_is_better
from slalint.model import Node
from slalint.parts import Cell, Tier, Tiers, level_id
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import clauses
from slalint.text import sentences

if TYPE_CHECKING:
    from datetime import date

Key = tuple[str, ...]
BOTH = "*"  # as who owes something: it protects every side alike
NOBODY = "?"  # as who owes something: that is not said


class Fact(NamedTuple):
    """One thing that an agreement states. Facts of two versions with one key are the same fact; it has changed where
    their ``value`` differs."""

    key: Key
    part: str
    subject: str
    node: Node
    value: Any
    weigh: Callable[[Fact, Fact], Verdict]
    gain: Sign = None  # what it means for whom it is owed to that it is there
    giver: str = ""  # the party that owes it; empty: the provider
    parents: tuple[Key, ...] = ()  # facts that it comes and goes with
    alike: str = ""  # what is compared where no other fact has its key; empty: nothing
    about: Any = None  # what else is needed to weigh it
    said: str = ""  # how it is written, where the node's own text does not tell
    more: tuple[Node, ...] = ()  # other places that it was read from

    @property
    def text(self) -> str:
        return self.said or _said(self.node, self.value)


def read(agreement: Agreement) -> list[Fact]:
    """The facts of an agreement, each key once."""
    found: dict[Key, Fact] = {}
    reader = _Reader(agreement)
    for fact in reader.read():
        key, number = fact.key, 2
        while key in found:
            key, number = (*fact.key, str(number)), number + 1
        found[key] = fact._replace(key=key)
    return list(found.values())


def written(node: Node) -> str:
    """A value as it is written, on one line; a block by what it holds, whatever its layout."""
    if isinstance(node.data, dict | list):
        return _flat(node.data)
    return " ".join((node.text or node.raw).split())


def _flat(data: Any) -> str:
    if isinstance(data, dict):
        return ", ".join(f"{key}: {_flat(value)}" for key, value in data.items())
    if isinstance(data, list):
        return ", ".join(map(_flat, data))
    return " ".join(str(data).split())


def _said(node: Node, value: Any) -> str:
    """How a fact shows what it read: as written where that is a line of text, a block in short form."""
    if node.text or not isinstance(value, q.Target | q.Window | q.Duration | q.Hours | q.Frequency):
        return written(node)
    return q.format(value)


# ---- how things are weighed


def unclear(old: Fact, new: Fact) -> Verdict:
    """Words against words: nothing but how much a quantity in them has moved."""
    found = weighing.quantity(old.text, new.text)
    return UNCLEAR if found is None else Verdict(None, _bare(found).told)


def _bare(moved: weighing.Moved) -> Verdict:
    """A quantity against the one before, whatever bounds it: 1 where it has become less."""
    old, new = (one._replace(operator="", of="") for one in (moved.old, moved.new))
    return weighing.targets(old, new, Setting(better=False))


def neutral(old: Fact, new: Fact) -> Verdict:
    return NEUTRAL


def renamed(old: Fact, new: Fact) -> Verdict:
    """The same by another name; the value is the name."""
    return Verdict(0, "renamed")


def _target(old: Fact, new: Fact) -> Verdict:
    if not (isinstance(old.value, q.Target) and isinstance(new.value, q.Target)):
        return UNCLEAR
    return weighing.targets(old.value, new.value, new.about)


def _window(old: Fact, new: Fact) -> Verdict:
    if not (isinstance(old.value, q.Window) and isinstance(new.value, q.Window)):
        return UNCLEAR
    return weighing.windows(old.value, new.value, new.about)


def _hours(old: Fact, new: Fact) -> Verdict:
    if not (isinstance(old.value, q.Hours) and isinstance(new.value, q.Hours)):
        return UNCLEAR
    return weighing.hours(old.value, new.value, -1 if new.about == "maintenance" else 1)


def _clock(old: Fact, new: Fact) -> Verdict:
    if old.about is not None and new.about is not None:
        return weighing.calendars(old.about, new.about)
    return UNCLEAR


def _tracking(old: Fact, new: Fact) -> Verdict:
    if old.value < new.value or new.value < old.value:
        return Verdict(1 if old.value < new.value else -1)
    return Verdict(0, "measured otherwise")


def _tiers(old: Fact, new: Fact) -> Verdict:
    return weighing.tiers(old.about, new.about)


@cache
def _date(up: Sign) -> Callable[[Fact, Fact], Verdict]:
    def weigh(old: Fact, new: Fact) -> Verdict:
        if isinstance(old.value, str) or isinstance(new.value, str):
            return UNCLEAR
        later = new.value > old.value
        told = f"{_between(*sorted((old.value, new.value)))} {'later' if later else 'earlier'}"
        return Verdict(None if up is None else up if later else -up, told)

    return weigh


def _between(first: date, last: date) -> str:
    """How long it is from one day to another: in years and months where it is so many, else in days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and q.shifted(first, q.Duration(months=Decimal(months))) == last:
        return weighing.spelled(q.Duration(months=Decimal(months)))
    return q.days_in_words((last - first).days)


@cache
def _length(up: Sign) -> Callable[[Fact, Fact], Verdict]:
    """A length of time, of which more is better (1) or worse (-1)."""

    def weigh(old: Fact, new: Fact) -> Verdict:
        if isinstance(old.value, q.Duration) and isinstance(new.value, q.Duration):
            return weighing.lengths(old.value, new.value, up, new.about)
        return UNCLEAR

    return weigh


@cache
def _figure(up: Sign, unit: str = "") -> Callable[[Fact, Fact], Verdict]:
    def weigh(old: Fact, new: Fact) -> Verdict:
        if isinstance(old.value, Decimal) and isinstance(new.value, Decimal):
            return weighing.figures(old.value, new.value, up, unit)
        return UNCLEAR

    return weigh


@cache
def _limit(up: Sign) -> Callable[[Fact, Fact], Verdict]:
    """A quantity in words (a cap, a load), of which more is better or worse whatever bounds it."""

    def weigh(old: Fact, new: Fact) -> Verdict:
        found = weighing.quantity(str(old.value), str(new.value))
        if found is None or up is None:
            return UNCLEAR
        less = _bare(found)
        return less._replace(sign=None if less.sign is None else -less.sign * up)

    return weigh


def _frequency(old: Fact, new: Fact) -> Verdict:
    if isinstance(old.value, q.Frequency) and isinstance(new.value, q.Frequency):
        return weighing.frequencies(old.value, new.value)
    return UNCLEAR


# What a longer notice means: it protects whoever is told, but of an end to the agreement also binds whoever leaves.
_NOTICES: dict[str, Sign] = {"modification": 1, "exclusions": 1, "maintenance": 1, "exclusion": 1}


def _sentence(old: Fact, new: Fact) -> Verdict:
    """A sentence against the one before, where they differ in one quantity alone: a notice, or a limit to what is left
    out or to be done."""
    found = weighing.quantity(old.value, new.value)
    if found is None:
        return UNCLEAR
    name, language = new.about
    less = _bare(found)
    longer, told = (None if less.sign is None else -less.sign), less.told
    notice = clauses.period(new.node, language)
    bounded = found.new.operator in ("lte", "lt")  # `within 5 days` is a limit to what is done, no notice
    if notice is not None and notice.text and not bounded and _holds(new.node.text, notice.text, found):
        up = _NOTICES.get(name)
        return Verdict(None if longer is None or up is None else longer * up, told, "notice")
    if name == "modification" and found.new.duration is not None and found.new.operator == "":
        return Verdict(longer, told, "notice")  # how long after its approval a change holds
    if longer is None or not bounded:
        return Verdict(None, told)
    # `at most two hours` of what does not count, `within two days` of what is done: the longer, the worse.
    return Verdict(-longer if name in ("exclusions", "exclusion", "obligations") else None, told)


def _holds(text: str, part: str, moved: weighing.Moved) -> bool:
    """Whether a part of a text overlaps with the quantity that has moved."""
    plain = " ".join(text.split())
    at = plain.find(" ".join(part.split()))
    return at >= 0 and at < moved.end and moved.start < at + len(part)


# ---- what the data form holds beside the parts that have types: by path, items of lists as *

_How = tuple[Callable[[Fact, Fact], Verdict], Callable[[Node], Any] | None, Sign]
_TEXT: _How = (unclear, None, None)
_SAME: _How = (neutral, None, 0)


def _decimal(node: Node) -> Decimal | None:
    data = node.data
    return Decimal(node.raw) if isinstance(data, int | float) and not isinstance(data, bool) else None


_LONGER_IS_BETTER: _How = (_length(1), q.read_duration, 1)
_LONGER_IS_WORSE: _How = (_length(-1), q.read_duration, 1)
_TAKES_AWAY: _How = (_length(-1), q.read_duration, -1)
_OFTEN: _How = (_frequency, q.read_frequency, 1)
_LOAD: _How = (_limit(1), None, -1)
_BOUND: _How = (_limit(-1), None, 1)
_PAID: _How = (_limit(1), None, -1)

_FIELDS: dict[str, _How] = {
    "metrics/*/sli/limit": _LONGER_IS_WORSE,
    "metrics/*/sli/percentile": (_figure(1), _decimal, None),
    "metrics/*/minimumSample": (_figure(-1), _decimal, -1),
    "metrics/*/internalTarget": _SAME,
    "metrics/*/statedAllowance": _SAME,
    "metrics/*/condition": (unclear, None, -1),
    "metrics/*/remedy": (unclear, None, 1),
    "metrics/*/resolution": _LONGER_IS_WORSE,
    "metrics/*/agreedWith": _SAME,
    "metrics/*/category": _SAME,
    "priorities/*/clock": (_clock, None, None),
    "services/*/workload": _LOAD,
    "services/*/owner": _TEXT,
    "maintenance/*/duration": _TAKES_AWAY,
    "maintenance/*/notice": _LONGER_IS_BETTER,
    "exclusions/*/cap": _BOUND,
    "remedies/*/cap": _PAID,
    "remedies/*/cap/perWindow": _PAID,
    "remedies/*/cap/perYear": _PAID,
    "remedies/*/dueWithin": _LONGER_IS_WORSE,
    "remedies/*/trigger/breaches": (_figure(-1), _decimal, None),
    "remedies/*/trigger/within": _LONGER_IS_BETTER,
    "remedies/*/claim/within": (_length(1), q.read_duration, -1),
    "obligations/*/within": _LONGER_IS_WORSE,
    "obligations/*/notice": _LONGER_IS_BETTER,
    "governance/escalation/*/after": _LONGER_IS_WORSE,
    "governance/reporting/frequency": _OFTEN,
    "governance/reporting/dueWithin": _LONGER_IS_WORSE,
    "governance/serviceLevelManager": (neutral, None, 1),
    "meetings/frequency": _OFTEN,
    "review/frequency": _OFTEN,
    "tools/*/retention": _LONGER_IS_BETTER,
}
# What it means that an item of a list is there.
_ITEMS: dict[str, Sign] = {
    "services": 1,
    "exclusions": -1,
    "metrics/exclusions": -1,
    "remedies": 1,
    "obligations": 1,
    "maintenance": -1,
    "calendars/holidays": -1,
    "calendars/holidays/dates": -1,
    "scope/in": 1,
    "scope/out": -1,
    "support/channels": 1,
    "governance/representatives": 0,
    "governance/roles": 0,
    "governance/escalation": 1,
    "governance/reporting": 1,
    "tools": 0,
    "metadata": 0,
    "history": 0,
    "signatures": 0,
    "review": 0,
    "meetings": 0,
}
# Blocks that say nothing of what is promised, and keys that name things or say where to find them.
_SILENT = frozenset(("metadata", "history", "signatures", "tools", "review"))
_MUTUAL = frozenset(("governance", "meetings", "review", "remedies"))
_NAMING = frozenset(
    "id name title email phone url contact type number catalogRef refs labels participants agenda recipients tool "
    "approvers since baseline purpose owner measuredBy supports category ref file query procedure".split()
)
# What the typed parts of an agreement say already.
_TYPED = frozenset("$schema apiVersion definitions parties".split())
_TYPED_FIELDS = frozenset(
    """
    metrics/*/id metrics/*/name metrics/*/target metrics/*/targets metrics/*/window metrics/*/clock
    metrics/*/tracking/tool calendars/*/id calendars/*/weekly calendars/*/hours
    priorities/*/id priorities/*/name priorities/*/response priorities/*/restore priorities/*/updateEvery
    remedies/*/id remedies/*/tiers services/*/id exclusions/*/id obligations/*/id maintenance/*/id
    term/timeZone term/effectiveDate term/expiryDate review/nextReview review/lastReviewed
    policies/*/summary policies/*/notice policies/*/decideBefore metadata/version
    """.split()
)
_LABELS = {"metrics": "metric", "services": "service", "exclusions": "exclusion", "remedies": "remedy"}
_LABELS |= {"obligations": "obligation", "policies": "policy", "priorities": "priority", "tools": "tool"}
_LABELS |= {"dependencies": "dependency", "goals": "goal", "costs": "cost", "signatures": "signature"}
_SENTENCES = {"exclusions": "exclusion", "limitations": "limitation"}
_TELLING = frozenset(("description", "duty", "statement", "summary", "definition"))  # what an item is about
_CAMEL = lazy(r"(?<=[a-z])(?=[A-Z])")
_MARKUP = lazy(r"[*_`]+|\\(?=[^\w\s])|^\s*(?:(?:\d+[.)]|\d+(?:\.\d+)+[.)]?)\s+(?=[A-Z])|[-+•]\s+)")


def plain(text: str) -> str:
    """A sentence without markup and its number, on one line."""
    return " ".join(_MARKUP.sub("", text).split())


class _Cells:
    """The cells of an agreement's matrices, by where they are written."""

    def __init__(self, agreement: Agreement) -> None:
        cells = {cell.node.offset: cell for matrix in agreement.matrices for cell in matrix.cells}
        self._cells = [cells[start] for start in sorted(cells)]
        self._starts = sorted(cells)

    def at(self, node: Node) -> Cell | None:
        """The cell that a value stands in."""
        index = bisect_right(self._starts, node.offset) - 1
        cell = self._cells[index] if index >= 0 else None
        return cell if cell is not None and node.offset <= cell.node.written.end else None


class _Reader:
    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.day = agreement.business_day
        # What is counted between Marketing and Sales is handed over: leads, meetings, attempts to reach somebody.
        self.handed_over = agreement.type is not None and agreement.type.text == "marketing-sales"
        self.cells = _Cells(agreement)
        self.stated = {one.node.offset for one in agreement.hours}
        self._metric_of = {slug(metric.id): metric for metric in agreement.metrics}

    def read(self) -> Iterator[Fact]:
        yield from self._head()
        yield from self._parties()
        yield from self._definitions()
        yield from self._metrics()
        yield from self._matrices()
        yield from self._tiers()
        yield from self._clock_hours()
        yield from self._dates()
        yield from self._policies()
        if self.agreement.data is not None:
            yield from self._data(self.agreement.data)

    # ---- who and what

    def _head(self) -> Iterator[Fact]:
        version = self.agreement.version
        if version is not None:
            yield Fact(("version",), "version", "", version, version.text.strip(), neutral, 0)
        if self.agreement.form == "prose":
            manager = self.agreement.manager
            if manager is not None:
                yield Fact(("manager",), "manager", "", manager.name, plain(manager.name.text), neutral, 1)
            status = self.agreement.status
            if status is not None:
                yield Fact(("status",), "status", "", status, status.text.strip().lower(), neutral, 0)

    def _parties(self) -> Iterator[Fact]:
        for party in self.agreement.parties:
            key = ("parties", party.role or "party", party.id if party.node.path else slug(party.name.text))
            yield Fact(key, "party", party.role, party.name, plain(party.name.text), unclear, alike=party.name.text)

    def _definitions(self) -> Iterator[Fact]:
        levels = {one.definition.offset for one in self.agreement.priorities if one.definition is not None}
        for one in self.agreement.definitions:
            if one.body is None or one.form == "in-passing" or one.body.offset in levels:
                continue
            term = plain(one.term.text)
            key: Key = ("definitions", slug(term))
            yield Fact(key, "definition", term, one.body, plain(one.body.text), unclear, more=(one.term,))
            if one.aliases:
                said = ", ".join(one.aliases)
                fact = Fact((*key, "aliases"), "definition", f"{term}, other names", one.body, said, unclear)
                yield fact._replace(parents=(key,), said=said)
        for level in self.agreement.priorities:
            if level.definition is not None and not level.node.path:
                meant, parent = level.definition, ("priorities", level.id)
                fact = Fact((*parent, "definition"), "priority", level.name.text, meant, plain(meant.text), unclear)
                yield fact._replace(parents=(parent,))

    # ---- promises

    @property
    def _mutual(self) -> str:
        """Who owes what a side alone does not give: where both provide, it protects both."""
        return BOTH if self.agreement.reciprocal else ""

    def _giver(self, ref: Node | None) -> str:
        """The party behind a reference; empty where there is none and one side gives all."""
        if ref is None or not ref.text:
            return NOBODY if self.agreement.reciprocal else ""
        party = self.agreement.party(ref.text)
        if party is not None:
            return party.name.text.strip()
        return NOBODY if self.agreement.reciprocal else ""

    def _metrics(self) -> Iterator[Fact]:
        for metric in self.agreement.metrics:
            name, giver = metric.said, self._giver(metric.party)
            key, parents = ("metrics", slug(metric.id)), (("metrics", slug(metric.id)),)
            own = [(node, target) for node, target in metric.values if self.cells.at(node) is None]
            if own or not metric.values:
                what = "duty" if metric.duty else "metric"
                alike = f"{name} {metric.category}"
                promised = ", ".join(_said(node, target) for node, target in own)
                yield Fact(key, what, name, metric.name, name, renamed, 1, giver, alike=alike, said=promised or name)
            yield from self._promised(metric, own, key, giver)
            window = metric.window
            if window is not None:
                read = q.read_window(window)
                fact = Fact((*key, "window"), "window", name, window, read or plain(written(window)), _window, 1, giver)
                yield fact._replace(parents=parents, about=_sums(metric))
            if metric.clock is not None:
                yield self._clock((*key, "clock"), "hours", name, metric.clock, giver, parents)
            tools = [one for one in metric.tracking if one.tool is not None]
            if tools and not metric.duty:
                named = frozenset(slug(plain(one.tool.text)) for one in tools if one.tool is not None)
                listed = ", ".join(plain(one.tool.text) for one in tools if one.tool is not None)
                fact = Fact((*key, "tracking"), "tracking", name, tools[0].tool or tools[0].node, named, _tracking, 1)
                yield fact._replace(giver=giver, parents=parents, said=listed)

    def _clock(self, key: Key, part: str, subject: str, node: Node, giver: str, parents: tuple[Key, ...]) -> Fact:
        """Which hours count, by the name of a calendar or as hours. The calendar itself is a fact of its own."""
        stated = self.agreement.calendar_named(node.text) or read_calendar(node)
        return Fact(key, part, subject, node, plain(node.text).lower(), _clock, None, giver, parents, about=stated)

    def _promised(self, metric: Metric, own: list[tuple[Node, q.Target]], key: Key, giver: str) -> Iterator[Fact]:
        cases = {value.offset: case for case, value in metric.levels if case is not None}
        for node, target in own:
            case = cases.get(node.offset)
            subject = f"{metric.said}, {plain(case.text)}" if case is not None and case is not node else metric.said
            place = (*key, "target", slug(case.text) if case is not None and case is not node else "")
            part, value = "duty" if metric.duty else "target", target._replace(text="")
            yield Fact(place, part, subject, node, value, _target, 1, giver, (key,), about=self._setting(metric))
        if not metric.values and metric.target is not None and metric.target.text:
            said = plain(metric.target.text)
            yield Fact((*key, "target", ""), "target", metric.said, metric.target, said, _target, 1, giver, (key,))

    def _setting(self, metric: Metric) -> Setting:
        kind = metric.kind
        window = q.read_window(metric.window)
        length, called = None, ""
        if window is not None:
            called = _called(window)
            length = self._span(metric, window) if kind == "uptime" else None
        unit = metric.targets[0].unit if metric.targets else ""
        better, likely = metric.more_is_better, None
        if metric.duty:
            better = self._ahead(metric)
        elif not is_sure(kind, metric.said, unit):
            better = None
        elif better is None:
            likely = likely_better(kind, metric.category, metric.said, self.handed_over)
        return Setting(kind, better, length, called, self.day, likely)

    def _ahead(self, metric: Metric) -> bool | None:
        """Whether a duty is to be done so long before something else: then more is better."""
        if self.agreement.prose is None or metric.target is None:
            return None
        sentence = self.agreement.prose.context(metric.target.offset).partition("\n")[2]
        return True if "period" in clauses.says(sentence, self.agreement.language) else None

    def _span(self, metric: Metric, window: q.Window) -> q.Length | None:
        """How long a window is, where it can be told which hours count."""
        calendar = self.agreement.calendar_of(metric)
        if calendar is None:
            service = self.agreement.service(metric.service.text) if metric.service is not None else None
            if metric.clock is not None or (service is not None and service.hours is not None):
                return None  # stated, but not to be read
            if any(one.hours is not None and not one.hours.always for one in self.agreement.hours):
                return None  # these hours alone may count
        try:
            known = window_lengths(window, calendar)
        except CalendarError:
            return None
        return known[0] if known else None

    def _matrices(self) -> Iterator[Fact]:
        seen: set[str] = set()
        for level in self.agreement.priorities:
            key = ("priorities", level.id)
            if level.id in seen:
                continue
            seen.add(level.id)
            said = level.name.text if level.node.path else ""
            yield Fact(key, "priority", plain(level.name.text), level.name, level.id, neutral, 1, said=plain(said))
        owners = {
            cell.node.offset: metric
            for metric in self.agreement.metrics
            for node, _ in metric.values
            if (cell := self.cells.at(node)) is not None
        }
        for matrix in self.agreement.matrices:
            service = self.agreement.service(matrix.service.text) if matrix.service is not None else None
            for cell in matrix.cells:
                if cell.is_empty or (isinstance(cell.node.data, dict) and not cell.targets):
                    continue
                metric = owners.get(cell.node.offset)
                giver = self._giver(metric.party if metric is not None else service.owner if service else None)
                yield self._cell(cell, plain(matrix.name), metric, giver)

    def _cell(self, cell: Cell, name: str, metric: Metric | None, giver: str) -> Fact:
        level = cell.priority
        label = plain(cell.label.text)
        level_name = plain(level.name.text) if level is not None else ""
        case = plain(cell.case.text) if cell.case is not None else ""
        measure = cell.measure or slug(label)
        unit = cell.targets[0].unit if cell.targets else ""
        kind = metric.kind if metric is not None else kind_of("", label, unit)
        better = metric.more_is_better if metric is not None else more_is_better(kind, label, unit)
        if better is None and unit in q.TIME_UNITS:
            better = False
        parents: tuple[Key, ...] = (("priorities", level.id),) if level is not None else ()
        if metric is not None and metric.node.path:
            parents += (("metrics", slug(metric.id)),)
            key: Key = ("metrics", slug(metric.id), "level", level.id if level else "", slug(case))
        else:
            key = ("priorities", level.id if level else slug(name), measure, slug(case))
        value: Any = tuple(target._replace(text="") for target in cell.targets) or plain(written(cell.node))
        shown = {"restore": "restoration", "update every": "update"}.get(words(label), label)
        subject = ", ".join(part for part in (f"{level_name} {shown}".strip(), case) if part)
        about = Setting(kind, better, day=self.day)
        return Fact(key, "priority", subject, cell.node, value, _cells, 1, giver, parents, about=about)

    def _tiers(self) -> Iterator[Fact]:
        for one in self.agreement.tiers:
            name = plain(one.name)
            case = plain(one.case.text) if one.case is not None else ""
            key: Key = ("remedies", slug(name) if one.node.path else one.category, "tiers", slug(case))
            parents: tuple[Key, ...] = (("remedies", slug(name)),) if one.node.path else ()
            value: Any = tuple(band(row) for row in one.rows)
            value = value or plain(written(one.node))
            node = one.rows[0].node if one.rows else one.node
            said = _rows(one.rows)
            fact = Fact(key, "credit", ", ".join(part for part in (name, case) if part), node, value, _tiers, 1)
            yield fact._replace(parents=parents, about=one, said=said, more=tuple(row.node for row in one.rows))
            if one.cap is not None and not one.node.path:
                amount: Any = one.cap_amount if one.cap_amount is not None else plain(written(one.cap))
                cap = Fact(
                    (*key, "cap"), "cap", name, one.cap, amount, _figure(1, " percentage points"), -1, parents=(key,)
                )
                yield cap

    # ---- when

    def _clock_hours(self) -> Iterator[Fact]:
        for one in self.agreement.hours:
            kind = one.kind or "hours"
            value: Any = one.hours if one.hours is not None else plain(written(one.node))
            gain = -1 if kind == "maintenance" else None if kind == "calendar" else 1
            name = plain(one.name)
            key = ("hours", kind, slug(name))
            service = self.agreement.service(name) if kind == "service" else None
            giver = self._giver(service.owner) if service is not None else ""
            yield Fact(key, "hours", name, one.node, value, _hours, gain, giver, alike=name, about=one.kind)

    def _dates(self) -> Iterator[Fact]:
        if self.agreement.form == "data":
            zone = self.agreement.scalar("term", "timeZone")
            if zone is not None:
                yield Fact(("term", "timeZone"), "term", "time zone", zone, zone.text.strip(), unclear)
        for date in self.agreement.dates:
            if date.kind in ("tracked-since", "version", "holiday", "other"):
                continue
            if date.kind == "signature" and date.node.path:
                continue  # told with who has signed
            part = "signature" if date.kind == "signature" else "term"
            ends = date.kind == "expiry"
            weigh = _date(1 if ends else None if date.kind == "effective" else 0)
            subject = f"{date.kind.replace('-', ' ')} date" if part == "term" else plain(date.name)
            value: Any = date.day or plain(written(date.node))
            key = ("dates", date.kind, slug(date.name))
            yield Fact(key, part, subject, date.node, value, weigh, None if part == "term" else 0, self._mutual)

    # ---- policies

    def _policies(self) -> Iterator[Fact]:
        agreement = self.agreement
        seen: set[int] = set()
        for name, policy in agreement.policies.items():
            key = ("policies", name)
            gain: Sign = {"modification": 1, "exclusions": -1, "limitations": -1}.get(name)
            giver = BOTH if name == "modification" else ""
            parents = (key,)
            yield Fact(key, "policy", name, policy.summary or policy.node, name, neutral, gain, giver)
            notice = clauses.ahead(policy.node, None, agreement.language) if policy.node.path else None
            if notice is not None:
                value = q.read_duration(notice) or plain(written(notice))
                up = _NOTICES.get(name)
                fact = Fact((*key, "notice"), "notice", name, notice, value, _length(up), up, giver, parents)
                yield fact._replace(about=self.day)
            if policy.summary is None or not policy.summary.text or (name == "exclusions" and not policy.node.path):
                continue
            for sentence in self._sentences(policy.summary):
                if sentence.offset not in seen:
                    seen.add(sentence.offset)
                    yield self._said(name, sentence, gain if name in _SENTENCES else None, giver, parents)
        if agreement.prose is not None:
            for clause in clauses.excluded(agreement.prose.passages, agreement.language):
                if clause.node.offset not in seen:
                    seen.add(clause.node.offset)
                    yield self._said("exclusions", clause.node, -1, "", (("policies", "exclusions"),))

    def _said(self, name: str, node: Node, gain: Sign, giver: str, parents: tuple[Key, ...]) -> Fact:
        text = plain(node.text)
        part = _SENTENCES.get(name, "policy")
        if name == "exclusions" and "nothing-excluded" in clauses.says(text, self.agreement.language):
            gain = 1
        about = (name, self.agreement.language)
        key = ("policies", name, "says", text)
        return Fact(key, part, name, node, text, _sentence, gain, giver, parents, alike=text, about=about, said=text)

    def _sentences(self, node: Node) -> Iterator[Node]:
        """The sentences of a text; of prose those of its passages, without what is no prose."""
        language = self.agreement.language
        if node.path or self.agreement.prose is None:
            for start, end in sentences(node.text, language):
                yield node.part(start, end)
            return
        first, last = node.written.start, node.written.end
        for passage in self.agreement.passages:
            if passage.kind == "heading" or not first - len(passage.text) < passage.start < last:
                continue
            for start, end in sentences(passage.text, language):
                if first <= passage.start + start < last:
                    yield passage.part(start, end)

    # ---- whatever else data hold

    def _data(self, root: Node) -> Iterator[Fact]:
        for name, block in root.items():
            if name not in _TYPED and not name.startswith("x-"):
                giver = self._mutual if name in _MUTUAL else ""
                yield from self._below(block, (name,), name, "", (), giver)

    def _below(
        self, node: Node, key: Key, path: str, subject: str, parents: tuple[Key, ...], giver: str = ""
    ) -> Iterator[Fact]:
        """The facts at a node and below it; ``path`` is its path with ``*`` for items of lists."""
        if path in _TYPED_FIELDS or (path == "metrics/*/tracking" and node.text):
            return
        if path in ("services/*/hours", "support/hours"):
            if node.text and node.offset not in self.stated:  # the name of a calendar
                yield self._clock(key, "hours", subject or "support", node, giver, parents)
            return
        block = key[0]
        how = _FIELDS.get(path)
        if how is not None and (node.text or how[1] is not None or path.endswith(("Target", "Manager", "Allowance"))):
            yield self._field(how, node, key, subject, parents, giver)
        elif isinstance(node.data, dict):
            for name, child in node.items():
                below, about = f"{path}/{name}", subject
                if path in ("policies", "priorities"):  # a mapping of names, where others are lists of items
                    below, about = f"{path}/*", name
                    if path == "policies" and child.text:
                        continue
                yield from self._below(child, (*key, name), below, about, parents, giver)
        elif isinstance(node.data, list):
            for number, item in enumerate(node):
                yield from self._item(item, number, key, path, subject, parents, giver)
        elif node.text:
            silent = block in _SILENT or key[-1] in _NAMING
            yield self._field(_SAME if silent else _TEXT, node, key, subject, parents, giver)

    def _item(
        self, item: Node, number: int, key: Key, path: str, subject: str, parents: tuple[Key, ...], giver: str
    ) -> Iterator[Fact]:
        named = next((n for k in ("id", "name", "term", "title") if (n := item.get(k)) is not None and n.text), None)
        said = item if item.text else named
        text = plain(said.text) if said is not None else ""
        told = next(
            (plain(n.text) for k in ("description", "duty", "statement") if (n := item.get(k)) is not None and n.text),
            text,
        )
        own = (*key, slug(text) or slug(told) or str(number + 1))
        label = path.replace("/*", "")
        if path in ("metrics", "priorities"):
            # They are facts already; only what else they hold is told here.
            own = (path, slug(text) if path == "metrics" else level_id(text))
            metric = self._metric_of.get(slug(text)) if path == "metrics" else None
            giver = self._giver(metric.party) if metric is not None else giver
        else:
            gain = _ITEMS.get(label)
            if path == "services":
                giver = self._giver(item.get("owner"))
            if path == "obligations":
                ref = item.get("party")
                giver = self._giver(ref) if ref is not None and ref.text else NOBODY
            part = _LABELS.get(label, _LABELS.get(key[0], words(key[0])))
            node = said if said is not None else item
            silent = key[0] in _SILENT or key[-1] in _NAMING
            weigh = neutral if silent or not item.text else _sentence
            value = text if item.text else ""
            about = (key[0], self.agreement.language)
            fact = Fact(own, part, subject or (text if not item.text else words(label)), node, value, weigh)
            shown = told if len(told) >= len(text) else text
            yield fact._replace(
                gain=0 if silent else gain, giver=giver, parents=parents, about=about, said=shown, alike=told or text
            )
        for name, child in item.items():
            inner = (*own, name)
            yield from self._below(child, inner, f"{path}/*/{name}", text or subject, (*parents, own), giver)

    def _field(self, how: _How, node: Node, key: Key, subject: str, parents: tuple[Key, ...], giver: str) -> Fact:
        weigh, parse, gain = how
        value: Any = parse(node) if parse is not None else None
        if value is None:
            value = plain(written(node))
        part = _LABELS.get(key[0], key[0])
        label = "" if key[-1] in _TELLING else words(key[-1])
        if weigh is _clock:
            return self._clock(key, part, f"{subject}, {label}".strip(", "), node, giver, parents)
        shown = ", ".join(one for one in (subject, label) if one) or words(" ".join(key[1:]))
        if weigh is unclear and isinstance(value, str) and key[0] in ("exclusions", "obligations"):
            name = "exclusion" if key[0] == "exclusions" else key[0]
            return Fact(
                key, part, shown, node, value, _sentence, gain, giver, parents, about=(name, self.agreement.language)
            )
        about = self.day if parse is q.read_duration else None
        return Fact(key, part, shown or key[0], node, value, weigh, gain, giver, parents, about=about)


def _cells(old: Fact, new: Fact) -> Verdict:
    """A cell against the one before; it may hold several times (``4 h / next business day``)."""
    if isinstance(old.value, str) or isinstance(new.value, str) or len(old.value) != len(new.value):
        return UNCLEAR
    found = [weighing.targets(a, b, new.about) for a, b in zip(old.value, new.value, strict=True) if a != b]
    told = "; ".join(one.told for one in found if one.told)
    return Verdict(weighing.together(one.sign for one in found), told)


def band(row: Tier) -> tuple[Any, ...]:
    """A band of a schedule of credits with what is due, as it compares."""
    due = row.amount if row.amount is not None or row.credit is None else plain(row.credit.text)
    return row.low, row.low_in, row.high, row.high_in, due, row.unit


def _rows(rows: Iterable[Tier]) -> str:
    return "; ".join(
        written(row.band)
        if row.credit is None or row.credit.offset == row.band.offset
        else f"{written(row.band)}: {written(row.credit)}"
        for row in rows
    )


def narrowed(one: Fact, other: Fact) -> Fact:
    """Of a schedule of credits only the bands that the other one has not; any other fact as it is."""
    if one.part != "credit" or not isinstance(one.about, Tiers) or not isinstance(other.about, Tiers):
        return one
    theirs = {band(row) for row in other.about.rows}
    own = [row for row in one.about.rows if band(row) not in theirs]
    return one._replace(node=own[0].node, said=_rows(own)) if own else one


def _sums(metric: Metric) -> Sign:
    """1 or -1 where what is counted adds up over the window, and more or less of it is better; else None."""
    target = metric.targets[0] if metric.targets else None
    if target is None or target.per is not None or target.unit == "percent" or target.percentile is not None:
        return None
    if metric.kind not in ("volume", "downtime", "errors"):
        return None
    if target.operator in ("gte", "gt"):
        return 1
    return -1 if target.operator in ("lte", "lt") or metric.more_is_better is False else None


def _called(window: q.Window) -> str:
    """What people call a window: ``a month``."""
    months = {1: "a month", 3: "a quarter", 6: "in six months", 12: "a year"}.get(int(window.length.months))
    return months or f"in {q.format(window.length)}"


def words(name: str) -> str:
    """``dueWithin`` as ``due within``."""
    return _CAMEL.sub(" ", name.replace("/", " ")).lower().strip()


def sides(agreement: Agreement) -> list[Party]:
    """The parties that owe or are owed something, each once."""
    unique: dict[str, Party] = {}
    for party in agreement.parties:
        if party.role != "supporting":
            unique.setdefault(party.name.text.strip(), party)
    return list(unique.values())
