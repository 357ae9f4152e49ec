"""Metrics and tools as rules look at them all at once: plain data, without a place for each."""

from __future__ import annotations

import re

import pytest

from slalint import quantities as q
from slalint import sources
from slalint.agreement import Agreement
from slalint.patterns import lazy

DATA = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {id: mail}
tools:
  - {id: probe, name: Blackbox exporter, purpose: monitoring}
  - Znuny
  - {id: other, name: probe}
metrics:
  - id: availability
    target: at least 99.5 %
    tracking: {tool: probe, since: 2025-01-01}
  - id: first-response
    name: Response time
    targets: {p1: at most 1 h, p2: at most 4 h, p3: whenever}
    tracking: [Znuny, "", {since: 2025-01-01}]
  - id: calls
    target: many
    sli: {kind: attainment}
    tracking: {tool: "  "}
  - id: errors
    target: {operator: lte, value: 1, unit: percent}
    category: error-rate
    tracking: {type: manual}
"""
PROSE = """\
# Service level agreement: mail

| Metric | Target | Measured by |
|---|---|---|
| Availability | at least 99.5 % a month | Blackbox exporter |
| Recovery-point objective | 4 hours | |
"""


def read(text: str, name: str) -> Agreement:
    data = text.encode()
    source, _ = sources.find(name, data)
    assert source is not None
    decoded, _ = sources.decode(name, data)
    return source.read(decoded, force=True).agreements[0]


@pytest.fixture(params=[(DATA, "x.sla.yaml"), (PROSE, "x.md")], ids=["data", "prose"])
def agreement(request: pytest.FixtureRequest) -> Agreement:
    return read(*request.param)


def test_every_value_is_promised_at_its_place(agreement: Agreement) -> None:
    told = [(metric.id, metric.values[at][0].text, target) for metric, at, target in agreement.promised]
    assert told == [(m.id, node.text, target) for m in agreement.metrics for node, target in m.values]
    assert [target for _, _, target in told] == [target for m in agreement.metrics for target in m.targets]
    assert len(told) == {"data": 4, "prose": 2}[agreement.form]


def test_keys_and_names_of_all_metrics() -> None:
    data, prose = read(DATA, "x.sla.yaml"), read(PROSE, "x.md")
    assert data.metric_keys == {"id", "name", "target", "targets", "tracking", "sli", "category"}
    assert prose.metric_keys == set()
    assert " first response " in data.metric_names and " response time " in data.metric_names
    assert " recovery point objective " in prose.metric_names


def test_a_tool_is_found_by_id_and_name_the_first_where_two_share_one() -> None:
    tools = read(DATA, "x.sla.yaml").tools_by_slug
    assert {slug: tool.id for slug, tool in tools.items()} == {
        "probe": "probe",
        "blackbox-exporter": "probe",
        "znuny": "znuny",
        "other": "other",
    }


def test_what_measures_a_metric_as_plain_data() -> None:
    data, prose = read(DATA, "x.sla.yaml"), read(PROSE, "x.md")
    assert [metric.tracked for metric in data.metrics] == [
        [{"tool": "probe", "since": "2025-01-01"}],
        [{"tool": "Znuny"}, {"since": "2025-01-01"}],
        [],
        [{"type": "manual"}],
    ]
    assert [metric.tracked for metric in prose.metrics] == [[{"tool": "Blackbox exporter"}], []]
    for metric in (*data.metrics, *prose.metrics):
        assert len(metric.tracked) == len(metric.tracking)
        for plain, tracking in zip(metric.tracked, metric.tracking, strict=True):
            assert plain.get("tool") == (tracking.tool.text if tracking.tool is not None else None)


def test_what_is_told_at_once_is_what_is_told_when_asked() -> None:
    metrics = read(DATA, "x.sla.yaml").metrics
    assert [metric.kind for metric in metrics] == ["uptime", "time", "share", "errors"]
    assert [metric.more_is_better for metric in metrics] == [True, False, True, False]
    assert [metric.category for metric in metrics] == ["", "", "", "error-rate"]
    assert [metric.counted for metric in metrics] == ["", "", "attainment", ""]
    assert [len(metric.targets) for metric in metrics] == [1, 2, 0, 1]


@pytest.mark.parametrize("text", ["2026-03-01", "1 March 2026", "TBD", ""])
def test_a_date_or_none(text: str) -> None:
    try:
        expected = q.parse_date(text)
    except q.QuantityError:
        expected = None
    assert q.date_of(text) == expected


def test_passages_in_which_an_expression_may_match(agreement: Agreement) -> None:
    pattern: re.Pattern[str] = lazy(r"(?i)\bblackbox\s+exporter\b")
    found = agreement.places.passages(pattern)
    assert [one for one in agreement.passages if pattern.search(one.text)] == found
    assert len(found) == {"data": 0, "prose": 1}[agreement.form]


def test_the_passage_that_holds_an_offset() -> None:
    document = read(PROSE, "x.md").prose
    assert document is not None
    text = document.file.text
    for at, held in ((0, None), (text.index("agreement"), "Service level agreement: mail"), (text.index("| 4"), None)):
        passage = document.passage_at(at)
        assert (passage.text if passage is not None else None) == held
