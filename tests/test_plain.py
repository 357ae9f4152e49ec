"""The reader of plain YAML agrees with libyaml to the last place, or leaves a document alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slalint.model import Node, SourceFile, Unplaced
from slalint.sources import _lines, _places, _plain, yaml

EXAMPLES = sorted(Path(__file__).parents[1].joinpath("examples").rglob("*.yaml"))
PLAIN = [path for path in EXAMPLES if _plain.read(path.read_text(encoding="utf-8")) is not None][:4]
FUZZ = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def same(one: Any, other: Any) -> bool:
    """Equal in values, in types and in the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def reads(text: str) -> bool:
    """Whether a document is read, and then as libyaml reads it: that one finds nothing to remark either."""
    found = _plain.read(text)
    if found is None:
        return False
    (document,) = yaml._fast(SourceFile("a.yaml", text), 0, len(text))
    assert document.root is not None
    assert not document.observations, text
    assert same(found[0], document.root.data), text
    whole = _places.marks(found[0], text, 0)
    assert same(whole, document.root._mark), text
    for name in found[0] if isinstance(found[0], dict) else ():
        part = _places.part(found[0], text, 0, name)
        assert part is None or same(part[2], {name: whole[2][name]}), (text, name)
    assert same(_plain.read(text), found), text  # its lines are known now
    return True


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "---\na: b\n",
        "# c\n\n--- # c\n  # d\n  a: b # e\n  c: 'd'\n\n",
        "- a\n- b: c\n  d: e\n- 'f'\n",
        "a:\n- b\n- c: d\n  e:\n  - f\ng:\n  - h\ni:\n",
        "a:\n\n  # c\n  b:\n    c:\n  d:\n# e\nf:   g   # h\n",
        "a: \"b: c # d\"\nb: 'it''s'\n'c': \"\"\n\"d e\": ''\n",
        "a: 1\nb: -2.5\nc: 0x1F\nd: 2026-01-31\ne: 07:30\nf: 99.5 %\ng: ~\nh: null\ni: TRUE\nj: .5\nk: -x\nl: .\n",
        "a: http://x.example/#y?z=a:b\nb: c#d\nc: [e@f, g:h, -1]\n",
        "a: []\nb: {}\nc: [1, two three, 'x, y', \"z\"] # c\nd: { e: f,g: [h, {i: null}] , 'j': [[ ]]}\n",
        "a: [Dana's team, {b: it's}]  \n",
        "a: |\n  b\n    c\n\n  # d\ne: >-\n    f\n    g\n\n    h\ni: >+\n  j\n\n\nk: |-  # l\n m \n",
        "- |\n x\n- >\n y\n z\n\n# c\n",
        "é: \U0001f600 grin\na: 'ß' # \U0001f600\nb: \xa0c\n",
        "a: b\n   \n  \nc: d\n",
        "no: x\nyes: y\n1: z\n~: w\nnull: v\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_read(text: str, newline: str) -> None:
    assert reads(text.replace("\n", newline))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# c\n",
        "---\n",
        "a\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "... : b\n",
        "%YAML 1.2\n---\na: b\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "<<: {a: b}\n",
        "a: b\na: c\n",
        "a: {b: c, b: d}\n",
        "'a': b\na: c\n",
        "? a\n: b\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        "a: [b,\n  c]\n",
        'a: "b\\n"\n',
        "a:\tb\n",
        "a: b\r\nc: d\n",
        "a: b\nc: d\r\n",
        "a: b\r\n\nc: d\r\n",
        "a: b\rc: d\r",
        "a: b\r",
        "a: b\x85\n",
        "a: b\u2028c\n",
        "\ufeffa: b\n",
        "a: \ud800\n",
        "a: b: c\n",
        "a: b:\n",
        "a : b\n",
        "a:b\n",
        "a: b\n c: d\n",
        "a:\n  b: c\n d: e\n",
        "a:\n  b: c\n  - d\n",
        "- a\nb: c\n",
        "a:\n    - b\n  - c\n",
        "- a\n  b: c\n",
        "-\n  a: b\n",
        "- - a\n",
        "a: - b\n",
        "a: no\n",
        "a: [Yes]\n",
        "a: 12:30\n",
        "a: 012\n",
        "version: 2.10\n",
        "id: 12e4\n",
        "a: Team #1\n",
        "a: {b, c: d}\n",
        "a: {b: }\n",
        "a: {b:c}\n",
        "a: [b: c]\n",
        "a: [b, ]\n",
        "a: [, b]\n",
        "a: [b]]\n",
        "a: [[b]\n",
        "a: [b}\n",
        "a: [b] c\n",
        "a: {b: c} # d ]\n- e\n",
        "a: {{ b }}\n",
        "a: 'b' c\n",
        "a: >= 1\n",
        "a: @b\n",
        "a: |\nb: c\n",
        "a:\n  b: |\n  c\n",
        "a: |2\n   b\n",
        "a: |\n  b",
        "a: >\n  b\n    c\n",
        "a: |\n  b\n \n",
        "a: |\n\n  b\n",
        "".join(" " * depth + "a:\n" for depth in range(60)),
        "a: " + "[" * 60 + "]" * 60 + "\n",
    ],
)
def test_left_alone(text: str) -> None:
    assert not reads(text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name + "/" + path.name)
