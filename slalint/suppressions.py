"""Findings that somebody answers for: comments in the file, and entries of the configuration for files without.

``# slalint: ignore[rule, …] reason`` holds for its line; on a line of its own for the node that follows, with all in
it; ``ignore-file[…]`` for the whole file; in Markdown in ``<!-- … -->``. ``until=DATE``, ``owner=`` and ``ticket=`` may
stand anywhere behind the rules. Only with a reason, and only until its day, does a suppression count; one that
suppresses nothing is a finding itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from slalint.model import Edit, Finding, Fix, Node, Observation, Related, SourceFile, Span, Waiver
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.text import listed, nearest

if TYPE_CHECKING:
    from slalint.config import Entry
    from slalint.sources._comments import Comment

# What is said about suppressions; none of it can be suppressed in turn.
RULES = (
    *("unused-suppression", "expired-suppression", "suppression-without-reason", "invalid-suppression"),
    *("unknown-rule", "locked-rule"),
)

_FORM = lazy(r"slalint:\s*(?P<word>[\w-]+)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<rest>.*)", re.S)
_OPTION = lazy(r"(?<!\S)(until|owner|ticket)=(\"[^\"]*\"|\S*)")
_HINTS = 50  # comments in which a known rule is looked for in place of an unknown one
_BLANK = lazy(r"\s*+")
_NAME = lazy(r"[^\s,]+")
_DAY = lazy(r"\d{4}-\d\d-\d\d")
_WORDS = ("ignore", "ignore-file")
# What other tools call it: whoever writes that wants a suppression, any other word is just a remark.
_FOREIGN = ("disable", "disable-line", "disable-next-line", "noqa", "off", "skip", "suppress", "allow", "nolint")


class Suppression(NamedTuple):
    """Rules that do not count somewhere in a file."""

    waiver: Waiver
    rules: tuple[str, ...]
    scope: Literal["line", "node", "file"]
    first: int  # offsets of the node; of a line: its start and its end
    last: int
    at: Span  # the comment, or the entry of the configuration
    node: str = ""  # of a configuration's entry: the JSON Pointer below which it holds, items by index or by id
    fault: str = ""  # why it cannot be meant as it is written

    def holds(self, as_of: str) -> bool:
        """Whether it counts on a day (ISO; empty: no day)."""
        return bool(self.waiver.reason) and not self.fault and not self.expired(as_of)

    def expired(self, as_of: str) -> bool:
        return bool(self.waiver.until) and self.waiver.until < as_of


class Rules(NamedTuple):
    """What there is to know about rules: those that ran, all there are, those that cannot be suppressed."""

    ran: Collection[str]
    known: Collection[str]
    locked: Collection[str]


class Verdict(NamedTuple):
    """What suppressions make of a file's findings."""

    findings: list[Finding]
    suppressed: list[Finding]
    said: list[Observation]  # about the suppressions themselves


def read(file: SourceFile, comments: Iterable[Comment]) -> list[Suppression]:
    """The suppressions among a file's comments. A remark that only begins with ``slalint:`` is none."""
    return [found for said in comments if (found := _read(file, said)) is not None]


def _read(file: SourceFile, said: Comment) -> Suppression | None:
    form = _FORM.match(said.text)
    if form is None:
        return None
    word, rules = form["word"], tuple(_NAME.findall(form["rules"] or ""))
    if word not in _WORDS and form["rules"] is None and word not in _FOREIGN and not nearest(word, _WORDS):
        return None
    options = {name: value.strip('"') for name, value in _OPTION.findall(form["rest"])}
    reason = " ".join(_OPTION.sub(" ", form["rest"]).split())
    at = file.span(said.start, said.end)
    waiver = Waiver("comment", file.path, at.line, reason, options.get("owner", ""), options.get("ticket", ""))
    fault = _fault(word, rules, options.get("until"))
    if not fault:
        waiver = waiver._replace(until=options.get("until", ""))
    line_start, line_end = _line(file, at.line)
    if word == "ignore-file":
        return Suppression(waiver, rules, "file", 0, len(file.text), at, fault=fault)
    line_after = _line(file, file.position(said.end)[0])[1]
    if not _BLANK.fullmatch(file.text, line_start, said.start) or not _BLANK.fullmatch(file.text, said.end, line_after):
        return Suppression(waiver, rules, "line", line_start, line_end, at, fault=fault)
    return Suppression(waiver, rules, "node", said.first, said.last, at, fault=fault)


