"""Where the files that ship with slalint are: rules/, schemas/, words/ and templates/.

In a wheel ``rules`` and ``schemas`` lie in ``slalint/_bundled``; in a checkout or an editable install at the top level.
"""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs 8 ms at every start


def folder(name: str) -> str:
    """The folder of a top-level resource (``rules``, ``schemas``) or of one inside the package (``words``, …)."""
    for base in (os.path.join(_HERE, "_bundled"), os.path.dirname(_HERE), _HERE):  # noqa: PTH118, PTH120
        path = os.path.join(base, name)  # noqa: PTH118
        if os.path.isdir(path):  # noqa: PTH112
            return path
    raise FileNotFoundError(f"slalint's own folder {name!r} is missing; reinstall slalint")


def text(*parts: str) -> str:
    """The text of a shipped file, for example ``text("schemas", "agreement.schema.json")``."""
    path = os.path.join(folder(parts[0]), *parts[1:])  # noqa: PTH118
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123
        return stream.read()


def schema_text(name: str) -> str:
    """The text of ``schemas/NAME.schema.json``."""
    return text("schemas", f"{name}.schema.json")


def names(*parts: str, folders: bool = False) -> list[str]:
    """The names of the files (or folders) in a shipped folder, sorted; empty where there is no such folder."""
    path = os.path.join(folder(parts[0]), *parts[1:])  # noqa: PTH118
    try:
        with os.scandir(path) as entries:
            return sorted(e.name for e in entries if e.is_dir() == folders and not e.name.startswith(("__", ".")))
    except OSError:
        return []


def schema_names() -> list[str]:
    """The names of the schemas that ship with slalint."""
    return _stems("schemas", ".schema.json")


def template_names() -> list[str]:
    """The types of agreement that there is a template for."""
    return _stems("templates", ".md")


def _stems(name: str, ending: str) -> list[str]:
    return sorted(entry.name[: -len(ending)] for entry in os.scandir(folder(name)) if entry.name.endswith(ending))
