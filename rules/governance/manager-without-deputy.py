"""A manager for whom nobody stands in."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, below, says
from slalint.model import Node

summary = "Somebody stands in for the manager."
severity = "info"
applies = ["data"]
why = "A fault does not wait until the manager is back from holiday."
fix = "deputy: Kim Sato"


def check(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    if agreement.prose is None and says(below(agreement.root.data, "governance", "serviceLevelManager", "deputy")):
        return  # as in most agreements; no place needs to be known
    manager = agreement.manager
    if manager is not None and manager.deputy is None:
        yield manager.node, f"Nobody stands in for {manager.name.text.strip()}."


bad = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  serviceLevelManager: # expect
    name: Dana Reyes
    email: dana.reyes@example.org
"""
    }
]
good = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  serviceLevelManager:
    name: Dana Reyes
    deputy: Kim Sato
"""
    }
]
