"""A term that is listed among the definitions without a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation

summary = "Every term that the agreement sets out to define is given a meaning."
severity = "error"
why = "The word looks settled to whoever skims the list, and is open to whoever needs it."
fix = "Write what the term means, or take it off the list."
lenient = True


_STOPS = ("", ".", ";", ",")


def check(agreement: Agreement) -> Iterator[Observation]:
    for definition in agreement.definitions:
        if definition.form not in ("data", "table", "means"):
            continue
        if (definition.said or "").strip() in _STOPS:
            term = " ".join(definition.term.text.split())
            said = "is to be defined here" if definition.form == "means" else "is listed as a term"
            yield Observation(definition.term, f"“{term}” {said}, but no meaning is given.", key=term)


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Available: A probe sends a message to itself within ten seconds.
  Downtime: # expect
  Outage: "" # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

## Definitions

| Term | Meaning |
|---|---|
| Available | A probe sends a message to itself within ten seconds. |
| Downtime | | <!-- expect -->
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

## Definitions

“Outage” means a loss of mail for more than 5 minutes.

“Downtime” means <!-- expect -->

## Availability

Mail is available 99.5 % of each month.
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

## Definitions

- “Downtime” means <!-- expect -->
- “Outage” means a loss of mail for more than 5 minutes.
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Available: A probe sends a message to itself within ten seconds.
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

“Outage” means

- a loss of mail, or
- a loss of all calendars.

“Downtime” means the time from the first report of an outage to its end.
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

## Definitions

| Term | Meaning |
|---|---|
| Available | A probe sends a message to itself within ten seconds. |
"""
    },
]
