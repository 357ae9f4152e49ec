"""A duty that nobody is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy
from slalint.text import Section, sentences

summary = "A duty names who has it."
severity = "info"
applies = ["prose"]
why = "What everybody may do, nobody has to do."
fix = 'Name who does it: "Support reviews the figures", not "the figures will be reviewed".'

# Deeds that either side might have to do; what is paid, credited or delivered names its side by itself.
_DUTY = lazy(
    r"\b(?:shall|must|will)\s+(?:also\s+|then\s+)?be\s+(?:\w+ly\s+)?(?:announced|approved|archived|checked|communicated|compiled|"
    r"conducted|discussed|distributed|documented|escalated|flagged|logged|measured|monitored|notified|performed|published|"
    r"recorded|reported|reviewed|sent|shared|submitted|tested|tracked|updated)\b(?!\s+(?:here|below|above|in\s+th(?:e|is)\s+(?:document|contract|agreement|section))\b)",
    re.I,
)
_ACTOR = (
    r"(?:we|us|our|you|your|they|their|providers?|customers?|clients?|suppliers?|vendors?|contractors?|operators?|users?|"
    r"part(?:y|ies)|sides?|teams?|staff|managers?|officers?|owners?|departments?|desk|sales|marketing|finance|engineers?|"
    r"administrators?|stakeholders?|management|director|committee|board|lead|representatives?|it)"
)
_ACTS = lazy(rf"\b{_ACTOR}\b", re.I)
# Whoever is only told is not the one who does it.
_TOLD = lazy(
    rf"\b(?:to|with|for)\s+(?:the\s+|all\s+|its\s+|both\s+|each\s+)?(?:\w+\s+){{0,3}}?{_ACTOR}\b(?:\s+and\s+\w+)?", re.I
)
_BY = lazy(
    r"\bby\s+(?!\w+ing\b|(?:one|any|all|either) of\b|e-?mail|phone|telephone|post\b|means\b|way\b|the end\b|"
    r"end\b|default\b|\d|(?:mon|tues|wednes|thurs|fri)day\b|(?:\w+ ){0,2}(?:level|priority|severity)\b)",
    re.I,
)
_DUTIES = lazy(rf"\b(?:responsibilit\w+|duties|obligations|requirements|commits?|promises|{_ACTOR})\b", re.I)


def check(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    if document is None:
        return
    names = {word for party in agreement.parties for word in re.findall(r"\w{3,}", party.name.text.lower())} - {"the"}
    for passage in document.passages:
        if passage.kind not in ("paragraph", "item") or " be " not in passage.text:
            continue
        for start, end in sentences(passage.text):
            found = _DUTY.search(passage.text, start, end)
            if found is None or _names_actor(passage.text[start:end], names) or _is_somebodys(passage.section, names):
                continue
            deed = " ".join(found.group().split())
            yield Observation(passage.part(*found.span()), f"“{deed}”: nobody is named who does it.")


def _names_actor(sentence: str, names: set[str]) -> bool:
    told = _TOLD.sub(" ", sentence)
    return (
        _ACTS.search(told) is not None
        or _BY.search(sentence) is not None
        or any(word in names for word in re.findall(r"\w{3,}", told.lower()))
    )


def _is_somebodys(section: Section | None, names: set[str]) -> bool:
    """Whether a heading says whose duties stand below it."""
    titles = section.path()[1:] if section is not None else ()
    return any(_DUTIES.search(title) or names & set(title.lower().split()) for title in titles)


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
