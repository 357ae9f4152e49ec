"""Hours and dates that a prose agreement states, each with what it is of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from operator import itemgetter

from slalint import quantities as q
from slalint.model import Node
from slalint.parts import DateKind, HoursKind, StatedDate, StatedHours
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown.metrics_draft import clean, piece
from slalint.text import Document, Label, Passage, Table, sentences
from slalint.words import lists
from slalint.words.phrases import Phrases, words
from slalint.words.pieces import NOTHING, Pattern, Pieces

_REACH = 200  # what a date is of stands so close before it
_LONGEST = 600  # characters of a sentence that are looked at for it


class Words(Pieces, file="times"):
    """How texts state hours and dates."""

    cue = Pattern(absent="")
    open = Pattern(absent="")
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
    from slalint.sources.markdown import metrics_words

    words, known = Words.of(language), metrics_words.of(language)
    told, timed = known.told, known.cues.digit | known.clock
    found: list[StatedHours] = []
    kinds: dict[str, HoursKind] = {}  # of names, titles and sentences
    named = {id(label.passage): label for label in document.labels if label.passage is not None}
    for passage in document.passages:
        if told[passage.text] & timed != timed or passage.kind in ("heading", "code"):
            continue
        if words.open.search(passage.text) is None:
            continue
        near: list[tuple[int, int, str]] | None = None  # its sentences
        for match in words.hours.finditer(passage.text):
            said = match.group()
            if not (words.colon.search(said) or words.named.search(said)):
                continue  # `2 to 4 business days`
            loose = said[-1] == ")" and "(" not in said
            end = match.end() - (loose or (said[-1] == "." and not words.half.search(said)))
            node = piece(passage, match.start(), end)
            if near is None:
                near = [(a, b, passage.text[a:b]) for a, b in sentences(passage.text, words.language)]
            start = node.offset - passage.start
            at = bisect_right(near, start, key=_end)
            around = near[at][2] if at < len(near) and near[at][0] <= start else passage.text[:300]
            found.append(_hours(node, passage, named.get(id(passage)), end, zone, around, kinds, words))
    return found


_end = itemgetter(1)


def _hours(
    node: Node,
    passage: Passage,
    label: Label | None,
    end: int,
    zone: Node | None,
    around: str,
    kinds: dict[str, HoursKind],
    words: Words,
) -> StatedHours:
    title = passage.section.title if passage.section is not None else ""
    name = label.name.text if label is not None and label.name.offset <= node.offset else title
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
    return StatedHours(node, " ".join(name.split()), _kind((name, around, title), kinds, words), read, own or zone)


def _kind(told: tuple[str, ...], kinds: dict[str, HoursKind], words: Words) -> HoursKind:
    """Of what kind hours are, by the first of some texts that says it; each is looked at once."""
    for said in told:
        if said not in kinds:
            kinds[said] = _kind_in(said, words)
        if kinds[said]:
            return kinds[said]
    return ""


def _kind_in(said: str, words: Words) -> HoursKind:
    if words.maintenance.search(said):
        return "maintenance"
    if words.support.search(said):
        return "support"
    return "service" if words.service.search(said) else ""


# ---- dates


class _Life(NamedTuple):
    """How a language states the dates of an agreement's life beside its first and last day."""

    date: re.Pattern[str]
    sign: re.Pattern[str]  # what stands in each date
    labels: Phrases
    said: Phrases
    tables: list[tuple[DateKind, re.Pattern[str]]]  # by the words in the headers beside the date
    version: re.Pattern[str]


_OF_TABLES: tuple[DateKind, ...] = ("signature", "holiday", "version")


@cache
def life_of(language: str) -> _Life | None:
    """What a language says of dates; None where it says nothing."""
    known = lists(language, "agreement").get("dates", {})
    if not known.get("date"):
        return None
    groups = lists(language, "elements").get("_groups", {})
    labels, said = Phrases(groups), Phrases(groups)
    for kind, entry in known.items():
        if kind not in ("effective", "expiry", "date", "status"):
            labels.add(kind, entry["labels"])
            said.add(kind, entry["sentences"])
    tables = [(kind, _any_word(known[kind]["headers"])) for kind in _OF_TABLES if kind in known]
    versions = known.get("version", {}).get("headers", ())
    sign = lists(language, "agreement").get("signs", {}).get("date", "")
    return _Life(lazy(known["date"], re.I), lazy(sign), labels, said, tables, _any_word(versions))


def _any_word(listed: Iterable[str]) -> re.Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(map(re.escape, listed)) or NOTHING})\b")


def read_dates(
    document: Document, dated: Iterable[Passage], effective: Node | None, expiry: Node | None, language: str = "en"
) -> list[StatedDate]:
    """Every date of the agreement's life, in document order: those of labels, of tables and of sentences, which stand
    in the passages that are ``dated``."""
    life = life_of(language)
    if life is None:
        return []
    date, sign = life.date, life.sign
    found: dict[int, StatedDate] = {}

    def add(kind: DateKind, node: Node, name: str = "") -> None:
        found.setdefault(node.offset, StatedDate(node, kind, q.read_date(node), name))

    if effective is not None:
        add("effective", effective)
    if expiry is not None:
        add("expiry", expiry)
    for label in document.labels:
        value = label.value.text
        if not sign.search(value) or (match := date.search(value)) is None:
            continue
        hit = next(iter(life.labels.find(words(label.name.text, language))), None)
        if hit is not None:
            add(hit.tag, label.value.part(*match.span()))  # type: ignore[arg-type]
    of_days = Words.of(language).dated
    for table in document.tables:
        column = next((i for i, cell in enumerate(table.header) if of_days.search(clean(cell))), None)
        tabled = _kind_of(table, life) if column is not None else None
        if tabled is None or column is None:
            continue
        for row in table.rows:
            if column < len(row) and (match := date.search(row[column].text)):
                name = next((clean(cell) for i, cell in enumerate(row) if i != column and clean(cell)), "")
                add(tabled, piece(row[column], *match.span()), name)
    for passage in dated:
        text = passage.text
        if passage.kind in ("heading", "cell", "code"):
            continue
        for start, end in sentences(text, language):
            if not sign.search(text, start, end):
                continue
            several = list(date.finditer(text, start, end))
            for match in several:
                last = end if len(several) == 1 else match.end()
                near = text[max(start, match.start() - _REACH) : last][:_LONGEST]
                hits = list(life.said.find(words(near, language)))
                if hits:
                    add(hits[-1].tag, piece(passage, *match.span()))  # type: ignore[arg-type]
    return [found[at] for at in sorted(found)]


def _kind_of(table: Table, life: _Life) -> DateKind | None:
    """What the dates of a table are of, by its headers and its title; a table of versions only by its first column."""
    first = clean(table.header[0]).lower()
    headers = " | ".join(clean(cell).lower() for cell in table.header)
    if life.version.search(first):
        headers = first
    elif table.section is not None:
        headers += f" | {table.section.title.lower()}"
    return next((kind for kind, pattern in life.tables if pattern.search(headers)), None)
