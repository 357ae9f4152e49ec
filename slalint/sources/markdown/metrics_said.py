"""What the sentences of a text say of values: all that can be told without knowing where the text stands.

The same sentences stand in many agreements of one author, so what they say is remembered by their text
(``Words.memory``).
"""

from __future__ import annotations

from slalint.record import NamedTuple
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_clauses import Clause, clauses
from slalint.sources.markdown.metrics_words import Words
from slalint.text import sentences

_LONGEST = 3000  # a longer sentence is no sentence

Span = tuple[int, int]


class Said(NamedTuple):
    """A sentence that may promise something. ``text`` is what stands behind its condition (`If …, then`), and begins
    at ``start``; spans are those in it."""

    start: int
    text: str
    values: list[values.Value]
    clauses: tuple[Clause, ...]  # each value with its words
    duty: Span | None  # how often a report or a meeting is due, at the beginning
    report: tuple[Span, Span] | None  # a report that is sent again and again, and how often
    promises: bool  # in so many words
    demands: bool  # it tells somebody what to do


def may_tell(told: int, words: Words) -> bool:
    """Whether a text with these bits may hold a value, or how often something is reported."""
    return told & words.cadences.bit != 0 or words.may_value(told)


def said(text: str, words: Words) -> tuple[Said, ...]:
    """The sentences of a text that may promise something."""
    found = []
    for start, end in sentences(text, words.language):
        one = _said(text[start:end], start, words)
        if one is not None:
            found.append(one)
    return tuple(found)


def _said(text: str, start: int, words: Words) -> Said | None:
    told = words.told[text]
    if len(text) > _LONGEST or not may_tell(told, words):
        return None
    condition = words.conditions.match(text)
    if condition is None and not told & words.cadences.bit and not values.find(text, words):
        return None
    if words.consequences.search(text) or words.illustration.search(text) or words.defines.search(text):
        return None
    if condition is not None:
        # The promise is what follows the condition.
        then = words.then.search(text)
        if then is None:
            return None
        text, start = text[then.end() :], start + then.end()
    promised = promised_values(text, words)
    duty = _duty(text, words) if all(value.kind == "fixed" for value in promised) else None
    report = _report(text, words)
    if not promised and duty is None and report is None:
        return None
    promises = words.promises.search(text) is not None
    demands = words.imperatives.match(text) is not None
    return Said(start, text, promised, tuple(clauses(text, promised, words)), duty, report, promises, demands)


def _duty(text: str, words: Words) -> Span | None:
    often = words.cadences.search(text)
    return often.span() if often is not None and often.start() <= 3 and words.reports.search(text) else None


def _report(text: str, words: Words) -> tuple[Span, Span] | None:
    found = words.reported.search(text)
    if found is None:
        return None
    which = 1 if found.group(1) else 2
    return (found.span(), found.span(which)) if words.cadences.match(found.group(which)) else None


def promised_values(text: str, words: Words) -> list[values.Value]:
    """The values in a text that somebody may promise."""
    found = [value for value in values.find(text, words) if not _no_promise(text, value, words)]
    if any(value.kind == "duration" for value in found):
        windows = [match.span() for match in words.window.finditer(text)]
        found = [value for value in found if value.kind != "duration" or not _lies_in(value, windows)]
    # `6 attempts over 10 days`: the time in which a number of things is done
    return [v for i, v in enumerate(found) if not (i and v.kind == "duration" and words.period_of.match(text, v.start))]


def _no_promise(text: str, value: values.Value, words: Words) -> bool:
    """Whether a value is the name of a priority, a load, money or a time from which on something counts."""
    if value.kind in ("count", "rate"):
        # Neither is a load up to which the promises hold, nor the number below which nobody judges.
        ceiling = words.ceilings.search(text, 0, value.end) is not None
        load = ceiling and words.category(text, "count") in ("volume", "throughput")
        return load or words.levels.search(text[: value.start]) is not None
    if value.kind != "duration":
        return value.kind == "money"
    if words.longer.search(text[max(value.start - 40, 0) : value.end]) or words.exceeds.match(text, value.start):
        return True  # from when on a fault counts
    if words.after.search(text[: value.start]):
        return True  # a step of an escalation
    # `…, should it take more than an hour, …`
    aside = words.aside.search(text, 0, value.start)
    return aside is not None and words.conditions.match(text, aside.start("said")) is not None


def _lies_in(value: values.Value, windows: list[Span]) -> bool:
    """Whether a time is the period over which something is judged."""
    return any(first < value.end and value.start < last for first, last in windows)
