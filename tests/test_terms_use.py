"""Uses of defined terms, words written as terms, and how definitions hang together."""

from __future__ import annotations

import time
from functools import cache

import pytest

from slalint import sources
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import SourceFile
from slalint.rule import Rule
from slalint.sources.markdown import blocks
from slalint.terms.definitions import read_definitions
from slalint.terms.lexicon import Lexicon, inflections, tokens
from slalint.terms.uses import capitals, scan
from slalint.terms.vocabulary import is_plain, may_be_of_a_term
from slalint.words.stems import Stems

RULES = {
    *("undefined-term", "undefined-acronym", "unused-definition", "conflicting-definition", "repeated-definition"),
    *("circular-definition", "inconsistent-term", "dangling-reference"),
}
# Three terms written with capitals: from then on capitals mean something.
OPEN = "“Provider” means Orrin AS. “Guest” means anyone who books. “Portal” means the booking pages.\n\n"
OPEN += "The Provider keeps the Portal open to each Guest.\n\n"


@cache
def rules() -> list[Rule]:
    return [rule for rule in bundled() if rule.name in RULES]


def told(text: str, path: str = "a.md") -> list[tuple[str, str]]:
    """What is reported of a text: each rule with the words at the place."""
    found = lint([Input(path, text.encode(), True)], rules(), Config(), "2026-11-23").findings
    file = SourceFile(path, text)
    lines = [file.line(f.span.line) for f in found]
    return [(f.rule, line[f.span.column - 1 : f.end_column - 1]) for f, line in zip(found, lines, strict=True)]


def uses(text: str) -> list[tuple[str, str]]:
    document = blocks.parse(SourceFile("a.md", text))
    seen = scan(document.passages, read_definitions(document))
    return [(use.passage.text[use.start : use.end], use.strength) for use in seen.uses]


def undefined(text: str) -> list[str]:
    return [word for rule, word in told(OPEN + text) if rule == "undefined-term"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Provider's Country” means Oslo.\n\nIt pays in Provider's Country.", [("Provider's Country", "strong")]),
        ("“Provider’s Country” means Oslo.\n\nIt pays in Provider's Country.", [("Provider's Country", "strong")]),
        ("“Provider's Country” means Norway.\n\nIt sues in Provider's Local Courts.", []),
        ("“Service Level” means a rate. “Service Level Manager” means a person.\n\nThe Service Level Manager signs.",
         [("Service Level Manager", "strong")]),
        ("“Customer” means Velden AS.\n\nFor Customer's staff, all Customers and the Customers' guests.",
         [("Customer", "strong"), ("Customers", "strong"), ("Customers", "strong")]),
        ("“Subsidiary” means a company. “Party” means a side.\n\nThe Parties and their Subsidiaries sign.",
         [("Parties", "strong"), ("Subsidiaries", "strong")]),
        ("“Versions of the Software” means all of them.\n\nIt mends any Version of the Software.",
         [("Version of the Software", "strong")]),
        ("“Uptime” means a share.\n\n# Uptime\n\nIt is high.", [("Uptime", "weak")]),
        ("“Customer” means Velden AS.\n\nTHE CUSTOMER SHALL PAY WITHOUT DELAY.", [("CUSTOMER", "weak")]),
        ("“Uptime” means a share.\n\nSection 1.2 (Give Credits for Low Uptime) holds.", []),
        ("“Company” means Orrin AS.\n\nIt is signed by [Company Name].", []),
        ("“Agreement” means this text.\n\nThis agreement ends; such agreements do.",
         [("agreement", "lower"), ("agreements", "lower")]),
        ("“Third-Party Platform” means a shop.\n\nIt runs on Third Party Platforms.",
         [("Third Party Platforms", "strong")]),
        ("“Board” means five people.\n\nThe Board of Directors met.", [("Board", "weak")]),
        ("“operator” means Orrin AS.\n\nThe operator signs.", [("operator", "strong")]),
    ],
)  # fmt: skip
def test_uses(text: str, found: list[tuple[str, str]]) -> None:
    assert uses(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Provider pays the Outage Refund within a week. No Outage Refund exceeds 5 EUR.", ["Outage Refund"]),
        ("The Portal Manager signs. The Provider names the Portal Manager.", ["Portal Manager"]),
        ("Licensor grants Licensee what is listed.", ["Licensor", "Licensee"]),
        ("It sues in the Provider's Local Courts.", []),
        ("Orders fall under the Securities Exchange Act of 1934.", []),
        ("It is filed with the State of New York and the City of Oslo.", []),
        ("Lucidtech pays by PayPal or FedWire to the TiDB Cloud.", []),
        ("The Provider obeys the Health Insurance Portability and Accountability Act.", []),
        ("It meets the Board of Directors each March in Lisbon.", []),
        ("Rooms are cleaned. Cleaning is free.", []),
        ("- Windows\n- Fast Rooms Everywhere", []),
        ("**Late Arrival:** call the desk.", []),
        ("3\\. **Exemptions from Night Fee.** The Provider asks for none.", []),
        ("A Guest on the Enterprise Plan pays less.", []),
        ("The Booking Fee (the “Charge”) is due. The Provider returns the Charge.", []),
        ("Guests see the Terms of Service and the Privacy Policy.", []),
        ("It is described in Annex 4 and Section 7.", []),
        ("This Agreement ends in May.", []),
        ("Capitalized terms not defined here have the meaning given in the Contract.\n\nIt pays the Outage Refund to "
         "each Guest. The Outage Refund is small.", []),
    ],
)  # fmt: skip
def test_words_written_as_terms(text: str, found: list[str]) -> None:
    assert undefined(text) == found


