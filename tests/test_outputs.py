"""Reports for programs: what their readers' formats ask for, and that nothing in an agreement speaks to a terminal or
to the log of a workflow, whatever the format."""

from __future__ import annotations

import contextlib
import json
import re
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from slalint import plugins, reports
from slalint.cli import main
from slalint.model import SEVERITIES, About, Edit, FileResult, Finding, Fix, Related, Report, SourceFile, Waiver
from slalint.reports import _text, github, gitlab, grouped, jsonl, junit, markdown, rdjson, sarif

ROOT = Path(__file__).resolve().parent.parent
FORMATS: dict[str, ModuleType] = {n: import_module(f"slalint.reports.{n}") for n in plugins.modules(reports)}
MAIL = SourceFile("mail.sla.yaml", "metrics:\n  - id: availability\n    target: 99.5 %\n    tracking: probe\n")
KEPT = Waiver("comment", MAIL.path, 3, "Agreed with the council.", "dana", "OPS-1", "2026-12-31")


def finding(source: SourceFile, piece: str, **said: Any) -> Finding:
    """A finding at the first place where a piece of text stands."""
    start = source.text.index(piece)
    line, column = source.position(start + len(piece))
    given_: dict[str, Any] = {
        "rule": "missing-window",
        "message": "The target has no window.",
        "severity": "error",
        "confidence": "high",
        "category": "metrics",
        "fingerprint": "f00d",
    }
    span = source.span(start, start + len(piece))
    return Finding(path=source.path, span=span, end_line=line, end_column=column, **(given_ | said))


def report(*findings: Finding, **said: Any) -> Report:
    files = (FileResult(MAIL.path, "checked", "", 1), FileResult("web.sla.yaml", "checked", "", 1))
    about = (
        About("missing-window", "metrics", "error", "Every target has a window.", "Each side counts.", "window: month"),
        About("cost-centre", "policy", "warning", "Somebody pays.", "", "", "acme"),
    )
    given_: dict[str, Any] = {"rules": 2, "sources": {MAIL.path: MAIL}, "as_of": "2026-01-31", "about": about}
    return Report(findings, files, **(given_ | said))


ERROR = finding(
    MAIL,
    "99.5 %",
    why="Each side counts\n over its own time.",
    hint="window:\n  calendar month",
    related=(Related(MAIL.path, MAIL.span(17, 29), "the metric"), Related("other.yaml", MAIL.span(0, 7), "there")),
    fix=Fix("Add it.", (Edit(53, 53, "\n    window: month"),), True),
    pointer="/metrics/0/target",
)
WARNING = finding(
    MAIL, "probe", severity="warning", rule="cost-centre", message="It is 100 %: paid, or so.", fingerprint="2"
)
INFO = finding(MAIL, "id", severity="info", message="It has an id.", fingerprint="3")


def test_every_format_is_explained() -> None:
    page = (ROOT / "docs" / "reports.md").read_text()
    assert [name for name in FORMATS if f"| `{name}` |" not in page] == []


# ---- each format


def test_grouped() -> None:
    other = finding(SourceFile("web.sla.yaml", "x: 1\n"), "x", message="Two\nlines.")
    assert grouped.render(report(INFO, ERROR, other)) == (
        "mail.sla.yaml\n"
        "   2:5  info     missing-window: It has an id.\n"
        "  3:13  error    missing-window: The target has no window.\n"
        "\n"
        "web.sla.yaml\n"
        "  1:1  error    missing-window: Two lines.\n"
    )
    assert grouped.render(report(ERROR), color=True).startswith("\x1b[1mmail.sla.yaml\x1b[0m\n")


