"""Defects in dates and hours: what has passed, what ends before it begins, what nobody can tell the time of."""

from __future__ import annotations

import re
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


@mutator()
def ends_before_it_begins(page: Page) -> Iterator[Mutant]:
    """The first day comes after the last."""
    for one in page.entries("term/effectiveDate"):
        end = page.entry("term", "expiryDate")
        if end is not None:
            day = one.written.replace("2026", "2040")
            yield Mutant(page, (one.start, one.end, day)).gives("date-order", end.start)
    first = r"(?m)^(?:\| |\*\*)Effective date(?: \||:\*\*) \d+ \w+ (2026)"
    last = r"(?m)^(?:\| |\*\*)Expiry date(?: \||:\*\*) "
    for begin, end in zip(page.find(first), page.find(last), strict=False) if page.form == "prose" else ():
        yield Mutant(page, (*begin.span(1), "2040")).gives("date-order", end.start())


@mutator("data")
def reviewed_after_the_end(page: Page) -> Iterator[Mutant]:
    """The next review is planned for a day on which the agreement holds no more."""
    for one in page.entries("review/nextReview"):
        day = re.sub(r"20\d\d", "2041", one.written)
        yield Mutant(page, (one.start, one.end, day)).gives("date-order").allows("review-after-renewal-decision")


@mutator("data")
def version_out_of_order(page: Page) -> Iterator[Mutant]:
    """A version is older than the one before it."""
    for one in page.entries("history/0/date"):
        yield Mutant(page, (one.start, one.end, "2019-02-01")).gives("date-order")


_ZONE = (
    r"(?:Europe/[A-Z]\w+|America/[A-Z]\w+|Asia/[A-Z]\w+|UTC|GMT|CES?T|[ECMP][SD]T|[ECMP]T|SGT|IST|"
    r"(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?(?: Time)?)"
)
_SPAN = r"\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|to|until)\s*\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?"
_HOURS = r"(?<=\d\d:\d\d)(?P<comma>,?)\s(?P<zone>Europe/[A-Z]\w+)"


@mutator()
def zone_dropped(page: Page) -> Iterator[Mutant]:
    """Hours are stated, and not by which clock."""
    if page.form == "prose":
        # One zone serves for all hours of a document; so all are taken out.
        zones = list(page.find(rf",?\s\(?\b{_ZONE}\b\)?(?![/\w])"))
        hours = [match.start() for match in page.find(rf"(?i){_SPAN}(?=,?\s\(?)") if re.search("[:m]", match[0])]
        if hours and zones:
            edits = [(*match.span(), "") for match in zones]
            yield Mutant(page, *edits).gives("missing-time-zone", *hours)
    for one in page.entries("services/*/hours"):
        match = re.search(r" Europe/\w+", one.written)
        if match is not None:
            edit = (one.start + match.start(), one.start + match.end(), "")
            yield Mutant(page, edit).gives("missing-time-zone")
    for one in page.entries("calendars/*/timeZone"):
        term = page.entry("term", "timeZone")
        hours = page.entry(*one.path[:-1], "weekly")
        if term is not None and hours is not None and '"24:00"' not in hours.written:
            yield Mutant(page, (*one.cut, ""), (*term.cut, "")).gives("missing-time-zone", hours.start, hours.key)


@mutator()
def zone_ambiguous(page: Page) -> Iterator[Mutant]:
    """Hours are stated by a clock that is shown in one half of the year."""
    for match in page.find(_HOURS):
        yield Mutant(page, (*match.span("zone"), "CET")).gives("ambiguous-time-zone")


@mutator()
def hours_impossible(page: Page) -> Iterator[Mutant]:
    """An hour of the afternoon is called one of the morning."""
    for match in page.find(r"(?<= to )(?:1[3-9]|2[0-3]):\d\d(?=,)"):
        yield Mutant(page, (match.end(), match.end(), " am")).gives("impossible-hours")


@mutator()
def business_time_miscounted(page: Page) -> Iterator[Mutant]:
    """A time is said in days and in hours that are not as long."""
    for match in page.find(r"\bworking\s+days\s+\((\d+)(?= working hours\))"):
        yield Mutant(page, (*match.span(1), str(int(match[1]) - 6))).gives(
            "business-time-conversion", match.start() - 6
        )


@mutator("data")
def holidays_of_the_past(page: Page) -> Iterator[Mutant]:
    """The holidays that are listed are those of a year long over."""
    for one in page.entries("calendars/*/holidays"):
        yield Mutant(page, (one.start, one.end, "[2024-01-01, 2024-12-25]")).gives("stale-holidays")
