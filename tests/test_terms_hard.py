"""Hard cases of terms, one a line: what looks like a definition and is none, what is no use of a term though its
letters are there, what is written as a term and needs no definition, and the other way round.

Each case is a text with what must be found in it: the terms that it defines (``defines``), where it uses them and how
surely (``uses``), or what is reported (``says``: each rule with the words at its place).
"""

from __future__ import annotations

from functools import cache

import pytest

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Confidence, SourceFile
from slalint.rule import Rule
from slalint.sources.markdown import blocks
from slalint.terms import GlossaryTerm
from slalint.terms.definitions import read_definitions
from slalint.terms.lexicon import Lexicon
from slalint.terms.uses import scan

# From here on capitals say that a word is defined.
OPEN = "“Provider” means Orrin AS. “Guest” means anyone who books. “Portal” means the booking pages.\n\n"
OPEN += "The Provider keeps the Portal open to each Guest.\n\n"
HEADED = "# Service level agreement\n\n"
NUMBERED = "# 1. Rooms\n\nA room.\n\n# 2. Beds\n\nA bed.\n\n# 3. Food\n\n"
SPANISH = "# Acuerdo\n\n" + "El Cliente paga la Tarifa al Proveedor según el Acuerdo de Nivel de Servicio. " * 6
DATA = "```sla\napiVersion: slalint/v1\nkind: ServiceLevelAgreement\ndefinitions:\n  Outage Refund: 5 EUR.\n```\n"


@cache
def rules() -> list[Rule]:
    return [one for one in bundled() if one.category == "definitions" or one.name == "vague-obligation"]


def defines(text: str) -> list[str]:
    return [found.term.text for found in read_definitions(blocks.parse(SourceFile("a.md", text)))]


def uses(text: str) -> list[str]:
    document = blocks.parse(SourceFile("a.md", text))
    seen = scan(document.passages, read_definitions(document))
    return [f"{use.strength} {use.passage.text[use.start : use.end]}" for use in seen.uses]


def says(text: str, least: Confidence = "medium", glossary: tuple[GlossaryTerm, ...] = ()) -> list[str]:
    config = Config(min_confidence=least, glossary=glossary)
    report = lint([Input("a.md", text.encode(), True)], rules(), config, "2026-11-23")
    assert not report.errors
    lines = text.splitlines()
    return [f"{f.rule} {lines[f.span.line - 1][f.span.column - 1 : f.end_column - 1]}" for f in report.findings]


# ---- what defines a term

DEFINES = {
    1: ("“Uptime” means the share of minutes with an answer.", ["Uptime"]),
    2: ("The time to repair (“**Fix Period**”) is set below.", ["Fix Period"]),
    3: ("Orrin AS (“Licensor.”) grants a licence.", ["Licensor"]),
    4: ("All that follows (the 'Service Commitment') holds.", ["Service Commitment"]),
    5: ("This text (\"Agreement\\') binds both.", ["Agreement"]),
    6: ("“member of the guest's household” means whoever lives with one.", ["member of the guest's household"]),
    7: ("Both agree on the purposes and means of the work.", []),
    8: ("This means the fee of the month after.", []),
    9: ("Two duties (each an “Obligation” and collectively, the “Obligations”).", ["Obligation", "Obligations"]),
    10: ("Orrin AS (“Orrin”, “we”, “our”, or “us”) runs it.", ["Orrin", "we", "our", "us"]),
    11: ("“Including” and “includes” means without limit.", []),
    12: ("References to “fines” shall include tolls.", []),
    14: ("# Definitions\n\n**Downtime**: The total of the minutes lost.", ["Downtime"]),
    15: ("# Definitions\n\n**Note:** bring a card.", []),
    16: ("**Daily backups:** 30 days", []),
    17: ("# Definitions\n\n**Monthly Uptime Percentage (MUP)**: minutes up over all minutes.",
         ["Monthly Uptime Percentage", "MUP"]),
    18: ("| Term | Definition |\n|---|---|\n| Ticket | A message that reached the desk |", ["Ticket"]),
    19: ("| Level | Answer |\n|---|---|\n| **P1** | **4 hours** |", []),
    20: ("| | Critical | High | Elevated | Normal |\n|---|---|---|---|---|\n"
         "| Criteria | no work done | some is done | most is done | a question |",
         ["Critical", "High", "Elevated", "Normal"]),
    21: ("**BH** = business hour (Monday to Friday, 09:00-17:00 Lisbon)", ["BH", "business hour"]),
    22: ("# Glossary\n\nFix Plan\tthe steps that end a fault\n\nFix Day\tits last day", ["Fix Plan", "Fix Day"]),
    23: ("6.1 **Scheduled maintenance** is announced early.", []),
    24: ("**9. Usage Rules**. Nobody smokes.", []),
    25: ("**Nobody may do this without asking the desk before.** It is forbidden.", []),
    26: ("The tool is provided “AS IS”.", []),
    27: ("It is excused as the “Valid Excuses” section says.", []),
    28: ("What is marked “Secret”, “Confidential” is kept so.", []),
    29: ("Uptime is no less than the **Uptime Commitment** on the cover.\n\nTo miss the Uptime Commitment ends it.",
         ["Uptime Commitment"]),
    30: ("The portal shows the **Blue Banner** at the top.", []),
    42: ("Hierarchical Navigable Small World ([HNSW](https://example.org/a)) is fast.", ["HNSW"]),
    43: ("It needs an internet service provider (ISP).", ["ISP"]),
}  # fmt: skip

