"""What an unsafe fix writes where an element is missing: its name, and a blank. What is to be promised there, no
program decides; the blank is found by ``placeholder`` until somebody has."""

from __future__ import annotations

from slalint.agreement import ELEMENT_PATHS, Agreement
from slalint.model import Edit, Fix, Node

_BLANK = "[to be agreed]"
# As the format wants them: more than a text at the element's own path.
_NESTED = {"manager": "name", "review": ""}
# What is stated in a line, not in a section.
_LABELS = {
    "manager": "Service level manager",
    "customer_representative": "Customer representative",
    "effective_date": "Effective date",
    "version": "Version",
    "time_zone": "Time zone",
}
_LISTS = frozenset(("goals", "customer_representative"))


def fix(agreement: Agreement, element: str) -> Fix | None:
    """The skeleton of a missing element in block style or in prose; None where it would not fit in."""
    title = element.replace("_", " ")
    if agreement.form == "prose":
        if agreement.language != "en":
            return None
        blank = "[To be agreed]"
        name = _LABELS.get(element)
        if not name:
            return _appended(agreement, f"\n## {title.capitalize()}\n\n{blank}\n", title)
        heading = agreement.prose.title if agreement.prose is not None else None
        if heading is not None and _is_heading(heading.node):
            return _inserted(agreement, heading.node, f"\n**{name}:** {blank}\n", title)
        return _appended(agreement, f"\n**{name}:** {blank}\n", title)
    if agreement.data is None or not agreement.root.file.path.endswith((".yaml", ".yml")):
        return None
    keys = [key for key in ELEMENT_PATHS[element][0] if key != "*"]
    parent, indent = agreement.root, ""
    while len(keys) > 1 and (child := parent.get(keys[0])) is not None:
        first = next((node for _, node in child.items()), None)
        key = first.key if first is not None else None
        if key is None or child.key is None or key.line == child.key.line or child.aliased or child.raw[:1] in "{[":
            return None
        parent, indent, keys = child, " " * (key.column - 1), keys[1:]
    if len(keys) > 1 or keys[0] not in _data(parent):
        text = _block(keys, indent, element)
        if parent is agreement.root:
            return None if parent.raw[:1] == "{" else _appended(agreement, text, title)
        return _inserted(agreement, parent, text, title)
    return None


def _data(node: Node) -> dict[str, object]:
    return node.data if isinstance(node.data, dict) else {}


def _block(keys: list[str], indent: str, element: str) -> str:
    lines = []
    for key in keys:
        lines.append(f"{indent}{key}:")
        indent += "  "
    value = f'"{_BLANK}"'
    nested = _NESTED.get(element)
    if nested:
        return "\n".join(lines) + f"\n{indent}{nested}: {value}\n"
    if element in _LISTS:
        return "\n".join(lines) + f"\n{indent}- {value}\n"
    return "\n".join(lines) + f" {value}\n"


def _is_heading(node: Node) -> bool:
    """A line with `#` before it and nothing right below it, so that a line may follow."""
    text = node.file.text
    start = text.rfind("\n", 0, node.written.start) + 1
    end = text.find("\n", node.written.end)
    return text[start : start + 1] == "#" and (end < 0 or text[end + 1 : end + 3].strip(" ")[:1] in ("", "\r", "\n"))


def _inserted(agreement: Agreement, node: Node, text: str, title: str) -> Fix:
    """Behind the last line of a node."""
    whole = agreement.file.text
    line = whole.find("\n", node.written.end)
    return _written(whole, len(whole) if line < 0 else line + 1, text, title)


def _appended(agreement: Agreement, text: str, title: str) -> Fix | None:
    """At the end of the file; None where another document follows."""
    whole = agreement.file.text
    if agreement.form == "data" and "\n---" in whole[agreement.root.written.end :]:
        return None
    return _written(whole, len(whole), text.lstrip("\n") if whole.endswith(("\n\n", "\n\r\n")) else text, title)


def _written(whole: str, at: int, text: str, title: str) -> Fix:
    glue = "" if at == 0 or whole[at - 1] == "\n" else "\n"
    text = glue + text
    if "\r\n" in whole:
        text = text.replace("\n", "\r\n")
    return Fix(f"add {title}, to be filled in", (Edit(at, at, text),))
