"""`slalint version`."""

from __future__ import annotations

import click

from slalint import __version__
from slalint.cli._console import say


@click.command()
def command() -> None:
    """Print the version."""
    say(f"slalint {__version__}\n")
