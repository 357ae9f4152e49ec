"""The public API: bytes in, plain findings out."""

from __future__ import annotations

import pickle

import pytest

import slalint
from slalint import Config, lint_bytes

TEXT = b"kind: ServiceLevelAgreement\nmetadata: {title: Mail, status: active}\nterm: {expiryDate: 2026-06-30}\n"


def test_findings_are_plain_and_the_same_each_time() -> None:
    found = lint_bytes("mail.sla.yaml", TEXT, as_of="2026-01-01")
    assert found.file.status == "checked" and {f.rule for f in found.findings} >= {"missing-review", "unnamed-manager"}
    assert pickle.loads(pickle.dumps(found)).findings == found.findings
    assert lint_bytes("mail.sla.yaml", TEXT, as_of="2026-01-01").findings == found.findings


def test_the_wishes_and_the_day_count() -> None:
    only = Config(select=("expired-agreement",))
    assert not lint_bytes("mail.sla.yaml", TEXT, only, "2026-01-01").findings
    assert [f.rule for f in lint_bytes("mail.sla.yaml", TEXT, only, "2026-07-01").findings] == ["expired-agreement"]
    assert not lint_bytes("mail.sla.yaml", TEXT, only).findings  # no day, no opinion
    assert not lint_bytes("mail.sla.yaml", TEXT, rules=[]).findings


@pytest.mark.parametrize("uri", ["file:///home/me/my%20mail.sla.yaml", "/home/me/my mail.sla.yaml"])
def test_an_address_or_a_path(uri: str) -> None:
    assert lint_bytes(uri, TEXT).findings[0].path == "/home/me/my mail.sla.yaml"


def test_what_is_no_agreement_is_left_alone() -> None:
    assert lint_bytes("notes.md", b"# Notes\n").file.status == "skipped"
    assert lint_bytes("notes.md", b"# Notes\n", agreement=True).file.status == "checked"
    assert lint_bytes("a.sla.yaml", b"\xff\xfe\x00").findings[0].rule == "syntax"


def test_nothing_else_is_public() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = slalint.nothing
