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

if TYPE_CHECKING:
    from datetime import date

_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b\.?"
)
_DAYS = (
    rf"(?:(?:{_DAY}|weekdays?|weekends?|daily|every\s+day|(?:business|working|work)\s+days?)"
    rf"(?:\s*(?:-|–|—|to|through|until|,|&|and)\s*(?:{_DAY}|weekends?|holidays?))*)"
)
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?\s?(?:[ap]\.?\s?m\b\.?|h\b|hrs\b|uhr\b|o[’']clock)?"
_ZONE = (
    r"\(?(?:(?:UTC|GMT)\s?[+±−-]\s?\d{1,2}(?::?\d\d)?|[A-Z][a-z]+/[A-Z][A-Za-z_]+|(?-i:[A-Z]{2,4}T|UTC|GMT|ET|PT|CT|MT|MEZ|MESZ|WIB|MSK)\b"
    r"|(?:(?-i:[A-Z][a-z]+)\s)?(?:eastern|central|pacific|mountain|atlantic|local)(?:\s+(?:standard|daylight|european))?(?:\s+time)?\b)\)?"
)
_SPAN = rf"{_CLOCK}\s*(?:{_ZONE}\s*)?(?:-|–|—|to|until|till|through|and)\s*{_CLOCK}(?:\s*,?\s*{_ZONE})?"
_ALWAYS = (
    r"24\s?(?:[x×/*]|by)\s?[5-7](?:\s?[x×/*]\s?36[56])?|365\s?[x×]\s?24|(?:a?round)[\s-]the[\s-]clock"
    r"|24\s+hours\s+(?:a|per|each|every)\s+day(?:,?\s+(?:and\s+)?(?:7|seven|every)\s+days?(?:\s+(?:a|per|each|of\s+the)\s+(?:week|year))?)?"
)
_HOURS = lazy(
    rf"(?<![\w./])(?:{_DAYS}\s*[,:(]?\s*(?:from\s+|between\s+|at\s+)?{_SPAN}|{_SPAN}\)?\s*[,(]?\s*(?:on\s+)?{_DAYS}|{_SPAN}|{_ALWAYS})(?![\w/]|-\d)",
    re.I,
)
_NAMED = lazy(rf"\b(?:{_DAY}|weekdays?|daily|every\s+day)|{_ALWAYS}", re.I)
_HALF = lazy(r"[ap]\.\s?m\.$", re.I)
_COLON = lazy(r"\d[:.h]\d\d|[ap]\.?\s?m\b|\bh\b|hrs|uhr", re.I)
_ANY_ZONE = lazy(rf"(?<![\w/]){_ZONE}(?![\w/])", re.I)
_MAINTENANCE = lazy(r"\b(?:maintenance|downtime|backups?|upgrade|deployment|patch\w*)\b", re.I)
_SUPPORT = lazy(r"\b(?:support|help\s?desk|service\s?desk|desk|phone|telephone|tickets?|on-?call|staffed)\b", re.I)
_SERVICE = lazy(r"\b(?:service|operat\w+|available|availability|business|office|working)\b", re.I)
_REACH = 200  # what a date is of stands so close before it
_LONGEST = 600  # characters of a sentence that are looked at for it
_AHEAD = 60  # a zone stands this close behind the hours


def read_hours(document: Document, zone: Node | None) -> list[StatedHours]:
    """Every stretch of hours that the document states. ``zone`` is where a time zone is stated for all of them."""
    found: list[StatedHours] = []
    named = {id(label.passage): label for label in document.labels if label.passage is not None}
    for passage in document.passages:
        if passage.kind in ("heading", "code") or not any(c.isdigit() for c in passage.text):
            continue
        for match in _HOURS.finditer(passage.text):
            said = match.group()
            if not (_COLON.search(said) or _NAMED.search(said)):
                continue  # `2 to 4 business days`
            loose = said[-1] == ")" and "(" not in said
            end = match.end() - (loose or (said[-1] == "." and not _HALF.search(said)))
            node = piece(passage, match.start(), end)
            found.append(_hours(node, passage, named.get(id(passage)), end, zone))
    return found


def _hours(node: Node, passage: Passage, label: Label | None, end: int, zone: Node | None) -> StatedHours:
    title = passage.section.title if passage.section is not None else ""
    name = label.name.text if label is not None and label.name.written.start <= node.written.start else title
    read = q.hours_of(node.text)
    own: Node | None = None
    inside = _ANY_ZONE.search(node.text)
    if read is None and inside is not None:  # a zone that is no zone's name: `Eastern`
        read = q.hours_of(node.text[: inside.start()].rstrip(" ,(") + node.text[inside.end() :])
        read = read._replace(zone=inside.group().strip("()")) if read is not None else None
    behind = _ANY_ZONE.search(passage.text, end, end + _AHEAD) if inside is None else None
    if (read is not None and read.zone) or inside is not None:
        own = node
    elif behind is not None:
        own = piece(passage, *behind.span())
    return StatedHours(node, " ".join(name.split()), _kind(name, passage, node, title), read, own or zone)


def _kind(name: str, passage: Passage, node: Node, title: str) -> HoursKind:
    at = node.written.start - passage.start
    near = next((passage.text[a:b] for a, b in sentences(passage.text) if a <= at < b), passage.text[:300])
    for said in (name, near, title):
        for kind, pattern in (("maintenance", _MAINTENANCE), ("support", _SUPPORT), ("service", _SERVICE)):
            if pattern.search(said):
                return kind  # type: ignore[return-value]
    return ""


# ---- dates


def read_dates(
    document: Document, known: Mapping[str, Any], groups: Mapping[str, Any], effective: Node | None, expiry: Node | None
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
        hit = next(iter(labels.find(words(label.name.text))), None)
        if hit is not None and (match := dates.search(label.value.text)):
            add(hit.tag, label.value.part(*match.span()))  # type: ignore[arg-type]
    for table in document.tables:
        headers = " | ".join(clean(cell).lower() for cell in table.header)
        if table.header and _any_word(known.get("version", {}).get("headers", ()), clean(table.header[0]).lower()):
            headers = clean(table.header[0]).lower()
        elif table.section is not None:
            headers += f" | {table.section.title.lower()}"
        tabled = next((k for k in _OF_TABLES if k in known and _any_word(known[k]["headers"], headers)), None)
        dated = next((i for i, cell in enumerate(table.header) if re.search(r"\bdate|day\b", clean(cell), re.I)), None)
        if tabled is None or dated is None:
            continue
        for row in table.rows:
            if dated < len(row) and (match := dates.search(row[dated].text)):
                name = next((clean(cell) for i, cell in enumerate(row) if i != dated and clean(cell)), "")
                add(tabled, piece(row[dated], *match.span()), name)  # type: ignore[arg-type]
    for passage in document.passages:
        if passage.kind in ("heading", "cell", "code") or not dates.search(passage.text):
            continue
        for start, end in sentences(passage.text):
            several = list(dates.finditer(passage.text, start, end))
            for match in several:
                last = end if len(several) == 1 else match.end()
                hits = list(said.find(words(passage.text[max(start, match.start() - _REACH) : last][:_LONGEST])))
                if hits:
                    add(hits[-1].tag, piece(passage, *match.span()))  # type: ignore[arg-type]
    return [found[at] for at in sorted(found)]


_OF_TABLES = ("signature", "holiday", "version")


def _any_word(listed: Iterable[str], text: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in listed)


def _day(node: Node) -> date | None:
    return q.read_date(node)
