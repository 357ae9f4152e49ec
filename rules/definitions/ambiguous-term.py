"""A word that decides whether a promise is kept and that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Observation
from slalint.terms import ambiguous
from slalint.text import Passage

summary = "Every word that decides whether a promise is kept is explained somewhere in the agreement."
severity = "error"
profile = "basic"
why = "Each side will read it in its own way, and notices only when a promise is in doubt."
fix = "Explain it anywhere in the agreement: what counts, from when to when, and who decides."


def check(agreement: Agreement) -> Iterator[Observation]:
    text = _prose(agreement) if agreement.form == "prose" else _data(agreement)
    for found in ambiguous.find(text, agreement.language):
        yield Observation(
            found.at,
            found.message,
            why=found.entry.why,
            hint=found.entry.hint,
            confidence=found.confidence,
            key=found.entry.name,
        )


def _prose(agreement: Agreement) -> ambiguous.Text:
    document = agreement.prose
    if document is None:
        return ambiguous.Text((), (), agreement.definitions)
    return ambiguous.Text(document.passages, document.tables, agreement.definitions)


def _data(agreement: Agreement) -> ambiguous.Text:
    passages = list(agreement.passages)
    figures = {}  # by the path of a metric
    targets = {}  # by the passages that go with it
    for metric in agreement.metrics:
        if metric.target is None:
            continue
        figure = figures[metric.node.path] = metric.target.text or "\n".join(n.text for n in metric.target.strings())
        if not _says_what(metric):
            # Nothing but its name says what is counted.
            name = Passage(metric.name, metric.name.text.replace("-", " "), "string")
            passages.append(name)
            targets[id(name)] = figure
    for passage in agreement.passages:
        said = figures.get(passage.node.path[:2])
        if said is not None:
            targets[id(passage)] = said
    passages.sort(key=lambda passage: passage.start)
    return ambiguous.Text(passages, (), agreement.definitions, tuple(_explained(agreement)), targets)


def _says_what(metric: Metric) -> bool:
    return any((part := metric.node.get(key)) is not None and part.data for key in ("sli", "description"))


def _explained(agreement: Agreement) -> Iterator[str]:
    """The words that fields of the data form explain."""
    root = agreement.root
    calendars = root.get("calendars")
    hours = [service.hours for service in agreement.services] + [root.get("support", "hours")]
    if (calendars is not None and calendars.data) or any(h is not None and q.hours_of(h.text) for h in hours):
        yield from ("business day", "business hours", "office hours", "public holidays")
    for metric in agreement.metrics:
        if _says_what(metric):
            yield from (metric.name.text, metric.category)
    for priority in root.get("priorities") or ():
        said, name = priority.get("definition"), priority.get("id")
        if said is not None and said.text and name is not None:
            yield name.text
    for block, word in (("maintenance", "scheduled maintenance"), ("remedies", "service credit")):
        node = root.get(block)
        if node is not None and node.data:
            yield word


bad = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
type: marketing-sales
metadata: {title: Leads}
metrics:
  - id: lead-volume
    name: Qualified leads handed over # expect
    target: at least 400 leads
    window: calendar month
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Marketing hands over 400 qualified leads each month. <!-- expect -->

Sales makes the first call within 4 business hours. <!-- expect -->
"""
    },
]
good = [
    {
        "yaml": """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
type: marketing-sales
metadata: {title: Leads}
definitions:
  Qualified lead: A contact with a score of 60 or more and a valid telephone number.
metrics:
  - id: lead-volume
    name: Qualified leads handed over
    target: at least 400 leads
    window: calendar month
"""
    },
    {
        "markdown": """\
# Service level agreement for leads

Marketing hands over 400 qualified leads each month.

Sales makes the first call within 4 business hours.

## Definitions

- **Qualified lead**: a contact with a score of 60 or more and a valid telephone number.
- **Business hours**: Monday to Friday, 09:00 to 17:00 Europe/Lisbon.
"""
    },
]
