"""Which elements a prose document states: by a section's title, by a label, by a sentence.

The words are data (``words/<language>/elements``, one file an element); what is done with them is here. A statement
beats a reference to another document, a reference beats a blank, and of equals the first in the document counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from typing import Any

from slalint.agreement import ELEMENTS, MAY_BE_NONE, Element, State
from slalint.model import Node
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.sources.markdown.cues import Memory
from slalint.sources.markdown.phrase_cues import cues_of
from slalint.terms import placeholders
from slalint.text import Document, Label, Passage, Section, sentences
from slalint.words import lists
from slalint.words.phrases import Hit, Phrases, Words, words

# What an annex leaves to the agreement that it belongs to, if it does not say so itself.
_LEFT_TO_PARENT = frozenset(
    ("customer_representative", "renewal", "modification", "limitations", "termination", "effective_date")
)
NOWHERE = "no title, label or sentence states it"
_NO_WORDS = "there are no words for it in this language"
_FEW_WORDS = 4  # at most so many words before a list are its title
_OPENING = 6  # so many passages make the opening of a document
_RANK: dict[State, int] = {"present": 0, "by-reference": 1, "placeholder": 2, "absent": 3}


class Statement(NamedTuple):
    """A place that states an element, and the words that say so."""

    state: State
    node: Node
    reason: str
    start: int  # where the place begins in the file


class _Spelled(NamedTuple):
    """What states an element, as patterns."""

    name: str
    bits: int  # of its sign and its clues: a text without one of them holds no match
    sign: re.Pattern[str]  # a sentence without it matches no pattern; found much faster
    pattern: re.Pattern[str]


class _Title(NamedTuple):
    """What a title says: the elements that it states, all that it speaks of, and those that nothing below it does."""

    stated: Sequence[str]
    says: Set[str]
    out: Set[str]


_NO_TITLE = _Title((), frozenset(), frozenset())


class _Words:
    """The lists of one language, ready to be looked for."""

    def __init__(self, language: str, files: Mapping[str, Mapping[str, Any]]) -> None:
        self.language = language
        groups = files.get("_groups", {})
        reference = files.get("_reference", {})
        self.listed = frozenset(files)
        self.titles = Memory(self._entitled)  # they come again and again, as do the names of labels
        self.labelled = Memory(lambda text: tuple(self.named("labels", text)))
        self.needs: dict[str, str] = {}
        self.beside: dict[str, frozenset[str]] = {}  # elements that share a title, of which each has to be told
        self.values: dict[str, re.Pattern[str]] = {}
        self.patterns: list[_Spelled] = []
        cues = cues_of(language)
        kinds = ("headings", "labels", "columns", "headers", "sentences", "openings")
        self.says = {kind: Phrases(groups) for kind in kinds}
        self.denies = {kind: Phrases(groups) for kind in kinds}
        self.none = Phrases(groups)  # sentences that say that there is no such thing
        for name in ELEMENTS:
            entry = files.get(name, {})
            for kind in kinds:
                self.says[kind].add(name, entry.get(kind, ()))
                self.denies[kind].add(
                    name, entry.get("not" if kind in ("sentences", "openings") else f"{kind}-not", ())
                )
            self.denies["sentences"].add(name, entry.get("none", ()))
            if "none" in entry:
                self.none.add(name, entry["none"])
            self.denies["headings"].add("sections-not " + name, entry.get("sections-not", ()))
            self.beside[name] = frozenset(entry.get("beside", ()))
            if "needs" in entry:
                self.needs[name] = entry["needs"]
            if "label-values" in entry:
                self.values[name] = lazy(entry["label-values"], re.IGNORECASE)
            if "patterns" in entry:
                pattern = lazy("|".join(f"(?:{one})" for one in _local_flags(entry["patterns"])))
                sign = entry.get("patterns-sign", "")
                bits = cues.sign(sign) | cues.clues(pattern)
                self.patterns.append(_Spelled(name, bits, lazy(sign), pattern))
        others = {**groups, **reference.get("groups", {}), "self": reference.get("self", ())}
        self.elsewhere = Phrases(others)
        self.elsewhere.add("elsewhere", reference.get("elsewhere", ()))
        self.elsewhere.add("not", reference.get("not", ()))
        self.annex = Phrases(others)
        self.annex.add("annex", reference.get("annex", ()))
        self.annex.add("annex-not", reference.get("annex-not", ()))
        self.told = cues.told  # which of these lists a text may hold anything of
        self.bits = {kind: cues.add(phrases) for kind, phrases in self.says.items()}
        self.any = {kind: reduce(or_, bits.values(), 0) for kind, bits in self.bits.items()}
        self._not_below = cues.any_of(self.denies["headings"])
        self.denials = cues.add(self.none)
        self._elsewhere = cues.add(self.elsewhere).get("elsewhere", 0)
        self.annexed = cues.add(self.annex).get("annex", 0)

    def words(self, text: str) -> Words:
        return words(text, self.language)

    def find(self, kind: str, found: Words, but: Collection[str] = ()) -> dict[str, Hit]:
        """The first hit of each element that nothing denies, ``but`` of these."""
        hits = _first_of_each(self.says[kind].find(found, but))
        if hits:
            for hit in self.denies[kind].find(found):
                hits.pop(hit.tag, None)
        return hits

    def named(self, kind: str, text: str) -> dict[str, Hit]:
        """The first hit of each element in a text."""
        return self.find(kind, self.words(text)) if self.told[text] & self.any[kind] else {}

    def out_of_place(self, section: Section | None) -> frozenset[str]:
        """The elements that a section does not speak of, whatever its sentences seem to say."""
        names: set[str] = set()
        named: set[str] = set()  # what a title further in does speak of
        while section is not None:
            _, says, out = self.titles[section.title]
            if says or out:
                named |= says
                names |= out - named
            section = section.parent
        return frozenset(names)

    def _entitled(self, title: str) -> _Title:
        if not self.told[title] & (self.any["headings"] | self._not_below):
            return _NO_TITLE
        found = self.words(title)
        hits = _first_of_each(self.says["headings"].find(found))
        denied = [hit.tag for hit in self.denies["headings"].find(found)]
        stated = [name for name in hits if name not in denied]
        return _Title(stated, hits.keys(), {tag.partition(" ")[2] for tag in denied})

    def denied(self, name: str, found: Words) -> bool:
        return any(hit.tag == name for hit in self.denies["sentences"].find(found))

    def refers(self, text: str) -> bool:
        """Whether a sentence says that another document holds something."""
        if not self.told[text] & self._elsewhere:
            return False
        tags = {hit.tag for hit in self.elsewhere.find(self.words(text))}
        return "elsewhere" in tags and "not" not in tags

    def is_annexed(self, text: str) -> bool:
        """Whether a sentence says that the document is part of another agreement."""
        tags = {hit.tag for hit in self.annex.find(self.words(text))}
        return "annex" in tags and "annex-not" not in tags


def _first_of_each(hits: Iterable[Hit]) -> dict[str, Hit]:
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.tag, hit)
    return first


def _local_flags(patterns: list[str]) -> Iterator[str]:
    """``(?i)…`` holds for one pattern of a list only."""
    for pattern in patterns:
        yield f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern


@cache
def words_of(language: str) -> _Words:
    """The lists of a language."""
    return _Words(language, lists(language, "elements"))


def read_elements(
    document: Document,
    head: Node,
    language: str = "en",
    names: Callable[[Element], bool] | None = None,
    parent: Node | None = None,
) -> dict[str, Element]:
    """Every element with its state. ``head`` is where a missing one is reported; ``names`` tells whether what states
    the manager names a person; ``parent`` are the words that make this an annex of another agreement."""
    return _Reader(document, words_of(language), parent).read(head, names)


def states(label: Label, element: str, language: str = "en") -> bool:
    """Whether a label's name is one that states an element."""
    known = words_of(language)
    return element in known.labelled[label.name.text]


