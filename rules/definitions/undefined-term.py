"""A term with the capitals of a defined term that is defined nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import undefined

summary = "Every term that is written as a defined term is defined."
severity = "warning"
why = "The capitals promise a fixed meaning, and each side has to guess which one was meant."
fix = "Define it, use the term that is defined already, or write it without capitals."
options = {
    "known": {
        "description": "Terms that every reader of your agreements knows, in any case.",
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "default": [],
        "examples": [["Service Desk"]],
    },
}


def check(agreement: Agreement, options: Mapping[str, Any]) -> Iterator[Observation]:
    if not undefined.may_find(agreement.wording, agreement.words, agreement.vocabulary, agreement.language):
        return
    known = {term.casefold() for term in options["known"]}
    fields = undefined.fields_of(agreement.prose) if agreement.prose is not None else ()
    for one in undefined.find(agreement.terms, agreement.places, _names(agreement), fields):
        if one.text.casefold() in known:
            continue
        place = "only in another document" if one.elsewhere else "nowhere"
        times = "" if one.times == 1 else f", and used {one.times} times"
        yield Observation(
            one.at,
            f"“{one.text}” is written as a defined term{times}, but is defined {place}.",
            confidence=one.confidence,
            key=one.text,
        )


def _names(agreement: Agreement) -> Iterator[str]:
    for party in agreement.parties:
        yield party.name.text
    for service in agreement.services:
        yield service.name.text
    if agreement.title is not None:
        yield agreement.title.text


bad = [
    {
        "markdown": """\
# Service level agreement for the booking portal

“Provider” means Orrin Rooms AS. “Guest” means anyone who books a room. “Portal” means the booking pages.

The Provider keeps the Portal open to each Guest.

The Provider pays the Outage Refund to each Guest who asks for it. No Outage Refund exceeds 50 EUR. <!-- expect -->
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
definitions:
  Lead: A person who asked us for an offer.
  Selling Hours: Mon-Fri 08:30-18:00 Europe/Lisbon.
  Handover: The moment at which the Lead appears in the queue of Sales.
policies:
  application: Within four Selling Hours after Handover someone calls each Lead.
  limitations: Whoever rejects a Lead enters the Rejection Reason. # expect
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for the booking portal

“Provider” means Orrin Rooms AS. “Guest” means anyone who books a room. “Portal” means the booking pages.
“Outage Refund” means the price of the night in question.

The Provider keeps the Portal open to each Guest.

The Provider pays the Outage Refund to each Guest who asks for it. No Outage Refund exceeds 50 EUR.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
definitions:
  Lead: A person who asked us for an offer.
  Selling Hours: Mon-Fri 08:30-18:00 Europe/Lisbon.
  Handover: The moment at which the Lead appears in the queue of Sales.
policies:
  application: Within four Selling Hours after Handover someone calls each Lead.
"""
    },
]
