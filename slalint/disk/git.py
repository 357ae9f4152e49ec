"""What git knows of a repository: its revisions, and the files as they were in one. Runs ``git``; changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

_SHALLOW = "this clone is shallow; fetch more of it: git fetch --unshallow (in a workflow: fetch-depth: 0)"


class GitError(Exception):
    """What git could not do, in plain words."""


def top(folder: str = ".") -> str:
    """The top folder of the work tree around a folder. Raises ``GitError``."""
    found = _git(folder, "rev-parse", "--show-toplevel", told=f"{folder} is in no git repository")
    return os.path.realpath(found.decode("utf-8", "surrogateescape").strip())


def revision(root: str, name: str) -> str:
    """The commit that a name (branch, tag, hash) stands for. Raises ``GitError``."""
    if name.startswith("-"):
        raise GitError(f"“{name}” is no name of a revision")
    told = f"git knows no revision “{name}” here"
    if _is_shallow(root):
        told += f"; {_SHALLOW}"
    elif "/" in name:
        told += f"; fetch it: git fetch {name.replace('/', ' ', 1)}"
    return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", told=told).decode().strip()


def base(root: str, name: str) -> str:
    """The commit at which the work at hand left the line of ``name``: what came to that line since is not ours.

    Raises ``GitError`` where there is none, or where a shallow clone does not reach so far back.
    """
    commit = revision(root, name)
    told = f"HEAD and “{name}” have no commit in common"
    if _is_shallow(root):
        told = f"the commit at which HEAD left “{name}” is not here; {_SHALLOW}"
    return _git(root, "merge-base", commit, "HEAD", told=told).decode().split()[0]


def files(root: str, commit: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """The path (from the top) and the bytes of each wanted file of a commit; links and submodules are left out."""
    from subprocess import PIPE, Popen

    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, told=f"{commit} cannot be listed")
    blobs = []
    for line in listed.split(b"\0"):
        about, _, name = line.partition(b"\t")
        mode, _, rest = about.partition(b" ")
        path = name.decode("utf-8", "surrogateescape")
        if mode in (b"100644", b"100755") and wanted(path):
            blobs.append((path, rest.split()[1]))
    with Popen(["git", "cat-file", "--batch"], cwd=root, stdin=PIPE, stdout=PIPE, env=_environment()) as reader:
        assert reader.stdin is not None and reader.stdout is not None
        for path, blob in blobs:
            reader.stdin.write(blob + b"\n")
            reader.stdin.flush()
            size = reader.stdout.readline().split()[-1]
            if not size.isdigit():
                raise GitError(f"{path} of {commit[:12]} is not in this clone")
            yield path, reader.stdout.read(int(size))
            reader.stdout.read(1)
        reader.stdin.close()


def unpack(root: str, commit: str, folder: str, wanted: Callable[[str], bool] = bool) -> None:
    """Writes the wanted files of a commit into a folder, which then is the top of a repository as far as names go.
    What a commit holds is tracked, whatever a ``.gitignore`` says."""
    os.mkdir(os.path.join(folder, ".git"))
    for path, data in files(root, commit, wanted):
        place = os.path.join(folder, *path.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as stream:
            stream.write(data)


def ignored(root: str) -> frozenset[str]:
    """The files that git tracks although a ``.gitignore`` names them, from the top; none where git cannot tell."""
    try:
        listed = _git(root, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard", told="no files are listed")
    except GitError:
        return frozenset()
    return frozenset(_paths(listed))


def renames(root: str, commit: str) -> dict[str, str]:
    """What files of a commit are called in the work tree, where that is another name; paths from the top."""
    return {old: new for old, new in changes(root, commit) if old and new and old != new}


def changes(root: str, commit: str, other: str | None = None) -> list[tuple[str, str]]:
    """The files that differ between a commit and another one, or the work tree: their old and new paths from the top,
    one of them empty where a file has come or gone. Raises ``GitError``."""
    commits = (commit,) if other is None else (commit, other)
    arguments = ("diff", "--name-status", "-M", "-z", "--no-ext-diff", *commits)
    parts = iter(_paths(_git(root, *arguments, told="what has changed cannot be told")))
    found = []
    for status in parts:
        path = next(parts)
        if status.startswith(("R", "C")):
            new = next(parts)
            found.append((path if status.startswith("R") else "", new))
        else:
            found.append(("" if status == "A" else path, "" if status == "D" else path))
    if other is None:
        untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z", told="the files cannot be listed")
        found += [("", path) for path in _paths(untracked)]
    return found


def _paths(said: bytes) -> list[str]:
    return said.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _is_shallow(root: str) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository", told="no repository").strip() == b"true"


def _environment() -> dict[str, str]:
    # Nothing is asked for, nothing written, and a hook's own view of the index does not matter.
    left = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    kept = {key: value for key, value in os.environ.items() if key not in left}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _git(folder: str, *arguments: str, told: str) -> bytes:
    from subprocess import run

    try:
        done = run(["git", *arguments], cwd=folder, capture_output=True, env=_environment(), check=False)
    except OSError as problem:
        raise GitError(f"git cannot be run: {problem.strerror or problem}") from problem
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise GitError(f"{told} ({said})" if said else told)
    return done.stdout
