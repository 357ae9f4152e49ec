"""A reference to a section, an anchor or an id that the agreement does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.text import Document, nearest

summary = "Every section, anchor and id that the agreement refers to is there."
severity = "error"
why = "Whoever follows the reference finds nothing, or something else than was agreed."
fix = "Refer to the place that is meant, by the number, heading or id that it has now."
wordless = True


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.prose is not None:
        yield from _anchors(agreement.prose)
        if agreement.language == "en":
            yield from _sections(agreement.prose)
    if agreement.form == "data":
        yield from _ids(agreement)


# ---- anchors

_LINK = lazy(r"\]\(#(?P<anchor>[^()\s\"]{1,200})(?:\s+\"[^\"]*\")?\)")
_ID = lazy(r"(?:\b(?:id|name)\s*=\s*[\"']?|\{#)(?P<id>[^\"'\s>}]{1,200})")


def _anchors(document: Document) -> Iterator[Observation]:
    text = document.file.text
    if "](#" not in text:
        return
    known = {_bare(section.heading.node.raw) for section in document.sections() if section.heading is not None}
    known |= {_bare(match["id"]) for match in _ID.finditer(text)}
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

_SECTION = lazy(
    r"\b(?P<word>[Ss]ections?|[Cc]lauses?|[Aa]rticles?|[Pp]aragraphs?|§)\s*(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})(?![\d/%.]*\d)"
    r"(?P<title>\s*\([^()\d][^()]{2,80}\))?(?P<after>[^.;]{0,60})"
)
_ELSEWHERE = lazy(
    r"^\W*(?:\([^()]*\)\s*)*(?:of|in|to|under|from)\s+(?!this\b|these\b|our\s+SLA)(?:the|its|our|your|an?|any|[A-Z])", 0
)
_OWN_NUMBER = lazy(r"\s*(?:section|clause|article|§)?\s*(\d{1,3}(?:\.\d{1,3})*)(?=[.):\s])", re.I)
# "Chapter 6A Section 16": the section of a law, or of what was named just before.
_OTHER_TEXT = lazy(
    r"\b(?:Laws?|Act|Code|Chapter|Statutes?|Regulations?|Directive|Agreement|Terms|Policy|Addendum)\b[^.;]*$"
)
_REACH = 40
_ENOUGH = 3  # so many numbered sections tell how a document numbers them


def _sections(document: Document) -> Iterator[Observation]:
    numbered = {
        section.number.strip("."): section.title for section in document.sections() if section.number[:1].isdigit()
    }
    if len(numbered) < _ENOUGH:
        return
    known = set(numbered)
    for passage in document.passages:
        line = document.file.text.rfind("\n", 0, passage.start) + 1
        for text in (passage.text, document.file.text[line : passage.start + 12].lstrip(" #*>-\t")):
            if match := _OWN_NUMBER.match(text):
                known.add(match.group(1))
    parents = {number.rpartition(".")[0] for number in known}
    told: set[str] = set()
    for passage in document.passages:
        if not any(char.isdigit() for char in passage.text) or passage.kind == "heading":
            continue
        for match in _SECTION.finditer(passage.text):
            number = match["number"]
            place = passage.part(match.start("word"), match.end("number"))
            if number in known or _OTHER_TEXT.search(passage.text, max(match.start() - _REACH, 0), match.start()):
                continue
            # Below a section whose parts carry no numbers the place cannot be told; nor can one in another document.
            if number.rpartition(".")[0] not in parents or _ELSEWHERE.match(match["after"]) or number in told:
                continue
            told.add(number)
            yield Observation(place, f"There is no section {number}.", key=number)


# ---- ids of the data form

_LISTS = (("exclusions", "exclusions"), ("remedy", "remedies"))


def _ids(agreement: Agreement) -> Iterator[Observation]:
    for key, block in _LISTS:
        listed = agreement.root.get(block)
        ids = [node.text for item in listed or () if (node := item.get("id")) is not None and node.text]
        if not ids:
            continue
        for metric in agreement.metrics:
            said = metric.node.get(key)
            for ref in (
                (said if said is not None and isinstance(said.data, list) else (said,)) if said is not None else ()
            ):
                if ref is not None and ref.text and " " not in ref.text and ref.text not in ids:
                    meant = nearest(ref.text, ids)
                    message = f"“{ref.text}” is not among the {block}"
                    message += f"; did you mean “{meant}”?" if meant else "."
                    yield Observation(ref, message, hint=f"{key}: {meant or ids[0]}", key=ref.text)


bad = [
    {
        "markdown": """\
# Service level agreement for mail

## 1. Scope

All mailboxes. What is left out is listed in [Exclusions](#exlusions). <!-- expect -->

## 2. Promise

A miss is credited as section 7 says. <!-- expect -->

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
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

## 1. Scope

All mailboxes. What is left out is listed in [Exclusions](#3-exclusions).

## 2. Promise

A miss is credited as section 7 of the Master Agreement says, but for the cases in section 3.

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
remedies:
  - id: credit
"""
    },
]
