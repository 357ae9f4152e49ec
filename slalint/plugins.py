"""Finding what is there: the modules of a package, and what installed packages offer. No hand-kept list anywhere."""

from __future__ import annotations

import os
import sys
from types import ModuleType


def modules(package: ModuleType) -> list[str]:
    """Names of the public modules and sub-packages of a package, sorted."""
    names = set()
    for folder in package.__path__:
        for entry in os.scandir(folder):
            name, dot, ending = entry.name.partition(".")
            if name.startswith("_"):
                continue
            if (dot and ending == "py") or (not dot and entry.is_dir()):
                names.add(name)
    return sorted(names)


def packages(group: str) -> list[tuple[str, str]]:
    """``(name, folder)`` of each package that an installed distribution offers under an entry-point group.

    The package is located, not imported: its rules are read as files, exactly like ours.
    """
    if not _offered(group):
        return []
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found = []
    for point in sorted(entry_points(group=group), key=lambda p: p.name):
        spec = find_spec(point.value)
        locations = list(spec.submodule_search_locations or ()) if spec else []
        found.append((point.name, locations[0] if locations else ""))
    return found


def _offered(group: str) -> bool:
    """Whether any installed distribution offers something under the group. Hardly any does, and looking into their
    lists ourselves costs a tenth of importing ``importlib.metadata``."""
    wanted = f"[{group}]".encode()
    for folder in sys.path:
        try:
            entries = list(os.scandir(folder or "."))
        except FileNotFoundError:
            continue
        except OSError:
            return True  # an archive: only importlib looks inside
        for entry in entries:
            if entry.name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(entry.path, "entry_points.txt"), "rb") as stream:  # noqa: PTH118, PTH123
                        if wanted in stream.read():
                            return True
                except OSError:  # most distributions have none
                    continue
    return False
