"""What the shape says: one finding a defect, at the exact place, in plain words, with what to type."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalint import resources, shape
from slalint.model import Node, Observation, SourceFile
from slalint.sources import json as json_source
from slalint.sources import yaml

HEAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n"


def node(text: str, name: str = "a.sla.yaml") -> Node:
    file = SourceFile(name, text)
    root, said = json_source.document(file) if name.endswith(".json") else yaml.documents(file)[0]
    assert said == []
    assert root is not None
    return root


def place(said: Observation) -> str:
    """The text at which something is said."""
    assert isinstance(said.at, Node)
    span = said.at.place
    return said.at.file.text[span.start : span.end]


def mended(said: Observation) -> str:
    """The document's text after the fix."""
    assert said.fix is not None and not said.fix.safe
    assert isinstance(said.at, Node)
    text = said.at.file.text
    for edit in sorted(said.fix.edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# (text behind the head, where, rule, a piece of the message, a piece of the hint)
TABLE = [
    ("meeting: {}", "meeting", "unknown-field", "“meeting” is not a field of an agreement", "“meetings”"),
    ("term: {timezone: UTC}", "timezone", "unknown-field", "not a field of “term”", "“timeZone”"),
    ("term: {start: 2026-01-01}", "start", "unknown-field", "not a field of “term”", "“effectiveDate”"),
    ("title: Mail", "title", "unknown-field", "of an agreement", "belongs under “metadata”"),
    ("support: {tools: []}", "tools", "unknown-field", "of “support”", "belongs at the top of the file"),
    ("policies: {pets: no dogs}", "pets", "unknown-field", "of “policies”", "x-pets"),
    ("metrics: [{id: q, goal: 5 h}]", "goal", "unknown-field", "“goal” is not a field of “q” in “metrics”", "“target”"),
    ("metrics: [{goal: 5 h, target: 5 h}]", "goal", "unknown-field", "an entry of “metrics”", "there already"),
    ("type: vendor", "vendor", "invalid-agreement", "“type” must be one of customer, internal, ", "“supplier”"),
    ("type: Customer", "Customer", "invalid-agreement", "it says “Customer”", "“customer”"),
    ("type: 5", "5", "invalid-agreement", "it is the number 5", ""),
    ("tools: Jira", "Jira", "invalid-agreement", "“tools” must be a list; it says “Jira”", "after a dash: - Jira"),
    ("tools: [{id: My Tool}]", "My Tool", "invalid-agreement", "small letters, digits and hyphens", "my-tool"),
    ("tools: [[x]]", "[x]", "invalid-agreement", "An entry of “tools” must be text or a block", ""),
    ("goals: [{id: 5}]", "5", "invalid-agreement", "“id” must be text; it is the number 5", 'quotes: "5"'),
    ("term: {timeZone: EST}", "EST", "invalid-agreement", "a time zone such as Europe/Lisbon", ""),
    ("term: {continuesUntilReplaced: 'yes'}", "'yes'", "invalid-agreement", "must be true or false", "true"),
    ("metrics: [{minimumSample: -1}]", "-1", "invalid-agreement", "must be at least 0; it is the number -1", ""),
    ("metrics: [{minimumSample: '20'}]", "'20'", "invalid-agreement", "must be a number; it says “20”", "20"),
    ("metrics: [{resolution: 5}]", "5", "invalid-agreement", "“resolution” needs a unit", "4 h"),
    ("metrics: [{window: {type: rolling}}]", "window", "invalid-agreement", "“window” needs “length”", "“length:”"),
    ("metrics: [{target: {operator: '>='}}]", "'>='", "invalid-agreement", "one of gte, gt", "“gte”"),
    ("metrics: [{target: at least about 99}]", "about", "invalid-agreement", "“target”: “about” leaves open", "99.5"),
    ("metrics: [{target: 5 huors}]", "huors", "invalid-agreement", "“huors” is no unit", "Did you mean “5 hours”?"),
    ("metrics: [{target: '5 huors'}]", "huors", "invalid-agreement", "“huors” is no unit", "“5 hours”"),
    ("metrics: [{targets: {P1: 15m}}]", "m", "invalid-agreement", "“P1”: “m” can mean minutes or months", "Write min"),
    ("metrics: [{tracking: [{since: soon}]}]", "soon", "invalid-agreement", "“since”: “soon” is not a date", ""),
    ("metrics: [{tracking: {baseline: so so}}]", "so so", "invalid-agreement", "“baseline”", ""),
    ("metrics: [{window: month or so}]", "or so", "invalid-agreement", "“window”: “or so”", ""),
    ("services: [{hours: Mon-Fri}]", "Mon-Fri", "invalid-agreement", "the hours of these days are missing", "07:00"),
    ("calendars: {day: Mon-Fri 8-26}", "26", "invalid-agreement", "“day”: “26” is no time of the day", ""),
    ("calendars: [{weekly: [Mon 9:00]}]", "9:00", "invalid-agreement", "the end of the hours is missing", ""),
    ("meetings: {frequency: biweekly}", "biweekly", "invalid-agreement", "“frequency”: “biweekly”", "two weeks"),
    ("maintenance: [at night]", "at night", "invalid-agreement", "An entry of “maintenance”", ""),
    ("remedies: [{tiers: [below 9 %]}]", "below 9 %", "invalid-agreement", "An entry of “tiers”", "below 99.5 %: 5 %"),
    ("policies: {renewal: {notice: soon}}", "soon", "invalid-agreement", "“notice”", ""),
    ("term: {expiryDate: 01/02/2026}", "01/02/2026", "invalid-agreement", "1 February or 2 January", "2026-02-01"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "rule", "message", "hint"), TABLE, ids=[row[0] for row in TABLE])
def test_one_finding(text: str, where: str, rule: str, message: str, hint: str) -> None:
    (said,) = shape.observe(node(HEAD + text + "\n"))
    assert place(said) == where
    assert said.rule == rule
    assert message in said.message
    assert hint in said.hint
    assert said.message.endswith(".") and not said.message.endswith("..")


@pytest.mark.parametrize(
    "row",
    [row for row in TABLE if not row[0].startswith(("policies: {pets", "goals: [{id"))][:24:3],
    ids=lambda r: r[0],
)
def test_json_says_the_same(row: tuple[str, str, str, str, str]) -> None:
    data = node(HEAD + row[0] + "\n").data
    (said,) = shape.observe(node(json.dumps(data, ensure_ascii=False), "a.sla.json"))
    assert place(said).replace('"', "") == row[1].strip("'")
    assert row[3] in said.message


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("meeting: {}", "meetings: {}"),
        ('"meeting": {}', '"meetings": {}'),
        ("type: vendor", "type: supplier"),
        ("type: 'Customer'", "type: 'customer'"),
        ("goals: [{id: 5}]", 'goals: [{id: "5"}]'),
        ("tools: [{id: My Tool}]", "tools: [{id: my-tool}]"),
        ("metrics: [{minimumSample: '20'}]", "metrics: [{minimumSample: 20}]"),
        ("term: {continuesUntilReplaced: 'yes'}", "term: {continuesUntilReplaced: true}"),
    ],
)
def test_fix(text: str, after: str) -> None:
    (said,) = shape.observe(node(HEAD + text + "\n"))
    assert mended(said) == HEAD + after + "\n"
    assert list(shape.observe(node(mended(said)))) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        # a document of another kind: that, and nothing that follows from it
        ("apiVersion: openslo/v1\nkind: SLO\nspec: {}", ["“apiVersion” must be slalint/v1; it says “openslo/v1”."]),
        ("name: x\nsteps: []", ["An agreement needs “apiVersion”, “kind” and “metadata”."]),
        # a field under a wrong name is there
        (
            "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetdata: {title: x}",
            ["“metdata” is not a field of an agreement."],
        ),
        (
            "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {name: x}",
            ["“name” is not a field of “metadata”."],
        ),
        (
            "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {version: 1.0.0}",
            ["“metadata” needs “title” or “id”."],
        ),
        ("apiVersion: slalint/v1\nkind:\nmetadata: {title: x}", ["“kind” must be one of ServiceLevelAgreement, "
         "OperationalLevelAgreement or UnderpinningContract; it is empty."]),
        ("[1, 2]", ["An agreement must be a block of fields; it is a list."]),
    ],
)  # fmt: skip
def test_no_cascade(text: str, messages: list[str]) -> None:
    assert [said.message for said in shape.observe(node(text))] == messages


