"""slalint against the floor and against every peer, in interleaved runs, as ratios; Markdown tables.

    python bench/peers.py PEERS                      installs the peers into a folder, once
    python bench/run.py --peers PEERS --write        measures everything and rewrites the tables of docs/performance.md
    python bench/run.py --only cold start            prints the tables of some parts only

CPU seconds are the least of all rounds, children included (what else a machine does adds to the others); wall seconds
the median; memory is the peak of the largest process, where a small command shows that of the program that starts it.
A command that takes longer than twenty seconds runs once. The floor starts Python, reads every file and runs libyaml
over it without making a Python object of anything. "slalint" is one process that remembers nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import corpus
import large
import peers

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SLALINT = str(BIN / "slalint")
CHECK = [SLALINT, "check", "--isolated"]
ANEW = [*CHECK, "--no-cache"]
ALONE = [*ANEW, "--jobs", "1"]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
WORK = tempfile.TemporaryDirectory()  # where the commands run, and what they remember is kept
# Compiled modules are kept, as they are for whoever has installed slalint.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT |= {"XDG_CACHE_HOME": str(Path(WORK.name) / "home"), "NODE_NO_WARNINGS": "1"}

FLOOR = """
import os, sys
from yaml._yaml import CParser
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), "rb") as file:
                CParser(file.read()).raw_parse()
"""
HELLO = """
import click
@click.command()
@click.version_option("1.0", prog_name="hello")
def hello(): click.echo("hello")
hello()
"""
PASS = [sys.executable, "-c", "pass"]


class Taken(NamedTuple):
    cpu: float  # seconds
    wall: float
    memory: float  # MB at the peak


Commands = dict[str, list[str]]


def run(command: list[str]) -> Taken:
    """One run of a command; a status above 1 is an error."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=ENVIRONMENT, cwd=WORK.name)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command[:4])} ended with {child.returncode}")
    return Taken(usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024)


def measure(commands: Commands, rounds: int) -> dict[str, Taken]:
    """Least CPU, median wall and largest memory of each command, all of them run in turn, round after round."""
    seen: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if not seen[name] or seen[name][0].wall < 20:
                seen[name].append(run(command))
    return {
        name: Taken(min(t.cpu for t in runs), statistics.median(t.wall for t in runs), max(t.memory for t in runs))
        for name, runs in seen.items()
    }


@contextmanager
def agreements(count: int, defects: float = 0) -> Iterator[tuple[str, list[str]]]:
    """A folder with so many YAML agreements, that share of them with a defect, and their paths."""
    with tempfile.TemporaryDirectory(dir=WORK.name) as folder:
        corpus.write(Path(folder), count, defects=defects)
        yield folder, sorted(map(str, Path(folder).rglob("*.yaml")))


@contextmanager
def prose(count: int) -> Iterator[tuple[str, list[str]]]:
    """A folder with so many Markdown agreements of a thousand words, and their paths."""
    with tempfile.TemporaryDirectory(dir=WORK.name) as folder:
        for number in range(count):
            (Path(folder) / f"sla-{number:05}.md").write_text(large.document(7_000, seed=number), encoding="utf-8")
        yield folder, sorted(map(str, Path(folder).rglob("*.md")))


# ---- what is measured; each part gives its rows, and its findings by the names that the targets use


