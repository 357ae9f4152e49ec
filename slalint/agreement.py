"""What an agreement says, under typed names over positioned nodes: the one thing that rules look at.

``Agreement`` reads the data form; a prose source gives a subclass that answers the same questions from running text.
Every question may be asked of every agreement: what is not stated is ``None`` or empty, what is malformed is left out
(the schema reports it), and no answer ever raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from slalint import quantities as q
from slalint.items import Item, named, stated_in
from slalint.items import Metric as Metric
from slalint.items import Service as Service
from slalint.items import Tool as Tool
from slalint.items import Tracking as Tracking
from slalint.items import says as says
from slalint.items import slug as slug
from slalint.model import Confidence, Node, Path, SourceFile, texts
from slalint.once import once
from slalint.parts import (
    Cell,
    Matrix,
    Priority,
    StatedDate,
    StatedHours,
    Tiers,
    read_hours,
    read_life,
    read_matrices,
    read_priorities,
    read_tiers,
    read_tracked,
)
from slalint.patterns import Sieve
from slalint.record import NamedTuple
from slalint.strings import Strings
from slalint.terms import Definition as Definition  # defined there, for terms lies below
from slalint.terms import GlossaryTerm, of_glossary
from slalint.terms.placeholders import all_filled, may_hold_one, says_nothing
from slalint.text import Document, Passage
from slalint.words.pieces import Pattern, Pieces

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from slalint.calendars import Calendar
    from slalint.terms.clauses import Spoken
    from slalint.terms.lexicon import Lexicon
    from slalint.terms.places import Places
    from slalint.terms.uses import Scan

Form = Literal["data", "prose"]
State = Literal["present", "placeholder", "by-reference", "absent"]

KINDS = ("ServiceLevelAgreement", "OperationalLevelAgreement", "UnderpinningContract")
TYPES = ("customer", "internal", "supplier", "marketing-sales")
POLICIES = ("application", "renewal", "modification", "exclusions", "limitations", "termination")

# Where the data form states each element: the first path that holds something decides; the last but one step of the
# first path is where a missing one is reported. ``*`` stands for any item.
ELEMENT_PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "manager": (("governance", "serviceLevelManager"),),
    "customer_representative": (("governance", "representatives"),),
    "review": (("meetings", "frequency"), ("meetings",)),
    "goals": (("goals",),),
    **{name: (("policies", name),) for name in POLICIES},
    "effective_date": (("term", "effectiveDate"),),
    "version": (("metadata", "version"),),
    "escalation": (("governance", "escalation"),),
    "reporting": (("governance", "reporting"),),
    "service_hours": (("services", "*", "hours"), ("support", "hours"), ("calendars",)),
    "time_zone": (("term", "timeZone"), ("calendars", "*", "timeZone"), ("services", "*", "hours")),
    "remedies": (("remedies",),),
}
ELEMENTS = tuple(ELEMENT_PATHS)
# Elements for which "none" is an answer; of all others it says that the question was not asked.
MAY_BE_NONE = frozenset(("exclusions", "limitations", "remedies", "renewal"))


class Element:
    """One of the parts that a reviewer looks for: whether it is there, where, and what decided it."""

    def __init__(
        self, name: str, state: State, node: Node | None, place: Node, reason: str, confidence: Confidence = "high"
    ) -> None:
        self.name = name
        self.state = state
        self.node = node  # where it is stated; None when absent
        self.place = place  # where to report that it is missing
        self.reason = reason  # the words or the path that decided
        self.confidence = confidence

    @classmethod
    def at(cls, name: str, state: State, root: Node, path: Path) -> Element:
        """One that the data form states at a path. The rest hardly anybody asks."""
        element = cls.__new__(cls)
        element.name, element.state, element.confidence = name, state, "high"
        element._root, element._path = root, path
        return element

    _root: Node
    _path: Path

    @once
    def node(self) -> Node | None:
        return self._root.get(*self._path)

    @once
    def place(self) -> Node:
        return self.node or self._root

    @once
    def reason(self) -> str:
        return "/" + "/".join(map(str, (*self._root.path, *self._path)))


class Party(NamedTuple):
    """An organisation that the agreement binds or names."""

    node: Node
    id: str
    role: str  # provider | customer | supporting, "" where not said
    name: Node


class Person(NamedTuple):
    """Somebody named to answer for something; ``is_person`` is false where only a role or a team is named."""

    node: Node
    name: Node
    is_person: bool = True
    contact: Node | None = None
    deputy: Node | None = None
    party: Node | None = None


class Goal(NamedTuple):
    """What the agreement is for, and the references to the metrics that show it."""

    node: Node
    id: str
    statement: Node
    measured_by: tuple[Node, ...]


class Policy:
    """One of ``POLICIES`` as far as it is stated."""

    def __init__(self, name: str, node: Node, summary: Node | None, notice: Node | None) -> None:
        self.name = name
        self.node = node
        self.summary = summary
        self.notice = notice

    @classmethod
    def of(cls, name: str, block: Node) -> Policy:
        """A policy of the data form's block. The rest hardly anybody asks."""
        policy = cls.__new__(cls)
        policy.name, policy._block = name, block
        return policy

    _block: Node

    @once
    def node(self) -> Node:
        node = self._block.get(self.name)
        assert node is not None
        return node

    @once
    def summary(self) -> Node | None:
        return self.node if self.node.text else self.node.get("summary")

    @once
    def notice(self) -> Node | None:
        return self.node.get("notice")


