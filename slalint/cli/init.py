"""`slalint init`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from slalint.cli._console import Unwritable, guarded, say, tell

if TYPE_CHECKING:
    from slalint.disk.setup import Step


@click.command(short_help="Set slalint up in this repository: configuration, hook, pipeline, editor.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
def command(dry_run: bool) -> None:
    """Set slalint up in this repository: a configuration, an entry for pre-commit, a workflow or job where GitHub or
    GitLab is used, the schemas for VS Code where it is.

    What is there stays as it is; entries are added to .pre-commit-config.yaml and .gitlab-ci.yml. A second run changes
    nothing.
    """
    from slalint.cli import _running
    from slalint.config import Config
    from slalint.disk import setup
    from slalint.reports._text import count, visible

    root = setup.top()
    files = _running.files([os.path.relpath(root)], Config())
    found = setup.of_agreements(files)
    agreements, glossaries = ([os.path.relpath(one.place, root).replace(os.sep, "/") for one in part] for part in found)
    for step in setup.steps(root, agreements, glossaries):
        if step.after is None:
            first, _, rest = step.told.partition("\n")
            say(guarded(visible(f"{step.path}: {first}") + "\n" + "".join(f"  {line}\n" for line in rest.splitlines())))
        elif dry_run:
            _show(step)
        else:
            _write(root, step)
            say(guarded(visible(f"{step.path}: {'written' if step.before is None else 'entry added'}") + "\n"))
    if not agreements:
        tell("No agreement is here yet; `slalint new` prints one to fill in.")
        return
    tell(f"{count(len(agreements), 'agreement')} found. `slalint check` says what is to be mended;")
    tell("`slalint baseline create` keeps what cannot be mended at once, so that only what is new fails a check.")


def _show(step: Step) -> None:
    from slalint.cli._fixing import Change, show

    assert step.after is not None
    show(Change(step.path, "", step.before or b"", step.after, ()))


def _write(root: str, step: Step) -> None:
    """Writes a new file, or a changed one whole or not at all. Raises ``Unwritable``."""
    from slalint.cli._fixing import Change, write

    assert step.after is not None
    place = os.path.join(root, *step.path.split("/"))
    if step.before is not None:
        write(Change(step.path, place, step.before, step.after, ()))
        return
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "xb") as stream:  # what came there meanwhile stays
            stream.write(step.after)
    except OSError as problem:
        raise Unwritable(f"{step.path} cannot be written: {problem.strerror or problem}") from problem
