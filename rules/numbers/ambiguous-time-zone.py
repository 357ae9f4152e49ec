"""A clock that is shown for half the year only, or in several countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement, below
from slalint.model import Confidence, Node, Observation, texts
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.rule import values
from slalint.text import listed
from slalint.words.hints import Hints
from slalint.words.pieces import Pattern, Pieces, WordList, WordSet

summary = "Hours are stated in a zone that everybody reads alike, all year round."
severity = "warning"
why = "For half the year one side reads the hours an hour later than the other."
fix = {
    "data": "term:\n  timeZone: Europe/Berlin   # knows about summer time; CET does not",
    "prose": "“Monday to Friday, 09:00 to 17:00, Europe/Berlin.”",
}


class _Words(Pieces, file="ambiguous-time-zone"):
    hints = WordList(absent="")
    halves = WordList()
    several = WordList()
    settled = WordSet()
    said = Pattern()
    time = Pattern()


class _Clock(NamedTuple):
    """A name for a clock: what is wrong about it, and what to write instead."""

    family: str  # the same for winter and summer, short and spelt out
    twin: str  # what the clock is called in the other half of the year
    message: str
    hint: str


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    data = agreement.form == "data" and (agreement.prose is not None or _odd(agreement))
    if not data and not _hints(words).among(agreement.words):
        return  # as in most agreements
    sure: Confidence = "high" if agreement.form == "data" else "medium"
    if data:
        yield from _unknown(agreement)
    found: dict[str, list[tuple[_Clock, Node]]] = {}
    for clock, node in (*(_in_hours(agreement, words) if data else ()), *_in_text(agreement, words)):
        found.setdefault(clock.family, []).append((clock, node))
    for (clock, node), *others in found.values():
        yield Observation(
            node,
            clock.message,
            hint=clock.hint,
            confidence=sure,
            related=tuple((other, "here too") for _, other in others[:20]),
            key=clock.family,
        )


def _odd(agreement: Agreement) -> bool:
    """Whether a string where hours and zones stand names a clock that can be read two ways, or no zone there is."""
    data, language = agreement.root.data, agreement.language
    stated = [below(data, "term", "timeZone"), *values(data, ("services", "*", "hours"))]
    for block in ("calendars", "support"):
        if (said := below(data, block)) is not None:
            stated += texts(said)
    for text in {text for text in stated if text.__class__ is str}:
        if _names(text, language) or ("/" in text and _nowhere(text)):
            return True
    return False


def _in_hours(agreement: Agreement, words: _Words) -> Iterator[tuple[_Clock, Node]]:
    """The hours of the data form that are said in a clock that can be read two ways."""
    known, _ = _clocks(agreement.language)
    for one in agreement.hours:
        for name in _names(one.node.text, agreement.language) if one.hours is not None and one.hours.zone else ():
            if not _settled(known[name], name, one.node.text, agreement, words):
                yield known[name], one.node


def _in_text(agreement: Agreement, words: _Words) -> Iterator[tuple[_Clock, Node]]:
    """Each place of the text where a time of the day is said in such a clock."""
    if not _hints(words).among(agreement.words):
        return
    known, pattern = _clocks(agreement.language)
    for passage in agreement.passages:
        if passage.kind in ("heading", "code"):
            continue
        for match in pattern.finditer(passage.text):
            timed = words.time.search(passage.text[max(match.start() - 30, 0) : match.start()])
            if timed and not _settled(known[match[0]], match[0], passage.text, agreement, words):
                yield known[match[0]], passage.part(*match.span())


@cache
def _hints(words: _Words) -> Hints:
    return Hints(lambda text: any(map(text.__contains__, words.hints)), words.language)


@lru_cache(maxsize=1024)
def _names(text: str, language: str) -> tuple[str, ...]:
    """The clocks that a text names."""
    if not any(map(text.__contains__, _Words.of(language).hints)):
        return ()
    return tuple(_clocks(language)[1].findall(text))


@cache
def _clocks(language: str) -> tuple[dict[str, _Clock], re.Pattern[str]]:
    """Every name with what is wrong about it, and a pattern that finds them all."""
    words = _Words.of(language)
    known: dict[str, _Clock] = {}
    for winter, summer, zone in (entry.split(":") for entry in words.halves):
        hint = f"Write the zone, such as {_named(zone)}."
        known.setdefault(winter, _Clock(zone, summer, _HALF.format(winter, "winter", "summer", summer), hint))
        known.setdefault(summer, _Clock(zone, winter, _HALF.format(summer, "summer", "winter", winter), hint))
    for entry in words.several:
        name, *rest = entry.split(":")
        countries, zones = rest[::2], rest[1::2]
        message = _SEVERAL.format(name, listed(countries))
        known[name] = _Clock(name, "", message, f"Write the zone: {listed([_named(zone) for zone in zones], 'or')}.")
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return known, lazy(rf"(?<![\w/])(?:{names})(?![\w/])" if known else "(?!)")


def _named(zone: str) -> str:
    """A zone as it is typed; the list of words holds blanks in place of underscores."""
    return zone.replace(" ", "_") if "/" in zone else zone


_HALF = "“{}” is shown in {} only; in {} the clocks there show {}."
_SEVERAL = "“{}” is the name of a different clock in each of these: {}."


def _settled(clock: _Clock, name: str, text: str, agreement: Agreement, words: _Words) -> bool:
    """Whether the text says what the clock does all year, or where it stands."""
    if words.said.search(text) or (clock.twin and clock.twin in text):
        return True
    places = [place.partition(":")[2] for place in words.settled if place.startswith(f"{name}:")]
    wording = agreement.wording.lower() if places else ""
    return any(place in wording for place in places)


def _unknown(agreement: Agreement) -> Iterator[Observation]:
    """Zones that have the shape of a name of the IANA list, and are none."""
    named = [agreement.scalar("term", "timeZone")]
    named += [one.zone for one in agreement.hours]
    seen: set[str] = set()
    for node in named:
        name = _nowhere(node.text) if node is not None else ""
        if node is not None and name and name not in seen:
            seen.add(name)
            yield Observation(
                node,
                f"There is no time zone “{name}”.",
                why="What cannot be found is read as if clocks never changed.",
                hint="Take the name from the IANA list, such as Europe/Lisbon or America/Chicago.",
                key=name,
            )


@lru_cache(maxsize=1024)
def _nowhere(text: str) -> str:
    """The zone in a text, itself one or hours with one, where there is no zone of that name; else empty."""
    read = q.hours_of(text) if not q.is_zone(text) else None
    name = text.strip() if read is None else read.zone
    known = not q.is_zone(name) or calendars.zone(name) is not None or calendars.zone("Europe/London") is None
    return "" if known else name


bad = [
    {
        "yaml": """\
