"""A file that is named as an agreement and holds nothing, or nothing readable, is never taken for a clean one."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalint.cli import main
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint

EMPTY = [
    ("a.sla.yaml", ""),
    ("a.sla.yaml", "# to be written\n\n"),
    ("a.sla.yml", "---\n---\n"),
    ("a.sla.yaml", "null\n"),
    ("a.sla.json", "null"),
    ("sla.md", ""),
    ("service-level-agreement.md", "\n<!-- soon -->\n"),
]


@pytest.mark.parametrize(("name", "text"), EMPTY)
@pytest.mark.parametrize("forced", [False, True])
def test_holds_nothing(name: str, text: str, forced: bool) -> None:
    report = lint([Input(name, text.encode(), forced)], bundled(), Config(profile="basic"))
    (finding,) = report.findings
    assert (finding.rule, finding.severity, finding.span.line) == ("invalid-agreement", "error", 1)
    assert "holds nothing" in finding.message
    assert report.status == 1


def test_an_empty_text_is_no_json() -> None:
    (finding,) = lint([Input("a.sla.json", b" \n")], bundled(), Config()).findings
    assert finding.rule == "syntax"


@pytest.mark.parametrize("name", ["values.yaml", "values.json", "notes.md"])
def test_other_empty_files_are_left_alone(name: str) -> None:
    report = lint([Input(name, b"")], bundled(), Config(profile="strict"))
    assert not report.findings
    assert report.files[0].status == "skipped"


def test_as_agreement_asks_for_one() -> None:
    (finding,) = lint([Input("values.yaml", b"# nothing\n", True)], bundled(), Config()).findings
    assert finding.rule == "invalid-agreement"


def test_a_stream_may_have_empty_documents() -> None:
    text = "---\n---\nkind: ServiceLevelAgreement\nmetadata: {title: Mail}\n---\n"
    report = lint([Input("a.sla.yaml", text.encode())], bundled(), Config())
    assert not any("holds nothing" in finding.message for finding in report.findings)


@pytest.mark.parametrize(
    "data", [b"\xff\xfea\x00", b"title: caf\xe9\n", b"a: \x00b", b"\x89PNG\r\n\x1a\n\x00", b"", b"a: [\n"]
)
def test_show_files_knows_what_check_reports(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sla.yaml").write_bytes(data)
    assert main(["check", "--isolated", "--show-files", str(tmp_path / "a.sla.yaml")]) == 0
    assert "a.sla.yaml: cannot be read: " in capsys.readouterr().out
