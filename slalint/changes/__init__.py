"""What has changed between two versions of an agreement, and for whom it is better or worse. Pure.

``compare(old, new)`` gives the changes of one agreement; ``differences(olds, news, renamed)`` those of many, each
paired by its id, else by its path. A ``Change`` is plain data: it crosses process borders and goes into reports as it
is.

``weakened`` and ``strengthened`` speak of the promise: whoever it is owed to has less, or more, than before. What that
is for each party is in ``Change.effects``: what one side of a reciprocal agreement gives, the other gains. ``unclear``
is what no sum decides (other words, a wider limit with a stricter figure); it is shown, never judged.

``weighing`` compares values, ``facts`` reads an agreement as facts that can be compared, ``matching`` brings the facts
and the sentences of two versions together.
"""

from __future__ import annotations

from slalint.changes.matching import (
    EFFECTS,
    Change,
    Changed,
    Difference,
    Effect,
    Place,
    changed,
    compare,
    counterpart,
    differences,
    places,
    shortened,
)

__all__ = [
    "EFFECTS",
    "Change",
    "Changed",
    "Difference",
    "Effect",
    "Place",
    "changed",
    "compare",
    "counterpart",
    "differences",
    "places",
    "shortened",
]
