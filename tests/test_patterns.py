"""Expressions that are compiled once for all runs."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from pathlib import Path

import pytest

from slalint import patterns

SOURCES = [
    (r"(?P<a>x)|(?P<b>y{2,3})(z)?", re.I),
    (r"(?<=[ab])\w+\b|(?!\d)[^\W\d_]+", 0),
    (rb"^[\x00-\x20]*(?:a|b)", re.M),
    (r"(?i)straße|[а-я]+(?-i:NN)", 0),
    (r"(?x) a  # a comment", 0),
]
TEXTS = ["xyyz ab YYYZ", "a1 bcd _x", "Straße nn NN я", "  a\nb", "a # b"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(patterns, "_place", lambda: str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for name, value in (("_kept", None), ("_used", {}), ("_is_new", False)):
        monkeypatch.setattr(patterns, name, value)
    return tmp_path / "kept"


def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_kept", None), ("_used", {}), ("_is_new", False)):
        monkeypatch.setattr(patterns, name, value)


def _found(pattern: re.Pattern, text: str) -> list:  # type: ignore[type-arg]
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    return [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in pattern.finditer(given)]


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_what_is_kept_finds_the_same(source: str, flags: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = patterns._compiled(source, int(flags))
    patterns.keep()
    _anew(monkeypatch)
    monkeypatch.setattr(patterns, "_numbers", None)  # nothing is compiled any more
    again, wanted = patterns._compiled(source, int(flags)), re.compile(source, flags)
    for text in TEXTS:
        assert _found(own, text) == _found(again, text) == _found(wanted, text)
    assert (again.flags, again.groups, dict(again.groupindex)) == (wanted.flags, wanted.groups, dict(wanted.groupindex))


@pytest.mark.parametrize(
    "spoilt", [b"", b"no marshal", marshal.dumps(7), marshal.dumps((("other", 1, 4), {})), marshal.dumps(None)]
)
def test_what_cannot_be_used_is_made_anew(spoilt: bytes, place: Path) -> None:
    place.write_bytes(spoilt)
    assert patterns._compiled("a+", 0).fullmatch("aa")
    patterns.keep()
    assert ("a+", 0) in marshal.loads(place.read_bytes())[1]


def test_another_engine(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_sre", None)
    assert patterns._compiled("(a)+", 0).fullmatch("aa")
    with pytest.raises(re.error):
        patterns._compiled("(", 0)


def test_as_with_bytecode(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    patterns._compiled("a+", 0)
    patterns.keep()
    assert not place.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    patterns.keep()
    assert not list(place.parent.iterdir())


def test_a_run_keeps_what_it_compiled(tmp_path: Path) -> None:
    import os

    file = tmp_path / "mail.sla.yaml"
    file.write_text("kind: ServiceLevelAgreement\nmetrics: [{id: a, target: at least 99 %}]\n")
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", "slalint", "check", "--isolated", "--no-cache", str(file)]
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=False) for _ in range(2)]
    assert runs[0].returncode == 1 and runs[0].stdout == runs[1].stdout
    assert len(list((tmp_path / "kept").rglob("patterns.*.patterns"))) == 1
