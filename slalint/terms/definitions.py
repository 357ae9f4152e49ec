"""Where a document gives a word its meaning, in any of the forms that agreements use.

``"Downtime" means …``, ``**Downtime**: …`` in a glossary, a table of terms or severities, ``(the "Customer")``,
``hereinafter referred to as the "Provider"``, ``Recovery Time Objective (RTO)``, ``BD = business day``, a heading
under "Definitions", a term marked once and then used. The first form that matches a place decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from slalint.model import Node
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import Definition, placeholders
from slalint.terms.language import Structure
from slalint.terms.places import Places
from slalint.text import Document, Passage, Section, Table, sentences
from slalint.words.pieces import Part, Pattern, Pieces, WordSet


class Mark(NamedTuple):
    """A word or phrase that its author set off: quoted or bold. ``[start, end)`` is the phrase, ``[left, right)`` it
    with its marks."""

    start: int
    end: int
    left: int
    right: int
    quoted: bool


class _Words(Pieces, file="definitions"):
    means = Pattern()
    weak = Pattern()
    weakest = Pattern()
    points = Pattern()
    same = Pattern()
    between = Pattern()
    opens_after = Pattern()
    naming = Pattern()
    term_last = Pattern()
    any_verb = Pattern()
    plain_means = Pattern()
    noun_too = Pattern()
    is_measure = Pattern()
    calculated = Pattern()
    calculate = Pattern()
    includes = Pattern()
    equals = Pattern()
    where_is = Pattern()
    lead_words = Pattern()
    lead_end = Pattern()
    id_est = Pattern()
    before_bracket = Pattern()
    as_defined = Pattern()
    capitals = Pattern()
    hours_bracket = Pattern()
    hours_name = Pattern()
    hours_title = Pattern()
    weekdays = Pattern()
    clock_time = Pattern()
    not_a_term = Pattern()
    value_only = Pattern()
    impact = Pattern()
    urgency = Pattern()
    goes_on = Pattern()
    before_noun = WordSet()
    passed_over = WordSet()
    pronouns = WordSet()
    plural = Part()


def read_definitions(
    document: Document, whole: bool = False, language: str = "en", places: Places | None = None
) -> list[Definition]:
    """Every definition of a document, in document order. ``whole``: all of it is there to explain words. ``places``:
    those of its passages, where they are known."""
    found = _Reader(document, whole, language, places or Places(document.passages, document.sieve)).read()
    return sorted(found, key=lambda one: (one.term.offset, len(one.term.raw), one.form != "label"))


# ---- marks

_PIECE = lazy(r"[^/,;\s\"“”'‘’*_]+")
_SHORT_BEFORE = lazy(r"(?<![\w(])([A-Z][A-Z0-9&/-]{1,9}s?)\s*$")
_WORD = lazy(r"[^\W_]+")
_MARKS_ONLY = lazy(r"[\s\"“”'’*_)]*")
_STOP = lazy(r"[.;:!?]\s")
_NUMBER_BEFORE = lazy(r"^\s*\(?(?:\d+(?:\.\d+)*|[a-z]{1,3})[.)]?\s")
_STOP_NEXT = lazy(r"\s*[.;]")
_BRACKET_LAST = lazy(r"\s*\([^()]*\)?$")
_TWO_NAMES = lazy(r"([A-Z][\w ]+?)\s?/\s?([A-Z][\w ]+)")
_DIGIT = lazy(r"\d")
_TWO_WORDS = lazy(r"([a-z]+ [a-z]+)\s*\(")
_WITH_BRACKET = lazy(r"(.+?)\s*\(([^()]+)\)")
_LETTERS = lazy(r"[^\W\d_]{2,}")
_CAPITAL_NEXT = lazy(r"\s+[A-Z(]")
_ANY_LETTER = lazy(r"\w")
_COLON_NEXT = lazy(r"\s*:")
_QUOTED = lazy(
    # Each branch begins with its sign, so that the search jumps from one to the next.
    r"“([^“”\n]{1,90}|[^“”]{1,60})”|«\s?([^«»]{1,90}?)\s?»|‘([^‘’]{1,60})’(?!\w)"
    r"|\"(?<![\w\"].)\"?([^\"]{1,90}?)(?:[\\ ]?'(?=\))|\"{1,2})(?![\w\"])|'(?<![\w'’].)([^']{1,60}?)'(?=[\s.,;:)\]]|$)"
)
_QUOTES = ("“", "«", "‘", '"', "'")
# The number of a clause before the term that it defines: “2.1 Downtime”.
_CLAUSE = lazy(r"(?:\d{1,3}\.){1,4}(?:\d{1,3}[.)]?)?(?=\s|$)|\d{1,3}[.)]?(?=\s*$)")
_BOLD = lazy(r"(\*\*|__)(?=[^\s*_])((?:(?!\1)[^|]){1,100}?)(?<=[^\s])\1")


def marks(passage: Passage) -> list[Mark]:
    """The quoted and bold phrases of a passage, in order; bold within quotes, or quotes within bold, count once."""
    text = passage.text
    found: list[Mark] = []
    for match in _QUOTED.finditer(text):
        index = match.lastindex or 0
        _add_mark(found, text, match.start(index), match.end(index), match.start(), match.end(), True)
    bold: list[Mark] = []
    raw = passage.node.raw
    if len(raw) == len(text) and ("**" in raw or "__" in raw):
        for match in _BOLD.finditer(raw):
            start, end = match.span()
            first, inside = _within(found, start, end)
            if len(inside) == 1 and not text[start : inside[0].left].strip(" *_().0123456789"):
                found[first] = inside[0]._replace(left=start, right=end)
            elif not first or found[first - 1].right < end:
                _add_mark(bold, text, match.start(2), match.end(2), start, end, False)
    return sorted(found + bold)


def _within(found: list[Mark], start: int, end: int) -> tuple[int, list[Mark]]:
    """The marks that lie in ``[start, end)`` as a whole, and the index of the first; found by halving, for a paragraph
    may hold thousands."""
    first = bisect_left(found, start, key=lambda mark: mark.left)
    return first, found[first : bisect_right(found, end, key=lambda mark: mark.right)]


def _add_mark(found: list[Mark], text: str, start: int, end: int, left: int, right: int, quoted: bool) -> None:
    number = _CLAUSE.match(text, start, end)
    if number is not None:
        start = number.end()
    while start < end and not (text[start].isalnum() or text[start] in "[#"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:'’*_"):
        end -= 1
    if start < end and len(text[start:end].split()) <= 9:
        found.append(Mark(start, end, left, right, quoted))


# ---- the forms

_LETTERS_COLON = lazy(r"\b([A-Z]{3,7})\s?[:=–—]\s((?:[A-Z][\w-]*(?:,\s|\s)(?:(?:and|&)\s)?){2,6}[A-Z][\w-]*)")
_CAPITAL_WORD = lazy(r"\b[A-Z][\w-]*")
_LISTED_LETTERS = lazy(r"\(([A-Z]{3,7})\)[\s*_:]*$")
_BRACKET = lazy(r"\(([^()]{1,220}(?:\([^()]{0,60}\)[^()]{0,80})?)\)")
_REACH = 200  # how many characters before a place are looked at
_BODY = 2000  # so much of an explanation is kept: thousands of terms may stand in one endless sentence
_SHORT = lazy(r"[A-Za-z0-9][\w&/.+-]{1,11}")
_LABEL = lazy(
    r"^\s*(?:\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)]\s+)?(?P<term>[^\W_][^\n:=–—|]{0,70}?)\s*(?P<sign>:(?=\s|$)|\s[–—-]\s|\t+)\s*(?P<body>.*)",
    re.S,
)
_DASH = lazy(r"-(?<=\s-)\s")
_LABEL_COLON = lazy(
    r"^\s*(?P<term>[^\W_][^\n:=()]{0,60}?\s?\([^()\n:]{1,60}\))[\s*_]*(?P<sign>:(?=[\s*_]|$))[\s*_]*(?P<body>.*)", re.S
)


def read_acronyms(text: str, language: str = "en") -> Iterator[tuple[int, int, int, int]]:
    """``(start, end, long start, long end)`` of each abbreviation in brackets behind the words that it stands for, or
    before them. The letters are matched right to left, as Schwartz and Hearst (2003) do; at least half of them must
    begin a word, and the first must."""
    small = _Words.of(language).passed_over
    for match in _BRACKET.finditer(text):
        inner = match.group(1)
        base = match.start(1)
        for piece in _PIECE.finditer(inner):
            short = piece.group().strip(".")
            if piece.start() > len(inner) - len(inner.lstrip(" \"“'‘*_[")) and "/" not in inner:
                break
            first = max(match.start() - _REACH, 0)
            long = _long_form(short, text[first : match.start()], small)
            if long is not None:
                start, long = base + piece.start(), first + long
                yield start, start + len(short), long, _stripped(text, long, match.start())
                continue
            break
        before = _SHORT_BEFORE.search(text[max(match.start() - 20, 0) : match.start()])
        words = inner.split()
        if before and 2 <= len(words) <= 8 and _long_form(before.group(1), inner, small) is not None:
            start = max(match.start() - 20, 0) + before.start(1)
            yield start, start + len(before.group(1)), base, base + len(inner)


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return end


def _long_form(short: str, before: str, small: frozenset[str]) -> int | None:
    """Where the words begin that ``short`` abbreviates, at the end of ``before``; None where they do not."""
    capitals = sum(c.isupper() or c.isdigit() for c in short)
    if not _SHORT.fullmatch(short) or capitals < 2 or not any(c.isupper() for c in short):
        return None
    letters = [c.lower() for c in (short[:-1] if short.endswith("s") and capitals > 1 else short) if c.isalnum()]
    if len(letters) < 2:
        return None
    words = list(_WORD.finditer(before[-120:]))
    allowed = min(len(letters) + 5, len(letters) * 2)
    base = max(len(before) - 120, 0)
    if not words or not _MARKS_ONLY.fullmatch(before[base + words[-1].end() :]):
        return None
    if (named := _initials(letters, words, small)) is not None:
        return base + named
    starts = {word.start() for word in words}
    at, initials = words[-1].end() - 1, 0
    tail = before[base:]
    for position in range(len(letters) - 1, -1, -1):
        while at >= 0 and (tail[at].lower() != letters[position] or (not position and at not in starts)):
            at -= 1
        if at < 0:
            return None
        initials += at in starts
        at -= 1
    begin = at + 1
    used = [word for word in words if word.start() >= begin]
    if not used or len(used) > allowed or initials < min(capitals, (len(letters) + 1) // 2):
        return None
    if tail[begin:].lower().startswith(short.lower()) or _STOP.search(tail[begin:]):
        return None
    return base + begin


def _initials(letters: list[str], words: list[re.Match[str]], small: frozenset[str]) -> int | None:
    """Where the last words begin whose first letters are just the ones asked for; small words may be passed over."""
    at = len(words) - 1
    for letter in reversed(letters):
        while at >= 0 and words[at].group()[0].lower() != letter and words[at].group() in small:
            at -= 1
        if at < 0 or words[at].group()[0].lower() != letter:
            return None
        at -= 1
    return words[at + 1].start()


class _Reader:
    def __init__(self, document: Document, whole: bool, language: str, places: Places) -> None:
        self.document = document
        self.hours_titles = document.sieve.may_hold(_Words.of(language).hours_title)
        self.words = _Words.of(language)
        self.structure = Structure.of(language)
        self.whole = whole
        self.found: list[Definition] = []
        self.taken: set[tuple[int, int]] = set()
        self.places = places
        self.forms: dict[int, set[re.Pattern[str]]] = {}  # which expressions may match in a passage, by its index
        self.set_off: dict[int, list[Mark]] = {}  # what is marked in a passage, by its index
        self.glossaries: dict[int, bool] = {}  # by the id() of a section
        self.spans: tuple[Passage | None, list[tuple[int, int]]] = (None, [])  # the sentences of the passage at hand
        self.scales: dict[int, bool] = {}
        self.listed: dict[int, int] = {}  # how many items of a section begin with words of a scale

    def read(self) -> list[Definition]:
        passages = self.document.passages
        for index in sorted(self._worth_reading()):
            if passages[index].kind != "code" and passages[index].text.strip():
                self._passage(index, passages[index])
        for section in self.document.sections():
            self._heading(section)
        for table in self.document.tables:
            self._table(table)
        self._in_passing()
        return self.found

    def _worth_reading(self) -> set[int]:
        """The passages in which a form may stand; most of a document's hold none."""
        words, places = self.words, self.places
        found = {index for index, passage in enumerate(self.document.passages) if passage.kind == "term"}
        self.marked = places.holding(*_QUOTES) | self._bold()
        self.bracketed = places.holding("(")
        self.signs = places.holding(":", "=", "–", "—", "\t") | places.matching(_DASH)
        told = (self.marked, self.bracketed, self.signs)
        forms = (words.plain_means, words.as_defined, words.equals, words.hours_bracket, words.id_est, words.where_is)
        more = (words.is_measure, words.calculated, words.includes, words.calculate)
        for form in (*forms, *more):
            for index in places.of(form):
                self.forms.setdefault(index, set()).add(form)
        return found.union(self.forms, *told)

    def _bold(self) -> set[int]:
        """The passages in which something may be bold. Their own text has blanks in place of the marks."""
        text = self.document.file.text
        starts = [passage.start for passage in self.document.passages]
        found = set()
        for sign in ("**", "__"):
            at = text.find(sign)
            while at >= 0:
                after = bisect_right(starts, at)
                found.add(after - 1)
                at = text.find(sign, starts[after]) if after < len(starts) else -1
        return found - {-1}

    def _each(self, pattern: re.Pattern[str], index: int, text: str) -> Iterable[re.Match[str]]:
        """What an expression matches in a passage; nothing at once where it has no clue of a match."""
        return pattern.finditer(text) if pattern in self.forms.get(index, ()) else ()

    def _is_glossary(self, section: Section | None) -> bool:
        known = self.glossaries.get(id(section))
        if known is None:
            known = self.whole or (section is not None and self._is_glossary(section.parent))
            if section is not None and section.level:
                known = known or self.structure.is_glossary_title(section.title)
            self.glossaries[id(section)] = known
        return known

    def _add(
        self,
        passage: Passage,
        start: int,
        end: int,
        form: str,
        body: tuple[int, int] | Node | None = None,
        aliases: tuple[str, ...] = (),
    ) -> None:
        text = passage.text
        while start < end and not text[start].isalnum() and text[start] not in "[#":
            start += 1
        number = _CLAUSE.match(text, start, end)
        if number is not None and text[number.end() : end].strip(" *_:"):
            start = number.end()
            while start < end and not text[start].isalnum() and text[start] not in "[#":
                start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:*\"'”’_"):
            end -= 1
        key = (passage.start + start, passage.start + end)
        if start >= end or key in self.taken:
            return
        self.taken.add(key)
        node = passage.part(start, end)
        if isinstance(body, tuple):
            first, last = body
            while first < last and (text[first].isspace() or text[first] in ",:–—=-"):
                first += 1
            last = min(last, first + _BODY)
            while last > first and text[last - 1].isspace():
                last -= 1
            body = passage.part(first, last) if first < last else self._next(passage)
        self.found.append(Definition(_clean(node, text[start:end]), body, form, aliases))

    @cached_property
    def _index(self) -> dict[int, int]:
        """The numbers of the passages, by the id() of each."""
        return {id(passage): index for index, passage in enumerate(self.document.passages)}

    def _next(self, passage: Passage) -> Node | None:
        """The passage behind one that leads on to it. Without a colon neither a title nor the next item of the same
        list is meant."""
        passages = self.document.passages
        index = self._index.get(id(passage), len(passages)) + 1
        if index >= len(passages):
            return None
        following = passages[index]
        beside = following.kind == passage.kind == "item" and following.depth <= passage.depth
        if (beside or following.kind == "heading") and not passage.text.rstrip().endswith(":"):
            return None
        return following.node

    # ---- running text

    def _passage(self, index: int, passage: Passage) -> None:
        text = passage.text
        set_off = marks(passage) if index in self.marked else []
        if set_off:
            self.set_off[index] = set_off
        glossary, in_words = self._is_glossary(passage.section), index in self.forms
        if passage.kind == "heading":
            if in_words:
                self._equations(index, passage)
        else:
            for mark in set_off:
                self._marked(passage, mark, set_off, glossary)
            if len(set_off) > 1 and index in self.places.of(self.words.same):
                self._pointers(passage, set_off)
            if in_words:
                self._said(index, passage)
            if passage.kind == "description":
                pass
            elif passage.kind == "term":
                self._add(passage, 0, len(text), "list", self._next(passage))
            else:
                if in_words:
                    self._block_start(index, passage)
                if passage.kind != "cell" and (index in self.signs or (glossary and index in self.marked)):
                    self._label(passage, glossary)
        for match in _BRACKET.finditer(text) if set_off and index in self.bracketed else ():
            _, inside = _within(set_off, *match.span())
            if inside:
                self._bracket(passage, match, inside)
        if index in self.signs or index in self.bracketed:
            self._spelled(index, passage)
        for start, end, long, long_end in read_acronyms(text) if index in self.bracketed else ():
            self._add(passage, start, end, "acronym", (long, long_end), (" ".join(text[long:long_end].split()),))

    def _said(self, index: int, passage: Passage) -> None:
        """What plain words define: `Downtime means …`, `Downtime (as defined in …)`."""
        text = passage.text
        for match in self._each(self.words.plain_means, index, text):
            self._plain(passage, match)
        for match in self._each(self.words.as_defined, index, text):
            before = self.words.capitals.search(text, max(match.start() - _REACH, 0), match.start())
            if before:
                self._add(passage, before.start(), match.start(), "pointer", (match.start() + 1, match.end() - 1))

    def _spelled(self, index: int, passage: Passage) -> None:
        """`Criteria (ABC):` above a list whose items begin with these letters, or `ABC: Alpha, Beta, Gamma`."""
        for match in _LETTERS_COLON.finditer(passage.text) if index in self.signs else ():
            if "".join(word[0] for word in _CAPITAL_WORD.findall(match[2]))[: len(match[1])] == match[1]:
                self._add(passage, match.start(1), match.end(1), "acronym", match.span(2))
        listed = _LISTED_LETTERS.search(passage.text) if index in self.bracketed else None
        if listed is None:
            return
        first = index + 1
        items = self.document.passages[first : first + len(listed[1])]
        initials = "".join(item.text.lstrip(" *_")[:1].upper() for item in items if item.kind == "item")
        if initials == listed[1]:
            self._add(passage, listed.start(1), listed.end(1), "acronym", items[0].node)

    def _marked(self, passage: Passage, mark: Mark, set_off: list[Mark], glossary: bool) -> None:
        text = passage.text
        term = " ".join(text[mark.start : mark.end].split())
        before = text[max(mark.left - _REACH, 0) : mark.left]
        if self.structure.is_construction(before, term):
            return
        between = self.words.between.match(text, mark.right)
        after = between.end() if between else mark.right
        alias = between["alias"] if between and between["alias"] else ""
        opens = not _NUMBER_BEFORE.sub("", before).strip(" \t\r\n\"“”'*_-–•(") or self.words.opens_after.search(before)
        verb = self.words.means.match(text, after) or self.words.means.match(text, mark.right)
        if verb is None and opens:
            verb = (self.words.weak if mark.quoted or glossary else self.words.weakest).match(text, after)
        if verb is not None and not (not mark.quoted and not opens):
            form = "pointer" if self.words.points.search(text[verb.start() : verb.end() + 4]) else "means"
            names = (alias.strip(" \"“”'*_"),) if alias else ()
            self._term(passage, mark, form, (verb.end(), self._end(passage, verb.end())), names)
            for other in _within(set_off, mark.right, verb.start())[1]:  # “Unavailable”, “Down” mean …
                if other.quoted:
                    self._term(passage, other, form, (verb.end(), self._end(passage, verb.end())), (term,))
            return
        if self.words.naming.search(before):
            self._term(passage, mark, "naming", None, ())
        elif (
            glossary and mark.quoted and not before.strip(" \t\r\n*_-•") and self.words.any_verb.match(text, mark.right)
        ):
            # Where terms are explained, any verb explains: “Desk” answers the mail of …
            self._term(passage, mark, "means", (mark.right, self._end(passage, mark.right)), ())
        elif (
            mark.quoted
            and self.words.term_last.search(before)
            and _STOP_NEXT.match(text[mark.right - 1 :].lstrip('"”’'))
        ):
            self._term(passage, mark, "means", (self._start(passage, mark.left), mark.left), ())

    def _term(
        self, passage: Passage, mark: Mark, form: str, body: tuple[int, int] | None, names: tuple[str, ...]
    ) -> None:
        """A marked term; ``A/B`` names one thing twice, ``Long Form (ABC)`` leaves the bracket to the acronyms."""
        text = passage.text[mark.start : mark.end]
        bracket = _BRACKET_LAST.search(text)
        end = mark.start + bracket.start() if bracket and bracket.start() > 1 else mark.end
        slash = _TWO_NAMES.fullmatch(passage.text[mark.start : end])
        if slash:
            self._add(passage, mark.start, mark.start + slash.end(1), form, body, (*names, slash.group(2)))
            self._add(passage, mark.start + slash.start(2), end, form, body, (*names, slash.group(1)))
        else:
            self._add(passage, mark.start, end, form, body, names)

    def _pointers(self, passage: Passage, set_off: list[Mark]) -> None:
        """ "These terms mean the same as in the contract: “A”, “B”": a list of names explained elsewhere."""
        text = passage.text
        for start, end in self._sentences(passage):
            verb = self.words.same.search(text, start, end)
            if verb is None:
                continue
            _, listed = _within(set_off, start, end)
            after = [m for m in listed if m.left >= verb.end()]
            for mark in after if len(after) > 1 else [m for m in listed if m.right <= verb.start()]:
                self._term(passage, mark, "pointer", (start, end), ())

    def _plain(self, passage: Passage, match: re.Match[str]) -> None:
        term = match["term"]
        words = term.lower().split()
        if (
            words[0] in self.words.pronouns
            or words[-1] in self.words.pronouns
            or self.structure.has_function_word(words)
        ):
            return
        if self.words.noun_too.search(match["verb"]) and words[-1] in self.words.before_noun:
            return
        form = "pointer" if self.words.points.search(match["verb"]) else "means"
        self._add(passage, match.start("term"), match.end("term"), form, (match.end(), self._end(passage, match.end())))

    def _bracket(self, passage: Passage, match: re.Match[str], inside: list[Mark]) -> None:
        text = passage.text
        rest, at = [], match.start() + 1
        for mark in inside:
            rest.append(text[at : mark.left])
            at = mark.right
        rest.append(text[at : match.end() - 1])
        if not self.words.lead_words.fullmatch(" ".join(rest)):
            if not self.words.naming.search(rest[0]) and not self.words.lead_end.search(rest[0]):
                return
            inside = inside[:1]
        if (
            not any(m.quoted for m in inside)
            and not text[match.start() + 1 : inside[0].left].strip()
            and len(inside) > 2
        ):
            return
        start = self._start(passage, match.start())
        if start and not text[start : match.start()].strip():
            start = self._start(passage, start - 1)  # `Acme Ltd. (“Provider”)`: the full stop ends no sentence
        for mark in inside:
            self._term(passage, mark, "parenthetical", (start, match.start()), ())

    # ---- at the start of a block

    def _equations(self, index: int, passage: Passage) -> None:
        """`BH = business hour`, also as a heading."""
        for match in self._each(self.words.equals, index, passage.text):
            term, body = match["term"], match["body"].strip()
            if not self.structure.has_function_word(term.lower().split()) and not _DIGIT.match(body):
                end = match.start("body") + len(match["body"].rstrip())
                alias = _TWO_WORDS.match(body)
                self._add(passage, match.start("term"), match.end("term"), "label", (match.start("body"), end),
                          (alias.group(1),) if alias else ())  # fmt: skip

    def _block_start(self, index: int, passage: Passage) -> None:
        text = passage.text
        self._equations(index, passage)
        for match in self._each(self.words.hours_bracket, index, text):
            self._add(passage, match.start("term"), match.end("term"), "parenthetical", match.span("body"))
        for match in self._each(self.words.id_est, index, text):
            before = self.words.before_bracket.search(text, max(match.start() - _REACH, 0), match.start())
            if before and not self.structure.has_function_word(before.group(1).lower().split()):
                end = text.find(")", match.end())
                self._add(
                    passage, before.start(1), before.end(1), "parenthetical", (match.end(), max(end, match.end()))
                )
        for match in (
            *self._each(self.words.where_is, index, text),
            *self._each(self.words.is_measure, index, text),
        ):
            if match["term"].lower().split()[0] not in self.words.pronouns and not self.structure.has_function_word(
                match["term"].lower().split()
            ):
                span = (match.end(), self._end(passage, match.end()))
                self._add(passage, match.start("term"), match.end("term"), "means", span)
        if passage.kind == "cell":
            return
        forms = self.forms[index]
        for pattern in (self.words.calculated, self.words.includes):
            calculated = pattern.match(text) if pattern in forms else None
            words = calculated["term"].lower().split() if calculated else []
            if calculated and words[0] not in self.words.pronouns and not self.structure.has_function_word(words):
                self._add(
                    passage, calculated.start("term"), calculated.end("term"), "means", (calculated.end(), len(text))
                )
        for match in self._each(self.words.calculate, index, text):
            if not self.structure.has_function_word(match["term"].lower().split()):
                self._add(
                    passage,
                    match.start("term"),
                    match.end("term"),
                    "means",
                    (match.end(), self._end(passage, match.end())),
                )

    def _label(self, passage: Passage, glossary: bool) -> None:
        """``Term: explanation`` where terms are explained, or where the term is a level and the rest says which
        cases belong to it."""
        text = passage.text
        match = _LABEL.match(text)
        if match is not None and match["term"].count("(") > match["term"].count(")"):
            match = _LABEL_COLON.match(text)  # “Severity 1 (P1 - High): …”: the dash stands within the name
        if match is None:
            self._no_sign(passage, glossary)
            return
        term = match["term"].strip(" \"“”'*_")
        bracket = _WITH_BRACKET.fullmatch(term)
        name = bracket.group(1).strip() if bracket else term
        body = match["body"].strip()
        listed = not body and match["sign"] == ":"
        if (
            not name
            or self.words.means.search(f" {term} ")
            or len(name.split()) > 7
            or self.words.not_a_term.match(name)
            or text[match.end("term") :].lstrip()[:3] == "://"
        ):
            return
        explains = listed or (len(_LETTERS.findall(body)) >= 2 and not self.words.value_only.fullmatch(body))
        start = match.start("term")
        end = start + (len(match["term"].rstrip()) if not bracket else text[start:].index(bracket.group(2)) - 1)
        span = (match.start("body"), len(text))
        level = self.structure.is_level(name, passage.section) or (
            self.structure.is_level_word(name) and passage.kind == "item" and self._is_listed_scale(passage.section)
        )
        if self.words.hours_name.fullmatch(name) and (
            self.words.clock_time.search(body) or self.words.weekdays.search(body)
        ):
            self._add(passage, start, end, "label", span)
        elif level and bracket and not self.words.value_only.fullmatch(bracket.group(2)):
            first = text.index("(", start) + 1
            self._add(passage, start, end, "parenthetical", (first, first + len(bracket.group(2))))
        elif level and explains and not (listed and self._next_is_value(passage)):
            self._add(passage, start, end, "list", span)
        elif (glossary or self.structure.introduces(passage.section)) and explains and passage.kind != "heading":
            if match["sign"].strip() in ("-", "") and not glossary:
                return
            if listed and not glossary:
                return
            self._add(passage, start, end, "label", span)

    def _next_is_value(self, passage: Passage) -> bool:
        following = self._next(passage)
        return following is None or self.words.value_only.fullmatch(following.text) is not None

    def _no_sign(self, passage: Passage, glossary: bool) -> None:
        """``**Uptime** The time during which …``: a bold term with nothing between it and its explanation."""
        raw, text = passage.node.raw, passage.text
        bold = _BOLD.match(raw) if glossary and len(raw) == len(text) else None
        if (
            bold
            and not _CLAUSE.fullmatch(bold.group(2))
            and _CAPITAL_NEXT.match(text[bold.end() :])
            and len(bold.group(2).split()) <= 6
        ):
            self._add(passage, bold.start(2), bold.end(2), "label", (bold.end(), len(text)))

    # ---- headings

    def _heading(self, section: Section) -> None:
        heading = section.heading
        if heading is None or not (section.passages or section.children):
            return
        first = next(iter(section.passages), None) or next((c.heading for c in section.children), None)
        body = first.node if first is not None else None
        text = heading.text
        title = section.title
        start = text.find(title.split("(")[0].strip()[:20]) if title else -1
        if start < 0 or len(title.split()) > 8:
            return
        bracket = text.find("(", start + 1)
        end = bracket if bracket > 0 else len(text.rstrip(" :"))
        name = text[start:end].strip(" :*_")
        if self._names_something(section, heading, name, bracket > 0):
            self._add(heading, start, end, "heading", body)

    def _is_listed_scale(self, section: Section | None) -> bool:
        """Whether three or more items of a section begin with words of a scale; counted once for all of them."""
        if section is None:
            return False
        if id(section) not in self.listed:
            labels = (_LABEL.match(one.text) for one in section.passages if one.kind == "item")
            self.listed[id(section)] = sum(
                found is not None and self.structure.is_level_word(found["term"].strip(" *_")) for found in labels
            )
        return self.listed[id(section)] >= 3

    def _is_scale(self, section: Section) -> bool:
        """Whether several headings right below one are words of a scale; counted once, not for each of them."""
        if id(section) not in self.scales:
            self.scales[id(section)] = sum(self.structure.is_level_word(child.title) for child in section.children) > 1
        return self.scales[id(section)]

    def _names_something(self, section: Section, heading: Passage, name: str, bracketed: bool) -> bool:
        """Whether what stands below a heading says what its name means: a level, an entry of a glossary, or hours
        that the text speaks of by this very name."""
        parent = section.parent
        scale = parent is not None and self._is_scale(parent)
        level = self.structure.is_level(name, parent) or (scale and self.structure.is_level_word(name))
        if level and not self.structure.is_escalation(section) and self._says_more(section):
            return _DIGIT.search(name) is not None or bracketed or scale or self.structure.is_level_list(parent)
        if self.whole and section.level > 1 and not section.children:
            return not self.words.not_a_term.match(name)
        if parent is not None and self.structure.is_glossary_title(parent.title):
            told = self.structure.is_glossary_title(section.title) or self.structure.introduces(section)
            return not told and not self.words.not_a_term.match(name)
        return (
            self.hours_titles
            and self.words.hours_title.search(name) is not None
            and any(self.words.clock_time.search(p.text) for p in section.passages[:4])
            and any(name.lower() in p.text.lower() for p in self.document.passages if p is not heading)
        )

    def _says_more(self, section: Section) -> bool:
        """Whether something but a target stands below the heading."""
        return any(
            len(_LETTERS.findall(p.text)) >= 2 and not self.words.value_only.fullmatch(p.text) and p.kind != "cell"
            for p in section.passages
        )

    # ---- tables

    def _table(self, table: Table) -> None:
        header = [" ".join(cell.text.split()).strip(" :*") for cell in table.header]
        term, body = self.structure.term_columns(header)
        glossary = self.whole or self.structure.is_glossary(table.section)
        if term is None and glossary and len(header) == 2 and not self.structure.is_explanation(header[0]):
            term, body = 0, 1
        if term is not None and body is not None:
            for row in table.rows:
                if len(row) > max(term, body):
                    self._row(row[term], row[body])
            return
        if any(self.words.impact.search(name) for name in header[1:]):
            self._matrix(table)
            return
        levels = [cell for cell, name in zip(table.header, header, strict=True) if self.structure.is_level_name(name)]
        if len(levels) >= 2 and len(levels) >= len(header) - 1:
            self._transposed(table, levels)
            return

    def _row(self, cell: Passage, said: Passage) -> None:
        """A term and its meaning side by side; a meaning left empty is a definition without a body."""
        words = len(said.text.split())
        name = cell.text.strip()
        # "TBD": the term is listed, and still to be explained.
        blank = words == 1 and placeholders.only_placeholder(said.text, self.words.language)
        if not name or len(name.split()) > 8 or (words < 2 and _ANY_LETTER.search(said.text) and not blank):
            return
        bracket = cell.text.find("(", 2)
        body = said.node if words > 1 or blank else None
        self._add(cell, 0, bracket if bracket > 0 else len(cell.text), "table", body)

    def _matrix(self, table: Table) -> None:
        """Impact against urgency: the cells are the levels that both together give."""
        rows = [row for row in table.rows if row and self.words.urgency.search(row[0].text)]
        for row in rows if len(rows) > 1 else ():
            for cell in row[1:]:
                if self.structure.is_level_name(" ".join(cell.text.split())):
                    self._add(cell, 0, len(cell.text), "table", row[0].node)

    def _transposed(self, table: Table, levels: list[Passage]) -> None:
        """Levels as columns: defined by a row named Description or the like, or by the row below such a name."""
        columns = [table.header.index(cell) for cell in levels]
        for index, row in enumerate(table.rows):
            if not row or not self.structure.is_explanation(row[0].text):
                continue
            empty = not any(_ANY_LETTER.search(cell.text) for cell in row[1:])
            said = table.rows[index + 1] if empty and index + 1 < len(table.rows) else row
            for column, cell in zip(columns, levels, strict=True):
                if column < len(said) and len(said[column].text.split()) > 1:
                    self._add(cell, 0, len(cell.text), "table", said[column].node)
            return

    # ---- in passing

    def _in_passing(self) -> None:
        """A capitalised phrase marked inside a sentence once or twice and used unmarked elsewhere names a term."""
        passages = self.document.passages
        candidates: dict[str, list[tuple[Passage, Mark]]] = {}
        masked: dict[int, str] = {}  # the text of a passage without what is marked
        for index, set_off in self.set_off.items():
            passage = passages[index]
            text = passage.text
            for mark in set_off if passage.kind in ("paragraph", "item") else ():
                phrase = " ".join(text[mark.start : mark.end].split())
                if _could_name(passage, mark, phrase, self.words, self.structure):
                    candidates.setdefault(phrase, []).append((passage, mark))
                    text = text[: mark.left] + "." * (mark.right - mark.left) + text[mark.right :]
            masked[index] = text
        known = {" ".join(d.term.text.split()).lower() for d in self.found}
        few = {phrase for phrase, places in candidates.items() if len(places) <= 3 and phrase.lower() not in known}
        if not few:
            return
        unmarked = [masked.get(i, passage.text) for i, passage in enumerate(passages) if passage.kind != "heading"]
        uses = _uses(few, "\n".join([" ".join(text.split()) for text in unmarked]), self.words.plural)
        for phrase, places in candidates.items():
            if uses[phrase] > (" " not in phrase):
                passage, mark = places[0]
                self._add(passage, mark.start, mark.end, "in-passing", (mark.right, self._end(passage, mark.right)))

    # ---- sentences

    def _sentences(self, passage: Passage) -> list[tuple[int, int]]:
        if self.spans[0] is not passage:
            self.spans = (passage, list(sentences(passage.text, self.words.language)))
        return self.spans[1]

    def _end(self, passage: Passage, at: int) -> int:
        spans = self._sentences(passage)
        index = bisect_right(spans, at, key=lambda span: span[1])
        return spans[index][1] if index < len(spans) else len(passage.text)

    def _start(self, passage: Passage, at: int) -> int:
        spans = self._sentences(passage)
        index = bisect_right(spans, at, key=lambda span: span[0])
        return spans[index - 1][0] if index else 0


