"""Figures that lie between two credit tiers and in none of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from slalint import quantities as q
from slalint.agreement import Agreement
from slalint.model import Node, Observation
from slalint.parts import Tiers
from slalint.text import listed
from slalint.words.pieces import Pattern, Pieces

summary = "Every missed target falls into a credit tier."
severity = "error"
needs = ["remedies/tiers"]
why = "A result in the gap misses the target and earns nothing; which side of it was meant has to be argued about."
fix = {
    "data": "tiers:\n  - {atLeast: 99, below: 99.5, credit: 5}\n  - {below: 99, credit: 10}",
    "prose": "Let each tier begin where the one above ends: “less than 99.5 % but at least 99 %”, “less than 99 %”.",
}


class _Words(Pieces, file="credit-tier-gap"):
    decimals = Pattern()
    ones = Pattern()
    twos = Pattern()
    threes = Pattern()


def check(agreement: Agreement) -> Iterator[Observation]:
    told: set[int] = set()  # a table with a credit for each plan has its bands but once
    for tiers in agreement.tiers:
        gaps = q.gaps(tiers.bounds, _step(agreement, tiers)) if q.gaps(tiers.bounds) else []
        beyond = _beyond(tiers)
        if not (gaps or beyond) or not _whole(agreement, tiers):
            continue
        gaps.sort(key=lambda gap: min(tiers.rows[gap.lower].node.offset, tiers.rows[gap.upper].node.offset))
        said = [gap.text(tiers.suffix) for gap in gaps]
        if gaps:
            # Reported at whichever of the two stands lower: there the reader sees that something is left out.
            lower, upper = tiers.rows[gaps[0].lower], tiers.rows[gaps[0].upper]
            first, place = sorted((lower, upper), key=lambda row: row.node.offset)
            related: tuple[tuple[Node, str], ...] = ((first.band, "the tier next to the gap"),)
            hint, why = _hint(agreement, tiers, gaps[0]), ""
        else:
            assert beyond is not None
            place, related = tiers.rows[beyond.lower], ()
            hint = f"Add a tier for results {beyond.text(tiers.suffix)}."
            why = "The worst results earn nothing."
        if place.node.offset in told:
            continue
        told.add(place.node.offset)
        if beyond is not None:
            said.append(beyond.text(tiers.suffix))
        yield Observation(
            place.band,
            f"A result {listed(said, 'or')} falls into no tier.",
            why=why,
            hint=hint,
            confidence="high" if agreement.form == "data" else "medium" if gaps else "low",
            related=related,
            data={"uncovered": said},
            key=tiers.name,
        )


def _beyond(tiers: Tiers) -> q.Stretch | None:
    """What is worse than the worst tier, where that one has an end."""
    bands = q.bands(tiers.bounds)
    if len(bands) < 2:
        return None
    worst = bands[0] if tiers.lower_is_worse else bands[-1]
    if tiers.lower_is_worse and worst.low[0] > 0:
        return q.Stretch((Decimal("-Infinity"), 0), worst.low, worst.row, worst.row)
    if not tiers.lower_is_worse and worst.high[0].is_finite() and worst.high[0] != 100:
        return q.Stretch(worst.high, (Decimal("Infinity"), 1), worst.row, worst.row)
    return None


def _step(agreement: Agreement, tiers: Tiers) -> Decimal | None:
    """The last place that figures are rounded to before they are judged, where the agreement says so."""
    if agreement.form == "data":
        plain = [metric for metric in agreement.metrics if metric.id in tiers.metrics]
        said = [metric.node.get("rounding", "decimals") for metric in plain]
        places = [node.data for node in said if node is not None and type(node.data) is int]
        return Decimal(1).scaleb(-max(places)) if places and len(places) == len(plain) else None
    words = _Words.of(agreement.language)
    said = agreement.places.passages(words.decimals)
    found = next((match for passage in said if (match := words.decimals.search(passage.text)) is not None), None)
    if found is None:
        return None
    for place, pattern in (("0.1", words.ones), ("0.01", words.twos), ("0.001", words.threes)):
        if pattern.search(found.group()):
            return Decimal(place)
    return Decimal(1)


def _whole(agreement: Agreement, tiers: Tiers) -> bool:
    """Whether all rows of a table were read; one that was not may fill the gap."""
    for table in agreement.prose.tables if agreement.form == "prose" and agreement.prose is not None else ():
        if table.header and table.header[0].start == tiers.node.offset:
            return sum(any(cell.text.strip() for cell in row) for row in table.rows) == len(tiers.rows)
    return True


def _hint(agreement: Agreement, tiers: Tiers, gap: q.Stretch) -> str:
    """The upper end of the lower tier as it would close the gap."""
    start = q.number(gap.high[0])
    if agreement.form == "data":
        return f"Let the lower tier reach up to the other one: below: {start}"
    low = tiers.rows[gap.lower].low
    least = f" but at least {q.number(low)}{tiers.suffix}" if low is not None else ""
    return f"Write the lower tier as “less than {start}{tiers.suffix}{least}”, or say how results are rounded."


bad = [
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 5}
      - {below: 98.9, credit: 10} # expect
"""
    },
    {
        "yaml": """\
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 5}
      - {atLeast: 95, below: 99, credit: 10} # expect
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| 99.00 % – 99.89 % | 5 % of the monthly fee |
| 97.00 % – 98.99 % | 20 % of the monthly fee | <!-- expect -->
| below 97.00 % | 50 % of the monthly fee |
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    remedy: credit
    rounding: {decimals: 1}
remedies:
  - id: credit
    kind: service-credit
    tiers:
      - {atLeast: 99, below: 99.5, credit: 5}
      - {below: 98.95, credit: 10}
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

Availability is rounded to two decimal places.

| Availability in a month | Credit |
|---|---|
| 99.00 % – 99.89 % | 5 % of the monthly fee |
| 97.00 % – 98.99 % | 20 % of the monthly fee |
| 0 % – 96.99 % | 50 % of the monthly fee |
"""
    },
    {
        "markdown": """\
# Service level agreement for the booking site

| Availability in a month | Credit |
|---|---|
| below 99.9 % | 5 % of the monthly fee |
| below 99 % | 10 % of the monthly fee |
"""
    },
]
