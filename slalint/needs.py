"""Which rules have something to look for in an agreement, told before any of them is called.

Most rules are about something that most agreements do not have: a schedule of credits, a priority, a promise of 100 %.
One look at the keys of the data form, at the elements and at each metric's own words, for all rules together, costs
less than asking ten of them one by one. Only what cannot be is told here: a rule that is called still looks for itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from slalint.agreement import Agreement, Metric
from slalint.rule import Rule

_MOST = 4096  # metrics whose words are remembered; a house names its metrics alike


class Needs:
    """What some rules need of an agreement, each need once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        needy = [rule for rule in rules if rule.needs]
        needs = {need for rule in needy for need in rule.needs}
        self._absences = any(map(_is_absence, needs))
        self._doubts = [(rule.name + "?", rule.doubts) for rule in needy if rule.doubts is not None]
        keys = {need for need in needs if need[-1] != "?" and not _is_absence(need)}
        self._blocks = frozenset(key for key in keys if "/" not in key)
        self._inside: dict[str, set[str]] = {}
        for block, _, key in (one.partition("/") for one in keys - self._blocks):
            self._inside.setdefault(block, set()).add(key)
        # What the words of a metric leave in doubt: told once for all metrics in the same words.
        self._known: dict[Hashable, list[str]] = {}

    def met(self, agreement: Agreement) -> frozenset[str]:
        """Those that an agreement meets, named as in ``Rule.needs``; of prose only the elements that are missing."""
        found = set()
        if self._absences:
            found = {f"no {name}" for name in agreement.absent}
        if are_told(agreement):
            data = agreement.root.data
            found |= self._blocks & data.keys()
            for block, wanted in self._inside.items():
                if block in data:
                    found.update([f"{block}/{key}" for key in wanted & _keys(data[block])])
            if self._doubts:
                found.update(self._doubted(agreement.metrics, agreement.language))
        return frozenset(found)

    def _doubted(self, metrics: list[Metric], language: str) -> set[str]:
        """What metrics leave in doubt."""
        found: set[str] = set()
        known = self._known
        for metric in metrics:
            plain = metric.plain
            words: Hashable = language, metric.called, metric.id, plain.get("category", ""), plain.get("target", ())
            try:
                if "sli" in plain or "targets" in plain:
                    words = words, *[_frozen(plain[key]) if key in plain else () for key in ("sli", "targets")]
                told = known.get(words)
            except TypeError:  # it says more than texts
                words, told = None, None
            if told is None:
                told = [name for name, doubts in self._doubts if _is_so(doubts, metric, language)]
                # A number is read as it is written, and to a table 1, 1.0 and true are the same.
                if words and {plain.get(key, "").__class__ for key in ("target", "category")} == {str}:
                    if len(known) >= _MOST:
                        known.clear()
                    known[words] = told
            if told:
                found.update(told)
        return found


def are_told(agreement: Agreement) -> bool:
    """Whether all that an agreement says is said by its data, so that their keys tell what it has."""
    return agreement.__class__ is Agreement and agreement.prose is None and agreement.root.data.__class__ is dict


def is_met(rule: Rule, told: bool, met: frozenset[str]) -> bool:
    """Whether a rule may have something to say where some needs are met. ``told``: whether ``are_told`` says so."""
    needs = rule.needs
    return not needs or not needs.isdisjoint(met) or not (told or all(map(_is_absence, needs)))


def _is_absence(need: str) -> bool:
    """Whether an element has to be absent, which is told of prose too."""
    return need[:3] == "no "


def _is_so(doubts: Any, metric: Metric, language: str) -> bool:
    try:
        return bool(doubts(metric, language))
    except Exception:  # the check comes to the same place, and what stops it there is said
        return True


def _frozen(said: Any) -> Hashable:
    """Texts, or a mapping of texts, as a key of a table. Raises ``TypeError`` for anything else."""
    if said.__class__ is str:
        return str(said)
    if said.__class__ is dict and {one.__class__ for one in said.values()} == {str}:
        return tuple(said.items())
    raise TypeError


def _keys(block: Any) -> frozenset[str]:
    """The keys of a block's items, be they listed or named, and its own."""
    if block.__class__ is list:
        return frozenset().union(*[one for one in block if one.__class__ is dict])
    if block.__class__ is dict:
        return frozenset(block).union(*[one for one in block.values() if one.__class__ is dict])
    return frozenset()
