"""Blanks are found exactly, and nothing that merely looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalint import sources
from slalint.agreement import Agreement
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Finding
from slalint.terms.placeholders import all_filled, find, only_placeholder, stands_for, worth_a_look

BLANKS = [
    ("between Acme and [Client], with", ["[Client]"]),
    ("on [insert date] by [Name of the approver]", ["[insert date]", "[Name of the approver]"]),
    ("**[__percentage__]** of", ["[__percentage__]"]),
    ("a [Company name under the laws of [state]]", ["[Company name under the laws of [state]]"]),
    ("reach {{ support_mail }} or ${PHONE}", ["{{ support_mail }}", "${PHONE}"]),
    ("write to <contact e-mail> today", ["<contact e-mail>"]),
    ("Custom hours: to be determined", ["to be determined"]),
    ("To be confirmed", ["To be confirmed"]),
    ("TBD, t.b.d. and TBA", ["TBD", "t.b.d.", "TBA"]),
    ("within TBD hours", ["TBD"]),
    ("Owner: EDITME", ["EDITME"]),
    ("deliver X MQLs and convert Y% of them", ["X MQLs", "Y%"]),
    ("answered within XX hours", ["XX hours"]),
    ("Signed: ________ on", ["________"]),
    ("made between Company Name (the provider) and", ["Company Name"]),
    ("[98 %]", ["[98 %]"]),
    ("within [20 working days] or ≥ **[5 %]**", ["[20 working days]", "[5 %]"]),
    ("[●] and [XX]", ["[●]", "[XX]"]),
]


@pytest.mark.parametrize(("text", "blanks"), BLANKS)
def test_blank(text: str, blanks: list[str]) -> None:
    assert [text[start:end] for start, end in find(text)] == blanks


@pytest.mark.parametrize(("text", "blanks"), BLANKS)
def test_each_blank_is_worth_a_look(text: str, blanks: list[str]) -> None:
    before = "Mail runs in \u0130zmir.\n\n"  # a letter that is longer in lower case moves no place
    looks = worth_a_look(before + text)
    for start, end in find(text):
        assert any(a < len(before) + end and len(before) + start < b for a, b in looks)
    assert worth_a_look(before) == []


@pytest.mark.parametrize(
    "text",
    [
        "see [Contact details](contacts.md) or [Contact][c]",
        "[Contact]: https://example.org",
        "as shown earlier [1], [12] and [^note]",
        "- [ ] open, - [x] done",
        "the notice said “the [service] shall stop” and [sic]",
        "[optional] and [and/or]",
        "[Milestone tracker] and [Note]",
        "[TOC] and [[_TOC_]]",
        "first line<br>second <span>line</span> <details>",
        "mail <desk@example.org> or <https://example.org/name>",
        "latency < 200 ms and > 10 ms",
        "versions look like X.Y.Z where X is the major one",
        "of X% where X is the share agreed",
        "the price is to be agreed by both parties each year",
        "Service Name: Mail",
        "the Company name is printed",
        "Scope ........... 5",
        "Todos are kept in the tracker",
        "phones, laptops, …",
        "Look at the figures [10 min]",
        "[·········]",
        "Write to [desk@example.org]",
    ],
)
def test_no_blank(text: str) -> None:
    assert list(find(text)) == []


def test_loose_takes_every_bracket_that_is_not_something_else() -> None:
    text = "the laws of [jurisdiction] [1] via [link](a.md) at [99.9 %]"
    assert [text[start:end] for start, end in find(text, loose=True)] == ["[jurisdiction]", "[99.9 %]"]


@pytest.mark.parametrize(
    "text",
    ["[name of the manager]", "n.n.", "NN",
     "[Client]", " **[Anything you like]** ", "TBD", "tbd.", "To be determined", "____", "{{ x }}", "<name>", "XX", "?",
     "YYYY-MM-DD", "…", "your name here", "[Name], [Role]", "[99.9 %]"],
)  # fmt: skip
def test_only_placeholder(text: str) -> None:
    assert only_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Dana Reyes",
        "[Client] pays",
        "TBD by Dana Reyes",
        "99.5 %",
        "nn",
        "[a](b.md)",
        "[ ]",
        "Xavier",
        "n/a",
        "-",
    ],
)
def test_not_only_placeholder(text: str) -> None:
    assert not only_placeholder(text)


@pytest.mark.parametrize(
    ("blank", "what"),
    [
        ("[Client]", "client"),
        ("[insert the date]", "date"),
        ("<your name>", "name"),
        ("TBD", ""),
        ("[who is told first]", ""),
        ("[00%]", ""),
        ("____", ""),
        ("X MQLs", "number of MQLs"),
        ("[Company Name]", "company name"),
        ("[Date of Sales' signature]", "date of Sales' signature"),
        ("[Sales' share of the cost]", "Sales' share of the cost"),
    ],
)
def test_what_a_blank_asks_for(blank: str, what: str) -> None:
    assert stands_for(blank) == what


# ---- the rule


def read(name: str, text: str) -> Agreement:
    source, _ = sources.find(name, text.encode())
    file, _ = sources.decode(name, text.encode())
    assert source is not None
    (agreement,) = source.read(file, force=True).agreements
    return agreement


def reported(name: str, text: str) -> tuple[Finding, ...]:
    config = Config(min_confidence="low", select=("placeholder",))
    return lint([Input(name, text.encode(), True)], bundled(), config, "2026-10-01").findings


OPEN = {
    "open.sla.yaml": """\
metadata: {title: Mail, version: "?", language: nn}
governance:
  serviceLevelManager: {name: "[name of the manager]"}
  representatives: ["[who speaks for the customer]"]
  reporting: "[how often]"
  escalation: …
