"""Glossaries: terms explained in a file of their own count as explained in every agreement, and in none but where they
hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from slalint import glossary
from slalint.cli import main
from slalint.config import Config, ConfigError
from slalint.disk import glossaries, settings
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.terms import GlossaryTerm

PROSE = """\
# Service level agreement for the booking portal

“Provider” means Orrin Rooms AS. “Charge” means the price of a night.

The Provider keeps the Portal open to each Guest, with less than 0.1 % downtime in a month.

The Provider answers each Guest within 4 business hours, waives the Charge, and changes the KSC each month.
"""
DATA = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Booking}
policies:
  application: The provider answers each letter within 4 business hours.
"""
TERMS = {"Portal", "Guest", "Downtime", "Business hours", "KSC"}
FORMS = {
    "words.md": """\
# Our words

## Portal

The pages on which rooms are booked.

## Downtime

Minutes in which the probe fails.

- **Business hours**: Mon-Fri 09:00-17:00 Europe/Lisbon
- **KSC**: the code that opens the key safe

| Term | Meaning |
|---|---|
| Guest | whoever books a room |
""",
    "words.yaml": """\
Portal: The pages on which rooms are booked.
Guest: {means: whoever books a room, aliases: [Visitor]}
Downtime: Minutes in which the probe fails.
Business hours: Mon-Fri 09:00-17:00 Europe/Lisbon
KSC: the code that opens the key safe
""",
    "words.json": json.dumps({"terms": [{"term": name, "definition": "told at length"} for name in sorted(TERMS)]}),
    "master.sla.yaml": "apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: All}\ndefinitions:\n"
    + "".join(f"  {name}: told at length\n" for name in sorted(TERMS)),
    "master-sla.md": "# Service level agreement for all\n\n## Definitions\n\n"
    + "".join(f"- **{name}**: told at length\n" for name in sorted(TERMS)),
}


def said(text: str, terms: tuple[GlossaryTerm, ...], name: str = "sla.md", linked: bool = False) -> set[str]:
    config = Config(select=("definitions",), glossary=() if linked else terms)
    one = Input(name, text.encode(), True, glossary=terms if linked else ())
    report = lint([one], bundled(), config, "2026-03-01")
    assert not report.errors
    return {f"{finding.rule}: {finding.message.split('”')[0].strip('“')}" for finding in report.findings}


OPEN = {
    "ambiguous-term: downtime",
    "ambiguous-term: business hours",
    "undefined-acronym: KSC",
    "undefined-term: Portal",
    "undefined-term: Guest",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_glossary_explains_its_terms(name: str) -> None:
    terms = glossary.read(name, FORMS[name].encode())
    assert {term.name for term in terms} >= TERMS
    assert said(PROSE, ()) == OPEN
    assert said(PROSE, terms) == said(PROSE, terms, linked=True) == set()
    assert said(DATA, (), "a.sla.yaml") == {"ambiguous-term: business hours"}
    assert said(DATA, terms, "a.sla.yaml") == set()


def test_only_what_it_explains_and_never_as_unused() -> None:
    terms = (GlossaryTerm("Portal", ("Site",)), GlossaryTerm("Third-Party Tool"), GlossaryTerm("Nowhere Used"))
    assert said(PROSE, terms) == OPEN - {"undefined-term: Portal"}
    assert said(PROSE.replace("the Portal", "the Site"), terms) == OPEN - {"undefined-term: Portal"}
    spelled = said(PROSE + "\nNo Third Party Tool is covered.\n", terms)
    assert spelled == OPEN - {"undefined-term: Portal"} | {"inconsistent-term: Third Party Tool"}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("words.txt", "Portal: pages", "Markdown, YAML or JSON"),
        ("words.md", "# Our words\n\nNothing yet.\n", "no term is explained"),
        ("words.yaml", "Portal: 7\n", "no term is explained"),
        ("words.yaml", "- Portal\n", "no term is explained"),
        ("words.yaml", "", "no term is explained"),
        ("words.json", '{"Portal": "pages",', "line 1"),
        ("words.md", "\x00\x01\x02" * 50, ""),
    ],
)
def test_what_is_no_glossary_is_told_plainly(name: str, text: str, why: str) -> None:
    with pytest.raises(glossary.GlossaryError) as told:
        glossary.read(name, text.encode())
    assert why in str(told.value)


# ---- on disk


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "outside-glossary.md").write_text(FORMS["words.md"])
    top = tmp_path / "project"
    for folder in (".git", "words", "deep/down"):
        (top / folder).mkdir(parents=True)
    (top / "words" / "words.md").write_text(FORMS["words.md"])
    (top / "deep" / "down" / "a.sla.md").write_text(PROSE)
    monkeypatch.chdir(top)
    glossaries._terms.cache_clear()
    return top


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    main(["check", *arguments, "--select", "definitions", "--output", "json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    return {f"{one['rule']}: {one['message'].split('”')[0].strip('“')}" for one in told}


def test_a_configuration_names_glossaries_relative_to_itself(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "slalint.yaml").write_text("glossaries: [words/words.md]\n")
    assert found(capsys, "deep") == set()
    monkeypatch.chdir(project / "deep" / "down")
    assert found(capsys, "a.sla.md") == set()
    assert found(capsys, "a.sla.md", "--isolated") == OPEN


def test_a_glossary_that_cannot_be_used_has_a_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "empty.md").write_text("# Words\n")
    (project / "slalint.yaml").write_text("failOn: error\nglossaries:\n  - words/words.md\n  - none.md\n  - empty.md\n")
    with pytest.raises(ConfigError) as told:
        settings.read("slalint.yaml")
    first, second = str(told.value).splitlines()
    assert first.startswith("slalint.yaml:4:5: the glossary none.md cannot be read: no such file")
    assert second == "slalint.yaml:5:5: the glossary empty.md cannot be used: no term is explained in it"
    assert main(["check", "deep"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("link", "open_"),
    [
        ("[our glossary](../../words/words.md#portal)", set()),
        ("[Definitionen](../../words/words.md)", set()),
        ("[words][w]\n\n[w]: ../../words/words.md", OPEN),  # neither text nor name says what it is
        ("[our words](../../words/words.md)", OPEN),
        ("[our words](../../words/our%20glossary.md)", set()),
        ("[glossary](../../words/none.md)", OPEN),
        ("[glossary](../../../outside-glossary.md)", OPEN),
        ("[glossary](https://example.org/words.md)", OPEN),
        ("[glossary](a.sla.md)", OPEN),
    ],
)
def test_a_linked_glossary_is_read_where_it_lies_in_the_project(
    project: Path, capsys: pytest.CaptureFixture[str], link: str, open_: set[str]
) -> None:
    (project / "words" / "our glossary.md").write_text(FORMS["words.md"])
    if "words.md" in link:  # whole: its headings explain terms because the file says that it is there for that
        (project / "words" / "words.md").write_text(FORMS["words.md"].replace("# Our words", "# Glossary", 1))
    agreement = project / "deep" / "down" / "a.sla.md"
    agreement.write_text(f"{PROSE}\nSee {link}.\n")
    assert found(capsys, os.fspath(agreement)) == open_
