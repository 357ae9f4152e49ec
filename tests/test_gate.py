"""The gate as a team adopts it: many imperfect agreements, a baseline, then a pull request; every report of one run
says the same, read by readers that are not ours."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from slalint.cli import main

AGREEMENT = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {{id: sla-{number}, title: Service {number}, version: 1.{number}.0}}
metrics:
  - id: availability
    target: at least 99.5 %
  - id: answer  # slalint: ignore[untracked-metric] The help desk counts by hand. until=2027-12-31
    target: at most 4 h
policies:
  renewal: Renewed for a year after a joint review.
"""
NUMBER = 40
RULES = ["untracked-metric", "missing-termination-policy", "impossible-unit", "unnamed-manager"]
FORMATS = ("sarif", "gitlab", "junit", "rdjson", "markdown", "github", "jsonl", "json", "grouped", "concise", "full")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "contracts").mkdir()
    (tmp_path / "slalint.yaml").write_text(f"baseline: slalint-baseline.json\nselect: [{', '.join(RULES)}]\n")
    for number in range(NUMBER):
        (tmp_path / "contracts" / f"{number}.sla.yaml").write_text(AGREEMENT.format(number=number))
    return tmp_path


def test_adopted_in_a_repository_full_of_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--as-of", "2026-07-01")
    assert main(["check", *day, "--no-baseline"]) == 1
    assert main(["baseline", "create", "--as-of", "2026-07-01"]) == 0
    assert f"{3 * NUMBER} known findings" in capsys.readouterr().err
    assert main(["check", *day]) == 0

    weaker, mended = project / "contracts" / "7.sla.yaml", project / "contracts" / "8.sla.yaml"
    weaker.write_text(weaker.read_text().replace("99.5 %", "101 %"))
    mended.write_text(mended.read_text() + "  termination: Either side may end it with 90 days' notice.\n")
    new = AGREEMENT.format(number=NUMBER).replace("# slalint: ignore", "# see: ignore")
    (project / "contracts" / "new.sla.yaml").write_text(new)
    found = Counter({("contracts/7.sla.yaml", "impossible-unit"): 1, ("contracts/new.sla.yaml", "untracked-metric"): 2})
    found |= {("contracts/new.sla.yaml", rule): 1 for rule in ("missing-termination-policy", "unnamed-manager")}

    capsys.readouterr()
    outputs = [f"--output={name}:out.{name}" for name in FORMATS]
    assert main(["check", *day, *outputs]) == 1
    err = capsys.readouterr().err
    assert (
        "5 errors" in err
        and "1 entry is found no more" in err
        and f"{3 * NUMBER - 1 + NUMBER} findings suppressed" in err
    )
    said = {name: (project / f"out.{name}").read_text() for name in FORMATS}
    assert read_back(said) == dict.fromkeys(FORMATS, found)

    assert main(["baseline", "prune", "--as-of", "2026-07-01"]) == 0
    known = json.loads((project / "slalint-baseline.json").read_text())["findings"]
    assert len(known) == 3 * NUMBER - 1
    assert not any(one["path"] == "contracts/8.sla.yaml" and "termination" in one["rule"] for one in known)
    assert main(["check", *day, "--fail-on", "never"]) == 0


def read_back(said: dict[str, str]) -> dict[str, Counter[tuple[str, str]]]:
    """File and rule of each finding, as each format's readers find them."""
    (run,) = json.loads(said["sarif"])["runs"]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(said["markdown"])
    grouped, path = [], ""
    for line in said["grouped"].splitlines():
        path = line if line and not line.startswith(" ") else path
        grouped += [(path, rule) for rule in re.findall(r"^ +\d+:\d+  \w+ +([\w-]+):", line)]
    lines = [line.split(": ") for line in said["concise"].splitlines()]
    places = [(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], r["ruleId"]) for r in run["results"]]
    found = {
        "sarif": places,
        "gitlab": [(one["location"]["path"], one["check_name"]) for one in json.loads(said["gitlab"])],
        "junit": [
            (case.get("file"), str(case.get("name")).split()[0])
            for case in ET.fromstring(said["junit"]).iter("testcase")
            if case.find("failure") is not None
        ],
        "rdjson": [(d["location"]["path"], d["code"]["value"]) for d in json.loads(said["rdjson"])["diagnostics"]],
        "markdown": [
            (where.rsplit(":", 2)[0], rule)
            for where, rule in re.findall(r"<td>🔴 error</td>\n<td>(.*?)</td>\n<td><a [^>]*>(.*?)</a>", html)
        ],
        "github": re.findall(r"^::error file=([^,]*),.*?title=slalint%3A ([\w-]+)::", said["github"], re.M),
        "jsonl": [(one["path"], one["rule"]) for one in map(json.loads, said["jsonl"].splitlines())],
        "json": [(one["path"], one["rule"]) for one in json.loads(said["json"])["findings"]],
        "grouped": grouped,
        "concise": [(line[0].rsplit(":", 2)[0], line[2]) for line in lines],
        "full": re.findall(r"^(\S+?):\d+:\d+: error: ([\w-]+)$", said["full"], re.M),
    }
    return {name: Counter(places) for name, places in found.items()}
