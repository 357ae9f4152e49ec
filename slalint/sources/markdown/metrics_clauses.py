"""A sentence taken apart at its values: what each is about, and what the author calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from slalint.patterns import lazy
from slalint.sources.markdown.metrics_words import Words
from slalint.sources.markdown.values import TIMES, Value

# Who promises: the noun before the modal. What it promises begins behind it.
SUBJECT = lazy(
    r"(?:^\s*(?:\d[\d.]*[.)]?\s+)?|[.;,]\s+|\band\s+)(?:[Tt]he\s+)?([A-Z][\w’'&-]*(?:\s+[A-Z][\w’'&-]*){0,3}"
    r"|[Cc]ustomers?|[Cc]lients?|[Pp]roviders?|[Vv]endor|[Ss]upplier|[Ww]e)"
    r"\s+(?:shall|will|must|agrees?|commits?|guarantees?|undertakes?|warrants?|is\s+required|should)\b(?:\s+(?:that|to)\b)?"
)
# A sentence that gives a term its meaning.
DEFINES = lazy(
    r"[\"“][^\"“”]{1,80}[\"”][^.\"“]{0,80}\b(?:means?|is|are|refers?|has the meaning)\b|\bmeans\b|\bis defined as\b"
)
# A time that something takes longer than promises nothing: it says from when on something counts.
EXCEEDS = lazy(r">(?!=)|(?:more|longer|greater)\s+than\b|exceed(?:s|ing)?\b|over\b|above\b", re.IGNORECASE)
_AT_MOST = lazy(
    r"[<≤]|(?:max|at\s+most|no\s+more|not\s+more|up\s+to|less|fewer|under|below|(?:will\s+|shall\s+)?(?:not|never|won['’]t)\s+exceed)",
    re.IGNORECASE,
)
_TRAILING = lazy(
    r"(?:[\s(:=,;–—-]|\b(?:of|is|are|be|will|shall|to|a|an|the|for|in|on|at|with|by|and|or|not|than|its|within|during"
    r"|set|least|equal)\b)+$",
    re.IGNORECASE,
)
_CAPITALS = lazy(r"(?:[A-Z][\w’'/-]*\s+){1,3}$")
_SHARE = lazy(r"\s*\+?\s*of\b", re.IGNORECASE)
_ADVANCE = lazy(r"[^.;]{0,25}\b(?:in\s+advance|notice|beforehand|prior\s+to|before)\b", re.IGNORECASE)
_NOTICE = lazy(r"notice$", re.IGNORECASE)
_START = lazy(r"\s{0,9}(?:of|from|after|following|once)\b", re.IGNORECASE)
_OVER = lazy(r"[,;]|\b(?:and|or)\b", re.IGNORECASE)
_NUMBERING = lazy(r"\s*(?:\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,3}\)|[a-z][.)])\s+", re.IGNORECASE)
_JOINT = lazy(r"\s*(?:(?:and|or|to|that|which|but)\s+|[/&+]\s*)", re.IGNORECASE)
_FOLLOWING = lazy(r"(?:\s*\+|\s+(?:of|for|the|all|in)\b)*\s*")
_STOP = lazy(r"[.,;:(]|$")
_CUT = lazy(r"\b(?:within|in accordance|as follows|according|submitted|based|during|in the following)\b|[:,;(]")
_PART = lazy(r"\s*(?:[,/&+:]|\b(?:and|then|by|per|for)\b)\s*", re.IGNORECASE)
# The thing promised at the end of a clause: `the desk shall have an uptime` → uptime.
_NOUN = lazy(
    r"\b(?:an?|the)\s+(?P<noun>(?:(?!(?:an?|the|of|shall|will|must|can|may|to|with|and|or|is|are)\b)[\w’'-]+\s+){0,3}"
    r"(?:up-?time|availability|percentage|rate|accuracy|quality|satisfaction)(?:\s+percentage|\s+rate)?)"
    r"\s*(?:\([^()]*\)\s*)?$",
    re.IGNORECASE,
)
_STATES = lazy(r"\b(?:is|are|gets?|we)\b", re.IGNORECASE)
_IS_UP = lazy(
    r"\b(?:is|are|stays?|remains?)\s+(?:(?P<up>up)|available|reachable|accessible)\s+"
    r"(?:(?:for\s+)?(?:at\s+least|a\s+minimum\s+of|more\s+than|no\s+less\s+than|over)\s+|for\s+)?$"
)
_IS_DONE = lazy(r"\b(?:is|are)\s+\w", re.IGNORECASE)
_JOINS = lazy(r"\s*(?:\([^()]{0,20}\)\s*)?(?:[:=–-]|\b(?:is|are|of)\b)\s*")

_TAIL = 120  # as far back as a name or the words before a value are looked for
SHORT = 60  # a line as short as this is a name as it stands
NAME = 70  # a longer stretch of text is no name


class Clause(NamedTuple):
    """A value with the words that belong to it: those from ``first`` up to the value, and those behind it up to
    ``last``. ``cue`` is where the word stands that tells the ``category``; ``limit`` is the time of a share
    ("95 % of tickets within 4 hours"). All offsets are in the sentence."""

    value: Value
    first: int
    last: int
    category: str
    cue: tuple[int, int] | None
    ahead: bool
    limit: Value | None

    @property
    def early(self) -> bool:
        """Whether the line is about the value from its first words on."""
        return self.cue is not None and self.ahead and self.cue[0] < 30


def clauses(text: str, found: list[Value], words: Words) -> Iterator[Clause]:
    """Each value of a sentence with its words. The time limit of a share makes no clause of its own."""
    index = 0
    while index < len(found):
        value = found[index]
        first = found[index - 1].end if index else 0
        following = found[index + 1] if index + 1 < len(found) else None
        limit = following if following is not None and is_share(text, value, following) else None
        index += 2 if limit else 1
        last = found[index].start if index < len(found) else len(text)
        if limit is not None:
            # What is kept within the limit stands between the two.
            category, cue, ahead = _beside(text, first, limit.start, last, limit, words)
            ahead = ahead and cue is not None and cue[0] < value.start
        else:
            category, cue, ahead = _beside(text, first, value.start, last, value, words)
        yield Clause(value, first, last, category, cue, ahead, limit)


def is_share(text: str, value: Value, following: Value) -> bool:
    """Whether two values are one: a share with the time within which it is kept."""
    between = text[value.end : following.start]
    return value.kind == "percent" and following.kind == "duration" and _SHARE.match(between) is not None


def _beside(
    text: str, first: int, start: int, last: int, value: Value, words: Words
) -> tuple[str, tuple[int, int] | None, bool]:
    """The category that the words beside a value tell, where the word stands, and whether before the value."""
    if value.kind == "duration" and _ADVANCE.match(text, value.end, last):
        pattern = words.categories["notice"]
        cue = pattern.search(text, first, start) or pattern.search(text, value.end, last)
        return "notice", cue.span() if cue else None, cue is not None and cue.start() < start
    kind = "duration" if value.kind in TIMES else value.kind
    if kind == "duration":
        # What starts the clock follows, or another promise.
        over = _OVER.search(text, value.end, last)
        last = value.end if _START.match(text, value.end) else over.start() if over else last
    for begin, end in ((first, start), (value.end, last)):
        best: tuple[tuple[int, int], str] | None = None
        for name, pattern in words.categories.items():
            if name == "downtime" and not _AT_MOST.match(text, value.start):
                continue  # `outages must be reported within 5 days`
            cue = pattern.search(text, begin, end) if kind in words.takes[name] else None
            # A time is told by the first verb (`respond to outage reports`), a share by the narrowest word.
            if cue and (best is None or (kind == "duration" and cue.start() < best[0][0])):
                best = cue.span(), name
        if best is not None:
            return best[1], best[0], begin == first
    if value.kind == "count":
        return words.category(text[value.start : value.end], "count"), None, False
    if value.kind == "deadline":
        return "timeliness", None, False
    return "", None, False


def states(text: str, clause: Clause, words: Words) -> bool:
    """Whether a clause promises without a word of promising: `RTO: 4 h`, `tickets are answered within 10 minutes`."""
    if clause.value.kind == "deadline":
        return _IS_DONE.search(text, clause.first, clause.value.start) is not None
    if clause.cue is None or not clause.ahead:
        return False
    start, end = clause.cue
    if _JOINS.fullmatch(text, end, clause.value.start) or (
        _JOINS.match(text, end) and end - start < 12 and not text[:start].strip()
    ):
        return True
    is_up = _IS_UP.search(text, 0, clause.value.start) if clause.value.kind == "percent" else None
    if is_up and (not is_up["up"] or _SHARE.match(text, clause.value.end)):
        return True  # `Mail is up 99.5 % of the time.`
    if not words.operators.match(text, clause.value.start):
        return False
    if clause.value.kind == "duration" and start < 20 and not text[end : clause.value.start].strip():
        return True  # `First answer within 20 minutes of the call.`
    verb = text[start:end]
    near = _STATES.search(text, max(start - 30, 0), start) or _STATES.search(text, end, clause.value.start)
    return near is not None or (verb.islower() and verb.endswith("s") and clause.value.kind == "duration")


def name_span(text: str, clause: Clause, item: bool) -> tuple[int, int] | None:
    """Where the document says what is promised: the clause up to the value, else what follows it; None where neither
    says anything."""
    value, cue = clause.value, clause.cue
    if item and value.kind in ("percent", "count") and len(text.strip()) <= SHORT:
        return 0, len(text.rstrip(" .;,"))
    if clause.category != "notice" and (clause.limit is not None or (cue is not None and not clause.ahead)):
        return _behind(text, clause)
    bracket = text.rfind("(", clause.first, value.start)
    opened = bracket > text.rfind(")", 0, value.start) and bool(text[clause.first : bracket].strip())
    until = bracket if opened else value.start
    first = max(clause.first, *(text.rfind(mark, clause.first, until) + 1 for mark in (", ", "; ", ": ")))
    if first == 0 and (number := _NUMBERING.match(text)):
        first = number.end()
    if clause.category == "notice" and cue is not None and not clause.ahead and _NOTICE.match(text, *cue):
        until = cue[1]  # `give 3 days' notice`
    subject = SUBJECT.match(text[first:until])
    if subject and (cue is None or cue[0] >= first + subject.end()):
        first += subject.end()
    if joint := _JOINT.match(text, first, until):
        first = joint.end()
    last = value.end if value.kind == "count" else _trimmed(text, first, until)
    if cue is None or not clause.ahead:
        return (first, min(last, first + NAME)) if last - first > 2 else cue
    if last - first > NAME:
        tail = max(clause.first, cue[0] - _TAIL)
        capitals = _CAPITALS.search(text[tail : cue[0]])
        first = tail + capitals.start() if capitals and text[cue[0]].isupper() else max(cue[0], first)
        if last - first > NAME:
            stop = _CUT.search(text, cue[1], last)
            last = _trimmed(text, first, stop.start() if stop else last)
    if value.kind == "percent" and (noun := _NOUN.search(text[first:last])):
        return first + noun.start("noun"), first + noun.end("noun")
    if last <= first or last - first > NAME:
        first, last = cue
    return first, last


def _behind(text: str, clause: Clause) -> tuple[int, int]:
    following = _FOLLOWING.match(text, clause.value.end)
    first = following.end() if following else clause.value.end
    cue = clause.cue
    stop = _STOP.search(text, max(first, cue[1] if cue and not clause.ahead else first))
    last = stop.start() if stop else len(text)
    if last - first > NAME and cue is not None:
        return cue
    return (first, min(last, first + NAME)) if last > first else (0, clause.value.start)


def lead_span(text: str, cue: re.Match[str]) -> tuple[int, int]:
    """What an introducing line says of the values below it, from the word that tells it on."""
    stop = _CUT.search(text, cue.end())
    return cue.start(), stop.start() if stop and stop.start() - cue.start() <= NAME else cue.end()


def part_span(text: str, cue: re.Match[str]) -> tuple[int, int]:
    """What a line that names several things calls the one that ``cue`` tells."""
    first = max((part.end() for part in _PART.finditer(text, 0, cue.start())), default=0)
    stop = _PART.search(text, cue.end()) or _CUT.search(text, cue.end())
    cut = _CUT.search(text, cue.end(), stop.start() if stop else len(text))
    last = cut.start() if cut else stop.start() if stop else len(text)
    return (first, last) if last - first <= NAME else cue.span()


def _trimmed(text: str, first: int, last: int) -> int:
    """The end of ``text[first:last]`` without the words that only lead on to a value."""
    tail = max(first, last - _TAIL)
    return tail + len(_TRAILING.sub("", text[tail:last]))
