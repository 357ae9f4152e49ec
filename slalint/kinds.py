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
_DONE_WELL = frozenset(("latency", "conversion", "satisfaction", "quality"))
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
    if category not in _TIMED and words.says("errors", name):
        return "errors"
    return _BY_CATEGORY.get(category, "") if category else _by_name(name, words)


def _time(category: str, name: str, unit: str, counted: str, words: _Words) -> Kind:
    if counted != "uptime-budget" and words.lasts(name):
        return ""
    if counted == "uptime-budget" or category == "availability" or words.says("downtime", name):
        return "downtime"
    if category == "latency" or unit in ("us", "ms"):
        return "latency"
    if category in ("", "other") and words.says("latency", name):
        return "latency"
    if category == "response" and unit == "second" and words.says_anywhere("machine", name):
        return "time" if words.says_anywhere("people", name) else "latency"
    return "time" if category in _TIMED or words.says("time", name) else ""


def _by_name(name: str, words: _Words) -> Kind:
    kinds: tuple[Kind, ...] = ("downtime", "errors", "uptime", "latency", "time")
    return next((kind for kind in kinds if words.says(kind, name)), "")


def more_is_better(kind: Kind, name: str, unit: str = "", language: str = "en") -> bool | None:
    """Whether a higher figure is the better one, as far as the kind or the name tells. ``unit``: the canonical one of
    the target."""
    if kind in ("latency", "time", "errors", "downtime"):
        return False
    if kind in ("uptime", "score"):
        return True
    words = _words(language)
    if kind == "share":
        return True if words.goes_right(name) or words.in_time(name) else None
    if kind == "":
        if unit in TIME_UNITS:
            return True if words.lasts(name) else None
        return True if not unit and words.goes_right(name) else None
    return None


def is_sure(kind: Kind, name: str, unit: str, language: str = "en") -> bool:
    """Whether a kind is more than a guess: a number without a unit in a category of times may be a share as well."""
    return bool(unit) or kind not in ("time", "latency") or _words(language).says_anywhere("times", name)


def likely_better(kind: Kind, category: str, name: str, counts: bool = False, language: str = "en") -> bool | None:
    """The same of a figure that is promised without any bound (``90 %``, ``300``), where less certain signs have to do:
    a share of a category that counts what was done well, or how much is done. ``counts``: whoever the agreement binds
    promises so many things."""
    words = _words(language)
    if words.says_anywhere("against", name):
        return None
    if kind == "share":
        likely = category in _TIMED or category in _DONE_WELL or words.says("time", name)
    else:
        done = category in ("throughput", "effort") or (counts and category in ("volume", "conversion"))
        likely = kind == "volume" and done
    return True if likely and not words.says_anywhere("errors", name) else None


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
        words = {name: _any(said) for name, said in lists.items()}
        words = {name: words.get(name, _NEVER) for name in _LISTS}
        self.patterns = {
            name: lazy(rf"(?<!\w){words[name]}(?:[\s-]+{words['tails']})*$", re.I)
            for name in ("uptime", "downtime", "errors", "good", "latency", "time", "bare", "lasting", "notice")
        }
        self.anywhere = {
            name: lazy(rf"(?<!\w){words[name]}(?!\w)", re.I)
            for name in ("machine", "people", "against", "errors", "ahead", "times")
        }
        self.first = {name: lazy(rf"{words[name]}(?!\w)", re.I) for name in ("wrong", "right", "begins")}
        self.split = lazy(rf"\s+{words['prepositions']}\s+(?:the\s+|an?\s+|all\s+)*", re.I)
        self.narrowing = lazy(rf"\s{words['narrowing']}\s", re.I)
        self.shares = lazy(rf"(?:\w+[\s-]+)?{words['shares']}", re.I)
        self.limited = lazy(
            rf"(?<!\w)(?:{words['in_time']}(?!\w)"
            rf"|{words['limits']}[\s-]*(?:\d+(?:[.,]\d+)?|{words['amounts']})[\s-]*(?:\w+[\s-]+)?{words['units']}(?!\w)"
            rf"|{words['moments']}[\s-]+(?:\d|{words['due']}))",
            re.I,
        )

    def says(self, kind: str, name: str) -> bool:
        """Whether the head of a name is of a kind."""
        head, narrowed = self._head(name)
        if kind == "errors" and not narrowed and self.first["wrong"].match(head):
            return self.narrowing.search(name.replace("-", " ")) is None
        if kind == "time" and self.first["begins"].match(name):
            return True
        return self.patterns[kind].search(head) is not None

    def says_anywhere(self, what: str, name: str) -> bool:
        return self.anywhere[what].search(name) is not None

    def goes_right(self, name: str) -> bool:
        """Whether a share or a number is one of what is as it should be."""
        if not (self.says("good", name) or self.first["right"].match(self._head(name)[0])):
            return False
        return not self.says_anywhere("against", name)

    def in_time(self, name: str) -> bool:
        """Whether a share is one of what is done in time."""
        rest = self.limited.sub(" ", name)  # `no later than noon` speaks against nothing
        return rest != name and not self.says_anywhere("against", rest)

    def lasts(self, name: str) -> bool:
        """Whether a length of time is one for which something lasts, or by which something is told ahead."""
        return self.says("lasting", name) or (self.says("notice", name) and self.says_anywhere("ahead", name))

    def _head(self, name: str) -> tuple[str, bool]:
        """The words that decide, and whether more words narrow what they count."""
        if " " not in name:
            name = name.replace("-", " ")  # an id
        parts = self.split.split(" ".join(_REMARK.sub(" ", name.replace("_", " ")).split()))
        if len(parts) > 1 and self.shares.fullmatch(parts[0]):
            return parts[1], len(parts) > 2
        return parts[0], False


_LISTS = (
    "uptime downtime errors wrong good right against in_time limits moments due units amounts lasting notice ahead "
    "latency time times begins machine people tails shares prepositions narrowing bare"
).split()
_NEVER = r"(?!)"
_REMARK = lazy(r"\([^()]*\)|[:;,].*|^[\d.]+\s")


@cache
def _words(language: str) -> _Words:
    return _Words(_load(language, "kinds"))


@cache
def _load(language: str, name: str) -> Any:
    """A list of a language, the English one where it has none: names in data are English more often than not."""
    return one_list(language, "metrics", name) or one_list("en", "metrics", name)


def _any(phrases: list[str]) -> str:
    """A group that matches any of the phrases, the longest first; a blank matches a hyphen too; of none, nothing."""
    if not phrases:
        return _NEVER
    bodies = (r"[\s-]+".join(map(re.escape, str(one).split())) for one in phrases)
    return "(?:" + "|".join(sorted(bodies, key=len, reverse=True)) + ")"
