"""Who manages a prose agreement: whoever is named for it, in whatever words, and nobody else."""

from __future__ import annotations

import pytest

from slalint.agreement import Person
from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import SourceFile
from slalint.sources.markdown import read


def text(said: str) -> str:
    return f"# Service level agreement\n\nLetters are carried.\n\n{said}\n"


def manager(said: str) -> Person | None:
    (found,) = read(SourceFile("sla.md", text(said)), force=True).agreements
    return found.manager


def findings(said: str) -> list[str]:
    config = Config(min_confidence="low", select=("unnamed-manager", "placeholder"))
    return [one.rule for one in lint([Input("sla.md", text(said).encode())], bundled(), config).findings]


@pytest.mark.parametrize(
    "said",
    [
        "The manager of this agreement is Ana Ruiz.",
        "Ana Ruiz manages this agreement.",
        "The service manager is Ana Ruiz (i@t.example).",
        "Norrland's service manager for the customer is Ana Ruiz, i@t.example.",
        "Ana Ruiz is the manager of this SLA.",
        "This agreement is managed by Ana Ruiz.",
        "The Service Level Manager, Ana Ruiz, answers to both sides.",
        "**Service level manager:** Ana Ruiz\n\nThe service level manager meets the customer every month.",
        "- **Deputy of the service level manager:** Lee Park\n- **Service level manager:** Ana Ruiz",
        "| Role | Name |\n|---|---|\n| Service level manager | |\n\nThe service level manager is Ana Ruiz.",
    ],
)
def test_named(said: str) -> None:
    found = manager(said)
    assert found is not None
    assert (found.name.text, found.is_person) == ("Ana Ruiz", True)
    assert not findings(said)


@pytest.mark.parametrize("value", ["tbd", "n/a", "???", "", "-", "none"])
@pytest.mark.parametrize(
    "form",
    [
        "**Service level manager:** {}\n**Deputy of the service level manager:** Lee Park",
        "| Role | Name | Mail |\n|---|---|---|\n| Service level manager | {} | |\n| Deputy | Lee Park | |",
        "- **Service level manager:** {}\n- **Deputy of the service level manager:** Lee Park",
    ],
)
def test_a_blank_is_not_filled_by_what_the_manager_does(form: str, value: str) -> None:
    said = form.format(value) + "\n\nThe service level manager meets the customer every month."
    assert manager(said) is None
    assert findings(said)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Each month the service level manager sends a report to the customer.", "service level manager"),
        ("This agreement is maintained by the Platform Team of the city.", "Platform Team"),
    ],
)
def test_a_role_is_called_by_its_name(said: str, role: str) -> None:
    found = manager(said)
    assert found is not None
    assert (found.name.text, found.is_person) == (role, False)


@pytest.mark.parametrize(
    "said",
    [
        "Ana Ruiz manages the printers.",
        "The customer's manager is Ana Ruiz.",
        "The manager of the branch is Ana Ruiz.",
        "**Deputy of the service level manager:** Lee Park",
    ],
)
def test_somebody_else(said: str) -> None:
    assert manager(said) is None
    assert findings(said) == ["unnamed-manager"]
