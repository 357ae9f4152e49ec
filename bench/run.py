"""slalint against the floor and against check-jsonschema, in one interleaved run; prints a Markdown table.

`python bench/run.py [--sizes 1 100 2000] [--rounds 5]`: medians of wall seconds, and the peak memory of a process. The
floor starts Python, reads every file and walks libyaml's bare events. check-jsonschema validates the same files against
the same schema; what takes longer than ten seconds runs once.
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

import corpus

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "schemas" / "agreement.schema.json"
BIN = Path(sys.executable).parent

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


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MB) of one run; a status above 1 is an error."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command[:4])} ended with {child.returncode}")
    return seconds, usage.ru_maxrss / 1024


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds and largest memory of each command, all of them run in turn, round after round."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if seen[name] and seen[name][0][0] > 10:
                continue
            seen[name].append(run(command))
    return {name: (statistics.median(s for s, _ in runs), max(m for _, m in runs)) for name, runs in seen.items()}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[1, 100, 2000])
    ask.add_argument("--rounds", type=int, default=5)
    told = ask.parse_args()
    python, slalint = sys.executable, str(BIN / "slalint")

    print("| what | seconds | MB | against |\n|---|---|---|---|")
    start = measure(
        {
            "pass": [python, "-c", "pass"],
            "click": [python, "-c", HELLO, "--version"],
            "slalint": [slalint, "--version"],
        },
        max(told.rounds, 9),
    )
    for name in start:
        ratio = start["slalint"][0] / start[name][0]
        print(f"| --version: {name} | {start[name][0]:.3f} | {start[name][1]:.0f} | slalint is {ratio:.2f} × |")
    for size in told.sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(Path(folder), size)
            files = sorted(map(str, Path(folder).rglob("*.yaml")))
            commands = {
                "floor": [python, "-c", FLOOR, folder],
                "slalint": [slalint, "check", "--isolated", folder],
                "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *files],
            }
            taken = measure(commands, told.rounds)
            for name, (seconds, memory) in taken.items():
                ratio = taken["slalint"][0] / seconds
                print(f"| {size} agreements: {name} | {seconds:.3f} | {memory:.0f} | slalint is {ratio:.3f} × |")


if __name__ == "__main__":
    main()
