"""A defined term that is written otherwise than it is defined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.terms.uses import Words, may_be_respelled

summary = "A defined term is written as it is defined, wherever it is meant."
severity = "info"
why = "A reader cannot tell whether the defined meaning holds there."
fix = "Write it as it is defined, or use another word if something else is meant."


def check(agreement: Agreement) -> Iterator[Observation]:
    if not may_be_respelled(agreement.wording, agreement.words, agreement.vocabulary, agreement.language):
        return
    scan = agreement.terms
    points = Words.of(agreement.language).points
    written = {use.group for use in scan.uses if use.strength == "strong"}
    told: set[tuple[int, str]] = set()
    for use in scan.uses:
        if not (use.variant or use.strength == "lower"):
            continue
        shown = " ".join(use.passage.text[use.start : use.end].split())
        name = scan.lexicon.groups[use.group].name
        if use.strength == "lower" and use.pointed in points and use.group in written and " " not in name:
            kind, message = (
                "case",
                f"“{use.pointed} {shown}” is written without the capital of “{name}”, which is defined.",
            )
        elif use.strength == "strong" and use.variant and not _is_spelled(shown, scan.lexicon.groups[use.group].names):
            kind, message = "spelling", f"“{shown}” is defined as “{name}”."
        else:
            continue
        if (use.group, kind) not in told:
            told.add((use.group, kind))
            yield Observation(use.passage.part(use.start, use.end), message, key=f"{name} {kind}")


def _is_spelled(shown: str, names: tuple[str, ...]) -> bool:
    """Whether one of a term's names joins its words in the same way."""
    return any(re.sub(r"\w", "", shown) == re.sub(r"\w", "", name) for name in names)


bad = [
    {
        "markdown": """\
# Service level agreement for mail

“Agreement” means this document and its annexes. “Third-Party Tool” means software that Orrin AS does not write.

The Agreement covers no Third Party Tool. <!-- expect -->

Either side ends this agreement by letter. <!-- expect -->
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Third-Party Tool: Software that Orrin AS does not write.
policies:
  limitations: Faults of a Third Party Tool are not counted. # expect
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

“Agreement” means this document and its annexes. “Third-Party Tool” means software that Orrin AS does not write.

The Agreement covers no Third-Party Tool. Such tools have agreements of their own.

Either side ends this Agreement by letter.
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
definitions:
  Third-Party Tool: Software that Orrin AS does not write.
policies:
  limitations: Faults of a Third-Party Tool are not counted.
"""
    },
]
