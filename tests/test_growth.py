"""Work grows as the document does, whatever it is that grows. Nothing is timed here: each of these texts once took
half a minute and more, for something in it was looked for anew at every place, and now takes about a second."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from string import ascii_uppercase

import pytest

from slalint.api import lint_bytes
from slalint.changes import compare
from slalint.config import Config
from slalint.model import SourceFile
from slalint.sources import yaml

_HEAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Mail}\n"
_SHORT = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)][:8_000]


def _listed(key: str, lines: list[str]) -> str:
    return _HEAD + key + ":\n" + "".join(f"  - {line}\n" for line in lines)


def _tiers(row: str, size: int) -> str:
    return _listed(
        "remedies", ["id: credit\n    tiers:\n" + "".join(f"      - {row.format(i)}\n" for i in range(size))]
    )


DATA: dict[str, Callable[[], str]] = {
    "definitions": lambda: (
        _HEAD
        + "definitions:\n"
        + "".join(f"  Room {one.title()}: The room behind Room {other.title()}.\n" for one, other in pairwise(_SHORT))
        + f"notes: {' '.join(f'Room {one.title()} is open.' for one in _SHORT)}\n"
    ),
    "abbreviations": lambda: f"{_HEAD}notes: {' '.join(f'The {one} is open.' for one in _SHORT)}\n",
    "tiers that overlap": lambda: _tiers("{{atLeast: 10, below: 99, credit: {}}}", 6_000),
    "tiers without a lower end": lambda: _tiers("{{below: {}, credit: 5}}", 6_000),
    "metrics of services": lambda: _listed(
        "metrics",
        [
            f"{{id: m{i}, service: s{i}, category: {('response', 'resolution')[i % 2]}, target: at most 1 h}}"
            for i in range(6_000)
        ],
    ),
    "percentiles": lambda: _listed(
        "metrics",
        [
            f"{{id: m{i}, service: mail, category: latency, target: p{i / 300} at most {9000 - i} ms}}"
            for i in range(3000, 9_000)
        ],
    ),
    "documents": lambda: "---\n".join(["kind: ServiceLevelAgreement\n"] * 2_000),
    "tags": lambda: f"{_HEAD}notes: {'<name of it> ' * 30_000}\n",
    "brackets": lambda: f"{_HEAD}notes: '{'[name ' * 60_000}'\n",
    "lines to write on": lambda: f"{_HEAD}notes: '{'_' * 200_000}'\n",
    "blank space": lambda: f"{_HEAD}notes: '{' ' * 200_000}'\n",
    "dots": lambda: f"{_HEAD}notes: '{'.' * 400_000}'\n",
}

PROSE: dict[str, Callable[[], str]] = {
    "hours": lambda: "Mon-Fri 09:00-17:00 " * 4_500,
    "findings in one sentence": lambda: "within four (5) hours " * 4_400,
    "conversions": lambda: "Answered within 2 working days (24 working hours). " * 1_900,
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose(text: Callable[[], str]) -> None:
    said = f"# Service level agreement\n\nService hours are 08:00 to 16:00.\n\n{text()}\n"
    found = lint_bytes("mail.md", said.encode(), Config(profile="strict", min_confidence="low"), agreement=True)
    assert not found.errors
    assert found.file.status == "checked"
    assert {one.rule for one in found.findings}.isdisjoint({"syntax", "invalid-agreement"})


@pytest.mark.parametrize("text", DATA.values(), ids=DATA)
def test_data(text: Callable[[], str]) -> None:
    found = lint_bytes("mail.sla.yaml", text().encode(), Config(profile="strict", min_confidence="low"))
    assert not found.errors
    assert found.file.status == "checked"


def test_versions() -> None:
    texts = [_listed("metrics", [f"{{id: m{i}, target: at least 9{n} %}}" for i in range(6_000)]) for n in "98"]
    old, new = [yaml.read(SourceFile("mail.sla.yaml", text)).agreements[0] for text in texts]
    assert len(compare(old, new)) == 6_000
