"""Words to the terminal: findings on stdout, everything else on stderr; a pipe that broke changes nothing."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing itself costs a third of starting Python
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


said: list[tuple[bool, str]] | None = None  # where somebody listens: whether to stdout, and what


class Unwritable(Exception):
    """Output could not be written: the disk is full, or the file may not be written."""


def prepare() -> None:
    """What a terminal cannot show is escaped instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """To stdout."""
    if said is not None:
        said.append((True, text))
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError as problem:
        _let_go()
        raise Unwritable(f"the output cannot be written: {problem.strerror or problem}") from problem


def tell(text: str) -> None:
    """To stderr, one line; where nobody can read it, it is lost."""
    if said is not None:
        said.append((False, text))
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(guarded(text) + "\n")
        sys.stderr.flush()
    except OSError:
        pass


def misused(told: str) -> Exception:
    """What to raise where something is asked for that a command cannot do. As a rule that is not so, and
    click need not be loaded."""
    from click import UsageError

    return UsageError(told)


def guarded(text: str) -> str:
    """Text in which the log of a GitHub workflow finds no command, where it runs in one: agreements and file names come
    from whoever opens a pull request."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    from slalint.reports._text import for_github

    return for_github(text)


def _let_go() -> None:
    """Nothing reads stdout any more: whatever is still buffered goes nowhere, so that leaving does not fail."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def colorful(wish: str, stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Whether to use colour: ``--color``, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, then what the stream is."""
    if wish != "auto":
        return wish == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"
