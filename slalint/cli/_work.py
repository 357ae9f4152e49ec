"""How files become outcomes: remembered from an earlier run, or linted now, by one process or by several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from slalint.disk.cache import Cache
    from slalint.disk.files import Found
    from slalint.engine import Input, Linter, Outcome, Timings

# Seconds for a kilobyte of text: a second process is started only where there is enough for it to do.
_DATA, _PROSE = 0.00015, 0.002
_PAYS = 0.15


def outcomes(
    files: Sequence[Found], take: Callable[[Found], Input], linter: Linter, jobs: int | None, cache: Cache | None
) -> Iterator[Outcome]:
    """What each file gives, each read by ``take`` only when it is its turn; ``jobs`` None: as many as pay."""
    from slalint.cli._progress import watched
    from slalint.disk.workers import spread

    def work(found: Found) -> tuple[Outcome, bytes]:
        return _work(found, take, linter, cache)

    if cache is not None:
        files, known = _remembered(files, take, cache)
        yield from known
    processes = _processes(files, jobs)
    # One file of each kind first: what all others need, too, is then loaded and compiled before the fork.
    first = {os.path.splitext(found.place)[1]: found for found in reversed(files)} if processes > 1 else {}
    first |= {found.place: found for found in files if found.place == "-"}  # standard input is read here, and once
    rest = [found for found in files if found not in first.values()]
    for outcome, digest in watched(_chain(map(work, first.values()), spread(rest, work, processes)), len(files)):
        if cache is not None and digest and not outcome.errors:
            cache.put(digest, outcome._replace(source=None), outcome.clocked)
        yield outcome


def _chain(*parts: Iterator[tuple[Outcome, bytes]]) -> Iterator[tuple[Outcome, bytes]]:
    for part in parts:
        yield from part


def _processes(files: Sequence[Found], jobs: int | None) -> int:
    if jobs is not None or len(files) < 4:
        return jobs or 1
    from slalint.disk.workers import available

    cores = available()
    if cores == 1:
        return 1
    seconds = 0.0
    for found in files:
        try:
            size = os.stat(found.place).st_size / 1024
        except OSError:
            continue
        seconds += size * (_DATA if found.place.endswith((".yaml", ".yml", ".json")) else _PROSE)
    return min(cores, 1 + int(seconds / _PAYS))


def _work(found: Found, take: Callable[[Found], Input], linter: Linter, cache: Cache | None) -> tuple[Outcome, bytes]:
    """The outcome of a file, and the name under which it may be kept (empty: not at all)."""
    if found.left:
        return _unread(found, "skipped", found.left), b""
    try:
        if found.failed:
            raise OSError(found.failed)
        one = take(found)
    except FileNotFoundError:
        return _unread(found, "skipped", "a link that leads nowhere"), b""
    except OSError as problem:
        from slalint.disk.files import plainly

        return _unread(found, "failed", found.failed or plainly(problem)), b""
    digest = _digest(one, cache) if cache is not None and os.path.isfile(found.place) else b""
    return linter(one), digest


def _unread(found: Found, status: Literal["skipped", "failed"], told: str) -> Outcome:
    from slalint.engine import Outcome
    from slalint.model import FileResult

    errors = (f"{found.path}: {told}",) if status == "failed" else ()
    return Outcome(FileResult(found.path, status, told), errors=errors)


def _digest(one: Input, cache: Cache) -> bytes:
    return cache.digest((one.path, repr(one[2:])), one.data)


def _remembered(
    files: Sequence[Found], take: Callable[[Found], Input], cache: Cache
) -> tuple[list[Found], list[Outcome]]:
    """The files that nothing is known of, and what is known of the others."""
    unknown, known = [], []
    for found in files:
        kept: Outcome | None = None
        # What is no plain file (a pipe, a substituted process) can be read but once.
        if not (found.left or found.failed) and os.path.isfile(found.place):
            try:
                one = take(found)
            except OSError:  # said when it is its turn
                unknown.append(found)
                continue
            kept = cache.get(_digest(one, cache))
            if kept is not None and (kept.findings or kept.suppressed):
                from slalint.sources import decode

                kept = kept._replace(source=decode(one.path, one.data)[0])
        if kept is None:
            unknown.append(found)
        else:
            known.append(kept)
    return unknown, known


def timings_table(timings: Timings) -> str:
    """Where the time went, in milliseconds, the longest first."""
    rows = [(seconds, calls, name) for name, (seconds, calls) in timings.phases.items()]
    rows += [(seconds, calls, f"rule {name}") for name, (seconds, calls) in timings.rules.items()]
    total = sum(seconds for seconds, _, _ in rows) or 1.0
    lines = [f"{'ms':>10}  {'of all':>6}  {'times':>7}  what"]
    for seconds, calls, name in sorted(rows, reverse=True):
        lines.append(f"{seconds * 1000:>10,.2f}  {seconds / total:>6.1%}  {calls:>7,}  {name}")
    return "\n".join([*lines, f"{total * 1000:>10,.2f}  {1:>6.1%}  {'':>7}  all"])


def timings_json(timings: Timings) -> str:
    """The same as JSON: seconds and calls by phase and by rule."""
    import json

    told = {
        "phases": {k: {"seconds": s, "calls": n} for k, (s, n) in timings.phases.items()},
        "rules": {k: {"seconds": s, "calls": n} for k, (s, n) in sorted(timings.rules.items())},
    }
    return json.dumps(told, indent=2)
