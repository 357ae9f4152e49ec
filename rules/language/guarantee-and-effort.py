"""One and the same thing is guaranteed here and only tried for there."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.terms import vague
from slalint.text import sentences
from slalint.words.pieces import Pattern, Pieces

summary = "What is guaranteed in one place is not only an effort in another."
severity = "warning"
applies = ["prose"]
why = "The customer reads the guarantee, the provider the effort, and both are right."
fix = "Keep one of the two: the guarantee with its figure, or no target."

_THINGS = ("availability", "response", "restoration", "delivery", "performance")


class _Words(Pieces, file="guarantee-and-effort"):
    guarantee = Pattern()
    denied = Pattern()
    availability = Pattern()
    response = Pattern()
    restoration = Pattern()
    delivery = Pattern()
    performance = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    if document is None:
        return
    words = _Words.of(agreement.language)
    guaranteed: dict[str, Node] = {}
    for passage in agreement.places.passages(words.guarantee):
        if passage.kind in ("heading", "string") or words.guarantee.search(passage.text) is None:
            continue
        for start, end in sentences(passage.text, agreement.language):
            found = words.guarantee.search(passage.text, start, end)
            if found is not None and not words.denied.search(passage.text, start, found.start()):
                for thing in _things(passage.text[start:end], words):
                    guaranteed.setdefault(thing, passage.part(*found.span()))
    if not guaranteed:
        return
    for tried in vague.find(agreement.passages, agreement.definitions, agreement.language, "vague", agreement.words):
        if tried.entry.kind.name != "effort" or tried.at.file is not document.file:
            continue
        for thing in _things(tried.sentence, words):
            if thing in guaranteed and not words.guarantee.search(tried.sentence):
                other = guaranteed[thing]
                line = other.span.line
                yield Observation(
                    tried.at,
                    f"“{tried.word}” for {thing} here, and “{other.text}” in line {line}: only one of them can hold.",
                    related=((other, "guaranteed here"),),
                )
                break


def _things(sentence: str, words: _Words) -> list[str]:
    return [thing for thing in _THINGS if getattr(words, thing).search(sentence)]


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
