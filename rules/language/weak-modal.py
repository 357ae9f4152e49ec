"""A verb that makes advice of a duty."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import vague

summary = "A duty is said with a verb that binds."
severity = "warning"
why = "Whoever does otherwise has broken nothing."
fix = 'Write "must" or "will", or leave it out of the agreement.'


def check(agreement: Agreement) -> Iterator[Observation]:
    language, words = agreement.language, agreement.words
    if not vague.may_find(agreement.wording, agreement.lowered, words, language, "weak"):
        return
    for found in vague.find(agreement.passages, agreement.definitions, language, "weak", words):
        if not found.explains:
            yield found.observation


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
policies:
  modification:
    summary: Changes should be agreed in writing. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Support

Finance IT should answer within 2 hours of the call. <!-- expect -->

The files are expected to be back within 8 hours of the call. <!-- expect -->
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
  modification:
    summary: Changes must be agreed in writing.
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Support

Finance IT answers within 2 hours of the call. Should it answer later, Finance may call the manager.
"""
    },
]
