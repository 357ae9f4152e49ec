"""Backups that are made too seldom for the recovery point that is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.rule import called
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "Backups are made at least as often as the recovery point demands."
severity = "error"
why = "What was entered since the last backup is lost, and that can be more than the agreement allows."
fix = "Make backups more often, or promise the recovery point that they allow."


class _Words(Pieces, file="backup-misses-rpo"):
    hints = WordList(absent="")
    point = Pattern()
    age = Pattern()
    ahead = Pattern()
    behind = Pattern()
    nightly = Pattern()
    other = Pattern()
    continuous = Pattern()


def doubts(metric: Metric, language: str) -> bool:
    words, said = _Words.of(language), called(metric)
    return any(map(said.__contains__, words.hints)) and _is_named(metric, words.point)


def check(agreement: Agreement) -> Iterator[Observation]:
    words, names = _Words.of(agreement.language), agreement.metric_names
    if not [hint for hint in words.hints if hint in names]:
        return
    points = list(_named(agreement, words.point))
    if not points or any(words.continuous.search(one.text) for one in agreement.places.passages(words.continuous)):
        return
    intervals = [*_named(agreement, words.age), *_made(agreement, words)]
    if not intervals:
        return
    # Several points and several backups: only what no backup can keep, whichever of them belongs to which point.
    place, point = next((one for one in points if all(q.compare(one[1], p) != -1 for _, p in points)), points[0])
    made, interval = intervals[0]
    for node, length in intervals:
        if q.compare(length, interval) == -1:
            made, interval = node, length
    if q.compare(interval, point) == 1:
        yield Observation(
            place,
            f"At most {_said(point)} of data may be lost, but a backup is made only every {_said(interval)}.",
            hint=f"Make a backup at least every {_said(point)}, or promise {_said(interval)}.",
            confidence="high" if agreement.form == "data" else "medium",
            related=((made, f"“{' '.join(made.text.split())}”"),),
            key="rpo",
        )


def _said(length: q.Duration) -> str:
    """``4 h``, ``24 h``, ``7 days``."""
    hours = length.seconds / 3600
    short = not length.months and hours <= 72 and hours == hours.to_integral_value()
    return f"{hours:f} h" if short else q.format(length)


def _is_named(metric: Metric, name: re.Pattern[str]) -> bool:
    return name.search(metric.called) is not None or name.search(metric.id) is not None


def _named(agreement: Agreement, name: re.Pattern[str]) -> Iterator[tuple[Node, q.Duration]]:
    """The lengths of time that metrics of a name promise at most."""
    for metric in agreement.metrics:
        if _is_named(metric, name):
            for node, target in metric.values:
                length = target.duration
                if length is not None and target.operator not in ("gte", "gt") and not length.is_business:
                    yield node, length


def _made(agreement: Agreement, words: _Words) -> Iterator[tuple[Node, q.Duration]]:
    """How often the text says that backups are made."""
    for passage in [passage for passage in agreement.passages if "ack" in passage.text]:
        for pattern in (words.ahead, words.behind):
            for found in pattern.finditer(passage.text):
                often = found["often"]
                between = found.group().replace(often, " ", 1)
                if words.other.search(between):
                    continue
                try:
                    frequency = q.parse_frequency(words.nightly.sub("day" if " " in often else "daily", often))
                except q.QuantityError:
                    continue
                if not frequency.period.is_business:
                    period = q.Duration(*(amount / frequency.times for amount in frequency.period))
                    yield passage.part(found.start(), found.end()), period


bad = [
    {
        "yaml": """\
metrics:
  - id: rpo
    name: Recovery point
    category: recovery
    target: at most 4 h # expect
obligations:
  - id: backup
    party: provider
    duty: Backs up all databases daily.
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

Backups are taken every 12 hours and kept for a month.

| Metric | Target |
|---|---|
| RPO (recovery point objective) | 4 hours | <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: rpo
    name: Recovery point
    category: recovery
    target: at most 24 h
obligations:
  - id: backup
    party: provider
    duty: Backs up all databases daily.
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

Backups are tested monthly. Nightly backups are kept for a month, and the database is backed up every 4 hours.

| Metric | Target |
|---|---|
| RPO (recovery point objective) | 4 hours |
"""
    },
]
