"""The configuration: what it may say, what is said about what it may not, and which file holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from slalint.cli import main
from slalint.config import Config, ConfigError, Override, parse, read, verify_names
from slalint.disk import settings
from slalint.model import Node, SourceFile

KNOWN = {"missing-version": "documents", "missing-window": "metrics"}


def config(text: str) -> Config:
    return parse(SourceFile("slalint.yaml", text))[0]


def root(text: str) -> Node:
    found = read(SourceFile("slalint.yaml", text))
    assert found is not None
    return found


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
requiredVersion: ">=0.1"
extends: strict
options: {undefined-acronym: {known: [NOC]}}
overrides:
  - {paths: old/, select: [metrics], ignore: [a], severity: {b: off, c: info}, minConfidence: high, timeZone: UTC}
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
        options={"undefined-acronym": {"known": ["NOC"]}},
        overrides=(Override(("old/",), "", ("metrics",), ("a", "b"), {"c": "info"}, "high", "UTC"),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "---\n",
        "{}",
        "exclude:\nseverity:\nprofile:\ntimeZone:\n",
        "exclude:\n  -\noverrides: [~]\nsuppressions: [~]\nselect: [~]\n",
    ],
)
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
        ('requiredVersion: ">=99"\nlater: yes\n', "1:18", "and the configuration is for >=99"),
        ("requiredVersion: latest\n", "1:18", "names no versions"),
        ("required-version: latest\n", "1:1", "Did you mean “requiredVersion”?"),
        ("overrides: [{paths: a}]\n", "1:13", "at least 2 fields"),
        ("overrides: [{paths: a, timeZone: Mars}]\n", "1:34", 'no time zone is called "Mars"'),
        ("options: {undefined-acronym: [NOC]}\n", "1:11", "must be a block of fields"),
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
    (wrong,) = map(str, verify_names([root(text)], KNOWN))
    assert wrong.startswith(f"slalint.yaml:{place}: no rule or category") and f"Did you mean {meant}?" in wrong


def test_rules_that_exist() -> None:
    assert not verify_names([root("select: [all]\nignore: [metrics]\nseverity: {missing-version: off}\n")], KNOWN)
    assert not verify_names([], KNOWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignore: [missing-window]\n", "1:10: missing-window is locked, so it cannot be left out"),
        ("ignore: [metrics]\n", "1:10: missing-window is locked, so it cannot be left out"),
        ("severity: {all: off}\n", "1:12: missing-window is locked, so it cannot be left out"),
        ("overrides:\n  - {paths: a/, severity: {metrics: off}}\n", "2:28: missing-window is locked, so it cannot"),
        ("suppressions:\n  - {rule: missing-window, path: a, reason: b}\n", "2:12: missing-window is locked; take"),
        ("severity: {missing-window: info}\nignore: [missing-version]\n", ""),
    ],
)
def test_what_is_locked_further_up_stays(text: str, said: str) -> None:
    wrong = [str(one) for one in verify_names([root("locked: [missing-window]\n"), root(text)], KNOWN)]
    assert len(wrong) == bool(said) and all(one.startswith(f"slalint.yaml:{said}") for one in wrong), wrong


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


# ---- what extends what


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of agreements in a company that has wishes of its own, in a file above and in a package."""
    package, info = tmp_path / "lib" / "acme", tmp_path / "lib" / "acme-1.dist-info"
    for folder in (package, info, tmp_path / "company" / "policy", tmp_path / "company" / "team"):
        folder.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[slalint.rules]\nacme-terms = acme\n")
    (package / "slalint.yaml").write_text("failOn: info\nlocked: [unnamed-manager]\n")
    (tmp_path / "company" / "base.yaml").write_text(
        "extends: [basic, acme-terms]\nexclude: [old/]\nignore: [metrics, missing-review]\nrules: [policy]\n"
        "severity: {missing-version: off, placeholder: info}\nbaseline: known.json\n"
    )
    monkeypatch.chdir(tmp_path / "company" / "team")
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    return tmp_path / "company" / "team"


