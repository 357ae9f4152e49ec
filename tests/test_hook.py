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
    """A scratch repository that uses the hook, and pre-commit's own home."""
    git(checkout, "init", "-q", "-b", "main")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "hook repository")
    folder = tmp_path_factory.mktemp("agreements")
    git(folder, "init", "-q", "-b", "main")
    revision = git(checkout, "rev-parse", "HEAD")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {checkout.as_uri()}\n    rev: {revision}\n    hooks:\n      - id: slalint\n"
    )
    return folder, tmp_path_factory.mktemp("home")


def hook(hooked: tuple[Path, Path]) -> subprocess.CompletedProcess[str]:
    folder, home = hooked
    git(folder, "add", "-A")
    return run([sys.executable, "-m", "pre_commit", "run"], folder, PRE_COMMIT_HOME=str(home))


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


def test_more_files_than_one_batch(hooked: tuple[Path, Path]) -> None:
    """pre-commit splits a command line at 128 KiB; a bad agreement in any batch decides."""
    folder, _ = hooked
    many = folder / ("a-folder-with-quite-a-long-name-" * 3)
    many.mkdir()
    for number in range(1500):
        (many / f"note-{number:05}.md").write_text(f"# Note {number}\n")
    (folder / "bad.sla.yaml").write_text(BAD)
    assert 1500 * len(f"{many.name}/note-00000.md ") > 131_072
    done = hook(hooked)
    assert done.returncode == 1
    found = [line for line in done.stdout.splitlines() if ": missing-termination-policy" in line]
    assert len(found) == 1, done.stdout[-3000:]
    assert found[0].startswith("bad.sla.yaml:")
