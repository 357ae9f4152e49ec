"""Known findings: what survives which change, what comes back, and what `slalint waivers` lists."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from slalint import baseline, resources
from slalint.baseline import BaselineError, Entry
from slalint.cli import main
from slalint.model import FileResult, Finding, Report, SourceFile, Span

DAY = "2026-07-01"
ONLY = ("--select", "untracked-metric,placeholder")

DATA = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata:
  id: mail
  title: Mail
metrics:
  - id: availability
    target: at least 99.5 %
  - id: speed
    target: at most 2 s
"""
PROSE = """\
# Service level agreement: printing

The service level manager is [Name].

The customer is represented by [Representative].
"""


class Ran(NamedTuple):
    status: int
    out: str
    err: str


class Project:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments: str) -> Ran:
        self.capsys.readouterr()
        status = main(list(arguments))
        return Ran(status, *self.capsys.readouterr())

    def check(self, *arguments: str) -> list[str]:
        """What is found beyond the baseline: path and rule."""
        ran = self.run("check", "--as-of", DAY, "--output", "json", "-q", *ONLY, *arguments)
        return [f"{one['path']}: {one['rule']}" for one in json.loads(ran.out)["findings"]]

    def entries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.folder / baseline.NAME).read_text())["findings"]
        return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    made = Project(tmp_path, capsys)
    made.write("slalint.yaml", f"baseline: {baseline.NAME}\nselect: [untracked-metric, placeholder]\n")
    made.write("contracts/mail.sla.yaml", DATA)
    made.write("contracts/printing-sla.md", PROSE)
    return made


# ---- create, and what survives


def test_what_is_known_does_not_count_and_is_listed_as_suppressed(project: Project) -> None:
    assert len(project.check("--no-baseline")) == 4
    ran = project.run("baseline", "create")
    assert ran.status == 0 and "slalint-baseline.json: 4 known findings." in ran.err
    assert project.check() == []
    ran = project.run("check", "--as-of", DAY)
    assert ran.status == 0 and "4 findings suppressed." in ran.err
    said = json.loads(project.run("check", "--output", "json", "-q").out)
    assert {one["waiver"]["kind"] for one in said["suppressed"]} == {"baseline"}
    assert said["suppressed"][0]["waiver"]["reason"] == baseline.KNOWN
    assert len(project.check("--no-baseline")) == 4
    Draft202012Validator(json.loads(resources.schema_text("baseline"))).validate(
        json.loads((project.folder / baseline.NAME).read_text())
    )


def test_an_entry_is_a_line_and_lines_are_sorted(project: Project) -> None:
    project.run("baseline", "create", "--reason", "Old.", "--owner", "dana", "--until", "2026-12-31")
    text = (project.folder / baseline.NAME).read_text()
    lines = [line.strip().rstrip(",") for line in text.splitlines() if '"fingerprint"' in line]
    assert len(lines) == 4 and lines == sorted(lines)
    assert [json.loads(line)["owner"] for line in lines] == ["dana"] * 4
    project.run("baseline", "create")
    assert (project.folder / baseline.NAME).read_text() == text, "what is known stays as it was said"


def reordered(text: str) -> str:
    first, second = re.findall(r"  - id: .*\n    target: .*\n", text)
    return text.replace(first + second, second + first)


@pytest.mark.parametrize(
    "change",
    [
        reordered,
        lambda text: text.replace("\n  - id", "\n- id").replace("\n    target", "\n  target"),
        lambda text: text.replace(" at least 99.5 %", ' "at least 99.5 %"   # as agreed'),
        lambda text: "# Copyright\n\n\n" + text.replace("\n", "\r\n"),
        lambda text: json.dumps(
            {
                "metrics": [
                    {"target": "at most 2 s", "id": "speed"},
                    {"id": "availability", "target": "at least 99.5 %"},
                ],
                "metadata": {"title": "Mail", "id": "mail"},
                "kind": "ServiceLevelAgreement",
                "apiVersion": "slalint/v1",
            }
        ),
        lambda text: text.replace("title: Mail", "title: Mail for the council"),
    ],
    ids=["reordered", "indented", "quoted", "moved down", "as JSON on one line", "another part changed"],
)
def test_it_survives_what_changes_no_promise(project: Project, change: Callable[[str], str]) -> None:
    project.run("baseline", "create")
    changed = change(DATA)
    assert changed != DATA
    project.write("contracts/mail.sla.yaml", changed)
    assert project.check() == []


