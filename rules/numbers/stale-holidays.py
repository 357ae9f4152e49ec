"""The holidays are those of a year that is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.words.pieces import Pattern, Pieces

if TYPE_CHECKING:
    from datetime import date

    from slalint.text import Document, Passage, Section, Table

summary = "The list of holidays reaches into the year in which the agreement is used."
severity = "warning"
needs = ["calendars"]
why = "On a public holiday of this year the clock runs for one side and stands still for the other."
fix = {
    "data": "calendars:\n  - id: office-hours\n    holidays: {region: PT}   # of every year",
    "prose": "List the holidays of this year, or say whose public holidays count: “the public holidays of Portugal”.",
}


_LEAST = 3  # days that make a list


class _Words(Pieces, file="stale-holidays"):
    holiday = Pattern()
    year = Pattern()
    day = Pattern()
    ongoing = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    lists = [*(_calendars(agreement) if agreement.form == "data" else _prose(agreement))]
    if not lists or not agreement.as_of or agreement.is_over:
        return
    today = q.parse_date(agreement.as_of)
    for node, years, count in lists:
        last = max(years)
        if last < today.year:
            since = today.year - last
            yield Observation(
                node,
                f"The {count} holidays listed are those of {last}; of {today.year} there is none.",
                confidence="high" if agreement.form == "data" else "medium",
                data={"year": last, "yearsAgo": since},
                key="holidays",
            )


def _calendars(agreement: Agreement) -> Iterator[tuple[Node, list[int], int]]:
    """The lists of the calendars that name days and no region."""
    for item in _each(agreement.root.get("calendars")):
        listed = item.get("holidays")
        region = listed.get("region") if listed is not None and isinstance(listed.data, dict) else None
        dates = listed.get("dates") if listed is not None and isinstance(listed.data, dict) else listed
        if dates is None or region is not None or not isinstance(dates.data, list):
            continue
        years = [day.year for one in dates if (day := q.read_date(one)) is not None]
        if years:
            yield dates, years, len(years)


def _each(block: Node | None) -> Iterator[Node]:
    if block is not None:
        yield from (node for _, node in block.items()) if isinstance(block.data, dict) else block


# ---- prose


def _prose(agreement: Agreement) -> Iterator[tuple[Node, list[int], int]]:
    """Tables and lists of days below a title, or with a header, that speaks of holidays."""
    document, words = agreement.prose, _Words.of(agreement.language)
    if document is None or not agreement.sieve.may_hold(words.holiday):
        return
    for table in document.tables:
        headed = " | ".join(cell.text for cell in table.header)
        titled = any(words.holiday.search(title) for title in table.section.path()[1:])
        if words.holiday.search(headed) or titled:
            cells = [cell for row in table.rows for cell in row]
            yield from _list(cells, _before(document, table), words)
    for section in document.sections():
        items = [passage for passage in section.passages if passage.kind == "item"]
        if len(items) >= _LEAST and words.holiday.search(section.title):
            yield from _list(items, [section.heading, *_paragraphs(section)], words)


def _list(rows: list[Passage], above: list[Passage | None], words: _Words) -> Iterator[tuple[Node, list[int], int]]:
    """One list of at least three days: where it stands or its year does, its years, and how many days it has."""
    days = [(row, found.group()) for row in rows if (found := words.day.search(row.text)) is not None]
    if len(days) < _LEAST or any(one is not None and words.ongoing.search(one.text) for one in above):
        return
    years = [day.year for _, text in days if (day := _date(text)) is not None]
    written = [(one, found) for one in above if one is not None for found in words.year.finditer(one.text)]
    if years:
        yield days[0][0].node, years, len(days)
    elif written:
        (passage, found) = written[-1]
        yield passage.part(*found.span(1)), [int(found[1]) for _, found in written], len(days)


def _date(text: str) -> date | None:
    try:
        return q.parse_date(text)
    except q.QuantityError:
        return None


def _before(document: Document, table: Table) -> list[Passage | None]:
    """What says of which year a table is: its header, the title above it and the paragraph right before it."""
    first = table.header[0] if table.header else table.rows[0][0]
    ahead = [one for one in table.section.passages if one.start < first.start and one.kind not in ("cell", "code")]
    return [table.section.heading, *ahead[-1:], *table.header]


def _paragraphs(section: Section) -> list[Passage]:
    return [passage for passage in section.passages if passage.kind == "paragraph"]


bad = [
    {
        "as-of": "2026-11-23",
        "yaml": """\
calendars:
  - id: office-hours
    hours: Mon-Fri 09:00-17:00 Europe/Lisbon
    holidays: [2024-01-01, 2024-04-25, 2024-12-25] # expect
""",
    },
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

## Public holidays

The desk is closed on these days of 2024: <!-- expect -->

| Holiday | Day |
|---|---|
| New Year | January 1 |
| Freedom Day | April 25 |
| Christmas | December 25 |
""",
    },
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

## Bank holidays

- 1 January 2025, New Year <!-- expect -->
- 25 April 2025, Freedom Day
- 25 December 2025, Christmas
""",
    },
]
good = [
    {
        "as-of": "2026-11-23",
        "yaml": """\
calendars:
  - id: office-hours
    hours: Mon-Fri 09:00-17:00 Europe/Lisbon
    holidays: [2025-12-25, 2026-01-01, 2026-12-25]
  - id: desk
    holidays: {region: PT, dates: [2020-12-24]}
""",
    },
    {
        "as-of": "2026-11-23",
        "yaml": """\
term: {expiryDate: 2024-12-31}
calendars:
  - id: office-hours
    holidays: [2024-01-01, 2024-04-25, 2024-12-25]
""",
    },
    {
        "as-of": "2026-11-23",
        "markdown": """\
# Service level agreement: mail

## Public holidays

| Holiday | Day |
|---|---|
| New Year | January 1 |
| Freedom Day | April 25 |
| Christmas | December 25 |

## Releases

- 1 January 2021
- 1 March 2021
- 1 May 2021
""",
    },
]
