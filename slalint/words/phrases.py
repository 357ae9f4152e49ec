"""Phrases to look for in running text, written as people would say them, and found in one pass over the words.

    may terminate              these words, in any case, one after the other
    terminat~                  a word that starts so
    agreement|contract|sla     any of these
    this? agreement            a word that may be missing
    meet .. monthly            up to three words between; ``...`` up to ten
    @number days               a number, in figures or in words
    ^ review $                 only at the start and the end of the sentence, title or name
    @often review              any word of a group that the caller names

A phrase dictionary costs no compiling and grows with the text, not with the number of phrases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import overload

from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.words.pieces import Pieces, WordList, WordSet

_WORD = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*|[%$€£&]")
_GAPS = {"..": 3, "...": 10}
_NO_WORDS = frozenset((*_GAPS, "^", "$"))
_NUMBER = "#"
_MOST = 20_000  # words remembered
LONGEST = 60  # characters between two blanks; what is longer is told apart each time
_AT_HAND = 1_000  # texts of which the words may stay known from one file to the next
_LONG = 4  # letters of a word that may be rare
_COMMON = 1_000_000  # more phrases than hold a rare word


class Word(NamedTuple):
    """A word in lower case, without a possessive ending, and where it stands."""

    text: str
    start: int
    end: int


class _Language(Pieces, file="words"):
    numbers = WordSet()
    ampersand = WordList()
    endings = WordList()

    @cached_property
    def plain(self) -> _Plain:
        return _Plain(self)


class _Plain(dict[str, tuple[str, ...]]):
    """Words as they are compared, by what stands between two blanks; each is thought about once."""

    def __init__(self, known: _Language) -> None:
        super().__init__()
        self._numbers, self._endings = known.numbers, known.endings
        self._and = known.ampersand[0] if known.ampersand else "&"

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) > _MOST:
            self.clear()
        if written.isalpha():  # the commonest by far
            word = written.lower()
            found: tuple[str, ...] = (_NUMBER if word in self._numbers else word,)
        else:
            found = tuple(map(self._plain, _WORD.findall(written)))
        if len(written) <= LONGEST:
            self[written] = found
        return found

    def _plain(self, written: str) -> str:
        word = written.lower()
        if word.endswith(self._endings):
            word = word[: max(word.rfind("'"), word.rfind("’"))]
        elif word == "&":
            word = self._and
        if word[0].isdigit() or word in self._numbers:
            word = _NUMBER
        return word


class Words(Sequence[Word]):
    """The words of a text. Where they stand is asked of few, and told then."""

    __slots__ = ("_matches", "_spans", "_text", "_words", "present", "texts")

    def __init__(self, text: str, plain: Mapping[str, tuple[str, ...]]) -> None:
        self._text = text
        self._matches: Iterator[re.Match[str]] | None = None
        self._spans: list[tuple[int, int]] = []
        self._words: list[Word] | None = None
        self.texts = list(chain.from_iterable(map(plain.__getitem__, text.split())))
        self.present = frozenset(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._placed())

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        return self._placed()[index]

    def span(self, index: int) -> tuple[int, int]:
        """Where one of ``texts`` begins and ends."""
        spans = self._spans
        if len(spans) <= index:
            if self._matches is None:
                self._matches = _WORD.finditer(self._text)
            spans += [match.span() for match in islice(self._matches, index + 1 - len(spans))]
        return spans[index]

    def _placed(self) -> list[Word]:
        if self._words is None:
            if self.texts:
                self.span(len(self.texts) - 1)
            self._words = [Word(word, *span) for word, span in zip(self.texts, self._spans, strict=True)]
        return self._words


@lru_cache(maxsize=6_000)  # several readers look at the same sentences; so many has a document of 200 KB
def words(text: str, language: str = "en") -> Words:
    """The words, numbers and currency or per cent signs of a text; a hyphen separates words."""
    return Words(text, _Language.of(language).plain)


def plain_words(language: str = "en") -> Mapping[str, tuple[str, ...]]:
    """The words as phrases are compared with them, by what stands between two blanks of a text."""
    return _Language.of(language).plain


def written(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The words of a text as they are written, from an offset at which none has begun."""
    return _WORD.finditer(text, start)


