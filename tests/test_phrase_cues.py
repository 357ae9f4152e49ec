"""What the words of a text tell of the lists of phrases that may be found in it: never too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalint import kept
from slalint.sources.markdown import elements
from slalint.sources.markdown.phrase_cues import TextCues
from slalint.words.phrases import Phrases, words

EXAMPLES = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.parent.glob("examples/*/*.md")]
LINES = sorted({line for text in EXAMPLES for line in text.splitlines() if line.strip()})


def bits(phrase: str, *texts: str) -> list[bool]:
    phrases = Phrases({"often": ["monthly", "week~"]})
    phrases.add("a", [phrase])
    cues = TextCues("en")
    (bit,) = cues.add(phrases).values()
    return [bool(cues.told[text] & bit) for text in texts]


@pytest.mark.parametrize(
    ("phrase", "may", "may_not"),
    [
        ("review", ["Review.", "the review's end", "(review)"], ["reviewed", "a view"]),
        ("terminat~ .. agreement|sla", ["This SLA terminates", "agreement: termination"], ["terminates", "the SLA"]),
        ("@often the? meeting", ["Meeting, weekly", "monthly meeting"], ["the meeting", "monthly"]),
        ("@number days", ["30 days", "ten days"], ["days", "30"]),
    ],
)
def test_a_phrase_needs_two_of_its_words(phrase: str, may: list[str], may_not: list[str]) -> None:
    assert bits(phrase, *may, *may_not) == [True] * len(may) + [False] * len(may_not)


def test_a_list_that_comes_later_is_told_of_texts_seen_before() -> None:
    cues = TextCues("en")
    first, second = Phrases(), Phrases()
    first.add("a", ["uptime"])
    second.add("b", ["downtime"])
    known = cues.any_of(first)
    assert not cues.told["downtime"] & known
    later = cues.any_of(second)
    assert cues.told["downtime"] & later


def test_more_lists_than_bits_share_one() -> None:
    cues = TextCues("en")
    phrases = Phrases()
    said = [one + other for one in "abcdefghijklmno" for other in "abcdefghijklmno"]
    for word in said:
        phrases.add(word, [word])
    told = cues.add(phrases)
    assert all(cues.told[word] & told[word] for word in said)


def test_whatever_is_found_was_told() -> None:
    known = elements.words_of("en")
    hits = 0
    for line in LINES:
        for kind, phrases in known.says.items():
            for hit in phrases.find(words(line, "en")):
                assert known.told[line] & known.bits[kind][hit.tag], (line, hit)
                hits += 1
    assert hits > 300


def test_what_is_kept_of_a_list_depends_on_all_that_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered: dict[object, object] = {}
    monkeypatch.setattr(kept, "get", remembered.get)
    monkeypatch.setattr(kept, "put", remembered.__setitem__)
    for group in (["monthly"], ["weekly"]):
        for tag in ("a", "b"):
            for _ in range(2):  # the second time it is known
                phrases, cues = Phrases({"often": group, "other": ["x"]}), TextCues("en")
                phrases.add(tag, ["@often report", "sent"])
                bits = cues.add(phrases)
                assert list(bits) == [tag]
                assert [bool(cues.of(f"a {word} report") & bits[tag]) for word in ("monthly", "weekly", "x")] == [
                    group == ["monthly"],
                    group == ["weekly"],
                    False,
                ]
    assert len([key for key in remembered if isinstance(key, tuple) and key[0] == "cued phrases"]) == 4
