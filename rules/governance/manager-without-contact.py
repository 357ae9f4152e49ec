"""A manager whom nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, below, says
from slalint.model import Node

summary = "The manager can be reached."
severity = "warning"
applies = ["data"]
why = "When something breaks, people look for a name and find no way to call it."
fix = "email: dana.reyes@example.org"


def check(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    if agreement.prose is None and says(below(agreement.root.data, "governance", "serviceLevelManager", "email")):
        return  # as in most agreements; no place needs to be known
    manager = agreement.manager
    if manager is not None and manager.contact is None:
        name = manager.name.text.strip()
        yield manager.node, f"{name} manages this agreement, but no e-mail address or telephone number is given."


bad = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  serviceLevelManager: # expect
    name: Dana Reyes
    deputy: Kim Sato
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  serviceLevelManager: Dana Reyes # expect
"""
    },
]
good = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  serviceLevelManager:
    name: Dana Reyes
    email: dana.reyes@example.org
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
governance:
  reporting: monthly, to the customer
"""
    },
]
