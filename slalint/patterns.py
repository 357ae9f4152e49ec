"""Regular expressions that are compiled when they are first used, and once for all runs.

Compiling those that one agreement needs takes longer than all the rest of a run. Python compiles an expression to a
list of numbers; these are kept (``slalint.kept``) and handed to the engine of ``re`` the next time.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
from typing import Any, AnyStr

from slalint import kept

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
_ENGINE = (_sre.MAGIC, _sre.CODESIZE)


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
    key = (_ENGINE, source, flags)
    try:
        known = kept.get(key)
        if known is None:
            known = _numbers(source, flags)
            kept.put(key, known)
        all_flags, numbers, groups, names = known
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


def _numbers(source: str | bytes, flags: int) -> tuple[int, bytes, int, dict[str, int]]:
    """An expression compiled as ``re`` does it, up to the last step: flags, numbers, groups and their names."""
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict)
