"""Blanks are found exactly, and nothing that merely looks like one."""

from __future__ import annotations

import pytest

from slalint.terms.placeholders import find, only_placeholder, stands_for

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
    ],
)
def test_no_blank(text: str) -> None:
    assert list(find(text)) == []


def test_loose_takes_every_bracket_that_is_not_something_else() -> None:
    text = "the laws of [jurisdiction] [1] via [link](a.md) at [99.9 %]"
    assert [text[start:end] for start, end in find(text, loose=True)] == ["[jurisdiction]", "[99.9 %]"]


@pytest.mark.parametrize(
    "text",
    ["[Client]", " **[Anything you like]** ", "TBD", "tbd.", "To be determined", "____", "{{ x }}", "<name>", "XX", "?",
     "YYYY-MM-DD", "…", "your name here", "[Name], [Role]", "[99.9 %]"],
)  # fmt: skip
def test_only_placeholder(text: str) -> None:
    assert only_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Dana Reyes", "[Client] pays", "TBD by Dana Reyes", "99.5 %", "[a](b.md)", "[ ]", "Xavier", "n/a", "-"],
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
        ("[00%]", ""),
        ("____", ""),
        ("X MQLs", "number of MQLs"),
    ],
)
def test_what_a_blank_asks_for(blank: str, what: str) -> None:
    assert stands_for(blank) == what
