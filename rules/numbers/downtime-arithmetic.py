"""Downtime that is stated beside a percentage, computed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.calendars import Allowance, Calendar
from slalint.model import Confidence, Node, Observation
from slalint.parts import StatedHours
from slalint.patterns import lazy
from slalint.quantities.reading import decimal_of
from slalint.record import NamedTuple
from slalint.text import Passage, Table, sentences
from slalint.words.pieces import Part, Pattern, Pieces, WordSet

summary = "The downtime stated beside a percentage is what the percentage leaves of its window."
severity = "error"
needs = ["metrics/statedAllowance"]
why = "The two figures promise different things, and whoever is hurt will hold to the other one."
fix = {
    "data": "statedAllowance: 43.2 min a month",
    "prose": "Correct the figure, or say how long the month is that it was computed for.",
}


class _Words(Pieces, file="downtime-arithmetic"):
    days = WordSet()
    hours = WordSet()
    minutes = WordSet()
    seconds = WordSet()
    day = WordSet()
    week = WordSet()
    month = WordSet()
    quarter = WordSet()
    year = WordSet()
    per = Part()
    calendar = Part()
    basis = Part()
    downtime = Pattern()
    uptime = Pattern()
    other = Pattern()
    about = Pattern()
    each = Pattern()
    cases = Pattern()
    stated_days = Pattern()


class _Length(NamedTuple):
    """A length of time in a text, in minutes; ``place`` is the value of its last figure."""

    start: int
    end: int
    minutes: Decimal
    place: Decimal
    figures: int  # how many digits it shows, without zeros in front


class _Statement(NamedTuple):
    """So much downtime in a window, beside the percentage that it belongs to."""

    node: Node
    length: _Length
    target: Decimal
    percentage: Node
    window: q.Duration
    about: bool = False


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.form == "data":
        yield from _data(agreement)
    else:
        yield from _prose(agreement)


def _observed(said: _Statement, found: tuple[Allowance, ...], sure: Confidence = "high") -> Iterator[Observation]:
    """What there is to say, if none of the legitimate lengths gives the stated figure."""
    stated = said.length.minutes
    if not found or any(_agrees(said, one.minutes) for one in found):
        return
    if stated * 4 > min(one.length.minutes for one in found):
        return  # no downtime, but how long the window itself is
    working = ", of ".join(
        one.working(said.target) if first else _short(one)
        for first, one in zip((True, False), _around(found, stated), strict=False)
    )
    yield Observation(
        said.node,
        f"{working}; “{' '.join(said.node.text.split())}” is stated.",
        hint=f"Write {q.minutes_text(found[0].minutes)} ({found[0].length.label}), or correct the percentage.",
        confidence=sure,
        related=((said.percentage, f"{q.percent(said.target)} is promised here"),),
        data={
            "target": f"{said.target:f}",
            "statedMinutes": f"{stated:f}",
            "allowedMinutes": {one.length.label: f"{q.rounded(one.minutes, 3):f}" for one in found[:12]},
        },
        key=f"{q.number(said.target)} {' '.join(said.node.text.split())}",
    )


def _around(found: tuple[Allowance, ...], stated: Decimal) -> list[Allowance]:
    """The lengths that come nearest to a stated figure: below and above it, else the two ends."""
    sorted_ = sorted(found, key=lambda one: one.minutes)
    below, above = [one for one in sorted_ if one.minutes < stated], [one for one in sorted_ if one.minutes > stated]
    if below and above:
        return [below[-1], above[0]]
    return [sorted_[0], sorted_[-1]][: len(sorted_)]


def _short(one: Allowance) -> str:
    return f"{q.hours_text(one.length.minutes)} ({one.length.label}) {q.minutes_text(one.minutes)}"


def _agrees(said: _Statement, exact: Decimal) -> bool:
    """Whether the figure is the exact one, rounded or cut; where it is called a round one, give or take a twentieth."""
    stated = said.length.minutes
    if said.about and said.length.figures <= 2 and abs(stated - exact) * 20 <= exact:
        return True
    return q.agrees(stated, exact, said.length.place)


# ---- the data form


def _data(agreement: Agreement) -> Iterator[Observation]:
    block = agreement.root.get("metrics")
    plain = block.data if block is not None and isinstance(block.data, list) else []
    if not any("statedAllowance" in one for one in plain if isinstance(one, dict)):
        return
    for metric in agreement.metrics:
        stated = metric.node.get("statedAllowance")
        read = q.read_target(stated)
        duration = read.duration if read is not None else None
        if stated is None or read is None or duration is None or len(metric.values) != 1:
            continue
        ((node, target),) = metric.values
        window = read.per or (said.length if (said := q.read_window(metric.window)) is not None else None)
        if target.unit != "percent" or window is None or read.base[0] not in ("second", "business-second"):
            continue
        minutes = (duration.seconds + duration.business_seconds) / 60
        exponent = int(read.value.as_tuple().exponent)
        place = q.convert(Decimal(1).scaleb(min(exponent, 0)), read.unit.removeprefix("business-"), "minute")
        length = _Length(0, 0, minutes, place, len(read.value.as_tuple().digits))
        statement = _Statement(stated, length, target.value, node, window)
        try:
            found = calendars.allowances(target.value, window, agreement.calendar_of(metric), *agreement.term)
        except calendars.CalendarError:
            continue  # holidays that cannot be told; the sum would be a guess
        yield from _observed(statement, found)


# ---- prose


def _prose(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    if "%" not in agreement.wording:
        return
    document = agreement.prose
    statements: list[_Statement] = []
    for passage in agreement.passages:
        if "%" in passage.text and passage.kind != "cell":
            statements += _said(passage, words)
    tables = [list(_columns(table, words)) for table in (document.tables if document is not None else ())]
    if not statements and not any(tables):
        return
    days = _stated_days(agreement, words)
    hours = [Calendar(one.hours) for one in agreement.hours if _counts(one) and one.hours is not None]
    for said in statements:
        yield from _recomputed(said, days, hours)
    for columns in tables:
        # A whole table rests on one slip; its other columns are named with the first.
        wrong = [list(_of(column, days, hours))[:1] for column in columns]
        found = [one for some in wrong for one in some]
        if found:
            others = tuple((one.at, one.message) for one in found[1:] if isinstance(one.at, Node))
            yield found[0]._replace(related=found[0].related + others)


def _of(column: list[_Statement], days: Decimal | None, hours: list[Calendar]) -> Iterator[Observation]:
    for said in column:
        yield from _recomputed(said, days, hours)


def _counts(stated: StatedHours) -> bool:
    return stated.kind != "maintenance" and stated.hours is not None and not stated.hours.always


def _recomputed(said: _Statement, days: Decimal | None, hours: list[Calendar]) -> Iterator[Observation]:
    """What there is to say of a statement in prose. Whether only hours of business count is seldom said beside it, so
    that both are right."""
    window = said.window if days is None or said.window.months != 1 else q.Duration(seconds=days * 86400)
    found = calendars.allowances(said.target, window)
    for left in (found, *(calendars.allowances(said.target, window, calendar) for calendar in hours)):
        if any(_agrees(said, one.minutes) for one in left):
            return
    yield from _observed(said, found, "medium")


def _stated_days(agreement: Agreement, words: _Words) -> Decimal | None:
    """How many days a month has, where the agreement says so."""
    both = agreement.places.holding(*(unit for unit in words.days if len(unit) > 1))
    texts = [agreement.passages[index].text for index in both.intersection(agreement.places.of(words.stated_days))]
    found = {one["days"] or one["adjective"] for text in texts for one in words.stated_days.finditer(text)}
    return Decimal(found.pop()) if len(found) == 1 else None


_PERCENTAGE = lazy(r"(?<![\d.,])(\d\d(?:[.,]\d{1,5})?)\s?%")
_BARE = lazy(r"(?<![\d.,])(\d\d(?:[.,]\d{1,5})?)\s?(?:%|$)")  # in a column of percentages


@lru_cache(maxsize=8)
def _length(words: _Words) -> re.Pattern[str]:
    """``3 h 39 min``, ``43.2 minutes``."""
    units = "|".join(f"(?P<{name}>{_any(found)})" for name, found in _units(words))
    return lazy(
        rf"(?i)(?<![\w.,%-])(?P<first>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s?(?:{units})(?![\w%-]|\.\w|{words.basis})"
    )


@lru_cache(maxsize=8)
def _window(words: _Words) -> re.Pattern[str]:
    """``per month``, ``/ 30-day month``, ``monthly``."""
    names = "|".join(f"(?P<{name}>{_any(found)})" for name, found in _windows(words))
    return lazy(
        rf"(?i)(?:{words.per}|/\s*|\b)(?:{words.calendar}\s+)*(?:(?P<n>\d+)[\s-]+(?:{_any(words.days)})[\s-]+)?(?:{words.calendar}\s+)*"
        rf"(?:{names})(?!\w)"
    )


def _units(words: _Words) -> tuple[tuple[str, frozenset[str]], ...]:
    return ("day", words.days), ("hour", words.hours), ("minute", words.minutes), ("second", words.seconds)


def _windows(words: _Words) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, getattr(words, name)) for name in ("day", "week", "month", "quarter", "year"))


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_JOINED = lazy(r"\s*,?\s*(?:and\s+)?$")


def _lengths(text: str, words: _Words) -> list[_Length]:
    """The lengths of time in a text; parts that follow one another are one length."""
    found: list[_Length] = []
    last = ""
    order = [name for name, _ in _units(words)]
    for match in _length(words).finditer(text):
        unit = str(match.lastgroup)
        value = decimal_of(match["first"])
        minutes = q.convert(value, unit, "minute")
        exponent = min(int(value.as_tuple().exponent), 0)
        place = q.convert(Decimal(1).scaleb(exponent), unit, "minute")
        one = _Length(match.start(), match.end(), minutes, place, len(value.normalize().as_tuple().digits))
        gap = text[found[-1].end : match.start()] if found else ""
        if found and _JOINED.fullmatch(gap) and order.index(unit) > order.index(last):
            before = found.pop()
            one = _Length(before.start, one.end, before.minutes + minutes, place, before.figures + 2)
        found.append(one)
        last = unit
    return found


def _period(match: re.Match[str]) -> q.Duration:
    if match["n"]:
        return q.Duration(seconds=Decimal(match["n"]) * 86400)
    return _PERIODS[str(match.lastgroup)]


_PERIODS = {
    "day": q.Duration(seconds=Decimal(86400)),
    "week": q.Duration(seconds=Decimal(7 * 86400)),
    "month": q.Duration(months=Decimal(1)),
    "quarter": q.Duration(months=Decimal(3)),
    "year": q.Duration(months=Decimal(12)),
}
_FAR = 60  # characters between a length and its window: some words, no other clause
_CLAUSE = lazy(r"[.;:!?,]|\d")


def _said(passage: Passage, words: _Words) -> Iterator[_Statement]:
    """The statements of running text: a percentage and a downtime in one sentence."""
    if not [1 for one in _PERCENTAGE.finditer(passage.text) if 90 <= _value(one) < 100]:
        return
    for start, end in sentences(passage.text):
        yield from _in(passage, start, end, words)


def _in(passage: Passage, start: int, end: int, words: _Words) -> Iterator[_Statement]:
    text = passage.text[start:end]
    targets = [one for one in _PERCENTAGE.finditer(text) if 90 <= _value(one) < 100]
    if not targets or _length(words).search(text) is None:
        return
    if not (words.downtime.search(text) or words.uptime.search(text)):
        return
    months = [month.span() for month in words.stated_days.finditer(text)]  # "a month of 30 days"
    lengths = [one for one in _lengths(text, words) if not any(a <= one.start < b for a, b in months)]
    for index, length in enumerate(lengths):
        before = [one for one in targets if one.end() <= length.start]
        target = before[-1] if before else targets[0]
        bracketed = text[target.end() : length.start].strip(" ~≈*_") in ("(", "= (", "—", "=", "(=", "(max")
        if not bracketed and not words.downtime.search(text):
            continue
        stop = lengths[index + 1].start if index + 1 < len(lengths) else len(text)
        window = _window_of(text, length, target, stop, words)
        if window is None:
            continue
        # What the length is of stands between the two, or before it where the percentage follows.
        first = target.end() if target.end() <= length.start else 0
        said = text[first : max(window.end(), length.end, target.start())]
        if words.other.search(said) or words.each.search(text[: length.start]) or words.cases.match(text, target.end()):
            continue
        yield _Statement(
            passage.part(start + length.start, start + length.end),
            length,
            _value(target),
            passage.part(start + target.start(), start + target.end()),
            _period(window),
            words.about.search(text, max(0, length.start - 20), length.start) is not None,
        )


def _window_of(text: str, length: _Length, target: re.Match[str], stop: int, words: _Words) -> re.Match[str] | None:
    """The window of a downtime: behind it, else right before it, else right behind the percentage."""
    behind = _window(words).search(text, length.end, min(stop, length.end + _FAR))
    if behind and not _CLAUSE.search(text, length.end, behind.start()):
        return behind
    first = max(target.end() if target.end() <= length.start else 0, length.start - _FAR)
    ahead = list(_window(words).finditer(text, first, length.start))
    return ahead[-1] if ahead else None


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(match[1].replace(",", "."))


def _columns(table: Table, words: _Words) -> Iterator[list[_Statement]]:
    """The statements of a table, column by column: a percentage in one cell of a row, a downtime in another."""
    heads = [cell.text for cell in table.header]
    shares = ["%" in head for head in heads]
    windows: list[re.Match[str] | None] = []
    columns: dict[int, list[_Statement]] = {}
    for row in table.rows:
        targets = [
            (cell, one)
            for index, cell in enumerate(row)
            if "%" in cell.text or shares[index : index + 1] == [True]
            for one in (_BARE if shares[index : index + 1] == [True] else _PERCENTAGE).finditer(cell.text)
            if 90 <= _value(one) < 100
        ]
        for index, cell in enumerate(row if targets else ()):
            if any(target[0] is cell for target in targets):
                columns.setdefault(index, []).extend(_in(cell, 0, len(cell.text), words))
                continue
            lengths = _lengths(cell.text, words) if len(targets) == 1 and index < len(heads) else []
            if len(lengths) != 1:
                continue
            windows = windows or [_window(words).search(head) for head in heads]
            charted = sum(window is not None for window in windows) > 1
            told = words.downtime.search(heads[index]) or words.downtime.search(cell.text)
            window = _window(words).search(cell.text, lengths[0].end) or windows[index]
            stop = window.end() if window is not None and window.string is cell.text else len(cell.text)
            if window is None or not (told or charted) or words.other.search(f"{heads[index]} {cell.text[:stop]}"):
                continue
            target, match = targets[0]
            columns.setdefault(index, []).append(
                _Statement(
                    cell.part(lengths[0].start, lengths[0].end),
                    lengths[0],
                    _value(match),
                    target.part(match.start(), match.end()),
                    _period(window),
                    words.about.search(cell.text, 0, lengths[0].start) is not None,
                )
            )
    yield from columns.values()


bad = [
    {
        "yaml": """\
