"""Defects in numbers that must go together: tiers, priorities, times, dates and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .harness import Mutant, mutator
from .page import Page, Table

_SECONDS = {
    **dict.fromkeys(("s", "sec", "second"), 1),
    **dict.fromkeys(("M", "m", "min", "minute"), 60),
    **dict.fromkeys(("H", "h", "hr", "hour"), 3600),
    **dict.fromkeys(("D", "d", "day"), 86400),
}
_LENGTH = re.compile(
    r"(?P<number>\d+)\s*(?P<business>(?:business|working|clock)\s+)?(?P<unit>sec(?:ond)?|min(?:ute)?|h(?:ou)?r|day|[smhdMHD])"
    r"(?P<plural>s?)\b"
)


class Time(NamedTuple):
    """A length of time as written."""

    start: int
    end: int
    text: str

    @property
    def read(self) -> re.Match[str]:
        match = _LENGTH.search(self.text)
        assert match is not None
        return match

    @property
    def seconds(self) -> int:
        return int(self.read["number"]) * _SECONDS[self.read["unit"]]

    @property
    def is_business(self) -> bool:
        return bool(self.read["business"]) or self.read["unit"] == "day"

    def like(self, seconds: int) -> str:
        """Another length in the same spelling, in minutes where its own unit is too long."""
        unit, plural = self.read["unit"], self.read["plural"]
        if seconds % _SECONDS[unit]:
            unit = {"H": "M", "h": "min"}.get(unit, "minute")
        count = seconds // _SECONDS[unit]
        if unit in ("second", "minute", "hour", "day"):
            plural = "s" if count > 1 else ""
        start, end = self.read.span()
        gap = self.text[self.read.end("number") : self.read.start("unit")]
        return f"{self.text[:start]}{count}{gap}{unit}{plural}{self.text[end:]}"


class Level(NamedTuple):
    response: Time
    restore: Time


def _levels(page: Page) -> list[Level]:
    """The times of each priority, the most urgent first."""
    found = []
    if page.form == "data":
        for one in page.entries("priorities/*"):
            times = [page.entry(*one.path, key) for key in ("response", "restore")]
            if all(times):
                found.append(Level(*(Time(time.start, time.end, time.written) for time in times if time)))
        return found
    for table in page.tables:
        columns = [table.column(name) for name in (r".*\brespon[sd]\w*.*", r".*\b(?:resol|restor|fix)\w*.*")]
        if table.column(r"(?:.*\b)?(?:priority|severity|level)(?:\b.*)?") == 0 and None not in columns:
            for row in table.rows:
                cells = [row[column] for column in columns if column is not None and len(row) > column]
                if len(cells) == 2 and all(len(_LENGTH.findall(cell.text)) == 1 for cell in cells):
                    found.append(Level(*(Time(*cell) for cell in cells)))
            return found if len(found) == len(table.rows) else []
    return found


@mutator()
def priorities_swapped(page: Page) -> Iterator[Mutant]:
    """The times of two neighbouring priorities change places."""
    levels = _levels(page)
    for upper, lower in pairwise(levels):
        for one, other in zip(upper, lower, strict=True):
            if one.seconds >= other.seconds or one.is_business != other.is_business:
                continue
            # A time that would cross the other one of its level is another defect, and so is one of the first level
            # that is longer than what the availability leaves.
            swapped = upper._replace(response=other), lower._replace(response=one)
            if one is upper.restore:
                swapped = upper._replace(restore=other), lower._replace(restore=one)
            crossed = any(level.response.seconds > level.restore.seconds for level in swapped)
            if crossed or one is levels[0].restore:
                continue
            yield Mutant(page, (one.start, one.end, other.text), (other.start, other.end, one.text)).gives(
                "priority-inversion", other.start
            )


@mutator()
def restored_before_response(page: Page) -> Iterator[Mutant]:
    """The lowest priority is answered later than it is restored."""
    for level in _levels(page)[-1:]:
        edit = (level.response.start, level.response.end, level.response.like(level.restore.seconds * 2))
        yield Mutant(page, edit).gives("resolution-before-response", level.restore.start)


@mutator()
def priority_without_time(page: Page) -> Iterator[Mutant]:
    """A priority is left without one of its times."""
    for level in _levels(page)[1:]:
        for number, time in enumerate(level):
            if page.form == "data":
                one = next(one for one in page.entries("priorities/*/*") if one.start == time.start)
                above = page.entry(*one.path[:-1])
                places = [page.entry(*one.path[:-1], "id"), above]
                yield Mutant(page, (*one.cut, "")).gives(
                    "incomplete-priority-matrix", *(place.start for place in places if place)
                )
            else:
                assert number in (0, 1)
                yield Mutant(page, (time.start, time.end, "")).gives("incomplete-priority-matrix")


@mutator()
def recovery_slowed(page: Page) -> Iterator[Mutant]:
    """One incident of the highest priority may last longer than the availability leaves."""
    levels = _levels(page)
    if not any(share >= 99 for share in _promised(page)):
        return
    for top, second in pairwise(levels[:2]):
        if top.restore.is_business or second.restore.is_business:
            continue
        edit = (top.restore.start, top.restore.end, top.restore.like(second.restore.seconds - 60))
        yield Mutant(page, edit).gives("recovery-exceeds-budget")


# ---- credit tiers


class Tier(NamedTuple):
    """A tier: where it stands, its upper and lower bound and its credit, each ``(start, end)``."""

    place: int
    high: tuple[int, int]
    low: tuple[int, int] | None
    credit: tuple[int, int]


def _tiers(page: Page) -> list[Tier]:
    """The tiers of an agreement, the best result first."""
    found = []
    for one in page.entries("remedies/*/tiers/*"):
        parts = {key: page.entry(*one.path, key) for key in ("below", "atLeast", "credit")}
        high, low, credit = ((part.start, part.end) if part else None for part in parts.values())
        if credit is not None and high is not None:
            found.append(Tier(one.start, high, low, credit))
    for table in page.tables:
        rows = list(_bands(table))
        if len(rows) == len(table.rows) > 1 and "credit" in " ".join(cell.text for cell in table.header).lower():
            found += rows
    return found


def _bands(table: Table) -> Iterator[Tier]:
    """The rows of a table that say which result earns which credit."""
    for row in table.rows:
        numbers = [match.span() for match in re.finditer(r"\b\d\d(?:\.\d+)?(?=\s*%)", row[0].text)]
        credit = re.search(r"\d+(?=\s*%)", row[-1].text)
        if credit is not None and 0 < len(numbers) < 3 and len(row) > 1:
            spans = [(row[0].start + start, row[0].start + end) for start, end in numbers]
            spans.sort(key=lambda span: Decimal(row[0].text[span[0] - row[0].start : span[1] - row[0].start]))
            low = spans[0] if len(spans) > 1 else None
            at = row[-1].start
            yield Tier(row[0].start, spans[-1], low, (at + credit.start(), at + credit.end()))


def _neighbours(page: Page) -> Iterator[tuple[Tier, Tier]]:
    """Two tiers of which the lower one ends where the upper one begins."""
    for upper, lower in pairwise(_tiers(page)):
        if upper.low and lower.high and page.text[slice(*upper.low)] == page.text[slice(*lower.high)]:
            yield upper, lower


def _moved(page: Page, span: tuple[int, int], by: str) -> tuple[int, int, str]:
    return (*span, str(Decimal(page.text[slice(*span)]) + Decimal(by)))


@mutator()
def tier_gap(page: Page) -> Iterator[Mutant]:
    """A tier begins lower than the one above it ends."""
    for _, tier in _neighbours(page):
        yield Mutant(page, _moved(page, tier.high, "-0.1")).gives("credit-tier-gap")


@mutator()
def tier_overlap(page: Page) -> Iterator[Mutant]:
    """A tier begins higher than the one above it ends."""
    for _, tier in _neighbours(page):
        yield Mutant(page, _moved(page, tier.high, "0.1")).gives("credit-tier-overlap")


def _promised(page: Page) -> list[float]:
    """The shares that stand beside a target."""
    said = page.find(r"(?:at least|≥|value:)\s*(\d\d(?:\.\d+)?)(?:\s*%|, unit: percent)")
    return [float(match[1]) for match in said]


@mutator()
def tier_begins_late(page: Page) -> Iterator[Mutant]:
    """The first tier begins below the target."""
    for tier in _tiers(page)[:1]:
        if any(float(page.text[slice(*tier.high)]) == share for share in _promised(page)):
            yield Mutant(page, _moved(page, tier.high, "-0.1")).gives("credit-threshold-mismatch")


@mutator()
def tiers_swapped(page: Page) -> Iterator[Mutant]:
    """The worse result earns less."""
    tiers = _tiers(page)
    for upper, lower in pairwise(tiers):
        one, other = (page.text[slice(*tier.credit)] for tier in (upper, lower))
        mutant = Mutant(page, (*upper.credit, other), (*lower.credit, one))
        yield mutant.gives("credit-not-monotonic", lower.place)


@mutator()
def credit_over_cap(page: Page) -> Iterator[Mutant]:
    """The worst result earns more than the whole fee."""
    for tier in _tiers(page)[-1:]:
        yield Mutant(page, (*tier.credit, "160")).gives("credit-over-cap")


# ---- what follows from one number


@mutator()
def downtime_scaled(page: Page) -> Iterator[Mutant]:
    """The downtime that a target leaves is ten times what it is."""
    for one in page.entries("metrics/*/statedAllowance/value"):
        whole = page.entry(*one.path[:-1])
        assert whole is not None
        edit = (one.start, one.end, str(Decimal(one.written) * 10))
        yield Mutant(page, edit).gives("downtime-arithmetic", whole.start)
    stated = (
        r"\d\d\.\d+ % of [\w -]+ leaves ([\d.]+) minutes of"
        r"|(?<=\d%)\W{1,4}(?:max\W+|about )?([\d.]+) min(?:utes)?(?= (?:of )?downtime)"
    )
    for match in page.find(stated) if page.form == "prose" else ():
        number = 1 if match[1] else 2
        edit = (*match.span(number), str(Decimal(match[number]) * 10))
        yield Mutant(page, edit).gives("downtime-arithmetic")


@mutator("prose")
def one_of_two_changed(page: Page) -> Iterator[Mutant]:
    """Of two places that promise the same one is changed."""
    promise = r"(?<=\w )at least (\d\d\.\d+) %(?= in each calendar month)"
    for match in page.find(promise):
        if page.text.count(f"at least {match[1]} %") > 1:
            places = [one.start() for one in page.find(rf"at least {re.escape(match[1])} %")]
            yield Mutant(page, (*match.span(1), "98.6")).gives("contradictory-target", *places)


@mutator("data")
def percentiles_crossed(page: Page) -> Iterator[Mutant]:
    """More of the cases are promised in less time."""
    for one in page.entries("metrics/*/sli/percentile"):
        if one.written in ("99", "99.9"):
            value = page.entry(*one.path[:2], "target", "value")
            target = page.entry(*one.path[:2], "target")
            own = page.entry(*one.path[:2], "internalTarget")
            assert value is not None and target is not None and own is not None
            edits = ((value.start, value.end, "20"), (*own.cut, ""))
            yield Mutant(page, *edits).gives("latency-percentile-order", target.start)


@mutator("data")
def escalation_late(page: Page) -> Iterator[Mutant]:
    """Somebody is called when everything must be over already."""
    for one in page.entries("governance/escalation/*/after")[-1:]:
        yield Mutant(page, (one.start, one.end, "PT9H")).gives("escalation-after-deadline")
    for one in page.entries("governance/escalation"):
        match = re.search(r"after (\d+) min", one.written)
        if match is not None and "[" not in one.written[:1]:
            at = one.start + match.start(1)
            yield Mutant(page, (at, at + len(match[1]), "240")).gives("escalation-after-deadline")


@mutator("data")
def maintenance_counted(page: Page) -> Iterator[Mutant]:
    """Maintenance that takes more than the target leaves is made to count as downtime."""
    for one in page.entries("maintenance/*/counted"):
        slot = page.entry(*one.path[:-1])
        assert slot is not None
        yield Mutant(page, (one.start, one.end, "true")).gives("maintenance-exceeds-budget", slot.start, one.start)


@mutator()
def backup_too_seldom(page: Page) -> Iterator[Mutant]:
    """A backup may be older than the loss that is allowed."""
    for one in page.entries("metrics/*/id"):
        if one.written == "recovery-point":
            paths = (("target",), ("target", "value"), ("internalTarget",))
            target, value, own = (page.entry(*one.path[:2], *path) for path in paths)
            if target and value and own:
                edits = ((value.start, value.end, "20"), (*own.cut, ""))
                yield Mutant(page, *edits).gives("backup-misses-rpo", target.start)
    for table in page.tables:
        column = table.column("targets?")
        for row in table.rows:
            if column is not None and row[0].text == "Recovery point":
                yield Mutant(page, (row[column].start, row[column].end, "≤ 20 minutes")).gives("backup-misses-rpo")
