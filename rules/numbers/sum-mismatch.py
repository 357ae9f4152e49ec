"""A sum that is written out, and does not come to what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy
from slalint.text import Passage

summary = "A sum that is written out comes to what it says."
severity = "error"
why = "Whoever computes it again gets another figure, and nobody can say which of the two was agreed."
fix = "Correct the figure that slipped, or the result."

# Nothing is given back (`?>`, `}+`): a sum is read in one way, or not at all.
_NUMBER = r"(?>\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,12}(?:\.\d{1,9})?)(?![.,]?\d)"
_WORDS = r"(?:(?:\s?-?\s?(?!x\s|[×*·÷=≈+−–/-])[a-zA-Z][\w'’/-]{0,24}){0,4}+)"
_FIGURE = rf"(?:[$€£]\s?)?{_NUMBER}(?:\s?%)?{_WORDS}"
_SIGN = r"(?:\s*[×*·÷+]\s*|\s+[x−–/-]\s+)"
_SUM = lazy(
    rf"(?<![\w.,/%×*·÷+−–=(\[$€£-])(?<![×*·÷+−–=(x/-]\s)(?P<left>{_FIGURE}(?:{_SIGN}{_FIGURE}){{1,6}}+)"
    rf"\s*(?P<equals>[=≈])\s*(?P<about>[~≈]\s*)?"
    rf"(?P<right>(?:[$€£]\s?)?(?P<result>{_NUMBER})\s?(?P<percent>%)?(?:\s?-?(?P<of>[a-zA-Z]{{1,20}}))?)"
    r"(?![\w/]|\s*[×*·÷+=])"
)
_OPERAND = lazy(rf"(?P<number>{_NUMBER})\s?(?P<percent>%)?\s?-?(?P<of>[a-zA-Z]{{1,20}})?")
_SPLIT = lazy(_SIGN)
_GREAT = lazy(r"\d{3}|\d\.\d")
_LARGEST = Decimal("1e18")
_NEAR = 20  # a figure that is called a round one may be off by a twentieth


def check(agreement: Agreement) -> Iterator[Observation]:
    document = agreement.prose
    code = document.code if document is not None else []
    if not code and "=" not in agreement.wording and "≈" not in agreement.wording:
        return
    for passage in [*agreement.passages, *code]:
        if "=" in passage.text or "≈" in passage.text:
            for match in _SUM.finditer(passage.text):
                yield from _computed(agreement, passage, match)


def _computed(agreement: Agreement, passage: Passage, match: re.Match[str]) -> Iterator[Observation]:
    left = match["left"]
    signs = [sign.strip() for sign in _SPLIT.findall(left)]
    operands = [_OPERAND.search(piece) for piece in _SPLIT.split(left)]
    figures = [one for one in operands if one is not None]
    if len(figures) != len(signs) + 1 or _differ([*(one["of"] for one in figures), match["of"]]):
        return
    shares = [one["percent"] is not None for one in figures]
    if any(shares) and not all(shares) and any(sign in "+−–-" for sign in signs):
        return  # `100 - 5 %` is read in two ways
    if any(sign in "−–-" for sign in signs) and not any(shares) and not _GREAT.search(left):
        return  # `level 1 - 3 = 24/7` is a range
    formula = f"{figures[0]['number']}{' %' if shares[0] else ''}"
    for sign, one in zip(signs, figures[1:], strict=True):
        formula += f" {_SIGNS.get(sign, sign)} {one['number']}{' %' if one['percent'] else ''}"
    try:
        exact = q.evaluate(formula, {})
        stated = q.parse_target(match["result"]).value
    except q.QuantityError:
        return
    if abs(exact) > _LARGEST:
        return
    exact *= 100 if match["percent"] else 1
    place = Decimal(1).scaleb(min(int(stated.as_tuple().exponent), 0))
    near = match["equals"] == "≈" or match["about"] is not None
    if abs(exact - stated) < place or (near and abs(exact - stated) * _NEAR <= abs(exact)):
        return
    suffix = " %" if match["percent"] else ""
    yield Observation(
        passage.part(*match.span("right")),
        f"{' '.join(left.split())} = {q.number(q.rounded(exact, 4))}{suffix}; "
        f"“{' '.join(match['right'].split())}” is stated.",
        confidence="high" if agreement.form == "data" else "medium",
        related=((passage.part(*match.span("left")), "the sum is here"),),
        data={"formula": formula, "exact": f"{exact:f}", "stated": f"{stated:f}"},
        key=formula,
    )


_SIGNS = {"x": "*", "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"}


def _differ(units: list[str | None]) -> bool:
    """Whether times are in different units: then the sum holds what nobody has written down."""
    times = {q.unit(unit.lower()) for unit in units if unit} & set(q.TIME_UNITS)
    return len(times) > 1


bad = [
    {
        "yaml": """\
goals:
  - statement: The year brings 300 leads x 20 % = 50 customers. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

Our goal comes from 300 leads a month × 3 months × 60 % × 20 % = 120 opportunities. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
goals:
  - statement: The year brings 300 leads x 20 % = 60 customers.
"""
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

Our goal comes from 300 leads a month × 3 months × 60 % × 20 % = 108 opportunities.

- 18 / 35 = 51 %
- 7 × 1.5 ≈ 10
- 8 hours × 5 days = 40 hours
- P1 = impact 1 + urgency 1
- 0.1 % × 43,200 min = 43.2 min
"""
    },
]
