"""What could not be looked at, said once for each cause: silence would read as approval."""

from __future__ import annotations

from collections.abc import Iterator

from slalint.agreement import Agreement, Element, Metric
from slalint.model import Node, Observation
from slalint.text import listed, nearest

summary = "What could not be verified is said."
severity = "info"
profile = "basic"
wordless = True
why = "No finding about it means that nobody looked, not that it is right."
fix = "Look at it yourself, or write it into the agreement."

# Ways of tracking with nothing behind them that a program could open.
BY_HAND = ("manual", "report")
SYSTEMS = (
    *("openslo", "sloth", "pyrra", "nobl9", "slo-generator", "prometheus-rule", "grafana", "datadog", "zabbix"),
    *("jira-sla", "servicenow-sla", "zendesk", "odcs"),
)


def check(agreement: Agreement) -> Iterator[Observation]:
    if not agreement.is_complete:
        yield from _elsewhere([one for one in agreement.elements.values() if one.state == "by-reference"])
    if agreement.prose is not None:
        yield from _unread(agreement)
    stated = [metric for metric in agreement.metrics if "statedAllowance" in metric.plain]
    if stated:
        yield from _uncounted(agreement, stated)
    typed = [one["type"] for one in agreement.tracked if "type" in one]
    if agreement.data is None or not [one for one in typed if one not in BY_HAND]:
        return  # as in most agreements; no place needs to be known
    foreign, unknown = [], []
    for metric in agreement.metrics:
        for tracking in metric.tracking:
            type_ = tracking.type.text.strip().lower() if tracking.type is not None else ""
            if tracking.type is None or not type_ or type_ in BY_HAND:
                continue
            (foreign if type_ in SYSTEMS else unknown).append((tracking.type, metric.name.text))
    if foreign:
        systems = listed(list(dict.fromkeys(node.text for node, _ in foreign)))
        verb = "measure" if " and " in systems else "measures"
        message = f"Whether what {systems} {verb} is what is promised was not looked at: {_metrics(foreign)}."
        hint = "Compare target and window with what the tool has, by hand."
        yield Observation(foreign[0][0], message, hint=hint, related=_others(foreign), key="tracking")
    if unknown:
        types = list(dict.fromkeys(node.text for node, _ in unknown))
        message = f"“{listed(types)}” is no way of tracking that slalint knows: {_metrics(unknown)} not verified."
        meant = nearest(types[0], [*SYSTEMS, *BY_HAND])
        hint = f"type: {meant}" if meant else f"Use one of {', '.join([*SYSTEMS, *BY_HAND])}."
        yield Observation(unknown[0][0], message, hint=hint, related=_others(unknown), key="type")


def _uncounted(agreement: Agreement, metrics: list[Metric]) -> Iterator[Observation]:
    """Downtime that was not computed again, because the holidays of its calendar could not be told."""
    from slalint import calendars

    for metric in metrics if agreement.form == "data" else ():
        stated = metric.node.get("statedAllowance")
        calendar = agreement.calendar_of(metric) if stated is not None else None
        if stated is None or calendar is None or not calendar.region:
            continue
        try:
            calendars.holidays_in(calendar.region, 2026)  # any year tells whether there are some
        except calendars.CalendarError as error:
            said = f"{str(error)[:1].upper()}{str(error)[1:]}"
            message = f"The downtime of “{metric.said}” was not computed again. {said}."
            hint = "List the days under holidays: dates, or install the extra: pip install 'slalint[calendar]'"
            yield Observation(stated, message, hint=hint, key="holidays")
            return


def _elsewhere(elements: list[Element]) -> Iterator[Observation]:
    if not elements:
        return
    places = sorted(((e.node or e.place, e) for e in elements), key=lambda found: found[0].place)
    names = listed([e.name.replace("_", " ") for _, e in places])
    stand = "stand in another document" if len(places) > 1 else "stands in another document"
    message = f"{names[:1].upper()}{names[1:]} {stand}, which was not read."
    others = tuple((node, f"{e.name.replace('_', ' ')} is said to stand elsewhere") for node, e in places[1:])
    confidence = min((e.confidence for _, e in places), key=("low", "medium", "high").index)
    yield Observation(places[0][0], message, confidence=confidence, related=others, key="document")


def _unread(agreement: Agreement) -> Iterator[Observation]:
    """Parts that cannot be called missing: a parent agreement may hold them, or the language was not understood, all of
    it or what is said of them."""
    if not agreement.understood:
        message = "The text is in no language that slalint reads, so nearly all rules kept silent."
        hint = "Check it by hand, or keep the promises as data too (slalint schema agreement)."
        yield Observation(agreement.head, message, hint=hint, key="language")
        return
    unsure = [e for e in agreement.elements.values() if e.state == "absent" and e.confidence == "low"]
    for by_parent in (True, False):
        some = [e for e in unsure if e.reason.startswith("left to") is by_parent]
        if some:
            names = listed([e.name.replace("_", " ") for e in some])
            message = (
                f"Whether the text speaks of {names} was not looked at: no words of its language are known for it."
            )
            if by_parent:
                message = f"Nothing here speaks of {names}; the agreement that this is a part of may, and was not read."
            yield Observation(some[0].place, message, key="parent" if by_parent else "words")


def _metrics(uses: list[tuple[Node, str]]) -> str:
    return listed(list(dict.fromkeys(f"“{name}”" for _, name in uses)))


def _others(uses: list[tuple[Node, str]]) -> tuple[tuple[Node, str], ...]:
    return tuple((node, f"“{name}” too") for node, name in uses[1:])


bad = [
    {
        "yaml": """\
calendars:
  - id: office-hours
    hours: Mon-Fri 09:00-17:00
    holidays: {region: Atlantis}
metrics:
  - id: availability
    target: at least 99 %
    window: calendar month
    clock: office-hours
    statedAllowance: 100 min a month # expect
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      type: openslo # expect
      file: slo/mail.yaml
      ref: mail-availability
  - id: latency
    target: at most 300 ms
    tracking:
      type: openslo
      file: slo/mail.yaml
      ref: mail-latency
"""
    },
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      type: abacus # expect
"""
    },
    {
        "yaml": """\
policies:
  limitations: # expect
    document: https://example.org/terms
  termination: Either side may end it with 90 days' notice.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Termination <!-- expect -->

Termination is governed by the Master Services Agreement.
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

This document is an annex to the Master Services Agreement. <!-- expect -->
"""
    },
    {
        "markdown": """\
# SLA Postdienst <!-- expect -->

Diese Vereinbarung regelt den Betrieb der Postfächer für alle Abteilungen des Hauses. Die IT stellt sicher, dass die
Postfächer zu den Zeiten erreichbar sind, die in der Anlage stehen, und meldet Störungen an die Leitung der Abteilung.
"""
    },
]
good = [
    {
        "yaml": """\
metrics:
  - id: availability
    target: at least 99.5 %
    tracking:
      type: manual
      procedure: The duty officer counts the minutes.
      owner: provider
      frequency: daily
"""
    },
    {
        "markdown": """\
# Service level agreement: mail

## Termination

Either side may terminate this agreement with 90 days' notice to the end of a month.
"""
    },
]