def test_a_configuration_builds_on_others(project: Path) -> None:
    (project / "slalint.yaml").write_text(
        "extends: ../base.yaml\nexclude: [drafts/]\nseverity: {missing-review: error}\nselect: [missing-version, all]\n"
    )
    found, own = settings.read("slalint.yaml")
    assert own is not None and found == Config(
        path="slalint.yaml",
        exclude=("old/", "drafts/"),
        select=("missing-version", "all"),
        ignore=("metrics",),
        severity={"placeholder": "info", "missing-review": "error"},
        rules=("../policy",),
        profile="basic",
        fail_on="info",
        locked=("unnamed-manager",),
        baseline=str(project.parent / "known.json"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: strickt\n", "slalint.yaml:1:10: no profile or installed package is called"),
        ("extends:\n  - strict\n  - ./gone.yaml\n", "slalint.yaml:3:5: there is no file gone.yaml to extend"),
        ("extends: round.yaml\n", "round.yaml:1:10: slalint.yaml extends this file already"),
        ("extends: wrong.yaml\n", "wrong.yaml:1:1: “fail-on” is not a field of the configuration."),
        ("extends: acme-bare\n", "slalint.yaml:1:10: the package acme-bare brings no slalint.yaml"),
    ],
)
def test_what_cannot_be_extended(project: Path, text: str, said: str) -> None:
    (project / "round.yaml").write_text("extends: slalint.yaml\n")
    (project / "wrong.yaml").write_text("fail-on: error\n")
    points = project.parent.parent / "lib" / "acme-1.dist-info" / "entry_points.txt"
    points.write_text(points.read_text() + "acme-bare = json\n")
    (project / "slalint.yaml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        settings.read("slalint.yaml")
    assert str(caught.value).startswith(said), caught.value


BAD = "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n"
FILES = ("a.sla.yaml", "old/b.sla.yaml", "old/kept/c.sla.yaml", "other.sla.yaml")
OVERRIDES = """\
select: [unnamed-manager, missing-version]
overrides:
  - paths: old/
    ignore: [missing-version]
    severity: {unnamed-manager: info}
  - paths: [old/kept/, other.sla.yaml]
    select: [missing-version, missing-review]
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            (),
            {
                "a.sla.yaml": {"unnamed-manager": "error", "missing-version": "warning"},
                "old/b.sla.yaml": {"unnamed-manager": "info"},
                "old/kept/c.sla.yaml": {"missing-version": "warning", "missing-review": "error"},
                "other.sla.yaml": {"missing-version": "warning", "missing-review": "error"},
            },
        ),
        (
            ("--select", "missing-version"),
            {name: {"missing-version": "warning"} for name in FILES},
        ),
        (
            ("--ignore", "missing-version"),
            {
                "a.sla.yaml": {"unnamed-manager": "error"},
                "old/b.sla.yaml": {"unnamed-manager": "info"},
                "old/kept/c.sla.yaml": {"missing-review": "error"},
                "other.sla.yaml": {"missing-review": "error"},
            },
        ),
    ],
)
def test_overrides_hold_for_their_files(
    arguments: tuple[str, ...],
    expected: dict[str, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old" / "kept").mkdir(parents=True)
    (tmp_path / "slalint.yaml").write_text(OVERRIDES)
    for name in expected:
        (tmp_path / name).write_text(BAD)
    for _ in ("fresh", "from the cache"):
        main(["check", "--output", "json", *arguments])
        found: dict[str, dict[str, str]] = {}
        for one in json.loads(capsys.readouterr().out)["findings"]:
            found.setdefault(one["path"], {})[one["rule"]] = one["severity"]
        assert found == expected


PROSE = """\
# Service level agreement for the booking portal

“Provider” means Orrin Rooms AS. “Guest” means anyone who books a room. “Portal” means the booking pages.

The Provider keeps the Portal open to each Guest. The Provider promptly calls the KSC for the Guest.

The Provider pays the Outage Refund to each Guest who asks for it. No Outage Refund exceeds 50 EUR.
"""
ENDS = BAD + "term: {effectiveDate: 2024-01-01, expiryDate: 2026-12-31}\n"


@pytest.mark.parametrize(
    ("rule", "text", "options", "found"),
    [
        ("undefined-acronym", PROSE, "known: [KSC]", (1, 0)),
        ("undefined-term", PROSE, "known: [outage refund]", (1, 0)),
        ("vague-obligation", PROSE, "allowed: [Promptly]", (1, 0)),
        ("expiring-soon", ENDS, "days: 40", (0, 1)),
        ("expiring-soon", ENDS, "days: 30", (0, 0)),
    ],
)
def test_options_of_rules(
    rule: str,
    text: str,
    options: str,
    found: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ("sla.md" if text is PROSE else "a.sla.yaml")).write_text(text)
    for expected, said in zip(found, ("", f"options:\n  {rule}: {{{options}}}\n"), strict=True):
        (tmp_path / "slalint.yaml").write_text(said)
        main(["check", "--output", "json", "--select", rule, "--as-of", "2026-11-23"])
        assert len(json.loads(capsys.readouterr().out)["findings"]) == expected
    main(["explain", rule])
    assert f"{options.partition(':')[0]}: " in capsys.readouterr().out


def test_suppressions_of_what_is_extended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They hold, and whether they are of use is told where they are written."""
    (project.parent / "base.yaml").write_text(
        "# a longer file than the one that extends it\nselect: [missing-version, unused-suppression]\nsuppressions:\n"
        "  - {rule: missing-version, path: a.sla.yaml, reason: It is the first.}\n"
        "  - {rule: missing-version, path: gone.sla.yaml, reason: It was the first.}\n"
    )
    (project / "slalint.yaml").write_text("extends: ../base.yaml\n")
    for name in "ab":
        (project / f"{name}.sla.yaml").write_text(BAD)
    assert main(["check", "--output", "concise", "."]) == 0
    ran = capsys.readouterr()
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == [
        "b.sla.yaml"
    ] and "1 finding suppressed" in ran.err


# ---- slalint config


def test_show_says_what_holds_and_where_it_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "slalint.yaml").write_text(
        "extends: ../base.yaml\nagreements: ['*.md', \"a b\"]\noptions: {x: {y: 1}}\n"
    )
    assert main(["config", "show", "--origin"]) == 0
    told = [re.sub(" +", " ", line) for line in capsys.readouterr().out.splitlines()]
    assert told == [
        "options:",
        ' x: {"y": 1} # slalint.yaml:3:11',
        "agreements:",
        ' - "*.md" # slalint.yaml:2:14',
        ' - "a b" # slalint.yaml:2:22',
        "exclude:",
        " - old/ # ../base.yaml:2:11",
        "ignore:",
        " - metrics # ../base.yaml:3:10",
        " - missing-review # ../base.yaml:3:19",
        "severity:",
        " missing-version: off # ../base.yaml:5:29",
        " placeholder: info # ../base.yaml:5:47",
        "rules:",
        ' - "../policy" # ../base.yaml:4:9',
        "profile: basic # ../base.yaml:1:11",
        "minConfidence: medium # default",
        f"failOn: info # {project.parent.parent}/lib/acme/slalint.yaml:1:9",
        "locked:",
        f" - unnamed-manager # {project.parent.parent}/lib/acme/slalint.yaml:2:10",
        'baseline: "../known.json" # ../base.yaml:6:11',
    ]
    assert main(["config", "show"]) == 0
    assert parse(SourceFile("slalint.yaml", capsys.readouterr().out))[0].exclude == ("old/",)


