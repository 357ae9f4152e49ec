"""Defects in definitions and in the use of what they define."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harness import Mutant, mutator
from .page import Definition, Page

_STATUS = re.compile(r"\w+(?:ed|able)")  # alone these may be a status: "set to Accepted"
# What explains one of these words is taken to explain the others.
_KIN = [re.compile(words) for words in ("(?i)availab|down ?time|up ?time", "Hours|Day", "Incident|Ticket|Fault")]


_LEVEL = re.compile(r"(?i)(?:severity|priority|sev|prio|p|s)[ -]?\d.*|.*\bpriority|critical|high|medium|low")


def _definitions(page: Page) -> list[Definition]:
    """The definitions but for levels of a scale, of which each table may have its own."""
    return [one for one in page.definitions if not _LEVEL.fullmatch(one.term)]


@mutator()
def definition_deleted(page: Page) -> Iterator[Mutant]:
    """A definition is taken out while its term is still used."""
    for one in _definitions(page):
        others = [other.term for other in page.definitions if other is not one]
        explained = (
            # "Accepted Lead" says enough where "Lead" is defined.
            any(one.term.endswith(f" {other}") for other in others)
            or any(e.written == one.term.lower().replace(" ", "-") for e in page.entries("exclusions/*/id"))
            or any(kin.search(one.term) and any(map(kin.search, others)) for kin in _KIN)
        )
        running = [use for use in page.outside(one) if page.is_running(use)]
        if len(running) > 1 and not explained and not _STATUS.fullmatch(one.term):
            yield Mutant(page, (*one.cut, "")).gives("undefined-term|ambiguous-term", *page.outside(one))


@mutator()
def use_renamed(page: Page) -> Iterator[Mutant]:
    """One use of a defined term is given another name, with the capitals of a term."""
    for one in _definitions(page):
        for use in page.outside(one):
            # Behind a determiner the capitals can be nothing but a term's.
            if page.is_running(use) and re.search(r"\b(?:the|each|every|any)\s+$", page.text[:use]):
                end = use + len(one.term)
                yield Mutant(page, (use, end, "Special Case")).gives("undefined-term")


@mutator()
def definition_emptied(page: Page) -> Iterator[Mutant]:
    """A term stands in the list, and nothing beside it."""
    for one in _definitions(page):
        if page.form == "prose" and "|" not in page.text[one.name[1] : one.body[0]]:
            continue  # a clause that breaks off after "means" is no list's gap
        quotes = '""' if page.text[one.body[0]] == '"' else ""
        yield Mutant(page, (*one.body, quotes)).gives("empty-definition", one.name[0])


@mutator()
def definition_circular(page: Page) -> Iterator[Mutant]:
    """A term is explained by itself."""
    for one in _definitions(page):
        said = page.text[slice(*one.body)]
        if page.text[: one.body[0]].rstrip().endswith("that") or re.search(r"\d\d:\d\d", said):
            continue  # a clause cannot name its term first; without its hours a clock is gone as well
        yield Mutant(page, (*one.body, _said(page, one, f"{one.term} in the sense of this text"))).gives(
            "circular-definition", one.name[0]
        )


@mutator()
def definition_repeated(page: Page) -> Iterator[Mutant]:
    """A definition stands there twice in the same words."""
    for one in _definitions(page):
        text = page.text[slice(*one.cut)]
        if text.startswith(","):
            continue  # the last of a JSON object
        again = Mutant(page, (one.cut[1], one.cut[1], text))
        yield again.gives("duplicate-key" if page.is_key(one) else "repeated-definition")


@mutator()
def definition_conflicting(page: Page) -> Iterator[Mutant]:
    """A term is defined a second time, as something else."""
    for one in _definitions(page):
        if not page.is_key(one):
            other = page.text[one.cut[0] : one.body[0]] + _said(page, one, "whatever the group last wrote down")
            other += page.text[one.body[1] : one.cut[1]]
            yield Mutant(page, (one.cut[1], one.cut[1], other)).gives("conflicting-definition")


@mutator()
def definition_unused(page: Page) -> Iterator[Mutant]:
    """A definition of a term that nobody uses is added."""
    for one in _definitions(page)[:1]:
        head, tail = page.text[one.cut[0] : one.body[0]], page.text[one.body[1] : one.cut[1]]
        text = head.replace(one.term, "Gilded Whistle", 1) + _said(page, one, "an ornament that sounds") + tail
        yield Mutant(page, (one.cut[1], one.cut[1], text)).gives("unused-definition")


@mutator()
def definition_vague(page: Page) -> Iterator[Mutant]:
    """What a term means is made to hang on a word without a measure."""
    for one in _definitions(page):
        end = one.body[0] + len(page.text[slice(*one.body)].rstrip("\"'."))
        if not re.search("[,;]", page.text[one.body[0] : end]):
            yield Mutant(page, (end, end, " in an appropriate form")).gives("vague-definition", end)


def _said(page: Page, one: Definition, body: str) -> str:
    """A body written as the one that it replaces: quoted, or with the verb that its "that" asks for."""
    if page.text[: one.body[0]].rstrip().endswith("that"):
        body = f"there is {body}"
    quote = page.text[one.body[0]] if page.text[one.body[0]] in "\"'" else ""
    stop = "." if page.text[slice(*one.body)].rstrip(quote or None).endswith(".") else ""
    return f"{quote}{body}{stop}{quote}"
