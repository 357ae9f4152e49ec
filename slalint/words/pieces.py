"""The words and patterns that one reader of texts needs, by name: ``words/<language>/patterns/<reader>.txt``.

    # A word that binds somebody.
    binding: (?i)\\b(?:shall|must|will
        |agrees?\\s+to)\\b
    months: january february march

Lines that are indented go on with the entry. In a pattern ``{name}`` stands for another entry of the file, as a group.
The code says which entries there are: what a language does not give, finds nothing. But a *sign*, which only tells
where another entry is worth looking for, may be left out: then that entry is looked for everywhere (``absent=""``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from slalint import resources
from slalint.patterns import lazy

T = TypeVar("T")
_ENTRY = lazy(r"^([a-z]\w*):(.*(?:\n[ \t]+.*)*)", re.M)
_NAME = lazy(r"\{([a-z]\w*)\}")
NOTHING = "(?!)"


class Pieces:
    """The pieces of one file. A subclass names it and says what they are:

        class _Words(Pieces, file="vague"):
            binding = Pattern()
            months = WordSet()

    and is asked by language: ``_Words.of("en").binding.search(text)``.
    """

    file: ClassVar[str]
    _known: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, file: str) -> None:
        cls.file = file
        cls._known = {}

    def __init__(self, language: str) -> None:
        self.language = language
        self._entries: dict[str, str] | None = None

    @classmethod
    def of(cls, language: str) -> Self:
        """The pieces of a language, read when the first of them is asked for. Those of English where it has no folder:
        in data, which can be read all the same, blanks and names are English more often than not."""
        found: Self | None = cls._known.get(language)
        if found is None:
            if language not in resources.languages():
                return cls.of("en")
            found = cls._known[language] = cls(language)
        return found

    def entries(self) -> dict[str, str]:
        """What the file says, by name, as it is written there."""
        if self._entries is None:
            self._entries = dict(_ENTRY.findall(resources.words_text(self.language, "patterns", f"{self.file}.txt")))
        return self._entries

    def pattern(self, name: str, absent: str = NOTHING) -> str:
        """An entry as the source of a pattern, with the entries that it names; ``absent`` where there is none."""
        written = self.entries().get(name)
        if written is None:
            return absent
        return _NAME.sub(lambda named: f"(?:{self.pattern(named[1])})", "".join(map(str.strip, written.split("\n"))))

    def words(self, name: str) -> list[str]:
        """An entry as words, in their order; ``_`` joins those of a phrase."""
        return [word.replace("_", " ") for word in self.entries().get(name, "").split()]


class _Piece(Generic[T]):
    """A piece, made when it is asked for; from then on it stands in the instance itself."""

    def __init__(self, make: Callable[[Pieces, str], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type[Pieces], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, pieces: None, owner: type[Pieces]) -> Self: ...
    @overload
    def __get__(self, pieces: Pieces, owner: type[Pieces]) -> T: ...
    def __get__(self, pieces: Pieces | None, owner: type[Pieces]) -> Self | T:
        if pieces is None:
            return self
        value = self._make(pieces, self._name)
        pieces.__dict__[self._name] = value
        return value


class Pattern(_Piece[re.Pattern[str]]):
    """A regular expression with its flags: ``(?i)…``."""

    def __init__(self, flags: int = 0, absent: str = NOTHING) -> None:
        super().__init__(lambda pieces, name: lazy(pieces.pattern(name, absent), flags))


class Part(_Piece[str]):
    """A part of patterns that the code puts together; a group."""

    def __init__(self) -> None:
        super().__init__(lambda pieces, name: f"(?:{pieces.pattern(name)})")


class Branches(_Piece[str]):
    """Alternatives that the code puts beside others, without a group, which would slow the search down."""

    def __init__(self) -> None:
        super().__init__(Pieces.pattern)


class WordSet(_Piece[frozenset[str]]):
    """Words of which one is enough."""

    def __init__(self) -> None:
        super().__init__(lambda pieces, name: frozenset(pieces.words(name)))


class WordList(_Piece[tuple[str, ...]]):
    """Words whose order counts; the word ``absent`` where the language gives none."""

    def __init__(self, absent: str | None = None) -> None:
        instead = () if absent is None else (absent,)
        super().__init__(lambda pieces, name: tuple(pieces.words(name)) or instead)
