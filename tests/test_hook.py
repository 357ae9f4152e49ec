"""The hook as users have it: real pre-commit, a real repository, the hook installed from this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.install

GOOD = Path(__file__).parent.parent / "examples" / "good"
BAD = """apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Printing}
"""
HOOKS = ("slalint", "slalint-fix", "slalint-config")


def run(command: list[str], folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "NO_COLOR": "1"}
    people = {
        f"GIT_{who}_{what}": f"{who}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "COV_"))}
    return subprocess.run(
        command, cwd=folder, env=kept | quiet | people | extra, capture_output=True, text=True, timeout=300, check=False
    )


def git(folder: Path, *words: str) -> str:
    done = run(["git", *words], folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def hooked(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A scratch repository that uses the hooks, and pre-commit's own home."""
    git(checkout, "init", "-q", "-b", "main")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "hook repository")
    folder = tmp_path_factory.mktemp("agreements")
    git(folder, "init", "-q", "-b", "main")
    revision = git(checkout, "rev-parse", "HEAD")
    hooks = "".join(f"      - id: {name}\n" for name in HOOKS)
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {checkout.as_uri()}\n    rev: {revision}\n    hooks:\n{hooks}"
    )
    return folder, tmp_path_factory.mktemp("home")


def hook(hooked: tuple[Path, Path], name: str = "slalint") -> subprocess.CompletedProcess[str]:
    folder, home = hooked
    git(folder, "add", "-A")
    return run([sys.executable, "-m", "pre_commit", "run", name], folder, PRE_COMMIT_HOME=str(home))


def test_manifest_is_valid() -> None:
    manifest = Path(__file__).parent.parent / ".pre-commit-hooks.yaml"
    done = run([sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)], manifest.parent)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hook_on_good_bad_and_other_files(hooked: tuple[Path, Path]) -> None:
    folder, _ = hooked
    (folder / "README.md").write_text("# Our agreements\n\nEach service level agreement lies in its folder.\n")
    (folder / "ci.yaml").write_text("on: push\n")
    for path in GOOD.iterdir():
        if path.suffix in (".yaml", ".md", ".json"):
            (folder / path.name).write_bytes(path.read_bytes())
    done = hook(hooked)
    assert done.returncode == 0, done.stdout + done.stderr

    (folder / "bad.sla.yaml").write_text(BAD)
    done = hook(hooked)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad.sla.yaml:" in done.stdout
    assert "missing-termination-policy" in done.stdout
    assert "README.md:" not in done.stdout and "ci.yaml:" not in done.stdout


def test_safe_fixes_are_made_once(hooked: tuple[Path, Path]) -> None:
    folder, _ = hooked
    (folder / "bad.sla.yaml").unlink(missing_ok=True)
    text = (GOOD / "database.sla.yaml").read_text()
    fixable = folder / "fixable.sla.yaml"
    fixable.write_text(f"# slalint: ignore-file[missing-version] There is none yet.\n{text}")
    done = hook(hooked, "slalint-fix")
    assert done.returncode == 1 and "files were modified by this hook" in done.stdout, done.stdout
    assert fixable.read_text() == text
    done = hook(hooked, "slalint-fix")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("text", "status"), [("profile: strict\n", 0), ("profile: lax\nignore: [missing-nothing]\n", 1)]
)
def test_configuration(hooked: tuple[Path, Path], text: str, status: int) -> None:
    folder, _ = hooked
    (folder / "slalint.yaml").write_text(text)
    try:
        done = hook(hooked, "slalint-config")
    finally:
        (folder / "slalint.yaml").unlink()
    assert done.returncode == status, done.stdout
    if status:
        assert "slalint.yaml:1:10: " in done.stdout and "slalint.yaml:2:10: " in done.stdout


def test_batches_give_the_same_verdict_as_one_run(hooked: tuple[Path, Path]) -> None:
    """pre-commit splits a command line at 128 KiB: 6,000 paths come in at least three parts."""
    folder, _ = hooked
    many = folder / ("a-folder-with-quite-a-long-name-" * 2)
    many.mkdir()
    names = []
    for number in range(6000):
        name, text = f"note-{number:05}.md", f"# Note {number}\n"
        if number % 500 == 250:
            name, text = f"agreement-{number:05}.sla.yaml", BAD.replace("Printing", f"Printing {number}")
        (many / name).write_text(text)
        names.append(f"{many.name}/{name}")
    assert sum(map(len, names)) > 3 * 131_072
    once = run([sys.executable, "-m", "slalint", "check", "--force-exclude", *names], folder, PRE_COMMIT="1")
    done = hook(hooked)
    assert once.returncode == done.returncode == 1
    headings = [
        sorted(line for line in each.stdout.splitlines() if line.startswith(many.name)) for each in (once, done)
    ]
    assert headings[0] == headings[1] and sum(": missing-termination-policy" in line for line in headings[1]) == 12
    summaries = [line for line in done.stdout.splitlines() if " checked by " in line]
    assert len(summaries) >= 3, "the paths came in batches"
