"""Hours and dates that a prose agreement states, each with what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from slalint import quantities as q
from slalint.model import Node
from slalint.parts import DateKind, HoursKind, StatedDate, StatedHours
from slalint.patterns import lazy
from slalint.sources.markdown.metrics_draft import clean, piece
from slalint.text import Document, Label, Passage, sentences
from slalint.words.pieces import Pattern, Pieces

if TYPE_CHECKING:
    from datetime import date

_REACH = 200  # what a date is of stands so close before it
_LONGEST = 600  # characters of a sentence that are looked at for it


class _Words(Pieces, file="times"):
    hours = Pattern()
    named = Pattern()
    colon = Pattern()
    half = Pattern()
    any_zone = Pattern()
    maintenance = Pattern()
    support = Pattern()
    service = Pattern()
    dated = Pattern()


_AHEAD = 60  # a zone stands this close behind the hours


def read_hours(document: Document, zone: Node | None, language: str = "en") -> list[StatedHours]:
    """Every stretch of hours that the document states. ``zone`` is where a time zone is stated for all of them."""
    words = _Words.of(language)
    found: list[StatedHours] = []
    named = {id(label.passage): label for label in document.labels if label.passage is not None}
    for passage in document.passages:
        if passage.kind in ("heading", "code") or not any(c.isdigit() for c in passage.text):
            continue
        for match in words.hours.finditer(passage.text):
            said = match.group()
            if not (words.colon.search(said) or words.named.search(said)):
                continue  # `2 to 4 business days`
            loose = said[-1] == ")" and "(" not in said
            end = match.end() - (loose or (said[-1] == "." and not words.half.search(said)))
            node = piece(passage, match.start(), end)
            found.append(_hours(node, passage, named.get(id(passage)), end, zone, words))
    return found


def _hours(
    node: Node, passage: Passage, label: Label | None, end: int, zone: Node | None, words: _Words
) -> StatedHours:
    title = passage.section.title if passage.section is not None else ""
    name = label.name.text if label is not None and label.name.written.start <= node.written.start else title
    read = q.hours_of(node.text)
    own: Node | None = None
    inside = words.any_zone.search(node.text)
    if read is None and inside is not None:  # a zone that is no zone's name: `Eastern`
        read = q.hours_of(node.text[: inside.start()].rstrip(" ,(") + node.text[inside.end() :])
        read = read._replace(zone=inside.group().strip("()")) if read is not None else None
    behind = words.any_zone.search(passage.text, end, end + _AHEAD) if inside is None else None
    if (read is not None and read.zone) or inside is not None:
        own = node
    elif behind is not None:
        own = piece(passage, *behind.span())
    return StatedHours(node, " ".join(name.split()), _kind(name, passage, node, title, words), read, own or zone)


def _kind(name: str, passage: Passage, node: Node, title: str, words: _Words) -> HoursKind:
    at = node.written.start - passage.start
    near = next(
        (passage.text[a:b] for a, b in sentences(passage.text, words.language) if a <= at < b), passage.text[:300]
    )
    for said in (name, near, title):
        for kind, pattern in (
            ("maintenance", words.maintenance),
            ("support", words.support),
            ("service", words.service),
        ):
            if pattern.search(said):
                return kind  # type: ignore[return-value]
    return ""


# ---- dates


def read_dates(
    document: Document,
    known: Mapping[str, Any],
    groups: Mapping[str, Any],
    effective: Node | None,
    expiry: Node | None,
    language: str = "en",
) -> list[StatedDate]:
    """Every date of the agreement's life, in document order: those of labels, of tables and of sentences."""
    from slalint.words.phrases import Phrases, words

    pattern = known.get("date")
    if not pattern:
        return []
    dates = lazy(pattern, re.I)
    labels, said = Phrases(groups), Phrases(groups)
    for kind, entry in known.items():
        if kind not in ("effective", "expiry", "date", "status"):
            labels.add(kind, entry["labels"])
            said.add(kind, entry["sentences"])
    found: dict[int, StatedDate] = {}

    def add(kind: DateKind, node: Node, name: str = "") -> None:
        found.setdefault(node.written.start, StatedDate(node, kind, _day(node), name))

    if effective is not None:
        add("effective", effective)
    if expiry is not None:
        add("expiry", expiry)
    for label in document.labels:
        hit = next(iter(labels.find(words(label.name.text, language))), None)
        if hit is not None and (match := dates.search(label.value.text)):
            add(hit.tag, label.value.part(*match.span()))  # type: ignore[arg-type]
    for table in document.tables:
        headers = " | ".join(clean(cell).lower() for cell in table.header)
        if table.header and _any_word(known.get("version", {}).get("headers", ()), clean(table.header[0]).lower()):
            headers = clean(table.header[0]).lower()
        elif table.section is not None:
            headers += f" | {table.section.title.lower()}"
        tabled = next((k for k in _OF_TABLES if k in known and _any_word(known[k]["headers"], headers)), None)
        dated = next((i for i, cell in enumerate(table.header) if _Words.of(language).dated.search(clean(cell))), None)
        if tabled is None or dated is None:
            continue
        for row in table.rows:
            if dated < len(row) and (match := dates.search(row[dated].text)):
                name = next((clean(cell) for i, cell in enumerate(row) if i != dated and clean(cell)), "")
                add(tabled, piece(row[dated], *match.span()), name)  # type: ignore[arg-type]
    for passage in document.passages:
        if passage.kind in ("heading", "cell", "code") or not dates.search(passage.text):
            continue
        for start, end in sentences(passage.text, language):
            several = list(dates.finditer(passage.text, start, end))
            for match in several:
                last = end if len(several) == 1 else match.end()
                near = passage.text[max(start, match.start() - _REACH) : last][:_LONGEST]
                hits = list(said.find(words(near, language)))
                if hits:
                    add(hits[-1].tag, piece(passage, *match.span()))  # type: ignore[arg-type]
    return [found[at] for at in sorted(found)]


_OF_TABLES = ("signature", "holiday", "version")


def _any_word(listed: Iterable[str], text: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in listed)


def _day(node: Node) -> date | None:
    return q.read_date(node)
