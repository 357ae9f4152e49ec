"""Findings that somebody answers for: where comments are found, what they hold for, what is said about them."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalint import sources, suppressions
from slalint.cli import main
from slalint.config import Config, ConfigError, Entry, parse
from slalint.disk.rulebook import bundled
from slalint.engine import Input, Linter, Outcome
from slalint.model import SourceFile, Waiver

RULES = bundled()
DAY = "2026-07-01"
HEAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"


def lint(text: str, path: str = "a.sla.yaml", entries: tuple[Entry, ...] = (), **wishes: Any) -> Outcome:
    linter = Linter(RULES, Config(**({"profile": "strict"} | wishes)), DAY)
    return linter(Input(path, text.encode(), True, suppressions=entries))


def named(outcome: Outcome, *rules: str) -> list[tuple[int, str]]:
    """Line and rule of the findings of these rules and of those about suppressions."""
    about = (*rules, "unused-suppression", "expired-suppression", "suppression-without-reason")
    about += ("invalid-suppression", "unknown-rule", "locked-rule")
    return sorted((f.span.line, f.rule) for f in outcome.findings if f.rule in about)


def comments(text: str, path: str = "a.yaml") -> list[tuple[str, str]]:
    """What each comment says, and the first line of what it stands over."""
    file = SourceFile(path, text)
    source, _ = sources.find(path, text.encode())
    assert source is not None
    return [(c.text.removeprefix("slalint: "), text[c.first : c.last].split("\n")[0]) for c in source.comments(file)]


# ---- where comments are


def test_comments_in_yaml() -> None:
    text = """\
# slalint: top
metrics:
  # slalint: above
  - id: x # slalint: behind
    target: "a # slalint: no"   # slalint: behind a string
    single: 'it''s # slalint: no'
    block: |  # slalint: behind the sign
      # slalint: no
      x
    # slalint: below a block
    anchored: &a >-  # slalint: behind an anchored sign
      folded # slalint: no
    plain: a b
      c#slalint:no
      # slalint: ends a plain scalar
    *a : {b: [1, # slalint: in a list
      2]}
  #slalint: without a space
  - {id: y}
? complex # slalint: behind a complex key
: value
"""
    assert comments(text) == [
        ("top", "metrics:"),
        ("above", "id: x # slalint: behind"),
        ("behind", 'target: "a # slalint: no"'),
        ("behind a string", "single: 'it''s # slalint: no'"),
        ("behind the sign", "anchored: &a >-  # slalint: behind an anchored sign"),
        ("below a block", "anchored: &a >-  # slalint: behind an anchored sign"),
        ("behind an anchored sign", "plain: a b"),
        ("ends a plain scalar", "*a : {b: [1, # slalint: in a list"),
        ("in a list", "2"),
        ("without a space", "{id: y}"),
        ("behind a complex key", ""),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_document_that_cannot_be_read_has_no_comments_and_the_others_keep_theirs(end: str) -> None:
    text = end.join(["a: 1 # slalint: one", "---", "b: [ # slalint: two", "---", "# slalint: three", "c: 3", ""])
    assert comments(text) == [("one", ""), ("three", "c: 3")]


@pytest.mark.parametrize(
    "text", ["? a # slalint: one\n? b\n:\n", "a: x\u2028y # slalint: one\n", "%: [ # slalint: broken\n"]
)
def test_what_only_the_authority_reads_has_comments_too(text: str) -> None:
    assert [said for said, _ in comments(text)] == (["one"] if "one" in text else [])


def test_comments_in_markdown() -> None:
    text = """\
---
owner: x # slalint: front
# slalint: above front
title: y
---
<!-- slalint: above the title -->
# Service level agreement

Some `<!-- slalint: no -->` text. <!-- slalint: behind -->
More ``of
it <!-- slalint: no -->`` here.

<!-- a <!-- slalint: no -->

```
<!-- slalint: no -->
```

<!--
  slalint: lines
  of it -->

| a | b |
|---|---|
| 1 | 2 |