def test_github() -> None:
    long = finding(MAIL, "metrics:\n  - id", severity="info", message="Two lines.")
    assert github.render(report(INFO, WARNING, ERROR, long, folder="contracts/")) == (
        "::error file=contracts/mail.sla.yaml,line=3,endLine=3,col=13,endColumn=19,title=slalint%3A missing-window::"
        "The target has no window.%0AWhy: Each side counts over its own time.%0AFix: window:%0A       calendar month\n"
        "::warning file=contracts/mail.sla.yaml,line=4,endLine=4,col=15,endColumn=20,title=slalint%3A cost-centre::"
        "It is 100 %25: paid, or so.\n"
        "::notice file=contracts/mail.sla.yaml,line=2,endLine=2,col=5,endColumn=7,title=slalint%3A missing-window::"
        "It has an id.\n"
        "::notice file=contracts/mail.sla.yaml,line=1,endLine=2,title=slalint%3A missing-window::Two lines.\n"
    )


@pytest.mark.parametrize(
    ("numbers", "shown", "more"),
    [
        ((10, 10, 10), (10, 10, 10), ""),
        ((11, 0, 0), (10, 0, 1), "1 more finding:"),
        ((0, 12, 12), (0, 10, 10), "5 more"),
    ],
)
def test_github_shows_ten_of_each_severity_and_says_how_many_it_left(
    numbers: tuple[int, ...], shown: tuple[int, ...], more: str
) -> None:
    found = [one for one, number in zip((INFO, WARNING, ERROR), reversed(numbers), strict=True) for _ in range(number)]
    lines = github.render(report(*found)).splitlines()
    kinds = [line[2:].split(" ", 1)[0] for line in lines]
    assert tuple(kinds.count(kind) for kind in ("error", "warning", "notice")) == shown
    assert kinds == sorted(kinds, key=("error", "warning", "notice").index)
    assert more in lines[-1] if more else "more finding" not in lines[-1]


def test_gitlab() -> None:
    copy = finding(SourceFile("copy.sla.yaml", MAIL.text), "99.5 %")
    said = json.loads(gitlab.render(report(ERROR, WARNING, INFO, copy, ERROR, folder="contracts/")))
    assert said[0] == {
        "description": "missing-window: The target has no window.",
        "check_name": "missing-window",
        "fingerprint": "f00d",
        "severity": "major",
        "location": {
            "path": "contracts/mail.sla.yaml",
            "positions": {"begin": {"line": 3, "column": 13}, "end": {"line": 3, "column": 19}},
        },
    }
    assert [one["severity"] for one in said] == ["major", "minor", "info", "major", "major"]
    assert len({one["fingerprint"] for one in said}) == 5, "GitLab shows one of those that share a fingerprint"
    assert gitlab.render(report()) == "[]\n"


def test_jsonl() -> None:
    lines = jsonl.render(report(ERROR, WARNING, suppressed=(INFO,))).splitlines()
    whole = json.loads(FORMATS["json"].render(report(ERROR, WARNING)))
    assert [json.loads(line) for line in lines] == whole["findings"]


def test_rdjson() -> None:
    said = json.loads(rdjson.render(report(ERROR, WARNING)))
    assert said["source"]["name"] == "slalint"
    first, second = said["diagnostics"]
    assert first == {
        "message": "The target has no window. Each side counts over its own time.",
        "location": {
            "path": "mail.sla.yaml",
            "range": {"start": {"line": 3, "column": 13}, "end": {"line": 3, "column": 19}},
        },
        "severity": "ERROR",
        "code": {"value": "missing-window", "url": "https://slalint.dev/rules/missing-window"},
        "suggestions": [
            {
                "range": {"start": {"line": 4, "column": 5}, "end": {"line": 4, "column": 5}},
                "text": "\n    window: month",
            }
        ],
        "related_locations": [
            {
                "message": "the metric",
                "location": {
                    "path": "mail.sla.yaml",
                    "range": {"start": {"line": 2, "column": 9}, "end": {"line": 2, "column": 21}},
                },
            },
            {
                "message": "there",
                "location": {
                    "path": "other.yaml",
                    "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 8}},
                },
            },
        ],
    }
    assert second["severity"] == "WARNING" and "suggestions" not in second
    assert second["code"] == {"value": "cost-centre"}, "its page is not among ours"


