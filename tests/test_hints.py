"""What is remembered of words in which there was nothing."""

from __future__ import annotations

from slalint.words import hints
from slalint.words.hints import Hints


def test_words_without_anything_are_looked_at_once() -> None:
    asked: list[str] = []
    one = Hints(lambda text: asked.append(text) or " am" in text)  # type: ignore[func-returns-value]
    assert not one.among(frozenset(("mail", "team"))) and not one.among(frozenset(("team",)))
    assert asked in ([" mail team "], [" team mail "])
    assert one.among(frozenset(("amply", "mail"))) and one.among(frozenset(("amply", "mail")))
    assert asked[1:] == [" amply ", " amply "]


def test_what_is_remembered_has_an_end() -> None:
    one = Hints(lambda text: False)
    for number in range(3 * hints._MOST):
        assert not one.among(frozenset((f"word{number}",)))
        assert len(one._dull) <= hints._MOST
    assert not one.among(frozenset(map(str, range(2 * hints._MOST))))
    assert len(one._dull) <= hints._MOST
