"""Words written as if they were defined, that are defined nowhere: capitalised terms, and abbreviations.

A capital shows a defined term only in a document that writes its terms so, and only where nothing else gives the
capital: no sentence start, heading, label, name, brand or title of a document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from slalint.model import Confidence, Node
from slalint.patterns import folded, lazy, may_match
from slalint.record import NamedTuple
from slalint.terms import Definition, ambiguous, placeholders, uses, wordlists
from slalint.terms.lexicon import inflections, is_capitalised, shown_words, singular, tokens, words
from slalint.terms.places import Places
from slalint.terms.uses import RUNNING, Run, Scan, capitals
from slalint.terms.vocabulary import is_plain
from slalint.text import Document, Passage
from slalint.words.hints import Hints
from slalint.words.pieces import NOTHING, Pattern, Pieces, WordList, WordSet


class Undefined(NamedTuple):
    """A term without a definition, at its first use. ``times``: how often it is used. ``elsewhere``: the document says
    that such terms are explained in another one."""

    at: Node
    text: str
    times: int
    confidence: Confidence
    elsewhere: bool = False


class _Words(Pieces, file="undefined"):
    convention = Pattern()
    elsewhere = Pattern()
    status_endings = WordList()
    itself = WordSet()
    itself_behind = WordSet()
    no_convention = WordSet()
    inside_names = WordSet()
    joins = WordSet()
    products = WordSet()

    @cached_property
    def hints(self) -> Hints:
        """Whether single words may be those of ``convention``."""
        needs = getattr(self.convention, "needs", ())[:1]
        return Hints(lambda each: all(any(map(folded(each).__contains__, need)) for need in needs), self.language)

    def is_convention(self, text: str) -> bool:
        """Whether a text says that it writes its terms with capitals."""
        return may_match(self.convention, folded(text)) and self.convention.search(text) is not None

    @cached_property
    def ambiguous(self) -> re.Pattern[str]:
        """All words that have a rule of their own."""
        sources = [row[2] for row in wordlists.entries(self.language, "ambiguous") if row[2] != NOTHING]
        return lazy("|".join(f"(?:{source})" for source in sources) or NOTHING, re.I)


_FORMULA = lazy(r"[\w)]\s[-−–/÷×*]\s\(?[A-Z]")
_STATED = ("means", "parenthetical", "naming", "pointer", "table", "label", "list", "data", "glossary")
_LONG = 60  # characters; no name of a field is longer
_ENOUGH = 3  # so many terms written with capitals show that it is done on purpose


def may_find(text: str, words: frozenset[str], definitions: Iterable[Definition], language: str = "en") -> bool:
    """Whether it is worth looking in all of a text (passages joined by ``\\0``) that holds such ``words``: for that
    it takes a capital behind a determiner, enough defined terms that may be there with their capitals, or a formula."""
    says = _Words.of(language)
    if (says.hints.among(words) and says.convention.search(text)) or ("=" in text and _FORMULA.search(text)):
        return True
    seen = set()
    for word, determined in capitals(text, language):
        if determined:
            return True
        seen.add(word)
    shown = 0
    for definition in definitions:
        forms = _shown_by(definition.name, bool(definition.aliases), language)
        shown += forms is not None and (not forms or not seen.isdisjoint(forms))
    return shown >= _ENOUGH


@lru_cache(maxsize=1024)  # the agreements of a house define the same terms
def _shown_by(name: str, aliased: bool, language: str) -> tuple[str, ...] | None:
    """The words of which one has to stand there with a capital, so that a term may show that terms are written so:
    empty where it may in any case, None where it never does."""
    if not (aliased or is_capitalised(name, language)):
        return None
    plain = name.strip()
    return inflections(plain.lower(), language) if plain.isalpha() and plain[1:].islower() and not aliased else ()


def find(scan: Scan, places: Places, names: Iterable[str] = (), fields: Iterable[str] = ()) -> list[Undefined]:
    """The capitalised terms that nothing defines, in the order of their first uses. ``names`` need no definition, nor
    do their parts: the parties', the services', the document's own title; nor do the names of ``fields``. ``places``:
    those of all passages."""
    language = scan.lexicon.language
    if all(run.initial and not run.acts for run in scan.runs) and not _has_formula(scan, places.all):
        return []
    judge = _Judge(scan, places, names, fields)
    groups: dict[tuple[str, ...], list[Run]] = {}
    for run in scan.runs:
        if judge.may_be_term(run):
            groups.setdefault((*run.words[:-1], singular(run.words[-1], language)), []).append(run)
    for key in [key for key in groups if key[0].endswith("'s") and key[1:] in groups]:
        del groups[key]  # "Client's Suite", where "Suite" is asked for already
    if not judge.is_convention(groups):
        groups = {k: runs for k, runs in groups.items() if judge.is_usual(runs) or any(r.operand for r in runs)}
    told = [(runs, confidence) for runs in groups.values() if (confidence := judge.confidence(runs)) is not None]
    if not told:
        return []
    says = _Words.of(language).elsewhere  # that its terms are explained in another document
    elsewhere = any(says.search(passage.text) for passage in places.passages(says))
    found = []
    for runs, confidence in told:
        # The first place where the capital is not the sentence's, if there is one.
        first = runs[0]
        node = first.passage.part(first.start, first.end)
        found.append(Undefined(node, first.text, len(runs), "low" if elsewhere else confidence, elsewhere))
    return sorted(found, key=lambda one: one.at.offset)


def _has_formula(scan: Scan, passages: Sequence[Passage]) -> bool:
    """Whether a formula reckons with words, and anything in the text, be it in a cell, has capitals of its own."""
    if not any(run.operand for run in scan.runs):
        return False
    all_runs = uses.scan(passages, scan.definitions, scan.lexicon.language, scan.lexicon, everywhere=True).runs
    return any(not run.initial or run.acts for run in all_runs)


class _Judge:
    def __init__(self, scan: Scan, places: Places, names: Iterable[str], fields: Iterable[str]) -> None:
        self.scan = scan
        self.whole = places.whole
        language = scan.lexicon.language
        self.language, self.words = language, _Words.of(language)
        self.names = words("names", language)
        self.nouns = words("nouns", language)
        self.documents = words("documents", language)
        self.definitions = ambiguous.Text((), (), [definition for _, definition in scan.lexicon.names])
        self.known = {_plain(name) for name in names}
        self.fields = {_plain(name) for name in fields} | self.known
        self.parts = "\0".join([f" {name} " for name in self.known])
        self.headings = {_titled(p.text) for p in places.all if p.kind == "heading"}
        self.judged: dict[str, bool] = {}  # by the text of a run: whether it may be a term

    def may_be_term(self, run: Run) -> bool:
        if run.passage.kind not in RUNNING or len(run.words) > 5:
            return False
        text = run.passage.text[run.start : run.end]
        known = self.judged.get(text)
        if known is None:
            known = self.judged[text] = self._may_name_a_term(run.words, text)
        if not known:
            return False
        phrase = " ".join(run.words)
        if phrase in self.words.itself and run.determiner not in self.words.itself_behind:
            return False  # "this Agreement" is the one at hand
        return not self._is_heading(phrase, run) and not self._has_own_rule(run)

    def _may_name_a_term(self, said: tuple[str, ...], text: str) -> bool:
        """Whether some words may be a term, by themselves."""
        phrase = " ".join(said)
        if phrase in self.documents or phrase in self.fields:
            return False
        if phrase not in self.nouns and f" {phrase} " in self.parts:
            return False
        if len(said) == 1 and phrase.endswith(self.words.status_endings):
            return False  # a status or a heading: "set to Accepted"
        if not self.words.inside_names.isdisjoint(said) and said[-1] in self.known:
            return False  # "Head of Sales"
        for word, shown in zip(said, shown_words(text), strict=False):
            if word in self.words.joins:
                continue
            if (
                word in self.names
                or not shown[1:].islower()
                or not is_plain(word.removesuffix("'s"), self.scan.written, self.language)
            ):
                return False
        return True

    def _has_own_rule(self, run: Run) -> bool:
        """Whether a phrase is left to the rule about words that must be explained. That rule says nothing of "Target
        Response Time" where another response time is explained."""
        text = run.passage.text[run.start : run.end]
        return any(
            entry.pattern.fullmatch(run.passage.text, run.start, run.end)
            and not (len(run.words) > 1 and ambiguous.is_defined(entry, self.definitions, self.language))
            for entry in _own_rules(text, self.language)
        )

    def _is_heading(self, phrase: str, run: Run) -> bool:
        """Whether a phrase only names a part of the text, as it is written there: "the limits under Exclusions"."""
        if run.determined and (len(run.words) > 1 or phrase in self.nouns):
            return False
        return _titled(run.text) in self.headings

    def is_convention(self, groups: dict[tuple[str, ...], list[Run]]) -> bool:
        """Whether the document writes its terms with capitals on purpose."""
        shown = {use.group for use in self.scan.uses if use.strength == "strong"}
        defined = sum(
            any(d.form in _STATED and is_capitalised(d.name, self.language) for d in group.definitions)
            and group.name.lower() not in self.words.no_convention
            for index, group in enumerate(self.scan.lexicon.groups)
            if index in shown
        )
        if defined >= _ENOUGH or self.words.is_convention(self.whole):
            return True
        roles = sum(
            any(not run.initial and run.determined for run in runs) and " ".join(runs[0].words) in self.nouns
            for runs in groups.values()
        )
        return defined + roles >= _ENOUGH

    def is_usual(self, runs: list[Run]) -> bool:
        """Whether a phrase is one that agreements define, and stands here as if this one had: "the Effective Date"."""
        phrase = runs[0].words
        return (
            len(phrase) > 1
            and " ".join(phrase) in self.nouns
            and any(run.determined and not run.initial for run in runs)
        )

    def confidence(self, runs: list[Run]) -> Confidence | None:
        if all(run.operand for run in runs):
            return "low"  # "Total Minutes" in a formula says most of what it means
        inside = [run for run in runs if not run.initial]
        noun = " ".join(runs[0].words) in self.nouns
        if len(runs) < 2 and (
            runs[0].compound or (len(runs[0].words) > 1 and runs[0].words[-1] in self.words.products)
        ):
            return None
        if not inside:
            # "Licensor grants" without an article is a name; "Customers can" is any plural at the start of a sentence.
            bare = runs[0].words[-1] == singular(runs[0].words[-1], self.language)
            return "medium" if noun and bare and any(run.acts for run in runs) else None
        if len(runs[0].words) == 1 and not noun and runs[0].words[0] in self.scan.written and len(inside) < 2:
            return None
        determined = any(run.determined for run in inside)
        if (len(inside) >= 2 and determined) or noun:
            return "high"
        return "medium" if len(inside) >= 2 or determined or len(runs[0].words) > 1 else "low"


