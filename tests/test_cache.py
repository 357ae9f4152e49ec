"""What is kept between runs, and work by several processes: the same findings, whatever is remembered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from slalint.cli import main
from slalint.disk import cache as caches
from slalint.disk import runs, workers

CLEAN = "kind: ServiceLevelAgreement\nmetadata: {{title: Mail {0}, status: active}}\nterm: {{expiryDate: 2026-06-30}}\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "home"))
    for number in range(12):
        Path(f"a{number}.sla.yaml").write_text(CLEAN.format(number))
    Path("text.md").write_text("# Service level agreement for mail\n\nMail is answered promptly.\n")

    def go(*arguments: str) -> tuple[int, str, str]:
        status = main(["check", "--as-of", "2026-01-01", "--output", "json", *arguments])
        return (status, *capfd.readouterr())

    return go


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were looked at, and not only remembered."""
    from slalint.engine import Linter

    seen: list[str] = []
    lint = Linter.__call__
    monkeypatch.setattr(Linter, "__call__", lambda self, one: (seen.append(one.path), lint(self, one))[1])
    return seen


def test_a_second_run_remembers_and_says_the_same(run: Run, linted: list[str]) -> None:
    first = run("--jobs", "1")
    assert len(linted) == 13 and (Path(".slalint_cache") / "CACHEDIR.TAG").is_file()
    assert (Path(".slalint_cache") / ".gitignore").read_text() == "*\n"
    assert run("--jobs", "1") == first and len(linted) == 13
    assert run("--no-cache", "--jobs", "1") == first and len(linted) == 26


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (lambda: Path("a3.sla.yaml").write_text(CLEAN.format("three")), ["a3.sla.yaml"]),
        (lambda: Path("a3.sla.yaml").rename("b.sla.yaml"), ["b.sla.yaml"]),
        (lambda: Path("slalint.yaml").write_text("severity: {missing-review: info}\n"), 13),
        (lambda: (Path("rules").mkdir(), Path("slalint.yaml").write_text("rules: [rules]\n")), 13),
        (lambda: os.utime("a3.sla.yaml", (1, 1)), []),
    ],
)
def test_what_changed_is_looked_at_again(
    run: Run, linted: list[str], change: Callable[[], object], again: list[str] | int
) -> None:
    run("--jobs", "1")
    linted.clear()
    change()
    run("--jobs", "1")
    assert len(linted) == again if isinstance(again, int) else linted == again


def test_a_rule_that_changes_is_run_again(run: Run, linted: list[str]) -> None:
    Path("rules").mkdir()
    rule = (
        "summary: Every agreement has an owner.\nseverity: info\ngiven: /metadata\nthen: {required: [owner]}\n"
        "message: There is no owner.\nwhy: Nobody keeps it.\nfix: Name the owner.\n"
    )
    Path("rules/owner.yaml").write_text(rule)
    Path("slalint.yaml").write_text("rules: [rules]\n")
    assert "There is no owner." in run("--jobs", "1")[1]
    linted.clear()
    Path("rules/owner.yaml").write_text(rule.replace("There is no owner.", "Nobody owns it."))
    assert "Nobody owns it." in run("--jobs", "1")[1] and len(linted) == 14


def test_the_day_counts_where_a_rule_asked_for_it(run: Run, linted: list[str]) -> None:
    run("--jobs", "1")
    linted.clear()
    said = run("--jobs", "1", "--as-of", "2026-07-01")[1]
    assert "expired-agreement" in said and "a0.sla.yaml" in linted
    linted.clear()
    assert run("--jobs", "1", "--as-of", "2026-07-01")[1] == said and not linted


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"no database, but long enough to be looked at as one" * 100),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: _rewrite(file, b"\n\x80\x04garbage"),
        lambda file: _rewrite(file, b"\ncos\nsystem\n(S'touch owned'\ntR."),
    ],
)
def test_a_spoilt_cache_costs_a_warning_only(run: Run, spoil: Callable[[Path], object]) -> None:
    first = run("--jobs", "1")
    spoil(Path(".slalint_cache/findings.sqlite"))
    status, out, err = run("--jobs", "1")
    assert (status, out) == first[:2] and err.count("the cache is not used") == 1
    assert not Path("owned").exists()


def _rewrite(file: Path, kept: bytes) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE outcome SET kept = ?", (kept,))


def test_a_folder_that_nobody_may_write_to(run: Run) -> None:
    Path(".slalint_cache").write_text("a file in its place")
    status, _, err = run("--jobs", "1")
    assert status == 1 and err.count("the cache is not used") == 1


