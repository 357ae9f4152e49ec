"""A deadline that nothing starts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.text import Passage
from slalint.words.hints import Hints
from slalint.words.pieces import Pattern, Pieces, WordList

summary = "A deadline says from when it runs."
severity = "warning"
why = "Each side will start the clock at another moment, and a delay can lie between them."
fix = 'Say what starts it: "within 4 hours of the report".'


class _Words(Pieces, file="deadline-without-start"):
    deadline = Pattern()
    hint = WordList()
    start = Pattern()
    clock = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    words = _Words.of(agreement.language)
    if not _hints(words).among(agreement.words):
        return
    may_say = agreement.places.passages
    found = [(passage, match) for passage in may_say(words.deadline) for match in _open_ends(passage, words)]
    if found and not any(words.clock.search(passage.text) for passage in may_say(words.clock)):
        stand = [passage.part(start, end) for passage, (start, end) in found]
        said = [" ".join(passage.text[start:end].split()) for passage, (start, end) in found]
        related = tuple((place, f"nor does “{text}”") for place, text in zip(stand[1:], said[1:], strict=True))
        yield Observation(stand[0], f"“{said[0]}” does not say from when.", related=related, key=said[0])


@cache
def _hints(words: _Words) -> Hints:
    return Hints(lambda text: any(map(text.__contains__, words.hint)), words.language)


def _open_ends(passage: Passage, words: _Words) -> Iterator[tuple[int, int]]:
    """The deadlines of a passage in which nothing could start them; a cell's may well be started by its column."""
    if passage.kind not in ("paragraph", "item", "description", "string"):
        return
    if not any(hint in passage.text for hint in words.hint):
        return
    matches = list(words.deadline.finditer(passage.text))
    if matches and not words.start.search(passage.text):
        for match in matches:
            yield match.span()


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
policies:
  modification:
    summary: The other side must answer within 10 days. # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Sales must make the first call within 4 hours. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Leads}
policies:
  modification:
    summary: The other side must answer within 10 days of the proposal.
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Sales must make the first call within 4 hours of the handover.
"""
    },
]
