"""A line that says how far a long run is: only on a terminal, only after a second, never under CI or pre-commit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_AFTER, _EVERY = 1.0, 0.1  # seconds
_WIDTH = 30


def watched(items: Iterable[T], total: int) -> Iterable[T]:
    """The items, ``total`` of them, with a bar on stderr while they are taken."""
    wanted = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return _bar(items, total) if wanted and not (os.environ.get("CI") or os.environ.get("PRE_COMMIT")) else items


def _bar(items: Iterable[T], total: int) -> Iterator[T]:
    last = monotonic() + _AFTER - _EVERY
    drawn = False
    try:
        for done, item in enumerate(items):
            now = monotonic()
            if now - last >= _EVERY:
                filled = _WIDTH * done // total
                sys.stderr.write(f"\r[{'#' * filled}{' ' * (_WIDTH - filled)}] {done:,} of {total:,} files")
                sys.stderr.flush()
                last, drawn = now, True
            yield item
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