@lru_cache(maxsize=4096)  # the agreements of a house write the same words with capitals
def _own_rules(text: str, language: str) -> tuple[ambiguous.Entry, ...]:
    """The words with a rule of their own that a phrase may be, by its clues."""
    small = folded(text)
    if not may_match(_Words.of(language).ambiguous, small):
        return ()
    return tuple([entry for entry in ambiguous.entries(language) if may_match(entry.pattern, small)])


# What must not stand before is looked at behind the first letter: so the search can skip to capitals.
_ACRONYM = lazy(r"[A-Z](?<![\w.@/&'’;-].)[A-Z0-9]{1,4}s?(?![\w@/’'&-]|;\w)")
_HAS_LOWER = lazy(r"[a-z]{3}")
# A clause in capitals within a passage that is not: four words or more, one of them too long for an abbreviation.
_SHOUTED = lazy(r"(?<![\w’'-])[A-Z][A-Z’'-]*(?:[\s,;:]{1,3}(?:[A-Z][A-Z’'-]*|\d[\d.]*)(?![\w’'-])){3,}")
_LONG_CAPITALS = lazy(r"[A-Z]{6}")


def acronyms(each_word: str, language: str = "en") -> set[str]:
    """The abbreviations, in lower case, that are not commonly known, among all words of a text, each once."""
    common, plain = words("acronyms", language), words("vocabulary", language)
    return {short for short in map(_short, _ACRONYM.findall(each_word)) if short not in common and short not in plain}


