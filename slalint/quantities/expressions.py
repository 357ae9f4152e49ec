"""Formulas of names and figures: ``mql-volume * acceptance-rate / 12``.

A name may hold hyphens and dots between its letters, so operators stand between spaces: ``mql-volume`` is one
name, ``mql - volume`` a difference. Figures are exact and may carry ``%`` (``30 %`` is 0.3) or thousands separators.
Nothing is evaluated but + - * / and brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from slalint.patterns import lazy
from slalint.quantities.reading import decimal_of
from slalint.quantities.values import QuantityError
from slalint.record import NamedTuple

_TOKEN = lazy(
    r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?)(?![\w.]|-[^\W\d_])(?:\s?(?P<percent>%))?"
    r"|(?P<name>(?!_)(?=[\w.-]*[^\W\d_])\w+(?:[-.]\w+)*)"
    r"|(?P<operator>[-+*/×·÷−])|(?P<bracket>[()]))"
)
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-"}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}
_DEEPEST = 50


class NoNumber(QuantityError):
    """A formula that comes to no number with these values."""


class Token(NamedTuple):
    """A piece of a formula at ``[start, end)``."""

    kind: str  # number, name, operator or bracket
    text: str
    value: Decimal | None
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The pieces of a formula. Raises ``QuantityError`` at what is none, and at an operator without space around it."""
    if len(text) > 500:
        raise QuantityError("this is too long to be a formula", 0, len(text))
    found: list[Token] = []
    position, stop = 0, len(text.rstrip())
    while position < stop:
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise QuantityError(f"“{text[start:stop]}” has no place in a formula", start, stop)
        kind = str(match.lastgroup if match.lastgroup != "percent" else "number")
        start, end = match.start(kind), match.end()
        value = None
        if kind == "number":
            value = decimal_of(match["number"]) / (100 if match["percent"] else 1)
        if kind == "operator" and not (text[start - 1 : start].isspace() and text[end : end + 1].isspace()):
            raise QuantityError(f"write spaces around “{match[kind]}”, for names may hold it", start, end)
        found.append(Token(kind, text[start:end].strip(), value, start, end))
        position = end
    return found


def names(text: str) -> list[str]:
    """The names in a formula, each once, in their order."""
    return list(dict.fromkeys(token.text for token in tokens(text) if token.kind == "name"))


def parse_formula(text: str) -> tuple[str, ...]:
    """The names in a formula that can be computed once they have values. Raises ``QuantityError`` where none could."""
    found = tuple(names(text))
    with suppress(NoNumber):  # of other values it may be a number
        evaluate(text, dict.fromkeys(found, Decimal(1)))
    return found


def evaluate(text: str, values: Mapping[str, Decimal]) -> Decimal:
    """What a formula comes to. Raises ``QuantityError`` at names that have no value, at what is malformed, and where
    the result is no number."""
    found = tokens(text)
    if not found:
        raise QuantityError("no formula is written here", 0, len(text))
    with localcontext() as context:
        context.prec = 40
        try:
            value, rest = _sum(found, 0, values, 0, 0)
        except (DivisionByZero, InvalidOperation, Overflow):
            raise NoNumber("this divides by nothing, or comes to no number", 0, len(text)) from None
    if rest < len(found):
        token = found[rest]
        raise QuantityError(f"an operator is missing before “{token.text}”", token.start, token.end)
    return value


def _sum(found: list[Token], at: int, values: Mapping[str, Decimal], binds: int, depth: int) -> tuple[Decimal, int]:
    """The value from a token on, as far as operators bind tighter than ``binds``; and the token behind it."""
    value, at = _operand(found, at, values, depth)
    while at < len(found) and found[at].kind == "operator":
        sign = _SIGNS.get(found[at].text, found[at].text)
        if _BINDS[sign] <= binds:
            break
        other, at = _sum(found, at + 1, values, _BINDS[sign], depth)
        if sign == "+":
            value += other
        elif sign == "-":
            value -= other
        elif sign == "*":
            value *= other
        else:
            value /= other
    return value, at


def _operand(found: list[Token], at: int, values: Mapping[str, Decimal], depth: int) -> tuple[Decimal, int]:
    last = found[min(at, len(found) - 1)]
    if at >= len(found) or last.kind == "operator" or last.text == ")":
        raise QuantityError("a name or a figure is missing here", last.start, last.end)
    if last.kind == "bracket":
        if depth >= _DEEPEST:
            raise QuantityError("too many brackets stand inside one another", last.start, last.end)
        value, at = _sum(found, at + 1, values, 0, depth + 1)
        if at >= len(found) or found[at].text != ")":
            raise QuantityError("this bracket is not closed", last.start, last.end)
        return value, at + 1
    if last.value is not None:
        return last.value, at + 1
    if last.text not in values:
        raise QuantityError(f"“{last.text}” has no value here", last.start, last.end)
    return values[last.text], at + 1