def test_capitals_say_nothing_where_they_are_no_custom() -> None:
    text = "# Rooms\n\nThe Front Desk answers the Night Bell. The Front Desk closes at ten."
    assert told(text) == []


def test_a_defined_term_may_be_a_length_of_time() -> None:
    text = "# Rooms\n\nIt runs for {}, on these terms.\n\nThe Front Desk helps each Guest. The Front Desk closes."
    assert told(text.format("a defined term of months")) == []
    assert told(text.format("months, and defined terms hold")) == [("undefined-term", "Guest")]


def test_what_agreements_always_define_is_asked_for_without_a_custom() -> None:
    assert told("# Rooms\n\nIt runs from the Effective Date. The Front Desk helps.") == [
        ("undefined-term", "Effective Date")
    ]


def test_a_field_explains_its_name_and_a_heading_in_the_line_does_not() -> None:
    use = "The Provider pays the Outage Refund. The Outage Refund is small."
    assert undefined(f"**Outage Refund:** 5 EUR\n\n{use}") == []
    assert undefined(f"**Outage Refund.** If there is none, the Provider pays nothing.\n\n{use}") == ["Outage Refund"]


def test_a_text_in_another_language_is_left_alone() -> None:
    text = "# Acuerdo\n\n" + "El Cliente paga la Tarifa al Proveedor según el Acuerdo de Nivel de Servicio. " * 6
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The DPA holds.", ["DPA"]),
        ("Pay by ACH, SEPA or SWIFT.", []),
        ("An internet service provider (ISP) and the Key Safe Code (KSC). The KSC changes.", []),
        ("Hierarchical Navigable Small World ([HNSW](https://example.org/a)) is used. HNSW is fast.", []),
        ("THE KSC MUST BE KEPT SECRET AT ALL TIMES.", []),
        ("Mail is free. THIS CLAUSE 3.3 SETS OUT THE ENTIRE DUTY OF THE DESK, AND NO MORE. The XQZ holds.", ["XQZ"]),
        ("The CRQ, KSV, XQZ AND QKX teams agree.", ["CRQ", "KSV", "XQZ", "QKX"]),
        ("Write to desk@KSC.example or KSC/x.", []),
        ("TL;DR: mail is free. It is signed by [Name of the XQZ].", []),
    ],
)
def test_abbreviations(text: str, found: list[str]) -> None:
    assert [word for rule, word in told(text) if rule == "undefined-acronym"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Affiliate” means a company.\n\nThe affiliates sign.", [("unused-definition", "Affiliate")]),
        ("“Billing Period” means a month. “Billing Periods” means months.\n\nIt ends with the Billing Period.", []),
        ("“Guest” means anyone. The first Guest is greeted.", []),
        ("“Quiet Time” means the night, and Quiet Time starts at ten.", [("unused-definition", "Quiet Time")]),
        ("“Billing Period” means a month. The first Billing Period starts in May.", []),
        ("“Ticket” means a Report. “Report” means a Ticket.", [("circular-definition", "Ticket")]),
        ("“Ticket” means a message that becomes a Report. “Report” means a note on a Ticket.", []),
        ("**BH** = business hour (Monday to Friday)", []),
        ("“Fault” means any Fault.\n\nA Fault.", [("circular-definition", "Fault")]),
        ("“Hour” means 60 min.\n\nAn Hour.\n\n“Hour” means 50 min.", [("conflicting-definition", "Hour")]),
        ("“Hour” means 60 min.\n\nAn Hour.\n\n“Hour” means 60 min.", [("repeated-definition", "Hour")]),
        ("“Hour” means 60 min.\n\nAn Hour. “Hour” has the meaning given in Annex A.", []),
        ("“Tax” means a levy.\n\nA Tax is due. The term “Tax” shall not include fines.", []),
        ("“Agreement” means this text.\n\nThe Agreement binds. Either side ends this agreement.",
         [("inconsistent-term", "agreement")]),
        ("“Services” means mail.\n\nThe Services run. They and such services stop.", []),
        ("“Person” means a human.\n\nEach Person calls in person.", []),
        ("“Third-Party Shop” means a shop.\n\nA Third Party Shop is left out, and a third-party shop too.",
         [("inconsistent-term", "Third Party Shop")]),
        ("# Rooms\n\nSee [rooms](#rooms) and [beds](#bedz).", [("dangling-reference", "#bedz")]),
        ("# Rooms\n\n<a id=\"bed-s\"></a>See [beds](#bed-s).\n\n```\n[x](#nowhere)\n```", []),
        ("# 1. Rooms\n\nAs section 4 says, or Section 2.1.\n\n# 2. Beds\n\nA bed.\n\n# 3. Food\n\nBread.",
         [("dangling-reference", "section 4")]),
        ("# 1. Rooms\n\nGeneral Laws Chapter 6A Section 9 holds.\n\n# 2. Beds\n\nA bed.\n\n# 3. Food\n\nBread.", []),
        ("# 1. Rooms\n\nSection 9 of the Master Agreement holds.\n\n# 2. Beds\n\nA bed.\n\n# 3. Food\n\nBread.", []),
    ],
)  # fmt: skip
def test_how_definitions_hang_together(text: str, found: list[tuple[str, str]]) -> None:
    assert [one for one in told(text) if not one[0].startswith("undefined")] == found