def test_rdjson_counts_bytes() -> None:
    source = SourceFile("a.md", "Verfügbarkeit 😀: 99 %\n")
    said = json.loads(rdjson.render(report(finding(source, "99 %"), sources={"a.md": source})))
    at = said["diagnostics"][0]["location"]["range"]
    raw = source.text.encode()
    assert raw[at["start"]["column"] - 1 : at["end"]["column"] - 1] == b"99 %"


def test_junit() -> None:
    kept = INFO._replace(waiver=KEPT)
    said = junit.render(report(ERROR, WARNING, suppressed=(kept,), errors=("b.yaml: no such file",), folder="sub/"))
    assert said.splitlines()[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    root = ET.fromstring(said)
    assert root.attrib == {"name": "slalint", "tests": "5", "failures": "1", "errors": "1", "skipped": "1"}
    mail, web, tool = root
    assert mail.attrib == {"name": "sub/mail.sla.yaml", "tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    failed, passed, skipped = mail
    assert failed.attrib == {
        "name": "missing-window 3:13",
        "classname": "sub/mail.sla.yaml",
        "file": "sub/mail.sla.yaml",
        "line": "3",
    }
    failure = failed.find("failure")
    assert failure is not None and failure.attrib == {"type": "error", "message": "The target has no window."}
    assert failure.text == (
        "The target has no window.\nWhy: Each side counts over its own time.\nFix: window:\n       calendar month"
    )
    assert [child.tag for child in passed] == ["system-out"]
    assert [(child.tag, child.attrib) for child in skipped] == [("skipped", {"message": "Agreed with the council."})]
    assert [(case.get("name"), len(case)) for case in web] == [("no findings", 0)]
    assert [child.tag for case in tool for child in case] == ["error"]


@pytest.mark.parametrize(("gate", "failures"), [("error", 1), ("warning", 2), ("info", 3), ("never", 0)])
def test_junit_fails_what_fails_the_gate(gate: str, failures: int) -> None:
    told = report(ERROR, WARNING, INFO, fail_on=gate)
    root = ET.fromstring(junit.render(told))
    assert root.get("failures") == str(failures) == str(len(root.findall(".//failure")))
    assert bool(failures) == bool(told.status)


def test_markdown() -> None:
    hinted = WARNING._replace(hint="x")
    assert markdown.render(report(hinted, ERROR, errors=("b.yaml: gone",), suppressed=(INFO,), folder="sub/")) == (
        "### slalint: 1 error, 1 warning\n\n"
        "| | where | rule | finding |\n|---|---|---|---|\n"
        "| 🔴 error | sub/mail.sla.yaml:3:13 | [missing-window](https://slalint.dev/rules/missing-window) | "
        "The target has no window.<br>Each side counts over its own time.<br>"
        "Fix: window:<br>&nbsp;&nbsp;calendar month |\n"
        "| 🟡 warning | sub/mail.sla.yaml:4:15 | cost-centre | "
        "It is 100 %: paid, or so.<br>Fix: x |\n"
        "\n2 agreements checked by 2 rules: 1 error, 1 warning. 1 finding suppressed.\n"
        "- b.yaml: gone\n"
    )
    assert markdown.render(report()) == "### slalint: no findings\n\n2 agreements checked by 2 rules: no findings.\n"


def test_markdown_stays_below_the_limit_of_a_job_summary_and_keeps_the_gravest() -> None:
    many = [INFO._replace(message="x" * 900)] * 1500 + [ERROR]
    said = markdown.render(report(*many))
    assert 900_000 < len(said.encode()) < 1_000_000
    assert "The target has no window." in said.splitlines()[4]
    shown = said.count("🔵 info")
    assert f"… and {1500 - shown:,} more findings" in said and said.endswith("1 error, 1,500 info.\n")


# ---- SARIF: what of its schema a linter's log needs, closed, so that a misspelled key is seen

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_POSITION = {"type": "integer", "minimum": 1}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    needed = required.split()
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_REGION = closed(
    "startLine startColumn endLine endColumn",
    **dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), _POSITION),
)
_ARTIFACT = closed(
    "uri", uri={"type": "string", "pattern": r"^[A-Za-z0-9%._~/!$&'()*+,;=@:-]+$"}, uriBaseId={"const": "%SRCROOT%"}
)
_PHYSICAL = closed("artifactLocation region", artifactLocation=_ARTIFACT, region=_REGION)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = closed(
    "id shortDescription fullDescription help defaultConfiguration",
    id={"type": "string"},
    shortDescription=_TEXT,
    fullDescription=_TEXT,
    help=_TEXT,
    helpUri={"type": "string"},
    defaultConfiguration=closed("level", level=_LEVEL),
    properties={"type": "object"},
)
_RESULT = closed(
    "ruleId level message locations partialFingerprints",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    rule=closed(
        "id index toolComponent",
        id={"type": "string"},
        index={"type": "integer"},
        toolComponent=closed("index", index={"type": "integer"}, name={"type": "string"}),
    ),
    level=_LEVEL,
    message=_TEXT,
    locations=listed(closed("physicalLocation", physicalLocation=_PHYSICAL)),
    relatedLocations=listed(
        closed("id message physicalLocation", id={"type": "integer"}, message=_TEXT, physicalLocation=_PHYSICAL)
    ),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
    fixes=listed(
        closed(
            "description artifactChanges",
            description=_TEXT,
            artifactChanges=listed(
                closed(
                    "artifactLocation replacements",
                    artifactLocation=_ARTIFACT,
                    replacements=listed(
                        closed(
                            "deletedRegion insertedContent",
                            deletedRegion=_REGION,
                            insertedContent=closed("text", text={"type": "string"}),
                        )
                    ),
                )
            ),
        )
    ),
    suppressions=listed(
        closed(
            "kind",
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification={"type": "string"},
        )
    ),
    properties={"type": "object"},
)
_COMPONENT = {
    "name": {"type": "string"},
    "version": {"type": "string"},
    "semanticVersion": {"type": "string"},
    "informationUri": {"type": "string"},
    "rules": listed(_RULE),
}
SARIF = closed(
    "$schema version runs",
    **{"$schema": {"type": "string"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "minItems": 1,
        "maxItems": 1,
        "items": closed(
            "tool results columnKind automationDetails",
            tool=closed(
                "driver", driver=closed("name rules", **_COMPONENT), extensions=listed(closed("name", **_COMPONENT))
            ),
            automationDetails=closed("id", id={"type": "string", "pattern": "/$"}),
            columnKind={"const": "unicodeCodePoints"},
            originalUriBaseIds={"type": "object"},
            invocations=listed(
                closed(
                    "executionSuccessful",
                    executionSuccessful={"type": "boolean"},
                    exitCode={"type": "integer"},
                    toolExecutionNotifications=listed(closed("message", level=_LEVEL, message=_TEXT)),
                )
            ),
            results=listed(_RESULT),
        ),
    },
)


def as_sarif(told: Report, **how: Any) -> dict[str, Any]:
    said = json.loads(sarif.render(told, **how))
    Draft202012Validator(SARIF).validate(said)
    run: dict[str, Any] = said["runs"][0]
    return run


def test_sarif() -> None:
    run = as_sarif(report(ERROR, WARNING, INFO, folder="contracts/"))
    first, second, third = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("missing-window", 0, "error")
    assert first["message"]["text"] == "The target has no window. Each side counts over its own time."
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "contracts/mail.sla.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 19},
    }
    assert first["partialFingerprints"] == {"slalint/v1": "f00d"}
    assert first["relatedLocations"][1]["physicalLocation"]["artifactLocation"]["uri"] == "contracts/other.yaml"
    assert second["rule"]["toolComponent"] == {"index": 0, "name": "acme"} and third["level"] == "note"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["missing-window"]
    assert [(e["name"], [r["id"] for r in e["rules"]]) for e in run["tool"]["extensions"]] == [
        ("acme", ["cost-centre"])
    ]
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_sarif_lists_suppressed_findings_only_if_asked_to() -> None:
    told = report(suppressed=(INFO._replace(waiver=KEPT), ERROR._replace(waiver=KEPT._replace(kind="baseline"))))
    assert as_sarif(told)["results"] == []
    said = [one["suppressions"] for one in as_sarif(told, include_suppressed=True)["results"]]
    assert [[s["kind"] for s in one] for one in said] == [["inSource"], ["external"]]
    assert said[0][0] == {"kind": "inSource", "status": "accepted", "justification": "Agreed with the council."}


