"""`slalint check --since`: only what is new."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from slalint.cli import main

MAIL = "kind: ServiceLevelAgreement\nmetadata: {id: mail, title: Mail}\npolicies: {renewal: Yearly.}\n"
PROSE = "# Service level agreement for desk\n\nTickets are answered promptly.\n"


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True).stdout


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "more")


Check = Callable[..., tuple[set[tuple[str, str]], int]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Check:
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "-q")
    Path("mail.sla.yaml").write_text(MAIL)
    Path("desk.md").write_text(PROSE)
    commit()
    git("checkout", "-q", "-b", "work")

    def run(*arguments: str) -> tuple[set[tuple[str, str]], int]:
        main(["check", "--since", "main", "--output", "json", *arguments])
        out, err = capfd.readouterr()
        assert out, err
        told = json.loads(out)
        return {(f["path"], f["rule"]) for f in told["findings"]}, told["summary"]["older"]

    return run


def test_nothing_is_new_where_nothing_changed(check: Check) -> None:
    found, older = check()
    assert not found and older > 5


def test_what_a_change_brings(check: Check) -> None:
    Path("mail.sla.yaml").write_text(MAIL.replace("policies: {renewal: Yearly.}\n", ""))
    assert check()[0] == {("mail.sla.yaml", "missing-renewal-policy")}
    commit()
    assert check()[0] == {("mail.sla.yaml", "missing-renewal-policy")}
    assert not check("desk.md")[0]


def test_lines_that_move_and_files_that_move(check: Check) -> None:
    Path("old").mkdir()
    Path("mail.sla.yaml").write_text("# a comment\n\n" + MAIL)
    Path("desk.md").rename("old/help.md")
    git("add", "-A")
    assert check() == (set(), check()[1])
    Path("old/help.md").write_text(PROSE + "\nThe provider will restore mail quickly.\n")
    assert check()[0] == {("old/help.md", "vague-obligation")}


def test_a_file_that_nobody_touched(check: Check) -> None:
    Path("slalint.yaml").write_text("glossaries: [glossary.md]\n")
    Path("glossary.md").write_text("# Glossary\n\n- **Qualified lead**: a contact with a score of 60 or more.\n")
    Path("desk.md").write_text(PROSE + "\nMarketing hands over 400 qualified leads each month.\n")
    commit()
    git("branch", "-f", "main")
    assert not check()[0]
    Path("glossary.md").write_text("# Glossary\n\n- **Sales region**: the countries that one team sells to.\n")
    assert check()[0] == {("desk.md", "ambiguous-term")}


def test_what_came_to_the_branch_since_is_not_ours(check: Check) -> None:
    git("checkout", "-q", "main")
    Path("mail.sla.yaml").write_text(MAIL + "meetings: {frequency: monthly}\n")
    commit()
    git("checkout", "-q", "work")
    assert not check()[0]


def test_from_a_folder_below(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("team").mkdir()
    Path("team/leads.sla.yaml").write_text(MAIL.replace("mail", "leads").replace("Mail", "Leads"))
    commit()
    git("branch", "-f", "main")
    monkeypatch.chdir("team")
    Path("leads.sla.yaml").write_text(MAIL.replace("mail", "leads").replace("policies: {renewal: Yearly.}\n", ""))
    assert check()[0] == {("leads.sla.yaml", "missing-renewal-policy")}
    assert check(str(Path.cwd()))[0] == {("leads.sla.yaml", "missing-renewal-policy")}
    assert not check("../mail.sla.yaml")[0]


@pytest.mark.parametrize(
    ("rev", "told"),
    [
        ("nowhere", "git knows no revision “nowhere”"),
        ("--help", "no name of a revision"),
        ("origin/main", "git fetch origin main"),
    ],
)
def test_a_revision_that_is_not_there(check: Check, rev: str, told: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", f"--since={rev}"]) == 2
    assert told in capfd.readouterr().err


def test_a_shallow_clone(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("new.md").write_text(PROSE)
    commit()
    git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{Path.cwd()}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert main(["check", "--since", "origin/main"]) == 2
    assert "shallow" in capfd.readouterr().err


def test_outside_of_any_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["check", "--since", "main"]) == 2
    assert "no git repository" in capfd.readouterr().err


def test_the_work_tree_stays_as_it_is(check: Check) -> None:
    Path("mail.sla.yaml").write_text(MAIL + "# changed\n")
    before = git("status", "--porcelain")
    check("--no-cache")
    assert git("status", "--porcelain") == before == " M mail.sla.yaml\n"
