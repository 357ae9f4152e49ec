"""Why a YAML document cannot be read, in words for somebody who writes agreements and not programs.

A parser reports where it gave up and what it wanted; the line itself nearly always shows what the author meant.
Each ``_…`` diagnosis looks at one line for one mistake that no legal line shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from slalint.model import Node, Observation, SourceFile
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources._composer import Refused


class _Line(NamedTuple):
    """A line of the document and what stands in it: the key with its colon, and the value or list item."""

    text: str
    at: int  # offset of the line in the file
    head: str  # indentation, dashes, key and colon
    key: str
    value: str  # without a trailing comment
    item: bool  # the value stands directly behind a dash

    @property
    def value_at(self) -> int:
        return self.at + len(self.head)


class _Diagnosis(NamedTuple):
    start: int
    end: int
    message: str
    why: str
    hint: str


_SHAPE = lazy(
    r"(?P<head>[ \t]*(?P<dashes>(?:-[ \t]+)*)"
    r"(?:(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[\]{}#,&*!|>%@`?:-][^:#]*?|[^\s\"'\[\]{}#:]+?)"
    r"[ \t]*:[ \t]+)?)"
    r"(?P<value>[^\r\n]*)"
)
_COMMENT = lazy(r"(?<![ \t])[ \t]+(?:#.*|\Z)")
_BLOCK_HEADER = lazy(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?")
_COMPARISON = lazy(r"(>=|>)[ \t]*([0-9][0-9.,]*[ \t]*(?:%|[^\W\d_]).*)")
_WORDED = {">=": "at least", ">": "more than"}
# A mistake shows at the start of a line; what is longer was written by a program.
_LINE_LIMIT = 2000
_QUOTED = lazy(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


def explain(file: SourceFile, start: int, end: int, problem: Exception) -> Observation:
    """What is wrong in ``[start, end)`` of a file, given what the parser said."""
    found = _diagnose(file, start, end, problem)
    return Observation(
        Node.of(file, found.start, found.end), found.message, why=found.why, hint=found.hint, rule="syntax"
    )


def _diagnose(file: SourceFile, start: int, end: int, problem: Exception) -> _Diagnosis:
    if isinstance(problem, Refused):
        return _Diagnosis(problem.start, problem.end, problem.message, problem.why, problem.hint)
    text = file.text
    position = getattr(problem, "position", None)
    if position is not None:
        return _character(text, start, end)
    said = f"{getattr(problem, 'context', '') or ''} {getattr(problem, 'problem', '') or problem}"
    at = _offset(problem, "problem_mark", start, end)
    context = _offset(problem, "context_mark", start, end)
    if at is None:
        at = context if context is not None else start
    if context is None:
        context = at

    if "quoted scalar" in said and "escape" not in said:
        return _open_quote(file, context)
    scanning = "while scanning" in said
    order = [context, at] if scanning else [at, context]
    numbers = list(dict.fromkeys(file.position(offset)[0] for offset in order))
    before = _line_before(file, file.position(at)[0], start)
    if before and before not in numbers:
        numbers.insert(1, before)
    lines = [_line(file, number) for number in numbers]
    for diagnosis in _DIAGNOSES:
        for line in lines:
            found = diagnosis(line)
            if found is not None:
                return found
    if "flow" in said:
        found = _flow(file, start, end, context, at)
        if found is not None:
            return found
    if "escape" in said:
        return _escape(text, at, context)
    return _layout(file, context if "expected ':'" in said else at, start, said)


def _offset(problem: Any, name: str, start: int, end: int) -> int | None:
    mark = getattr(problem, name, None)
    if mark is None:
        return None
    return max(start, min(int(mark.index) + start, end))


def _line(file: SourceFile, number: int) -> _Line:
    text = file.line(number)[:_LINE_LIMIT]
    shape = _SHAPE.match(text)
    assert shape is not None  # every part may be empty
    value = shape["value"]
    if value[:1] not in ('"', "'"):
        value = _COMMENT.sub("", value, count=1)
    return _Line(
        text, file.line_starts[number - 1], shape["head"], shape["key"] or "", value.rstrip(), bool(shape["dashes"])
    )


def _line_before(file: SourceFile, number: int, start: int) -> int:
    """The nearest line above that holds something other than a comment; 0 if there is none."""
    first = file.position(start)[0]
    for above in range(number - 1, max(first, number - 50) - 1, -1):
        text = file.line(above).strip()
        if text and not text.startswith("#"):
            return above
    return 0


def quote(value: str) -> str:
    """A value in the quotes that it needs."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _typed(line: _Line, value: str) -> str:
    """The line as it should be typed."""
    typed = line.head.strip() + " " + value if line.head.strip() else value
    return typed if len(typed) <= 100 else "Put the whole value in quotes."


