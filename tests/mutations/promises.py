"""Defects in what is promised and in how it is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harness import Mutant, mutator
from .page import Cell, Entry, Page
from .wording import TOOL

_SHARE = re.compile(r"(?:at least|≥|>=)\s*(\d+(?:\.\d+)?)\s*%|value: (\d+(?:\.\d+)?), unit: percent")


def _rows(page: Page, column: str) -> Iterator[tuple[Cell, Cell]]:
    """In tables of metrics: the first cell of each row and the one in a column."""
    for table in page.tables:
        at, metric = table.column(column), table.column(r"(?:.*\b)?(?:metric|measure|service level|kpi|indicator)s?")
        if at is not None and metric == 0 and table.column(r"targets?|objective|goal"):
            for row in table.rows:
                if len(row) > at and row[0].text and row[at].text:
                    yield row[0], row[at]


_UP = re.compile(r"(?i)availab|up ?time|reachab")
_CANNOT_COUNT = re.compile(_UP.pattern + r"|latency|\bage\b")  # other names may be of things that are counted
_TARGET, _WINDOW = r"targets?", r"window|period|measurement period"


def _label(page: Page, one: Entry) -> int:
    """Where a metric is called by its name, or else its id."""
    metric = one.path[:2]
    named = page.entry(*metric, "name") or page.entry(*metric, "id")
    return named.start if named else one.start


@mutator()
def target_emptied(page: Page) -> Iterator[Mutant]:
    """A metric loses its target."""
    for name, cell in _rows(page, _TARGET):
        yield Mutant(page, (cell.start, cell.end, "")).gives("missing-target", name.start)
    for one in page.entries("metrics/*/target"):
        yield Mutant(page, (*one.cut, "")).gives("missing-target", _label(page, one))


@mutator()
def window_emptied(page: Page) -> Iterator[Mutant]:
    """A metric loses the time over which it is judged."""
    shares = {name.start for name, cell in _rows(page, _TARGET) if "%" in cell.text}
    said = {one.term for one in page.definitions if re.search("month|quarter|year", page.text[slice(*one.body)])}
    for name, cell in _rows(page, _WINDOW):
        if name.start in shares and name.text not in said:
            yield Mutant(page, (cell.start, cell.end, "")).gives("missing-window", name.start)
    for one in page.entries("metrics/*/window"):
        kind = page.entry(*one.path[:2], "sli", "kind")
        if kind is None or kind.written.strip('"') != "threshold":  # such a one holds for each single event
            yield Mutant(page, (*one.cut, "")).gives("missing-window", _label(page, one))


@mutator()
def tracking_dropped(page: Page) -> Iterator[Mutant]:
    """Nothing is said any more of what measures a metric."""
    everything = r"(?:All|The) (?:[a-z]+ )?figures (?:in|of) [^.]*\bcome from\b[^.]*\."
    for name, cell in _rows(page, TOOL):
        sentence = next(page.find(everything), None)
        edits = [(cell.start, cell.end, "")]
        if sentence is not None:
            edits.append((*sentence.span(), "Figures are kept."))
        again = [one.start() for one in page.find(rf"\b{re.escape(name.text)} of at (?:least|most) \d")]
        yield Mutant(page, *edits).gives("untracked-metric", name.start, *again)  # a promise made twice
    for one in page.entries("metrics/*/tracking"):
        yield Mutant(page, (*one.cut, "")).gives("untracked-metric", _label(page, one))


@mutator("data")
def tool_unfit(page: Page) -> Iterator[Mutant]:
    """Availability is measured by a tool that only knows what people type in."""
    for tool in page.entries("tools/*/purpose"):
        name = page.entry(*tool.path[:-1], "id")
        uses = [one for one in page.entries("metrics/*/tracking/tool") if name and one.written == name.written]
        if re.search("monitoring", tool.written) and len(uses) == 1:
            edit = (tool.start, tool.end, tool.written.replace("monitoring", "ticketing"))
            yield Mutant(page, edit).gives("unfit-tool", uses[0].start)


@mutator()
def unit_dropped(page: Page) -> Iterator[Mutant]:
    """A target is a number of nothing."""
    for name, cell in _rows(page, _TARGET):
        match = re.fullmatch(r"(.*?\d)\s*(?:%|ms|minutes|hours)", cell.text)
        if match is not None and _CANNOT_COUNT.search(name.text):
            yield Mutant(page, (cell.start + len(match[1]), cell.end, "")).gives("missing-unit", name.start)
    for one in _targets(page):
        match = re.fullmatch(r"(\"?[^{]*?\d)\s*%(\"?)", one.written)
        if match is not None:
            yield Mutant(page, (one.start, one.end, match[1] + match[2])).gives("missing-unit", one.start)


@mutator()
def share_over_hundred(page: Page) -> Iterator[Mutant]:
    """A share of more than all."""
    for start, end in _shares(page):
        yield Mutant(page, (start, end, "130"), *_own(page, start)).gives("impossible-unit", start)


@mutator()
def target_inverted(page: Page) -> Iterator[Mutant]:
    """What must be reached is made what must not be passed."""
    for start, _ in _shares(page):
        before = page.text[max(0, start - 40) : start]
        match = re.search(r"at least\s*$|(?:≥|>=)\s*$|gte(?=, value: $)", before)
        if match is not None:
            new = {"gte": "lte"}.get(match[0].strip(), "at most ")
            at = start - len(before)
            edit = (at + match.start(), at + match.end(), new)
            yield Mutant(page, edit, *_own(page, start)).gives("inverted-target", start)


@mutator()
def target_perfect(page: Page) -> Iterator[Mutant]:
    """Availability without a single minute off is promised."""
    for start, end in _shares(page):
        if 99 < float(page.text[start:end]) < 100:
            yield Mutant(page, (start, end, "100"), *_own(page, start)).gives("perfect-target", start)


@mutator()
def target_implausible(page: Page) -> Iterator[Mutant]:
    """Availability is promised for a tenth of the time."""
    for start, end in _shares(page):
        if 99 < float(page.text[start:end]) < 100:
            yield Mutant(page, (start, end, "9.9"), *_own(page, start)).gives("implausible-target", start)


@mutator()
def target_blurred(page: Page) -> Iterator[Mutant]:
    """A limit becomes a range."""
    for _, cell in _rows(page, _TARGET):
        match = re.fullmatch(r"(?:≤|at most) (\d+) (minutes|ms)", cell.text)
        if match is not None:
            new = f"{int(match[1]) // 2} to {match[1]} {match[2]}"
            yield Mutant(page, (cell.start, cell.end, new)).gives("range-target", cell.start)
    for one in _targets(page):
        match = re.fullmatch(r"(\"?)at least (\d+)(.*)", one.written)
        if match is not None:
            new = f"{match[1]}{int(match[2]) - 5} to {match[2]}{match[3]}"
            own = [edit for edit in _own(page, one.start) if edit[0] > one.start]
            yield Mutant(page, (one.start, one.end, new), *own).gives("range-target", one.start)


@mutator()
def percentile_dropped(page: Page) -> Iterator[Mutant]:
    """How fast a machine answers is promised for no share of its answers."""
    for match in page.find(r"\d\dth percentile of (?=the time)"):
        yield Mutant(page, (*match.span(), "")).gives("missing-percentile")
    for one in page.entries("metrics/*/sli/percentile"):
        kind, target = page.entry(*one.path[:-1], "kind"), page.entry(*one.path[:2], "target")
        if kind is not None and target is not None:
            edits = ((*one.cut, ""), (kind.start, kind.end, "mean"))
            yield Mutant(page, *edits).gives("missing-percentile", target.start)


@mutator("data")
def formula_dropped(page: Page) -> Iterator[Mutant]:
    """A share is promised, and not of what."""
    for one in page.entries("metrics/*/sli/total"):
        whole, said = page.entry(*one.path[:-1]), page.entry(*one.path[:2], "description")
        good = page.entry(*one.path[:-1], "good")
        if whole and said and good and " of " not in good.written:  # "minutes of the month in which …" says it
            yield Mutant(page, (*one.cut, ""), (*said.cut, "")).gives("missing-formula", whole.start, whole.key)


def _shares(page: Page) -> Iterator[tuple[int, int]]:
    """The numbers of targets in percent that must at least be reached; in prose, of those whose name tells that more
    is better."""
    if re.search(r"(?i)service credit", page.text):
        return  # the tiers begin where the target ends
    cells = [(cell.start, cell.end) for name, cell in _rows(page, _TARGET) if _UP.search(name.text)]
    for start, end in cells + [(one.start, one.end) for one in _targets(page)]:
        match = _SHARE.search(page.text, start, end)
        if match is not None:
            yield match.span(1 if match[1] else 2)


def _targets(page: Page) -> Iterator[Entry]:
    """The targets of the data form from which no goal is derived: that would come out wrong, too."""
    derived = " ".join(one.written for one in page.entries("goals/*/derivation/expression"))
    for one in page.entries("metrics/*/target"):
        metric = page.entry(*one.path[:2], "id")
        if metric is None or metric.written not in derived:
            yield one


def _own(page: Page, offset: int) -> list[tuple[int, int, str]]:
    """Takes out what would not go with another target: the stricter one that a team sets itself, and the downtime that
    the target leaves."""
    return [
        (*own.cut, "")
        for one in page.entries("metrics/*/target")
        for key in ("internalTarget", "statedAllowance")
        if one.start <= offset < one.end and (own := page.entry(*one.path[:-1], key)) is not None
    ]
