"""The schema of the data form: what an editor teaches, what it lets pass, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from slalint import resources, shape
from slalint.agreement import KINDS, POLICIES, TYPES
from slalint.model import Node, SourceFile
from slalint.sources import yaml

SCHEMA = json.loads(resources.schema_text("agreement"))
VALID = shape.validator(SCHEMA)
ENVELOPE = {"apiVersion": "slalint/v1", "kind": "ServiceLevelAgreement", "metadata": {"title": "Printing"}}

SHORT = """
apiVersion: slalint/v1
kind: ServiceLevelAgreement
type: internal
metadata: {title: Printing on every floor, version: 1.0.0, status: proposed}
term: {effectiveDate: 1 March 2026, expiryDate: 2028-02-29, timeZone: Europe/Vienna}
parties: {provider: Office Services, customer: [Accounts, Legal]}
governance:
  serviceLevelManager: Ida Brandt
  representatives: Jon Moe
  escalation: Ida Brandt after a day
  reporting: quarterly, by mail
meetings: every two months
review: yearly
goals: Nobody waits for a printout.
scope: All floors
definitions: {Queue: Jobs that wait., Jam: {means: A sheet that sticks., aliases: [stuck sheet]}}
calendars: {day: Mon-Fri 08:00-18:00 Europe/Vienna}
services: [Printers]
support: {hours: 24x7, channels: phone}
priorities: {P1: {response: 15 min, restore: within 4 h}}
tools: [Queue watcher]
metrics:
  - name: Queue
    sli: minutes until the first page
    target: 95 % within 5 minutes
    internalTarget: 97 %
    window: calendar month
    resolution: PT1M
    statedAllowance: 30 minutes a month
    tracking: [queue-watcher]
dependencies: [ola/network.sla.yaml]
maintenance: second Sunday 02:00-06:00
exclusions: Power cuts
remedies: [{tiers: ["below 95 %: 5 %"], cap: 10 % a year, trigger: three months in a row}]
obligations: [Accounts orders the paper.]
policies: {application: All printers., termination: {summary: Either side., notice: 30 days}}
costs: Paid from the budget of each department.
notes: none
signatures: [{party: customer, name: Jon Moe, date: 1 March 2026}]
history: [First version]
"""

LONG = """
apiVersion: slalint/v1
kind: OperationalLevelAgreement
type: internal
metadata: {id: printing, version: 1.1, supersedes: printing@1.0, labels: {floor: 3}}
term: {continuesUntilReplaced: true}
parties:
  - {id: office, role: provider, name: Office Services, catalogRef: {type: backstage, ref: "group:default/office"}}
  - {id: accounts, role: customer, name: Accounts}
governance:
  serviceLevelManager:
    {name: Ida Brandt, email: ida@example.org, party: office, deputy: {name: Bo Lind}, answersTo: [office, accounts],
     duties: [negotiates]}
  roles: [{id: head, name: Una Roth}]
  escalation: [{level: 1, role: head, after: {value: 1, unit: business-day}}]
  reporting: {frequency: P3M, dueWithin: {value: 5, unit: business-days, clock: day}, recipients: [accounts]}
meetings: {frequency: P2M, participants: [serviceLevelManager, accounts], agenda: Open points}
review: {frequency: P1Y, nextReview: 2027-01-31}
goals: [{id: quick, statement: Nobody waits., measuredBy: [queue],
  derivation: {expression: a * b, equals: {value: 2, unit: count}}}]
scope: {in: [third floor], out: [basement]}
definitions: [{term: Queue, means: Jobs that wait., aliases: [backlog]}]
calendars:
  - id: day
    timeZone: Europe/Vienna
    weekly: [{days: [mon, tue], from: "08:00", to: "24:00"}]
    holidays: {region: AT}
services: [{id: printers, description: Printers on every floor, owner: office, hours: day, dependsOn: [network]}]
support: {hours: day, channels: [{type: phone, number: "1234", priorities: [P1]}]}
priorities: [{id: P1, impact: high, response: PT15M, restore: {operator: lte, value: 4, unit: hour}, clock: day}]
tools: [{id: watcher, name: Queue watcher, purpose: monitoring, retention: P400D}]
metrics:
  - id: queue
    service: printers
    category: latency
    sli: {kind: percentile, percentile: 95, of: minutes until the first page}
    target: {operator: lte, value: 5, unit: minute}
    window: {type: rolling, length: 30 days}
    clock: day
    minimumSample: 20
    rounding: {decimals: 2, mode: half-even}
    tracking: {tool: watcher, type: manual, procedure: Read it off., owner: head, frequency: monthly, since: 2026-01-01,
      baseline: 4 minutes}
    remedy: credit
  - id: by-priority
    targets: {P1: {operator: gte, value: 95, unit: percent}, P2: at least 90 %}
dependencies:
  - {id: network, kind: OperationalLevelAgreement, document: ola/network.sla.yaml, critical: true,
     supports: [{metric: queue, target: at least 99 %, window: P1M, clock: day}], expiryDate: 2030-12-31}