def test_examples(path: Path) -> None:
    reads(path.read_text(encoding="utf-8"))


def test_most_examples_are_plain() -> None:
    assert sum(reads(path.read_text(encoding="utf-8")) for path in EXAMPLES) >= 0.8 * len(EXAMPLES)


# ---- documents made up

WORD = st.sampled_from("a b é x1 -1 0 1.50 2026-01-01 10:30 0x1f no null ~ true it's a:b c#d <<".split())
WORDS = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
SCALAR = st.one_of(
    WORDS, WORDS, WORDS.map(lambda t: '"' + t + '"'), st.text("ab \"'#:,{-é", max_size=6).map(lambda t: f"'{t}'")
)
FLOW = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(st.tuples(WORDS, inner), max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"
        ),
    ),
    max_leaves=5,
)
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"])
TAILS = st.sampled_from(["", "", "", " ", " # c", "\n", "\n# c", "\n   # c", "\n  ", "\n\n"])


def indented(block: list[str], by: int) -> list[str]:
    return [" " * by + line if line else line for line in block]


@st.composite
def blocks(draw: Any, depth: int = 0) -> list[str]:
    """The lines of a block mapping or sequence."""
    is_map = draw(st.booleans())
    lines: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        head = draw(st.sampled_from([f"k{number}", f"k{number}", f"'{number}'", "é b"])) + ":" if is_map else "-"
        kind = draw(st.sampled_from(["scalar", "scalar", "flow", "block", "inner", "none"]))
        if kind == "inner" and depth < 3:
            inner = indented(draw(blocks(depth + 1)), draw(st.sampled_from([2, 2, 2, 1, 4, 0])))
            lines += [head, *inner] if is_map else ["- " + inner[0].lstrip(), *indented(inner[1:], 2)]
        elif kind == "block":
            body = [" " * draw(st.sampled_from([0, 0, 0, 1])) + draw(WORDS) for _ in range(draw(st.integers(1, 3)))]
            body.insert(draw(st.integers(1, 3)), draw(st.sampled_from(["", "# c", " "])))
            lines += [f"{head} {draw(HEADERS)}", *indented(body, draw(st.sampled_from([2, 2, 1, 4]))), draw(TAILS)]
        elif kind != "none":
            lines.append(f"{head} {draw(FLOW if kind == 'flow' else SCALAR)}{draw(TAILS)}")
        else:
            lines.append(head + draw(TAILS))
    return lines


@FUZZ
@given(blocks(), st.sampled_from(["", "\n", "\n", "\n\n", "\n# c"]), st.sampled_from(["\n", "\n", "\r\n"]))
def test_made_up(lines: list[str], end: str, newline: str) -> None:
    reads(("\n".join(lines) + end).replace("\n", newline))


PIECES = st.sampled_from(
    [" ", "  ", "\n", "\n  ", "- ", ":", ": ", "#", " #", "'", '"', ",", "[", "]", "{", "}", "|", ">-", "&a ", "*a",
     "!t ", "---\n", "...", "? ", "\t", "\r", "\x85", "\u2028", "é", "~", "no", "0", "1.0", "<<", "k:", "\\", "''",
     "[]", "\x7f"]
)  # fmt: skip
PLACE = st.floats(0, 1, exclude_max=True)


