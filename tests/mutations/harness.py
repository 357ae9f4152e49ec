"""Mutators, what they declare, and whether slalint finds exactly that.

A mutator makes one defect at each place of a clean agreement where it can, and says which findings must follow from
it: rules and lines. What follows from the edit itself, whatever the mutator, is worked out here: a term whose last use
was taken out is unused, a reference whose section was taken out leads nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Finding
from slalint.rule import Rule

from .page import Page, line_of

FORMS = ("data", "prose")
AS_OF = "2026-11-23"  # the day that rules take for today


class Wanted(NamedTuple):
    """One finding that must come: any of the rules, on any of the lines."""

    rules: frozenset[str]
    lines: frozenset[int]

    def __str__(self) -> str:
        return f"{'/'.join(map(str, sorted(self.lines)))}: {' or '.join(sorted(self.rules))}"


class Mutant:
    """A page with one defect, and the findings declared for it."""

    def __init__(self, page: Page, *edits: tuple[int, int, str]) -> None:
        self.page = page
        self.edits = sorted(edits)
        text, at = [], 0
        for start, end, new in self.edits:
            text += [page.text[at:start], new]
            at = end
        self.text = "".join(text) + page.text[at:]
        self.declared: list[Wanted] = []
        self.allowed: list[Wanted] = []

    def gives(self, rules: str, *places: int | str) -> Mutant:
        """One more finding: by one of the rules, on the line of one of the places. A place is an offset of the clean
        text, or what stands in the mutant at or after the first edit; without one it is the line of that edit."""
        self.declared.append(self._wanted(rules, places))
        return self

    def allows(self, rules: str, *places: int | str) -> Mutant:
        """One finding more that may come with it."""
        self.allowed.append(self._wanted(rules, places))
        return self

    def _wanted(self, rules: str, places: tuple[int | str, ...]) -> Wanted:
        first = self.edits[0][0]
        offsets = [self.text.index(one, first) if isinstance(one, str) else self.moved(one) for one in places]
        lines = {line_of(self.text, offset) for offset in offsets or [first]}
        return Wanted(frozenset(rules.split("|")), frozenset(lines))

    def moved(self, offset: int) -> int:
        """Where a place of the clean text stands now; what was replaced, at the start of what replaced it."""
        shift = 0
        for start, end, new in self.edits:
            if offset < start:
                break
            if offset < end:
                return start + shift
            shift += len(new) - (end - start)
        return offset + shift

    def dangling(self) -> Iterator[Wanted]:
        """What must follow from a section that was taken out: who refers to it refers to nothing."""
        if self.page.form == "data" or not any(one.number for one in self.page.sections):
            return
        now = Page(self.page.name, self.text)
        numbers = {number for one in now.sections if (number := one.number)}
        if len(numbers) < 3:
            return
        for one in self.page.sections:
            listed = rf"(?m)^\s*{re.escape(one.number)}[.)] "  # the number of an item may be meant
            if one.number and one.number not in numbers and not re.search(listed, self.text):
                uses = list(now.find(rf"\b[Ss]ection {re.escape(one.number)}\b(?!\.\d)"))
                if uses:
                    yield Wanted(frozenset(["dangling-reference"]), frozenset([now.line(uses[0].start())]))

    def orphans(self) -> Iterator[Wanted]:
        """What may follow from any text that was taken out: a term whose last use it held is not used any more."""
        now = Page(self.page.name, self.text)
        before = {one.term for one in self.page.definitions if self.page.outside(one)}
        for one in now.definitions:
            if one.term in before and not now.outside(one):
                yield Wanted(frozenset(["unused-definition"]), frozenset([now.line(one.name[0])]))


Sites = Callable[[Page], Iterator[Mutant]]


class Mutator(NamedTuple):
    """One kind of defect. ``forms``: data, prose or both."""

    name: str
    about: str
    forms: tuple[str, ...]
    sites: Sites


MUTATORS: dict[str, Mutator] = {}


def mutator(*forms: str, name: str = "") -> Callable[[Sites], Sites]:
    """Registers a function that yields a mutant for each site, under its own name unless another is given; its
    docstring says what it does. Without ``forms`` it is for both."""

    def register(sites: Sites) -> Sites:
        called = name or sites.__name__.replace("_", "-")
        assert called not in MUTATORS
        MUTATORS[called] = Mutator(called, " ".join((sites.__doc__ or "").split()), forms or FORMS, sites)
        return sites

    return register


class Outcome(NamedTuple):
    """What came of one mutant: findings that were declared and not made, and those made and not declared."""

    mutant: Mutant
    missed: list[str]
    extra: list[str]

    @property
    def exact(self) -> bool:
        return not self.missed and not self.extra

    def __str__(self) -> str:
        page, (start, end, new) = self.mutant.page, self.mutant.edits[0]
        was = " ".join(page.text[start:end].split())
        what = f"{page.name}:{page.line(start)}: “{was[:60]}” → “{' '.join(new.split())[:60]}”"
        return "; ".join([what, *(f"missed {one}" for one in self.missed), *(f"extra {one}" for one in self.extra)])


@cache
def _rules() -> list[Rule]:
    return bundled()


@lru_cache(maxsize=256)
def findings(name: str, text: str) -> tuple[Finding, ...]:
    report = lint([Input(name, text.encode(), True)], _rules(), Config(min_confidence="low"), AS_OF)
    assert not report.errors, report.errors
    return report.findings


def outcomes(page: Page, one: Mutator, sites: int = 0) -> Iterator[Outcome]:
    """Each mutant of a page judged. What is found in the page as it stands is its baseline, and no site where the
    finding stands already is tried. ``sites``: so many at most, spread over the page."""
    if page.form not in one.forms:
        return
    before = findings(page.name, page.text)
    mutants = list(one.sites(page))
    step = max(1, -(-len(mutants) // sites)) if sites else 1
    for mutant in mutants[::step]:
        known = Counter((f.rule, line_of(mutant.text, mutant.moved(f.span.start))) for f in before)
        if not any(known[rule, line] for wanted in mutant.declared for rule in wanted.rules for line in wanted.lines):
            yield _judged(mutant, known, before)


def _subject(finding: Finding) -> tuple[str, str]:
    """What a finding is about, wherever it stands: what is reported once in a document moves on where its first place
    was taken out."""
    quoted = re.search(r"“([^”]*)”", finding.message)
    return finding.rule, quoted[1].lower() if quoted else finding.message


def _judged(mutant: Mutant, known: Counter[tuple[str, int]], before: tuple[Finding, ...]) -> Outcome:
    told = {_subject(finding) for finding in before}
    said = {(finding.rule, finding.message) for finding in before}
    must, may = mutant.declared + list(mutant.dangling()), list(mutant.allowed)
    orphans: list[Wanted] | None = None
    extra = []
    for finding in findings(mutant.page.name, mutant.text):
        place = finding.rule, finding.span.line
        if place[0] == "unused-definition" and orphans is None:
            may += (orphans := list(mutant.orphans()))  # a slow question, seldom asked
        if _meets(place, must) or _meets(place, may):
            continue
        if known[place] > 0:
            known[place] -= 1
            # What is reported once for a whole table or document tells of one case more.
            if (finding.rule, finding.message) not in said:
                _meets_rule(finding.rule, must)
        elif _subject(finding) not in told:
            extra.append(f"{finding.span.line}: {finding.rule}: {finding.message}")
    return Outcome(mutant, [str(one) for one in must], extra)


def _meets(place: tuple[str, int], wanted: list[Wanted]) -> bool:
    """Whether a finding is one of those wanted, which is then wanted no more."""
    met = next((one for one in wanted if place[0] in one.rules and place[1] in one.lines), None)
    if met is not None:
        wanted.remove(met)
    return met is not None


def _meets_rule(rule: str, wanted: list[Wanted]) -> None:
    met = next((one for one in wanted if rule in one.rules), None)
    if met is not None:
        wanted.remove(met)
