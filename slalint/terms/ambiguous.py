"""Words that decide whether a promise is kept and that each side may read in its own way, where nothing explains them.

The words, what explains each and what hangs on it are data: ``words/<language>/ambiguous.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice

from slalint.model import Confidence, Node
from slalint.once import once
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import Definition, placeholders, wordlists
from slalint.terms.language import Structure
from slalint.terms.places import Places
from slalint.text import Passage, Table, sentences
from slalint.words.pieces import Pattern, Pieces, WordList


class Entry(NamedTuple):
    """One word of the list; the columns are explained in the file."""

    name: str
    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    weight: str
    defined_by: re.Pattern[str]
    near: re.Pattern[str]
    cured_by: re.Pattern[str]
    decides: tuple[str, str]
    why: str
    hint: str


class Ambiguity(NamedTuple):
    """The first use of a word that carries weight and is explained nowhere; ``number`` is the figure that it decides,
    as written, and ``subject`` what it defines, if that is what it does."""

    at: Node
    entry: Entry
    confidence: Confidence
    number: str = ""
    subject: str = ""
    others: tuple[str, ...] = ()  # all the words, where they are several of one kind in the same case

    @property
    def word(self) -> str:
        """The word itself: "available" of "not Available"."""
        word = self.others[0] if self.others else self.at.text
        return " ".join(word.lower().split()).removeprefix("not ")

    @property
    def message(self) -> str:
        with_number, without = self.entry.decides
        if "{term}" in with_number and self.subject:
            told = with_number.replace("{term}", f"“{self.subject}”")
            if re.search(r"[^\Wsu]s$", self.subject):
                told = re.sub(r"\bis$", "are", told)
        elif "{number}" in with_number and self.number:
            told = _told(with_number, self.number)
        else:
            told = without
        words = [f"“{' '.join(word.split())}”" for word in self.others or (self.at.text,)]
        if len(words) > 1:
            return f"{', '.join(words[:-1])} and {words[-1]} decide {told}, but are explained nowhere."
        return f"{words[0]} decides {told}, but is explained nowhere."


def _told(text: str, number: str) -> str:
    """What hangs on a word, with the figure: ``24-hour`` as “the 24 hours”, which are several, ``300`` as “the target
    of 300”."""
    number = re.sub(r"(?<=\w)-(?=[A-Za-z])", " ", number.lstrip("<>≤≥= ")).removeprefix("the ").removeprefix("The ")
    if number[:1].isalpha():
        number = number[0].lower() + number[1:]
    if number.startswith("next "):
        return text.replace("how to count {number}", "when {number} is").format_map(
            {"number": f"the {number}", "is": "is", "applies": "applies"}
        )
    if not number.strip("0123456789.,"):  # what it counts stands elsewhere
        return text.format_map({"number": f"the target of {number}", "is": "is", "applies": "applies"})
    one = re.match(r"(?:1|one)\b(?![.,]\d|\s*(?:to|-|–|or)\s*\w)", number) is not None
    if one:
        number = re.sub(r"(?i)\b(second|minute|hour|day|week|month|year)s$", r"\1", number)
    several = not one and re.search(r"(?<!percent)(?<!per cent)(?<=[a-z])$", number, re.I) is not None
    if several and re.search(r"\b(?:second|minute|hour|day|week|month)$", number, re.I):
        number += "s"
    return text.format_map(
        {"number": f"the {number}", "is": "are" if several else "is", "applies": "apply" if several else "applies"}
    )


@cache
def entries(language: str = "en") -> tuple[Entry, ...]:
    """The list of a language; empty where there is none."""
    return tuple([entry(index, language) for index in range(len(wordlists.entries(language, "ambiguous")))])


@cache
def _scales(language: str) -> frozenset[int]:
    """The entries that are the levels of a scale."""
    return frozenset([at for at, row in enumerate(wordlists.entries(language, "ambiguous")) if row[3] == "scale"])


@cache
def entry(index: int, language: str = "en") -> Entry:
    """One of the list: a text holds few of them."""
    row = wordlists.entries(language, "ambiguous")[index]
    name, stems, source, weight, defined_by, near, cured_by, decides, why, hint = row
    with_number, _, without = decides.partition("|")
    pattern = lazy(rf"(?<![\w-])(?:{source})(?!\w)", re.I)
    return Entry(
        name,
        tuple(stems.split(",")),
        pattern,
        weight,
        lazy(defined_by, re.I),
        lazy(near, re.I) if near else pattern,
        lazy(cured_by, re.I | re.S),
        (with_number, without or with_number),
        why,
        hint,
    )


class _Words(Pieces, file="ambiguous"):
    figure = Pattern()
    timed = Pattern()
    blank_time = Pattern()
    meets = Pattern()
    duty = Pattern()
    excepted = Pattern()
    handled = Pattern()
    credit = Pattern()
    denied = Pattern()
    pointer = Pattern()
    elsewhere = Pattern()
    measure = Pattern()
    leaves_out = Pattern()
    observed = Pattern()
    counted = Pattern()
    restricted = Pattern()
    classed = Pattern()
    coded = Pattern(absent="")
    level = Pattern()
    says_elsewhere = WordList()
    scales = WordList()


_REACH = 800
_BESIDE = 2000  # characters of what stands beside a word that are looked at
_ONE_MEASURE = ("uptime", "availability", "downtime")
_CLOCKS = ("business day", "business hours", "office hours")
_POINT_WITHIN = lazy(r"\.\w")
_BRACKET_NEXT = lazy(r"\s*\(([^()]{8,200})\)")
_LETTERS = lazy(r"[^\W\d_]{2,}")
_NEW_LINE = lazy(r"\n\s*(?:[A-Z\d]|$)")
_PAUSE = lazy(r"[,;]\s")
_DIGIT = lazy(r"\d")


def _level_word(name: str, words: _Words) -> str:
    """What tells a level from the others of its scale: ``high`` of "High priority", ``1`` of "Severity 1"."""
    match = _DIGIT.search(name) or words.level.search(name)
    return match.group().lower() if match else name.lower()


def _scale(table: Table, structure: Structure) -> list[Passage]:
    """The cells of a table's first row or column that name the levels of one scale."""
    header = [cell for cell in table.header if structure.is_level_name(cell.text)]
    if len(header) > 1:
        return header
    return [row[0] for row in table.rows if row and structure.is_level_name(row[0].text)]