def test_a_definition_in_the_data_settles_the_prose() -> None:
    text = OPEN + "The Provider pays the Outage Refund. The Outage Refund is small.\n\n"
    data = "```sla\napiVersion: slalint/v1\nkind: ServiceLevelAgreement\ndefinitions:\n  Outage Refund: 5 EUR.\n```\n"
    assert told(text + data) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("party", "parties"), ("fee", "fees"), ("box", "boxes"), ("person", "people"), ("use", "uses"), ("day", "days")],
)
def test_singular_and_plural(one: str, other: str) -> None:
    assert other in inflections(one)
    assert one in inflections(other)


def test_the_longest_term_wins_and_names_of_one_thing_are_one_group() -> None:
    document = blocks.parse(SourceFile("a.md", "“Fee” means a sum. “Late Fee” means a fine. The Key Safe Code (KSC)."))
    lexicon = Lexicon(read_definitions(document))
    text = "The Late Fees, a Fee and the KSC"
    assert [lexicon.groups[match.group].name for match in lexicon.find(text, tokens(text))] == [
        "Late Fee",
        "Fee",
        "KSC",
    ]
    assert lexicon.group_of("Key Safe Code") == lexicon.group_of("KSC") is not None


def test_thousands_of_terms_that_begin_alike_are_found_in_bounded_time() -> None:
    names = [f"Term {first}{second}x Period" for first in range(50) for second in range(40)]
    document = blocks.parse(SourceFile("a.md", "\n\n".join(f"“{name}” means a month." for name in names)))
    found = read_definitions(document)
    began = time.process_time()
    lexicon, text = Lexicon(found), " and a ".join(names)
    assert len(list(lexicon.find(text, tokens(text)))) == len(names)
    assert time.process_time() - began < 2  # 0.1 s; 3 s where each is compared with each


@pytest.mark.parametrize("piece", ["A ", "The Fee of the Fee ", "(“A B", "Section 1 (A ", "Late Fee Late ", "a.b@C "])
def test_cost_grows_with_the_text(piece: str) -> None:
    def cost(count: int) -> float:
        document = blocks.parse(SourceFile("a.md", "“Fee” means a sum. “Late Fee” means a fine.\n\n" + piece * count))
        found = read_definitions(document)
        start = time.process_time()
        scan(document.passages, found)
        return time.process_time() - start

    cost(100)
    assert min(cost(4000) for _ in range(2)) < 12 * max(min(cost(1000) for _ in range(2)), 0.002)


@pytest.mark.parametrize(
    ("text", "most", "words", "starts"),
    [
        ("The Provider’s R&D, 2 days", None, "the provider r and d 2 days", [0, 4, 15, 16, 17, 20, 22]),
        ("ACME'S 'Fee'", None, "acme fee", [0, 8]),
        ("It’s R & D’s “day” in México", None, "it r and d day in méxico", [0, 5, 7, 9, 14, 19, 22]),
        ("The ’s, and 's's of A_B – don't", None, "the s and s of a b don t", [0, 5, 8, 13, 17, 20, 22, 26, 30]),
        ("One two three", 2, "one two", [0, 4]),
        ("One two", 0, "", []),
        ("", None, "", []),
    ],
)
def test_words_of_a_text(text: str, most: int | None, words: str, starts: list[int]) -> None:
    found = tokens(text, most)
    assert (found.word, found.starts) == (words.split(), starts)
    assert [text[start : found.end(index)] for index, start in enumerate(starts)] == found.shown
    assert [one.removesuffix("'s") for one in found.full] == found.word


