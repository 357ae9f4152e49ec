"""A number in words and, beside it, another one in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy

summary = "A number given in words and in figures is the same both times."
severity = "error"
why = "Each side will hold to the one that suits it, and courts do not agree on which of them counts."
fix = "Write the number once, in figures."

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_WORD = rf"(?:{'|'.join((*_UNITS, *_TENS, 'hundred', 'thousand'))})"
_SPELLED = rf"{_WORD}(?:(?:\s+and\s+|[\s-]+){_WORD})*"
_UNIT = r"(?:%|per\s?cent|percent|(?:(?:business|working|calendar)\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?))"
_BRACKET = lazy(r"\(\s*([A-Za-z][A-Za-z\s-]{1,50}|\d[\d,]*)\s*\)")
_WORDS_BEFORE = lazy(rf"(?<![\w-])({_SPELLED})(?:\s+{_UNIT})?\s*$", re.I)
_FIGURE_BEFORE = lazy(rf"(?<![\w.,-])(\d[\d,]*)(?:\s*{_UNIT})?\s*$", re.I)
_ONLY_WORDS = lazy(_SPELLED, re.I)
# A numbered thing with a figure behind it: the two say different things.
_NUMBERED = lazy(
    r"\b(?:section|clause|article|part|schedule|annex|phase|stage|step|tier|level|priority|severity|class)\s*$", re.I
)


def check(agreement: Agreement) -> Iterator[Observation]:
    for passage in agreement.passages:
        text = passage.text
        for bracket in _BRACKET.finditer(text) if "(" in text else ():
            inside = bracket[1].strip()
            start = max(bracket.start() - 80, 0)
            if inside[0].isdigit():
                before = _WORDS_BEFORE.search(text, start, bracket.start())
            elif _ONLY_WORDS.fullmatch(inside):
                before = _FIGURE_BEFORE.search(text, start, bracket.start())
            else:
                continue
            if before is None or _NUMBERED.search(text, max(before.start() - 20, 0), before.start()):
                continue
            one, other = _value(before[1]), _value(inside)
            if one is not None and other is not None and one != other:
                place = passage.part(before.start(1), bracket.end())
                said = " ".join(before[1].split())
                yield Observation(
                    place, f"“{said}” and “{inside}” are two different numbers.", key=f"{said} ({inside})"
                )


def _value(text: str) -> int | None:
    """The number that figures or words give, None where they give none: ``one hundred and twenty-five`` is 125."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    total = part = 0
    last = 1000  # what the next word must be smaller than
    for word in text.lower().replace("-", " ").split():
        if word == "and":
            continue
        if word == "hundred" and 0 < part < 10:
            part, last = part * 100, 100
        elif word == "thousand" and part and not total:
            total, part, last = part * 1000, 0, 1000
        elif word in _UNITS and last > 1 and (_UNITS[word] < 10 or last > 10):
            part, last = part + _UNITS[word], 1
        elif word in _TENS and last > 10:
            part, last = part + _TENS[word], 10
        else:
            return None
    return total + part


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
policies:
  termination:
    summary: Either side may end it thirty (20) days after telling the other in writing. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Termination

Either side may end it thirty (20) days after telling the other in writing. <!-- expect -->
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
  termination:
    summary: Either side may end it twenty (20) days after telling the other in writing.
"""
    },
    {
        "markdown": """\
# Service level agreement for payroll

## Termination

Either side may end it one hundred and twenty (120) days after telling the other in writing.
"""
    },
]
