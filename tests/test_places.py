"""Where in a document an expression may match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slalint import sources
from slalint.model import SourceFile
from slalint.patterns import Sieve, lazy
from slalint.sources.markdown import blocks
from slalint.terms import definitions, undefined, uses
from slalint.terms.places import Places
from slalint.text import Document
from slalint.words.pieces import Pattern, Pieces

EXAMPLES = sorted(Path("examples").glob("*/*.md"))
LISTS: list[Pieces] = [one.of("en") for one in (definitions._Words, undefined._Words, uses.Words)]


def _read(text: str) -> Document:
    return blocks.parse(SourceFile("a.md", text))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_match_is_missed(path: Path) -> None:
    document = _read(path.read_text())
    places = Places(document.passages, document.sieve)
    left_out = 0
    for words in LISTS:
        for name in [name for name, piece in vars(type(words)).items() if isinstance(piece, Pattern)]:
            pattern = getattr(words, name)
            matching = {i for i, passage in enumerate(document.passages) if pattern.search(passage.text)}
            assert matching <= set(places.of(pattern)), name
            left_out += len(document.passages) - len(places.of(pattern))
    assert left_out > len(document.passages)


def test_places_of_pieces_and_matches() -> None:
    document = _read("# Fees\n\nNo FEE is due.\n\n- fee: 5 EUR\n\nOffice days.\n\nOffice.\n")
    places = Places(document.passages)
    assert places.holding("fee") == {0, 1, 2}
    assert places.holding("office", ":") == {2, 3, 4}
    assert places.matching(lazy(r"\d [A-Z]")) == {2}
    assert set(places.of(lazy(r"(?i)office\s+(?:days?|weeks?)"))) == {3}  # both of its words
    assert [passage.text for passage in places.passages(lazy("Office"))] == ["Office days.", "Office."]
    assert set(places.of(re.compile("Office"))) == set(range(5))  # what gives no clue may stand anywhere


def test_a_sieve_spares_the_look() -> None:
    document = _read("An office.\n")
    assert not Places(document.passages, Sieve("something else")).of(lazy("office"))


def test_what_data_in_prose_write_with_escapes_is_not_missed() -> None:
    data = '  kind: ServiceLevelAgreement\n  policies: {renewal: "It re\\u006eews \\u2013 yearly."}\n'
    text = f"---\nagreement:\n{data}---\n# Mail\n"
    source, _ = sources.find("a.md", text.encode())
    assert source is not None
    (agreement,) = source.read(SourceFile("a.md", text)).agreements
    for pattern in (lazy("renews"), lazy("– year")):
        assert [passage.text for passage in agreement.places.passages(pattern)] == ["It renews – yearly."]
