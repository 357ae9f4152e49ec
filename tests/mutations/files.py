"""Defects in how a file is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harness import Mutant, mutator
from .page import Page


@mutator("data")
def key_duplicated(page: Page) -> Iterator[Mutant]:
    """A line is there twice."""
    for path in ("metadata/version", "governance/serviceLevelManager/email", "services/*/owner"):
        for one in page.entries(path):
            start, end = page.text.rfind("\n", 0, one.key) + 1, page.text.find("\n", one.end) + 1
            line = page.text[start:end]
            if line.count(":") == 1 and line.lstrip()[0] != "-" and line.endswith(",\n") == page.name.endswith(".json"):
                yield Mutant(page, (end, end, line)).gives("duplicate-key")


@mutator("data")
def key_misspelled(page: Page) -> Iterator[Mutant]:
    """Two letters of a key change places."""
    for path in ("metadata/status", "services/*/workload", "priorities/*/updateEvery", "metrics/*/internalTarget"):
        for one in page.entries(path):
            key = re.compile(r"\w+").search(page.text, one.key)
            if key is not None:
                swapped = key[0][0] + key[0][2] + key[0][1] + key[0][3:]
                yield Mutant(page, (*key.span(), swapped)).gives("unknown-field")


@mutator("data")
def quotes_dropped(page: Page) -> Iterator[Mutant]:
    """Quotation marks that keep a value from being read as something else are taken away."""
    if page.name.endswith(".json"):
        return
    for one in page.entries("metrics/*/target"):
        if re.fullmatch(r"([\"']).*\1", one.written):
            yield Mutant(page, (one.start, one.end, one.written[1:-1])).gives("syntax")
    for path in ("calendars/*/weekly/*/from", "calendars/*/weekly/*/to"):
        for one in page.entries(path):
            # Without them YAML 1.1 reads a number to the base of sixty, unless it begins with a nought.
            if re.fullmatch(r"\"[1-9]\d:\d\d\"", one.written):
                yield Mutant(page, (one.start, one.end, one.written[1:-1])).gives("unquoted-trap")


@mutator("data")
def indent_broken(page: Page) -> Iterator[Mutant]:
    """A line moves one column to the right."""
    if page.name.endswith(".json"):
        return
    for path in ("metadata/title", "term/expiryDate", "governance/serviceLevelManager/email"):
        for one in page.entries(path):
            yield Mutant(page, (one.key, one.key, " ")).gives("syntax", one.key, one.key - 2)


@mutator("data")
def value_misspelled(page: Page) -> Iterator[Mutant]:
    """A value is none of those that its field knows."""
    for path in ("metrics/*/sli/kind", "parties/*/role", "metadata/status"):
        for one in page.entries(path):
            end = one.end - (page.text[one.end - 1] == '"')
            yield Mutant(page, (end, end, "x")).gives("invalid-agreement")


@mutator("data")
def id_duplicated(page: Page) -> Iterator[Mutant]:
    """Two things are given one id."""
    supported = {one.written for one in page.entries("obligations/*/supports/*")}
    derived = " ".join(one.written for one in page.entries("goals/*/derivation/expression"))
    for block in ("metrics", "tools", "services"):
        first, *others = page.entries(f"{block}/*/id") or [None]
        for one in others:
            # A duty would support nothing, or a goal be derived from another metric.
            if first is not None and one.written not in supported and first.written not in derived:
                yield Mutant(page, (one.start, one.end, first.written)).gives("duplicate-id")
