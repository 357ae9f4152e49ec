"""`slalint check --since REV`: what was found in the files as they were, so that only what is new is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from slalint.disk import git

if TYPE_CHECKING:
    from slalint.disk.files import Found
    from slalint.engine import Input, Linter
    from slalint.model import Report

Find = Callable[[Sequence[str]], Sequence["Found"]]


def only_new(report: Report, rev: str, older: frozenset[str]) -> Report:
    """A report without the findings that were there at ``rev``; how many those are is told."""
    new = tuple(finding for finding in report.findings if finding.fingerprint not in older)
    return report._replace(findings=new, since=rev, older=len(report.findings) - len(new))


def before(rev: str) -> dict[str, list[tuple[str, bytes]]]:
    """By the path (from the top) of each file that has changed since HEAD left ``rev``: what it was, under an empty
    path, and where it is new the files that are gone, any of which may have held its agreements."""
    from slalint import sources

    def wanted(path: str) -> bool:
        return bool(path) and sources.find(path.rpartition("/")[2], b"")[0] is not None

    try:
        root = git.top()
        commit = git.base(root, rev)
        changed = [(old, new) for old, new in git.changes(root, commit) if wanted(old) or wanted(new)]
        olds = {old for old, _ in changed if wanted(old)}
        data = dict(git.files(root, commit, olds.__contains__)) if olds else {}
    except git.GitError as problem:
        raise click.ClickException(f"--since {rev}: {problem}") from problem
    gone = [(old, data[old]) for old, new in changed if not new and old in data]
    return {new: [("", data[old])] if old in data else gone for old, new in changed if new}


def fingerprints(
    rev: str,
    paths: Sequence[str],
    find: Find,
    takes: Callable[[], Callable[[Found], Input]],
    linter: Callable[[], Linter],
    jobs: int | None,
) -> frozenset[str]:
    """The findings at the commit where HEAD left ``rev``, by their fingerprints. All files are looked at, changed or
    not: a finding may be new in a file that nobody touched, for another file has changed."""
    from slalint.cli import _work

    try:
        root = git.top()
        commit = git.base(root, rev)
        names = git.renames(root, commit)
        with _as_it_was(root, commit, paths) as there:
            take = takes()

            def renamed(found: Found) -> Input:
                one = take(found)
                return one._replace(home=names.get(one.home or one.path, one.home))

            outcomes = _work.outcomes(find(there), renamed, linter(), jobs, None)
            return frozenset(finding.fingerprint for outcome in outcomes for finding in outcome.findings)
    except git.GitError as problem:
        raise click.ClickException(f"--since {rev}: {problem}") from problem


@contextmanager
def _as_it_was(root: str, commit: str, paths: Sequence[str]) -> Iterator[list[str]]:
    """The files of a commit in a folder of their own, which is the working folder meanwhile; gives ``paths`` as they
    are to be named there."""
    from tempfile import TemporaryDirectory

    from slalint import sources

    here = os.path.realpath(".")
    inside = os.path.relpath(here, root)
    named = []
    for path in paths:
        place = os.path.relpath(os.path.realpath(path), root) if os.path.isabs(path) else os.path.join(inside, path)
        if path == "-" or os.path.normpath(place).split(os.sep)[0] == os.pardir:
            raise git.GitError(f"{path} is no file of the repository {root}")
        named.append(os.path.relpath(place, inside))

    def wanted(path: str) -> bool:
        return sources.find(path.rpartition("/")[2], b"")[0] is not None

    with TemporaryDirectory(prefix="slalint-") as folder:
        git.unpack(root, commit, folder, wanted)
        os.makedirs(os.path.join(folder, inside), exist_ok=True)
        os.chdir(os.path.join(folder, inside))
        try:
            yield named
        finally:
            os.chdir(here)
