"""Where in a document an expression may match, told by its clues: one look through the whole text for each of them
instead of one search in each of a hundred passages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from slalint.patterns import Sieve, folded
from slalint.text import Passage


class Places:
    """Passages by their index. The ``sieve`` is one of their text, where there is one."""

    def __init__(self, passages: Sequence[Passage], sieve: Sieve | None = None) -> None:
        self.all = passages
        texts = [passage.text for passage in passages]
        self.whole = "\0".join(texts)
        self._lower = folded(self.whole)
        self._starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
        self._sieve = sieve
        self._known: dict[re.Pattern[str], Collection[int]] = {}

    def of(self, pattern: re.Pattern[str]) -> Collection[int]:
        """The passages in which an expression may match."""
        known = self._known.get(pattern)
        if known is None:
            needs: tuple[frozenset[str], ...] = getattr(pattern, "needs", ())
            known = () if needs else range(len(self._starts) - 1)
            if needs and (self._sieve is None or self._sieve.may_hold(pattern)):
                known = self.holding(*needs[0])
                for need in needs[1:]:
                    known = [index for index in known if self._holds(index, need)]
            self._known[pattern] = known = frozenset(known) if needs else known
        return known

    def passages(self, pattern: re.Pattern[str]) -> list[Passage]:
        """The passages in which an expression may match, in their order."""
        return [self.all[index] for index in sorted(self.of(pattern))]

    def _holds(self, index: int, pieces: Iterable[str]) -> bool:
        find, start, end = self._lower.find, self._starts[index], self._starts[index + 1]
        for piece in pieces:  # noqa: SIM110 - a generator costs more than what it looks for
            if find(piece, start, end) >= 0:
                return True
        return False

    def holding(self, *pieces: str) -> set[int]:
        """The passages in which one of some pieces of text stands, whatever its letters' case."""
        find, starts = self._lower.find, self._starts
        found: set[int] = set()
        for piece in map(folded, pieces):
            at = find(piece)
            while at >= 0:
                after = bisect_right(starts, at)
                found.add(after - 1)
                at = find(piece, starts[after])
        return found

    def matching(self, pattern: re.Pattern[str]) -> set[int]:
        """The passages in which an expression matches that looks at nothing but the characters it takes."""
        return {bisect_right(self._starts, match.start()) - 1 for match in pattern.finditer(self.whole)}
