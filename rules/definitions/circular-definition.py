"""A term that is explained by itself, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import circles

summary = "No term is explained by itself."
severity = "warning"
why = "Whoever looks the word up learns nothing."
fix = "Say in plain words what one of them is: what is counted, seen or done."


def check(agreement: Agreement) -> Iterator[Observation]:
    for circle in circles.find(agreement.lexicon, agreement.definitions):
        first = circle[0].term
        name = first.text.strip()
        if len(circle) == 1:
            message = f"“{name}” is explained by itself."
        else:
            others = [f"“{one.term.text.strip()}”" for one in circle[1:]]
            message = f"“{name}” is explained by {', which is explained by '.join(others)}, and that by “{name}” again."
        yield Observation(
            first,
            message,
            related=tuple((one.term, "explained here") for one in circle[1:]),
            key=name,
        )


bad = [
    {
        "markdown": """\
# Service level agreement for mail

“Fault” means an Incident that stops the mail. <!-- expect -->

“Incident” means a Fault that someone reported.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Fault: An incident that stops the mail. # expect
  Incident: A fault that someone reported.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Available: When it is available. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

“Available” means that the service is available. <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

“Fault” means a state in which nobody can send mail.

“Incident” means a Fault that someone reported. The first Incident of a day opens a ticket.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Fault: A state in which nobody can send mail.
  Incident: A fault that someone reported.
"""
    },
]
