"""A reference to a section, an anchor or an id that the agreement does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation, Path
from slalint.patterns import lazy
from slalint.terms.language import Structure
from slalint.text import Document, Passage, nearest
from slalint.words import languages
from slalint.words.pieces import Pattern, Pieces

summary = "Every section, anchor and id that the agreement refers to is there."
severity = "error"
why = "Whoever follows the reference finds nothing, or something else than was agreed."
fix = "Refer to the place that is meant, by the number, heading or id that it has now."
wordless = True


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.prose is not None:
        yield from _anchors(agreement.prose)
        if agreement.language in languages():
            yield from _sections(agreement, agreement.prose)
    if agreement.form == "data":
        yield from _ids(agreement)


# ---- anchors

_LINK = lazy(r"\]\(#(?P<anchor>[^()\s\"]{1,200})(?:\s+\"[^\"]*\")?\)")
_ANCHOR = lazy(r"(?:\b(?:id|name)\s*=\s*[\"']?|\{#)(?P<id>[^\"'\s>}]{1,200})")


def _anchors(document: Document) -> Iterator[Observation]:
    text = document.file.text
    if "](#" not in text:
        return
    known = {_bare(section.heading.node.raw) for section in document.sections() if section.heading is not None}
    known |= {_bare(match["id"]) for match in _ANCHOR.finditer(text)}
    titles = {_bare(section.title): section.title for section in document.sections()}
    known |= set(titles)
    code = [(one.start, one.start + len(one.text)) for one in document.code]
    told: set[str] = set()
    for match in _LINK.finditer(text):
        anchor = match["anchor"]
        bare = _bare(anchor)
        # Of two headings with the same text the second is `title-1`.
        if bare in known or re.sub(r"\d+$", "", bare) in known or anchor in told or not bare:
            continue
        if any(start <= match.start() < end for start, end in code):
            continue
        told.add(anchor)
        meant = nearest(bare, titles)
        hint = f"Is “{titles[meant]}” meant?" if meant else ""
        node = Node.of(document.file, match.start("anchor") - 1, match.end("anchor"))
        yield Observation(node, f"No heading and no id answers to “#{anchor}”.", hint=hint, key=anchor)


def _bare(text: str) -> str:
    """A heading or an anchor by its letters and digits only: the tools that make anchors differ in all the rest."""
    text = re.sub(r"%[0-9A-Fa-f]{2}|\{#[^{}]*\}|\]\([^()]*\)|<[^<>]*>|&\w+;", "", text)
    return "".join(char for char in text.lower() if char.isalnum())


# ---- sections by number


class _Words(Pieces, file="dangling-reference"):
    section = Pattern()
    elsewhere = Pattern()
    other_text = Pattern()
    own_number = Pattern()


_ONLY_NUMBER = lazy(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*")
_REACH = 40
_ENOUGH = 3  # so many numbered sections tell how a document numbers them


def _sections(agreement: Agreement, document: Document) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    references = [
        (passage, match)
        for passage in agreement.places.passages(words.section)
        if passage.kind not in ("heading", "string")
        for match in words.section.finditer(passage.text)
    ]
    if not references:
        return
    numbered = {
        section.number.strip("."): section.title for section in document.sections() if section.number[:1].isdigit()
    }
    if len(numbered) < _ENOUGH:
        return
    known, parents = set(numbered), set[str]()
    told: set[str] = set()
    for passage, match in references:
        number = match["number"]
        if words.other_text.search(passage.text, max(match.start() - _REACH, 0), match.start()):
            continue
        if number not in known and not parents:
            known.update(_numbers(document, words))
            parents = {number.rpartition(".")[0] for number in known}
        if number in known:
            yield from _title(passage, match, numbered, words)
            continue
        # Below a section whose parts carry no numbers the place cannot be told; nor can one in another document.
        if number.rpartition(".")[0] not in parents or words.elsewhere.match(match["after"]) or number in told:
            continue
        told.add(number)
        place = passage.part(match.start("word"), match.end("number"))
        yield Observation(place, f"There is no section {number}.", key=number)


def _numbers(document: Document, words: _Words) -> Iterator[str]:
    """The numbers that passages begin with."""
    source = document.file.text
    for passage in document.passages:
        if passage.kind == "cell" and _ONLY_NUMBER.fullmatch(passage.text) is None:
            continue  # "10 minutes"
        line = source.rfind("\n", 0, passage.start) + 1
        for text in (passage.text, source[line : passage.start + 12].lstrip(" #*>-\t")):
            if match := words.own_number.match(text):
                yield match.group(1)


def _title(passage: Passage, reference: re.Match[str], titles: dict[str, str], words: _Words) -> Iterator[Observation]:
    """A section that is called otherwise than the brackets behind its number say. Brackets say a title where they are
    written like one; else they may say anything of the section."""
    said, number = (reference["title"] or "").strip(' ()“”"*_'), reference["number"]
    title = titles.get(number, "")
    told, meant = _bare(said), _bare(title)
    if not said or not title or told in meant or meant in told or words.elsewhere.match(reference["after"]):
        return
    home = next((other for other, name in titles.items() if _bare(name) == told), "")
    if home or Structure.of(words.language).is_title_case(said):
        hint = f"“{said}” is section {home}." if home else f"Section {number} ({title})"
        place = passage.part(reference.start("word"), reference.end("title"))
        yield Observation(place, f"Section {number} is called “{title}”, not “{said}”.", hint=hint, key=number)


# ---- ids of the data form

# Where the parts of a block are referred to by their ids.
_REFERENCES = {
    "exclusions": ("metrics/*/exclusions/*", "policies/exclusions/refs/*"),
    "remedies": ("metrics/*/remedy", "metrics/*/remedy/*"),
    "calendars": (
        "priorities/*/clock",
        "metrics/*/clock",
        "services/*/hours",
        "support/hours",
        "definitions/*/calendar",
    ),
    "metrics": ("obligations/*/supports/*", "policies/termination/forCause/metric"),
}
_ID = lazy(r"[a-z][a-z0-9-]*")  # hours are also written out: "Mon-Fri 07:00-19:00"


def _ids(agreement: Agreement) -> Iterator[Observation]:
    root = agreement.root.data
    for block, paths in _REFERENCES.items():
        listed = root.get(block)
        ids = {str(one.get("id") or "") for one in listed if isinstance(one, dict)} if isinstance(listed, list) else ()
        if not ids or "" in ids:  # an id made from a name may be meant
            continue
        for path in paths:
            for place, value in _values(root, path.split("/")):
                if not isinstance(value, str) or value in ids or _ID.fullmatch(value) is None or q.hours_of(value):
                    continue
                meant = nearest(value, ids)
                message = f"“{value}” is not among the {block}"
                message += f"; did you mean “{meant}”?" if meant else "."
                ref = agreement.root.get(*place)
                if ref is not None:
                    yield Observation(ref, message, hint=f"{_field(place)}: {meant or sorted(ids)[0]}", key=value)


def _values(data: Any, path: list[str], place: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The values at a path of keys, ``*`` for any of them, each with its own path."""
    if not path:
        yield place, data
        return
    step, *rest = path
    if isinstance(data, dict):
        for key in data if step == "*" else (step,) if step in data else ():
            yield from _values(data[key], rest, (*place, key))
    elif isinstance(data, list) and step == "*":
        for index, item in enumerate(data):
            yield from _values(item, rest, (*place, index))


