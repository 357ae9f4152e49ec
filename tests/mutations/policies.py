"""Defects in the terms on which an agreement is kept, changed, renewed and ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harness import Mutant, mutator
from .page import Page


def _clauses(page: Page, title: str, path: str) -> Iterator[tuple[int, int]]:
    """Where a policy is told: its section, or its field."""
    if page.form == "prose":
        for section in page.section(title):
            yield section.body, section.end
    for one in (*page.entries(f"policies/{path}"), *page.entries(f"policies/{path}/summary")):
        if not one.written.startswith("{"):
            yield one.start, one.end


def _in(page: Page, span: tuple[int, int], pattern: str) -> list[re.Match[str]]:
    return list(re.compile(pattern).finditer(page.text, *span))


@mutator()
def ending_unannounced(page: Page) -> Iterator[Mutant]:
    """The agreement may be ended from one day to the next."""
    for span in _clauses(page, "terminat|ending", "termination"):
        pattern = r"\s+with\s+\d+\s+calendar\s+days['’]\s+notice\s+to\s+the\s+end\s+of\s+a\s+[a-z]+(?:\s+[a-z]+)?"
        found = _in(page, span, pattern)
        if len(found) == len(_in(page, span, r"\bnotice\b")) == 1:
            yield Mutant(page, (*found[0].span(), "")).gives("termination-without-notice", *_lines(page, found[0]))


@mutator()
def maintenance_unlimited(page: Page) -> Iterator[Mutant]:
    """What is left out of the count has no limit any more."""
    for span in _clauses(page, "exclu", "exclusions"):
        hours = r"\bhours\b[\w ]* in a calendar month"
        found = _in(page, span, r",?\s+(?:for at most )?two " + hours)
        told = any("Maintenance" in one.term and ":" in page.text[slice(*one.body)] for one in page.definitions)
        if told or page.entries("exclusions/*/cap") or len(_in(page, span, hours)) != 1:
            continue  # limited by the hours at which it may take place, or there is more than one limit
        if found and "maintenance" in page.text[span[0] : found[0].start()].lower():
            yield Mutant(page, (*found[0].span(), "")).gives("swallowing-exclusion", *_lines(page, found[0]))


def _lines(page: Page, match: re.Match[str]) -> list[int]:
    """The lines of a match and of the sentence that it ends."""
    return [match.start(), max(page.text.rfind(". ", 0, match.start()), page.text.rfind("\n\n", 0, match.start())) + 2]


@mutator()
def own_faults_excluded(page: Page) -> Iterator[Mutant]:
    """What the provider does wrong does not count."""
    for section in page.section("^[0-9. ]*exclu") if page.form == "prose" else ():
        end = section.start + len(page.text[section.start : section.end].rstrip())
        yield Mutant(page, (end, end, " Server failures are not counted.")).gives(
            "swallowing-exclusion", "Server failures"
        )
    for one in page.entries("exclusions/0"):
        item = "- {id: own-faults, description: Server failures.}\n  "
        yield Mutant(page, (one.key, one.key, item)).gives("swallowing-exclusion")


@mutator()
def changed_by_one_side(page: Page) -> Iterator[Mutant]:
    """One side changes the agreement, at once."""
    for span in _clauses(page, r"^[0-9. ]*(?:changes|modification)[a-z ]*$", "modification"):
        if page.entries("policies/modification/notice"):
            continue
        text = page.text[slice(*span)]
        start = span[0] + len(text) - len(text.lstrip())
        quote = text[0] if text[0] in "\"'" else ""
        new = f"{quote}The provider may change these terms at any time.{quote}"
        yield Mutant(page, (start, span[0] + len(text.rstrip()), new)).gives("unilateral-modification", start)


@mutator("prose")
def guarantee_taken_back(page: Page) -> Iterator[Mutant]:
    """What is guaranteed in one sentence is only tried in the next."""
    for section in page.section("limitation"):
        end = section.start + len(page.text[section.start : section.end].rstrip())
        new = " The provider guarantees the uptime. The provider uses reasonable efforts to maintain the uptime."
        yield (
            Mutant(page, (end, end, new))
            .gives("guarantee-and-effort", "The provider")
            .gives("vague-obligation", "The provider")
        )


@mutator()
def change_unannounced(page: Page) -> Iterator[Mutant]:
    """How long before a change holds is not said."""
    for span in _clauses(page, r"^[0-9. ]*(?:changes|modification)[a-z ]*$", "modification"):
        if page.entries("policies/modification/notice"):
            continue
        text = page.text[slice(*span)]
        start = span[0] + len(text) - len(text.lstrip())
        quote = text[0] if text[0] in "\"'" else ""
        new = f"{quote}The provider may change these terms and informs the other side in writing.{quote}"
        yield Mutant(page, (start, span[0] + len(text.rstrip()), new)).gives("modification-without-notice", start)