def _whole(cell: Passage) -> Node:
    text = cell.text
    start = len(text) - len(text.lstrip(" *_"))
    return cell.part(start, max(len(text.rstrip(" *_:")), start))


def _levels(names: Sequence[Node], entry: Entry, together: bool = False) -> Ambiguity:
    """Levels that nothing describes: one finding, whose place is all of them where they stand ``together``."""
    told = tuple(dict.fromkeys(" ".join(name.text.split()) for name in names))
    first, last = names[0], names[-1]
    span = slice(first.written.start, last.written.end)
    place = Node(first.file, first.file.text[span], (span.start, span.stop, None, None), first.path)
    return Ambiguity(place if together else first, entry, "high", others=told)


class Text:
    """What is searched. The parts are asked for only where a word of the list occurs, so a form of agreement may work
    them out when they are: all but ``lowered`` by a subclass that overrides the properties."""

    def __init__(
        self, passages: Sequence[Passage] = (), tables: Sequence[Table] = (), definitions: Sequence[Definition] = ()
    ) -> None:
        self._passages = passages
        self.tables = tables  # what hangs together
        self.definitions = definitions

    @once
    def lowered(self) -> str:
        """All texts that are searched, in lower case and in any order, with ``\\0`` between them."""
        return "\0".join([passage.text for passage in self.passages]).lower()

    @once
    def words(self) -> frozenset[str]:
        """The words of ``lowered``, however they are written, with the punctuation beside them; or more than these."""
        return frozenset(self.lowered.replace("\0", " ").split())

    @property
    def other_words(self) -> frozenset[str]:
        """Those that are not among ``words``: what is known of the words of an agreement need not be found out again
        for a few more."""
        return frozenset()

    @once
    def named(self) -> Sequence[tuple[str, str]]:
        """The names that the definitions explain, with what is said of them. Letters spelled out, or a phrase marked in
        passing, say nothing about a meaning."""
        return [
            (name, definition.said or "")
            for definition in self.definitions
            if definition.form not in ("acronym", "in-passing")
            and (definition.said is not None or definition.form == "pointer")
            for name in definition.names
        ]

    @property
    def passages(self) -> Sequence[Passage]:
        return self._passages

    @once
    def places(self) -> Places:
        """In which of the passages an expression may match."""
        return Places(self.passages)

    @property
    def explained(self) -> Sequence[str]:
        """Names that are explained in another way, such as by a field of the data form."""
        return ()

    @property
    def measured(self) -> Sequence[tuple[str, str]]:
        """Names of measures, each with the words that say what is counted."""
        return ()

    @property
    def beside(self) -> Mapping[int, str]:
        """By the id() of a passage: the figure that it goes with."""
        return {}


