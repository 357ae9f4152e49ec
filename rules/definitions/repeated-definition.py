"""A term that is defined twice, in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms import repeats

summary = "Every term is defined once."
severity = "info"
why = "The next change will be made in one place only, and then there are two meanings."
fix = "Keep one of the two."


def check(agreement: Agreement) -> Iterator[Observation]:
    if not repeats.may_find(agreement.definitions, agreement.language):
        return
    for one in repeats.find(agreement.definitions, agreement.passages, agreement.language):
        if one.same:
            term = one.second.term.text.strip()
            yield Observation(
                one.second.term,
                f"“{term}” is defined in the same words in line {one.first.term.span.line}.",
                related=((one.first.term, f"“{term}” is defined here first"),),
                key=term,
            )


bad = [
    {
        "markdown": """\
# Service level agreement for mail

“Business Day” means Monday to Friday without the public holidays of Portugal.

Within two Business Days someone answers each letter.

“Business Day” means Monday to Friday without the public holidays of Portugal. <!-- expect -->
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
    means: Minutes in which the probe got no answer.
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
"""
    },
]
