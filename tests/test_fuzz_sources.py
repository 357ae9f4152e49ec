"""Whatever the bytes: no exception, every place inside the file, and what a place holds is what was read there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from slalint.model import Node, SourceFile, Span
from slalint.sources import Reading, decode, json, yaml

FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

YAML_PIECES = st.sampled_from(
    ["a", "b: ", ": ", ":", "- ", "? ", "\n", "\n  ", "\n    ", "\r\n", "\r", "[", "]", "{", "}", ", ", "&x ", "*x",
     "!t ", "!!str ", "<<: *x", "'", '"', "|\n", ">-\n", "---\n", "...\n", "# c\n", " #1", "12:30", "no", "0123",
     "2.10", "\t", "%YAML 1.1\n", "é", "\U0001f600", "\u2028", "\x85", "\ufeff", "\x07", "{{ x }}", "~",
     "kind: ServiceLevelAgreement\n", ">= 9 %", "@", "\\x"]
)  # fmt: skip
JSON_PIECES = st.sampled_from(
    ['"', "a", "{", "}", "[", "]", ",", ":", "\\u", "\\", "1", "-", ".", "e", "true", " ", "\n", "'", "/*"]
)
BYTES = st.one_of(
    st.binary(max_size=80),
    st.lists(YAML_PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()),
    st.lists(JSON_PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


def nodes(root: Node) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for _, child in node.items())
        stack.extend(node)


def inside(file: SourceFile, reading: Reading) -> None:
    def check(span: Span | None) -> None:
        if span is not None:
            assert 0 <= span.start <= span.end <= len(file.text)
            assert (span.line, span.column) == file.position(span.start)

    for observation in reading.observations:
        check(observation.at.span if isinstance(observation.at, Node) else observation.at)
        assert observation.rule
        assert observation.message
        for edit in observation.fix.edits if observation.fix else ():
            assert 0 <= edit.start <= edit.end <= len(file.text)
    for agreement in reading.agreements:
        for node in nodes(agreement.root):
            check(node.span)
            check(node.written)
            check(node.place)
            check(node.key)


@pytest.mark.parametrize("source", [yaml, json])
@FUZZ
@given(BYTES)
@example(b" \t")
def test_any_bytes(source: Any, data: bytes) -> None:
    file, refusal = decode("a.sla.yaml", data)
    if refusal is not None:
        inside(file, Reading([], [refusal]))
    source.claims("a.yaml", data)
    source.claims("a.json", data)
    inside(file, source.read(file, force=True))


# Words that no resolver takes for anything but text when they stand without quotes.
WORDS = st.text(st.sampled_from("abxyz é—\U0001f600'\":#,[]{}&*!|>%@`-?0 \t\n\\"), max_size=12).map(lambda t: "w" + t)
PLAIN = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | WORDS | st.text("ab c", max_size=30)
TREES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@FUZZ
@given(
    st.dictionaries(WORDS, TREES, min_size=1, max_size=4),
    st.sampled_from([None, "'", '"']),
    st.sampled_from([None, True, False]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([10, 80, 1000]),
    st.booleans(),
)
def test_a_place_holds_what_was_read(
    tree: Any, style: str | None, flow: bool | None, newline: str, width: int, shown: bool
) -> None:
    """Data written by another program comes back, and each scalar's stretch of text, read alone, gives its value."""
    text = pyyaml.safe_dump(
        tree, default_style=style, default_flow_style=flow, line_break=newline, width=width, allow_unicode=shown
    )  # fmt: skip
    assume(pyyaml.safe_load(text) == tree)  # the dumper has faults of its own with narrow lines
    file = SourceFile("a.yaml", text)
    (root,), said = yaml.compose(file)
    assert not [one for one in said if one.rule == "duplicate-key"]
    assert root.data == tree
    for node in nodes(root):
        for span, value in ((node.written, node.data), (node.key, node.path[-1] if node.path else None)):
            if span is None or isinstance(value, dict | list) or span.start == span.end or node.aliased:
                continue
            raw = text[span.start : span.end]
            if raw[0] in "|>" or "\n" in raw or "\r" in raw:
                continue
            if raw[0] in "'\"" and not isinstance(value, str):
                continue  # its type is in the tag before the quotes
            (alone,), _ = yaml.compose(SourceFile("b.yaml", f"- {raw}"))
            again = alone.data[0]
            assert again == value or raw == value  # a key is its written text
            assert raw == raw.strip()
