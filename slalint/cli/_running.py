"""A run over files: which there are, how they are read, what is found in them. What several commands do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from slalint.cli._console import misused, tell

if TYPE_CHECKING:
    from slalint.baseline import Entry
    from slalint.config import Config
    from slalint.disk.cache import Cache
    from slalint.disk.files import Found
    from slalint.engine import Input, Linter
    from slalint.model import Report
    from slalint.rule import Rule


def files(
    paths: Sequence[str],
    config: Config,
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    stdin_filename: str | None = None,
) -> list[Found]:
    """The files to look at; ``-`` stands for standard input. Raises ``click.UsageError``."""
    from slalint.config import NAMES
    from slalint.disk.files import Found, Patterns, find, shown
    from slalint.sources import find as source

    def takes(name: str) -> bool:  # a file in a folder, as its name tells
        return name not in NAMES and source(name, b"")[0] is not None

    if stdin_filename and "-" not in paths:
        raise misused("--stdin-filename names the text on standard input; put - among the paths to read it")
    patterns = [Patterns(os.path.dirname(config.path) or ".", config.exclude), Patterns(".", exclude)]
    named = find([path for path in paths if path != "-"], patterns, force_exclude, takes)
    if "-" in paths:
        name = stdin_filename
        left = "excluded" if name and force_exclude and any(p.fit(name) for p in patterns) else ""
        named.append(Found(shown(name) if name else "-", "-", True, left))
    return named


Before = Mapping[str, Sequence[tuple[str, bytes]]]  # see `_since.before`


def inputs(config: Config, as_agreement: bool = False, before: Before | None = None) -> Callable[[Found], Input]:
    """How a file found becomes one for the engine; reads it. ``before``: what it was, by its path from the top."""
    from slalint.disk.files import Patterns, read, repository
    from slalint.disk.glossaries import linked
    from slalint.engine import Input
    from slalint.model import from_top

    top, inside = repository()
    folder = os.path.dirname(config.path) or "."
    agreements, templates = Patterns(folder, config.agreements), Patterns(folder, config.templates)
    entries = [(entry, Patterns(folder, entry.paths)) for entry in config.suppressions]
    overrides = [(number, Patterns(folder, one.paths)) for number, one in enumerate(config.overrides)]

    def was(home: str, path: str) -> tuple[tuple[str, bytes], ...]:
        return tuple((older or path, data) for older, data in before.get(home, ())) if before else ()

    def take(found: Found) -> Input:
        path, place = found.path, found.place
        if place == "-":
            path, data = standard_input("" if path == "-" else path)
            place = path
        else:
            data = read(place)
        if as_agreement:
            reason = "--as-agreement"
        else:
            reason = f"agreements in {config.path}" if config.agreements and agreements.fit(place) else ""
        template = bool(config.templates) and templates.fit(place)
        home = from_top(path, top, inside) if top else path
        suppressions = tuple(entry for entry, paths in entries if paths.fit(place)) if entries else ()
        own = tuple(number for number, paths in overrides if paths.fit(place)) if overrides else ()
        return Input(
            path, data, bool(reason), reason, template, home, linked(place, data), suppressions, own, was(home, path)
        )

    return take


def standard_input(name: str = "") -> tuple[str, bytes]:
    """What is on standard input, and what to call it: the name it was given, else one of the format that knows it best.
    Raises ``OSError`` where nothing is there to guess from."""
    from slalint import sources

    data = sys.stdin.buffer.read()
    if not name and not data.strip():
        raise OSError("standard input is empty")
    guesses = ("stdin.yaml", "stdin.json", "stdin.md")
    return name or max(guesses, key=lambda guess: sources.find(guess, data)[1]), data


def check(
    found: Sequence[Found],
    rules: Sequence[Rule],
    config: Config,
    as_of: str,
    as_agreement: bool = False,
    jobs: int | None = None,
    cached: bool = True,
    times: str | None = None,
    before: Before | None = None,
) -> Report:
    """What the rules find. ``before``: with rules about changes, and what the files were. ``jobs``: how many processes,
    None for as many as pay; ``times`` (table or json) tells on stderr where the time went."""
    import gc

    from slalint import engine
    from slalint.cli import _work
    from slalint.disk.files import repository
    from slalint.model import About
    from slalint.reports._text import visible

    timings = None
    if times:
        from time import perf_counter

        timings = engine.Timings(perf_counter)
    linter = engine.Linter(rules, config, as_of, timings, before is not None)
    cache = _cache(linter, as_of) if cached and timings is None else None
    gc.freeze()  # what was loaded stays
    # Times are taken in this process; those of several would be another thing to read.
    jobs = 1 if timings is not None else jobs
    outcomes = _work.outcomes(found, inputs(config, as_agreement, before), linter, jobs, cache)
    ran = linter.anywhere
    report = engine.report(outcomes, len(ran), config, as_of)
    if cache is not None:
        cache.close()
        if cache.problem:
            tell(f"slalint: {visible(cache.problem)}")
    if timings is not None:
        tell((_work.timings_json if times == "json" else _work.timings_table)(timings))
    about = tuple(About(r.name, r.category, r.severity, r.summary, r.why, r.fix, r.pack) for r in ran)
    top, folder = repository()
    # A link has no lines that a server could show.
    links = {path: os.path.realpath(path).replace(os.sep, "/") for path in report.sources if os.path.islink(path)}
    return report._replace(about=about, top=top, folder=folder, links=links)


def _cache(linter: Linter, as_of: str) -> Cache:
    """The cache of the project, good for these rules and wishes only."""
    from slalint import resources
    from slalint.disk.cache import Cache, home, signature

    folders = {os.path.dirname(rule.origin) for rule in linter.rules.values()}
    told = (repr(linter.config), *(rule.name for rule in linter.enabled))
    looked_at = [*resources.program(), *linter.config.languages, *sorted(folders)]
    return Cache(home(linter.config.path), signature(looked_at, told), as_of)


def day(wish: str | None) -> str:
    from datetime import date

    if wish is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(wish).isoformat()
    except ValueError:
        raise misused(f'"{wish}" is no day; --as-of wants one such as 2026-01-31') from None


def processes(wish: str) -> int | None:
    """How many processes; None for as many as pay."""
    if wish == "auto":
        return None
    if wish.isdecimal() and 0 < int(wish) <= 256:
        return int(wish)
    raise misused(f'"{wish}" is no number of processes; --jobs wants auto, or 1 to 256')


def baseline_path(config: Config, wish: str | None = None) -> str:
    """The file of known findings: the one wished for, else the configuration's; empty where there is none."""
    if wish:
        return wish
    return os.path.join(os.path.dirname(config.path), config.baseline) if config.baseline else ""


def baseline_entries(path: str) -> tuple[Entry, ...]:
    """The known findings in a file. Raises ``BaselineError``."""
    from slalint import baseline
    from slalint.disk.files import plainly, read, shown
    from slalint.sources import decode

    try:
        data = read(path)
    except OSError as problem:
        missing = isinstance(problem, FileNotFoundError)
        told = "there is no such baseline; `slalint baseline create` writes one" if missing else plainly(problem)
        raise baseline.BaselineError(f"{shown(path)}: {told}") from problem
    file, refusal = decode(shown(path), data)
    if refusal is not None:
        raise baseline.BaselineError(f"{file.path}: {refusal.message}")
    return baseline.read(file)


def gone(report: Report) -> Callable[[str], bool]:
    """Whether there is no file any more that a report would name so, from the top of the repository."""
    return lambda path: not os.path.exists(os.path.join(report.top, path))
