"""What one run works out that the next one needs again, and that depends on the program alone: compiled expressions,
word lists, rules.

It is kept in one file beside the bytecode of this module, under the same conditions (a folder that can be written, no
``PYTHONDONTWRITEBYTECODE``). Without it everything works, only later; what another Python has kept is not looked at,
nor what another state of the modules that say how such things are made has: an update leaves the file where it is.
"""

from __future__ import annotations

import marshal
import os
import sys
from typing import Any

_MOST = 6_000  # entries; words in the making leave many behind
_MAKERS = (
    "cli/_arguments.py cli/_project.py cli/check.py "
    "disk/rulebook.py fits.py kept.py patterns.py shape.py "
    "sources/markdown/cues.py sources/markdown/metrics_words.py sources/markdown/phrase_cues.py "
    "words/__init__.py words/phrases.py".split()
)

_known: dict[Any, bytes] | None = None
_used: dict[Any, bytes] = {}
_is_new = False


def get(key: Any) -> Any:
    """What was kept under a key (plain data, a tuple at best), else None."""
    global _known
    if _known is None:
        _known = _load()
    data = _known.get(key)
    if data is None:
        return None
    _used[key] = data
    try:
        return marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return None


def put(key: Any, value: Any) -> None:
    """Keeps a value for later runs: plain data, or code."""
    global _is_new
    try:
        _used[key] = marshal.dumps(value)
    except ValueError:  # not plain
        return
    _is_new = True


def save() -> None:
    """Writes what is new; called at the end of a run. Where that cannot be, nothing happens."""
    global _known, _is_new
    place = _place()
    if not _is_new or sys.dont_write_bytecode or not place:
        return
    from contextlib import suppress

    _is_new = False
    _known = {**(_known or {}), **_used}
    if len(_known) > _MOST:
        _known = dict(_used)
    fresh = f"{place}.{os.getpid()}"
    try:
        with open(fresh, "xb") as stream:  # noqa: PTH123
            stream.write(marshal.dumps((_for(), _known)))
        os.replace(fresh, place)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108


def _place() -> str:
    """Beside this module's bytecode, wherever that is kept; empty where it is not."""
    cached = __spec__.cached if __spec__ is not None else None
    return f"{cached.removesuffix('.pyc')}.data" if cached else ""


def _for() -> tuple[Any, ...]:
    """What stands for this Python and for the makers as they are now."""
    return sys.version, *map(_stamp, _MAKERS)


def _stamp(maker: str) -> tuple[int, int]:
    try:
        found = os.stat(os.path.join(os.path.dirname(__file__), maker))  # noqa: PTH116, PTH118, PTH120
    except OSError:  # in an archive, say
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _load() -> dict[Any, bytes]:
    try:
        with open(_place(), "rb") as stream:  # noqa: PTH123
            told, known = marshal.loads(stream.read())
        return known if told == _for() and isinstance(known, dict) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