@FUZZ
@given(
    st.sampled_from(EXAMPLES),
    PLACE,
    st.lists(st.tuples(st.sampled_from(["insert", "delete", "move", "indent"]), PLACE, PLACE, PIECES), max_size=4),
    st.sampled_from(["\n", "\n", "\r\n"]),
)
def test_mangled(path: Path, first: float, changes: list[tuple[str, float, float, str]], newline: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    at = int(first * len(lines))
    lines = lines[at : at + 25]
    least = min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    lines = [line[least:] for line in lines]
    for change, where, column, piece in changes:
        at = int(where * len(lines))
        line = lines[at]
        cut = int(column * (len(line) + 1))
        if change == "insert":
            lines[at] = line[:cut] + piece + line[cut:]
        elif change == "delete":
            lines[at] = line[:cut] + line[cut + 1 :]
        elif change == "move":
            lines.insert(int(column * len(lines)), lines.pop(at))
        else:
            lines[at] = " " + line
    reads(newline.join(lines))


# ---- what it is for


def test_in_a_stretch_of_a_file() -> None:
    text = "# Title\n\n```sla\na: 1\nb: [c]\n```\n"
    start, end = text.index("a:"), text.index("```\n", 8)
    file = SourceFile("a.md", text)
    (found,), (document,) = yaml.documents(file, start, end), yaml._fast(file, start, end)
    assert found.root is not None
    assert document.root is not None
    assert same(found.root._mark, document.root._mark)
    assert found.root.get("b", 0).raw == "c"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_places_are_found_when_asked_for(path: Path) -> None:
    file = SourceFile("a.yaml", path.read_text(encoding="utf-8"))
    (late,) = yaml.compose(file)[0]
    placed = Node(file, late.data, _places.marks(late.data, file.text, 0))
    pairs = [(late, placed)]
    for one, other in pairs:
        assert type(one) is Unplaced
        assert one.path == other.path
        assert (one.key_node.data, one.key_node.path) == (other.key_node.data, other.key_node.path)
        for asked in ("span", "place", "key", "raw", "offset", "written", "aliased", "text", "line"):
            assert getattr(one, asked) == getattr(other, asked), (one, asked)
            assert getattr(one.key_node, asked) == getattr(other.key_node, asked), (one, asked)
        assert one.get("", 0) is one.get(10**6) is one.get("a", "b", "c") is None
        pairs += zip((below for _, below in one.items()), (below for _, below in other.items()), strict=True)
        pairs += zip(one, other, strict=True)
        last = one.get(-1), other.get(-1)
        assert (last[0] and last[0].span) == (last[1] and last[1].span)
    assert [(node.path, node.span) for node in late.strings()] == [(node.path, node.span) for node in placed.strings()]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_a_place_or_two_are_found_without_all_the_others(path: Path) -> None:
    file = SourceFile("a.yaml", path.read_text(encoding="utf-8"))
    (late,) = yaml.compose(file)[0]
    assert isinstance(late, Unplaced)
    placed = Node(file, late.data, _places.marks(late.data, file.text, 0))
    for number, name in enumerate([*late.data, *late.data]):
        one, other = late.get(name), placed.get(name)
        assert one is not None and other is not None
        assert (one.place, one.key, one.written) == (other.place, other.key, other.written)
        assert [node.place for node in one.strings()] == [node.place for node in other.strings()]
        assert (late._marks._mark is None) == (number < 3)


def test_lines_are_kept_within_bounds_and_shared_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_lines, "_MOST", 50)
    _lines.known.clear()
    for number in range(200):
        text = f"a: {number}\nb: [c]\nd: {'e' * 5 * number}"
        assert _plain.read(text) == _plain.read(text) is not None
        assert len(_lines.known) <= 50 >= len(_lines.known._once)
    assert len(_lines.known) > 3 and max(map(len, _lines.known)) < 500
    (one,), (other,) = _plain.read("b: [c]") or ({},), _plain.read("b: [c]") or ({},)
    one["b"].append("d")
    assert other == {"b": ["c"]} == (_plain.read("b: [c]") or ({},))[0]


def test_no_parser_is_imported() -> None:
    code = (
        "import sys\nfrom slalint.model import SourceFile\nfrom slalint.sources import yaml\n"
        "assert yaml.compose(SourceFile('a.yaml', 'a: [b]\\n'))[0][0].data == {'a': ['b']}\n"
        "assert not {'yaml', 'ruamel.yaml'} & set(sys.modules)\n"
        "assert yaml.compose(SourceFile('a.yaml', 'a: &b c\\n'))[0][0].data == {'a': 'c'}\n"
        "assert 'yaml' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "text",
    ["a: " + "'x " * 50_000, "a: [" + "w'" * 50_000, "a" * 100_000 + "\x01", "a: " + "b " * 50_000 + "\x01",
     "a: " + " " * 100_000 + "\x01", "a: [" + "]" * 100_000 + "x", "a: |\n" + "  b\n" * 50_000 + " \n",
     "a: b" + ":c" * 50_000 + "\x01", "a: b" + "#" * 50_000 + ":", "\n" * 100_000 + "\x01", "a: [" + "b, " * 50_000]
)  # fmt: skip
def test_time_is_linear(text: str) -> None:
    import time

    before = time.process_time()
    assert _plain.read(text) is None
    assert time.process_time() - before < 0.5
