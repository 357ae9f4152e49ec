"""`slalint show`: what it prints is what rules see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from slalint import resources
from slalint.agreement import ELEMENTS
from slalint.cli import main

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path for kind in ("good", "flawed") for path in (ROOT / "examples" / kind).iterdir())
SCHEMA = Draft202012Validator(json.loads(resources.schema_text("reading")))


def show(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["show", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def reading(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, object]:
    status, out, err = show(capsys, str(path), "--format", "json")
    assert status == 0, err
    read: dict[str, object] = json.loads(out)
    SCHEMA.validate(read)
    return read


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_example_meets_the_schema_and_lines_hold_what_was_read(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read = reading(capsys, path)
    lines = re.split(r"\r\n|\n", path.read_text())
    assert list(read["elements"]) == list(ELEMENTS)  # type: ignore[call-overload]
    assert read["metrics"], "no agreement without something measured"
    for kind, key in (("definitions", "term"), ("metrics", "target")):
        for one in read[kind]:  # type: ignore[attr-defined]
            assert 1 <= one["line"] <= len(lines)
            assert kind == "metrics" or one[key].split()[0] in lines[one["line"] - 1]


# The rules that report a missing element, with the element: as their files say.
MISSING = {
    path.stem: match[1]
    for path in (ROOT / "rules").glob("*/*.yaml")
    if (match := re.search(r"(?m)^missing: (\w+)$", path.read_text()))
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_reported_missing_is_what_is_shown_absent(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elements = reading(capsys, path)["elements"]
    main(["check", str(path), "--isolated", "--as-agreement", "--as-of", "2026-05-01", "--output", "json"])
    found = {one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert len(MISSING) > 9
    absent = {name for name, one in elements.items() if one["state"] == "absent"}  # type: ignore[attr-defined]
    assert {MISSING[rule] for rule in found if rule in MISSING} == absent & set(MISSING.values())


def test_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "print.yaml"
    path.write_text(
        "kind: ServiceLevelAgreement\nmetadata: {title: Prin\\ting}\nparties: {provider: IT, customer: Sales}\n"
        "governance:\n  serviceLevelManager: Dana Reyes, dana@example.org\nmetrics:\n  - id: uptime\n    target: 99 %\n"
    )
    status, out, _ = show(capsys, str(path))
    assert status == 0
    table = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert table[0] == [f"{path.as_posix()}: Prin\\ting (ServiceLevelAgreement, data)"]
    assert ["5", "manager", "present", "Dana Reyes, dana@example.org"] in table
    assert ["-", "review", "absent", "nothing at /meetings/frequency"] in table
    assert ["3", "provider", "IT"] in table
    assert any(row[:2] == ["7", "uptime"] or row[1:3] == ["uptime", "99 %"] for row in table)
    assert ["Definitions (line, form, term, meaning)"] in table and ["none"] in table


def test_what_a_file_says_cannot_reach_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "print.yaml"
    path.write_text('metadata: {title: "a\\e[31mb\\u202e"}\n')
    out = show(capsys, str(path))[1]
    assert "a\\x1b[31mb\\u202e" in out and "\x1b" not in out and "\u202e" not in out


def test_several_agreements_in_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "two.sla.yaml"
    path.write_text("metadata: {title: One}\n---\nmetadata: {title: Two}\n---\nmetadata: {title: Three}\n")
    read = reading(capsys, path)
    assert read["title"] == {"text": "One", "line": 1}
    assert [one["title"]["text"] for one in read["further"]] == ["Two", "Three"]  # type: ignore[attr-defined]
    assert "Two" in show(capsys, str(path))[1]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.yaml", b"- just\n- a list\n", "nothing in it can be read as an agreement"),
        ("a.sla.yaml", b"a: [\n", "a.sla.yaml:1:4: "),
        ("a.yaml", b"\xff\xfea\x00", "UTF-16"),
        ("a.txt", b"a: 1\n", "no format that slalint reads"),
        ("a.yaml", b"", "nothing in it"),
    ],
)
def test_what_cannot_be_read_is_said(
    name: str,
    data: bytes,
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(data)
    status, out, err = show(capsys, name, "--format", "json")
    assert status == 2 and out == "" and said in err and "Traceback" not in err


PROSE = """# Service level agreement

| Provider | IT Operations |
|---|---|
| Customer | Sales |

Mail is available at least 99.5 % of each calendar month, measured by Grafana. Faults are entered in Jira.

| Priority | Response |
|---|---|
| P1 | 1 h |
| P2 | – |

Support hours: Mon-Fri 08:00-18:00 CET.

## Credits

| Availability | Credit |
|---|---|
| < 99.5 % | 10 % of the monthly fee |
"""


def test_prose_gives_every_part_that_data_gives(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mail.sla.md"
    path.write_text(PROSE)
    read: dict[str, Any] = reading(capsys, path)
    assert {name: part["state"] for name, part in read["parts"].items()} == {
        "parties": "present",
        "metrics": "present",
        "priorities": "present",
        "service_hours": "present",
        "credit_tiers": "present",
        "dates": "absent",
    }
    part = read["parts"]["credit_tiers"]
    assert (part["line"], part["column"], part["endLine"], part["endColumn"], part["quote"]) == (
        20,
        3,
        20,
        11,
        "< 99.5 %",
    )
    assert [(cell["priority"], cell["said"]) for cell in read["matrices"][0]["cells"]] == [("P1", "1 h"), ("P2", "–")]
    assert read["hours"][0]["understood"] and read["tiers"][0]["rows"][0]["high"] == "99.5"
    status, out, _ = show(capsys, str(path))
    table = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert status == 0 and ["11", "P1", "1", "P1 | 1 h"] not in table
    assert ["20", "availability", "below 99.5", "10 % of the monthly fee"] in table
    assert ["14", "support", "Support hours", "Mon-Fri 08:00-18:00 CET"] in table


@pytest.mark.parametrize(
    ("text", "part", "state"),
    [
        ("Mail is sent.\n", "parties", "absent"),
        ("| Provider | |\n|---|---|\n| Customer | |\n", "parties", "placeholder"),
        ("## Targets\n\n- Availability: TBD\n", "metrics", "placeholder"),
        ("The service levels are described in the Master Services Agreement.\n", "metrics", "by-reference"),
        ("Service credits are described in the Master Services Agreement.\n", "credit_tiers", "by-reference"),
        ("Effective date: 1 May 2026\n", "dates", "present"),
    ],
)
def test_the_state_of_a_part(
    text: str, part: str, state: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "mail.sla.md"
    path.write_text(f"# Service level agreement\n\n{text}")
    read: dict[str, Any] = reading(capsys, path)
    assert read["parts"][part]["state"] == state, read["parts"][part]


def test_why_says_which_words_decided(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mail.sla.md"
    path.write_text(PROSE)
    out = show(capsys, str(path), "--why")[1]
    said = [line.strip() for line in out.splitlines()]
    for line in (
        "category present: “available”",
        "target present: “at least” in its sentence",
        "window present: in its sentence",
        "tracking present: in its sentence",
        "target present: column “Response”",
        "tracking absent: no source in its words, its row or a sentence on figures like it",
        "why: label “Support hours”",
        "basis: the monthly fee",
    ):
        assert line in said, line
    assert "why:" not in show(capsys, str(path))[1]


def test_why_of_data_is_a_path(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mail.sla.yaml"
    path.write_text("metadata: {title: Mail}\nmetrics:\n  - id: uptime\n    target: 99 %\n")
    out = show(capsys, str(path), "--why")[1]
    assert "target present: /metrics/0/target" in out and "window absent: nothing at /metrics/0/window" in out
