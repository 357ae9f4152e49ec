"""What a document says once for several metrics: over which time they are judged, and what measures them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from slalint.model import Node
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown.metrics_draft import Draft, piece, within
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, Section, sentences

_BY_MACHINE = frozenset(("availability", "latency", "error-rate"))  # what a definition may say a tool measures
_PLAIN = lazy(r"[a-z0-9<>%]+")
_LABEL = 80  # what measures is named briefly; a longer value is a sentence, and read as one
REAL_HEADING = 20  # a bold line used as a heading has at least this level


class Statement(NamedTuple):
    """A sentence that speaks of metrics: its node, where it stands, the categories that it or the headings above name,
    whether it names all."""

    node: Node
    section: Section | None
    categories: frozenset[str]
    all: bool
    blanket: bool = False  # so plainly that it holds for those that leave their own source blank
    report: bool = False  # it speaks of a report
    span: tuple[int, int] = (0, 0)  # of the sentence


class _Shown(NamedTuple):
    """A report, and the words and the category of one thing that it shows."""

    report: Node
    name: frozenset[str]
    category: str


class Context:
    """The windows and the tracking that a document states apart from the metrics themselves."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document = document
        self.words = words
        self.windows: list[Statement] = []
        self.trackings: list[Statement] = []
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self.reports: list[_Shown] = []
        self._read_labels()
        self._read_passages()
        for section in document.sections():
            self._named_report(section)

    def _read_labels(self) -> None:
        words, kind_of = self.words, self.words.memory(_label_kind)
        labels = [(label, kind) for label in self.document.labels if (kind := kind_of[label.name.text]) is not None]
        apart = [one for one in labels if one[0].passage is None or one[0].passage.kind != "cell"]
        for label, kind in apart:
            if kind.window and words.window.search(label.value.text):
                self.windows.append(self._statement(label.value, label.section, label.value.text))
        for label, kind in apart:
            if kind.tracking and names_source(label.value.text, words) and len(label.value.text) <= _LABEL:
                self.trackings.append(self._statement(label.value, label.section, label.value.text))
        for label, kind in labels:
            text = label.value.text
            if (
                kind.system
                and words.tracking_verbs.search(text + " " + label.name.text)
                and not words.tracking_not.search(text)
            ):
                self.trackings.append(self._statement(label.name, label.section, text))

    def _read_passages(self) -> None:
        words = self.words
        told, spoken, about = words.told, words.memory(_spoken), words.systems.bit | words.measured.bit
        for passage in self.document.passages:
            if not told[passage.text] & about or passage.kind == "heading" or passage.kind == "code":
                continue
            for one in spoken[passage.text]:
                text = passage.text[one.start : one.end]
                span = passage.start + one.start, passage.start + one.end
                if one.window is not None and passage.kind != "cell":
                    node = piece(passage, one.start + one.window[0], one.start + one.window[1])
                    self.windows.append(self._statement(node, passage.section, text)._replace(span=span))
                if one.system is not None:
                    node = piece(passage, one.start + one.system[0], one.start + one.system[1])
                    said = self._statement(node, passage.section, text)._replace(span=span)
                    if one.defines:
                        # An incident is what a probe reports; but downtime is measured by it.
                        said = said._replace(categories=said.categories & _BY_MACHINE, all=False)
                        if not said.categories:
                            continue
                    self.trackings.append(said)

    def _named_report(self, section: Section) -> None:
        """A heading that names a dashboard or a report, over a list of what it shows, or says what measures."""
        heading, words = section.heading, self.words
        if heading is None or heading is self.document.title:
            return
        text = heading.text
        told = words.told[text]
        if not told & words.systems.bit or not told & (words.reports.bit | words.tracking_verbs.bit):
            return
        if not words.reports.search(text) and not words.tracking_verbs.search(text):
            return  # a tool's name over what is done with it
        if not (system := words.systems.search(text)):
            return
        if words.tracking_verbs.search(text, 0, system.start()):  # `How we measure: …`
            node = piece(heading, *_named(text, *system.span(), words))
            self.trackings.append(self._statement(node, section, text)._replace(all=True))
        shown = [passage.text for passage in section.all_passages()]
        for block in self.document.code:
            if block.section is section:
                shown.extend(block.text.splitlines())
        first, last = _named(text, *system.span(), words)
        node = piece(heading, first, last)
        for line in shown:
            label = line.split(":")[0]
            if name := _content(label, words):
                self.reports.append(_Shown(node, name, words.category(label)))

    def _statement(self, node: Node, section: Section | None, text: str) -> Statement:
        words = self.words
        named = {name for name, pattern in words.about.items() if pattern.search(text)}
        blanket = words.tracking_blanket.search(text) is not None
        whole_range = blanket or (not named and words.tracking_all.search(text) is not None)
        if not named and not blanket:
            named = self._above(section)
        report = words.categories["reporting"].search(text.replace(node.text, "")) is not None
        return Statement(node, section, frozenset(named), whole_range, blanket, report)

    def _above(self, section: Section | None) -> set[str]:
        """The category that the headings above tell."""
        while section is not None and section.heading is not None and section.heading is not self.document.title:
            category = self.words.category(section.title)
            if category:
                return {category}
            section = section.parent
        return set()

    # ---- for one metric

    def complete(self, drafts: list[Draft]) -> None:
        """Give each metric its window and its tracking where its own words do not."""
        homes: dict[int, set[str]] = {}
        for draft in drafts:
            if not draft.duty:
                homes.setdefault(id(_home(draft.section)), set()).add(draft.category)
        starts = sorted(draft.node.offset for draft in drafts)
        windows, trackings = (_Said(_apart(said, starts), homes) for said in (self.windows, self.trackings))
        blanket = next((s.node for s in self.trackings if s.blanket), None)
        for draft in drafts:
            self._own_sentence(draft)
            if draft.duty:
                source = next((s for s in self.trackings if s.report and s.section is draft.section), None)
                if draft.category == "reporting" and source is not None and not draft.tracking:
                    draft.tracking.append(source.node)  # `The report is generated from …`
                continue
            if draft.window is None:
                # A time limit holds for each event; a window that is said of another metric is none of its own.
                named = draft.category not in ("response", "resolution", "recovery")
                draft.window = windows.about(draft, named)
            if draft.tracking or draft.undecided:
                continue
            tracked = blanket if draft.blank else trackings.about(draft, True) or self._reported(draft)
            if tracked is not None:
                draft.tracking.append(tracked)

    def _reported(self, draft: Draft) -> Node | None:
        """The report that shows a metric by its name."""
        if not self.reports:
            return None
        name = _content(draft.name.text, self.words)
        return next((shown.report for shown in self.reports if _shows(shown, name, draft)), None)

    def _own_sentence(self, draft: Draft) -> None:
        """Window and tracking from the metric's name and from the sentence that its value stands in."""
        words = self.words
        if draft.window is None and not draft.duty and (named := words.window.search(draft.name.text)):
            draft.window = within(draft.name, draft.name.text[slice(*named.span())])
        if draft.window is None and draft.kind == "count":
            draft.window = self._of_report(draft.section)
        passages = self.document.passages
        at = draft.node.offset
        index = bisect_right(passages, at, key=lambda passage: passage.start) - 1
        if index < 0 or passages[index].kind in ("cell", "heading"):
            return
        passage = passages[index]
        inside = at - passage.start
        start, end = self._sentence(passage, inside)
        text = passage.text[start:end]
        timed = draft.duty or (draft.kind in ("duration", "fixed") and not words.measured.search(text))
        after = inside - start + len(draft.node.raw)  # `8 hours per month`: the period belongs to the value
        window = words.window.search(text, after, after + 30) if timed else words.window.search(text)
        if draft.window is None and window and (not timed or window.start() - after < 2):
            draft.window = piece(passage, start + window.start(), start + window.end())
        if not draft.tracking and (system := words.systems.search(text)) and _does(text, system, words):
            first, last = _named(text, *system.span(), words)
            draft.tracking.append(piece(passage, start + first, start + last))

    def _of_report(self, section: Section | None) -> Node | None:
        """The period of the report that shows a number: `Weekly dashboard`."""
        heading = section.heading if section is not None else None
        if heading is None or heading is self.document.title or not self.words.reports.search(heading.text):
            return None
        period = self.words.cadences.match(heading.text, len(heading.text) - len(heading.text.lstrip()))
        return piece(heading, *period.span()) if period else None

    def _sentence(self, passage: Passage, inside: int) -> tuple[int, int]:
        """The sentence of a passage that an offset lies in."""
        spans = self._spans.get(id(passage))
        if spans is None:
            spans = self._spans[id(passage)] = list(sentences(passage.text, self.words.language))
        at = bisect_right(spans, inside, key=lambda span: span[0]) - 1
        return spans[at] if at >= 0 and inside < spans[at][1] else (0, min(len(passage.text), 1000))


