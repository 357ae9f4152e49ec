"""The command line: exit statuses, what goes to which stream, and that nothing ends in a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest
from jsonschema import Draft202012Validator

from slalint import cli as commands
from slalint import plugins, resources
from slalint.cli import main
from slalint.cli._console import colorful

ROOT = Path(__file__).resolve().parent.parent
BAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n"
GOOD = (ROOT / "examples" / "good" / "mail.sla.yaml").read_text()
DAY = ("--as-of", "2026-03-01")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "SLALINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.sla.yaml").write_text(BAD)
    (tmp_path / "good.sla.yaml").write_text(GOOD)
    (tmp_path / "README.md").write_text("# About us\n\nWe print.\n")
    return tmp_path


class Ran:
    """What a command printed and returned."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def findings(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.out)["findings"]
        return found


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def call(*arguments: str) -> Ran:
        capfd.readouterr()
        status = main(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(status, out, err)

    return call


def spawn(*arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    # A session of its own: no signal sent to it, or by it, reaches those who run the tests.
    given: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, "check": False}
    given["start_new_session"] = True
    environ = {"env": os.environ | {"PYTHONPATH": str(ROOT)}}
    return subprocess.run([sys.executable, "-m", "slalint", *arguments], **(given | environ | how))  # type: ignore[call-overload, no-any-return]


# ---- statuses


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "good.sla.yaml", *DAY], 0),
        (["check", "bad.sla.yaml"], 1),
        (["check", ".", *DAY], 1),
        (["check", "README.md"], 0),
        (["check", "bad.sla.yaml", "--fail-on", "never"], 0),
        (["check", "bad.sla.yaml", "--select", "missing-version"], 0),
        (["check", "bad.sla.yaml", "--select", "missing-version", "--fail-on", "warning"], 1),
        (["check", "gone.sla.yaml"], 2),
        (["check", "--output", "fulll"], 2),
        (["check", "--as-of", "tomorrow"], 2),
        (["check", "--fail-on", "all"], 2),
        (["check", "--select", "missing-verison"], 2),
        (["check", "--config", "gone.yaml"], 2),
        (["check", "--config", "gone.yaml", "--isolated"], 2),
        (["check", "--bogus"], 2),
        (["chekc"], 2),
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["version"], 0),
        (["explain", "placeholdr"], 2),
        (["schema", "agrement"], 2),
        (["new", "interal"], 2),
        (["show", "gone.md"], 2),
        (["show", "gone.txt"], 2),
        (["test"], 2),
    ],
)
def test_exit_status(run, arguments: list[str], status: int) -> None:  # type: ignore[no-untyped-def]
    ran = run(*arguments)
    assert ran.status == status, ran.err
    if status == 2 and arguments:
        assert ran.out == "" and len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["check", "--select", "missing-verison"], "missing-version"),
        (["check", "--ignore", "metrcs"], "metrics"),
        (["check", "--output", "consise"], "concise"),
        (["chekc"], "check"),
        (["explain", "placeholdr"], "placeholder"),
        (["schema", "agrement"], "agreement"),
        (["new", "interal"], "internal"),
        (["check", "--fail-onn", "never"], "--fail-on"),
    ],
)
def test_did_you_mean(run, arguments: list[str], meant: str) -> None:  # type: ignore[no-untyped-def]
    said = run(*arguments).err
    assert "Did you mean" in said and meant in said


