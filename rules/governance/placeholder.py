"""Blanks of a template that nobody filled in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from slalint.agreement import Agreement
from slalint.model import Node, Observation, texts
from slalint.patterns import lazy
from slalint.terms import placeholders
from slalint.terms.signatures import unsigned
from slalint.text import Document

# The definition of a link, `[name]: address "title"`: a bracket with that name is a link, and no blank.
_REFERENCE = lazy(
    r"""^[ ]{0,3}\[([^\[\]\n]{1,200})\]:[ \t]*(?:<[^<>\n]*>|[^\s<\[]\S*)(?:[ \t]+["'(][^\n]*["')])?[ \t]*$""", re.M
)

summary = "Every blank of the template is filled in."
severity = "error"
why = "Whoever signs this agrees to something that is not written down."
fix = "Write what belongs there, or remove the line."
lenient = True


def check(agreement: Agreement) -> Iterable[Observation]:
    if agreement.is_template or (agreement.form == "data" and agreement.prose is None and _is_filled_in(agreement)):
        return ()
    return _blanks(agreement)


def _is_filled_in(agreement: Agreement) -> bool:
    """Whether data leave no blank, as most do."""
    if agreement.is_complete:
        return True
    return agreement.is_filled_in and not [1 for one in agreement.elements.values() if one.state == "placeholder"]


def _blanks(agreement: Agreement) -> Iterator[Observation]:
    texts = [(text, text.blanks()) for text in (*_prose(agreement), *_data(agreement))]
    lines = unsigned(agreement.prose, agreement.language) if agreement.prose is not None else []
    by_hand = {start for block in lines for start, _ in block}
    # Three blanks beyond doubt make it a template half filled in; then every bracket of its kind is one.
    sure = (
        one
        for text, blanks in texts
        for one in blanks
        if placeholders.only_placeholder(text.written[slice(*one)], agreement.language)
        and text.node.part(*one).offset not in by_hand
    )
    half_filled = sum(1 for _ in islice(sure, 3)) == 3
    names: dict[int, str] | None = None
    found = []
    for block in lines:
        yield _unsigned(agreement, block)
    for text, blanks in texts:
        for start, end in text.blanks(loose=True) if half_filled else blanks:
            if names is None:
                names = _names(agreement)
            blank = text.written[start:end]
            place = text.node.part(start, end)
            if place.offset in by_hand:
                continue
            name = names.get(place.offset) or names.get(text.node.offset) or _field(text.node)
            found.append(place.offset)
            yield Observation(place, _message(blank, name, agreement.language), key=f"{name}{blank}")
    for element in agreement.elements.values():
        # A label with nothing beside it, or a title above nothing but dots.
        if element.state == "placeholder" and element.node is not None:
            start, end = _extent(agreement, element.node)
            if not any(start <= at < end for at in found):
                names = _names(agreement) if names is None else names
                name, said = names.get(element.node.offset, ""), " ".join(element.node.text.split())
                message = f"“{said or _field(element.node)}” is still to be filled in."
                if name:
                    message = _message(said, name, agreement.language)
                yield Observation(element.node, message, key=element.name)


def _unsigned(agreement: Agreement, block: list[tuple[int, int]]) -> Observation:
    """One finding for all lines of a place of signing: whoever signs fills in all of them, and by hand."""
    return Observation(
        Node.of(agreement.file, *block[0]),
        "Nobody has signed here yet.",
        why="Until both sides have signed, nothing here is agreed.",
        hint="Write who signed and on which day, or where the signed copy is kept.",
        key="signatures",
    )


class _Text:
    """A text in which blanks may stand. ``written`` is as in the file, ``shown`` what a reader sees of it; in the
    ``values`` nothing but a blank stands, whatever it looks like."""

    __slots__ = ("language", "links", "node", "shown", "values", "written")

    def __init__(
        self,
        node: Node,
        written: str,
        shown: str,
        values: list[tuple[int, int]],
        language: str,
        links: frozenset[str] = frozenset(),
    ) -> None:
        self.language = language
        self.node = node
        self.written = written
        self.shown = shown
        self.values = values
        self.links = links

    def blanks(self, loose: bool = False) -> list[tuple[int, int]]:
        found = [span for span in placeholders.find(self.written, loose, self.language) if self._is_shown(*span)]
        for start, end in self.values:
            value = self.written[start:end]
            inside = [(start + a, start + b) for a, b in placeholders.find(value, True, self.language)] or [
                (start, end)
            ]
            found += [(a, b) for a, b in inside if self._is_shown(a, b) and not any(a < y and x < b for x, y in found)]
        return sorted(found)

    def _is_shown(self, start: int, end: int) -> bool:
        """Not the text of a link, nor code, a comment or an address."""
        blank = self.written[start:end]
        return (
            not self.shown[start].isspace()
            and not (blank[0] == "[" and "`" in blank)
            and " ".join(blank[1:-1].lower().split()) not in self.links
        )


def _message(blank: str, name: str, language: str) -> str:
    asks = placeholders.only_placeholder(blank, language) or blank[:1] in "[<{$"
    what = placeholders.stands_for(blank, language) if asks else ""
    if what:
        plural = what.endswith("s") and not what.endswith("ss") and " of " not in what
        return f"The {what} {'are still blanks' if plural else 'is still a blank'}: {blank}"
    return f"“{name}” is still open: {blank}" if name else f"A blank is still to be filled in: {blank}"


def _field(node: Node) -> str:
    """The field that a value of a data agreement fills."""
    keys = [step for step in node.path if isinstance(step, str)]
    return " ".join(keys[-2:]) if keys else ""


def _names(agreement: Agreement) -> dict[int, str]:
    """By the offset of a table's cell, what it is about: the names of its column and its row; and of a label's value,
    the label."""
    found = {}
    for label in agreement.prose.labels if agreement.prose is not None else ():
        found[label.value.offset] = " ".join(label.name.text.split())
    for table in agreement.prose.tables if agreement.prose is not None else ():
        header = [" ".join(cell.text.split()) for cell in table.header]
        for row in table.rows:
            for name, cell in list(zip(header, row, strict=False))[1:]:
                about = [part for part in (" ".join(row[0].text.split()), name) if part]
                found[cell.node.offset] = ", ".join(about)
    return found


def _extent(agreement: Agreement, node: Node) -> tuple[int, int]:
    """Where the blanks of an element stand: in its place, or below it if that is a title."""
    span = node.written
    for section in agreement.prose.sections() if agreement.prose is not None else ():
        if section.heading is not None and section.heading.start == span.start:
            last = [passage.node.written.end for passage in section.all_passages()]
            return span.start, max([span.end, *last])
    return span.start, span.end


def _prose(agreement: Agreement) -> Iterator[_Text]:
    document = agreement.prose
    if document is None:
        return
    language = agreement.language
    open_values: dict[int, list[tuple[int, int]]] = {}
    for label in document.labels:
        if label.passage is not None and placeholders.only_placeholder(label.value.text, language):
            span, first = label.value.written, label.passage.start
            if first <= span.start < span.end <= first + len(label.passage.text):
                open_values.setdefault(first, []).append((span.start - first, span.end - first))
    links: frozenset[str] | None = None
    worth, only_placeholder = _worth_a_look(document, language), placeholders.only_placeholder
    for number, passage in enumerate(document.passages):
        shown = passage.text
        values = open_values.get(passage.start, []) if open_values else []
        # What is nothing but a bracket is worth a look as well.
        if not values and (passage.kind == "cell" or number in worth) and only_placeholder(shown, language):
            start = len(shown) - len(shown.lstrip())
            # A cell holds a value; a paragraph may be dots for something left out, an item the name of a document.
            if passage.kind == "cell" or (shown[start] == "[" and shown[start + 1].islower()):
                values = [(start, len(shown.rstrip()))]
        if not values and number not in worth:
            continue
        # With its markup, for a blank may be `<name>` or `[*x*]`.
        node = passage.node
        written = node.raw if len(node.raw) == len(shown) else shown
        if values or placeholders.may_hold_one(written, language):
            if links is None:
                links = _links(document.file.text)
            yield _Text(node, written, shown, values, language, links)


def _links(text: str) -> frozenset[str]:
    """The names under which a file defines links, in small letters."""
    found = _REFERENCE.findall(text) if "]:" in text else []
    return frozenset([" ".join(one.lower().split()) for one in found])


def _worth_a_look(document: Document, language: str) -> set[int]:
    """The numbers of the passages in which blanks may stand; most are cleared by one look at the whole file."""
    found = placeholders.worth_a_look(document.file.text, language)
    starts = [passage.start for passage in document.passages] if found else []
    return {bisect_right(starts, at) - 1 for span in found for at in span}


def _data(agreement: Agreement) -> Iterator[_Text]:
    root = agreement.root if agreement.form == "data" else agreement.prose.front_matter if agreement.prose else None
    # Most agreements have no blank at all, and one look at all of their text tells.
    if root is None:
        return
    language = agreement.language
    if agreement.is_filled_in if agreement.form == "data" else placeholders.all_filled(texts(root.data), language):
        return
    for node in root.strings():
        if any(isinstance(step, str) and step[:2] == "x-" for step in node.path):
            continue  # extensions are their author's business
        if agreement.form == "prose" and _is_list(node.text, language):
            continue
        whole = [(0, len(node.text))] if _is_open(node, language) else []
        if whole or placeholders.may_hold_one(node.text, language):
            yield _Text(node, node.text, node.text, whole, language)


def _is_list(text: str, language: str) -> bool:
    """`tags: [mail, internal]`: brackets in front matter make a list, but for one that asks for something."""
    return text[:1] == "[" and ("," in text or not any(placeholders.find(text, language=language)))


# Values that are names or statements; "none" is no such thing, and may well be an answer elsewhere.
_NEVER_NONE = frozenset(
    "name title statement means purpose description definition term trigger duty email phone deputy provider customer "
    "reporting escalation frequency version application modification termination hours".split()
)
_CODES = frozenset(("language", "region", "id", "unit"))  # in which two letters or a dash may mean something


def _is_open(node: Node, language: str) -> bool:
    """Whether a value leaves open what its field asks for."""
    keys = ["", *(step for step in node.path if isinstance(step, str))]
    if keys[-1] in _CODES or "labels" in keys:
        return placeholders.only_placeholder(node.text, language)
    never = (
        keys[-1] in _NEVER_NONE or keys[1:2] == ["definitions"] or (keys[-1] == "summary" and keys[-2] in _NEVER_NONE)
    )
    return placeholders.says_nothing(node.text, never, language)


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
parties:
  provider: IT Operations
  customer: "[Client]" # expect
governance:
  serviceLevelManager:
    name: "[name of the manager]" # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

This agreement is made between IT Operations and [Client]. <!-- expect -->

Tickets are answered within TBD hours. <!-- expect -->

**Effective date:** [day of the last signature] <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
parties:
  provider: IT Operations
  customer: All departments
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

This agreement [1] is made between IT Operations and [the departments](https://intranet.example/departments).

- [ ] Reviewed by both sides, with `rate(requests[5m])` from [https://stats.example](https://stats.example)
- The [`desk`](./desk.md), the [Service](./service.md) and the [Company name] are described elsewhere.

[Company name]: ./company.md
"""
    },
]
