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
