"""`slalint check`."""

from __future__ import annotations

from typing import Any

import click

from slalint.cli import _checking, _complete, _project

_GATES = ("error", "warning", "info", "never")


@click.command(
    short_help="Check agreements: files, folders, globs or standard input.",
    epilog="Exit status: 0 nothing found at or above --fail-on, 1 findings, 2 something could not be done.",
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT[:FILE]",
    shell_complete=_complete.reports,
    help="How to report, and where to; repeatable.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="NAME",
    shell_complete=_complete.rules,
    help="Run only these rules and categories; repeatable.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="NAME",
    shell_complete=_complete.rules,
    help="Leave out these rules and categories; repeatable.",
)
@click.option("--profile", type=click.Choice(("basic", "recommended", "strict")), help="Which rules run.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info", "never")),
    help="Least severity that makes the exit status 1.",
)
@click.option("--min-confidence", type=click.Choice(("low", "medium", "high")), help="Keep back what is less sure.")
@click.option("--baseline", metavar="FILE", help="Findings in this file are known and do not count.")
@click.option("--no-baseline", is_flag=True, help="Use no baseline, though the configuration names one.")
@click.option("--no-suppressions", is_flag=True, help="Report what comments or the configuration suppress, too.")
@click.option("--as-of", metavar="DATE", help="The day that rules take for today (YYYY-MM-DD).")
@click.option("--as-agreement", is_flag=True, help="Take every file for an agreement, whatever it looks like.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out, as in a .gitignore; repeatable.")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when they are named.")
@click.option("--stdin-filename", metavar="PATH", help="What to call the text read from standard input (-).")
@click.option("--since", metavar="REV", help="Show only what is new since HEAD left this branch, tag or commit.")
@click.option(
    "--trusted-config", metavar="REV", help="Take configuration, rules and all that they name from this revision."
)
@click.option("--fix", is_flag=True, help="Make the fixes that cannot change what is agreed; report what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="Make all fixes, also those that somebody has to look at.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; status 1 if it would change anything.")
@click.option("--show-files", is_flag=True, help="Only list the files: which are agreements, which are not, and why.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option(
    "--sarif-fingerprints",
    type=click.Choice(("own", "github")),
    default="own",
    help="In sarif: add the hashes of GitHub's own upload.",
)
@click.option("--sarif-include-suppressed", is_flag=True, help="In sarif: list suppressed findings too.")
@click.option("--jobs", "-j", default="auto", metavar="N", help="Processes to work with; auto: as many as pay.")
@click.option("--no-cache", is_flag=True, help="Look at every file anew, and keep nothing in .slalint_cache.")
@click.option(
    "--timings",
    type=click.Choice(("table", "json")),
    is_flag=False,
    flag_value="table",
    help="Tell on stderr where the time went, as a table or as JSON.",
)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colours on a terminal.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only.")
@_project.options
def command(**wishes: Any) -> int:
    """Check agreements: files, folders, globs, or - for standard input; the working folder if none is named.

    In folders, files that a .gitignore names are left out, unless git tracks them. A file that is no agreement is left
    alone.
    """
    return _checking.run(**wishes)