- one
<!-- slalint: an item -->
- two
  - nested
- three

```sla
metrics:
  # slalint: data
  - id: x
```
<!-- slalint: never closed
"""
    assert sorted(comments(text, "a.md")) == sorted(
        [
            ("front", "title: y"),
            ("above front", "title: y"),
            ("data", "id: x"),
            ("above the title", "Service level agreement"),
            ("behind", "```"),
            ("lines\n  of it", "a | b |"),
            ("an item", "two"),
        ]
    )
    (item,) = [c for c in sources.find("a.md", b"")[0].comments(SourceFile("a.md", text)) if "item" in c.text]  # type: ignore[union-attr]
    assert text[item.first : item.last] == "two\n  - nested"


def test_comments_in_mdx() -> None:
    text = "{/* slalint: above */}\n# SLA\n\nText. <!-- slalint: behind -->\n`{/* slalint: no */}`\n"
    assert comments(text, "a.mdx") == [("above", "SLA"), ("behind", "")]
    assert comments(text, "a.md") == [("behind", "")]


def test_json_holds_none() -> None:
    assert comments('{"a": "# slalint: no"}', "a.json") == []


# ---- what they hold for

TWO = """\
metrics:
  - id: availability{0}
    target: at least 99.5 %
  - id: speed{1}
    target: at most 2 s
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (TWO.format("", ""), [2, 4]),
        (TWO.format("  # slalint: ignore[untracked-metric] On order.", ""), [4]),
        ("# slalint: ignore[untracked-metric] On order.\n" + TWO.format("", ""), []),
        ("# slalint: ignore-file[untracked-metric] On order.\nkind: x\n" + TWO.format("", ""), []),
        (TWO.format("", "").replace("  - id: s", "  # slalint: ignore[untracked-metric] On order.\n  - id: s"), [2]),
        (TWO.format("", "") + "# slalint: ignore-file[unnamed-manager,untracked-metric] On order.", []),
        ("kind: x # slalint: ignore[untracked-metric] Wrong line.\n" + TWO.format("", ""), [1, 3, 5]),
    ],
)
def test_a_comment_holds_for_its_line_the_next_node_or_the_file(text: str, left: list[int]) -> None:
    outcome = lint(text)
    assert [line for line, _ in named(outcome, "untracked-metric")] == left
    kept = [f for f in outcome.suppressed if f.rule == "untracked-metric"]
    assert len(kept) == 2 - len([line for line in left if text.split("\n")[line - 1].strip().startswith("- id")])
    assert all(f.waiver is not None and f.waiver.reason == "On order." for f in kept)


PROSE = """\
# Service level agreement: mail

## People
{}
The service level manager is [Name].{}

The customer is represented by [Representative].
"""


@pytest.mark.parametrize(
    ("above", "behind", "left"),
    [
        ("", "", [5, 7]),
        ("<!-- slalint: ignore[placeholder] Elections in May. -->", "", [7]),
        ("", " <!-- slalint: ignore[placeholder] Elections in May. -->", [7]),
        ("<!-- slalint: ignore-file[placeholder]\nElections in May. -->", "", []),
        ("`<!-- slalint: ignore-file[placeholder] In code. -->`", "", [5, 7]),
    ],
)
def test_comments_in_prose(above: str, behind: str, left: list[int]) -> None:
    outcome = lint(PROSE.format(above, behind), "a.md")
    lines = [line for line, _ in named(outcome, "placeholder")]
    assert lines == [line + above.count("\n") for line in left]
    assert len(outcome.suppressed) == 2 - len(left)


def test_the_narrowest_comment_counts_and_a_second_one_is_unused() -> None:
    one = TWO.format("  # slalint: ignore[untracked-metric] One.", "")
    outcome = lint("# slalint: ignore-file[untracked-metric] All.\n" + one)
    assert [(f.span.line, f.waiver and f.waiver.reason) for f in outcome.suppressed] == [(3, "One."), (5, "All.")]
    twice = one.replace("  - id: a", "  # slalint: ignore[untracked-metric] Again.\n  - id: a")
    assert named(lint(twice)) == [(2, "unused-suppression")]