class Bench:
    def __init__(self, found: list[peers.Peer], rounds: int) -> None:
        self.peers = found
        self.rounds = rounds
        self.taken: dict[str, dict[str, Taken]] = {}

    def _peers(self, files: list[str]) -> Commands:
        return {peer.name: peer.command(files) for peer in self.peers if len(files) <= peer.most}

    def _measure(self, what: str, commands: Commands, rounds: int) -> None:
        measure({name: said for name, said in commands.items() if name.startswith("slalint")}, 1)  # fills the caches
        self.taken[what] = measure(commands, rounds)
        for row in self.rows(what):
            print(row, flush=True)

    def rows(self, what: str) -> Iterator[str]:
        """A row a command, each with what slalint takes of its CPU."""
        ours = self.taken[what]["slalint"].cpu
        for name, (cpu, wall, memory) in self.taken[what].items():
            ratio = f"{ours / cpu:.2f}" if ours > cpu / 5 else f"1/{cpu / ours:.1f}"
            yield f"| {what} | {name} | {cpu:.3f} | {wall:.3f} | {memory:.0f} | {ratio} |"

    def start(self) -> None:
        hello = [sys.executable, "-c", HELLO, "--version"]
        commands = {"slalint": [SLALINT, "--version"], "python -c pass": PASS, "click hello world": hello}
        self._measure("--version", commands, max(self.rounds, 15))

    def cold(self) -> None:
        with agreements(1) as (folder, files), prose(1) as (_, (text,)):
            commands = {
                "slalint": [*ALONE, *files],
                "slalint, the same once more": [*CHECK, *files],
                "slalint, 1 Markdown agreement": [*ALONE, text],
                "python -c pass": PASS,
                "floor": [sys.executable, "-c", FLOOR, folder],
                **self._peers(files),
            }
            self._measure("1 YAML agreement", commands, max(self.rounds, 9))

    def hundred(self) -> None:
        self._many(100, self.rounds)

    def many(self) -> None:
        self._many(2_000, min(self.rounds, 3))

    def _many(self, count: int, rounds: int) -> None:
        with agreements(count) as (folder, files):
            commands = {
                "slalint": [*ALONE, folder],
                "slalint, as many processes as pay": [*ANEW, folder],
                "slalint, each file remembered": [*CHECK, "--jobs", "1", folder],
                "slalint, the same once more": [*CHECK, folder],
                "floor": [sys.executable, "-c", FLOOR, folder],
                **self._peers(files),
            }
            self._measure(f"{count:,} YAML agreements", commands, rounds)

    def defects(self) -> None:
        """What there is to say costs, too. Spectral and eslint are left out, which take minutes in any case. yamale
        stops at the first invalid file that it is named, so it gets the folder."""
        with agreements(2_000, 0.1) as (folder, files):
            given = {CHECKED: files, "ajv-cli": files, "yamale": [folder]}
            commands = {
                "slalint": [*ALONE, folder],
                "slalint, JSON report": [*ALONE, "--output", "json", folder],
                "slalint, SARIF report": [*ALONE, "--output", "sarif", folder],
                "floor": [sys.executable, "-c", FLOOR, folder],
                **{peer.name: peer.command(given[peer.name]) for peer in self.peers if peer.name in given},
            }
            self._measure("2,000 YAML agreements, a defect in one of ten", commands, min(self.rounds, 3))

    def growth(self) -> None:
        """Ten times as many, and by how much memory and time grow."""
        for count in (2_000, 20_000):
            with agreements(count) as (folder, _):
                self._measure(f"{count:,} alone", {"slalint": [*ALONE, folder]}, 2)

    def markdown(self) -> None:
        for count in (100, 1_000):
            with prose(count) as (folder, _):
                commands = {"slalint": [*ALONE, folder], "slalint, as many processes as pay": [*ANEW, folder]}
                self._measure(f"{count:,} Markdown agreements", commands, min(self.rounds, 3))

    def large(self) -> None:
        with tempfile.TemporaryDirectory(dir=WORK.name) as folder:
            path = Path(folder) / "large.sla.yaml"
            path.write_text(corpus.agreement(random.Random(7), 1, 5_000_000), encoding="utf-8")
            commands = {
                "slalint": [*ALONE, str(path)],
                "floor": [sys.executable, "-c", FLOOR, folder],
                **self._peers([str(path)]),
            }
            self._measure("1 YAML agreement of 5 MB", commands, 1)


PARTS = ("start", "cold", "hundred", "many", "defects", "growth", "markdown", "large")


# ---- targets


class Target(NamedTuple):
    what: str
    target: str
    at: str  # what is measured
    ours: str  # the command of it that the target speaks of
    than: str | Callable[[Taken, dict[str, dict[str, Taken]]], float]  # of whose CPU it is a share, or how to tell
    most: float  # the value must not be above; negative: not below its amount