@pytest.mark.parametrize(
    "text",
    [
        "term: {effectiveDate: , expiryDate: }",  # blanks of a template: rules report them
        "policies: {termination: , renewal: ''}",
        "metrics: [{target: TBD, window: '[period]'}]",
        "services: [{hours: office-hours}]",
        "services: [{hours: Business Hours}]",
        "support: {hours: office hours}",
        "priorities: {P1: {response: 15 min}, P2: {response: 95 % within 1 h}}",
        "x-own: {target: about 99, hours: Mon-Fri}",
        "metrics: [{target: 99.5}]",  # no unit: a rule's business
    ],
)
def test_silence(text: str) -> None:
    assert list(shape.observe(node(HEAD + text + "\n"))) == []


def test_behind_an_alias() -> None:
    """Reported at the alias; nothing is rewritten through one."""
    text = HEAD + "x-shared: &mine {goal: 5 h, target: about 9}\nmetrics: [*mine]\n"
    said = list(shape.observe(node(text)))
    assert [place(one) for one in said] == ["*mine", "*mine"]
    assert all(one.fix is None for one in said)


def test_folded_text_is_reported_as_a_whole_or_exactly() -> None:
    text = HEAD + "metrics:\n  - target: >-\n      at least\n      about 99 %\n"
    (said,) = shape.observe(node(text))
    assert place(said) == "about"


# ---- the validators behind it


def documents() -> list[Any]:
    found = [node(HEAD + row[0] + "\n").data for row in TABLE]
    found += [node(HEAD).data, None, 5, "x", [], {}, {"apiVersion": float("nan")}, {1: 2}, {"x-a": 10**400}]
    return [*found, {"metadata": {"title": "\ud800"}}]


