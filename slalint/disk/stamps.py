"""What tells files from themselves after a change, without reading them. Imported at every start, so it is light."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


asked: set[str] = set()  # the folders that a run has wanted to know this of: it depends on all that is in them


def below(folders: Iterable[str]) -> list[str]:
    """A line for each file in some folders and below, in an order of its own: its path, size and time of change. A
    folder that cannot be read is a line, too."""
    seen = []
    stack = list(folders)
    asked.update(stack)
    while stack:
        folder = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            seen.append(f"{folder} cannot be read")
            continue
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    stack.append(entry.path)
            else:
                stat = entry.stat()
                seen.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}")
    return seen
