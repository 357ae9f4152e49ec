"""What the words of a text tell of the patterns that may match in it: never too little."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from slalint.patterns import lazy
from slalint.sources.markdown import cues, metrics_words, values
from slalint.sources.markdown.cues import Cued, Cues, Memory
from slalint.sources.markdown.stated_times import Words as Times
from slalint.words import languages, lists

EXAMPLES = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.parent.glob("examples/*/*.md")]
LINES = sorted({line for text in EXAMPLES for line in text.splitlines() if line.strip()})
FILES = ("categories", "headers", "values", "windows", "tracking", "context", "sides", "credits")


def cued(words: metrics_words.Words) -> Iterator[Cued]:
    for value in vars(words).values():
        for one in value.values() if isinstance(value, dict) else (value,):
            if isinstance(one, Cued):
                yield one


def phrases(said: object) -> Iterator[str]:
    """Every phrase of the lists of a language, with an ending where any may follow."""
    if isinstance(said, dict):
        for one in said.values():
            yield from phrases(one)
    elif isinstance(said, list):
        for one in said:
            yield str(one).replace("*", "ings")


def spelt(language: str) -> list[str]:
    """Phrases in ways in which they stand in texts."""
    found = [one for name in FILES for one in phrases(lists(language, "metrics").get(name, {}))]
    return [
        *found,
        *map(str.upper, found),
        *(f"**{one}**, " for one in found),
        *(one.replace(" ", "-").replace("s", "\u017f") for one in found),
        *(f"to {one}s or x{one}" for one in found),
    ]


@pytest.mark.parametrize("language", languages())
def test_a_pattern_is_found_wherever_it_matches(language: str) -> None:
    words = metrics_words.of(language)
    patterns = list(cued(words))
    assert len(patterns) > 50 or language != "en"
    for text in [*LINES, *spelt(language)]:
        for one in patterns:
            told, plain = one.search(text), one.pattern.search(text)
            assert (told and told.span()) == (plain and plain.span()), text


def mixed(language: str, seed: int) -> Iterator[str]:
    """Texts put together from what values and windows are made of."""
    known = lists(language, "metrics")
    pieces = [str(one) for name in ("values", "windows") for said in known.get(name, {}).values() for one in said]
    pieces += (
        "5 10 100 12,5 9.30 1 200 (2) $4k 3EUR [x] {{n}} <y> __ X NN / + - % per a each every in of over out".split()
    )
    chance = random.Random(seed)
    for _ in range(2500):
        size = chance.randrange(2, 7)
        yield "".join(chance.choice(pieces) + chance.choice(["", " ", " ", " ", "-", ", "]) for _ in range(size))


@pytest.mark.parametrize("language", languages())
def test_no_value_and_no_window_is_missed(language: str) -> None:
    words = metrics_words.of(language)
    for text in [*LINES, *mixed(language, 7)]:
        found = [match.group().strip() for match in words.values.finditer(text)]
        assert [text[one.start : one.end] for one in values.scan(text, words)] == found, text
        windows = [match.span() for match in words.window.pattern.finditer(text)]
        assert [match.span() for match in words.window.finditer(text)] == windows, text


@pytest.mark.parametrize("language", languages())
def test_no_hours_and_no_target_named_are_missed(language: str) -> None:
    words, times = metrics_words.of(language), Times.of(language)
    made = (
        "9 to 17 every day", "8 a.m. to 6 p. m.", "24 x 7", "365 x 24", "around the clock 1", "Mo.-Fri 8-17",
        "daily 8 h - 9 h", "7h30 to 8h15", "Monday 9-12", "24 hours a day",
    )  # fmt: skip
    for text in [*LINES, *made]:
        hours = [match.group() for match in times.hours.finditer(text)]
        told = words.cues.of(text)
        if any(times.colon.search(one) or times.named.search(one) for one in hours):
            assert told & words.clock, text
        if words.named_target.search(text):
            assert words.may_name_target(told), text


def test_a_phrase_needs_two_of_its_words() -> None:
    found = Cues()
    bit = found.phrases(["service desk tool*", "monitoring", "%"])
    told = [bool(found.of(text) & bit) for text in ("a service", "service desk tools", "Monitoring,", "9%", "tools")]
    assert told == [False, True, True, True, False]


def test_a_pattern_is_not_looked_for_without_its_clues() -> None:
    found = Cues()
    clued, any_text = found.clues(lazy(r"\bper\s?cent|%")), found.clues(lazy(r"\w\d"))
    told = [found.of(text) for text in ("Ten PERCENT", "9%", "a share")]
    assert [bool(bits & clued) for bits in told] == [True, True, False]
    assert all(bits & any_text for bits in told)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\bkısa\S{0,9}\b", "KISA süre"),
        (r"\bkısa\b", "kısa"),
        (r"İŞ (?P<Gün>günü)", "iş GÜNÜ"),
        (r"[Ä-Ü]bung|Größe", "ÜBUNG"),
        (r"\bstraße\W", "STRA\u1e9eE."),
        (r"PER\u00a0hour", "per\u00a0Hour"),
    ],
)
def test_a_pattern_in_small_letters_matches_what_it_did(source: str, text: str) -> None:
    assert re.search(source, text, re.I)
    assert cues.small(source).search(cues.SMALL[text])


def test_what_is_remembered_has_a_bound() -> None:
    memory = Memory(len)
    for size in range(1000, 3000):
        assert memory["x" * size] == size
    assert sum(map(len, memory)) <= cues._MOST
    known = Cues()
    known.of(" ".join(map(str, range(cues._WORDS + 10))))
    assert len(known.known) <= cues._WORDS


def test_too_many_lists_share_a_bit() -> None:
    known = Cues()
    bits = {word: known.phrases([word]) for word in (f"word{number}" for number in range(300))}
    assert all(known.of(f"some {word} here") & bit for word, bit in bits.items())
    assert max(bits.values()) <= cues.ALONE and not known.of("word1") & bits["word2"]


def test_every_word_has_the_bits_that_need_no_clue() -> None:
    known = Cues()
    first, second = known.clues(lazy(r"\w\w")), known.clues(lazy(r".."))
    sign, piece = known.within(["("]), known.within(["erv"])
    both = first | second
    assert [known.of(text) & (both | sign | piece) for text in ("ab", "(ab)", "serve", "x__serv")] == [
        both,
        both | sign,
        both | piece,
        both | piece,
    ]