def test_verify_says_all_that_is_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "slalint.yaml").write_text("select: [metrics]\n")
    assert main(["config", "verify"]) == 0 and capsys.readouterr().out == "slalint.yaml: nothing to mend\n"
    (project / "slalint.yaml").write_text(
        "extends: acme-terms\nglossaries: [gone.md]\nbaseline: gone.json\nselect: [metrisc]\n"
        "overrides: [{paths: a, ignore: [unnamed-manager]}]\n"
        "options:\n  metrics: {}\n  undefined-acronym: {known: NOC}\n  undefined-term: {knows: [a]}\n"
    )
    assert main(["config", "verify"]) == 2
    starts = (
        "slalint.yaml:2:14: the glossary gone.md cannot be read",
        "slalint.yaml:3:11: there is no file gone.json",
        "slalint.yaml:4:10: no rule or category is called",
        "slalint.yaml:5:33: unnamed-manager is locked",
        "slalint.yaml:7:3: no rule with options is called",
        "slalint.yaml:8:30: “known” must be a list",
        "slalint.yaml:9:20: “knows” is not a field",
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(starts) and all(map(str.startswith, lines, starts)), lines
    assert main(["check"]) == 2 and capsys.readouterr().err.splitlines() == [f"slalint: {line}" for line in lines]
    (project / "slalint.yaml").write_text("overrides: [{path: a}]\nseverity: {no-rule: info}\n")
    assert main(["config", "verify"]) == 2
    first, second = capsys.readouterr().out.splitlines()
    assert "Did you mean “paths”?" in first and "no-rule" in second and "Did you mean" not in second
    (project / "slalint.yaml").write_text("rules: [bad, gone]\nlanguages: [gone]\n")
    (project / "bad").mkdir()
    for name in "ab":
        (project / "bad" / f"{name}.yaml").write_text("summary: short\n")
    assert main(["config", "verify"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [f"slalint.yaml:{place}: there is no folder gone" for place in ("1:14", "2:13")]
    assert {line.partition(":")[0] for line in lines[2:]} == {"bad/a.yaml", "bad/b.yaml"}
    (project / "slalint.yaml").write_text(
        "profile: lax\nexclude: old/\nselect: [metrisc]\nrules: {a: b}\noverrides: [3, {ignore: x}]\nseverity: 3\n"
        "suppressions: [{reason: a}, 3]\nlocked: [missing-nothing]\nbaseline: [a]\noptions: [a]\nextends: strict\n"
    )
    assert main(["config", "verify"]) == 2
    lines = [line.split(":")[1] for line in capsys.readouterr().out.splitlines()]
    assert sorted(set(map(int, lines))) == list(range(1, 11)), lines
    (project / "slalint.yaml").unlink()
    assert main(["config", "verify"]) == 0 and "the defaults hold" in capsys.readouterr().err
