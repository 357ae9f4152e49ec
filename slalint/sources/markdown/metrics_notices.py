"""What the text promises in passing, among exclusions and remedies: `Maintenance (announced 48 hours ahead) is not
counted`, `Root cause analysis within 5 business days`. These are duties, not levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_draft import Draft, piece
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, sentences

_FIGURE = lazy(r"\d+\W*[a-z]")
_NEAR = 60  # characters between a report and its time
_TOLD = 80  # characters in which the word of telling stands before the time


Span = tuple[int, int]


class _Due(NamedTuple):
    """A notice or a report, where it is named and where its time stands."""

    about: Span
    value: Span
    kind: str


class _Promised(NamedTuple):
    """A sentence that promises a notice, or a report on a miss, all spans being those in the sentence."""

    start: int
    notice: _Due | None
    report: _Due | None


def read(document: Document, words: Words, found: Iterable[Draft]) -> Iterator[Draft]:
    """One metric for each notice of maintenance and each report on a miss, with its time, that is not among those
    ``found`` already."""
    taken = {value.offset for draft in found for _, value in draft.levels}
    known = {_time(value.text) for draft in found if draft.category == "notice" for _, value in draft.levels}
    told, either, promised = words.told, words.notices.bit | words.reports_on_misses.bit, words.memory(_promised)
    for passage in document.passages:
        if not told[passage.text] & either or passage.kind == "heading" or passage.kind == "code":
            continue
        for one in promised[passage.text]:
            draft = None
            if one.notice is not None and passage.kind != "cell":
                draft = _draft("notice", passage, one.start, one.notice)
                time = _time(draft.node.text)
                if time in known:
                    continue
            elif one.report is not None:
                draft = _draft("other", passage, one.start, one.report)
                draft.duty = True
            if draft is None or draft.node.offset in taken:
                continue
            if draft.category == "notice":
                known.add(time)
            yield draft


def _draft(category: str, passage: Passage, base: int, due: _Due) -> Draft:
    draft = Draft(piece(passage, base + due.about[0], base + due.about[1]), category, passage.section)
    draft.node = piece(passage, base + due.value[0], base + due.value[1])
    draft.add(None, draft.node, due.kind)
    return draft


def _promised(whole: str, words: Words) -> tuple[_Promised, ...]:
    """The sentences of a text that promise a notice or a report on a miss."""
    told, either = words.told, words.notices.bit | words.reports_on_misses.bit
    if not (words.notices.search(whole) or words.reports_on_misses.search(whole)):
        return ()
    found = []
    for start, end in sentences(whole, words.language):
        text = whole[start:end]
        if told[text] & either and words.may_value(told[text]):
            one = _Promised(start, _notice(text, words), _report(text, words))
            if one.notice is not None or one.report is not None:
                found.append(one)
    return tuple(found)


def _report(text: str, words: Words) -> _Due | None:
    """`Incident report within 7 days`."""
    about = words.reports_on_misses.search(text)
    if about is None or words.consequences.search(text):
        return None
    for value in values.find(text, words):
        gap = text[about.end() : value.start]
        if (
            value.kind in values.TIMES
            and value.start >= about.end()
            and len(gap) <= _NEAR
            and words.limit.match(text, value.start)
        ):
            return _Due(about.span(), (value.start, value.end), value.kind)
    return None


def _time(text: str) -> str:
    """The number and the first letter of the unit."""
    return "".join(_FIGURE.findall(text.lower())[:1])


def _notice(text: str, words: Words) -> _Due | None:
    about = words.notices.search(text)
    if about is None:
        return None
    for value in values.find(text, words):
        if value.kind != "duration" or value.start < about.start() or words.exceeds.match(text, value.start):
            continue
        told = words.categories["notice"].search(text, max(value.start - _TOLD, 0), value.start)
        if told is None and not words.ahead.match(text, value.end):
            continue
        if words.ahead.match(text, value.end) or (told is not None and text[told.end() : value.start].count(" ") < 12):
            return _Due(about.span(), (value.start, value.end), value.kind)
    return None
