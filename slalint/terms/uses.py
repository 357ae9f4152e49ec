"""Where a document uses its defined terms, and which other words it writes as if they were defined: one walk over the
words, from which every rule about definitions is answered."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from slalint.patterns import folded, lazy, may_match
from slalint.record import NamedTuple
from slalint.terms import Definition, placeholders, wordlists
from slalint.terms.lexicon import Lexicon, Match, name_words, plain_words, separator, tokens
from slalint.terms.vocabulary import may_be_of_a_term
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
    """Words with capitals that no definition covers, and that are more than a name. ``initial``: a sentence or list
    item begins here, so that the first capital says nothing. ``determiner``: "the", "each" or the like, where it stands
    before. ``acts``: a verb follows. ``compound``: its beginning is a defined term. ``operand``: a formula reckons with
    it, and with a defined term."""

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


# The kinds of passages in which a capital may show a defined term. In cells and titles any word may have one.
RUNNING = frozenset(("paragraph", "item", "description", "string"))


class Scan(NamedTuple):
    """What the walk found, in document order: uses, the runs of running text, every word as it is written somewhere,
    and the definitions that it was given."""

    lexicon: Lexicon
    uses: list[Use]
    runs: list[Run]
    written: set[str]
    definitions: Sequence[Definition]


_ADDRESS = lazy(r"[\w.+-]*@[\w.-]+|\b\w+(?:\.\w+)+\b")
_BEFORE_SENTENCE = frozenset(".!?:;(•*|#–—…")
_OPENING = "\"“‘'[*_ \t\r\n\u00a0"
# A capital (or a letter that may be one) that may say something; where a sentence ends before, be it with one sign
# between, it does not.
_END = re.escape("".join(sorted(_BEFORE_SENTENCE))) + r"\0"
_CAPITAL = lazy(rf"[A-Z\u0080-\U0010ffff](?<![{_END}].)(?<![{_END}][{re.escape(_OPENING)}].)(?<![^\W_].)[^\W_]*", re.S)
# The same for ASCII, of which only the kinds of its characters are searched: so the search jumps from one capital to
# the next, and all that is asked of their neighbours is which of a few signs they are.
_PLAIN_CAPITAL = lazy(rb"A(?<![.Aa].)(?<![.] .)[Aa]*")


def _kind(char: str) -> str:
    if char.isalnum():
        return "A" if char.isupper() else "a"
    return "." if char in _BEFORE_SENTENCE or char == "\0" else " " if char in _OPENING else "-"


_KINDS = "".join(map(_kind, map(chr, range(128)))).encode().ljust(256)


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


_SHORT = 8  # characters that a determiner and what follows it take at most
_JOINING = lazy(r"[-‑–/](?<=[^\W_].)\s*[^\W_]|[^\W_]\s+[-‑–/]\s*[^\W_]", re.S)


def may_be_respelled(text: str, words: frozenset[str], definitions: Sequence[Definition], language: str = "en") -> bool:
    """Whether it is worth looking in all of a text (passages joined by ``\\0``) for terms that are written otherwise
    than they are defined: words are joined there, or something is pointed at. ``words``: those of the text."""
    names = [name for definition in definitions for name in definition.names]
    if not names:
        return False
    if any(len(name_words(name, language).word) > 1 for name in names) and any(map(_JOINING.search, (text, *names))):
        return True
    return wordlists.may_hold(wordlists.POINTING, words, language)


def points(word: str, language: str = "en") -> bool:
    """Whether a word in lower case, with the punctuation beside it, may point at something."""
    words = Words.of(language)
    return any(one in word for one in words.pointing) or words.points_shortly.search(word) is not None


def capitals(text: str, language: str = "en") -> Iterator[tuple[str, bool]]:
    """The words of all of a text (passages joined by ``\\0``) whose capitals may be more than those of their sentences,
    in lower case, and whether a determiner stands before."""
    determiners = Words.of(language).determiners
    plain = _PLAIN_CAPITAL.finditer(text.encode().translate(_KINDS)) if text.isascii() else None
    for match in plain or _CAPITAL.finditer(text):
        start, end = match.span()
        first = max(start - _SHORT, 0)
        blank = text.rfind(" ", first, start - 1) if start > 1 and text[start - 1] == " " else -1
        before = text[blank + 1 : start - 1] if blank >= 0 else ""
        if not before.isalpha():  # as it is nearly always
            before = (plain_words(text[first:start]) or ("",))[-1]
        yield text[start:end].lower(), before.lower() in determiners


def scan(
    passages: Sequence[Passage],
    definitions: Sequence[Definition],
    language: str = "en",
    lexicon: Lexicon | None = None,
    everywhere: bool = False,
) -> Scan:
    """``everywhere``: runs are looked for in all passages, not in running text alone, and names count too."""
    found = Scan(lexicon or Lexicon(definitions, language), [], [], set(), definitions)
    named: dict[int, list[tuple[int, int]]] = {}
    starts = [passage.start for passage in passages]
    for definition in definitions:
        at, end = definition.term.offset, definition.term.written.end
        index = bisect_right(starts, at) - 1
        if index >= 0 and end - starts[index] <= len(passages[index].text):
            named.setdefault(index, []).append((at - starts[index], end - starts[index]))
    walk = _Walk(found, passages, everywhere)
    for index in walk.worth_reading():
        running = everywhere or passages[index].kind in RUNNING
        if running or index in walk.matches:
            walk.read(index, named.get(index, ()), running)
    found.written.update(walk.written)
    return found


class _Walk:
    """One passage after the other. Their words are told apart, and looked up, in one text of all of them: all offsets,
    and the numbers of words, are those of this text."""

    def __init__(self, found: Scan, passages: Sequence[Passage], everywhere: bool) -> None:
        self.found = found
        self.words = Words.of(found.lexicon.language)
        self.passages = passages
        texts = [passage.text for passage in passages]
        self.text = text = "\0".join(texts)
        self.begins = list(accumulate([len(one) + 1 for one in texts], initial=0))
        self.tokens = tokens(text)
        said, shown, full = self.tokens.said, self.tokens.shown, self.tokens.full
        self.capitals = [index for index, one in enumerate(said) if one[0].isupper()]
        starts = self.tokens.starts
        self.firsts = [bisect_left(starts, begin) for begin in self.begins]  # of the passages, their first words
        self.addressed: dict[int, list[str]] = {}  # the words of passages that may hold addresses
        if "@" in text or ".com" in text:
            self.addressed = {i: _without_addresses(one) for i, one in enumerate(texts) if "@" in one or ".com" in one}
        self.remembered = 0  # so many passages have their words among those that are written somewhere
        self.written = self._written(0, len(texts))
        # Capitals with which no sentence begins as a rule; and of these the ones that may be more than a name.
        leading, language = self.words.leading, found.lexicon.language
        self.loud = [index for index in self.capitals if full[index] not in leading]
        names = () if everywhere else {shown[index] for index in self.loud}
        self.names = {one for one in names if not may_be_of_a_term(one, self.written, language)}
        self.telling = [index for index in self.loud if shown[index] not in self.names]
        self.beginnings = found.lexicon.beginnings(self.tokens.word)
        self.matches: dict[int, list[Match]] = {}  # by their passages
        for match in found.lexicon.find(text, self.tokens, self.beginnings):
            self.matches.setdefault(bisect_right(self.firsts, match.first) - 1, []).append(match)

    def worth_reading(self) -> list[int]:
        """The passages that hold a term, or a capital that may show one; most of a document's do not."""
        return sorted({bisect_right(self.firsts, index) - 1 for index in self.telling}.union(self.matches))

    def read(self, index: int, named: Iterable[tuple[int, int]], running: bool) -> None:
        """Adds the uses of a passage and, in ``running`` text, its runs."""
        self.index, self.named = index, named
        self.passage = passage = self.passages[index]
        self.start, self.stop = self.begins[index], self.begins[index + 1] - 1
        first, last = self.firsts[index], self.firsts[index + 1]
        found = self.matches.get(index, ())
        may_have_runs = running and passage.kind != "heading" and _any_within(self.telling, first, last)
        if not (found or may_have_runs) or not self._is_worth_it(first, last, running):
            return
        self.masked: list[tuple[int, int]] | None = None
        self.heading = -1  # not yet looked for
        raw = passage.node.raw
        self.raw = raw if len(raw) == len(passage.text) else passage.text
        matches = [one for one in found if not self._is_masked(one.first, one.last)] if found else []
        if not (matches or may_have_runs):
            return
        covered: dict[int, Match] = {i: m for m in matches if m.capital for i in range(m.first, m.last)}
        capitals = self.capitals[bisect_left(self.capitals, first) : bisect_left(self.capitals, last)]
        titled = passage.kind == "heading" or self._is_titled(first, last, capitals)
        glued: set[int] = set()  # tokens of uses within a longer name
        formula = titled and bool(covered) and "=" in passage.text
        if (not titled or formula) and (running or covered):
            self._runs(capitals, covered, glued, formula, running)
        for match in matches:
            self._use(match, titled, match.first in glued)

    def remember(self, count: int) -> None:
        """Adds the words of the first passages, so many, to those that are written somewhere. They are seldom asked for
        before all is read."""
        self.found.written.update(self._written(self.remembered, count))
        self.remembered = count

    def _written(self, first: int, last: int) -> set[str]:
        """The words of the passages ``[first, last)``, but no parts of addresses."""
        said, firsts = self.tokens.said, self.firsts
        written: set[str] = set()
        for index, words in self.addressed.items():
            if first <= index < last:
                written.update(said[firsts[first] : firsts[index]], words)
                first = index + 1
        written.update(said[firsts[first] : firsts[last]])
        return written

    def _is_worth_it(self, first: int, last: int, running: bool) -> bool:
        """Whether a passage may hold a use, or runs, by its words."""
        said = self.addressed.get(self.index)
        if said is not None:
            may_begin = self.found.lexicon.may_begin([_bare(word.lower()) for word in said])
            lower, leading = [word.lower() for word in said[1:]], self.words.leading
            loud = any(word[0].isupper() and low not in leading for word, low in zip(said[1:], lower, strict=True))
            acts = lower[:1]
        else:
            may_begin = _any_within(self.beginnings, first, last)
            loud = _any_within(self.loud, first + 1, last)
            acts = self.tokens.full[first + 1 : min(first + 2, last)]
        # A capital that is not the first sentence's, or a verb behind that one; most passages hold none.
        may_hold_runs = loud or not self.words.acts.isdisjoint(acts)
        return may_begin or ((running or self.index in self.matches) and may_hold_runs)

    def _is_titled(self, first: int, last: int, capitals: Sequence[int]) -> bool:
        """Whether the words ``[first, last)``, of which some have ``capitals``, are shouted or written like a title:
        then their capitals say nothing."""
        shown = self.tokens.shown
        longer = [word for word in shown[first:last] if len(word) > 3]
        if len(longer) < 3:
            return False
        high = sum([len(shown[index]) > 3 for index in capitals])
        return high * 10 >= len(longer) * 9 or sum(map(str.isupper, longer)) * 2 > len(longer)

    def _is_masked(self, first: int, last: int) -> bool:
        """Whether one of the words ``[first, last)`` is part of a blank, a title, or the term that is defined there."""
        if self.masked is None:
            text = self.passage.text
            self.masked = [*self.named]
            if placeholders.may_hold_one(text, self.words.language):
                self.masked += placeholders.find(text, language=self.words.language)
            if ("(" in text or '"' in text or "“" in text) and may_match(self.words.reference, folded(text)):
                for match in self.words.reference.finditer(text):
                    self.masked.append(match.span("title" if match["title"] else "quoted"))
        if not self.masked:
            return False
        begin, behind = self.tokens.starts[first] - self.start, self.tokens.end(last - 1) - self.start
        return any(start < behind and begin < end for start, end in self.masked)

    def _use(self, match: Match, titled: bool, glued: bool) -> None:
        found, text = self.tokens, self.text
        start, end = found.starts[match.first], found.end(match.last - 1)
        single = match.last - match.first == 1
        strength: Strength = "strong"
        if not match.capital:
            strength = "lower"
        elif titled or glued or (single and match.case == "title" and self._is_initial(start)):
            strength = "weak"
        variant = False
        if not single and match.case == "title":
            written = tuple([separator(text, found, index) for index in range(match.first, match.last - 1)])
            # "third-party software" takes its hyphen from what follows.
            following = text[end : end + 2]
            variant = written != match.written and not (following[:1] == " " and following[1:].isupper())
        pointed = found.word[match.first - 1] if match.first else ""
        if pointed not in self.words.determiners or text[found.end(match.first - 1) : start].strip():
            pointed = ""
        place = start - self.start, end - self.start
        self.found.uses.append(Use(self.passage, *place, match.group, strength, variant, pointed))

    def _runs(
        self, capitals: list[int], covered: dict[int, Match], glued: set[int], formula: bool, running: bool
    ) -> None:
        """The runs of words with capitals; of a formula, where capitals say nothing, only its operands; and outside
        running text only those with a use, which may be part of a longer name."""
        at, most = 0, len(capitals)
        while at < most:
            first = last = capitals[at]
            begin = at
            at += 1
            while at < most and capitals[at] - last < 3 and self._joined(last, capitals[at]):
                last = capitals[at]
                at += 1
            if covered and not covered.keys().isdisjoint(range(first, last + 1)):
                self._run(first, last + 1, covered, glued, formula)
            elif first == last and self.tokens.word[first] in self.words.leading:
                continue
            elif running and self.names.isdisjoint([self.tokens.shown[index] for index in capitals[begin:at]]):
                self._run(first, last + 1, covered, glued, formula)

    def _joined(self, last: int, following: int) -> bool:
        found, text, end = self.tokens, self.text, self.tokens.end(last)
        if following == last + 1:
            between = text[end : found.starts[following]]
            return between == " " or between.isspace() or between == "-" or between.strip() in ("'s", "’s")
        return (
            found.word[last + 1] in self.words.joins
            and text[end : found.starts[last + 1]].isspace()
            and text[found.end(last + 1) : found.starts[following]].isspace()
        )

    def _run(self, first: int, last: int, covered: dict[int, Match], glued: set[int], formula: bool) -> None:
        found, words, text = self.tokens, self.words, self.text
        word, starts = found.word, found.starts
        begin = first
        while first < last and word[first] in words.leading and first not in covered:
            first += 1
        initial = begin == first and self._is_initial(starts[first])
        while first < last and word[first] in words.joins and first not in covered:
            first += 1
        if first == last:
            return
        compound = False
        inside = [i for i in range(first, last) if i in covered] if covered else ()
        if inside:
            free = [i for i in range(first, last) if i not in covered and word[i] not in words.joins]
            if not free:
                return
            if initial and free == [first]:
                self.remember(self.index + 1)
                if word[first] in self.found.written:
                    return  # "Report Faults": a plain word with the capital of its sentence
            glued.update(m.first for m in {covered[i] for i in inside})
            compound = any(covered[i].case != "any" for i in inside)  # else the capitals are not those of a term
            if compound and (free[0] < inside[0] or any(word[i] in words.joins for i in range(inside[-1], free[-1]))):
                return  # "Securities Exchange Act", "Board of Directors": a name, or a kind of what is defined
        start, end = starts[first], starts[last - 1] + len(found.shown[last - 1])
        if self._is_set_off(start, end, initial) or self._is_masked(first, last):
            return
        operand = bool(covered) and self._is_operand(start, end)
        if formula and not operand:
            return
        before = word[first - 1] if first else ""
        if before not in words.determiners or not text[found.end(first - 1) : start].isspace():
            before = ""
        acts = last < len(word) and word[last] in words.acts and text[end : starts[last]].isspace()
        said = (*found.full[first : last - 1], word[last - 1])
        base = self.start
        self.found.runs.append(
            Run(self.passage, start - base, end - base, said, initial, before, acts, compound, operand)
        )

    def _is_operand(self, start: int, end: int) -> bool:
        """Whether a sign of arithmetic stands beside a phrase, between blanks."""
        return bool(_SIGN_BEFORE.search(self.text, max(start - 4, 0), start) or _SIGN_AFTER.match(self.text, end))

    def _is_initial(self, at: int) -> bool:
        """Whether a sentence, list item or clause begins at a word."""
        text, start = self.text, self.start
        if at - start > 4 and text[at - 1].isspace() and self.raw[at - 1 - start] in "*_" and "\n" in text[at - 5 : at]:
            return True  # bold at the beginning of a line
        while at > start and text[at - 1] in _OPENING:
            at -= 1
        if at == start or text[at - 1] in _BEFORE_SENTENCE:
            return True
        return (
            (text[at - 1] in ")-" or text[at - 1].isdigit())
            and len(text[start:at].strip()) < 8
            and not any(c.isalpha() and c.isupper() for c in text[start:at])
        )

    def _is_set_off(self, start: int, end: int, initial: bool) -> bool:
        """A run-in heading, a label, something in quotes, or what is being named: "Acme Widgets (the “Widgets”)"."""
        text = self.text
        if self.heading < 0:
            run_in = _RUN_IN.match(self.raw) if "**" in self.raw or "__" in self.raw else None
            self.heading = run_in.end() if run_in is not None else 0  # behind “**7. Fees.** The Provider …”
        if end - self.start <= self.heading:
            return True
        if start > self.start and text[start - 1] in "“\"‘'@/.#&+":
            return True
        after = text[end : min(end + 40, self.stop)].lstrip(" \t\r\n*_")
        if not after:
            return False
        if after[0] == "(" and self.words.naming.match(after):
            return True
        if after[0].isdigit() or after[0] == "=":
            return True  # "Section 4", "Tier 2"
        if after[0] == ":":
            line = max(text.rfind("\n", self.start, start), text.rfind("\r", self.start, start), self.start - 1) + 1
            if not text[line:start].strip():
                return True
        if self.words.law.match(after):
            return True
        return initial and after[0] in ".:–—="


_SIGN_BEFORE = lazy(r"[-−–/÷×*+=]\s+\(?$")
_SIGN_AFTER = lazy(r"\)?\s+[-−–/÷×*+]\s")
_RUN_IN = lazy(r"\s*(?:\d+(?:\.\d+)*\\?[.)]?\s*|[-*+]\s+)?(\*\*|__)[^*_\n]{3,90}[.:]\1(?=\s|$)")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without_addresses(text: str) -> list[str]:
    return plain_words(_ADDRESS.sub(_blank, text))


def _any_within(indices: Sequence[int], first: int, last: int) -> bool:
    """Whether one of some numbers, which are in order, lies in ``[first, last)``."""
    at = bisect_left(indices, first)
    return at < len(indices) and indices[at] < last


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")
