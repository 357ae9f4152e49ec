"""An explanation that rests on a vague word."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import circles, vague

summary = "What a term means does not rest on a word that each side reads in its own way."
severity = "warning"
why = "The explanation only moves the question: both sides will argue about its words instead."
fix = "Give a figure, or name what can be seen: which screens fail, for whom, for how long."


def check(agreement: Agreement) -> Iterator[Observation]:
    told = set()  # two terms may share one explanation
    circular: set[str] | None = None
    words = agreement.words if agreement.form == "data" else None
    for found in vague.in_explanations(agreement.definitions, agreement.language, words):
        if circular is None:
            circular = {one.name for one in agreement.definitions if circles.says_itself(one)}
        place = found.at.offset, found.word
        if place not in told and found.explains not in circular:
            told.add(place)
            message = f"“{found.explains}” is explained by “{found.word}”, which each side reads in its own way."
            yield Observation(found.at, message, key=found.word)


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
definitions:
  Outage: A significant loss of service. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

"Outage" means a significant loss of service. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
definitions:
  Outage: A loss of service for more than 20 % of the users.
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

"Outage" means a loss of service for more than 20 % of the users.
"""
    },
]
