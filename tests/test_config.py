"""The configuration: what it may say, what is said about what it may not, and which file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalint.cli import main
from slalint.config import Config, ConfigError, parse, verify_names
from slalint.disk import settings
from slalint.model import SourceFile


def config(text: str) -> Config:
    return parse(SourceFile("slalint.yaml", text))[0]


def test_everything_it_can_say() -> None:
    assert config(
        """
# yaml-language-server: $schema=config.schema.json
agreements: ["contracts/**/*.md"]
exclude: [archive/]
templates: [templates/*.md]
select: [policies, placeholder]
ignore: [missing-baseline]
severity: {missing-escalation: error, wording: info, missing-goals: off}
rules: [policy/]
languages: [languages/]
glossaries: [words/glossary.md]
timeZone: Europe/Lisbon
profile: strict
minConfidence: low
failOn: warning
"""
    ) == Config(
        path="slalint.yaml",
        agreements=("contracts/**/*.md",),
        exclude=("archive/",),
        select=("policies", "placeholder"),
        ignore=("missing-baseline", "missing-goals"),
        severity={"missing-escalation": "error", "wording": "info"},
        rules=("policy/",),
        languages=("languages/",),
        time_zone="Europe/Lisbon",
        profile="strict",
        min_confidence="low",
        fail_on="warning",
        templates=("templates/*.md",),
        glossaries=("words/glossary.md",),
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}", "exclude:\nseverity:\nprofile:\ntimeZone:\n"])
def test_a_configuration_may_say_nothing(text: str) -> None:
    assert config(text) == Config(path="slalint.yaml")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("exclude: [a]\nagreement: [b]\n", "2:1", "Did you mean “agreements”?"),
        ("profile: recomended\n", "1:10", "Did you mean “recommended”?"),
        ("severity:\n  missing-review: fatal\n", "2:19", "error, warning, info or off"),
        ("exclude: archive/\n", "1:10", "must be a list"),
        ("exclude: [1]\n", "1:11", "must be text"),
        ("ignore: [a, a]\n", "1:1", "names something twice"),
        ("timeZone: Lisbon/Europe\n", "1:11", 'no time zone is called "Lisbon/Europe"'),
        ("timeZone: ../../etc/passwd\n", "1:11", "no time zone"),
        ("- exclude\n", "1:1", "must be a block of fields"),
        ("profile: [strict\n", "1:10", "not closed"),
        ("profile: basic\n---\nprofile: strict\n", "3:1", "one document"),
        ("profile: basic\nprofile: strict\n", "2:1", "twice"),
    ],
)
def test_what_it_may_not_say(text: str, place: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config(text)
    told = str(caught.value)
    assert told.startswith(f"slalint.yaml:{place}: ") and said in told and "\n" not in told, told


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("select: [all, missing-verison]\n", "1:15", "missing-version"),
        ("ignore:\n  - metrcs\n", "2:5", "metrics"),
        ("severity:\n  metrics: info\n  missing-verison: off\n", "3:3", "missing-version"),
    ],
)
def test_a_rule_that_does_not_exist(text: str, place: str, meant: str) -> None:
    with pytest.raises(ConfigError, match="no rule or category") as caught:
        verify_names(parse(SourceFile("slalint.yaml", text))[1], ["missing-version", "metrics"])
    assert str(caught.value).startswith(f"slalint.yaml:{place}: ") and f"Did you mean {meant}?" in str(caught.value)


def test_rules_that_exist() -> None:
    root = parse(SourceFile("slalint.yaml", "select: [all]\nignore: [metrics]\nseverity: {missing-version: off}\n"))[1]
    verify_names(root, ["missing-version", "metrics"])
    verify_names(None, [])


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert settings.find(str(inner)) is None
    (tmp_path / ".slalint.yaml").write_text("")
    assert settings.find(str(inner)) == str(tmp_path / ".slalint.yaml")
    (tmp_path / "a" / "slalint.yaml").write_text("")
    assert settings.find(str(inner)) == str(tmp_path / "a" / "slalint.yaml")
    (inner / ".git").mkdir()
    assert settings.find(str(inner)) is None, "a configuration outside the repository does not hold in it"
    (tmp_path / "slalint.yaml").write_text("")
    with pytest.raises(ConfigError, match="keep one of the two"):
        settings.find(str(tmp_path))


def test_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sub" / "slalint.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfrules: [policy]\r\nexclude: [x]\r\n")
    found, root = settings.read(str(path))
    assert found.rules == (str(tmp_path / "sub" / "policy"),) and found.exclude == ("x",) and root is not None
    assert found.path == "sub/slalint.yaml"
    for data in (b"\xff\xfea\x00", b"profile: \xff", b"a: \x00"):
        path.write_bytes(data)
        with pytest.raises(ConfigError, match=r"sub/slalint\.yaml"):
            settings.read(str(path))
    with pytest.raises(ConfigError, match="cannot be read: no such file"):
        settings.read("gone.yaml")


def test_everything_it_may_not_say_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        config("profile: lax\nfailOn: always\nselekt: [a]\n")
    assert [line.split(":")[1] for line in str(caught.value).split("\n")] == ["1", "2", "3"]


def test_a_pattern_that_fits_nothing_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "slalint.yaml").write_text('agreements: ["contarcts/*.md", "*.md", "!draft.md"]\n')
    (tmp_path / "a.md").write_text("# Note\n")
    monkeypatch.chdir(tmp_path)
    told = []
    for path in (".", "a.md"):
        main(["check", path])
        told.append([line for line in capsys.readouterr().err.splitlines() if "no file fits" in line])
    assert told == [["slalint.yaml: no file fits “contarcts/*.md” in agreements"], []]
