"""Regular expressions that are compiled when they are first used.

Compiling all of them would be a third of the time that one agreement takes, and one agreement needs but a few.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Lazy:
    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Reached at the first use only: from then on the compiled expression's own methods stand in the slots."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until something is searched for."""
    return _Lazy(source, flags)  # type: ignore[return-value]
