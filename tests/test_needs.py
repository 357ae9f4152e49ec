"""What is told of an agreement before any rule is called: it may save a call, never a finding."""

from __future__ import annotations

from typing import Any

import pytest

from slalint import sources
from slalint.agreement import Agreement, Metric
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.needs import Needs, are_told, is_met
from slalint.rule import Rule

RULES = [rule for rule in bundled() if rule.change is None]
EXAMPLES = [one for rule in RULES for kind in ("bad", "good") for one in rule.examples(kind)]


def agreements(path: str, data: bytes) -> list[Agreement]:
    source, _ = sources.find(path, data)
    file, refusal = sources.decode(path, data)
    assert source is not None and refusal is None
    return source.read(file, force=True).agreements


def made(name: str = "own", **raw: Any) -> Rule:
    return Rule(name, "own", {"summary": "s", "severity": "error", **raw})


def met(text: str, *rules: Rule) -> frozenset[str]:
    (agreement,) = agreements("m.sla.yaml", text.encode())
    return Needs(rules).met(agreement)


def test_no_rule_is_left_out_that_has_something_to_say() -> None:
    needs, spared = Needs(RULES), 0
    for example in EXAMPLES:
        for agreement in agreements(example.path, example.text.encode()):
            agreement.day = example.as_of
            found, told = needs.met(agreement), are_told(agreement)
            for rule in RULES:
                if not is_met(rule, told, found):
                    spared += 1
                    assert not list(rule.observe(agreement)), (rule.name, example.text)
    assert spared > 15 * len(EXAMPLES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("remedies: {one: {tiers: []}}", {"remedies/tiers"}),
        ("remedies: {tiers: []}", {"remedies/tiers"}),
        ("remedies: [{id: one}, {tiers: }]\nreview: {}", {"remedies/tiers", "review"}),
        ("remedies: none\ntiers: []", set()),
    ],
)
def test_keys_are_found_where_they_may_stand(text: str, expected: set[str]) -> None:
    assert met(text, made(check=print, needs=["review"]), made(check=print, needs=["remedies/tiers"])) == expected


@pytest.mark.parametrize(
    ("given", "needs"),
    [
        ("/metrics/*/target", {"metrics/target"}),
        ("/services/*", {"services"}),
        ("/services/0/hours", {"services"}),
        ("/term", {"term"}),
        ("/*/owner", set()),
        ("/", set()),
    ],
)
def test_a_path_tells_what_it_needs(given: str, needs: set[str]) -> None:
    assert made(given=given, then=False, message="Not this.").needs == needs


def test_missing_parts_are_told_of_prose_too() -> None:
    (agreement,) = agreements("m.md", b"# Service level agreement\n\n## Renewal\n\nIt is renewed each year.\n")
    missing = [made(missing=name, message="Missing.") for name in ("renewal", "goals")]
    found = Needs(missing).met(agreement)
    assert "no goals" in found and "no renewal" not in found and not are_told(agreement)
    assert [is_met(rule, False, found) for rule in (*missing, made(check=print, needs=["remedies"]))] == [0, 1, 1]


def test_metrics_in_the_same_words_are_asked_about_once_and_others_each() -> None:
    asked = []

    def doubts(metric: Metric, language: str) -> bool:
        asked.append(metric.targets[0].value)
        if metric.targets[0].value == 7:
            raise ValueError
        return metric.targets[0].value > 4

    same = "metrics:\n  - {id: a, target: 3 h}\n  - {id: a, target: 3 h}\n"
    one = made(check=print, doubts=doubts)
    assert not met(same, one) and len(asked) == 1
    numbers = "metrics:\n  - {id: a, target: 1}\n  - {id: a, target: 1.0}\n  - {id: a, targets: {P1: 3 h, P2: 5 h}}\n"
    assert not met(numbers, one) and len(asked) == 4
    assert met("metrics: [{id: a, target: {operator: lte, value: 5, unit: hour}}]", one) == {"own?"}
    assert met("metrics: [{id: a, target: 7 h}]", one) == {"own?"}  # where it raises, the check will as well


def test_an_empty_part_is_not_taken_for_one_that_is_missing() -> None:
    head = "metrics:\n  - {id: a, name: Availability, category: availability, "
    said = [
        "target: '', targets: {P1: 100 %}",
        "targets: {P1: 100 %}",
        "target: 99 %, targets: ''",
        "target: 99 %, sli: ''",
    ]
    texts = [f"{head}{one}}}\n" for one in said]
    together = Needs(RULES)
    for text in (*texts, *reversed(texts)):
        (agreement,) = agreements("m.sla.yaml", text.encode())
        assert together.met(agreement) == Needs(RULES).met(agreement), text


def test_a_rule_runs_only_where_its_needs_are_met() -> None:
    def check(agreement: Agreement) -> list[tuple[Any, str]]:
        return [(agreement.head, "Said.")]

    rule = made(check=check, needs=["review"])
    head = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"
    texts = [head, head + "review: {}\n", "# Service level agreement\n\nMail is up 99 % of each month.\n"]
    inputs = [
        Input(f"{number}.{'md' if text[0] == '#' else 'yaml'}", text.encode()) for number, text in enumerate(texts)
    ]
    assert [one.path for one in lint(inputs, [rule], Config()).findings] == ["1.yaml", "2.md"]
