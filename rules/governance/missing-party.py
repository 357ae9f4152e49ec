"""A side that nobody stands on, or that both sides are one."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder, says_something, slug
from slalint.model import Observation

summary = "The agreement names who promises and to whom: two sides that are not the same."
severity = "error"
profile = "basic"
lenient = True
why = "A promise that nobody made, or that was made to nobody, cannot be claimed by anyone."
fix = {
    "data": """\
parties:
  provider: IT Operations
  customer: All departments
""",
    "prose": "“The provider is IT Operations. The customer is all departments.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    return _data(agreement) if agreement.form == "data" else _prose(agreement)


def _prose(agreement: Agreement) -> Iterator[Observation]:
    """Prose may introduce a side in any words, so only a place that is left without a name counts."""
    for side, node in agreement.open_sides:
        yield Observation(node, f"No {side} is named.", key=side)


def _data(agreement: Agreement) -> Iterator[Observation]:
    parties = [party for party in agreement.parties if party.role != "supporting"]
    both = {"provider", "customer"} <= {party.role for party in parties}
    if both and len({slug(party.name.text) for party in parties}) == len(parties):
        return  # as in most agreements
    providers = [party for party in parties if party.role == "provider"]
    customers = [party for party in parties if party.role == "customer"]
    names = {slug(party.name.text): party for party in providers}
    for party in customers:
        twin = names.get(slug(party.name.text))
        if twin is not None and not is_placeholder(party.name, none=True):
            message = f"{party.name.text.strip()} is named as the provider and as the customer."
            other = ((twin.name, "named as the provider here"),)
            yield Observation(party.name, message, hint="Name the other side.", related=other, key="both")
    if len(providers) > 1 or len(parties) > len(providers) + len(customers):
        return  # both sides provide; or a party without a role is reported for that
    missing = [role for role, found in (("provider", providers), ("customer", customers)) if not found]
    if not missing:
        return
    block = agreement.root.get("parties")
    if block is not None and says_something(block) and any(is_placeholder(node) for node in block.strings()):
        return  # the blank may be the one that is missing
    message = f"No {missing[0]} is named." if len(missing) == 1 else "Neither a provider nor a customer is named."
    if missing == ["customer"] and agreement.type is not None and agreement.type.text == "marketing-sales":
        message = f"Only {providers[0].name.text.strip()} is named, not the other side."
        missing = ["provider"]
    hint = "parties:" + "".join(f"\n  {role}: {_EXAMPLES[role]}" for role in missing)
    if block is not None and isinstance(block.data, list):
        hint = "\n".join(f"- {{role: {role}, name: {_EXAMPLES[role]}}}" for role in missing)
    yield Observation(agreement.place("parties", missing[0]), message, hint=hint, key=" ".join(missing))


_EXAMPLES = {"provider": "IT Operations", "customer": "All departments"}

bad = [
    {
        "yaml": """\
metadata:
  title: Mail for all departments # expect
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties: # expect
  provider: IT Operations
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  provider: IT Operations
  customer: # expect
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  - {id: it, role: provider, name: IT Operations}
  - {id: users, role: customer, name: IT operations} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

| | |
|---|---|
| Provider | IT Operations |
| Customer | n/a | <!-- expect -->
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement: mail

**Provider:** IT Operations

IT Operations looks after the mail of every department.
"""
    },
    {
        "yaml": """\
metadata:
  title: Mail for all departments
parties:
  provider: IT Operations
  customer: All departments
"""
    },
    {
        "yaml": """\
metadata:
  title: Lead handover
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
"""
    },
]
