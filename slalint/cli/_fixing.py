"""`slalint check --fix` and `--diff`: the fixes made in the files, or shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from slalint.cli._console import Unwritable, guarded, say
from slalint.record import NamedTuple

if TYPE_CHECKING:
    from slalint.disk.files import Found
    from slalint.engine import Input, Linter
    from slalint.model import Finding


class Change(NamedTuple):
    """A file with its fixes made."""

    path: str
    place: str
    before: bytes
    after: bytes
    made: tuple[str, ...]
    left: int = 0  # fixes that only ``--unsafe-fixes`` makes


def changes(
    files: Sequence[Found],
    take: Callable[[Found], Input],
    linter: Linter,
    unsafe: bool,
    hidden: frozenset[str] = frozenset(),
) -> Iterator[Change]:
    """The files for which there are fixes, but for those of findings with a ``hidden`` fingerprint. What cannot be read
    is left to the run that reports it."""
    from slalint import sources
    from slalint.fix import fixed

    for found in files:
        if found.left or found.failed or found.place == "-":
            continue
        try:
            one = take(found)
        except OSError:
            continue
        file, refusal = sources.decode(one.path, one.data)
        mark = one.data[: len(one.data) - len(file.text.encode("utf-8", "replace"))]
        if refusal is not None or mark + file.text.encode("utf-8", "replace") != one.data:
            continue  # not UTF-8 as it was written: whatever is put back would be something else

        def lint(text: str, one: Input = one, mark: bytes = mark) -> Sequence[Finding]:
            found = linter(one._replace(data=mark + text.encode("utf-8", "surrogatepass"))).findings
            return [finding for finding in found if finding.fingerprint not in hidden]

        result = fixed(file.text, lint, unsafe)
        left = 0 if unsafe else sum(f.fix is not None and not f.fix.safe for f in lint(result.text))
        if result.made or left:
            after = mark + result.text.encode("utf-8", "surrogatepass")
            yield Change(found.path, found.place, one.data, after, result.made, left)


def write(change: Change) -> None:
    """Puts a changed file in the place of the old one, whole or not at all. Raises ``Unwritable``."""
    place = os.path.realpath(change.place)  # a link stays a link
    fresh = f"{place}.{os.getpid()}.slalint"
    try:
        try:
            with open(fresh, "xb") as stream:
                stream.write(change.after)
            os.chmod(fresh, os.stat(place).st_mode & 0o7777)
            os.replace(fresh, place)
        finally:
            if os.path.exists(fresh):
                os.unlink(fresh)
    except OSError as problem:
        told = problem.strerror or str(problem)
        raise Unwritable(f"{change.path}: the fixes cannot be written: {told}; the file is as it was") from problem


def show(change: Change) -> None:
    """What fixes change, as a unified diff."""
    from difflib import unified_diff

    from slalint.reports._text import visible

    before, after = (data.decode("utf-8", "replace").splitlines() for data in (change.before, change.after))
    for line in unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", lineterm=""):
        say(guarded(f"{visible(line)}\n"))