maintenance: [{id: patches, rrule: FREQ=MONTHLY;BYDAY=2SU, start: "02:00", duration: PT4H, notice: P5D, counted: false}]
exclusions: [{id: power, description: Power cuts, evidence: mail of the utility}]
remedies:
  - {id: credit, kind: service-credit, basis: monthly-fee, unit: percent, tiers: [{atLeast: 90, below: 95, credit: 5}],
     cap: {perWindow: 10, perYear: 20}, claim: {automatic: true, settledWithin: P30D}, exclusiveRemedy: true}
obligations: [{id: paper, party: accounts, duty: Orders paper., within: {value: 5, unit: business-day}}]
policies:
  renewal: {summary: For a year., mode: explicit, decideBefore: P60D}
  termination: {summary: Either side., notice: P90D, forCause: {breaches: 3, metric: queue, within: P6M}}
signatures: [{party: accounts, name: Jon Moe, date: 2026-02-01, version: 1.1, method: mail}]
history: [{version: 1.1.0, date: 2026-02-01, author: Ida Brandt, summary: Adds the third floor.}]
"""


def node(text: str) -> Node:
    return yaml.compose(SourceFile("a.sla.yaml", text))[0][0]


def fields(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema below one, with its path."""
    if isinstance(schema, dict):
        yield path, schema
        for key, below in schema.items():
            if key not in ("examples", "x-values", "x-also", "const", "enum", "required"):
                yield from fields(below, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, below in enumerate(schema):
            yield from fields(below, f"{path}/{index}")


ALL = list(fields(SCHEMA))
OBJECTS = [(path, s) for path, s in ALL if "properties" in s]


def test_is_a_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("https://slalint.dev/schemas/v1/")


def test_every_field_teaches() -> None:
    taught = [(f"{path}/{name}", field) for path, s in OBJECTS for name, field in s["properties"].items()]
    taught += list(SCHEMA["$defs"].items())
    assert len(taught) > 200
    for path, field in taught:
        assert field.get("title", "")[:1].isupper(), path
        assert len(field.get("description", "")) > 10 and field["description"].endswith("."), path


def test_references_stay_inside() -> None:
    used = {s["$ref"] for _, s in ALL if "$ref" in s}
    assert used == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_unknown_keys_are_refused_and_extensions_are_not() -> None:
    for path, s in OBJECTS:
        assert s["additionalProperties"] is False or "title" in s["additionalProperties"], path
        if s["additionalProperties"] is False:
            assert "^x-" in s["patternProperties"], path


def test_own_keywords() -> None:
    for path, s in ALL:
        assert s.get("x-quantity", "date") in shape.READERS, path
        assert set(s.get("x-values", {}).values()) <= set(s.get("enum", ())), path
        assert all(word == word.lower() for word in s.get("x-values", {})), path
    for path, s in OBJECTS:
        names = set(s["properties"])
        others = [other for field in s["properties"].values() for other in field.get("x-also", ())]
        assert not names & set(others), path
        assert len(others) == len(set(others)), f"{path}: {sorted(o for o in others if others.count(o) > 1)}"


def test_examples_are_valid() -> None:
    for path, s in ALL:
        for example in s.get("examples", ()):
            document = {"$schema": SCHEMA["$schema"], "$defs": SCHEMA["$defs"], **s}
            assert shape.compile_schema(document)(example), f"{path}: {example}"
            if "x-quantity" in s and isinstance(example, str) and example != "office-hours":
                shape.READERS[s["x-quantity"]](example)


def test_agrees_with_the_model() -> None:
    top = SCHEMA["properties"]
    assert tuple(top["kind"]["enum"]) == KINDS
    assert tuple(top["type"]["enum"]) == TYPES
    assert tuple(top["policies"]["properties"]) == POLICIES


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_both_forms_fit(text: str) -> None:
    root = node(text)
    assert [o.message for o in shape.observe(root)] == []
    blocks = set(SCHEMA["properties"]) - {"$schema"}
    assert blocks - set(root.data) <= {"costs", "notes"}  # the two texts together use the whole format


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.parent.glob("examples/good/*.sla.yaml")), ids=lambda p: p.name
)
def test_examples_of_the_project_fit(path: Path) -> None:
    assert [o.message for o in shape.observe(node(path.read_text(encoding="utf-8")))] == []


def test_only_the_envelope_is_required() -> None:
    """What a rule reports missing, the schema must let pass: one defect, one finding."""
    assert VALID(ENVELOPE)
    assert VALID({**ENVELOPE, "metadata": {"id": "printing"}, "$schema": "./agreement.schema.json", "x-floor": [3]})
    for name, block in SCHEMA["properties"].items():
        for empty in ({}, []):
            if name not in ENVELOPE and block.get("type") == ("object" if empty == {} else "array"):
                assert VALID({**ENVELOPE, name: empty}), name
    assert not VALID({**ENVELOPE, "metadata": {"version": "1"}})
    for name in ENVELOPE:
        assert not VALID({key: value for key, value in ENVELOPE.items() if key != name})
