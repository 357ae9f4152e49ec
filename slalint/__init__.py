"""slalint: a linter and policy checker for service level agreements kept in git."""

__version__ = "0.1.0"

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is; importing that module would double the time of --version
if TYPE_CHECKING:
    from slalint.api import Config as Config
    from slalint.api import Findings as Findings
    from slalint.api import lint_bytes as lint_bytes


_PUBLIC = ("Config", "Findings", "lint_bytes")


def __getattr__(name: str) -> object:
    """The public names of ``slalint.api``, loaded when first asked for: ``--version`` needs none of them."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("slalint.api"), name)
