"""A sentence taken apart at its values: what each is about, and what the author calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown.metrics_words import Words
from slalint.sources.markdown.values import TIMES, Value

_CAPITALS = lazy(r"(?:[A-Z][\w’'/-]*\s+){1,3}$")
_NUMBERING = lazy(r"\s*(?:\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,3}\)|[a-z][.)])\s+", re.IGNORECASE)
_STOP = lazy(r"[.,;:(]|$")

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
    """Each value of a sentence with its words. The time limit of a share, and the downtime that it leaves, make no
    clause of their own."""
    found = found[:1] + [value for before, value in pairwise(found) if not _is_left(text, before, value, words)]
    index = 0
    while index < len(found):
        value = found[index]
        first = found[index - 1].end if index else 0
        following = found[index + 1] if index + 1 < len(found) else None
        limit = following if following is not None and is_share(text, value, following, words) else None
        index += 2 if limit else 1
        last = found[index].start if index < len(found) else len(text)
        if limit is not None:
            # What is kept within the limit stands between the two.
            category, cue, ahead = _beside(text, first, limit.start, last, limit, words)
            ahead = ahead and cue is not None and cue[0] < value.start
        else:
            category, cue, ahead = _beside(text, first, value.start, last, value, words)
        yield Clause(value, first, last, category, cue, ahead, limit)


def is_share(text: str, value: Value, following: Value, words: Words) -> bool:
    """Whether two values are one: a share with the time within which it is kept."""
    if value.kind != "percent" or following.kind != "duration":
        return False
    between = text[value.end : following.start]
    return words.share.match(between) is not None and words.of_time.match(between) is None


def _is_left(text: str, share: Value, value: Value, words: Words) -> bool:
    """Whether a time only says what the share before it leaves: `99.9 % a month (43 minutes of downtime)`."""
    if share.kind != "percent" or value.kind != "duration":
        return False
    before = words.leaves.search(text, share.end, value.start)
    return before is not None or words.left.match(text, value.end) is not None


def _beside(
    text: str, first: int, start: int, last: int, value: Value, words: Words
) -> tuple[str, tuple[int, int] | None, bool]:
    """The category that the words beside a value tell, where the word stands, and whether before the value."""
    if value.kind == "duration" and words.advance.match(text, value.end, last):
        pattern = words.categories["notice"]
        cue = pattern.search(text, first, start) or pattern.search(text, value.end, last)
        return "notice", cue.span() if cue else None, cue is not None and cue.start() < start
    kind = "duration" if value.kind in TIMES else value.kind
    if kind == "duration":
        # What starts the clock follows, or another promise.
        over = words.over.search(text, value.end, last)
        last = value.end if words.starts.match(text, value.end) else over.start() if over else last
    told = words.told[text]
    named = [one for one in words.categories.items() if told & one[1].bit and kind in words.takes[one[0]]]
    for begin, end in ((first, start), (value.end, last)):
        best: tuple[tuple[int, int], str] | None = None
        for name, pattern in named:
            if name == "downtime" and not words.at_most.match(text, value.start):
                continue  # `outages must be reported within 5 days`
            cue = pattern.search(text, begin, end)
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
        return words.is_done.search(text, clause.first, clause.value.start) is not None
    if clause.cue is None or not clause.ahead:
        return False
    start, end = clause.cue
    if words.joins.fullmatch(text, end, clause.value.start) or (
        words.joins.match(text, end) and end - start < 12 and not text[:start].strip()
    ):
        return True
    is_up = words.is_up.search(text, 0, clause.value.start) if clause.value.kind == "percent" else None
    if is_up and (not is_up["up"] or words.share.match(text, clause.value.end)):
        return True  # `Mail is up 99.5 % of the time.`
    if not words.operators.match(text, clause.value.start):
        return False
    if clause.value.kind == "duration" and start < 20 and not text[end : clause.value.start].strip():
        return True  # `First answer within 20 minutes of the call.`
    verb = text[start:end]
    near = words.states.search(text, max(start - 30, 0), start) or words.states.search(text, end, clause.value.start)
    return near is not None or (verb.islower() and verb.endswith("s") and clause.value.kind == "duration")


def name_span(text: str, clause: Clause, item: bool, words: Words) -> tuple[int, int] | None:
    """Where the document says what is promised: the clause up to the value, else what follows it; None where neither
    says anything."""
    value, cue = clause.value, clause.cue
    if item and value.kind in ("percent", "count") and len(text.strip()) <= SHORT:
        return 0, len(text.rstrip(" .;,"))
    if clause.category != "notice" and (clause.limit is not None or (cue is not None and not clause.ahead)):
        return _behind(text, clause, words)
    bracket = text.rfind("(", clause.first, value.start)
    opened = bracket > text.rfind(")", 0, value.start) and bool(text[clause.first : bracket].strip())
    until = bracket if opened else value.start
    first = max(clause.first, *(text.rfind(mark, clause.first, until) + 1 for mark in (", ", "; ", ": ")))
    if first == 0 and (number := _NUMBERING.match(text)):
        first = number.end()
    if clause.category == "notice" and cue is not None and not clause.ahead and words.notice_last.match(text, *cue):
        until = cue[1]  # `give 3 days' notice`
    subject = words.subject.match(text[first:until])
    if subject and (cue is None or cue[0] >= first + subject.end()):
        first += subject.end()
    if joint := words.joint.match(text, first, until):
        first = joint.end()
    last = value.end if value.kind == "count" else _trimmed(text, first, until, words)
    if cue is None or not clause.ahead:
        return (first, min(last, first + NAME)) if last - first > 2 else cue
    if last - first > NAME:
        tail = max(clause.first, cue[0] - _TAIL)
        capitals = _CAPITALS.search(text[tail : cue[0]])
        first = tail + capitals.start() if capitals and text[cue[0]].isupper() else max(cue[0], first)
        if last - first > NAME:
            stop = words.cut.search(text, cue[1], last)
            last = _trimmed(text, first, stop.start() if stop else last, words)
    if value.kind == "percent" and (noun := words.noun.search(text[first:last])):
        return first + noun.start("noun"), first + noun.end("noun")
    if last <= first or last - first > NAME:
        first, last = cue
    return first, last


def _behind(text: str, clause: Clause, words: Words) -> tuple[int, int]:
    following = words.following.match(text, clause.value.end)
    first = following.end() if following else clause.value.end
    cue = clause.cue
    stop = _STOP.search(text, max(first, cue[1] if cue and not clause.ahead else first))
    last = stop.start() if stop else len(text)
    if last - first > NAME and cue is not None:
        return cue
    return (first, min(last, first + NAME)) if last > first else (0, clause.value.start)


def lead_span(text: str, cue: re.Match[str], words: Words) -> tuple[int, int]:
    """What an introducing line says of the values below it, from the word that tells it on."""
    stop = words.cut.search(text, cue.end())
    return cue.start(), stop.start() if stop and stop.start() - cue.start() <= NAME else cue.end()


def part_span(text: str, cue: re.Match[str], words: Words) -> tuple[int, int]:
    """What a line that names several things calls the one that ``cue`` tells."""
    first = max((part.end() for part in words.part.finditer(text, 0, cue.start())), default=0)
    stop = words.part.search(text, cue.end()) or words.cut.search(text, cue.end())
    cut = words.cut.search(text, cue.end(), stop.start() if stop else len(text))
    last = cut.start() if cut else stop.start() if stop else len(text)
    return (first, last) if last - first <= NAME else cue.span()


def _trimmed(text: str, first: int, last: int, words: Words) -> int:
    """The end of ``text[first:last]`` without the words that only lead on to a value."""
    tail = max(first, last - _TAIL)
    return tail + len(words.trailing.sub("", text[tail:last]))
