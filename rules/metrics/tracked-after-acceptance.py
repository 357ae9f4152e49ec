"""A promise that starts before anybody measures it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation

if TYPE_CHECKING:
    from datetime import date

summary = "What is promised was measured before it was promised."
severity = "error"
profile = "basic"
applies = ["data"]
why = "Until the tool measures it, nobody can show whether the promise was kept."
fix = "Start the promise after the tool, or name what measures it until then."


def check(agreement: Agreement) -> Iterator[Observation]:
    start = agreement.term[0]
    if start is None or not _late(agreement, start) or agreement.effective_date is None:
        return
    for metric in agreement.metrics:
        # With several sources, the promise is measured from the day of the first; an unknown day is no late one.
        dated = [(q.read_date(tracking.since), tracking) for tracking in metric.tracking]
        days = [day for day, _ in dated if day is not None]
        if not days or len(days) < len(dated) or min(days) <= start:
            continue
        since, tracking = next((day, one) for day, one in dated if day == min(days))
        assert since is not None and tracking.since is not None
        tool = _tool(agreement, tracking.tool.text) if tracking.tool is not None else "its tool"
        yield Observation(
            tracking.since,
            f"“{metric.said}” is promised from {_day(start)}; {tool} measures it from {_day(since)}.",
            why=f"For {_stretch((since - start).days)} nobody can show whether it was kept.",
            hint=f"Start the promise later (effectiveDate: {since.isoformat()}), or name what measures it until then.",
            related=((agreement.effective_date, "the promise starts here"),),
            key=metric.id,
        )


def _late(agreement: Agreement, start: date) -> bool:
    """Whether any tool may measure from a later day: in most agreements none does, and no place needs to be known."""
    said = [plain["since"] for plain in agreement.tracked if "since" in plain]
    if not {one.__class__ for one in said} <= {str}:
        return True  # what else it may be, only its place tells
    return any(day is not None and day > start for day in map(q.date_of, {*said}))


def _tool(agreement: Agreement, ref: str) -> str:
    """A tool's name, where the reference is its id."""
    return next((tool.name.text for tool in agreement.tools if tool.id == ref), ref)


def _day(day: date) -> str:
    return f"{day.day} {q.MONTHS[day.month - 1].capitalize()} {day.year}"


def _stretch(days: int) -> str:
    """Days, with the weeks that they make up."""
    weeks, rest = divmod(days, 7)
    told = f"{days} day" if days == 1 else f"{days} days"
    if weeks < 2:
        return told
    return f"{told} ({weeks} weeks" + (f" and {rest} day{'s' if rest > 1 else ''})" if rest else ")")


bad = [
    {
        "yaml": """\
term:
  effectiveDate: 2026-01-01
tools:
  - {id: desk, name: Znuny}
metrics:
  - id: first-response
    target: at most 4 h
    tracking:
      tool: desk
      since: 2026-03-15 # expect
"""
    }
]
good = [
    {
        "yaml": """\
term:
  effectiveDate: 2026-01-01
tools:
  - {id: desk, name: Znuny}
metrics:
  - id: first-response
    target: at most 4 h
    tracking:
      tool: desk
      since: 1 September 2025
"""
    },
    {
        "yaml": """\
term:
  effectiveDate: 2026-01-01
tools:
  - {id: desk, name: Znuny}
  - {id: calls, name: Call statistics}
metrics:
  - id: first-response
    target: at most 4 h
    tracking:
      - {tool: desk, since: 2026-03-15}
      - {tool: calls, since: 2024-01-01}
"""
    },
]
