"""What one run keeps for the next one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from slalint import kept


@pytest.fixture
def next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(kept, "_place", lambda: str(tmp_path / "kept.data"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(kept, "_known", None)
    monkeypatch.setattr(kept, "_used", {})
    monkeypatch.setattr(kept, "_is_new", False)
    assert kept.get("x") is None
    kept.put("x", ("y", 1))
    kept.save()
    monkeypatch.setattr(kept, "_known", None)
    return monkeypatch


def test_what_is_kept(next_run: pytest.MonkeyPatch) -> None:
    assert kept.get("x") == ("y", 1)


def test_what_another_state_of_the_program_has_kept(next_run: pytest.MonkeyPatch) -> None:
    next_run.setattr(kept, "_stamp", lambda maker: (1, 1) if maker == "patterns.py" else (0, 0))
    assert kept.get("x") is None


def test_what_another_python_has_kept(next_run: pytest.MonkeyPatch) -> None:
    next_run.setattr(sys, "version", "4.0")
    assert kept.get("x") is None


def test_every_maker_is_known() -> None:
    home = Path(kept.__file__).parent
    for name in kept._MAKERS:
        assert kept._stamp(name) != (0, 0)
    putting = {
        path.relative_to(home).as_posix() for path in home.rglob("*.py") if "kept.put(" in path.read_text("utf-8")
    }
    assert putting <= set(kept._MAKERS)