# ---- one mistake each


def _tab(line: _Line) -> _Diagnosis | None:
    indentation = re.match(r"[ ]*\t[ \t]*", line.text)
    if indentation is None or not line.text.strip() or line.text.lstrip()[0] in "#]}":
        return None
    start = line.at + line.text.index("\t")
    return _Diagnosis(
        start,
        line.at + indentation.end(),
        "This line is indented with a tab.",
        "YAML counts spaces to see what belongs together, and a tab has no fixed width.",
        "Put spaces in place of the tab; editors can do it for the whole file (“Convert indentation to spaces”).",
    )


def _comparison(line: _Line) -> _Diagnosis | None:
    if not line.value.startswith((">", "|")) or _BLOCK_HEADER.fullmatch(line.value):
        return None
    sign = line.value[0]
    found = _COMPARISON.fullmatch(line.value)
    what = line.key if line.key and found is not None else "rest of the line"
    return _Diagnosis(
        line.value_at,
        line.value_at + len(line.value),
        f"A value cannot begin with {sign} unless it is in quotes.",
        f"YAML reads {sign} as the start of a long text on the lines below, so the {what} is lost.",
        _typed(line, f"{_WORDED[found[1]]} {found[2]}" if found is not None else quote(line.value)),
    )


_RESERVED = {
    "@": "keeps @ for a later use",
    "`": "keeps the backtick for a later use",
    "%": "keeps % for instructions to the program",
    "*": "reads * as a reference to a value marked with &",
    "&": "reads & as a mark that other places can refer to",
    "!": "reads ! as the name of a type",
    "]": "reads ] as the end of a list",
    "}": "reads } as the end of a mapping",
    ",": "reads the comma as the end of a list item",
}


def _reserved(line: _Line) -> _Diagnosis | None:
    sign = line.value[:1]
    if sign not in _RESERVED or not (line.key or line.item or sign in "@`"):
        return None
    if re.fullmatch(r"\*[\w-]+|&[^\s&]+(?:[ \t].*)?|!\S*(?:[ \t].*)?", line.value):
        return None  # a legal alias, anchor or tag
    name = "a backtick" if sign == "`" else "a comma" if sign == "," else sign
    return _Diagnosis(
        line.value_at,
        line.value_at + len(line.value),
        f"A value cannot begin with {name} unless it is in quotes.",
        f"YAML {_RESERVED[sign]}.",
        _typed(line, quote(line.value)),
    )


def _after_quote(line: _Line) -> _Diagnosis | None:
    closed = _QUOTED.match(line.value)
    if closed is None:
        return None
    rest = line.value[closed.end() :]
    bare = _COMMENT.sub("", rest, count=1).strip()
    if not bare or (bare[0] in ":,]}#" and not (line.key and bare[0] in ",:")):
        return None
    whole = line.value[: closed.end()] + _COMMENT.sub("", rest, count=1).rstrip()
    if whole[0] == "'" and rest[:1].isalpha():
        inner = whole[1:].removesuffix("'").replace("''", "'")
        return _Diagnosis(
            line.value_at + closed.end() - 1,
            line.value_at + len(whole),
            "The apostrophe ends the quoted text too early.",
            "Inside single quotes an apostrophe closes the text unless it is doubled.",
            _typed(line, quote(inner) if '"' not in inner else "'" + inner.replace("'", "''") + "'"),
        )
    start = line.value_at + closed.end() + len(rest) - len(rest.lstrip())
    return _Diagnosis(
        start,
        line.value_at + len(whole),
        f"There is text after the closing quote: “{_short(bare)}”.",
        "A value that begins with a quote ends with the next one.",
        _typed(line, quote(whole)),
    )


