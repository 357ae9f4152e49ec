"""Words that take the edge off a duty, so that nobody can tell afterwards whether it was met.

The words, with what makes each harmless, are data: ``words/<language>/vague.tsv``, and in the same form ``weak.tsv``
with the verbs that make advice of a duty. They are looked for only where somebody owes something, and never in a
heading, in words quoted, or where the document tells of itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate

from slalint.model import Confidence, Node, Observation
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.terms import Definition, wordlists
from slalint.text import Passage, sentences
from slalint.words.pieces import Pattern, Pieces


class Kind(NamedTuple):
    """What is wrong with a word: ``says`` follows the word in the message."""

    name: str
    says: str
    why: str
    hint: str


class Entry(NamedTuple):
    """One word of the list; the columns are explained in the file."""

    name: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    kind: Kind
    exact: re.Pattern[str] | None


class Vague(NamedTuple):
    """A vague word in a duty, or in the explanation of a term: then ``explains`` is that term. ``at`` is the whole
    value where that is written in another way than it reads; ``word`` is the word itself."""

    at: Node
    entry: Entry
    word: str
    sentence: str
    confidence: Confidence = "high"
    explains: str = ""

    @property
    def observation(self) -> Observation:
        """What there is to say about the word where it stands in a duty."""
        kind = self.entry.kind
        message = f"“{self.word}” {kind.says}."
        return Observation(self.at, message, why=kind.why, hint=kind.hint, confidence=self.confidence, key=self.word)


@cache
def entries(language: str = "en", name: str = "vague") -> tuple[Entry, ...]:
    """A list of a language; empty where there is none."""
    kinds = {row[0]: Kind(*row) for row in wordlists.rows(language, name) if len(row) == 4}
    return tuple(
        Entry(name, tuple(starts.split(",")), _spaced(pattern), kinds[kind], _spaced(exact) if exact else None)
        for name, starts, pattern, kind, exact in wordlists.entries(language, name)
    )


def _spaced(pattern: str) -> re.Pattern[str]:
    """A pattern in which a space stands for any white space: lines break anywhere, and markup leaves blanks."""
    return lazy(pattern.replace(" ", r"\s+"), re.I)


class _Words(Pieces, file="vague"):
    has_length = Pattern()
    deadline = Pattern()
    opening = Pattern()
    often = Pattern()
    figure = Pattern()
    duty = Pattern()
    deed = Pattern()
    binding = Pattern()
    of_itself = Pattern()
    duties = Pattern()
    aside = Pattern()
    outside = Pattern()
    excludes = Pattern()

    @cached_property
    def cures(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        """What makes a word exact, by its kind."""
        return {
            "time": (self.deadline,),
            "often": (self.often, self.has_length),
            "notice": (self.has_length,),
            "degree": (self.has_length, self.figure),
        }


_BINDING_KEYS = frozenset(
    ("policies", "obligations", "responsibilities", "remedies", "escalation", "maintenance", "reporting")
)
_QUOTES = lazy(r"“[^”]{1,200}”|\"[^\"]{1,200}\"|‘[^’]{1,200}’")
_REACH = 400  # characters of a sentence that are looked at on either side of a word
_DOING = ("time", "often", "notice", "intent")  # what can only be said of something to be done


def find(
    passages: Sequence[Passage],
    definitions: Iterable[Definition] = (),
    language: str = "en",
    name: str = "vague",
    words: frozenset[str] | None = None,
) -> list[Vague]:
    """The words of a list in duties, exclusions and explanations, in the order of the text. ``words``: those of the
    text, however they are written, or more, where they are known."""
    hits = list(_scan(passages, language, name, words))
    if not hits:
        return []
    says = _Words.of(language)
    known = _Explained(definitions, says)
    found = []
    seen: set[tuple[int, int, str]] = set()  # a word twice in one sentence is one thing to mend
    parsed: Passage | None = None
    ends: list[int] = []  # of its sentences
    for passage, entry, start, end in hits:
        if passage is not parsed:
            parsed, ends = passage, [b for _, b in sentences(passage.text, language)]
        index = bisect_right(ends, start)
        a = max(ends[index - 1] if index else 0, start - _REACH)
        b = min(ends[index] if index < len(ends) else len(passage.text), end + _REACH)
        word = " ".join(passage.text[start:end].split())
        if (id(passage), index, word.lower()) in seen or known.settles(word):
            continue
        seen.add((id(passage), index, word.lower()))
        a += len(passage.text[a:b]) - len(passage.text[a:b].lstrip())
        sentence = passage.text[a:b]
        if not _is_open(entry, sentence, start - a, end - a, says):
            continue
        place = known.at(passage.start + start)
        if place is not None and not _is_owed_there(entry, place, passage, start, says):
            found.append(Vague(passage.part(start, end), entry, word, sentence, "high", " ".join(place.term.split())))
        elif confidence := "high" if place is not None else _owed(entry, sentence, passage, says):
            found.append(Vague(passage.part(start, end), entry, word, sentence, confidence))
    return found


def in_explanations(
    definitions: Iterable[Definition], language: str = "en", words: frozenset[str] | None = None
) -> list[Vague]:
    """The vague words on which explanations rest; those of a duty or an exclusion in one are left to ``find``.
    ``words``: see there."""
    explained = [one for one in definitions if one.said is not None and one.form not in ("acronym", "in-passing")]
    text = "\0".join([one.said for one in explained if one.said is not None])
    if words is not None and not may_find(text, _small(text), words, language):
        return []
    bodies = [Passage(one.body, one.body.text, "description") for one in explained if one.body is not None]
    return [found for found in find(bodies, explained, language, words=words) if found.explains]


def may_find(text: str, lower: str, words: frozenset[str], language: str = "en", name: str = "vague") -> bool:
    """Whether a word of the list stands anywhere in a text, given with the same in lower case and its words."""
    return any(_hits(text, lower, words, language, name))


def _hits(
    whole: str, lower: str, words: frozenset[str], language: str, name: str
) -> Iterator[tuple[int, int, int, Entry]]:
    """The rank, the start, the end and the entry of every word of the list, however they overlap."""
    lower = lower.replace("\n", " ")
    begun = wordlists.found(name, lower, words, language)
    if begun and len(lower) != len(whole):
        lower = _small(whole).replace("\n", " ")
    listed = entries(language, name) if begun else ()
    for rank, start in begun:
        entry = listed[rank]
        at = lower.find(start)
        while at >= 0:
            if not at or not (lower[at - 1].isalnum() or lower[at - 1] in "-_"):
                match = entry.pattern.match(whole, at)
                if match is not None:
                    yield rank, at, match.end(), entry
            at = lower.find(start, at + 1)


def _small(text: str) -> str:
    """A text in small letters, of the same length: of all capitals only one becomes two letters."""
    return text.replace("\u0130", "i").lower()


def _scan(
    passages: Sequence[Passage], language: str, name: str, words: frozenset[str] | None
) -> Iterator[tuple[Passage, Entry, int, int]]:
    """Every word of the list, wherever it stands, in the order of the text; of two that overlap, the first listed."""
    texts = [passage.text for passage in passages]
    whole = "\0".join(texts)
    lower = _small(whole)
    if words is None:
        words = frozenset(lower.replace("\0", " ").split())
    hits = list(_hits(whole, lower, words, language, name))
    if not hits:
        return
    kept = []
    taken = bytearray(len(whole))
    for _, at, end, entry in sorted(hits, key=lambda hit: hit[:2]):
        if 1 not in taken[at:end]:
            taken[at:end] = b"\x01" * (end - at)
            kept.append((at, end, entry))
    begins = list(accumulate([len(text) + 1 for text in texts], initial=0))
    for at, end, entry in sorted(kept, key=lambda hit: hit[0]):
        index = bisect_right(begins, at) - 1
        passage, begin = passages[index], begins[index]
        counts = passage.kind not in ("heading", "term", "code") and not _is_guidance(passage.text)
        if counts and end - begin <= len(passage.text):
            yield passage, entry, at - begin, end - begin


class _Place(NamedTuple):
    start: int
    end: int
    form: str
    term: str


class _Explained:
    """The explanations of a text: where they stand, and which words they give a measure for."""

    def __init__(self, definitions: Iterable[Definition], words: _Words) -> None:
        self._measures = (words.has_length, words.often, words.figure)
        self._places: list[_Place] = []
        self._said: dict[str, str] = {}
        for one in definitions:
            if one.body is None or one.form in ("acronym", "in-passing"):
                continue
            said, start = one.body.text, one.body.offset
            self._places.append(_Place(start, start + len(said), one.form, one.name))
            self._said[one.name.lower()] = said
        self._places.sort()
        self._starts = [place.start for place in self._places]

    def settles(self, word: str) -> bool:
        """Whether the word is explained by something to measure it by."""
        said = self._said.get(word.lower())
        return said is not None and any(pattern.search(said) for pattern in self._measures)

    def at(self, offset: int) -> _Place | None:
        index = bisect_right(self._starts, offset) - 1
        return self._places[index] if index >= 0 and offset < self._places[index].end else None


def _is_guidance(text: str) -> bool:
    """Whether a text stands in brackets as a whole: what a template tells its author, not what anybody owes."""
    return text[:1] == "[" and text.rstrip()[-1:] == "]"


def _is_open(entry: Entry, sentence: str, start: int, end: int, words: _Words) -> bool:
    """Whether nothing in its sentence makes the word exact."""
    # A length of time in an earlier clause tells when something is due ("missed twice within six months, …"), unless
    # the sentence opens with it.
    timed = entry.kind.name == "time" and not words.opening.match(sentence)
    earlier = sentence.rfind(",", 0, start) + 1 if timed else 0
    if sentence.endswith("?") or any(cure.search(sentence, earlier) for cure in words.cures.get(entry.kind.name, ())):
        return False
    if any(quote.start() < start and end < quote.end() for quote in _QUOTES.finditer(sentence)):
        return False
    exact = entry.exact.finditer(sentence) if entry.exact is not None else ()
    return not any(longer.start() <= start and end <= longer.end() for longer in exact)


def _is_owed_there(entry: Entry, place: _Place, passage: Passage, start: int, words: _Words) -> bool:
    """Whether a word in an explanation is a duty or an exclusion all the same."""
    if words.excludes.search(passage.text, max(place.start - passage.start, start - _REACH, 0), start):
        return True
    if entry.kind.name == "effort":
        return True
    return entry.kind.name in _DOING and place.form in ("label", "list", "table", "heading")


def _owed(entry: Entry, sentence: str, passage: Passage, words: _Words) -> Confidence | None:
    """How sure it is that the sentence says what somebody owes; None where it does not."""
    titles = passage.section.path() if passage.section is not None else ()
    if any(words.outside.search(title) for title in titles):
        return None
    path = passage.node.path
    if entry.kind.name == "effort" or not _BINDING_KEYS.isdisjoint(path):
        return "high"
    if "goals" in path or words.of_itself.match(sentence) or any(words.aside.search(title) for title in titles):
        return "high" if words.binding.search(sentence) else None
    if entry.kind.name == "intent" or words.duty.search(sentence) or any(map(words.duties.search, titles)):
        return "high"
    if entry.kind.name in _DOING and words.deed.search(sentence):
        return "high"
    # Items and cells say what is owed in half a sentence, but not all of them do.
    listed = passage.kind in ("item", "cell", "description") or (path and isinstance(path[-1], int))
    return "medium" if listed else None
