"""The first and the last day where only `Start` and `End` stand above or before them.

So short a name may be that of a pilot or of a freeze, so that place and company have to agree: right below the
document's title or below one that speaks of the agreement's time, the one beside the other, and nothing but days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from slalint.model import Node
from slalint.patterns import lazy
from slalint.sources.markdown.metrics_draft import clean, piece
from slalint.text import Document, Section
from slalint.words import lists
from slalint.words.phrases import Phrases, words
from slalint.words.pieces import NOTHING, Pattern, Pieces, WordSet

_AROUND = " \t*_.,;:"  # what may stand around a day that is all that a value says


class _Words(Pieces, file="bare_days"):
    """What one language calls the days, and where."""

    effective = WordSet()
    expiry = WordSet()
    period = WordSet()
    where = Pattern()

    def __init__(self, language: str) -> None:
        super().__init__(language)
        known = lists(language, "agreement").get("dates", {})
        kinds = {"effective": self.effective, "expiry": self.expiry, "period": self.period}
        self.names = {name: kind for kind, names in kinds.items() for name in names}
        self.date = lazy(known.get("date", NOTHING), re.I)
        self.full = Phrases(lists(language, "elements").get("_groups"))
        for kind in ("effective", "expiry"):
            self.full.add(kind, known.get(kind, {}).get("labels", ()))

    def kind(self, name: str) -> str:
        """What a column of days is of: ``effective``, ``expiry``, ``period``; empty where its name tells nothing."""
        short = self.names.get(name.lower())
        return short or next((hit.tag for hit in self.full.find(words(name, self.language))), "")

    def in_place(self, section: Section | None, document: Document) -> bool:
        """Whether a section is one that may say from when to when the agreement holds."""
        if section is None or section.heading is None or section.heading is document.title:
            return True
        return self.where.search(section.title) is not None


def read(document: Document, language: str) -> dict[str, Node]:
    """The days by ``effective`` and ``expiry``, as far as the document gives them so."""
    known = _Words.of(language)
    labels = [(known.names.get(label.name.text.strip().lower(), ""), label) for label in document.labels]
    for at, (kind, first) in enumerate(labels):
        if kind == "effective" and known.in_place(first.section, document):
            near = labels[at : at + 3]
            values = [(kind, one.value) for kind, one in near if kind and one.section is first.section]
            if found := _days(values, known):
                return found
    for table in document.tables:
        if len(table.rows) != 1 or not known.in_place(table.section, document):
            continue
        kinds = [known.kind(clean(cell)) for cell in table.header]
        cells = zip(kinds, table.rows[0], strict=False)
        if found := _days([(kind, piece(cell, 0, len(cell.text))) for kind, cell in cells if kind], known):
            return found
    return {}


def _days(values: Sequence[tuple[str, Node]], known: _Words) -> dict[str, Node]:
    """The days of values, each with what it is of; none where the first day stands without end and length."""
    found: dict[str, Node] = {}
    for kind, node in values:
        text = node.text
        day = known.date.search(text) if kind != "period" else None
        if day is not None and not (text[: day.start()] + text[day.end() :]).strip(_AROUND):
            found.setdefault(kind, node.part(*day.span()))
    return found if "effective" in found and len({kind for kind, _ in values}) > 1 else {}
