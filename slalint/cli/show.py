"""`slalint show`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from slalint.cli._console import guarded, say, tell

_WIDTH = 100  # of the words quoted


@click.command(short_help="Print how a document is read.")
@click.argument("file", type=click.Path(readable=False))
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print it.")
@click.option("--stdin-filename", metavar="PATH", help="What to call the text read from standard input (-).")
def command(file: str, format_: str, stdin_filename: str | None) -> int:
    """Print how FILE is read: its elements, parties, definitions and metrics, each with its line.

    Rules see nothing but this. It always reads FILE as an agreement, whatever it looks like.
    """
    from slalint import sources
    from slalint.cli._reading import reading
    from slalint.disk.files import plainly, read, shown
    from slalint.model import Node
    from slalint.reports._text import flowing, visible

    try:
        data = sys.stdin.buffer.read() if file == "-" else read(file)
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"{file}: {plainly(problem)}") from None
    path = shown(stdin_filename) if file == "-" and stdin_filename else shown(file)
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
        say(guarded("\n".join(_text(path, one) for one in (data_, *data_["further"]))))
    return 0


def _text(path: str, read: dict[str, Any]) -> str:
    from slalint.reports._text import visible

    title = read["title"]["text"] if read["title"] else "no title"
    lines = [f"{path}: {title} ({_about(read)})"]
    for heading, rows in _blocks(read):
        table = [(str(line or "-"), *(cell or "" for cell in cells)) for line, *cells in rows]
        lines += ["", heading]
        if not table:
            lines.append("  none")
            continue
        widths = [max(len(row[column]) for row in table) for column in range(len(table[0]) - 1)]
        for row in table:
            ahead = row[0].rjust(widths[0] + 2), *(cell.ljust(w) for cell, w in zip(row[1:-1], widths[1:], strict=True))
            lines.append("  ".join((*ahead, row[-1])).rstrip())
    return "\n".join(visible(line) for line in lines) + "\n"


def _about(read: dict[str, Any]) -> str:
    kinds = [read[key]["text"] for key in ("kind", "type", "status") if read[key]]
    return ", ".join([*kinds, "data" if read["form"] == "data" else "prose"])


def _blocks(read: dict[str, Any]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Heading and rows of each part: the line first, the longest words last."""
    yield (
        "Elements (line, element, state, what decided)",
        [
            (one["line"], name, one["state"], _short(one["quote"]) or one["reason"])
            for name, one in read["elements"].items()
        ],
    )
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
    yield (
        "Metrics (line, category, name, target, window, tracked by)",
        [
            (one["line"], one["category"], *map(_short, (one["name"], one["target"], one["window"], one["trackedBy"])))
            for one in read["metrics"]
        ],
    )
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
            ("Services (line, id, name)", [(one["line"], one["id"], _short(one["name"])) for one in read["services"]]),
            ("Goals (line, what)", [(one["line"], _short(one["statement"])) for one in read["goals"]]),
            ("Tools (line, id, name)", [(one["line"], one["id"], _short(one["name"])) for one in read["tools"]]),
        )
    )


def _if_any(blocks: Iterable[tuple[str, list[tuple[Any, ...]]]]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    return (block for block in blocks if block[1])


def _short(text: str | None) -> str:
    if text is None:
        return ""
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"
