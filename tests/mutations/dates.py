"""Defects in dates: what has passed, what comes too early, what ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from .harness import AS_OF, Mutant, mutator
from .page import Entry, Page


def _ends(page: Page, day: str) -> Iterator[tuple[Entry, list[tuple[int, int, str]]]]:
    """The last day with the edits that move it; the review that lies before it goes."""
    since = page.entry("term", "effectiveDate")
    for one in page.entries("term/expiryDate"):
        if since is None or since.written.strip('"') > "2026-08":
            continue  # too short a term for the notices would be left
        quotes = '"' if one.written.startswith('"') else ""
        review = [(*entry.cut, "") for entry in page.entries("review")]
        yield one, [(one.start, one.end, f"{quotes}{day}{quotes}"), *review]


@mutator("data")
def agreement_over(page: Page) -> Iterator[Mutant]:
    """The last day has passed, and the agreement is still called active."""
    assert AS_OF == "2026-11-23"
    for one, edits in _ends(page, "2026-11-02"):
        yield Mutant(page, *edits).gives("expired-agreement", one.start)


@mutator("data")
def agreement_nearly_over(page: Page) -> Iterator[Mutant]:
    """The last day is near, and whether to renew should be decided already."""
    for one, edits in _ends(page, "2026-12-20"):
        yield Mutant(page, *edits).gives("expiring-soon", one.start)
