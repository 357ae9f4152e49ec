"""An agreement between marketing and sales in which only one of them is bound."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Metric, below
from slalint.model import Node, Observation
from slalint.record import NamedTuple
from slalint.words.pieces import Pattern, Pieces

summary = "Both sides promise: a volume comes with a quality, and the leads are followed up."
severity = "error"
profile = "basic"
lenient = True
why = "Leads that nobody follows up, or that nobody wants, cannot reach the goal."
fix = {
    "data": """\
metrics:
  - id: first-contact
    service: lead-follow-up
    target: at least 90 % within 4 business hours
""",
    "prose": "“Sales calls each lead within 4 business hours of the handover.”",
}


class _Words(Pieces, file="one-sided-commitments"):
    marketing = Pattern()
    sales = Pattern()
    leads = Pattern()
    quality = Pattern()
    follow_up = Pattern()


class _Promise(NamedTuple):
    """What one side binds itself to: ``text`` is all that its author wrote to name and describe it."""

    side: str
    node: Node
    text: str
    metric: Metric | None


def check(agreement: Agreement) -> Iterator[Observation]:
    sides = _sides(agreement)
    if len(sides) != 2:
        return
    words = _Words.of(agreement.language)
    promises = list(_promises(agreement, sides))
    if not promises or any(promise.side not in sides for promise in promises):
        return  # nothing is promised (missing-metrics says so), or it cannot be told by whom
    bound = {promise.side for promise in promises}
    silent = next((side for side in sides if side not in bound), None)
    if silent is not None:
        first = promises[0]
        message = f"{sides[first.side]} promises {_said(first)}; {sides[silent]} promises no figure in return."
        yield Observation(_place(agreement, silent, first), message, key=silent)
        return
    for promise in promises:
        if not _is_volume(promise, words):
            continue
        own = [p for p in promises if p.side == promise.side and p is not promise]
        if not any(_is_quality(p, words) for p in own):
            message = f"{sides[promise.side]} promises {_said(promise)}, but nothing about how good they are."
            hint = {"data": "target: at least 60 % accepted", "prose": "“Sales accepts at least 60 % of them.”"}
            yield Observation(promise.node, message, hint=hint[agreement.form], key="quality")
        if not any(
            words.follow_up.search(p.text) or _category(p) in ("response", "effort")
            for p in promises
            if p.side != promise.side
        ):
            other = next(name for side, name in sides.items() if side != promise.side)
            message = f"{sides[promise.side]} promises {_said(promise)}; {other} does not promise to follow them up."
            yield Observation(promise.node, message, key="follow-up")
        return


def _sides(agreement: Agreement) -> dict[str, str]:
    """The two that promise, id to name; empty where the agreement is of another kind."""
    said = below(agreement.root.data, "type") if agreement.prose is None else None
    if said.__class__ is not str:  # else no place needs to be known
        said = agreement.type.text if agreement.type is not None else ""
    kind = said.strip()
    if kind != "marketing-sales" and (agreement.form == "prose" or not agreement.reciprocal):
        return {}
    if agreement.form == "prose":
        return {"marketing": "Marketing", "sales": "Sales"}
    providers = [party for party in agreement.parties if party.role == "provider"]
    both = providers if len(providers) > 1 else [p for p in agreement.parties if p.role in ("provider", "customer")]
    return {party.id: " ".join(party.name.text.split()) for party in both}


def _promises(agreement: Agreement, sides: dict[str, str]) -> Iterator[_Promise]:
    words = _Words.of(agreement.language)
    for metric in agreement.metrics:
        if metric.duty:
            continue
        value = metric.target.text if metric.target is not None else ""
        if agreement.form == "data":
            text = " ".join(
                n.text for n in (metric.name, metric.node.get("description"), metric.node.get("sli", "of")) if n
            )
            owner = agreement.party(metric.party.text) if metric.party is not None else None
            side = owner.id if owner is not None else ""
        else:
            text = metric.name.text
            side = _side(metric.party.text if metric.party is not None else "", words) or _side(text, words)
        yield _Promise(side, metric.name, f"{metric.id.replace('-', ' ')} {text} {value}", metric)
    for obligation in (agreement.root.get("obligations") or ()) if agreement.form == "data" else ():
        party, duty = obligation.get("party"), obligation.get("duty")
        owner = agreement.party(party.text) if party is not None else None
        if owner is not None and duty is not None and owner.id in sides and obligation.get("within") is not None:
            yield _Promise(owner.id, duty, duty.text, None)


def _side(text: str, words: _Words) -> str:
    marketing, sales = words.marketing.search(text), words.sales.search(text)
    return "" if bool(marketing) == bool(sales) else "marketing" if marketing else "sales"


def _category(promise: _Promise) -> str:
    return promise.metric.category if promise.metric is not None else ""


def _is_volume(promise: _Promise, words: _Words) -> bool:
    if promise.metric is None or not words.leads.search(promise.text):
        return False
    return _category(promise) == "volume" or any(target.unit == "count" for target in promise.metric.targets)


def _is_quality(promise: _Promise, words: _Words) -> bool:
    if _category(promise) in ("quality", "conversion", "satisfaction") or words.quality.search(promise.text):
        return True
    return promise.metric is not None and any(target.unit == "percent" for target in promise.metric.targets)


def _said(promise: _Promise) -> str:
    name = f"“{' '.join(promise.node.text.split())}”"
    target = promise.metric.target if promise.metric is not None else None
    value = " ".join(target.text.split()) if target is not None else ""
    return f"{name} ({value})" if value and value not in name else name


def _place(agreement: Agreement, silent: str, first: _Promise) -> Node:
    party = agreement.party(silent) if agreement.form == "data" else None
    return party.name if party is not None else first.node


_HEAD = """\
type: marketing-sales
parties:
  - {id: marketing, role: provider, name: Marketing}
"""
_SERVICES = """\
services:
  - {id: supply, owner: marketing}
  - {id: follow-up, owner: sales}
metrics:
  - {id: lead-volume, service: supply, target: at least 300 leads a month}"""
bad = [
    {"yaml": _HEAD + "  - {id: sales, role: provider, name: Sales} # expect\n" + _SERVICES + "\n"},
    {
        "yaml": _HEAD
        + "  - {id: sales, role: provider, name: Sales}\n"
        + _SERVICES
        + " # expect\n  - {id: first-contact, service: follow-up, target: at most 4 h}\n"
    },
    {
        "yaml": _HEAD
        + "  - {id: sales, role: provider, name: Sales}\n"
        + _SERVICES
        + " # expect\n  - {id: lead-acceptance, service: supply, target: at least 60 %}\n"
        + "  - {id: forecast, service: follow-up, target: at least 90 %}\n"
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

## What Marketing promises

- Marketing will deliver at least 300 qualified leads per month. <!-- expect -->
- At least 60 % of the leads are accepted in each quarter.

## What Sales promises

Sales looks at the leads that Marketing hands over.
"""
    },
]
good = [
    {
        "yaml": _HEAD
        + "  - {id: sales, role: provider, name: Sales}\n"
        + _SERVICES
        + "\n  - {id: lead-acceptance, service: supply, target: at least 60 %}\n"
        + "  - {id: first-contact, service: follow-up, target: at most 4 h}\n"
    },
    {
        "markdown": """\
# Service level agreement between Marketing and Sales

## What Marketing promises

- Marketing will deliver at least 300 qualified leads per month.
- At least 60 % of the leads are accepted in each quarter.

## What Sales promises

- Sales will contact every qualified lead within 4 business hours.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

The provider will keep mail available at least 99.5 % of each calendar month.
"""
    },
]
