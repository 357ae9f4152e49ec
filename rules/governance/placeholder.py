"""Blanks of a template that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation, Path
from slalint.terms import placeholders

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
    for node, text in texts:
        for start, end in placeholders.find(text, loose=sure >= 3):
            yield _observe(node, text, start, end)


def _observe(node: Node, text: str, start: int, end: int) -> Observation:
    blank = text[start:end]
    what = placeholders.stands_for(blank)
    if what:
        plural = what.endswith("s") and not what.endswith("ss")
        message = f"The {what} {'are still blanks' if plural else 'is still a blank'}: {blank}"
        return Observation(node.part(start, end), message, key=blank)
    name = _name(node)
    told = f"{name} is still open: {blank}" if name else f"A blank is still to be filled in: {blank}"
    return Observation(node.part(start, end), told, key=f"{name}{blank}")


def _name(node: Node) -> str:
    """The field that a value of a data agreement fills."""
    keys = [step for step in node.path if isinstance(step, str)]
    return " ".join(keys[-2:]) if keys else ""


def _texts(agreement: Agreement) -> Iterator[tuple[Node, str]]:
    if agreement.prose is not None:
        for passage in agreement.prose.passages:
            node = passage.node
            raw = node.raw
            if len(raw) != len(passage.text):
                yield node, passage.text
            else:
                yield node, _readable(raw, passage.text)
    root = agreement.root if agreement.form == "data" else agreement.prose.front_matter if agreement.prose else None
    if root is not None:
        for path, text in _strings(root.data):
            place = root.get(*path)
            if place is not None:
                yield place, text


def _strings(data: object) -> Iterator[tuple[Path, str]]:
    """The strings that could hold a blank and where they stand, in order; extensions are their author's business."""
    stack: list[tuple[Path, object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str):
            if placeholders.may_hold_one(value):
                yield path, value
        elif isinstance(value, dict):
            stack += [((*path, key), child) for key, child in reversed(value.items()) if key[:2] != "x-"]
        elif isinstance(value, list):
            stack += [((*path, index), value[index]) for index in range(len(value) - 1, -1, -1)]


def _readable(raw: str, masked: str) -> str:
    """The source of a passage with code and link addresses blanked as in the passage, but tags and markup kept: a
    blank may be written as ``<name>`` or within asterisks."""
    kept = []
    for char, shown in zip(raw, masked, strict=True):
        kept.append(char if shown != " " or char in "<>_*[]{}" or char.isspace() else " ")
    return "".join(kept)


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

- [ ] Reviewed by both sides
"""
    },
]