def configured(entry: Entry) -> Suppression:
    """An entry of the configuration, for a file that it speaks of."""
    return Suppression(entry.waiver, entry.rules, "file", 0, 0, entry.at, entry.node)


def _line(file: SourceFile, number: int) -> tuple[int, int]:
    start = file.line_starts[number - 1]
    return start, start + len(file.line(number))


def _fault(word: str, rules: tuple[str, ...], until: str | None) -> str:
    if word not in _WORDS:
        return f"“{word}” is no word that slalint knows here"
    if not rules:
        return "It names no rule"
    if until is not None and not is_day(until):
        return f"“until={until}” names no day"
    return ""


def is_day(text: str) -> bool:
    """Whether a text is a day such as 2026-12-31."""
    from datetime import date

    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def apply(
    findings: Sequence[Finding],
    suppressions: Sequence[Suppression],
    file: SourceFile,
    as_of: str,
    rules: Rules,
    below: Callable[[Finding, str], bool],
) -> Verdict:
    """Which findings stay. ``below`` tells whether a finding stands at a JSON Pointer or under it."""
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[tuple[int, str]] = set()
    places = _by_rule(suppressions)
    for finding in findings:
        late: Suppression | None = None
        free = finding.rule not in rules.locked and finding.rule not in RULES
        for index in _over(finding, places) if free else ():
            one = suppressions[index]
            if one.node and not below(finding, one.node):
                continue
            used.add((index, finding.rule))
            if one.holds(as_of):
                suppressed.append(finding._replace(waiver=one.waiver))
                break
            late = one if one.expired(as_of) and not one.fault else late
        else:
            kept.append(finding if late is None else _returned(finding, late))
    met: dict[int, set[str]] = {}
    for index, name in used:
        met.setdefault(index, set()).add(name)
    said = [
        observation
        for index, one in enumerate(suppressions)
        if one.waiver.kind == "comment"
        for observation in _observe(one, met.get(index, set()), file, as_of, rules, index < _HINTS)
    ]
    return Verdict(kept, suppressed, said)


class _Places:
    """Where one rule is suppressed: thousands of suppressions and findings meet in no more time than their number."""

    def __init__(self) -> None:
        self.lines: dict[int, list[int]] = {}
        self.nodes: list[tuple[int, int, int]] = []  # first, last, which suppression
        self.files: list[int] = []
        self.configured: list[int] = []
        self.ends: list[int] = []  # up to each node, the last end

    def close(self) -> None:
        self.nodes.sort()
        self.ends = list(accumulate((last for _, last, _ in self.nodes), max))

    def over(self, finding: Finding) -> Iterator[int]:
        """The suppressions that hold for a finding, the narrowest first."""
        for line in range(finding.span.line, finding.end_line + 1) if self.lines else ():
            yield from self.lines.get(line, ())
        start = finding.span.start
        at = bisect_left(self.nodes, (start + 1,)) - 1
        while at >= 0 and self.ends[at] > start:
            if self.nodes[at][1] > start:
                yield self.nodes[at][2]
            at -= 1
        yield from self.files
        yield from self.configured


def _by_rule(suppressions: Sequence[Suppression]) -> dict[str, _Places]:
    found: dict[str, _Places] = {}
    for index, one in enumerate(suppressions):
        for name in dict.fromkeys(one.rules):
            places = found.setdefault(name, _Places())
            if one.waiver.kind == "configuration":
                places.configured.append(index)
            elif one.scope == "line":
                places.lines.setdefault(one.at.line, []).append(index)
            elif one.scope == "node":
                places.nodes.append((one.first, one.last, index))
            else:
                places.files.append(index)
    for places in found.values():
        places.close()
    return found