# ---- what is a use of one

USES = {
    31: ("“Provider” means Orrin AS. “Provider's Country” means Norway.\n\nIt sues in Provider's Local Courts.",
         ["weak Provider"]),
    32: ("“Service Level” means a rate. “Service Level Manager” means a person.\n\nThe Service Level Manager signs.",
         ["strong Service Level Manager"]),
    35: ("This Mutual Nondisclosure Agreement (this “Agreement”) binds both.",
         ["weak Agreement"]),
    46: ("“Uptime” means a share.\n\n# Uptime\n\nIt is high.", ["weak Uptime"]),
    47: ("“Customer” means Velden AS.\n\nTHE CUSTOMER SHALL PAY WITHOUT DELAY.", ["weak CUSTOMER"]),
    48: ("“Uptime” means a share.\n\nSection 1.2 (Give Credits for Low Uptime) holds.", []),
    51: ("“Company” means Orrin AS.\n\nIt is signed by [Company Name].", []),
    52: ("“Customer” means Velden AS.\n\nCustomer's staff, all Customers and the Customers' guests sign.",
         ["weak Customer", "strong Customers", "strong Customers"]),
    57: ("“Person” means a human.\n\nEach Person calls in person.", ["strong Person", "lower person"]),
}  # fmt: skip

# ---- what is reported

