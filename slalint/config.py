"""What a project asks of slalint. Pure: text in, ``Config`` out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from slalint.model import Confidence, Severity


class Config(NamedTuple):
    """A project's wishes. ``path`` is the file they were read from, empty for the defaults."""

    path: str = ""
    agreements: tuple[str, ...] = ()  # globs: these files are agreements, whatever their name
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()  # rules or categories; empty: the profile decides
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}  # rule or category -> severity
    rules: tuple[str, ...] = ()  # folders with rules, relative to the configuration file
    time_zone: str = ""  # IANA zone for hours that name none
    profile: str = "recommended"
    min_confidence: Confidence = "medium"
    fail_on: str = "error"  # error, warning, info or never
    templates: tuple[str, ...] = ()  # globs: agreements with blanks on purpose
