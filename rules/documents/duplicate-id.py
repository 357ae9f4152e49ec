"""Two things of one kind under one id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slalint.agreement import Agreement, below, slug
from slalint.model import Observation

summary = "No two metrics, services, tools or parties have the same id."
severity = "error"
profile = "basic"
applies = ["data"]
why = "Whatever names that id may mean either, and each reader picks the one that suits."
fix = "Give the second an id of its own, such as `id: mail-restoration`, or take it out."

ONE = {"metrics": "metric", "services": "service", "tools": "tool", "parties": "party"}


def check(agreement: Agreement) -> Iterator[Observation]:
    plain = agreement.root.data
    for block in [name for name in ONE if _may_be_doubled(below(plain, name))]:
        for second, first in agreement.doubled(block):
            message = f"Another {ONE[block]} has the id “{second.text.strip()}” already."
            yield Observation(second, message, related=((first, "the first one"),), key=f"{block} {second.text}")


def _may_be_doubled(items: Any) -> bool:
    """Whether plain data alone do not tell that each item has an id of its own."""
    if items.__class__ is not list:
        return False
    ids = [one.get("id") if one.__class__ is dict else one for one in items]
    try:
        return len({*map(slug, ids)}) < len(ids)
    except (AttributeError, TypeError):  # some are no texts
        return True


bad = [
    {
        "yaml": """\
services:
  - id: mail
    description: Mailboxes for all staff.
  - id: mail # expect
    description: Shared calendars.
metrics:
  - id: availability
    target: at least 99.5 %
  - id: availability # expect
    target: at most 4 h
"""
    },
    {
        "yaml": """\
parties:
  - {id: it, role: provider, name: IT Operations}
  - {id: it, role: customer, name: All departments} # expect
tools:
  - {id: probe, name: Blackbox exporter}
  - {id: probe, name: Znuny} # expect
"""
    },
]
good = [
    {
        "yaml": """\
parties:
  - {id: mail, role: provider, name: Mail team}
  - {id: staff, role: customer, name: All departments}
services:
  - id: mail
tools:
  - id: probe
metrics:
  - id: mail
    target: at least 99.5 %
"""
    }
]