class _LabelKind(NamedTuple):
    """What a name with a value behind it tells."""

    window: bool
    tracking: bool
    system: bool


def _label_kind(name: str, words: Words) -> _LabelKind | None:
    kind = _LabelKind(
        words.window_labels.fullmatch(name) is not None,
        words.tracked_labels.fullmatch(name) is not None,
        words.systems.search(name) is not None,
    )
    return kind if any(kind) else None


class _Spoken(NamedTuple):
    """A sentence that says over which time something is judged, or what measures it, with the spans of both in it."""

    start: int
    end: int
    window: tuple[int, int] | None
    system: tuple[int, int] | None
    defines: bool


def _spoken(whole_text: str, words: Words) -> tuple[_Spoken, ...]:
    """What the sentences of a text say of measuring."""
    about = words.systems.bit | words.measured.bit
    if not (words.systems.search(whole_text) or words.measured.search(whole_text)):
        return ()
    found = []
    for start, end in sentences(whole_text, words.language):
        text = whole_text[start:end]
        if not words.told[text] & about:
            continue
        window = words.window.search(text) if words.measured.search(text) else None
        system = words.systems.search(text)
        if system and (not _does(text, system, words) or words.tracking_not.search(text)):
            system = None
        if window or system:
            named = _named(text, *system.span(), words) if system else None
            defines = words.defines.search(text) is not None
            found.append(_Spoken(start, end, window.span() if window else None, named, defines))
    return tuple(found)


