"""Changes for people and programs: as text, as Markdown for a comment on a pull request, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from slalint.record import NamedTuple

if TYPE_CHECKING:
    from slalint.changes import Change, Difference, Place

_LONG = 110  # characters of a value that are shown
_LIMIT = 60_000  # bytes; a comment on GitHub may have 65,536 characters
_ICONS = {"weakened": "🔴", "strengthened": "🟢", "unclear": "🟡", "neutral": "⚪"}
_WORDS = {
    "weakened": "Weakened: less is promised",
    "unclear": "Unclear: somebody has to read it",
    "strengthened": "Strengthened: more is promised",
    "neutral": "Neutral: nothing that is promised",
}
_WORDS_FOR = {"weakened": "Worse", "unclear": "Unclear: somebody has to read it", "strengthened": "Better"}
_WORDS_FOR["neutral"] = "Neither better nor worse"


class Told(NamedTuple):
    """What a report is made of. ``party``: all effects are those for this party."""

    old: str
    new: str
    differences: Sequence[Difference]
    agreements: int
    party: str = ""


def seen_by(party: str, differences: Sequence[Difference]) -> list[Difference]:
    """The differences with the effects that they have for one party, known by its name. Raises ``click.UsageError``
    where no agreement names it."""
    names = list(dict.fromkeys(name for one in differences for name in one.parties))
    wanted = party.casefold().strip()
    if differences and wanted not in (name.casefold() for name in names):
        from slalint.text import listed

        there = f"; there are {listed(names)}" if names else ""
        raise click.UsageError(f"no agreement that has changed names “{party}” as a party{there}")
    found = []
    for one in differences:
        changes = tuple(
            change._replace(effect=effect)
            for change in one.changes
            for name, effect in change.effects
            if name.casefold() == wanted
        )
        if changes:
            found.append(one._replace(changes=changes))
    return found


# ---- words


def line(text: str) -> str:
    """Running text on one line, with nothing that a terminal would take for a command."""
    from slalint.reports._text import flowing

    return flowing(text)


def _tally(told: Told) -> str:
    from slalint.changes import EFFECTS

    counts = Counter(change.effect for one in told.differences for change in one.changes)
    return ", ".join(f"{counts[effect]:,} {_effect(effect, told.party)}" for effect in EFFECTS if counts[effect])


def _effect(effect: str, party: str) -> str:
    """For a party things get better or worse; promises are weakened or strengthened."""
    return {"weakened": "worse", "strengthened": "better"}.get(effect, effect) if party else effect


def _summary(told: Told) -> str:
    from slalint.reports._text import count

    between = f"between {told.old} and {told.new}"
    if not told.differences:
        return f"Nothing that is agreed has changed {between}."
    changes = count(sum(len(one.changes) for one in told.differences), "change")
    seen = f", as {told.party} sees them" if told.party else ""
    return f"{changes} in {count(len(told.differences), 'agreement')} {between}{seen}: {_tally(told)}."


def _title(one: Difference) -> str:
    path = one.new_path or one.old_path
    if one.old_path and one.new_path and one.old_path != one.new_path:
        path = f"{one.old_path} → {one.new_path}"
    state = {"added": " (new)", "removed": " (gone)"}.get(one.state, "")
    return f"{path}: {one.title or one.id or 'agreement'}{state}"


def _values(change: Change) -> str:
    """What it was and what it is, as written."""
    if change.kind == "added":
        return f"added: {_short(change.new)}"
    if change.kind == "removed":
        return f"removed: {_short(change.old)}"
    from slalint.changes import shortened

    old, new = shortened(change.old, change.new, _LONG)
    return f"{old} → {new}"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def _meaning(change: Change, party: str) -> str:
    """How much it is, and for whom it is better or worse."""
    from slalint.text import listed

    told = [change.told] if change.told else []
    whom: list[str] = []
    if not party:
        for effect, words in (("weakened", "worse for"), ("strengthened", "better for")):
            names = change.those(effect)  # type: ignore[arg-type]
            if names and change.effect in ("weakened", "strengthened"):
                whom.append(f"{words} {listed(names)}")
        if change.effect in ("weakened", "strengthened") and change.effects and not whom:
            whom.append("for whom cannot be told")
    return "; ".join([*told, *([", ".join(whom)] if whom else [])])


def _where(change: Change) -> str:
    """The places, the second one short where it is in the same file."""
    before, after = change.before, change.after
    if before is None or after is None:
        return _place(after or before)
    if before.path == after.path:
        return f"{_place(before)} → {after.line}"
    return f"{_place(before)} → {_place(after)}"


def _place(place: Place | None) -> str:
    return f"{place.path}:{place.line}" if place is not None else ""


def _named(change: Change) -> str:
    """What it is of: its part, and the subject where that says more."""
    subject = change.subject
    return f"{change.part} ({subject})" if subject and subject not in (change.part, change.part + "s") else change.part


def _by_effect(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    from slalint.changes import EFFECTS

    for effect in EFFECTS:
        some = [change for change in changes if change.effect == effect]
        if some:
            yield effect, some


# ---- formats


def text(told: Told) -> str:
    """For a terminal."""
    lines: list[str] = []
    words = _WORDS_FOR if told.party else _WORDS
    for one in told.differences:
        lines.append(line(_title(one)))
        for effect, changes in _by_effect(one.changes):
            lines += ["", f"  {words[effect]}"]
            for change in changes:
                lines.append(f"    {line(_named(change))}: {line(_values(change))}")
                meaning = _meaning(change, told.party)
                lines += [f"      {line(meaning)}"] if meaning else []
                lines.append(f"      {line(_where(change))}")
        lines.append("")
    return "\n".join([*lines, line(_summary(told))]) + "\n"


def markdown(told: Told) -> str:
    """For a comment: a table for each agreement, what is weakened first."""
    from slalint.changes import shortened
    from slalint.reports.markdown import plain

    def shown(said: str) -> str:
        return plain(line(said))

    head = f"### slalint diff: {shown(_tally(told) or 'no changes')}\n\n{shown(_summary(told))}\n"
    rows: list[str] = []
    for one in told.differences:
        rows.append(
            f"\n#### {shown(_title(one))}\n\n| | what | before | after | meaning | where |\n|---|---|---|---|---|---|\n"
        )
        for effect, changes in _by_effect(one.changes):
            for change in changes:
                values = (
                    (change.old, change.new) if change.kind != "changed" else shortened(change.old, change.new, _LONG)
                )
                before, after = (shown(_short(value)) or "–" for value in values)
                cells = (
                    shown(_named(change)),
                    before,
                    after,
                    shown(_meaning(change, told.party)),
                    shown(_where(change)),
                )
                rows.append(f"| {_ICONS[effect]} {_effect(effect, told.party)} | " + " | ".join(cells) + " |\n")
    room = _LIMIT - len(head.encode())
    for number, row in enumerate(rows):
        room -= len(row.encode())
        if room < 0:
            return head + "".join(rows[:number]) + "\n… and more, for which there is no room here.\n"
    return head + "".join(rows)


def json(told: Told) -> str:
    """For programs, as ``schemas/diff.schema.json`` describes it."""
    from slalint.changes import EFFECTS
    from slalint.reports._data import HOME, as_json

    counts = Counter(change.effect for one in told.differences for change in one.changes)
    data = {
        "schema": HOME + "schemas/v1/diff.schema.json",
        "version": 1,
        "old": told.old,
        "new": told.new,
        "party": told.party or None,
        "summary": {effect: counts[effect] for effect in EFFECTS},
        "agreements": [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "oldPath": one.old_path or None,
                "newPath": one.new_path or None,
                "parties": list(one.parties),
                "changes": [_data(change) for change in one.changes],
            }
            for one in told.differences
        ],
    }
    return as_json(data, indent=2) + "\n"


def _data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "part": change.part,
        "subject": change.subject,
        "effect": change.effect,
        "old": change.old if change.kind != "added" else None,
        "new": change.new if change.kind != "removed" else None,
        "difference": change.told or None,
        "before": change.before._asdict() if change.before is not None else None,
        "after": change.after._asdict() if change.after is not None else None,
        "effects": [{"party": party, "effect": effect} for party, effect in change.effects],
    }


FORMATS: dict[str, Callable[[Told], str]] = {"text": text, "markdown": markdown, "json": json}
