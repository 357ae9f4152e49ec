"""An agreement that promises nothing measurable."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Confidence, Observation
from slalint.words.pieces import Pattern, Pieces

summary = "The agreement promises something that can be measured."
severity = "error"
profile = "basic"
lenient = True
why = "Nobody can tell a good month from a bad one, so nobody can be held to the agreement."
fix = {
    "data": """\
metrics:
  - id: availability
    target: at least 99.5 %
    window: calendar month
    tracking: Blackbox exporter
""",
    "prose": "“Mail is available at least 99.5 % of each calendar month, measured by the Blackbox exporter.”",
}


class _Words(Pieces, file="missing-metrics"):
    failure = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    if any(not metric.duty for metric in agreement.metrics):
        return
    for priority in agreement.root.get("priorities") or () if agreement.form == "data" else ():
        if priority.get("response") is not None or priority.get("restore") is not None:
            return
    failure = _Words.of(agreement.language).failure
    if agreement.form == "prose" and any(failure.search(one.text) for one in agreement.places.passages(failure)):
        return
    place = agreement.place("metrics") if agreement.form == "data" else agreement.head
    confidence: Confidence = "high" if agreement.form == "data" else "medium"
    yield Observation(
        place, "No level of service is promised that could be measured.", confidence=confidence, key="metrics"
    )


bad = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments # expect
parties:
  provider: IT Operations
  customer: All departments
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
metrics: [] # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail <!-- expect -->

IT Operations runs mail for all departments and answers questions as quickly as it can. The agreement may be ended with
30 days' written notice.
"""
    },
]
good = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
metrics:
  - id: availability
    target: at least 99.5 %
"""
    },
    {
        "yaml": """\
metadata:
  title: Help with laptops
priorities:
  - {id: p1, response: 30 min, restore: 4 h}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

IT Operations will answer every ticket within 4 business hours.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

For each interruption that lasts longer than five minutes the departments are credited one day.
"""
    },
]
