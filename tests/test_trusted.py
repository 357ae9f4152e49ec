"""`check --trusted-config`: what somebody's branch brings along decides nothing, and none of it is run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from slalint.cli import main

BAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n"
RULE = """\
summary = "A title says whom the service is for."
severity = "error"


def check(agreement):
    if agreement.title is not None:
        yield agreement.title, f"{agreement.title.text} for whom?"
"""
EVIL = 'from pathlib import Path\n\nPath("MARK").write_text("run")\n'
CONFIG = """\
select: [whom, missing-version, undefined-term]
rules: [policy]
glossaries: [words/glossary.md]
suppressions:
  - {rule: missing-version, path: waived.sla.yaml, reason: It is the first one.}
baseline: known.json
"""


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in whose working folder everything was done to get a bad agreement through, and to be run."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
    monkeypatch.chdir(tmp_path)
    files = {
        "slalint.yaml": CONFIG,
        "policy/whom.py": RULE,
        "words/glossary.md": "# Words\n\n- **Portal**: the booking pages\n",
        "known.json": '{"version": 1, "findings": []}\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", *command], check=True, capture_output=True)
    evil = EVIL.replace("MARK", str(tmp_path / "run-by-a-rule"))
    (tmp_path / "policy" / "whom.py").write_text(evil + RULE.replace("if agreement.title is not None", "if False"))
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / "other.py").write_text(evil + RULE)
    (tmp_path / "slalint.yaml").write_text("select: [missing-review]\nexclude: ['*']\nrules: [policy, evil]\n")
    (tmp_path / "known.json").write_text("nonsense")
    (tmp_path / "words" / "glossary.md").unlink()
    info, package = tmp_path / "evil-1.dist-info", tmp_path / "evil_rules"
    for folder in (info, package):
        folder.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[slalint.rules]\nevil = evil_rules\n")
    (package / "third.py").write_text(evil + RULE)
    for name in ("bad", "waived"):
        (tmp_path / f"{name}.sla.yaml").write_text(BAD)
    return tmp_path


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, started as it finds packages in the folder it stands in."""
    command = [sys.executable, "-m", "slalint", "check", "--output", "concise", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


FOUND = {"bad.sla.yaml: whom", "bad.sla.yaml: missing-version", "waived.sla.yaml: whom"}


def told(text: str) -> set[str]:
    """The name of each file with a rule that reports something in it."""
    parts = [line.split(": ") for line in text.splitlines() if " checked by " not in line]
    return {f"{Path(place.partition(':')[0]).name}: {rule}" for place, _, rule, *_ in parts}


def test_a_branch_runs_nothing_and_decides_nothing(branch: Path) -> None:
    done = check("--trusted-config", "main", ".")
    assert told(done.stdout) == FOUND and done.returncode == 1, done.stdout + done.stderr
    assert not (branch / "run-by-a-rule").exists()
    done = check("bad.sla.yaml")
    assert done.returncode == 2 or told(done.stdout) != FOUND
    assert (branch / "run-by-a-rule").exists(), "the branch would have had its way"


def test_from_a_folder_below(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (branch / "team").mkdir()
    monkeypatch.chdir(branch / "team")
    done = check("--trusted-config", "main", "..")
    assert told(done.stdout) == FOUND, done.stdout + done.stderr
    assert not (branch / "run-by-a-rule").exists()
    for named in ("../slalint.yaml", str(branch / "slalint.yaml")):
        assert check("--trusted-config", "main", "--config", named, "..").stdout == done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--trusted-config", "nowhere"), "--trusted-config nowhere: git knows no revision"),
        (("--trusted-config", "main", "--isolated"), "leave out --trusted-config"),
        (("--trusted-config", "main", "--config", "new.yaml"), "new.yaml: the configuration cannot be read"),
        (("--trusted-config", "main", "--baseline", "new.json"), "there is no such baseline"),
    ],
)
def test_what_cannot_be_trusted(
    branch: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (branch / "new.yaml").write_text("select: [missing-review]\n")
    (branch / "new.json").write_text(json.dumps({"version": 1, "findings": []}))
    assert main(["check", *arguments, "bad.sla.yaml"]) == 2
    assert said in capsys.readouterr().err
    assert not (branch / "run-by-a-rule").exists()


def test_with_since(branch: Path) -> None:
    done = check("--trusted-config", "main", "--since", "main", ".")
    assert told(done.stdout) == FOUND, done.stdout + done.stderr


def test_links_show_nothing_from_elsewhere(branch: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("secrets")
    (elsewhere / "token.yaml").write_text(BAD.replace("Printing", "s3cret"))
    (branch / ".git" / "credentials").write_text(BAD.replace("Printing", "s3cret"))
    for name, target in (("a", elsewhere / "token.yaml"), ("b", branch / ".git" / "credentials")):
        (branch / f"{name}.sla.yaml").symlink_to(target)
    (branch / "folder").symlink_to(elsewhere)
    (branch / "c.sla.yaml").symlink_to("bad.sla.yaml")
    done = check("--trusted-config", "main", ".", "folder/token.yaml", "a.sla.yaml")
    assert told(done.stdout) == FOUND | {"c.sla.yaml: whom", "c.sla.yaml: missing-version"}
    assert "s3cret" not in done.stdout + done.stderr
    assert "s3cret" in check("--isolated", "--output", "full", "a.sla.yaml").stdout
