"""`slalint new`."""

from __future__ import annotations

import click

from slalint.cli._console import Unwritable, say, tell


@click.command(short_help="Print a new agreement to fill in.")
@click.argument("type_", metavar="TYPE", required=False)
@click.option(
    "--format", "format_", type=click.Choice(("md", "yaml")), default="md", help="Prose or data; prose first."
)
@click.option("--output", metavar="FILE", help="Write to this new file; else to standard output.")
def command(type_: str | None, format_: str, output: str | None) -> None:
    """Print a new agreement of TYPE to fill in; without one, list the types."""
    from slalint import resources

    types = resources.template_names()
    if type_ is None:
        say("".join(f"{one}\n" for one in types))
        return
    if type_ not in types:
        from slalint.config import unknown

        raise click.UsageError(unknown("template", type_, types))
    text = resources.text("templates", f"{type_}.{format_}")
    if output is None or output == "-":
        say(text)
        return
    try:
        with open(output, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise Unwritable(f"{output} exists already; a new agreement never takes the place of another") from None
    except OSError as problem:
        raise Unwritable(f"{output} cannot be written: {problem.strerror or problem}") from problem
    tell(f"{output}: fill in the blanks; `slalint check {output}` reports each until then.")
