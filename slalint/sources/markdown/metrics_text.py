"""Metrics in running text: labels, list items and sentences that promise a value."""

from __future__ import annotations

import re
from itertools import pairwise

from slalint.model import Node
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_clauses import (
    SHORT,
    Clause,
    clauses,
    is_share,
    lead_span,
    name_span,
    part_span,
    states,
)
from slalint.sources.markdown.metrics_draft import Draft, piece, whole
from slalint.sources.markdown.metrics_said import Said, Span, may_tell, promised_values, said
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Label, Passage, Section, sentences

_SLASH = lazy(r"\s*/\s*")
_ENUMERATES = lazy(r":\s+(?=\(?[a-z0-9]{1,3}[.)]\s)", re.IGNORECASE)
_ARROW = lazy(r"\s*(?:→|->|=>|➔)\s*")
_SENTENCE = 3000  # a longer sentence is no sentence
_LONG = 170  # a label's value beyond this is running text
REAL_HEADING = 20  # below this level a heading is one; from here on a bold line used as one


class _Place(NamedTuple):
    """Where a passage stands: its section, the line that introduces it, and whether promises are made there."""

    section: Section | None
    lead: Passage | None
    promised: bool

    @property
    def title(self) -> str:
        return self.section.title if self.section is not None else ""