def test_it_survives_reordering_and_reflowing_of_prose(project: Project) -> None:
    project.run("baseline", "create")
    head, manager, customer = PROSE.strip().split("\n\n")
    project.write(
        "contracts/printing-sla.md", f"{head}\n\nNew.\n\n{customer}\n\n{manager.replace(' is ', chr(10) + 'is ')}\n"
    )
    assert project.check() == []


def test_it_survives_a_move_of_an_agreement_with_an_id(project: Project) -> None:
    project.run("baseline", "create")
    (project.folder / "contracts/mail.sla.yaml").rename(project.folder / "contracts/post.sla.yaml")
    project.write("deeper/down/x.sla.yaml", (project.folder / "contracts/post.sla.yaml").read_text())
    (project.folder / "contracts/post.sla.yaml").unlink()
    assert project.check() == []
    assert project.check("deeper") == [], "the old file is gone, though nobody named it"
    ran = project.run("baseline", "prune")
    assert "0 known findings taken out, 4 left." in ran.err
    assert {entry["path"] for entry in project.entries()} == {"contracts/printing-sla.md", "deeper/down/x.sla.yaml"}


def test_a_copy_under_the_same_id_is_new(project: Project) -> None:
    project.run("baseline", "create")
    project.write("contracts/copy.sla.yaml", DATA)
    assert project.check() == ["contracts/copy.sla.yaml: untracked-metric"] * 2
    assert project.check("contracts/copy.sla.yaml") == ["contracts/copy.sla.yaml: untracked-metric"] * 2


def test_what_is_new_counts(project: Project) -> None:
    project.run("baseline", "create")
    project.write("contracts/mail.sla.yaml", DATA + "  - id: answer\n    target: at most 4 h\n")
    assert project.check() == ["contracts/mail.sla.yaml: untracked-metric"]
    project.write("contracts/mail.sla.yaml", DATA.replace("id: speed", "id: pace"))
    assert project.check() == ["contracts/mail.sla.yaml: untracked-metric"]
    ran = project.run("check")
    assert ran.status == 1 and "1 entry is found no more; `slalint baseline prune` takes them out" in ran.err


def test_it_does_not_depend_on_the_working_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.run("baseline", "create")
    text = (project.folder / baseline.NAME).read_text()
    monkeypatch.chdir(project.folder / "contracts")
    assert project.check() == []
    project.run("baseline", "create", "..")
    assert (project.folder / baseline.NAME).read_text() == text


def test_batches_of_files_give_the_same_as_one_run(project: Project) -> None:
    for number in range(6):
        project.write(f"contracts/{number}.sla.yaml", DATA.replace("id: mail", f"id: mail-{number}"))
    project.run("baseline", "create")
    project.write(
        "contracts/3.sla.yaml", DATA.replace("id: mail", "id: mail-3") + "  - id: new\n    target: at most 1 s\n"
    )
    files = sorted(str(path.relative_to(project.folder)) for path in (project.folder / "contracts").iterdir())
    one_by_one = [found for file in files for found in project.check(file)]
    assert one_by_one == project.check() == ["contracts/3.sla.yaml: untracked-metric"]


# ---- prune and show


