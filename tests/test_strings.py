"""The strings of the data form: what is said, what is a code, of which block, and where."""

import pytest

from slalint import sources
from slalint.agreement import Agreement

TEXT = """\
kind: ServiceLevelAgreement
metadata: {id: mail, title: Mail, summary: About mail, linux-hosts: Two of them}
services:
  - {id: mail, description: Sends mail, hours: Mon-Fri 09:00-17:00}
metrics:
  - {id: up, description: It answers, exclusions: [planned-work], notes: [Counted daily]}
exclusions: [Planned work]
labels: {team: Our own, more: {deep: Below}}
"""
SAID = ["About mail", "Two of them", "Sends mail", "It answers", "Counted daily", "Planned work"]


def read(text: str) -> Agreement:
    file, _ = sources.decode("a.sla.yaml", text.encode())
    source, _ = sources.find("a.sla.yaml", text.encode())
    assert source is not None
    return source.read(file, force=True).agreements[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", []),
        ("x-own: {note: Ours alone, list: [Too]}\n", []),
        ("notes: {x-own: Ours, other: For all}\n", ["For all"]),
    ],
)
def test_what_is_said_and_where(more: str, said: list[str]) -> None:
    agreement = read(TEXT + more)
    assert [passage.text for passage in agreement.passages] == SAID + said
    assert [passage.node.text for passage in agreement.passages] == SAID + said
    assert agreement.wording.split("\0") == SAID + said
    every = sorted(node.text for node in agreement.root.strings())
    assert sorted(text for below in agreement.strings.values() for text in below) == every


def test_strings_of_one_block_and_of_all_others() -> None:
    agreement = read(TEXT)
    assert agreement.strings["metrics"] == ["It answers", "Counted daily", "up", "planned-work"]
    assert agreement.strings["labels"] == ["Our own", "Below"] and agreement.strings.get("term", ()) == ()
    assert [*agreement.strings] == [*agreement.root.data] and len(agreement.strings) == 6
    for block in (*agreement.strings, "term"):
        others = [text for key, below in agreement.strings.items() if key != block for text in below]
        assert sorted(agreement.strings_outside(block)) == sorted(others)