def find(text: Text, language: str = "en") -> list[Ambiguity]:
    """One ambiguity per word and document, at the first use that carries weight; in the order of the text. Of two at
    one place the longer word stands."""
    found = sorted(_find(text, language), key=lambda one: (one.at.written.start, -one.at.written.end))
    kept: list[Ambiguity] = []
    for one in found:
        if any(one.word == other.word for other in kept):
            continue
        if not kept or one.at.written.end > kept[-1].at.written.end:
            kept.append(one)
    return _without_echoes(kept, text)


def _without_echoes(found: list[Ambiguity], text: Text) -> list[Ambiguity]:
    """Uptime, availability and downtime are one measure under three names, and what explains one explains the others:
    of those in one passage or row the first is enough, and a title needs none where the text below uses another."""
    measures = [one for one in found if one.entry.name in _ONE_MEASURE]
    if len(measures) < 2:
        return found
    passages = text.passages
    starts = [passage.start for passage in passages]
    seen: set[int] = set()
    echoes: set[int] = set()
    homes = [bisect_right(starts, one.at.written.start) - 1 for one in measures]
    below = any(passages[home].kind != "heading" for home in homes)
    for one, home in zip(measures, homes, strict=True):
        said = passages[home].start, -one.at.span.line  # the cells of a row share their line
        if seen.intersection(said) or (below and passages[home].kind == "heading"):
            echoes.add(id(one))
        seen.update(said)
    return [one for one in found if id(one) not in echoes]


def _find(text: Text, language: str) -> Iterator[Ambiguity]:
    whole = text.lowered
    known = _Words.of(language)
    hits = {index for index, _ in wordlists.found("ambiguous", whole, text.words, language, text.other_words)}
    classed = wordlists.may_hold(wordlists.LEVEL, text.words, language, text.other_words)
    if classed or text.tables:
        hits.update(_scales(language))
    search: _Search | None = None
    for one in [entry(index, language) for index in sorted(hits)]:
        scale = one.weight == "scale"
        if not scale and is_defined(one, text, language):
            continue
        if search is None:
            search = _Search(text, known, whole.replace("\0", "\n"))
        if scale:
            yield from search.levels(one, [*(name for name, _ in text.named), *text.explained], classed)
        else:
            found = search.first(one)
            if found is None or search.is_explained(one):
                continue
            if one.name in _CLOCKS and one.cured_by.search(search.whole):
                # Hours or days are stated, under another name: they may well be the ones meant.
                found = found._replace(confidence="medium")
            yield found


def is_defined(entry: Entry, text: Text, language: str = "en") -> bool:
    """Whether a definition, a field or what a measure counts settles a word."""
    known, by, itself = _Words.of(language), entry.defined_by, entry.pattern
    akin = []
    for name, said in text.named:
        if _is_named(by, name):
            if _is_itself(itself, name):
                return True
            akin.append((name, said))
    for name, said in akin:
        if _explains(entry, name, said, known):
            return True
    for name in text.explained:
        if _is_named(by, name) and _explains(entry, name, "", known):
            return True
    return any(_is_named(by, name) and not _leaves_open(entry, said, known) for name, said in text.measured)


