"""Mutation tests of the rules: agreements with one defect each, and the findings that must follow.

``python -m tests.mutations FOLDER`` runs every mutator over any folder of agreements. A mutator is a function in one
of the modules here, registered by ``@mutator()``: see ``harness.py``.
"""

from . import dates, fields, files, harness, numbers, parts, policies, promises, terms, wording
from .harness import FORMS, MUTATORS, outcomes
from .page import Page

__all__ = [
    "FORMS",
    "MUTATORS",
    "Page",
    "dates",
    "fields",
    "files",
    "harness",
    "numbers",
    "outcomes",
    "parts",
    "policies",
    "promises",
    "terms",
    "wording",
]
