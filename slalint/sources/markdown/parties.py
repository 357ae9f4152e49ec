"""Who the sides of a prose agreement are, and who speaks and answers for them. Precision comes first: a name that is
not surely one is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from slalint.agreement import Element, Party, Person, slug
from slalint.model import Node
from slalint.patterns import lazy
from slalint.sources.markdown.elements import states
from slalint.sources.markdown.phrase_cues import cues_of
from slalint.terms import placeholders
from slalint.text import Document, Label, Passage
from slalint.words import lists
from slalint.words.phrases import Phrases, words

_ROLES = ("provider", "customer")
_SHORT = 60  # so many characters that name somebody say nothing else
_FIRST = 60  # parties are introduced in the first passages
_NAME_END = lazy(r"[,(;<\[|]|\s[-–—]\s|\.\s|[\w.+-]+@|\+?\d{3}")


class _Words:
    """What one language says of the sides and of people."""

    def __init__(self, language: str, files: Mapping[str, Mapping[str, Any]]) -> None:
        self.language = language
        parties, people = files.get("parties", {}), files.get("people", {})
        self.labels = Phrases()
        for role in _ROLES:
            self.labels.add(role, parties.get("labels", {}).get(role, ()))
        self.deputy = Phrases()
        self.deputy.add("deputy", people.get("deputy", ()))
        self.roles = {role: frozenset(parties.get(role, ())) for role in _ROLES}
        self.generic = self.roles["provider"] | self.roles["customer"] | frozenset(parties.get("generic", ()))
        self.no_person = frozenset(people.get("roles", ()))
        names, before_role = parties.get("names", r"(?!)"), parties.get("before-role", "")
        called = rf"(?:\s*\((?P<{{0}}>[^()]{{{{1,120}}}})\))?(?:{parties.get('as', '(?!)')}(?P<{{0}}_is>\w+))?"
        self.between = lazy(
            f"{parties.get('between', '(?!)')}(?P<a>{names}){called.format('a_called')},?{parties.get('and', ' ')}"
            f"(?P<b>{names}){called.format('b_called')}"
        )
        self.by = lazy(rf"{parties.get('by', '(?!)')}(?P<name>{names})")
        either = "|".join(sorted(self.roles["provider"] | self.roles["customer"])) or "(?!)"
        verb = parties.get("is", r"(?!)")
        # `is the provider`, but not `is the provider's agent` or `is the customer contact`
        is_role = rf"{verb}(?P<role>{either})\b(?={parties.get('ends', '')})"
        self.named = lazy(rf"(?P<name>{names}){is_role}")
        self.is_role = lazy(is_role)
        self.role_first = lazy(rf"\b{before_role}(?P<role>(?i:{either})){verb}(?P<name>{names})")
        self.verb = lazy(verb)
        self.of = lazy(parties.get("of", r"(?!)"), re.I)
        self.not_called = lazy(parties.get("not-called", r"(?!)"), re.I)
        in_brackets = rf"\({parties.get('called', '(?!)')}[\"“”'‘’]{before_role}(?P<role>(?i:{either}))[\"“”'‘’,]"
        self.called = lazy(
            rf"(?P<name>{names})(?:\s{{0,9}},{parties.get('a', '(?!)')}[^();]{{1,100}})?\s{{0,9}}{in_brackets}"
        )
        self.in_brackets = lazy(in_brackets)
        cues = cues_of(language)
        self.told = cues.told
        self.side = cues.clues(self.named) | cues.clues(self.role_first) | cues.clues(self.called)
        self.pair = cues.clues(self.between)
        self.the = lazy(parties.get("the", r"(?!)"))
        self.person = lazy(
            rf"(?:{people.get('titles', '(?!)')})?[A-ZÀ-Þ][a-zß-ÿ'’-]+(?:\s+[A-Z]\.)?"
            r"(?:\s+(?:(?:van|von|de|der|den|del|da|di|el|al|bin)\s+)*[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ]){1,2}(?!\w)"
        )
        self.about_him = lazy(rf"\s*(?:,[^,.;]{{1,60}},)?\s*(?:\([^()]{{1,80}}\)\s*)?{people.get('about-him', '(?!)')}")
        self.names_him = lazy(rf"(?:{people.get('names-him', '(?!)')}|[:–—-])\s*$")
        self.role_name = lazy(people.get("role", r"(?!)"), re.I)
        self.contact = lazy(people.get("contact", r"(?!)"))
        self.deputy_is = lazy(people.get("deputy-is", r"(?!)"), re.I)
        self.is_deputy = lazy(people.get("is-deputy", r"(?!)"), re.I)
        self.notice = lazy(people.get("notice", r"(?!)"), re.I)

    def role(self, text: str) -> str:
        found = words(text, self.language).present
        return next((role for role in _ROLES if found & self.roles[role]), "")


@cache
def words_of(language: str) -> _Words:
    """What one language says of the sides and of people."""
    return _Words(language, lists(language, "agreement"))


# ---- parties


def read_parties(document: Document, language: str = "en") -> list[Party]:
    """The sides that a document names: by label, by “between … and …”, by “X is the provider”."""
    known = words_of(language)
    found: list[Party] = []
    for label in document.labels:
        for hit in known.labels.find(words(label.name.text, known.language)):
            name = _short(label.value, known)
            if name is not None:
                _add(found, name, hit.tag, known)
            break
    for passage in document.passages[:_FIRST]:
        if passage.kind == "heading" and passage is not document.title:
            continue
        told = known.told[passage.text]
        if told & known.side:
            _add_sides(found, known, passage)
        if told & known.pair and not any(party.role for party in found):
            match = known.between.search(passage.text)
            if match is not None:
                _add_pair(found, known, passage, match)
    if {party.role for party in found} >= set(_ROLES):
        found = [party for party in found if party.role]
    return sorted(found, key=lambda party: party.name.offset)


def both_sides(document: Document, language: str = "en") -> list[Party]:
    """The sides of a reciprocal agreement that names no party, where one title has both: `Marketing & Sales`."""
    names = lists(language, "agreement").get("parties", {}).get("reciprocal", ())
    for passage in document.passages:
        if passage.kind == "heading" and names:
            found = [re.search(rf"\b{re.escape(name)}\b", passage.text, re.I) for name in names]
            sides = [passage.part(*match.span()) for match in found if match is not None]
            if len(sides) == len(names):
                return [Party(side, slug(side.text), "provider", side) for side in sides]
    return []


def _add_sides(found: list[Party], known: _Words, passage: Passage) -> None:
    """The sides that a passage names by what they are: “X is the provider”, “X (the “Provider”)”. Names take long to
    find, and are looked for only where what stands behind them is."""
    text = passage.text
    if known.verb.search(text) is not None:
        for match in known.named.finditer(text) if known.is_role.search(text) else ():
            _add(found, _part(passage, match, "name", known), known.role(match.group("role")), known)
        for match in known.role_first.finditer(text):
            if known.of.search(text, max(0, match.start() - 20), match.start()):
                continue  # `the manager for the customer is Ivo Reed`
            _add(found, _part(passage, match, "name", known), known.role(match.group("role")), known)
    if "(" in text and known.in_brackets.search(text) is not None:
        for match in known.called.finditer(text):
            name = _part(passage, match, "name", known)
            at = name.offset - passage.start
            if not known.not_called.search(text, max(0, at - 20), at):
                # not `the company shown on the Order Form (“Provider”)`
                _add(found, name, known.role(match.group("role")), known)


def _add_pair(found: list[Party], known: _Words, passage: Passage, match: re.Match[str]) -> None:
    """The two sides of “between A (the “Provider”) and B”, with the roles that are said there."""
    for side in ("a", "b"):
        said = " ".join(match.group(group) or "" for group in (side, f"{side}_called", f"{side}_called_is"))
        _add(found, _part(passage, match, side, known), known.role(said), known)


def _part(passage: Passage, match: re.Match[str], group: str, known: _Words) -> Node:
    start, end = match.span(group)
    article = known.the.match(passage.text, start, end)
    return passage.part(article.end() if article is not None else start, end)


def _add(found: list[Party], name: Node, role: str, known: _Words) -> None:
    text = " ".join(name.text.split())
    plain = words(text, known.language).present
    nobody = placeholders.says_nothing(text, True, known.language) or known.generic.issuperset(plain)
    if not text or nobody:
        return
    for index, party in enumerate(found):
        if slug(party.name.text) == slug(text):
            if role and not party.role:
                found[index] = party._replace(role=role)
            return
    if role and any(party.role == role for party in found):
        return  # a second name for a side is more likely a way of speaking of the first
    found.append(Party(name, slug(text), role, name))


def read_open_sides(document: Document, language: str = "en") -> list[tuple[str, Node]]:
    """The sides for which a label stands there and nobody's name beside it, but a dash or nothing (the blanks of a
    template are reported wherever they stand)."""
    known = words_of(language)
    found = []
    for label in _all_labels(document):
        side = next((hit.tag for hit in known.labels.find(words(label.name.text, known.language))), "")
        if not side:
            continue
        value = label.value.text.strip()
        in_cell = label.passage is not None and label.passage.kind == "cell"
        blank = placeholders.says_nothing(value, True, language) and not placeholders.only_placeholder(value, language)
        if blank or (not value and in_cell):
            found.append((side, label.value if value else label.name))
    return found


def _short(value: Node, known: _Words) -> Node | None:
    """A value up to the first comma, bracket or dash: the name without what is said about it."""
    text = value.text
    end = _NAME_END.search(text)
    stop = len(text[: end.start() if end else len(text)].rstrip())
    if not 0 < stop <= 80 or placeholders.only_placeholder(text[:stop], known.language):
        return None
    return value.part(0, stop)


# ---- people


def read_manager(document: Document, element: Element, language: str = "en") -> Person | None:
    """Who is named as responsible, where the element says that somebody is: a person before a role, somebody with a
    contact before one without."""
    found = list(_people(document, element, language))
    if not found:
        return None
    person = max(found, key=lambda one: (one.is_person, one.contact is not None))
    if person.deputy is None:
        known = words_of(language)
        for label in _all_labels(document):
            if (
                any(known.deputy.find(words(label.name.text, known.language)))
                and (name := _short(label.value, known)) is not None
            ):
                return person._replace(deputy=name)
        for passage in document.passages:
            if person.is_person and person.name.text in passage.text and (name := _deputy(known, passage)) is not None:
                return person._replace(deputy=name)
    return person


def read_representatives(document: Document, element: Element, language: str = "en") -> list[Person]:
    """Who speaks for the customer (of two providers: for either), where the element says that somebody does."""
    return list(_people(document, element, language))


def _people(document: Document, element: Element, language: str) -> Iterator[Person]:
    """Everybody whom a label names for an element, else whom the sentence that states it names."""
    known = words_of(language)
    if element.state != "present" or element.node is None:
        return
    found = False
    for label in _all_labels(document):
        name = _short(label.value, known) if states(label, element.name, language) else None
        if name is not None and placeholders.says_nothing(name.text, True, language):
            name = None
        if name is not None:
            found = True
            passage, row = _around(document, label.value)
            yield _person(label.value, name, known, passage, row)
    if not found:
        for node in _said_by(document, element.node):
            passage, row = _around(document, node)
            name = _named_in(passage, node, known) if passage is not None else None
            if name is not None:
                yield _person(node, name, known, passage, row)
                return
        role = known.role_name.search(element.node.text)
        yield Person(element.node, element.node.part(*role.span()) if role is not None else element.node, False)


def _said_by(document: Document, node: Node) -> list[Node]:
    """The passages below a title that states an element, or the statement itself."""
    for section in document.sections():
        if section.heading is not None and section.heading.start == node.written.start:
            return [passage.node for passage in section.passages]
    return [node]


def _person(node: Node, name: Node, known: _Words, passage: Passage | None, row: list[Passage]) -> Person:
    is_person = _is_person(name.text, known)
    if passage is None:
        return Person(node, name, is_person)
    return Person(node, name, is_person, _contact(known, passage, row), _deputy(known, passage) if is_person else None)


def _around(document: Document, node: Node) -> tuple[Passage | None, list[Passage]]:
    """The passage that holds a node, and the table row of a cell."""
    at = node.written.start
    index = bisect_right(document.passages, at, key=lambda passage: passage.start) - 1
    passage = document.passages[index] if index >= 0 else None
    if passage is None or at >= max(passage.node.written.end, passage.start + 1):
        return None, []
    tables = passage.section.tables if passage.kind == "cell" and passage.section is not None else ()
    return passage, next((row for table in tables for row in table.rows if passage in row), [])


def _all_labels(document: Document) -> Iterator[Label]:
    """The labels, and the rows of wider tables as labels with their second cell."""
    yield from document.labels
    for table in document.tables:
        for row in table.rows:
            if len(row) > 2:
                yield Label(row[0].node, row[1].node, table.section, row[1])


def _named_in(passage: Passage, node: Node, known: _Words) -> Node | None:
    """The person, else the role, of whom a statement says that it is him, her or them."""
    text = passage.text
    start, end = node.written.start - passage.start, node.written.end - passage.start
    short = end - start <= _SHORT
    for match in known.person.finditer(text, start, end):
        about = (
            short
            or known.about_him.match(text, match.end(), end)
            or known.names_him.search(text, max(start, match.start() - 12), match.start())
        )
        if about and _is_person(match.group(), known):
            return passage.part(*match.span())
    role = known.by.search(text, start, end)
    return _part(passage, role, "name", known) if role is not None else None


def _is_person(name: str, known: _Words) -> bool:
    return bool(known.person.fullmatch(name.strip())) and known.no_person.isdisjoint(
        words(name, known.language).present
    )


def _contact(known: _Words, passage: Passage, row: list[Passage]) -> Node | None:
    for one in row or [passage]:
        if (match := known.contact.search(one.text)) is not None:
            return one.part(*match.span())
    return None


def _deputy(known: _Words, passage: Passage) -> Node | None:
    for match in known.person.finditer(passage.text):
        if known.deputy_is.search(passage.text, max(0, match.start() - 40), match.start()) or known.is_deputy.match(
            passage.text, match.end()
        ):
            return passage.part(*match.span())
    return None


def notice(node: Node, language: str = "en") -> Node | None:
    """The notice that a statement asks for: the “90 days” of “with 90 days' notice”."""
    match = words_of(language).notice.search(node.text)
    return node.part(*match.span()) if match is not None else None
