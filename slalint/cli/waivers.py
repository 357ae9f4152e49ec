"""`slalint waivers`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from slalint.cli import _project, _running
from slalint.cli._console import guarded, say, tell

if TYPE_CHECKING:
    from slalint.config import Config
    from slalint.model import Waiver


@click.command(short_help="List what is put up with, by whom, why and for how long.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--baseline", metavar="FILE", help="List this baseline, not the configuration's.")
@click.option("--as-of", metavar="DATE", help="The day from which days are counted (YYYY-MM-DD).")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print them.")
@click.option("--all", "all_", is_flag=True, help="List each entry of the baseline, not only how many in which file.")
@_project.options
def command(
    paths: tuple[str, ...],
    baseline: str | None,
    as_of: str | None,
    format_: str,
    all_: bool,
    config: str | None,
    isolated: bool,
) -> None:
    """List every suppression in PATHS and in the configuration, and what the baseline holds.

    Those that end first come first; the baseline comes last, a row for each file it is about. JSON holds every entry.
    """
    import json

    day = _running.day(as_of)
    project = _project.load(config, isolated)
    found = list(_waivers(paths or (".",), project.config, baseline))
    rows = sorted((_row(rules, one, day) for rules, one, _ in found), key=_soonest)
    if format_ == "json":
        say(json.dumps({"asOf": day, "waivers": rows}, indent=2).replace("##[", "##\\u005b") + "\n")
        return
    known = [(about, _row(rules, one, day)) for rules, one, about in found if one.kind == "baseline"]
    summed = [] if all_ else sorted(_summed(known), key=_soonest)
    say(guarded(_text([*(row for row in rows if all_ or row["kind"] != "baseline"), *summed])))
    expired = sum(row["daysLeft"] is not None and row["daysLeft"] < 0 for row in rows)
    from slalint.reports._text import count

    told = f"{count(len(rows), 'waiver')}{f', {expired:,} expired' if expired else ''}."
    tell(told + (f" {len(known):,} of them in the baseline; --all lists each." if summed else ""))


def _waivers(paths: Sequence[str], config: Config, baseline: str | None) -> Iterator[tuple[Sequence[str], Waiver, str]]:
    """Each with its rules and, in the baseline, the file it is about."""
    from slalint import sources, suppressions

    take = _running.inputs(config)
    for found in _running.files(paths, config):
        if found.left or found.failed:
            continue
        try:
            one = take(found)
        except OSError as problem:
            tell(f"slalint: {_visible(found.path)}: {_visible(problem.strerror or str(problem))}")
            continue
        if b"slalint:" not in one.data:
            continue
        source, claim = sources.find(one.path, one.data)
        if source is None or (claim < 2 and not one.agreement):
            continue
        file, refusal = sources.decode(one.path, one.data)
        if refusal is None:
            for each in suppressions.read(file, source.comments(file)):
                if not each.fault:
                    yield each.rules, each.waiver, ""
    for entry in config.suppressions:
        yield entry.rules, entry.waiver, ""
    path = _running.baseline_path(config, baseline)
    if path:
        from slalint.baseline import waiver
        from slalint.disk.files import shown

        for known in _running.baseline_entries(path):
            yield [known.rule], waiver(known, shown(path)), known.path


def _row(rules: Sequence[str], one: Waiver, day: str) -> dict[str, Any]:
    from datetime import date

    left = (date.fromisoformat(one.until) - date.fromisoformat(day)).days if one.until else None
    return {**one._asdict(), "rules": list(rules), "daysLeft": left}


def _soonest(row: dict[str, Any]) -> tuple[Any, ...]:
    left = row["daysLeft"]
    return row["kind"] == "baseline", left is None, left or 0, row["path"], row["line"], row["rules"]


def _summed(known: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """A row for each file that the baseline is about, and another for what of it is expired."""
    from slalint.reports._text import count

    files: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for about, row in known:
        files.setdefault((about, row["daysLeft"] is not None and row["daysLeft"] < 0), []).append(row)
    for (about, _), rows in files.items():
        first = min(rows, key=_soonest)
        shared: dict[str, str] = {}
        for key in ("owner", "ticket", "reason"):
            said = {row[key] for row in rows}
            shared[key] = said.pop() if len(said) == 1 else count(len(said - {""}), key)
        yield {**first, **shared, "path": about, "line": 0, "rules": [count(len(rows), "known finding")]}


def _text(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    table: list[tuple[str, ...]] = [("left", "where", "rules", "owner", "ticket", "reason")]
    for row in rows:
        left = row["daysLeft"]
        told = "for good" if left is None else "expired" if left < 0 else "1 day" if left == 1 else f"{left:,} days"
        where = f"{row['path']}:{row['line']}" if row["line"] else row["path"]
        rules = ", ".join(row["rules"])
        reason = row["reason"] or "no reason"
        table.append((told, *map(_flowing, (where, rules, row["owner"] or "-", row["ticket"] or "-", reason))))
    widths = [max(len(line[column]) for line in table) for column in range(5)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]) + "\n"
        for line in table
    )


def _flowing(text: str) -> str:
    from slalint.reports._text import flowing

    return flowing(text)


def _visible(text: str) -> str:
    from slalint.reports._text import visible

    return visible(text)
