"""A duty in words that nobody can test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import vague

summary = "What each side owes is said in words that can be tested."
severity = "warning"
why = "Afterwards nobody can tell whether it was met, so each side will say what suits it."
fix = "Say who does what, by when or how much: a figure with its unit, or an event that both sides can see."
options = {
    "allowed": {
        "description": "Words that your agreements may use all the same, in any case.",
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "default": [],
        "examples": [["promptly"]],
    },
}


def check(agreement: Agreement, options: Mapping[str, Any]) -> Iterator[Observation]:
    language, words = agreement.language, agreement.words
    if not vague.may_find(agreement.wording, agreement.lowered, words, language):
        return
    allowed = {word.casefold() for word in options["allowed"]}
    for found in vague.find(agreement.passages, agreement.definitions, language, "vague", words):
        if not found.explains and " ".join(found.word.casefold().split()) not in allowed:
            yield found.observation


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
policies:
  exclusions:
    summary: Failures that the provider will report promptly. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Support

Finance IT will answer promptly and use reasonable efforts to restore payroll. <!-- expect -->

- Restore lost files where possible. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
policies:
  exclusions:
    summary: Failures that the provider will report promptly, and in any case within 2 hours.
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Support

Finance IT will answer promptly, and in any case within 2 hours, and restore payroll within 8 hours of the report.
"""
    },
]
