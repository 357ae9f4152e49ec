"""Take one part out of a flawless example: exactly that is reported, at the place where it belongs.

Every part of every data example is taken out in turn, at any depth, and every section of every prose example.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from slalint import sources
from slalint.agreement import Agreement
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import Finding
from slalint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "examples" / "good"
DATA = ("mail", "leads", "database", "tracking")
PROSE = ("mail", "leads", "database", "tracking")
EXAMPLES = sorted(path for kind in ("good", "flawed") for path in (ROOT / "examples" / kind).iterdir())


# What is taken out may be the only use of a definition, introduce a name, or be referred to.
FOLLOWING = {"unused-definition", "undefined-term", "dangling-reference"}


@cache
def rules() -> list[Rule]:
    return [rule for rule in bundled() if rule.name not in FOLLOWING]


def findings(name: str, text: str, *select: str) -> tuple[Finding, ...]:
    config = Config(min_confidence="low", select=select)
    report = lint([Input(name, text.encode(), True)], rules(), config, "2026-10-01")
    assert not report.errors
    return report.findings


def read(name: str, text: str) -> Agreement:
    data = text.encode()
    source, _ = sources.find(name, data)
    assert source is not None
    file, refusal = sources.decode(name, data)
    assert refusal is None
    (agreement,) = source.read(file, force=True).agreements
    return agreement


# ---- data
#
# What is reported for each part: the rule, and where. A place is relative to what the part stood in (`.`: there;
# `label`: its name or id; `../x`: beside it); `/x` is absolute; `head` is the title. What no line names is silent.

GOVERNANCE = "unnamed-manager head|missing-customer-representative head|missing-reporting head|missing-escalation head"
POLICIES = "application renewal modification exclusions limitations termination"
MANAGER = "governance/serviceLevelManager"
ALLOWANCE = "downtime-arithmetic /metrics/0/statedAllowance"  # a week with a day less leaves less downtime

EVERYWHERE = {
    "apiVersion": "invalid-agreement /",
    "kind": "invalid-agreement /",
    "type": "unknown-type /kind",
    "metadata": "invalid-agreement /|missing-version /kind",
    "metadata/version": "missing-version .",
    "term": "missing-effective-date head",
    "term/effectiveDate": "missing-effective-date .",
    "parties": "missing-party head",
    "parties/*": "missing-party /parties",
    "governance": GOVERNANCE,
    MANAGER: "unnamed-manager .",
    f"{MANAGER}/name": "unnamed-manager .",
    f"{MANAGER}/email": "manager-without-contact .",
    f"{MANAGER}/deputy": "manager-without-deputy .",
    f"{MANAGER}/answersTo": "manager-without-duties .",
    f"{MANAGER}/answersTo/*": f"manager-without-duties /{MANAGER}",
    f"{MANAGER}/duties": "manager-without-duties .",
    f"{MANAGER}/duties/*": f"manager-without-duties /{MANAGER}",
    "governance/representatives": "missing-customer-representative .",
    "governance/representatives/*": "missing-customer-representative .",
    "governance/representatives/*/name": "missing-customer-representative ..",
    "governance/reporting": "missing-reporting .",
    "governance/reporting/dueWithin/*": "invalid-agreement .",
    "governance/reporting/dueWithin/clock": "",
    "governance/escalation": "missing-escalation .",
    "meetings": "missing-review head",
    "meetings/frequency": "missing-review .",
    "meetings/participants": "unattended-meeting .",
    "meetings/participants/1": "unattended-meeting .",
    "goals": "missing-goals head",
    "goals/*/measuredBy": "unmeasured-goal statement",
    "services": "metric-without-service /metrics",
    "services/*/description": "undescribed-service label",
    "services/*/owner": "undescribed-service label",
    "services/*/hours": "undescribed-service label",
    "services/*/workload": "missing-workload-limit label",
    "tools": "unknown-tool /metrics/0/tracking/tool",
    "priorities/*/response": "incomplete-priority-matrix .",
    "priorities/*/restore": "incomplete-priority-matrix .",
    "priorities/*/definition": "incomplete-priority-matrix label",
    "metrics/*/target": "missing-target label",
    "metrics/*/target/unit": "missing-unit .",
    "metrics/*/window": "missing-window label",
    "metrics/*/window/length": "invalid-agreement .",
    "metrics/*/tracking": "untracked-metric label",
    "metrics/*/tracking/tool": "untracked-metric .",
    "metrics/*/tracking/baseline": "missing-baseline .",
    "policies": "|".join(f"missing-{name}-policy head" for name in POLICIES.split()),
    **{f"policies/{name}": f"missing-{name}-policy ." for name in POLICIES.split()},
    "signatures": "missing-signature /metadata/status",
    "signatures/*": "missing-signature .",
    "signatures/*/name": "missing-signature ..",
}
PARTICULAR: dict[str, dict[str, str]] = {
    "mail": {
        "review/participants/1": "one-sided-governance .",
        "goals/0/measuredBy/0": "unmeasured-goal ../statement",
        "services/0": "metric-without-service .",
        "services/0/id": "metric-without-service ..",
        "tools/0": "unknown-tool /metrics/0/tracking/tool",
        "tools/0/id": "unknown-tool /metrics/0/tracking/tool",
        "tools/1": "unknown-tool /metrics/1/tracking/tool",
        "tools/1/id": "unknown-tool /metrics/1/tracking/tool",
        "metrics": "untracked-metric /priorities",
        **{
            f"metrics/{n}{id_}": f"unmeasured-goal /goals/{goal}/measuredBy/{ref}"
            for n, goal, ref in ((0, 0, 0), (1, 1, 0), (2, 1, 1))
            for id_ in ("", "/id")
        },
    },
    "leads": {
        "governance/representatives/*/party": "missing-customer-representative ..",
        "meetings/participants/2": "unattended-meeting .",
        "services/0": "metric-without-service /metrics/0/service",
        "services/0/id": "metric-without-service /metrics/0/service",
        "services/1": "metric-without-service /metrics/2/service",
        "services/1/id": "metric-without-service /metrics/2/service",
        "tools/0": "unknown-tool .",
        "metrics": "missing-metrics head",
        "metrics/*/service": "metric-without-service label",
        **{
            f"metrics/{n}{id_}": f"unmeasured-goal /goals/{goal}/measuredBy/{ref}{more}"
            for n, goal, ref, more in (
                (0, 0, 0, ""),
                (1, 0, 1, "|one-sided-commitments /metrics/0/id"),  # how many leads, but not how good
                (2, 1, 0, ""),
                (3, 1, 1, ""),
                (4, 0, 2, ""),
            )
            for id_ in ("", "/id")
        },
    },
    "database": {
        "type": "",  # the kind says it
        "priorities/*/definition": "",  # of two levels, one tells nothing about the other
        "review/participants/1": "one-sided-governance .",
        "policies/modification/approvers/1": "one-sided-governance .",
        "goals/1/measuredBy/0": "unmeasured-goal ../statement",
        "services/0": "metric-without-service /metrics/0/service",
        "services/1": "metric-without-service /metrics/3/service",
        **{
            f"tools/{n}{id_}": f"unknown-tool /metrics/{metric}/tracking/tool"
            for n, metric in ((0, 0), (1, 1), (2, 4))
            for id_ in ("", "/id")
        },
        "metrics": "untracked-metric /priorities",
        "metrics/*/service": "metric-without-service label",
        "metrics/4/window": "",  # holds for each single event
        "metrics/5/window": "",
        "metrics/4/target/unit": "",  # `sli.of` may name a thing that is counted
        "metrics/5/target/unit": "",
        "policies/application/summary": "missing-application-policy .",
        "policies/limitations/summary": "missing-limitations-policy .",
        "policies/termination/notice": "termination-without-notice summary",
        "calendars/0/weekly/0/days/*": ALLOWANCE,
        "calendars/0/weekly/0/days/6": f"{ALLOWANCE}|ineffective-exclusion /maintenance/0",  # no Sunday, but work then
        **{
            f"metrics/{n}{id_}": f"unmeasured-goal /goals/{goal}/measuredBy/{ref}{more}"
            for n, goal, ref, more in (
                (0, 0, 0, ""),
                (1, 0, 1, ""),
                (2, 0, 2, ""),
                (3, 1, 0, "|service-without-metric /services/1/name"),
                (4, 2, 0, ""),
                (5, 2, 1, ""),
            )
            for id_ in ("", "/id")
        },
    },
    "tracking": {
        "remedies": "missing-remedy head",
        "remedies/0/tiers/0": "credit-threshold-mismatch /remedies/0/tiers/0",
        "remedies/0/tiers/0/credit": "credit-threshold-mismatch /remedies/0/tiers/1",
        "remedies/0/tiers/1": "credit-tier-gap /remedies/0/tiers/1",
        "remedies/0/tiers/1/credit": "credit-tier-gap /remedies/0/tiers/2",
        "remedies/0/tiers/2": "credit-tier-gap /remedies/0/tiers/1",  # nothing for the worst results
        "remedies/0/tiers/2/below": "credit-tier-gap /remedies/0/tiers/1",
        "remedies/0/tiers/2/credit": "credit-tier-gap /remedies/0/tiers/1",
        "calendars/0/weekly/0/days/*": ALLOWANCE,
        "calendars/0/weekly/0/days/6": f"{ALLOWANCE}|ineffective-exclusion /maintenance/0",
        "parties/0/id": "unknown-party /governance/serviceLevelManager/party",
        "parties/1/id": "unknown-party /governance/representatives/0/party",
        "governance/serviceOwner": "undeclared-role /review/participants/1",
        "governance/serviceOwner/name": "undeclared-role /review/participants/1",
        "review/participants/2": "one-sided-governance .",
        "policies/modification/approvers/1": "one-sided-governance .",
        "metrics/1/sli": "missing-percentile target",
        "policies/application/summary": "missing-application-policy .",
        "policies/limitations/summary": "missing-limitations-policy .",
        "metrics/4/sli": "missing-percentile target",
        "services/0": "metric-without-service .",
        "tools/0": "unknown-tool /metrics/0/tracking/tool",
        "tools/2": "unknown-tool /metrics/2/tracking/tool",
        "tools/2/id": "unknown-tool /metrics/2/tracking/tool",
        "metrics": "untracked-metric /priorities",
        **{
            f"metrics/{n}{id_}": f"unmeasured-goal /goals/{goal}/measuredBy/{ref}"
            for n, goal, ref in ((0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1))
            for id_ in ("", "/id")
        },
    },
}
Path_ = tuple[str | int, ...]


def parts(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every part, at any depth."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from parts(value, (*path, key))


def without(data: Any, path: Path_) -> Any:
    kept = copy.deepcopy(data)
    inner = kept
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return kept


def expected(name: str, data: Any, path: Path_) -> list[str]:
    """What the tables say of a part; the particular before the general, the exact before the pattern."""
    steps = [str(step) for step in path]
    for table in (PARTICULAR[name], EVERYWHERE):
        for pattern in ("/".join(steps), *(key for key in table if "*" in key)):
            wanted = pattern.split("/")
            if (
                pattern in table
                and len(wanted) == len(steps)
                and all(w in ("*", s) for w, s in zip(wanted, steps, strict=True))
            ):
                return sorted(_resolved(one, data, path) for one in table[pattern].split("|") if one)
    return []


def _resolved(told: str, data: Any, path: Path_) -> str:
    rule, _, place = told.partition(" ")
    if place == "head":
        return f"{rule} /metadata/title"
    if place.startswith("/"):
        return f"{rule} {place.rstrip('/')}"
    inside = list(path[:-1])
    if place.startswith(".."):
        inside, place = inside[:-1], place[2:].lstrip("/")
    if place == "label":
        owner = data
        for step in inside:
            owner = owner[step]
        place = "name" if "name" in owner else "id"
    return f"{rule} /" + "/".join(map(str, [*inside, *([place] if place not in ("", ".") else [])]))


@pytest.mark.parametrize("name", DATA)
def test_every_part_of_the_data_examples(name: str) -> None:
    data = read(f"{name}.sla.yaml", (GOOD / f"{name}.sla.yaml").read_text()).root.data
    wrong = {}
    count = 0
    for path in parts(data):
        if path[0] == "definitions":
            continue
        count += 1
        found = findings(f"{name}.sla.json", json.dumps(without(data, path)))
        told = sorted(f"{finding.rule} {finding.pointer}" for finding in found)
        if told != expected(name, data, path):
            wrong["/".join(map(str, path))] = (told, expected(name, data, path))
    assert wrong == {}
    assert count > 150


@pytest.mark.parametrize("name", DATA)
def test_no_line_of_the_tables_is_idle(name: str) -> None:
    data = read(f"{name}.sla.yaml", (GOOD / f"{name}.sla.yaml").read_text()).root.data
    real = ["/".join(map(str, path)) for path in parts(data)]
    for pattern in PARTICULAR[name]:
        form = re.compile(re.escape(pattern).replace(r"\*", "[^/]+"))
        assert any(form.fullmatch(path) for path in real), pattern


# The definitions that carry a promise: without one of them, a word in the promises can be read two ways.
AMBIGUOUS = {"mail": {"Planned Maintenance"}, "leads": {"Target Account", "Contact Attempt"}}


@pytest.mark.parametrize("name", DATA)
def test_definitions_of_the_data_examples(name: str) -> None:
    data = read(f"{name}.sla.yaml", (GOOD / f"{name}.sla.yaml").read_text()).root.data
    told = {}
    for path in parts(data):
        if path[0] == "definitions" and len(path) == 2:
            found = findings(f"{name}.sla.json", json.dumps(without(data, path)))
            assert {finding.rule for finding in found} <= {"ambiguous-term"}
            told[path[1]] = len(found)
    assert len(told) > 6
    assert {term for term, count in told.items() if count} >= AMBIGUOUS.get(name, set())


JUNK = (None, "", "[Name]", 7, [], {}, [None, []])


def test_no_part_of_a_data_example_can_crash_a_rule() -> None:
    data = read("tracking.sla.yaml", (GOOD / "tracking.sla.yaml").read_text()).root.data
    for number, path in enumerate(parts(data)):
        changed = copy.deepcopy(data)
        inner = changed
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = JUNK[number % len(JUNK)]
        findings("tracking.sla.json", json.dumps(changed))  # raises where a rule or the schema does


# ---- prose
#
# What is reported for each section. `ambiguous-term*`: at least one. What no line names is silent.

SECTIONS: dict[str, dict[str, str]] = {
    "mail": {
        "1. Purpose": "missing-goals",
        "2. Parties and people": "missing-customer-representative unnamed-manager",
        "3. Scope": "missing-application-policy",
        "4. Definitions": "ambiguous-term*",
        "6. Service levels": "missing-metrics",
        "7. Reporting and meetings": "missing-review",  # monthly reports are spoken of elsewhere too
        "8. Escalation": "missing-escalation",
        "10. Exclusions": "missing-exclusions-policy",
        "11. Limitations": "missing-limitations-policy",
        "13. Changes to this agreement": "missing-modification-policy",
        "14. Renewal": "missing-renewal-policy",  # the table on top holds only the day of its end
        "15. Termination": "missing-termination-policy",
    },
    "leads": {
        "Why we have this agreement": "missing-goals",
        "Who is who": "missing-customer-representative",  # the front matter names who owns it
        "Where it applies": "missing-application-policy",
        "What our words mean": "ambiguous-term*",
        "What Marketing promises": "one-sided-commitments",
        "What Sales promises": "one-sided-commitments",
        "How we follow it": "missing-reporting missing-review",
        "Escalation and recovery": "missing-escalation",
        "What does not count": "",  # what is out of scope is said under "Where it applies"
        "Limitations": "missing-limitations-policy",
        "Changing, renewing and ending it": (
            "missing-modification-policy missing-renewal-policy missing-termination-policy"
        ),
    },
    "database": {
        "1. Goals": "missing-goals",
        "2. Application": "missing-application-policy missing-workload-limit",
        "3. People": "missing-customer-representative unnamed-manager",
        "4. Definitions": "ambiguous-term*",
        "6. Service level targets": "missing-metrics",
        "7. Reports and review": "missing-reporting missing-review",
        "8. Escalation": "missing-escalation",
        "10. Exclusions and limitations": "missing-exclusions-policy missing-limitations-policy",
        "12. Modification": "missing-modification-policy",
        "13. Renewal": "missing-renewal-policy",
        "14. Termination": "missing-termination-policy",
    },
    "tracking": {
        "1. Purpose": "missing-goals",
        "2. People": "missing-customer-representative",  # the opening lines name the manager too
        "3. Scope": "missing-application-policy",
        "4. Definitions": "ambiguous-term*",
        "6. Service levels": "untracked-metric",  # the purpose promises an availability too
        "7. Reports and meetings": "missing-reporting missing-review",
        "8. Escalation": "missing-escalation",
        "10. Exclusions": "missing-exclusions-policy",
        "12. Limitations": "missing-limitations-policy",
        "13. Changes": "missing-modification-policy",
        "14. Renewal and termination": "missing-renewal-policy missing-termination-policy",
    },
}


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Each section below the title, with the document that is left without it and what stands below it."""
    lines = text.split("\n")
    heads = [(n, len(m[1]), m[2]) for n, line in enumerate(lines) if (m := re.match(r"(#{2,}) +(.*)", line))]
    for number, (start, level, title) in enumerate(heads):
        end = next((n for n, other, _ in heads[number + 1 :] if other <= level), len(lines))
        yield title, "\n".join(lines[:start] + lines[end:])


