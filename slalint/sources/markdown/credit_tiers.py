"""Schedules of credits in prose: tables with a column of bands and one of credits, lists, and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Metric
from slalint.model import Node
from slalint.parts import Tier, Tiers
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown import credit_bands, metrics_tables
from slalint.sources.markdown.credit_bands import Band
from slalint.sources.markdown.metrics_draft import clean, piece, whole
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, Section, Table, sentences

_GROUPED = lazy(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # `1,000`
_LEAST = Decimal(50)  # a percentage below this is a credit, hardly ever what a service reaches


class _Row(NamedTuple):
    tier: Tier
    unit: str


def read(document: Document, words: Words, metrics: Sequence[Metric]) -> list[Tiers]:
    """Every schedule of a document, in document order, each with the metrics of its category that it follows."""
    found = [tiers for table in document.tables for tiers in _table(table, words)]
    found += _lists(document, words)
    found.sort(key=lambda tiers: tiers.node.offset)
    return [_followed(tiers, metrics) for tiers in _completed(document, found, words)] if found else found


def _followed(tiers: Tiers, metrics: Sequence[Metric]) -> Tiers:
    kind = "percent" if tiers.unit == "percent" else "second"
    ids = (m.id for m in metrics if m.category == tiers.category and any(t.base[0] == kind for t in m.targets))
    return tiers._replace(metrics=tuple(ids))


# ---- tables


def _table(table: Table, words: Words) -> Iterator[Tiers]:
    told, either = words.told, words.credit.bit | words.headers["credit"].bit
    if not any(told[cell.text] & either for cell in table.header):
        return
    roles = [metrics_tables.role_of(cell, words) for cell in table.header]
    credits = [index for index, cell in enumerate(table.header) if words.credit.search(clean(cell))]
    credits = credits or [index for index, role in enumerate(roles) if role == "credit"]
    if not credits:
        return
    rows = metrics_tables.filled(table)
    banded = []
    for index, cell in enumerate(table.header):
        if index in credits:
            continue
        header = clean(cell)
        bands = [next(credit_bands.find(_text(row, index), header, words.bands), None) for row in rows]
        if sum(band is not None for band in bands) * 2 > len(rows):
            banded.append((index, bands))
    title = table.section.title if table.section is not None else ""
    for credit in credits:
        for index, bands in banded:
            found = [
                _row(row, index, band, credit, clean(table.header[credit]), words)
                for row, band in zip(rows, bands, strict=True)
                if band is not None and credit < len(row)
            ]
            if not any(row.tier.amount is not None for row in found):
                continue
            header = clean(table.header[index])
            several = table.header[credit] if len(credits) > 1 else table.header[index] if len(banded) > 1 else None
            yield _schedule(table.header[0], title, found, header, words, several, header)


def _text(row: list[Passage], index: int) -> str:
    """The text of a cell as long as it is written, for its offsets; empty where the row is too short."""
    return row[index].text if index < len(row) else ""


def _row(row: list[Passage], index: int, band: Band, credit: int, header: str, words: Words) -> _Row:
    amount, unit = _amount(row[credit].text, words, header)
    place = Node.of(row[0].node.file, row[0].start, row[-1].node.written.end)
    tier = Tier(
        place,
        piece(row[index], band.start, band.end),
        band.low,
        band.low_in,
        band.high,
        band.high_in,
        whole(row[credit]),
        amount,
        unit,
    )
    return _Row(tier, band.unit)


def _amount(text: str, words: Words, header: str = "") -> tuple[Decimal | None, str]:
    """What is due by a cell or the end of a sentence, and its unit."""
    said = text.strip(" \t\r\n-–—*:.")
    if not said or words.no_credit.match(said):
        return Decimal(0), ""
    for found in words.bands.amount.finditer(text):
        if found["money"]:
            return _number(found["money"]), q.unit(found["sign"])
        unit = found["unit"] or ("%" if words.bands.percent.search(header) else "")
        if unit:
            written = found["number"].lower()
            name = q.unit(_plain(unit, words))
            spelled = words.bands.numbers
            return Decimal(spelled.index(written) + 1) if written in spelled else _number(written), name
    return None, ""


def _plain(unit: str, words: Words) -> str:
    """A unit without the words that only say how it is counted: ``calendar days``."""
    unit = unit.lower()
    return next((unit.removeprefix(word) for word in words.bands.counted if unit.startswith(word)), unit)


def _number(written: str) -> Decimal:
    grouped = _GROUPED.fullmatch(written)
    return Decimal(written.replace(",", "") if grouped else written.replace(",", ".", 1).replace(",", ""))


# ---- lists and sentences


def _lists(document: Document, words: Words) -> Iterator[Tiers]:
    """Items under one line or title, and sentences, that give a band and what is due in it."""
    groups: dict[tuple[int, int], list[_Row]] = {}
    homes: dict[tuple[int, int], tuple[Passage, str]] = {}
    lead: Passage | None = None
    told, either = words.told, words.per_cent.bit | words.credit.bit
    for passage in document.passages:
        if passage.kind in ("heading", "cell", "code"):
            continue
        if passage.kind != "item":
            lead = passage
        if not told[passage.text] & either or not (
            words.per_cent.search(passage.text) or words.credit.search(passage.text)
        ):
            continue
        title = passage.section.title if passage.section is not None else ""
        under = lead.text[-200:] if lead is not None and lead is not passage and lead.section is passage.section else ""
        announced = words.credit.search(title) is not None or words.credit.search(under) is not None
        for start, end in sentences(passage.text, words.language):
            text = passage.text[start:end]
            if not (announced and passage.kind == "item") and not words.credit.search(text):
                continue
            rows = list(_said(passage, start, text, words))
            if rows:
                key = (id(passage.section), id(lead) if passage.kind == "item" else 0)
                groups.setdefault(key, []).extend(rows)
                homes.setdefault(key, (passage, f"{title} {under} {text[:120]}"))
    for key, rows in groups.items():
        passage, said = homes[key]
        yield _schedule(
            passage, passage.section.title if passage.section is not None else "", rows, said, words, None, ""
        )


def _said(passage: Passage, base: int, text: str, words: Words) -> Iterator[_Row]:
    """The bands of a sentence, each with the credit behind it, or before it where nothing is behind."""
    bands = [
        band
        for band in credit_bands.find(text, "", words.bands)
        if band.unit == "percent" and max(b for b in (band.low, band.high) if b is not None) >= _LEAST
    ]
    for index, band in enumerate(bands):
        last = bands[index + 1].start if index + 1 < len(bands) else len(text)
        behind = text[band.end : last]
        node = piece(passage, base + band.start, base + last)
        nothing = words.no_credit.search(behind)
        amount, unit = (Decimal(0), "") if nothing else _amount(behind, words) if behind.strip(" .,;:)") else (None, "")
        at = base + band.end
        if amount is None and len(bands) == 1:
            before = text[: band.start]
            amount, unit = _amount(before, words) if before.strip() else (None, "")
            behind, at = before, base
        if amount is None or (amount and unit != "percent" and unit not in q.CURRENCIES):
            continue
        credit = piece(passage, at, at + len(behind))
        where = piece(passage, base + band.start, base + band.end)
        tier = Tier(node, where, band.low, band.low_in, band.high, band.high_in, credit, amount, unit)
        yield _Row(tier, band.unit)


# ---- schedules


def _schedule(
    place: Passage, title: str, rows: list[_Row], said: str, words: Words, case: Passage | None, header: str
) -> Tiers:
    units = {row.unit for row in rows if row.unit}
    unit = next(iter(units)) if len(units) == 1 else "percent" if not units else ""
    if unit == "" or (not units and words.bands.percent.search(header)):
        unit = "percent"
    kind = "percent" if unit == "percent" else "duration"
    category = (
        words.category(said, kind) or words.category(title, kind) or ("availability" if kind == "percent" else "")
    )
    basis = next((node for row in rows if (node := _basis(row.tier.credit, words)) is not None), None)
    return Tiers(
        whole(place),
        title,
        tuple(row.tier for row in rows),
        unit,
        category,
        whole(case) if case is not None else None,
        basis=basis,
    )


def _basis(credit: Node | None, words: Words) -> Node | None:
    """`of the monthly fee`: what a percentage is of."""
    found = words.credit_basis.search(credit.text) if credit is not None else None
    if credit is None or found is None:
        return None
    at = credit.raw.find(found.group(1))
    start = credit.offset + max(at, 0)
    return Node.of(credit.file, start, start + len(found.group(1)), found.group(1)) if at >= 0 else credit


class _Stated(NamedTuple):
    """Something that the text says of credits, and where."""

    section: Section | None
    node: Node
    amount: Decimal | None = None


def _completed(document: Document, found: list[Tiers], words: Words) -> list[Tiers]:
    """The schedules, each with the cap and the basis that the text around it states."""
    rows = [row.band.written for tiers in found for row in tiers.rows]
    caps: list[_Stated] = []
    bases: list[_Stated] = []
    for passage in document.passages:
        if passage.kind in ("heading", "cell", "code") or not words.credit.search(passage.text):
            continue
        for start, end in sentences(passage.text, words.language):
            text = passage.text[start:end]
            first = passage.start + start
            if any(first <= span.start < passage.start + end for span in rows) or not words.credit.search(text):
                continue
            if basis := words.credit_basis.search(text):
                bases.append(_Stated(passage.section, piece(passage, start + basis.start(1), start + basis.end(1))))
            cap = words.credit_cap.search(text)
            if cap is None or words.credit_long.search(text):
                continue
            amounts = (
                m for m in words.bands.amount.finditer(text, cap.end()) if m["unit"] and q.unit(m["unit"]) == "percent"
            )
            if (amount := next(amounts, None)) is not None:
                node = piece(passage, start + amount.start(), start + amount.end())
                caps.append(_Stated(passage.section, node, _number(amount["number"])))
    alone = len(found) == 1
    completed = []
    for one in found:
        capped, based = _near(caps, one, alone), _near(bases, one, alone)
        if capped is not None:
            one = one._replace(cap=capped.node, cap_amount=capped.amount)
        if based is not None and one.basis is None:
            one = one._replace(basis=based.node)
        completed.append(one)
    return completed


def _near(stated: list[_Stated], tiers: Tiers, alone: bool) -> _Stated | None:
    """What is said in the section of a schedule; of the only one also what is said elsewhere."""
    at = tiers.node.offset
    same = [one for one in stated if one.section is not None and _holds(one.section, at)]
    return next(iter(same or (stated if alone else [])), None)


def _holds(section: Section, at: int) -> bool:
    """Whether an offset lies directly in a section."""
    return any(p.start <= at < p.node.written.end for p in section.passages) or any(
        cell.start <= at < cell.node.written.end for table in section.tables for cell in table.header
    )