def _over(finding: Finding, places: dict[str, _Places]) -> Iterator[int]:
    """The suppressions of a finding's rule there, and those of its category, which only the configuration has."""
    if finding.rule in places:
        yield from places[finding.rule].over(finding)
    if finding.category in places:
        yield from places[finding.category].configured


def _returned(finding: Finding, late: Suppression) -> Finding:
    """A finding that was suppressed once, and says so."""
    told = f"suppressed until {late.waiver.until}, which is past"
    return finding._replace(related=(*finding.related, Related(late.waiver.path, late.at, told)))


def _observe(
    one: Suppression, used: set[str], file: SourceFile, as_of: str, rules: Rules, hints: bool
) -> Iterator[Observation]:
    """What there is to say about a comment."""
    at = Node.of(file, one.at.start, one.at.end)
    if one.fault:
        yield Observation(at, f"{one.fault}, so this comment suppresses nothing.", rule="invalid-suppression")
        return
    if not one.waiver.reason:
        told = "This suppression gives no reason, so it does not count."
        yield Observation(at, told, rule="suppression-without-reason")
    unused = []
    for name in dict.fromkeys(one.rules):
        place = _name(file, one, name)
        if name not in rules.known:
            meant = nearest(name, rules.known, len(rules.known)) if hints else ""
            hint = f"Write {meant}." if meant else ""
            yield Observation(place, f"No rule is called “{name}”.", hint=hint, rule="unknown-rule")
        elif name in RULES:
            told = f"“{name}” is about suppressions and cannot be suppressed."
            yield Observation(place, told, rule="invalid-suppression")
        elif name in rules.locked:
            yield Observation(place, f"“{name}” is locked: it cannot be suppressed here.", rule="locked-rule")
        elif name in rules.ran and name not in used:
            unused.append(name)
    if not one.waiver.reason:
        return
    if one.expired(as_of):
        told = f"{listed(sorted(used))} {'is' if len(used) == 1 else 'are'} found again"
        yield Observation(
            at,
            f"This suppression ended on {one.waiver.until}: {told if used else 'nothing is found here any more'}.",
            _without(file, one, list(one.rules)) if not used else None,
            hint="" if used else "Take the comment away.",
            rule="expired-suppression",
        )
        return
    where = {"line": "on this line", "node": "in what follows", "file": "in this file"}[one.scope]
    for name in unused:
        told = f"{name} finds nothing {where}, so there is nothing to suppress."
        yield Observation(_name(file, one, name), told, _without(file, one, unused), rule="unused-suppression")


def _name(file: SourceFile, one: Suppression, name: str) -> Node:
    """Where a comment names a rule."""
    opening = file.text.index("[", one.at.start)
    for found in _NAME.finditer(file.text, opening + 1, file.text.index("]", opening)):
        if found.group() == name:
            return Node.of(file, found.start(), found.end())
    return Node.of(file, one.at.start, one.at.end)


def _without(file: SourceFile, one: Suppression, names: list[str]) -> Fix:
    """The comment without some of its rules; all of it goes with the last one."""
    text, (start, end) = file.text, one.at[:2]
    rest = [name for name in one.rules if name not in names]
    if rest:
        opening = text.index("[", start) + 1
        edit = Edit(opening, text.index("]", opening), ", ".join(rest))
        return Fix("Take the rule out of the comment", (edit,), True)
    line_start = file.line_starts[file.position(start)[0] - 1]
    if not text[line_start:start].strip():
        behind = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
        start, end = (line_start, behind.end()) if behind is not None else (start, end)
    else:
        start = line_start + len(text[line_start:start].rstrip())
    return Fix("Take the comment away", (Edit(start, end, ""),), True)
