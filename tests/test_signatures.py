"""Who has not signed: the side that is missing is named, and only that one."""

from __future__ import annotations

import pytest

from slalint.api import lint_bytes

DATA = "metadata: {title: Mail, status: active}\nparties: {provider: IT Operations, customer: Sales}\n"
PROSE = "# Service level agreement: mail\n\n**Status:** active\n\nProvider: IT Operations\n\nCustomer: Sales\n\n"
ROWS = "## Signatures\n\n| Party | Name | Date |\n|---|---|---|\n"


def said(path: str, text: str) -> list[tuple[str, str]]:
    report = lint_bytes(path, text.encode(), as_of="2026-11-23")
    return [(one.message, one.hint) for one in report.findings if one.rule == "missing-signature"]


@pytest.mark.parametrize(
    ("signatures", "who", "hint"),
    [
        (
            "signatures:\n  - {party: provider, name: Dana Reyes, date: 2026-01-05}\n",
            "Sales has",
            "Under signatures, add:\n  - {party: customer, name: Lee Park, date: 2026-01-07}",
        ),
        (
            "signatures:\n  - {party: Sales, name: Lee Park, date: 2026-01-05}\n",
            "IT Operations has",
            "Under signatures, add:\n  - {party: provider, name: Dana Reyes, date: 2026-01-05}",
        ),
        (
            "signatures:\n  - {party: provider, name: Dana Reyes, date: 2026-01-05}\n  - {party: customer, name: }\n",
            "Sales has",
            "In the line of customer, write who signed and when: name: Lee Park, date: 2026-01-07",
        ),
        (
            "signatures:\n  - {party: provider, name: Dana Reyes, date: }\n",
            "IT Operations and Sales have",
            "In the line of provider, write who signed and when: name: Dana Reyes, date: 2026-01-05\n"
            "signatures:\n  - {party: customer, name: Lee Park, date: 2026-01-07}",
        ),
    ],
)
def test_data(signatures: str, who: str, hint: str) -> None:
    assert said("mail.sla.yaml", DATA + signatures) == [(f"The agreement is active, but {who} not signed it.", hint)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Signed for the provider: Dana Reyes\n\nSigned for the customer: ________ Date: ________\n", "Sales has not"),
        ("Signed for Sales: Lee Park\n\nSigned for IT Operations: ________\n", "IT Operations has not"),
        (f"{ROWS}| IT Operations | Dana Reyes | 5 January 2026 |\n| Sales | Lee Park | |\n", "Sales has not"),
        ("## Signatures\n\n| IT Operations | Sales |\n|---|---|\n| Dana Reyes | ____________ |\n", "Sales has not"),
        (f"{ROWS}| IT Operations | Dana Reyes | |\n| Sales | Lee Park | |\n", "2 places for signatures are empty"),
        (
            "## Agreed\n\n**IT Operations**\n\nName: Dana Reyes\nSignature: D. Reyes\n\n"
            "**Sales**\n\nName: ________\nDate: ________\nSignature: ________\n",
            "Sales has not",
        ),
        ("Signed for Sales: Lee Park\n\nSigned for IT Operations: \\_\\_\\_\\_\\_\\_ \n", "IT Operations has not"),
        (
            "Signed for the provider: ________\n\nSigned for the customer: ________\n",
            "a place for a signature",
        ),
        (f"{ROWS}| Both | Lee Park | |\n", "a place for a signature"),
    ],
)
def test_prose(text: str, who: str) -> None:
    ((message, hint),) = said("mail.md", PROSE + text)
    assert who in message
    assert ("Signed for" in hint and who.split(" has")[0] in hint) if "has not" in who else "Sales" not in hint