def test_prune_takes_out_what_is_mended_or_gone_and_nothing_else(project: Project) -> None:
    project.write("contracts/web.sla.yaml", DATA.replace("id: mail", "id: web"))
    project.run("baseline", "create")
    project.write("contracts/mail.sla.yaml", DATA.partition("  - id: speed")[0])
    (project.folder / "contracts/web.sla.yaml").unlink()
    ran = project.run("baseline", "prune", "contracts/mail.sla.yaml")
    assert "3 known findings taken out, 3 left." in ran.err
    assert sorted(entry["path"] for entry in project.entries()) == [
        "contracts/mail.sla.yaml",
        *["contracts/printing-sla.md"] * 2,
    ]


def test_a_file_that_is_no_agreement_any_more_is_clean(project: Project) -> None:
    project.run("baseline", "create")
    project.write("contracts/printing-sla.md", "# Meeting\n\nWe met.\n")
    (project.folder / "contracts/printing-sla.md").rename(project.folder / "contracts/meeting.md")
    project.write("contracts/mail.sla.yaml", "apiVersion: v1\nkind: Deployment\n")
    assert "4 known findings taken out, 0 left." in project.run("baseline", "prune").err


def test_creating_it_for_some_files_keeps_what_is_known_of_others(project: Project) -> None:
    project.run("baseline", "create", "--owner", "dana")
    project.write("contracts/mail.sla.yaml", DATA + "  - id: answer\n    target: at most 4 h\n")
    ran = project.run("baseline", "create", "--owner", "kim", "contracts/mail.sla.yaml")
    assert "5 known findings." in ran.err
    assert sorted(entry["owner"] for entry in project.entries()) == [*["dana"] * 4, "kim"]


def test_rules_that_did_not_run_leave_nothing_out_of_date(project: Project) -> None:
    project.run("baseline", "create")
    assert "found no more" not in project.run("check", "--select", "placeholder").err


def test_show(project: Project) -> None:
    project.run("baseline", "create", "--reason", "Old.", "--owner", "dana", "contracts/mail.sla.yaml")
    assert project.run("baseline", "show").out == (
        "contracts/mail.sla.yaml\n"
        "  untracked-metric: Nothing measures “availability”. (Old., owner=dana)\n"
        "  untracked-metric: Nothing measures “speed”. (Old., owner=dana)\n"
    )
    (first, _) = json.loads(project.run("baseline", "show", "--format", "json").out)
    assert first["path"] == "contracts/mail.sla.yaml" and first["owner"] == "dana" and "at" not in first


# ---- what comes back


def test_what_is_known_until_a_day_comes_back_and_says_so(project: Project) -> None:
    project.run("baseline", "create", "--until", "2026-06-30", "contracts/mail.sla.yaml")
    said = json.loads(project.run("check", "--as-of", DAY, "--output", "json", "-q", "contracts/mail.sla.yaml").out)
    told = [(one["path"], one["message"]) for finding in said["findings"] for one in finding["related"]]
    assert told == [(baseline.NAME, "known until 2026-06-30, which is past")] * 2
    assert project.check("--as-of", "2026-06-30", "contracts/mail.sla.yaml") == []


def test_locked_rules_are_not_put_into_a_baseline_and_not_heeded_in_one(project: Project) -> None:
    project.run("baseline", "create")
    with (project.folder / "slalint.yaml").open("a") as stream:
        stream.write("locked: [untracked-metric]\n")
    assert project.check() == ["contracts/mail.sla.yaml: untracked-metric"] * 2
    assert "locked" in project.run("check").out
    ran = project.run("baseline", "create")
    assert "2 findings of locked rules cannot be put there." in ran.err and len(project.entries()) == 2


# ---- what cannot be used


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "slalint-baseline.json:1:"),
        ("[]", "slalint-baseline.json:1:1:"),
        ('{"version": 2, "findings": []}', "slalint-baseline.json:1:13:"),
        ('{"version": 1, "findings": [{"path": "a", "rule": "b", "message": "c"}]}', "fingerprint"),
        ('{"version": 1, "findings": [{"path": "a", "rule": "b", "message": "c", "untill": ""}]}', "until"),
    ],
)
def test_a_baseline_that_cannot_be_used(project: Project, text: str, told: str) -> None:
    project.write(baseline.NAME, text)
    for command in (["check"], ["baseline", "show"], ["baseline", "prune"], ["baseline", "create"], ["waivers"]):
        ran = project.run(*command)
        assert ran.status == 2 and told in ran.err and "fault of slalint" not in ran.err, command
    with pytest.raises(BaselineError):
        baseline.read(SourceFile(baseline.NAME, text))