def test_all_that_a_comment_may_say() -> None:
    said = 'owner="Dana Reyes" On order. ticket=OPS-12 since May until=2026-07-01'
    (kept,) = lint(TWO.format(f"  # slalint: ignore[ untracked-metric ] {said}", "")).suppressed
    assert kept.waiver == Waiver(
        "comment", "a.sla.yaml", 2, "On order. since May", "Dana Reyes", "OPS-12", "2026-07-01"
    )


# ---- what is said about them


@pytest.mark.parametrize(
    ("comment", "rules", "message"),
    [
        ("ignore[untracked-metric] On order.", [], ""),
        ("ignore[untracked-metric]", ["suppression-without-reason", "untracked-metric"], "no reason"),
        ("ignore[untracked-metric] until=2027-01-01", ["suppression-without-reason", "untracked-metric"], "no reason"),
        (
            "ignore[untracked-metric] On order. until=2026-06-30",
            ["expired-suppression", "untracked-metric"],
            "ended on 2026-06-30: untracked-metric is found again",
        ),
        (
            "ignore[unknown-tool] Once. until=2026-06-30",
            ["expired-suppression", "untracked-metric"],
            "nothing is found",
        ),
        ("ignore[unknown-tool] Why.", ["untracked-metric", "unused-suppression"], "unknown-tool finds nothing on this"),
        (
            "ignore[untracked-metrics] Why.",
            ["unknown-rule", "untracked-metric"],
            "No rule is called “untracked-metrics”",
        ),
        ("ignore[metrics] Why.", ["unknown-rule", "untracked-metric"], "No rule is called “metrics”"),
        ("ignore-file[metrics] Why.", ["unknown-rule", "untracked-metric"], "No rule is called “metrics”"),
        ("ignore[] Why.", ["invalid-suppression", "untracked-metric"], "names no rule"),
        ("ignore untracked-metric", ["invalid-suppression", "untracked-metric"], "names no rule"),
        (
            "ignore[untracked-metric] x until=May",
            ["invalid-suppression", "untracked-metric"],
            "“until=May” names no day",
        ),
        ("ignore[untracked-metric] x until=2026-02-30", ["invalid-suppression", "untracked-metric"], "names no day"),
        ("ignore[untracked-metric] x until=", ["invalid-suppression", "untracked-metric"], "names no day"),
        ("noqa", ["invalid-suppression", "untracked-metric"], "“noqa” is no word"),
        ("ignores[untracked-metric] x", ["invalid-suppression", "untracked-metric"], "“ignores” is no word"),
        ("ignore[unused-suppression] x", ["invalid-suppression", "untracked-metric"], "cannot be suppressed"),
        ("see the handbook", ["untracked-metric"], ""),
        ("", ["untracked-metric"], ""),
    ],
)
def test_what_is_said_about_a_comment(comment: str, rules: list[str], message: str) -> None:
    text = TWO.format(f"  # slalint: {comment}", "").rpartition("  - id: speed")[0]
    outcome = lint(text)
    found = named(outcome, "untracked-metric")
    assert sorted(rule for _, rule in found) == rules and {line for line, _ in found} <= {2}
    about = [f for f in outcome.findings if f.rule in rules and f.rule != "untracked-metric"]
    assert all(message in f.message for f in about) and len(about) == len(rules) - ("untracked-metric" in rules)


def test_a_finding_that_comes_back_says_so() -> None:
    text = TWO.format("  # slalint: ignore[untracked-metric] On order. until=2026-06-30", "")
    back, other = (f for f in lint(text).findings if f.rule == "untracked-metric")
    assert [(r.path, r.span.line, r.message) for r in back.related] == [
        ("a.sla.yaml", 2, "suppressed until 2026-06-30, which is past")
    ]
    assert not other.related
    assert lint(text).clocked


