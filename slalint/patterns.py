"""Regular expressions that are compiled when they are first used, and once for all runs.

Compiling those that one agreement needs takes longer than all the rest of a run. Python compiles an expression to a
list of numbers; these are kept (``slalint.kept``) and handed to the engine of ``re`` the next time.

An agreement has a hundred sentences and there are hundreds of expressions, few of which match anywhere in it. Whatever
``(?:shall|must)\\s+notify`` matches holds ``notif``: such pieces are an expression's *clues*, and a ``Sieve`` of the
text tells from them at once that the expression need not be looked for.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
from collections.abc import Iterable, Iterator
from typing import Any, AnyStr

from slalint import kept

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
_LETTERS_OF_FLAGS = (("i", re.I), ("m", re.M), ("s", re.S), ("x", re.X))
_ENGINE = (_sre.MAGIC, _sre.CODESIZE)


class _Lazy:
    __slots__ = ("_flags", "_needs", "_source", *_METHODS)

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags
        self._needs: tuple[frozenset[str], ...] | None = None

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Clues: pieces of words, and signs, in lower case. Of each set one stands in whatever the expression matches;
        the set that tells most comes first. Empty where nothing of the kind can be said."""
        if self._needs is None:
            key = ("needed", _ENGINE, self._source, int(self._flags))
            known = kept.get(key)
            if known is None:
                known = _needs(self._source, int(self._flags))
                kept.put(key, known)
            self._needs = tuple(map(frozenset, known))
        return self._needs

    def __getattr__(self, name: str) -> Any:
        """Reached at the first use only: from then on the compiled expression's own methods stand in the slots."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = _compiled(self._source, int(self._flags))
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until something is searched for."""
    return _Lazy(source, flags)  # type: ignore[return-value]


_FLAGS = lazy(r"\(\?([imsx]+)\)")
_BY_GROUP = lazy(r"\\[1-9]|\(\?(?:P|\()")  # what a group is told apart by


def either(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """An expression that is found wherever one of some is (of ``lazy``), and hardly anywhere else: one that cannot be
    put together with others counts as found everywhere."""
    sources = []
    for pattern in patterns:
        source: str = pattern._source  # type: ignore[attr-defined]  # of ``lazy``
        flags = "".join(letter for letter, flag in _LETTERS_OF_FLAGS if pattern._flags & flag)  # type: ignore[attr-defined]
        if told := _FLAGS.match(source):
            flags, source = "".join(sorted({*flags, *told[1]})), source[told.end() :]
        if "x" in flags or _BY_GROUP.search(source):
            return lazy("")
        sources.append(f"(?{flags}:{source})")
    return lazy("|".join(sources) or r"(?!)")


def _compiled(source: str | bytes, flags: int) -> re.Pattern[Any]:
    key = (_ENGINE, source, flags)
    try:
        known = kept.get(key)
        if known is None:
            known = _numbers(source, flags)
            kept.put(key, known)
        all_flags, numbers, groups, names = known
        by_group: list[str | None] = [None] * (groups + 1)
        for name, group in names.items():
            by_group[group] = name
        code = memoryview(numbers).cast("I").tolist()
        made: re.Pattern[Any] = _sre.compile(source, all_flags, code, groups, names, tuple(by_group))
        return made
    except re.error:
        raise
    except Exception:  # a Python whose engine wants something else
        return re.compile(source, flags)


def _numbers(source: str | bytes, flags: int) -> tuple[int, bytes, int, dict[str, int]]:
    """An expression compiled as ``re`` does it, up to the last step: flags, numbers, groups and their names."""
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict)


