"""Running text with exact positions: passages, their sections, tables and labels, and the sentences in them.

A passage's ``text`` has the same length as its source: whatever is not prose (markup, code, URLs, tags, line
prefixes) is blanked, so that ``start + index`` is always the offset in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal

from slalint.model import Node, SourceFile
from slalint.patterns import Sieve, lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces, WordSet

PassageKind = Literal["heading", "paragraph", "item", "cell", "term", "description", "code", "string"]


class Passage:
    """A stretch of running text: a heading, paragraph, list item, table cell, or a string of a data agreement."""

    __slots__ = ("depth", "kind", "node", "section", "start", "text")

    def __init__(self, node: Node, text: str, kind: PassageKind, section: Section | None = None, depth: int = 0):
        self.node = node
        self.start = node.offset
        self.text = text  # masked; as long as the source slice (kind "string": the value itself)
        self.kind = kind
        self.section = section
        self.depth = depth  # nesting of list items, 0 outside lists

    def part(self, start: int, end: int) -> Node:
        """The place of ``text[start:end]`` in the file."""
        return self.node.part(start, end)

    def __repr__(self) -> str:
        return f"<Passage {self.kind} {self.text[:50]!r}>"


class Section:
    """A heading with what stands below it up to the next heading of its level or above. The text before the first
    heading belongs to a section without heading (``level`` 0)."""

    __slots__ = ("children", "heading", "labels", "level", "number", "parent", "passages", "tables", "title")

    def __init__(
        self, heading: Passage | None, level: int, title: str, number: str = "", parent: Section | None = None
    ):
        self.heading = heading
        self.level = level
        self.title = title  # without number and markup
        self.number = number  # "4.2" as written, else ""
        self.parent = parent
        self.children: list[Section] = []
        self.passages: list[Passage] = []  # directly below, not of the children; without the heading
        self.tables: list[Table] = []
        self.labels: list[Label] = []

    def path(self) -> tuple[str, ...]:
        """Titles from the outermost section down to this one."""
        above = self.parent.path() if self.parent else ()
        return (*above, self.title) if self.title else above

    def all_passages(self) -> Iterator[Passage]:
        """The passages of this section and of those below it, in document order."""
        yield from self.passages
        for child in self.children:
            if child.heading is not None:
                yield child.heading
            yield from child.all_passages()


class Table(NamedTuple):
    """A table: header cells and rows of cells, ragged rows as they are written."""

    header: list[Passage]
    rows: list[list[Passage]]
    section: Section


class Label(NamedTuple):
    """A name with its value: ``**Owner:** Dana``, a row of a two-column table, a key of the front matter."""

    name: Node
    value: Node
    section: Section | None
    passage: Passage | None  # the passage it was read from, None for front matter


class Document:
    """A prose document read into sections. ``passages`` lists all running text in document order (code excluded). Who
    goes from a passage to its section holds the document, too."""

    __slots__ = tuple("_contexts _rows code file front_matter labels passages root sieve tables title".split())

    def __init__(self, file: SourceFile, root: Section):
        self.root = root  # level 0
        self.file = file
        self.sieve = Sieve(_with_entities(file.text))  # which expressions are worth looking for
        self.title: Passage | None = None  # first heading (or pseudo-heading) of the document
        self.front_matter: Node | None = None
        self.passages: list[Passage] = []
        self.tables: list[Table] = []
        self.labels: list[Label] = []
        self._contexts: dict[int, list[tuple[int, str]]] = {}
        self._rows: list[tuple[int, int, Table, list[Passage]]] | None = None
        self.code: list[Passage] = []  # fenced and indented code: shown to readers that ask, never read as prose

    def __del__(self) -> None:
        """Sections and what stands in them refer to each other; they are let go with their document. The next one is
        then read into memory that is still at hand, and nothing waits for the garbage collector."""
        stack = [self.root]
        while stack:
            section = stack.pop()
            stack += section.children
            section.heading = section.parent = None
            section.children, section.passages, section.tables, section.labels = [], [], [], []

    def sections(self) -> Iterator[Section]:
        """Every section with a heading, in document order."""
        stack = list(reversed(self.root.children))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds an offset of the file."""
        at = bisect_right(self.passages, offset, key=lambda passage: passage.start) - 1
        found = self.passages[at] if at >= 0 else None
        return found if found is not None and offset < found.start + len(found.text) else None

    def context(self, offset: int) -> str:
        """The heading path and the sentence around an offset, normalised: who a place is, whatever line it moves to."""
        at = bisect_right(self.passages, offset, key=lambda passage: passage.start) - 1
        if at < 0:
            return ""
        passage = self.passages[at]
        known = self._contexts.get(at)
        if known is None:
            # Each sentence once: a paragraph may hold thousands of places that ask.
            path = " > ".join(passage.section.path() if passage.section is not None else ()) + "\n"
            spans = sentences(passage.text, "en") or ((0, len(passage.text)),)
            known = [(a, path + " ".join(passage.text[a:b].split())) for a, b in spans]
            self._contexts[at] = known
        inside = bisect_right(known, offset - passage.start, key=lambda sentence: sentence[0]) - 1
        return known[max(inside, 0)][1]

    def beside(self, offset: int) -> str:
        """What stands with a place: the other cells of its table row, each under its column's heading, with the title
        of the section; outside tables the heading path and the sentence."""
        rows = self._row_index()
        at = bisect_right(rows, offset, key=lambda row: row[0]) - 1
        if at < 0 or offset >= rows[at][1]:
            return self.context(offset)
        table, row = rows[at][2:]
        heads = [cell.text.strip() for cell in table.header] + [""] * len(row)
        cells = (f"{head}: {cell.text.strip()}" for head, cell in zip(heads, row, strict=False))
        return "\n".join([" > ".join(table.section.path()), *cells])

    def _row_index(self) -> list[tuple[int, int, Table, list[Passage]]]:
        """Every table row with the offsets that it spans, in document order."""
        if self._rows is None:
            self._rows = sorted(
                (
                    (row[0].start, row[-1].start + max(len(row[-1].text), 1), table, row)
                    for table in self.tables
                    for row in table.rows
                    if row
                ),
                key=lambda row: row[:2],
            )
        return self._rows


