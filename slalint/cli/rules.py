"""`slalint rules`."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from slalint.cli import _project
from slalint.cli._console import say


@click.command(short_help="List every rule, your own included.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="How to print them.")
@_project.options
def command(format_: str, config: str | None, isolated: bool) -> None:
    """List every rule: ours, those of installed packages, and your own."""
    rules = sorted(_project.load(config, isolated).rules, key=lambda rule: (rule.category, rule.name))
    if format_ == "json":
        listed = [
            {
                "name": rule.name,
                "category": rule.category,
                "severity": rule.severity,
                "profile": rule.profile,
                "forms": list(rule.applies),
                "summary": rule.summary,
                "why": rule.why,
                "hint": rule.fix,
                "origin": rule.origin,
            }
            for rule in rules
        ]
        say(json.dumps({"rules": listed}, indent=2) + "\n")
        return
    rows = [
        ("rule", "severity", "category", "profile", "looks at", "summary"),
        *((r.name, r.severity, r.category, r.profile, ", ".join(r.applies), r.summary) for r in rules),
    ]
    say(_table(rows))


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) + "\n"
        for row in rows
    )
