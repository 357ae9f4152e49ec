"""Phrases as an expression over letters find what phrases find word by word."""

import random

import pytest

from slalint.words.letters import Letters
from slalint.words.phrases import Phrases, words

GROUPS = {"time": ["day", "days", "month~"], "side": ["both", "either"]}
PHRASES = [
    ["@number .. @time .. notice|before"],
    ["notif~ ... @number @time", "notice|notif of? .. @time"],
    ["the? .. agreement", "the? this? .. @side"],
    ["^ agreement $", "agreement .. ends $"],
    ["^ the? @side ... agree~", "a|the month~"],
    ["@side agree|agrees", "agree .. @time $", "notif~|notice"],
]
WORDS = (
    "30 ninety day days month monthly the this both either agreement agree agrees notice notif notified ends before of"
)
SIGNS = (" ", " ", " ", "\n", ", ", "-", " (", "; ", "’s ")


@pytest.mark.parametrize("phrases", PHRASES, ids=str)
def test_the_first_phrase_is_the_one_that_is_found_word_by_word(phrases: list[str]) -> None:
    known = Phrases(GROUPS)
    known.add("all", phrases)
    letters, chance, met = Letters(known), random.Random(7), 0
    for _ in range(3_000):
        text = "".join([word + chance.choice(SIGNS) for word in chance.choices(WORDS.split(), k=chance.randint(0, 12))])
        hits, found = list(known.find(words(text))), letters.first(text)
        assert bool(hits) == bool(found) == letters.hold(text)
        if found:
            met += 1
            start, end = found[0][1], found[-1][2]
            assert start == hits[0].start and end in [hit.end for hit in hits if hit.start == start]
            assert [*found] == [word for word in words(text) if start <= word.start < end]
    assert met > 20


def test_no_phrases_and_no_words() -> None:
    known = Phrases()
    assert not Letters(known).first("agreement")
    known.add("all", ["agreement"])
    assert not Letters(known).first("")
    assert Letters(known).hold("The agreement's end.")
