"""A number in words and, beside it, another one in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy
from slalint.words.pieces import NOTHING, Part, Pattern, Pieces, WordList

summary = "A number given in words and in figures is the same both times."
severity = "error"
why = "Each side will hold to the one that suits it, and courts do not agree on which of them counts."
fix = "Write the number once, in figures."

_BRACKET = lazy(r"\(\s*([A-Za-z][A-Za-z\s-]{1,50}|\d[\d,]*)\s*\)")


class _Words(Pieces, file="number-word-mismatch"):
    ones = WordList()
    tens = WordList()
    hundred = WordList()
    thousand = WordList()
    joins = WordList()
    unit = Part()
    numbered = Pattern()

    @cached_property
    def spelled(self) -> str:
        """Words that are a number, as the source of a pattern."""
        one = "|".join((*self.ones, *self.tens, *self.hundred, *self.thousand)) or NOTHING
        join = "|".join(self.joins) or NOTHING
        return rf"(?:{one})(?:(?:\s+(?:{join})\s+|[\s-]+)(?:{one}))*"

    @cached_property
    def words_before(self) -> re.Pattern[str]:
        return lazy(rf"(?<![\w-])({self.spelled})(?:\s+{self.unit})?\s*$", re.I)

    @cached_property
    def figure_before(self) -> re.Pattern[str]:
        return lazy(rf"(?<![\w.,-])(\d[\d,]*)(?:\s*{self.unit})?\s*$", re.I)

    @cached_property
    def only_words(self) -> re.Pattern[str]:
        return lazy(self.spelled, re.I)


def check(agreement: Agreement) -> Iterator[Observation]:
    if "(" not in agreement.wording:
        return
    words = _Words.of(agreement.language)
    for passage in agreement.passages:
        text = passage.text
        for bracket in _BRACKET.finditer(text) if "(" in text else ():
            inside = bracket[1].strip()
            start = max(bracket.start() - 80, 0)
            if inside[0].isdigit():
                before = words.words_before.search(text, start, bracket.start())
            elif words.only_words.fullmatch(inside):
                before = words.figure_before.search(text, start, bracket.start())
            else:
                continue
            if before is None or words.numbered.search(text, max(before.start() - 20, 0), before.start()):
                continue
            one, other = _value(before[1], words), _value(inside, words)
            if one is not None and other is not None and one != other:
                place = passage.part(before.start(1), bracket.end())
                said = " ".join(before[1].split())
                yield Observation(
                    place, f"“{said}” and “{inside}” are two different numbers.", key=f"{said} ({inside})"
                )


def _value(text: str, words: _Words) -> int | None:
    """The number that figures or words give, None where they give none: ``one hundred and twenty-five`` is 125."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    total = part = 0
    last = 1000  # what the next word must be smaller than
    for word in text.lower().replace("-", " ").split():
        if word in words.joins:
            continue
        if word in words.hundred and 0 < part < 10:
            part, last = part * 100, 100
        elif word in words.thousand and part and not total:
            total, part, last = part * 1000, 0, 1000
        elif word in words.ones and last > 1 and (words.ones.index(word) < 10 or last > 10):
            part, last = part + words.ones.index(word), 1
        elif word in words.tens and last > 10:
            part, last = part + 10 * (words.tens.index(word) + 2), 10
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
