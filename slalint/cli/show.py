"""`slalint show`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from slalint.cli._console import guarded, say, tell

_WIDTH = 100  # of the words quoted
_GOES_ON = 0  # in place of a line: the row says more of the one above it


@click.command(short_help="Print how a document is read.")
@click.argument("file", type=click.Path(readable=False))
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print it.")
@click.option("--why", is_flag=True, help="Say which words decided each element and each part of a metric.")
@click.option("--stdin-filename", metavar="PATH", help="What to call the text read from standard input (-).")
def command(file: str, format_: str, why: bool, stdin_filename: str | None) -> int:
    """Print how FILE is read: its elements, parties, definitions, metrics, priorities, credits, hours and dates, each
    with its line.

    Rules see nothing but this. It always reads FILE as an agreement, whatever it looks like.
    """
    from slalint import sources
    from slalint.cli import _project, _running
    from slalint.cli._reading import reading
    from slalint.disk.files import plainly, read, shown
    from slalint.model import Node
    from slalint.reports._text import flowing, visible

    if stdin_filename and file != "-":
        raise click.UsageError("--stdin-filename names the text on standard input; put - for FILE to read it")
    name = shown(stdin_filename) if stdin_filename else ""
    try:
        path, data = _running.standard_input(name) if file == "-" else (shown(file), read(file))
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"{file}: {plainly(problem)}") from None
    _project.speak()
    source, _ = sources.find(path, data)
    if source is None:
        raise click.UsageError(f"{path}: no format that slalint reads (YAML, JSON, Markdown)")
    text, refusal = sources.decode(path, data)
    found = source.read(text, force=True) if refusal is None else sources.Reading([], [refusal])
    for said in found.observations:
        if said.rule == "syntax":
            at = said.at.place if isinstance(said.at, Node) else said.at
            tell(f"{visible(path)}:{at.line}:{at.column}: {flowing(said.message)}")
    if not found.agreements:
        tell(f"{visible(path)}: nothing in it can be read as an agreement")
        return 2
    data_ = reading(path, found.agreements)
    if format_ == "json":
        say(json.dumps(data_, indent=2) + "\n")
    else:
        say(guarded("\n".join(_text(path, one, why) for one in (data_, *data_["further"]))))
    return 0


def _text(path: str, read: dict[str, Any], why: bool) -> str:
    from slalint.reports._text import visible

    title = read["title"]["text"] if read["title"] else "no title"
    lines = [f"{path}: {title} ({_about(read)})"]
    for heading, rows in _blocks(read, why):
        table = [(str(line or "-"), *(cell or "" for cell in cells)) for line, *cells in rows if line != _GOES_ON]
        lines += ["", heading]
        if not table:
            lines.append("  none")
            continue
        widths = [max(len(row[column]) for row in table) for column in range(len(table[0]) - 1)]
        printed = iter(table)
        for line, *cells in rows:
            if line == _GOES_ON:
                lines.append(" " * (widths[0] + 6) + " ".join(cells))
                continue
            row = next(printed)
            ahead = row[0].rjust(widths[0] + 2), *(cell.ljust(w) for cell, w in zip(row[1:-1], widths[1:], strict=True))
            lines.append("  ".join((*ahead, row[-1])).rstrip())
    return "\n".join(visible(line) for line in lines) + "\n"


def _about(read: dict[str, Any]) -> str:
    kinds = [read[key]["text"] for key in ("kind", "type", "status") if read[key]]
    return ", ".join([*kinds, "data" if read["form"] == "data" else "prose"])


def _blocks(read: dict[str, Any], why: bool) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Heading and rows of each part: the line first, the longest words last."""
    yield "Elements (line, element, state, what decided)", list(_elements(read["elements"], why))
    yield "Parts (line, part, state, what decided)", list(_elements(read["parts"], why))
    people = [("manager", read["manager"])] if read["manager"] else []
    people += [("representative", person) for person in read["representatives"]]
    yield (
        "People (line, what for, name, contact)",
        [
            (one["line"], role, one["name"] + ("" if one["isPerson"] else " (a role)"), one["contact"])
            for role, one in people
        ],
    )
    yield "Parties (line, role, name)", [(one["line"], one["role"], _short(one["name"])) for one in read["parties"]]
    yield "Metrics (line, category, name, target, window, tracked by)", list(_metrics(read["metrics"], why))
    yield (
        "Definitions (line, form, term, meaning)",
        [(one["line"], one["form"], _short(one["term"]), _short(one["means"])) for one in read["definitions"]],
    )
    yield (
        "Policies (line, name, what it says)",
        [(one["line"], name, _short(one["summary"])) for name, one in read["policies"].items()],
    )
    yield from _if_any(
        (
            (
                "Priorities (line, name, rank, what belongs to it)",
                [(p["line"], p["name"], str(p["rank"] or "-"), _short(p["definition"])) for p in read["priorities"]],
            ),
            (
                "Times by priority (line, measure, case, priority, value)",
                [
                    (
                        cell["line"],
                        cell["measure"],
                        _short(cell["case"]),
                        cell["priority"],
                        _short(cell["said"]) or "(empty)",
                    )
                    for matrix in read["matrices"]
                    for cell in matrix["cells"]
                ],
            ),
            (
                "Credit tiers (line, of what, case, from, to, credit)",
                list(_tiers(read["tiers"])),
            ),
            (
                "Hours (line, kind, name, what is said)",
                [
                    (
                        h["line"],
                        h["kind"],
                        _short(h["name"]),
                        h["said"] + ("" if h["understood"] else " (cannot be read)"),
                    )
                    for h in read["hours"]
                ],
            ),
            (
                "Dates (line, of what, whose, date)",
                [
                    (d["line"], d["kind"], _short(d["name"]), d["date"] or f"{d['said']} (cannot be read)")
                    for d in read["dates"]
                ],
            ),
            ("Services (line, id, name)", [(one["line"], one["id"], _short(one["name"])) for one in read["services"]]),
            ("Goals (line, what)", [(one["line"], _short(one["statement"])) for one in read["goals"]]),
            ("Tools (line, id, name)", [(one["line"], one["id"], _short(one["name"])) for one in read["tools"]]),
        )
    )


