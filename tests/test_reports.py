"""Reports on small hand-made findings: what people and programs get to read."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from slalint import plugins, reports, resources
from slalint.model import Edit, FileResult, Finding, Fix, Related, Report, SourceFile
from slalint.reports import _text, concise, full
from slalint.reports import json as json_report


def finding(source: SourceFile, piece: str, **said: object) -> Finding:
    """A finding at the first place where a piece of text stands."""
    start = source.text.index(piece)
    end = start + len(piece)
    line, column = source.position(end)
    given: dict[str, object] = {
        "rule": "missing-window",
        "message": "The target has no window.",
        "severity": "error",
        "confidence": "high",
        "category": "metrics",
        "fingerprint": "f00d",
    }
    return Finding(path=source.path, span=source.span(start, end), end_line=line, end_column=column, **(given | said))  # type: ignore[arg-type]


def report(source: SourceFile, *findings: Finding, **said: object) -> Report:
    files = (
        FileResult(source.path, "checked", "", 1),
        FileResult("b.md", "skipped", "does not look like an agreement"),
    )
    given: dict[str, object] = {"rules": 41, "sources": {source.path: source}, "as_of": "2026-01-31"}
    return Report(findings, files, **(given | said))  # type: ignore[arg-type]


MAIL = SourceFile("mail.sla.yaml", "metrics:\n  - id: availability\n    target: 99.5 %\n    tracking: probe\n")


def test_full() -> None:
    one = finding(
        MAIL,
        "99.5 %",
        why="Each side\n  counts over its own time.",
        hint="window:\n  calendar month",
        related=(Related(MAIL.path, MAIL.span(17, 29), "the metric"), Related("other.yaml", MAIL.span(0, 7), "there")),
    )
    two = finding(MAIL, "probe", severity="info", rule="early", message="It is early.")
    assert full.render(report(MAIL, one, two)) == (
        "mail.sla.yaml:3:13: error: missing-window\n"
        "  The target has no window.\n"
        "    |\n"
        "  3 |     target: 99.5 %\n"
        "    |             ^^^^^^\n"
        "  Why: Each side counts over its own time.\n"
        "  Fix: window:\n"
        "         calendar month\n"
        "  See: mail.sla.yaml:2:9: the metric\n"
        "    |\n"
        "  2 |   - id: availability\n"
        "    |         ^^^^^^^^^^^^\n"
        "  See: other.yaml:1:1: there\n"
        "\n"
        "mail.sla.yaml:4:15: info: early\n"
        "  It is early.\n"
        "    |\n"
        "  4 |     tracking: probe\n"
        "    |               ^^^^^\n"
    )
    assert full.render(report(MAIL)) == ""


def test_full_gives_the_same_advice_once_in_a_row() -> None:
    same = [finding(MAIL, piece, why="Nobody knows.", hint="Write it.") for piece in ("99.5 %", "probe")]
    other = finding(MAIL, "tracking", rule="early", why="Nobody knows.", hint="Write it.")
    told = full.render(report(MAIL, *same, other)).split("\n\n")
    assert [("Why: Nobody knows." in one, "Fix: Write it." in one) for one in told] == [
        (True,) * 2,
        (False,) * 2,
        (True,) * 2,
    ]


def test_concise() -> None:
    one = finding(MAIL, "99.5 %", message="The target\nhas no window.", why="unsaid")
    assert concise.render(report(MAIL, one)) == "mail.sla.yaml:3:13: error: missing-window: The target has no window.\n"
    assert concise.render(report(MAIL, one), color=True) == (
        "mail.sla.yaml:3:13: \x1b[31merror\x1b[0m: missing-window: The target has no window.\n"
    )


def frame(text: str, piece: str) -> tuple[str, str]:
    """The line shown for a place, and the line with the carets under it, both without their margin."""
    source = SourceFile("a.md", text)
    lines = full.render(report(source, finding(source, piece))).splitlines()
    return lines[3].split(" | ", 1)[1], lines[4].split(" | ", 1)[1]


@pytest.mark.parametrize(
    ("text", "piece", "shown", "carets"),
    [
        ("\ttarget:\t99 %", "99 %", "    target: 99 %", "            ^^^^"),
        ("可用性: 99 %", "99 %", "可用性: 99 %", "        ^^^^"),
        ("可用性: 99 %", "用性", "可用性: 99 %", "  ^^^^"),
        ("Verfu\u0308gbar: ja", "ja", "Verfu\u0308gbar: ja", "           ^^"),
        ("😀 up", "up", "😀 up", "   ^^"),
        ("a\x1b[31mred", "red", "a\\x1b[31mred", "         ^^^"),
        ("one two\nthree", "two\nthree", "one two", "    ^^^"),
        ("one two\r\nthree", "two\r\n", "one two", "    ^^^"),
        ("so: ", "", "so:", "^"),
    ],
)
def test_carets_stand_under_the_place(text: str, piece: str, shown: str, carets: str) -> None:
    assert frame(text, piece) == (shown, carets)


@pytest.mark.parametrize("before", [0, 5, 90, 400])
@pytest.mark.parametrize("after", [0, 5, 90, 400])
@pytest.mark.parametrize("piece", ["promptly", "可用性", "p" * 150])
def test_long_lines_are_cut_around_the_place(before: int, after: int, piece: str) -> None:
    shown, carets = frame("x" * before + piece + "y" * after, piece)
    row = _text.cells(shown)
    assert sum(width for _, width in row) <= 102
    first, last = len(carets) - len(carets.lstrip()), len(carets)
    column, marked = 0, ""
    for printed, width in row:
        marked += printed if first <= column < last else ""
        column += width
    assert marked == piece or (len(marked) > 70 and piece.startswith(marked))


def test_untrusted_text_cannot_reach_the_terminal() -> None:
    evil = "\x1b]0;x\x07\u202eabc\u2028\x85\r\ud800::error::x"
    source = SourceFile(f"a{evil}.md", f"one {evil} two")
    one = finding(source, evil, message=evil, why=evil, hint=evil, related=(Related(evil, source.span(0, 3), evil),))
    for module in (full, concise):
        text = module.render(report(source, one, sources={source.path: source, evil: source}))
        assert not set(text) & set("\x1b\x07\u202e\u2028\x85\r\ud800"), module.__name__
        text.encode()
    assert "\\u202e" in full.render(report(source, one))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::error::x", ":\u200b:error::x"),
        ("  ::add-mask::x\n", "  :\u200b:add-mask::x\n"),
        ("\n\n::x", "\n\n:\u200b:x"),
        ("a ::b", "a ::b"),
        ("a ##[group]", "a #\u200b#[group]"),
        ("###[x", "##\u200b#[x"),
    ],
)
def test_no_line_is_a_command_to_a_workflow(text: str, safe: str) -> None:
    assert _text.for_github(text) == safe


def test_json_meets_its_schema_and_says_everything() -> None:
    schema = json.loads(resources.schema_text("report"))
    Draft202012Validator.check_schema(schema)
    one = finding(
        MAIL,
        "99.5 %",
        why="why",
        hint="hint",
        pointer="/metrics/0/target",
        related=(Related(MAIL.path, MAIL.span(17, 29), "the metric"), Related("x.yaml", MAIL.span(0, 7), "there")),
        fix=Fix("Add it.", (Edit(53, 53, "\n    window: month"),), True),
        data={"percent": "99.5"},
    )
    bare = finding(MAIL, "probe", severity="info")
    said = json.loads(json_report.render(report(MAIL, one, bare, errors=("b.yaml: no such file",), suppressed=(bare,))))
    Draft202012Validator(schema).validate(said)
    assert said["version"] == 1 and said["errors"] == ["b.yaml: no such file"] and len(said["suppressed"]) == 1
    assert said["summary"] == {
        "exitStatus": 2,
        "agreements": 1,
        "rules": 41,
        "asOf": "2026-01-31",
        "since": None,
        "older": 0,
        "findings": {"error": 1, "warning": 0, "info": 1},
        "suppressed": 1,
        "files": {"checked": 1, "skipped": 1, "failed": 0},
    }
    first, second = said["findings"]
    assert first == {
        "rule": "missing-window",
        "category": "metrics",
        "severity": "error",
        "confidence": "high",
        "message": "The target has no window.",
        "why": "why",
        "hint": "hint",
        "url": "https://slalint.dev/rules/missing-window",
        "path": "mail.sla.yaml",
        "document": 0,
        "pointer": "/metrics/0/target",
        "line": 3,
        "column": 13,
        "endLine": 3,
        "endColumn": 19,
        "related": [
            {"path": MAIL.path, "line": 2, "column": 9, "endLine": 2, "endColumn": 21, "message": "the metric"},
            {"path": "x.yaml", "line": 1, "column": 1, "endLine": 1, "endColumn": 8, "message": "there"},
        ],
        "fingerprint": "f00d",
        "fix": {
            "title": "Add it.",
            "applicability": "safe",
            "edits": [
                {
                    "line": 4,
                    "column": 5,
                    "endLine": 4,
                    "endColumn": 5,
                    "start": 53,
                    "end": 53,
                    "text": "\n    window: month",
                }
            ],
        },
        "data": {"percent": "99.5"},
    }
    assert second["fix"] is None and second["data"] is None and second["related"] == []


@pytest.mark.parametrize(
    ("files", "findings", "said"),
    [
        ([("checked", "", 3)], "eew", "3 agreements checked by 41 rules: 2 errors, 1 warning."),
        ([("checked", "", 1)], "", "1 agreement checked by 41 rules: no findings."),
        ([("checked", "", 1)], "iii", "1 agreement checked by 41 rules: 3 info."),
        ([], "", "0 agreements checked by 41 rules: no findings."),
        (
            [("checked", "", 1), ("skipped", "holds no agreement", 0), ("skipped", "holds no agreement", 0)],
            "",
            "1 agreement checked by 41 rules: no findings. 2 files left out (holds no agreement).",
        ),
        (
            [("skipped", "excluded", 0), ("skipped", "excluded", 0), ("skipped", "odd", 0), ("failed", "gone", 0)],
            "",
            "0 agreements checked by 41 rules: no findings. 3 files left out (2 excluded, 1 odd). "
            "1 path could not be looked at (gone).",
        ),
        ([("checked", "", 0)], "e", "1 file could not be read as an agreement: 1 error."),
        (
            [("checked", "", 0), ("checked", "", 1)],
            "e",
            "1 agreement checked by 41 rules: 1 error. 1 file could not be read as an agreement.",
        ),
    ],
)
def test_summary_says_what_was_checked_and_what_not(
    files: list[tuple[str, str, int]], findings: str, said: str
) -> None:
    severities = {"e": "error", "w": "warning", "i": "info"}
    found = tuple(finding(MAIL, "probe", severity=severities[letter]) for letter in findings)
    results = tuple(FileResult(f"{n}.md", status, why, number) for n, (status, why, number) in enumerate(files))  # type: ignore[arg-type]
    assert _text.summary(Report(found, results, rules=41)) == said


def test_every_report_renders_nothing_and_something() -> None:
    from importlib import import_module

    for name in plugins.modules(reports):
        module = import_module(f"slalint.reports.{name}")
        assert module.__doc__ and isinstance(module.extension, str)
        assert isinstance(module.render(report(MAIL)), str)
        assert "missing-window" in module.render(report(MAIL, finding(MAIL, "probe")))
