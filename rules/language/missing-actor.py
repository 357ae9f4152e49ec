"""A duty that nobody is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.text import Section, sentences
from slalint.words.pieces import Pattern, Pieces, WordList, WordSet

summary = "A duty names who has it."
severity = "info"
applies = ["prose"]
why = "What everybody may do, nobody has to do."
fix = 'Name who does it: "Support reviews the figures", not "the figures will be reviewed".'


class _Words(Pieces, file="missing-actor"):
    duty = Pattern()
    hint = WordList()
    acts = Pattern()
    told = Pattern()
    by = Pattern()
    duties = Pattern()
    small = WordSet()


def check(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    if document is None:
        return
    words = _Words.of(agreement.language)
    may_say = agreement.places.passages(words.duty)
    if not may_say:
        return
    names = {word for party in agreement.parties for word in re.findall(r"\w{3,}", party.name.text.lower())}
    names -= words.small
    for passage in may_say:
        if passage.kind not in ("paragraph", "item") or not any(hint in passage.text for hint in words.hint):
            continue
        for start, end in sentences(passage.text, agreement.language):
            found = words.duty.search(passage.text, start, end)
            if found is None or _names_actor(passage.text[start:end], names, words):
                continue
            if _is_somebodys(passage.section, names, words):
                continue
            deed = " ".join(found.group().split())
            yield Observation(passage.part(*found.span()), f"“{deed}”: nobody is named who does it.")


def _names_actor(sentence: str, names: set[str], words: _Words) -> bool:
    told = words.told.sub(" ", sentence)
    return (
        words.acts.search(told) is not None
        or words.by.search(sentence) is not None
        or any(word in names for word in re.findall(r"\w{3,}", told.lower()))
    )


def _is_somebodys(section: Section | None, names: set[str], words: _Words) -> bool:
    """Whether a heading says whose duties stand below it."""
    titles = section.path()[1:] if section is not None else ()
    return any(words.duties.search(title) or names & set(title.lower().split()) for title in titles)


bad = [
    {
        "markdown": """\
# Service level agreement for payroll

## Figures

The figures will be reviewed every month. <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for payroll

## Figures

Finance reviews the figures every month; misses must be reported by the service desk.
"""
    },
]
