"""slalint: a linter and policy checker for service level agreements kept in git."""

__version__ = "0.1.0"
