"""What does not fit a schema is told as ``jsonschema`` tells it."""

from __future__ import annotations

import builtins
import json
import random
from pathlib import Path
from typing import Any

import pytest
from test_fits import data_of, spoilt

from slalint import resources, shape
from slalint.misfits import Misfit, Unknown, misfits
from slalint.model import Node, Observation, SourceFile
from slalint.sources import json as json_source

SCHEMAS = {name: json.loads(resources.schema_text(name)) for name in ("agreement", "config", "baseline")}
EXAMPLES = sorted(path for kind in ("good", "flawed") for path in Path("examples", kind).glob("*.yaml"))
OTHERS = (
    ("config", {"agreements": ["a"], "severity": {"a": "info"}, "options": {"a": {"b": 1}}, "rules": ["r"], "x-a": 1}),
    ("baseline", {"version": 1, "findings": [{"rule": "a", "path": "b", "fingerprint": "c"}]}),
)


def library(schema: Any, data: Any) -> list[Misfit]:
    return [shape._misfit(error) for error in shape._explainer(schema).iter_errors(data)]


def plain(found: list[Misfit]) -> list[Any]:
    """Without the order of what an undeclared key holds: the library keeps none."""
    return sorted(((one.path, one.keyword, one.steps, repr(one), plain_causes(one)) for one in found), key=repr)


def plain_causes(one: Misfit) -> list[Any]:
    return [plain(cause) for cause in one.causes]


def test_as_the_library_tells_it() -> None:
    """All of it, and again where it is known already near which places something is wrong."""
    dice = random.Random(3)
    seen: set[str] = set()
    invalid = 0
    for name, start in [*(("agreement", data_of(path)) for path in EXAMPLES), *OTHERS]:
        schema = SCHEMAS[name]
        quick, late = shape.Shape(name), shape.Shape(schema)
        for _ in range(30):
            data = start
            for _ in range(dice.randint(1, 4)):
                data = spoilt(data, dice)
            try:
                found = misfits(schema, data)
            except Unknown:
                continue
            told = library(schema, data)
            assert plain(found) == plain(told)
            assert quick.misfits(data) == found
            assert late.misfits(data, 1) == found
            invalid += bool(found)
            seen |= {one.keyword for one in found}
    assert invalid > 200
    assert seen >= {"type", "enum", "const", "pattern", "required", "additionalProperties", "anyOf"}


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"type": "string"}},
        {"$ref": "other.json"},
        {"$ref": "#/$defs/nowhere"},
        {"patternProperties": {"^x": {}}},
        {"const": ["x"]},
        {"uniqueItems": True},
        {"items": False},
        False,
    ],
    ids=str,
)
def test_what_is_not_known_is_left_to_the_library(schema: Any) -> None:
    with pytest.raises(Unknown):
        for data in ("x", {1: "x"}, [1, 1]):
            misfits(schema, data)


def test_numbers_and_truth() -> None:
    """True is no 1, and 1.0 is a whole number."""
    for schema, data in [
        ({"enum": [1, False]}, True),
        ({"enum": [1, False]}, 0),
        ({"enum": [1, False]}, 1.0),
        ({"type": "integer"}, 1.0),
        ({"type": ["integer", "null"]}, 1.5),
        ({"type": "integer"}, True),
        ({"type": "number"}, 1),
        ({"minimum": 0}, False),
        ({"properties": {"a": True}, "items": True}, {"a": 1}),
        ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 3}}, "a"),
        ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 3}}, 2),
        ({"if": {"type": "string"}, "then": {"minLength": 2}}, 2),
    ]:
        assert plain(misfits(schema, data)) == plain(library(schema, data))


@pytest.fixture
def without_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name in ("jsonschema_rs", "jsonschema"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(shape, "_compiled", {})


@pytest.mark.usefixtures("without_validator")
def test_a_broken_agreement_needs_no_library() -> None:
    root = Path("examples/good/mail.sla.yaml")
    schema = SCHEMAS["agreement"]
    broken = {**data_of(root), "autorenewal": True}
    assert [said.rule for said in observed(shape.Shape("agreement"), broken)] == ["unknown-field"]
    assert [said.rule for said in observed(shape.Shape(schema), broken)] == ["unknown-field"]
    assert observed(shape.Shape(schema), data_of(root)) == []


def observed(of: shape.Shape, data: Any) -> list[Observation]:
    root, _ = json_source.document(SourceFile("a.sla.json", json.dumps(data)))
    assert isinstance(root, Node)
    return list(of.observe(root))
