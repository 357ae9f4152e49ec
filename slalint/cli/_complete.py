"""What a shell completes: reports, rules and categories, as they are found."""

from __future__ import annotations

import click


def reports(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The reports, by their names and aliases."""
    from importlib import import_module

    from slalint import plugins
    from slalint import reports as package

    names = plugins.modules(package)
    aliases = [one for name in names for one in getattr(import_module(f"slalint.reports.{name}"), "aliases", ())]
    return [name for name in sorted({*names, *aliases}) if name.startswith(incomplete)]


def rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Our rules and their categories: nothing of the folder one stands in is run because a key was pressed."""
    from slalint.cli import _project
    from slalint.disk.rulebook import bundled

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in sorted(_project.names(bundled())) if name.startswith(last)]
