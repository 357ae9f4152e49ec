"""The agreements that speed is measured with are clean, but for the defects that are planted."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from slalint.api import lint_bytes

AS_OF = "2026-11-23"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", Path("bench", f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


corpus = load("corpus")


def found(text: str) -> list[str]:
    return [one.rule for one in lint_bytes("a.sla.yaml", text.encode(), as_of=AS_OF).findings]


@pytest.mark.parametrize("name", corpus.DEFECTS)
def test_every_defect_is_found(name: str) -> None:
    """By its rule, and nothing else is."""
    defect = corpus.DEFECTS[name]
    for number in range(3):
        text = corpus.agreement(random.Random(number), number)
        assert found(text) == []
        assert found(corpus.with_defect(text, defect)) == [defect.rule]


def test_planting_changes_nothing_else(tmp_path: Path) -> None:
    corpus.write(tmp_path / "clean", 120)
    corpus.write(tmp_path / "flawed", 120, defects=0.1)
    corpus.write(tmp_path / "again", 120, defects=0.1)
    clean, flawed, again = (
        [path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).rglob("*.yaml"))]
        for name in ("clean", "flawed", "again")
    )
    assert flawed == again
    changed = [text for text, before in zip(flawed, clean, strict=True) if text != before]
    assert 4 < len(changed) < 25
    assert all(len(found(text)) == 1 for text in changed)