def forget() -> None:
    """Between two files: what one of them has filled the memory with is of no use to the next."""
    if words.cache_info().currsize > _AT_HAND:
        words.cache_clear()


class Step(NamedTuple):
    """A word of a phrase: one of some, or one that begins with one of some stems."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: int  # how many words may stand before this one

    def all(self) -> tuple[str, ...]:
        return *self.whole, *self.stems


class Phrase:
    """A phrase taken apart: words that follow one another."""

    __slots__ = ("at_start", "first", "needs", "rest", "steps", "tag", "text")

    def __init__(self, tag: str, text: str, steps: tuple[Step, ...], at_start: bool, rest: int) -> None:
        self.tag = tag
        self.text = text
        self.steps = steps
        self.at_start = at_start
        self.rest = rest  # how many words may follow; negative: any number
        # A text without one word of each, beside its rarest, does not hold the phrase.
        self.needs: list[frozenset[str]] = []
        self.first = tuple(_firsts(steps))


class Hit(NamedTuple):
    """A phrase that was found: its tag, where it stands in the text, and the phrase as written in the list."""

    tag: str
    start: int
    end: int
    phrase: str


_NONE: Iterator[Hit] = iter(())


class Phrases:
    """A set of tagged phrases, ready to be looked for. ``add`` raises ``ValueError`` for a phrase without words."""

    def __init__(self, groups: Mapping[str, Iterable[str]] | None = None) -> None:
        self._groups = {f"@{name}": [str(word) for word in group] for name, group in (groups or {}).items()}
        self._groups["@number"] = [_NUMBER]
        self._given: list[tuple[str, str]] = []  # tags and phrases as they are written
        self._each: list[Phrase] = []  # those of them that are taken apart
        self._first = _ByWord()  # the phrases by the words that they may begin with
        self._rarest: _ByWord | None = None  # and by those of the step that is met least, made when first asked for
        self._idle: set[str] = set()  # words met that are no phrase's rarest

    def add(self, tag: str, phrases: Iterable[str]) -> None:
        for text in map(str, phrases):
            if all(part.endswith("?") or part in _NO_WORDS for part in text.split()):
                raise ValueError(f"a phrase needs a word: {text!r}")
            self._given.append((tag, text))
        self._rarest = None
        self._idle.clear()

    @property
    def each(self) -> list[Phrase]:
        """The phrases, taken apart when they are first asked for: most lists hold nothing that a text might hold."""
        for tag, text in self._given[len(self._each) :]:
            phrase = _compiled(tag, text, self._groups)
            self._each.append(phrase)
            for first in phrase.first:
                self._first.add(first, phrase)
        return self._each

    @property
    def written(self) -> str:
        """All that is written of the phrases: what is found with them depends on nothing else."""
        phrases = "\0".join(chain.from_iterable(self._given))
        groups = [f"{name}={'|'.join(words)}" for name, words in self._groups.items() if name in phrases]
        return "\n".join([phrases, *groups])

    def _by_rarest(self) -> _ByWord:
        """The phrases by the words of the step that tells most: short words and those that many phrases hold are the
        commonest."""
        if self._rarest is None:
            self._rarest = _ByWord()
            for phrase, (rarest, *others) in self._needed():
                phrase.needs = [step.whole for step in others if not step.stems]
                self._rarest.add(rarest, phrase)
        return self._rarest

    def _needed(self) -> Iterator[tuple[Phrase, list[Step]]]:
        """Each phrase with the steps that may not be missing, the one that tells most first."""
        held = Counter([word for phrase in self.each for step in phrase.steps for word in step.all()])
        often = {word: count + (_COMMON if len(word) < _LONG else 0) for word, count in held.items()}

        def met(step: Step) -> int:
            return max(map(often.__getitem__, step.all()), default=0)

        for phrase in self.each:
            yield phrase, sorted([step for step in phrase.steps if not step.optional], key=met)

    def needs(self) -> Iterator[tuple[str, list[tuple[frozenset[str], tuple[str, ...]]]]]:
        """Each phrase's tag with the words, and the beginnings of words, of which a text that holds the phrase has one:
        one such pair for each step, the one that tells most first."""
        for phrase, steps in self._needed():
            yield phrase.tag, [(step.whole, step.stems) for step in steps]

    def find(self, found: Words, but: Collection[str] = ()) -> Iterator[Hit]:
        """Every phrase in a text's words, in the order of their first words; ``but`` those with these tags."""
        # Most sentences hold no phrase: the words that are worth a look tell, and there are few of them.
        present = found.present
        if present <= self._idle:
            return _NONE
        held: set[Phrase] = set()
        rarest = self._rarest or self._by_rarest()
        for word in present - self._idle:
            phrases = rarest.at(word)
            if not phrases:
                self._rest(word)
            for phrase in phrases:
                if phrase.tag in but:
                    continue
                for need in phrase.needs:
                    if need.isdisjoint(present):
                        break
                else:
                    held.add(phrase)
        return self._hits(found, held) if held else _NONE

    def _rest(self, word: str) -> None:
        if len(self._idle) > _MOST:
            self._idle.clear()
        self._idle.add(word)

    def _hits(self, found: Words, held: set[Phrase]) -> Iterator[Hit]:
        texts = found.texts
        begin: set[str] = set()  # words that one of them may begin with
        for phrase in held:
            for step in phrase.first:
                begin |= found.present if step.stems else step.whole
        for index, word in enumerate(texts):
            if word not in begin:
                continue
            for phrase in self._first.at(word):
                if phrase in held and not (index and phrase.at_start):
                    last = _match(phrase, texts, index)
                    if last >= 0:
                        end = found.span(last - 1)[1]
                        yield Hit(phrase.tag, found.span(index)[0], end, phrase.text)


