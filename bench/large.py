"""One large agreement in Markdown: is it read and checked within a second, and does twice as much take twice as long?

    python bench/large.py [--kilobytes 50 100 200] [--rounds 3] [--keep FILE]

The document repeats the sections of the examples in a random order (from a seed), with other numbers and names in each.
CPU and wall are the least of all rounds, of the whole command: start, reading, all rules, report.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_HEAD = """# Service level agreement for everything

Between Northmoor Works (the provider) and Southmere Mills (the customer), version 1.0,
effective from 1 May 2026 to 30 April 2036.
"""


def document(size: int, seed: int = 3) -> str:
    """An agreement of about ``size`` bytes."""
    chance = random.Random(seed)
    texts = [path.read_text() for path in sorted((ROOT / "examples").glob("*/*.md"))]
    sections = [part for text in texts for part in re.split(r"(?m)^(?=## )", text)[1:]]
    parts, length, number = [_HEAD], len(_HEAD), 0
    while length < size:
        number += 1
        part = re.sub(r"^## (?:\d+\. )?(.*)", rf"## {number}. \1 of service {number}", chance.choice(sections))
        part = re.sub(r"\b99\.\d", lambda _: f"9{chance.randint(5, 9)}.{chance.randint(1, 9)}", part)
        part = re.sub(r"\b(Fault|Ticket|Incident|Lead)\b", rf"\1 of kind {chance.choice('ABCD')}", part)
        parts.append(part.rstrip() + "\n")
        length += len(parts[-1].encode()) + 1
    return "\n".join(parts)


def timed(path: Path) -> tuple[float, float]:
    """CPU and wall seconds of one run."""
    command = [sys.executable, "-m", "slalint", "check", str(path), "--isolated", "--no-cache", "--output", "concise"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--kilobytes", type=int, nargs="+", default=[50, 100, 200])
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--keep", type=Path, help="write the largest document here")
    given = ask.parse_args()
    print("| KB | CPU s | wall s |\n|---|---|---|")
    for size in given.kilobytes:
        text = document(size * 1000)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.sla.md"
            path.write_text(text)
            rounds = [timed(path) for _ in range(given.rounds)]
        print(f"| {size} | {min(cpu for cpu, _ in rounds):.2f} | {min(wall for _, wall in rounds):.2f} |")
        if given.keep:
            given.keep.write_text(text)


if __name__ == "__main__":
    main()
