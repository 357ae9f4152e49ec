"""What is kept for later runs: expressions, word lists, rules."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from slalint import kept, patterns
from slalint.words.pieces import _ENTRY, Pieces

SOURCES = [
    (r"(?P<a>x)|(?P<b>y{2,3})(z)?", re.I),
    (r"(?<=[ab])\w+\b|(?!\d)[^\W\d_]+", 0),
    (rb"^[\x00-\x20]*(?:a|b)", re.M),
    (r"(?i)straße|[а-я]+(?-i:NN)", 0),
    (r"(?x) a  # a comment", 0),
]
TEXTS = ["xyyz ab YYYZ", "a1 bcd _x", "Straße nn NN я", "  a\nb", "a # b"]


def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_known", None), ("_used", {}), ("_is_new", False)):
        monkeypatch.setattr(kept, name, value)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "_place", lambda: str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    _anew(monkeypatch)
    return tmp_path / "kept"


def _found(pattern: re.Pattern, text: str) -> list:  # type: ignore[type-arg]
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    return [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in pattern.finditer(given)]


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_what_is_kept_finds_the_same(source: str, flags: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = patterns._compiled(source, int(flags))
    kept.save()
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
    kept.save()
    assert [key[1:] for key in marshal.loads(place.read_bytes())[1]] == [("a+", 0)]


def test_another_engine(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_sre", None)
    assert patterns._compiled("(a)+", 0).fullmatch("aa")
    with pytest.raises(re.error):
        patterns._compiled("(", 0)


def test_as_with_bytecode(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    patterns._compiled("a+", 0)
    kept.save()
    assert not place.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    kept.save()
    assert not list(place.parent.iterdir())


def test_a_run_keeps_what_it_compiled(tmp_path: Path) -> None:
    import os

    file = tmp_path / "mail.sla.yaml"
    file.write_text("kind: ServiceLevelAgreement\nmetrics: [{id: a, target: at least 99 %}]\n")
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", "slalint", "check", "--isolated", "--no-cache", str(file)]
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=False) for _ in range(2)]
    assert runs[0].returncode == 1 and runs[0].stdout == runs[1].stdout
    assert len(list((tmp_path / "kept").rglob("kept.*.data"))) == 1


def test_word_lists_and_rules_are_read_anew_when_they_change(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from slalint import resources, words
    from slalint.disk import rulebook

    folder = place.parent / "rules" / "own"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "folder", lambda _: str(place.parent / "rules"))
    text = "summary = 'One.'\nseverity = 'info'\ndef check(agreement):\n    return ()\n"
    for number, said in enumerate(("One.", "Two, and longer.")):
        (folder / "a.py").write_text(text.replace("One.", said))
        (folder / "b.yaml").write_text(f"summary: {said}\nseverity: info\nmissing: review\nmessage: m\n")
        for _ in range(2):
            assert [rule.summary for rule in rulebook.bundled()] == [said] * 2
            kept.save()
            _anew(monkeypatch)
        (place.parent / "xx.yaml").write_text(f"a: [{number}]\n" + " " * number)
        monkeypatch.setattr(resources, "languages", lambda: {"en": str(place.parent)})
        assert words._read("en", "xx.yaml") == words._read("en", "xx.yaml") == {"a": [number]}


def test_what_is_not_plain_is_not_kept(place: Path) -> None:
    kept.put(("a",), object())
    kept.save()
    assert kept.get(("a",)) is None and not place.exists()


@pytest.mark.parametrize(
    ("source", "clues"),
    [
        (r"(?i)\b(?:shall|must)\s+notify\b", {"notif"}),
        (r"(?i)\bagrees?\s+to|is bound", {"agree", "bound"}),
        (r"\d+(?: hours?| [Dd]ays)", {"hour", "days"}),
        (r"(?:99|95)\s*%", {"%"}),
        (r"(?:§|part)\s*\d|\d [–-] \d", {"§", "part", "–", "-"}),
        (r"x*(?=until)foo", {"foo"}),
        (r"ſtraße KELVIN", {"kelvi"}),
        (r"a|within", set()),
        (r"(?:notice)?\d", set()),
        (rb"notice", set()),
    ],
)
def test_clues(source: str, clues: set[str]) -> None:
    assert set(next(iter(patterns.lazy(source).needs), ())) == clues  # type: ignore[attr-defined]


def test_needs_are_all_sets_of_clues() -> None:
    pattern = patterns.lazy(r"(?i)\((?:office|work\w*)\s+(?:days?|daily|weeks?)")
    assert pattern.needs == ({"work", "offic"}, {"day", "daily", "week"}, {"("})  # type: ignore[attr-defined]
    for text, may in (("(office days", True), ("office days", False), ("(office)", False), ("(days)", False)):
        assert patterns.Sieve(text).may_hold(pattern) is may
        assert patterns.may_match(pattern, text) is may


@pytest.mark.parametrize("sign", sorted(patterns._SIGNS))
def test_a_sign_that_is_no_ascii_is_a_clue(sign: str) -> None:
    pattern = patterns.lazy(rf"{sign}\s*\d")
    assert pattern.needs == ({sign},)  # type: ignore[attr-defined]
    assert patterns.Sieve(f"a {sign} 4").may_hold(pattern)
    assert not patterns.Sieve("a – 4" if sign != "–" else "a 4").may_hold(pattern)


@cache
def _all_patterns() -> list[re.Pattern[str]]:
    texts = [path.read_text() for path in Path("slalint/words/en/patterns").glob("*.txt")]
    found = []
    for text in texts:
        pieces = Pieces.__new__(Pieces)
        pieces._entries = dict(_ENTRY.findall(text))
        for name in pieces._entries:
            with suppress(re.error):
                found.append(patterns.lazy(pieces.pattern(name)))
                found[-1].needs  # type: ignore[attr-defined]  # noqa: B018
    return found


def test_a_sieve_lets_through_whatever_matches() -> None:
    all_ = _all_patterns()
    texts = [path.read_text() for path in sorted(Path("examples").glob("*/*.md"))]
    kept_out = 0
    for text in (*texts, *(text.upper() for text in texts[:3]), *TEXTS, "Kelvin İS ſHALL ıf"):
        sieve = patterns.Sieve(text)
        for pattern in all_:
            if not sieve.may_hold(pattern):
                kept_out += 1
                assert pattern.search(text) is None, (pattern._source, text)  # type: ignore[attr-defined]
    assert kept_out > len(texts) * len(all_) / 5


@given(strategies.data())
@settings(max_examples=60, deadline=None)
def test_what_an_expression_matches_passes_the_sieve(data: strategies.DataObject) -> None:
    pattern = data.draw(strategies.sampled_from(_all_patterns()))
    compiled = re.compile(pattern._source)  # type: ignore[attr-defined]
    text = data.draw(strategies.from_regex(compiled))
    assert patterns.Sieve(text).may_hold(pattern)


@pytest.mark.parametrize(
    ("sources", "found", "cleared"),
    [
        (["ab", "(?i)cd", r"^e|f$"], ["xab", "CD", "e", "of"], ["AB", "xex"]),
        ([r"(?s)a.b"], ["a\nb"], ["ab"]),
        ([r"(a)\1", "b"], ["aa", "b", "c"], []),  # what cannot be joined clears nothing
        ([r"(?P<of>a)"], ["b"], []),
        ([], [], ["", "a"]),
    ],
)
def test_several_expressions_are_looked_for_as_one(sources: list[str], found: list[str], cleared: list[str]) -> None:
    joined = patterns.either(list(map(patterns.lazy, sources)))
    assert all(map(joined.search, found)) and not any(map(joined.search, cleared))
    assert patterns.either([patterns.lazy("ab", re.I)]).search("AB")
