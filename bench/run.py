"""slalint against the floor and against check-jsonschema, in one interleaved run; prints a Markdown table.

`python bench/run.py [--sizes 1 100 2000] [--prose 1 100] [--rounds 5]`: the least CPU seconds of each command (children
included; what else a machine does adds to the others), the median of wall seconds and the peak memory. "slalint" is one
process that remembers nothing; the rows below it say what several processes and a filled cache change. The floor starts
Python, reads every file and walks libyaml's bare events. check-jsonschema validates the same files against the same
schema; a command that takes longer than ten seconds runs once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import corpus
import large

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "schemas" / "agreement.schema.json"
BIN = Path(sys.executable).parent
# Compiled modules are kept, as they are for whoever has installed slalint.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

WORK = tempfile.TemporaryDirectory()  # where the commands run, and what they remember is kept

FLOOR = """
import sys, pathlib, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    for event in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
        pass
"""
HELLO = """
import click
@click.command()
@click.version_option("1.0", prog_name="hello")
def hello(): click.echo("hello")
hello()
"""


# The rules that read running text for its words, but for the two about words that nothing explains.
WORDS = (
    "language circular-definition conflicting-definition dangling-reference inconsistent-term repeated-definition "
    "undefined-acronym undefined-term unused-definition vague-definition"
)
WITHOUT = [part for name in WORDS.split() for part in ("--ignore", name)]


class Taken(NamedTuple):
    cpu: float  # seconds
    wall: float
    memory: float  # MB at the peak


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


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, Taken]:
    """Least CPU, median wall and largest memory of each command, all of them run in turn, round after round."""
    seen: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if seen[name] and seen[name][0].wall > 10:
                continue
            seen[name].append(run(command))
    return {
        name: Taken(min(t.cpu for t in runs), statistics.median(t.wall for t in runs), max(t.memory for t in runs))
        for name, runs in seen.items()
    }


def show(what: str, taken: dict[str, Taken]) -> None:
    """A row a command, each with what slalint takes of its CPU."""
    ours = taken["slalint"].cpu
    for name, (cpu, wall, memory) in taken.items():
        ratio = f"{ours / cpu:.2f}" if ours > cpu / 5 else f"1/{cpu / ours:.1f}"
        print(f"| {what} | {name} | {cpu:.3f} | {wall:.3f} | {memory:.0f} | {ratio} |", flush=True)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[1, 100, 2000])
    ask.add_argument("--prose", type=int, nargs="*", default=[1, 100], help="how many Markdown agreements of 7 KB")
    ask.add_argument("--rounds", type=int, default=5)
    told = ask.parse_args()
    python, slalint = sys.executable, str(BIN / "slalint")

    print("| what | command | CPU s | wall s | MB | slalint takes of it |\n|---|---|---|---|---|---|")
    start = {
        "python -c pass": [python, "-c", "pass"],
        "click hello world": [python, "-c", HELLO, "--version"],
        "slalint": [slalint, "--version"],
    }
    measure(start, 1)  # so that bytecode is there
    show("--version", measure(start, max(told.rounds, 9)))
    for size in told.sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(Path(folder), size)
            files = sorted(map(str, Path(folder).rglob("*.yaml")))
            peer = [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *files]
            check = [slalint, "check", "--isolated"]
            alone = [*check, "--no-cache", "--jobs", "1"]
            commands = {
                "floor": [python, "-c", FLOOR, folder],
                "slalint": [*alone, folder],
                "slalint without the rules about words": [*alone, *WITHOUT, folder],
                "slalint, as many processes as pay": [*check, "--no-cache", folder],
                "slalint, all remembered": [*check, folder],
                "check-jsonschema": peer,
            }
            rounds = max(told.rounds, 9) if size < 10 else told.rounds
            measure({"fills the cache": commands["slalint, all remembered"]}, 1)
            show(f"{size:,} YAML agreement{'s' * (size > 1)}", measure(commands, rounds))
    for size in told.prose:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(size):
                (Path(folder) / f"sla-{number:05}.md").write_text(large.document(7_000, seed=number), encoding="utf-8")
            commands = {
                "slalint": [*alone, folder],
                "slalint, as many processes as pay": [*check, "--no-cache", folder],
                "slalint, all remembered": [*check, folder],
            }
            measure({"fills the cache": commands["slalint, all remembered"]}, 1)
            show(f"{size:,} Markdown agreement{'s' * (size > 1)} of 7 KB", measure(commands, told.rounds))


if __name__ == "__main__":
    main()
