"""Rules that do not ship with slalint: from a folder and from an installed package, they load and run like ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slalint.cli import main
from slalint.disk.rulebook import rulebook
from slalint.rule import RuleError
from slalint.shape import unknown_step

AGREEMENT = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
type: internal
metadata: {title: Mail}
tools:
  - id: probe
    name: Blackbox exporter
"""
YAML_RULE = """\
summary: Every tool has somebody who runs it.
severity: error
why: A tool that nobody runs stops measuring unnoticed.
fix: "owner: provider"
given: /tools/*
then: {required: [owner]}
message: Nobody runs {name}.
bad:
  - yaml: |
      tools:
        - id: probe # expect
"""
PYTHON_RULE = '''\
"""Titles that say whom they are for."""

summary = "The title says whom the service is for."
severity = "warning"
why = "The list of agreements cannot be read."
fix = "title: Mail for all departments"


def check(agreement):
    if agreement.title is not None and " for " not in agreement.title.text:
        yield agreement.title, f"{agreement.title.text} for whom?"
'''
BROKEN_RULE = """\
summary = "A rule that cannot come to an end."
severity = "error"


def check(agreement):
    raise ZeroDivisionError("one over none")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "house").mkdir()
    (tmp_path / "slalint.yaml").write_text("rules: [house/]\nselect: [house]\n")
    (tmp_path / "mail.sla.yaml").write_text(AGREEMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[tuple[str, int, str, str]], str]:
    status = main(["check", "mail.sla.yaml", "--output", "json", "--as-of", "2026-06-01", *options])
    said = capsys.readouterr()
    found = json.loads(said.out)["findings"]
    return status, [(f["rule"], f["line"], f["category"], f["message"]) for f in found], said.err


def test_one_file_each_takes_effect(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "titled-for.py").write_text(PYTHON_RULE)
    assert check(capsys)[:2] == (0, [("titled-for", 4, "house", "Mail for whom?")])
    (project / "house" / "run-tool.yaml").write_text(YAML_RULE)
    status, found, _ = check(capsys)
    assert status == 1
    assert ("run-tool", 6, "house", "Nobody runs Blackbox exporter.") in found and len(found) == 2


def test_selected_by_name_and_by_category(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "tools").mkdir()
    (project / "house" / "tools" / "run-tool.yaml").write_text(YAML_RULE)
    (project / "house" / "titled-for.py").write_text(PYTHON_RULE)
    assert [f[0] for f in check(capsys, "--select", "run-tool")[1]] == ["run-tool"]
    assert [f[2] for f in check(capsys, "--select", "tools")[1]] == ["tools"]
    assert [f[0] for f in check(capsys, "--select", "house,tools", "--ignore", "run-tool")[1]] == ["titled-for"]


def test_examples_of_a_folder_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = project / "house" / "run-tool.yaml"
    rule.write_text(YAML_RULE)
    assert main(["test", "house"]) == 0
    rule.write_text(YAML_RULE.replace(" # expect", "\n          owner: provider # expect"))
    assert main(["test", "house"]) == 1
    said = capsys.readouterr()
    assert "run-tool" in said.out + said.err


def test_a_rule_that_raises_stops_nothing_else(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "all-thumbs.py").write_text(BROKEN_RULE)
    (project / "house" / "run-tool.yaml").write_text(YAML_RULE)
    (project / "house" / "titled-for.py").write_text(PYTHON_RULE)
    status, found, err = check(capsys)
    assert status == 2
    assert {f[0] for f in found} == {"rule-crashed", "run-tool", "titled-for"}
    told = next(f[3] for f in found if f[0] == "rule-crashed")
    assert "all-thumbs" in told and "one over none" in told
    assert "all-thumbs" in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("no-check.yaml", "summary: Something is wanted here.\nseverity: error\n", "no rule yet"),
        (
            "half.yaml",
            "summary: Something is wanted here.\nseverity: error\ngiven: /a\n",
            "needs “then” and “message”, too",
        ),
        ("line.yaml", "summary: Something is wanted here.\nseverity: grave\nreader: true\n", "line.yaml:2"),
        ("empty.yaml", "summary: Something is wanted here.\nseverity: error\nwhy:\nreader: true\n", "it is empty"),
        (
            "no-why.py",
            "summary = 'A rule without a reason.'\nseverity = 'error'\nwhy = 1\ncheck = print\n",
            "must be text",
        ),
        ("typo.yaml", YAML_RULE.replace("severity:", "severty:"), "severty"),
        ("broken.py", "summary = 'x'\nseverity = \n", "broken.py:2"),
        ("raises.py", "summary = 'x'\n\n1 / 0\n", "raises.py:3"),
        ("list.yaml", "- summary: x\n", "one mapping"),
        ("syntax.yaml", "summary: 'x\n", "syntax.yaml:1"),
        ("missing-review.yaml", YAML_RULE, "taken"),
    ],
)
def test_what_is_no_rule_is_refused_plainly(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    (project / "house" / name).write_text(text)
    with pytest.raises(RuleError, match=name.split(".")[0]):
        rulebook(["house"], packages=False)
    assert main(["check", "mail.sla.yaml"]) == 2
    err = capsys.readouterr().err
    assert said in err and "Traceback" not in err


_PYTHON = """\
\"\"\"Für alle.\"\"\"
summary = "Every tool says how long it keeps its figures."
severity = "info"
needs = ("tools/retention",
         "tools/retension", "x-own/key", "no remedy", "policies/notice")