def mentioned(name: str) -> set[str]:
    """The slugs that a slug holds as whole words, itself among them: of ``a-b``, ``a``, ``b`` and ``a-b``."""
    words = name.split("-")
    return {"-".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)} - {""}


class _Clocks(Pieces, file="clocks"):
    in_hours = Pattern()


class Agreement:
    """One agreement of a file. ``document`` is its index among the file's agreements."""

    form: Form = "data"
    prose: Document | None = None
    day: str = ""  # what ``as_of`` answers
    clocked = False  # whether anybody has asked
    time_zone: str = ""  # zone of hours that name none, from the configuration
    glossary: tuple[GlossaryTerm, ...] = ()  # terms that are explained elsewhere for this agreement

    def __init__(self, root: Node, document: int = 0) -> None:
        self.root = root
        self.file: SourceFile = root.file
        self.document = document
        self.data: Node | None = root  # the part written in the data form, for the schema; None in pure prose
        self.is_template = ".template." in root.file.path  # blanks are there on purpose

    @property
    def as_of(self) -> str:
        """The day (ISO) that rules take for today; empty: rules that need it keep silent."""
        self.clocked = True
        return self.day

    # ---- identity

    def scalar(self, *path: str) -> Node | None:
        """The non-empty scalar at a path, else None."""
        node = self.root.get(*path)
        return node if node is not None and node.text.strip() else None

    @once
    def kind(self) -> Node | None:
        """One of ``KINDS`` as written; prose tells it from its title."""
        return self.scalar("kind")

    @once
    def type(self) -> Node | None:
        """The node that says what kind of agreement it is; its text is one of ``TYPES`` where it can be told."""
        return self.scalar("type")

    @once
    def title(self) -> Node | None:
        """What the agreement is called, else its id."""
        return self.scalar("metadata", "title") or self.scalar("metadata", "id")

    @once
    def id(self) -> str:
        """The declared id, else one made from the title, else empty."""
        node = self.scalar("metadata", "id") or self.title
        return slug(node.text) if node else ""

    @once
    def status(self) -> Node | None:
        """As written: draft, proposed, active …"""
        return self.scalar("metadata", "status")

    @property
    def is_draft(self) -> bool:
        """Whether the status is draft: missing parts are then only warnings."""
        return self.status is not None and self.status.text.strip().lower() == "draft"

    @once
    def version(self) -> Node | None:
        """As written."""
        return self.scalar("metadata", "version")

    @once
    def effective_date(self) -> Node | None:
        """The first day, as written; ``quantities.read_date`` reads it."""
        return self.scalar("term", "effectiveDate")

    @once
    def expiry_date(self) -> Node | None:
        """The last day, as written."""
        return self.scalar("term", "expiryDate")

    @property
    def is_over(self) -> bool:
        """Out of use, or past its last day; that it is, a rule of its own says."""
        from slalint.terms import clauses

        end = q.read_date(self.expiry_date)
        if self.status is not None and clauses.stage(self.status.text, self.language) == "after":
            return True
        return end is not None and self.as_of != "" and end < q.parse_date(self.as_of)

    @once
    def goes_on(self) -> bool:
        """Whether it says that it holds beyond its last day, or renews itself."""
        renewal = self.policies.get("renewal")
        mode = renewal.node.get("mode") if renewal is not None else None
        kept = self.root.get("term", "continuesUntilReplaced")
        if (kept is not None and kept.data is True) or (mode is not None and mode.text == "automatic"):
            return True
        said = self.spoken.about("renewal") + self.spoken.about("life")
        return any(tag in clause.says for clause in said for tag in ("continues", "automatic"))

    @once
    def language(self) -> str:
        """Two-letter language of the text, ``en`` where nothing else is said."""
        node = self.scalar("metadata", "language")
        return node.text.strip().lower()[:2] if node else "en"

    @property
    def understood(self) -> bool:
        """False for prose in a language that no word list is for."""
        return True

    @once
    def prose_alone(self) -> Agreement | None:
        """What the text around data says without it, where a document holds both; else None."""
        return None

    # ---- places

    @property
    def head(self) -> Node:
        """Where to report what concerns the whole agreement: its title, else its first line."""
        return self.title or self.kind or self._first()

    def _first(self) -> Node:
        for _, node in self.root.items():
            return node
        return self.root

    def place(self, *path: str) -> Node:
        """The deepest node that exists along a path, for reporting what is missing below it."""
        node = self.root
        for step in path:
            child = node.get(step)
            if child is None:
                break
            node = child
        return self.head if node is self.root else node

    # ---- elements

    @once
    def elements(self) -> Mapping[str, Element]:
        """Every element of ``ELEMENTS`` with its state."""
        plain = self._plainly_stated
        return {
            name: Element.at(name, "present", self.root, plain[name]) if name in plain else self._element(name)
            for name in ELEMENTS
        }

    @once
    def is_complete(self) -> bool:
        """Whether one look shows every element to be present, as most rules want to know; otherwise they may be so all
        the same."""
        return self.form == "data" and self.prose is None and len(self._plainly_stated) == len(ELEMENTS)

    @once
    def absent(self) -> frozenset[str]:
        """The names of the elements that are absent."""
        if self.is_complete:
            return frozenset()
        return frozenset([name for name, element in self.elements.items() if element.state == "absent"])

    @once
    def _plainly_stated(self) -> dict[str, Path]:
        """The elements that one look shows to be present, and where: nearly all of most agreements, which need not be
        known any closer."""
        data: Any = self.root.data
        found: dict[str, Path] = {}
        if data.__class__ is not dict or not self.is_filled_in:
            return found
        for block, elements in _USUAL.items():
            inside: Any = data.get(block) if block else data
            for key, name, path in elements if inside.__class__ is dict else ():
                said = inside.get(key)
                if said.__class__ is dict and name in _NEEDED:
                    said = said.get(_NEEDED[name])
                if said.__class__ is str:
                    if not said.strip():
                        continue
                elif name == "time_zone" or (said.__class__ is dict and "document" in said) or not says(said):
                    continue
                found[name] = path
        if "customer_representative" in found and self.unrepresented:
            del found["customer_representative"]
        services = data.get("services")
        first = services[0] if services.__class__ is list and services else None
        hours = first.get("hours") if first.__class__ is dict else None
        if hours.__class__ is str and hours.strip():
            found["service_hours"] = ("services", 0, "hours")
        return found

    def _element(self, name: str) -> Element:
        root, paths = self.root, ELEMENT_PATHS[name]
        if name == "time_zone":
            return self._time_zone(paths)
        if name == "customer_representative" and self.unrepresented:
            block = root.get(*paths[0])
            if block is not None and isinstance(block.data, list):
                return Element(name, "absent", None, block, "nobody for " + " and ".join(self.unrepresented))
        blank: Path | None = None
        for path in paths:
            for at, said in _at(root.data, path):
                needed = _NEEDED.get(name)
                answer = said.get(needed) if needed is not None and said.__class__ is dict else said
                if says(answer):
                    state: State = "placeholder" if not self.is_filled_in and _is_open(name, answer) else "present"
                    if answer.__class__ is dict and _said_keys(answer) == ["document"]:
                        state = "by-reference"
                    return Element.at(name, state, root, at)
                blank = blank or at
        place = root.get(*blank) if blank is not None else None
        place = place or self.place(*(step for step in paths[0] if step != "*"))
        return Element(name, "absent", None, place, "nothing at /" + "/".join(paths[0]))

    def _time_zone(self, paths: tuple[tuple[str, ...], ...]) -> Element:
        for path in paths:
            for at, said in _at(self.root.data, path):
                text = _text(self.root, said, at)
                if path[-1] == "timeZone" and text.strip():
                    state: State = "placeholder" if _all_open((text,), none=True) else "present"
                    return Element.at("time_zone", state, self.root, at)
                hours = q.hours_of(text) if text else None
                if hours is not None and hours.zone:
                    return Element.at("time_zone", "present", self.root, at)
        return Element("time_zone", "absent", None, self.place("term"), "no timeZone and no hours with a zone")

    # ---- parts

    def _named(self, key: str, name_key: str = "name") -> Iterator[tuple[Node, str, Node]]:
        """``(node, id, name)`` of each item of a list block; an item may be a mapping or just its name."""
        for one in named(self.root.get(key), name_key):
            item = Item(one)
            yield item.node, item.id, item.name

    def doubled(self, block: str) -> list[tuple[Node, Node]]:
        """The ids that a block gives a second time, each with the first that has it. What a reference to one of them
        means, nobody can tell."""
        plain = self.root.data.get(block) if isinstance(self.root.data, dict) else None
        ids = [one.get("id") if isinstance(one, dict) else one for one in plain] if isinstance(plain, list) else []
        names = [slug(one) for one in ids if isinstance(one, str)]
        if len(names) == len(ids) == len(set(names)):
            return []  # as in all agreements but a few; no place needs to be known
        first: dict[str, Node] = {}
        found = []
        for item in self.root.get(block) or ():
            id_ = item if item.text else item.get("id")
            if id_ is not None and slug(id_.text) and first.setdefault(slug(id_.text), id_) is not id_:
                found.append((id_, first[slug(id_.text)]))
        return [(second, one) for second, one in found if not is_placeholder(second)]

    @once
    def parties(self) -> list[Party]:
        """Everyone the agreement names as a side or in support of one, in document order."""
        block = self.root.get("parties")
        if block is None:
            return []
        if isinstance(block.data, dict):
            # Short form: `provider: IT Operations`, or a list of names under one role.
            found = []
            for role, node in block.items():
                if node.data.__class__ is str:
                    if node.data:
                        found.append(Party(node, role, role, node))
                    continue
                for item in node if isinstance(node.data, list) else [node]:
                    name = item if item.text else item.get("name")
                    if name is not None and name.text:
                        declared = item.get("id")
                        found.append(Party(item, declared.text if declared is not None else role, role, name))
            return found
        return [
            Party(node, id_, said.text if (said := node.get("role")) is not None else "", name)
            for node, id_, name in self._named("parties")
        ]

    @once
    def open_sides(self) -> list[tuple[str, Node]]:
        """The sides (provider, customer) for which prose has a label with nobody's name beside it, and that place."""
        return []

    def party(self, ref: str) -> Party | None:
        """The party that a reference names by id, role or name."""
        return self._parties.get(slug(ref))

    @once
    def _parties(self) -> dict[str, Party]:
        found: dict[str, Party] = {}
        for party in self.parties:
            found.setdefault(slug(party.id), party)
            found.setdefault(slug(party.name.text), party)
        for party in self.parties:
            found.setdefault(party.role, party)
        return found

    @once
    def people(self) -> Mapping[str, Party | None]:
        """Everybody whom the data form names, by slug: its parties, and the persons, offices and roles with the party
        that each is of; None where that is not said."""
        found: dict[str, Party | None] = dict(self._parties)
        plain = self.root.data

        def add(path: Path, holder: Any, *names: str, party: str | None = None) -> None:
            if holder.__class__ is dict and "party" in holder:
                party = _text(self.root, holder["party"], (*path, "party"))
            side = self.party(party) if party is not None else None
            for name in names:
                known = slug(name) if name else ""
                if known and found.get(known) is None:
                    found[known] = side

        for office in _OFFICES:
            at = ("governance", office)
            if (person := self._holders[office]) is not None:
                add(at, person.node.data, person.name.text, office)
                if (deputy := person.deputy) is not None:
                    side = person.party.text if person.party is not None else None
                    name = deputy.get("name") or deputy
                    add((*at, "deputy"), deputy.data, name.text, "deputy", party=side)
        for block in _PEOPLE:
            listed = below(plain, *block)
            for index, one in enumerate(listed if listed.__class__ is list else ()):
                path = (*block, index)
                if one.__class__ is dict:
                    keys = ("name",) if block == ("signatures",) else ("name", "id")
                    add(path, one, *[_text(self.root, one.get(key), (*path, key)) for key in keys])
                elif block != ("signatures",):
                    add(path, one, _text(self.root, one, path))
        return found

    @once
    def reciprocal(self) -> bool:
        """Both sides provide: two providers, as in a marketing–sales agreement."""
        return [p.role for p in self.parties].count("provider") > 1

    @once
    def manager(self) -> Person | None:
        """Who answers for the agreement."""
        return self._holders["serviceLevelManager"]

    @once
    def _holders(self) -> dict[str, Person | None]:
        """Who holds each of the offices."""
        found: dict[str, Person | None] = {}
        for office in _OFFICES:
            said = below(self.root.data, "governance", office)
            node = self.root.get("governance", office) if said is not None else None
            found[office] = _person(node) if node is not None else None
        return found

    @once
    def representatives(self) -> list[Person]:
        """Who speaks for the sides, in document order."""
        block = self.root.get("governance", "representatives")
        return [p for item in block or () if (p := _person(item)) is not None]

    @once
    def unrepresented(self) -> tuple[str, ...]:
        """The sides that nobody speaks for, by name: of a reciprocal agreement each provider, else the customer.
        Whoever names no party speaks for the customer."""
        reciprocal = self.reciprocal
        sides = [p for p in self.parties if p.role == ("provider" if reciprocal else "customer")]
        spoken = set()
        path = ("governance", "representatives")
        listed = below(self.root.data, *path)
        for index, person in enumerate(listed if listed.__class__ is list else ()):
            ref = person.get("party") if person.__class__ is dict else None
            if person.__class__ is list or not says(person.get("name") if person.__class__ is dict else person):
                continue
            party = self.party(_text(self.root, ref, (*path, index, "party"))) if says(ref) else None
            if party is not None:
                spoken.add(party.id)
            elif not reciprocal:
                return ()
        if not sides:
            others = any(p.id in spoken and p.role not in ("provider", "supporting") for p in self.parties)
            return () if others else ("the customer",)
        missing = tuple(p.name.text for p in sides if p.id not in spoken)
        return missing if reciprocal or len(missing) == len(sides) else ()

    @once
    def services(self) -> list[Service]:
        """Empty in prose: a document describes its services freely."""
        return [Service(item) for item in named(self.root.get("services"))]

    @once
    def tools(self) -> list[Tool]:
        """The tool inventory; empty in prose."""
        return [Tool(item) for item in named(self.root.get("tools"))]

    @once
    def tools_by_slug(self) -> dict[str, Tool]:
        """The tools by what a reference to one may be: its id or its name. Of two with one name it is the first."""
        found: dict[str, Tool] = {}
        for tool in self.tools:
            found.setdefault(slug(tool.id), tool)
            found.setdefault(slug(tool.called), tool)
        return found

    @once
    def goals(self) -> list[Goal]:
        """What the agreement is for."""
        found = []
        for node, id_, statement in self._named("goals", "statement"):
            measured = node.get("measuredBy")
            refs = tuple(measured) if measured is not None and isinstance(measured.data, list) else ()
            if measured is not None and measured.text:
                refs = (measured,)
            found.append(Goal(node, id_, statement, refs))
        return found

    @once
    def definitions(self) -> list[Definition]:
        """Every term with its explanation, wherever it stands."""
        block = self.root.get("definitions")
        if block is None:
            return []
        found, longer = [], []
        for key, said in block.data.items() if isinstance(block.data, dict) else ():
            if said.__class__ is str and key.__class__ is str:
                found.append(Definition.of(block, key, said))
                continue
            node = None if said.__class__ is list else block.get(key)
            if node is None:
                continue
            if said.__class__ is dict:  # `Downtime: {means: …, aliases: […]}`
                longer.append(Definition(node.key_node, node.get("means"), "data", _texts(node.get("aliases"))))
            else:
                found.append(Definition(node.key_node, node, "data"))
        found += longer
        for item in block:
            term = item.get("term")
            if term is not None and term.text:
                found.append(Definition(term, item.get("means"), "data", _texts(item.get("aliases"))))
        return found

    @once
    def policies(self) -> dict[str, Policy]:
        """The policies that are stated, by name."""
        block = self.root.get("policies")
        if block is None or block.data.__class__ is not dict:
            return {}
        return {name: Policy.of(name, block) for name, said in block.data.items() if name in POLICIES and says(said)}

    @once
    def metrics(self) -> list[Metric]:
        """Every measured promise, in document order."""
        return [Metric.of(item, self._services) for item in named(self.root.get("metrics"))]

    @once
    def promised(self) -> list[tuple[Metric, int, q.Target]]:
        """Each value of each metric, with its index in ``Metric.values``, where its place is: most rules on values look
        at all of them, and find nothing."""
        return [(metric, at, target) for metric in self.metrics for at, target in enumerate(metric.targets)]

    @once
    def tracked(self) -> list[Mapping[str, Any]]:
        """``Metric.tracked`` of all metrics: whether any of them says something is asked of all at once."""
        return [one for metric in self.metrics for one in metric.tracked]

    @once
    def metric_keys(self) -> frozenset[str]:
        """Every key of the data form that some metric has: one look tells that none has a certain one."""
        return frozenset().union(*[metric.plain for metric in self.metrics])

    @once
    def metric_names(self) -> str:
        """The words of all names and ids of metrics in lower case, each between blanks: one look tells whether a word
        occurs in any of them."""
        said = " ".join([f"{metric.called} {metric.id}" for metric in self.metrics])
        return f" {' '.join(said.lower().replace('-', ' ').replace('_', ' ').split())} "

    # ---- what rules compute with (`slalint.parts` describes it)

    @once
    def priorities(self) -> list[Priority]:
        """Every level of urgency that is declared or used, each once, in document order."""
        return read_priorities(self.root)

    @once
    def matrices(self) -> list[Matrix]:
        """What is promised by priority: one for each table, list or block."""
        return read_matrices(self.root)

    @once
    def tiers(self) -> list[Tiers]:
        """Every schedule of credits with its bands."""
        return read_tiers(self.root)

    @once
    def hours(self) -> list[StatedHours]:
        """Hours of service and of support, calendars and maintenance, as far as they are stated as hours."""
        return read_hours(self.root)

    @once
    def dates(self) -> list[StatedDate]:
        """The dates of the agreement's own life: its beginning and end, reviews, signatures, versions."""
        life = self.life if self.form == "data" else read_life(self.root)
        return [*life, *read_tracked(self.root)]

    @once
    def life(self) -> list[StatedDate]:
        """Those of ``dates`` that are of the agreement itself, not of what is measured."""
        if self.form == "data":
            return read_life(self.root)
        return [date for date in self.dates if date.kind != "tracked-since"]

    @once
    def stated(self) -> Mapping[str, Element]:
        """The parts that are lists (parties, metrics, priorities, service_hours, credit_tiers, dates), each with its
        state, the place of its first entry and the reason, like ``elements``."""
        judged = [metric for metric in self.metrics if not metric.duty]
        return {
            "parties": self._part("parties", [p.name for p in self.parties], [node for _, node in self.open_sides]),
            "metrics": self._part("metrics", [m.target or m.name for m in judged]),
            "priorities": self._part("priorities", [p.definition or p.name for p in self.priorities]),
            "service_hours": self.elements["service_hours"],
            "credit_tiers": self._part("remedies", [row.band for tiers in self.tiers for row in tiers.rows]),
            "dates": self._part("term", [date.node for date in self.dates]),
        }

    def _part(self, block: str, nodes: list[Node], blanks: Sequence[Node] = ()) -> Element:
        """A part as an element: what its entries hold decides its state."""
        filled = [node for node in nodes if says_something(node) and not is_placeholder(node)]
        open_ = [*blanks, *(node for node in nodes if is_placeholder(node))]
        if filled:
            return Element(block, "present", filled[0], filled[0], self._why_stated(filled))
        if open_:
            return Element(block, "placeholder", open_[0], open_[0], f"only a blank: “{open_[0].text.strip()}”")
        if (elsewhere := self._elsewhere(block)) is not None:
            said = " ".join(elsewhere.text.split())
            return Element(block, "by-reference", elsewhere, elsewhere, f"“{said}”")
        return Element(block, "absent", None, self.place(block), self._why_absent(block), "medium")

    def _why_stated(self, nodes: list[Node]) -> str:
        return "/" + "/".join(map(str, nodes[0].path))

    def _why_absent(self, block: str) -> str:
        return f"nothing at /{block}"

    def _elsewhere(self, block: str) -> Node | None:
        """Where the agreement says that another document holds a part."""
        node = self.root.get(block)
        return node if node is not None and _said_keys(node.data) == ["document"] else None

    def reasons(self, metric: Metric) -> Mapping[str, str]:
        """By part (category, target, window, tracking) what decided that a metric has it, or that it has not."""
        parts = {"category": metric.node.get("category"), "target": metric.target, "window": metric.window}
        parts["tracking"] = metric.tracking[0].node if metric.tracking else None
        base = "/".join(map(str, metric.node.path))
        return {
            name: "/" + "/".join(map(str, node.path)) if node is not None else f"nothing at /{base}/{name}"
            for name, node in parts.items()
        }

    def service(self, ref: str) -> Service | None:
        """The service that a reference names by id or name."""
        return self._services.get(slug(ref))

    def length_of(self, cell: Cell) -> q.Duration | None:
        """The time that a cell of a matrix promises at most, as business time where its level's clock runs in certain
        hours only; None where it promises none, or the clock cannot be told."""
        known = self._lengths.get(id(cell.node))
        if known is None:
            known = self._lengths[id(cell.node)] = (self._length_of(cell), cell.node)
        return known[0]

    @once
    def _lengths(self) -> dict[int, tuple[q.Duration | None, Node]]:
        """What ``length_of`` has answered, with the node that keeps the key from being given to another."""
        return {}

    def _length_of(self, cell: Cell) -> q.Duration | None:
        target = cell.targets[0] if cell.targets else None
        length = target.duration if target is not None and target.operator not in ("gte", "gt") else None
        if target is None or length is None or length.months or length.is_business or target.clock == "always":
            return length
        if target.clock == "":
            runs = self._runs_always(cell.priority.clock if cell.priority is not None else None)
            if runs is not False:
                return length if runs else None
        return q.Duration(business_seconds=length.seconds)

    def _runs_always(self, clock: Node | None) -> bool | None:
        """Whether a level's clock never stops; None where its words do not tell. Without a clock it does not stop."""
        if clock is None:
            return True
        hours = self._calendars.get(slug(clock.text)) or q.hours_of(clock.text)
        if hours is not None:
            return hours.always
        return False if _Clocks.of(self.language).in_hours.search(clock.text) else None

    @once
    def _calendars(self) -> dict[str, q.Hours]:
        return {slug(one.name): one.hours for one in self.hours if one.kind == "calendar" and one.hours is not None}

    @once
    def business_day(self) -> Decimal | None:
        """The length of a business day in seconds, where all hours of work agree on one."""
        days = {
            q.business_day(one.hours)
            for one in self.hours
            if one.hours is not None and not one.hours.always and one.kind != "maintenance"
        }
        return days.pop() if len(days) == 1 else None

    @once
    def term(self) -> tuple[date | None, date | None]:
        """Its first and its last day, each None where it is not stated or cannot be read."""
        block = self.root.data.get("term") if self.prose is None and self.root.data.__class__ is dict else None
        if block.__class__ is dict:
            first, last = block.get("effectiveDate", ""), block.get("expiryDate", "")
            if first.__class__ is str and last.__class__ is str:  # no place needs to be known
                return q.date_of(first), q.date_of(last)
        return q.read_date(self.effective_date), q.read_date(self.expiry_date)

    def calendar_of(self, metric: Metric) -> Calendar | None:
        """The hours that count for a metric: its own clock's, else its service's; None where they cannot be told."""
        from slalint.calendars import read_calendar

        owner = self.service(metric.service.text) if metric.service is not None else None
        said = metric.clock or (owner.hours if owner is not None else None)
        if said is None or self.form != "data":
            return None
        return self.calendar_named(said.text) or read_calendar(said, self._zone)

    def calendar_named(self, name: str) -> Calendar | None:
        """A calendar of the agreement by its id; None where there is none, or its hours cannot be read."""
        from slalint.calendars import read_calendar

        if name not in self._known_calendars:
            blocks = self.root.get("calendars")
            named = blocks.get(name) if blocks is not None else None
            for item in blocks or ():
                id_ = item.get("id")
                named = item if named is None and id_ is not None and slug(id_.text) == slug(name) else named
            self._known_calendars[name] = read_calendar(named, self._zone)
        return self._known_calendars[name]

    @once
    def _known_calendars(self) -> dict[str, Calendar | None]:
        """What ``calendar_named`` has answered."""
        return {}

    @property
    def _zone(self) -> str:
        """The zone of hours that name none."""
        said = self.scalar("term", "timeZone")
        return said.text.strip() if said is not None else self.time_zone

    @once
    def _services(self) -> dict[str, Service]:
        found: dict[str, Service] = {}
        for service in self.services:
            found.setdefault(slug(service.id), service)
            found.setdefault(slug(service.called), service)
        return found

    # ---- text

    @once
    def passages(self) -> list[Passage]:
        """The running text: every string that an author wrote for people to read, in document order."""
        return self._written.passages()

    @once
    def wording(self) -> str:
        """The running text in one piece, with ``\\0`` between passages: one look tells whether a word occurs at all."""
        if self.form != "data" or self.prose is not None:
            return "\0".join([passage.text for passage in self.passages])
        return "\0".join(self._written.said)

    @once
    def _written(self) -> Strings:
        """All strings of the data form."""
        return Strings(self.root)

    @once
    def sieve(self) -> Sieve:
        """Which expressions may match anywhere in the running text."""
        if self.prose is not None and self.form == "prose":
            return self.prose.sieve
        # Data may be written with escapes. Each word once holds all that clues are looked for in, but for the one
        # letter of which ``lower`` makes two.
        return Sieve(self.wording if "\u0130" in self.wording else f"{self.each_lowered}\0")

    @once
    def places(self) -> Places:
        """In which of the passages an expression may match."""
        from slalint.terms.places import Places

        return Places(self.passages, self.sieve)

    @once
    def lowered(self) -> str:
        """``wording`` in lower case."""
        return self.wording.lower()

    @once
    def words(self) -> frozenset[str]:
        """The words of ``wording``, each once, with the punctuation beside them."""
        return frozenset(self.wording.replace("\0", " ").split())

    @once
    def each_word(self) -> str:
        """``words`` between blanks, in any order: whether part of a word occurs is asked of this fraction of
        ``wording``."""
        return f" {' '.join(self.words)} "

    @once
    def each_lowered(self) -> str:
        """``each_word`` in lower case."""
        return self.each_word.lower()

    @once
    def strings(self) -> Mapping[str, list[str]]:
        """Every string of the data form, codes and all, by the block in which it stands: sentences first."""
        if self.form == "data":
            return self._written
        data = self.root.data
        return {key: texts(value) for key, value in data.items()} if isinstance(data, dict) else {"": texts(data)}

    def strings_outside(self, block: str) -> list[str]:
        """All of ``strings`` but those of one block, in no certain order."""
        if self.form == "data":
            return self._written.outside(block)
        return [text for key, below in self.strings.items() if key != block for text in below]

    @once
    def is_filled_in(self) -> bool:
        """Whether one look at all that is written tells that no blank is left in it."""
        if self.form == "data" and self.prose is None:
            return all_filled(self._written.codes, self.language, self.wording, self.words)
        if self.form == "data" and not all_filled(chain.from_iterable(self.strings.values()), self.language):
            return False
        return not may_hold_one(self.wording, self.language)

    @once
    def vocabulary(self) -> list[Definition]:
        """The definitions of the agreement, and after them the terms of its glossaries."""
        return [*self.definitions, *of_glossary(self.glossary)] if self.glossary else self.definitions

    @once
    def lexicon(self) -> Lexicon:
        """The defined terms in every form in which they may be used."""
        from slalint.terms.lexicon import Lexicon

        return Lexicon(self.vocabulary, self.language)

    @once
    def spoken(self) -> Spoken:
        """What its clauses say about the agreement itself: how it ends, changes and goes on, what does not count."""
        from slalint.terms.clauses import Spoken

        return Spoken(self.passages, self.language, self.places)

    @once
    def terms(self) -> Scan:
        """Where the text uses the terms that it defines, and those that it does not. A walk over all words: rules first
        ask ``wording`` whether there is anything for them."""
        from slalint.terms.uses import scan

        return scan(self.passages, self.definitions, self.language, self.lexicon)