def test_only_rules_that_ran_leave_a_suppression_unused() -> None:
    text = TWO.format("  # slalint: ignore[unknown-tool] Why.", "")
    assert named(lint(text, select=("unused-suppression", "untracked-metric"))) == []
    assert named(lint(text, select=("unused-suppression", "unknown-tool"))) == [(2, "unused-suppression")]
    assert named(lint(text, ignore=("unused-suppression",))) == []


@pytest.mark.parametrize("locked", ["untracked-metric", "metrics"])
def test_what_is_locked_is_not_suppressed(locked: str) -> None:
    text = TWO.format("  # slalint: ignore[untracked-metric] On order.", "")
    outcome = lint(text, locked=(locked,))
    assert named(outcome, "untracked-metric") == [(2, "locked-rule"), (2, "untracked-metric"), (4, "untracked-metric")]
    assert outcome.suppressed == ()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a: 1  # slalint: ignore[unknown-tool] Why.\nb: 2\n", "a: 1\nb: 2\n"),
        ("# slalint: ignore[unknown-tool] Why.\r\na: 1\n", "a: 1\n"),
        ("a:\n  # slalint: ignore[unknown-tool] Why.\n  b: 1\n", "a:\n  b: 1\n"),
        (
            "metrics:\n  - id: x # slalint: ignore[unknown-tool, untracked-metric] Why.\n    target: at most 2 s\n",
            "metrics:\n  - id: x # slalint: ignore[untracked-metric] Why.\n    target: at most 2 s\n",
        ),
        ("# slalint: ignore-file[unknown-tool] Once. until=2026-06-30\na: 1\n", "a: 1\n"),
    ],
)
def test_what_is_idle_can_be_taken_away_safely(text: str, fixed: str) -> None:
    (one,) = [f for f in lint(text).findings if f.rule in ("unused-suppression", "expired-suppression")]
    assert one.fix is not None and one.fix.safe
    (edit,) = one.fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == fixed


# ---- on whole agreements

ROOT = Path(__file__).resolve().parent.parent
FLAWED = sorted(path for path in (ROOT / "examples" / "flawed").iterdir() if path.suffix in (".yaml", ".md"))


@pytest.mark.parametrize("path", FLAWED, ids=lambda path: path.name)
def test_a_comment_behind_any_finding_hides_that_and_nothing_else(path: Path) -> None:
    text = path.read_text()
    linter = Linter(RULES, Config(profile="strict", min_confidence="low"), DAY)
    before = linter(Input(path.name, text.encode(), True)).findings
    assert before
    for line, rule in {(one.span.line, one.rule) for one in before}:
        form = "# {}" if path.suffix == ".yaml" else "<!-- {} -->"
        lines = text.split("\n")
        lines[line - 1] += " " + form.format(f"slalint: ignore[{rule}] Known.")
        after = linter(Input(path.name, "\n".join(lines).encode(), True))
        hidden = {f.fingerprint for f in before if f.rule == rule and f.span.line <= line <= f.end_line}
        assert {f.fingerprint for f in after.suppressed} == hidden, (line, rule)
        assert {f.fingerprint for f in after.findings} == {f.fingerprint for f in before} - hidden, (line, rule)


def settled(path: str, text: str) -> float:
    """Seconds that the suppressions of a file take."""
    linter = Linter(RULES, Config(select=("untracked-metric", "placeholder"), suppress=False), DAY)
    findings = linter(Input(path, text.encode(), True)).findings
    file, (source, _) = SourceFile(path, text), sources.find(path, b"")
    assert source is not None
    rules = suppressions.Rules(linter.names, linter.rules, ())
    start = process_time()
    found = suppressions.read(file, source.comments(file))
    verdict = suppressions.apply(findings, found, file, DAY, rules, lambda *_: True)
    assert len(verdict.suppressed) == len(findings) or len(verdict.said) >= len(found)
    return process_time() - start