def test_sarif_says_what_could_not_be_done_and_keeps_the_gravest_of_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_RESULTS", 2)
    run = as_sarif(report(INFO, WARNING, ERROR, errors=("b.yaml: gone",)))
    assert [one["level"] for one in run["results"]] == ["error", "warning"]
    (told,) = run["invocations"]
    assert not told["executionSuccessful"] and told["exitCode"] == 2
    assert [one["message"]["text"] for one in told["toolExecutionNotifications"]] == [
        "b.yaml: gone",
        "1 finding left out: a run may hold 2.",
    ]


@pytest.mark.parametrize(
    ("path", "folder", "uri"),
    [
        ("a b/ü#1.md", "", "a%20b/%C3%BC%231.md"),
        ("../x.md", "contracts/", "x.md"),
        ("../../x.md", "contracts/", "../../x.md"),
        ("/tmp/x.md", "contracts/", "file:///tmp/x.md"),
        ("/home/repo/old/x.md", "contracts/", "old/x.md"),
        ("C:/tmp/x.md", "", "file:///C%3A/tmp/x.md"),
        ("a:b.md", "", "a%3Ab.md"),
    ],
)
def test_sarif_addresses(path: str, folder: str, uri: str) -> None:
    source = SourceFile(path, "x")
    run = as_sarif(report(finding(source, "x"), folder=folder, top="/home/repo/"))
    at = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert at["uri"] == uri and ("uriBaseId" in at) != uri.startswith("file:")


