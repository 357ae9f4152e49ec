"""Blanks that a template left behind: ``[Client]``, ``{{name}}``, ``TBD``, ``____``, ``X leads``.

A bracket is a blank only if it says what is to be filled in, for brackets have many other uses: links, footnotes,
check boxes, citations, words put into a quotation. In a document that is known to have such blanks (``loose``), any
bracket that is none of these counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from slalint.patterns import folded, lazy
from slalint.words.hints import Hints
from slalint.words.pieces import Part, Pattern, Pieces, WordList, WordSet


class _Words(Pieces, file="placeholders"):
    noun = Pattern()
    asking = Pattern()
    remark = Pattern()
    small = WordSet()
    after_head = Pattern()
    quantity = Pattern()
    before_quantity = Pattern()
    unit = Part()
    variable = Part()
    to_be = Part()
    named = Part()
    maybe = WordList()
    begins = Part()
    whole = Part()
    open_begins = Part()
    nothing = Part()
    none = Part()
    letters = WordSet()
    request = Pattern()
    around = Pattern()
    order = Pattern()
    question = Pattern()

    @cached_property
    def blank(self) -> re.Pattern[str]:
        return lazy(
            r"(?P<braces>\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{1,80}\}|<<[^<>\n]{1,80}>>)"
            r"|(?P<angle><(?P<inner>[A-Za-z][A-Za-z0-9 _/.,'’-]{0,60})>)"
            r"|(?P<bracket>\[)"
            r"|(?P<line>(?<![^\W_])_{3,}(?![^\W_])|(?<!\.)\.{6,}(?!\.|\s*\d+\s*$)|…{2,})"
            r"|(?P<word>(?<![\w.@/-])"
            r"(?:TB[ADC]|t\.\s?b\.\s?[adc]\.?|TODO|FIXME|EDIT[_-]?ME|CHANGE[_-]?ME|XXX+|lorem\s+ipsum)(?![\w@/-]))"
            rf"|(?P<open>(?:(?<=[:(|–—])\s*|^\s*)(?P<tobe>{self.to_be})(?=\s*(?:$|[.;,)\]|])))"
            rf"|(?P<count>\b(?:X{{1,4}}|YY?|ZZ?|NN)(?=\s?%)|\b(?:X{{1,4}}|NN)(?=\s{self.unit}\b))"
            rf"|(?P<named>(?<![\w“\"‘']){self.named})"
        )

    @cached_property
    def number_after(self) -> re.Pattern[str]:
        return lazy(rf"\s?(?:%|{self.unit})")

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """What every blank has somewhere but for those in words. Each begins with a letter or sign that is rare in
        running text, so that the search jumps from one to the next: as long as no group stands around the branches."""
        return lazy(
            r"\[|\{\{|\$\{|<<|<[A-Za-z]|___|\.(?:\.\.\.\.\.|(?<=\bt.)\s?b)|……|TB[ADC]|TODO|FIXME|EDIT|CHANGE|XXX|"
            r"X[\s%]|Y[\s%]|Z[\s%]|NN[\s%]",
            re.S,
        )

    @cached_property
    def word_signs(self) -> re.Pattern[str]:
        """``signs`` for a text of which only the words are given, each with a blank behind it."""
        return lazy(
            r"\[|\{\{|\$\{|<<|<[A-Za-z]|___|\.(?:\.\.\.\.\.|(?<=\bt.)[\sb])|……|TB[ADC]|TODO|FIXME|EDIT|CHANGE|XXX|"
            r"X[\s%]|Y[\s%]|Z[\s%]|NN[\s%]",
            re.S,
        )

    @cached_property
    def in_words(self) -> tuple[re.Pattern[str], ...]:
        """What those in words have, in small letters. They are looked for one by one, for each begins with letters to
        which a search jumps."""
        return *self.in_one, *self.in_several

    @cached_property
    def in_one(self) -> tuple[re.Pattern[str], ...]:
        """What stands in one word, whatever is around it."""
        return tuple([lazy(source) for source in ("lorem", *self.maybe) if _LETTERS.fullmatch(source)])

    @cached_property
    def in_several(self) -> tuple[re.Pattern[str], ...]:
        """What looks at the words around."""
        return tuple([lazy(source, re.S) for source in self.maybe if not _LETTERS.fullmatch(source)])

    @cached_property
    def hints(self) -> Hints:
        """What tells of words whether one has a sign of a blank that it takes no other words to tell."""
        return Hints(
            lambda words: bool(self.word_signs.search(words)) or _any(self.in_one, folded(words)), self.language
        )

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        return lazy(rf"[\[{{<_.…$]|TB|t\.|TODO|FIXME|EDIT|CHANGE|XX|lorem|[XYZN]+\s?%|[XN]+ |{self.begins}")

    @cached_property
    def filled(self) -> set[str]:
        """Texts that ``all_filled`` has cleared: the agreements of a house name the same things."""
        return set()

    @property
    def _only_blank(self) -> str:
        return (
            r"(?:\?+|…|\.{3,}|[xX]{2,}|n\.\s?n\.?|(?-i:NN)|tb[acd]\.?|yyyy-mm-dd|dd[./-]mm[./-]yyyy|mm/dd/yyyy|todo|fixme|"
            rf"changeme|editme|{self.whole})[.!]?"
        )

    @cached_property
    def only_blank(self) -> re.Pattern[str]:
        return lazy(self._only_blank, re.I)

    @property
    def _says_nothing(self) -> str:
        return rf"(?:n\.?\s?[/.]\s?a\.?|na|[-–—]+|{self.nothing})[.!]?"

    @cached_property
    def says_nothing(self) -> re.Pattern[str]:
        return lazy(self._says_nothing, re.I)

    @cached_property
    def says_none(self) -> re.Pattern[str]:
        return lazy(rf"{self.none}[.!]?", re.I)

    @cached_property
    def may_be_open(self) -> re.Pattern[str]:
        """What leaves its question open in any of these ways, or is nothing but a line to write on, in small letters
        between two ``\\0``. Most texts begin with other letters."""
        either = f"{self._says_nothing}|{self.none}[.!]?|{self._only_blank}".replace("(?-i:NN)", "nn")
        begins = rf"[^a-z\d]|n\.?\s?[n/.]|na|xx|tb[acd]|yyyy|dd|mm|todo|fixme|changeme|editme|{self.open_begins}"
        around = _AROUND.replace("_", "")
        return lazy(rf"\0(?:[{_AROUND}]*+(?={begins})(?:{either})[{_AROUND}]*+|[{around}]*+_[{_AROUND}]*+)\0")

    @cached_property
    def starts(self) -> frozenset[str]:
        """The characters that a value which is nothing but a blank may begin with."""
        return _SIGNS | self.letters | frozenset(map(str.upper, self.letters))


_LETTERS = lazy(r"[a-z]+(?:\\b)?")
_SIGNS = frozenset("[{<_.…$?*\"'‘“xXtTyYdDmMnNfFcCeElLzZ")  # TBD, XX, YYYY-MM-DD, lorem ipsum …
_FILLER = lazy(r"[\s_.…●•*?xX#/%-]*")
_EITHER_BRACKET = lazy(r"[\[\]]")
_ADDRESS = lazy(r":\s*(?:<|https?:|mailto:|/|\.|#)")

_TAG = frozenset(
    "a abbr b big blockquote body br button caption center cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link main "
    "mark meta nav ol p pre q s samp script section small span strike strong style sub summary sup svg table tbody td "
    "tfoot th thead tr tt u ul var video".split()
)


_MOST, _LONGEST = 4096, 120  # texts that are known to hold no blank, and characters of each
_AROUND = " \t\r\n*_\"'‘’“”"


def only_placeholder(text: str, language: str = "en") -> bool:
    """Whether a value says nothing but "to be filled in". Empty text is no placeholder; it is nothing."""
    starts = _Words.of(language).starts
    if text[:1] not in starts or len(text) > 120:
        text = text.strip()
        if text[:1] not in starts or len(text) > 120:
            return False
    return _is_blank(text, language)


def says_nothing(text: str, none: bool, language: str = "en") -> bool:
    """Whether a value leaves its question open: blanks, ``n/a``, a dash, ``see contract``; with ``none`` also that
    word, which elsewhere is an answer. Empty text is nothing at all, and no such value."""
    return len(text) <= 120 and _leaves_open(text, none, language)


@lru_cache(maxsize=4096)
def _leaves_open(text: str, none: bool, language: str) -> bool:
    bare = text.strip(_AROUND)
    words = _Words.of(language)
    nothing = words.says_nothing.fullmatch(bare) or (none and words.says_none.fullmatch(bare))
    return bool(nothing) or only_placeholder(text, language)


@lru_cache(maxsize=4096)  # several rules ask about the same few names
def _is_blank(text: str, language: str) -> bool:
    bare = text.strip(_AROUND)
    if not bare:
        return len(text.strip()) >= 3 and "_" in text
    words = _Words.of(language)
    if words.only_blank.fullmatch(bare):
        return True
    if not words.beginning.match(bare):
        return False
    rest, last = [], 0
    for start, end in find(bare, loose=True, language=language):
        rest.append(bare[last:start])
        last = end
    return last > 0 and not re.search(r"\w", "".join(rest) + bare[last:])


def may_hold_one(text: str, language: str = "en") -> bool:
    """Whether it is worth looking for blanks in a text; most are cleared by this alone."""
    words = _Words.of(language)
    if words.signs.search(text) is not None:
        return True
    return _any(words.in_words, text.lower())


def _any(patterns: Iterable[re.Pattern[str]], text: str, start: int = 0) -> bool:
    """Whether one of some patterns is found in a text."""
    for pattern in patterns:  # a third of the time that ``any`` takes with a generator
        if pattern.search(text, start) is not None:
            break
    else:
        return False
    return True


def worth_a_look(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Where in a long text something stands that every blank has somewhere; what holds none of it, holds no blank."""
    return _worth(text, text.replace("\u0130", "i").lower(), _Words.of(language))  # the one letter that gets longer