def test_a_cache_of_another_user_is_not_believed(
    run: Run, linted: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("--jobs", "1")
    linted.clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "other"))
    run("--jobs", "1")
    assert len(linted) == 13


def test_clean(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    run()
    assert main(["clean"]) == 0 and capfd.readouterr().out == ".slalint_cache is gone\n"
    assert not Path(".slalint_cache").exists()
    assert main(["clean"]) == 0 and capfd.readouterr().out == "there is no cache at .slalint_cache\n"
    Path(".slalint_cache").mkdir()
    Path(".slalint_cache/mine").write_text("kept")
    assert main(["clean"]) == 0 and Path(".slalint_cache/mine").exists()


def test_several_processes_say_the_same(run: Run) -> None:
    one = run("--jobs", "1", "--no-cache")
    assert run("--jobs", "3", "--no-cache") == one
    assert run("--jobs", "2") == one  # fills the cache
    assert run("--jobs", "2") == one


def test_jobs_are_a_number(run: Run) -> None:
    status, _, err = run("--jobs", "many")
    assert status == 2 and "no number of processes" in err


def test_timings(run: Run) -> None:
    import json

    _, _, err = run("--timings")
    assert "rule missing-review" in err and "read" in err and "100.0%" in err
    _, _, err = run("--timings", "json")
    told = json.loads(err[: err.rindex("}") + 1])
    assert told["phases"]["read"]["calls"] == 13 and told["rules"]["missing-review"]["seconds"] > 0


def test_results_come_in_order() -> None:
    assert list(workers.spread(range(1000), str, 3)) == [str(n) for n in range(1000)]
    assert list(workers.spread([1], str, 3)) == ["1"] and workers.available() >= 1
    half = workers.spread(range(1000), str, 2)
    assert next(half) == "0"
    half.close()  # nobody waits for the rest


@pytest.mark.parametrize(("count", "jobs"), [(1, 2), (5, 2), (100, 2), (2_000, 3), (70_000, 16), (5_000_000, 256)])
def test_shares_hold_everything_and_grow_smaller(count: int, jobs: int) -> None:
    shares = workers._shares(count, jobs)
    assert [0, *(last for _, last in shares)] == [*(first for first, _ in shares), count]
    sizes = [last - first for first, last in shares]
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True) and sizes[-1] <= sizes[0]
    assert len(shares) <= workers._MOST  # as many as the pipe holds


@pytest.mark.parametrize("fall", [lambda n: 1 // (n - 7), lambda n: os._exit(9) if n == 7 else n])
def test_a_process_that_falls_is_told_of(fall: Callable[[int], int]) -> None:
    with pytest.raises(workers.WorkerLost):
        list(workers.spread(range(20), fall, 2))


def test_the_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one, two = (caches.Cache(str(tmp_path / "c"), b"x", "2026-01-01") for _ in range(2))
    assert one.digest(("a",), b"b") == two.digest(("a",), b"b") != one.digest(("ab",), b"")
    assert (tmp_path / "slalint" / "key").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_read_once(run: Run) -> None:
    from threading import Thread

    os.mkfifo("pipe.sla.yaml")
    Thread(target=lambda: Path("pipe.sla.yaml").write_text(CLEAN.format("x")), daemon=True).start()
    assert "missing-review" in run("--jobs", "1", "pipe.sla.yaml")[1]


def test_a_home_that_nobody_may_write_to_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("a file in its place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    _, _, told = run("--jobs", "1")
    assert str(tmp_path / "home" / "slalint" / "key") in told and "nothing is remembered" in told


def test_a_cache_home_that_is_no_whole_path_does_not_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert runs.folder() == str(tmp_path / ".cache" / "slalint" / "runs")


def test_a_rule_of_the_same_size_and_time(run: Run, linted: list[str]) -> None:
    Path("rules").mkdir()
    rule = Path("rules/owner.yaml")
    text = (
        "summary: Every agreement has an owner.\nseverity: info\ngiven: /metadata\nthen: {required: [owner]}\n"
        "message: There is no owner.\nwhy: Nobody keeps it.\nfix: Name the owner.\n"
    )
    rule.write_text(text)
    Path("slalint.yaml").write_text("rules: [rules]\n")
    run("--jobs", "1")
    before = rule.stat()
    rule.write_text(text.replace("There is no owner.", "No owner is named."))
    os.utime(rule, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "No owner is named." in run("--jobs", "1")[1]
