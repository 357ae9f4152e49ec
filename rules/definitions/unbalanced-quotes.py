"""A name in brackets whose quotation marks do not match."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Observation
from slalint.patterns import lazy

summary = "A name that is given in brackets has both its quotation marks."
severity = "warning"
why = "Whether the word is defined at all is open, and every clause that uses it hangs on that."
fix = "Put the same marks before and behind the name."
wordless = True

_BRACKETS = lazy(
    r"\((?P<before>[^()\"“”«»]{0,40})(?P<open>[\"“])(?P<name>\w[^()\"“”«»]{0,60}?)(?P<close>\\?['’‘]|\\)?\)"
)


def check(agreement: Agreement) -> Iterator[Observation]:
    if '"' not in agreement.wording and "“" not in agreement.wording:
        return
    for passage in agreement.passages:
        for match in _BRACKETS.finditer(passage.text) if "(" in passage.text else ():
            name = match["name"].strip()
            close = "”" if match["open"] == "“" else '"'
            yield Observation(
                passage.part(match.start("open"), match.end() - 1),
                f"The quotation mark before “{name}” is not closed by one of its kind.",
                hint=f"({match['before']}{match['open']}{name}{close})",
                key=name,
            )


bad = [
    {
        "markdown": """\
# Service level agreement for mail

This text (the "Agreement') binds Orrin AS (“Provider) and whoever reads mail. <!-- expect -->
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
policies:
  application: All mailboxes (the “Service) of the staff. # expect
"""
    },
]
good = [
    {
        "markdown": """\
# Service level agreement for mail

This text (the "Agreement") binds Orrin AS (“Provider”) and whoever reads mail (the staff's "desk" and others).
"""
    },
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
policies:
  application: All mailboxes (the “Service”) of the staff.
"""
    },
]
