"""A deadline that nothing starts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy
from slalint.text import Passage

summary = "A deadline says from when it runs."
severity = "warning"
why = "Each side will start the clock at another moment, and a delay can lie between them."
fix = 'Say what starts it: "within 4 hours of the report".'

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|\d+)"
_DEADLINE = lazy(
    rf"\bwithin\s+{_NUMBER}(?:\s*[-–]\s*\d+|\s+(?:to|or)\s+\d+)?\s*(?:\(\w+\)\s*)?"
    r"(?:(?:business|working|calendar|office|selling|clock)\s+)?(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b"
    r"(?!\s*(?:window|period|sla|target|limit|range|[’']))",
    re.I,
)
# What may start a clock: an event told, or a thing that arrives and is dealt with.
_START = lazy(
    r"\b(?:of|from|after|following|since|upon|once|when|whenever|if|where|before|prior|until|unless|during|"
    r"(?:any|every|each) \d+)\b"
    r"|\b(?:recei\w+|reports?\b|reported|tickets?|requests?|requested|incidents?|issues?|calls\b|alerts?|e-?mails?|"
    r"messages?|quer(?:y|ies)|questions?|complaints?|claims?|invoices?|faults?|failures?|outages?|severity|priority|p\d|"
    r"sev\w*|s\d|notif\w+|escalat\w+|enquir\w+|inquir\w+)",
    re.I,
)
_CLOCK = lazy(
    r"\b(?:clocks?|times?|periods?|deadlines?|hours?)\b[^.;|]{0,60}\b(?:starts?|begins?|runs?|measured|counted|calculated)\b"
    r"[^.;|]{0,30}\b(?:from|when|at|on|once|with|upon)\b",
    re.I,
)


def check(agreement: Agreement) -> Iterator[Observation]:
    passages = agreement.passages
    found = [(passage, match) for passage in passages for match in _open_ends(passage)]
    if found and not any(_CLOCK.search(passage.text) for passage in passages):
        for passage, (start, end) in found:
            said = " ".join(passage.text[start:end].split())
            yield Observation(passage.part(start, end), f"“{said}” does not say from when.", key=said)


def _open_ends(passage: Passage) -> Iterator[tuple[int, int]]:
    """The deadlines of a passage in which nothing could start them; a cell's may well be started by its column."""
    if passage.kind not in ("paragraph", "item", "description", "string") or "ithin" not in passage.text:
        return
    matches = list(_DEADLINE.finditer(passage.text))
    if matches and not _START.search(passage.text):
        for match in matches:
            yield match.span()


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
policies:
  modification:
    summary: The other side must answer within 10 days. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Sales must make the first call within 4 hours. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
policies:
  modification:
    summary: The other side must answer within 10 days of the proposal.
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Sales must make the first call within 4 hours of the handover.
"""
    },
]