@pytest.mark.parametrize(
    ("text", "hashes"),
    [  # published with GitHub's upload action
        ("", "c129715d7a2bc9a3:1"),
        (" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 "
            "e6ceba753e1a442:1",
        ),
    ],
)
def test_sarif_line_hashes_are_those_of_github(text: str, hashes: str) -> None:
    assert sarif.line_hashes(SourceFile("a", text)) == hashes.split()
    assert sarif.line_hashes(SourceFile("a", text.replace("\n", "\r\n"))) == hashes.split()


def test_sarif_line_hashes_are_added_on_request() -> None:
    run = as_sarif(report(ERROR, INFO), fingerprints="github")
    assert [one["partialFingerprints"].get("primaryLocationLineHash") for one in run["results"]] == [
        sarif.line_hashes(MAIL)[2],
        sarif.line_hashes(MAIL)[1],
    ]


# ---- whatever an agreement holds

_HOSTILE = (
    *("::error::x", "::stop-commands::y", "##[group]", "##[error]", "%0A", "%", ",", ":", "{0}"),  # workflows
    *("\x1b[31m", "\x1b]8;;x\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\x00"),  # terminals
    *("\r", "\n", "\r\n", "\t", "\u2028", "\x85", "\ud800", "\ufffe", " ", "word", "é", '"', "'", "\\"),
    *("]]>", "<!--", "-->", "&", "<script>alert(1)</script>", "|", "`", "\\|", "$x$"),  # XML, HTML, Markdown
    *("](http://x.example)", "[a](b)", "@team", "#12", "https://x.example/", "www.x.example", "a@x.example"),
)
hostile = st.lists(st.sampled_from(_HOSTILE), max_size=8).map("".join)
_COMMAND = re.compile(r"::(error|warning|notice) [^\r\n]*")


