"""JSON as the ``json`` module reads it, with places; what it refuses, in plain words."""

from __future__ import annotations

import json as stdlib
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slalint.model import Node, Observation, SourceFile
from slalint.sources import _composer, json

KIND = '"kind": "ServiceLevelAgreement"'


def document(text: str) -> tuple[Node | None, list[Observation]]:
    return json.document(SourceFile("a.sla.json", text))


TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@settings(max_examples=150, deadline=None)
@given(VALUES, st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_equals_the_json_module(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = stdlib.dumps(value, indent=indent, ensure_ascii=ascii_only)
    root, said = document(text)
    assert root is not None
    assert not said
    assert root.data == stdlib.loads(text)
    assert repr(root.data) == repr(stdlib.loads(text))
    stack = [root]
    while stack:
        node = stack.pop()
        assert stdlib.loads(node.raw) == node.data
        for key, child in node.items():
            assert child.key is not None
            assert stdlib.loads(text[child.key.start : child.key.end]) == key
            stack.append(child)
        stack.extend(node)


PIECES = st.sampled_from(
    ['"', '"a"', '"\\u00e9"', '"\\x"', '"\\ud83d\\ude00"', "1", "-", "01", "1.", "1e5", ".5", "true", "tru", "NaN",
     "[", "]", "{", "}", ":", ",", " ", "\n", "null", "'", "//", "\\", "\t", "\x00", "é"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@example("1e501")
@given(st.lists(PIECES, max_size=12).map("".join))
def test_agrees_with_the_json_module_on_what_is_json(text: str) -> None:
    def refuse(word: str) -> None:
        raise ValueError(word)

    def finite(written: str) -> float:
        value = float(written)
        if value in (float("inf"), float("-inf")):
            raise ValueError(written)  # what no float holds is refused rather than read as something else
        return value

    try:
        wanted = stdlib.loads(text, parse_constant=refuse, parse_float=finite)
    except ValueError:
        root, said = document(text)
        assert root is None
        assert len(said) == 1
        assert isinstance(said[0].at, Node)
        assert 0 <= said[0].at.span.start <= said[0].at.span.end <= len(text)
    else:
        root, _ = document(text)
        assert root is not None
        assert root.data == wanted


def test_places_and_written_numbers() -> None:
    root, _ = document('{\r\n  "a": [99.90, "\U0001f600", {"b" : -0}]\r\n}\r\n')
    assert root is not None
    number = root.get("a", 0)
    assert number is not None
    assert (number.data, number.text, number.span[2:]) == (99.9, "99.90", (2, 9))
    inner = root.get("a", 2, "b")
    assert inner is not None
    assert (inner.raw, inner.span[2:], inner.path) == ("-0", (2, 28), ("a", 2, "b"))


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ('{"a": 1,}', (1, 8), "comma before the closing }", "Delete the comma"),
        ("[1, 2, ]", (1, 6), "comma before the closing ]", "Delete the comma"),
        ("{'a': 1}", (1, 2), "double quotes only", '"a"'),
        ('{"a": \'it\'}', (1, 7), "double quotes only", '"it"'),
        ('{"a": 1 // one\n}', (1, 9), "no comments", "Delete"),
        ("# top\n{}", (1, 1), "no comments", "Delete"),
        ('{"a": 1\n "b": 2}', (2, 2), "A comma or the closing } is missing", "comma"),
        ('["a" "b"]', (1, 6), "A comma or the closing ] is missing", "comma"),
        ('{"a" 1}', (1, 6), "A colon is missing", '"a"'),
        ("{a: 1}", (1, 2), "The key a is not in double quotes", '"a"'),
        ('{"a": internal}', (1, 7), "The text internal is not in double quotes", '"internal"'),
        ('{"a": True}', (1, 7), "True is written true", "true"),
        ('{"a": None}', (1, 7), "None is written null", "null"),
        ('{"a": NaN}', (1, 7), "NaN is not a number", "null"),
        ('{"a": -Infinity}', (1, 7), "-Infinity is not a number", "null"),
        ('{"a": 07}', (1, 7), "07 is not written as JSON writes a number", '"07"'),
        ('{"a": 99.5%}', (1, 7), "99.5% is not written as JSON", '"99.5%"'),
        ('{"a": .5}', (1, 7), ".5 is not written as JSON", ""),
        ('{"a": }', (1, 7), "A value is missing", "null"),
        ('{"a": 1', (1, 1), "The { here is not closed", "}"),
        ('{"a": [1, 2', (1, 7), "The [ here is not closed", "]"),
        ("", (1, 1), "holds no value", "kind"),
        ("{} {}", (1, 4), "more text after the end", "Delete"),
        ('{"a": "b\n"}', (1, 7), "no closing", '"b"'),
        ('{"a": "b', (1, 7), "no closing", '"b"'),
        ('{"a": "b\tc"}', (1, 9), "A tab stands inside", "\\t"),
        ('{"a": "\x01"}', (1, 8), "U+0001", "Delete"),
        ('{"a": "C:\\path"}', (1, 10), "\\p stands for nothing", "two backslashes"),
        ('{"a": "\\u12"}', (1, 8), "four digits", "character"),
        ('{"a": 1e999}', (1, 7), "too large", "text"),
        ('{"a": ' + "9" * 5000 + "}", (1, 7), "too large", "text"),
        ("[" * 101 + "]" * 101, (1, 101), "more than 100 levels", "brackets"),
    ],
)  # fmt: skip
def test_explained(text: str, place: tuple[int, int], words: str, hint: str) -> None:
    root, (found,) = document(text)
    assert root is None
    assert isinstance(found.at, Node)
    assert found.rule == "syntax"
    assert found.at.span[2:] == place
    assert words in found.message
    assert hint in found.hint
    assert found.message.endswith(".")
    assert found.why.endswith(".")


def test_duplicate_keys_and_half_characters() -> None:
    root, said = document('{"a": {"x": 1,\n"x": 2}, "y": "\\ud83d"}')
    assert root is not None
    assert root.data == {"a": {"x": 2}, "y": "\ufffd"}
    assert [(o.rule, o.at.span[2:]) for o in said if isinstance(o.at, Node)] == [
        ("duplicate-key", (2, 1)),
        ("syntax", (2, 16)),
    ]
    assert isinstance(said[0].at, Node)
    assert said[0].at.path == ("a", "x")
    assert said[0].related[0][0].span[2:] == (1, 8)


@pytest.mark.parametrize(
    ("path", "text", "force", "claim", "agreements", "rules"),
    [
        ("a.json", "{" + KIND + "}", False, 2, 1, []),
        ("a.json", '{"apiVersion" : "slalint/v1"}', False, 2, 1, []),
        ("a.json", '{"kind": "SLO"}', False, 1, 0, []),
        ("a.json", '{"kind": "SLO"}', True, 1, 1, []),
        ("a.json", "{,}", False, 1, 0, []),
        ("a.json", "{,}", True, 1, 0, ["syntax"]),
        ("a.sla.json", "{}", False, 2, 1, []),
        ("a.sla.json", "[1]", False, 2, 0, ["invalid-agreement"]),
        ("a.json", "{" + KIND + ",}", False, 2, 0, ["syntax"]),
        ("a.yaml", "{}", False, 0, 0, []),
    ],
)
def test_claims_and_read(path: str, text: str, force: bool, claim: int, agreements: int, rules: list[str]) -> None:
    assert json.claims(path, text.encode()) == claim
    if claim:
        reading = json.read(SourceFile(path, text), force)
        assert (len(reading.agreements), [o.rule for o in reading.observations]) == (agreements, rules)


@pytest.mark.parametrize("unit", ["[", '{"a":', "[[],", '{"a":['])
@pytest.mark.parametrize("count", [10_000, 200_000])
def test_depth_is_bounded(unit: str, count: int) -> None:
    before = time.process_time()
    assert document(unit * count)[0] is None
    assert time.process_time() - before < 2


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "MAX_EVENTS", 1000)
    monkeypatch.setattr(_composer, "MAX_EVENTS", 1000)
    _, (found,) = document("[" + "0," * 1200 + "0]")
    assert "more than 1,000 values" in found.message
    assert document('"' + "x" * 5000 + '"')[0] is not None
