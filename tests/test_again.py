"""A run that is repeated says what a new one would say, whatever has changed in between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slalint.disk import runs

AGREEMENT = """\
kind: ServiceLevelAgreement
metadata: {title: Mail, version: 1.0.0, status: active}
definitions:
  Outage: Mail cannot be sent.
services:
  - {id: mail, description: We answer promptly to the Bug Board.}
"""
RULE = (
    "summary: Every agreement has an owner.\nseverity: info\ngiven: /metadata\nthen: {required: [owner]}\n"
    "message: There is no owner.\nwhy: Nobody keeps it.\nfix: Name the owner.\n"
)
PROSE = """\
# Service Level Agreement for Mail

Terms are in the [glossary](words/words.md).

The Uptime Ratio is at least 99.5 % per calendar month. We restore the Uptime Ratio promptly.
"""
WORDS = "# Glossary\n\n## Uptime Ratio\n\nThe share of minutes in which the probe gets an answer.\n"
PYTHON = """\
summary = "There is a head."
severity = "info"
why = "Whoever reads it wants to know."
fix = "Nothing."


def check(agreement):
    yield agreement.head, "{}."
"""
# Also tells whether anything was loaded, as it is by every run that is not told again.
PROGRAM = (
    "import sys; from slalint.cli import main; status = main(); "
    "print('again' if not {'click', 'slalint.engine'} & {*sys.modules} else 'anew', file=sys.stderr); sys.exit(status)"
)


class Runner:
    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "home")}
        self.environment.pop("GITHUB_ACTIONS", None)

    def __call__(self, *arguments: str) -> tuple[str, tuple[int, str, str]]:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "check", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        *told, how = done.stderr.splitlines()
        return how, (done.returncode, done.stdout, "\n".join(told))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    project = tmp_path / "above" / "project"
    project.mkdir(parents=True)
    monkeypatch.chdir(project)
    Path("a.sla.yaml").write_text(AGREEMENT)
    return Runner(tmp_path)


def write(path: str, text: str) -> Callable[[], object]:
    return lambda: (Path(path).parent.mkdir(exist_ok=True), Path(path).write_text(text))


def same_size_and_time() -> None:
    stat = Path("a.sla.yaml").stat()
    Path("a.sla.yaml").write_text(AGREEMENT.replace("promptly", "tomorrow"))
    os.utime("a.sla.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("paths", [(), (".",), ("a.sla.yaml",)])
def test_nothing_has_changed(run: Runner, paths: tuple[str, ...]) -> None:
    arguments = ("--as-of", "2026-01-01", "--output", "json", *paths)
    anew, first = run(*arguments)
    again, second = run(*arguments)
    assert (anew, again) == ("anew", "again") and first == second and '"vague-obligation"' in first[1]
    os.utime("a.sla.yaml", (1, 1))
    assert run(*arguments) == ("again", first)
    assert run(*arguments, "--no-cache") == ("anew", first)


CHANGES: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "other words of the same length": (lambda: None, same_size_and_time),
    "a further file": (lambda: None, write("b.sla.yaml", AGREEMENT)),
    "a file in a new folder": (lambda: None, write("more/b.sla.yaml", AGREEMENT)),
    "a file less": (write("b.sla.yaml", AGREEMENT), lambda: Path("b.sla.yaml").unlink()),
    "another name": (lambda: None, lambda: Path("a.sla.yaml").rename("b.sla.yaml")),
    "a configuration": (lambda: None, write("slalint.yaml", "ignore: [unused-definition]\n")),
    "a configuration above": (lambda: None, write("../slalint.yaml", "ignore: [unused-definition]\n")),
    "a repository below the configuration": (
        write("../slalint.yaml", "ignore: [unused-definition]\n"),
        lambda: Path(".git").mkdir(),
    ),
    "another configuration": (
        write("slalint.yaml", "ignore: [unused-definition]\n"),
        write("slalint.yaml", "ignore: [missing-review]\n"),
    ),
    "what the configuration extends": (
        lambda: (write("slalint.yaml", "extends: base.yaml\n")(), write("base.yaml", "failOn: error\n")()),
        write("base.yaml", "ignore: [unused-definition]\n"),
    ),
    "a rule": (
        lambda: (write("slalint.yaml", "rules: [rules]\n")(), write("rules/owner.yaml", RULE)()),
        write("rules/owner.yaml", RULE.replace("There is no owner.", "Nobody owns it.")),
    ),
    "a further rule": (
        lambda: (write("slalint.yaml", "rules: [rules]\n")(), write("rules/owner.yaml", RULE)()),
        write("rules/keeper.yaml", RULE.replace("owner", "keeper")),
    ),
    "a rule in Python": (
        lambda: (
            write("slalint.yaml", "rules: [rules]\n")(),
            write("rules/head.py", PYTHON.format("One"))(),
        ),
        write("rules/head.py", PYTHON.format("Two")),
    ),
    "a glossary": (
        lambda: (
            write("slalint.yaml", "glossaries: [words.yaml]\n")(),
            write("words.yaml", "terms: [{term: Outage, definition: Mail is late.}]\n")(),
        ),
        write("words.yaml", "terms: [{term: Delay, definition: Mail is late.}]\n"),
    ),
    "what git ignores": (
        lambda: (Path(".git").mkdir(), write("b.sla.yaml", AGREEMENT)()),
        write(".gitignore", "b.sla.yaml\n"),
    ),
    "a link": (
        lambda: (write("../x.sla.yaml", AGREEMENT)(), Path("l.sla.yaml").symlink_to("../x.sla.yaml")),
        write("../x.sla.yaml", AGREEMENT.replace("promptly", "tomorrow")),
    ),
    "a folder link that leads out of the repository": (
        lambda: (
            Path(".git").mkdir(),
            write("a.sla.md", PROSE)(),
            write("inside/words.md", WORDS)(),
            write("../outside/words.md", WORDS)(),
            Path("words").symlink_to("inside"),
        ),
        lambda: (Path("words").unlink(), Path("words").symlink_to("../outside")),
    ),
    "a file in the place of a pipe": (
        lambda: (write("b.sla.yaml", AGREEMENT)(), Path("a.sla.yaml").unlink(), os.mkfifo("a.sla.yaml")),
        lambda: (Path("a.sla.yaml").unlink(), write("a.sla.yaml", AGREEMENT)()),
    ),
    "a pipe in the place of a file": (
        write("b.sla.yaml", AGREEMENT),
        lambda: (Path("a.sla.yaml").unlink(), os.mkfifo("a.sla.yaml")),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_seen(run: Runner, name: str) -> None:
    before, change = CHANGES[name]
    arguments = ("--as-of", "2026-01-01", "--output", "json", ".")
    before()
    first = run(*arguments)[1]
    assert run(*arguments) == ("again", first)
    change()
    how, told = run(*arguments)
    assert how == "anew" and told != first
    assert told == run(*arguments, "--no-cache")[1]


def test_what_a_run_remembers_instead_of_opening_it(run: Runner) -> None:
    Path("../languages/de/terms").mkdir(parents=True)
    write("../languages/de/terms/names.txt", "Seite\n")()
    write("slalint.yaml", "languages: [../languages]\n")()
    run(".")  # from now on the findings are in the cache of the project, and no word is read for them
    assert [run("--output", "json", ".")[0] for _ in range(2)] == ["anew", "again"]
    write("../languages/de/terms/names.txt", "Partei\n")()
    assert run("--output", "json", ".")[0] == "anew"


@pytest.mark.parametrize("path", [".slalint_cache/b.sla.yaml", "../../home/slalint/b.sla.yaml"])
def test_an_agreement_among_what_a_run_keeps(run: Runner, path: str) -> None:
    run()
    write(path, AGREEMENT)()
    first = run("--output", "json", path)[1]
    assert run("--output", "json", path) == ("again", first)
    write(path, AGREEMENT.replace("promptly", "tomorrow"))()
    how, told = run("--output", "json", path)
    assert how == "anew" and told != first


def test_a_link_to_the_folder_of_a_glossary(run: Runner) -> None:
    CHANGES["a folder link that leads out of the repository"][0]()
    first = run("a.sla.md")[1]
    assert run("a.sla.md") == ("again", first)
    CHANGES["a folder link that leads out of the repository"][1]()
    how, told = run("a.sla.md")
    assert how == "anew" and told != first and told == run("a.sla.md", "--no-cache")[1]


def test_a_pipe_is_not_waited_for(run: Runner) -> None:
    run("a.sla.yaml")
    Path("a.sla.yaml").unlink()
    os.mkfifo("a.sla.yaml")
    known = runs._content("a.sla.yaml")
    assert known == () and known != runs._content("b.sla.yaml") != runs._content("/")


def test_compiled_code_counts_as_what_it_was_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    plain = tmp_path / "__pycache__" / f"one.{sys.implementation.cache_tag}.pyc"
    assert runs._source(str(plain)) == str(tmp_path / "one.py")
    assert runs._source(str(tmp_path / "one.pyc")) == str(tmp_path / "one.pyc")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    elsewhere = f"{tmp_path}{os.sep}home{os.sep}one.{sys.implementation.cache_tag}.pyc"
    assert runs._source(elsewhere) == f"{os.sep}home{os.sep}one.py"


def test_a_disk_that_is_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)

    def full(*_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    runs.Watch().keep("this", 0, [(True, "findings")], ())
    assert not [*Path(runs.folder()).iterdir()]


def test_a_run_of_which_a_byte_has_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)
    runs.Watch().keep("this", 0, [(True, "findings")], ())
    (kept,) = Path(runs.folder()).iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"findings", b"fondings"))
    assert runs.known("this") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--no-cache",),
        ("--output", "json:out.json"),
        ("--output=sarif:out.sarif",),
        ("--fix",),
        ("--timings",),
        ("--show-files",),
        ("missing.yaml",),
        ("-",),
        ("--output",),
    ],
)
def test_what_is_always_done_anew(run: Runner, arguments: tuple[str, ...]) -> None:
    first = run("a.sla.yaml", *arguments)
    again = run("a.sla.yaml", *arguments)
    assert first[0] == again[0] == "anew" and first[1][0] == again[1][0]


def test_the_environment_counts(run: Runner) -> None:
    plain = run("a.sla.yaml")[1]
    run.environment["FORCE_COLOR"] = "1"
    how, colored = run("a.sla.yaml")
    assert how == "anew" and colored != plain
    assert run("a.sla.yaml") == ("again", colored)


def test_a_day_later(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    from slalint.cli import _again

    today = _again._about(["check"])
    monkeypatch.setattr("time.strftime", lambda _: "2031-01-01")
    assert _again._about(["check"]) != today


def test_another_program(run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", run.environment["XDG_CACHE_HOME"])
    program = tmp_path / "program"
    program.mkdir()
    (program / "engine.py").write_text("one")
    monkeypatch.setattr("slalint.resources.program", lambda: [str(program)])
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)
    runs.Watch().keep("this", 1, [(True, "findings")], ())
    assert runs.known("this") == (1, [(True, "findings")]) and runs.known("that") is None
    (program / "engine.py").write_text("other")
    assert runs.known("this") is None


@pytest.mark.parametrize("spoilt", [b"", b"no run", b"\xe9", b"i\x01\x00\x00\x00"])
def test_a_spoilt_run_is_made_anew(run: Runner, spoilt: bytes) -> None:
    first = run("a.sla.yaml")[1]
    (kept,) = Path(run.environment["XDG_CACHE_HOME"], "slalint", "runs").iterdir()
    kept.write_bytes(spoilt)
    assert run("a.sla.yaml") == ("anew", first)
    assert run("a.sla.yaml") == ("again", first)


def test_a_home_that_nobody_may_write_to(run: Runner) -> None:
    Path(run.environment["XDG_CACHE_HOME"]).write_text("a file in its place")
    assert run("a.sla.yaml")[1][:2] == run("a.sla.yaml", "--no-cache")[1][:2]


def test_the_oldest_runs_are_forgotten(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(runs, "_MOST", 2)
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)
    for number in range(4):
        runs.Watch().keep(number, 0, [], ())
        os.utime(runs._place(number), (number, number))
    assert [runs.known(number) is not None for number in range(4)] == [False, False, True, True]
    runs.clean()
    assert runs.known(3) is None
