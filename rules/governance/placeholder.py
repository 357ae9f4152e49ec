"""Blanks of a template that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation, Path, texts
from slalint.patterns import lazy
from slalint.terms import placeholders

# What Markdown shows as it is, or not at all. The rest is read with its markup: a blank may be ``<name>`` or ``[*x*]``.
_NOT_PROSE = lazy(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?-->|https?://[^\s<>()\[\]]+", re.S)

summary = "Every blank of the template is filled in."
severity = "error"
why = "Whoever signs this agrees to something that is not written down."
fix = "Write what belongs there, or remove the line."
lenient = True


def check(agreement: Agreement) -> Iterator[Observation]:
    if agreement.is_template:
        return
    texts = list(_texts(agreement))
    # Three blanks beyond doubt make it a template half filled in; then every bracket of its kind is one.
    sure = 0
    for _, text in texts:
        sure += sum(1 for _ in placeholders.find(text))
        if sure >= 3:
            break
    names: dict[int, str] | None = None
    for node, text in texts:
        for start, end in placeholders.find(text, loose=sure >= 3):
            if names is None:
                names = _cells(agreement)
            name = names.get(node.written.start) or _field(node)
            yield Observation(node.part(start, end), _message(text[start:end], name), key=f"{name}{text[start:end]}")


def _message(blank: str, name: str) -> str:
    what = placeholders.stands_for(blank)
    if what:
        plural = what.endswith("s") and not what.endswith("ss") and " of " not in what
        return f"The {what} {'are still blanks' if plural else 'is still a blank'}: {blank}"
    return f"{name} is still open: {blank}" if name else f"A blank is still to be filled in: {blank}"


def _field(node: Node) -> str:
    """The field that a value of a data agreement fills."""
    keys = [step for step in node.path if isinstance(step, str)]
    return " ".join(keys[-2:]) if keys else ""


def _cells(agreement: Agreement) -> dict[int, str]:
    """By the offset of a table's cell, what it is about: the names of its column and its row."""
    found = {}
    for table in agreement.prose.tables if agreement.prose is not None else ():
        header = [" ".join(cell.text.split()) for cell in table.header]
        for row in table.rows:
            for name, cell in list(zip(header, row, strict=False))[1:]:
                about = [part for part in (" ".join(row[0].text.split()), name) if part]
                found[cell.node.written.start] = ", ".join(about)
    return found


def _texts(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    if agreement.prose is not None:
        for passage in agreement.prose.passages:
            node = passage.node
            raw = node.raw
            if placeholders.may_hold_one(raw):
                yield node, _NOT_PROSE.sub(_blank, raw) if len(raw) == len(passage.text) else passage.text
    root = agreement.root if agreement.form == "data" else agreement.prose.front_matter if agreement.prose else None
    # Most agreements have no blank at all, and one look at all of their text tells.
    if root is not None and placeholders.may_hold_one("\0".join(texts(root.data))):
        for node in root.strings(_is_ours):
            if placeholders.may_hold_one(node.text):
                yield node, node.text


def _is_ours(path: Path) -> bool:
    """Extensions are their author's business."""
    return not any(isinstance(step, str) and step[:2] == "x-" for step in path)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
parties:
  provider: IT Operations
  customer: "[Client]" # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for mail

This agreement is made between IT Operations and [Client]. <!-- expect -->

Tickets are answered within TBD hours. <!-- expect -->
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
"""
    },
]
