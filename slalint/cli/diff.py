"""`slalint diff`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from slalint.cli import _changes, _project
from slalint.cli._console import guarded, say, tell
from slalint.record import NamedTuple

if TYPE_CHECKING:
    from slalint.agreement import Agreement
    from slalint.changes import Difference
    from slalint.config import Config


class _Side(NamedTuple):
    """One version of a file. ``data`` is None where there is no such file."""

    path: str
    data: bytes | None


class _Pair(NamedTuple):
    old: _Side
    new: _Side
    asked: bool = False  # the file was named: it is an agreement, whatever it looks like


@click.command(short_help="Say what has changed in what is promised, and for whom it is better or worse.")
@click.argument("old", metavar="REV|OLD_FILE")
@click.argument("new", metavar="[REV2|NEW_FILE]", required=False)
@click.option("--path", "paths", multiple=True, metavar="PATH", help="Look at this file or folder only; repeatable.")
@click.option("--for", "party", metavar="PARTY", help="Say what is better or worse for this party.")
@click.option(
    "--format", "format_", type=click.Choice(tuple(_changes.FORMATS)), default="text", help="How to print the changes."
)
@click.option(
    "--fail-on",
    type=click.Choice(("weakened", "unclear", "never")),
    default="never",
    help="Exit with status 1 if anything is weakened (or cannot be told to be not).",
)
@_project.options
def command(
    old: str,
    new: str | None,
    paths: tuple[str, ...],
    party: str | None,
    format_: str,
    fail_on: str,
    config: str | None,
    isolated: bool,
) -> int:
    """Compare the agreements of two revisions, or of one with the files as they are now, or two files.

    With one revision, what is compared is the commit at which HEAD left it, so that only work since then counts.
    Agreements are matched by their id, else by their path.
    """
    from slalint.changes import differences

    wishes = _project.load(config, isolated).config
    if new is not None and os.path.isfile(old) and os.path.isfile(new):
        if paths:
            raise click.UsageError("--path chooses files of revisions; here two files are compared")
        versions = _Versions(old, new, [_Pair(_Side(*_read(old)), _Side(*_read(new)), True)])
    else:
        versions = _revisions(old, new, paths or (".",), wishes)
    olds, news, faults = _agreements(versions.pairs, wishes)
    for fault in faults:
        tell(f"slalint: {_changes.line(fault)}")
    renamed = {pair.old.path: pair.new.path for pair in versions.pairs if pair.old.path and pair.new.path}
    found = differences(olds, news, renamed)
    if party:
        found = _changes.seen_by(party, found)
    say(guarded(_changes.FORMATS[format_](_changes.Told(versions.old, versions.new, found, len(news), party or ""))))
    if faults:
        return 2
    return int(_fails(found, fail_on))


def _fails(found: Iterable[Difference], fail_on: str) -> bool:
    effects = {"weakened": ("weakened",), "unclear": ("weakened", "unclear"), "never": ()}[fail_on]
    return any(change.effect in effects for one in found for change in one.changes)


# ---- where they come from


class _Versions(NamedTuple):
    old: str  # what the old version is called
    new: str
    pairs: list[_Pair]


def _read(place: str) -> tuple[str, bytes]:
    from slalint.disk.files import plainly, read, shown

    try:
        return shown(place), read(place)
    except OSError as problem:
        raise click.ClickException(f"{shown(place)}: {plainly(problem)}") from problem


def _revisions(old: str, new: str | None, paths: Sequence[str], config: Config) -> _Versions:
    """The files that differ between two revisions, or between one and the work tree."""
    from slalint.disk import git

    try:
        root = git.top()
        first = git.base(root, old) if new is None else git.revision(root, old)
        second = git.revision(root, new) if new is not None else None
        changed = list(_wanted(git.changes(root, first, second), root, paths, config))
        before = _as_of(root, first, {a for a, _ in changed})
        after = _as_of(root, second, {b for _, b in changed}) if second is not None else _now(root, changed)
    except git.GitError as problem:
        if new is None and os.path.exists(old):
            told = f"{old} is a file, and there is no second one to compare it with"
            raise click.UsageError(told) from problem
        raise click.ClickException(str(problem)) from problem
    pairs = [_Pair(_Side(_shown(root, a), before.get(a)), _Side(_shown(root, b), after.get(b))) for a, b in changed]
    return _Versions(old, new if new is not None else "the files as they are now", pairs)


def _wanted(
    changed: Iterable[tuple[str, str]], root: str, paths: Sequence[str], config: Config
) -> Iterator[tuple[str, str]]:
    """The files that may hold agreements and lie where the user looks."""
    from slalint import sources
    from slalint.config import NAMES
    from slalint.disk.files import Patterns

    places = [os.path.realpath(path) for path in paths]
    excluded = Patterns(os.path.dirname(config.path) or ".", config.exclude)

    def wanted(path: str) -> bool:
        name, place = path.rpartition("/")[2], os.path.join(root, *path.split("/"))
        inside = any(place == one or place.startswith(os.path.join(one, "")) for one in places)
        if not path or not inside or name in NAMES or sources.find(name, b"")[0] is None:
            return False
        return not any(excluded.fit(part) for part in _with_folders(place, root))

    for a, b in changed:
        if wanted(a) or wanted(b):
            yield a, b


def _with_folders(place: str, root: str) -> Iterator[str]:
    """A path and the folders above it, up to the top."""
    while len(place) > len(root):
        yield place
        place = os.path.dirname(place)


def _as_of(root: str, commit: str, paths: set[str]) -> dict[str, bytes]:
    from slalint.disk import git

    return dict(git.files(root, commit, paths.__contains__)) if paths - {""} else {}


def _now(root: str, changed: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of the work tree; links are left out, as they are of a commit."""
    found = {}
    for _, path in changed:
        place = os.path.join(root, *path.split("/"))
        if path and os.path.isfile(place) and not os.path.islink(place):
            found[path] = _read(place)[1]
    return found


