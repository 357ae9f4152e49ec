"""One defect in a flawless example: exactly the findings that the mutator declares, wherever it can be made."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from mutations import FORMS, MUTATORS, Page, harness, outcomes
from mutations.__main__ import main

SITES = 3  # of each mutator in each file; `python -m tests.mutations examples/good` tries them all
GOOD = Path(__file__).resolve().parent.parent / "examples" / "good"


@cache
def pages() -> tuple[Page, ...]:
    return tuple(Page(path.name, path.read_text()) for path in sorted(GOOD.iterdir()))


@pytest.mark.parametrize(("name", "form"), [(one.name, form) for one in MUTATORS.values() for form in one.forms])
def test_a_defect_is_found_and_nothing_else(name: str, form: str) -> None:
    found = [one for page in pages() if page.form == form for one in outcomes(page, MUTATORS[name], SITES)]
    assert [str(one) for one in found if not one.exact] == []
    assert found, "no good example offers a place for this defect"


def test_the_mutators_are_of_all_kinds() -> None:
    assert len(MUTATORS) >= 100
    for form in FORMS:
        assert sum(form in one.forms for one in MUTATORS.values()) >= 30
    assert all(one.about for one in MUTATORS.values())


def test_the_command_says_what_was_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--mutator", "unit-dropped", "--sites", "1", "--verbose", str(tmp_path)]
    assert main(given) == 2
    text = (GOOD / "mail.sla.yaml").read_text()
    (tmp_path / "mail.sla.yaml").write_text(text)
    assert main(given) == 0
    assert "1 agreements, 1 mutants, 0 not found" in capsys.readouterr().out
    monkeypatch.setattr(harness, "findings", lambda name, text: ())
    assert main(given) == 1
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "target: at least 99.5 %" in line)
    assert f"missed {line}: missing-unit" in capsys.readouterr().out
