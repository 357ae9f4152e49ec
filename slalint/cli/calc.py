"""`slalint calc`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from slalint.cli._console import say
from slalint.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from slalint.calendars import Calendar
    from slalint.quantities import Length

_USUAL_TARGETS = ("99%", "99.5%", "99.9%", "99.95%", "99.99%", "99.999%")
_USUAL_WINDOWS = ("day", "week", "month", "quarter", "year")


class _Hours(NamedTuple):
    """Whose minutes count, and from when to when the agreement runs."""

    calendar: Calendar | None = None
    since: date | None = None
    until: date | None = None


@click.command(short_help="Compute what an availability allows, or what dependencies allow of it.")
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@click.option("--window", "windows", multiple=True, help="Over which time: month, quarter, 30 days …; repeatable.")
@click.option(
    "--hours",
    metavar="HOURS",
    help="Which minutes count: hours such as “Mon-Fri 07:00-19:00 Europe/Lisbon”, or NAME@FILE for a calendar or the "
    "hours of a service in an agreement.",
)
@click.option("--holidays", metavar="REGION", help="Without the public holidays of PT, DE-BE … (extra “calendar”).")
@click.option("--from", "since", metavar="DATE", help="The first day of the term; windows before it do not count.")
@click.option("--to", "until", metavar="DATE", help="The last day of the term.")
@click.option(
    "--dependencies",
    metavar="LIST",
    help="Availabilities that all have to hold, such as 99.9%,99.95%; with + between those that stand in for one "
    "another: 99.9%,99%+99%.",
)
@click.option("--downtime", metavar="LENGTH", help="The other way round: what such a downtime leaves, such as 90 min.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print it.")
def command(
    targets: tuple[str, ...],
    windows: tuple[str, ...],
    hours: str | None,
    holidays: str | None,
    since: str | None,
    until: str | None,
    dependencies: str | None,
    downtime: str | None,
    format_: str,
) -> None:
    """Compute the downtime that a TARGET such as 99.95% leaves of a window, as rules do; of several, or of the usual
    ones if none is named.

    With --window every length is listed that the window may have: a month has 28 to 31 days, or a twelfth of a year.
    """
    from slalint import calendars
    from slalint import quantities as q

    try:
        figures = [q.parse_percent(text) for text in targets]
        chain = _groups(dependencies) if dependencies is not None else []
        counted = _hours(hours, holidays, since, until)
        together = q.compound(chain) if chain else None
        if not figures:
            figures = [together] if together is not None else [q.parse_percent(text) for text in _USUAL_TARGETS]
        if any(not 0 <= figure <= 100 for figure in figures):
            raise click.UsageError("A target lies between 0 % and 100 %.")
        lengths = [(window, _lengths(window, counted)) for window in windows or _USUAL_WINDOWS]
        down = _minutes(downtime) if downtime is not None else None
    except (q.QuantityError, calendars.CalendarError) as error:
        raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    if not windows:
        lengths = [(window, found[:1]) for window, found in lengths]  # the one that people think of first
    if format_ == "json":
        say(json.dumps(_data([] if down is not None else figures, lengths, chain, down), indent=2) + "\n")
        return
    parts = [_chain(chain, figures if targets else [])] if chain else []
    if down is None:
        columns = [(q.percent(one), partial(_allowed, one)) for one in figures]
    else:
        columns = [(f"after {q.minutes_text(down)}", partial(_left, down))]
    say("\n".join([*parts, _table(columns, lengths)]))


def _allowed(target: Decimal, length: Length) -> str:
    from slalint import quantities as q

    return q.minutes_text(q.allowed_downtime(target, length.minutes))


def _left(downtime: Decimal, length: Length) -> str:
    from slalint import quantities as q

    return q.percent(q.rounded(max(q.availability_left(downtime, length.minutes), Decimal(0)), 4))


def _minutes(text: str) -> Decimal:
    """A downtime in minutes of the clock."""
    from slalint import quantities as q

    length = q.parse_duration(text)
    if length.months or length.is_business:
        raise click.UsageError(f"“{text}” is no length of time by the clock, such as “90 min”.")
    return length.seconds / 60


def _lengths(text: str, counted: _Hours) -> tuple[Length, ...]:
    from slalint import calendars
    from slalint import quantities as q

    found = calendars.window_lengths(q.parse_window(text), *counted)
    if not found:
        raise click.UsageError(f"“{text}” has no length, or no whole one lies within the term.")
    return found


def _groups(text: str) -> list[list[Decimal]]:
    """``99.9%,99%+99%`` as groups of availabilities."""
    from slalint import quantities as q

    return [[q.parse_percent(one) for one in group.split("+")] for group in text.split(",")]


def _hours(said: str | None, holidays: str | None, since: str | None, until: str | None) -> _Hours:
    from slalint import quantities as q
    from slalint.calendars import ALWAYS, Calendar, zone

    found = _Hours()
    if said is not None:
        name, at, path = said.rpartition("@")
        if at and path:
            found = _stated(name, path)
        else:
            hours = q.parse_hours(said)
            found = _Hours(Calendar(hours, hours.zone))
    if holidays is not None:
        found = found._replace(calendar=(found.calendar or Calendar(ALWAYS))._replace(region=holidays.strip().upper()))
    if found.calendar is not None and found.calendar.zone and zone(found.calendar.zone) is None:
        raise click.UsageError(f"“{found.calendar.zone}” is no time zone such as “Europe/Lisbon”.")
    first, last = (q.parse_date(day) if day is not None else None for day in (since, until))
    return _Hours(found.calendar, first or found.since, last or found.until)


def _stated(name: str, path: str) -> _Hours:
    """A calendar, or the hours of a service, by its name in an agreement; and the agreement's term."""
    from slalint import calendars, sources
    from slalint import quantities as q
    from slalint.agreement import slug
    from slalint.disk.files import plainly, read

    try:
        data = read(path)
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"{path}: {plainly(problem)}") from None
    source, _ = sources.find(path, data)
    file, refusal = sources.decode(path, data)
    agreements = source.read(file, force=True).agreements if source is not None and refusal is None else []
    known: list[str] = []
    for agreement in agreements:
        named = agreement.calendar_named(name)
        if named is not None:
            return _Hours(named, *agreement.term)
        for stated in agreement.hours:
            if stated.hours is not None:
                if slug(stated.name) == slug(name):
                    where = stated.zone.text if stated.zone is not None else stated.hours.zone
                    zone = where if q.is_zone(where) else stated.hours.zone
                    return _Hours(calendars.Calendar(stated.hours, zone), *agreement.term)
                known.append(stated.name)
    from slalint.text import listed

    there = f"; it states {listed(list(dict.fromkeys(known)))}" if known else ""
    raise click.UsageError(f"{path} states no hours “{name}”{there}.")


