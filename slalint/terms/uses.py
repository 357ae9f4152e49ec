"""Where a document uses its defined terms, and which other words it writes as if they were defined: one walk over the
words, from which every rule about definitions is answered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from slalint.patterns import lazy
from slalint.terms import Definition, placeholders
from slalint.terms.lexicon import Lexicon, Match, Token, name_words, plain_words, separator, tokens
from slalint.text import Passage
from slalint.words.pieces import NOTHING, Pattern, Pieces, WordList, WordSet

# strong: in running text or a cell. weak: where a capital says little, as in headings, shouted text, at the start of
# a sentence or within a longer name. lower: without the capitals of the term.
Strength = Literal["strong", "weak", "lower"]


class Use(NamedTuple):
    """A use of a defined term: where, of which group, and how sure. ``variant``: joined otherwise than the term is
    ("Third Party" for "Third-Party"). ``pointed``: "this", "these" or "our" stands before it."""

    passage: Passage
    start: int
    end: int
    group: int
    strength: Strength
    variant: bool = False
    pointed: str = ""


class Run(NamedTuple):
    """Words with capitals that no definition covers. ``initial``: a sentence or list item begins here, so that the
    first capital says nothing. ``determiner``: "the", "each" or the like, where it stands before. ``acts``: a verb
    follows. ``compound``: its beginning is a defined term. ``operand``: a formula reckons with it, and with a defined
    term."""

    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    initial: bool
    determiner: str
    acts: bool
    compound: bool
    operand: bool = False

    @property
    def determined(self) -> bool:
        return bool(self.determiner)

    @property
    def text(self) -> str:
        return " ".join(self.passage.text[self.start : self.end].split())


class Scan(NamedTuple):
    """What the walk found, in document order. ``written``: every word as it is written somewhere."""

    lexicon: Lexicon
    uses: list[Use]
    runs: list[Run]
    written: set[str]


_ADDRESS = lazy(r"[\w.+-]*@[\w.-]+|\b\w+(?:\.\w+)+\b")
_BEFORE_SENTENCE = frozenset(".!?:;(•*|#–—…")
_OPENING = "\"“‘'[*_ \t\r\n\u00a0"
# A capital (or a letter that may be one) that may say something; where a sentence ends before, be it with one sign
# between, it does not.
_END = re.escape("".join(sorted(_BEFORE_SENTENCE))) + r"\0"
_CAPITAL = lazy(rf"[A-Z\u0080-\U0010ffff](?<![^\W_].)(?<![{_END}].)(?<![{_END}][{re.escape(_OPENING)}].)[^\W_]*", re.S)


class Words(Pieces, file="uses"):
    determiners = WordSet()
    pointing = WordList()
    pointing_short = WordList()
    leading = WordSet()
    joins = WordSet()
    acts = WordSet()
    reference = Pattern()
    law = Pattern()
    naming = Pattern()

    @cached_property
    def points(self) -> frozenset[str]:
        """Words that point at the thing at hand."""
        return frozenset((*self.pointing, *self.pointing_short))

    @cached_property
    def points_shortly(self) -> re.Pattern[str]:
        short = "|".join(rf"{re.escape(word)}(?<![^\W_]{re.escape(word)})" for word in self.pointing_short)
        return lazy(rf"(?:{short or NOTHING})(?![^\W_])")


_JOINING = lazy(r"[-‑–/](?<=[^\W_].)\s*[^\W_]|[^\W_]\s+[-‑–/]\s*[^\W_]", re.S)


def may_be_respelled(text: str, lowered: str, definitions: Sequence[Definition], language: str = "en") -> bool:
    """Whether it is worth looking in all of a text (passages joined by ``\\0``) for terms that are written otherwise
    than they are defined: words are joined there, or something is pointed at. ``lowered``: its words, each once."""
    names = [name for definition in definitions for name in (definition.term.text, *definition.aliases)]
    if not names:
        return False
    if any(len(name_words(name, language)) > 1 for name in names) and any(map(_JOINING.search, (text, *names))):
        return True
    words = Words.of(language)
    return any(word in lowered for word in words.pointing) or words.points_shortly.search(lowered) is not None


def capitals(text: str, language: str = "en") -> Iterator[tuple[str, bool]]:
    """The words of all of a text (passages joined by ``\\0``) whose capitals may be more than those of their sentences,
    in lower case, and whether a determiner stands before."""
    determiners = Words.of(language).determiners
    for match in _CAPITAL.finditer(text):
        before = plain_words(text[max(match.start() - 8, 0) : match.start()])
        yield match.group().lower(), bool(before) and before[-1].lower() in determiners


def scan(
    passages: Sequence[Passage], definitions: Sequence[Definition], language: str = "en", lexicon: Lexicon | None = None
) -> Scan:
    lexicon = lexicon or Lexicon(definitions, language)
    named: dict[int, list[tuple[int, int]]] = {}
    starts = [passage.start for passage in passages]
    for definition in definitions:
        at, end = definition.term.offset, definition.term.written.end
        index = bisect_right(starts, at) - 1
        if index >= 0 and end - starts[index] <= len(passages[index].text):
            named.setdefault(index, []).append((at - starts[index], end - starts[index]))
    found = Scan(lexicon, [], [], set())
    for index, passage in enumerate(passages):
        if _is_worth_it(passage.text, found):
            _Walk(passage, found, named.get(index, ())).read()
    return found


def _is_worth_it(text: str, found: Scan) -> bool:
    """Whether a passage may hold a use, or a capital that is not its first sentence's. Most of them hold neither."""
    shown = plain_words(_ADDRESS.sub(_blank, text) if "@" in text or ".com" in text else text)
    found.written.update(shown)
    lower = [word.lower() for word in shown]
    if "'s" in text or "’s" in text:
        lower += [word[:-2] for word in lower if word.endswith(("'s", "’s"))]
    if found.lexicon.may_begin(lower):
        return True
    words = Words.of(found.lexicon.language)
    if len(lower) > 1 and lower[1] in words.acts:
        return True
    return any(word[0].isupper() and word.lower() not in words.leading for word in shown[1:])


