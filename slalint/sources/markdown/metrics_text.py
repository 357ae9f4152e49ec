"""Metrics in running text: labels, list items and sentences that promise a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from slalint.model import Node
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_draft import Draft, piece, whole
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Label, Passage, Section, sentences

_DEFINES = re.compile(
    r"[\"“”‘'][^\"“”]{1,80}[\"”’'][^.]{0,80}\b(?:means?|is|are|refers?|has the meaning)\b|\bmeans\b|\bis defined as\b"
)
_SUBJECT = re.compile(
    r"(?:^|[.;,]\s+|\band\s+)(?:[Tt]he\s+)?([A-Z][\w’'&.-]*(?:\s+[A-Z][\w’'&.-]*){0,3}|[Cc]ustomers?|[Cc]lients?|[Pp]roviders?|[Vv]endor|[Ss]upplier)"
    r"\s+(?:shall|will|must|agrees?|commits?|guarantees?|undertakes?|is\s+required|should)\b"
)
_TRAILING = re.compile(
    r"(?:[\s(:=,;–—-]+|\b(?:of|is|are|be|will|shall|to|a|an|the|for|in|on|at|with|by|and|or|not|than|its|within|during|set|least|equal)\b)+$",
    re.IGNORECASE,
)
_LEADING_CAPITALS = re.compile(r"(?:[A-Z][\w’'/-]*\s+){1,3}$")
_LEVELS = re.compile(
    r"\b(?:priority|severity|level|tier|class|p|s)\s*\d?(?:\s*(?:,|or|and|to|-|/)\s*\d?)*$", re.IGNORECASE
)
_NO_PARTY = frozenset("The This That These Those All Each Any Every It If No Such A An".split())
_AFTER = re.compile(r"\bafter\s*$", re.IGNORECASE)
_NUMBERING = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,3}\)|[a-z][.)])\s+", re.IGNORECASE)
_LEAD_END = re.compile(
    r"\b(?:within|in accordance|as follows|according|submitted|based|during|in the following)\b|[:,;(]"
)
_SHARE = re.compile(r"\s*\+?\s*of\b", re.IGNORECASE)
_ADVANCE = re.compile(r"[^.;]{0,25}\b(?:in\s+advance|notice|beforehand|prior\s+to|before)\b", re.IGNORECASE)
_SCORE_LINE = re.compile(r"^[ \t]*(?:[-*•+][ \t]+)?(?P<name>[^:\n]{2,60}):(?P<rest>[^\n]*)$", re.MULTILINE)
_SCORE_TARGET = re.compile(r"\btarget\s*[:=]\s*", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:→|->|=>|➔)\s*")
_SHORT = 60  # a line as short as this is a name as it stands
_NAME = 70  # a longer stretch of text is no name
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
        self._sections: dict[int, tuple[bool, bool]] = {}
        self._labels: dict[int, list[Label]] = {}
        for label in document.labels:
            if label.passage is not None and label.passage.kind != "cell":
                self._labels.setdefault(id(label.passage), []).append(label)

    def read(self) -> list[Draft]:
        lead: Passage | None = None
        above: dict[int, Passage] = {}
        section: Section | None = None
        for passage in self.document.passages:
            if passage.section is not section:
                section, lead = passage.section, None
                above = {}
            if passage.kind in ("heading", "cell", "code"):
                continue
            text = passage.text.rstrip()
            if passage.kind != "item":
                introduced = lead
                lead = passage if text.endswith(":") else None
                above = {}
            else:
                introduced = next((above[d] for d in range(passage.depth, 0, -1) if d in above), lead)
                above = {d: p for d, p in above.items() if d <= passage.depth}
                if text.endswith(":"):
                    above[passage.depth] = passage
            off, on = self.about(section)
            if off or (introduced is not None and self.words.sections_off.search(introduced.text[-60:])):
                continue
            promised = on or (introduced is not None and self.words.sections_on.search(introduced.text) is not None)
            self._passage(passage, _Place(section, introduced, promised))
        self._named()
        for block in self.document.code:
            if not self.about(block.section)[0]:
                self._scorecard(block)
        return self.found

    # ---- where

    def about(self, section: Section | None) -> tuple[bool, bool]:
        """Whether nothing below a section's headings is a promise; whether its own heading says that it holds some."""
        if section is None:
            return False, False
        known = self._sections.get(id(section))
        if known is None:
            titled = section.heading is None or section.heading is self.document.title
            off, _ = self.about(section.parent)
            if not off and not titled:
                title = section.title
                off = self._silent(title)
            on = not titled and self.words.sections_on.search(section.title) is not None
            if not on and section.level >= REAL_HEADING and section.parent is not None:
                on = self.about(section.parent)[1]
            known = self._sections[id(section)] = (off, on)
        return known

    def _silent(self, title: str, whole: bool = False) -> bool:
        """Whether what stands under a title promises nothing."""
        words = self.words
        found = words.sections_off.fullmatch(title) if whole else words.sections_off.search(title)
        return found is not None or words.sections_off_whole.fullmatch(title) is not None

    # ---- what

    def _passage(self, passage: Passage, place: _Place) -> None:
        labels = self._labels.get(id(passage), ())
        taken = 0
        for label in labels:
            start = label.value.written.start - passage.start
            end = label.value.written.end - passage.start
            if end - start > _LONG or sum(1 for _ in sentences(passage.text[start:end])) > 1:
                continue
            taken = max(taken, end)
            self._label(label, passage, start, end, place)
        for start, end in sentences(passage.text[taken:]):
            self._sentence(passage, taken + start, taken + end, place)

    def _label(self, label: Label, passage: Passage, start: int, end: int, place: _Place) -> None:
        words, name = self.words, label.name.text
        if (
            words.tracked_labels.fullmatch(name)
            or words.window_labels.fullmatch(name)
            or self._silent(name, whole=True)
        ):
            return
        text = passage.text[start:end]
        if words.consequences.search(text) or words.illustration.search(text) or words.conditions.match(text):
            return
        found = [v for v in values.find(text, words) if not self._no_promise(text, v)]
        generic = words.generic.fullmatch(name) is not None
        if not found:
            if place.promised and self._counts(place) and not generic and not text.rstrip().endswith(":"):
                draft = Draft(label.name, words.category(name) or "other", place.section)
                draft.levels.append((None, piece(passage, start, end)))
                self._add(draft, place, text)
            return
        first = found[0]
        case = words.priority.search(name)
        own = "" if generic else words.category(_ARROW.sub(" to ", name), first.kind)
        around = words.category(text, first.kind) or self._inherited(place, first.kind)
        if generic:
            if not around and not place.promised and not place.title:
                return
            for cue, value in self._cues(text, found):
                category = cue or around or "other"
                if found[0] is value or (cue and cue != self.found[-1].category):
                    named = Node.of(label.name.file, *label.name.written[:2], place.title or name)
                    draft = Draft(named, category, place.section)
                    self._fill(draft, passage, start, value)
                    self._add(draft, place, text)
                else:
                    self._more(self.found[-1], passage, start, value, text)
        elif case and not own and around:
            self._level(label.name, around, passage, start, first, place)
        elif own or place.promised or (around and words.limits.search(name)):
            draft = Draft(label.name, own or around or "other", place.section)
            self._fill(draft, passage, start, first)
            if (
                len(found) > 1
                and first.kind == "percent"
                and found[1].kind == "duration"
                and _SHARE.match(text[first.end :])
            ):
                draft.target = piece(passage, start + first.start, start + found[1].end)
                draft.levels[0] = (None, draft.target)
            self._add(draft, place, text)

    def _no_promise(self, text: str, value: values.Value) -> bool:
        """Whether a value is the period over which something is judged, the name of a priority or a load."""
        if value.kind in ("count", "rate"):
            # Neither is a load up to which the promises hold, nor the number below which nobody judges.
            ceiling = self.words.ceilings.search(text, 0, value.end) is not None
            load = ceiling and self.words.category(text, "count") in ("volume", "throughput")
            return load or _LEVELS.search(text[: value.start]) is not None
        if value.kind != "duration":
            return False
        if _AFTER.search(text[: value.start]):
            return True  # a step of an escalation
        return any(m.start() < value.end and value.start < m.end() for m in self.words.window.finditer(text))

    def _counts(self, place: _Place) -> bool:
        """Whether the lines beside this one hold values: then a line without one is a target left out."""
        last = self.found[-1] if self.found else None
        if last is None or last.section is not place.section or last.target is None:
            return False
        return last.name.text.split()[0] in last.name.raw  # not a generic label that borrowed its heading's name

    def _cues(self, text: str, found: list[values.Value]) -> Iterator[tuple[str, values.Value]]:
        """Each value with the category that the words beside it tell: those before it, else those after it."""
        for index, value in enumerate(found):
            before = text[found[index - 1].end if index else 0 : value.start]
            after = text[value.end : found[index + 1].start if index + 1 < len(found) else len(text)]
            yield self._beside(before, after, value)[0], value

    def _beside(self, before: str, after: str, value: values.Value) -> tuple[str, re.Match[str] | None, bool]:
        """The category that words beside a value tell, the word, and whether it stands before the value."""
        if value.kind == "duration" and _ADVANCE.match(after):
            cue = self.words.categories["notice"].search(before)
            return ("notice", cue, True) if cue else ("notice", self.words.categories["notice"].search(after), False)
        kind = "duration" if value.kind == "fixed" else value.kind
        for text, ahead in ((before, True), (after, False)):
            best: tuple[int, str, re.Match[str]] | None = None
            for name, pattern in self.words.categories.items():
                if kind in self.words.takes[name]:
                    cue = pattern.search(text)
                    # A time is told by the first verb (`respond to outage reports`), a share by the narrowest word.
                    if cue and (best is None or (kind == "duration" and cue.start() < best[0])):
                        best = cue.start(), name, cue
            if best is not None:
                return best[1], best[2], ahead
        return "", None, False

    def _inherited(self, place: _Place, kind: str) -> str:
        """The category that the introducing line, else the headings above, tell."""
        kind = "duration" if kind == "fixed" else kind
        if place.lead is not None and (category := self.words.category(place.lead.text, kind)):
            return category
        section = place.section
        while section is not None and section.heading is not self.document.title and section.heading is not None:
            category = self.words.category(section.title, kind)
            if category:
                return category
            section = section.parent
        return ""

    def _sentence(self, passage: Passage, start: int, end: int, place: _Place) -> None:
        words = self.words
        text = passage.text[start:end]
        if words.consequences.search(text) or words.illustration.search(text) or _DEFINES.search(text):
            return
        if words.conditions.match(text):
            comma = text.find(",")
            if comma < 0:
                return
            text, start = text[comma + 1 :], start + comma + 1
        found = [v for v in values.find(text, words) if v.kind != "money" and not self._no_promise(text, v)]
        short = passage.kind == "item"
        opens = bool(found) and found[0].start < 4 and place.section is not None
        if not found or all(v.kind == "fixed" for v in found):
            if short and place.promised:
                self._duty(passage, start, text, place)
            if not found:
                return
        promise = words.promises.search(text) is not None
        if not (promise or place.promised or short or opens):
            return
        last: Draft | None = None
        skip = False
        for index, value in enumerate(found):
            if skip:
                skip = False
                continue
            before_from = found[index - 1].end if index else 0
            before = text[before_from : value.start]
            after_to = found[index + 1].start if index + 1 < len(found) else len(text)
            after = text[value.end : after_to]
            following = found[index + 1] if index + 1 < len(found) else None
            share = (
                value.kind == "percent"
                and following is not None
                and following.kind == "duration"
                and _SHARE.match(after)
            )
            probe = following if share and following is not None else value
            category, cue, ahead = self._beside(before + (after if share else ""), after, probe)
            inherited = self._inherited(place, value.kind)
            if not category and value.kind == "count":
                category = words.category(text[value.start : value.end], "count")
            if not category and last is not None and value.kind == last.kind:
                self._more(last, passage, start, value, text)
                continue
            if value.kind == "fixed" and not (promise and ahead and category not in ("", "reporting")):
                continue
            if not category and not inherited and not (place.promised and (short or opens)):
                continue
            if (
                category
                and not promise
                and not place.promised
                and not opens
                and not (ahead and cue is not None and cue.start() < 30)
            ):
                continue
            if last is not None and category == last.category and value.kind == last.kind and not (cue and ahead):
                self._more(last, passage, start, value, text)
                continue
            case = words.priority.search(text)
            own = cue is not None and ahead
            if (
                inherited
                and category in ("", inherited)
                and not own
                and (case or (not category and (place.lead is not None or opens)))
            ):
                key = piece(passage, start + case.start(), start + case.end()) if case else None
                self._level(key, inherited, passage, start, value, place)
                last = self.found[-1] if self.found else None
                continue
            draft = Draft(
                self._name(passage, start, text, cue, ahead, share, before_from, value, place),
                category or inherited or "other",
                place.section,
            )
            self._fill(draft, passage, start, value)
            if share and following is not None:
                draft.target = piece(passage, start + value.start, start + following.end)
                draft.levels[0] = (None, draft.target)
                skip = True
            if case and place.lead is not None:
                draft.priority = piece(passage, start + case.start(), start + case.end())
            self._add(draft, place, text)
            last = self.found[-1]

    def _name(
        self,
        passage: Passage,
        start: int,
        text: str,
        cue: re.Match[str] | None,
        ahead: bool,
        share: bool,
        before_from: int,
        value: values.Value,
        place: _Place,
    ) -> Node:
        """What is promised, in the document's words: the clause up to the value, else what follows it."""
        if passage.kind == "item" and value.kind in ("percent", "count") and len(text.strip()) <= _SHORT:
            return piece(passage, start, start + len(text.rstrip(" .;,")))
        bracket = text.rfind("(", before_from, value.start)
        until = (
            bracket if bracket > text.rfind(")", 0, value.start) and text[before_from:bracket].strip() else value.start
        )
        clause = max(text.rfind(mark, before_from, until) + 1 for mark in (", ", ";", ":"))
        first = max(clause, before_from)
        if first == 0 and (number := _NUMBERING.match(text)):
            first = number.end()
        last = value.end if value.kind == "count" else first + len(_TRAILING.sub("", text[first:until]))
        cut = _LEAD_END.search(text, max(first + 8, before_from + cue.end() if cue and ahead else 0), max(last, 0))
        if cut and last - first > _NAME:
            last = first + len(_TRAILING.sub("", text[first : cut.start()]))
        if share or (cue is not None and not ahead):
            following = re.compile(r"(?:\s*\+|\s+(?:of|for|the|all|in))*\s*").match(text, value.end)
            first = following.end() if following else value.end
            stop = re.compile(r"[.,;:(]|$").search(text, max(first, cue.end() if cue and not ahead else first))
            last = stop.start() if stop else len(text)
            if last - first > _NAME and cue is not None and not ahead:
                first, last = cue.span() if cue.string is text else (value.end + cue.start(), value.end + cue.end())
        elif cue is None:
            if last - first < 3:
                return self._heading(place, passage)
        else:
            told = before_from + cue.start()
            if last - first > _NAME or _SUBJECT.match(text[first:]):
                capitals = _LEADING_CAPITALS.search(text[before_from:told])
                first = before_from + capitals.start() if capitals and text[told : told + 1].isupper() else told
            if last <= first or last - first > _NAME:
                last = max(before_from + cue.end(), first + 1)
        return piece(passage, start + first, start + min(last, first + 2 * _NAME))

    def _heading(self, place: _Place, passage: Passage) -> Node:
        if place.lead is not None:
            return whole(place.lead)
        if place.section is not None and place.section.heading is not None:
            return whole(place.section.heading)
        return whole(passage)

    def _fill(self, draft: Draft, passage: Passage, base: int, value: values.Value) -> None:
        node = piece(passage, base + value.start, base + value.end)
        draft.node = node
        draft.add(None, node, value.kind)

    def _more(self, draft: Draft, passage: Passage, base: int, value: values.Value, text: str) -> None:
        case = self.words.priority.search(text[value.end :])
        key = piece(passage, base + value.end + case.start(), base + value.end + case.end()) if case else None
        draft.add(key, piece(passage, base + value.start, base + value.end), value.kind)

    def _level(
        self, key: Node | None, category: str, passage: Passage, base: int, value: values.Value, place: _Place
    ) -> None:
        """A value of what the introducing line or the heading names: one metric for all the lines below it."""
        at = place.lead if place.lead is not None else place.section
        group = (id(at), category)
        draft = self._groups.get(group)
        node = piece(passage, base + value.start, base + value.end)
        if draft is not None:
            draft.add(key, node, value.kind)
            return
        title = self._heading(place, passage)
        draft = Draft(title, category, place.section, node)
        if place.lead is not None:
            cue = self.words.categories[category].search(place.lead.text)
            if cue:
                stop = _LEAD_END.search(place.lead.text, cue.end())
                last = stop.start() if stop and stop.start() - cue.start() <= _NAME else cue.end()
                draft.name = piece(place.lead, cue.start(), last)
        draft.add(key, node, value.kind)
        self._groups[group] = draft
        self._add(draft, place, passage.text)

    def _duty(self, passage: Passage, start: int, text: str, place: _Place) -> None:
        """A report or a meeting that is due again and again."""
        often = self.words.cadences.search(text)
        if often is None or often.start() > 3 or not self.words.reports.search(text):
            return
        draft = Draft(piece(passage, start, start + len(text)), "reporting", place.section)
        draft.duty = True
        draft.add(None, piece(passage, start + often.start(), start + often.end()), "fixed")
        draft.window = draft.target
        self._add(draft, place, text)

    def _add(self, draft: Draft, place: _Place, text: str) -> None:
        """Keep a metric; the same line under another priority's heading is one more value of the first."""
        if draft.category in ("notice", "maintenance", "reporting"):
            draft.category, draft.duty = ("reporting" if draft.category == "reporting" else "other"), True
        path = place.section.path() if place.section is not None else ()
        case = next((m for title in reversed(path[:-1] or path) if (m := self.words.priority.search(title))), None)
        if case is not None:
            group = (draft.name.text.lower() or "", draft.category, draft.kind)
            earlier = self._groups.get(group)
            if earlier is not None:
                earlier.levels.extend(draft.levels)
                return
            self._groups[group] = draft
        draft.party = draft.party or self._party(draft, place, text)
        self.found.append(draft)

    def _party(self, draft: Draft, place: _Place, text: str) -> Node | None:
        """Who promises it: the subject of the sentence or of the line that introduces it, else a side named there or
        in the headings above."""
        passage = self._passage_of(draft, place)
        for one in (passage, place.lead):
            if one is not None:
                subject: re.Match[str] | None = None
                limit = draft.node.written.start - one.start if one is passage else len(one.text)
                for found in _SUBJECT.finditer(one.text[: max(limit, 0)]):
                    subject = found
                if subject is not None and not self._no_party(subject.group(1)):
                    return piece(one, subject.start(1), subject.end(1))
        if place.lead is not None and (side := self._side(place.lead)):
            return side
        return self.side_above(place.section)

    def side_above(self, section: Section | None) -> Node | None:
        """The side that the headings above name, where they name one: `What Marketing promises`."""
        while section is not None and section.heading is not None and section.heading is not self.document.title:
            if side := self._side(section.heading):
                return side
            section = section.parent
        return None

    def _no_party(self, name: str) -> bool:
        return name.split()[0] in _NO_PARTY or bool(self.words.category(name))

    def _side(self, passage: Passage) -> Node | None:
        sides = [m for name in ("marketing", "sales") if (m := self.words.sides[name].search(passage.text))]
        return piece(passage, sides[0].start(), sides[0].end()) if len(sides) == 1 else None

    def _passage_of(self, draft: Draft, place: _Place) -> Passage | None:
        start = draft.node.written.start
        for passage in reversed(place.section.passages if place.section is not None else ()):
            if passage.start <= start:
                return passage
        return None

    # ---- promises without a value, and score lines

    def _named(self) -> None:
        """`available for at least the Target Uptime`: promised, but the value stands nowhere in the document."""
        words = self.words
        valued = {draft.category for draft in self.found if draft.target is not None}
        for table in self.document.tables:
            for cell in table.header:
                valued.add(words.category(cell.text))
        for passage in self.document.passages:
            if passage.kind in ("heading", "cell") or self.about(passage.section)[0]:
                continue
            for named in words.named.finditer(passage.text):
                rest = passage.text[named.end() : named.end() + 40]
                for category in ("availability", "response", "resolution"):
                    cue = words.categories[category].match(rest.lstrip())
                    if cue is None or category in valued:
                        continue
                    sentence = next(
                        (passage.text[a:b] for a, b in sentences(passage.text) if a <= named.start() < b), ""
                    )
                    if words.consequences.search(sentence) or not words.promises.search(
                        sentence.replace(named.group(), "", 1)
                    ):
                        continue
                    if _DEFINES.search(sentence):
                        continue
                    lead = len(rest) - len(rest.lstrip())
                    end = named.end() + lead + cue.end()
                    if passage.text[end : end + 5].strip().lower() == "time":
                        end = passage.text.index("ime", end) + 3
                    draft = Draft(piece(passage, named.start(), end), category, passage.section)
                    self.found.append(draft)
                    valued.add(category)

    def _scorecard(self, block: Passage) -> None:
        """Lines such as `Leads accepted: 71 % (target: 70 %)` in a block of plain text."""
        above = ""
        for line in _SCORE_LINE.finditer(block.text):
            name, rest = line.group("name").strip(), line.group("rest")
            if not rest.strip():
                above = name
                continue
            target = _SCORE_TARGET.search(rest)
            own = _SCORE_TARGET.match(name + ": ")
            if not target and not own:
                continue
            base = line.start("rest") + (target.end() if target else 0)
            text = rest[target.end() if target else 0 :]
            number = re.match(r"\s*[<>≥≤=]*\s*[+-]?\d[\d.,]*\s*(?:%|\w+)?", text)
            if number is None:
                continue
            value = next(values.find(text, self.words), None)
            start, end = (value.start, value.end) if value else number.span()
            kind = value.kind if value else "count"
            label = above if own and above else name
            category = self.words.category(_ARROW.sub(" to ", label) + " " + text[:40], kind)
            category = category or ("other" if value or "%" in number.group() else "volume")
            at = line.start("name")
            node = Node.of(block.node.file, block.start + at, block.start + at + len(name), label)
            draft = Draft(node, category, block.section)
            draft.add(None, piece(block, base + start, base + end), kind)
            self.found.append(draft)
