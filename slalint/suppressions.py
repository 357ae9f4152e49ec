"""Findings that somebody answers for: comments in the file, and entries of the configuration for files without.

``# slalint: ignore[rule, …] reason`` holds for its line; on a line of its own for the node that follows, with all in
it; ``ignore-file[…]`` for the whole file; in Markdown in ``<!-- … -->``. ``until=DATE``, ``owner=`` and ``ticket=`` may
stand anywhere behind the rules. Only with a reason, and only until its day, does a suppression count; one that
suppresses nothing is a finding itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from slalint.model import Edit, Finding, Fix, Node, Observation, Related, SourceFile, Span, Waiver
from slalint.patterns import lazy
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
    if file.text[line_start : said.start].strip() or file.text[said.end : line_after].strip():
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
    narrow_first = sorted(enumerate(suppressions), key=lambda one: _SCOPES[one[1].scope])
    for finding in findings:
        late: Suppression | None = None
        for index, one in narrow_first:
            if finding.rule in rules.locked or finding.rule in RULES or not _covers(one, finding, below):
                continue
            used.add((index, finding.rule))
            if one.holds(as_of):
                suppressed.append(finding._replace(waiver=one.waiver))
                break
            late = one if one.expired(as_of) and not one.fault else late
        else:
            kept.append(finding if late is None else _returned(finding, late))
    said = [
        observation
        for index, one in enumerate(suppressions)
        if one.waiver.kind == "comment"
        for observation in _observe(one, {rule for at, rule in used if at == index}, file, as_of, rules)
    ]
    return Verdict(kept, suppressed, said)


_SCOPES = {"line": 0, "node": 1, "file": 2}


def _covers(one: Suppression, finding: Finding, below: Callable[[Finding, str], bool]) -> bool:
    if finding.rule not in one.rules and not (one.waiver.kind == "configuration" and finding.category in one.rules):
        return False
    if one.node:
        return below(finding, one.node)
    if one.scope == "line":
        return finding.span.start <= one.last and max(finding.span.end, finding.span.start + 1) > one.first
    return one.scope == "file" or one.first <= finding.span.start < one.last


def _returned(finding: Finding, late: Suppression) -> Finding:
    """A finding that was suppressed once, and says so."""
    told = f"suppressed until {late.waiver.until}, which is past"
    return finding._replace(related=(*finding.related, Related(late.waiver.path, late.at, told)))


def _observe(one: Suppression, used: set[str], file: SourceFile, as_of: str, rules: Rules) -> Iterator[Observation]:
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
            meant = nearest(name, rules.known, len(rules.known))
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