def _explains(entry: Entry, name: str, said: str, words: _Words) -> bool:
    """Whether a definition of such a name settles the word: one of "Excluded Downtime" does not say what downtime is,
    nor does one of "Service Credit" that relies on a "Monthly Fee" say what that is."""
    if _is_itself(entry.pattern, name):
        return True
    relied_on = any(use.group()[0].isupper() and said[: use.start()].strip() for use in entry.pattern.finditer(said))
    return not relied_on and words.restricted.match(name) is None


@lru_cache(maxsize=4096)  # the agreements of a house define the same few terms
def _is_named(defined_by: re.Pattern[str], name: str) -> bool:
    return defined_by.search(name) is not None


@lru_cache(maxsize=4096)
def _is_itself(word: re.Pattern[str], name: str) -> bool:
    return word.match(name) is not None


def _leaves_open(entry: Entry, said: str, words: _Words) -> bool:
    """Whether an explanation only puts the question again: "minutes in which mail is available", with nothing that
    could be observed."""
    return entry.pattern.search(said) is not None and words.observed.search(said) is None


class _Search:
    def __init__(self, text: Text, words: _Words, whole: str) -> None:
        self.text = text
        self.words = words
        self.whole = whole  # in lower case, on lines
        self.spans: dict[int, list[tuple[int, int]]] = {}  # the sentences of each passage looked at
        self.passages = text.passages
        self.places = text.places
        self._told = dict(text.beside)  # what stands beside a passage, by its id()
        self._sections: set[int] = set()  # whose tables are told
        self._figures: dict[str, list[re.Match[str]]] = {}  # by the sentence

    @once
    def elsewhere(self) -> bool:
        """Whether words with a capital are explained elsewhere."""
        says = any(word in self.whole for word in self.words.says_elsewhere)
        return says and self.words.elsewhere.search(self.whole) is not None

    def _beside(self, passage: Passage) -> str | None:
        """What a figure or a table says beside a passage."""
        section = passage.section
        if passage.kind == "cell" and section is not None and id(section) not in self._sections:
            self._sections.add(id(section))
            for table in section.tables:
                self._read(table)
        return self._told.get(id(passage))

    def _read(self, table: Table) -> None:
        figures = [cell for cell in table.header if _DIGIT.search(cell.text)]
        for column, cell in enumerate(table.header):
            below = [row[column].text for row in table.rows if column < len(row)]
            below += [other.text for other in figures if other is not cell]
            self._told[id(cell)] = "\n".join(below)
        for row in table.rows:
            self._told.update(dict.fromkeys(map(id, row), "\n".join([cell.text for cell in row])))

    def _with(self, pattern: re.Pattern[str]) -> list[Passage]:
        """The passages in which a word may stand."""
        if getattr(pattern, "needs", ()):
            return self.places.passages(pattern)
        return [self.passages[index] for index in sorted(self.places.matching(pattern))]

    def first(self, entry: Entry) -> Ambiguity | None:
        """The first use that carries weight; of several in its passage the one that says most."""
        named = self._with(entry.pattern)
        for headings in (False, True):
            for passage in named:
                if (passage.kind == "heading") is not headings:
                    continue
                uses = [self._weigh(entry, passage, match) for match in entry.pattern.finditer(passage.text)]
                found = [use for use in uses if use is not None]
                if found:
                    return max(
                        found, key=lambda use: (use.confidence == "high", len(use.at.text), -use.at.written.start)
                    )
        return None

    def levels(self, entry: Entry, names: Sequence[str], classed: bool) -> Iterator[Ambiguity]:
        """The first level of a scale that carries targets while nothing says which cases belong to it. ``classed``:
        whether a sentence may name one."""
        words, structure = self.words, Structure.of(self.words.language)
        known = {_level_word(name, words) for name in names if structure.is_level_name(name)}
        for table in self.text.tables:
            cells = _scale(table, structure)
            unknown = [cell for cell in cells if _level_word(cell.text, words) not in known]
            many = len(unknown) > 1 and len(unknown) * 2 >= len(cells)
            if many and words.timed.search(self._beside(unknown[0]) or ""):
                yield _levels([_whole(cell) for cell in unknown], entry, unknown[0] in table.header)
                return
        found, homes = [], set()
        may_name = self.places.holding(*words.scales) | self.places.matching(words.coded) if classed else set()
        for passage in [self.passages[index] for index in sorted(may_name)]:
            for match in words.classed.finditer(passage.text) if passage.kind != "heading" else ():
                sentence, _ = self._sentence(passage, match.start())
                if words.timed.search(sentence) and _level_word(match["level"], words) not in known:
                    found.append(passage.part(*match.span("level")))
                    homes.add(id(passage))
        if len(found) > 1:
            yield _levels(found, entry, len(homes) == 1 and passage.kind != "string")

    def _weigh(self, entry: Entry, passage: Passage, match: re.Match[str]) -> Ambiguity | None:
        start, end = match.span()
        sentence, offset = self._sentence(passage, start)
        if self.words.denied.search(sentence) or self.words.pointer.match(passage.text, end):
            return None
        if _no_words(passage.text, start, end, self.words.language):
            return None
        if self.elsewhere and match.group()[0].isupper() and passage.text[:start].strip():
            return None
        if entry.name == "public holiday" and re.search(r"\b[A-Z]\w+\s+$", passage.text[:start]):
            return None  # the holidays of a named place
        around = self._around(passage)
        node = passage.part(start, end)
        if entry.weight == "definition":
            subject = self._defines(node)
            return Ambiguity(node, entry, "high", "", subject) if subject else None
        number = self._figure(entry, sentence, around, start - offset)
        if not number and not self._matters(entry, passage, sentence, around):
            return None
        sure: Confidence = "low" if entry.weight == "unsure" else "high" if number else "medium"
        return Ambiguity(node, entry, sure, number)

    def _figure(self, entry: Entry, sentence: str, around: str, at: int) -> str:
        """The figure that the word decides, as written: the nearest in its sentence, else the first beside or below
        it."""
        figure = self.words.figure
        figures = self._figures.get(sentence)
        if figures is None:
            figures = self._figures[sentence] = list(figure.finditer(sentence))
        found = [m for m in figures if _fits(entry, m)]
        if found:
            nearest = min(found, key=lambda m: _distance(sentence, at, m))
            return _written(nearest)
        match = next((m for m in figure.finditer(around) if _fits(entry, m)), None)
        return _written(match) if match else ""

    def _around(self, passage: Passage) -> str:
        """What a word in a heading or a cell stands for: what is below or beside it."""
        beside = self._beside(passage)
        if beside is not None:
            return beside[:_BESIDE]
        if passage.kind == "heading" and passage.section is not None and passage.section.level > 1:
            return "\n".join(p.text for p in islice(passage.section.all_passages(), 10))[:_BESIDE]
        return ""

    def _matters(self, entry: Entry, passage: Passage, sentence: str, around: str) -> bool:
        """Whether a use without a figure still binds somebody."""
        words = self.words
        if entry.weight == "any":
            return passage.kind != "heading"
        if entry.weight == "timed":
            return words.blank_time.search(sentence) is not None or words.meets.search(sentence) is not None
        if entry.weight == "excepted":
            titles = " ".join(passage.section.path()[-2:]) if passage.section is not None else ""
            binds = words.duty.search(sentence) is not None or words.excepted.search(f"{sentence} {titles}") is not None
            return passage.kind != "heading" and binds
        if entry.weight == "duty":
            return passage.kind != "heading" and words.duty.search(sentence) is not None
        if entry.weight == "handled":
            said = f"{sentence} {around}"
            return (
                passage.kind != "heading"
                and words.handled.search(said) is not None
                and words.duty.search(sentence) is not None
            )
        if entry.weight == "credit":
            return words.credit.search(sentence + around) is not None
        return False

    def _defines(self, node: Node) -> str:
        """The measure in whose definition a place lies."""
        at = node.written.start
        for definition in self.text.definitions:
            body = definition.body
            if (
                body is not None
                and body.written.start <= at < body.written.end
                and self.words.measure.search(definition.name)
            ):
                before = node.file.text[body.written.start : at]
                return "" if self.words.leaves_out.search(before) else definition.name
        return ""

    def _sentence(self, passage: Passage, at: int) -> tuple[str, int]:
        """The sentence around an offset, and where it starts; a line that stands for itself counts as one."""
        text = passage.text
        spans = self.spans.get(id(passage))
        if spans is None:
            spans = self.spans[id(passage)] = list(sentences(text, self.words.language))
        index = bisect_right(spans, at, key=lambda span: span[0]) - 1
        if index < 0:
            return text, 0
        start, end = spans[index]
        start, end = max(start, at - _REACH), min(end, at + _REACH)  # a text without full stops is no one sentence
        before, after = text.rfind("\n", start, at), text.find("\n", at, end)
        if before >= 0 and _stands_alone(text, before):
            start = before + 1
        if after >= 0 and _stands_alone(text, after):
            end = after
        return text[start:end], start

    def is_explained(self, entry: Entry) -> bool:
        """Whether a sentence, a row or a section that names the word says what it is."""
        named = self._with(entry.pattern)
        if any(self._explains(entry, passage) for passage in named):
            return True
        return entry.near is not entry.pattern and any(
            self._explains(entry, passage) for passage in self._with(entry.near) if passage not in named
        )

    def _explains(self, entry: Entry, passage: Passage) -> bool:
        text = passage.text
        match = None
        for match in entry.near.finditer(text):
            sentence, _ = self._sentence(passage, match.start())
            if _cures(entry, sentence, self.words) or _bracketed(text, match.end()):
                return True
        return match is not None and _cures(entry, self._around(passage), self.words)