class _ByWord:
    """Phrases by the words of one of their steps."""

    __slots__ = ("_known", "_lengths", "_stems", "_whole")

    def __init__(self) -> None:
        self._whole: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._lengths: tuple[int, ...] = ()  # of the stems
        self._known: dict[str, list[Phrase]] = {}  # by word, filled as words are met

    def add(self, step: Step, phrase: Phrase) -> None:
        for word in step.whole:
            self._whole.setdefault(word, []).append(phrase)
        for stem in step.stems:
            self._stems.setdefault(stem, []).append(phrase)
            if len(stem) not in self._lengths:
                self._lengths = tuple(sorted((*self._lengths, len(stem))))
        self._known.clear()

    def at(self, word: str) -> list[Phrase]:
        known = self._known.get(word)
        if known is None:
            known = list(self._whole.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                known += self._stems.get(word[:length], ())
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[word] = known
        return known


def _compiled(tag: str, text: str, groups: Mapping[str, list[str]]) -> Phrase:
    steps: list[Step] = []
    gap = 0
    parts = text.lower().split()
    at_start, at_end = parts[:1] == ["^"], parts[-1:] == ["$"]
    for part in parts[at_start : len(parts) - at_end]:
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        options = part.rstrip("?").split("|")
        stems: tuple[str, ...] = ()
        if "@" in part:
            options = [word for option in options for word in groups.get(option, (option,))]
        if "@" in part or "~" in part:
            stems = tuple([option[:-1] for option in options if option.endswith("~")])
            options = [option for option in options if not option.endswith("~")]
        steps.append(Step(frozenset(options), stems, part.endswith("?"), gap))
        gap = 0
    return Phrase(tag, text, tuple(steps), at_start, gap if at_end else -1)


def _firsts(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps that the phrase may begin with: the optional ones at its start and the first that must be there."""
    for step in steps:
        yield step
        if not step.optional:
            return


def _match(phrase: Phrase, texts: list[str], index: int) -> int:
    """The index after the phrase's last word where it stands at ``index``, else -1. The phrase and its gaps are short,
    so is the search."""
    steps, size = phrase.steps, len(texts)
    open_ends = [(0, index, True)]
    while open_ends:
        step_index, at, first = open_ends.pop()
        if step_index == len(steps):
            if phrase.rest < 0 or at + phrase.rest >= size:
                return at
            continue
        whole, stems, optional, gap = steps[step_index]
        if optional:
            open_ends.append((step_index + 1, at, first))
        for place in range(min(at + (0 if first else gap), size - 1), at - 1, -1):
            word = texts[place]
            if word in whole or (stems and word.startswith(stems)):
                open_ends.append((step_index + 1, place + 1, False))
    return -1