class TextReader:
    """Reads the passages of one document in order, for what each line inherits from the lines above it."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document = document
        self.words = words
        self.found: list[Draft] = []
        self._groups: dict[tuple[object, ...], Draft] = {}
        self._kept: list[Passage] = []  # lines made here, whose identity stands in the groups
        self._promising: dict[int, bool] = {}
        self._leads: dict[tuple[int, str], str] = {}
        self._valued: set[int] = set()  # sections with a value under a name of its own
        self._sections: dict[int, tuple[bool, bool]] = {}
        self._sides: dict[int, Node | None] = {}
        self._said = words.memory(said)
        self._titles = words.memory(_announced)
        self._labels: dict[int, list[Label]] = {}
        for label in document.labels:
            if label.passage is not None and label.passage.kind != "cell":
                self._labels.setdefault(id(label.passage), []).append(label)

    def read(self) -> list[Draft]:
        words, title = self.words, self.document.title
        lead: Passage | None = None
        above: dict[int, Passage] = {}
        section: Section | None = None
        for passage in self.document.passages:
            if passage.section is not section:
                section, lead, above = passage.section, None, {}
            kind, text = passage.kind, passage.text
            if kind == "cell" or kind == "code":
                continue
            if kind == "heading":
                if passage is not title:
                    self._headed(passage)
                continue
            introduces = text.rstrip().endswith(":")
            if kind != "item":
                introduced, lead, above = lead, passage if introduces else None, {}
            else:
                introduced = lead
                if above:
                    introduced = next((above[d] for d in range(passage.depth, 0, -1) if d in above), lead)
                    above = {d: p for d, p in above.items() if d <= passage.depth}
                if introduces:
                    above[passage.depth] = passage
            tells = may_tell(words.told[text], words)
            if not tells and id(passage) not in self._labels:
                continue
            off, on = self.about(section)
            if off or (introduced is not None and words.sections_off.search(introduced.text[-60:])):
                continue
            promised = on or (introduced is not None and self._announces(introduced))
            self._passage(passage, _Place(section, introduced, promised), tells)
        self._named()
        return self.found

    def _headed(self, heading: Passage) -> None:
        """A title that states a target: `Tier 1 (99.9 % uptime target)`."""
        words, text = self.words, heading.text
        if "%" not in text or len(text) > _LONG or not words.sections_on.search(text) or self.about(heading.section)[0]:
            return
        value = next((one for one in values.find(text, words) if one.kind == "percent"), None)
        category = words.category(text, "percent")
        if value is None or category not in ("availability", "error-rate"):
            return
        cue = words.categories[category].search(text)
        draft = Draft(piece(heading, *cue.span()) if cue else whole(heading), category, heading.section)
        self._fill(draft, heading, 0, value)
        level = self._level_above(heading.section) or piece(heading, 0, min(value.start, SHORT))
        draft.levels = [(level, draft.node)]
        self._add(draft, _Place(heading.section, None, True), heading)

    # ---- where

    def about(self, section: Section | None) -> tuple[bool, bool]:
        """Whether nothing below a section's headings is a promise; whether its own heading says that it holds some."""
        if section is None:
            return False, False
        known = self._sections.get(id(section))
        if known is None:
            off = on = False
            if section.heading is not None and section.heading is not self.document.title:
                off, on = self._titles[section.title]
            off = off or self.about(section.parent)[0]
            if not on and section.level >= REAL_HEADING and section.parent is not None:
                on = self.about(section.parent)[1]
            known = self._sections[id(section)] = (off, on)
        return known

    def _announces(self, lead: Passage) -> bool:
        """Whether a line that introduces others says that they promise something."""
        known = self._promising.get(id(lead))
        if known is None:
            text = lead.text[-_SENTENCE:]
            known = self._promising[id(lead)] = self.words.sections_on.search(text) is not None
        return known

    def _inherited(self, place: _Place, kind: str) -> str:
        """The category that the introducing line, else the headings above, tell."""
        kind = "duration" if kind in values.TIMES else kind
        if place.lead is not None:
            key = id(place.lead), kind
            if key not in self._leads:
                self._leads[key] = self.words.category(place.lead.text[-_SENTENCE:], kind)
            if self._leads[key]:
                return self._leads[key]
        section = place.section
        while section is not None and section.heading is not self.document.title and section.heading is not None:
            if category := self.words.category(section.title, kind):
                return category
            section = section.parent
        return ""

    # ---- what

    def _passage(self, passage: Passage, place: _Place, tells: bool) -> None:
        """Read the labels of a passage, and its sentences if any of them ``tells`` of a value."""
        text, taken = passage.text, 0
        for label in self._labels.get(id(passage), ()):
            start = label.value.offset - passage.start
            end = label.value.written.end - passage.start
            if end - start > _LONG or len(sentences(text[start:end], self.words.language)) > 1:
                continue
            if self._label(label, passage, start, end, place):
                taken = max(taken, end)
        if not tells:
            return
        if listed := _ENUMERATES.search(text, taken):
            # `shall resolve: (a) Priority 1 incidents within 4 hours; (b) …` on one line
            before = text[taken : listed.end()]
            lead = Passage(passage.part(taken, listed.end()), before, passage.kind, passage.section, passage.depth)
            self._kept.append(lead)
            self._sentences(passage, taken, listed.start() + 1, place)
            promised = place.promised or self.words.promises.search(before) is not None
            place, taken = place._replace(lead=lead, promised=promised), listed.end()
        self._sentences(passage, taken, len(text), place)

    def _sentences(self, passage: Passage, first: int, last: int, place: _Place) -> None:
        for one in self._said[passage.text[first:last]]:
            self._sentence(passage, first + one.start, one, place)

    def _label(self, label: Label, passage: Passage, start: int, end: int, place: _Place) -> bool:
        """Read a name with its value; false where it is for the reader of sentences."""
        words, name = self.words, label.name.text
        if (
            words.tracked_labels.fullmatch(name)
            or words.window_labels.fullmatch(name)
            or words.lights.match(name)
            or words.sections_off.fullmatch(name)
            or words.sections_off_whole.fullmatch(name)
        ):
            return True
        text = passage.text[start:end]
        if words.consequences.search(text) or words.illustration.search(text) or words.conditions.match(text):
            return True
        found = promised_values(text, words)
        if words.generic.fullmatch(name):
            self._generic(label, passage, start, text, found, place)
            return True
        if not found:
            told = (place.promised and len(text.strip()) <= SHORT) or words.soft.fullmatch(text.strip())
            left_open = place.promised and words.category(name) and words.soft.fullmatch(text.strip())
            if told and (left_open or self._counts(place)) and not text.rstrip().endswith(":"):
                draft = Draft(label.name, words.category(name) or "other", place.section)
                draft.levels.append((None, piece(passage, start, end)))
                self._add(draft, place, passage)
            return True
        if self._several(label.name, passage, start, text, found, place):
            return True
        first = found[0]
        own = words.category(_ARROW.sub(" to ", name), first.kind)
        around = words.category(text, first.kind) or self._inherited(place, first.kind)
        if own == "reporting" and around in ("response", "resolution") and not words.cadences.search(text):
            own = ""  # `Bug reports: 4 hours` below `Response times`
        if case := words.priority.search(name):
            cues = [clause.category for clause in clauses(text, found, words)]
            if len(cues) > 1 and all(cues) and len(set(cues)) == len(cues):
                return False  # `P1: reply 20 min / repair 3 h`: each value has its own word
        plain = first.kind == "duration" and not text[: first.start].strip() and not text[first.end :].strip(" .")
        if not own and around and (case or (plain and place.promised)):
            self._level(label.name, around, passage, start, first, place)
        elif (
            own
            or place.promised
            or words.generic_end.search(name)
            or (around and words.limits.search(name))
            or (plain and self._counts(place))
        ):
            draft = Draft(label.name, own or around or "other", place.section)
            limit = found[1] if len(found) > 1 and is_share(text, first, found[1], self.words) else None
            self._fill(draft, passage, start, first, limit)
            self._add(draft, place, passage)
            self._valued.add(id(place.section))
        else:
            return False
        return True

    def _generic(
        self, label: Label, passage: Passage, start: int, text: str, found: list[values.Value], place: _Place
    ) -> None:
        """`Target: 99.5 %`: the value names what is promised, or the heading does."""
        last: Draft | None = None
        for clause in clauses(text, found, self.words):
            around = self.words.category(text, clause.value.kind) or self._inherited(place, clause.value.kind)
            if last is None or (clause.category and clause.category != last.category):
                named = Node.of(label.name.file, *label.name.written[:2], place.title or label.name.text)
                last = Draft(named, clause.category or around or "other", place.section)
                self._fill(last, passage, start, clause.value, clause.limit)
                self._add(last, place, passage)
            else:
                self._more(last, passage, start, clause, text)

    def _counts(self, place: _Place) -> bool:
        """Whether the lines beside this one hold values: then a line without one is a target left out."""
        return id(place.section) in self._valued

    def _sentence(self, passage: Passage, start: int, one: Said, place: _Place) -> None:
        """Read a sentence whose text begins at ``start``."""
        words, text, found = self.words, one.text, one.values
        item = passage.kind == "item"
        if one.report is not None:
            self._report(passage, start, one, *one.report, place)
        if item and place.promised and one.duty is not None:
            self._duty(passage, start, one, one.duty, place)
        if not found:
            return
        if item and self._several(None, passage, start, text, found, place):
            return
        promise = place.promised or one.promises or one.demands or (item and self._does(text))
        opens = found[0].start < 4
        last: Draft | None = None
        for clause in one.clauses:
            inherited = self._inherited(place, clause.value.kind)
            if (
                clause.value.kind == "percent"
                and not clause.category
                and self.words.exceeds.match(text, clause.value.start)
            ):
                continue  # `Slower by > 50 %` tells an incident
            same = last is not None and clause.value.kind == last.kind and clause.category in ("", last.category)
            if last is not None and same and not (clause.ahead and clause.cue):
                self._more(last, passage, start, clause, text)
                continue
            if clause.value.kind == "fixed":
                if not (promise and clause.ahead and clause.category not in ("", "reporting")):
                    continue
            elif not clause.category:
                if not (inherited and (promise or item or opens)) and not (place.promised and (item or opens)):
                    continue
            elif not (promise or opens or states(text, clause, words) or (item and clause.early)):
                continue
            last = self._clause(passage, start, text, clause, inherited, place)

    def _clause(
        self, passage: Passage, start: int, text: str, clause: Clause, inherited: str, place: _Place
    ) -> Draft | None:
        """The metric that a clause promises, or the one that it gives another value."""
        case = self._case(passage, start, text, clause)
        value = clause.value
        borrowed = inherited and clause.category in ("", inherited) and not (clause.ahead and clause.cue)
        if borrowed and (case or (not clause.category and (place.lead is not None or value.start < 4))):
            self._level(case, inherited, passage, start, value, place)
            return self.found[-1] if self.found else None
        span = name_span(text, clause, passage.kind == "item", self.words)
        name = piece(passage, start + span[0], start + span[1]) if span else self._heading(place, passage)
        draft = Draft(name, clause.category or inherited or "other", place.section)
        self._fill(draft, passage, start, value, clause.limit)
        draft.levels[0] = (case or self._case_before(passage, start + clause.first), draft.node)
        self._add(draft, place, passage)
        return self.found[-1]

    def _case(self, passage: Passage, start: int, text: str, clause: Clause) -> Node | None:
        """The priority that a value is for: named beside it."""
        pattern, value = self.words.priority, clause.value
        case = pattern.search(text, clause.first, value.start) or pattern.search(text, value.end, clause.last)
        return piece(passage, start + case.start(), start + case.end()) if case else None

    def _case_before(self, passage: Passage, end: int) -> Node | None:
        """The priority that the sentence before speaks of: `Severity 1: production down. We respond …`."""
        opening = self.words.priority.search(passage.text, 0, min(end, 30))
        if opening is None or opening.start() > 3:
            return None
        near = list(self.words.priority.finditer(passage.text, max(end - _LONG, 0), end)) or [opening]
        return piece(passage, *near[-1].span())

    def _heading(self, place: _Place, passage: Passage) -> Node:
        if place.lead is not None:
            return whole(place.lead)
        if place.section is not None and place.section.heading is not None:
            return whole(place.section.heading)
        return whole(passage)

    def _fill(
        self, draft: Draft, passage: Passage, base: int, value: values.Value, limit: values.Value | None = None
    ) -> None:
        first = values.opening(passage.text, value._replace(start=base + value.start), self.words)
        draft.node = piece(passage, first, base + (limit or value).end)
        draft.add(None, draft.node, value.kind)

    def _more(self, draft: Draft, passage: Passage, base: int, clause: Clause, text: str) -> None:
        value = clause.value
        draft.add(
            self._case(passage, base, text, clause), piece(passage, base + value.start, base + value.end), value.kind
        )

    def _several(
        self,
        key: Node | None,
        passage: Passage,
        base: int,
        text: str,
        found: list[values.Value],
        place: _Place,
    ) -> bool:
        """Read `Urgent: 30 min / 4 h` below `Answer and repair`: a value for each thing that the line above names, in
        the same order. False where there are not as many of them."""
        if len(found) < 2 or not all(_SLASH.fullmatch(text, a.end, b.start) for a, b in pairwise(found)):
            return False
        heading = place.section.heading if place.section is not None else None
        for source in (place.lead, heading):
            if source is None or len(source.text) > _SENTENCE or source is self.document.title:
                continue
            cues = [
                (cue, category)
                for category, pattern in self.words.categories.items()
                if "duration" in self.words.takes[category] and (cue := pattern.search(source.text))
            ]
            if len(cues) != len(found) or any(value.kind not in ("duration", "fixed") for value in found):
                continue
            key = key or self._case(passage, base, text, Clause(found[0], 0, len(text), "", None, False, None))
            for (cue, category), value in zip(sorted(cues, key=lambda one: one[0].start()), found, strict=True):
                name = piece(source, *part_span(source.text, cue, self.words))
                self._level(key, category, passage, base, value, place, name)
            return True
        return False

    def _level(
        self,
        key: Node | None,
        category: str,
        passage: Passage,
        base: int,
        value: values.Value,
        place: _Place,
        name: Node | None = None,
    ) -> None:
        """A value of what the introducing line or the heading names: one metric for all the lines below it."""
        group = (id(place.lead if place.lead is not None else place.section), category)
        node = piece(passage, base + value.start, base + value.end)
        draft = self._groups.get(group)
        if draft is not None:
            draft.add(key, node, value.kind)
            return
        draft = Draft(name or self._heading(place, passage), category, place.section, node)
        if name is None and place.lead is not None and (cue := self.words.categories[category].search(place.lead.text)):
            draft.name = piece(place.lead, *lead_span(place.lead.text, cue, self.words))
        draft.add(key, node, value.kind)
        self._groups[group] = draft
        self._add(draft, place, passage)

    def _duty(self, passage: Passage, start: int, one: Said, often: Span, place: _Place) -> None:
        """A report or a meeting that is due again and again."""
        draft = Draft(piece(passage, start, start + len(one.text)), "reporting", place.section)
        self._recurs(draft, passage, start, often, place)

    def _report(self, passage: Passage, start: int, one: Said, report: Span, often: Span, place: _Place) -> None:
        """A report that is promised again and again: `will send a monthly performance report`."""
        if not one.promises and self._inherited(place, "duration") != "reporting":
            return
        draft = Draft(piece(passage, start + report[0], start + report[1]), "reporting", place.section)
        self._recurs(draft, passage, start, often, place)

    def _recurs(self, draft: Draft, passage: Passage, start: int, often: Span, place: _Place) -> None:
        draft.add(None, piece(passage, start + often[0], start + often[1]), "fixed")
        draft.window = draft.target
        self._add(draft, place, passage)

    def _add(self, draft: Draft, place: _Place, passage: Passage) -> None:
        """Keep a metric. The same one again, for another priority, is one more value of the first."""
        path = place.section.path() if place.section is not None else ()
        level = self._level_above(place.section)
        if level is not None and draft.levels[0][0] is None:
            draft.levels = [(level, value) for _, value in draft.levels]
        cased = draft.levels[0][0] is not None or any(self.words.priority.search(title) for title in path[:-1] or path)
        if cased or draft.category in ("response", "resolution"):
            where = None if cased else place.section
            group = (draft.name.text.lower(), draft.category, draft.kind, id(where))
            earlier = self._groups.get(group)
            if earlier is not None:
                earlier.levels.extend(draft.levels)
                return
            self._groups[group] = draft
        draft.party = draft.party or self._party(draft, place, passage)
        self.found.append(draft)

    def _level_above(self, section: Section | None) -> Node | None:
        """The level of urgency that a heading above names at its beginning: `P1 – Critical`, over its times."""
        while section is not None and section.heading is not None and section.heading is not self.document.title:
            found = self.words.priority.search(section.title)
            if found is not None and found.start() < 3 and len(section.title) <= SHORT:
                level = section.title[slice(*found.span())]
                at = section.heading.text.find(level)
                return piece(section.heading, at, at + len(level)) if at >= 0 else whole(section.heading)
            section = section.parent
        return None

    # ---- who

    def _does(self, text: str) -> bool:
        """Whether a line says what one of two sides that promise each other something does: `Sales calls …`."""
        said = self.words.does.match(text)
        return said is not None and any(
            self.words.sides[name].fullmatch(said.group(1)) for name in ("marketing", "sales")
        )

    def _party(self, draft: Draft, place: _Place, passage: Passage) -> Node | None:
        """Who promises it: the subject of the sentence or of the line that introduces it, else a side named there or
        in the headings above."""
        for one in (passage, place.lead):
            if one is not None:
                last = max(draft.node.offset - one.start, 0) if one is passage else len(one.text)
                text = one.text[max(last - _SENTENCE, 0) : last]
                subjects = [found for found in self.words.subject.finditer(text) if not self._no_party(found.group(1))]
                if subjects:
                    base = max(last - _SENTENCE, 0)
                    return piece(one, base + subjects[-1].start(1), base + subjects[-1].end(1))
        if place.lead is not None and len(place.lead.text) < _SENTENCE and (side := self._side(place.lead)):
            return side
        return self.side_above(place.section)

    def side_above(self, section: Section | None) -> Node | None:
        """The side that the headings above name, where they name one: `What Marketing promises`."""
        key = id(section)
        if key not in self._sides:
            self._sides[key] = self._side_above(section)
        return self._sides[key]

    def _side_above(self, section: Section | None) -> Node | None:
        while section is not None and section.heading is not None and section.heading is not self.document.title:
            if side := self._side(section.heading):
                return side
            section = section.parent
        return None

    def _no_party(self, name: str) -> bool:
        return name.split()[0] in self.words.no_party or bool(self.words.category(name))

    def _side(self, passage: Passage) -> Node | None:
        sides = [m for name in ("marketing", "sales") if (m := self.words.sides[name].search(passage.text))]
        return piece(passage, *sides[0].span()) if len(sides) == 1 else None

    # ---- promises without a value

    def _named(self) -> None:
        """`available for at least the Target Uptime`: promised, but the value stands nowhere in the document."""
        words = self.words
        valued: set[str] = set()
        for passage in self.document.passages:
            if passage.kind in ("heading", "cell") or not words.may_name_target(words.told[passage.text]):
                continue
            if self.about(passage.section)[0]:
                continue
            if not valued:
                valued.update(draft.category for draft in self.found if draft.target is not None)
                valued.update(words.category(cell.text) for table in self.document.tables for cell in table.header)
            for named in words.named_target.finditer(passage.text):
                category = words.category(named.group(1))
                if category in valued or category not in ("availability", "response", "resolution"):
                    continue
                spans = sentences(passage.text, words.language)
                text = next((passage.text[a:b] for a, b in spans if a <= named.start() < b), "")
                promised = words.promises.search(text.replace(named.group(), "", 1))
                if promised and not words.consequences.search(text) and not self.words.defines.search(text):
                    self.found.append(Draft(piece(passage, *named.span()), category, passage.section))
                    valued.add(category)


def _announced(title: str, words: Words) -> tuple[bool, bool]:
    """Whether nothing below a title is a promise; whether the title says that something is."""
    silent = words.sections_off.search(title) is not None or words.sections_off_whole.fullmatch(title) is not None
    return silent, words.sections_on.search(title) is not None
