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


def check(agreement: Agreement) -> Iterator[Observation]:
    for definition in agreement.definitions:
        if definition.form not in ("data", "table"):
            continue
        if definition.body is None or not definition.body.text.strip():
            term = definition.term.text.strip()
            yield Observation(definition.term, f"“{term}” is listed as a term, but no meaning is given.", key=term)


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

## Definitions

| Term | Meaning |
|---|---|
| Available | A probe sends a message to itself within ten seconds. |
"""
    },
]