services:
  - {id: mail, hours: "Mon-Fri 07:00-19:00 Europe/Lisbon"}
metrics:
  - id: availability
    service: mail
    target: at least 99.5 %
    window: calendar month
    statedAllowance: 90 min a month # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The site is available 99.5 % of the time, which allows for 5 hours of downtime a month. <!-- expect -->

| Service | Availability | Downtime per month |
|---|---|---|
| Search | 99.9 % | 43 min |
| Payment | 99.95 % | 31 min | <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

99.5 % means at most 3 hours 39 minutes of downtime in a 30-day month. <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement: mail

In a month of 30 days, 99.8 % leaves 86.4 minutes of downtime.
"""
    },
    {
        "yaml": """\
services:
  - {id: mail, hours: "Mon-Fri 07:00-19:00 Europe/Lisbon"}
metrics:
  - id: availability
    service: mail
    target: at least 99.5 %
    window: calendar month
    statedAllowance: 78 min a month
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The site is available 99.5 % of the time, which allows for 3 h 39 min of downtime a month, or 43.8 hours a year.
Scheduled maintenance, at most 4 hours per month, is no downtime: 99.5 % is meant without it.

99.5 % of the 43,200 minutes of a month count, less the downtime. For each 30 minutes of downtime per month below 99.5 %
one day is free. 95 % of outages are over after 10 minutes in each month, and no single outage lasts 2 hours a month.

| Service | Availability | Downtime per month |
|---|---|---|
| Search | 99.9 % | about 45 min |
| Payment | 99.95 % | 21.6 minutes |
"""
    },
]
