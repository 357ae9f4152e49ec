"""Single fields of data agreements taken out or given another value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .harness import Mutant, mutator
from .page import Page


class Field(NamedTuple):
    """A field, its new value (None: none at all) and what must be found, where: ``.`` the value, ``..`` what the field
    stands in, ``/x`` another field, ``label`` the name or id beside it."""

    name: str
    path: str
    value: str | None
    rule: str
    place: str = "."


_MANAGER = "governance/serviceLevelManager"
FIELDS = (
    Field("manager-unreachable", f"{_MANAGER}/email", None, "manager-without-contact", ".."),
    Field("manager-alone", f"{_MANAGER}/deputy", None, "manager-without-deputy", ".."),
    Field("manager-of-one-side", f"{_MANAGER}/answersTo", None, "manager-without-duties", ".."),
    Field("manager-idle", f"{_MANAGER}/duties", None, "manager-without-duties", ".."),
    Field("version-dropped", "metadata/version", None, "missing-version", ".."),
    Field("effective-date-dropped", "term/effectiveDate", None, "missing-effective-date", ".."),
    Field("type-dropped", "type", None, "unknown-type", "/kind"),
    Field("goal-unmeasured", "goals/*/measuredBy", None, "unmeasured-goal", "statement"),
    Field("service-undescribed", "services/*/description", None, "undescribed-service", "label"),
    Field("service-unowned", "services/*/owner", None, "undescribed-service", "label"),
    Field("service-without-hours", "services/*/hours", None, "undescribed-service", "label"),
    Field("service-unknown", "metrics/*/service", "no-such-service", "metric-without-service"),
    Field("tool-unknown", "metrics/*/tracking/tool", "no-such-tool", "unknown-tool"),
    Field("tracked-late", "metrics/*/tracking/since", "2031-05-04", "tracked-after-acceptance"),
    Field("baseline-dropped", "metrics/*/tracking/baseline", None, "missing-baseline", ".."),
    Field("remedy-unknown", "metrics/*/remedy", "no-such-remedy", "dangling-reference"),
    Field("exclusion-unknown", "metrics/*/exclusions/0", "no-such-case", "dangling-reference"),
    Field("clock-unknown", "priorities/*/clock", "no-such-calendar", "dangling-reference"),
    Field("owner-unknown", "remedies/*/owner", "no-such-person", "undeclared-role|unknown-party"),
    Field("signed-for-both", "signatures/1/name", "/signatures/0/name", "self-signed"),
    Field("signature-stale", "signatures/0/version", "0.9.0", "stale-signature"),
    Field("signature-missing", "signatures/1", None, "missing-signature", ".."),
    Field("slo-no-stricter", "metrics/*/internalTarget", "/target", "slo-equals-sla"),
    Field("evidence-lost", "tools/0/retention", "P1D", "short-retention"),
    Field("meeting-unattended", "meetings/participants", '["serviceLevelManager"]', "unattended-meeting"),
    Field("review-overdue", "review/nextReview", "2026-09-21", "overdue-review"),
    Field("notice-too-long", "policies/termination/notice", "P15Y", "notice-longer-than-term"),
    Field("approved-by-one", "policies/modification/approvers", '["serviceLevelManager"]', "one-sided-governance"),
    Field(
        "renewal-too-soon",
        "policies/renewal/decideBefore",
        "P8M",
        "review-after-renewal-decision",
        "/review/nextReview",
    ),
    Field("goal-miscounted", "goals/*/derivation/equals", "180", "goal-derivation-mismatch"),
    Field("workload-open", "services/*/workload", None, "missing-workload-limit", "label"),
    Field("measured-coarsely", "metrics/*/resolution", "6 h", "coarse-tracking"),
    Field("party-dropped", "parties/customer", None, "missing-party", ".."),
    Field("party-unknown", "obligations/*/party", "no-such-party", "unknown-party"),
    Field("clock-without-hours", "definitions/*/calendar", "no-such-calendar", "dangling-reference"),
    Field("remedies-dropped", "remedies", None, "missing-remedy", ".."),
)


def _sites(field: Field) -> Callable[[Page], Iterator[Mutant]]:
    def sites(page: Page) -> Iterator[Mutant]:
        """A field of the data form is taken out or given another value."""
        for one in page.entries(field.path):
            if field.path == "type" and "ServiceLevelAgreement" not in page.text:
                continue  # of the others the kind tells the type
            if field.path == "remedies" and "type: customer" not in page.text:
                continue  # nobody else is paid
            above = page.entry(*one.path[:-1])
            if field.value is None:
                edit = (*one.cut, "")
            else:
                value = field.value
                if value.startswith("/signatures"):
                    other = page.entries(value[1:])
                    value = other[0].written if other else value
                elif value.startswith("/"):
                    beside = page.entry(*one.path[:-1], value[1:])
                    value = beside.written if beside else value
                elif one.written.startswith('"'):
                    value = f'"{value}"'
                edit = (one.start, one.end, value)
            place = one.start
            if field.place.startswith("/"):
                place = page.entries(field.place[1:])[0].start
            elif field.place == "..":
                place = page.head if above is None else above.key
            elif field.place != ".":
                names = ("name", "id") if field.place == "label" else (field.place,)
                labels = [label for name in names if (label := page.entry(*one.path[:-1], name)) is not None]
                place = labels[0].start
            yield Mutant(page, edit).gives(field.rule, place)

    return sites


for _field in FIELDS:
    mutator("data", name=_field.name)(_sites(_field))
