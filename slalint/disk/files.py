"""Which files there are to look at: named ones, and those in folders that git or the project does not leave out."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from slalint.patterns import lazy
from slalint.record import NamedTuple

# Folders that hold no one's agreements: version control, installed packages, caches.
_NEVER = frozenset(
    ".git .hg .svn .jj node_modules bower_components site-packages .venv venv __pycache__ __pypackages__ .tox .nox "
    ".mypy_cache .ruff_cache .pytest_cache .hypothesis .cache .direnv .terraform .idea .vscode .slalint_cache".split()
)

_WILD = lazy(r"[*?[]")


class Found(NamedTuple):
    """A file to look at, or one that is not looked at after all and why."""

    path: str  # as shown: POSIX, relative to the working folder where it lies below it
    place: str  # as opened
    named: bool = False  # the user named this very file
    left: str = ""  # why it is left out
    failed: str = ""  # why it cannot be looked at


class Patterns:
    """Patterns as in a ``.gitignore``, relative to a folder; the last one that fits decides."""

    __slots__ = ("_base", "_lines", "_spec")

    def __init__(self, folder: str, lines: Sequence[str]) -> None:
        self._base = os.path.join(os.path.abspath(folder), "")
        self._lines = lines
        self._spec: Any = None

    def verdict(self, place: str, folder: bool = False) -> bool | None:
        """Whether an absolute path is meant: True, False (``!pattern``) or None where no pattern fits."""
        if not self._lines or not place.startswith(self._base):
            return None
        if self._spec is None:
            from pathspec import GitIgnoreSpec

            self._spec = GitIgnoreSpec.from_lines(_sound(self._lines))
        inside = place[len(self._base) :].replace(os.sep, "/")
        found: bool | None = self._spec.check_file(inside + "/" if folder else inside).include
        return found

    def fit(self, place: str) -> bool:
        return self.verdict(os.path.abspath(place)) is True


def _sound(lines: Sequence[str]) -> list[str]:
    """The lines that are patterns: git, too, passes over the others."""
    from pathspec import GitIgnoreSpec

    kept = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue
        kept.append(line)
    return kept


def find(
    paths: Sequence[str], exclude: Sequence[Patterns] = (), force: bool = False, takes: Callable[[str], bool] = bool
) -> list[Found]:
    """Every file that ``paths`` (files, folders, globs) stand for, each once.

    ``exclude`` holds for what is found in folders and by globs, with ``force`` also for named files; ``takes`` says
    whether a file found in a folder is worth opening.
    """
    found: dict[str, Found] = {}
    for path in paths:
        for one in _expand(path, exclude, force, takes):
            place = os.path.abspath(one.place)
            if place not in found or one.named:
                found[place] = one
    return list(found.values())


def _expand(path: str, exclude: Sequence[Patterns], force: bool, takes: Callable[[str], bool]) -> Iterator[Found]:
    try:
        os.stat(path)
    except (OSError, ValueError) as problem:
        if isinstance(problem, FileNotFoundError) and _WILD.search(path):
            yield from _glob(path, exclude, takes)
        else:
            yield Found(shown(path), path, True, failed=plainly(problem))
        return
    if os.path.isdir(path):
        place = os.path.abspath(path)
        # Who names a folder that is left out otherwise wants to look into it.
        yield from _walk(path, [p for p in exclude if force or not p.verdict(place, True)], takes)
    elif force and _excluded(path, exclude):
        yield Found(shown(path), path, True, left="excluded")
    else:
        yield Found(shown(path), path, True)


def _glob(path: str, exclude: Sequence[Patterns], takes: Callable[[str], bool]) -> Iterator[Found]:
    """The files that fit a pattern the shell has left alone; a folder that fits stands for what is in it."""
    folder, _, _ = path[: _WILD.search(path).start()].replace(os.sep, "/").rpartition("/")  # type: ignore[union-attr]
    top = folder or ("/" if path.startswith("/") else ".")
    wanted = Patterns(top, ["/" + path[len(folder) :].replace(os.sep, "/").lstrip("/")])
    found = [one for one in _walk(top, exclude, takes) if wanted.fit(one.place)] if os.path.isdir(top) else []
    yield from found or [Found(shown(path), path, True, failed="no file fits this pattern")]


def _excluded(path: str, exclude: Sequence[Patterns]) -> bool:
    place = os.path.abspath(path)
    folders = shown(path).split("/")[:-1]
    return not _NEVER.isdisjoint(folders) or any(patterns.verdict(place) for patterns in exclude)


def _verdict(ignores: Sequence[Patterns], place: str, folder: bool) -> bool:
    for patterns in reversed(ignores):
        verdict = patterns.verdict(place, folder)
        if verdict is not None:
            return verdict
    return False


def _walk(top: str, exclude: Sequence[Patterns], takes: Callable[[str], bool]) -> Iterator[Found]:
    """The files below a folder. Links to folders are not followed, as git does not: so no walk runs in a circle."""
    start = os.path.abspath(top)
    ignores = _above(start)
    if _verdict(ignores, start, True):
        ignores = ()  # named although git leaves it out
    tracked = _Tracked(start)
    stack = [(start, ignores, False)]
    while stack:
        folder, ignores, hidden = stack.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as problem:
            yield Found(shown(folder), folder, failed=plainly(problem))
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            ignores = (*ignores, *_read(folder))
        below = []
        home = shown(os.path.join(folder, "-")).removesuffix("-")  # what is before the names in it
        for entry in entries:
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                is_file = not is_folder and (entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path)))
            except OSError as problem:
                yield Found(home + entry.name, entry.path, failed=plainly(problem))
                continue
            if is_folder:
                if entry.name in _NEVER:
                    continue
            elif not is_file or not takes(entry.name):
                continue
            if any(p.verdict(entry.path, is_folder) for p in exclude):
                continue
            ignored = hidden or _verdict(ignores, entry.path, is_folder)
            if ignored and not tracked.holds(entry.path, is_folder):
                continue
            if is_folder:
                below.append((entry.path, ignores, ignored))
            else:
                yield Found(home + entry.name, entry.path)
        stack.extend(reversed(below))


class _Tracked:
    """What git tracks although a ``.gitignore`` names it, around a folder. Nothing is looked at until somebody asks;
    then git itself only where the bytes of its index hold the path."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._index: bytes | None = None
        self._names: Collection[str] | None = None

    def holds(self, place: str, folder: bool) -> bool:
        """Whether it is such a file, or a folder with one in it."""
        if self._index is None:
            self._top = _top(self._folder)
            self._index = _index(self._top) if self._top else b""
        if not self._index:
            return False
        path = os.path.relpath(place, self._top).replace(os.sep, "/") + "/" * folder
        if self._index[:8] in _WHOLE and os.fsencode(path) not in self._index and not _SPLIT.search(self._index):
            return False
        if self._names is None:
            from slalint.disk import git

            self._names = git.ignored(self._top)
        return any(name.startswith(path) for name in self._names) if folder else path in self._names


