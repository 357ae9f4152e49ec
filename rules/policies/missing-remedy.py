"""A promise to a customer that may be broken without any consequence."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation

summary = "An agreement with a customer says what follows when a promise is missed."
severity = "warning"
needs = ["no remedies"]
why = "A target that may be missed for nothing is a hope."
fix = {
    "data": """\
remedies:
  - id: credit
    kind: service-credit
    tiers: ["below 99.5 %: 5 %", "below 99.0 %: 10 %"]
""",
    "prose": "“If availability in a calendar month is below 99.5 %, the customer is credited 5 % of the monthly fee.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    told = agreement.type
    if told is None or told.text.strip() != "customer" or agreement.elements["remedies"].state != "absent":
        return
    spoken = agreement.spoken.about("remedy")
    if any("no-remedy" in clause.says for clause in spoken):
        return  # both sides know that nothing follows
    promises = [metric for metric in agreement.metrics if metric.target is not None and not metric.duty]
    if promises:
        count = "The one target" if len(promises) == 1 else f"None of the {len(promises)} targets"
        rest = "has no consequence when it is missed" if len(promises) == 1 else "has a consequence when it is missed"
        confidence = "high" if agreement.form == "data" else "medium"
        yield Observation(
            agreement.elements["remedies"].place,
            f"{count} {rest}.",
            confidence=confidence,
            key="remedies",
        )


bad = [
    {
        "yaml": """\
type: customer
metadata:
  title: Mail for all departments # expect
metrics:
  - {id: availability, target: at least 99.5 %}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail <!-- expect -->

The fee is due each month; invoices are sent by post to the subscriber.

Mail is available at least 99.5 % of each calendar month.
"""
    },
]
good = [
    {
        "yaml": """\
type: customer
metadata:
  title: Mail for all departments
metrics:
  - {id: availability, target: at least 99.5 %}
remedies:
  - When the target is missed, the customer is credited 5 % of the monthly fee.
"""
    },
    {
        "yaml": """\
type: internal
metadata:
  title: Mail for all departments
metrics:
  - {id: availability, target: at least 99.5 %}
"""
    },
    {
        "yaml": """\
type: customer
metadata:
  title: Mail for all departments
metrics:
  - {id: availability, target: at least 99.5 %}
policies:
  limitations: No credits are due when a target is missed.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The fee is due each month; invoices are sent by post to the subscriber.

Mail is available at least 99.5 % of each calendar month, else the subscriber receives a credit of 5 % of the fee.
"""
    },
]
