"""What the text promises in passing, among exclusions and remedies: `Maintenance (announced 48 hours ahead) is not
counted`, `Root cause analysis within 5 business days`. These are duties, not levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slalint.patterns import lazy
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_draft import Draft, piece
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, sentences

_FIGURE = lazy(r"\d+\W*[a-z]")
_NEAR = 60  # characters between a report and its time
_TOLD = 80  # characters in which the word of telling stands before the time


def read(document: Document, words: Words, found: Iterable[Draft]) -> Iterator[Draft]:
    """One metric for each notice of maintenance and each report on a miss, with its time, that is not among those
    ``found`` already."""
    taken = {value.offset for draft in found for _, value in draft.levels}
    known = {_time(value.text) for draft in found if draft.category == "notice" for _, value in draft.levels}
    told, either = words.told, words.notices.bit | words.reports_on_misses.bit
    for passage in document.passages:
        if not told[passage.text] & either or passage.kind in ("heading", "code"):
            continue
        notices = passage.kind != "cell" and words.notices.search(passage.text) is not None
        if not notices and not words.reports_on_misses.search(passage.text):
            continue
        for start, end in sentences(passage.text, words.language):
            text = passage.text[start:end]
            if not told[text] & either or not words.may_value(told[text]):
                continue
            draft = _notice(passage, start, text, words) if notices else None
            if draft is not None and _time(draft.node.text) in known:
                continue
            draft = draft or _report(passage, start, text, words)
            if draft is None or draft.node.offset in taken:
                continue
            if draft.category == "notice":
                known.add(_time(draft.node.text))
            yield draft


def _report(passage: Passage, base: int, text: str, words: Words) -> Draft | None:
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
            draft = Draft(piece(passage, base + about.start(), base + about.end()), "other", passage.section)
            draft.node = piece(passage, base + value.start, base + value.end)
            draft.add(None, draft.node, value.kind)
            draft.duty = True
            return draft
    return None


def _time(text: str) -> str:
    """The number and the first letter of the unit."""
    return "".join(_FIGURE.findall(text.lower())[:1])


def _notice(passage: Passage, base: int, text: str, words: Words) -> Draft | None:
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
            draft = Draft(piece(passage, base + about.start(), base + about.end()), "notice", passage.section)
            draft.node = piece(passage, base + value.start, base + value.end)
            draft.add(None, draft.node, value.kind)
            return draft
    return None