def test_thousands_cost_no_more_than_their_number() -> None:
    def seconds(number: int) -> float:
        lines = (f"  - id: m{i} # slalint: ignore[untracked-metric] On order." for i in range(number))
        nodes = (f"  # slalint: ignore[untracked-metric] On order.\n  - id: n{i}" for i in range(number))
        data = "\n".join(["metrics:", *lines, *nodes])
        idle = "\n".join(f"# slalint: ignore[untracked-metrik-{i}] On order." for i in range(number))
        prose = "\n\n".join(["<!-- slalint: ignore[placeholder] May. -->\nCall `[Name]` or [Name]."] * number)
        return settled("a.sla.yaml", data) + settled("a.sla.yaml", idle) + settled("a.md", "# SLA\n\n" + prose)

    few = max(min(seconds(300) for _ in range(2)), 0.01)
    # Five times as many take five times as long; 25 times if each were compared with each.
    assert min(seconds(1500) for _ in range(2)) < 12 * few


_PIECES = (
    *(
        "# slalint: ignore[",
        "<!-- slalint: ignore[",
        "ignore-file[untracked-metric] ",
        "untracked-metric",
        "]",
        "] why",
    ),
    *(" -->", "until=2026-01-01", "until=", 'owner="x', ", ", "# ", "'", '"', "{", "[", "`", "```\n", "| a |", "---\n"),
    *("metrics:\n", "- id: x\n", "a: |\n", "kind: ServiceLevelAgreement\n", "  ", "\n", "\r\n"),
    *("\ufeff", "\ud800", "\x00", "\u2028"),
)


@pytest.mark.parametrize("path", ["a.sla.yaml", "a.md", "a.sla.json"])
@settings(max_examples=150, deadline=None)
@given(text=st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_nothing_that_looks_like_a_suppression_hurts(path: str, text: str) -> None:
    outcome = Linter(RULES, Config(), DAY)(Input(path, text.encode("utf-8", "surrogatepass"), True))
    assert not outcome.errors
    for one in (*outcome.findings, *outcome.suppressed):
        assert outcome.source is not None and one.span.start <= one.span.end <= len(outcome.source.text)
        assert one.waiver is None or one.waiver.reason


# ---- the configuration's


def entry(**said: Any) -> Entry:
    text = json.dumps({"suppressions": [{"rule": "untracked-metric", "path": "*.json", "reason": "Old."} | said]})
    return parse(SourceFile("slalint.yaml", text))[0].suppressions[0]


DATA = json.dumps({"metrics": [{"id": "a/b", "target": "at least 99 %"}, {"id": "speed", "target": "at most 2 s"}]})


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({}, 0),
        ({"rule": ["untracked-metric", "unknown-tool"]}, 0),
        ({"rule": "metrics"}, 0),
        ({"rule": "unknown-tool"}, 2),
        ({"node": "/metrics/speed"}, 1),
        ({"node": "/metrics/a~1b"}, 1),
        ({"node": "/metrics/0"}, 1),
        ({"node": "/metrics/1/id"}, 1),
        ({"node": "/metrics"}, 0),
        ({"node": "/metrics/sp"}, 2),
        ({"node": "/services"}, 2),
        ({"until": DAY}, 0),
        ({"until": "2026-06-30"}, 2),
    ],
)
def test_entries_of_the_configuration(said: dict[str, Any], left: int) -> None:
    outcome = lint(DATA, "a.json", (entry(**said),))
    assert len(named(outcome, "untracked-metric")) == left
    kept = [f.waiver for f in outcome.suppressed if f.rule == "untracked-metric" and f.waiver is not None]
    assert [(w.kind, w.path, w.reason) for w in kept] == [("configuration", "slalint.yaml", "Old.")] * (2 - left)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reason": " "}, "reason"),
        ({"until": "2026-02-30"}, "there is no day"),
        ({"until": "soon"}, "until"),
        ({"node": "metrics"}, "node"),
        ({"rule": []}, "rule"),
    ],
)
def test_what_an_entry_may_not_say(said: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        entry(**said)


# ---- on the command line


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.sla.yaml").write_text(HEAD + TWO.format("  # slalint: ignore[untracked-metric] On order.", ""))
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "b.sla.json").write_text(DATA)

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["check", "--as-of", DAY, "--output", "concise", *arguments])
        return (status, *capsys.readouterr())

    return call


