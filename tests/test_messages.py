"""What findings say: of the right things, once, and as the author calls them."""

from __future__ import annotations

from functools import cache

import pytest

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, Linter
from slalint.model import Finding
from slalint.rule import Rule

DAY = "2026-06-10"
DATA = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"
HEAD = "# Service level agreement: mail\n\n"


@cache
def rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in bundled()}


def findings(text: str, *names: str, before: str | None = None) -> tuple[Finding, ...]:
    path = "mail.sla.yaml" if text.startswith("apiVersion") else "mail.md"
    known = ((path, before.encode()),) if before is not None else ()
    linter = Linter([rules()[name] for name in names], Config(), DAY, changes=True)
    outcome = linter(Input(path, text.encode(), True, before=known))
    assert not outcome.errors
    return outcome.findings


SIGNED = (
    f"{DATA}metadata: {{title: Mail, status: active, version: 2.0.0}}\n"
    "parties: {provider: IT Operations, customer: All departments}\n"
    "metrics:\n  - {id: availability, target: at least %s %%, window: calendar month}\n"
    "signatures:\n  - {party: provider, name: Dana Reyes, date: 2026-03-10}\n"
    "  - {party: customer, name: Lee Park, date: 2026-03-12}\n"
    "policies: {modification: Either side proposes a change with 30 days' notice.}\n"
)


def test_a_change_is_told_once_a_finding() -> None:
    names = "weakened-without-version", "weakened-without-notice", "changed-after-signature"
    found = findings(SIGNED % "99.5", *names, before=SIGNED % "99.9")
    assert sorted(one.rule for one in found) == sorted(names)
    signed = next(one for one in found if one.rule == "changed-after-signature")
    assert signed.message.startswith("Signed by IT Operations on 10 March 2026 and All departments on 12 March 2026;")
    for one in found:
        assert not [related.message for related in one.related if related.message.rstrip(".") in one.message]


@pytest.mark.parametrize(
    ("metric", "word"),
    [
        ("{id: availability, target: at least 99.5 %}", "downtime"),
        ("{id: transfers, name: Transfer success, target: at least 99.5 %}", "case"),
    ],
)
def test_why_a_window_is_needed_fits_what_is_measured(metric: str, word: str) -> None:
    (found,) = findings(f"{DATA}metadata: {{title: Mail}}\nmetrics:\n  - {metric}\n", "missing-window")
    assert word in found.why


def test_a_misspelt_field_is_told_to_be_taken_for_what_was_meant() -> None:
    text = f"{DATA}metadata: {{title: Mail}}\nparties:\n  provider: IT\n  costumer: Shops\n  pets: none\n"
    misspelt, unknown = findings(text, "unknown-field")
    assert "taken for “customer”" in misspelt.why
    assert "is lost" in unknown.why


@pytest.mark.parametrize(("said", "told"), [("1 business hours", "the 1 business hour is"), ("2 hours", "2 hours are")])
def test_one_hour_is_met_two_are(said: str, told: str) -> None:
    text = f"{DATA}metadata: {{title: Mail}}\npriorities:\n  - {{id: P1, response: {said}}}\n"
    assert told in " ".join(one.message for one in findings(text, "ambiguous-term"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("We assert the shop will be open to all", "availability"),
        ("The booking site is available", "availability"),
        ("Availability while the office is open", "Availability while the office is open"),
        ("Share of minutes in which the site is up", "Share of minutes in which the site is up"),
    ],
)
def test_a_metric_is_called_by_a_noun(name: str, told: str) -> None:
    text = f"{DATA}metadata: {{title: Mail}}\nmetrics:\n  - {{name: {name}, category: availability, target: 99.9 %}}\n"
    assert [one.message.split("”")[0] for one in findings(text, "missing-window")] == [f"“{told}"]


def test_a_blank_for_the_tool_is_one_finding() -> None:
    text = f"{HEAD}| Metric | Target | Measured by |\n|---|---|---|\n| Availability | at least 99.5 % a month | TBD |\n"
    assert [one.rule for one in findings(text, "placeholder", "untracked-metric")] == ["placeholder"]