ONE, MANY, LARGE = "1 YAML agreement", "2,000 YAML agreements", "1 YAML agreement of 5 MB"
PROSE, FEW, ALL = "1,000 Markdown agreements", "2,000 alone", "20,000 alone"
SHARED = "slalint, as many processes as pay"
CHECKED = "check-jsonschema"
TARGETS = (
    Target("`--version`", "≤ 1.6 × `python -c pass`", "--version", "slalint", "python -c pass", 1.6),
    Target("one YAML agreement", "≤ 0.30 × check-jsonschema", ONE, "slalint", CHECKED, 0.30),
    Target("", "≤ 0.8 × yamllint", ONE, "slalint", "yamllint", 0.8),
    Target(
        "the same, once more", "≤ 2.5 × `python -c pass`", ONE, "slalint, the same once more", "python -c pass", 2.5
    ),
    Target(
        "one Markdown agreement of 1,000 words",
        "≤ 0.5 × check-jsonschema on a YAML file",
        ONE,
        "slalint, 1 Markdown agreement",
        CHECKED,
        0.5,
    ),
    Target("2,000 YAML agreements, one process", "≤ 1/20 of check-jsonschema", MANY, "slalint", CHECKED, 1 / 20),
    Target("", "≤ 1/30 of Spectral", MANY, "slalint", "Spectral", 1 / 30),
    Target("", "≤ 1/4 of ajv-cli", MANY, "slalint", "ajv-cli", 1 / 4),
    Target("", "≤ 9 × the floor", MANY, "slalint", "floor", 9),
    Target(
        "2,000 YAML agreements, two processes, wall",
        "speed-up ≥ 1.7",
        MANY,
        SHARED,
        lambda found, taken: taken[MANY]["slalint"].wall / found.wall,
        -1.7,
    ),
    Target(
        "2,000 YAML agreements, all remembered", "≤ 0.6 × the floor", MANY, "slalint, the same once more", "floor", 0.6
    ),
    Target("the same, file by file", "≤ 0.6 × the floor", MANY, "slalint, each file remembered", "floor", 0.6),
    Target(
        "1,000 Markdown agreements, two processes",
        "≥ 150 a second",
        PROSE,
        SHARED,
        lambda found, _: 1000 / found.wall,
        -150,
    ),
    Target("one YAML agreement of 5 MB", "≤ 1/10 of check-jsonschema", LARGE, "slalint", CHECKED, 1 / 10),
    Target("memory, 2,000 YAML agreements", "≤ 60 MB", FEW, "slalint", lambda found, _: found.memory, 60),
    Target(
        "20,000 against 2,000: time",
        "10 × ± 10 %",
        ALL,
        "slalint",
        lambda found, taken: found.cpu / taken[FEW]["slalint"].cpu,
        11,
    ),
    Target(
        "20,000 against 2,000: memory",
        "≤ 1.3 ×",
        ALL,
        "slalint",
        lambda found, taken: found.memory / taken[FEW]["slalint"].memory,
        1.3,
    ),
)


def share(value: float) -> str:
    return f"1/{1 / value:.1f}" if value < 0.2 else f"{value:.2f}" if value < 20 else f"{value:.0f}"


def against(taken: dict[str, dict[str, Taken]], rivals: set[str]) -> Iterator[str]:
    """A row a target, of those that were measured; with what of the CPU of the floor, and of the fastest of the rivals
    over the same files, the command takes."""
    yield "| | target | measured | | × floor | of the fastest peer |\n|---|---|---|---|---|---|"
    for what, target, at, ours, than, most in TARGETS:
        try:
            row = taken[at]
            found = row[ours]
            value = found.cpu / row[than].cpu if isinstance(than, str) else than(found, taken)
        except KeyError:
            continue
        met = value <= most if most > 0 else value >= -most
        floor = share(found.cpu / row["floor"].cpu) if what and "floor" in row else ""
        fastest = min(rivals.intersection(row), key=lambda name: row[name].cpu, default=None) if what else None
        peer = f"{share(found.cpu / row[fastest].cpu)} × {fastest}" if fastest else ""
        yield f"| {what} | {target} | {share(value)} | {'met' if met else 'missed'} | {floor} | {peer} |"


def machine() -> str:
    """On what and with what it was measured."""
    names = ("click", "PyYAML", "jsonschema-rs", "ruamel.yaml")
    with_ = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}, {with_}."


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--peers", type=Path, help="the folder into which bench/peers.py has installed them")
    ask.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    told = ask.parse_args()
    bench = Bench(peers.installed(told.peers.resolve()) if told.peers else [], told.rounds)
    heading = "| what | command | CPU s | wall s | MB | slalint takes of it |\n|---|---|---|---|---|---|"
    print(heading)
    for part in told.only:
        getattr(bench, part)()
    rows = [row for what in bench.taken for row in bench.rows(what)]
    targets = "\n".join(against(bench.taken, {peer.name for peer in bench.peers}))
    print(f"\n{targets}")
    if told.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        tables = "\n".join([BEGIN, "", machine(), "", targets, "", heading, *rows, "", END])
        PAGE.write_text(before + tables + after, encoding="utf-8")


if __name__ == "__main__":
    main()
