"""Fixes: only the edits, nothing twice, nothing that is promised."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from string import ascii_letters
from types import SimpleNamespace

import pytest

from slalint.cli import main
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, Linter
from slalint.fix import _apply, _chosen, fixed
from slalint.model import Edit, Finding, Fix, Span

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(p for p in (ROOT / "examples").rglob("*.*") if p.suffix in (".yaml", ".json", ".md"))
HEAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\n"


def lint_as(name: str) -> Callable[[str], tuple[Finding, ...]]:
    linter = Linter(bundled(), Config(), "2026-01-01")
    return lambda text: linter(Input(name, text.encode("utf-8", "surrogatepass"), True)).findings


def fix(text: str, unsafe: bool = False, name: str = "a.sla.yaml") -> str:
    return fixed(text, lint_as(name), unsafe).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("metadata: {title: no}  # kept\n", 'metadata: {title: "no"}  # kept\n'),
        ("metadata:\r\n  title: no\r\n", 'metadata:\r\n  title: "no"\r\n'),
    ],
)
def test_safe_fixes_keep_what_is_said(before: str, after: str) -> None:
    assert fix(HEAD + before) == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "goals: [a]\nmeetins: {frequency: monthly}\n",
            "\nmeetings: {frequency: monthly}\n",
        ),
        ("policies:\n    renewal: Yearly.\n    # why\nx-a: 1\n", '\n    termination: "[to be agreed]"\n'),
        ("metadata:\n  id: a\n", "\npolicies:\n  "),
        ("metadata:\n  id: a\n", '\n  serviceLevelManager:\n    name: "[to be agreed]"\n'),
    ],
)
def test_unsafe_fixes(before: str, after: str) -> None:
    assert fix(HEAD + before) == HEAD + before
    done = fix(HEAD + before, unsafe=True)
    assert after in done and "termination" in done
    left = {f.rule for f in lint_as("a.sla.yaml")(done)}
    assert "placeholder" in left and not left & {
        "missing-termination-policy",
        "syntax",
        "duplicate-key",
        "unknown-field",
    }


@pytest.mark.parametrize("policies", ["{renewal: Yearly.}", "&a {renewal: Yearly.}", "{\n  renewal: Yearly.}"])
def test_nothing_is_put_below_brackets(policies: str) -> None:
    text = HEAD + f"policies: {policies}\nx-a: 1\n"
    assert "missing-termination-policy" in {found.rule for found in lint_as("a.sla.yaml")(text)}
    assert "termination" not in fix(text, unsafe=True)


def test_prose_gets_a_section_to_fill_in() -> None:
    text = "# Service level agreement for mail\r\n\r\nMail works 99.5 % of each calendar month.\r\n"
    done = fix(text, unsafe=True, name="a.md")
    assert (
        done.startswith("# Service level agreement for mail\r\n\r\n**")
        and "\r\n\r\n## Termination\r\n\r\n[To be" in done
    )
    assert "Mail works 99.5 % of each calendar month.\r\n" in done and "\n" not in done.replace("\r\n", "")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("unsafe", [False, True])
def test_a_second_time_changes_nothing(path: Path, unsafe: bool) -> None:
    lint = lint_as(path.name)
    text = path.read_bytes().decode()
    done = fixed(text, lint, unsafe)
    assert fixed(done.text, lint, unsafe) == (done.text, ())
    if not done.made:
        assert done.text == text


@pytest.mark.parametrize("seed", range(12))
def test_mangled_texts_are_fixed_once_and_for_all(seed: int) -> None:
    dice = random.Random(seed)
    path = dice.choice(EXAMPLES)
    text = path.read_text()
    for _ in range(6):
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice(["", "x", "\n", ": ", '"', "2.10", "\t", "- "]) + text[at + dice.randrange(9) :]
    lint = lint_as(path.name)
    done = fixed(text, lint, unsafe=True)
    assert fixed(done.text, lint, unsafe=True) == (done.text, ())


def test_edits_that_touch_are_made_one_after_the_other() -> None:
    def lint(text: str) -> list[Finding]:
        found = []
        for at, char in enumerate(text):
            if char.islower():
                edit = Edit(at, at + 1, char.upper())
                found.append(_finding(at, f"{char}{at}", Fix("upper", (edit,), True)))
        return found

    assert fixed("abC d", lint) == ("ABC D", ("rule: upper",) * 3)


def test_a_fix_that_does_not_help_is_not_made() -> None:
    vain = _finding(0, "vain", Fix("in vain", (Edit(0, 0, "x"),), True))
    assert fixed("a", lambda _: [vain]) == ("a", ())


def test_a_fix_that_breaks_is_not_made() -> None:
    def lint(text: str) -> list[Finding]:
        if "!" in text:
            return [_finding(0, "broken", None)._replace(rule="syntax")]
        good = _finding(1, "good", Fix("good", (Edit(1, 2, "B"),), True)) if "b" in text else None
        bad = _finding(3, "bad", Fix("bad", (Edit(3, 4, "!"),), True))
        return [one for one in (good, bad) if one is not None]

    assert fixed("abcd", lint) == ("aBcd", ("rule: good",))


def _finding(at: int, who: str, fix: Fix | None) -> Finding:
    return Finding(
        "a", Span(at, at + 1, 1, at + 1), "rule", who, "error", "high", "c", 1, at + 2, fix=fix, fingerprint=who
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("mail.sla.yaml").write_bytes(b"\xef\xbb\xbf" + f"{HEAD}metadata: {{title: no}}\n".encode())
    Path("mail.sla.yaml").chmod(0o640)
    return tmp_path / "mail.sla.yaml"


def test_files_are_changed_in_place(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("link.sla.yaml").symlink_to("mail.sla.yaml")
    assert main(["check", "--fix", "link.sla.yaml"]) == 1
    assert here.read_bytes() == b"\xef\xbb\xbf" + f'{HEAD}metadata: {{title: "no"}}\n'.encode()
    assert here.stat().st_mode & 0o777 == 0o640 and Path("link.sla.yaml").is_symlink()
    out, err = capfd.readouterr()
    assert "link.sla.yaml: fixed unquoted-trap: Put it in quotes" in err and "unquoted-trap" not in out
    assert sorted(p.name for p in here.parent.iterdir() if p.is_file()) == ["link.sla.yaml", "mail.sla.yaml"]


def test_a_diff_changes_nothing(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = here.read_bytes()
    assert main(["check", "--diff"]) == 1 and here.read_bytes() == before
    assert capfd.readouterr().out.splitlines()[-2:] == ["-metadata: {title: no}", '+metadata: {title: "no"}']
    assert main(["check", "--fix", "-q"]) == 1 and main(["check", "--diff"]) == 0


def test_what_cannot_be_written_stays_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = here.read_bytes()
    monkeypatch.setattr("os.replace", full)
    assert main(["check", "--fix", "--no-cache"]) == 2 and here.read_bytes() == before
    assert "No space left on device; the file is as it was" in capfd.readouterr().err
    assert [p.name for p in here.parent.iterdir()] == ["mail.sla.yaml"]


def test_what_is_not_utf8_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = f"{HEAD}metadata: {{version: 2.10, title: caf\xe9}}\n".encode("latin-1")
    Path("mail.sla.yaml").write_bytes(data)
    assert main(["check", "--fix", "--unsafe-fixes"]) == 1 and Path("mail.sla.yaml").read_bytes() == data


def test_what_is_not_shown_is_not_mended(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "create"]) == 0
    baseline = ["--baseline", "slalint-baseline.json", "--no-cache"]
    before = here.read_bytes()
    assert main(["check", "--fix", "--unsafe-fixes", *baseline]) == 0 and here.read_bytes() == before
    assert "no fixes" in capfd.readouterr().err
    Path("new.sla.yaml").write_text(f"{HEAD}metadata: {{title: no}}\n")
    main(["check", "--fix", *baseline])
    assert here.read_bytes() == before and '"no"' in Path("new.sla.yaml").read_text()
    assert "more with --unsafe-fixes" in capfd.readouterr().err


def test_what_a_diff_leaves_out_is_told(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "-q"])
    capfd.readouterr()
    assert main(["check", "--diff"]) == 0
    out, err = capfd.readouterr()
    assert out == "" and err.startswith("no safe fixes; ") and err.endswith(" more with --unsafe-fixes\n")


def test_fixes_are_made_together_only_where_none_touches_another() -> None:
    """The quick choice among thousands is that of comparing each with each; so is what comes of applying them."""
    numbers = random.Random(7)
    for _ in range(300):
        fixes = []
        for start in sorted(numbers.sample(range(40), 12)):
            middle = start + numbers.randrange(4)
            last = middle + numbers.randrange(1, 5)
            edits = (Edit(start, middle, "x"), *([Edit(last, last, "y")] if numbers.random() < 0.4 else []))
            fixes.append(SimpleNamespace(span=(start, last), fix=Fix("mend", edits, safe=numbers.random() < 0.8)))
        chosen: list[SimpleNamespace] = []
        for one in fixes:
            others = [edit for each in chosen for edit in each.fix.edits]
            if one.fix.safe and not any(a.start <= b.end and b.start <= a.end for a in one.fix.edits for b in others):
                chosen.append(one)
        assert _chosen(fixes, unsafe=False) == chosen  # type: ignore[arg-type,comparison-overlap]
        text = expected = ascii_letters
        edits = [edit for one in chosen for edit in one.fix.edits]
        for edit in sorted(edits, reverse=True):
            expected = expected[: edit.start] + edit.text + expected[edit.end :]
        assert _apply(text, edits) == expected
