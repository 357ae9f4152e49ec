"""A quick look says yes only where a validator does."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from slalint import kept, resources
from slalint.fits import fits, reduced
from slalint.shape import Shape
from slalint.sources import decode, yaml

NAMES = ("agreement", "config", "rule", "baseline")
SCHEMAS = {name: json.loads(resources.schema_text(name)) for name in NAMES}
GOOD = sorted(Path("examples/good").glob("*.yaml"))


def data_of(path: Path) -> Any:
    roots, _ = yaml.compose(decode(str(path), path.read_bytes())[0])
    return roots[0].data


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_what_is_valid_is_seen_at_once(path: Path) -> None:
    assert fits(reduced(SCHEMAS["agreement"]), data_of(path))


def test_a_configuration_is_seen_at_once() -> None:
    config = {"agreements": ["contracts/**"], "ignore": ["style"], "severity": {"missing-review": "info"}}
    assert fits(reduced(SCHEMAS["config"]), config)
    assert not fits(reduced(SCHEMAS["config"]), {**config, "ignored": []})


VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2.5,
        1.0,
        "",
        " ",
        "x",
        "x\n",
        "24:00",
        "9:30",
        "UTC",
        "Europe/Lisbon",
        "a-b",
        "A b",
    ),
    *([], [[]], ["x"], ["x", "x"], [1], {}, {"x": 1}, {"x-y": {"z": 1}}, {1: "x"}, "slalint/v1", "customer", "\ud800"),
)


def spoilt(data: Any, dice: random.Random) -> Any:
    """The same with one value, key or item changed, somewhere."""
    if isinstance(data, dict) and data and dice.random() < 0.85:
        key = dice.choice([*data])
        how = dice.random()
        if how < 0.7:
            return {**data, key: spoilt(data[key], dice)}
        if how < 0.8:
            return {name: value for name, value in data.items() if name != key}
        return {**data, dice.choice(["x-mine", "id", "name", "nme", "description", "since", "x-"]): dice.choice(VALUES)}
    if isinstance(data, list) and data and dice.random() < 0.8:
        at = dice.randrange(len(data))
        return [*data[:at], spoilt(data[at], dice), *data[at + 1 :]]
    return dice.choice(VALUES)


def test_never_yes_where_the_validator_says_no() -> None:
    dice = random.Random(1)
    pairs = [("agreement", data_of(path)) for path in GOOD]
    pairs += [("config", {"agreements": ["a"], "severity": {"a": "info"}, "options": {"a": {"b": 1}}, "rules": ["r"]})]
    pairs += [("rule", {"summary": "s", "severity": "info", "given": "/a", "then": {"type": "string"}, "message": "m"})]
    yes = no = 0
    for name, data in pairs:
        quick, validator = reduced(SCHEMAS[name]), jsonschema_rs.Draft202012Validator(SCHEMAS[name])
        for _ in range(400):
            one = spoilt(data, dice)
            if fits(quick, one):
                yes += 1
                assert validator.is_valid(one), one
            else:
                no += 1
    assert yes > 300 and no > 300


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"type": "string"}},
        {"pattern": "(?=x)"},
        {"patternProperties": {"^y": {}}},
        {"$ref": "other.json"},
        {"$ref": "#/nowhere"},
        {"$ref": "#/$defs/nowhere"},
        {"if": {"required": ["a"]}, "then": {}},
        False,
    ],
)
def test_of_what_is_not_known_nothing_is_said(schema: Any) -> None:
    assert not fits(reduced(schema), "x") and not fits(reduced(schema), {"y": 1})


def test_the_first_documents_need_no_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_used", {})
    monkeypatch.setattr("slalint.shape._compile", lambda _: pytest.fail("a validator was made"))
    shape = Shape("agreement")
    assert not any(shape.misfits(data_of(path)) for path in GOOD)
