"""A level that is stated without a word of promising is a metric like any other."""

from __future__ import annotations

import pytest

from slalint.model import SourceFile
from slalint.sources.markdown import read


def metrics(said: str) -> list[tuple[str, str]]:
    text = f"# Service level agreement: mail\n\n{said}\n"
    (found,) = read(SourceFile("sla.md", text), force=True).agreements
    return [(one.category, one.target.text) for one in found.metrics if one.target is not None]


@pytest.mark.parametrize(
    ("said", "category", "target"),
    [
        ("The service is available 99.5 %.", "availability", "99.5 %"),
        ("The service is available for 99.5 % of the month.", "availability", "99.5 %"),
        ("Mail is up 99.5 % of the time.", "availability", "99.5 %"),
        ("Both sites stay reachable 99.5 % of the year.", "availability", "99.5 %"),
        ("Response within 4 hours.", "response", "within 4 hours"),
    ],
)
def test_stated(said: str, category: str, target: str) -> None:
    assert metrics(said) == [(category, target)]


@pytest.mark.parametrize(
    "said",
    [
        "The archive is available at a 10 % discount.",
        "Last year the service was available 99.5 % of the time.",
        "The number of letters is up 12 % on the plan.",
    ],
)
def test_not_stated(said: str) -> None:
    assert metrics(said) == []