_WORD_START = lazy(r"(?<![\w“\"‘])\w")
_IN_SENTENCE = lazy(r"[a-z,] ")


def _uses(phrases: set[str], text: str, plural: str) -> Counter[str]:
    """How often each phrase stands in a text without marks. A single word counts only inside sentences, where nothing
    but being a term gives it its capital. One walk for all that begin alike: there may be thousands."""
    found: Counter[str] = Counter()
    lengths = {len(phrase) for phrase in phrases}
    phrase_end = re.compile(rf"{plural}?(?![\w”\"])")
    for first in {phrase[0] for phrase in phrases}:
        at = text.find(first)
        while at >= 0:
            for length in lengths if _WORD_START.match(text, at) else ():
                phrase = text[at : at + length]
                if phrase in phrases and phrase_end.match(text, at + length):
                    found[phrase] += " " in phrase or _IN_SENTENCE.match(text, max(at - 2, 0), at) is not None
            at = text.find(first, at + 1)
    return found


def _could_name(passage: Passage, mark: Mark, phrase: str, words: _Words, structure: Structure) -> bool:
    """Whether a marked phrase may be a term in passing, by how it is written and what stands around it."""
    text = passage.text
    before = text[max(mark.left - _REACH, 0) : mark.left].rstrip()
    after = text[mark.right : mark.right + _REACH]
    if (
        not any(c.isupper() for c in phrase)
        or ":" in passage.node.raw[mark.end : mark.right]  # a field's name
        or not structure.is_title_case(phrase)
        or structure.is_reference(before, after)
    ):
        return False
    if not before or before[-1] in ".:;!?)":  # a run-in heading, unless the sentence goes on from it
        return words.goes_on.match(after) is not None
    return not _COLON_NEXT.match(after)


def _clean(node: Node, text: str) -> Node:
    """The term as a reader says it: without markup inside, in single blanks."""
    said = " ".join(text.split())
    if node.text == said:
        return node
    span = node.written
    return Node(node.file, said, (span.start, span.end, None, None), node.path)