term: {effectiveDate: yyyy-mm-dd}
goals: ["[what people can do]", tbd]
meetings: {frequency: "[how often]"}
policies:
  renewal: {summary: "[who decides]"}
  termination: to be agreed
x-notes: "[anything]"
""",
    "open.md": """\
# Service level agreement for mail

**Effective date:** [date of the last signature]
**Version:** [number of this version]

| Service level manager | [name] |
|---|---|
| Customer's representative | |
| Reporting | ? |

## Escalation

[who is called when]

## Termination

…

## Renewal

- TBD
""",
}
TEMPLATES = sorted((Path(sources.__file__).parent.parent / "templates").iterdir())


@pytest.mark.parametrize(
    ("name", "text"), [*OPEN.items(), *((path.name, path.read_text("utf-8")) for path in TEMPLATES if path.is_file())]
)
def test_what_counts_as_blank_is_reported(name: str, text: str) -> None:
    """No part is passed over by one rule since it is blank, and by the other since it is not."""
    agreement = read(name, text)
    found = [finding.span.start for finding in reported(name, text)]
    blanks = [one for one in agreement.elements.values() if one.state == "placeholder"]
    assert len(blanks) > 1
    for element in blanks:
        assert element.node is not None
        span = element.node.written
        end = span.end
        for section in agreement.prose.sections() if agreement.prose is not None else ():
            if section.heading is not None and section.heading.start == span.start:
                end = max([end, *(passage.node.written.end for passage in section.all_passages())])
        assert any(span.start <= at < end for at in found), element


def test_a_template_may_have_blanks() -> None:
    assert reported("open.template.md", OPEN["open.md"]) == ()


def test_every_whole_value_is_one_finding() -> None:
    assert [finding.message for finding in reported("open.sla.yaml", OPEN["open.sla.yaml"])] == [
        "“metadata version” is still open: ?",
        "The name of the manager is still a blank: [name of the manager]",
        "“governance representatives” is still open: [who speaks for the customer]",
        "“governance reporting” is still open: [how often]",
        "“governance escalation” is still open: …",
        "“term effectiveDate” is still open: yyyy-mm-dd",
        "“goals” is still open: [what people can do]",
        "“goals” is still open: tbd",
        "“meetings frequency” is still open: [how often]",
        "“renewal summary” is still open: [who decides]",
        "“policies termination” is still open: to be agreed",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Signed for the provider: ____ Date: ____\n\nSigned for the customer: ____ Date: ____\n", [3]),
        (
            "## Signed\n\n| Ardent | Vexley |\n|---|---|\n| By: ____ | By: ____ |\n| Name: ____ | Date: ____ |\n",
            [7],
        ),
        ("## Signatures\n\n| Party | Signature | Date |\n|---|---|---|\n| Vexley | ____ | ______ |\n", [7]),
        (
            "**Effective date:** ____\n\nThe fee is ____ EUR.\n\n## Signed\n\nMo Lind: ____\n\nKai Roth: ____\n",
            [3, 5, 9],
        ),
        ("Name: ____\n\nTitle: ____\n", [3, 5]),
        ("## Signatures\n\n[Name of the provider's signatory]\n", [5]),
        ("Signature: ____ Date: ____ Name: ____\n\nSee [Tom’s note] and [all else].\n", [3]),
    ],
)
def test_an_agreement_that_nobody_has_signed_is_one_finding(text: str, lines: list[int]) -> None:
    found = reported("a.md", f"# Service level agreement for mail\n\n{text}")
    assert [finding.span.line for finding in found] == lines
    signed = [finding for finding in found if "signed" in finding.message]
    assert all("remove the line" not in finding.hint for finding in signed)


def test_what_links_is_no_blank() -> None:
    """Even where three blanks beyond doubt make every bracket suspicious."""
    text = """\
# Service level agreement for mail

[Client], [Name of the provider] and [Date of signature].

See [`test`](./x.md), [HTML](./html.md), [Name](./n.md "The name"), [Details][c], [Name][], [Company name], [`code`].
[![Service](b.svg)](x.md) ![Customer](y.png) ![Client][c] [^name] [A name (PDF)](a(b).md) {{< ref "Name" >}} <br>

- [x] Signed
- [ ] Filed, with `[name]` <!-- [date] -->

| [Name](x.md) | [Date][c] |
|---|---|
| [`name`](x.md) | [x] |

[Contact
details](./x.md) and [Date](<./my date.md>)

[c]: ./c.md
[name]: https://example.org/name
[Company name]: <c.md> "The company"
[^name]: a note
"""
    assert {finding.span.line for finding in reported("a.md", text)} == {3}


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        ("tags: [mail, desk, staff]\nrelated: [rota.md]", []),
        ("title: Mail\nowner: [Owner name]", [3]),
        ("version: TBD\ntags: [mail]", [2]),
    ],
)
def test_lists_in_front_matter_are_no_blanks(front: str, lines: list[int]) -> None:
    found = reported("a.md", f"---\n{front}\n---\n\n# Service level agreement\n\nMail works.\n")
    assert [finding.span.line for finding in found] == lines


@pytest.mark.parametrize(
    "text",
    [*(text for text, _ in BLANKS), "N.A.", "See above", "*per our Contract*", "“None”", "NN", "Your name", "____"],
)
@pytest.mark.parametrize("known", [False, True])
def test_one_look_tells_that_something_is_left_open(text: str, known: bool) -> None:
    said = ["Desk answers the ticket. Before noon", text, "as soon as it can"]
    assert _all_filled(said[::2], known)
    assert not _all_filled(said, known)


def _all_filled(texts: list[str], known: bool) -> bool:
    if not known:
        return all_filled(texts)
    return all_filled(["p1"], "en", "\0".join(texts), {*" ".join(texts).split()})
