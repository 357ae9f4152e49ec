"""A goal that does not follow from the figures it is said to follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException
from typing import NamedTuple

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.patterns import lazy

summary = "A goal is what its volumes and rates come to."
severity = "error"
applies = ["data"]
why = "Every promise can be kept, and the goal is missed all the same."
fix = "Raise a volume or a rate until the product is the goal, or set the goal to the product."

_NUMBER = lazy(r"\d+(?:[.,]\d+)?\s*%?")
_SIGN = lazy(r"[-+*/×÷()]")
_MOST = 40  # numbers and signs; who writes more writes no derivation


class _Cannot(ValueError):
    """An expression that cannot be computed; the schema or another rule says why, or nobody can tell."""


class _Term(NamedTuple):
    """A value of the sum and how it is shown."""

    value: Decimal
    said: str


def check(agreement: Agreement) -> Iterator[Observation]:
    for goal in agreement.goals:
        derivation = goal.node.get("derivation")
        expression = derivation.get("expression") if derivation is not None else None
        if expression is None or derivation is None or not expression.text.strip():
            continue
        stated = q.read_target(derivation.get("equals")) or _only_number(goal.statement)
        if stated is None:
            continue
        try:
            parts = list(_parts(expression.text, agreement))
            found = _sum(parts)
        except (_Cannot, DecimalException):
            continue
        goal_value = stated.value / 100 if stated.unit == "percent" else stated.value
        if _same(found, goal_value) or _within(found, goal_value, stated.operator):
            continue
        working = " ".join(part if isinstance(part, str) else part.said for part in parts)
        shown = f"{_plain(found * 100)} %" if stated.unit == "percent" else _plain(found)
        message = f"The goal is {_plain(stated.value)}{' %' if stated.unit == 'percent' else ''}; {working} = {shown}."
        yield Observation(derivation.get("equals") or expression, message, related=_related(expression, agreement))


def _parts(text: str, agreement: Agreement) -> Iterator[_Term | str]:
    """The values and signs of an expression; ids may hold hyphens, so the longest id counts."""
    metrics = {metric.id.lower(): metric for metric in agreement.metrics}
    ids = sorted(metrics, key=len, reverse=True)
    at, count = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        count += 1
        known = next(
            (one for one in ids if text[at:].lower().startswith(one) and not _goes_on(text, at + len(one))), ""
        )
        if known:
            yield _value(metrics[known].targets)
            at += len(known)
        elif number := _NUMBER.match(text, at):
            written = number.group().replace(",", ".")
            bare = Decimal(written.rstrip("% "))
            yield _Term(bare / 100 if "%" in written else bare, " ".join(number.group().split()))
            at = number.end()
        elif sign := _SIGN.match(text, at):
            yield {"*": "×", "/": "÷"}.get(sign.group(), sign.group())
            at = sign.end()
        else:
            raise _Cannot
        if count > _MOST:
            raise _Cannot


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on, so that what was found is only the beginning of an id."""
    return re.match(r"\w|-\w", text[at : at + 2]) is not None


def _value(targets: tuple[q.Target, ...]) -> _Term:
    if len(targets) != 1 or targets[0].low is not None:
        raise _Cannot
    target = targets[0]
    if target.unit == "percent":
        return _Term(target.value / 100, f"{_plain(target.value)} %")
    return _Term(target.value, _plain(target.value))


def _sum(parts: list[_Term | str]) -> Decimal:
    """The value of an expression by the usual order of signs."""
    rest = list(reversed(parts))

    def factor() -> Decimal:
        part = rest.pop() if rest else ""
        if isinstance(part, _Term):
            return part.value
        if part == "-":
            return -factor()
        if part == "(":
            value = total()
            if not rest or rest.pop() != ")":
                raise _Cannot
            return value
        raise _Cannot

    def product() -> Decimal:
        value = factor()
        while rest and rest[-1] in ("×", "÷"):
            value = value * factor() if rest.pop() == "×" else value / factor()
        return value

    def total() -> Decimal:
        value = product()
        while rest and rest[-1] in ("+", "-"):
            value = value + product() if rest.pop() == "+" else value - product()
        return value

    value = total()
    if rest:
        raise _Cannot
    return value


def _only_number(statement: Node) -> q.Target | None:
    """The one number of a goal's statement; two of them might mean anything."""
    numbers = re.findall(r"\d[\d,.]*\d|\d", statement.text)
    if len(numbers) != 1 or not re.fullmatch(r"\d+|\d{1,3}(?:,\d{3})+", numbers[0]) or "%" in statement.text:
        return None
    return q.Target("", Decimal(numbers[0].replace(",", "")), "count")


def _same(found: Decimal, stated: Decimal) -> bool:
    """Whether they agree to the last figure that is stated: nobody promises a third of a customer."""
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent)) if stated.is_finite() else Decimal(0)
    return abs(found - stated) < max(step, Decimal("0.000001"))


def _within(found: Decimal, stated: Decimal, operator: str) -> bool:
    """Whether a goal such as `at least 100` is reached with something to spare."""
    return (operator in ("gte", "gt") and found > stated) or (operator in ("lte", "lt") and found < stated)


def _plain(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.0001")).normalize() if value != value.to_integral_value() else value
    return f"{rounded:,f}" if value != value.to_integral_value() else f"{value.to_integral_value():,f}"


def _related(expression: Node, agreement: Agreement) -> tuple[tuple[Node, str], ...]:
    used = [metric for metric in agreement.metrics if metric.id in expression.text and metric.target is not None]
    return tuple((metric.target, f"the target of “{metric.id}”") for metric in used if metric.target is not None)


_METRICS = """\
metrics:
  - {id: lead-volume, target: at least 300 leads, window: calendar month}
  - {id: lead-acceptance, target: at least 60 %, window: calendar quarter}
"""
bad = [
    {
        "yaml": """\
goals:
  - statement: 600 accepted leads each quarter.
    derivation:
      expression: lead-volume * 3 * lead-acceptance
      equals: 600 # expect
"""
        + _METRICS
    },
    {
        "yaml": """\
goals:
  - statement: 1,000 accepted leads each quarter.
    derivation: {expression: (lead-volume + 50) * 3 * 60 %} # expect
"""
        + _METRICS
    },
]
good = [
    {
        "yaml": """\
goals:
  - statement: 540 accepted leads each quarter.
    derivation:
      expression: lead-volume * 3 * lead-acceptance
      equals: 540
  - statement: At least 500 accepted leads each quarter.
    derivation:
      expression: lead-volume * 3 * lead-acceptance
      equals: at least 500
  - statement: Many accepted leads.
    derivation: {expression: lead-volume * win-rate, equals: 12}
"""
        + _METRICS
    }
]
