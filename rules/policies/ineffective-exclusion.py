"""Maintenance that is left out of the count at a time that is not counted anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement, slug
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.quantities.conversions import day_spans
from slalint.record import NamedTuple

summary = "What is left out of the count lies within the hours that count."
severity = "info"
applies = ["data"]
needs = ["maintenance"]
why = "The exclusion reads like a concession, but changes no figure."
fix = "Leave the exclusion out, or count the hours in which the work is done."

_BY_DAY = lazy(r"(?:^|;)BYDAY=([^;\s]+)", re.I)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = 1440


class _Slot(NamedTuple):
    """When maintenance may take place: weekdays (0 is Monday), minutes after midnight, zone or empty."""

    days: tuple[int, ...]
    start: int
    end: int
    zone: str


def check(agreement: Agreement) -> Iterator[Observation]:
    block = agreement.root.get("maintenance")
    if block is None or not agreement.metrics:
        return
    counted = None
    for item in [block] if block.text else block:
        kept = item.get("counted")
        slot = _slot(item) if kept is None or kept.data is not True else None
        if slot is None:
            continue
        counted = _counted(agreement) if counted is None else counted
        if not counted:
            return  # the hours of one promise are not known; it may be that one that gains
        # In another zone the hours would have to be moved, by another length in summer.
        if any(slot.zone and calendar.zone and slot.zone != calendar.zone for calendar, _ in counted):
            continue
        if not any(_meet(slot, calendar) for calendar, _ in counted):
            hours = " and ".join(dict.fromkeys(said for _, said in counted))
            message = f"No promise counts at the time of this maintenance; the hours that count are {hours}."
            yield Observation(item, message, key="maintenance")


def _counted(agreement: Agreement) -> list[tuple[calendars.Calendar, str]]:
    """The hours in which each promise counts and how they are called; empty where those of one are not known."""
    zone = agreement.scalar("term", "timeZone")
    found = []
    for metric in agreement.metrics:
        service = agreement.service(metric.service.text) if metric.service is not None else None
        hours = metric.clock or (service.hours if service is not None else None)
        named = _calendar(agreement, hours) if hours is not None else None
        calendar = calendars.read_calendar(named or hours, zone.text.strip() if zone is not None else "")
        if hours is None or calendar is None:
            return []
        found.append((calendar, " ".join(hours.text.split())))
    return found


def _calendar(agreement: Agreement, hours: Node) -> Node | None:
    """The calendar that is meant, where hours are one's id."""
    for one in agreement.root.get("calendars") or ():
        id_ = one.get("id")
        if id_ is not None and slug(id_.text) == slug(hours.text):
            return one
    return None


def _slot(item: Node) -> _Slot | None:
    said = item if item.text else item.get("when")
    if said is not None and said.text:
        try:
            read = q.parse_maintenance(said.text)
        except q.QuantityError:
            return None
        return _Slot((read.day,), read.start, read.end, read.zone)
    rule, start, length = item.get("rrule"), item.get("start"), q.read_duration(item.get("duration"))
    at = re.fullmatch(r"(\d{1,2}):(\d\d)", start.text.strip()) if start is not None else None
    by_day = _BY_DAY.search(rule.text) if rule is not None else None
    if at is None or by_day is None or length is None or length.months or length.is_business:
        return None
    names = [name.strip()[-2:].upper() for name in by_day[1].split(",")]
    if not set(names) <= set(_DAYS):
        return None
    begin, zone = int(at[1]) * 60 + int(at[2]), item.get("timeZone")
    days = tuple(_DAYS.index(name) for name in names)
    return _Slot(days, begin, begin + int(length.seconds // 60), zone.text.strip() if zone is not None else "")


def _meet(slot: _Slot, calendar: calendars.Calendar) -> bool:
    """Whether a slot takes any minute of the hours that count, holidays aside."""
    for weekday in slot.days:
        for later in range(slot.end // _DAY + 1):
            for low, high in day_spans(calendar.hours, (weekday + later) % 7):
                if min(slot.end, high + later * _DAY) > max(slot.start, low + later * _DAY):
                    return True
    return False


_SERVICE = """\
services:
  - {id: mail, hours: Mon-Fri 07:00-19:00 Europe/Lisbon}
metrics:
  - {id: availability, service: mail, target: at least 99.5 %}
"""
bad = [
    {"yaml": _SERVICE + "maintenance:\n  - second Sunday 02:00-06:00 # expect\n"},
    {
        "yaml": _SERVICE
        + """\
maintenance:
  - id: patching # expect
    rrule: FREQ=WEEKLY;BYDAY=MO,WE
    start: "22:00"
    duration: PT8H
    timeZone: Europe/Lisbon
    counted: false
"""
    },
]
good = [
    {"yaml": _SERVICE + "maintenance:\n  - second Friday 18:00-22:00\n"},
    {"yaml": _SERVICE + "maintenance:\n  - {when: second Sunday 02:00-06:00, counted: true}\n"},
    {"yaml": _SERVICE + "maintenance:\n  - second Sunday 02:00-06:00 Asia/Tokyo\n"},
    {
        "yaml": """\
services:
  - {id: mail, hours: 24x7}
metrics:
  - {id: availability, service: mail, target: at least 99.5 %}
maintenance:
  - second Sunday 02:00-06:00
"""
    },
]