def _after_bracket(line: _Line) -> _Diagnosis | None:
    opening = line.value[:1]
    if opening not in ("[", "{"):
        return None
    depth = 0
    for index, sign in enumerate(line.value):
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            rest = line.value[index + 1 :].strip()
            if not rest or rest[0] in "#:,]}":
                return None
            what = "list" if opening == "[" else "mapping"
            return _Diagnosis(
                line.value_at,
                line.value_at + len(line.value),
                f"A value cannot begin with {opening} unless it is in quotes or a {what} from end to end.",
                f"YAML reads {opening} as the start of a {what}, and there is more text behind it: “{_short(rest)}”.",
                _typed(line, quote(line.value)),
            )
    return None


def _dash_behind_key(line: _Line) -> _Diagnosis | None:
    if not line.key or not re.match(r"-[ \t]", line.value):
        return None
    return _Diagnosis(
        line.value_at,
        line.value_at + len(line.value),
        f"A list cannot begin on the same line as its key “{line.key}”.",
        "Each - of a list starts a line of its own.",
        f"{line.head.strip()} and, on the next line, indented: {line.value}",
    )


def _second_colon(line: _Line) -> _Diagnosis | None:
    if not line.key or line.value[:1] in ("", '"', "'", "[", "{", "|", ">", "&", "*", "!"):
        return None
    colon = re.search(r":(?=[ \t]|\Z)", line.value)
    if colon is None:
        return None
    return _Diagnosis(
        line.value_at + colon.start(),
        line.value_at + colon.end(),
        f"The value of “{line.key}” holds a second colon followed by a space.",
        "A colon and a space make a key of what stands before them, and this line has one already.",
        _typed(line, quote(line.value)),
    )


_TIGHT = lazy(r"([ \t]*(?:-[ \t]+)*)([A-Za-z_][\w-]*):([^\s/:][^\r\n]*)")


def _missing_space(line: _Line) -> _Diagnosis | None:
    found = _TIGHT.fullmatch(line.text.rstrip())
    if found is None or line.key:
        return None
    start = line.at + len(found[1]) + len(found[2])
    return _Diagnosis(
        start,
        start + 1,
        f"A space is missing after the colon of “{found[2]}”.",
        "Without the space, colon and text are read as one word.",
        f"{found[2]}: {found[3]}",
    )


_DIAGNOSES: tuple[Callable[[_Line], _Diagnosis | None], ...] = (
    _tab,
    _comparison,
    _reserved,
    _after_quote,
    _after_bracket,
    _dash_behind_key,
    _second_colon,
    _missing_space,
)


# ---- by what the parser said


def _character(text: str, start: int, end: int) -> _Diagnosis:
    """A character that YAML forbids. The parser's position may count bytes, so look for the character itself."""
    found = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search(text, start, end)
    at = found.start() if found is not None else start
    code = f"U+{ord(text[at]):04X}" if at < len(text) else "unknown"
    return _Diagnosis(
        at,
        min(at + 1, len(text)),
        f"This line holds a character that cannot be seen and is not allowed ({code}).",
        "It usually comes along when text is copied from another program.",
        "Delete the character and type the place again.",
    )


def _open_quote(file: SourceFile, at: int) -> _Diagnosis:
    text = file.text
    stop = _line_end(text, at)
    sign = text[at : at + 1]
    return _Diagnosis(
        at,
        stop,
        f"The text that begins with {sign} here has no closing {sign}.",
        "Everything up to the next quote or the end of the file is read as one text.",
        f"{_short(file.line(file.position(at)[0]), 100)}{sign}",
    )


def _escape(text: str, at: int, context: int) -> _Diagnosis:
    at = max(text.rfind("\\", 0, at + 1), context)
    stop = min(at + 2, len(text))
    return _Diagnosis(
        at,
        stop,
        f"{text[at:stop]} stands for nothing inside double quotes.",
        "Inside double quotes a backslash begins a special character such as \\n for a new line.",
        "Use single quotes, or write two backslashes for one.",
    )


