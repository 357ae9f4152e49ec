"""The command line. Each command is a module in this folder with a click command named ``command``, found by being
here and imported only when it is called."""

from __future__ import annotations

import gc
import os
import sys

from slalint.cli._console import Unwritable, prepare, say, tell

TYPE_CHECKING = False  # typing itself costs a third of starting Python
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run slalint and return its exit status.

    0: nothing found at or above ``--fail-on``; 1: findings; 2: something could not be done; 130: interrupted.
    """
    # What is loaded stays, and agreements hold few cycles: looking for them is a third of the time on large files.
    gc.set_threshold(100_000, 20, 100)
    prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments in (["--version"], ["version"]):
            # Answered before anything heavy is imported: hooks and editors ask often.
            from slalint import __version__

            say(f"slalint {__version__}\n")
            return 0
        if argv is None and arguments[:1] == ["check"]:
            from slalint.cli import _again

            return _again.check(arguments, _run)
        return _run(arguments)
    except KeyboardInterrupt:
        tell("slalint: interrupted")
        return 130
    except Exception as problem:
        if os.environ.get("SLALINT_DEBUG"):
            from traceback import format_exc

            tell(format_exc().rstrip())
            return 2
        for line in _plainly(problem):
            tell(f"slalint: {line}")
        return 2
    finally:
        kept = sys.modules.get("slalint.kept")
        if kept is not None:
            kept.save()
        if argv is None:
            gc.freeze()  # Python is about to end, and would walk all that is loaded to see what it may throw away


def script() -> None:
    """`slalint` as a command of its own: runs it and ends the process. Taking down all that was loaded, piece by piece,
    is a twentieth of the time that one agreement takes, and of no use where nothing has asked to be told of the end."""
    status = main()
    if not _awaited():
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):  # Python says so as it ends
            sys.exit(status)
        os._exit(status)
    sys.exit(status)


def _awaited() -> bool:
    """Whether something has to be done yet when Python ends: what was registered for that (as measuring coverage does),
    another thread, a profile or a trace."""
    import atexit

    threading = sys.modules.get("threading")
    return (
        getattr(atexit, "_ncallbacks", lambda: 1)() > 0
        or (threading is not None and threading.active_count() > 1)
        or sys.getprofile() is not None
        or sys.gettrace() is not None
    )


def _run(arguments: list[str]) -> int:
    wishes = None
    if arguments[:1] == ["check"]:
        from slalint.cli import _arguments

        wishes = _arguments.plain(arguments[1:])
    stdout = sys.stdout
    try:
        if wishes is not None:
            from slalint.cli import _checking

            return _checking.run(**wishes)
        from slalint.cli._group import slalint

        status = slalint.main(arguments, prog_name="slalint", standalone_mode=False)
    except SystemExit as left:
        # click leaves on its own after shell completion, and where a pipe broke under its help: then it has laid a
        # wrapper over stdout, and nothing went wrong.
        return int(left.code or 0) if sys.stdout is stdout else 0
    except (EOFError, KeyboardInterrupt):
        tell("")  # as click does: a terminal shows ^C on the line
        raise KeyboardInterrupt from None
    except Exception as problem:
        return _refused(problem, "slalint check" if wishes is not None else "")
    return status if isinstance(status, int) else 0


def _refused(problem: Exception, command: str) -> int:
    """The status where something was asked for that cannot be done; raises what is something else. ``command``: what
    was called, where click does not know it."""
    import click

    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        tell(problem.format_message())
        return 2
    if isinstance(problem, click.UsageError):
        command = problem.ctx.command_path if problem.ctx is not None else command
        about = f" (try: {command} --help)" if command else ""
        tell(f"slalint: {_one_line(problem.format_message())}{about}")
        return 2
    if isinstance(problem, click.Abort):
        raise KeyboardInterrupt from problem
    raise problem


def _plainly(problem: Exception) -> list[str]:
    """What went wrong, in a line for each thing."""
    from click import ClickException

    from slalint.baseline import BaselineError
    from slalint.config import ConfigError
    from slalint.rule import RuleError

    if isinstance(problem, ClickException):
        return [_one_line(problem.format_message())]
    if isinstance(problem, RuleError | ConfigError | BaselineError):
        return [_one_line(line) for line in str(problem).split("\n")]
    if isinstance(problem, Unwritable):
        return [_one_line(str(problem))]
    if isinstance(problem, FileNotFoundError) and not _has_working_folder():
        return ["the working folder is gone; run it from another one"]
    told = _one_line(f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__)
    return [f"stopped with {told}. This is a fault of slalint; with SLALINT_DEBUG=1 it shows where."]


def _has_working_folder() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _one_line(text: str) -> str:
    from slalint.reports._text import flowing

    return flowing(text)
