"""Places: what a node, a span and a piece of a string point at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalint.model import Finding, Node, Report, SourceFile, Span, pointer


def test_lines_end_in_any_of_three_ways() -> None:
    file = SourceFile("a", "one\ntwo\r\nthree\rfour")
    assert [file.line(n) for n in range(6)] == ["", "one", "two", "three", "four", ""]
    assert file.position(file.text.index("four")) == (4, 1)


@given(st.text(alphabet="ab\r\n\U0001f600\u2028"), st.data())
def test_position_and_line_agree(text: str, data: st.DataObject) -> None:
    file = SourceFile("a", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = file.position(offset)
    assert file.line_starts[line - 1] + column - 1 == offset
    if offset < len(text) and text[offset] not in "\r\n":
        assert file.line(line)[column - 1] == text[offset]


def sample() -> tuple[SourceFile, Node]:
    """`a: {b: [x, 12]}` with marks as a source would make them."""
    file = SourceFile("s", "a: {b: [x, 12]}")
    x, twelve = (8, 9, None, None), (11, 13, None, None)
    items = (7, 14, [x, twelve], None)
    inner = (3, 15, {"b": (4, 5, items)}, None)
    return file, Node(file, {"a": {"b": ["x", 12]}}, (0, 15, {"a": (0, 1, inner)}, None))


def test_walking_down() -> None:
    _, root = sample()
    twelve = root.get("a", "b", 1)
    assert twelve is not None
    assert (twelve.data, twelve.text, twelve.raw, pointer(twelve.path)) == (12, "12", "12", "/a/b/1")
    assert twelve.span == Span(11, 13, 1, 12)
    assert root.get("a", "c") is None and root.get("a", "b", 5) is None and root.get("a", "b", "x") is None
    block = root.get("a", "b")
    assert block is not None and block.key == Span(4, 5, 1, 5) and block.place == block.key
    assert [n.text for n in root.strings()] == ["x"]
    value = root.value
    assert [n.data for n in value["a"].value["b"].value] == ["x", 12]


def test_behind_an_alias_the_alias_is_reported_and_the_anchor_related() -> None:
    file = SourceFile("s", "a: &x {k: v}\nb: *x")
    anchor = (6, 12, {"k": (7, 8, (10, 11, None, None))}, None)
    root = Node(
        file,
        {"a": {"k": "v"}, "b": {"k": "v"}},
        (0, 18, {"a": (0, 1, anchor), "b": (13, 14, (16, 18, anchor[2], anchor))}, None),
    )
    direct, through = root.get("a", "k"), root.get("b", "k")
    assert direct is not None and not direct.aliased and direct.span.start == 10
    assert through is not None and through.aliased
    assert (through.span.start, through.span.end) == (16, 18)
    assert through.written.start == 10 and through.raw == "v"


@pytest.mark.parametrize(
    ("source", "value", "piece", "found"),
    [
        ("at least 99 %", "at least 99 %", (9, 11), "99"),
        ("'at least 99 %'", "at least 99 %", (9, 11), "99"),
        ('"a\\tb 99"', "a\tb 99", (4, 6), "99"),
        ('"\\t99 99"', "\t99 99", (1, 3), '"\\t99 99"'),  # twice there: the whole value rather than a guess
    ],
)
def test_a_piece_of_a_string(source: str, value: str, piece: tuple[int, int], found: str) -> None:
    file = SourceFile("s", "k: " + source)
    node = Node(file, value, (3, 3 + len(source), None, None), ("k",), (0, 1))
    span = node.part(*piece).span
    assert file.text[span.start : span.end] == found


def test_findings_cross_processes_and_decide_the_status() -> None:
    finding = Finding("a", Span(0, 1, 1, 1), "r", "m", "warning", "high", "c", 1, 2)
    assert pickle.loads(pickle.dumps(finding)) == finding
    assert Report((finding,), ()).status == 0
    assert Report((finding,), (), fail_on="warning").status == 1
    assert Report((finding,), (), fail_on="never").status == 0
    assert Report((), (), errors=("no such file",), fail_on="never").status == 2