services:
  - id: mail
    hours: Mon-Fri 07:00-19:00 CET # expect
  - id: chat
    hours: Mon-Fri 07:00-19:00 Europe/Lisboa # expect
definitions:
  Core Time: Every day from 10:00 to 12:00 IST. # expect
"""
    },
    {"yaml": "services:\n  - id: mail\n    hours: Mon-Fri 07:00-19:00 MESZ # expect\n"},
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 09:00 to 17:00 EST <!-- expect -->
- **Status calls:** Wednesday, 9 am Eastern Standard Time
- **Maintenance:** Sunday 02:00 to 04:00 CEST <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
term: {timeZone: Europe/Berlin}
services:
  - {id: mail, hours: Mon-Fri 07:00-19:00}
  - {id: chat, hours: Mon-Fri 07:00-19:00 UTC}
definitions:
  Core Time: Every day from 10:00 to 12:00 CET (in summer CEST).
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

- **Support hours:** Monday to Friday, 09:00 to 17:00 Eastern Time
- **Status calls:** Wednesday, 9 am EST/EDT
- **Maintenance:** Sunday 02:00 to 04:00 AEST (UTC+10 all year)
- **Phone:** 10:00 to 18:00 IST, from Pune in India

EST stands in the reports of the tool.
"""
    },
]
