"""`slalint register`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from slalint.agreement import POLICIES
from slalint.cli import _project
from slalint.cli._console import guarded, say, tell

if TYPE_CHECKING:
    from slalint.agreement import Agreement
    from slalint.engine import Outcome

_DATES = {"effective": "effective", "expiry": "expiry", "nextReview": "next-review"}
_WIDTH = 34  # of a cell of the table


@click.command(short_help="List all agreements: who manages them, until when, what is missing.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "markdown", "json")),
    default="table",
    help="How to print it.",
)
@click.option("--as-of", metavar="DATE", help="The day that rules take for today (YYYY-MM-DD).")
@click.option("--as-agreement", is_flag=True, help="Take every file for an agreement, whatever it looks like.")
@_project.options
def command(
    paths: tuple[str, ...], format_: str, as_of: str | None, as_agreement: bool, config: str | None, isolated: bool
) -> int:
    """One row an agreement: title, type, status, manager, version, dates, the six policies, how many of its metrics are
    tracked, and its findings. The working folder if no path is named. The status is 0 whatever is found, also where a
    file cannot be read as an agreement; such files are named on stderr."""
    from slalint.cli import _running
    from slalint.engine import Linter

    project = _project.load(config, isolated)
    linter = Linter(project.rules, project.config, _running.day(as_of))
    files = _running.files(paths or (".",), project.config)
    take = _running.inputs(project.config, as_agreement)
    rows: list[dict[str, Any]] = []
    failed = False
    broken = 0
    for found in files:
        if found.left:
            continue
        try:
            if found.failed:
                raise OSError(found.failed)
            one = take(found)
        except OSError as problem:
            from slalint.disk.files import plainly

            tell(f"slalint: {_line(found.path)}: {_line(found.failed or plainly(problem))}")
            failed = True
            continue
        outcome = linter(one)
        if outcome.file.agreements:
            from slalint import sources

            source, _ = sources.find(one.path, one.data)
            assert source is not None
            text, _ = sources.decode(one.path, one.data)
            for agreement in source.read(text, force=one.agreement).agreements:
                rows.append(_row(agreement, outcome))
        elif outcome.file.status == "checked":
            broken += 1
            tell(f"slalint: {_line(outcome.file.path)}: cannot be read as an agreement: {_line(outcome.file.reason)}")
    rows.sort(key=lambda row: (row["path"], row["document"]))
    say(_FORMATS[format_](rows))
    if broken:
        from slalint.reports._text import count

        tell(f"{count(broken, 'file')} could not be read as an agreement.")
    return 2 if failed else 0


def _row(agreement: Agreement, outcome: Outcome) -> dict[str, Any]:
    """What a manager of many agreements looks at first. Dates are ISO where they can be read, else as written."""
    days: dict[str, str] = {}
    for date in agreement.dates:
        days.setdefault(date.kind, date.day.isoformat() if date.day is not None else " ".join(date.node.text.split()))
    found = Counter(one.severity for one in outcome.findings if one.document == agreement.document)
    manager = agreement.manager
    judged = [metric for metric in agreement.metrics if not metric.duty]  # nobody measures whether notice is given
    return {
        "path": agreement.file.path,
        "document": agreement.document,
        "title": _text(agreement.title),
        "type": _text(agreement.type),
        "status": _text(agreement.status),
        "manager": _text(manager.name) if manager is not None else None,
        "version": _text(agreement.version),
        **{key: days.get(kind) for key, kind in _DATES.items()},
        "policies": {name: agreement.elements[name].state for name in POLICIES},
        "metrics": len(judged),
        "tracked": sum(bool(metric.tracking) for metric in judged),
        "errors": found["error"],
        "warnings": found["warning"],
        "info": found["info"],
        "waived": sum(one.document == agreement.document for one in outcome.suppressed),
    }


def _text(node: Any) -> str | None:
    return (" ".join(node.text.split()) or None) if node is not None else None


# ---- formats

_HEADERS = ["agreement", "title", "type", "status", "manager", "version", "effective", "expiry", "review"]
_HEADERS += ["policies", "tracked", "errors", "warnings", "info", "waived"]


def _cells(row: dict[str, Any]) -> list[str]:
    """A row as text; policies by their initials, in small letters where they are only blanks, a dot where there is
    none: application, renewal, modification, exclusions, limitations, termination."""
    states = row["policies"]
    initials = "".join(
        name[0].upper() if state in ("present", "by-reference") else name[0] if state == "placeholder" else "·"
        for name, state in states.items()
    )
    place = row["path"] + (f" ({row['document'] + 1})" if row["document"] else "")
    said = [row[key] or "" for key in ("title", "type", "status", "manager", "version", *_DATES)]
    numbers = [str(row[key]) for key in ("errors", "warnings", "info", "waived")]
    return [_line(cell) for cell in (place, *said, initials, f"{row['tracked']}/{row['metrics']}", *numbers)]


def _line(text: str) -> str:
    from slalint.reports._text import flowing

    return flowing(text)


def _table(rows: list[dict[str, Any]]) -> str:
    from slalint.reports._text import cells, count

    def cut(text: str, keep: bool) -> list[tuple[str, int]]:
        shown = cells(text)
        return shown if keep or len(shown) <= _WIDTH else [*shown[: _WIDTH - 1], ("…", 1)]

    lines = [[cut(cell, at == 0) for at, cell in enumerate(line)] for line in [_HEADERS, *map(_cells, rows)]]
    used = [at for at in range(len(_HEADERS)) if any(line[at] for line in lines[1:])]
    widths = {at: max(sum(w for _, w in line[at]) for line in lines) for at in used}
    told = []
    for line in lines:
        parts = ["".join(c for c, _ in line[at]) + " " * (widths[at] - sum(w for _, w in line[at])) for at in used]
        told.append("  ".join(parts).rstrip())
    told.append(f"{count(len(rows), 'agreement')}.")
    return guarded("\n".join(told if rows else told[-1:]) + "\n")


def _markdown(rows: list[dict[str, Any]]) -> str:
    def line(row: Sequence[str]) -> str:
        return "| " + " | ".join(_escaped(cell) for cell in row) + " |"

    return guarded("\n".join([line(_HEADERS), line(["---"] * len(_HEADERS)), *(line(_cells(r)) for r in rows)]) + "\n")


def _escaped(cell: str) -> str:
    """Text that a reader of Markdown shows as it is."""
    for char in "\\`*_{}[]<>|#!&":
        cell = cell.replace(char, f"\\{char}" if cell != "---" else char)
    return cell


def _csv(rows: list[dict[str, Any]]) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADERS)
    # A spreadsheet takes what begins like this for a formula, and runs it.
    writer.writerows(
        [f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in _cells(row)] for row in rows
    )
    return guarded(out.getvalue())


def _json(rows: list[dict[str, Any]]) -> str:
    from slalint.reports._data import as_json

    return as_json({"version": 1, "agreements": rows}, indent=2) + "\n"


_FORMATS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "table": _table,
    "csv": _csv,
    "markdown": _markdown,
    "json": _json,
}