def refers(text: str, language: str = "en") -> bool:
    """Whether a sentence says that another document holds something."""
    return words_of(language).refers(text)


def annex_of(document: Document, language: str = "en") -> Node | None:
    """The sentence in which a document says that it is part of another agreement."""
    known = words_of(language)
    told, annexed = known.told, known.annexed
    for passage in document.passages[:40]:
        if told[passage.text] & annexed:
            for start, end in sentences(passage.text, known.language):
                if known.is_annexed(passage.text[start:end]):
                    return passage.part(start, end)
    return None


def is_title(document: Document, section: Section) -> bool:
    """Whether a section's heading names the document, not a part of it: the first one, unless it is numbered or the
    front matter names the document."""
    front = document.front_matter
    named = front is not None and front.get("title") is not None
    return section.heading is document.title and not section.number and (section.level == 1 or not named)


class _Reader:
    def __init__(self, document: Document, known: _Words, parent: Node | None = None) -> None:
        self.document = document
        self.known = known
        self.found: dict[str, Statement] = {}
        self.parent = parent
        self.open: dict[int, list[str]] = {}  # by the place of a label, the elements that it leaves open
        self.blanks: dict[str, Statement] = {}  # the first of these labels for each element
        self.unspoken: tuple[Section | None, frozenset[str]] = None, frozenset()  # what a section does not speak of
        self.settled: set[str] = set()  # elements that nothing from here on can state better than what was found
        self.wanted = known.any["sentences"]  # the bits of the others
        may_hold = document.sieve.may_hold
        self.patterns = [(name, bits, sign.search, one) for name, bits, sign, one in known.patterns if may_hold(one)]

    def read(self, head: Node, names: Callable[[Element], bool] | None) -> dict[str, Element]:
        self._sections()
        self._leads()
        self._labels()
        self._columns()
        self._sentences()
        found = {name: self._element(name, head) for name in ELEMENTS}
        blank = self.blanks.get("manager")
        if blank is not None and names is not None and not names(found["manager"]):
            # What a manager does says nothing of who that is.
            found["manager"] = Element("manager", "placeholder", blank.node, blank.node, blank.reason)
        return found

    def _element(self, name: str, head: Node) -> Element:
        needed = self.known.needs.get(name)
        base = self.found.get(needed) if needed else None
        statement = self.found.get(name)
        if statement is None or (needed and base is None and statement.state != "placeholder"):
            if self.parent is not None and name in _LEFT_TO_PARENT:
                return Element(
                    name, "absent", None, self.parent, f"left to another agreement: {self.parent.text}", "low"
                )
            if name not in self.known.listed:
                return Element(name, "absent", None, head, _NO_WORDS, "low")
            reason = f"no {needed.replace('_', ' ')} stated" if needed and base is None else NOWHERE
            return Element(name, "absent", None, base.node if base else head, reason, "medium")
        return Element(name, statement.state, statement.node, statement.node, statement.reason)

    def _add(self, name: str, state: State, node: Node, reason: str) -> None:
        known = self.found.get(name)
        start = node.offset
        if known is not None:
            if known.state == state and start <= known.start < node.written.end:
                return  # a label says it more exactly than the sentence around it
            if (_RANK[known.state], known.start) <= (_RANK[state], start):
                return
        self.found[name] = Statement(state, node, reason, start)

    # ---- titles

    def _sections(self) -> None:
        for section in self.document.sections():
            if section.heading is None or is_title(self.document, section):
                continue
            stated = self.known.titles[section.title].stated
            if len(stated) > 1:
                stated = self._told_below(stated, section)
            for name in stated:
                state = self._content(section, name)
                if state is not None and not self._denied_below(name, section):
                    self._add(name, state, section.heading.node, f"title “{section.title}”")

    def _leads(self) -> None:
        """A few words right before a list are its title: “Exclusions:”."""
        for passage, following in pairwise(self.document.passages):
            if passage.kind == "paragraph" and following.kind == "item" and following.section is passage.section:
                title = self.known.words(passage.text)
                if len(title) <= _FEW_WORDS:
                    for name in self.known.find("headings", title):
                        self._add(
                            name, "present", passage.node, f"title “{' '.join(passage.text.split()).rstrip(':')}”"
                        )

    def _told_below(self, named: Sequence[str], section: Section) -> Sequence[str]:
        """Of two elements in one title, one whose ``beside`` names the other has to be told below, where that one is:
        “Reporting and meetings” over nothing but a report."""
        shared = {name for name in named if not self.known.beside[name].isdisjoint(named)}
        if not shared:
            return named
        told: set[str] = set()
        for passage in section.all_passages():
            if passage.kind != "heading":
                for start, end in sentences(passage.text, self.known.language):
                    told |= self.known.find("sentences", self.known.words(passage.text[start:end])).keys()
        return [name for name in named if name not in shared or name in told] if told & shared else named

    def _denied_below(self, name: str, section: Section) -> bool:
        """Whether a section only says that there is no such thing: “No credits apply” below “Service credits”."""
        bit, told = self.known.denials.get(name, 0), self.known.told
        if not any(told[passage.text] & bit for passage in section.passages):
            return False
        others: list[Words] = []
        denied = False
        for passage in section.passages:
            for start, end in sentences(passage.text, self.known.language):
                found = self.known.words(passage.text[start:end])
                if any(hit.tag == name for hit in self.known.none.find(found)):
                    denied = True
                else:
                    others.append(found)
        return denied and not any(name in self.known.find("sentences", found) for found in others)

    def _content(self, section: Section, name: str) -> State | None:
        """What stands below the title of an element: something, a mere reference, a blank, or nothing."""
        said = [passage for passage in section.all_passages() if passage.text.strip()]
        code = any(passage.section is section for passage in self.document.code)
        if not said:
            return "present" if code else None
        heading = section.heading.node.raw if section.heading is not None else ""
        if heading.rstrip("* _").endswith(":") and self._labels_other(said[0], name):
            return "placeholder"  # `**Manager:**` above `**Version:** 2`
        if all(
            _is_open(passage.text.strip(), name, self.known.language) for passage in said if passage.kind != "heading"
        ):
            return "present" if code else "placeholder"
        if len(said) == 1 and self.known.refers(said[0].text):
            return "by-reference"
        return "present"

    # ---- labels

    def _labels(self) -> None:
        for label in self.document.labels:
            self._label(label)
        for passage in self.document.passages:
            # `- Service level manager:`
            if (
                passage.kind == "item"
                and passage.text.rstrip().endswith(":")
                and len(self.known.words(passage.text)) <= _FEW_WORDS
            ):
                start, end = len(passage.text) - len(passage.text.lstrip()), len(passage.text.rstrip())
                self._label(Label(passage.part(start, end - 1), passage.part(end, end), passage.section, passage))
        for table in self.document.tables:
            if len(table.header) == 2 and _is_open(table.header[1].text.strip() or "?", "", self.known.language):
                named, cell = table.header
                self._label(Label(named.node, cell.node, table.section, cell))
            for row in table.rows:
                if len(row) > 2 and row[0].text.strip():
                    value = next((cell for cell in row[1:] if cell.text.strip()), row[1])
                    self._label(Label(row[0].node, value.node, table.section, value))

    def _label(self, label: Label) -> None:
        named = self.known.labelled[label.name.text]
        if not named:
            return
        value = label.value.text.strip()
        unspoken = self.known.out_of_place(label.section)
        for name in named:
            if name in unspoken:
                continue
            shape = self.known.values.get(name)
            if not value:
                if label.passage is not None and (label.passage.kind == "cell" or not self._introduces(label)):
                    self._leave_open(name, label, label.name, "without a value")
            elif _is_open(value, name, self.known.language):
                self._leave_open(name, label, label.value, "with a blank")
            elif shape is None or shape.search(value):
                state: State = "by-reference" if self.known.refers(value) else "present"
                self._add(name, state, label.value, f"label “{label.name.text}”")

    def _leave_open(self, name: str, label: Label, node: Node, how: str) -> None:
        reason = f"label “{label.name.text}” {how}"
        self.open.setdefault(label.name.offset, []).append(name)
        self.blanks.setdefault(name, Statement("placeholder", node, reason, node.offset))
        self._add(name, "placeholder", node, reason)

    def _labels_other(self, passage: Passage, name: str) -> bool:
        """Whether a paragraph begins with the label of another element."""
        first = next((label for label in self.document.labels if label.passage is passage), None)
        if passage.kind != "paragraph" or first is None or first.name.offset > passage.start + 2:
            return False
        others = self.known.labelled[first.name.text]
        return bool(others) and name not in others

    def _introduces(self, label: Label) -> bool:
        """Whether what follows a label without a value belongs to it: text, a list, a table or code, but no title and
        no label of the same kind."""
        passage = label.passage
        assert passage is not None
        if passage.text[label.value.written.end - passage.start :].strip(" *_:\n"):
            return False  # another line of labels
        following = next((one for one in self.document.passages if one.start > passage.start), None)
        end = following.start if following is not None else len(self.document.file.text)
        if any(passage.start < code.start < end for code in self.document.code):
            return True
        if following is None or following.kind == "heading":
            return False
        if passage.kind == following.kind == "item":
            return following.depth > passage.depth
        return following.kind not in ("paragraph", passage.kind) or not self._labels_other(following, "")

    def _columns(self) -> None:
        for table in self.document.tables:
            if not any(cell.text.strip() for row in table.rows for cell in row):
                continue
            for cell in table.header:
                for name in self.known.named("columns", cell.text):
                    self._add(name, "present", cell.node, f"column “{cell.text.strip()}”")
            for name in self.known.named("headers", " | ".join([cell.text for cell in table.header])):
                shape = self.known.values.get(name)
                if shape is None or any(shape.search(cell.text) for row in table.rows for cell in row):
                    first = table.header[0]
                    self._add(name, "present", first.node, f"table that starts with “{first.text.strip()}”")

    # ---- sentences

    def _sentences(self) -> None:
        cuts: dict[int, list[int]] = {}
        for label in self.document.labels:
            if label.passage is not None and label.passage.kind != "cell":
                cuts.setdefault(label.passage.start, []).append(label.name.offset - label.passage.start)
        said, known = 0, self.known
        told_of, openings = known.told, known.any["openings"]
        stated = sorted(((one.start, name) for name, one in self.found.items()), reverse=True)
        for passage in self.document.passages:
            if passage.kind == "heading" and passage is not self.document.title:
                continue
            said += 1
            while stated and stated[-1][0] <= passage.start:
                self._settle(stated.pop()[1], passage.start)
            text, opening = passage.text, openings if said <= _OPENING else 0
            labels = cuts.get(passage.start, ())  # a word may be cut in two there
            told = told_of[text]
            if not labels and not told & (self.wanted | opening):
                for _, bits, shows, _ in self.patterns:
                    if told & bits == bits and shows(text) is not None:
                        break
                else:
                    continue
            for first, last in pairwise((0, *labels, len(text))):
                left = self.open.get(passage.start + first, ()) if self.open else ()
                for start, end in sentences(text[first:last], known.language):
                    for name in self._sentence(passage, first + start, first + end, opening, left):
                        stated.append((passage.start, name))

    def _settle(self, name: str, at: int) -> None:
        """Where an element is stated, only what stands above that would count more: what a list says that somebody
        does states the manager above it."""
        known = self.found[name]
        if known.state == "present" and known.start <= at and name != "manager":
            self.settled.add(name)
            self.wanted &= ~self.known.bits["sentences"].get(name, 0)
            self.patterns = [one for one in self.patterns if one[0] != name]

    def _sentence(self, passage: Passage, start: int, end: int, opening: int, left: Sequence[str]) -> Collection[str]:
        """Take down what one sentence states, and tell which elements that are; ``left`` are those that it only names,
        as the label of a blank. ``opening`` are the bits of what states an element in the opening of a document."""
        text, known = passage.text[start:end], self.known
        told = known.told[text]
        hits: dict[str, Hit] = {}
        if told & self.wanted:
            hits = known.find("sentences", known.words(text), self.settled)
        if told & opening:
            hits = known.find("openings", known.words(text), self.settled) | hits
        for name, bits, shows, pattern in self.patterns:
            if told & bits != bits or name in hits or shows(text) is None:
                continue
            if (match := pattern.search(text)) and not known.denied(name, known.words(text)):
                hits[name] = Hit(name, *match.span(), "")
        if not hits:
            return ()
        unspoken = self._unspoken(passage.section)
        elsewhere = known.refers(text)
        language = known.language
        for name, (_, a, b, _) in hits.items():
            if name in unspoken or name in left or (passage is self.document.title and name != "version"):
                continue
            state: State = (
                "by-reference" if elsewhere else "placeholder" if _ends_blank(text, b, language) else "present"
            )
            said = " ".join(text[a:b].split())
            doer = self._doer(passage) if name == "manager" and not text[:a].strip(" -*") else None
            if doer is not None:
                first, last = len(doer.text) - len(doer.text.lstrip()), len(doer.text.rstrip())
                self._add(name, state, doer.part(first, last), f"“{' '.join(doer.text.split())}”: “{said}”")
            else:
                self._add(name, state, passage.part(start, end), f"“{said}”")
        return hits.keys() & self.found.keys()

    def _unspoken(self, section: Section | None) -> frozenset[str]:
        """What a section does not speak of, whatever its sentences seem to say."""
        if section is not self.unspoken[0]:
            self.unspoken = section, self.known.out_of_place(section)
        return self.unspoken[1]

    def _doer(self, passage: Passage) -> Passage | None:
        """Who does what an item of a list says without naming anybody: the few words that the list stands under."""
        if passage.kind != "item":
            return None
        above = None
        for one in self.document.passages:
            if one is passage:
                break
            if one.kind != "item" or one.depth < passage.depth:
                above = one
        return above if above is not None and len(self.known.words(above.text)) <= _FEW_WORDS else None


def _is_open(text: str, name: str, language: str) -> bool:
    """Whether what is said about an element leaves it open."""
    return placeholders.says_nothing(text, name not in MAY_BE_NONE, language)


def _ends_blank(text: str, at: int, language: str) -> bool:
    """Whether the last thing that a sentence says after ``at`` is a blank to fill in."""
    blanks = list(placeholders.find(text, language=language))
    return bool(blanks) and blanks[-1][1] >= at and not any(c.isalnum() for c in text[blanks[-1][1] :])