def find_acronyms(
    passages: Sequence[Passage], asked: set[str], explained: Iterable[str], language: str = "en"
) -> list[Undefined]:
    """Those of ``acronyms`` that are not spelled out, at their first use."""
    asked = asked.difference(*[_plain(name).split(" ") for name in explained])
    written = [short.upper() for short in asked]
    seen: dict[str, Undefined] = {}
    counts: Counter[str] = Counter()
    for passage in passages:
        text = passage.text
        if not any(map(text.__contains__, written)):
            continue
        said = _SHOUTED.sub(_quietly, text) if _LONG_CAPITALS.search(text) else text
        blanks: list[tuple[int, int]] | None = None
        for match in _ACRONYM.finditer(said):
            shown = match.group().removesuffix("s")
            counts[shown] += 1
            if shown.lower() not in asked or shown in seen or any(char.isdigit() for char in shown):
                continue
            if not _HAS_LOWER.search(text) and passage.kind != "cell":
                continue  # shouted
            blanks = list(placeholders.find(text, language=language)) if blanks is None else blanks
            before = bisect_right(blanks, (match.start(), len(text))) - 1
            if before >= 0 and match.start() < blanks[before][1]:
                continue  # "[name of the ATC]", "XXXX"
            seen[shown] = Undefined(passage.part(match.start(), match.end()), shown, 0, "medium")
    return [one._replace(times=counts[name]) for name, one in seen.items()]


def _quietly(run: re.Match[str]) -> str:
    return run.group().lower() if _LONG_CAPITALS.search(run.group()) else run.group()


def _short(shown: str) -> str:
    return shown.removesuffix("s").lower()


def fields_of(document: Document) -> Iterator[str]:
    """The names of a document's fields and columns: what stands beside or below explains them."""
    text = document.file.text
    for label in document.labels:
        behind = label.name.offset + len(label.name.raw)
        if len(label.name.text) < _LONG and "." not in text[behind : min(behind + 3, label.value.offset)]:
            yield label.name.text  # but "**Credits.** The Provider …" is a heading
    for table in document.tables:
        yield from (cell.text for cell in table.header if len(cell.text) < _LONG)


@lru_cache(maxsize=4096)  # the agreements of a house have the same titles and columns
def _titled(text: str) -> str:
    """A heading without its number, as it is written."""
    return " ".join(shown_words(text)).lstrip("0123456789 ")


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return " ".join(tokens(name).word)
