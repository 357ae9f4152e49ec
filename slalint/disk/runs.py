"""What a whole run said, told again while everything that it looked at is as it was. Nothing else is loaded then.

Python announces which files it opens and which folders it lists (audit events), so nobody keeps a list of what a run
depends on. Files are known again by their content; those of installed packages, which are many and seldom change, by
their size and time of change, and so are those in folders of rules and words, which a run need not open where it
remembers what they gave before.

The runs are in the user's own cache folder, where no one else's branch can put one.
"""

from __future__ import annotations

import marshal
import os
import sys
from _frozen_importlib_external import source_from_cache  # as importlib.util has it, which takes a while to load
from stat import S_ISREG

from slalint import resources
from slalint.disk import stamps

try:
    from _blake2 import blake2b  # hashlib also loads OpenSSL, which takes as long as all the rest
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, AnyStr, TypeAlias

    Said: TypeAlias = list[tuple[bool, str]]  # whether to stdout (else to stderr), and what

_DIGEST = 20  # bytes
_MOST = 200  # runs that are kept
_LONGEST = 200_000  # characters that a run may have said
_CACHE = ".slalint_cache"
_OURS = (_CACHE, "__pycache__")  # what a run makes
_KEPT = ("key", "findings.sqlite", "CACHEDIR.TAG", ".gitignore")  # what a run keeps in folders of its own
# With these a run has looked at more than files.
_ELSEWHERE = frozenset(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.chdir", "socket.connect"))
_NOT_DATA = ("/proc/", "/sys/", "/dev/")
_LIBRARY = os.path.join(os.path.dirname(os.__file__), "")
_INSTALLED = f"-packages{os.sep}"  # what folders of installed packages have in their paths


def folder() -> str:
    """Where the runs are."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # as its specification says
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "slalint", "runs")


def known(about: object) -> tuple[int, Said] | None:
    """The status of a run like this one and what it said, if it would say the same now. ``about``: all that it depends
    on but files."""
    try:
        with open(_place(about), "rb") as stream:
            digest, data = stream.read(_DIGEST), stream.read()
        if digest != _hash(data).digest():  # a disk that was full, or a machine that fell over
            return None
        folders, stamped, probes, ways, lists, files, told = marshal.loads(data)
        if (
            stamped == _stamped(folders)
            and all(os.path.exists(path) is there for path, there in probes)
            and all(os.path.realpath(path) == real for path, real in ways)
            and all(_listing(path) == names for path, names in lists)
            and all(_content(path) == content for path, content in files)
        ):
            return told  # type: ignore[no-any-return]
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return None


class Watch:
    """Sees what a run looks at, from when it is made."""

    def __init__(self) -> None:
        self._opened: dict[str, Any] = {}
        self._listed: dict[str, bytes] = {}
        self._spoilt = False
        self._busy = False
        self._own = tuple(os.path.join(path, "") for path in (*resources.program(), folder()))
        self._home = os.path.dirname(folder())
        sys.addaudithook(self._hear)  # for good, so a process makes one
        self._followed: set[str] = set()
        self._readlink, os.readlink = os.readlink, self._follow  # of links that are followed, nothing is announced

    def keep(self, about: object, status: int, said: Said, names: Iterable[str]) -> None:
        """Keeps what the run said, where all that it looked at can be looked at again. ``names``: of files that make a
        difference where there is one, in the working folder and in all folders above what was opened."""
        self._busy = True
        os.readlink = self._readlink
        files = [(path, _content(path)) for path in self._opened]
        if self._spoilt or any(_stat(path) != seen for path, seen in self._opened.items()):
            return  # something has changed meanwhile
        folders = {os.getcwd(), *map(os.path.dirname, self._opened)}
        folders.update(*(_above(path) for path in [*folders]))
        probes = [(path, os.path.exists(path)) for path in (os.path.join(f, name) for f in folders for name in names)]
        further = [path for path in sorted(stamps.asked) if not os.path.join(path, "").startswith(self._own)]
        seen = {*map(os.path.dirname, self._opened), *self._listed, *self._followed}
        ways = [(path, os.path.realpath(path)) for path in sorted(seen) if path and _INSTALLED not in path]
        told = further, _stamped(further), probes, ways, [*self._listed.items()], files, (status, said)
        place = _place(about)
        if sum(len(text) for _, text in said) > _LONGEST:
            return
        try:
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            data = marshal.dumps(told)
            _write(place, _hash(data).digest() + data)
            _forget_the_oldest(os.path.dirname(place))
        except (OSError, ValueError):  # nothing is lost but time
            return

    def _hear(self, event: str, told: tuple[Any, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            if event == "open":
                self._open(*told)
            elif event in ("os.scandir", "os.listdir"):
                path = self._path(told[0])
                if path and path not in self._listed:
                    self._listed[path] = _listing(path)
            elif event in _ELSEWHERE:
                self._spoilt = True
            elif event == "import" and told[1]:  # in a compiled module, which is opened unheard
                self._open(told[1], "r", 0)
        finally:
            self._busy = False

    def _follow(self, path: AnyStr | os.PathLike[AnyStr], *, dir_fd: int | None = None) -> AnyStr:
        if not self._busy:
            self._followed.add(self._path(path))
        return self._readlink(path, dir_fd=dir_fd)

    def _open(self, given: Any, mode: str | None, flags: int) -> None:
        if flags & (os.O_WRONLY | os.O_RDWR) or not set(mode or "").isdisjoint("wax+"):
            return
        path = self._path(given)
        if path.endswith(".pyc"):
            path = self._path(_source(path))
        if path and path not in self._opened:
            self._opened[path] = _stat(path)
            self._spoilt |= os.path.exists(path) and not os.path.isfile(path)  # a pipe

    def _path(self, given: Any) -> str:
        """A path as it is kept; empty where what is there makes no difference, or is looked after otherwise."""
        if isinstance(given, int):
            return ""
        path = os.path.abspath(os.fsdecode(given if given is not None else "."))
        library = path.startswith(_LIBRARY) and _INSTALLED not in path
        home, name = os.path.split(path)
        kept = name in _KEPT and (home == self._home or os.path.basename(home) == _CACHE)
        return "" if library or kept or path.startswith((*self._own, *_NOT_DATA)) else path


def _place(about: object) -> str:
    return os.path.join(folder(), _digest(about).hex())


def _stamped(further: list[str]) -> bytes:
    """What stands for the program, and further folders, as they are now."""
    return _digest(stamps.below([*resources.program(), *further]))


def _digest(told: object) -> bytes:
    return _hash(repr(told).encode("utf-8", "surrogateescape")).digest()


def _hash(data: bytes) -> blake2b:
    return blake2b(data, digest_size=_DIGEST)


def _source(path: str) -> str:
    """What compiled code was made of, which is what counts."""
    try:
        return source_from_cache(path)
    except ValueError:  # nothing that is here
        return path


def _stat(path: str) -> tuple[int, ...] | None:
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def _content(path: str) -> bytes | tuple[int, ...] | None:
    """What stands for a file as it is now, or for why it cannot be read."""
    if _INSTALLED in path:
        return _stat(path)
    try:
        if not S_ISREG(os.stat(path).st_mode):  # a folder, or a pipe, which would be waited for
            return ()
        with open(path, "rb") as stream:
            hashed = _hash(stream.read())
    except OSError as problem:
        return (problem.errno or 0,)
    hashed.update(os.fsencode(os.path.realpath(path)) if os.path.islink(path) else b"")
    return hashed.digest()


def _listing(path: str) -> bytes:
    """What stands for the names in a folder as they are now."""
    try:
        with os.scandir(path) as entries:
            return _digest(
                sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in entries if e.name not in _OURS)
            )
    except OSError as problem:
        return _digest(problem.errno)


def _write(path: str, data: bytes) -> None:
    """Puts a file in its place, all of it or nothing. Raises ``OSError``."""
    fresh = f"{path}.{os.urandom(8).hex()}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.replace(fresh, path)
    except OSError:
        os.unlink(fresh)
        raise


def _above(path: str) -> list[str]:
    """The folders above a folder."""
    found = []
    while (above := os.path.dirname(path)) != path:
        found.append(path := above)
    return found


def _forget_the_oldest(place: str) -> None:
    runs = [(entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(place)]
    for _, path in sorted(runs)[:-_MOST]:
        os.unlink(path)


def clean() -> None:
    """Takes all runs away. Raises ``OSError``."""
    if os.path.isdir(folder()):
        for entry in list(os.scandir(folder())):
            os.unlink(entry.path)