def in_a_log(name: str, text: str) -> list[str]:
    """The lines of a report that the log of a workflow takes for commands."""
    module = FORMATS[name]
    text = text if getattr(module, "commands", False) else _text.for_github(text)
    return [line for line in re.split(r"[\r\n]", text) if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(texts=st.tuples(*[hostile] * 9), severity=st.sampled_from(SEVERITIES))
def test_no_text_reaches_a_terminal_or_a_log_as_a_command(name: str, texts: tuple[str, ...], severity: str) -> None:
    path, text, message, why, hint, related, error, reason, inserted = texts
    source = SourceFile(f"x{path}.md", f"a {text} b")
    one = finding(
        source,
        text,
        severity=severity,
        message=f"m{message}",
        why=why,
        hint=hint,
        pointer=f"/{text}",
        related=(
            Related(source.path, source.span(0, 1), f"r{related}"),
            Related(f"y{related}", source.span(0, 1), "r"),
        ),
        fix=Fix(f"t{related}", (Edit(0, 1, inserted),)),
        data={"text": text},
    )
    kept = one._replace(waiver=KEPT._replace(reason=reason, owner=why, path=source.path))
    told = Report(
        (one, one),
        (FileResult(source.path, "checked", reason, 1), FileResult(f"z{error}", "skipped", "does not look")),
        errors=(f"e{error}",),
        suppressed=(kept,),
        sources={source.path: source},
        about=report().about,
    )
    said = FORMATS[name].render(told)
    said.encode()
    assert not _text._UNSAFE.search(said.replace("\n", "").replace("\u200b", "")), "control and bidi characters"
    assert "\u200b" not in said or name == "github"
    lines = in_a_log(name, said)
    if name == "github":
        assert len(lines) == 2 and all(_COMMAND.fullmatch(line) for line in lines) and "##[" not in said
        assert all(line.count("::") == 2 for line in map(_without_message, lines))
    else:
        assert lines == []
    _PARSED.get(name, lambda *_: None)(said, told)


def _without_message(line: str) -> str:
    """A command with its message cut off: properties hold neither colon nor comma of others."""
    head = _COMMAND.fullmatch(line)
    assert head is not None
    properties = line.split(" ", 1)[1].split("::", 1)[0]
    keys = [one.split("=", 1)[0] for one in properties.split(",")]
    assert keys == ["file", "line", "endLine", "col", "endColumn", "title"] or keys == [
        "file",
        "line",
        "endLine",
        "title",
    ]
    return line[: line.index("::", 2) + 2]


def _json(said: str, told: Report) -> None:
    one = json.loads(said.splitlines()[0] if said.startswith('{"rule"') else said)
    if "findings" in one:
        assert one["findings"][0]["message"] == told.findings[0].message


def _junit(said: str, told: Report) -> None:
    root = ET.fromstring(said)
    failures = [node.get("message") for node in root.findall(".//failure")]
    assert failures == [_text.flowing(one.message) for one in told.findings if told.counts(one)]
    assert [node.get("message") for node in root.findall(".//skipped")] == [
        _text.flowing(told.suppressed[0].waiver.reason)
    ]  # type: ignore[union-attr]


def _sarif(said: str, told: Report) -> None:
    Draft202012Validator(SARIF).validate(json.loads(said))
    for one in json.loads(said)["runs"][0]["results"]:
        assert "](" not in one["message"]["text"] + one.get("relatedLocations", [one])[0]["message"]["text"]


def _markdown(said: str, told: Report) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(said)
    assert html.count("<tr>") == 1 + len(told.findings)
    tags = set(re.findall(r"<(/?[a-z]\w*)", html))
    assert tags <= {t for name in "h3 table thead tbody tr th td br a p ul li".split() for t in (name, "/" + name)}
    assert all(link.startswith("https://slalint.dev/rules/") for link in re.findall(r'href="([^"]*)', html))
    assert not re.search(r"@(?=team)|#(?=12)|https:(?=//x)|www(?=\.x)", html)


_PARSED = {
    "json": _json,
    "jsonl": _json,
    "gitlab": _json,
    "rdjson": _json,
    "sarif": _sarif,
    "junit": _junit,
    "markdown": _markdown,
}


# ---- on the command line


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "contracts").mkdir()
    flawed = (ROOT / "examples" / "flawed" / "mail.sla.yaml").read_text()
    (tmp_path / "contracts" / "mail.sla.yaml").write_text(flawed)
    monkeypatch.chdir(tmp_path / "contracts")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_status_does_not_depend_on_the_format(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--output", name]) == 1
    assert main(["check", "--output", name, "--fail-on", "never"]) == 0
    assert main(["check", "--output", name, "gone.sla.yaml"]) == 2
    capsys.readouterr()
    main(["check", "--output", name])
    assert "ambiguous-term" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "markdown"])
