"""Maintenance that counts as downtime and takes more of it than the target leaves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import calendars
from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.calendars import Calendar, CalendarError
from slalint.model import Node, Observation
from slalint.parts import StatedHours
from slalint.text import excerpt
from slalint.words.pieces import Pattern, Pieces

summary = "Maintenance that counts as downtime fits into the downtime that the target leaves."
severity = "warning"
needs = ["maintenance"]
why = "Who uses the slots that were agreed misses the target without a single incident."
fix = {
    "data": "Shorten the slot, or take it out of the count: counted: false",
    "prose": "Shorten the slots, promise less, or say that planned maintenance is no downtime.",
}


class _Words(Pieces, file="maintenance-exceeds-budget"):
    counted = Pattern()
    excepted = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    slots = _counted(agreement) if agreement.form == "data" else []
    hours = _said(agreement) if agreement.form == "prose" else []
    for metric in agreement.metrics if slots or hours else ():
        window = q.read_window(metric.window)
        if metric.category not in ("availability", "") or window is None or len(metric.values) != 1:
            continue
        ((node, target),) = metric.values
        if target.unit != "percent" or target.operator in ("lte", "lt") or not 50 <= target.value < 100:
            continue
        calendar = agreement.calendar_of(metric)
        try:
            left = calendars.allowances(target.value, window, calendar)
            taken = [(slot, _minutes(slot, window, calendar)) for slot in slots]
        except CalendarError:
            continue  # a recurrence or holidays that cannot be told
        taken += [(one.node, _open(one, window)) for one in hours]
        total = sum((minutes for _, minutes in taken), Decimal(0))
        if not left or total <= max(one.minutes for one in left):
            continue
        # Windows of any year clear most agreements, and are counted once for all of them; a finding names those of
        # the term.
        left = calendars.allowances(target.value, window, calendar, *agreement.term)
        most = max(left, key=lambda one: one.minutes)
        if total <= most.minutes:
            continue
        working = most.working(target.value)
        yield Observation(
            max(taken, key=lambda one: one[1])[0],
            f"Maintenance may take {q.minutes_text(total)} of a window and counts as downtime; {working}.",
            confidence="high" if agreement.form == "data" else "medium",
            related=((node, f"“{excerpt(metric.said, 40)}” is promised at {q.percent(target.value)}"),),
            data={"maintenanceMinutes": f"{total:f}", "allowedMinutes": f"{q.rounded(most.minutes, 3):f}"},
            key=metric.id,
        )
        return


def _counted(agreement: Agreement) -> list[Node]:
    """The slots of the data form that say that they count."""
    block = agreement.root.get("maintenance")
    found = [(item, item.get("counted")) for item in block if isinstance(item.data, dict)] if block is not None else []
    return [item for item, counted in found if counted is not None and counted.data is True]


def _minutes(slot: Node, window: q.Window, calendar: Calendar | None) -> Decimal:
    """The most that a slot takes of one window: by its rhythm, and no more than its limit."""
    amounts = [_by_rhythm(slot, window, calendar), _by_limit(slot, window)]
    return min((amount for amount in amounts if amount is not None), default=Decimal(0))


def _by_rhythm(slot: Node, window: q.Window, calendar: Calendar | None) -> Decimal | None:
    when, rrule, start = (slot.get(key) for key in ("when", "rrule", "start"))
    if when is not None:
        read = q.read_maintenance(when)
        return calendars.slot_minutes(read, window, calendar) if read is not None else None
    length = q.read_duration(slot.get("duration"))
    if rrule is None or length is None or length.months or length.is_business:
        return None
    at = q.minute_of_day(start.text) if start is not None else None
    return calendars.recurring_minutes(
        rrule.text, at or 0, length.seconds / 60, window, calendar if at is not None else None
    )


def _by_limit(slot: Node, window: q.Window) -> Decimal | None:
    """``at most 4 h a month``; without a period it is meant for each window."""
    limit = q.read_target(slot.get("limit"))
    if limit is None or limit.duration is None or limit.duration.months or limit.duration.business_days:
        return None
    minutes = (limit.duration.seconds + limit.duration.business_seconds) / 60
    if limit.per is None or limit.per == window.length:
        return minutes
    months = limit.per.months
    return minutes * window.length.months / months if months and window.length.months >= months else None


def _said(agreement: Agreement) -> list[StatedHours]:
    """The hours of maintenance of a document that says that they count."""
    if "aintenance" not in agreement.each_word:
        return []
    words = _Words.of(agreement.language)
    said = agreement.places.passages(words.counted)
    found = next((match for passage in said if (match := words.counted.search(passage.text)) is not None), None)
    if found is None or words.excepted.search(found.group()):
        return []
    return [one for one in agreement.hours if one.kind == "maintenance" and one.hours is not None]


def _open(stated: StatedHours, window: q.Window) -> Decimal:
    """What weekly hours of maintenance come to in one window, on average."""
    days = window.length.seconds / 86400 + window.length.months * Decimal("365.25") / 12
    return q.week_minutes(stated.hours) * days / 7 if stated.hours is not None else Decimal(0)


bad = [
    {
        "yaml": """\
metrics:
  - {id: availability, category: availability, target: at least 99.9 %, window: calendar month}
maintenance:
  - id: patching # expect
    when: second Sunday 02:00-03:00
    counted: true
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The booking site is available at least 99.9 % of each calendar month.

**Maintenance window:** Sunday 02:00-04:00 Europe/Lisbon <!-- expect -->

Planned maintenance counts as downtime.
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - {id: availability, category: availability, target: at least 99.5 %, window: calendar month}
maintenance:
  - id: patching
    when: second Sunday 02:00-03:00
    counted: true
  - id: upgrades
    when: every Saturday 20:00-23:00
    counted: false
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

The booking site is available at least 99.9 % of each calendar month.

**Maintenance window:** Sunday 02:00-04:00 Europe/Lisbon

Planned maintenance is not counted as downtime.
"""
    },
]
