"""A term that is defined and never used."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.patterns import lazy
from slalint.terms import Definition, placeholders
from slalint.terms.language import Structure
from slalint.terms.lexicon import Group, is_capitalised, name_words
from slalint.terms.uses import Use

summary = "Every term that is defined is used."
severity = "info"
why = "It may be left over from another agreement, or the text may mean it and say something else."
fix = "Use the term where it is meant, or remove the definition."

_STRICT = frozenset(("means", "naming", "parenthetical"))
_FORMAL = ("means", "naming", "parenthetical", "data")
_LISTED = ("table", "list")
_FEW = 100  # terms, up to which it takes longer to make an index of a text than to search it for each
_WORD = lazy(r"[^\W_]+")


def check(agreement: Agreement) -> Iterator[Observation]:
    found = list(_unused(agreement))
    if found and not agreement.is_filled_in and placeholders.holds_one(agreement.wording, agreement.language):
        return  # the term may be meant for what will stand in the blank
    yield from found


def _unused(agreement: Agreement) -> Iterator[Observation]:
    others: _Said | None = None
    used: dict[int, list[Use]] | None = None  # by the group of the term
    groups = agreement.lexicon.groups
    for index, group in enumerate(groups):
        if not _are_tracked(agreement, group.definitions):
            continue
        others = _Said(_others(agreement), len(groups) > _FEW) if others is None else others
        said = _is_said(group.names, others, agreement.language)  # "Restored" is used by "restoration"
        strict = _STRICT.issuperset([definition.form for definition in group.definitions])
        if said and not strict:
            continue
        uses = []
        if used is not None or len(groups) > _FEW or agreement.lexicon.may_occur(index, agreement.lowered):
            used = _by_group(agreement) if used is None else used
            uses = [use for use in used.get(index, ()) if not _is_own(use, group)]
        if any(use.strength != "lower" for use in uses) or (said if not uses else not strict):
            continue
        term = group.definitions[0].term
        name = term.text.strip()
        message = f"“{name}” is defined, but never used"
        if uses:
            place = uses[0].passage.part(uses[0].start, uses[0].end)
            message += f"; line {place.span.line} says “{' '.join(place.text.split())}”"
        yield Observation(term, message + ".", key=name)


def _by_group(agreement: Agreement) -> dict[int, list[Use]]:
    uses: dict[int, list[Use]] = {}
    for use in agreement.terms.uses:
        uses.setdefault(use.group, []).append(use)
    return uses


def _is_said(names: tuple[str, ...], others: _Said, language: str) -> bool:
    """Whether each word of one of the names, or one akin to it, stands in another text."""
    for stems in _stems(names, language):
        for stem in stems:
            if not others.begins(stem):
                break
        else:
            return True
    return False


class _Said:
    """A text in lower case, of which somebody asks how its words begin: now and then, or often."""

    def __init__(self, text: str, often: bool) -> None:
        self.text = text
        self.words = sorted(set(_WORD.findall(text))) if often else None

    def begins(self, stem: str) -> bool:
        """Whether some letters begin a word, or stand behind a sign."""
        if self.words is not None and stem.isalnum():
            at = bisect_left(self.words, stem)
            return at < len(self.words) and self.words[at].startswith(stem)
        at = self.text.find(stem)
        while at > 0 and self.text[at - 1].isalnum():
            at = self.text.find(stem, at + 1)
        return at >= 0


@lru_cache(maxsize=1024)
def _stems(names: tuple[str, ...], language: str) -> list[list[str]]:
    return [[word[: max(4, len(word) - 3)] for word in name_words(name, language).word] for name in names]


def _others(agreement: Agreement) -> str:
    """What is said outside the definitions, in lower case."""
    said = agreement.strings_outside("definitions")
    if agreement.prose is not None:
        passages = agreement.prose.passages
        starts = [passage.start for passage in passages]
        own: set[int] = set()  # the passages that hold a term or begin within its explanation
        for one in agreement.definitions:
            home = bisect_right(starts, one.term.offset) - 1
            if home >= 0 and one.term.offset < starts[home] + len(passages[home].text):
                own.add(home)
            if one.body is not None and one.form != "data":
                end = one.body.offset + len(one.body.raw)
                own.update(range(bisect_left(starts, one.body.offset), bisect_left(starts, end)))
        said += [passage.text for index, passage in enumerate(passages) if index not in own]
    return "\n".join(said).lower()


def _are_tracked(agreement: Agreement, definitions: Iterable[Definition]) -> bool:
    """Whether all these definitions are there to be used elsewhere. A level is used by its scale; what is measured is
    used by being measured; "we" needs no use, and an abbreviation may be there for those who look for it."""
    language = agreement.language
    for one in definitions:
        if not _may_be_tracked(one.name, language) or not (one.form == "data" or _is_marked(agreement, one)):
            return False
    return True


def _is_marked(agreement: Agreement, definition: Definition) -> bool:
    """Whether prose says by marks, or by its place, that something is a term."""
    if agreement.prose is None:
        return False
    source, at = definition.term.file.text, definition.term.offset
    if definition.form in _FORMAL:
        return source[at - 1 : at] in ('"', "“", "*", "_", "‘", "'")
    if definition.form in _LISTED:
        passage = agreement.prose.passage_at(at)
        return passage is not None and Structure.of(agreement.language).is_glossary(passage.section)
    return False


@lru_cache(maxsize=1024)  # the agreements of a house define the same terms
def _may_be_tracked(term: str, language: str) -> bool:
    name = term.strip()
    plain = is_capitalised(name, language) and not name.isupper() and "/" not in name
    return plain and not Structure.of(language).is_level_name(name)


def _is_own(use: Use, group: Group) -> bool:
    """Whether a use stands in the term's own explanation."""
    at = use.passage.start + use.start
    return any(_holds(d.body, at) or _holds(d.term, at) for d in group.definitions)


def _holds(node: Node | None, at: int) -> bool:
    return node is not None and node.offset <= at < node.written.end


bad = [
    {
        "markdown": """\
# Service level agreement for mail

“Business Day” means Monday to Friday without the public holidays of Portugal.

“Affiliate” means a company that Orrin AS owns. <!-- expect -->

Within two Business Days someone answers each letter.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Selling Hours: Mon-Fri 08:30-18:00 Europe/Lisbon.
  Rejection Reason: A line of the list that Sales keeps. # expect
policies:
  application: Mailboxes of all staff, in Selling Hours.
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

“Business Day” means Monday to Friday without the public holidays of Portugal.

Within two Business Days someone answers each letter.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Selling Hours: Mon-Fri 08:30-18:00 Europe/Lisbon.
policies:
  application: Mailboxes of all staff, in Selling Hours.
"""
    },
]
