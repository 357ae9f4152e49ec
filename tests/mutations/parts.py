"""Parts of an agreement taken out whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .harness import Mutant, mutator
from .page import Page, Section


class Part(NamedTuple):
    """One part: the title of its section in prose, and the words that speak of it wherever they stand."""

    rule: str
    path: str
    title: str
    words: str


PARTS = (
    Part("missing-version", "metadata/version", r"^$", r"\bversion\W+\d"),
    Part("missing-effective-date", "term/effectiveDate", r"^$", r"\beffective|in force"),
    Part(
        "unnamed-manager", "governance/serviceLevelManager", r"people|parties", r"level manager|answers to both|^owner:"
    ),
    Part("missing-customer-representative", "governance/representatives", r"people|who is who", r"representative"),
    Part("missing-review", "meetings", r"meeting|review|follow", r"\bmeets?\b|\breviews?\b|^#.*meetings"),
    Part(
        "missing-reporting",
        "governance/reporting",
        r"report|follow",
        r"\bsends? [^.|]*\breports?\b|\breports to\b|(?:second|monthly|each) (?:\w+ )?report|^#.*\breport",
    ),
    Part("missing-escalation", "governance/escalation", r"escalat", r"escalat|takes charge|takes over|is led"),
    Part("missing-goals", "goals", r"purpose|goals?$|why", r"\bpurpose|\bgoal"),
    Part(
        "missing-application-policy",
        "policies/application",
        r"scope|appl",
        r"applies to|out of scope|outside its|are outside",
    ),
    Part("missing-renewal-policy", "policies/renewal", r"renew", r"renew|\bends on\b|\bexpir|\bto \d+ \w+ 20\d\d"),
    Part("missing-modification-policy", "policies/modification", r"chang|modif", r"propos|amend|approve"),
    Part(
        "missing-exclusions-policy",
        "policies/exclusions",
        r"exclu|not count",
        r"exclu|not counted|out of scope|outside its|are outside",
    ),
    Part(
        "missing-limitations-policy", "policies/limitations", r"limit", r"limitation|no more|depends on this|no money"
    ),
    Part("missing-termination-policy", "policies/termination", r"terminat|ending", r"\bends? the agreement|terminat"),
    Part("missing-metrics", "metrics", r"service levels?|targets", r"\d ?%"),
)
_LOAD = re.compile(r"targets\s+hold\s+for")


def _shared(part: Part, section: Section) -> bool:
    """Whether a section holds another part as well."""
    return any(one is not part and re.search(one.title, section.title, re.I) for one in PARTS)


def _titles(text: str) -> list[str]:
    return re.findall(r"(?m)^#+ (.*)", text)


def _unit(page: Page, match: re.Match[str]) -> tuple[int, int]:
    """The sentence, the row or the labelled line around a match."""
    text, (start, end) = page.text, match.span()
    line = text.rfind("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text)
    if text[line[0]] in "|#" or re.match(r"\*\*[^*]+:\*\*|[\w ]+: ", text[line[0] : line[1]]):
        return line
    before = [one.end() for one in re.finditer(r"\n\s*\n|\.\s+|\n(?=[-*] |\d)", text[:start])]
    after = re.compile(r"\.(?=\s)[ ]?|(?=\n\s*\n)|\Z").search(text, end)
    return before[-1] if before else 0, after.end() if after else len(text)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _removed(part: Part) -> Callable[[Page], Iterator[Mutant]]:
    def sites(page: Page) -> Iterator[Mutant]:
        """A part that every agreement must have is taken out."""
        if page.form == "data":
            for one in page.entries(part.path):
                if part.path != "metrics" or not page.entries("priorities"):
                    above = page.entry(*one.path[:-1])
                    yield Mutant(page, (*one.cut, "")).gives(part.rule, page.head if above is None else above.key)
            return
        sections = [one for one in page.section(part.title) if not _shared(part, one)]
        spoken = [
            _unit(page, match)
            for match in page.find(part.words, re.I | re.M)
            if not any(one.start <= match.start() < one.end for one in sections)
        ]
        if any(page.text[start] == "#" for start, _ in spoken) or (part.path == "metrics" and not sections):
            return  # what stands below the heading would stay
        cuts = _merged([(one.start, one.end) for one in sections] + spoken)
        gone = " ".join(page.text[start:end] for start, end in cuts)
        rest = page.without(cuts)
        # What else goes with it would be missing, too; a heading that is left still speaks of it.
        others = [one for one in PARTS if one is not part and re.search(one.words, gone, re.I)]
        told = re.search(part.words, page.text[: page.head] + " ".join(_titles(rest)), re.I | re.M)
        if cuts and not told and all(re.search(one.words, rest, re.I) for one in others):
            mutant = Mutant(page, *((*cut, "") for cut in cuts)).gives(part.rule, *page.heads)
            yield mutant.allows("missing-workload-limit", *page.heads) if _LOAD.search(gone) else mutant

    return sites


for _part in PARTS:
    mutator(name=f"{_part.path.rpartition('/')[2]}-removed")(_removed(_part))
