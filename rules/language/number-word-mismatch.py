"""A number in words and, beside it, another one in figures."""

from __future__ import annotations

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
_FIGURE = r"\d+(?:,\d{3})*"
_BESIDE = lazy(
    rf"(?i)(?<![\w-])(?P<words>{_SPELLED})\s*\(\s*(?P<figure>{_FIGURE})\s*(?:%|\w+\s*)?\)"
    rf"|(?<![\w.,-])(?P<figure2>{_FIGURE})\s*\(\s*(?P<words2>{_SPELLED})\s*\)"
)


def check(agreement: Agreement) -> Iterator[Observation]:
    for passage in agreement.passages:
        if "(" not in passage.text:
            continue
        for found in _BESIDE.finditer(passage.text):
            words = found["words"] or found["words2"]
            figure = found["figure"] or found["figure2"]
            if _value(words) not in (None, int(figure.replace(",", ""))):
                yield Observation(
                    passage.part(*found.span()), f"“{' '.join(words.split())}” and {figure} are two different numbers."
                )


def _value(text: str) -> int | None:
    """The number that words spell, None where they spell none: ``one hundred and twenty-five`` is 125."""
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
