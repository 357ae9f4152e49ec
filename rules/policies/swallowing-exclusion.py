"""An exclusion that takes back what is promised."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.rule import policy
from slalint.terms import ambiguous, clauses
from slalint.text import excerpt

summary = "What does not count is limited, and is not the provider's own doing."
severity = "warning"
why = "The target can be reached on paper while nobody can work."
fix = {
    "data": """\
exclusions:
  - id: planned-maintenance
    description: Maintenance announced five days ahead.
    cap: 4 h per calendar month
""",
    "prose": "“Maintenance announced five days ahead is not counted, for at most four hours in a calendar month.”",
}


def check(agreement: Agreement) -> Iterator[Observation]:
    told = set()  # one finding tells that planned, or unplanned, work is without limit
    for clause in _excluded(agreement):
        if not any(metric.target is not None for metric in agreement.metrics):
            return  # nothing is promised that could be emptied; asked here, for few exclude anything of the kind
        says = clause.says
        if "limit" in says or "elsewhere" in says or "blank" in says:
            continue
        if "own-fault" in says and "theirs" not in says:
            quoted = excerpt(clause.node.text, at=says["own-fault"].start)
            message = f"The provider's own faults do not count: “{quoted}”."
            yield Observation(clause.node, message, hint=_OWN, confidence="medium")
        elif "upkeep" in says:
            unplanned = "unplanned-work" in says
            if unplanned in told or _is_limited(agreement, unplanned):
                continue
            if not unplanned and _is_unexplained(agreement):
                continue
            told.update((unplanned, False))
            quoted = excerpt(clause.node.text, at=says["unplanned-work" if unplanned else "upkeep"].start)
            if unplanned:
                message = f"Unplanned maintenance does not count, and any outage can be called that: “{quoted}”."
            else:
                message = f"Nothing limits how much maintenance is left out of the count: “{quoted}”."
            yield Observation(clause.node, message, confidence="medium")


_OWN = "Leave it out, or say: “A fault of the provider's own software or equipment counts as downtime.”"


def _excluded(agreement: Agreement) -> Iterator[clauses.Clause]:
    if agreement.form == "prose":
        yield from agreement.spoken.excluded()
    elif agreement.prose is not None:
        yield from clauses.excluded(agreement.prose.passages, agreement.language)
    exclusions = agreement.root.get("exclusions")
    for item in exclusions if exclusions is not None else ():
        said = item if item.text else item.get("description")
        if said is not None and item.get("cap") is None:
            yield _clause(said, agreement)
    if agreement.form == "data" and _may_swallow(clauses.summary(policy(agreement, "exclusions")), agreement):
        stated = agreement.policies.get("exclusions")
        if stated is not None and stated.summary is not None and stated.node.get("refs") is None:
            yield _clause(stated.summary, agreement)


def _may_swallow(text: str, agreement: Agreement) -> bool:
    return clauses.tells(text, "own-fault", "upkeep", language=agreement.language)


def _clause(node: Node, agreement: Agreement) -> clauses.Clause:
    return clauses.Clause(node, clauses.says(node.text, agreement.language))


def _is_unexplained(agreement: Agreement) -> bool:
    """Whether nothing tells what scheduled maintenance is, which ambiguous-term reports: its window, its notice and
    its limit are missing alike."""
    document = agreement.prose
    if document is None:
        return False
    text = ambiguous.Text(document.passages, document.tables, agreement.definitions)
    return any(one.entry.name == "scheduled maintenance" for one in ambiguous.find(text, agreement.language))


def _is_limited(agreement: Agreement, unplanned: bool) -> bool:
    """Whether the agreement says anywhere when, or for how long, such work may take place."""
    if agreement.root.get("maintenance") is not None and not unplanned:
        return True
    exclusions = agreement.root.get("exclusions")
    if any(item.get("cap") is not None for item in (exclusions if exclusions is not None else ())):
        return True
    spoken = agreement.spoken.about("maintenance")
    return any(
        ("limit" in one.says or "blank" in one.says) and (not unplanned or "unplanned-work" in one.says)
        for one in spoken
    )


_METRIC = "metrics:\n  - id: availability\n    target: at least 99.5 %\n"
bad = [
    {"yaml": _METRIC + "policies:\n  exclusions: Planned maintenance does not count. # expect\n"},
    {"yaml": _METRIC + "exclusions:\n  - description: Outages caused by software failures. # expect\n"},
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month.

## Exclusions

The following is not counted as downtime:

- maintenance that was announced 48 hours ahead <!-- expect -->
- server failures <!-- expect -->
- failures of the customer's own network
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month, excluding planned or emergency maintenance. <!-- expect -->
"""
    },
]
good = [
    {"yaml": _METRIC + "policies:\n  exclusions: Maintenance does not count, for at most two hours a month.\n"},
    {
        "yaml": _METRIC
        + "maintenance:\n  - second Sunday 02:00-06:00\npolicies:\n  exclusions: Planned maintenance does not count.\n"
    },
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month, excluding planned maintenance.

Planned maintenance takes place on Sundays and is announced 48 hours ahead.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month.

## Exclusions

- software failures on the customer's side
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

Mail is available at least 99.5 % of each calendar month, excluding scheduled maintenance.
"""
    },
]