def test_a_baseline_that_is_not_there(project: Project) -> None:
    ran = project.run("check")
    assert ran.status == 2 and "there is no such baseline; `slalint baseline create` writes one" in ran.err
    assert project.run("check", "--no-baseline").status == 1
    assert project.run("check", "--baseline", "other.json").status == 2


def test_another_file_on_request(project: Project) -> None:
    project.write("slalint.yaml", "select: [untracked-metric, placeholder]\n")
    assert "with --baseline slalint-baseline.json" in project.run("baseline", "create").err
    assert project.run("baseline", "create", "--file", "known.json").status == 0
    assert len(project.check()) == 4 and project.check("--baseline", "known.json") == []


# ---- matching, without files


def report(*places: tuple[str, str], files: tuple[str, ...] = ()) -> Report:
    findings = tuple(
        Finding(path, Span(0, 1, 1, 1), "r", "m", "error", "high", "c", 1, 2, fingerprint=print_)
        for path, print_ in places
    )
    return Report(findings, tuple(FileResult(path, "checked", "", 1) for path in {p for p, _ in places} | set(files)))


@pytest.mark.parametrize(
    ("entries", "found", "looked_at", "gone", "left", "outdated"),
    [
        ("a1", "a1", "", "", "", ""),
        ("a1", "b1", "", "", "b1", ""),  # a may hold it still
        ("a1", "b1", "a", "", "", ""),  # a was looked at: it has moved
        ("a1", "b1", "", "a", "", ""),
        ("a1", "a1 b1", "", "", "b1", ""),
        ("a1 b1", "b1", "a", "", "", "a1"),
        ("a1", "b1 c1", "", "a", "c1", ""),
        ("a1 b1", "c1 d1", "", "a b", "", ""),
        ("a1 a2", "a1", "", "", "", "a2"),
        ("a1", "", "", "a", "", "a1"),
        ("a1", "", "", "", "", ""),
    ],
)
def test_matching(entries: str, found: str, looked_at: str, gone: str, left: str, outdated: str) -> None:
    known = [Entry(one[0], "r", one[1], "m") for one in entries.split()]
    told = report(*((one[0], one[1]) for one in found.split()), files=tuple(looked_at.split()))
    after, old = baseline.apply(told, known, "b.json", (), lambda path: path in gone.split())
    assert [f.path + f.fingerprint for f in after.findings] == left.split()
    assert [e.path + e.fingerprint for e in old] == outdated.split()
    assert len(after.findings) + len(after.suppressed) == len(told.findings)


@pytest.mark.parametrize("spoil", [str, lambda text: text.replace('{"path"', '{ "path"')], ids=["as written", "edited"])
def test_what_is_written_is_read_again(spoil: Callable[[str], str]) -> None:
    entries = [Entry("b", "r", "2", "“é”\n"), Entry("a", "r", "1", "m", "why", "who", "T-1", "2026-12-31")]
    again = baseline.read(SourceFile("b.json", spoil(baseline.write(entries))))
    assert [one._replace(at=Span(0, 0, 1, 1)) for one in again] == sorted(entries)
    assert [(one.at.line, one.at.column) for one in again] == [(5, 5), (6, 5)]
    assert baseline.read(SourceFile("b.json", baseline.write([]))) == ()


# ---- waivers


