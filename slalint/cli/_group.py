"""The command `slalint` itself: finds its commands in this folder."""

from __future__ import annotations

from importlib import import_module

import click

from slalint import __version__, cli, plugins


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name.replace("_", "-") for name in plugins.modules(cli)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"slalint.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            from slalint.config import unknown

            raise click.UsageError(unknown("command", args[0], names), ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 nothing found, 1 findings, 2 something could not be done.",
)
@click.version_option(__version__, message="slalint %(version)s")
def slalint() -> None:
    """Find what will go wrong with a service level agreement before anyone signs it."""
