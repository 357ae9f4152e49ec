"""Reading Markdown: blocks with exact places, labels, tables, sentences, and which documents are agreements."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slalint.model import Node, SourceFile
from slalint.sources.markdown import claims, parser, plain_blocks, read
from slalint.sources.markdown.blocks import _Reader as reader_of_blocks
from slalint.sources.markdown.blocks import parse
from slalint.sources.markdown.mask import mask
from slalint.text import Document, Passage, Section, sentences


def document(text: str, path: str = "sla.md") -> Document:
    return parse(SourceFile(path, text))


def shown(passage: Passage) -> str:
    return " ".join(passage.text.split())


def texts(text: str, kind: str = "", path: str = "sla.md") -> list[str]:
    return [shown(p) for p in document(text, path).passages if kind in ("", p.kind)]


def labels(text: str) -> list[tuple[str, str]]:
    found = document(text).labels
    return [(" ".join(one.name.text.split()), " ".join(one.value.text.split())) for one in found]


def assert_exact(found: Document) -> None:
    """Every passage is as long as its source, and says what stands there but for what is blanked."""
    file = found.file
    for passage in found.passages:
        span = passage.node.written
        source = file.text[span.start : span.end]
        assert len(source) == len(passage.text)
        if "&" not in source:  # an entity is shown as its character
            assert all(a == b or b == " " for a, b in zip(source, passage.text, strict=True))
        assert file.position(span.start) == (span.line, span.column)
    for label in found.labels:
        for node in (label.name, label.value):
            assert 0 <= node.written.start <= node.written.end <= len(file.text)


# ---- sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title\n\n## 1. Scope\n", [("Title", "", 1), ("Scope", "1", 2)]),
        ("Title\n=====\n\nScope\n-----\n", [("Title", "", 1), ("Scope", "", 2)]),
        ("#Title\n\n##Scope of *it*\ntext", [("Title", "", 1), ("Scope of it", "", 2)]),
        ("# A\n\n**Scope**\n\ntext\n\n**4.2 Exit:**\n\ntext", [("A", "", 1), ("Scope", "", 20), ("Exit", "4.2", 8)]),
        (
            "4 Service levels\n\ntext\n\n4.2 Termination.\n\ntext",
            [("Service levels", "4", 7), ("Termination", "4.2", 8)],
        ),
        ("intro\n5.1 Service Scope\ntext", [("Service Scope", "5.1", 8)]),
        ("1. Scope\n   All services.\n\nMore.\n\n2. Term\n   One year.", [("Scope", "1", 7), ("Term", "2", 7)]),
        ("1. **Remedies**\n   1. Credits are paid.", [("Remedies", "1", 7)]),
        ("## 🔹 2. Scope <br> and <span class='x'>term</span>", [("Scope and term", "2", 2)]),
        ("## Appendix A - Contacts", [("Appendix A - Contacts", "", 2)]),
        ("> ## Quoted\n> text", [("Quoted", "", 2)]),
    ],
)
def test_headings_of_every_kind(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = document(text)
    assert [(s.title, s.number, s.level) for s in found.sections()] == expected
    assert_exact(found)


@pytest.mark.parametrize(
    "text",
    [
        "**Owner:** Dana\n**Version:** 1\n---\n\ntext",  # a rule below a paragraph
        "**This whole sentence is bold because it matters to all of us.**\n\ntext",
        "4 hours of downtime\n\ntext",
        "1. Sales rejects a lead\n2. Marketing reviews it",
        "#1 priority is mail",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert not list(document(text).sections())


def test_a_section_holds_what_stands_below_it() -> None:
    found = document("intro\n\n# A\n\none\n\n## B\n\n- two\n  - three\n\n# C\n\nfour")
    a, b, c = found.sections()
    assert [shown(p) for p in found.root.passages] == ["intro"]
    assert [shown(p) for p in a.all_passages()] == ["one", "B", "two", "three"]
    assert [p.depth for p in b.passages] == [1, 2]
    assert b.path() == ("A", "B")
    assert [shown(p) for p in c.passages] == ["four"]
    assert found.title is a.heading


# ---- places


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_hold_whatever_ends_a_line(end: str) -> None:
    text = end.join(
        ["# T", "", "> Mail is **up**", "> 99.5 % of 𝔱ime.", "", "- a", "", "  b", "", "| x | y |", "|--|", "| 1 | 2 |"]
    )
    found = document(text)
    assert_exact(found)
    quote = next(p for p in found.passages if p.kind == "paragraph")
    assert shown(quote) == "Mail is up 99.5 % of 𝔱ime."
    assert quote.node.span.line == 3
    at = quote.text.index("𝔱ime")
    assert quote.part(at, at + 4).span[2:] == (4, 13)
    assert found.file.text[quote.start + at :].startswith("𝔱ime")
    assert [shown(p) for p in found.passages if p.kind == "cell"] == ["x", "y", "1", "2"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("up `code` now", "up now"),
        ("``a ` b`` c", "c"),
        ('see [the plan](https://x.y/z_(1) "t") now', "see the plan now"),
        ("![logo](a.png) x", "x"),
        ("[text][ref] x", "text x"),
        ("[Client] and <name> stay", "[Client] and <name> stay"),
        ("a<br/>b <span class='x'>c</span>", "a b c"),
        ("at https://a.b/c?d=e now", "at now"),
        ("**bold** *it* _em_ snake_case ____", "bold it em snake_case ____"),
        ("2 * 3 and * *", "2 * 3 and * *"),
        ("&ge; 99 %", "≥ 99 %"),
        (r"a \| b \* c", "a | b * c"),
        ("x <!-- y --> z", "x z"),
        ("~~old~~ new", "new"),
        ("{{ name }} {% if x %}", "{{ name }}"),
    ],
)
def test_mask_blanks_markup_and_keeps_length(raw: str, expected: str) -> None:
    assert " ".join(mask(raw).split()) == expected
    assert len(mask(raw)) == len(raw)


def test_code_is_kept_aside() -> None:
    found = document("text\n\n```sh\nrun it\n```\n\n    indented\n\nmore")
    assert [shown(p) for p in found.passages] == ["text", "more"]
    assert [p.node.span.line for p in found.code] == [3, 7]


def test_mdx_and_comments_are_no_text() -> None:
    text = "import A from './a'\nexport const b = 1\n\n<Note kind={b}>Mail {b} is up.</Note>\n\n<!-- a\n\nb -->\n\nend"
    assert texts(text, path="sla.mdx") == ["Mail is up.", "end"]


# ---- labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Owner:** Dana", [("Owner", "Dana")]),
        ("**Owner**: Dana", [("Owner", "Dana")]),
        ("__Owner__ – Dana", [("Owner", "Dana")]),
        ("Owner: Dana", [("Owner", "Dana")]),
        ("- *Owner:* [Dana](mailto:d@e.f)", [("Owner", "Dana")]),
        ("**A**: x  \n**B**: y", [("A", "x"), ("B", "y")]),
        ("**A:** x\\\nnot of it", [("A", "x")]),
        ("**A:** one\ntwo", [("A", "one two")]),
        ("**1. Exit**. Either side may go.", [("Exit", "Either side may go.")]),
        ("4.2 Exit. Either side may go.", [("Exit", "Either side may go.")]),
        ("**Version:** `1.2`", [("Version", "1.2")]),
        ("We said: no label here, for it is a sentence", [("We said", "no label here, for it is a sentence")]),
        ("it goes: no", []),
        ("See https://a.b", []),
        ("| Owner | Dana |\n|---|---|\n| Version | 1 |", [("Version", "1")]),
        ("| | |\n|---|---|\n| **Owner** | Dana |", [("Owner", "Dana")]),
        ("| A | B |\n|---|---|\n| : | nameless |\n| Owner | Dana |", [("Owner", "Dana")]),
        ("| Owner | Dana |\n| Version | 1 |", [("Owner", "Dana"), ("Version", "1")]),
        ("---\nowner: Dana # she\ntags: [a]\nv: '1'\n---\n# T", [("owner", "Dana"), ("v", "1")]),
    ],
)
def test_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert labels(text) == expected
    assert_exact(document(text))


# ---- tables


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        ("| A | B |\n|---|---|\n| 1 | 2 |", ["A", "B"], [["1", "2"]]),
        ("A | B\n--|--\n1 | 2\n\nafter", ["A", "B"], [["1", "2"]]),
        (
            "before\n| A | B | C |\n|---|--|\n| 1 | 2 |\n| 3 | 4 | 5 | 6 |",
            ["A", "B", "C"],
            [["1", "2"], ["3", "4", "5", "6"]],
        ),
        ("| A | B |\n| 1 | 2 |", ["A", "B"], [["1", "2"]]),
        ("| A |\n|---|\n| `x|y` \\| z |", ["A"], [["| z"]]),
        ("| *Response* | * * |\n|:-:|---|\n| 9:00<br/>18:00 | |", ["Response", "* *"], [["9:00 18:00", ""]]),
        ("  Metric    Target\n  --------  ------\n  Uptime    99.9 %\n", ["Metric", "Target"], [["Uptime", "99.9 %"]]),
        (
            "<table>\n<tr><th>A</th><th>B</th></tr>\n\n    <tr><td>1</td><td>2</td></tr>\n</table>",
            ["A", "B"],
            [["1", "2"]],
        ),
    ],
)
def test_tables(text: str, header: list[str], rows: list[list[str]]) -> None:
    found = document(text)
    (table,) = found.tables
    assert [shown(c) for c in table.header] == header
    assert [[shown(c) for c in row] for row in table.rows] == rows
    assert_exact(found)


def test_definition_lists_nested_lists_and_task_boxes() -> None:
    text = "Down\n: not up\n\n- [ ] one\n  1. two\n\n     three"
    found = document(text)
    assert [(p.kind, shown(p), p.depth) for p in found.passages] == [
        ("term", "Down", 0),
        ("description", "not up", 0),
        ("item", "one", 1),
        ("item", "two", 2),
        ("item", "three", 2),
    ]
    assert_exact(found)


# ---- sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It shall pay; it must.", ["It shall pay;", "it must."]),
        ("See e.g. Acme Inc. and sec. 4.2. The rest.", ["See e.g. Acme Inc. and sec. 4.2.", "The rest."]),
        ("From 9 a.m. to 5 p.m. Monday to Friday. Closed.", ["From 9 a.m. to 5 p.m. Monday to Friday.", "Closed."]),
        ("Within 30 min. of it. Within 30 min. The next.", ["Within 30 min. of it.", "Within 30 min.", "The next."]),
        ("1. Exit. Either may go.", ["1. Exit.", "Either may go."]),
        ("J. Smith decides. Plan B. The rest.", ["J. Smith decides.", "Plan B.", "The rest."]),
        ("99.9 % is “enough.” (Or so.) Yes", ["99.9 % is “enough.”", "(Or so.)", "Yes"]),
        ("See No. 5. And no. It is.", ["See No. 5.", "And no.", "It is."]),
        (" . ", ["."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


# ---- which documents are agreements


@pytest.mark.parametrize(
    ("path", "text", "claim"),
    [
        ("sla.md", "", 2),
        ("docs/mail-SLAs.markdown", "", 2),
        ("support_service-level-agreement.mdx", "", 2),
        ("x.md", "# Service Level Agreement for Shipment Tracking", 2),
        ("x.md", "Operational level agreement\n===", 2),
        ("x.md", "# Service Levels of the Help Desk", 2),
        ("x.md", "---\ntitle: Mail SLA\n---\ntext", 2),
        ("README.md", "# Service Level Agreement\n", 2),
        ("x.md", "---\nagreement:\n  kind: ServiceLevelAgreement\n---\n", 2),
        ("x.md", "# Mail\n\n```sla\nkind: ServiceLevelAgreement\n```\n", 2),
        ("README.md", "# Our tool\n\nReads a service level agreement (SLA).", 1),
        ("slack.md", "# Slack", 1),
        ("translation.md", "# Translation", 1),
        ("sla-dashboards-howto.md", "# SLA dashboards howto", 1),
        ("x.md", "# How to write a service level agreement", 1),
        ("x.md", "# Service Level Objectives", 1),
        ("x.md", "```sh\n# SLA\n```\n# Tool", 1),
        ("x.md", "# SLA: Canteen till system", 2),
        ("x.md", "# SLA for the ticket tool", 2),
        ("x.md", "# SLA-014 Canteen till system (draft)", 2),
        ("x.md", "# Annex B – OLA: Test laboratory, monitoring service", 2),
        ("canteen-till-system-sla.md", "", 2),
        ("x.md", "# Agreement on service levels", 2),
        ("x.md", "# SLA: Monitoring and alerting", 1),
        ("x.md", "# SLA: monitoring system", 1),
        ("x.md", "# SLA: API reference", 1),
        ("x.md", "# SLA management system", 1),
        ("x.md", "# SLA for tickets: configuration of the system", 1),
        ("x.md", "# SLA: timer tool", 1),
        ("x.md", "# Plugin: SLA for the desk", 1),
        ("x.md", "# SLAs, SLOs and SLIs", 1),
        ("sla-api.md", "", 1),
        ("sla.txt", "# SLA", 0),
        ("sla.yaml", "", 0),
    ],
)
def test_claims(path: str, text: str, claim: int) -> None:
    assert claims(path, text.encode()) == claim
    forced = read(SourceFile(path, text), force=True)
    assert len(forced.agreements) == (1 if text else 0)
    if claim < 2:
        assert not read(SourceFile(path, text)).agreements


DATA = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata:\n  title: Mail\n  version: 2.0.0\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\nagreement:\n" + "".join(f"  {line}\n" for line in DATA.splitlines()) + "---\n# T\n\n**Owner:** Dana\n",
        f"# T\n\n**Owner:** Dana\n\n```sla\n{DATA}```\n",
        f"# T\r\n\r\n**Owner:** Dana\r\n\r\n~~~ sla\r\n{DATA}~~~\r\n",
    ],
)
def test_data_inside_a_document(text: str) -> None:
    reading = read(SourceFile("x.md", text))
    (agreement,) = reading.agreements
    assert not reading.observations
    assert agreement.form == "data" and agreement.prose is not None
    version = agreement.version
    assert version is not None and version.text == "2.0.0" and version.path == ("metadata", "version")
    assert text[version.span.start :].startswith("2.0.0")
    assert agreement.title is not None and agreement.title.text == "Mail"
    assert agreement.elements["version"].state == "present"
    assert agreement.elements["manager"].state == "present"  # from the prose
    assert agreement.elements["termination"].state == "absent"


def test_several_data_blocks_are_an_agreement_each() -> None:
    reading = read(SourceFile("x.md", f"# T\n\n```sla\n{DATA}```\n\n```sla\n{DATA}```\n"))
    assert [(a.form, a.document) for a in reading.agreements] == [("data", 0), ("data", 1)]


def test_a_broken_data_block_is_said_and_nothing_is_called_missing() -> None:
    text = "# T\n\n```sla\ntarget: [1\n```\n\n**Owner:** Dana\n"
    reading = read(SourceFile("x.md", text))
    assert [one.rule for one in reading.observations] == ["syntax"]
    assert not reading.agreements


# ---- anything at all

MARKUP = (
    "# |## |- |1. |> |    |**|_|`|```|~~~ sla\n|---|===|: |[|](|)|<br>|<table>|<tr>|<td>|</table>|<!--|-->|&amp;|\\"
)
ODD = "\n|\r\n|\r|\0|\t|é|𝔱|\u2028|agreement:|Owner|99.9 %|terminate this agreement|between A and B|TBD|4.2 Exit"
PIECES = st.sampled_from([*MARKUP.split("|"), *ODD.split("|"), "|", "| ", "|---|", "import x from 'y'", "\n", "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["sla.md", "sla.mdx"]))
def test_any_text_is_read_with_exact_places(text: str, path: str) -> None:
    found = document(text, path)
    assert_exact(found)
    reading = read(SourceFile(path, text), force=True)
    if not reading.agreements:
        assert reading.observations
        return
    agreement = reading.agreements[0]
    for node in (agreement.head, agreement.version, agreement.effective_date, agreement.expiry_date, agreement.type):
        assert node is None or isinstance(node, Node)
    assert all(0 <= e.place.span.start <= len(text) for e in agreement.elements.values())
    assert isinstance(agreement.policies, dict) and isinstance(agreement.parties, list)
    assert agreement.manager is None or agreement.manager.name is not None


PIECES = (
    "¦ ¦  ¦   ¦    ¦\t¦> ¦>¦- ¦* ¦+ ¦-¦*¦1. ¦2. ¦10) ¦1.¦: ¦~ ¦:¦# ¦#¦```¦~~~¦|¦---¦- - -¦***¦===¦[a]: b¦word¦"
    '[a]: /c¦[d e]: https://f.g ¦[a]: b c¦"t¦'
    "two words¦30 days¦**b**¦-x¦\u0661. ¦\u00b2. ¦\xa0¦\u2028¦ #¦-      y¦     x¦\r¦## "
).split("¦")


def places_of(text: str, blocks: Iterable[plain_blocks.Block]) -> list[tuple[object, ...]]:
    """Blocks as the reader of documents takes them: with the places of their lines, and of code with its text."""
    reader = reader_of_blocks(SourceFile("a.md", text))
    starts = reader.starts
    found: list[tuple[object, ...]] = []
    for kind, first, last, lines, level, mark, content in blocks:
        if kind in ("text", "heading"):
            found.append((kind, first, last, lines or reader._lines(first, content), level, mark))
        elif kind == "code":
            found.append((kind, first, text[starts[first] : starts[min(last, len(starts) - 1)]].rstrip()))
        elif kind == "rule":
            found.append((kind, first, last))
        else:
            found.append((kind, mark))
    return found


@settings(max_examples=500, deadline=None)
@example("- a\n\u0661. b")
@example("- a\n\n  b\n1. c\n   - d\ne\n      f\n---\n")
@example("-\n- \n\n  a\n-     b\n-   c\n ```\nd")
@example("> a\n> - b\n>\n>   c\n\nd\n: e\n: f\n\ng\n\n:   h\n\n    i\nj\n: k\n===")
@example("> ```\n> ")
@example("> # >  #")
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=8).map("\n".join))
def test_blocks_are_those_of_the_parser(text: str) -> None:
    found = plain_blocks.read(text, SourceFile("a.md", text).line_starts)
    if found is not None:
        assert places_of(text, found) == places_of(text, parser._parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "# A #\n\nB\n===\n\n- c\n  - d\n\n    e\n1) f\n\n---\n***\n    code\n",
        "```\na\n````\n\n~~~ b\n```\n~~~\n\n| c | d |\n|---|---|\n| e | f |\r\n",
        "> a\n> b\n\nTerm\n: c\n\n  d\n\nOther\n\n~ e\n",
        "- [ ] a\n-\n\n+ b\n* c\n10. d\ne\n   2. f\n",
        "A [b] [c].\n\n[b]: https://d.e/f?g=h#i\n[c]: /j\n- [k]: l m\n- [n]: #o\np\n",
    ],
)
def test_what_most_documents_hold_needs_no_parser(text: str) -> None:
    found = plain_blocks.read(text, SourceFile("a.md", text).line_starts)
    assert found is not None
    assert places_of(text, found) == places_of(text, parser._parsed(text))


@pytest.mark.parametrize("text", ["\ta", "-\ta", "[a]: b", "> a\nb", "```\na", "a\0", "a\rb", "- a\n  : b", "\xa0"])
def test_what_is_rare_is_for_the_parser(text: str) -> None:
    starts = SourceFile("a.md", text).line_starts
    assert plain_blocks.read(text, starts) is None
    assert parser.blocks(text, starts) == list(parser._parsed(text))


@pytest.mark.parametrize("text", ["\u2028\n**# \n1. ", "\x85\n**b", "- \u2028\n  a b", "\u2028\n\u2028\na **b** c"])
def test_lines_of_rare_white_space(text: str) -> None:
    assert_exact(document(text, "a.md"))


@pytest.mark.parametrize(
    "text",
    [
        "> " * 10_000 + "x",
        "a. B e.g. c " * 12_000,
        "<!--\n" * 20_000,
        "[](" * 30_000,
        "| a | b |\n" * 5_000,
        "<table>" * 20_000,
        "**Abc: " + "1" * 90_000,
        "".join("`" * (i % 200) + "a" for i in range(2_000)),
    ],
)
def test_hostile_text_costs_bounded_time(text: str) -> None:
    began = time.perf_counter()
    assert len(dict(read(SourceFile("sla.md", text)).agreements[0].elements)) == 17
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Service level agreement\n\n" + "Mail is up. " * 20_000, "This paragraph has 180,000 characters"),
        ("# Service level agreement\n\n|" + "a |" * 2_000 + "\n|---|\n", "This row has 2,000 cells"),
        ("---\ntitle: Service level agreement\n\n# Mail\n\nMail is up.\n", "front matter that begins here has no end"),
    ],
)
def test_what_cannot_be_read_is_refused_by_one_observation(text: str, said: str) -> None:
    reading = read(SourceFile("sla.md", text))
    assert reading.agreements == []
    assert [(one.rule, said in one.message) for one in reading.observations] == [("syntax", True)]


def test_long_is_read() -> None:
    picture = "# Service level agreement\n\n![x](data:image/png;base64," + "QWxs" * 50_000 + ")\n\n---\n\nMail is up.\n"
    for text in (picture, "---\n\n# Service level agreement\n\nMail is up.\n"):
        reading = read(SourceFile("sla.md", text))
        assert (len(reading.agreements), reading.observations) == (1, [])


def test_nothing_of_a_document_waits_for_the_garbage_collector() -> None:
    text = "# A\n\n**Owner:** Dana\n\n## B\n\n| a | b |\n|---|---|\n| c | d |\n\n### C\n\n- e\n"
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(one, Section) for one in gc.get_objects())
        assert len(list(parse(SourceFile("sla.md", text)).sections())) == 3
        assert sum(isinstance(one, Section) for one in gc.get_objects()) == before
    finally:
        gc.enable()