def _shown(root: str, path: str) -> str:
    from slalint.disk.files import shown

    return shown(os.path.relpath(os.path.join(root, *path.split("/")), os.path.realpath("."))) if path else ""


# ---- what they hold


def _agreements(pairs: Iterable[_Pair], config: Config) -> tuple[list[Agreement], list[Agreement], list[str]]:
    """The old and the new agreements, and what could not be read. Where one side cannot be read, nothing is said of the
    other: it would seem to have come or gone."""
    from slalint import sources
    from slalint.disk.files import Patterns

    meant = Patterns(os.path.dirname(config.path) or ".", config.agreements)
    olds: list[Agreement] = []
    news: list[Agreement] = []
    faults: list[str] = []
    for pair in pairs:
        sides = [side for side in (pair.old, pair.new) if side.data is not None]
        forced = pair.asked or any(
            sources.find(side.path, side.data or b"")[1] == 2 or meant.fit(side.path) for side in sides
        )
        if not forced:
            continue
        readings = []
        for side in (pair.old, pair.new):
            read = _agreements_of(side) if side.data is not None else []
            if isinstance(read, str):
                faults.append(read)
            readings.append(read)
        if all(not isinstance(read, str) for read in readings):
            olds += readings[0]  # type: ignore[arg-type]
            news += readings[1]  # type: ignore[arg-type]
    for agreement in (*olds, *news):
        agreement.time_zone = config.time_zone
    return olds, news, faults


def _agreements_of(side: _Side) -> list[Agreement] | str:
    """The agreements of a file, or why it cannot be read."""
    from slalint import sources

    data = side.data or b""
    source, _ = sources.find(side.path, data)
    if source is None:
        return f"{side.path}: no format that slalint reads (YAML, JSON, Markdown)"
    file, refusal = sources.decode(side.path, data)
    if refusal is not None:
        return f"{side.path}: {refusal.message}"
    reading = source.read(file, force=True)
    broken = next((one for one in reading.observations if one.rule == "syntax"), None)
    if broken is not None and not reading.agreements:
        return f"{side.path}: {broken.message}"
    return reading.agreements
