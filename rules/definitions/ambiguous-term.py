"""A word that decides whether a promise is kept and that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slalint import quantities as q
from slalint.agreement import Agreement, Metric
from slalint.model import Node, Observation
from slalint.once import once
from slalint.patterns import lazy
from slalint.terms import ambiguous
from slalint.terms.places import Places
from slalint.text import Passage

summary = "Every word that decides whether a promise is kept is explained somewhere in the agreement."
severity = "error"
profile = "basic"
why = "Each side will read it in its own way, and notices only when a promise is in doubt."
fix = "Explain it anywhere in the agreement: what counts, from when to when, and who decides."

_REFERENCE = lazy(r"[\w.-]*")  # an id, or `priorities.response`


def check(agreement: Agreement) -> Iterator[Observation]:
    text = _Prose(agreement) if agreement.form == "prose" else _Data(agreement)
    for found in ambiguous.find(text, agreement.language):
        yield Observation(
            found.at,
            found.message,
            why=found.entry.why,
            hint=found.entry.hint if agreement.form == "prose" else _definition(found, agreement),
            confidence=found.confidence,
            key=found.entry.name,
        )


def _definition(found: ambiguous.Ambiguity, agreement: Agreement) -> str:
    """Where the explanation belongs, with what it should say beside it."""
    word = found.word.replace("-", " ")
    term = word[:1].upper() + word[1:]
    block = agreement.root.get("definitions")
    if block is not None and isinstance(block.data, list):
        return f"definitions:\n  - term: {term}\n    means: …   # {found.entry.hint}"
    return f"definitions:\n  {term}: …   # {found.entry.hint}"


class _Prose(ambiguous.Text):
    def __init__(self, agreement: Agreement) -> None:
        document = agreement.prose
        if document is None:
            super().__init__(definitions=agreement.definitions)
        else:
            super().__init__(document.passages, document.tables, agreement.definitions)
        self._agreement = agreement
        self._is_all = document is None or document.front_matter is None  # no data beside the prose

    @once
    def lowered(self) -> str:
        return self._agreement.lowered if self._is_all else super().lowered

    @once
    def words(self) -> frozenset[str]:
        return self._agreement.words

    @once
    def places(self) -> Places:
        return self._agreement.places if self._is_all else super().places

    @once
    def explained(self) -> Sequence[str]:
        return tuple(_listed(self._agreement))


def _listed(agreement: Agreement) -> Iterator[str]:
    """The terms that a glossary explains, and those that a list of definitions leaves without a meaning: these are
    reported there."""
    for term in agreement.glossary:
        yield from (term.name, *term.aliases)
    for one in agreement.definitions:
        if one.form in ("data", "table") and not (one.said or "").strip():
            yield one.name


class _Data(ambiguous.Text):
    def __init__(self, agreement: Agreement) -> None:
        super().__init__(definitions=agreement.definitions)
        self._agreement = agreement

    @once
    def lowered(self) -> str:
        return f"{self._agreement.lowered}\0{self._more}" if self._more else self._agreement.lowered

    @once
    def words(self) -> frozenset[str]:
        return self._agreement.words

    @once
    def other_words(self) -> frozenset[str]:
        return frozenset(self._more.replace("\0", " ").split())

    @once
    def _more(self) -> str:
        """What is searched beside the running text, in lower case: some fields, the names of metrics that nothing
        describes."""
        said = [_name(metric) for metric in self._agreement.metrics if not _is_described(metric)]
        strings = self._agreement.strings
        fields = [*strings.get("priorities", ()), *strings.get("remedies", ())]
        if fields:
            said += [*fields, "response"]  # that is the name of a field of priorities
        return "\0".join(said).lower()

    @once
    def _found(self) -> tuple[list[Passage], dict[int, str]]:
        """The passages, and by the id() of each the figure that it goes with."""
        agreement = self._agreement
        passages = [passage for passage in agreement.passages if not _is_reference(passage.text)]
        beside = {}
        figures = {}  # by the path of a metric
        for metric in agreement.metrics:
            if metric.target is None:
                continue
            figure = metric.target.text or "\n".join(_figure(target) for target in metric.targets)
            figures[metric.node.path] = figure
            if not _is_described(metric):
                passages.append(Passage(metric.name, _name(metric), "string"))
                beside[id(passages[-1])] = figure
        for field, node, figure in _fields(agreement):
            passages.append(Passage(field, field.text, "string"))
            beside[id(passages[-1])] = f"{node.text}\n{figure}"
        for passage in agreement.passages if figures else ():
            path = passage.node.path
            if path[:1] == ("metrics",) and (said := figures.get(path[:2])) is not None:
                beside[id(passage)] = said
        passages.sort(key=lambda passage: passage.start)
        return passages, beside

    @property
    def passages(self) -> Sequence[Passage]:
        return self._found[0]

    @property
    def beside(self) -> Mapping[int, str]:
        return self._found[1]

    @once
    def measured(self) -> Sequence[tuple[str, str]]:
        return [(name, said) for m in self._agreement.metrics if (said := _said(m)) for name in (m.called, m.category)]

    @once
    def explained(self) -> Sequence[str]:
        return tuple(_explained(self._agreement))


def _is_described(metric: Metric) -> bool:
    """Whether more than its name says what is counted."""
    plain = metric.plain
    return bool(plain.get("description") or plain.get("sli"))


def _name(metric: Metric) -> str:
    return metric.called.replace("-", " ")


def _fields(agreement: Agreement) -> Iterator[tuple[Node, Node, str]]:
    """The fields whose name, or whose value, is a word on which figures depend: where the word stands, the value, and
    the figures."""
    for priority in _items(agreement.root.get("priorities")):
        response = priority.get("response")
        if response is not None and (length := q.read_duration(response)) is not None:
            yield response.key_node, response, _length(length)
    for remedy in _items(agreement.root.get("remedies")):
        basis = remedy.get("basis")
        if basis is not None and basis.text:
            yield basis, basis, "credit"


def _items(block: Node | None) -> Iterator[Node]:
    if block is not None:
        yield from block
        yield from (node for _, node in block.items())


def _figure(target: q.Target) -> str:
    if target.unit == "percent":
        return f"{target.value} %"
    length = target.duration
    return (_length(length) if length is not None else "") or f"at least {target.value} {target.unit}".strip()


def _length(length: q.Duration) -> str:
    """A length of time in words, such as `4 hours`; empty where it takes more than one of them."""
    named = [
        (length.seconds, (("hour", 3600), ("minute", 60), ("second", 1))),
        (length.business_seconds, (("business hour", 3600), ("business minute", 60))),
        (length.business_days, (("business day", 1),)),
        (length.months, (("month", 1),)),
    ]
    used = [(value, units) for value, units in named if value]
    if len(used) != 1:
        return ""
    value, units = used[0]
    counts = [(value / factor, unit) for unit, factor in units]
    count, unit = next((one for one in counts if one[0] == one[0].to_integral_value()), counts[-1])
    return f"{count.normalize():f} {unit}{'' if count == 1 else 's'}"


def _said(metric: Metric) -> str:
    """What is counted, in words: the description is for readers, and decides only where nothing else does."""
    sli = metric.node.get("sli") if "sli" in metric.plain else None
    words = [node.text for node in sli.strings(("kind",))] if sli is not None else []
    said = metric.plain.get("description")
    return "\n".join(text for text in words if not _is_reference(text)) or (said if isinstance(said, str) else "")


def _is_reference(text: str) -> bool:
    return " " not in text and _REFERENCE.fullmatch(text) is not None


def _explained(agreement: Agreement) -> Iterator[str]:
    """The words that fields of the data form, or a glossary, explain."""
    for term in agreement.glossary:
        yield from (term.name, *term.aliases)
    yield from _listed(agreement)
    root = agreement.root
    calendars = root.get("calendars")
    hours = [service.hours for service in agreement.services] + [root.get("support", "hours")]
    if (calendars is not None and calendars.data) or any(h is not None and q.hours_of(h.text) for h in hours):
        yield from ("business day", "business hours", "office hours", "public holidays")
    for priority in _items(root.get("priorities")):
        said, name = priority.get("definition"), priority.get("id")
        if said is not None and said.text and name is not None:
            yield name.text
    maintenance = root.get("maintenance")
    if maintenance is not None and maintenance.data:
        yield "scheduled maintenance"


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
        # One gap in the list of terms is one finding, of `empty-definition`.
        "markdown": """\
# Service level agreement for mail

## Definitions

| Term | Meaning |
|---|---|
| Downtime | |

Downtime stays below 40 minutes in each calendar month.
"""
    },
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