def _worth(text: str, small: str, words: _Words) -> list[tuple[int, int]]:
    found = [match.span() for match in words.signs.finditer(text)]
    return [*found, *(match.span() for pattern in words.in_words for match in pattern.finditer(small))]


def _holds_one(text: str, language: str) -> bool:
    """Whether there is a blank in a text, however its brackets are taken."""
    return any(next(find(text, loose, language), None) is not None for loose in (True, False))


def all_filled(
    texts: Iterable[str], language: str = "en", wording: str = "", words: frozenset[str] = frozenset()
) -> bool:
    """Whether one look tells that none of the texts holds a blank or leaves its question open: it does of most
    agreements. ``wording``: more of them, joined by ``\\0``, with their words."""
    known = _Words.of(language)
    new = set(texts) - known.filled
    others = "\0".join(new)
    written = f"\0{wording}\0{others}\0"
    small = folded(written)
    may_hold_one = (
        known.hints.among(words)
        or known.signs.search(others) is not None
        or _any(known.in_one, small, len(wording) + 1)
        or _any(known.in_several, small)
    )
    if may_hold_one and any(
        _holds_one(text, language) for text in _texts_around(written, _worth(written, small, known))
    ):
        return False
    if known.may_be_open.search(small) is not None:
        return False
    if len(known.filled) > _MOST:
        known.filled.clear()
    known.filled.update([text for text in new if len(text) <= _LONGEST])
    return True


