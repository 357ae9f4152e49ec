"""What kind of thing a metric measures: the one judgement by which rules tell what its target may look like.

The words are data: ``words/<language>/metrics/kinds.yaml``. The format's category and way of counting decide where they
are stated, else the unit of the target together with the metric's name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Literal

from slalint.patterns import lazy
from slalint.quantities import TIME_UNITS
from slalint.words import one_list

Kind = Literal["uptime", "downtime", "errors", "share", "latency", "time", "volume", "score", "deadline", ""]

# ``uptime``    share of time or of requests in which something works
# ``downtime``  length of time in which it does not
# ``errors``    share or number of what goes wrong
# ``share``     any other share of events
# ``latency``   time that a machine takes
# ``time``      time that people or a process take
# ``volume``    so many things in a period
# ``score``     a figure on a scale
# ``deadline``  something done by a time of day
# ``""``        cannot be told

_TIMED = frozenset(("response", "resolution", "recovery", "timeliness", "security", "reporting", "responsiveness"))
_COUNTED = frozenset(("volume", "effort", "throughput"))
_BY_CATEGORY: dict[str, Kind] = {
    "availability": "uptime",
    "latency": "latency",
    "error-rate": "errors",
    "conversion": "share",
    "satisfaction": "score",
    **dict.fromkeys(_TIMED, "time"),
    **dict.fromkeys(_COUNTED, "volume"),
}


@lru_cache(maxsize=4096)  # a repository's agreements name their metrics alike
def kind_of(category: str, name: str, unit: str, counted: str = "", language: str = "en") -> Kind:
    """The kind of a metric from the format's ``category``, its ``name``, the canonical ``unit`` of its target (empty:
    not known) and its stated way of counting (``sli.kind``)."""
    words = _words(language)
    if counted == "deadline" or unit == "time-of-day":
        return "deadline"
    if counted == "attainment":
        return "share"
    if unit == "percent":
        if category == "error-rate" or words.says("errors", name) or words.says("downtime", name):
            return "errors"
        is_uptime = category == "availability" or (category in ("", "other") and words.says("uptime", name))
        return "uptime" if is_uptime or counted == "uptime-budget" else "share"
    if unit in TIME_UNITS:
        return _time(category, name, unit, counted, words)
    if unit == "score":
        return "score"
    if unit:
        return "errors" if category == "error-rate" or words.says("errors", name) else "volume"
    return _BY_CATEGORY.get(category, "") if category else _by_name(name, words)


def _time(category: str, name: str, unit: str, counted: str, words: _Words) -> Kind:
    if counted == "uptime-budget" or category == "availability" or words.says("downtime", name):
        return "downtime"
    if category == "latency" or unit in ("us", "ms"):
        return "latency"
    if category in ("", "other") and words.says("latency", name):
        return "latency"
    if category == "response" and unit == "second" and words.beside("machine", name):
        return "time" if words.beside("people", name) else "latency"
    return "time" if category in _TIMED or words.says("time", name) else ""


def _by_name(name: str, words: _Words) -> Kind:
    kinds: tuple[Kind, ...] = ("downtime", "errors", "uptime", "latency", "time")
    return next((kind for kind in kinds if words.says(kind, name)), "")


def more_is_better(kind: Kind, name: str, language: str = "en") -> bool | None:
    """Whether a higher figure is the better one, as far as the kind or the name tells."""
    if kind in ("latency", "time", "errors", "downtime"):
        return False
    if kind == "share":
        return True if _words(language).says("good", name) else None
    return True if kind in ("uptime", "score") else None


def is_bare(name: str, language: str = "en") -> bool:
    """Whether a name only names a figure (``accuracy``, ``success rate``), not what is counted of what."""
    return _words(language).says("bare", name)


@cache
def _purposes(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """What tools may be there for, each with the words that say so."""
    lists = _load(language, "purposes")["purposes"]
    return [(name, lazy(rf"(?<!\w){_any(words)}(?!\w)", re.I)) for name, words in lists.items()]


@lru_cache(maxsize=1024)
def unfit(purpose: str, category: str, language: str = "en") -> str:
    """Why a tool with this purpose cannot measure a category of the format, as a sentence; empty where it may."""
    lists = _load(language, "purposes")
    reasons: dict[str, str] = lists["unfit"].get(category, {})
    told = [reasons.get(name, "") for name, pattern in _purposes(language) if pattern.search(purpose)]
    return told[0] if told and all(told) else ""


class _Words:
    """The patterns of one language."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        tails = _any(lists["tails"])
        self.patterns = {
            name: lazy(rf"(?<!\w){_any(lists[name])}(?:[\s-]+{tails})*$", re.I)
            for name in ("uptime", "downtime", "errors", "good", "latency", "time", "bare")
        }
        self.anywhere = {name: lazy(rf"(?<!\w){_any(lists[name])}(?!\w)", re.I) for name in ("machine", "people")}
        self.wrong = lazy(rf"{_any(lists['wrong'])}(?!\w)", re.I)
        self.split = lazy(rf"\s+{_any(lists['prepositions'])}\s+(?:the\s+|an?\s+|all\s+)*", re.I)
        self.shares = lazy(rf"(?:\w+[\s-]+)?{_any(lists['shares'])}", re.I)

    def says(self, kind: str, name: str) -> bool:
        """Whether the head of a name is of a kind."""
        head, narrowed = self._head(name)
        if kind == "errors" and not narrowed and self.wrong.match(head):
            return True
        return self.patterns[kind].search(head) is not None

    def beside(self, what: str, name: str) -> bool:
        return self.anywhere[what].search(name) is not None

    def _head(self, name: str) -> tuple[str, bool]:
        """The words that decide, and whether more words narrow what they count."""
        parts = self.split.split(" ".join(_REMARK.sub(" ", name.replace("_", " ")).split()))
        if len(parts) > 1 and self.shares.fullmatch(parts[0]):
            return parts[1], len(parts) > 2
        return parts[0], False


_REMARK = lazy(r"\([^()]*\)|[:;,].*|^[\d.]+\s")


@cache
def _words(language: str) -> _Words:
    return _Words(_load(language, "kinds"))


@cache
def _load(language: str, name: str) -> Any:
    """A list of a language, the English one where it has none: names in data are English more often than not."""
    return one_list(language, "metrics", name) or one_list("en", "metrics", name)


def _any(phrases: list[str]) -> str:
    """A group that matches any of the phrases, the longest first; a blank matches a hyphen too."""
    bodies = (r"[\s-]+".join(map(re.escape, str(one).split())) for one in phrases)
    return "(?:" + "|".join(sorted(bodies, key=len, reverse=True)) + ")"
