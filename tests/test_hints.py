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
        assert len(one.dull) <= hints._MOST
    assert not one.among(frozenset(map(str, range(2 * hints._MOST))))
    assert len(one.dull) <= hints._MOST


def test_what_is_dull_to_one_is_looked_at_by_another() -> None:
    of_a, of_b = Hints(lambda text: "a" in text, "xy"), Hints(lambda text: "b" in text, "xy")
    for _ in range(3):
        for said, found in (
            ("c d", (False, False)),
            ("c a", (True, False)),
            ("d b", (False, True)),
            ("e", (False,) * 2),
        ):
            words = frozenset(said.split())
            assert (of_a.among(words), of_b.among(words)) == found
    late = Hints(lambda text: "c" in text, "xy")
    assert late.among(frozenset("cd")) and not of_a.among(frozenset("cd"))
    other = Hints(lambda text: "d" in text, "zz")
    assert other.among(frozenset("cd"))
