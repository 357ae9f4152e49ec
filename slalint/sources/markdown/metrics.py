"""The metrics that a prose agreement promises: one for each thing measured, with the place of each part."""

from __future__ import annotations

from slalint import quantities as q
from slalint.agreement import Metric, Tracking, slug
from slalint.model import Node
from slalint.patterns import lazy
from slalint.sources.markdown import metrics_notices, metrics_scores, metrics_tables, metrics_words
from slalint.sources.markdown.cues import Memory
from slalint.sources.markdown.metrics_context import Context
from slalint.sources.markdown.metrics_draft import Draft
from slalint.sources.markdown.metrics_text import TextReader
from slalint.text import Document, Table

_WORD = lazy(r"[a-z0-9%.]+")
_NUMBER = lazy(r"\d+(?:[.,]\d+)?")

_NAMED: Memory[frozenset[str]] = Memory(lambda text: frozenset(_WORD.findall(text.lower())))  # words of a name
_NUMBERS: Memory[tuple[str, ...]] = Memory(lambda text: tuple(_NUMBER.findall(text)))


def read_metrics(document: Document, language: str = "en") -> list[Metric]:
    """Every metric of a document in the order in which they are named."""
    words = metrics_words.of(language)
    reader = TextReader(document, words)
    drafts = reader.read()
    for block in document.code:
        if not reader.about(block.section)[0]:
            drafts.extend(metrics_scores.read(block, words))
    for table in document.tables:
        if not reader.about(table.section)[0]:
            for draft in metrics_tables.read(table, words, _title(document, table, words)):
                draft.party = draft.party or reader.side_above(table.section)
                drafts.append(draft)
    drafts.extend(list(metrics_notices.read(document, words, drafts)))
    for draft in drafts:
        _settle(draft)
    drafts.sort(key=lambda draft: draft.start)
    own = {id(draft) for draft in drafts if draft.tracking}
    Context(document, words).complete(drafts)
    drafts = _without_repeats(drafts, own, words)
    used: dict[str, int] = {}
    return [_metric(draft, used, words) for draft in drafts]


def _title(document: Document, table: Table, words: metrics_words.Words) -> str:
    """What the heading above a table says of it; the document's own says what is measured only if it names that."""
    if table.section is None:
        return ""
    own = table.section.heading is not document.title or words.category(table.section.title)
    return table.section.title if own else ""


def _settle(draft: Draft) -> None:
    """Notices and reports are duties; of the format's categories only reporting is one of theirs."""
    if draft.category in ("notice", "maintenance", "reporting") and draft.kind != "percent":
        draft.duty = True
    if draft.category == "downtime":
        draft.category = "availability"
    if draft.category in ("notice", "maintenance", ""):
        draft.category = "other"


def _without_repeats(drafts: list[Draft], own: set[int], words: metrics_words.Words) -> list[Draft]:
    """One statement of each promise: the same value under the same name again adds nothing. The first one stays, unless
    a later one names in its ``own`` words what measures it."""
    kept: list[Draft] = []
    seen: dict[tuple[str, ...], list[tuple[frozenset[str], int]]] = {}
    for draft in drafts:
        name = _NAMED[draft.name.text]
        values = _NUMBERS[draft.target.text] if draft.target is not None else ()
        unit = words.unit.search(draft.target.text) if draft.target is not None and draft.kind == "duration" else None
        key = (draft.category, draft.kind, unit.group(1).lower() if unit else "", *values)
        known = seen.setdefault(key, [])
        at = next((at for other, at in known[-50:] if name <= other or other <= name), None) if values else None
        if at is None:
            known.append((name, len(kept)))
            kept.append(draft)
        elif id(draft) in own and id(kept[at]) not in own:
            draft.window = draft.window or kept[at].window
            kept[at] = draft
    return sorted(kept, key=lambda draft: draft.start)


def _target(text: str, words: metrics_words.Words) -> q.Target | None:
    """A value as the format understands it; None where it does not."""
    return words.target(words.until.sub("by ", text))


def _clock(text: str, words: metrics_words.Words) -> str:
    """What a value says of the hours that it counts; empty for nothing."""
    found = words.business.search(text)
    return found.group() if found is not None else ""


def _metric(draft: Draft, used: dict[str, int], words: metrics_words.Words) -> Metric:
    name = slug(draft.name.text) or "metric"
    used[name] = used.get(name, 0) + 1
    target = draft.target if draft.target is not None else next((value for _, value in draft.levels), None)
    read = words.memory(_target)
    parsed = [(value, one) for _, value in draft.levels if (one := read[value.text]) is not None]
    clock = words.memory(_clock)[target.text] if target is not None else ""
    return Metric(
        node=draft.node,
        id=name if used[name] == 1 else f"{name}-{used[name]}",
        name=draft.name,
        category=draft.category,
        service=None,
        party=draft.party,
        target=target,
        targets=tuple(one for _, one in parsed),
        values=tuple(parsed),
        window=draft.window,
        tracking=tuple(Tracking(node, node) for node in draft.tracking),
        clock=Node.of(draft.node.file, target.offset, target.written.end, clock)
        if target is not None and clock
        else None,
        priority=draft.priority,
        levels=tuple(draft.levels) if len(draft.levels) > 1 else (),
        duty=draft.duty,
        to_fill_in=draft.to_fill_in,
    )