def _no_words(text: str, start: int, end: int, language: str) -> bool:
    """Whether a word is part of an address (``outages@example.org``), or of what a blank asks for."""
    if (
        text[end : end + 1] == "@"
        or text[max(start - 1, 0) : start] in ("@", "/")
        or _POINT_WITHIN.match(text[end : end + 2])
    ):
        return True
    opened = text.rfind("[", max(start - 200, 0), start)
    if opened < 0:
        return False
    said = text[opened : end + 200]
    blank = next(placeholders.find(said, loose=True, language=language), None)
    return blank is not None and blank[1] > end - opened


def _cures(entry: Entry, text: str, words: _Words) -> bool:
    """Whether a text that names the word explains it."""
    return any(
        not (words.counted.match(cure.group()) and _leaves_open(entry, text[cure.end() :], words))
        for cure in entry.cured_by.finditer(text)
    )


def _bracketed(text: str, end: int) -> bool:
    """Whether an explanation in brackets follows: three words or more, or a list."""
    match = _BRACKET_NEXT.match(text[end : end + 220])
    return match is not None and len(_LETTERS.findall(match.group(1))) >= 3


def _stands_alone(text: str, newline: int) -> bool:
    """Whether the line behind a break begins anew rather than going on with the sentence."""
    return _NEW_LINE.match(text[newline : newline + 40]) is not None


def _distance(sentence: str, at: int, figure: re.Match[str]) -> tuple[bool, int]:
    """How far a figure is from a word: one behind a comma belongs to another clause."""
    between = sentence[figure.end() : at] if figure.end() <= at else sentence[at : figure.start()]
    return _PAUSE.search(between) is not None, min(abs(figure.start() - at), abs(figure.end() - at))


def _written(figure: re.Match[str]) -> str:
    return " ".join((figure["bare"] or figure.group()).rstrip(",.").split())


def _fits(entry: Entry, figure: re.Match[str]) -> bool:
    if entry.weight == "percent" or entry.name == "downtime":
        return figure["percent"] is not None
    if entry.weight == "timed":
        return figure["time"] is not None or figure["next"] is not None
    return True