@pytest.mark.parametrize("name", PROSE)
def test_every_section_of_the_prose_examples(name: str) -> None:
    wrong = {}
    seen = set()
    for title, rest in sections((GOOD / f"{name}.md").read_text()):
        seen.add(title)
        found = findings(f"{name}.md", rest)
        told = sorted(f.rule for f in found if f.rule != "ambiguous-term")
        if len(told) < len(found):
            told = sorted([*told, "ambiguous-term*"])
        wanted = sorted(SECTIONS[name].get(title, "").split())
        if told != wanted:
            wrong[title] = (told, wanted)
        head = next(n for n, line in enumerate(rest.split("\n"), 1) if line.startswith("# "))
        for finding in found:
            if finding.rule.startswith(("missing-", "unnamed-")):
                assert finding.span.line == head, finding
    assert wrong == {}
    assert seen >= set(SECTIONS[name])


# ---- what is reported missing is what the reading says is absent


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_missing_findings_agree_with_the_elements(path: Path) -> None:
    text = path.read_text()
    agreements = [read(path.name, text)]
    if path.suffix == ".md":
        agreements += [read(path.name, rest) for _, rest in sections(text)]
    names = {rule.name: rule.missing for rule in rules() if rule.missing}
    names["missing-customer-representative"] = "customer_representative"
    assert len(names) >= 14
    for agreement in agreements:
        found = findings(path.name, agreement.file.text, *names)
        reported = {names[finding.rule] for finding in found if finding.rule in names}
        absent = {name for name, element in agreement.elements.items() if element.state == "absent"}
        assert reported == absent & set(names.values())