doubts = 5
good = [{"yaml": "tools: []"},
        {"yml": "tools: []"}]


def check(agreement):
    return ()
"""


def test_reserved_names_and_needs_of_a_python_rule(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "kept.py").write_text(_PYTHON, encoding="utf-8")
    (project / "house" / "own.yaml").write_text(YAML_RULE.replace("/tools/*", "/tools/*/ownr") + "doubts: true\n")
    assert main(["check", "mail.sla.yaml"]) == 2
    told = [line.removeprefix("slalint: house/") for line in capsys.readouterr().err.splitlines()]
    wanted = [
        ("kept.py:5: ", "Nothing in “tools” is called “retension”. Did you mean “tools/retention”?"),
        ("kept.py:5: ", "There is no element “remedy”. Did you mean “no remedies”?"),
        ("kept.py:6: ", "“doubts” must be a function, def doubts(metric, language)."),
        ("kept.py:8: ", "“yml” is not a field"),
        ("own.yaml:", "Nothing in “tools” is called “ownr”. Did you mean “/tools/*/owner”?"),
        ("own.yaml:", "“doubts” must be a function, def doubts(metric, language). It needs a rule in Python."),
    ]
    assert len(told) == len(wanted), told
    for line, (start, said) in zip(told, wanted, strict=True):
        assert line.startswith(start) and said in line, line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("check = 4", "1: this is no rule yet: “check” must be a function, def check(agreement)."),
        (
            "check = print\nneeds = 'tools'",
            "2: this is no rule yet: “needs” must be a list; it says “tools”. Put it in",
        ),
        (
            "missing = 'reporting'\nmessage = 'No report is made.'\ndoubts = print",
            "3: this is no rule yet: “doubts” needs",
        ),
        ("check = print\nneeds = ['tools retention']", "2: this is no rule yet: An entry of “needs” must be a block"),
    ],
)
def test_what_a_python_rule_cannot_hold(project: Path, text: str, said: str) -> None:
    own = "\nsummary = 'Something is wanted here.'\nseverity = 'info'\n"
    (project / "house" / "wrong.py").write_text(text + own)
    with pytest.raises(RuleError) as refused:
        rulebook(["house"], packages=False)
    assert f"wrong.py:{said}" in str(refused.value)


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("tools/*/retention", None),
        ("tools/*/retension", 2),
        ("metrics/0/target/value", None),
        ("metrics/*/targets/p1", None),
        ("metrics/*/x-own", None),
        ("metrics/*/target/valu", 3),
        ("priorities/P1/response", None),
        ("definitions/Downtime/means", None),
        ("policies/terminaton", 1),
        ("metadata/labels/team", None),
        ("parties/provider/name", None),
        ("signatures/*/nam", 2),
        ("x-own/anything", None),
        ("term/effectiveDate/day", 2),
    ],
)
def test_which_step_of_a_path_no_agreement_has(path: str, step: int | None) -> None:
    found = unknown_step(path.split("/"))
    assert (found[0] if found is not None else None) == step


def test_a_folder_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "slalint.yaml").write_text("rules: [hose/]\n")
    assert main(["check", "mail.sla.yaml"]) == 2
    assert "hose" in capsys.readouterr().err


def test_a_package_offers_rules(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = project / "site"
    package = site / "acme_sla_rules"
    (package / "tools").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('a package of rules is read, not imported')\n")
    (package / "titled-for.py").write_text(PYTHON_RULE)
    (package / "tools" / "run-tool.yaml").write_text(YAML_RULE)
    about = site / "acme_sla_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-sla-rules\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[slalint.rules]\nacme = acme_sla_rules\n")
    monkeypatch.syspath_prepend(str(site))
    (project / "slalint.yaml").write_text("select: [tools, acme_sla_rules]\n")

    status, found, _ = check(capsys)
    assert status == 1
    assert {f[0] for f in found} == {"run-tool", "titled-for"}
    assert main(["explain", "run-tool"]) == 0
    assert "somebody who runs it" in capsys.readouterr().out
    assert main(["check", "mail.sla.yaml", "--isolated", "--select", "run-tool"]) == 2  # unknown without packages


def test_every_fault_of_every_rule_is_said_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "first.yaml").write_text(
        "summary: short\nseverity: grave\ngiven: /servces/*\nthen: {required: owner}\nmessage: Nobody runs {nme}.\n"
    )
    (project / "house" / "second.yaml").write_text(
        "summary: Reports are made.\nseverity: error\nmissing: reporting\nmessage: No report from {value} is made.\n"
    )
    (project / "house" / "third.yaml").write_text(
        "summary: Reports are made.\nseverity: error\ngiven: /services/*\nthen: false\nmessage: It is not so.\nneeds:\n"
        "  - servces/hours\n  - no remedy\n  - support\n"
    )
    assert main(["check", "mail.sla.yaml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    wanted = [
        ("first.yaml:1: ", "at least 10 characters"),
        ("first.yaml:2: ", "must be one of error, warning or info"),
        ("first.yaml:3: ", "No agreement has “servces”. Did you mean “/services/*”?"),
        ("first.yaml:4: ", "“required” must be a list"),
        ("first.yaml:5: ", "Nothing fills “{nme}” in the message; there are {value}, {key}, {name}."),
        ("second.yaml:4: ", "Nothing fills “{value}” in the message; there are {provider}, {customer}."),
        ("third.yaml:7: ", "No agreement has “servces”. Did you mean “services/hours”?"),
        ("third.yaml:8: ", "There is no element “remedy”. Did you mean “no remedies”?"),
    ]
    assert [(place in line, said in line) for line, (place, said) in zip(lines, wanted, strict=True)] == [
        (True, True) for _ in wanted
    ]


def test_a_rule_without_examples_runs_but_fails_its_test(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house" / "titled-for.py").write_text(PYTHON_RULE)
    assert check(capsys)[0] == 0
    assert main(["test", "house"]) == 1
    assert "no examples" in capsys.readouterr().out


def test_a_folder_to_test_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "nowhere"]) == 2
    assert "nowhere:1: there is no such folder" in capsys.readouterr().err


def test_a_category_is_explained_by_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "metrics", "--isolated"]) == 2
    err = capsys.readouterr().err
    assert "metrics is a category of rules" in err and "untracked-metric" in err


WITH_OPTIONS = """\
summary = "The title holds a word that says whom the service is for."
severity = "warning"
options = {"words": {"description": "Words that a title may hold.", "type": "array", "default": ["for"]}}


def check(agreement, options):
    if not any(word in agreement.title.text for word in options["words"]):
        yield agreement.title, f"{agreement.title.text} for whom?"
"""


def test_options(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "policy").mkdir(exist_ok=True)
    (project / "policy" / "titled-for.py").write_text(WITH_OPTIONS)
    wishes = "rules: [policy]\nselect: [titled-for]\n"
    for said, found in (("", 1), ("options: {titled-for: {words: [Mail]}}\n", 0), ("options: {titled-for: {}}\n", 1)):
        (project / "slalint.yaml").write_text(wishes + said)
        assert len(check(capsys)[1]) == found, said
    (project / "slalint.yaml").write_text(wishes + "options: {titled-for: {words: Mail}}\n")
    assert main(["check", "mail.sla.yaml"]) == 2
    assert "slalint.yaml:3:31: “words” must be a list" in capsys.readouterr().err
    (project / "policy" / "titled-for.py").write_text(WITH_OPTIONS.replace(', "default": ["for"]', ""))
    with pytest.raises(RuleError, match="default"):
        rulebook([str(project / "policy")])
