"""What the clauses of an agreement say about notice, change, renewal and exclusions, and who has a part in it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from slalint import quantities as q
from slalint import sources
from slalint.agreement import Agreement
from slalint.model import Node, SourceFile
from slalint.terms import clauses


def node(text: str) -> Node:
    return Node.of(SourceFile("a.md", text), 0, len(text))


def read(text: str, name: str = "a.sla.yaml") -> Agreement:
    source, _ = sources.find(name, text.encode())
    assert source is not None
    (agreement,) = source.read(SourceFile(name, text), force=True).agreements
    return agreement


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Either side may end it with 90 days' notice.", {"ends", "period"}),
        ("Either side may end it with a month's notice.", {"ends", "period"}),
        ("Decided no later than 60 days before the end.", {"period"}),
        ("Each change is announced 30 calendar days ahead.", {"changes", "period"}),
        ("It may be ended at any time.", {"ends", "at-once"}),
        ("Both sides approve a change in writing.", {"mutual"}),
        ("This agreement may be changed by mutual consent.", {"changes", "mutual"}),
        ("This agreement takes a year to agree on.", set()),
        ("We may update this agreement; it holds upon publication.", {"alone", "changes", "at-once"}),
        ("Changes are agreed in writing.", {"mutual"}),
        ("This document is subject to change without notice.", {"alone", "changes", "at-once"}),
        ("It may be ended for cause.", {"ends", "cause"}),
        ("Ends when the contract ends.", {"fixed"}),
        ("Termination is governed by the master agreement.", {"elsewhere"}),
        ("No service credits are due.", {"no-remedy"}),
        ("It renews itself every year.", {"automatic"}),
        ("It stays in force until it is replaced.", {"continues"}),
        ("Ends with [Number of days] days' notice.", {"blank"}),
    ],
)
def test_says(text: str, tags: set[str]) -> None:
    assert set(clauses.says(text)) == tags


def test_says_nothing_in_a_language_without_a_list() -> None:
    assert clauses.says("Either side may end it with 90 days' notice.", "xx") == {}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Either side may end it with 90 days' notice.", "90 days"),
        ("The decision is made sixty days before the end.", "sixty days"),
        ("Upon thirty (30) days’ written notice.", "thirty (30) days"),
        ("There is a notice period of two months.", "two months"),
        ("Renewed for one year.", None),
    ],
)
def test_period(text: str, length: str | None) -> None:
    found = clauses.period(node(text))
    assert (found.text if found is not None else None) == length
    assert length is None or q.read_duration(found) is not None


def test_sentences_about_a_subject() -> None:
    agreement = read(
        "# Service level agreement\n\nMail is there. Either side may terminate this agreement.\n\n"
        "## Termination\n\nNotice is 30 days.\n",
        "a.md",
    )
    found = clauses.about("termination", agreement.passages)
    assert [clause.node.text for clause in found] == [
        "Either side may terminate this agreement.",
        "Notice is 30 days.",
    ]


def test_what_is_excluded() -> None:
    agreement = read(
        "# Service level agreement\n\nThe following is not counted as downtime:\n\n- planned work\n\nMail is there.\n\n"
        "- the desk answers\n\n## Exclusions\n\nFaults of the building.\n",
        "a.md",
    )
    told = [clause.node.text for clause in clauses.excluded(agreement.passages)]
    assert told == ["The following is not counted as downtime:", "planned work", "Faults of the building."]


POLICIES = [
    "Either side may end it with 90 days' notice.",
    "Decided two months before the end.",
    "Renewed after a joint review.",
    "Each change is announced 10 business days ahead.",
    {"summary": "Either side may end it.", "notice": "90 days"},
    {"summary": "Decided 90 days before the end.", "decideBefore": ""},
    {"notice": {"value": 3, "unit": "months"}},
    {"notice": None, "summary": None},
]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("days", [10, 30, 62, 89, 90, 400])
def test_what_plain_data_tells_of_a_notice(policy: object, days: int) -> None:
    """It may say that there is more to look at, where there is none; never the other way round."""
    agreement = read(json.dumps({"policies": {"termination": policy}}), "a.sla.json")
    stated = agreement.policies.get("termination")
    given = clauses.ahead(stated.node, stated.summary) if stated is not None else None
    assert clauses.gives_ahead(policy) is (given is not None)
    length, day = q.read_duration(given), date(2026, 3, 31)
    until = q.shifted(day, length) if length is not None else None
    if until is not None and (until - day).days > days:
        assert clauses.may_exceed(policy, days)
    elif isinstance(policy, str) and days == 400:
        assert not clauses.may_exceed(policy, days)


def test_a_tag_alone() -> None:
    for text in ("Planned maintenance does not count.", "Mail is there.", "No service credits are due."):
        said = clauses.says(text)
        assert {tag for tag in ("excludes", "upkeep", "no-remedy") if clauses.tells(text, tag)} == {
            tag for tag in ("excludes", "upkeep", "no-remedy") if tag in said
        }
    assert not clauses.tells("Planned maintenance does not count.", "upkeep", language="xx")


def test_who_is_called_by_two_words() -> None:
    agreement = read(
        "# Service level agreement\n\nThe Service Provider runs it for the Customer.\n\n- The Vendor shall report.\n",
        "a.md",
    )
    found = agreement.spoken.actors()
    assert list(found) == ["provider"]
    assert [(word, one.acts) for word, (one,) in found["provider"].items()] == [("Provider", False), ("Vendor", True)]
    assert [one.node.text for one in found["provider"]["Provider"]] == ["Service Provider"]


@pytest.mark.parametrize(
    ("status", "stage"),
    [("Active", "in-force"), ("in force.", "in-force"), ("Draft", "before"), ("superseded", "after")],
)
def test_stage(status: str, stage: str) -> None:
    assert clauses.stage(status) == stage
    assert clauses.stage(f"{status} since long") == ""


def test_people() -> None:
    agreement = read(
        """\