def below(data: Any, *path: str | int) -> Any:
    """What stands at a path of plain mappings; None where nothing does."""
    for step in path:
        if data.__class__ is not dict:
            return None
        data = data.get(step)
    return data


def _text(root: Node, data: Any, path: Path) -> str:
    """``Node.text`` of what stands at a path. Only a number, which is taken as it is written, needs its node."""
    if data.__class__ is str:
        return str(data)
    if data is None or isinstance(data, dict | list):
        return ""
    node = root.get(*path)
    return node.text if node is not None else ""


def _at(data: Any, path: tuple[str, ...], done: Path = ()) -> Sequence[tuple[Path, Any]]:
    """What stands at a path, with the path; ``*`` stands for any item or value."""
    for step in path:
        if step == "*":
            at = path.index("*")
            inside = data.items() if data.__class__ is dict else enumerate(data) if data.__class__ is list else ()
            return [one for key, value in inside for one in _at(value, path[at + 1 :], (*done, *path[:at], key))]
        if data.__class__ is not dict or step not in data:
            return ()
        data = data[step]
    return (((*done, *path) if done else path, data),)


_OFFICES = ("serviceLevelManager", "serviceOwner")
_PEOPLE: tuple[Path, ...] = (
    ("governance", "representatives"),
    ("governance", "roles"),
    ("governance", "escalation"),
    ("signatures",),
)
# What of a block answers the element's question: a manager without a name is nobody, and meetings without a rhythm are
# no review.
_NEEDED = {"manager": "name", "review": "frequency"}
# The elements at whose first path one thing stands, by the block that holds it: key, name, path.
_USUAL: dict[str, list[tuple[str, str, Path]]] = {}
for _name, (_path, *_) in ELEMENT_PATHS.items():
    if "*" not in _path:
        _USUAL.setdefault("".join(_path[:-1]), []).append((_path[-1], _name, _path))


