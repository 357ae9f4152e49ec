"""Regular expressions that are compiled when they are first used, and once for all runs.

Compiling those that one agreement needs takes longer than all the rest of a run. Python compiles an expression to a
list of numbers; these are kept beside the bytecode of this module, under the same conditions (a folder that may be
written to, no ``PYTHONDONTWRITEBYTECODE``), and handed to the engine of ``re`` the next time. Without them everything
works, only later. What another version of Python has kept is not looked at.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from typing import Any, AnyStr

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
_MOST = 4_000  # expressions kept; word lists in the making leave many behind
_FOR = (sys.version, _sre.MAGIC, _sre.CODESIZE)

_Kept = tuple[int, bytes, int, dict[str, int]]  # flags, numbers, groups, names of groups
_kept: dict[tuple[str | bytes, int], _Kept] | None = None
_used: dict[tuple[str | bytes, int], _Kept] = {}
_is_new = False


class _Lazy:
    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Reached at the first use only: from then on the compiled expression's own methods stand in the slots."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = _compiled(self._source, int(self._flags))
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until something is searched for."""
    return _Lazy(source, flags)  # type: ignore[return-value]


def _compiled(source: str | bytes, flags: int) -> re.Pattern[Any]:
    global _kept, _is_new
    if _kept is None:
        _kept = _load()
    try:
        kept = _kept.get((source, flags))
        if kept is None:
            kept = _numbers(source, flags)
            _is_new = True
        _used[source, flags] = kept
        all_flags, numbers, groups, names = kept
        by_group: list[str | None] = [None] * (groups + 1)
        for name, group in names.items():
            by_group[group] = name
        code = memoryview(numbers).cast("I").tolist()
        made: re.Pattern[Any] = _sre.compile(source, all_flags, code, groups, names, tuple(by_group))
        return made
    except re.error:
        raise
    except Exception:  # a Python whose engine wants something else
        return re.compile(source, flags)


def _numbers(source: str | bytes, flags: int) -> _Kept:
    """An expression compiled as ``re`` does it, up to the last step."""
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict)


def _place() -> str:
    """Beside this module's bytecode, wherever that is kept; empty where it is not."""
    cached = __spec__.cached if __spec__ is not None else None
    return f"{cached.removesuffix('.pyc')}.patterns" if cached else ""


def _load() -> dict[tuple[str | bytes, int], _Kept]:
    import marshal

    try:
        with open(_place(), "rb") as stream:  # noqa: PTH123
            told, kept = marshal.loads(stream.read())
        return kept if told == _FOR and isinstance(kept, dict) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def keep() -> None:
    """Keeps what this run had to compile; called at its end. Where that cannot be, nothing happens."""
    global _kept, _is_new
    place = _place()
    if not _is_new or sys.dont_write_bytecode or not place:
        return
    import marshal
    import os
    from contextlib import suppress

    _is_new = False
    _kept = {**(_kept or {}), **_used}
    if len(_kept) > _MOST:
        _kept = dict(_used)
    fresh = f"{place}.{os.getpid()}"
    try:
        with open(fresh, "xb") as stream:  # noqa: PTH123
            stream.write(marshal.dumps((_FOR, _kept)))
        os.replace(fresh, place)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108
