"""What was found in a file before, kept under everything that it depends on: the file's bytes and name, the program,
the rules, the configuration and, where a rule looked at it, the day.

One SQLite file in ``.slalint_cache``. It can be thrown away at any time; whatever is wrong with it only costs time.
Entries are named by hashes with a key from the user's own cache folder: a cache that comes with somebody's branch holds
nothing that would be believed here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from io import BytesIO
from typing import Any

from slalint.disk import runs
from slalint.disk.stamps import below

FOLDER = ".slalint_cache"
_FILE = "findings.sqlite"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# What slalint found before; see bford.info/cachedir\n"
_KEPT = 60 * 60 * 24 * 30  # seconds since its last use for which an entry is kept


class Cache:
    """The outcomes of earlier runs. ``context`` stands for all that is the same for every file of a run."""

    def __init__(self, folder: str, context: bytes, day: str) -> None:
        self.folder = folder
        self.problem = ""  # what keeps the cache from being used, in plain words
        self._day = day.encode()
        self._new: list[tuple[bytes, bytes]] = []
        self._used: list[tuple[bytes]] = []
        self._base: Any = None
        self._context = context
        self._key = b""
        try:
            self._key = _secret(_key_path())
        except OSError as problem:
            told = problem.strerror or str(problem)
            self.problem = f"{_key_path()}: cannot be read or made: {told}; nothing is remembered"
            return
        try:
            self._base = _open(folder)
        except Exception as problem:  # a full disk, a foreign file, a folder that nobody may write to
            self._fail(problem)

    def digest(self, about: Iterable[str], data: bytes) -> bytes:
        """The name under which the outcome of a file is kept: ``about`` is what else is known of it."""
        told = "\0".join(about).encode("utf-8", "surrogatepass")
        hashed = blake2b(self._context, digest_size=20, key=self._key)
        hashed.update(len(told).to_bytes(8, "little") + told)
        hashed.update(data)
        return hashed.digest()

    def get(self, digest: bytes) -> Any:
        """What was kept under a digest, else None."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT kept FROM outcome WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                return None
            day, _, outcome = row[0].partition(b"\n")
            if day and day != self._day:
                return None
            kept = _load(outcome)
        except Exception as problem:
            self._fail(problem)
            return None
        self._used.append((digest,))
        return kept

    def put(self, digest: bytes, outcome: Any, clocked: bool) -> None:
        """Keeps an outcome; ``clocked`` where it holds for this day only."""
        if self._base is None:
            return
        import pickle

        day = self._day if clocked else b""
        self._new.append((digest, day + b"\n" + pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)))

    def close(self) -> None:
        """Writes what is new, all of it or nothing."""
        if self._base is None:
            return
        from time import time

        try:
            now = int(time())
            with self._base:
                self._base.executemany(f"REPLACE INTO outcome VALUES (?, ?, {now})", self._new)
                if self._new:
                    self._base.executemany(f"UPDATE outcome SET used = {now} WHERE digest = ?", self._used)
                    self._base.execute("DELETE FROM outcome WHERE used < ?", (now - _KEPT,))
            self._base.close()
        except Exception as problem:
            self._fail(problem)
        self._base = None

    def _fail(self, problem: Exception) -> None:
        told = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        self.problem = f"{self.folder}: the cache is not used: {told}; `slalint clean` takes it away"
        self._base = None


def _key_path() -> str:
    return os.path.join(os.path.dirname(runs.folder()), "key")


def _secret(path: str) -> bytes:
    """The user's own key, made when it is first needed."""
    try:
        with open(path, "rb") as stream:
            return stream.read(32)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        made = os.urandom(32)
        fresh = f"{path}.{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(made)
        os.replace(fresh, path)
        return made


def _open(folder: str) -> Any:
    import sqlite3

    if not os.path.isdir(folder):
        os.makedirs(folder)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                stream.write(text)
    base = sqlite3.connect(os.path.join(folder, _FILE), timeout=2.0)
    base.execute("PRAGMA synchronous = OFF")  # after a crash of the machine it is thrown away, which is no loss
    base.execute("CREATE TABLE IF NOT EXISTS outcome (digest BLOB PRIMARY KEY, kept BLOB, used INTEGER) WITHOUT ROWID")
    return base


def _load(data: bytes) -> Any:
    """An outcome from its bytes. Only slalint's own plain types are made of them, whatever they say."""
    return _reader()(BytesIO(data)).load()


@cache
def _reader() -> Any:
    import pickle

    @cache
    def known(module: str, name: str) -> Any:
        if module in ("slalint.model", "slalint.engine") and name.isidentifier():
            from importlib import import_module

            found = getattr(import_module(module), name)
            if isinstance(found, type) and issubclass(found, tuple):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an outcome")

    class Plain(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            return known(module, name)

    return Plain


def home(configuration: str = "") -> str:
    """Where a project's cache is: beside its configuration, else at the top of its repository, else here."""
    here = os.path.abspath(os.path.dirname(configuration))
    top = here
    while not configuration and not os.path.exists(os.path.join(top, ".git")):
        above = os.path.dirname(top)
        if above == top:
            top = here
            break
        top = above
    return os.path.join(top, FOLDER)


def signature(folders: Iterable[str], told: Iterable[str]) -> bytes:
    """What stands for the files in some folders as they are now (their names, sizes and times of change), for some
    further words and for this Python."""
    seen = [sys.version, *told, *below(folders)]
    return blake2b("\0".join(seen).encode("utf-8", "surrogateescape"), digest_size=20).digest()


def clean(folder: str) -> bool:
    """Takes the cache away; False where there was none. Raises ``OSError``. Nothing but a cache of ours is touched."""
    from shutil import rmtree

    if not os.path.isfile(os.path.join(folder, "CACHEDIR.TAG")):
        return False
    rmtree(folder)
    return True