ONLY = ("--select", "untracked-metric,unused-suppression,expired-suppression,locked-rule")


def test_suppressed_findings_are_counted_listed_and_shown_on_request(run: Any) -> None:
    status, out, err = run(*ONLY)
    assert status == 1 and out.count("untracked-metric") == 3 and "1 finding suppressed." in err
    assert run(*ONLY, "--no-suppressions")[1].count("untracked-metric") == 4
    _, out, _ = run(*ONLY, "--output", "json")
    said = json.loads(out[out.index("{") :])
    assert said["summary"]["suppressed"] == 1
    (one,) = said["suppressed"]
    assert one["waiver"] == {
        "kind": "comment",
        "path": "a.sla.yaml",
        "line": 4,
        "reason": "On order.",
        "owner": "",
        "ticket": "",
        "until": "",
    }


CONFIG = """\
suppressions:
  - rule: untracked-metric
    path: old/
    reason: Measured by the supplier.
  - {rule: [placeholder, untracked-metric], path: new/, reason: Not there yet.}
  - {rule: untracked-metric, path: a.sla.yaml, node: /metrics/speed, reason: Soon., until: 2026-06-30}
"""


def test_entries_of_the_configuration_hold_for_their_paths(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slalint.yaml").write_text(CONFIG)
    _, out, err = run(*ONLY)
    assert out.splitlines() == [
        "a.sla.yaml:6:9: error: untracked-metric: Nothing measures “speed”.",
        "slalint.yaml:5:5: warning: unused-suppression: untracked-metric finds nothing in new/, so there is nothing to "
        "suppress.",
        "slalint.yaml:6:5: error: expired-suppression: This suppression ended on 2026-06-30: untracked-metric is found "
        "again.",
    ]
    assert "3 findings suppressed." in err
    _, out, _ = run(*ONLY, "a.sla.yaml")
    assert "unused-suppression" not in out, "only a whole run can tell"
    _, out, _ = run(*ONLY, "--no-suppressions")
    assert out.count("untracked-metric:") == 4 and "slalint.yaml" not in out
    monkeypatch.chdir(tmp_path / "old")
    _, out, _ = run(*ONLY, "..")
    assert "../slalint.yaml:5:5: warning: unused-suppression" in out


def test_what_is_idle_is_taken_away_by_the_safe_fixes(run: Any, tmp_path: Path) -> None:
    text = (tmp_path / "a.sla.yaml").read_text()
    idle = text.replace("  - id: speed", "  # slalint: ignore[unknown-tool] Once.\n  - id: speed")
    (tmp_path / "a.sla.yaml").write_text(idle)
    run("--select", "untracked-metric,unknown-tool,unused-suppression", "--fix", "a.sla.yaml")
    assert (tmp_path / "a.sla.yaml").read_text() == text


def test_a_configuration_cannot_suppress_what_it_locks(run: Any, tmp_path: Path) -> None:
    (tmp_path / "slalint.yaml").write_text("locked: [untracked-metric]\n" + CONFIG)
    status, _, err = run()
    assert status == 2 and "slalint.yaml:3:11: untracked-metric is locked" in err
    (tmp_path / "slalint.yaml").write_text("locked: [untracked-metric]\n")
    status, out, _ = run(*ONLY)
    assert out.count("untracked-metric:") == 4 and "locked-rule" in out
    (tmp_path / "slalint.yaml").write_text("locked: [untracked-metrik]\n")
    assert "Did you mean untracked-metric?" in run()[2]


def test_files_without_suppressions_never_load_them() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from slalint import lint_bytes; "
        "lint_bytes('a.sla.yaml', b'kind: ServiceLevelAgreement\\n'); "
        "assert 'slalint.suppressions' not in sys.modules; "
        "lint_bytes('a.sla.yaml', b'kind: ServiceLevelAgreement # slalint: ignore-file[x] y\\n'); "
        "assert 'slalint.suppressions' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
