"""What kind of thing a metric measures, told by its category, its unit and the head of its name."""

from __future__ import annotations

import pytest

from slalint.kinds import is_bare, kind_of, more_is_better, unfit


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
    ],
)
def test_kind(category: str, name: str, unit: str, counted: str, kind: str) -> None:
    assert kind_of(category, name, unit, counted) == kind


@pytest.mark.parametrize(
    ("kind", "name", "better"),
    [
        ("uptime", "Availability", True),
        ("latency", "Search", False),
        ("share", "Lead acceptance rate", True),
        ("share", "Leads without a telephone number", None),
        ("volume", "Leads", None),
        ("", "Retention of copies", None),
    ],
)
def test_which_way_is_better(kind: str, name: str, better: bool | None) -> None:
    assert more_is_better(kind, name) is better  # type: ignore[arg-type]


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
