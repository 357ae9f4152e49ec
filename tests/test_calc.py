"""`slalint calc`: the sums of the rules, for people."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from slalint import calendars
from slalint import quantities as q
from slalint.cli import main

AGREEMENT = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Payroll}
term: {effectiveDate: 2026-01-01, expiryDate: 2026-03-31}
calendars:
  - id: office-hours
    timeZone: Europe/Lisbon
    weekly:
      - {days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}
    holidays: [2026-01-01, 2026-01-02, 2026-01-06]
services:
  - {id: payroll, name: Payroll, hours: "Mon-Sat 09:00-17:00 Europe/Lisbon"}
"""


def calc(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["calc", *arguments]) == 0
    return capsys.readouterr().out


@pytest.fixture
def agreement(tmp_path: Path) -> str:
    path = tmp_path / "payroll.sla.yaml"
    path.write_text(AGREEMENT)
    return str(path)


def test_every_length_of_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    lines = calc(capsys, "99.95%", "--window", "month").splitlines()
    assert lines[0].split() == ["window", "length", "counted", "99.95", "%"]
    assert lines[1].split() == ["month", "30", "d", "720", "h", "21.6", "min"]
    assert len(lines) == 1 + len(calendars.window_lengths(q.parse_window("month")))


def test_the_usual_table(capsys: pytest.CaptureFixture[str]) -> None:
    lines = calc(capsys).splitlines()
    assert [line.split()[0] for line in lines] == ["window", "day", "week", "month", "quarter", "year"]
    assert "8 h 45 min 36 s" in lines[-1]
    assert all(target.strip("%") in lines[0] for target in ("99%", "99.5%", "99.999%"))


def test_figures_are_exact_and_those_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    read = json.loads(calc(capsys, "99.9%", "99.99%", "--window", "month", "--window", "week", "--format", "json"))
    assert read["targets"] == ["99.9", "99.99"]
    month, week = read["windows"]
    assert week["lengths"] == [
        {"label": "7 d", "minutes": "10080", "allowedMinutes": {"99.9": "10.08", "99.99": "1.008"}}
    ]
    found = {one.length.label: one.minutes for one in calendars.allowances(D("99.9"), q.parse_window("month"))}
    assert {one["label"]: D(one["allowedMinutes"]["99.9"]) for one in month["lengths"]} == found


@pytest.mark.parametrize(
    ("hours", "first", "count"),
    [
        ("office-hours@{}", "10 h × 5 d × 52.18 / 12", "217.4 h"),
        ("payroll@{}", "8 h × 6 d × 52.18 / 12", "208.7 h"),
        ("Mon-Fri 09:00-17:00 Europe/Lisbon", "8 h × 5 d × 52.18 / 12", "173.9 h"),
    ],
)
def test_hours(hours: str, first: str, count: str, agreement: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = calc(capsys, "99.5%", "--window", "month", "--hours", hours.format(agreement)).splitlines()
    assert first in lines[1]
    assert count in lines[1]


def test_the_term_of_the_agreement(agreement: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["99.5%", "--window", "month", "--hours", f"office-hours@{agreement}"]
    out = calc(capsys, *said)
    # January lost three days; the mean is that of the three months.
    assert [word in out for word in ("January 2026", "February 2026", "March 2026", "mean of 3", "April")] == [
        *[True] * 4,
        False,
    ]
    assert "mean of 4" in calc(capsys, *said, "--to", "2026-04-30")


def test_holidays_of_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    term = ["--window", "year", "--from", "2026-01-01", "--to", "2026-12-31"]
    out = calc(capsys, "99%", *term, "--hours", "Mon-Fri 09:00-17:00", "--holidays", "PT")
    year = calendars.Calendar(q.parse_hours("Mon-Fri 09:00-17:00"), region="PT")
    counted = calendars.minutes_between(year, date(2026, 1, 1), date(2027, 1, 1))
    assert out.splitlines()[-1].split()[:3] == ["2026", q.number(D(counted) / 60), "h"]


def test_dependencies(capsys: pytest.CaptureFixture[str]) -> None:
    out = calc(capsys, "99.95%", "99.8%", "--dependencies", "99.9%,99%+99%")
    assert "99.9 % × (1 - 1 % × 1 %) = 99.89001 %" in out
    assert "99.95 % is more than the dependencies allow" in out
    assert "99.8 % can be kept" in out
    read = json.loads(calc(capsys, "--dependencies", "99.99%,99%", "--format", "json"))
    assert read["targets"] == ["98.9901"]
    assert read["dependencies"]["groups"] == [["99.99"], ["99"]]


def test_what_a_downtime_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    lines = calc(capsys, "--downtime", "43.2 min", "--window", "month").splitlines()
    assert "after 43.2 min" in lines[0]
    assert "99.9 %" in lines[1]
    read = json.loads(calc(capsys, "--downtime", "7 h 12 min", "--window", "30 days", "--format", "json"))
    assert read["downtimeMinutes"] == "432"
    assert read["windows"][0]["lengths"] == [{"label": "30 d", "minutes": "43200", "availability": "99"}]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["99"], "unit is missing"),
        (["101%"], "between 0 % and 100 %"),
        (["99%", "--window", "soon"], "not a window"),
        (["99%", "--window", "month", "--hours", "always"], "cannot be read as hours"),
        (["99%", "--hours", "24x7@nowhere.sla.yaml"], "nowhere.sla.yaml"),
        (["99%", "--holidays", "XX"], "No holidays"),
        (["--downtime", "2 business days"], "by the clock"),
        (["99%", "--from", "yesterday"], "not a date"),
        (["99%", "--dependencies", "99.9%,"], "not a percentage"),
        (["99%", "--hours", "Mon-Fri 09:00-17:00 Europe/Atlantis"], "no time zone"),
    ],
)
def test_in_error(arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", *arguments]) == 2
    assert word in capsys.readouterr().err


def test_hours_that_the_agreement_does_not_state(agreement: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "99%", "--hours", f"night@{agreement}"]) == 2
    said = capsys.readouterr().err
    assert "office-hours" in said
    assert "payroll" in said


def test_a_term_without_a_whole_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "99%", "--window", "2 weeks", "--from", "2026-01-10", "--to", "2026-01-20"]) == 0
    assert "336 h" in capsys.readouterr().out