# Indexes that hold each path as it is, unless they are parts of another one.
_WHOLE = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")
_SPLIT = lazy(rb"link\0\0[\0-\xff][\x14-\xff]")


def _index(top: str) -> bytes:
    """The index of a repository; empty where there is none."""
    home = os.path.join(top, ".git")
    try:
        if os.path.isfile(home):  # of a further work tree, or a submodule
            home = os.path.join(top, read(home).decode("utf-8", "surrogateescape").partition(":")[2].strip())
        return read(os.path.join(home, "index"))
    except (OSError, ValueError):
        return b""


def _top(folder: str) -> str:
    """The top of the repository that a folder lies in; empty outside of any."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def _above(folder: str) -> tuple[Patterns, ...]:
    """What git ignores in a folder by the files above it, outermost first; nothing outside a repository."""
    above = []
    here = folder
    while not os.path.exists(os.path.join(here, ".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return ()
        here = parent
        above.append(here)
    found = _patterns(here, os.path.join(here, ".git", "info", "exclude"))
    for one in reversed(above):
        found += _read(one)
    return tuple(found)


def _read(folder: str) -> list[Patterns]:
    return _patterns(folder, os.path.join(folder, ".gitignore"))


def _patterns(folder: str, path: str) -> list[Patterns]:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            lines = [line for line in stream.read().splitlines() if line.strip() and not line.startswith("#")]
    except OSError:  # git, too, does without a .gitignore that it cannot read
        return []
    return [Patterns(folder, lines)] if lines else []


def shown(path: str) -> str:
    """A path as slalint prints it: with ``/``, and relative to the working folder for what lies below that."""
    if os.path.isabs(path):
        here = os.path.join(os.getcwd(), "")
        path = path[len(here) :] if path.startswith(here) else path
    return os.path.normpath(path).replace(os.sep, "/")


def repository() -> tuple[str, str]:
    """The top folder of the git repository that the working folder lies in, absolute, and the working folder as seen
    from there (``contracts/``; empty at the top). Both are empty outside of any."""
    here = os.getcwd()
    top = _top(here)
    if not top:
        return "", ""
    inside = os.path.relpath(here, top).replace(os.sep, "/")
    return os.path.join(top, "").replace(os.sep, "/"), "" if inside == "." else inside + "/"


def plainly(problem: BaseException) -> str:
    """What the machine refused, in a few words."""
    told = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return str(told)[:1].lower() + str(told)[1:]


_BLOCK = 1 << 16  # bytes
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def read(place: str) -> bytes:
    """A file's bytes. Raises ``OSError``."""
    handle = os.open(place, _READING)  # `open` makes much that a file read at once does not need
    try:
        blocks = []
        while block := os.read(handle, _BLOCK):
            blocks.append(block)
        return b"".join(blocks)
    finally:
        os.close(handle)
