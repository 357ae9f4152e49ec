"""What kind of thing a metric measures, told by its category, its unit and the head of its name."""

from __future__ import annotations

import pytest

from slalint.kinds import is_bare, kind_of, likely_better, more_is_better, unfit


@pytest.mark.parametrize(
    ("category", "name", "unit", "counted", "kind"),
    [
        ("availability", "Portal", "percent", "", "uptime"),
        ("", "Monthly uptime of the portal", "percent", "", "uptime"),
        ("other", "Network", "percent", "", "uptime"),
        ("availability", "Unplanned downtime", "percent", "", "errors"),
        ("availability", "Unplanned downtime", "minute", "", "downtime"),
        ("", "budget", "minute", "uptime-budget", "downtime"),
        ("", "Error rate", "percent", "", "errors"),
        ("", "Share of failed requests", "percent", "", "errors"),
        ("other", "Share of rejected leads with a reason", "percent", "", "share"),
        ("", "Acknowledgement of faults", "percent", "", "share"),
        ("response", "Incident response", "percent", "attainment", "share"),
        ("latency", "Search", "second", "", "latency"),
        ("response", "Response", "ms", "", "latency"),
        ("response", "API response", "second", "", "latency"),
        ("response", "Response to a call", "second", "", "time"),
        ("", "time-to-respond", "hour", "", "time"),
        ("other", "Lead to opportunity", "day", "", ""),
        ("volume", "Leads", "count", "", "volume"),
        ("", "Satisfaction", "score", "", "score"),
        ("timeliness", "Bank file", "percent", "deadline", "deadline"),
        ("", "Bank file", "time-of-day", "", "deadline"),
        ("resolution", "Restoration", "", "", "time"),
        ("", "availability", "", "", "uptime"),
        ("", "something", "", "", ""),
        ("", "Time to respond", "hour", "", "time"),
        ("", "average-speed-of-answer", "second", "", "time"),
        ("availability", "Mean time between failures", "day", "", ""),
        ("reporting", "Notice of planned work", "day", "", ""),
        ("security", "Notice of an incident", "hour", "", "time"),
        ("response", "Missed calls returned within 4 h", "percent", "", "share"),
        ("", "Rejected leads with a reason", "percent", "", "share"),
        ("response", "missed-calls", "percent", "", "errors"),
        ("", "Emails bounced", "percent", "", "errors"),
        ("quality", "Defects per release", "", "", "errors"),
    ],
)
def test_kind(category: str, name: str, unit: str, counted: str, kind: str) -> None:
    assert kind_of(category, name, unit, counted) == kind


@pytest.mark.parametrize(
    ("kind", "name", "unit", "better"),
    [
        ("uptime", "Availability", "percent", True),
        ("latency", "Search", "ms", False),
        ("share", "Lead acceptance rate", "percent", True),
        ("share", "Leads without a telephone number", "percent", None),
        ("volume", "Leads", "count", None),
        ("", "Handling of copies", "day", None),
        ("share", "First response within 4 h", "percent", True),
        ("share", "response-in-two-business-days", "percent", True),
        ("share", "Files delivered by 06:00", "percent", True),
        ("share", "Reports sent no later than noon", "percent", True),
        ("share", "Orders shipped the same day", "percent", True),
        ("share", "Satisfied callers", "percent", True),
        ("share", "Backups completed", "percent", True),
        ("share", "Tickets not answered within 4 h", "percent", None),
        ("share", "Tickets answered later than 4 h", "percent", None),
        ("share", "Tickets resolved after 5 days", "percent", None),
        ("share", "Responses in 2026", "percent", None),
        ("share", "Non-compliance", "percent", None),
        ("", "Net promoter score", "", True),
        ("", "Uptime between failures", "hour", True),
        ("", "Retention of recordings", "day", True),
        ("", "Notice of planned work", "day", True),
        ("", "Close", "day", None),
    ],
)
def test_which_way_is_better(kind: str, name: str, unit: str, better: bool | None) -> None:
    assert more_is_better(kind, name, unit) is better  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "category", "name", "counts", "better"),
    [
        ("share", "response", "Incidents", False, True),
        ("share", "", "Incident response", False, True),
        ("share", "quality", "Records with a number", False, True),
        ("share", "quality", "Records with defects", False, None),
        ("share", "resolution", "Tickets still open", False, None),
        ("share", "other", "Utilisation", False, None),
        ("volume", "throughput", "Gateway", False, True),
        ("volume", "effort", "Call attempts per lead", False, True),
        ("volume", "volume", "Leads", True, True),
        ("volume", "volume", "Tickets", False, None),
    ],
)
def test_which_way_is_likely_to_be_better(
    kind: str, category: str, name: str, counts: bool, better: bool | None
) -> None:
    assert likely_better(kind, category, name, counts) is better  # type: ignore[arg-type]


def test_names_of_figures() -> None:
    assert is_bare("Data accuracy")
    assert is_bare("Success rate (monthly)")
    assert not is_bare("Tickets answered within 4 hours")


def test_tools_that_cannot_see_it() -> None:
    assert "reports" in unfit("ticketing", "availability")
    assert unfit("monitoring and ticketing", "availability") == ""
    assert unfit("something new", "availability") == ""
    assert unfit("ticketing", "response") == ""


def test_a_language_without_lists_takes_the_english_ones() -> None:
    assert kind_of("", "availability", "percent", "", "xx") == "uptime"