def test_a_crash_is_one_line_and_debug_shows_where(run, capfd, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def fall(*_: object, **__: object) -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr("slalint.engine.Linter.__call__", fall)
    ran = run("check", "bad.sla.yaml")
    assert ran.status == 2 and ran.out == ""
    assert ran.err.startswith("slalint: stopped with ValueError: two lines.") and ran.err.count("\n") == 1
    monkeypatch.setenv("SLALINT_DEBUG", "1")
    assert main(["check", "bad.sla.yaml"]) == 2
    assert capfd.readouterr().err.startswith("Traceback (most recent call last):")


def test_a_crashed_rule_is_named_and_the_status_is_2(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    (folder / "policy").mkdir()
    (folder / "policy" / "odd.py").write_text(
        "summary = 'A rule that falls over.'\nseverity = 'warning'\n\ndef check(agreement):\n    raise KeyError('x')\n"
    )
    (folder / "slalint.yaml").write_text("rules: [policy]\n")
    ran = run("check", "bad.sla.yaml", "--output", "concise")
    assert ran.status == 2 and "rule-crashed" in ran.out and "missing-termination-policy" in ran.out
    assert "odd" in ran.err and "KeyError" in ran.err


# ---- streams


def test_findings_on_stdout_everything_else_on_stderr(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "bad.sla.yaml", "README.md", "gone.sla.yaml", "--output", "concise")
    assert ran.status == 2
    assert all(line.startswith("bad.sla.yaml:") for line in ran.out.splitlines()) and ran.out
    assert "README.md: left out, does not look like an agreement" in ran.err
    assert "gone.sla.yaml: no such file or directory" in ran.err
    assert ran.err.splitlines()[-1].startswith("1 agreement checked by ")
    assert "1 file left out" in ran.err and "1 path could not be looked at (no such file or directory)" in ran.err


def test_quiet_and_nothing_found(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "good.sla.yaml", "README.md", "--quiet", *DAY)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert run("check", "bad.sla.yaml", "-q", "--output", "concise").err == ""


def test_pre_commit_hears_nothing_of_other_files(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PRE_COMMIT", "1")
    ran = run("check", "README.md", "bad.sla.yaml", "--force-exclude")
    assert "README.md" not in ran.out + ran.err and "1 file left out" in ran.err


def test_json_on_stdout_is_json_alone_and_meets_its_schema(run) -> None:  # type: ignore[no-untyped-def]
    validator = Draft202012Validator(json.loads(resources.schema_text("report")))
    for arguments in (
        ["bad.sla.yaml"],
        ["."],
        ["gone.yaml", "README.md"],
        ["bad.sla.yaml", "gone.yaml", "--statistics"],
    ):
        ran = run("check", *arguments, "--output", "json")
        said = json.loads(ran.out)
        validator.validate(said)
        assert said["summary"]["exitStatus"] == ran.status
    assert (
        run("check", "bad.sla.yaml", "--output", "json").out == run("check", "bad.sla.yaml", "--output", "json-v1").out
    )


def test_several_outputs_to_files_and_stdout(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "bad.sla.yaml", "--output", "concise", "--output", "json:out.json", "--output", "full:out.txt")
    assert len(json.loads((folder / "out.json").read_text())["findings"]) == len(ran.out.splitlines())
    assert "  Why: " in (folder / "out.txt").read_text()
    ran = run("check", "bad.sla.yaml", "--output", "json:no/such/folder.json")
    assert ran.status == 2 and "no/such/folder.json: the report cannot be written" in ran.err and ran.out == ""


def test_a_new_report_is_one_new_file(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from slalint import reports

    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "count.py").write_text("def render(report):\n    return f'{len(report.findings)}\\n'\n")
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(tmp_path / "formats")])
    ran = run("check", "bad.sla.yaml", "--output", "count", "--color", "always")
    assert ran.status == 1 and int(ran.out) > 0
    sys.modules.pop("slalint.reports.count")


def test_statistics(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "bad.sla.yaml", "--statistics", "--output", "concise")
    assert any(line.split() == ["1", "error", "missing-termination-policy"] for line in ran.err.splitlines())


@pytest.mark.parametrize(
    ("wish", "environ", "terminal", "color"),
    [
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False, False),
    ],
)
def test_color(wish: str, environ: dict[str, str], terminal: bool, color: bool) -> None:
    class Stream:
        def isatty(self) -> bool:
            return terminal

    assert colorful(wish, Stream(), environ) is color  # type: ignore[arg-type]


def test_color_reaches_the_text_but_no_program(run) -> None:  # type: ignore[no-untyped-def]
    assert "\x1b[31m" in run("check", "bad.sla.yaml", "--color", "always").out
    assert "\x1b" not in run("check", "bad.sla.yaml").out
    assert "\x1b" not in run("check", "bad.sla.yaml", "--color", "always", "--output", "json").out


