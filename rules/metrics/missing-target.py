"""A metric that promises no value."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric, says_something
from slalint.model import Observation
from slalint.patterns import lazy
from slalint.terms import placeholders, vague
from slalint.text import listed
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "Every metric has a target value."
severity = "error"
profile = "basic"
lenient = True
why = "Without a value every result keeps the promise, and none does."
fix = {"data": "target: at least 99.5 %", "prose": "“available at least 99.5 % of each calendar month”"}

_LETTER = lazy(r"\b[NXYZ]{1,2}\b")  # `X leads`: a blank to fill in


class _Words(Pieces, file="missing-target"):
    figure = WordList()
    refusal = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    return not metric.targets


def check(agreement: Agreement) -> Iterator[Observation]:
    nowhere = []
    data = agreement.form == "data"
    for metric in agreement.metrics:
        if metric.targets and (data or metric.target is not None):
            continue
        if data:
            if not _stated(metric):
                place = metric.node.get("target") or metric.node.get("targets") or metric.name
                yield Observation(place, f"No value is stated for “{metric.said}”.", key=metric.id)
        elif metric.target is None:
            nowhere.append((metric, f"“{metric.said}”"))
        elif not metric.duty and (words := _words(metric, agreement.language)):
            said = " and ".join(f"“{one}”" for one in words[:2])
            message = f"“{metric.said}” is promised as {said}, which is no value."
            hint = "Write a value that can be missed, or take the line out of the agreement."
            yield Observation(metric.target, message, hint=hint, confidence="medium", key=metric.id)
    if nowhere:
        names = listed([name for _, name in nowhere])
        verbs = "are promised, but their values stand" if len(nowhere) > 1 else "is promised, but its value stands"
        (first, _), *others = nowhere
        hint = f"Write the value into the sentence, or a line of its own: “{' '.join(first.name.text.split())}: …”."
        yield Observation(
            first.name,
            f"{names} {verbs} nowhere in the document.",
            hint=hint,
            confidence="medium",
            related=tuple((metric.name, f"{name} is promised here") for metric, name in others),
            key=first.id,
        )


def _stated(metric: Metric) -> bool:
    if metric.target is not None and says_something(metric.target):
        return True
    # A batch that ends by a time of day has its value in the indicator; a share of events within a limit has not.
    counted = metric.node.get("sli", "kind")
    if counted is not None and counted.text in ("attainment", "ratio"):
        return False
    return any(metric.node.get("sli", key) is not None for key in ("by", "limit"))


def _words(metric: Metric, language: str) -> list[str]:
    """What stands in place of a value where nothing there holds a figure or a blank to fill in. Nothing where it says
    that nothing is promised, and where another rule reports its words as vague."""
    nodes = [value for _, value in metric.levels] or ([metric.target] if metric.target is not None else [])
    said = list(dict.fromkeys(" ".join(node.text.split()) for node in nodes))
    words = _Words.of(language)
    if any(not one or len(one) > 60 or _figure(one, words) for one in said):
        return []
    blunt = [entry.pattern for entry in vague.entries(language)]
    if any(words.refusal.match(one) or any(pattern.search(one) for pattern in blunt) for one in said):
        return []
    return said


def _figure(text: str, words: _Words) -> bool:
    lower = text.lower()
    if any(True for _ in placeholders.find(text)) or _LETTER.search(text):
        return True
    if any(char.isdigit() or char in "[]{}<>_" for char in text) or lower.strip(". ") in ("tbd", "tba", "tbc", "t.b.d"):
        return True  # a value that is written unusually, or a blank that the rule on blanks reports
    return any(word in lower for word in words.figure)


bad = [
    {
        "markdown": """\
# Service level agreement: room booking

## Service levels

| Metric | Target | Remarks |
|---|---|---|
| Availability | 99.5 % a month | |
| Page load time | | for staff in the office | <!-- expect -->
"""
    },
    {
        "yaml": """\
metrics:
  - id: first-response # expect
    sli: {kind: attainment, of: first response, limit: 4 h}
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability # expect
    window: calendar month
  - id: first-response
    target: # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | at least 99.5 % a month |
| First response time | as the staff have time | <!-- expect -->
| Fault repair | best effort |
| Old archive | no guarantee |
| Report on faults | weekly |
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The provider will keep mail available for at least the Target Uptime in each calendar month. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
  - id: first-response
    targets:
      p1: at most 30 min
      p2: at most 4 h
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| Metric | Target |
|---|---|
| Availability | at least 99.5 % a month |
| First response time | next business day |
"""
    },
]