def test_paths_begin_at_the_top_of_the_repository(
    name: str, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["check", "--output", name])
    below = capsys.readouterr().out
    monkeypatch.chdir(project)
    main(["check", "--output", name])
    assert capsys.readouterr().out == below and "contracts/mail.sla.yaml" in below
    (project / "other").mkdir()
    monkeypatch.chdir(project / "other")
    for path in ("../contracts", str(project / "contracts" / "mail.sla.yaml")):
        main(["check", "--output", name, path])
        assert capsys.readouterr().out == below, path


def test_a_link_is_told_as_the_file_behind_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "contracts" / "post.sla.yaml").symlink_to("mail.sla.yaml")
    main(["check", "--output", "sarif", "post.sla.yaml"])
    out = capsys.readouterr().out
    assert "contracts/mail.sla.yaml" in out and "post.sla.yaml" not in out


def test_fingerprints_do_not_depend_on_the_working_folder(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "contracts" / "leads.md").write_text((ROOT / "examples" / "flawed" / "leads.md").read_text())
    found = []
    for folder in (project, project / "contracts"):
        monkeypatch.chdir(folder)
        main(["check", "--output", "json"])
        found.append([one["fingerprint"] for one in json.loads(capsys.readouterr().out)["findings"]])
    assert found[0] == found[1] and len(found[0]) > 10


def test_annotations_stay_commands_in_a_workflow_beside_a_harmless_text(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["check", "--output", "full", "--output", "github"])
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error file=contracts/")]


def test_a_job_summary_is_added_to(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary, other = project / "summary.md", project / "other.md"
    for path in (summary, other):
        path.write_text("Said before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    main(["check", "--output", f"markdown:{summary}", "--output", f"markdown:{other}"])
    assert summary.read_text() == "Said before.\n" + other.read_text() and "### slalint" in other.read_text()


def test_sarif_options(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--output", "sarif", "--sarif-fingerprints", "github", "--sarif-include-suppressed"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert len(run["tool"]["driver"]["rules"]) > 50
    assert all("primaryLocationLineHash" in one["partialFingerprints"] for one in run["results"])


def test_rules_of_others_are_an_extension(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "policy").mkdir()
    (project / "policy" / "owned.yaml").write_text(
        "summary: Somebody pays.\nseverity: warning\n"
        "given: /metadata\nthen: {required: [x-payer]}\nmessage: Nobody pays.\n"
    )
    (project / "slalint.yaml").write_text("rules: [policy]\n")
    main(["check", "--output", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert [(one["name"], one["rules"][0]["id"]) for one in run["tool"]["extensions"]] == [("policy", "owned")]
    (owned,) = [one for one in run["results"] if one["ruleId"] == "owned"]
    assert owned["rule"]["toolComponent"]["index"] == 0


def test_names_of_files_are_harmless_too(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    evil = "::error::\x1b[31m\u202e##[x]|<script>.sla.yaml"
    with contextlib.chdir(project / "contracts"):
        Path(evil).write_text("kind: ServiceLevelAgreement\nmetadata: {title: '::error::x ##[y]'}\n")
        for name in FORMATS:
            main(["check", "--output", name, evil])
            out, err = capsys.readouterr()
            assert "\x1b" not in out + err and "\u202e" not in out + err and "##[" not in out + err, name
            lines = [line for line in (out + err).split("\n") if line.lstrip().startswith("::")]
            assert name == "github" or lines == [], name
