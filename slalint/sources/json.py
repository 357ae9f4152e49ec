"""Agreements in JSON, read as the ``json`` module reads it, but with places and without recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slalint.agreement import KINDS
from slalint.model import Mark, Node, Observation, Path, SourceFile
from slalint.sources import Reading, collect
from slalint.sources._composer import MAX_DEPTH, MAX_EVENTS, Document, Refused, too_many

if TYPE_CHECKING:
    from slalint.sources._comments import Comment

_OWN = re.compile(rb"\"(?:apiVersion|kind)\"\s*:\s*\"(?:slalint/|(?:" + "|".join(KINDS).encode() + rb")\")")
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_STRING = re.compile(r'"([^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*)"')
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_WORD = re.compile(r"[^\s,:\[\]{}\"']+")
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}
_MAX_DIGITS = 1000


def claims(path: str, data: bytes) -> int:
    """2 for an agreement by name or by its envelope, 1 for other JSON, 0 for anything else."""
    name = path.lower()
    if not name.endswith(".json"):
        return 0
    return 2 if name.endswith(".sla.json") or _OWN.search(data) is not None else 1


def read(file: SourceFile, force: bool = False) -> Reading:
    """The agreement of a file; with ``force`` any object is one. Never raises."""
    return collect(file, [document(file)], force, claims)


def comments(file: SourceFile) -> tuple[Comment, ...]:
    """JSON holds none."""
    return ()


def document(file: SourceFile) -> Document:
    """The file's value with what there is to say about it; ``root`` is None where it is broken."""
    said: list[Observation] = []
    try:
        data, mark = _parse(file, said)
    except Refused as refused:
        at = Node.of(file, refused.start, refused.end)
        return Document(None, [Observation(at, refused.message, why=refused.why, hint=refused.hint, rule="syntax")])
    return Document(Node(file, data, mark), said)


def _parse(file: SourceFile, said: list[Observation]) -> tuple[Any, Mark]:
    text = file.text
    if len(text) > MAX_EVENTS and sum(map(text.count, ",[{")) > MAX_EVENTS:
        raise too_many(len(text))
    skip = _SPACE.match
    string = _STRING.match
    stack: list[tuple[Any, Any, str, int, int, int]] = []
    # The open collection; the outermost holds nothing but the file's value.
    data: Any = []
    children: Any = []
    key = ""
    key_start = key_end = begin = 0
    value: Any
    mark: Mark
    at = _after(skip, text, 0)

    def path() -> Path:
        steps = [(frame[2] if isinstance(frame[0], dict) else len(frame[0])) for frame in stack[1:]]
        return (*steps, key if isinstance(data, dict) else len(data)) if stack else ()

    def read_key(at: int, after_comma: bool) -> int:
        nonlocal key, key_start, key_end
        found = string(text, at)
        if found is None:
            raise _wrong(file, at, "key", begin, after_comma)
        key, key_start, key_end = _unescape(found[1], file, found.start(1), said), at, found.end()
        at = _after(skip, text, key_end)
        if text[at : at + 1] != ":":
            raise _wrong(file, at, "colon", key_start, False)
        return _after(skip, text, at + 1)

    while True:
        # A value begins at ``at``.
        sign = text[at : at + 1]
        if sign == '"':
            found = string(text, at)
            if found is None:
                raise _broken_string(file, at)
            value, end = _unescape(found[1], file, found.start(1), said), found.end()
        elif sign == "{" or sign == "[":
            if len(stack) >= MAX_DEPTH:
                raise Refused(
                    at,
                    at + 1,
                    f"Lists and objects stand inside one another more than {MAX_DEPTH} levels deep here.",
                    "No agreement needs that; the file was not read any further.",
                    "Look for brackets that are never closed, or for a generator gone wrong.",
                )
            stack.append((data, children, key, key_start, key_end, begin))
            begin = at
            at = _after(skip, text, at + 1)
            if sign == "{":
                data, children = {}, {}
                if text[at : at + 1] != "}":
                    at = read_key(at, False)
                    continue
            else:
                data, children = [], []
                if text[at : at + 1] != "]":
                    continue
            end = at + 1
            value, mark = data, (begin, end, children, None)
            data, children, key, key_start, key_end, begin = stack.pop()
        else:
            number = _NUMBER.match(text, at)
            if number is not None:
                end = number.end()
                value = _number(number)
                if _WORD.match(text, end):
                    raise _wrong(file, at, "value", begin, False)
            else:
                word = _WORD.match(text, at)
                if word is None or word[0] not in _LITERALS:
                    raise _wrong(file, at, "value", begin, bool(data))
                value, end = _LITERALS[word[0]], word.end()
        if type(value) not in (dict, list):
            mark = (at, end, None, None)

        # It takes its place; then collections close until the next value begins.
        while True:
            if type(data) is dict:
                if key in data:
                    said.append(_duplicate(file, key, key_start, key_end, children[key], path()))
                data[key] = value
                children[key] = (key_start, key_end, mark)
            else:
                data.append(value)
                children.append(mark)
            at = _after(skip, text, end)
            if not stack:
                if at < len(text):
                    raise _wrong(file, at, "end", begin, False)
                return data[0], children[0]
            sign = text[at : at + 1]
            if sign == ",":
                at = _after(skip, text, at + 1)
                if type(data) is dict:
                    at = read_key(at, True)
                elif text[at : at + 1] == "]":
                    raise _wrong(file, at, "value", begin, True)
                break
            if sign != ("}" if type(data) is dict else "]"):
                raise _wrong(file, at, "comma", begin, False)
            end = at + 1
            value, mark = data, (begin, end, children, None)
            data, children, key, key_start, key_end, begin = stack.pop()


