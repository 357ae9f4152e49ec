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


def program() -> list[str]:
    """The folders in which all that the program is made of lies."""
    return [_HERE, *(path for name in ("rules", "schemas") if not (path := folder(name)).startswith(_HERE))]


def text(*parts: str) -> str:
    """The text of a shipped file, for example ``text("schemas", "agreement.schema.json")``."""
    path = os.path.join(folder(parts[0]), *parts[1:])  # noqa: PTH118
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123
        return stream.read()


def stamp(*parts: str) -> tuple[str, int, int]:
    """What tells a shipped file from itself after a change: its path, size and time of change (nanoseconds)."""
    return _stamp(os.path.join(folder(parts[0]), *parts[1:]))  # noqa: PTH118


def _stamp(path: str) -> tuple[str, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return path, -1, 0
    return path, found.st_size, found.st_mtime_ns


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


_further_words: list[str] = []
_languages: dict[str, str] = {}


def add_words(path: str) -> None:
    """A further folder with languages, each a folder like ``words/en``. A language that is there already stays as it
    is. To be called before a text is read."""
    _further_words.append(path)
    _languages.clear()


def languages() -> dict[str, str]:
    """Where the words of each language are, by its two letters."""
    if not _languages:
        for root in (folder("words"), *_further_words):
            for entry in sorted(os.scandir(root), key=lambda e: e.name):
                if entry.is_dir() and len(entry.name) == 2:
                    _languages.setdefault(entry.name, entry.path)
    return _languages


def words_text(language: str, *parts: str) -> str:
    """The text of a file in the folder of a language; empty where there is none."""
    home = languages().get(language)
    if home is None:
        return ""
    try:
        with open(os.path.join(home, *parts), encoding="utf-8") as stream:  # noqa: PTH118, PTH123
            return stream.read()
    except FileNotFoundError:
        return ""


def words_stamp(language: str, *parts: str) -> tuple[str, int, int]:
    """What tells a file in the folder of a language from another one, or from itself after a change."""
    return _stamp(os.path.join(languages().get(language, ""), *parts))  # noqa: PTH118


def words_names(language: str, part: str) -> list[str]:
    """The names of the files in a folder of a language, sorted; empty where there is none."""
    home = languages().get(language)
    try:
        return sorted(os.listdir(os.path.join(home, part))) if home is not None else []  # noqa: PTH118, PTH208
    except FileNotFoundError:
        return []


def schema_names() -> list[str]:
    """The names of the schemas that ship with slalint."""
    return _stems("schemas", ".schema.json")


def template_names() -> list[str]:
    """The types of agreement that there is a template for."""
    return _stems("templates", ".md")


def _stems(name: str, ending: str) -> list[str]:
    return sorted(entry.name[: -len(ending)] for entry in os.scandir(folder(name)) if entry.name.endswith(ending))
