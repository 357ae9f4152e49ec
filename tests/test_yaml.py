"""YAML into positioned nodes, and what cannot be read into plain words."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from slalint.model import Node, Observation, SourceFile
from slalint.sources import _composer, find, yaml

HEAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"


def root(text: str) -> Node:
    roots, said = yaml.compose(SourceFile("a.yaml", text))
    assert not said, said
    assert len(roots) == 1
    return roots[0]


def said(text: str, path: str = "a.sla.yaml") -> list[Observation]:
    return yaml.read(SourceFile(path, text)).observations


def places(observations: list[Observation]) -> list[tuple[str, int, int]]:
    return [(o.rule, *span(o)[2:]) for o in observations]


def span(observation: Observation) -> Any:
    return observation.at.span if isinstance(observation.at, Node) else observation.at


def scalars(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        one = stack.pop()
        children = [child for _, child in one.items()] or list(one)
        stack.extend(children)
        if not isinstance(one.data, dict | list):
            yield one


# ---- values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-01", "2026-01-01"),
        ("NO_", "NO_"),
        ("~", None),
        ("Null", None),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("12", 12),
        ("-7", -7),
        ("+7", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("99.50", 99.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
        ("'12'", "12"),
        ('"\\u00e9\\n"', "é\n"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!int 12", 12),
        ("!!float 1", 1),
        ("! 12", "12"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("a\n  b\n\n  c", "a b\nc"),
        ("a\u2028b\u0085", "a\u2028b\u0085"),
    ],
)
def test_value(text: str, value: Any) -> None:
    for document in (f"k: {text}", f"other: &anchor 1\nk: {text}"):  # with a parser, too
        found = root(document).data["k"]
        assert found == value
        assert type(found) is type(value)


def test_keys_are_text() -> None:
    assert root("1: a\ntrue: b\n~: c\n2.50: d\n'q': e\n").data == dict(
        zip(["1", "true", "~", "2.50", "q"], "abcde", strict=True)
    )


# ---- places


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_spans(newline: str, bom: str) -> None:
    lines = [
        "# head",
        "astral: \U0001f600 grin",
        "after: x # comment",
        "quoted: 'it''s'",
        "anchored: &a !!str text",
        "empty:",
        "block: |",
        "  one",
        "  two",
        "",
        "# between",
        "flow: [1, {k: v }, 'z' ]",
        "list:",
        "  - a",
        "  - b: c",
        "    d:",
        "  # tail",
        "next: *a",
        "deep: &d",
        "  # why",
        "  k: v",
        "",
    ]
    node = root(bom + newline.join(lines))

    def raw(*path: str | int) -> str:
        found = node.get(*path)
        assert found is not None
        start, end = found.span[:2]
        return found.file.text[start:end].replace(newline, "\n")

    assert raw("astral") == "\U0001f600 grin"
    assert raw("after") == "x"
    assert raw("quoted") == "'it''s'"
    assert raw("anchored") == "text"
    assert raw("empty") == ""
    assert raw("block") == "|\n  one\n  two"
    assert raw("flow") == "[1, {k: v }, 'z' ]"
    assert raw("flow", 1) == "{k: v }"
    assert raw("flow", 2) == "'z'"
    assert raw("list") == "- a\n  - b: c\n    d:"
    assert raw("list", 1) == "b: c\n    d:"
    assert raw("next") == "*a"
    assert raw("deep") == "k: v"
    empty = node.get("empty")
    assert empty is not None
    assert empty.key is not None
    assert empty.span.start == empty.key.end
    after = node.get("after")
    assert after is not None
    assert (after.span.line, after.span.column) == (3, 8)


def test_aliases_and_merges() -> None:
    head = "base: &b {x: 1, y: {z: 2}}\nlist: &l [*b]\nthere: *b\n"
    node = root(head + "mixed:\n  <<: [*b, {y: 3, w: 4}]\n  x: 5\nvia: {<<: *l}\n")
    assert node.data["there"] is node.data["base"]
    assert node.data["mixed"] == {"x": 5, "y": {"z": 2}, "w": 4}
    assert node.data["via"] == {"x": 1, "y": {"z": 2}}
    for path, line, written in [
        (("there", "y", "z"), 3, 1),
        (("mixed", "y", "z"), 5, 1),
        (("mixed", "w"), 5, 5),
        (("mixed", "x"), 6, 6),
        (("via", "y", "z"), 7, 1),
    ]:
        found = node.get(*path)
        assert found is not None
        assert (found.span.line, found.written.line) == (line, written), path
    own = node.get("mixed", "x")
    assert own is not None
    assert not own.aliased


def test_anchors_may_be_set_anew_and_quotes_end_merging() -> None:
    node = root("a: &x 1\nb: *x\nc: &x 2\nd: *x\n'<<': {k: 1}\n")
    assert node.data == {"a": 1, "b": 1, "c": 2, "d": 2, "<<": {"k": 1}}


@pytest.mark.parametrize("text", ["<<: 1\n", "<<: [{a: 1}, 2]\n"])
def test_merge_of_something_else_is_a_key(text: str) -> None:
    assert "<<" in root(text).data


def test_a_region_of_a_file_keeps_its_places() -> None:
    text = "# Title\n\n```sla\na: 1\nb: [2\n```\n"
    file = SourceFile("a.md", text)
    start = text.index("a: 1")
    roots, observations = yaml.compose(file, start, start + 4)
    assert roots[0].get("a").span[2:] == (4, 4)  # type: ignore[union-attr]
    assert not observations
    roots, observations = yaml.compose(file, start, text.index("\n```\n"))
    assert not roots
    assert places(observations) == [("syntax", 5, 4)]


# ---- which documents


@pytest.mark.parametrize(
    ("path", "data", "claim"),
    [
        ("a.sla.yaml", b"", 2),
        ("A.SLA.YML", b"", 2),
        ("a.yaml", b"x: 1\nkind: ServiceLevelAgreement\n", 2),
        ("a.yml", b"---\n'apiVersion': \"slalint/v1\"\n", 2),
        ("a.yaml", b"\xef\xbb\xbfkind: OperationalLevelAgreement", 2),
        ("a.yaml", b"{kind: UnderpinningContract}", 2),
        ("a.yaml", b"apiVersion: openslo/v1\nkind: SLO\n", 1),
        ("a.yaml", b"nested:\n  kind: ServiceLevelAgreement\n", 1),
        ("a.yaml", b"kind: ServiceLevelAgreements\n", 1),
        ("a.json", b"{}", 0),
        ("a.md", b"kind: ServiceLevelAgreement\n", 0),
    ],
)
def test_claims(path: str, data: bytes, claim: int) -> None:
    assert yaml.claims(path, data) == claim


def test_find_asks_the_likely_source_only() -> None:
    for name in [m for m in sys.modules if m.startswith("slalint.sources.markdown")]:
        del sys.modules[name]
    source, claim = find("contracts/a.yml", HEAD.encode())
    assert (source, claim) == (yaml, 2)
    assert "slalint.sources.markdown" not in sys.modules
    assert find("a.exe", b"MZ") == (None, 0)


FOREIGN = "apiVersion: openslo/v1\nkind: SLO\nmetadata: {}\n"


@pytest.mark.parametrize(
    ("path", "force", "text", "agreements", "rules"),
    [
        ("a.yaml", False, HEAD + "---\n" + FOREIGN + "---\n" + HEAD, 2, []),
        ("a.yaml", False, FOREIGN + "x: no\n", 0, []),
        ("a.yaml", False, FOREIGN + "x: [\n", 0, []),
        ("a.yaml", True, FOREIGN + "x: [\n", 0, ["syntax"]),
        ("a.yaml", True, FOREIGN + "x: no\n", 1, ["unquoted-trap"]),
        ("a.sla.yaml", False, FOREIGN + "---\ntype: internal\n", 1, []),
        ("a.yaml", False, HEAD + "x: [\n---\n" + HEAD, 1, ["syntax"]),
        ("a.yaml", True, "- a\n", 0, ["invalid-agreement"]),
        ("a.sla.yaml", False, "some text\n", 0, ["invalid-agreement"]),
        ("a.sla.yaml", False, "", 0, ["invalid-agreement"]),
        ("a.sla.yaml", False, "# nothing\n---\n", 0, ["invalid-agreement"]),
        ("a.yaml", False, "- a\n", 0, []),
    ],
)
def test_read(path: str, force: bool, text: str, agreements: int, rules: list[str]) -> None:
    reading = yaml.read(SourceFile(path, text), force)
    assert [a.document for a in reading.agreements] == list(range(agreements))
    assert [o.rule for o in reading.observations] == rules


def test_one_broken_document_leaves_the_others() -> None:
    text = (
        HEAD + "a: 1\n---\na: >= 3 %\n---\n" + HEAD + "b: 2\n...\n%TAG !e! tag:example.org,2026:\n---\n" + HEAD
        + "c: [\n---\n" + HEAD + "d: |\n  ---\n  x\n"
    )  # fmt: skip
    reading = yaml.read(SourceFile("a.sla.yaml", text))
    assert [sorted(a.root.data)[1] for a in reading.agreements] == ["apiVersion", "b", "d"]
    assert places(reading.observations) == [("syntax", 5, 4), ("syntax", 15, 4)]
    assert reading.agreements[1].root.get("b").span.line == 9  # type: ignore[union-attr]


# ---- findings about legal YAML


def test_duplicate_keys() -> None:
    (found,) = said(HEAD + "a:\n  x: 1\n  y: 2\n  x: 3\n")
    assert places([found]) == [("duplicate-key", 6, 3)]
    assert "first on line 4" in found.message
    assert [(node.span.line, words) for node, words in found.related] == [(4, "first written here")]
    assert isinstance(found.at, Node)
    assert found.at.path == ("a", "x")
    assert not said(HEAD + "a: {x: 1}\nb: {x: 1}\n")


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("to: 17:30\n", (3, 5), "17:30 is a time here", 'to: "17:30"'),
        ("counted: no\n", (3, 10), "many programs read it as false", '"no" for the word, false for'),
        ("list: [a, Yes]\n", (3, 11), "many programs read it as true", '"Yes" for the word, true for'),
        ("version: 2.10\n", (3, 10), "Version 2.10 is read as the number 2.1", 'version: "2.10"'),
        ("schemaVersion: 1.20\n", (3, 16), "1.2", 'schemaVersion: "1.20"'),
        ("phone: 0123\n", (3, 8), "the leading zero is lost", '"0123" if the zero belongs to it'),
        ("id: 12e4\n", (3, 5), "not as an identifier", 'id: "12e4"'),
        ("name: Team #1\n", (3, 7), "“#1” is taken for a comment", 'name: "Team #1"'),
        ("p: {name: Desk, Lisbon}\n", (3, 17), "“Lisbon” has become a key of its own", "belongs to “name”"),
        ("p: {id:x, b: 1}\n", (3, 5), "no space after its colon", "id: x"),
    ],
)  # fmt: skip
def test_traps(text: str, place: tuple[int, int], words: str, hint: str) -> None:
    (found,) = said(HEAD + text)
    assert places([found]) == [("unquoted-trap", *place)]
    assert words in found.message
    assert hint in found.hint
    if found.fix is not None:
        (edit,) = found.fix.edits
        mended = (HEAD + text)[: edit.start] + edit.text + (HEAD + text)[edit.end :]
        assert not said(mended)
        before, after = (yaml.compose(SourceFile("a.yaml", t))[0][0].data for t in (HEAD + text, mended))
        assert (before == after) is found.fix.safe


@pytest.mark.parametrize(
    "text",
    [
        "version: 1.0\nother: 2.10\n",
        "date: 2026-01-01\n",
        "at: 2026-01-01T10:00:00Z\n",
        "hours: Mon-Fri 07:00-19:00 Europe/Lisbon\n",
        "from: 07:00\n",
        "ref: component:default/x\n",
        "zero: 0\nn: -0\nf: 0.50\nt: 00:00\n",
        "no: x\non: y\n",
        "q: 'no'\nt: \"17:30\"\n",
        "note: >-\n  no\n",
        "a: x # 1st\nb: y #note\n",
        "set: {a: , b: 1}\n",
        "p: !!map {}\nt: !!timestamp 2026-01-01\n",
    ],
)
def test_no_trap(text: str) -> None:
    assert not said(HEAD + text)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: !foo bar\n", (3, 4), "!foo means nothing"),
        ("a: &x !foo {b: 1}\n", (3, 7), "!foo means nothing"),
        ("a: !!python/object/apply:os.system ['x']\n", (3, 4), "!!python/object/apply:os.system means nothing"),
        ("a: *nope\n", (3, 4), "*nope refers to &nope"),
        ("a: {{ name }}\n", (3, 4), "{{ name }} must stand in quotes"),
        ("? [a, b]\n: c\n", (3, 3), "A list cannot be the name"),
    ],
)
def test_kept_though_strange(text: str, place: tuple[int, int], words: str) -> None:
    reading = yaml.read(SourceFile("a.yaml", HEAD + text))
    assert len(reading.agreements) == 1
    (found,) = reading.observations
    assert places([found]) == [("syntax", *place)]
    assert words in found.message


# ---- what cannot be read


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("m:\n  target: >= 99.5 %\n", (4, 11), "cannot begin with >", "target: at least 99.5 %"),
        ("m:\n  - target: > 3 h # c\n", (4, 13), "cannot begin with >", "- target: more than 3 h"),
        ("m:\n  - >= 99 %\n", (4, 5), "cannot begin with >", "- at least 99 %"),
        ("m: >a b\n", (3, 4), "cannot begin with >", 'm: ">a b"'),
        ("m: |a| b\n", (3, 4), "cannot begin with |", 'm: "|a| b"'),
        ("m: @desk\n", (3, 4), "cannot begin with @", 'm: "@desk"'),
        ("m: `x`\n", (3, 4), "cannot begin with a backtick", 'm: "`x`"'),
        ("m: %d\n", (3, 4), "cannot begin with %", 'm: "%d"'),
        ("m: *very* soon\n", (3, 4), "cannot begin with *", 'm: "*very* soon"'),
        ("m: & Sons\n", (3, 4), "cannot begin with &", 'm: "& Sons"'),
        ("m: , x\n", (3, 4), "cannot begin with a comma", 'm: ", x"'),
        ("m:\n\ta: b\n", (4, 1), "indented with a tab", "spaces"),
        ("m:\n  a: b\n\tc: d\n", (5, 1), "indented with a tab", "spaces"),
        ("a:b\nc: d\n", (3, 2), "space is missing after the colon of “a”", "a: b"),
        ("c: d\na:b\n", (4, 2), "space is missing after the colon of “a”", "a: b"),
        ("a: b: c\n", (3, 5), "second colon", 'a: "b: c"'),
        ("- a\n", (3, 1), "list item stands here where a key", "Indent it"),
        ('a: "b\nc: d\n', (3, 4), "no closing \"", 'a: "b"'),
        ("a: 'it's so'\n", (3, 7), "apostrophe ends the quoted text", 'a: "it\'s so"'),
        ('a: "b" c\n', (3, 8), "text after the closing quote: “c”", "a: '\"b\" c'"),
        ("a: [b, c\nd: e\n", (3, 4), "The [ here is not closed by a ]", "a: [b, c]"),
        ("a: {b: c\nd: e\n", (3, 4), "The { here is not closed by a }", "a: {b: c}"),
        ("a: [\n", (3, 4), "The [ here is not closed by a ]", "a: []"),
        ("a: [b, c}\n", (3, 9), "The [ is closed by a }", "[ … ]"),
        ("a: {b: c d: e}\n", (3, 11), "comma or the closing }", "comma"),
        ("a: [Name] pays\n", (3, 4), "cannot begin with [", 'a: "[Name] pays"'),
        ("a: - b\n", (3, 4), "A list cannot begin on the same line", "- b"),
        ("a:\n  - b\n  c: d\n", (5, 3), "does not begin with a dash", "dash"),
        ("a:\n    b: 1\n  c: 2\n", (5, 3), "by 2 spaces; the lines that it could belong to by 0 or 4", "margin"),
        ("a:\n  b: 1\n   c: 2\n", (5, 4), "“c” is indented deeper", "alike"),
        ("a: b\nc d e\n", (4, 1), "This line has no key", "key: value"),
        ("a: b\nc d e\nf: g\n", (4, 1), "This line has no key", "key: value"),
        ('a: "C:\\path"\n', (3, 7), "\\p stands for nothing", "single quotes"),
        ("a: \x07b\n", (3, 4), "not allowed (U+0007)", "Delete"),
        ("a: \ud800b\n", (3, 4), "not allowed (U+D800)", "Delete"),
        ("a: &x [*x]\n", (3, 8), "*x stands inside the very thing", "Write out"),
        ("a: !e!b c\n", (3, 4), "", ""),
        ("a: ? b\n", (3, 4), "", ""),
    ],
)  # fmt: skip
def test_explained(text: str, place: tuple[int, int], words: str, hint: str) -> None:
    (found,) = said(HEAD + text)
    assert places([found])[0][:2] == ("syntax", place[0])
    assert places([found]) == [("syntax", *place)] or not words
    assert words in found.message
    assert hint in found.hint
    assert found.message.endswith(".")
    assert found.why.endswith(".")
    assert found.hint


def test_the_authority_decides() -> None:
    """libyaml 0.2 refuses these; YAML 1.2 allows them."""
    for text in ("? a\n? b\n:\n", "a: x\u2028y\nb: z\n", "# \u2028 note\na: 1\n", "k: v\n...\n# end\n...\n"):
        assert not yaml.compose(SourceFile("a.yaml", text))[1]


def test_without_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml as pyyaml

    text = HEAD + "a:\nb:\n  - x\n  -\n  - y: &n 'z'\n    w: *n\nc: {d, e: }\nf: |\n  g\n# end\n\nh:\n"
    fast = yaml.documents(SourceFile("a.yaml", text))
    monkeypatch.setattr(pyyaml, "__with_libyaml__", False)
    pure = yaml.documents(SourceFile("a.yaml", text))
    assert [d.root.data for d in fast if d.root] == [d.root.data for d in pure if d.root]
    assert [d.root._mark for d in fast if d.root] == [d.root._mark for d in pure if d.root]
    assert [o.message for d in fast for o in d.observations] == [o.message for d in pure for o in d.observations]
    assert places(said(HEAD + "a: >= 1 %\n")) == [("syntax", 3, 4)]


# ---- what must not hurt


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, levels)]
    return "\n".join(lines)


def merge_bomb() -> str:
    keys = ", ".join(f"k{i}: 1" for i in range(1000))
    return f"m: &m {{{keys}}}\n" + "".join(f"n{i}: {{<<: *m}}\n" for i in range(5000))


@pytest.mark.parametrize(
    "text",
    [
        bomb(12),
        merge_bomb(),
        "m0: &m0 {a: 1}\n" + "".join(f"m{i}: &m{i} {{<<: [*m{i - 1}, *m{i - 1}], b{i}: 1}}\n" for i in range(1, 40)),
        *(unit * 10_000 for unit in ("[", "{", "- ", "{a: ", "? ", "&a [", "{? ", '{"a":[')),
        *(unit * 200_000 for unit in ("[", "{", "- ", "{a: ", "? ", "&a [", "{? ", '{"a":[')),
        "".join(" " * i + "a:\n" for i in range(1500)),
        "a: " + "x: " * 200_000,
        "a: " + "[" * 50 + " " * 100_000 + "}",
        "a: &x " + "# # " * 20_000 + "\n  b",
        "k: b" + " " * 100_000 + "\n c: d",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)  # fmt: skip
def test_refused_in_bounded_time(text: str) -> None:
    before = time.process_time()
    reading = yaml.read(SourceFile("a.sla.yaml", text))
    assert time.process_time() - before < 3
    assert reading.observations or text.startswith("a: &x")
    assert all(0 <= span(o).start <= span(o).end <= len(text) for o in reading.observations)


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_composer, "MAX_EVENTS", 1000)
    monkeypatch.setattr(yaml, "MAX_EVENTS", 1000)
    (found,) = said("- a\n" * 1200)
    assert "more than 1,000 values" in found.message
    assert not said(HEAD + "a: " + "x" * 5000)


def test_garbage_collection_is_put_back() -> None:
    assert gc.isenabled()
    yaml.compose(SourceFile("a.yaml", "a: [\n"))
    assert gc.isenabled()
    gc.disable()
    try:
        yaml.compose(SourceFile("a.yaml", "a: 1\n"))
        assert not gc.isenabled()
    finally:
        gc.enable()
