"""Every rule that ships: its file, its examples, what it may know of slalint."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from slalint import resources
from slalint.disk.rulebook import bundled, read
from slalint.examples import run_examples
from slalint.model import SEVERITIES
from slalint.rule import Rule

RULES = bundled()

# What the project was started for. None of these may be dropped or leave the smallest profile.
MISSION = {
    *("unnamed-manager", "manager-without-duties", "missing-customer-representative", "missing-review"),
    *("unattended-meeting", "missing-reporting", "missing-goals", "unmeasured-goal", "undescribed-service"),
    *("one-sided-commitments", "ambiguous-term", "missing-metrics", "untracked-metric", "tracked-after-acceptance"),
    *("missing-baseline", "unknown-tool", "missing-target", "missing-unit", "missing-window"),
    *("missing-termination-policy", "missing-modification-policy", "missing-application-policy"),
    *("missing-renewal-policy", "missing-exclusions-policy", "missing-limitations-policy"),
}
DOCUMENTS = {
    *("syntax", "duplicate-key", "invalid-agreement", "unknown-field", "unquoted-trap", "not-verified", "rule-crashed"),
    *("unused-suppression", "expired-suppression", "suppression-without-reason", "invalid-suppression"),
    *("unknown-rule", "locked-rule"),
}
# What a rule may import of slalint: what agreements are made of, not how they are read, run or reported.
ALLOWED = {
    "patterns",
    "words",
    "model",
    "kinds",
    "once",
    "record",
    "text",
    "agreement",
    "parts",
    "quantities",
    "calendars",
    "changes",
    "terms",
    "portfolio",
    "rule",
}
# Words of other tools; slalint says finding and rule.
FOREIGN = re.compile(r"\b(violat\w+|audit\w*|lint error)\b", re.I)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_examples(rule: Rule) -> None:
    assert run_examples(rule, RULES) == []


@each_rule
def test_file(rule: Rule) -> None:
    path = Path(rule.origin)
    assert path.parent.parent == Path(resources.folder("rules"))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert read(rule.origin, rule.category, trusted=False).name == rule.name  # fits the schema, or raises


@each_rule
def test_told(rule: Rule) -> None:
    """Each rule says what it wants, why, and what to type."""
    assert rule.summary.endswith(".") and "\n" not in rule.summary
    assert rule.why.endswith((".", "?"))
    assert rule.fix
    assert rule.severity in SEVERITIES
    assert not FOREIGN.search(f"{rule.summary} {rule.why} {rule.fix}")


@each_rule
def test_shown(rule: Rule) -> None:
    """Each rule shows what it means, in every form that it looks at."""
    if rule.name in ("rule-crashed", "locked-rule"):
        pytest.skip("it takes more than an agreement; test_user_rules and test_suppressions show it")
    bad = {"prose" if example.format == "markdown" else "data" for example in rule.examples("bad")}
    good = {"prose" if example.format == "markdown" else "data" for example in rule.examples("good")}
    if rule.reader:
        assert bad
    else:
        assert bad == good == set(rule.applies)


@each_rule
def test_imports(rule: Rule) -> None:
    if not rule.origin.endswith(".py"):
        return
    for node in ast.walk(ast.parse(Path(rule.origin).read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            whole = node.module == "slalint"
            names = [f"slalint.{alias.name}" for alias in node.names] if whole else [node.module or "."]
        for name in names:
            top, *rest = name.split(".")
            assert top in sys.stdlib_module_names or (top == "slalint" and rest and rest[0] in ALLOWED), name
            assert top not in {"os", "sys", "pathlib", "subprocess", "socket", "time", "urllib"}, name


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_mission_rules_are_basic() -> None:
    basic = {rule.name for rule in RULES if rule.profile == "basic"}
    assert basic >= MISSION
    assert basic >= DOCUMENTS


def test_missing_parts_are_lenient_in_drafts() -> None:
    for rule in RULES:
        if rule.name.startswith("missing-") and rule.name.endswith("-policy"):
            assert rule.lenient, rule.name