def _flow(file: SourceFile, start: int, end: int, opening: int, at: int) -> _Diagnosis | None:
    """Inside brackets or braces: not closed, or a comma is missing."""
    text = file.text
    if text[opening : opening + 1] not in ("[", "{"):
        opening = max(text.rfind("[", start, at + 1), text.rfind("{", start, at + 1))
        if opening < 0:
            return None
    sign = text[opening : opening + 1]
    closing = {"[": "]", "{": "}"}[sign]
    first, here = file.position(opening)[0], file.position(at)[0]
    if here != first or at >= end:
        stop = _line_end(text, opening)
        return _Diagnosis(
            opening,
            stop,
            f"The {sign} here is not closed by a {closing}.",
            f"Everything up to the next {closing} is taken for a part of it.",
            f"{_short(file.line(first), 100).rstrip(',')}{closing}",
        )
    found = text[at : at + 1]
    if found in "]}" and found != closing:
        return _Diagnosis(
            at,
            at + 1,
            f"The {sign} is closed by a {found}.",
            "Square brackets hold a list, braces hold keys with values.",
            f"{sign} … {closing}",
        )
    return _Diagnosis(
        at,
        _line_end(text, at),
        f"A comma or the closing {closing} is missing before “{_short(text[at : _line_end(text, at)])}”.",
        f"Between {sign} and {closing}, commas separate the parts.",
        "Put a comma before it, or the whole text in quotes if it belongs together.",
    )


def _layout(file: SourceFile, at: int, start: int, said: str) -> _Diagnosis:
    """Lines that do not fit together."""
    number = file.position(at)[0]
    if not file.line(number).strip():
        number = _line_before(file, number, start) or number
    line = _line(file, number)
    body = line.text.strip()
    indent = len(line.text) - len(line.text.lstrip(" "))
    place = line.at + indent
    stop = max(place, line.at + len(line.text.rstrip()))
    before = _line_before(file, number, start)
    above = _line(file, before) if before else None
    no_key = not line.key and not body.endswith(":") and not body.startswith("- ")
    if "expected ':'" in said and no_key:
        return _no_colon(line)
    if "'-'" in said and not body.startswith("-"):
        return _Diagnosis(
            place,
            stop,
            "A list goes on here, but this line does not begin with a dash.",
            "Keys and list items cannot be mixed in one block.",
            "Indent the line if it belongs to the item above, or begin a new item with a dash.",
        )
    if above is not None:
        above_indent = len(above.text) - len(above.text.lstrip(" "))
        if indent > above_indent and line.key and above.value:
            return _Diagnosis(
                place,
                stop,
                f"“{line.key}” is indented deeper than the line above, which is already complete.",
                f"What is indented belongs to the line above, but “{above.key or _short(above.value)}” has its value.",
                "Indent both lines alike.",
            )
        indents = sorted(set(_indents(file, number, start)))
        if indents and indent not in indents and not no_key:
            near = [n for n in indents if n < indent][-1:] + [n for n in indents if n > indent][:1]
            return _Diagnosis(
                place,
                stop,
                f"This line is indented by {_spaces(indent)}; the lines that it could belong to by "
                f"{' or '.join(map(str, near))}.",
                "The indentation says what belongs together, so it must be the same for all keys of one block.",
                f"Indent it by {_spaces(near[0])}." if near[0] else "Start it at the left margin.",
            )
    if body.startswith("- "):
        return _Diagnosis(
            place,
            stop,
            "A list item stands here where a key is expected.",
            "Keys and list items cannot be mixed in one block.",
            "Indent it under the key that the list belongs to, or give it a key.",
        )
    if no_key and body:
        return _no_colon(line)
    return _Diagnosis(
        place,
        stop,
        "This line does not fit the lines above it.",
        "Every line must be a key with a value, an item that begins with -, or the continuation of an indented text.",
        "Compare its indentation, quotes and brackets with the lines above.",
    )


def _no_colon(line: _Line) -> _Diagnosis:
    indent = len(line.text) - len(line.text.lstrip())
    return _Diagnosis(
        line.at + indent,
        line.at + max(indent, len(line.text.rstrip())),
        "This line has no key: a colon is missing, or it should be indented.",
        "Text that continues the value above must be indented deeper than its key.",
        "Write it as “key: value”, or indent it if it continues the line above.",
    )


def _indents(file: SourceFile, number: int, start: int) -> Iterator[int]:
    """How far the blocks that are open above a line are indented."""
    first = file.position(start)[0]
    limit: int | None = None
    for above in range(number - 1, max(first, number - 500) - 1, -1):
        text = file.line(above)
        body = text.lstrip(" ")
        if not body or body.startswith(("#", "---")):
            continue
        indent = len(text) - len(body)
        if limit is None or indent < limit:
            limit = indent
            yield indent
            behind = re.match(r"(?:-[ \t]+)+", body)
            if behind is not None:
                yield indent + behind.end()


def _spaces(count: int) -> str:
    return "one space" if count == 1 else f"{count} spaces" if count else "no spaces"


def _short(text: str, limit: int = 40) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found is not None else len(text)