def _elements(elements: dict[str, Any], why: bool) -> Iterator[tuple[Any, ...]]:
    for name, one in elements.items():
        yield one["line"], name, one["state"], _short(one["quote"]) or one["reason"]
        if why and one["quote"]:
            yield _GOES_ON, f"why: {_short(one['reason'])}"


def _metrics(metrics: list[dict[str, Any]], why: bool) -> Iterator[tuple[Any, ...]]:
    for one in metrics:
        yield (
            one["line"],
            one["category"],
            *map(_short, (one["name"], one["target"], one["window"])),
            "a duty, nothing to measure" if one["duty"] and not one["trackedBy"] else _short(one["trackedBy"]),
        )
        for name, part in one["parts"].items() if why else ():
            yield _GOES_ON, f"{name} {part['state']}: {_short(part['reason'])}"


def _tiers(schedules: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for tiers in schedules:
        for row in tiers["rows"]:
            case = _short(tiers["case"])
            yield row["line"], tiers["category"], case, _from(row), _to(row), _short(row["credit"])
        for name in ("cap", "basis"):
            if tiers[name]:
                yield _GOES_ON, f"{name}: {_short(tiers[name])}"


def _from(row: dict[str, Any]) -> str:
    return "" if row["low"] is None else {True: "at least ", False: "above ", None: ""}[row["lowIncluded"]] + row["low"]


def _to(row: dict[str, Any]) -> str:
    return "" if row["high"] is None else {True: "up to ", False: "below ", None: ""}[row["highIncluded"]] + row["high"]


def _if_any(blocks: Iterable[tuple[str, list[tuple[Any, ...]]]]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    return (block for block in blocks if block[1])


def _short(text: str | None) -> str:
    if text is None:
        return ""
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"