class _Walk:
    """One passage."""

    __slots__ = ("found", "heading", "masked", "passage", "raw", "text", "tokens", "words")

    def __init__(self, passage: Passage, found: Scan, named: Iterable[tuple[int, int]]) -> None:
        self.passage = passage
        self.text = passage.text
        raw = passage.node.raw
        self.raw = raw if len(raw) == len(passage.text) else passage.text
        self.found = found
        self.tokens = tokens(passage.text)
        self.words = Words.of(found.lexicon.language)
        self.masked = [*named]
        if placeholders.may_hold_one(self.text, self.words.language):
            self.masked += placeholders.find(self.text, language=self.words.language)
        run_in = _RUN_IN.match(self.raw) if "**" in self.raw or "__" in self.raw else None
        self.heading = run_in.end() if run_in is not None else 0  # behind “**7. Fees.** The Provider …”
        if "(" in self.text or '"' in self.text or "“" in self.text:
            for match in self.words.reference.finditer(self.text):
                self.masked.append(match.span("title" if match["title"] else "quoted"))

    def read(self) -> None:
        found, text = self.tokens, self.text
        matches = [
            m for m in self.found.lexicon.find(text, found) if not self._is_masked(found[m.first], found[m.last - 1])
        ]
        capitals = [i for i, token in enumerate(found) if token.capital]
        if not matches and (not capitals or self.passage.kind == "heading"):
            return
        titled = self.passage.kind == "heading" or _is_titled(text, found)
        covered: dict[int, Match] = {i: m for m in matches if m.capital for i in range(m.first, m.last)}
        glued: set[int] = set()  # tokens of uses within a longer name
        formula = titled and bool(covered) and "=" in text
        if not titled or formula:
            self._runs(capitals, covered, glued, formula)
        for match in matches:
            self._use(match, titled, match.first in glued)

    def _is_masked(self, first: Token, last: Token) -> bool:
        return any(start < last.end and first.start < end for start, end in self.masked)

    def _use(self, match: Match, titled: bool, glued: bool) -> None:
        first, last = self.tokens[match.first], self.tokens[match.last - 1]
        strength: Strength = "strong"
        if not match.capital:
            strength = "lower"
        elif titled or glued or (match.last - match.first == 1 and match.case == "title" and self._is_initial(first)):
            strength = "weak"
        written = tuple(
            separator(self.text, self.tokens[i], self.tokens[i + 1]) for i in range(match.first, match.last - 1)
        )
        # "third-party software" takes its hyphen from what follows.
        following = self.text[last.end : last.end + 2]
        variant = (
            match.case == "title"
            and written != match.written
            and not (following[:1] == " " and following[1:].isupper())
        )
        before = self.tokens[match.first - 1].word if match.first else ""
        if before and self.text[self.tokens[match.first - 1].end : first.start].strip():
            before = ""
        self.found.uses.append(
            Use(
                self.passage,
                first.start,
                last.end,
                match.group,
                strength,
                variant,
                before if before in self.words.determiners else "",
            )
        )

    def _runs(self, capitals: list[int], covered: dict[int, Match], glued: set[int], formula: bool) -> None:
        """The runs of words with capitals; of a formula, where capitals say nothing, only its operands."""
        at, count = 0, len(capitals)
        while at < count:
            first = capitals[at]
            last = first
            at += 1
            while at < count and self._joined(last, capitals[at]):
                last = capitals[at]
                at += 1
            self._run(first, last + 1, covered, glued, formula)

    def _joined(self, last: int, following: int) -> bool:
        found, text = self.tokens, self.text
        if following == last + 1:
            between = text[found[last].end : found[following].start]
            return between.isspace() or between == "-" or between.strip() in ("'s", "’s")
        return (
            following == last + 2
            and found[last + 1].word in self.words.joins
            and text[found[last].end : found[last + 1].start].isspace()
            and text[found[last + 1].end : found[following].start].isspace()
        )

    def _run(self, first: int, last: int, covered: dict[int, Match], glued: set[int], formula: bool) -> None:
        found = self.tokens
        initial = self._is_initial(found[first])
        while first < last and first not in covered and found[first].word in self.words.leading:
            first += 1
            initial = False
        while first < last and found[first].word in self.words.joins and first not in covered:
            first += 1
        if first == last:
            return
        inside = [i for i in range(first, last) if i in covered]
        compound = False
        if inside:
            free = [i for i in range(first, last) if i not in covered and found[i].word not in self.words.joins]
            if not free:
                return
            if initial and free == [first] and found[first].word in self.found.written:
                return  # "Report Faults": a plain word with the capital of its sentence
            glued.update(m.first for m in {covered[i] for i in inside})
            compound = any(covered[i].case != "any" for i in inside)  # else the capitals are not those of a term
            if compound and (
                free[0] < inside[0] or any(found[i].word in self.words.joins for i in range(inside[-1], free[-1]))
            ):
                return  # "Securities Exchange Act", "Board of Directors": a name, or a kind of what is defined
        start, end = found[first].start, found[last - 1].end
        if self._is_masked(found[first], found[last - 1]) or self._is_set_off(start, end, initial):
            return
        operand = bool(covered) and self._is_operand(start, end)
        if formula and not operand:
            return
        before = found[first - 1] if first else None
        near = before is not None and self.text[before.end : start].isspace()
        after = (
            found[last].word
            if last < len(found) and self.text[found[last - 1].end : found[last].start].isspace()
            else ""
        )
        self.found.runs.append(
            Run(
                self.passage,
                start,
                end,
                tuple(token.full if i < last - 1 else token.word for i, token in enumerate(found[first:last], first)),
                initial,
                before.word if near and before is not None and before.word in self.words.determiners else "",
                after in self.words.acts,
                compound,
                operand,
            )
        )

    def _is_operand(self, start: int, end: int) -> bool:
        """Whether a sign of arithmetic stands beside a phrase, between blanks."""
        return bool(_SIGN_BEFORE.search(self.text, max(start - 4, 0), start) or _SIGN_AFTER.match(self.text, end))

    def _is_initial(self, token: Token) -> bool:
        """Whether a sentence, list item or clause begins at a token."""
        text, at = self.text, token.start
        if text[max(at - 1, 0) : at].isspace() and self.raw[at - 1 : at] in ("*", "_") and "\n" in text[at - 5 : at]:
            return True  # bold at the beginning of a line
        while at and text[at - 1] in _OPENING:
            at -= 1
        if not at or text[at - 1] in _BEFORE_SENTENCE:
            return True
        return (
            len(text[:at].strip()) < 8
            and not any(c.isalpha() and c.isupper() for c in text[:at])
            and (text[at - 1].isdigit() or text[at - 1] in ")-")
        )

    def _is_set_off(self, start: int, end: int, initial: bool) -> bool:
        """A run-in heading, a label, something in quotes, or what is being named: "Acme Widgets (the “Widgets”)"."""
        text = self.text
        if end <= self.heading:
            return True
        after = text[end : end + 40].lstrip(" \t\r\n*_")
        if text[start - 1 : start] in ("“", '"', "‘", "'", "@", "/", ".", "#", "&", "+") and start:
            return True
        if after[:1] == "(" and self.words.naming.match(after):
            return True
        if after[:1].isdigit() or after[:1] == "=":
            return True  # "Section 4", "Tier 2"
        if (
            after[:1] == ":"
            and not text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start].strip()
        ):
            return True
        if self.words.law.match(after):
            return True
        return initial and after[:1] in (".", ":", "–", "—", "=")


_SIGN_BEFORE = lazy(r"[-−–/÷×*+=]\s+\(?$")
_SIGN_AFTER = lazy(r"\)?\s+[-−–/÷×*+]\s")
_RUN_IN = lazy(r"\s*(?:\d+(?:\.\d+)*\\?[.)]?\s*|[-*+]\s+)?(\*\*|__)[^*_\n]{3,90}[.:]\1(?=\s|$)")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_titled(text: str, found: Sequence[Token]) -> bool:
    """Text in which capitals say nothing: shouted, or written like a title."""
    longer = [token for token in found if token.end - token.start > 3]
    if len(longer) < 3:
        return False
    capitals = sum(token.capital for token in longer)
    if capitals * 10 >= len(longer) * 9:
        return True
    return sum(text[t.start : t.end].isupper() for t in longer) * 2 > len(longer)