def test_github_takes_no_line_for_a_command(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (folder / "::error::x ##[x].sla.yaml").write_text(BAD)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for form in ("full", "concise", "json"):
        out = run("check", ".", "--output", form).out
        assert "##[" not in out and not [line for line in out.splitlines() if line.lstrip().startswith("::")]
    (folder / "::error::y.md").write_text("# About us\n")
    for arguments in (("::error::y.md", "::gone.md"), (".", "--show-files")):
        ran = run("check", *arguments)
        assert not [line for line in (ran.out + ran.err).splitlines() if line.startswith("::") or "##[" in line]
    assert any("##[x]" in str(one["path"]) for one in run("check", ".", "--output", "json").findings)


# ---- what is checked, and how


def test_standard_input(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    for name, shown in (((), "stdin.yaml"), (("--stdin-filename", "x/mail.sla.yaml"), "x/mail.sla.yaml")):
        done = spawn("check", "-", "--output", "concise", *name, input=BAD)
        assert done.returncode == 1 and done.stdout.startswith(f"{shown}:"), done.stderr
    done = spawn("check", "-", input="# Service level agreement\n\nWe print.\n")
    assert done.returncode == 1 and "stdin.md:1" in done.stdout, done.stderr
    done = spawn("check", "-", "--stdin-filename", "old/a.sla.yaml", "--exclude", "old/", "--force-exclude", input=BAD)
    assert done.returncode == 0 and done.stdout == ""
    for text, first in ((BAD, "stdin.yaml: Printing"), ("# Service level agreement\n\nHi.\n", "stdin.md: Service")):
        done = spawn("show", "-", input=text)
        assert done.returncode == 0 and done.stdout.startswith(first), done.stderr


@pytest.mark.parametrize("command", ["check", "register", "show"])
def test_nothing_on_standard_input(command: str) -> None:
    for text in ("", "\n"):
        done = spawn(command, "-", input=text)
        assert done.returncode == 2 and "-: standard input is empty" in done.stderr, done.stderr


def test_an_empty_page_in_an_editor_is_no_mishap() -> None:
    assert spawn("check", "-", "--stdin-filename", "notes.md", input="").returncode == 0
    assert spawn("check", "-", "--stdin-filename", "mail.sla.yaml", input="").returncode == 1


def test_a_name_for_standard_input_that_is_not_read(run) -> None:  # type: ignore[no-untyped-def]
    for command in ("check", "show"):
        ran = run(command, "bad.sla.yaml", "--stdin-filename", "x.md")
        assert ran.status == 2 and "put - " in ran.err and not ran.out


def test_a_pattern_that_fits_nothing(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "*.nothing")
    assert ran.status == 2 and ran.err.startswith("slalint: *.nothing: no file fits this pattern\n")
    assert ran.err.endswith(" 1 path could not be looked at (no file fits this pattern).\n")


def test_as_agreement_takes_any_file(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("check", "README.md", "--as-agreement").status == 1
    (folder / "plain.yaml").write_text("metadata: {title: Printing}\n")
    assert run("check", "plain.yaml").status == 0
    assert run("check", "plain.yaml", "--as-agreement").status == 1


def test_show_files(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    (folder / "slalint.yaml").write_text("agreements: [deals/*.md]\n")
    (folder / "deals").mkdir()
    (folder / "deals" / "one.md").write_text("# Printing\n")
    (folder / "notes.txt").write_text("")
    assert run("check", "--show-files").out.splitlines() == [
        "README.md: left out: does not look like an agreement",
        "bad.sla.yaml: agreement",
        "good.sla.yaml: agreement",
        "deals/one.md: agreement: agreements in slalint.yaml",
    ]
    ran = run("check", "--show-files", "notes.txt", "gone.yaml")
    assert ran.status == 2 and ran.out.startswith("notes.txt: left out: no format that slalint reads")
    assert "gone.yaml: unreadable: no such file" in ran.out


def rules_of(ran: Ran) -> set[object]:
    return {one["rule"] for one in ran.findings}


def test_select_and_ignore(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    asked = ("check", "bad.sla.yaml", "--output", "json")
    everything = rules_of(run(*asked))
    assert rules_of(run(*asked, "--select", "missing-termination-policy")) == {"missing-termination-policy"}
    policies = rules_of(run(*asked, "--select", "policies"))
    assert "missing-termination-policy" in policies and "missing-review" not in policies
    assert rules_of(run(*asked, "--ignore", "policies,missing-review")) == everything - policies - {"missing-review"}
    (folder / "slalint.yaml").write_text("ignore: [policies]\nseverity: {missing-review: off}\n")
    assert rules_of(run(*asked)) == everything - policies - {"missing-review"}
    assert rules_of(run(*asked, "--select", "policies", "--ignore", "missing-termination-policy")) == policies - {
        "missing-termination-policy"
    }
    assert rules_of(run(*asked, "--isolated")) == everything


def test_profile_and_severity(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    asked = ("check", "bad.sla.yaml", "--output", "json")
    assert rules_of(run(*asked, "--profile", "basic")) < rules_of(run(*asked))
    (folder / "slalint.yaml").write_text("severity: {policies: info}\nselect: [policies]\n")
    assert {one["severity"] for one in run(*asked).findings} == {"info"}
    assert run(*asked).status == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links")
def test_what_cannot_be_read_is_said_and_the_rest_is_checked(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from slalint.disk import files

    read = files.read

    def refuse(place: str) -> bytes:
        if "good" in place:
            raise PermissionError(13, "Permission denied")
        return read(place)

    monkeypatch.setattr(files, "read", refuse)
    (folder / "nowhere.sla.yaml").symlink_to("gone")
    (folder / "circle.sla.yaml").symlink_to("circle.sla.yaml")
    ran = run("check", ".", "--output", "concise")
    assert ran.status == 2 and "bad.sla.yaml:" in ran.out
    assert "good.sla.yaml: permission denied" in ran.err and "circle.sla.yaml: " in ran.err
    assert "1 a link that leads nowhere" in ran.err and "slalint: nowhere" not in ran.err


def test_files_are_read_one_at_a_time(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from slalint import engine
    from slalint.disk import files

    steps: list[str] = []
    read, lint = files.read, engine.Linter.__call__
    monkeypatch.setattr(files, "read", lambda place: (steps.append("read"), read(place))[1])
    monkeypatch.setattr(engine.Linter, "__call__", lambda *given: (steps.append("lint"), lint(*given))[1])
    run("check", "--no-cache", "bad.sla.yaml", "good.sla.yaml", "README.md")
    assert steps == ["read", "lint"] * 3


def test_no_order_depends_on_how_files_are_named(run) -> None:  # type: ignore[no-untyped-def]
    one = run("check", "good.sla.yaml", "bad.sla.yaml", "README.md", "--output", "json").out
    assert one == run("check", "README.md", "bad.sla.yaml", "good.sla.yaml", "--output", "json").out


# ---- the other commands


def test_every_command_has_help_and_a_line_in_the_list(run) -> None:  # type: ignore[no-untyped-def]
    listed = run("--help").out
    for name in plugins.modules(commands):
        line = next(line for line in listed.splitlines() if line.startswith(f"  {name} "))
        assert len(line.split()) > 2 and not line.endswith("...")
        assert run(name, "--help").out.startswith(f"Usage: slalint {name}")


def test_explain(run) -> None:  # type: ignore[no-untyped-def]
    said = run("explain", "missing-termination-policy").out
    for piece in ("Severity: error", "Category: policies", "Why: ", "\nFix:\n", "Bad (yaml)", "Good (yaml)", "\n  > "):
        assert piece in said
    assert "# expect" not in said


def test_rules(run) -> None:  # type: ignore[no-untyped-def]
    table = run("rules").out.splitlines()
    listed = json.loads(run("rules", "--format", "json").out)["rules"]
    assert len(table) == len(listed) + 1
    assert {line.split()[0] for line in table[1:]} == {one["name"] for one in listed}


def test_schema(run) -> None:  # type: ignore[no-untyped-def]
    names = run("schema").out.split()
    assert {"agreement", "rule", "config", "report", "reading"} <= set(names)
    for name in names:
        Draft202012Validator.check_schema(json.loads(run("schema", name).out))


def test_new(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    types = run("new").out.split()
    assert {"customer", "internal", "ola", "supplier", "marketing-sales"} <= set(types)
    for form in ("md", "yaml"):
        text = run("new", "internal", "--format", form).out
        assert text and run("new", "internal", "--format", form, "--output", f"a.{form}").status == 0
        assert (folder / f"a.{form}").read_text() == text
        ran = run("new", "internal", "--format", form, "--output", f"a.{form}")
        assert ran.status == 2 and "exists already" in ran.err
    assert run("new", "internal", "--output", "no/such/folder.md").status == 2


RULE = """summary: Every service names who pays for it.
severity: warning
given: /services/*
then: {{required: [x-payer]}}
message: Nobody pays for {{name}}.
bad:
  - yaml: |
      services:
        - id: mail{bad}
good:
  - yaml: |
      services:
        - {{id: mail, {good}: CC-1}}
"""


@pytest.mark.parametrize(
    ("bad", "good", "status", "said"),
    [
        (" # expect", "x-payer", 0, "1 rule with 2 examples: none failed."),
        ("", "x-payer", 1, "bad example 1 (yaml): no line is marked"),
        (" # expect\n          title: x # expect", "x-payer", 1, "bad example 1 (yaml): line 3 must be reported"),
        (
            " # expect",
            "x-buyer",
            1,
            "good example 1 (yaml): line 2 is reported, but must not be: Nobody pays for mail.",
        ),
        (" # expect", "x-payer: 1 # expect\n        - {id: x, x-payer", 1, "nothing is to be reported in a good"),
    ],
)
def test_test(run, folder: Path, bad: str, good: str, status: int, said: str) -> None:  # type: ignore[no-untyped-def]
    (folder / "policy").mkdir()
    (folder / "policy" / "payer.yaml").write_text(RULE.format(bad=bad, good=good))
    ran = run("test", "policy")
    assert ran.status == status and said in ran.out + ran.err, ran.out + ran.err
    (folder / "slalint.yaml").write_text("rules: [policy]\n")
    assert run("test").out.replace(str(folder) + "/", "") == ran.out


def test_a_rule_without_examples_fails_its_test(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    (folder / "policy").mkdir()
    (folder / "policy" / "payer.yaml").write_text(RULE.split("bad:")[0].format())
    ran = run("test", "policy")
    assert ran.status == 1 and "it has no examples" in ran.out
    assert run("test", "nowhere").status == 2


# ---- the process


def test_a_broken_pipe_keeps_the_status(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}.sla.yaml").write_text(BAD)
    for arguments, status in ((["check", "."], 1), (["check", ".", "--fail-on", "never"], 0), (["--help"], 0)):
        reader, writer = os.pipe()
        os.close(reader)
        done = spawn(*arguments, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = spawn("check", "bad.sla.yaml", capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 2 and "slalint: the output cannot be written" in done.stderr
        assert len(done.stderr.splitlines()) <= 2
        assert spawn("version", capture_output=False, stdout=full, stderr=subprocess.PIPE).returncode == 2
    assert spawn("check", "bad.sla.yaml", "--output", "json:/dev/full").returncode == 2


def test_a_closed_stdout_or_stderr_is_no_crash(folder: Path) -> None:
    command = f"{sys.executable} -m slalint check bad.sla.yaml"
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        done = subprocess.run(
            f"{command} {closing}", shell=True, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, (closing, done.stderr)


def until_read(fifo: Path, process: subprocess.Popen[str]) -> int:
    """The writing end of a fifo, once slalint reads from it; fails rather than waits if slalint never does."""
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as nobody:
            assert nobody.errno == errno.ENXIO
            time.sleep(0.01)
    pytest.fail("slalint did not open the file")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_interrupted_is_130(folder: Path) -> None:
    os.mkfifo(folder / "slow.sla.yaml")
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    # A shell that starts the tests in the background has them ignore interrupts, and Python heeds that.
    heed = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"import runpy, signal; {heed}; runpy.run_module('slalint', run_name='__main__')"
    command = [sys.executable, "-c", code, "check", "slow.sla.yaml"]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            pipe = until_read(folder / "slow.sla.yaml", process)
            time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
            os.close(pipe)
        finally:
            process.kill()
    assert process.returncode == 130 and said.strip() == "slalint: interrupted"


def test_a_terminal_that_cannot_show_a_character(folder: Path) -> None:
    (folder / "über.sla.yaml").write_text(BAD.replace("Printing", "Drücken – 可用"))
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = spawn("check", ".", env=environ)
    assert done.returncode == 1 and "\\xfcber.sla.yaml" in done.stdout


HEAVY = {"jsonschema", "ruamel", "pathspec", "markdown_it", "mdit_py_plugins", "importlib.metadata", "dataclasses"}


def test_checking_one_file_imports_little(folder: Path) -> None:
    code = (
        "import sys; from slalint.cli import main; status = main(['check', 'good.sla.yaml', '-q'"
        f", *{DAY!r}]); print(status, *sorted({HEAVY!r} & set(sys.modules)))"
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False)
    assert done.stdout == "0\n", done.stdout + done.stderr
    code = "import sys; from slalint.cli import main; main(['--version']); print('click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("\nFalse\n")


@pytest.mark.parametrize(
    ("before", "awaited"),
    [
        ("pass", False),
        ("import atexit; atexit.register(print, 'told of the end')", True),
        ("import threading; threading.Timer(0.3, print, ['told of the end']).start()", True),
    ],
)
def test_the_command_ends_the_process_with_all_said(before: str, awaited: bool, folder: Path) -> None:
    code = (
        f"import sys; from slalint.cli import script; {before}; sys.argv = ['slalint', *sys.argv[1:]]; "
        "sys.stdout.write('first, '); script()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "bad.sla.yaml", "--output", "concise", *DAY],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and done.stdout.startswith("first, bad.sla.yaml:") and "1 agreement" in done.stderr
    assert done.stdout.endswith("told of the end\n") is awaited


def test_progress_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from slalint.cli import _progress

    class Terminal:
        said = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.said += text

        def flush(self) -> None:
            pass

    terminal, now = Terminal(), iter(range(100))
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(_progress, "monotonic", lambda: next(now))
    for name in ("CI", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert list(_progress.watched([1, 2, 3], 3)) == [1, 2, 3]
    assert "1 of 3 files" in terminal.said and terminal.said.endswith("\r\x1b[K")
    for name in ("CI", "PRE_COMMIT"):
        terminal.said = ""
        monkeypatch.setenv(name, "1")
        assert list(_progress.watched([1, 2], 2)) == [1, 2] and terminal.said == ""
        monkeypatch.delenv(name)


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_named_file_that_may_not_be_read_is_told_like_any_other(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: object, *_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", path)

    (tmp_path / "mail.sla.yaml").write_text("kind: ServiceLevelAgreement\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr("slalint.disk.files.read", refuse)
    assert main([command, "mail.sla.yaml"]) == 2
    assert "mail.sla.yaml: permission denied" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("slalint ch", ["check"]),
        ("slalint check --output sa", ["sarif"]),
        ("slalint check --output json-", ["json-v1"]),
        ("slalint check --select metrics,undefined-a", ["metrics,undefined-acronym"]),
        ("slalint completion ", ["bash", "fish", "zsh"]),
    ],
)
def test_a_shell_completes(words: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Bash, with the script that slalint prints, asked for what it would offer."""
    command = Path(sys.executable).with_name("slalint")
    script = subprocess.run([command, "completion", "bash"], capture_output=True, text=True, check=True).stdout
    parts = " ".join(f"'{word}'" for word in words.split(" "))
    asked = f"COMP_WORDS=({parts}); COMP_CWORD={words.count(' ')}; _slalint_completion '{command}'"
    script = f'{script}\n{asked}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert sorted(done.stdout.split()) == expected, done.stderr


@pytest.mark.parametrize(("shell", "said"), [("zsh", "#compdef slalint"), ("fish", "complete --no-files --command")])
def test_other_shells(shell: str, said: str, run) -> None:  # type: ignore[no-untyped-def]
    ran = run("completion", shell)
    assert ran.status == 0 and said in ran.out and "_SLALINT_COMPLETE" in ran.out


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    program = "import sys; sys.path.insert(0, {!r}); from slalint.cli import main; sys.exit(main())"
    done = subprocess.run(
        [
            "sh",
            "-c",
            'mkdir "$1" && cd "$1" && rmdir "$1" && exec "$2" -c "$3" check .',
            "sh",
            gone,
            sys.executable,
            program.format(str(ROOT)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "the working folder is gone" in done.stderr and "fault" not in done.stderr