SAYS = {
    13: ("“Tax” means a levy.\n\nA Tax is due. The term “Tax” shall not include fines.", []),
    33: (OPEN + "The Portal Manager signs. The Provider names the Portal Manager.", ["undefined-term Portal Manager"]),
    34: (OPEN + "It falls under the Securities Exchange Act of 1934 (the “Exchange Act”). The Exchange Act holds.", []),
    36: (OPEN + "“Board” means five people.\n\nThe Board meets. The Board of Directors met in May.", []),
    37: (OPEN + "It is filed with the State of New York and the City of Oslo.", []),
    38: (OPEN + "Lucidtech runs the TiDB Cloud for the XYZ Executive Team.", ["undefined-acronym XYZ"]),
    39: (OPEN + "Each Guest pays by PayPal or FedWire.", []),
    40: (OPEN + "Each Guest pays by ACH, SEPA or SWIFT.", []),
    41: (OPEN + "The KSC holds.", ["undefined-acronym KSC"]),
    44: (OPEN + "Service is free. Cleaning too.", []),
    45: (OPEN + "- Licensor grants Licensee a room.", ["undefined-term Licensor", "undefined-term Licensee"]),
    49: (NUMBERED + "As section 2 (Old Rooms) says, and section 1 (Rooms), and section 3 (if any).",
         ["dangling-reference section 2 (Old Rooms)"]),
    50: ("# Rooms\n\nSee [rooms](#rooms) and [beds](#bedz).", ["dangling-reference #bedz"]),
    53: ("“Party” means a side. “Subsidiary” means a company.\n\nThe Parties and their Subsidiaries sign.", []),
    54: ("“Third-Party Platform” means a shop.\n\nIt runs on Third Party Platforms.",
         ["inconsistent-term Third Party Platforms"]),
    55: ("“Agreement” means this text.\n\nThe Agreement binds. Either side ends this agreement.",
         ["inconsistent-term agreement"]),
    56: ("“Services” means mail.\n\nThe Services run. They and such services stop.", []),
    58: ("“Affiliate” means a company.\n\nThe affiliates sign.", ["unused-definition Affiliate"]),
    59: ("“Billing Period” means a month. “Billing Periods” means months.\n\nIt ends with the Billing Period.", []),
    60: ("“Quiet Time” means the night, and Quiet Time starts at ten.", ["unused-definition Quiet Time"]),
    61: ("“Billing Period” means a month. The first Billing Period starts in May.", []),
    62: ("“Ticket” means a Report. “Report” means a Ticket.", ["circular-definition Ticket"]),
    63: ("“Hour” means 60 min.\n\nAn Hour.\n\n“Hour” means 50 min.", ["conflicting-definition Hour"]),
    64: ("“Hour” means 60 min.\n\nAn Hour. “Hour” has the meaning given in section 3.", []),
    65: (OPEN + "A Liquidation Event (as defined in the Charter) ends it. No Liquidation Event is near.", []),
    66: (OPEN + "Capitalized terms not defined here have the meaning given in the Contract. The Provider pays the "
         "Outage Refund. The Outage Refund is small.", []),
    67: (HEADED + "The Front Desk answers the Night Bell. The Front Desk closes at ten.", []),
    68: (HEADED + "Each side writes back promptly, and in any case within 2 hours.", []),
    70: ("| Business hours | 09:00-17:00 Europe/Paris |\n|---|---|\n| Guests | hear within 4 business hours |", []),
    71: (OPEN + "The Provider pays the Outage Refund. The Outage Refund is small.\n\n" + DATA, []),
    73: (SPANISH, []),
}  # fmt: skip
LOW = {
    69: (HEADED + "The desk writes back within 3 days.", ["ambiguous-term days"]),
    74: (HEADED + "“Lost Minutes” means minutes lost.\n\nUptime = (Total Minutes - Lost Minutes) / Total Minutes.",
         ["undefined-term Total Minutes"]),
}  # fmt: skip


@pytest.mark.parametrize("number", DEFINES)
def test_defines(number: int) -> None:
    text, found = DEFINES[number]
    assert defines(text) == found


@pytest.mark.parametrize("number", USES)
def test_uses(number: int) -> None:
    text, found = USES[number]
    assert uses(text) == found


@pytest.mark.parametrize("number", SAYS)
def test_says(number: int) -> None:
    text, found = SAYS[number]
    assert says(text) == found


@pytest.mark.parametrize("number", LOW)
def test_says_where_it_is_not_sure(number: int) -> None:
    text, found = LOW[number]
    assert says(text) == []
    assert says(text, "low") == found


def test_what_the_tables_leave_out() -> None:
    # 5: the marks that do not match are a finding.
    assert says(f"{HEADED}{DEFINES[5][0]}\n\nThe Agreement holds.") == ["unbalanced-quotes \"Agreement\\'"]
    # 9: one group. 10: pronouns are never said to be unused.
    lexicon = Lexicon(read_definitions(blocks.parse(SourceFile("a.md", DEFINES[9][0]))))
    assert len(lexicon.groups) == 1
    assert says(f"{HEADED}{DEFINES[10][0]}\n\nOrrin is here.") == []
    # 69: business days that are explained need nothing. 68: without a figure the word stays vague.
    told = "The desk writes back within 3 business days."
    assert says(HEADED + told) == ["ambiguous-term business days"]
    assert says(f"{HEADED}“Business day” means Monday to Friday but for holidays in Porto.\n\n{told}", "low") == []
    assert says(f"{HEADED}Each side writes back promptly.") == ["vague-obligation promptly"]
    # 72: a glossary's terms are for all agreements.
    glossary = (GlossaryTerm("Outage Refund"), GlossaryTerm("Night Bell"))
    assert says(SAYS[33][0] + "\n\nNo Outage Refund is due.", glossary=glossary) == SAYS[33][1]
    assert len({*DEFINES, *USES, *SAYS, *LOW, 72}) == 74
