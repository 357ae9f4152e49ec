"""A customer for whom nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.rule import sides

summary = "Somebody is named who speaks for the customer; where both sides provide, for each of them."
severity = "warning"
profile = "basic"
lenient = True
needs = ["no customer_representative"]
why = "Nobody can say for that side whether the service was good enough, or agree to a change."
fix = {
    "data": """\
governance:
  representatives:
    - party: customer
      name: Lee Park
      email: lee.park@example.org
""",
    "prose": "“Customer representative: Lee Park, lee.park@example.org”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    found = agreement.elements["customer_representative"]
    if found.state != "absent":
        return
    missing = agreement.unrepresented if agreement.data is not None else ()
    if len(missing) > 1:
        message = "Nobody speaks for " + ", nor for ".join(missing) + "."
    else:
        message = f"Nobody speaks for {missing[0]}." if missing else sides("Nobody speaks for {customer}.", agreement)
    key = " ".join(missing) or "customer"
    hint = ""
    if agreement.reciprocal and missing:
        ids = [p.id for p in agreement.parties if p.name.text in missing]
        hint = "governance:\n  representatives:" + "".join(f"\n    - party: {one}\n      name: …" for one in ids)
    yield Observation(found.place, message, hint=hint, confidence=found.confidence, key=key)


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
parties:
  provider: IT Operations
  customer: All departments
governance:
  representatives: # expect
    - party: provider
      name: Kim Sato
"""
    },
    {
        "yaml": """\
metadata:
  title: Lead handover
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
governance:
  representatives: # expect
    - party: marketing
      name: Lee Park
"""
    },
    {
        "markdown": """\
# Service level agreement: mail <!-- expect -->

**Service level manager:** Dana Reyes, dana.reyes@example.org
"""
    },
]
good = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  provider: IT Operations
  customer: All departments
governance:
  representatives:
    - party: customer
      name: Lee Park
"""
    },
    {
        "yaml": """\
metadata:
  title: Lead handover
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
governance:
  representatives:
    - {party: marketing, name: Lee Park}
    - {party: sales, name: Kim Sato}
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

**Customer representative:** Lee Park, lee.park@example.org
"""
    },
]