def _field(place: Path) -> str:
    return str(next(step for step in reversed(place) if isinstance(step, str)))


bad = [
    {
        "markdown": """\
# Service level agreement for mail

## 1. Scope

All mailboxes. What is left out is listed in [Exclusions](#exlusions). <!-- expect -->

## 2. Promise

A miss is credited as section 7 says. <!-- expect -->

The customer reports it as section 3 (Reports of Faults) says. <!-- expect -->

## 3. Exclusions

Faults of the customer's own network.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
metrics:
  - id: availability
    target: at least 99.5 %
    remedy: credits # expect
remedies:
  - id: credit
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
calendars:
  - id: office-hours
    weekly: [{days: [mon], from: 08:00, to: "18:00"}]
priorities:
  - {id: P1, response: 1 h, clock: ofice-hours} # expect
metrics:
  - id: availability
    target: at least 99.5 %
obligations:
  - {party: customer, duty: Reports each fault., supports: [availabilty]} # expect
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

## 1. Scope

All mailboxes. What is left out is listed in [Exclusions](#3-exclusions).

## 2. Promise

A miss is credited as section 7 of the Master Agreement says, but for the cases in section 3 (Exclusions).

## 3. Exclusions

Faults of the customer's own network.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
metrics:
  - id: availability
    target: at least 99.5 %
    remedy: credit
    clock: 24x7
remedies:
  - id: credit
calendars:
  - id: office-hours
    weekly: [{days: [mon], from: 08:00, to: "18:00"}]
"""
    },
]
