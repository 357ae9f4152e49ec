"""`slalint clean`."""

from __future__ import annotations

import click

from slalint.cli._console import say


@click.command(short_help="Take away what earlier runs have kept.")
@click.option("--config", metavar="FILE", help="The configuration beside which the cache is.")
def command(config: str | None) -> int:
    """Take away .slalint_cache, where `slalint check` keeps what it found, and what whole runs have said, which is in
    the user's own cache folder. The next run fills both again."""
    from slalint.disk import cache, runs, settings
    from slalint.disk.files import plainly, shown

    folder = cache.home(config or settings.find() or "")
    try:
        gone = cache.clean(folder)
        runs.clean()
    except OSError as problem:
        raise click.ClickException(f"{shown(folder)}: cannot be taken away: {plainly(problem)}") from problem
    say(f"{shown(folder)} is gone\n" if gone else f"there is no cache at {shown(folder)}\n")
    return 0