def test_runs_outside_running_text_are_looked_for_when_asked() -> None:
    document = blocks.parse(
        SourceFile(
            "a.md", f"{OPEN}The Night Desk calls.\n\n| Item | Who |\n|---|---|\n| Backup Copy | the Area Manager |\n"
        )
    )
    found = read_definitions(document)
    assert [run.text for run in scan(document.passages, found).runs] == ["Night Desk"]  # no mere names
    everywhere = scan(document.passages, found, everywhere=True)
    assert [run.text for run in everywhere.runs if not run.initial] == ["Orrin AS", "Night Desk", "Area Manager"]
    assert everywhere.uses == scan(document.passages, found).uses


def test_words_of_addresses_are_no_words() -> None:
    document = blocks.parse(SourceFile("a.md", "Mail goes to fees@portal.example.\n\nA plain line.\n"))
    assert scan(document.passages, []).written == {"Mail", "goes", "to", "A", "plain", "line"}


def test_capitals_that_no_sentence_gives() -> None:
    text = 'The Fee is due. It is paid (Twice) to the "Desk", each Week\0Rooms: Night-Class; Open 2B, an Area Plan'
    found = list(capitals(text))
    assert [word for word, _ in found] == ["the", "fee", "desk", "week", "class", "area", "plan"]
    assert [word for word, determined in found if determined] == ["fee", "desk", "week", "area"]
    assert [*found, ("é", False)] == list(capitals(f"{text} é"))  # texts in ASCII are looked at in another way


def test_names_are_no_words() -> None:
    written = {"Loomtrace", "Widgetry", "widgetry"}
    words = ["Service", "Services", "Of", "Availability", "Widgetry", "Loomtrace", "PayPal", "A"]
    may_be = ["Service", "Services", "Of", "Availability", "Widgetry"]
    assert [word for word in words if may_be_of_a_term(word, written)] == may_be
    assert is_plain("widgetry", written) and not is_plain("loomtrace", written)


def test_stems_that_begin_alike_are_found_each_where_it_stands() -> None:
    days = [[f"within {count} days"] for count in range(2, 9)]
    stems = Stems([("list", [*days, ["day rate", "downtime"], ["in time"]])], {"(loud)": str.isupper})
    text = "Within 2 days, or within 5 days of downtime, PAY in due time; WITHIN 7 days no day rate"
    begun = stems.begun(frozenset(text.split()))
    assert stems.of(begun)["list"].within(text.lower()) == [
        *((0, "within 2 days"), (3, "within 5 days"), (5, "within 7 days"), (7, "day rate"), (7, "downtime"))
    ]
    assert "(loud)" in begun
    assert "(loud)" not in stems.begun(frozenset(("within", "9")))


def test_definitions_of_data_say_without_a_place_what_they_say_with_one() -> None:
    written = b"""\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
x-shared: &shared
  Outage: Loss of the mailbox.
definitions:
  <<: *shared
  Fault: &fault A ticket of the customer.
  Defect: *fault
  Tier: 7
  Empty: ""
  Downtime: {means: Minutes of an outage., aliases: [Down Time]}
"""
    source, _ = sources.find("sla.yaml", written)
    assert source is not None
    read = source.read(sources.decode("sla.yaml", written)[0], force=True).agreements[0].definitions
    told = {one.name: one.said for one in read}
    assert told == {one.term.text: one.body.text if one.body is not None else None for one in read}
    assert told == {
        "Outage": "Loss of the mailbox.",
        "Fault": "A ticket of the customer.",
        "Defect": "A ticket of the customer.",
        "Tier": "7",
        "Empty": "",
        "Downtime": "Minutes of an outage.",
    }
    assert [one.term.span.line for one in read if one.name in ("Outage", "Fault", "Defect")] == [7, 8, 6]
    assert next(one.names for one in read if one.name == "Downtime") == ("Downtime", "Down Time")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see the Fee", [("fee", True)]),
        ("see these  Fees", [("fees", True)]),
        ("see the-Fee, our\nFee", [("fee", True), ("fee", True)]),
        ("see lathe Fee", [("fee", False)]),
        ("é the Fee", [("é", False), ("fee", True)]),
    ],
)
def test_a_determiner_stands_right_before_a_capital(text: str, found: list[tuple[str, bool]]) -> None:
    assert list(capitals(text)) == found