class Sieve:
    """What a text is made of, to tell at once which expressions cannot match anything in it."""

    __slots__ = ("_each", "_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._each = ""
        self._known: dict[Any, bool] = {}

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """False where the pattern (one of ``lazy``) matches nowhere in the text nor in any part of it."""
        known = self._known.get(pattern)
        if known is None:
            known = self._known[pattern] = may_match(pattern, self._each or self._gathered())
        return known

    def _gathered(self) -> str:
        """Each word once, and each sign: all that clues are looked for in, and a third as long as the text."""
        lower = folded(self._text).encode("ascii", "replace")  # bytes are taken apart the fastest
        signs = [*map(chr, set(lower.translate(None, _LETTERS_AS_BYTES))), *filter(self._text.__contains__, _SIGNS)]
        self._each = " ".join([*set(lower.translate(_BLANKED).decode().split()), *signs, " "])
        return self._each


def may_match(pattern: re.Pattern[str], folded_text: str) -> bool:
    """Whether an expression (one of ``lazy``) may match anywhere in a short text, given as ``folded``."""
    needs: tuple[frozenset[str], ...] = getattr(pattern, "needs", ())
    for need in needs:  # asked thousands of times: loops cost half of what generators do
        for piece in need:
            if piece in folded_text:
                break
        else:
            return False
    return True


def folded(text: str) -> str:
    """A text in small letters, of the same length, in which the clues of an expression stand wherever it matches."""
    return plain(text).lower()


def plain(text: str) -> str:
    """A text in which no letter is left that an expression takes for an i, s or k though it is another one."""
    if not text.isascii() and any(map(text.__contains__, _FOLDED)):
        text = text.translate({ord(letter): like for letter, like in _FOLDED.items()})
    return text


# A word is a run of these, for other letters have relations that ``lower`` does not know.
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LETTERS_AS_BYTES = "".join(_LETTERS).encode()
_BLANKED = bytes(code if code in _LETTERS_AS_BYTES else 32 for code in range(256))
_SIGNS = frozenset("§“”‘’«»–—‑−×÷≤≥•…€£")  # that are no ASCII, and count as clues like those that are
_SIZES = (3, 4, 5)  # of pieces
_MOST = 6  # sets of clues that are kept of an expression
# What ``re`` takes for i, s and k, whatever ``lower`` makes of it.
_FOLDED = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}


def _needs(source: str | bytes, flags: int) -> tuple[tuple[str, ...], ...]:
    """Sets of clues, of each of which an expression needs one."""
    from re import _parser  # type: ignore[attr-defined]

    if isinstance(source, bytes):
        return ()
    found = sorted(set(_each(_parser.parse(source, flags))), key=lambda clues: (_worth(clues), sorted(clues)))
    return tuple(tuple(sorted(_shortest(clues))) for clues in reversed(found[-_MOST:]))


def _shortest(clues: frozenset[str]) -> Iterator[str]:
    """Clues without those that hold another one."""
    return (clue for clue in clues if not any(other in clue for other in clues - {clue}))


def _worth(clues: frozenset[str]) -> tuple[int, int]:
    """How much clues tell: the shortest the most, then how few there are."""
    return min(map(len, clues)), -len(clues)


def _each(parsed: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """What each part of a sequence needs, and each run of letters in it."""
    run = ""
    for name, told in (*parsed, ("END", None)):
        letter = _letter(str(name), told)
        if letter in _LETTERS:
            run += letter
            continue
        for size in sorted(_SIZES, reverse=True):
            if len(run) >= size:
                yield frozenset((run[:size],))
                break
        run = ""
        if signs := _signs(str(name), told):
            yield signs
        elif str(name) == "SUBPATTERN":
            yield from _each(told[3])
        elif str(name) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and told[0] > 0:
            yield from _each(told[2])
        elif str(name) == "ATOMIC_GROUP":
            yield from _each(told)
        elif str(name) == "BRANCH":
            branches = [max(_each(branch), key=_worth, default=frozenset()) for branch in told[1]]
            if all(branches):
                yield frozenset().union(*branches)


def _signs(name: str, told: Any) -> frozenset[str]:
    """The signs, one of which a part of an expression stands for; empty where it may stand for a letter or a blank."""
    codes = [told] if name == "LITERAL" else [code for _, code in told] if _is_literals(name, told) else []
    signs = frozenset(map(chr, codes))
    known = all(sign in _SIGNS or (sign.isascii() and not sign.isalnum() and not sign.isspace()) for sign in signs)
    return signs if known else frozenset()


def _is_literals(name: str, told: Any) -> bool:
    return name == "IN" and all(str(kind) == "LITERAL" for kind, _ in told)


def _letter(name: str, told: Any) -> str:
    """The one character that a part of an expression stands for, in lower case; else empty."""
    if name == "LITERAL":
        return chr(told).lower()
    if _is_literals(name, told):
        letters = {chr(code).lower() for _, code in told}
        return letters.pop() if len(letters) == 1 else ""
    return ""