def _table(
    columns: Sequence[tuple[str, Callable[[Length], str]]], windows: Sequence[tuple[str, Sequence[Length]]]
) -> str:
    """What each column says of each length, a line a length."""
    from slalint import quantities as q

    head = ["window", "length", "counted", *(name for name, _ in columns)]
    rows = [
        [
            window if index == 0 else "",
            length.label,
            q.hours_text(length.minutes),
            *(say_of(length) for _, say_of in columns),
        ]
        for window, lengths in windows
        for index, length in enumerate(lengths)
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for row in (head, *rows):
        words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        lines.append("  ".join((*words, *numbers)).rstrip())
    return "\n".join(lines) + "\n"


def _chain(groups: Sequence[Sequence[Decimal]], promised: Sequence[Decimal]) -> str:
    """The sum over the dependencies, and whether it allows what is to be promised."""
    from slalint import quantities as q

    together = q.compound(groups)
    lines = ["dependencies  " + q.compound_working(groups)]
    for target in promised:
        verdict = "can be kept" if target <= together else "is more than the dependencies allow"
        lines.append(f"{q.percent(target)} {verdict}")
    return "\n".join(lines) + "\n"


def _data(
    figures: Sequence[Decimal],
    windows: Sequence[tuple[str, Sequence[Length]]],
    groups: Sequence[Sequence[Decimal]],
    downtime: Decimal | None,
) -> dict[str, Any]:
    from slalint import quantities as q

    found: dict[str, Any] = {
        "targets": [_figure(figure) for figure in figures],
        "windows": [
            {
                "window": window,
                "lengths": [
                    {
                        "label": length.label,
                        "minutes": _figure(length.minutes),
                        "allowedMinutes": {
                            _figure(figure): _figure(q.allowed_downtime(figure, length.minutes)) for figure in figures
                        },
                    }
                    for length in lengths
                ],
            }
            for window, lengths in windows
        ],
    }
    if downtime is not None:
        del found["targets"]
        found["downtimeMinutes"] = _figure(downtime)
        for entry, (_, lengths) in zip(found["windows"], windows, strict=True):
            for one, length in zip(entry["lengths"], lengths, strict=True):
                del one["allowedMinutes"]
                one["availability"] = _figure(q.availability_left(downtime, length.minutes))
    if groups:
        found["dependencies"] = {
            "groups": [[f"{one:f}" for one in group] for group in groups],
            "availability": _figure(q.compound(groups)),
            "working": q.compound_working(groups),
        }
    return found


def _figure(value: Decimal) -> str:
    """An exact number as a string, for a binary float would not be: at most six decimals."""
    from slalint import quantities as q

    return f"{q.rounded(value, 6):f}"
