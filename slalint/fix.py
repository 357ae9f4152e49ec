"""Fixes applied to a text: the edits of findings, and nothing else. Pure.

Whatever stands outside the edits stays as it is, byte for byte. A fix is not made if its finding would stay, or if the
text would be harder to read than before (a key twice, a value of the wrong kind, a syntax fault).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from slalint.model import Edit, Finding, Fix
from slalint.record import NamedTuple

_MOST = 10_000  # fixes: two that undo each other end here
_BREAKS = frozenset(("syntax", "duplicate-key", "invalid-agreement", "unknown-field", "unquoted-trap", "rule-crashed"))


class Fixed(NamedTuple):
    """A text with its fixes made; ``made`` names them in the order in which they were made."""

    text: str
    made: tuple[str, ...]


def fixed(text: str, lint: Callable[[str], Sequence[Finding]], unsafe: bool = False) -> Fixed:
    """A text with every fix made that its findings offer: the safe ones, with ``unsafe`` all. ``lint`` gives the
    findings in a text. Doing it again changes nothing."""
    made: list[str] = []
    refused: set[tuple[str, str]] = set()
    found = lint(text)
    while len(made) < _MOST:
        chosen = _chosen((one for one in found if _who(one) not in refused), unsafe)
        if not chosen:
            break
        changed = _apply(text, (edit for one in chosen for edit in _fix(one).edits))
        after = lint(changed)
        left = {_who(one) for one in after}
        vain = {_who(one) for one in chosen} & left
        if not vain and _is_worse(found, after):
            vain = {_who(chosen[-1])}  # one of them is to blame: without the last, and so on
        if vain:
            refused |= vain
            continue
        made += [f"{one.rule}: {_fix(one).title}" for one in chosen]
        text, found = changed, after
        refused.clear()  # what did not help before may help now
    return Fixed(text, tuple(made))


def _who(finding: Finding) -> tuple[str, str]:
    return finding.fingerprint, finding.message


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None
    return finding.fix


def _chosen(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """The findings whose fixes can be made together: none touches what another one edits."""
    chosen: list[Finding] = []
    taken: list[tuple[int, int]] = []  # in order; none overlaps another
    for one in sorted(findings, key=lambda one: one.span):
        if one.fix is None or not (unsafe or one.fix.safe):
            continue
        spans = [(edit.start, edit.end) for edit in one.fix.edits]
        before = [bisect_left(taken, (end + 1,)) - 1 for _, end in spans]
        if any(at >= 0 and start <= taken[at][1] for (start, _), at in zip(spans, before, strict=True)):
            continue
        chosen.append(one)
        for span in spans:
            insort(taken, span)
    return chosen


def _apply(text: str, edits: Iterable[Edit]) -> str:
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _is_worse(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether there is more of what keeps a text from being read."""
    then = Counter(one.rule for one in before if one.rule in _BREAKS)
    now = Counter(one.rule for one in after if one.rule in _BREAKS)
    return any(now[rule] > then[rule] for rule in now)
