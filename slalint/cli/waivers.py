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
@_project.options
def command(
    paths: tuple[str, ...],
    baseline: str | None,
    as_of: str | None,
    format_: str,
    config: str | None,
    isolated: bool,
) -> None:
    """List every suppression in PATHS and in the configuration, and every entry of the baseline.

    Those that end first come first.
    """
    import json

    day = _running.day(as_of)
    project = _project.load(config, isolated)
    found = list(_waivers(paths or (".",), project.config, baseline))
    rows = sorted((_row(rules, one, day) for rules, one in found), key=_soonest)
    if format_ == "json":
        say(json.dumps({"asOf": day, "waivers": rows}, indent=2).replace("##[", "##\\u005b") + "\n")
        return
    say(guarded(_text(rows)))
    expired = sum(row["daysLeft"] is not None and row["daysLeft"] < 0 for row in rows)
    from slalint.reports._text import count

    tell(f"{count(len(rows), 'waiver')}{f', {expired:,} expired' if expired else ''}.")


def _waivers(paths: Sequence[str], config: Config, baseline: str | None) -> Iterator[tuple[Sequence[str], Waiver]]:
    """Each with its rules."""
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
                    yield each.rules, each.waiver
    for entry in config.suppressions:
        yield entry.rules, entry.waiver
    path = _running.baseline_path(config, baseline)
    if path:
        from slalint.baseline import waiver
        from slalint.disk.files import shown

        for known in _running.baseline_entries(path):
            yield [known.rule], waiver(known, shown(path))


def _row(rules: Sequence[str], one: Waiver, day: str) -> dict[str, Any]:
    from datetime import date

    left = (date.fromisoformat(one.until) - date.fromisoformat(day)).days if one.until else None
    return {**one._asdict(), "rules": list(rules), "daysLeft": left}


def _soonest(row: dict[str, Any]) -> tuple[Any, ...]:
    left = row["daysLeft"]
    return left is None, left or 0, row["path"], row["line"], row["rules"]


def _text(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    table: list[tuple[str, ...]] = [("left", "where", "rules", "owner", "ticket", "reason")]
    for row in rows:
        left = row["daysLeft"]
        told = "for good" if left is None else "expired" if left < 0 else "1 day" if left == 1 else f"{left:,} days"
        where = f"{row['path']}:{row['line']}"
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