def _after(skip: Any, text: str, at: int) -> int:
    return skip(text, at).end()  # type: ignore[no-any-return]


def _number(found: re.Match[str]) -> int | float:
    if len(found[0]) > _MAX_DIGITS:
        raise _too_large(found)
    if found[1] is None and found[2] is None:
        return int(found[0])
    value = float(found[0])
    if value in (float("inf"), float("-inf")):
        raise _too_large(found)
    return value


def _too_large(found: re.Match[str]) -> Refused:
    return Refused(
        found.start(),
        found.end(),
        "This number is too large to be read.",
        "No program could compare it with anything.",
        "Write it as text in double quotes, or choose a larger unit.",
    )


def _unescape(raw: str, file: SourceFile, start: int, said: list[Observation]) -> str:
    if "\\" not in raw:
        return raw

    def character(found: re.Match[str]) -> str:
        high, low, one, short = found.groups()
        if high is not None:
            return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
        if one is None:
            return _SHORT[short]
        code = int(one, 16)
        if 0xD800 <= code < 0xE000:
            at = Node.of(file, start + found.start(), start + found.end())
            message = f"{found[0]} is half of a character; the other half is missing."
            why = "Characters such as emoji are written as a pair of two such codes."
            hint = "Type the character itself; the file is UTF-8 and can hold it."
            said.append(Observation(at, message, why=why, hint=hint, rule="syntax"))
            return "\ufffd"
        return chr(code)

    return _ESCAPE.sub(character, raw)


def _duplicate(
    file: SourceFile, key: str, start: int, end: int, first: tuple[int, int, Mark], path: Path
) -> Observation:
    here, line = file.position(start)[0], file.position(first[0])[0]
    before = "earlier on this line" if line == here else f"on line {line}"
    return Observation(
        Node.of(file, start, end, path=path),
        f"“{key}” is written twice in one place, first {before}.",
        why=f"Only this later one counts; what stands {before} is ignored.",
        hint=f"Keep one of the two, or rename one of them (lines {line} and {here}).",
        related=((Node.of(file, first[0], first[1]), "first written here"),),
        rule="duplicate-key",
        key=key,
    )


# ---- what is wrong, in plain words


