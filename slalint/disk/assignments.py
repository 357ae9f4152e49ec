"""Where the values of a Python file stand, so that what is wrong with one can be told at its line."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from slalint.model import Mark, Node, SourceFile


def seen(path: str, source: bytes, values: Mapping[str, Any]) -> Node:
    """Values of a module as a node: each stands where its name was last given one at the top of the file, and what is
    in a literal where it is written there; a name that comes from elsewhere stands at the top."""
    text = source.decode("utf-8", "replace")
    file = SourceFile(path, text)
    where: dict[str, ast.AST] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef):
            where[statement.name] = statement
        elif isinstance(statement, ast.Assign):
            where.update({one.id: statement.value for one in statement.targets if isinstance(one, ast.Name)})
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            where[statement.target.id] = statement.value
    marks = {name: _mark(file, value, where.get(name)) for name, value in values.items()}
    below = {name: (mark[0], mark[0], mark) for name, mark in marks.items()}
    return Node(file, dict(values), (0, 0, below, None))


def _mark(file: SourceFile, value: Any, written: ast.AST | None, before: int = 0) -> Mark:
    """The mark of a value; of one that no literal shows, the place of what it stands in."""
    start = end = before
    if written is not None:
        start = _offset(file, written.lineno, written.col_offset)  # type: ignore[attr-defined]
        end = _offset(file, written.end_lineno, written.end_col_offset)  # type: ignore[attr-defined]
    below: Any = None
    if isinstance(value, dict):
        keys = {}
        if isinstance(written, ast.Dict):
            keys = {
                k.value: v for k, v in zip(written.keys, written.values, strict=True) if isinstance(k, ast.Constant)
            }
        marks = {key: _mark(file, one, keys.get(key), start) for key, one in value.items()}
        below = {key: (mark[0], mark[0], mark) for key, mark in marks.items()}
    elif isinstance(value, list):
        items = written.elts if isinstance(written, ast.List | ast.Tuple) else []
        shown: list[Any] = list(items) if len(items) == len(value) else [None] * len(value)
        below = [_mark(file, one, item, start) for one, item in zip(value, shown, strict=True)]
    return start, end, below, None


def _offset(file: SourceFile, line: int, column: int) -> int:
    """From a line and a column in bytes, as the syntax tree has them."""
    start = file.line_starts[line - 1]
    return start + len(file.text[start : start + column].encode()[:column].decode("utf-8", "ignore"))
