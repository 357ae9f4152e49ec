"""An agreement that does not say what kind of agreement it is."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node

summary = "The agreement says whether it is with a customer, internal, with a supplier or between marketing and sales."
severity = "warning"
applies = ["data"]
why = "The parts that an agreement needs depend on its kind; without it the wrong ones are asked for."
fix = "type: internal   # or customer, supplier, marketing-sales"

# These kinds leave no doubt: one is internal, the other with a supplier.
TELLING = ("OperationalLevelAgreement", "UnderpinningContract")


def check(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    if agreement.type is None and (agreement.kind is None or agreement.kind.text not in TELLING):
        place = agreement.root.get("type") or agreement.kind or agreement.head
        yield place, "What kind of agreement this is cannot be told: customer, internal, supplier or marketing-sales."


bad = [
    {
        "yaml": """\
kind: ServiceLevelAgreement # expect
metadata:
  title: Mail for all departments
"""
    }
]
good = [
    {
        "yaml": """\
kind: ServiceLevelAgreement
type: internal
metadata:
  title: Mail for all departments
"""
    },
    {
        "yaml": """\
kind: OperationalLevelAgreement
metadata:
  title: Mail servers
"""
    },
]
