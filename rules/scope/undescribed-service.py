"""A service without description, owner or hours."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, is_placeholder, says
from slalint.model import Observation
from slalint.text import listed

summary = "Every service has a description, an owner and hours."
severity = "warning"
profile = "basic"
applies = ["data"]
why = "Each side has its own picture of what is provided, by whom and when."
fix = "hours: Mon-Fri 07:00-19:00 Europe/Lisbon"

PARTS = {
    "description": ("nobody says what it is", "description: Mailboxes and sending for all staff."),
    "owner": ("nobody provides it", "owner: provider"),
    "hours": ("nobody says when it is there", "hours: Mon-Fri 07:00-19:00 Europe/Lisbon"),
}


def check(agreement: Agreement) -> Iterator[Observation]:
    for service in agreement.services:
        missing = [part for part in PARTS if not says(service.plain.get(part))]
        if missing and not is_placeholder(service.node):
            consequences = ", ".join(PARTS[part][0] for part in missing)
            message = f"The service “{service.name.text}” has no {listed(missing, 'or')}: {consequences}."
            hint = "\n".join(PARTS[part][1] for part in missing)
            yield Observation(service.name, message, hint=hint, key=" ".join(missing))


bad = [
    {
        "yaml": """\
services:
  - name: Mail # expect
    description: Mailboxes and sending for all staff.
    owner: provider
"""
    },
    {
        "yaml": """\
services:
  - Mail # expect
"""
    },
]
good = [
    {
        "yaml": """\
services:
  - name: Mail
    description: Mailboxes and sending for all staff.
    owner: provider
    hours: Mon-Fri 07:00-19:00 Europe/Lisbon
"""
    }
]
