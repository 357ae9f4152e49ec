"""One and the same thing is guaranteed here and only tried for there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.terms import vague
from slalint.text import sentences

summary = "What is guaranteed in one place is not only an effort in another."
severity = "warning"
applies = ["prose"]
why = "The customer reads the guarantee, the provider the effort, and both are right."
fix = "Keep one of the two: the guarantee with its figure, or no target."

_GUARANTEE = lazy(r"\b(?:guarantee[sd]?|warrants?|guaranteeing)\b(?!\s+(?:that\s+)?(?:no|nothing)\b)", re.I)
_DENIED = lazy(r"\b(?:not|no|nor|never|without|cannot|neither)\b|n[’']t\b", re.I)
_THINGS = {
    "availability": lazy(r"\b(?:up-?time|availab\w+)", re.I),
    "response": lazy(r"\b(?:respon[ds]\w*|answer\w*)", re.I),
    "restoration": lazy(r"\b(?:resol[uv]\w+|restor\w+|recover\w*|repair\w*|fix\w*)", re.I),
    "delivery": lazy(r"\bdeliver\w*", re.I),
    "performance": lazy(r"\b(?:performance|latency|throughput)\b", re.I),
}


def check(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    if document is None:
        return
    guaranteed: dict[str, Node] = {}
    for passage in document.passages:
        if passage.kind == "heading" or _GUARANTEE.search(passage.text) is None:
            continue
        for start, end in sentences(passage.text):
            found = _GUARANTEE.search(passage.text, start, end)
            if found is not None and not _DENIED.search(passage.text, start, found.start()):
                for thing in _things(passage.text[start:end]):
                    guaranteed.setdefault(thing, passage.part(*found.span()))
    if not guaranteed:
        return
    for tried in vague.find(agreement.passages, agreement.definitions, agreement.language):
        if tried.entry.kind.name != "effort" or tried.at.file is not document.file:
            continue
        for thing in _things(tried.sentence):
            if thing in guaranteed and not _GUARANTEE.search(tried.sentence):
                other = guaranteed[thing]
                line = other.span.line
                yield Observation(
                    tried.at,
                    f"“{tried.word}” for {thing} here, and “{other.text}” in line {line}: only one of them can hold.",
                    related=((other, "guaranteed here"),),
                )
                break


def _things(sentence: str) -> list[str]:
    return [thing for thing, pattern in _THINGS.items() if pattern.search(sentence)]


bad = [
    {
        "markdown": """\
# Service level agreement for payroll

Finance IT guarantees an uptime of 99.5 % each month.

It will use reasonable efforts to make payroll available. <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for payroll

Finance IT guarantees an uptime of 99.5 % each month. It does not guarantee the speed of the printers.

It will use reasonable efforts to keep the printers fast.
"""
    },
]
