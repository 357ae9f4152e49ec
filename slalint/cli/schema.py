"""`slalint schema`."""

from __future__ import annotations

import click

from slalint import resources
from slalint.cli._console import say


@click.command(short_help="Print a JSON Schema, for an editor.")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema called NAME; without one, list their names."""
    names = resources.schema_names()
    if name is None:
        say("".join(f"{one}\n" for one in names))
        return
    if name not in names:
        from slalint.config import unknown

        raise click.UsageError(unknown("schema", name, names))
    say(resources.schema_text(name))
