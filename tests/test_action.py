"""The GitHub Action and the GitLab job: their shell is run here, with what the runner would set."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"] if "run" in step}
BAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n"


class Ran(NamedTuple):
    status: int
    out: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """A step as the runner runs it: inputs filled in, files for outputs and summary, bash with -e and pipefail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work space"  # such names exist
        self.temp = folder / "runner temp"
        for each in (self.work, self.temp):
            each.mkdir()

    def run(self, name: str, context: dict[str, str], **inputs: str) -> Ran:
        step = STEPS[name]
        assert step["shell"] == "bash" and "${{" not in step["run"], "what others write never becomes part of a script"
        inputs = {key: each["default"] for key, each in ACTION["inputs"].items()} | inputs
        known = context | {f"inputs.{key}": value for key, value in inputs.items()}
        given = {key: re.sub(r"\$\{\{ (.*?) \}\}", lambda m: known[m[1]], value) for key, value in step["env"].items()}
        files = {key: self.temp / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))
        }
        environment = {**kept, **given, "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(self.temp)}
        environment |= {key: str(path) for key, path in files.items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            command, cwd=self.work, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ran(done.returncode, done.stdout + done.stderr, outputs, files["GITHUB_STEP_SUMMARY"].read_text())

    def check(self, **inputs: str) -> Ran:
        return self.run("check", {"steps.install.outputs.programs": str(Path(sys.executable).parent)}, **inputs)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_findings_are_told_annotated_summed_up_and_kept(runner: Runner) -> None:
    (runner.work / "a ::error::b.sla.yaml").write_text(BAD)
    ran = runner.check()
    assert ran.status == 1 and ran.outputs["status"] == "1"
    lines = ran.out.splitlines()
    assert any(line.startswith("::error file=a %3A%3Aerror%3A%3Ab.sla.yaml,") for line in lines)
    assert not any(line.lstrip().startswith("::") and "file=" not in line for line in lines if "notice" not in line)
    assert "missing-termination-policy" in ran.summary
    sarif = json.loads(Path(ran.outputs["sarif"]).read_text())
    assert sarif["version"] == "2.1.0" and sarif["runs"][0]["results"]


@pytest.mark.parametrize(
    ("inputs", "status", "said"),
    [
        ({"paths": "good.md\n"}, 0, "no findings"),
        ({"paths": "good.md\n\nbad one.sla.yaml\n"}, 1, "2 agreements"),
        ({"fail-on": "never"}, 0, "missing-termination-policy"),
        ({"config": "own.yaml"}, 1, "missing-version"),
        ({"config": "gone.yaml"}, 2, "cannot be read"),
        ({"paths": "--help"}, 2, "no such file"),
        ({"paths": "$(touch made)`touch made`;touch made"}, 2, "no such file"),
        ({"since": "--output=/tmp/x"}, 2, "is in no git repository"),
        ({"trusted-config": "HEAD; touch made"}, 2, "git"),
    ],
)
def test_inputs(inputs: dict[str, str], status: int, said: str, runner: Runner) -> None:
    (runner.work / "good.md").write_text((ROOT / "examples" / "good" / "mail.md").read_text())
    (runner.work / "bad one.sla.yaml").write_text(BAD)
    (runner.work / "own.yaml").write_text("select: [missing-version]\nfailOn: info\n")
    ran = runner.check(**inputs)
    assert (ran.status, ran.outputs["status"]) == (status, str(status)), ran.out
    assert said in ran.out and not (runner.work / "made").exists()


def test_only_what_is_new_and_nothing_of_a_forks_configuration(runner: Runner) -> None:
    def git(*words: str) -> None:
        people = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *people, *words], cwd=runner.work, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    (runner.work / "old.sla.yaml").write_text(BAD)
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    (runner.work / "new.sla.yaml").write_text(BAD.replace("Printing", "Scanning"))
    (runner.work / "slalint.yaml").write_text("ignore: [all]\n")
    git("add", "-A")
    git("commit", "-q", "-m", "branch")
    assert runner.check(since="HEAD~1").status == 0, "the branch has its way"
    ran = runner.check(**{"since": "HEAD~1", "trusted-config": "HEAD~1"})
    assert ran.status == 1 and "file=new.sla.yaml" in ran.out and "file=old.sla.yaml" not in ran.out, ran.out


@pytest.mark.install
def test_what_it_installs_runs(runner: Runner, checkout: Path) -> None:
    installed = runner.run("install", {"github.action_path": str(checkout)}, python=sys.executable)
    assert installed.status == 0, installed.out
    assert Path(installed.outputs["programs"]).parent.parent == runner.temp
    (runner.work / "bad.sla.yaml").write_text(BAD)
    context = {"steps.install.outputs.programs": installed.outputs["programs"]}
    assert runner.run("check", context).status == 1
    refused = runner.run("install", {"github.action_path": str(checkout)}, python=sys.executable, version="0.0.0.dev0")
    assert refused.status != 0 and "slalint==0.0.0.dev0" in refused.out


def test_every_input_is_used_and_every_output_made() -> None:
    text = (ROOT / "action.yml").read_text()
    for name in ACTION["inputs"]:
        assert f"inputs.{name} " in text, name
    assert set(re.findall(r"steps\.(\w+)\.", text)) <= set(STEPS)
    with_ = yaml.safe_load(re.sub(r"@[A-Z]+@", "x", (ROOT / "slalint" / "setup" / "github.yml").read_text()))
    used = with_["jobs"]["agreements"]["steps"][-1]
    assert used["uses"].startswith("slalint/slalint@") and set(used["with"]) <= set(ACTION["inputs"])


@pytest.mark.parametrize("base", ["", "HEAD~1"])
def test_the_job_for_gitlab(base: str, runner: Runner) -> None:
    text = (ROOT / "slalint" / "setup" / "gitlab.yml").read_text()
    job = yaml.safe_load(re.sub(r"@[A-Z]+@", "test", text))["slalint"]
    (runner.work / "old.sla.yaml").write_text(BAD)
    people = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "-m", "a"),
        ("commit", "-q", "--allow-empty", "-m", "b"),
    ):
        subprocess.run([*people, *words], cwd=runner.work, check=True, capture_output=True)
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": paths, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    (script,) = job["script"]
    done = subprocess.run(["sh", "-c", script], cwd=runner.work, env=environment, capture_output=True, text=True)
    assert done.returncode == (0 if base else 1), done.stderr
    report = json.loads((runner.work / job["artifacts"]["reports"]["codequality"]).read_text())
    assert bool(report) == (not base)
    assert (runner.work / job["artifacts"]["reports"]["junit"]).read_text().startswith("<?xml")
