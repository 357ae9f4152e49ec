"""A house rule in Python: a short list of promises, in data and in prose alike."""

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node

summary = "An agreement promises at most ten things."
severity = "info"
why = "Nobody reads a report with more figures, so the ones that matter are lost among them."
fix = "Keep the promises that the customer would miss, and report the rest without a target."

MOST = 10


def check(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    count = len(agreement.metrics)
    if count > MOST:
        extra = agreement.metrics[MOST]
        yield extra.name, f"{extra.name.text} is promise {MOST + 1} of {count}."


_METRICS = "\n".join(f"  - id: metric-{number}" for number in range(1, MOST + 1))

bad = [
    {
        "yaml": f"""\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {{title: Mail}}
metrics:
{_METRICS}
  - id: one-more # expect
"""
    },
]
good = [
    {
        "yaml": f"""\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {{title: Mail}}
metrics:
{_METRICS}
"""
    },
]
