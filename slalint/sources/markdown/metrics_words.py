"""The word lists of ``words/<language>/metrics`` made into patterns, once for each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from slalint.patterns import lazy

_FILES = ("categories", "headers", "values", "windows", "tracking", "context", "sides", "credits")

Pattern = re.Pattern[str]

# Blanks are counted: text is not to be trusted, and a long run of them must not cost its square.
_GAP, _BLANK = r"\s{0,9}", r"\s{1,9}"


def alternatives(phrases: Iterable[str]) -> str:
    """A group that matches any of the phrases, the longest of those that begin alike: a ``*`` behind a word stands for
    any ending, a blank for blanks or a hyphen. Phrases that begin alike share their beginning, so that a search looks
    at each letter of a text once and not once for every phrase."""
    tree: _Tree = {}
    for phrase in map(str, phrases):
        node = tree
        for index, word in enumerate(phrase.lower().split()):
            for atom in [_GAPS] * bool(index) + [re.escape(letter) for letter in word.rstrip("*")]:
                node = node.setdefault(atom, {})
            if word.endswith("*"):
                node = node.setdefault(r"\w*", {})
        node[""] = {}
    return f"(?:{_written(tree)})"


_Tree = dict[str, "_Tree"]  # what may follow, by the next atom of the pattern; an empty one ends a phrase
_GAPS = r"[\s–-]{1,9}"


def _written(tree: _Tree) -> str:
    options = [atom + _written(rest) for atom, rest in tree.items() if atom]
    options.sort(key=lambda option: option.startswith(r"\w*"))  # any ending comes last
    if "" in tree:
        return f"(?:{'|'.join(options)})?" if options else ""
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def words(phrases: Iterable[str]) -> Pattern:
    """A pattern that finds any of the phrases as whole words, in any case."""
    return lazy(rf"(?<![\w.]){alternatives(phrases)}(?!\w)", re.IGNORECASE)


class Words:
    """All patterns of one language that the reading of metrics needs."""

    def __init__(self, lists: Mapping[str, Mapping[str, Any]]) -> None:
        categories = lists["categories"]
        self.categories: dict[str, Pattern] = {name: words(entry["words"]) for name, entry in categories.items()}
        self.takes: dict[str, frozenset[str]] = {name: frozenset(entry["takes"]) for name, entry in categories.items()}
        self.headers: dict[str, Pattern] = {name: words(entry) for name, entry in lists["headers"].items()}
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
        ):
            setattr(self, name, words(context[name]))
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
        things = alternatives(
            w for name in ("availability", "response", "resolution") for w in categories[name]["words"]
        )
        self.named_target = lazy(
            rf"(?<!\w){alternatives(context['named'])}\s+({things}(?:\s+time)?)(?!\w)", re.IGNORECASE
        )
        # A name that ends so says that a target follows: `Undo target`.
        self.generic_end = lazy(rf"\s{alternatives(context['generic_end'])}\s*$", re.IGNORECASE)
        self.operators = lazy(rf"[<>≤≥]|{alternatives(lists['values']['operators'])}(?!\w)", re.IGNORECASE)
        self.lights = re.compile(rf"\s*{alternatives(context['lights'])}\s*(?:\(|$)", re.IGNORECASE)
        self.conditions = lazy(rf"\s*{alternatives(context['conditions'])}\b", re.IGNORECASE)
        self.cadences = words(context["cadences"])
        self.imperatives = lazy(rf"\s*{alternatives(context['imperatives'])}\s", re.IGNORECASE)
        self.values = values_pattern(lists["values"])
        self.soft = words(lists["values"]["soft"])
        self.window = _window_pattern(lists["windows"])
        self.measured = words(lists["windows"]["measured"])
        tracking = lists["tracking"]
        self.products = words(tracking["products"])
        self.systems = words([*tracking["systems"], *tracking["products"]])
        self.tracking_verbs = words(tracking["verbs"])
        self.tracking_all = words(tracking["all"])
        self.tracking_blanket = words(tracking["blanket"])
        self.tracking_not = words(tracking["not"])
        self.tracking_apart = words(tracking["apart"])
        self.tracking_nothing = words(tracking["nothing"])
        self.about: dict[str, Pattern] = {name: words(entry) for name, entry in tracking["about"].items()}
        self.sides: dict[str, Pattern] = {name: words(entry) for name, entry in lists["sides"].items()}
        self.held_elsewhere: dict[str, Pattern] = {name: words(w) for name, w in context["held_elsewhere"].items()}
        credits = lists["credits"]  # what is due after a miss
        self.credit = words(credits["credit"])
        self.no_credit = lazy(rf"(?<![\w.,])\W{{0,3}}{alternatives(credits['none'])}(?!\w|[.,]?\d|\s?%)", re.IGNORECASE)
        self.credit_cap = words(credits["cap"])
        self.credit_long = words(credits["long"])
        fee = alternatives(credits["basis"])
        self.credit_basis = lazy(
            rf"\bof\s((?:[\w’'-]+\s){{0,5}}?{fee}(?!\w)(?:\s(?:for|of)(?:\s\w+){{1,5}})?)", re.IGNORECASE
        )

    sections_off: Pattern
    sections_off_whole: Pattern
    sections_on: Pattern
    illustration: Pattern
    consequences: Pattern
    promises: Pattern
    generic: Pattern
    priority: Pattern
    reports: Pattern
    limits: Pattern
    ceilings: Pattern
    notices: Pattern
    reports_on_misses: Pattern
    tracked_labels: Pattern
    window_labels: Pattern
    identity: Pattern
    steps: Pattern
    persons: Pattern

    def category(self, text: str, kind: str = "") -> str:
        """The first category whose words stand in the text and that can take a value of this kind; else empty."""
        for name, pattern in self.categories.items():
            if (not kind or kind in self.takes[name]) and (found := pattern.search(text)):
                if name in ("response", "resolution") and self.categories["notice"].search(text, 0, found.start()):
                    return "notice"  # `Notification response times`
                return name
        return ""


def values_pattern(lists: Mapping[str, list[str]]) -> Pattern:
    """One pattern for every spelling of a value. The empty named group behind a unit tells the kind."""
    numerals = alternatives(lists["numerals"])
    number = rf"(?:\d+(?:[.,]\d+)*|{numerals}(?!\w)(?:{_GAP}\({_GAP}\d+{_GAP}\))?|\({_GAP}\d+{_GAP}\))"
    blank = r"(?:\[[^\]\n]{0,80}\]|\{\{[^}\n]{0,60}\}\}|<[^<>\n]{1,40}>|_{2,}|\b[XYZN]{1,3}\b)"
    operator = rf"(?:(?:[<>]=?|[≤≥=~≈±]|\b{alternatives(lists['operators'])}(?!\w)){_GAP}(?:(?:of|a|an|the){_BLANK})*)?"
    after = rf"(?:{_GAP}\+|{_GAP}\(?{alternatives(lists['after'])}(?!\w)\)?)?"
    upper = r"(?:\s{0,9}%?\s{0,9}(?:[-–—]|\bto\b)\s{0,9}\d+(?:[.,]\d+)*)?"
    periods = alternatives(lists["periods"])
    per = rf"(?:{_GAP}(?:/|per|each|every|a|in a|within a){_GAP}(?:calendar{_BLANK})?{periods}(?!\w))"
    business = rf"(?:{alternatives(lists['business'])}[\s-]{{1,9}})?"
    units = "|".join(
        (
            rf"{_GAP}{alternatives(lists['rates'])}{_GAP}(?:/|per){_GAP}{alternatives(lists['rate_units'])}(?!\w)(?P<rate>)",
            rf"{_GAP}{alternatives(lists['percent'])}(?!\w)(?P<percent>)",
            r"\s{0,9}(?:/|\bout of\b)\s{0,9}(?:5|10|100)(?:\.0)?(?![\d.])\s{0,9}(?:stars|points)?(?P<score>)",
            rf"\+?[\s-]{{0,9}}{business}{alternatives(lists['durations'])}(?!\w)(?P<duration>)",
            rf"{_GAP}\+?{_GAP}(?:(?:new|concurrent|qualified|marketing|sales){_BLANK})*{alternatives(lists['things'])}(?!\w){per}?(?P<count>)",
            rf"{_GAP}\+?{per}(?P<volume>)",
        )
    )
    half = r"(?:[ap]m\b|[ap]\.\s?m\.)"
    clock = rf"(?:\d{{1,2}}[:.]\d\d(?:\s?{half})?|\d{{1,2}}\s?{half}|{alternatives(lists['times'])}(?!\w))"
    unasked = "".join(rf"(?<!{re.escape(word)}\s)" for word in lists["deadline_not"])
    return lazy(
        rf"(?<![\w.,-])(?:{operator}(?:(?:[$€£]\s?\d[\d,.]*\s?[kKmM]?\b|\d[\d,.]*\s?(?:EUR|USD|GBP|€)){per}?(?P<money>)"
        rf"|\[[^\]\n]{{0,60}}%[^\]\n]{{0,20}}\](?P<blank>)"
        rf"|(?:{number}|{blank}){upper}(?:{units}){after})"
        rf"|\b{alternatives(lists['fixed'])}(?!\w|\s{{1,9}}{alternatives(lists['fixed_not'])}(?!\w))(?P<fixed>)"
        rf"|{unasked}\b{alternatives(lists['deadlines'])}{_BLANK}(?:the{_BLANK})?{clock}(?P<deadline>))",
        re.IGNORECASE,
    )


def _window_pattern(lists: Mapping[str, list[str]]) -> Pattern:
    period = rf"{alternatives(lists['periods'])}"
    kinds = rf"{alternatives(lists['kinds'])}"
    before = rf"(?:{alternatives(lists['before'])}{_BLANK})"
    ends = rf"(?:{_BLANK}{alternatives(lists['ends'])}(?!\w))?"
    count = r"(?:\d+|one|two|three|six|seven|twelve|thirty|ninety)(?:\s{0,9}\(\d+\))?"
    unit = r"(?:minute|hour|day|week|month|year)s?"
    return lazy(
        rf"(?<![\w-])(?:{before}?{kinds}{_BLANK}(?:{count}[\s-]{{1,9}})?{period}s?(?!\w){ends}"
        rf"|{before}?{kinds}{_BLANK}{count}[\s-]{{1,9}}{unit}{ends}"
        rf"|(?<=over\s){before}?(?:last{_BLANK})?{count}[\s-]{{1,9}}{unit}(?!\w)"
        rf"|{before}?{count}[\s-]{{1,9}}{unit}{_BLANK}(?:rolling|trailing|measurement)?{_GAP}(?:periods?|windows?|intervals?|averages?)(?!\w)"
        rf"|(?:each|every|per|a|/){_GAP}{period}(?!\w)(?:ly)?{ends}"
        rf"|(?:(?<=during\s)|(?<=over\s)|(?<=in\s)|(?<=for\s))(?:an?|any|one|the|each|every){_BLANK}{period}(?!\w)"
        rf"|{alternatives(lists['adverbs'])}(?!\w){ends}"
        rf"|(?<=/)\s?{period}(?!\w))",
        re.IGNORECASE,
    )


@cache
def of(language: str = "en") -> Words:
    """The patterns of a language."""
    import yaml

    from slalint import resources

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Words(
        {name: yaml.load(resources.text("words", language, "metrics", f"{name}.yaml"), loader) for name in _FILES}
    )
