"""`slalint check` once more on what has not changed: what it said before is said again."""

from __future__ import annotations

import os
import sys

from slalint.cli import _console

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# The options of `check` that ask for nothing but findings on stdout: without a value, and with one.
_FLAGS = frozenset("--isolated --as-agreement --force-exclude --no-suppressions --statistics --quiet -q".split())
_VALUES = frozenset("--output --select --ignore --profile --fail-on --min-confidence --as-of --exclude --color".split())
# Of the environment, what slalint and Python look at when they print.
_ENVIRONMENT = (
    "NO_COLOR FORCE_COLOR CLICOLOR_FORCE TERM CI PRE_COMMIT GITHUB_ACTIONS GITHUB_STEP_SUMMARY SLALINT_DEBUG TZ "
    "PYTHONPATH PYTHONIOENCODING PYTHONUTF8 LANG LC_ALL LC_CTYPE".split()
)


def check(arguments: list[str], run: Callable[[list[str]], int]) -> int:
    """``run(arguments)``, a `check`, or what it said when all was as it is now."""
    if not _only_looks(arguments[1:]):
        return run(arguments)
    from slalint.disk import runs

    about = _about(arguments)
    before = runs.known(about)
    if before is not None:
        status, said = before
        for to_stdout, text in said:
            (_console.say if to_stdout else _console.tell)(text)
        return status
    watch = runs.Watch()
    _console.said = []
    status = run(arguments)
    if status in (0, 1):
        from slalint.config import NAMES

        watch.keep(about, status, _console.said, (".git", *NAMES))
    return status


def _only_looks(arguments: list[str]) -> bool:
    """Whether all that is asked for is to look at files and folders and to tell what is found."""
    rest = iter(arguments)
    for argument in rest:
        name, _, value = argument.partition("=")
        if name in _VALUES:
            value = value or next(rest, "")
            if name == "--output" and not value.isalnum():  # to a file
                return False
        elif argument.startswith("-"):
            if argument not in _FLAGS:
                return False
        elif not os.path.exists(argument):
            return False
    return True


def _about(arguments: list[str]) -> object:
    """All that a run depends on but files."""
    from time import strftime

    streams = [one and (one.isatty(), one.encoding, one.errors) for one in (sys.stdout, sys.stderr)]
    environment = [os.environ.get(name) for name in _ENVIRONMENT]
    return arguments, os.getcwd(), strftime("%Y-%m-%d"), environment, streams, sys.version, sys.path
