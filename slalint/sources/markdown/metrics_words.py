"""The word lists of ``words/<language>/metrics`` made into patterns, once for each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from slalint import kept
from slalint import quantities as q
from slalint.patterns import folded, lazy
from slalint.sources.markdown import values
from slalint.sources.markdown.credit_bands import Words as Bands
from slalint.sources.markdown.cues import Cued, Memory, one_of, other_of, small
from slalint.sources.markdown.phrase_cues import cues_of
from slalint.sources.markdown.stated_times import Words as Times
from slalint.words import one_list
from slalint.words.pieces import NOTHING, Part, Pieces, WordList, WordSet
from slalint.words.pieces import Pattern as PatternPiece

_FILES = ("categories", "headers", "values", "windows", "tracking", "context", "sides", "credits")

Pattern = re.Pattern[str]
T = TypeVar("T")

# Blanks are counted: text is not to be trusted, and a long run of them must not cost its square.
_GAP, _BLANK = r"\s{0,9}", r"\s{1,9}"


def alternatives(phrases: Iterable[str]) -> str:
    """A group that matches any of the phrases, the longest of those that begin alike: a ``*`` behind a word stands for
    any ending, a blank for blanks or a hyphen. Phrases that begin alike share their beginning, so that a search looks
    at each letter of a text once and not once for every phrase."""
    listed = tuple(map(str, phrases))
    known: str | None = kept.get(("alternatives", listed))
    if known is None:
        kept.put(("alternatives", listed), known := _alternatives(listed))
    return known


def _alternatives(phrases: Iterable[str]) -> str:
    tree: _Tree = {}
    for phrase in phrases:
        node = tree
        for index, word in enumerate(phrase.lower().split()):
            for atom in [_GAPS] * bool(index) + [re.escape(letter) for letter in word.rstrip("*")]:
                node = node.setdefault(atom, {})
            if word.endswith("*"):
                node = node.setdefault(r"\w*", {})
        node[""] = {}
    return f"(?:{_written(tree)})" if tree else NOTHING


_Tree = dict[str, "_Tree"]  # what may follow, by the next atom of the pattern; an empty one ends a phrase
_GAPS = r"[\s–-]{1,9}"


def _written(tree: _Tree) -> str:
    options = [atom + _written(rest) for atom, rest in tree.items() if atom]
    options.sort(key=lambda option: option.startswith(r"\w*"))  # any ending comes last
    if "" in tree:
        return f"(?:{'|'.join(options)})?" if options else ""
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _behind(words: Iterable[str]) -> str:
    """That one of the words stands right before."""
    return "(?:" + ("|".join(rf"(?<={re.escape(word)}\s)" for word in words) or NOTHING) + ")"


def _firsts(phrases: Iterable[object]) -> list[str]:
    """The first word of each phrase."""
    return [str(phrase).split()[0] for phrase in phrases]


def words(phrases: Iterable[str]) -> str:
    """An expression that finds any of the phrases as whole words."""
    return rf"(?<![\w.]){alternatives(phrases)}(?!\w)"


class _Given(dict[str, Any]):
    """Lists by name; one that the language does not give is empty."""

    def __missing__(self, name: str) -> Any:
        return _Given()


class _Patterns(dict[str, Cued]):
    """Patterns by name; one that the language does not give finds nothing."""

    def __missing__(self, name: str) -> Cued:
        return Cued(NOTHING, 0, Memory(len))


class Words(Pieces, file="metrics"):
    """All patterns of one language that the reading of metrics needs."""

    subject = PatternPiece()
    defines = PatternPiece()
    exceeds = PatternPiece()
    at_most = PatternPiece()
    trailing = PatternPiece()
    share = PatternPiece()
    of_time = PatternPiece()
    left = PatternPiece()
    leaves = PatternPiece()
    advance = PatternPiece()
    notice_last = PatternPiece()
    starts = PatternPiece()
    over = PatternPiece()
    joint = PatternPiece()
    following = PatternPiece()
    cut = PatternPiece()
    part = PatternPiece()
    noun = PatternPiece()
    states = PatternPiece()
    is_up = PatternPiece()
    is_done = PatternPiece()
    joins = PatternPiece()
    tool_before = PatternPiece()
    tool_name = PatternPiece()
    tool_joined = PatternPiece()
    common = WordSet()
    unit = PatternPiece()
    business = PatternPiece()
    until = PatternPiece()
    bare_number = PatternPiece()
    header_unit = PatternPiece()
    header_one = PatternPiece()
    header_rate = PatternPiece()
    things = PatternPiece()
    no_things = PatternPiece()
    score_target = PatternPiece()
    levels = PatternPiece()
    no_party = WordSet()
    does = PatternPiece()
    longer = PatternPiece()
    after = PatternPiece()
    aside = PatternPiece()
    period_of = PatternPiece()
    report = PatternPiece()
    then = PatternPiece()
    ahead = PatternPiece()
    limit = PatternPiece()
    statistic = PatternPiece()
    meaning = PatternPiece()
    clock_header = PatternPiece()
    time = Part()
    of_fee = Part()
    fee_for = Part()
    fillers = Part()
    to = Part()
    per = Part()
    calendar = Part()
    rate_per = Part()
    out_of = Part()
    scored = Part()
    thing_kinds = Part()
    half = Part()
    the = Part()
    count_words = Part()
    time_units = Part()
    plural = Part()
    last = Part()
    rolling = Part()
    period_words = Part()
    each = Part()
    adverb_ending = Part()
    some = Part()
    over_last = WordList()
    during = WordList()

    def __init__(self, language: str) -> None:
        super().__init__(language)
        lists = {name: _Given(one_list(language, "metrics", name)) for name in _FILES}
        self.cues = cues = cues_of(language)
        self.told = cues.told  # which of the patterns may match in a text, by their bits
        self._memories: dict[Any, Memory[Any]] = {}
        self._by_kind: dict[str, Memory[str]] = {}  # categories by the kind of value that they take
        categories = lists["categories"]
        self.categories = self._by_name({name: entry["words"] for name, entry in categories.items()})
        self.takes: dict[str, frozenset[str]] = {name: frozenset(entry["takes"]) for name, entry in categories.items()}
        self._any_category = sum(pattern.bit for pattern in self.categories.values())
        self.headers = self._by_name(lists["headers"])
        self.header_exact: dict[str, frozenset[str]] = {
            name: frozenset(str(word).rstrip("*").lower() for word in entry) for name, entry in lists["headers"].items()
        }
        context = lists["context"]
        for name in (
            "sections_off",
            "sections_on",
            "illustration",
            "consequences",
            "promises",
            "priority",
            "reports",
            "limits",
            "ceilings",
            "notices",
            "reports_on_misses",
            "cadences",
        ):
            setattr(self, name, self._cued(context[name]))
        for name in (
            "tracked_labels",
            "window_labels",
            "generic",
            "sections_off_whole",
            "identity",
            "steps",
            "persons",
        ):
            setattr(self, name, lazy(rf"\s*{alternatives(context[name])}\s*", re.IGNORECASE))
        things = [
            w
            for name in ("availability", "response", "resolution")
            if name in categories
            for w in categories[name]["words"]
        ]
        named = alternatives(context["named"])
        self.named_target = lazy(rf"(?<!\w){named}\s+({alternatives(things)}(?:\s+{self.time})?)(?!\w)", re.IGNORECASE)
        self._named, self._things = cues.phrases(context["named"]), cues.phrases(things)
        # A name that ends so says that a target follows: `Undo target`.
        self.generic_end = lazy(rf"\s{alternatives(context['generic_end'])}\s*$", re.IGNORECASE)
        self.operators = lazy(rf"[<>≤≥]|{alternatives(lists['values']['operators'])}(?!\w)", re.IGNORECASE)
        self.lights = lazy(rf"\s*{alternatives(context['lights'])}\s*(?:\(|$)", re.IGNORECASE)
        self.conditions = lazy(rf"\s*{alternatives(context['conditions'])}\b", re.IGNORECASE)
        self.imperatives = lazy(rf"\s*{alternatives(context['imperatives'])}\s", re.IGNORECASE)
        source = self._value(lists["values"])
        self.values, self.small_values = lazy(source, re.IGNORECASE), small(source)
        self._cue_values(lists["values"])
        self.found = Memory(lambda text: values.scan(text, self))  # the values of a text
        self._targets = Memory(self._target)
        self.soft = self._cued(lists["values"]["soft"])
        self.window = self._window(lists["windows"])
        self.spelling = {folded(str(word)): said for word, said in one_list(language, "metrics", "spelling").items()}
        self._spelt = lazy(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.spelling))})(?!\w)", re.IGNORECASE)
        self.measured = self._cued(lists["windows"]["measured"])
        tracking = lists["tracking"]
        self.systems = self._cued([*tracking["systems"], *tracking["products"]])
        self.tracking_verbs = self._cued(tracking["verbs"])
        self.tracking_all = self._cued(tracking["all"])
        self.tracking_blanket = self._cued(tracking["blanket"])
        self.tracking_not = self._cued(tracking["not"])
        self.tracking_apart = self._cued(tracking["apart"])
        self.tracking_nothing = lazy(words(tracking["nothing"]), re.IGNORECASE)
        self.about = self._by_name(dict(tracking["about"]))
        self.sides = self._by_name(lists["sides"])
        self.held_elsewhere = self._by_name(dict(context["held_elsewhere"]))
        self.reported = Cued(self.pattern("report").removeprefix("(?i)"), cues.clues(self.report), self.told)
        self.clock = cues.matching(Times.of(language).cue)  # hours of the day
        self.bands = Bands.of(language)
        per_cent = self.bands.pattern("percent").removeprefix("(?i)")
        self.per_cent = Cued(per_cent, cues.clues(self.bands.percent), self.told)
        credits = lists["credits"]  # what is due after a miss
        self.credit = self._cued(credits["credit"])
        self.no_credit = lazy(rf"(?<![\w.,])\W{{0,3}}{alternatives(credits['none'])}(?!\w|[.,]?\d|\s?%)", re.IGNORECASE)
        self.credit_cap = lazy(words(credits["cap"]), re.IGNORECASE)
        self.credit_long = lazy(words(credits["long"]), re.IGNORECASE)
        fee = alternatives(credits["basis"])
        self.credit_basis = lazy(
            rf"\b{self.of_fee}\s((?:[\w’'-]+\s){{0,5}}?{fee}(?!\w)(?:\s{self.fee_for}(?:\s\w+){{1,5}})?)", re.IGNORECASE
        )

    sections_off: Cued
    sections_off_whole: Pattern
    sections_on: Cued
    illustration: Cued
    consequences: Cued
    promises: Cued
    generic: Pattern
    priority: Cued
    reports: Cued
    limits: Cued
    ceilings: Cued
    notices: Cued
    reports_on_misses: Cued
    cadences: Cued
    tracked_labels: Pattern
    window_labels: Pattern
    identity: Pattern
    steps: Pattern
    persons: Pattern

    def _cued(self, phrases: Iterable[str]) -> Cued:
        return Cued(words(phrases), self.cues.phrases(phrases), self.told)

    def _by_name(self, lists: Mapping[str, Iterable[str]]) -> _Patterns:
        return _Patterns({name: self._cued(entry) for name, entry in lists.items()})

    def memory(self, tell: Callable[[str, Words], T]) -> Memory[T]:
        """What a function tells of texts in this language."""
        known = self._memories.get(tell)
        if known is None:
            known = self._memories[tell] = Memory(lambda text: tell(text, self))
        return known

    def may_name_target(self, told: int) -> bool:
        """Whether a text with these bits may hold a ``named_target``."""
        return bool(told & self._named and told & self._things)

    def may_value(self, told: int) -> bool:
        """Whether a text with these bits may hold a value: a number needs its unit, a deadline the time of day."""
        if told & self._fixed:
            return True
        if told & self._number:
            return bool(told & self._unit or told & self._deadline or (told & self._score and told & self._out_of))
        return bool(told & self._deadline and told & self._times)

    def _cue_values(self, lists: Mapping[str, Any]) -> None:
        """The bits of what ``_value`` puts together."""
        cues = self.cues
        spelt = cues.phrases(lists["numerals"])
        cues.within(("[", "{{", "<", "__"), spelt)
        cues.matching(lazy(r"\b[nx-z]{1,3}\b"), spelt)
        self._number = cues.digit | spelt
        self._unit = cues.phrases(f"{word}*" for word in (*lists["rates"], "eur", "usd", "gbp"))
        for name in ("percent", "durations", "things"):
            cues.phrases(lists[name], self._unit)
        cues.within(("$", "€", "£", "%"), self._unit)
        cues.phrases(lists["periods"], self._unit)
        cues.matching(lazy(rf"(?<!\w){self.per}{alternatives(_firsts(lists['periods']))}"), self._unit)  # `permonth`
        cues.matching(lazy(r"\d[^\W\d]"), self._unit)  # `30min`
        self._score = cues.phrases(("5", "10", "100"))
        self._out_of = cues.within("/", cues.clues(lazy(self.out_of)))
        self._fixed = cues.phrases(lists["fixed"])
        self._deadline = cues.phrases(lists["deadlines"])
        self._times = cues.phrases(lists["times"])

    def target(self, text: str) -> q.Target | None:
        """A value as the format understands it, in English; None where it does not."""
        return self._targets[text]

    def _target(self, text: str) -> q.Target | None:
        if self.spelling:
            text = self._spelt.sub(lambda found: str(self.spelling.get(folded(found.group()), found.group())), text)
        try:
            return q.parse_target(text)
        except q.QuantityError:
            return None

    def category(self, text: str, kind: str = "") -> str:
        """The first category whose words stand in the text and that can take a value of this kind; else empty."""
        if not self.told[text] & self._any_category:
            return ""
        known = self._by_kind.get(kind)
        if known is None:
            known = self._by_kind[kind] = Memory(lambda text: self._category(text, kind))
        return known[text]

    def _category(self, text: str, kind: str) -> str:
        told = self.told[text]
        for name, pattern in self.categories.items():
            if told & pattern.bit and (not kind or kind in self.takes[name]) and (found := pattern.search(text)):
                if name in ("response", "resolution") and self.categories["notice"].search(text, 0, found.start()):
                    return "notice"  # `Notification response times`
                return name
        return ""

    def named_in(self, text: str) -> list[str]:
        """Every category whose words stand in a text."""
        told = self.told[text]
        return [name for name, pattern in self.categories.items() if told & pattern.bit and pattern.search(text)]

    def _value(self, lists: Mapping[str, Any]) -> str:
        """One pattern for every spelling of a value. The empty named group behind a unit tells the kind."""
        numerals = alternatives(lists["numerals"])
        # `1 200 ms` in one piece, but not the number of a level with a value behind it.
        levels = "".join(rf"(?<!{re.escape(word)}\s)" for word in lists.get("levels", ()))
        grouped = rf"{levels}[1-9]\d{{0,2}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?![.,]?\d|\s?%)"
        number = rf"(?:{grouped}|\d+(?:[.,]\d+)*|{numerals}(?!\w)(?:{_GAP}\({_GAP}\d+{_GAP}\))?|\({_GAP}\d+{_GAP}\))"
        blank = r"(?:\[[^\]\n]{0,80}\]|\{\{[^}\n]{0,60}\}\}|<[^<>\n]{1,40}>|_{2,}|\b[XYZN]{1,3}\b)"
        operator = (
            rf"(?:(?:[<>]=?|[≤≥=~≈±]|\b{alternatives(lists['operators'])}(?!\w)){_GAP}(?:{self.fillers}{_BLANK})*)?"
        )
        after = rf"(?:{_GAP}\+|{_GAP}\(?{alternatives(lists['after'])}(?!\w)\)?)?"
        upper = rf"(?:\s{{0,9}}%?\s{{0,9}}(?:[-–—]|\b{self.to}\b)\s{{0,9}}\d+(?:[.,]\d+)*)?"
        periods = alternatives(lists["periods"])
        per = rf"(?:{_GAP}(?:/|{self.per}){_GAP}(?:{self.calendar}{_BLANK})?{periods}(?!\w))"
        business = rf"(?:{alternatives(lists['business'])}[\s-]{{1,9}})?"
        units = "|".join(
            (
                rf"{_GAP}{alternatives(lists['rates'])}{_GAP}(?:/|{self.rate_per}){_GAP}{alternatives(lists['rate_units'])}(?!\w)(?P<rate>)",
                rf"{_GAP}{alternatives(lists['percent'])}(?!\w)(?P<percent>)",
                rf"\s{{0,9}}(?:/|\b{self.out_of}\b)\s{{0,9}}(?:5|10|100)(?:\.0)?(?![\d.])\s{{0,9}}{self.scored}?(?P<score>)",
                rf"\+?[\s-]{{0,9}}{business}{alternatives(lists['durations'])}(?!\w)(?P<duration>)",
                rf"{_GAP}\+?{_GAP}(?:{self.thing_kinds}{_BLANK})*{alternatives(lists['things'])}(?!\w){per}?(?P<count>)",
                rf"{_GAP}\+?{per}(?P<volume>)",
            )
        )
        clock = (
            rf"(?:\d{{1,2}}[:.]\d\d(?:\s?{self.half})?|\d{{1,2}}\s?{self.half}|{alternatives(lists['times'])}(?!\w))"
        )
        unasked = "".join(rf"(?<!{re.escape(word)}\s)" for word in lists["deadline_not"])
        return (
            rf"(?<![\w.,-])(?:{operator}(?:(?:[$€£]\s?\d[\d,.]*\s?[kKmM]?\b|\d[\d,.]*\s?(?:EUR|USD|GBP|€)){per}?(?P<money>)"
            rf"|\[[^\]\n]{{0,60}}%[^\]\n]{{0,20}}\](?P<blank>)"
            rf"|(?:{number}|{blank}){upper}(?:{units}){after})"
            rf"|\b{alternatives(lists['fixed'])}(?!\w|\s{{1,9}}{alternatives(lists['fixed_not'])}(?!\w))(?P<fixed>)"
            rf"|{unasked}\b{alternatives(lists['deadlines'])}{_BLANK}(?:{self.the}{_BLANK})?{clock}(?P<deadline>))"
        )

    def _window(self, lists: Mapping[str, Any]) -> Cued:
        """One pattern for every way to say over which time something is judged."""
        period = rf"{alternatives(lists['periods'])}"
        kinds = rf"{alternatives(lists['kinds'])}"
        before = rf"(?:{alternatives(lists['before'])}{_BLANK})"
        ends = rf"(?:{_BLANK}{alternatives(lists['ends'])}(?!\w))?"
        count = rf"(?:\d+|{self.count_words})(?:\s{{0,9}}\(\d+\))?"
        unit = self.time_units
        over, during = _behind(self.over_last), _behind(self.during)
        source = (
            rf"(?<![\w-])(?:{before}?{kinds}{_BLANK}(?:{count}[\s-]{{1,9}})?{period}{self.plural}?(?!\w){ends}"
            rf"|{before}?{kinds}{_BLANK}{count}[\s-]{{1,9}}{unit}{ends}"
            rf"|{over}{before}?(?:{self.last}{_BLANK})?{count}[\s-]{{1,9}}{unit}(?!\w)"
            rf"|{before}?{count}[\s-]{{1,9}}{unit}{_BLANK}{self.rolling}?{_GAP}{self.period_words}(?!\w)"
            rf"|(?:{self.each}|/){_GAP}{period}(?!\w)(?:{self.adverb_ending})?{ends}"
            rf"|{during}{self.some}{_BLANK}{period}(?!\w)"
            rf"|{alternatives(lists['adverbs'])}(?!\w){ends}"
            rf"|(?<=/)\s?{period}(?!\w))"
        )
        cues = self.cues
        bit = cues.phrases([*lists["adverbs"], *lists["periods"]])
        cues.matching(lazy(rf"(?<!\w){self.each}{alternatives(_firsts(lists['periods']))}"), bit)  # `permonth`
        cues.phrases(_firsts(lists["kinds"]), one_of(bit))
        cues.endings(self.over_last, one_of(bit))
        cues.clues(lazy(self.period_words), one_of(bit))
        cues.phrases((f"{str(period).split()[-1]}*" for period in lists["periods"]), other_of(bit))
        cues.clues(lazy(self.time_units), other_of(bit))
        return Cued(source, bit, self.told)


def of(language: str = "en") -> Words:
    """The patterns of a language."""
    return Words.of(language)