def _wrong(file: SourceFile, at: int, expected: str, begin: int, after_comma: bool) -> Refused:
    """What stands at ``at`` where a key, value, colon, comma or the end was expected."""
    text = file.text
    sign = text[at : at + 1]
    opening = text[begin : begin + 1]
    closing = "]" if opening == "[" else "}"
    if text.startswith(("//", "/*", "#"), at):
        return Refused(
            at,
            _line_end(text, at),
            "JSON has no comments.",
            "Programs that read JSON stop here.",
            "Delete the comment, or keep the agreement in YAML, where # starts one.",
        )
    if not sign:
        if opening in ("[", "{") and opening:
            return Refused(
                begin,
                begin + 1,
                f"The {opening} here is not closed by a {closing}.",
                "The file ends before it.",
                f"Add the missing {closing}, or look for one that was deleted.",
            )
        return Refused(
            at, at, "The file holds no value.", "There is nothing to read.", '{"kind": "ServiceLevelAgreement"}'
        )
    if after_comma and sign in "]}":
        comma = text.rindex(",", 0, at)
        return Refused(
            comma,
            comma + 1,
            f"There is a comma before the closing {sign}.",
            "In JSON a comma announces another part, and none follows.",
            "Delete the comma.",
        )
    if sign == "'":
        stop = text.find("'", at + 1)
        stop = stop + 1 if 0 <= stop < _line_end(text, at) else _line_end(text, at)
        inner = text[at:stop].strip("'").replace('"', '\\"')
        return Refused(at, stop, "JSON takes double quotes only.", "Single quotes mean nothing to it.", f'"{inner}"')
    word = _WORD.match(text, at)
    end = word.end() if word is not None else at + 1
    if expected == "comma":
        return Refused(
            at,
            end if sign not in '"[{' else at + 1,
            f"A comma or the closing {closing} is missing before this.",
            "Commas separate the parts of a list or an object.",
            "Put a comma at the end of the part before.",
        )
    if expected == "colon":
        return Refused(
            at,
            end,
            "A colon is missing after the key.",
            "In JSON every key is followed by a colon and its value.",
            f"{text[begin : min(_line_end(text, begin), begin + 40)].split(':')[0].rstrip()}: …"
            if at - begin < 60
            else "Put a colon between key and value.",
        )
    if expected == "end":
        return Refused(
            at,
            end,
            "There is more text after the end of the value.",
            "A JSON file holds one value, and it ended before this.",
            "Delete the rest, or look for a bracket closed too early.",
        )
    if expected == "key":
        if word is not None:
            return Refused(
                at,
                end,
                f"The key {_short(word[0])} is not in double quotes.",
                "JSON wants every key in double quotes.",
                f'"{_short(word[0])}"',
            )
        if sign == '"':
            return _broken_string(file, at)
        return Refused(
            at,
            end,
            f"A key in double quotes is expected here, not {sign}.",
            "An object is made of keys and values.",
            '"key": "value"',
        )
    if word is None:
        return Refused(
            at,
            at + 1,
            f"A value is missing before this {sign}." if sign in ",]}" else f"A value is expected here, not {sign}.",
            "Every comma and every colon is followed by a value.",
            "Write the value, or null where there is none.",
        )
    said = word[0]
    lower = said.lower()
    if lower in _LITERALS or lower == "none":
        right = "null" if lower == "none" else lower
        return Refused(
            at, end, f"{said} is written {right} in JSON.", "JSON knows these words in small letters only.", right
        )
    if lower.lstrip("+-") in ("nan", "infinity", "inf"):
        return Refused(
            at,
            end,
            f"{said} is not a number that JSON knows.",
            "Nothing can be compared with it.",
            "Write a number, or null where there is none.",
        )
    if said[0].isdigit() or said[0] in "+-.":
        return Refused(
            at,
            end,
            f"{_short(said)} is not written as JSON writes a number.",
            "Numbers have no leading zeros, plus signs or units, and a digit on both sides of the point.",
            f'"{_short(said)}" if it is text',
        )
    return Refused(
        at,
        end,
        f"The text {_short(said)} is not in double quotes.",
        "JSON wants all text in double quotes.",
        f'"{_short(said)}"',
    )


def _broken_string(file: SourceFile, at: int) -> Refused:
    """Why the text that begins with a quote at ``at`` is none."""
    text = file.text
    index = at + 1
    while index < len(text):
        sign = text[index]
        if sign == "\\":
            if _ESCAPE.match(text, index) and (text[index + 1] in _SHORT or text[index + 1] == "u"):
                index += 2
                continue
            return Refused(
                index,
                min(index + 2, len(text)),
                f"{text[index : index + 2]} stands for nothing in JSON.",
                "A backslash begins a special character such as \\n for a new line.",
                "Write two backslashes for one.",
            )
        if sign == '"':
            break
        if sign in "\r\n":
            return Refused(
                at,
                index,
                'The text that begins with " here has no closing " on its line.',
                "JSON does not let a text run over several lines.",
                f'{_short(text[at:index])}"',
            )
        if sign < " ":
            return Refused(
                index,
                index + 1,
                "A tab stands inside the text."
                if sign == "\t"
                else f"The text holds a control character (U+{ord(sign):04X}).",
                "JSON wants such characters in their written form.",
                "\\t" if sign == "\t" else "Delete the character.",
            )
        index += 1
    if index < len(text):
        wrong = text.find("\\u", at, index)
        return Refused(
            wrong if wrong >= 0 else at,
            index,
            "\\u must be followed by four digits or letters from a to f.",
            "They are the number of the character that is meant.",
            "Type the character itself.",
        )
    return Refused(
        at,
        _line_end(text, at),
        'The text that begins with " here has no closing ".',
        "Everything up to the end of the file is taken for a part of it.",
        f'{_short(text[at : _line_end(text, at)])}"',
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found is not None else len(text)