parties:
  provider: IT Operations
  customer: All departments
governance:
  serviceLevelManager: {name: Dana Reyes, party: provider, deputy: Kim Sato}
  representatives:
    - {party: All departments, name: Lee Park}
  roles:
    - {id: rota, name: Engineer on duty}
signatures:
  - {party: customer, name: Ana Ruiz}
"""
    )
    sides = {name: party.role if party is not None else "" for name, party in agreement.people.items()}
    assert sides == {
        **dict.fromkeys(
            ("provider", "it-operations", "servicelevelmanager", "dana-reyes", "deputy", "kim-sato"), "provider"
        ),
        **dict.fromkeys(("customer", "all-departments", "lee-park", "ana-ruiz"), "customer"),
        **dict.fromkeys(("rota", "engineer-on-duty"), ""),
    }


@pytest.mark.parametrize(
    ("day", "length", "sign", "moved"),
    [
        ("2026-12-31", "60 days", -1, "2026-11-01"),
        ("2026-12-31", "1 month", -1, "2026-11-30"),
        ("2024-02-29", "1 year", 1, "2025-02-28"),
        ("2026-01-15", "2 weeks", 1, "2026-01-29"),
        ("2026-01-15", "10 business days", 1, None),
        ("2026-01-15", "9000 years", 1, None),
    ],
)
def test_shifted(day: str, length: str, sign: int, moved: str | None) -> None:
    found = q.shifted(date.fromisoformat(day), q.parse_duration(length), sign)
    assert (found.isoformat() if found is not None else None) == moved


def test_days_in_words() -> None:
    assert q.day_in_words(date(2026, 11, 1)) == "1 November 2026"
    told = [q.days_in_words(days) for days in (1, 5, 70, 73, 400)]
    assert told == ["1 day", "5 days", "70 days (10 weeks)", "73 days (10 weeks and 3 days)", "400 days"]
