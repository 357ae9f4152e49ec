"""Nothing in the README or the docs is said twice without a test that compares it.

`python tests/test_docs.py` writes the quoted output anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from pathlib import Path

import pytest

from slalint import resources
from slalint.cli import main
from slalint.disk import rulebook
from slalint.examples import run_examples

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples" / "README.md"]
CONSOLE = re.compile(r"```console\n\$ slalint ([^\n]*)\n(.*?)```", re.DOTALL)
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def shown(command: str) -> str:
    """What a command prints, run where a reader would run it."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.chdir(ROOT):
        main(command.split())
    return said.getvalue()


QUOTES = [(page, m.group(1), m.group(2)) for page in PAGES if page.exists() for m in CONSOLE.finditer(page.read_text())]


@pytest.mark.parametrize(("page", "command", "output"), QUOTES, ids=[f"{p.name}: {c}" for p, c, _ in QUOTES])
def test_quoted_output(page: Path, command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    assert output == shown(command), f"{page.name} quotes an old output; run python tests/test_docs.py"


def blocks(language: str, key: str) -> list[tuple[Path, str]]:
    """The fenced blocks of a language that hold a key at the start of a line."""
    found = []
    for page in PAGES:
        for match in FENCE.finditer(page.read_text() if page.exists() else ""):
            if match.group(1) == language and re.search(rf"^{key}", match.group(2), re.MULTILINE):
                found.append((page, match.group(2)))
    return found


RULES = [(p, t, ".yaml") for p, t in blocks("yaml", "summary:")] + [
    (p, t, ".py") for p, t in blocks("python", "summary =")
]


@pytest.mark.parametrize(("page", "text", "ending"), RULES, ids=[f"{p.name}-{i}" for i, (p, _, _) in enumerate(RULES)])
def test_quoted_rules_load_and_pass_their_examples(page: Path, text: str, ending: str, tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / f"quoted{ending}").write_text(text)
    rules = rulebook.rulebook([str(tmp_path / "policy")], packages=False)
    assert rules[-1].examples("bad") and run_examples(rules[-1], rules) == []


def test_quoted_configuration_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks("yaml", "(profile|rules|suppressions|options|overrides):")
    assert found
    monkeypatch.setattr(resources, "_further_words", [])
    (tmp_path / "languages" / "xx").mkdir(parents=True)
    for page, text in found:
        (tmp_path / "slalint.yaml").write_text(text)
        (tmp_path / "policy").mkdir(exist_ok=True)
        (tmp_path / "words").mkdir(exist_ok=True)
        (tmp_path / "words" / "glossary.md").write_text("# Words\n\n- **Portal**: the booking pages\n")
        (tmp_path / "note.md").write_text("# Note\n")
        (tmp_path / "slalint-baseline.json").write_text('{"version": 1, "findings": []}\n')
        with contextlib.chdir(tmp_path):
            assert main(["check", "note.md"]) == 0, page
        resources._further_words.clear()
        resources._languages.clear()


def test_this_repository_is_clean_by_its_own_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.chdir(ROOT):
        assert main(["check", ".", "--fail-on", "info"]) == 0
    assert "no file fits" not in capsys.readouterr().err


def test_every_command_is_named_in_the_readme() -> None:
    from slalint import cli, plugins

    readme = (ROOT / "README.md").read_text()
    for command in plugins.modules(cli):
        assert f"slalint {command}" in readme, command


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def rewrite() -> None:
    """Write the output of every quoted command anew."""
    for page in PAGES:
        text = page.read_text()
        new = CONSOLE.sub(lambda m: f"```console\n$ slalint {m.group(1)}\n{shown(m.group(1))}```", text)
        if new != text:
            page.write_text(new)
            sys.stdout.write(f"{page.relative_to(ROOT)} rewritten\n")


if __name__ == "__main__":
    os.environ.pop("GITHUB_ACTIONS", None)
    rewrite()