def _named(text: str, first: int, last: int, words: Words) -> tuple[int, int]:
    """The whole name of a system, with its owner before it and those joined to it."""
    tail = max(first - 120, 0)
    before = words.tool_before.search(text[tail:first])
    if before:
        first = tail + before.start()
    while joined := words.tool_joined.match(text, last):
        more = words.systems.match(text, joined.end()) or words.tool_name.match(text, joined.end())
        if more is None:
            break
        last = more.end()
    return first, last


def _does(text: str, system: re.Match[str], words: Words) -> bool:
    """Whether a sentence says that the system measures: the word "log" in its name is no verb, and a verb beyond
    a clause of its own speaks of something else (`measured as the minutes in which the dashboard responds`)."""
    start, end = system.span()
    for verb in words.tracking_verbs.finditer(text):
        if start <= verb.start() < end:
            if verb.start() > start and verb.group().lower().endswith("ing"):
                return True  # `reports measuring the uptime`
            continue
        gap = text[verb.end() : start] if verb.end() <= start else text[end : verb.start()]
        if not words.tracking_apart.search(gap):
            return True
    return False


def names_source(text: str, words: Words) -> bool:
    """Whether what stands under `Measured by` names something that measures: no period, no blank, no "as agreed"."""
    text = text.strip()
    return bool(text) and not (
        words.soft.fullmatch(text) or words.window.fullmatch(text) or words.tracking_nothing.fullmatch(text)
    )


def _apart(statements: list[Statement], starts: list[int]) -> list[Statement]:
    """The statements but those in a sentence that promises a value itself: they speak of that one."""
    found = []
    for one in statements:
        index = bisect_left(starts, one.span[0])
        if one.all or index == len(starts) or starts[index] >= one.span[1]:
            found.append(one)
    return found


class _Said:
    """Statements by where they stand and by what they speak of."""

    def __init__(self, statements: list[Statement], homes: dict[int, set[str]]) -> None:
        self.homes = homes
        self.sections: dict[int, list[Statement]] = {}
        self.near: dict[int, list[Statement]] = {}
        self.categories: dict[str, Statement] = {}
        self.all: Statement | None = None
        for one in statements:
            home = _home(one.section)
            self.sections.setdefault(id(one.section), []).append(one)
            self.near.setdefault(id(home), []).append(one)
            for category in one.categories:
                self.categories.setdefault(category, one)
            if one.all and self.all is None and (one.blanket or id(home) not in homes):
                self.all = one  # said of all figures, or apart from the metrics, so of all of them

    def about(self, draft: Draft, named: bool) -> Node | None:
        """The statement that speaks of a metric: the nearest in its own section, then (if ``named``) one that names its
        category, then one that names all metrics."""
        home = _home(draft.section)
        alone = len(self.homes[id(home)]) == 1
        own = self.sections.get(id(draft.section))
        for one in own or self.near.get(id(home), []):
            apart = own is None and one.section is not home and draft.section is not home
            fits = not one.categories or draft.category in one.categories
            if fits or (not apart and (alone or one.all)):
                return one.node
        found = self.categories.get(draft.category) if named else None
        if found is None:
            found = next((s for s in self.near.get(id(home), ()) if s.all), self.all)
        return found.node if found is not None else None


def _content(text: str, words: Words) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(word.rstrip("s") for word in _PLAIN.findall(text.lower()) if word not in words.common)


def _shows(shown: _Shown, name: frozenset[str], draft: Draft) -> bool:
    """Whether a line of a report is about this metric."""
    if not name or shown.category not in ("", "volume", draft.category):
        return False
    return name <= shown.name or (shown.name <= name and (len(shown.name) > 1 or draft.kind == "count"))


def _home(section: Section | None) -> Section | None:
    """The nearest section with a real heading."""
    while section is not None and section.level >= REAL_HEADING and section.parent is not None:
        section = section.parent
    return section
