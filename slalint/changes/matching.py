"""Two versions of an agreement side by side: which facts and sentences are the same, which have changed, come or
gone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import Literal, TypeVar

from slalint.agreement import Agreement
from slalint.changes import facts
from slalint.changes.facts import BOTH, NOBODY, Fact, Key
from slalint.changes.weighing import NEUTRAL, UNCLEAR, Sign, Verdict
from slalint.model import Node, SourceFile
from slalint.record import NamedTuple
from slalint.text import Passage, excerpt, sentences

Effect = Literal["weakened", "strengthened", "neutral", "unclear"]
Kind = Literal["changed", "added", "removed"]

EFFECTS: tuple[Effect, ...] = ("weakened", "unclear", "strengthened", "neutral")  # what to look at first
_OF_SIGN: dict[Sign, Effect] = {-1: "weakened", 1: "strengthened", 0: "neutral", None: "unclear"}
_ALIKE = 0.6  # how much of two texts must agree for one to be the other, rewritten
_FEW = 40  # characters in which nothing but a figure is said
_PROMISES = ("metric", "duty", "target")
_NAMED = ("party", "manager")
_FAR = 0.1  # what it costs that texts do not stand in the same order
_MOST = 400  # so many sentences on each side are held against each other
T = TypeVar("T")


class Place(NamedTuple):
    """Where something is written."""

    path: str
    line: int
    column: int


class Change(NamedTuple):
    """One change. ``old`` and ``new`` are as written, empty where there is nothing; ``told`` is how much it is, where
    that can be said exactly. ``effect`` is what it means for the promise, ``effects`` what it means for each party."""

    kind: Kind
    part: str  # target, window, credit, exclusion, notice, definition, wording …
    subject: str  # what it is of
    effect: Effect
    old: str = ""
    new: str = ""
    told: str = ""
    before: Place | None = None
    after: Place | None = None
    effects: tuple[tuple[str, Effect], ...] = ()

    @property
    def said(self) -> str:
        """The change in a clause: ``Availability: “at least 99.9 %” has become “at least 99.5 %”``."""
        about = self.subject if self.subject and self.subject not in (self.part, f"{self.part}s") else self.part
        if self.kind == "added":
            return f"{about}: “{excerpt(self.new)}” has been added"
        if self.kind == "removed":
            return f"{about}: “{excerpt(self.old)}” is gone"
        by = f", {self.told}" if self.told else ""
        old, new = shortened(self.old, self.new, 70)
        return f"{about}: “{old.rstrip('.')}” has become “{new.rstrip('.')}”{by}"

    def those(self, effect: Effect) -> list[str]:
        """The parties for which it has an effect."""
        return [party for party, its in self.effects if its == effect]


class Changed(NamedTuple):
    """A change with the nodes that it was read from."""

    change: Change
    old: Node | None
    new: Node | None


def places(changes: Sequence[Changed]) -> tuple[tuple[Node, str], ...]:
    """Where the changes stand, for a finding whose message tells the first of them."""
    said = [(one.new, f"and {one.change.said}" if index else "it says so here") for index, one in enumerate(changes)]
    return tuple([(node, message) for node, message in said[:_PLACES] if node is not None])


_PLACES = 10


class Difference(NamedTuple):
    """One agreement in two versions. ``state``: ``changed``, or ``added`` or ``removed`` as a whole."""

    id: str
    title: str
    state: Kind
    old_path: str
    new_path: str
    parties: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """What has changed from one version to another, in the order of the new text."""
    return tuple(one.change for one in changed(old, new))


@lru_cache(maxsize=4)  # several rules ask for the same two
def changed(old: Agreement, new: Agreement) -> tuple[Changed, ...]:
    """``compare``, with the nodes."""
    after = facts.read(new)
    before = facts.read(old)
    names = _names(before, after)
    after = _as_called(after, names)
    before = _aligned(_as_called(before, names), after)
    known, wanted = {fact.key: fact for fact in before}, {fact.key: fact for fact in after}
    gone = [fact for fact in before if fact.key not in wanted]
    come = [fact for fact in after if fact.key not in known]
    pairs = [(known[fact.key], fact) for fact in after if fact.key in known]
    moved = _unexplained([(a, b) for a, b in pairs if a.value != b.value])
    found = [_changed(facts.narrowed(a, b), facts.narrowed(b, a), _weighed(a, b), new) for a, b in moved]
    found += [_left(fact, old, "removed") for fact in _topmost(gone, [a for a, _ in moved])]
    found += [_left(fact, new, "added") for fact in _topmost(come, [b for _, b in moved])]
    told = _Told((a for a, _ in moved), gone, (a for a, b in pairs if a.value == b.value), old)
    told_now = _Told((b for _, b in moved), come, (b for a, b in pairs if a.value == b.value), new)
    found += _wording(old, new, told, told_now, names)
    return tuple(sorted(found, key=_position))


def differences(
    olds: Sequence[Agreement], news: Sequence[Agreement], renamed: Mapping[str, str] | None = None
) -> list[Difference]:
    """Each agreement that is not as it was. ``renamed`` gives the new path of an old one."""
    pairs, gone = _paired(olds, news, renamed or {})
    found = []
    for old, new in pairs:
        if old is None:
            found.append(_whole(new, "added"))
        elif changes := compare(old, new):
            found.append(_difference(new, "changed", old.file.path, new.file.path, changes))
    return [*found, *(_whole(old, "removed") for old in gone)]


def counterpart(
    new: Agreement, olds: Sequence[Agreement], renamed: Mapping[str, str] | None = None
) -> Agreement | None:
    """The old version of an agreement: that of its id, else that at its place in the file that had its path."""
    for old in olds:
        if new.id and old.id == new.id:
            return old
    for old in olds:
        path = (renamed or {}).get(old.file.path, old.file.path)
        if path == new.file.path and old.document == new.document:
            return old
    return None


def shortened(old: str, new: str, most: int) -> tuple[str, str]:
    """Two texts; of long ones what is around their difference."""
    if max(len(old), len(new)) <= most:
        return old, new
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(0, first - most // 3)
    if start:
        start = max(0, old.rfind(" ", 0, start) + 1)
    found = []
    for text, other in ((old, new), (new, old)):
        pairs = zip(reversed(text[first:]), reversed(other[first:]), strict=False)
        last = len(text) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        end = min(len(text), max(last, first) + most // 3, start + 2 * most)
        end = text.find(" ", end) if text.find(" ", end) > 0 and end < len(text) else end
        found.append(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")
    return found[0], found[1]


# ---- agreements


def _paired(
    olds: Sequence[Agreement], news: Sequence[Agreement], renamed: Mapping[str, str]
) -> tuple[list[tuple[Agreement | None, Agreement]], list[Agreement]]:
    """Each new agreement with its old version, and the old ones that are gone. Ids decide before paths."""
    left = list(olds)
    named = {new.id for new in news}
    by_place: dict[int, Agreement | None] = {}
    for same_id in (True, False):
        for number, new in enumerate(news):
            if by_place.get(number) is None:
                pool = left if same_id else [old for old in left if not old.id or old.id not in named]
                old = counterpart(new, [one for one in pool if not same_id or (one.id and one.id == new.id)], renamed)
                by_place[number] = old
                if old is not None:
                    left.remove(old)
    return [(by_place[number], new) for number, new in enumerate(news)], left


def _difference(agreement: Agreement, state: Kind, old: str, new: str, changes: tuple[Change, ...]) -> Difference:
    title = facts.plain(agreement.title.text) if agreement.title is not None else ""
    parties = tuple(party.name.text.strip() for party in facts.sides(agreement))
    return Difference(agreement.id, title, state, old, new, parties, changes)


def _whole(agreement: Agreement, state: Kind) -> Difference:
    """An agreement that has come or gone."""
    sign = 1 if state == "added" else -1
    fact = Fact(("agreement",), "agreement", "", agreement.head, None, facts.neutral, sign, BOTH)
    node = agreement.head
    said = facts.plain(agreement.title.text) if agreement.title is not None else agreement.file.path
    place = _place(node)
    effects = _effects(fact, sign, agreement)
    change = Change(state, "agreement", "", _OF_SIGN[sign], effects=effects)
    if state == "added":
        change = change._replace(new=said, after=place)
        return _difference(agreement, state, "", agreement.file.path, (change,))
    change = change._replace(old=said, before=place)
    return _difference(agreement, state, agreement.file.path, "", (change,))


# ---- facts


def _names(before: list[Fact], after: list[Fact]) -> dict[str, str]:
    """What parties and people were called before, by what they are called now, where one has taken another's place."""
    then, now = _called(before), _called(after)
    return {
        next(iter(names)): next(iter(now[role]))
        for role, names in then.items()
        if len(names) == 1 == len(now.get(role, ())) and names != now[role]
    }