def test_both_validators_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads(resources.schema_text("agreement"))
    fast = shape.compile_schema(schema)
    verdicts = [fast(data) for data in documents()]
    assert True in verdicts and False in verdicts
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "jsonschema_rs":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    slow = shape.compile_schema(schema)
    monkeypatch.undo()
    assert slow is not fast
    assert [slow(data) for data in documents()] == verdicts


def test_a_valid_document_does_not_load_the_explainer() -> None:
    program = (
        "import sys\nfrom slalint import shape\n"
        "from slalint.model import SourceFile\nfrom slalint.sources import yaml\n"
        f"root = yaml.compose(SourceFile('a.yaml', {HEAD!r}))[0][0]\n"
        "assert list(shape.observe(root)) == []\nassert 'jsonschema' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_nothing_is_fetched() -> None:
    schema = {"$ref": "http://127.0.0.1:9/never.json"}
    with pytest.raises(Exception, match=r"127\.0\.0\.1"):
        shape.compile_schema(schema)({})


def test_nesting_without_end() -> None:
    root = node("a: b")
    deep: Any = "x"
    for _ in range(50_000):
        deep = [deep]
    root.data = {"tools": deep}
    shape_ = shape.Shape({"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}, "required": ["b"]}}})
    messages = [said.message for said in shape_.observe(root)]
    assert len(messages) == 1


def test_any_schema() -> None:
    """The class serves other documents, under rule names of their own."""
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "level": {"oneOf": [{"type": "integer", "maximum": 3}, {"type": "string", "minLength": 2}]},
            "names": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "minItems": 1},
            "only": {"const": "x"},
            "fields": {"anyOf": [{"type": "integer"}, {"type": "array"}]},
        },
        "oneOf": [{"required": ["level"]}, {"required": ["names"]}],
    }
    shape_ = shape.Shape(schema, what="a setting", unknown="config", invalid="config")

    def say(text: str) -> list[str]:
        found = list(shape_.observe(node(text)))
        assert {said.rule for said in found} <= {"config"}
        return [said.message for said in found]

    assert say("level: 2") == []
    assert say("level: 4") == ["“level” must be at most 3; it is the number 4."]
    assert say("level: x") == ["“level” needs at least 2 characters; it says “x”."]
    assert say("names: []") == ["“names” needs at least 1 entry; it is a list."]
    assert say("names: [a, a]") == ["“names” names something twice; it is a list."]
    assert say("names: [c]") == ["An entry of “names” must be one of a or b; it says “c”."]
    assert say("only: x") == ["A setting needs “level” or “names”."]
    assert say("{level: 2, names: [a]}") == ["A setting has “level” and “names”, which do not go together."]
    assert say("{level: 2, fields: x}") == ["“fields” must be a whole number or a list; it says “x”."]
    assert say("{level: 2, levle: 2}") == ["“levle” is not a field of a setting."]


KEYS = st.sampled_from(["apiVersion", "kind", "metadata", "metrics", "target", "hours", "term", "policies", "x-a", "a"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from(["99 %", "about", "slalint/v1", "", "Mon"])
)
DATA = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4), max_leaves=12
)


@given(DATA)
def test_any_data(data: Any) -> None:
    """Words and places inside the file, whatever the document holds."""
    root = node(json.dumps(data), "a.json")
    for said in shape.observe(root):
        assert isinstance(said.at, Node)
        assert 0 <= said.at.place.start <= said.at.place.end <= len(root.file.text)
        assert said.rule in ("unknown-field", "invalid-agreement")
        assert said.message


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("metrics: [{id: a, window: calender month}]", "Did you mean “calendar month”?"),
        ("metrics: [{id: a, window: mothly}]", "Did you mean “monthly”?"),
        ("metrics: [{id: a, window: regularly}]", "For example: calendar month, or rolling 30 days"),
        ("metrics: [{id: a, target: at lest 99.5 %}]", "Did you mean “at least 99.5 %”?"),
        ("metrics: [{id: a, target: high}]", "For example: at least 99.5 %"),
        ("priorities: [{id: P1, response: asap}]", "For example: within 4 h"),
        ("term: {effectiveDate: 01/03/2027}", "Write 2027-03-01 or 2027-01-03"),
        ("term: {effectiveDate: soon}", "For example: 2026-01-31"),
        ("term: {effectiveDate: 2036}", "For example: 2026-01-31"),
        ("term: {effectiveDate: 1 Janury 2036}", "Did you mean “1 January 2036”?"),
    ],
)
def test_a_hint_says_what_can_be_typed(line: str, hint: str) -> None:
    text = f"apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {{title: Mail}}\n{line}\n"
    agreement = yaml.read(SourceFile("a.sla.yaml", text)).agreements[0]
    assert hint in [said.hint for said in shape.observe(agreement.root)]


def test_examples_can_be_read() -> None:
    for reader, said in shape._EXAMPLES.items():
        for example in said.split(", or "):
            assert shape.READERS[reader](example)