# Where the answer stands in a block that holds more than that.
_ANSWERS = {"manager": "name", "customer_representative": "name", "review": "frequency", "goals": "statement"}


def _is_open(element: str, answer: Any) -> bool:
    """Whether what stands there leaves the element's question open, in each of its parts."""
    none = element not in MAY_BE_NONE
    if answer.__class__ is str:
        return says_nothing(answer, none)
    key = _ANSWERS.get(element, "summary")
    parts = answer if answer.__class__ is list and answer else [answer]
    return all(_all_open(texts(said if says(said := below(part, key)) else part), none) for part in parts)


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text for item in node if item.text) if node is not None else ()


def says_something(node: Node) -> bool:
    """Anything but null, blank text and empty collections."""
    return says(node.data)


def _said_keys(data: object) -> list[str]:
    return [key for key, value in data.items() if says(value)] if isinstance(data, dict) else []


def is_placeholder(node: Node, none: bool = False) -> bool:
    """Whether all that stands there leaves the question open: template residue, ``n/a``; with ``none`` also "none"."""
    return _all_open([node.text] if node.text else texts(node.data), none)


def _all_open(said: Sequence[str], none: bool) -> bool:
    for text in said:
        if not says_nothing(text, none):
            return False
    return bool(said)


def _person(node: Node) -> Person | None:
    name = node if node.text else stated_in(node, "name")
    if name is None or not name.text.strip() or is_placeholder(name, none=True):
        return None
    contact = next((c for key in ("email", "phone", "contact", "url") if (c := stated_in(node, key))), None)
    if contact is None and node.text and "@" in node.text:
        contact = node
    return Person(node, name, True, contact, stated_in(node, "deputy"), stated_in(node, "party"))