def _called(all_: list[Fact]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for fact in all_:
        if fact.part in _NAMED and isinstance(fact.value, str):
            found.setdefault((fact.part, fact.subject), set()).add(fact.value)
    return found


def _as_called(all_: list[Fact], names: Mapping[str, str]) -> list[Fact]:
    """Facts with the names of now: a new manager is one change, wherever the name stands."""
    if not names:
        return all_
    return [
        fact
        if fact.part in _NAMED or not isinstance(fact.value, str)
        else fact._replace(
            key=(*fact.key[:-1], _put(fact.key[-1], names)),
            value=_put(fact.value, names),
            alike=_put(fact.alike, names),
        )
        for fact in all_
    ]


def _put(text: str, names: Mapping[str, str]) -> str:
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def _unexplained(moved: list[tuple[Fact, Fact]]) -> list[tuple[Fact, Fact]]:
    """Of pairs that differ, those of which no other pair within them says the same more exactly: an explanation in
    which nothing but the hours has changed is a change of the hours."""
    texts = [(a, b) for a, b in moved if isinstance(a.value, str) and isinstance(b.value, str)]
    exact = [
        (a, b)
        for a, b in moved
        if not (isinstance(a.value, str) and isinstance(b.value, str)) and "duty" not in (a.part, b.part)
    ]
    left = []
    all_exact, all_texts = _Places(exact), _Places(texts)
    for a, b in moved:
        if isinstance(a.value, str):
            # A clause that is judged tells more than the explanation of a word that it holds.
            explains = b.part == "definition"
            inside = all_exact.inside(a, b)
            if explains:
                inside += [(c, d) for c, d in all_texts.inside(a, b) if d.part != b.part]
            if inside and _without(a.node, (c for c, _ in inside)) == _without(b.node, (d for _, d in inside)):
                continue
            if explains:
                around = [*all_exact.around(a, b), *((c, d) for c, d in all_texts.around(a, b) if d.part != b.part)]
                if any(c.part != "definition" for c, _ in around):
                    continue
        elif "duty" in (a.part, b.part) and any(d.part != "definition" for _, d in all_texts.around(a, b)):
            continue  # the policy that it is part of says what a longer notice means
        left.append((a, b))
    return left


class _Places:
    """Pairs of facts by where the first of each stands: versions may differ in thousands."""

    def __init__(self, pairs: Sequence[tuple[Fact, Fact]]) -> None:
        self.pairs = pairs
        self.spans = sorted((*c.node.written[:2], at) for at, (c, _) in enumerate(pairs))
        self.longest = max((end - start for start, end, _ in self.spans), default=0)

    def inside(self, a: Fact, b: Fact) -> list[tuple[Fact, Fact]]:
        """The pairs within another one."""
        start, end = a.node.written[:2]
        return [(c, d) for c, d in self._begun(start, end) if _within(c, a) and _within(d, b)]

    def around(self, a: Fact, b: Fact) -> list[tuple[Fact, Fact]]:
        """The pairs that another one is within."""
        start = a.node.offset
        return [(c, d) for c, d in self._begun(start - self.longest, start) if _within(a, c) and _within(b, d)]

    def _begun(self, first: int, last: int) -> Iterator[tuple[Fact, Fact]]:
        for _, _, at in self.spans[bisect_left(self.spans, (first,)) : bisect_left(self.spans, (last + 1,))]:
            yield self.pairs[at]


def _within(one: Fact, other: Fact) -> bool:
    if one is other or one.node.file is not other.node.file:
        return False
    inner, outer = one.node.written, other.node.written
    return outer.start <= inner.start and inner.end <= outer.end


def _without(node: Node, parts: Iterable[Fact]) -> str:
    """The text of a node without the parts that are told of."""
    span = node.written
    return _cut(node.file.text, span.start, span.end, ((f.node.written.start, f.node.written.end) for f in parts))


def _cut(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    left, at = "", start
    for a, b in sorted(spans):
        if a < end and start < b:
            left += text[at : max(a, at)]
            at = max(at, b)
    return facts.plain(left + text[at:end])


def _aligned(before: list[Fact], after: list[Fact]) -> list[Fact]:
    """The old facts under the keys of those new ones that they have become: a metric by another name, a sentence
    rewritten."""
    keys, wanted = {fact.key for fact in before}, {fact.key for fact in after}
    old: dict[tuple[Key, str], list[Fact]] = {}
    new: dict[tuple[Key, str], list[Fact]] = {}
    for facts_, others, families in ((before, wanted, old), (after, keys, new)):
        for fact in facts_:
            if fact.alike and fact.key not in others:
                families.setdefault((fact.key[:-1], fact.part), []).append(fact)
    called: dict[Key, Key] = {}
    for family, ours in old.items():
        theirs = new.get(family, [])
        for a, b in _similar(ours, theirs, lambda fact: fact.alike):
            called[a.key] = b.key
        left = [a for a in ours if a.key not in called], [b for b in theirs if b.key not in called.values()]
        # Who alone has gone was replaced by who alone has come: a party, the hours of the service.
        if family[1] in ("party", "hours") and len(left[0]) == len(left[1]) == 1:
            called[left[0][0].key] = left[1][0].key
    if not called:
        return before
    return [
        fact._replace(key=_renamed(fact.key, called), parents=tuple(_renamed(key, called) for key in fact.parents))
        for fact in before
    ]


def _renamed(key: Key, called: Mapping[Key, Key]) -> Key:
    for length in range(len(key), 0, -1):
        other = called.get(key[:length])
        if other is not None:
            return (*other, *key[length:])
    return key


def _similar(old: Sequence[T], new: Sequence[T], text: Callable[[T], str]) -> Iterator[tuple[T, T]]:
    """Pairs of texts that are much the same, the most alike first; each in one pair."""
    from difflib import SequenceMatcher

    if not old or not new or len(old) > _MOST or len(new) > _MOST:
        return
    found = []
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for i, a in enumerate(old):
        matcher.set_seq2(text(a))
        for j, b in enumerate(new):
            matcher.set_seq1(text(b))
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                # From which side one looks makes a difference to the matcher; to what has changed it must not.
                ratio = max(matcher.ratio(), SequenceMatcher(None, text(a), text(b), autojunk=False).ratio())
                if ratio >= _ALIKE:
                    found.append((_FAR * min(abs(i - j), 3) - ratio, i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(found):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield old[i], new[j]


def _topmost(all_: list[Fact], moved: list[Fact]) -> list[Fact]:
    """The facts that did not come or go with another one. A sentence that has changed may be read as a promise only
    now: the change tells that."""
    keys = {fact.key for fact in all_}
    return [
        fact
        for fact in all_
        if keys.isdisjoint(fact.parents)
        and (fact.node.path or fact.part not in _PROMISES or not any(_within(fact, other) for other in moved))
    ]


def _weighed(old: Fact, new: Fact) -> Verdict:
    """Things of two kinds cannot be weighed against each other."""
    return new.weigh(old, new) if old.weigh is new.weigh else UNCLEAR


def _changed(old: Fact, new: Fact, verdict: Verdict, agreement: Agreement) -> Changed:
    effects = _effects(new, verdict.sign, agreement)
    named = new.weigh is facts.renamed
    change = Change(
        "changed",
        verdict.part or min(old.part, new.part),
        new.subject,
        _OF_SIGN[verdict.sign],
        str(old.value) if named else old.text,
        str(new.value) if named else new.text,
        verdict.told,
        _place(old.node),
        _place(new.node),
        effects,
    )
    return Changed(change, old.node, new.node)


def _left(fact: Fact, agreement: Agreement, kind: Literal["added", "removed"]) -> Changed:
    sign = fact.gain if fact.gain is None or kind == "added" else -fact.gain
    change = Change(kind, fact.part, fact.subject, _OF_SIGN[sign], effects=_effects(fact, sign, agreement))
    if kind == "added":
        return Changed(change._replace(new=fact.text, after=_place(fact.node)), None, fact.node)
    return Changed(change._replace(old=fact.text, before=_place(fact.node)), fact.node, None)


def _effects(fact: Fact, sign: Sign, agreement: Agreement) -> tuple[tuple[str, Effect], ...]:
    """What a change means for each party: whoever owes it has what the others lose."""
    sides = facts.sides(agreement)
    names = [party.name.text.strip() for party in sides]
    if not sign or fact.giver == BOTH:
        return tuple((name, _OF_SIGN[sign]) for name in names)
    if fact.giver == NOBODY:
        return tuple((name, "unclear") for name in names)
    roles = {name: party.role for name, party in zip(names, sides, strict=True)}
    givers = [fact.giver] if fact.giver else [name for name in names if roles[name] == "provider"]
    if len(givers) > 1 and agreement.reciprocal:
        return tuple((name, "unclear") for name in names)
    role = roles.get(givers[0], "provider") if givers else "provider"
    others = [name for name in names if name not in givers]
    # A promise to the customer is nothing to another provider, unless both sides provide.
    owed = [name for name in others if roles[name] != role] or others
    mine: dict[str, Effect] = {name: _OF_SIGN[-sign] for name in givers if name in roles}
    mine |= dict.fromkeys(owed, _OF_SIGN[sign])
    return tuple((name, mine.get(name, "neutral")) for name in names)


def _place(node: Node) -> Place:
    span = node.place
    return Place(node.file.path, span.line, span.column)


def _position(one: Changed) -> tuple[int, int, str, str]:
    place = one.change.after or one.change.before
    assert place is not None
    return place.line, place.column, one.change.part, one.change.subject


# ---- sentences


class _Sentence(NamedTuple):
    """A sentence, or a row of a table, at ``[start, end)`` of its file."""

    file: SourceFile
    start: int
    end: int
    text: str
    title: str  # of the section that it stands in
    is_heading: bool = False

    @property
    def node(self) -> Node:
        return Node.of(self.file, self.start, self.end)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class _Told:
    """The stretches of a text of which facts tell already: all of those that have changed, and figures and the like
    that have stayed the same, in whatever few words."""

    def __init__(
        self, moved: Iterable[Fact], whole: Sequence[Fact], kept: Iterable[Fact], agreement: Agreement
    ) -> None:
        self.text = agreement.file.text
        same = (f for f in kept if not isinstance(f.value, str) and len(f.node.text) <= _FEW)
        told = [*moved, *whole, *same]
        nodes = [node for fact in told for node in (fact.node, *fact.more)]
        self.spans = [(node.written.start, node.written.end) for node in nodes]
        lost = {fact.node.offset for fact in whole}
        for table in agreement.prose.tables if agreement.prose is not None else ():
            for row in table.rows:
                if any(cell.start in lost for cell in row):
                    self.spans += [(cell.start, cell.start + len(cell.text)) for cell in row]
        self.spans.sort()
        self.ends = list(accumulate([end for _, end in self.spans], max))

    def rest(self, one: _Sentence) -> str:
        """A sentence without what is told of it."""
        start, end = one.span
        near = self.spans[bisect_right(self.ends, start) : bisect_left(self.spans, (end,))]
        return _cut(self.text, start, end, near)

    def holds(self, one: _Sentence) -> bool:
        return self.rest(one) != _cut(self.text, *one.span, ())


def _wording(
    old: Agreement, new: Agreement, told: _Told, told_now: _Told, names: Mapping[str, str]
) -> Iterator[Changed]:
    """The sentences of prose that are not as they were, as far as no fact tells of them."""
    gone, come = _unlike(list(_said(old)), list(_said(new)), names)
    pairs = list(_similar(gone, come, lambda one: one.text))
    paired = {id(one) for pair in pairs for one in pair}
    for a, b in pairs:
        if _put(told.rest(a), names) != _put(told_now.rest(b), names):
            now = Fact((), "wording", b.title, b.node, None, facts.neutral, said=b.text)
            was = now._replace(node=a.node, said=a.text)
            verdict = NEUTRAL if a.is_heading and b.is_heading else facts.unclear(was, now)
            yield _changed(was, now, verdict, new)
    sides: tuple[tuple[Literal["removed", "added"], list[_Sentence], _Told, Agreement], ...]
    sides = ("removed", gone, told, old), ("added", come, told_now, new)
    for kind, ours, known, agreement in sides:
        for one in ours:
            if id(one) not in paired and not known.holds(one):
                gain: Sign = 0 if one.is_heading else None
                fact = Fact((), "wording", one.title, one.node, None, facts.neutral, gain, said=one.text)
                yield _left(fact, agreement, kind)


def _said(agreement: Agreement) -> Iterator[_Sentence]:
    """All that the prose says, in document order."""
    prose = agreement.prose
    if prose is None:
        return
    rows = [row for table in prose.tables for row in ([table.header] if table.header else []) + table.rows if row]
    cells = {cell.start for row in rows for cell in row}
    found = [_row(row, agreement.file) for row in rows]
    # Code, too: formulae, scores and flows are written as it.
    for passage in (*prose.passages, *prose.code):
        if passage.kind == "cell" and passage.start in cells:
            continue
        heading = passage.kind == "heading"
        for start, end in [(0, len(passage.text))] if heading else sentences(passage.text, agreement.language):
            text = facts.plain(passage.text[start:end])
            at = passage.start + start, passage.start + end
            found.append(_Sentence(agreement.file, *at, text, _title(passage), heading))
    yield from sorted((one for one in found if any(map(str.isalnum, one.text))), key=lambda one: one.span)


def _row(row: Sequence[Passage], file: SourceFile) -> _Sentence:
    text = " | ".join(facts.plain(cell.text) for cell in row)
    return _Sentence(file, row[0].start, row[-1].start + len(row[-1].text), text, _title(row[0]))


def _title(passage: Passage) -> str:
    return facts.plain(passage.section.title) if passage.section is not None else ""


def _unlike(
    before: list[_Sentence], after: list[_Sentence], names: Mapping[str, str]
) -> tuple[list[_Sentence], list[_Sentence]]:
    """The sentences that only one side has; those that have only moved are on both."""
    from difflib import SequenceMatcher

    was, now = ([_put(one.text, names) for one in side] for side in (before, after))
    gone: list[int] = []
    come: list[int] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += range(a, b)
            come += range(c, d)
    moved = Counter(was[i] for i in gone) & Counter(now[j] for j in come)
    return [before[i] for i in _unmoved(gone, was, moved)], [after[j] for j in _unmoved(come, now, moved)]


def _unmoved(found: Iterable[int], texts: Sequence[str], moved: Counter[str]) -> Iterator[int]:
    left = Counter(moved)
    for index in found:
        if left[texts[index]] > 0:
            left[texts[index]] -= 1
        else:
            yield index
