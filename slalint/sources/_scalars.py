"""What a plain YAML scalar means: the core schema of YAML 1.2, less what JSON cannot say; and where it surprises."""

from __future__ import annotations

from typing import Any, Final

from slalint.patterns import lazy

# Words with a meaning. The values of the last group are strings to YAML 1.2 and booleans to YAML 1.1.
AMBIGUOUS: Final = object()
WORDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(
        (word for stem in ("yes", "no", "on", "off") for word in (stem, stem.capitalize(), stem.upper())), AMBIGUOUS
    ),
}
NUMERIC: Final = frozenset("+-.0123456789")

_NUMBER = lazy(
    r"(?P<int>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hex>[0-9a-fA-F]+)"
)
_SEXAGESIMAL = lazy(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_LEADING_ZERO = lazy(r"[-+]?0[0-9]+")
_LOSES_ZERO = lazy(r"[0-9]+\.[0-9]+0")
_EXPONENT = lazy(r"[0-9]+[eE][0-9]+")
# More digits than any quantity has; Python itself refuses to convert a few thousand.
_MAX_DIGITS = 1000


def number(text: str) -> Any:
    """The number that a plain scalar stands for; the text itself where it is none. Infinity and not-a-number stay
    text: JSON, which the schema speaks, has no such numbers."""
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > _MAX_DIGITS:
        return text
    kind = found.lastgroup
    if kind == "int":
        return int(text)
    if kind == "octal":
        return int(found["octal"], 8)
    if kind == "hex":
        return int(found["hex"], 16)
    value = float(text)
    return text if value in (float("inf"), float("-inf")) else value


def plain(text: str) -> Any:
    """The value of an untagged plain scalar."""
    value = WORDS.get(text, text)
    if value is AMBIGUOUS:
        return text
    return number(text) if value is text and text[0] in NUMERIC else value


def tagged(text: str, tag: str) -> tuple[Any, bool]:
    """The value of a scalar with a tag, and whether the tag is one that YAML knows."""
    name = tag.removeprefix("tag:yaml.org,2002:")
    if name == tag:
        return text, tag == "!"
    if name in ("int", "float", "bool", "null"):
        return plain(text), True
    return text, name in ("str", "timestamp", "binary")


def surprise(text: str, value: Any, key: str) -> tuple[str, str, str, bool] | None:
    """``(message, why, hint, whether quotes keep the value)`` where a plain scalar is read otherwise than it looks,
    by us or by other programs. ``key`` is the key that it stands under."""
    quoted = f'"{text}"'
    if isinstance(value, str):
        if _SEXAGESIMAL.fullmatch(text):
            return (
                f"{text} is a time here, but many programs read it as the number {_seconds(text)}.",
                "YAML 1.1 counts in sixties where digits and colons stand without quotes.",
                quoted,
                True,
            )
        if WORDS.get(text) is AMBIGUOUS:
            truth = "true" if text.lower() in ("yes", "on") else "false"
            return (
                f"{text} is the word “{text}” here, but many programs read it as {truth}.",
                f"YAML 1.1 takes {text} without quotes for a yes-or-no value.",
                f"{quoted} for the word, {truth} for the yes-or-no value",
                True,
            )
        return None
    if isinstance(value, int) and _LEADING_ZERO.fullmatch(text):
        return (
            f"{text} is read as the number {value}; the leading zero is lost.",
            "A telephone number or an identifier is not a quantity, and some programs even count it in eights.",
            f"{quoted} if the zero belongs to it, {value} if it is a quantity",
            False,
        )
    if isinstance(value, float) and _is_version(key) and _LOSES_ZERO.fullmatch(text):
        return (
            f"Version {text} is read as the number {value:g}.",
            f"{text} and {value:g} are the same number, though not the same version.",
            quoted,
            False,
        )
    if isinstance(value, float) and key in ("id", "ref") and _EXPONENT.fullmatch(text):
        return (
            f"{text} is read as the number {value:g}, not as an identifier.",
            "Digits around an e are a number with an exponent.",
            quoted,
            False,
        )
    return None


def _is_version(key: str) -> bool:
    return key.lower().endswith("version") or key == "supersedes"


def _seconds(text: str) -> str:
    """What a YAML 1.1 reader makes of ``12:30``: base-60 digits."""
    whole, dot, rest = text.replace("_", "").partition(".")
    total = 0
    for part in whole.lstrip("+-").split(":"):
        total = total * 60 + int(part)
    return ("-" if text.startswith("-") else "") + str(total) + (dot + rest if rest else "")
