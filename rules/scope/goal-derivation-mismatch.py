"""A goal that does not follow from the figures it is said to follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.rule import values
from slalint.words.pieces import Pattern, Pieces

summary = "A goal is what its volumes and rates come to."
severity = "error"
needs = ["goals/derivation"]
why = "Every promise can be kept, and the goal is missed all the same."
fix = "Raise a volume or a rate until the product is the goal, or set the goal to the product."


class _Words(Pieces, file="goal-derivation-mismatch"):
    chain = Pattern()
    rate = Pattern()
    link = Pattern()
    times = Pattern()
    other = Pattern()
    month = Pattern()
    quarter = Pattern()
    year = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    return _data(agreement) if agreement.form == "data" else _prose(agreement)


def _data(agreement: Agreement) -> Iterator[Observation]:
    if not values(agreement.root.data, ("goals", "*", "derivation")):
        return
    for goal in agreement.goals:
        derivation = goal.node.get("derivation")
        expression = derivation.get("expression") if derivation is not None else None
        if expression is None or derivation is None or not expression.text.strip():
            continue
        stated = q.read_target(derivation.get("equals")) or _only_number(goal.statement)
        if stated is None:
            continue
        known = _values(agreement)
        try:
            found = q.evaluate(expression.text, known)
        except q.QuantityError:
            continue  # the shape says why, or nobody can tell
        goal_value = stated.value / 100 if stated.unit == "percent" else stated.value
        if _same(found, goal_value) or _within(found, goal_value, stated.operator):
            continue
        working = " ".join(_said(token, known) for token in q.tokens(expression.text))
        shown = f"{_plain(found * 100)} %" if stated.unit == "percent" else _plain(found)
        message = f"The goal is {_plain(stated.value)}{' %' if stated.unit == 'percent' else ''}; {working} = {shown}."
        yield Observation(derivation.get("equals") or expression, message, related=_related(expression, agreement))


def _prose(agreement: Agreement) -> Iterator[Observation]:
    """Sentences such as `108 opportunities each quarter: 300 leads a month, of which Sales accepts 60 % …`."""
    words = _Words.of(agreement.language)
    if "%" not in agreement.wording:
        return
    for passage in agreement.passages:
        if passage.kind not in ("paragraph", "item") or "%" not in passage.text:
            continue
        for match in words.chain.finditer(passage.text):
            said = match.group()
            factor = _periods(match, words)
            if factor is None or not words.link.search(match["of"] + match["rates"]) or words.other.search(said):
                continue
            shares = words.rate.findall(match["rates"])
            figures = [match["volume"], *([f"{factor}"] if factor != 1 else []), *(f"{share} %" for share in shares)]
            found = q.evaluate(" * ".join(figures), {})
            stated = q.parse_target(match["goal"]).value
            if _same(found, stated) or _within(found, stated, "gte" if match["least"] else ""):
                continue
            yield Observation(
                passage.part(*match.span("goal")),
                f"The goal is {_plain(stated)}; {' × '.join(figures)} = {_plain(found)}.",
                confidence="medium",
                related=((passage.part(*match.span("volume")), "the figures begin here"),),
            )


def _periods(match: re.Match[str], words: _Words) -> Decimal | None:
    """How often the volume comes in the time of the goal: as it is said, else by the two periods; None where a period
    stands on one side only."""
    times = words.times.search(match["of"])
    if times is not None:
        return q.parse_target(times[1]).value
    months = []
    for said in (match["what"], match["of"]):
        known = [length for length, one in ((1, words.month), (3, words.quarter), (12, words.year)) if one.search(said)]
        if len(known) > 1:
            return None
        months.append(known[0] if known else 0)
    goal, volume = months
    if goal == volume:
        return Decimal(1)
    return Decimal(goal) / volume if goal and volume and goal % volume == 0 else None


def _values(agreement: Agreement) -> dict[str, Decimal]:
    """What metrics promise, by id: shares as parts of one. A metric with several targets, or a range, has no value."""
    found = {}
    for metric in agreement.metrics:
        if len(metric.targets) == 1 and metric.targets[0].low is None:
            (target,) = metric.targets
            found[metric.id] = target.value / 100 if target.unit == "percent" else target.value
    return found


_SIGNS = {"*": "×", "/": "÷"}


def _said(token: q.Token, values: dict[str, Decimal]) -> str:
    """A piece of the formula as the sum shows it: names as their values, shares in percent."""
    if token.kind != "name":
        return _SIGNS.get(token.text, token.text)
    value = values[token.text]
    return f"{_plain(value * 100)} %" if value < 1 else _plain(value)


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
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

## Why we have this agreement

Our goal is 120 opportunities each quarter: 300 leads a month, times three months, of which Sales <!-- expect -->
accepts 60 % and turns 20 % of those into an opportunity.
"""
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
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

## Why we have this agreement

Our goal is 108 opportunities each quarter: 300 leads a month, of which Sales accepts 60 % and turns 20 % of those into
an opportunity. We want 40 customers each year: 20 from leads, of which 30 % come back, or more.
"""
    },
]
