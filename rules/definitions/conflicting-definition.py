"""A term that is defined twice, in different words."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import repeats

summary = "No term has two meanings in one agreement."
severity = "error"
why = "Each side can rely on the meaning that suits it."
fix = "Keep one of the two, or give the second meaning a name of its own."


def check(agreement: Agreement) -> Iterator[Observation]:
    if not repeats.may_find(agreement.definitions, agreement.language):
        return
    for one in repeats.find(agreement.definitions, agreement.passages, agreement.language):
        if not one.same:
            term = one.second.term.text.strip()
            line = one.first.term.span.line
            yield Observation(
                one.second.term,
                f"“{term}” has another meaning in line {line}.",
                confidence="high" if one.second.form in ("means", "data") else "medium",
                related=((one.first.term, f"“{term}” is defined here first"),),
                key=term,
            )


bad = [
    {
        "markdown": """\
# Service level agreement for mail

“Business Day” means Monday to Friday without the public holidays of Portugal.

Within two Business Days someone answers each letter.

“Business Day” means any day on which the banks in Oslo are open. <!-- expect -->
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  - term: Downtime
    means: Minutes in which the probe got no answer.
  - term: Downtime # expect
    means: Hours between a report and the repair.
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

“Business Day” means Monday to Friday without the public holidays of Portugal.

Within two Business Days someone answers each letter.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  - term: Downtime
    means: Minutes in which the probe got no answer.
  - term: Repair Time
    means: Hours between a report and the repair.
"""
    },
]