def holds_one(wording: str, language: str = "en") -> bool:
    """Whether there is a blank in one of some texts, which ``\0`` joins."""
    texts = _texts_around(f"\0{wording}\0", worth_a_look(f"\0{wording}\0", language))
    return any(next(find(text, language=language), None) is not None for text in texts)


def _texts_around(joined: str, places: Iterable[tuple[int, int]]) -> set[str]:
    """Those of some texts, between ``\0``, that hold one of some places."""
    found: set[str] = set()
    end = 0
    for at, _ in sorted(places):
        if at >= end:  # not in a text that is known already
            end = joined.find("\0", at)
            found.add(joined[joined.rfind("\0", 0, at) + 1 : end])
    return found


def find(text: str, loose: bool = False, language: str = "en") -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each blank in a text, outermost only, in order."""
    if not may_hold_one(text, language):
        return
    words = _Words.of(language)
    at = 0
    ends: dict[int, int] | None = None
    of_text: dict[str, bool] = {}  # what is asked of all the text, for each letter or tag once
    while (match := words.blank.search(text, at)) is not None:
        start, end = match.span()
        kind = match.lastgroup
        if kind == "bracket":
            ends = _closing(text, start) if ends is None else ends
            closed = ends.get(start, 0)
            at = start + 1
            if closed and _is_blank_bracket(text, start, closed, loose, words):
                yield start, closed
                at = closed
            continue
        at = end
        if match["angle"] is not None:
            if _is_blank_tag(text, match["inner"], words, of_text):
                yield start, end
        elif match["count"] is not None:
            after = words.number_after.match(text, end)
            letter = match["count"]
            if letter not in of_text:
                of_text[letter] = re.search(rf"{words.variable}\s+{letter}\b|\b{letter}\s*=", text) is not None
            if not of_text[letter]:
                yield start, after.end() if after else end
        elif match["tobe"] is not None:
            yield match.span("tobe")
        else:
            yield start, end


def _closing(text: str, start: int) -> dict[int, int]:
    """For the bracket at ``start`` and those behind it, the offset behind the one that closes it on the same lines."""
    ends = {}
    opened = []
    for match in _EITHER_BRACKET.finditer(text, start):
        at = match.start()
        if text[at] == "[":
            opened.append(at)
        elif opened and at - (begun := opened.pop()) < 240:
            ends[begun] = at + 1
    return ends


def _is_blank_bracket(text: str, start: int, end: int, loose: bool, known: _Words) -> bool:
    inner = text[start + 1 : end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in ("(", "[") or _ADDRESS.match(text, end):
        return False  # a link, or the definition of one
    if before in ("]", "!") or before.isalnum() or inner[:1] in ("^", "!", "@"):
        return False
    words = inner.replace("_", " ").strip(" *")
    if not words or _FILLER.fullmatch(words):
        return (len(inner) > 1 and inner.strip(".…") != "") or inner in ("●", "•", "_", "?", "#")
    if known.quantity.fullmatch(words) and (
        not text[:start].strip(" *_") or known.before_quantity.search(text, max(0, start - 20), start)
    ):
        return True
    if re.fullmatch(r"[\d\s.,;–-]+|[A-Za-z]|[ivxIVX]+", words) or len(words.split()) > 20:
        return False  # a citation, a check box, a list number; or a whole sentence
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", inner):
        return False  # an address
    if known.asking.match(words):
        return True
    if known.remark.match(words):
        return False
    if loose:
        return words[0] != "[" and any(c.isalnum() for c in words) and words.lower() not in known.small
    if not (words[0].isupper() or "_" in inner):
        return False
    # The thing asked for is the head: "Company name", "Name of the client", not "Product milestone tracker".
    head = known.after_head.split(words)[0].split() or [words]
    return bool(known.noun.fullmatch(head[-1]))


def _is_blank_tag(text: str, inner: str, words: _Words, closed: dict[str, bool]) -> bool:
    word = re.split(r"[\s/.]", inner, maxsplit=1)[0]
    if word.lower() in _TAG or inner.endswith("/"):
        return False
    end = f"</{word}"
    if end not in closed:
        closed[end] = end in text
    if closed[end]:
        return False
    return bool(words.noun.search(inner.replace("_", " ").replace("-", " ")) or words.asking.match(inner))


def stands_for(blank: str, language: str = "en") -> str:
    """What a blank asks for, in lower case as it would read after "the"; empty where it does not say."""
    known = _Words.of(language)
    if re.match(r"(?:X{1,4}|YY?|ZZ?|NN)\s[A-Za-z]", blank):
        return f"number of {' '.join(blank.split()[1:])}"
    words = re.sub(r"[\[\]{}<>$_*%]|(?<!\w)[-/]|[-/](?!\w)", " ", blank)
    words = words[match.end() :] if (match := known.request.match(words)) else words
    words = known.around.sub("", " ".join(words.split())).strip(" .,:")
    if known.order.fullmatch(words):
        return ""  # an order without an object
    if known.question.match(words):
        return ""  # a question, such as `[who is told]`
    if not re.search(r"[A-Za-z]{3}", words) or len(words.split()) > 8 or re.search(r"\d", words):
        return ""
    if known.only_blank.fullmatch(words) or _FILLER.fullmatch(words):
        return ""
    return " ".join(_as_in_a_sentence(words.split()))


def _as_in_a_sentence(words: list[str]) -> Iterator[str]:
    """With small letters where only a title has capitals: `Company Name`, but not the name in `Date for Sales`."""
    is_title = not any(word[0].islower() for word in words)
    for index, word in enumerate(words):
        starts = index == 0 and not re.search(r"['’]s?$", word)  # whose it is, is a name
        yield word.lower() if (is_title or starts) and not (word.isupper() and len(word) < 6) else word
