"""Defects in how duties are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harness import Mutant, mutator
from .page import Page

TOOL = r"measured by|source|tracked by|tool"
_COUNTED = r"how it is counted|calculation|measure|what we count"

_UNIT = r"(?i:(?:[a-z]+\s+)?(?:minutes?|hours?|days?|weeks?|months?)\b)"
# What else in a passage may start a clock: an event told, or something that comes in.
_STARTS = re.compile(
    r"(?i)\b(?:when|if|after|before|once|from|of|reports?|tickets?|requests?|faults?|incidents?|p\d)\b"
)
_NUMBERS = "one two three four five six seven eight nine ten".split()


def _outside(page: Page, offset: int) -> bool:
    """Not in a definition, a heading or a table."""
    line = page.text[page.text.rfind("\n", 0, offset) + 1 : offset].lstrip()
    return not (page.form == "prose" and line.startswith(("#", "|"))) and not any(
        one.cut[0] <= offset < one.cut[1] for one in page.definitions
    )


def _duties(page: Page, pattern: str) -> Iterator[re.Match[str]]:
    """Matches in what the sides owe: running text, in data that of obligations and policies."""
    owed = [
        (one.start, one.end)
        for path in ("obligations/*/duty", "policies/*", "policies/*/summary")
        for one in page.entries(path)
    ]
    for match in page.find(pattern):
        if _outside(page, match.start()) and (
            page.form == "prose" or any(start <= match.start() < end for start, end in owed)
        ):
            yield match


@mutator()
def deadline_vague(page: Page) -> Iterator[Mutant]:
    """A time is replaced by a word without a measure."""
    for match in _duties(page, rf"\bwithin\s+(?:\d+|{'|'.join(_NUMBERS)})\s+{_UNIT}\s+(?:of|after)\b"):
        yield Mutant(page, (*match.span(), "promptly after")).gives("vague-obligation")


@mutator()
def modal_weakened(page: Page) -> Iterator[Mutant]:
    """A duty becomes advice."""
    for match in _duties(page, r"\b(?:must|shall|will)\b(?= (?:not )?[a-z]+)"):
        yield Mutant(page, (*match.span(), "should")).gives("weak-modal")
    for match in _duties(
        page, r"(?<=\w )(?<!and )(?<!which )(send|tell|keep|announce|enter|test|deduct|answer|close)s(?= (?!to\b)\w)"
    ):
        yield Mutant(page, (*match.span(), f"should {match[1]}")).gives("weak-modal")


@mutator()
def number_and_word(page: Page) -> Iterator[Mutant]:
    """A number is given in words and, in brackets, as another one."""
    for match in _duties(page, rf"\b({'|'.join(_NUMBERS)})(?=\s+{_UNIT})"):
        other = _NUMBERS.index(match[1]) + 2
        yield Mutant(page, (match.end(), match.end(), f" ({other})")).gives("number-word-mismatch")


@mutator()
def start_dropped(page: Page) -> Iterator[Mutant]:
    """A deadline loses the event from which it runs."""
    deadline = rf"\bwithin\s+(?:\d+|{'|'.join(_NUMBERS)})\s+{_UNIT}(\s+(?:of|after)\s+(?:the|each|its)\s[^.,;|]+)"
    for match in _duties(page, deadline):
        end = "\n\n" if page.form == "prose" else "\n"
        passage = re.split(r"\n\s*\n|:\s", page.text[: match.start()])[-1] + page.text[match.end() :].split(end)[0]
        if not _STARTS.search(passage):
            yield Mutant(page, (*match.span(1), "")).gives("deadline-without-start")


@mutator("prose")
def actor_dropped(page: Page) -> Iterator[Mutant]:
    """A duty is added that nobody has."""
    for section in page.section(r"levels|report|escalation"):
        end = re.compile(r"\n\n[A-Z][^|#]*?(?=\n\n|\Z)").search(page.text, section.body, section.end)
        if end is not None:
            yield Mutant(page, (end.end(), end.end(), " The figures will be checked every week.")).gives(
                "missing-actor", "The figures will be checked"
            )


@mutator()
def acronym_added(page: Page) -> Iterator[Mutant]:
    """An abbreviation is used that nothing spells out."""
    for match in list(_duties(page, r"\bin writing\b"))[:1]:
        yield Mutant(page, (match.end(), match.end(), " to the QDRB")).gives("undefined-acronym")


@mutator("prose")
def reference_broken(page: Page) -> Iterator[Mutant]:
    """A reference leads to a section or an anchor that is not there."""
    for match in page.find(r"(?<=\b[Ss]ection )\d+(?:\.\d+)*\b(?!\.\d)"):
        if match[0] in {one.number for one in page.sections}:
            yield Mutant(page, (*match.span(), "97")).gives("dangling-reference")
    for match in re.finditer(r"(?<=\]\()#[\w-]+(?=\))", page.text):
        yield Mutant(page, (*match.span(), "#where-nothing-stands")).gives("dangling-reference")


@mutator("prose")
def term_uncapitalised(page: Page) -> Iterator[Mutant]:
    """The agreement itself is called by a word in small letters where it has a name with a capital."""
    if re.search(r"\((?:the|this) [\"“]\W*Agreement\W*[\"”]\)", page.text):
        for match in page.find(r"\bthe Agreement\b"):
            if _outside(page, match.start()):
                yield Mutant(page, (*match.span(), "this agreement")).gives("inconsistent-term")


@mutator()
def blank_left(page: Page) -> Iterator[Mutant]:
    """A value gives way to the blank of a template."""
    if page.form == "data":
        for path in ("obligations/*/duty", "services/*/description", "metrics/*/description", "policies/*/summary"):
            for one in page.entries(path):
                quotes = '"' if page.text[one.start] == '"' or "{" in page.text[one.key - 60 : one.start] else ""
                yield Mutant(page, (one.start, one.end, f"{quotes}TBD{quotes}")).gives("placeholder")
        return
    for table in page.tables:
        # A metric that nothing measures or counts, and a term that says which hours count, are findings of their own.
        apart = {table.column(name) for name in (TOOL, _COUNTED)}
        for row in table.rows:
            for number, cell in enumerate(row):
                if number and number not in apart and cell.text and not re.search(r"\d\d:\d\d", cell.text):
                    yield Mutant(page, (cell.start, cell.end, "TBD")).gives("placeholder")