def _with_entities(text: str) -> str:
    """A text with all that its passages may hold: the characters that entities stand for, too."""
    if "&" not in text:
        return text
    from html import unescape

    return f"{text}\n{unescape(text)}"


_SENTENCE_END = lazy(r"[.!?;][\"'”’)\]*_]*(?!\S)")
_NEXT = lazy(r"[\s\"'“‘(*_]*(\S?)")
_CLAUSE_NUMBER = lazy(r"\d+(?:\.\d+)*|[ivxl]{1,5}|[a-z]")


class _Words(Pieces, file="sentences"):
    before_number = WordSet()
    never_last = WordSet()
    seldom_last = WordSet()
    lettered = Pattern()
    half_days = WordSet()
    time_goes_on = Pattern()


@lru_cache(maxsize=6_000)  # many readers ask for those of the same passages; so many has a document of 200 KB
def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each sentence in a passage's text. A semicolon ends one too: in agreements it separates
    duties. A full stop after an abbreviation, an initial or a clause number does not. Whoever names the language is
    told at once what another one asked."""
    found = []
    start = 0
    cuts = []
    for match in _SENTENCE_END.finditer(text):
        at, end = match.span()
        if text[at] != "." or not _goes_on(text, start, at, _Words.of(language)):
            cuts.append(start := end)
    begin = 0
    for end in (*cuts, len(text.rstrip())):
        if said := text[begin:end].lstrip():
            found.append((end - len(said), end))
        begin = end
    return tuple(found)


def _goes_on(text: str, start: int, stop: int, words: _Words) -> bool:
    """Whether a sentence goes on after the full stop at ``stop``."""
    before = text[max(start, stop - 40) : stop]
    pieces = before.rsplit(None, 1)
    word = pieces[-1] if pieces and not before[-1].isspace() else ""
    if "(" in word or "[" in word:
        word = word[max(word.rfind("("), word.rfind("[")) + 1 :]
    lower = word.lower()
    if pieces == [word] and _CLAUSE_NUMBER.fullmatch(lower):
        return True  # the number of a clause, before its text
    if lower in words.before_number and _following(text, stop).isdigit():
        return True
    if lower in words.never_last:
        return bool(_following(text, stop))
    if len(word) == 1 and word.isalpha():
        return word.isupper() and _following(text, stop).isupper() and not words.lettered.search(before)
    if lower in words.half_days:
        return _following(text, stop).islower() or words.time_goes_on.match(text, stop + 1) is not None
    return (lower in words.seldom_last or word[-1:].isdigit()) and _following(text, stop).islower()


def _following(text: str, stop: int) -> str:
    """The first letter or sign behind a full stop; empty where there is none."""
    return _NEXT.match(text, stop + 1).group(1)  # type: ignore[union-attr]


def nearest(word: str, known: Iterable[str], most: int = 100) -> str:
    """The known word that was most likely meant, for "did you mean"; empty where none is close. Only the first ``most``
    are looked at: an agreement may hold thousands of names, each of them unknown to thousands of others."""
    from difflib import get_close_matches

    by_lower = {one.lower(): one for one in islice(known, most)}
    asked = word.lower()
    found = get_close_matches(asked, by_lower, 1, 0.8)
    if not found:  # what is less like it was meant only if it begins like it, too
        found = get_close_matches(asked, [one for one in by_lower if one[:1] == asked[:1]], 1, 0.7)
    return by_lower[found[0]] if found else ""


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``, for a message; a long list is cut."""
    if len(words) > 20:
        words = [*words[:19], "…"]
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


_MARKUP = lazy(r"\*\*()|\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)")  # emphasis, and links of which the words are kept


def excerpt(text: str, most: int = 90, at: int = 0) -> str:
    """A sentence as a message quotes it: on one line, without its full stop and its marks of emphasis, and cut where it
    is long, so that the word at ``at`` stays."""
    before, after = (" ".join(_MARKUP.sub(r"\2", part).split()) for part in (text[:at], text[at:]))
    plain = (before + " " + after if before and text[at - 1 : at].isspace() else before + after).rstrip(".;")
    if len(plain) <= most:
        return plain
    if len(before) < most // 2:
        return plain[: most - 1].rstrip() + "…"
    start = min(len(before) - most // 4, len(plain) - most + 1)
    start = plain.find(" ", start) + 1
    cut = plain[start : start + most - 2]
    return "…" + (cut if start + most - 2 >= len(plain) else cut.rstrip() + "…")
