"""Bytes into text, or a refusal that names the place and says what to do."""

from __future__ import annotations

import pytest

from slalint.model import Span
from slalint.sources import _decode, decode


@pytest.mark.parametrize(
    ("data", "text", "bom"),
    [
        (b"a: 1\r\n", "a: 1\r\n", False),
        (b"\xef\xbb\xbfa: \xc3\xa9", "a: é", True),
        (b"", "", False),
        ("a: \U0001f600".encode(), "a: \U0001f600", False),
    ],
)
def test_text(data: bytes, text: str, bom: bool) -> None:
    file, refusal = decode("a.yaml", data)
    assert (file.text, file.bom, refusal) == (text, bom, None)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"a: b\nc: caf\xe9\n", (2, 7), "byte (0xE9) that is not UTF-8 text; in Windows-1252 it would be “é”"),
        (b"\xef\xbb\xbfa: \xc3\xa9\xff\n", (1, 5), "byte (0xFF)"),
        (b"a: b\nc: \x00d\n", (2, 4), "NUL"),
        ("a: b".encode("utf-16"), (1, 1), "saved as UTF-16"),
        ("kind: SLA".encode("utf-16-le"), (1, 1), "saved as UTF-16"),
        ("kind: SLA".encode("utf-16-be"), (1, 1), "saved as UTF-16"),
        ("a: b".encode("utf-32"), (1, 1), "saved as UTF-32"),
        ("kind".encode("utf-32-be"), (1, 1), "saved as UTF-32"),
    ],
)
def test_refused(data: bytes, place: tuple[int, int], words: str) -> None:
    file, refusal = decode("a.yaml", data)
    assert refusal is not None
    assert refusal.rule == "syntax"
    assert words in refusal.message
    assert refusal.why
    assert refusal.hint
    assert isinstance(refusal.at, Span)
    assert refusal.at[2:] == place
    assert file.position(refusal.at.start) == place


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_decode, "MAX_BYTES", 2_000_000)
    file, refusal = decode("a.yaml", b"a: " + b"x" * 2_000_000)
    assert refusal is not None
    assert refusal.message == "This file has 2 MB; files of up to 2 MB are read."
    assert file.text == ""
