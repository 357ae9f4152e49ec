"""A prose agreement: the same questions as of a data agreement, answered from running text.

A document may carry the data form too (``agreement:`` in its front matter, or a fenced block ``sla``). What the data
states is taken from there, everything else from the prose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal

from slalint import quantities as q
from slalint.agreement import (
    POLICIES,
    TYPES,
    Agreement,
    Definition,
    Element,
    Goal,
    Metric,
    Party,
    Person,
    Policy,
    slug,
)
from slalint.model import Node
from slalint.once import once
from slalint.parts import Matrix, Priority, StatedDate, StatedHours, Tiers
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown import elements as reading
from slalint.sources.markdown import parties as sides
from slalint.sources.markdown.cues import SMALL, small
from slalint.sources.markdown.phrase_cues import cues_of
from slalint.text import Document, Label, Passage, Section, sentences
from slalint.words import languages, lists
from slalint.words.phrases import Phrases, words
from slalint.words.pieces import NOTHING, Pattern, Pieces, WordSet
from slalint.words.recognition import DEFAULT, recognise

if TYPE_CHECKING:
    from slalint.sources.markdown.metrics_reasons import Reasons

_NUMBER = lazy(r"v?\d[\w.-]*")


class _Words(Pieces, file="documents"):
    operational = Pattern()
    underpinning = Pattern()
    version = Pattern()
    type_labels = WordSet()
    status_labels = WordSet()


_NEAR = 80  # characters behind the first day in which the last one follows it


class _Day(NamedTuple):
    """Where the first or the last day of an agreement is told."""

    labels: Phrases
    sentences: Phrases
    other: re.Pattern[str]  # a sentence that tells when something else begins or ends
    labelled: int  # the bits of the labels
    said: int  # and of the sentences


class _Dates:
    """What one language says of dates."""

    def __init__(self, language: str) -> None:
        known = lists(language, "agreement").get("dates", {})
        groups = lists(language, "elements").get("_groups")
        self.date = lazy(known.get("date", NOTHING), re.I)
        self.in_small = small(known.get("date", NOTHING))  # the same for texts in small letters, in half the time
        self.until = lazy(known.get("expiry", {}).get("until", NOTHING), re.I)  # what stands between two of them
        first = known.get("effective", {})
        self.spans = Phrases(groups)
        self.spans.add("span", first.get("spans", []))
        self.since = lazy(first.get("since", NOTHING), re.I)
        cues = cues_of(language)
        self.spanned = cues.any_of(self.spans)
        self.bits = cues.sign(lists(language, "agreement").get("signs", {}).get("date", ""))
        self.days: dict[str, _Day] = {}
        for which in ("effective", "expiry"):
            if entry := known.get(which):
                labels, said = Phrases(groups), Phrases(groups)
                labels.add(which, entry["labels"])
                said.add(which, entry["sentences"])
                other = lazy(entry.get("other", NOTHING), re.I)
                self.days[which] = _Day(labels, said, other, cues.any_of(labels), cues.any_of(said))


_dates_of = cache(_Dates)


@cache
def _types(language: str) -> tuple[Phrases, int]:
    """What is said in agreements of each type, and the bits of that."""
    said = Phrases()
    for name, phrases in lists(language, "agreement").get("types", {}).items():
        said.add(name, phrases)
    return said, cues_of(language).any_of(said)


@cache
def _be_ready(language: str) -> None:
    """Has every reader say what it looks for before the first text is looked at: a word that was looked at earlier
    would have to be looked at again."""
    from slalint.sources.markdown import metrics_words

    reading.words_of(language)
    sides.words_of(language)
    metrics_words.of(language)
    _types(language)
    _dates_of(language)


class _Policy(Policy):
    """A policy that a text states. Its notice is looked for when somebody asks."""

    def __init__(self, name: str, node: Node, summary: Node, language: str) -> None:
        self.name = name
        self.node = node
        self.summary = summary
        self._of = summary, language

    @once
    def notice(self) -> Node | None:
        return sides.notice(*self._of)


class ProseAgreement(Agreement):
    """An agreement read from a Markdown document. ``data`` is its part in the data form, if it has one."""

    def __init__(self, document: Document, data: Node | None = None, index: int = 0) -> None:
        file = document.file
        nothing = Node(file, {}, (0, len(file.text), {}, None))
        super().__init__(data if data is not None else nothing, index)
        self.prose: Document = document
        self.data = data
        self.form = "data" if data is not None else "prose"

    # ---- identity

    @property
    def understood(self) -> bool:
        return self.data is not None or self.language in languages()

    @once
    def title(self) -> Node | None:
        stated = super().title
        if stated is not None:
            return stated
        heading = self.prose.title
        if heading is not None and heading.section is not None and heading.section.level == 1:
            return _shown(heading)
        named = self._front("title")
        return named or (_shown(heading) if heading is not None else None)

    @once
    def id(self) -> str:
        node = self.scalar("metadata", "id") or self._front("id") or self.title
        return slug(node.text) if node is not None else ""

    @once
    def kind(self) -> Node | None:
        stated = super().kind
        if stated is not None or self.title is None:
            return stated
        title = self.title
        known = _Words.of(self.language)
        if known.underpinning.search(title.text):
            name = "UnderpinningContract"
        else:
            name = "OperationalLevelAgreement" if known.operational.search(title.text) else "ServiceLevelAgreement"
        span = title.written
        return Node.of(self.file, span.start, span.end, name)

    @once
    def type(self) -> Node | None:
        stated = super().type
        if stated is not None:
            return stated
        label = self._label(_Words.of(self.language).type_labels)
        if label is not None:
            said = slug(label.value.text)
            told = next((name for name in TYPES if said.startswith(name)), "")
            if told:
                span = label.value.written
                return Node.of(self.file, span.start, span.end, told)
        name = self._told_type()
        if not name:
            return None
        span = self.head.written
        return Node.of(self.file, span.start, span.end, name)

    def _told_type(self) -> str:
        kind = self.kind.text if self.kind is not None else ""
        if kind == "OperationalLevelAgreement":
            return "internal"
        if kind == "UnderpinningContract":
            return "supplier"
        language = self.language
        (said, bits), told = _types(language), cues_of(language).told
        seen: dict[str, set[str]] = {}
        for passage in self.prose.passages:
            if told[passage.text] & bits:
                for hit in said.find(words(passage.text, language)):
                    seen.setdefault(hit.tag, set()).add(hit.phrase)
        counts = sorted(((len(phrases), name) for name, phrases in seen.items()), reverse=True)
        clear = counts and counts[0][0] >= 2 and (len(counts) == 1 or counts[0][0] > counts[1][0])
        return counts[0][1] if clear else ""

    @once
    def status(self) -> Node | None:
        stated = super().status
        if stated is not None:
            return stated
        label = self._label(_Words.of(self.language).status_labels)
        return label.value if label is not None else None

    @once
    def version(self) -> Node | None:
        stated = super().version
        if stated is not None:
            return stated
        element = self.elements["version"]
        node = element.node
        if element.state != "present" or node is None:
            return None
        match = _Words.of(self.language).version.search(node.text)
        if match is not None:
            return node.part(*match.span(1))
        number = _NUMBER.fullmatch(node.text.strip())
        if number is not None and q.read_date(node) is None:
            return node
        return self._history_version(node)

    def _history_version(self, node: Node) -> Node | None:
        """The newest entry of a version table, given its title or header."""
        for table in self.prose.tables:
            title = table.section.heading
            if title is None or title.start != node.written.start:
                continue
            cells = [row[0] for row in table.rows if row and _NUMBER.fullmatch(row[0].text.strip())]
            if cells:
                return max(cells, key=lambda cell: [int(n) for n in re.findall(r"\d+", cell.text)[:6]]).node
        return None

    @once
    def effective_date(self) -> Node | None:
        if (stated := super().effective_date) is not None or self.elements["effective_date"].state == "placeholder":
            return stated
        return self._first_day

    @once
    def _first_day(self) -> Node | None:
        return self._day("effective")

    @once
    def expiry_date(self) -> Node | None:
        return super().expiry_date or self._day("expiry") or self._behind_the_first

    def _span_of_time(self) -> Node | None:
        """The first day of a label that gives the first and the last, or says from when on."""
        language = self.language
        dates, told = _dates_of(language), cues_of(language).told
        for label in self.prose.labels:
            if (
                told[name := label.name.text] & dates.spanned
                and (match := dates.date.search(value := label.value.text))
                and any(dates.spans.find(words(name, language)))
            ):
                between = dates.until.match(value, match.end())
                ranges = between is not None and dates.date.match(value, between.end())
                if ranges or any(one.end() == match.start() for one in dates.since.finditer(value)):
                    return label.value.part(*match.span())
        return None

    @property
    def _behind_the_first(self) -> Node | None:
        """The last day, where it follows the first one: `from 1 May 2027 until 30 April 2028`."""
        first, dates = self._first_day, _dates_of(self.language)
        if first is None:
            return None
        text, at = first.file.text, first.span.end
        between = dates.until.match(text, at, at + _NEAR)
        match = dates.date.match(text, between.end(), between.end() + _NEAR) if between is not None else None
        return Node.of(first.file, *match.span()) if match is not None else None

    def _day(self, which: Literal["effective", "expiry"]) -> Node | None:
        """The date that a label or a sentence gives as the first or the last day of the agreement."""
        language = self.language
        date, day = _dates_of(language).date, _dates_of(language).days.get(which)
        if day is None:
            return None
        told = cues_of(language).told
        for label in self.prose.labels:
            name = label.name.text
            if (
                told[name] & day.labelled
                and any(day.labels.find(words(name, language)))
                and (match := date.search(label.value.text))
            ):
                return label.value.part(*match.span())
        if which == "effective" and (node := self._span_of_time()) is not None:
            return node
        for passage in self._dated:
            if not told[passage.text] & day.said:
                continue
            for start, end in sentences(passage.text, language):
                hit = next(day.sentences.find(words(passage.text[start:end], language)), None)
                if hit is None or day.other.search(passage.text, start, end):
                    continue
                dates = list(date.finditer(passage.text, start + hit.start, end))
                if which == "expiry":  # the one that the words lead to, not one of a notice behind it
                    dates = [one for one in dates if one.end() >= start + hit.end]
                if dates:
                    return passage.part(*dates[0].span())
        return self._bare_days.get(which)

    @once
    def _bare_days(self) -> dict[str, Node]:
        from slalint.sources.markdown import bare_days

        return bare_days.read(self.prose, self.language) if self._dated else {}

    @once
    def _dated(self) -> list[Passage]:
        """The passages in which a date stands."""
        date, bits = _dates_of(self.language).in_small, _dates_of(self.language).bits
        told = cues_of(self.language).told
        return [one for one in self.prose.passages if told[one.text] & bits == bits and date.search(SMALL[one.text])]

    @once
    def language(self) -> str:
        node = self.scalar("metadata", "language") or self._front("language", "lang", "locale")
        language = node.text.strip().lower()[:2] if node is not None else language_of(self.prose)
        if language in languages():
            _be_ready(language)
        return language

    def _front(self, *keys: str) -> Node | None:
        """The first of these keys that the front matter gives a value."""
        front = self.prose.front_matter
        for key in keys if front is not None else ():
            node = front.get(key) if front is not None else None
            if node is not None and node.text.strip():
                return node
        return None

    def _label(self, names: frozenset[str]) -> Label | None:
        for label in self.prose.labels:
            if label.value.text.strip() and " ".join(label.name.text.lower().split()) in names:
                return label
        return None

    # ---- places

    @property
    def head(self) -> Node:
        if self.data is not None:
            return super().head
        return self.title or _first_line(self.prose)

    # ---- parts

    @once
    def elements(self) -> Mapping[str, Element]:
        read = reading.read_elements(self.prose, self.head, self._words_of, self._names_somebody, self.annex_of)
        if read["effective_date"].state == "absent" and (day := self._first_day) is not None:
            # The day from which the agreement holds states the element, however it is written.
            read["effective_date"] = Element("effective_date", "present", day, day, f"“{day.text}”")
        if self.data is None:
            return read
        stated = super().elements
        return {
            name: stated[name] if stated[name].state == "present" or read[name].state == "absent" else read[name]
            for name in read
        }

    def _names_somebody(self, element: Element) -> bool:
        person = sides.read_manager(self.prose, element, self.language)
        return person is not None and person.is_person

    @property
    def _words_of(self) -> str:
        return self.language if self.language in languages() else ""

    @once
    def annex_of(self) -> Node | None:
        """Where the document says that it is part of another agreement."""
        return reading.annex_of(self.prose, self._words_of)

    @once
    def parties(self) -> list[Party]:
        found = super().parties or sides.read_parties(self.prose, self.language)
        told = self.type.text if self.type is not None else ""
        if told == "marketing-sales" and self.data is None:
            found = found or sides.both_sides(self.prose, self._words_of)
            return [party._replace(role=party.role or "provider") for party in found]
        return found

    @once
    def open_sides(self) -> list[tuple[str, Node]]:
        if super().parties:
            return []
        named = {party.role for party in self.parties}
        found = sides.read_open_sides(self.prose, self.language)
        return [(side, node) for side, node in found if side not in named]

    @once
    def manager(self) -> Person | None:
        return super().manager or sides.read_manager(self.prose, self.elements["manager"], self.language)

    @once
    def representatives(self) -> list[Person]:
        element = self.elements["customer_representative"]
        return super().representatives or sides.read_representatives(self.prose, element, self.language)

    @once
    def goals(self) -> list[Goal]:
        stated = super().goals
        element = self.elements["goals"]
        if stated or element.node is None or element.state != "present":
            return stated
        below = self._section(element.node)
        said = [passage for passage in below.passages if passage.text.strip()] if below is not None else []
        items = [_shown(passage) for passage in said if passage.kind == "item"] or [_shown(passage) for passage in said]
        return [Goal(node, slug(node.text), node, ()) for node in items or [element.node]]

    @once
    def policies(self) -> dict[str, Policy]:
        found = dict(super().policies)
        for name in POLICIES:
            node = self.elements[name].node
            if name not in found and node is not None and self.elements[name].state in ("present", "by-reference"):
                found[name] = _Policy(name, node, self._said(node), self.language)
        return found

    def _said(self, node: Node) -> Node:
        """What stands below a title that states an element; for a sentence the sentence itself."""
        section = self._section(node)
        return (_body(section) if section is not None else None) or node

    def _section(self, node: Node) -> Section | None:
        """The section of which a node is the title."""
        section = self._titled.get(node.offset)
        return section if section is not None and not reading.is_title(self.prose, section) else None

    @once
    def _titled(self) -> dict[int, Section]:
        """The sections by where their titles stand."""
        return {one.heading.start: one for one in self.prose.sections() if one.heading is not None}

    @once
    def definitions(self) -> list[Definition]:
        from slalint.terms.definitions import read_definitions

        places = self.places if self.data is None else None  # else its own passages come behind those of the data
        return [*super().definitions, *read_definitions(self.prose, language=self.language, places=places)]

    @once
    def metrics(self) -> list[Metric]:
        stated = super().metrics
        if stated:
            return stated
        from slalint.sources.markdown.metrics import read_metrics

        return read_metrics(self.prose, self.language) if self._words_of else []

    @once
    def prose_alone(self) -> Agreement | None:
        return ProseAgreement(self.prose) if self.data is not None else None

    # ---- what rules compute with

    @once
    def matrices(self) -> list[Matrix]:
        stated = super().matrices
        if stated or not self._words_of:
            return stated
        from slalint.sources.markdown import matrices, metrics_words

        return matrices.read(self.prose, metrics_words.of(self.language), self.metrics)

    @once
    def priorities(self) -> list[Priority]:
        stated = super().priorities
        if stated or not self._words_of:
            return stated
        from slalint.sources.markdown import matrices, metrics_words

        return matrices.levels(self.matrices, self.prose, metrics_words.of(self.language), self.definitions)

    @once
    def tiers(self) -> list[Tiers]:
        stated = super().tiers
        if stated or not self._words_of:
            return stated
        from slalint.sources.markdown import credit_tiers, metrics_words

        return credit_tiers.read(self.prose, metrics_words.of(self.language), self.metrics)

    @once
    def hours(self) -> list[StatedHours]:
        from slalint.sources.markdown import stated_times

        zone = self.elements["time_zone"]
        stated = zone.node if zone.state == "present" else None
        return [*super().hours, *stated_times.read_hours(self.prose, stated, self.language)]

    @once
    def dates(self) -> list[StatedDate]:
        from slalint.sources.markdown import stated_times

        effective, expiry = (self.effective_date, self.expiry_date) if self.data is None else (None, None)
        return [*super().dates, *stated_times.read_dates(self.prose, self._dated, effective, expiry, self.language)]

    def _why_stated(self, nodes: list[Node]) -> str:
        if self.data is not None and nodes[0].path:
            return super()._why_stated(nodes)
        said = " ".join(nodes[0].text.split())
        return f"“{said[:80]}”" + (f" and {len(nodes) - 1} more" if len(nodes) > 1 else "")

    def _why_absent(self, block: str) -> str:
        return super()._why_absent(block) if self.data is not None else reading.NOWHERE

    def _elsewhere(self, block: str) -> Node | None:
        stated = super()._elsewhere(block)
        if stated is not None or not self._words_of:
            return stated
        from slalint.sources.markdown import metrics_words

        about = metrics_words.of(self.language).held_elsewhere.get(block)
        for passage in self.prose.passages if about is not None else ():
            if passage.kind == "heading" or about is None or not about.search(passage.text):
                continue
            for start, end in sentences(passage.text, DEFAULT):
                text = passage.text[start:end]
                if about.search(text) and reading.refers(text, self._words_of):
                    return passage.part(start, end)
        return None

    def reasons(self, metric: Metric) -> Mapping[str, str]:
        if metric.node.path or not self._words_of:
            return super().reasons(metric)
        return self._reasons.of(metric)

    @once
    def _reasons(self) -> Reasons:
        from slalint.sources.markdown import metrics_words
        from slalint.sources.markdown.metrics_reasons import Reasons

        return Reasons(self.prose, metrics_words.of(self.language))

    @once
    def passages(self) -> list[Passage]:
        return [*super().passages, *self.prose.passages]


def language_of(document: Document) -> str:
    """The language of a document's text by its small words; ``xx`` for one that there are no word lists for, ``en``
    where there is too little text to tell."""
    return recognise([passage.text for passage in document.passages])


def _shown(passage: Passage) -> Node:
    """A passage without the blanks that markup left around its text."""
    start = len(passage.text) - len(passage.text.lstrip())
    end = len(passage.text.rstrip())
    return passage.part(start, end) if start < end else passage.node


def _body(section: Section) -> Node | None:
    """The text of a section, from its first passage to its last."""
    said = [passage for passage in section.all_passages() if passage.text.strip()]
    if not said:
        return None
    return Node.of(said[0].node.file, said[0].start, max(passage.node.written.end for passage in said))


def _first_line(document: Document) -> Node:
    file = document.file
    for number in range(1, len(file.line_starts) + 1):
        line = file.line(number)
        if line.strip():
            start = file.line_starts[number - 1] + len(line) - len(line.lstrip())
            return Node.of(file, start, start + len(line.strip()))
    return Node.of(file, 0, 0)
