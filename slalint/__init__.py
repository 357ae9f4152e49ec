"""slalint: a linter and policy checker for service level agreements kept in git."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from slalint.api import Config as Config
    from slalint.api import Findings as Findings
    from slalint.api import lint_bytes as lint_bytes


_PUBLIC = ("Config", "Findings", "lint_bytes")


def __getattr__(name: str) -> Any:
    """The public names of ``slalint.api``, loaded when first asked for: ``--version`` needs none of them."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("slalint.api"), name)
