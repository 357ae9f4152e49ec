"""`slalint register`: one row an agreement."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from slalint.cli import main

EVIL = "Mail |\x1b[31m ::error:: =1+1"


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    Path("a.sla.yaml").write_text(
        "kind: ServiceLevelAgreement\ntype: internal\nmetadata: {title: Mail, version: 1.0.0, status: active}\n"
        "term: {effectiveDate: 1 April 2026, expiryDate: 2030-03-31}\n"
        "governance: {serviceLevelManager: Dana Reyes}\nreview: {frequency: yearly, nextReview: 2027-01-05}\n"
        "tools: [{id: probe}]\npolicies: {renewal: Yearly by both sides., termination: TBD}\n"
        "metrics:\n- {id: a, target: at least 99 %, tracking: probe}\n- {id: b, target: at least 99 %}\n"
        f"---\nkind: ServiceLevelAgreement\nmetadata: {{title: {json.dumps(EVIL)}}}\n"
    )
    Path("=b.md").write_text(
        "# Service level agreement for desk\n\n**Service level manager:** Kim Sato\n\n## Termination\n\nBy letter.\n"
    )
    Path("notes.md").write_text("# Notes\n")

    def run(*arguments: str) -> str:
        assert main(["register", "--as-of", "2026-05-01", *arguments]) == 0
        return capfd.readouterr().out

    return run


def test_what_a_row_holds(say) -> None:  # type: ignore[no-untyped-def]
    prose, mail, second = json.loads(say("--format", "json"))["agreements"]
    assert (prose["path"], prose["manager"], prose["policies"]["termination"]) == ("=b.md", "Kim Sato", "present")
    assert {**mail, "errors": 0, "warnings": 0, "info": 0} == {
        "path": "a.sla.yaml",
        "document": 0,
        "title": "Mail",
        "type": "internal",
        "status": "active",
        "manager": "Dana Reyes",
        "version": "1.0.0",
        "effective": "2026-04-01",
        "expiry": "2030-03-31",
        "nextReview": "2027-01-05",
        "policies": {
            "application": "absent",
            "renewal": "present",
            "modification": "absent",
            "exclusions": "absent",
            "limitations": "absent",
            "termination": "placeholder",
        },
        "metrics": 2,
        "tracked": 1,
        "errors": 0,
        "warnings": 0,
        "info": 0,
        "waived": 0,
    }
    assert mail["errors"] > 3 and second["document"] == 1 and second["title"] == " ".join(EVIL.split())


def test_a_table_that_lines_up(say) -> None:  # type: ignore[no-untyped-def]
    head, *rows, last = say().splitlines()
    assert last == "3 agreements." and len(rows) == 3 and "\x1b" not in "".join(rows)
    assert rows[1][head.index("manager") :].startswith("Dana Reyes") and "·R···t" in rows[1] and "1/2" in rows[1]
    assert say("notes.md") == "0 agreements.\n"


def test_other_formats_are_harmless(say) -> None:  # type: ignore[no-untyped-def]
    rows = list(csv.DictReader(io.StringIO(say("--format", "csv"))))
    assert [row["agreement"] for row in rows] == ["'=b.md", "a.sla.yaml", "a.sla.yaml (2)"]
    assert rows[1]["review"] == "2027-01-05" and rows[0]["status"] == ""
    lines = say("--format", "markdown").splitlines()
    assert len(lines) == 5 and lines[1].count("---") == lines[0].count("|") - 1 and "Mail \\|" in lines[4]


def test_a_file_that_cannot_be_read(say, capfd: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert main(["register", "a.sla.yaml", "nowhere.yaml"]) == 2
    out, err = capfd.readouterr()
    assert "Mail" in out and err.startswith("slalint: nowhere.yaml: ")


def test_files_that_are_no_agreements_as_they_stand(say, capfd: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    Path("b\u202e.sla.yaml").write_bytes(b"metadata: [\n")
    Path("c.sla.yaml").write_bytes(b"\xff\xfe\x00")
    for format_, last in (("table", "3 agreements.\n"), ("json", "}\n")):
        assert main(["register", "--format", format_]) == 0
        out, err = capfd.readouterr()
        first, second, third = err.splitlines()
        assert first.startswith("slalint: b\\u202e.sla.yaml: cannot be read as an agreement: ") and out.endswith(last)
        assert "c.sla.yaml" in second and third == "2 files could not be read as an agreement."
