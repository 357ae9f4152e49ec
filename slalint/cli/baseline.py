"""`slalint baseline`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from slalint.cli import _project, _running
from slalint.cli._console import Unwritable, guarded, say, tell

if TYPE_CHECKING:
    from slalint.model import Report

F = TypeVar("F", bound=Callable[..., Any])


@click.group(short_help="Known findings, which count no more: create, prune or show them.")
def command() -> None:
    """Known findings, kept in a file beside the agreements, so that a check fails only for new ones.

    The file is the configuration's `baseline`, else slalint-baseline.json; `slalint check` uses it where the
    configuration names it, or with --baseline FILE.
    """


def _options(function: F) -> F:
    function = click.option("--file", "file", metavar="FILE", help="The baseline.")(function)
    return _project.options(function)


@command.command(short_help="Write what is found now.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--reason", default="", help="Why it may stay as it is.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--ticket", default="", help="Where it is being dealt with.")
@click.option("--until", default="", metavar="DATE", help="The last day on which it is put up with (YYYY-MM-DD).")
@click.option("--as-of", metavar="DATE", help="The day that rules take for today (YYYY-MM-DD).")
@_options
def create(
    paths: tuple[str, ...], file: str | None, config: str | None, isolated: bool, as_of: str | None, **said: str
) -> int:
    """Write a baseline of all that is found in PATHS now. What an older one says about a finding stays."""
    from slalint import baseline, engine
    from slalint.reports._text import count

    if said["until"]:
        said["until"] = _running.day(said["until"])
    project = _project.load(config, isolated)
    path = _running.baseline_path(project.config, file) or baseline.NAME
    report = _running.check(
        _running.files(paths or (".",), project.config), project.rules, project.config, _running.day(as_of)
    )
    older = _running.baseline_entries(path) if os.path.exists(path) else ()
    locked = engine.locked(project.rules, project.config)
    entries = baseline.created(report, older, locked, _running.gone(report), **said)
    _write(path, baseline.write(entries))
    tell(f"{_shown(path)}: {count(len(entries), 'known finding')}.")
    left = sum(finding.rule in locked for finding in report.findings)
    if left:
        tell(f"{count(left, 'finding')} of locked rules cannot be put there.")
    if not project.config.baseline and not file:
        tell(f"slalint check uses it with --baseline {path}, or with `baseline: {path}` in slalint.yaml.")
    return _failed(report)


@command.command(short_help="Take out what is found no more.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--as-of", metavar="DATE", help="The day that rules take for today (YYYY-MM-DD).")
@_options
def prune(paths: tuple[str, ...], file: str | None, config: str | None, isolated: bool, as_of: str | None) -> int:
    """Take from the baseline what is found in PATHS no more, and what was known of files that are gone."""
    from slalint import baseline
    from slalint.reports._text import count

    project = _project.load(config, isolated)
    path = _running.baseline_path(project.config, file) or baseline.NAME
    entries = _running.baseline_entries(path)
    report = _running.check(
        _running.files(paths or (".",), project.config), project.rules, project.config, _running.day(as_of)
    )
    matched = baseline.match(report, entries, _running.gone(report))
    outdated = set(map(id, matched.outdated))
    # What has moved to another file is known there from now on.
    moved = {id(entry): report.home(report.findings[index].path) for index, entry in matched.known.items()}
    kept = [entry._replace(path=moved.get(id(entry), entry.path)) for entry in entries if id(entry) not in outdated]
    _write(path, baseline.write(kept))
    tell(f"{_shown(path)}: {count(len(outdated), 'known finding')} taken out, {len(kept):,} left.")
    return _failed(report)


@command.command(short_help="List what is known.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print it.")
@_options
def show(format_: str, file: str | None, config: str | None, isolated: bool) -> None:
    """List what the baseline knows, by file."""
    import json
    from itertools import groupby

    from slalint import baseline
    from slalint.reports._text import flowing, visible

    path = _running.baseline_path(_project.load(config, isolated).config, file) or baseline.NAME
    entries = sorted(_running.baseline_entries(path))
    if format_ == "json":
        say(json.dumps([baseline.as_data(entry) for entry in entries], indent=2) + "\n")
        return
    for where, group in groupby(entries, key=lambda entry: entry.path):
        say(guarded(f"{visible(where)}\n"))
        for entry in group:
            named = {"owner": entry.owner, "ticket": entry.ticket, "until": entry.until}
            notes = [entry.reason, *(f"{key}={said}" for key, said in named.items() if said)]
            note = flowing(", ".join(filter(None, notes)))
            told = f"  {visible(entry.rule)}: {flowing(entry.message)}{f' ({note})' if note else ''}\n"
            say(guarded(told))


def _failed(report: Report) -> int:
    """2 where a file could not be looked at: its findings are not known."""
    for error in report.errors:
        tell(f"slalint: {_shown(error)}")
    return 2 if report.errors else 0


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as problem:
        raise Unwritable(f"{path}: the baseline cannot be written: {problem.strerror or problem}") from problem


def _shown(text: str) -> str:
    from slalint.reports._text import visible

    return visible(text)
