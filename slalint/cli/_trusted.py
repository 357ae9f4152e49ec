"""`slalint check --trusted-config REV`: files of anybody, checked with the wishes of a revision that is trusted.

Configuration, rules, languages, glossaries and baseline come from that revision; of what is in the working folder
nothing is run, and nothing decides what is looked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from slalint.cli import _project, _running
from slalint.disk import git
from slalint.disk.files import Found, repository

_READ = (".yaml", ".yml", ".json", ".md", ".markdown", ".mdx", ".py", ".tsv", ".txt")  # what a configuration may name


def load(rev: str, config: str | None, baseline: str | None) -> _project.Project:
    """The project as it was at ``rev``; what its configuration names stays readable while the command runs. ``config``
    and ``baseline`` are what the command line names. Raises ``ConfigError`` and ``RuleError``."""
    from tempfile import TemporaryDirectory

    from slalint.disk import settings

    folder = os.path.realpath(click.get_current_context().with_resource(TemporaryDirectory(prefix="slalint-")))
    try:
        root = git.top()
        inside = os.path.relpath(os.path.realpath("."), root)
        git.unpack(root, git.revision(root, rev), folder, lambda path: path.endswith(_READ))
        if config and os.path.isabs(config):
            config = os.path.join(folder, os.path.relpath(os.path.realpath(config), root))
    except git.GitError as problem:
        raise click.ClickException(f"--trusted-config {rev}: {problem}") from problem
    with _standing_in(os.path.join(folder, inside), root):
        found = config or settings.find()
        project = _project.load(os.path.relpath(found) if found else None)
        wishes = project.config
        known = _running.baseline_path(wishes, baseline)
        # What its glossaries explain is read already; a baseline is read later, from where it was.
        wishes = wishes._replace(glossaries=(), baseline=os.path.abspath(known) if known else "")
    return project._replace(config=wishes)


def own(files: Sequence[Found]) -> list[Found]:
    """The files, without those that a link brings in from elsewhere: what else the machine holds is nobody's to see,
    nor is what git keeps for itself."""
    root = os.path.realpath(repository()[0])
    hidden = os.path.join(root, ".git")

    def leads_out(found: Found) -> bool:
        place, real = os.path.abspath(found.place), os.path.realpath(found.place)
        return _below(root, place) and (not _below(root, real) or _below(hidden, real))

    left = "a link that leads out of the repository"
    return [one._replace(left=left) if one.place != "-" and leads_out(one) else one for one in files]


def _below(folder: str, place: str) -> bool:
    return place.startswith(os.path.join(folder, ""))


@contextmanager
def _standing_in(there: str, root: str) -> Iterator[None]:
    """Makes a folder the working folder. No package is found in the repository ``root`` meanwhile: ``python -m`` looks
    for packages in the folder it was started in."""
    here, path = os.getcwd(), sys.path[:]
    os.makedirs(there, exist_ok=True)
    os.chdir(there)
    sys.path[:] = [entry for entry in path if entry and os.path.realpath(entry) not in (root, os.path.realpath(here))]
    try:
        yield
    finally:
        os.chdir(here)
        sys.path[:] = path
