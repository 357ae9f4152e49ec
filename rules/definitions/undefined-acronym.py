"""An abbreviation that is spelled out nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import undefined, wordlists

summary = "Every abbreviation that not all readers know is spelled out once."
severity = "info"
why = "A reader from the other side may take it for something else."
fix = "Spell it out at its first use: “Recovery Point Objective (RPO)”."
options = {
    "known": {
        "description": "Abbreviations that every reader of your agreements knows.",
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "default": [],
        "examples": [["NOC", "SRE"]],
    },
}


def check(agreement: Agreement, options: Mapping[str, Any]) -> Iterator[Observation]:
    if not wordlists.may_hold(wordlists.ACRONYM, agreement.words, agreement.language):
        return
    asked = undefined.acronyms(agreement.each_word, agreement.language)
    explained = [name for d in agreement.vocabulary for name in d.names]
    explained += [*_names(agreement), *options["known"]]
    for one in undefined.find_acronyms(agreement.passages, asked, explained, agreement.language):
        said = f"“{one.text}” is spelled out nowhere."
        hint = f"Spell it out at its first use, with the letters behind it: “… ({one.text})”."
        yield Observation(one.at, said, hint=hint, confidence=one.confidence, key=one.text)


def _names(agreement: Agreement) -> Iterator[str]:
    # A party may be known by letters, and so may what measures; within a longer name they stay open.
    short = [party.name for party in agreement.parties]
    short += [tracking.node for metric in agreement.metrics for tracking in metric.tracking]
    yield from (name for node in short if " " not in (name := node.text.strip()))
    for named in (*agreement.services, *agreement.tools):
        yield named.name.text


bad = [
    {
        "markdown": """\
# Service level agreement for the booking portal

A guest who lost the KSC calls the front desk. <!-- expect -->
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Rooms}
policies:
  application: A guest who lost the KSC calls the front desk. # expect
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for the booking portal

| Metric | Target | Measured by |
|---|---|---|
| Uptime of the portal | at least 99.5 % a month | KSCQ |
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking portal

A guest who lost the key safe code (KSC) calls the front desk.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Rooms}
definitions:
  KSC: The code that opens the key safe.
policies:
  application: A guest who lost the KSC calls the front desk.
"""
    },
]