def test_waivers(project: Project) -> None:
    project.run("baseline", "create", "--until", "2026-07-03", "--owner", "dana", "contracts/printing-sla.md")
    project.write(
        "contracts/mail.sla.yaml",
        DATA.replace(
            "availability\n", "availability # slalint: ignore[untracked-metric] On order. until=2026-06-30\n"
        ).replace("speed\n", "speed # slalint: ignore[untracked-metric, placeholder] For good. ticket=OPS-1\n"),
    )
    with (project.folder / "slalint.yaml").open("a") as stream:
        stream.write(
            "suppressions:\n  - {rule: placeholder, path: x/, reason: Later., until: 2026-07-02, owner: kim}\n"
        )
    ran = project.run("waivers", "--as-of", DAY)
    assert ran.status == 0
    assert ran.err == "5 waivers, 1 expired. 2 of them in the baseline; --all lists each.\n"
    first = [
        "left|where|rules|owner|ticket|reason",
        "expired|contracts/mail.sla.yaml:7|untracked-metric|-|-|On order.",
        "1 day|slalint.yaml:4|placeholder|kim|-|Later.",
        "for good|contracts/mail.sla.yaml:9|untracked-metric, placeholder|-|OPS-1|For good.",
    ]
    assert [re.sub("  +", "|", line) for line in ran.out.splitlines()] == [
        *first,
        "2 days|contracts/printing-sla.md|2 known findings|dana|-|known when the baseline was made",
    ]
    ran = project.run("waivers", "--as-of", DAY, "--all")
    assert ran.err == "5 waivers, 1 expired.\n"
    assert [re.sub("  +", "|", line) for line in ran.out.splitlines()] == [
        *first,
        "2 days|slalint-baseline.json:5|placeholder|dana|-|known when the baseline was made",
        "2 days|slalint-baseline.json:6|placeholder|dana|-|known when the baseline was made",
    ]
    said = json.loads(project.run("waivers", "--as-of", DAY, "--format", "json").out)
    assert [one["daysLeft"] for one in said["waivers"]] == [-1, 1, None, 2, 2]
    assert {one["kind"] for one in said["waivers"]} == {"comment", "configuration", "baseline"}


def test_the_baseline_in_waivers_is_a_row_a_file(project: Project) -> None:
    line = '{"path": "%s.md", "rule": "placeholder", "fingerprint": "%d", "message": "m", "reason": "%s"%s}'
    entries = [
        line % ("a", 1, "old", ""),
        line % ("a", 2, "odd", ', "until": "2026-06-01", "owner": "kim"'),
        line % ("a", 3, "odd", ', "until": "2027-06-01"'),
        line % ("b", 4, "old", ', "ticket": "T-1"'),
    ]
    project.write("known.json", f'{{"version": 1, "findings": [{", ".join(entries)}]}}')
    project.write("slalint.yaml", "")
    ran = project.run("waivers", "--as-of", "2027-01-01", "--baseline", "known.json")
    assert [re.sub("  +", "|", line) for line in ran.out.splitlines()[1:]] == [
        "expired|a.md|1 known finding|kim|-|odd",
        "151 days|a.md|2 known findings|-|-|2 reasons",
        "for good|b.md|1 known finding|-|T-1|old",
    ]


def test_no_waivers(project: Project) -> None:
    project.write("slalint.yaml", "")
    ran = project.run("waivers")
    assert (ran.status, ran.out, ran.err) == (0, "", "0 waivers.\n")


def test_untrusted_text_in_waivers_is_harmless(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    project.write("slalint.yaml", "")
    project.write("a.sla.yaml", DATA + "# slalint: ignore-file[x] ::error::\u202e\x1b ##[y]\n".replace("\x1b", ""))
    for way in ("text", "json"):
        out = project.run("waivers", "--format", way).out
        assert "\u202e" not in out and "##[" not in out and not re.search(r"(?m)^\s*::", out)


def test_a_run_without_a_baseline_never_loads_it(project: Project) -> None:
    import sys

    code = "import sys; from slalint.cli import main; main(['check', '--isolated', '-q', 'contracts']); "
    code += "assert 'slalint.baseline' not in sys.modules and 'slalint.suppressions' not in sys.modules"
    with contextlib.chdir(project.folder):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
