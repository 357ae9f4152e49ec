"""`slalint init`: finds out what a repository has, adds what is missing, and leaves alone what is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from slalint.cli import main

GOOD = (Path(__file__).resolve().parent.parent / "examples" / "good" / "mail.sla.yaml").read_text()
HOOKS = """\
# what runs before each commit
repos:
- repo: https://example.org/hooks   # ours
  rev: v1
  hooks:
  - id: spelling  # slow

# and in the pipeline
ci: {skip: [spelling]}
"""
ENTRY = """\
- repo: https://github.com/slalint/slalint
  rev: v0.1.0
  hooks:
    - id: slalint
    - id: slalint-config
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/trunk\n")
    (tmp_path / ".git" / "config").write_text("[core]\n\tbare = false\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def test_all_that_a_repository_has(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (".github/workflows", ".vscode", "docs", "templates"):
        (repository / folder).mkdir(parents=True)
    files = {
        ".pre-commit-config.yaml": HOOKS,
        ".gitlab-ci.yml": "stages: [build, prove]\n\nbuild:\n  stage: build\n  script: [make]\n",
        ".github/workflows/tests.yml": "on: push\njobs: {}\n",
        "docs/glossary.md": "# Words\n\n- **Portal**: the booking pages\n",
        "docs/glossary-notes.md": "# Notes\n",
        "slalint-baseline.json": '{"version": 1, "findings": []}\n',
        "mail.sla.yaml": GOOD,
        "templates/mail.sla.yaml": GOOD,
        "mail-template.sla.yaml": GOOD,
    }
    for name, text in files.items():
        (repository / name).write_text(text)

    assert main(["init", "--dry-run"]) == 0
    dry = capsys.readouterr()
    assert written(repository) == files, "a dry run writes nothing"
    assert "3 agreements found" in dry.err
    assert "+- repo: https://github.com/slalint/slalint" in dry.out and "+    branches: [trunk]" in dry.out

    (repository / "docs" / "deep").mkdir()
    for _ in "twice":  # the second run and all others change nothing
        assert main(["init"]) == 0
        found = written(repository)
        assert {name: found[name] for name in files if not name.startswith(".")} == {
            name: text for name, text in files.items() if not name.startswith(".")
        }
        assert found[".pre-commit-config.yaml"] == HOOKS.replace("  # slow\n", "  # slow\n" + ENTRY)
        assert found[".gitlab-ci.yml"].startswith(files[".gitlab-ci.yml"] + "\nslalint:\n  stage: build\n")
        assert yaml.safe_load(found[".github/workflows/slalint.yml"])["jobs"]
        assert found[".github/workflows/tests.yml"] == files[".github/workflows/tests.yml"]
        assert json.loads(found[".vscode/settings.json"])["yaml.schemas"]
        asked = yaml.safe_load(found["slalint.yaml"])
        assert asked["templates"] == ["/mail-template.sla.yaml", "/templates/"]
        assert asked["glossaries"] == ["docs/glossary.md"] and asked["baseline"] == "slalint-baseline.json"
        assert set(found) - set(files) == {"slalint.yaml", ".github/workflows/slalint.yml", ".vscode/settings.json"}
    assert main(["config", "verify"]) == 0
    validate = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(validate, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("", {".pre-commit-config.yaml", "slalint.yaml"}),
        ("git@github.com:a/b.git", {".pre-commit-config.yaml", "slalint.yaml", ".github/workflows/slalint.yml"}),
        ("https://gitlab.example.org/a/b", {".pre-commit-config.yaml", "slalint.yaml", ".gitlab-ci.yml"}),
    ],
)
def test_where_it_is_fetched_from(origin: str, expected: set[str], repository: Path) -> None:
    if origin:
        (repository / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {origin}\n')
    assert main(["init"]) == 0
    found = written(repository)
    assert set(found) == expected
    assert yaml.safe_load(found[".pre-commit-config.yaml"])["repos"] == yaml.safe_load(ENTRY)


def test_below_the_top_and_outside_of_any_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (repository / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(repository / "deep" / "down")
    assert main(["init"]) == 0 and set(written(repository)) == {".pre-commit-config.yaml", "slalint.yaml"}
    bare = tmp_path_factory.mktemp("bare")
    monkeypatch.chdir(bare)
    assert main(["init"]) == 0 and set(written(bare)) == {"slalint.yaml"}


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("repos:\n  - repo: local\n    hooks: []", True),
        ("repos:\r\n- repo: local\r\n  hooks: []\r\n", True),
        ("repos: []\nfail_fast: true\n", True),
        ("fail_fast: true\n", True),
        ("repos: [{repo: local, hooks: []}]\n", False),
        ("repos: [\n", False),
        ("- repos\n", False),
        ("repos:\n- repo: x\n  rev: v1\n  hooks: [{id: slalint-fix}]\n", False),
    ],
)
def test_hooks_that_are_there(before: str, added: bool, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = repository / ".pre-commit-config.yaml"
    path.write_bytes(before.encode())
    assert main(["init"]) == 0
    now = path.read_bytes().decode()
    if not added:
        assert now == before and ("by hand" in capsys.readouterr().out or "slalint-fix" in before)
        return
    old = yaml.safe_load(before)
    assert yaml.safe_load(now) == {**old, "repos": [*old.get("repos", ()), *yaml.safe_load(ENTRY)]}
    assert now.count("\r\n") == (now.count("\n") if "\r" in before else 0)
    assert all(line in now.splitlines() or line == "repos: []" for line in before.splitlines())


def test_what_cannot_be_written(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "workflows").write_text("no folder\n")
    (repository / ".gitlab-ci.yml").write_text("{a: [\n")
    assert main(["init"]) == 2
    ran = capsys.readouterr()
    assert ".github/workflows/slalint.yml cannot be written" in ran.err and "Traceback" not in ran.err
    assert (repository / ".gitlab-ci.yml").read_text() == "{a: [\n"
