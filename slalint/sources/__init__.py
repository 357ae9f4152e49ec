"""Where agreements come from: one module a format, found by being here.

A source has ``claims(path, data) -> int`` (0: not my format; 1: I can read it, but it is no agreement; 2: it is an
agreement) and ``read(file, force) -> Reading``.
"""

from __future__ import annotations

from typing import NamedTuple

from slalint.agreement import Agreement
from slalint.model import Observation


class Reading(NamedTuple):
    """What a file holds: its agreements, and what the reader itself noticed (``Observation.rule`` is set)."""

    agreements: list[Agreement]
    observations: list[Observation]
