"""The language rules, on sentences as people write them: what they report, and what they leave alone."""

from __future__ import annotations

from time import perf_counter

import pytest

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import SourceFile
from slalint.sources.markdown.blocks import parse
from slalint.terms import vague

RULES = {rule.name: rule for rule in bundled()}


def found(rule: str, text: str, section: str = "Support") -> list[str]:
    """The words that a rule points at in a document with one section of its own."""
    whole = f"# Service level agreement\n\n## {section}\n\n{text}\n"
    report = lint([Input("a.md", whole.encode(), True)], [RULES[rule]], Config(min_confidence="low"))
    assert [file.status for file in report.files] == ["checked"]
    assert not report.errors
    lines = whole.split("\n")
    return [lines[f.span.line - 1][f.span.column - 1 :].lower() for f in report.findings]


def agree(words: list[str], texts: list[str]) -> bool:
    return len(words) == len(texts) and all(t.startswith(w) for w, t in zip(words, texts, strict=True))


VAGUE = [
    ("Orrin will answer promptly.", ["promptly"]),
    ("Orrin will answer promptly, and in any case within 2 hours.", []),
    ("Orrin will answer promptly; outages that last longer than 4 hours are escalated.", ["promptly"]),
    ("Orrin will use commercially\nreasonable efforts to keep it running.", ["commercially"]),
    ("Orrin will use reasonable efforts to answer within 2 hours.", ["reasonable efforts"]),
    ("Best effort only.", ["best effort"]),
    ("Orrin will send the figures regularly.", ["regularly"]),
    ("Orrin will send the figures regularly, at least once a month.", []),
    ("Orrin must give prior notice of maintenance.", ["prior notice"]),
    ("Orrin must give 5 days' prior notice of maintenance.", []),
    ("Orrin may change its prices without prior notice.", []),
    ("Orrin will restore lost files where possible.", ["where possible"]),
    ("Orrin will keep records where applicable law requires it.", []),
    ("- Restore lost files as needed", ["as needed"]),
    ("Orrin will answer as soon as reasonably practicable.", ["as soon as reasonably practicable"]),
    ("The customer must call the provider immediately.", ["immediately"]),
    ("Either side may end the agreement immediately.", []),
    ("Either side may terminate this agreement immediately.", []),
    ("The change is effective immediately after it is signed.", []),
    ("Orrin is not liable for events beyond its reasonable control.", ["reasonable control"]),
    ("Consent will not be unreasonably withheld.", []),
    ("Nobody is liable for what could not reasonably be foreseen.", []),
    ("Nobody is liable for what they could not have reasonably foreseen.", []),
    ("Users must not open or try to open the racks; attempts to do so will be reported.", []),
    ("Orrin will strive for an uptime of 99.9 %.", ["strive for"]),
    ("Nobody may attempt to open the racks; users must not attempt to move them.", ["attempt to open"]),
    ("Orrin will inform the customer about significant changes.", ["significant"]),
    ("Orrin will inform the customer about significant changes (more than 10 % of the users).", []),
    ("Orrin will carry out maintenance in low-traffic hours.", ["low-traffic hours"]),
    ("Orrin will answer in a timely manner and in a timely manner again.", ["in a timely manner"]),
    ("When a figure is missed, Dana Orr writes a plan promptly.", ["promptly"]),
    ("When a figure is missed twice within six months, Dana Orr writes a plan promptly.", ["promptly"]),
    ("Within 2 hours of the call, Orrin will promptly answer.", []),
    ("Backups are tested regularly.", ["regularly"]),
    ("We fix all critical bugs as soon as possible.", ["as soon as possible"]),
    ("We resolve faults ASAP.", ["asap"]),
    ("Critical faults are mended ASAP.", ["asap"]),
    ("We are growing quickly.", []),
    ("Files are usually small and travel quickly.", []),
    ("Will Orrin answer promptly?", []),
    ('Reports may say "answered promptly by phone" without a time.', []),
    ("### Promptly", []),
    ("Nightly jobs run normally.", []),
]


@pytest.mark.parametrize(("text", "words"), VAGUE, ids=[text[:45] for text, _ in VAGUE])
def test_vague_obligation(text: str, words: list[str]) -> None:
    assert agree(words, found("vague-obligation", text))


@pytest.mark.parametrize(
    ("section", "text", "count"),
    [
        ("Purpose", "This agreement provides timely help.", 0),
        ("Purpose", "Help is provided in a timely way.", 0),
        ("Purpose", "Orrin will help in a timely way.", 1),
        ("Revision history", "- Orrin will answer promptly", 0),
        ("Customer requirements", "Reasonable availability of a contact person.", 1),
        ("Description", "Reasonable availability of a contact person.", 0),
    ],
)
def test_where_a_document_binds_nobody(section: str, text: str, count: int) -> None:
    assert len(found("vague-obligation", text, section)) == count


def test_a_definition_cures_a_word_if_it_measures() -> None:
    text = "Orrin will answer promptly.\n\n## Definitions\n\n“Promptly” means {}."
    assert found("vague-obligation", text.format("within 2 hours of the call")) == []
    assert len(found("vague-obligation", text.format("with all speed"))) == 1


def test_an_explanation_is_no_duty_but_what_it_excludes_is() -> None:
    text = "“Outage” means a significant loss of mail, excluding loss caused by events outside its reasonable control."
    assert agree(["significant"], found("vague-definition", text))
    assert agree(["reasonable"], found("vague-obligation", text))
    assert found("vague-definition", "“Outage” means a loss of mail for more than 5 minutes.") == []


WEAK = [
    ("Orrin should answer within 2 hours of the call.", 1),
    ("Should Orrin answer later, the customer may call the manager.", 0),
    ("If, should the line fail, nobody answers, the customer calls the manager.", 0),
    ("It should be noted that mail is slow.", 0),
    ("Orrin is expected to answer the phone.", 1),
    ("Maintenance is expected to last an hour.", 0),
    ("Orrin may endeavour to restore the files.", 1),
    ("Orrin must answer within 2 hours of the call.", 0),
]


@pytest.mark.parametrize(("text", "count"), WEAK)
def test_weak_modal(text: str, count: int) -> None:
    assert len(found("weak-modal", text)) == count


MISMATCH = [
    ("thirty (20) days", 1),
    ("thirty (30) days", 0),
    ("thirty days (30)", 0),
    ("30 (twenty) days", 1),
    ("30 (business) days", 0),
    ("one hundred and twenty-five (125) days", 0),
    ("one hundred and twenty-five (152) days", 1),
    ("two thousand five hundred (2,500) users", 0),
    ("two thousand five hundred (2,050) users", 1),
    ("section four (2) of the contract", 0),
    ("priority one (4 hours)", 0),
    ("one of the (3) sites", 0),
]


@pytest.mark.parametrize(("text", "count"), MISMATCH)
def test_number_word_mismatch(text: str, count: int) -> None:
    assert len(found("number-word-mismatch", f"It ends after {text}.")) == count


DEADLINES = [
    ("Sales contacts the lead within 4 hours.", 1),
    ("Sales contacts the lead within 4 hours of the handover.", 0),
    ("Sales answers every ticket within 4 hours.", 0),
    ("When a lead is handed over, Sales contacts it within 4 hours.", 0),
    ("Sales contacts the lead within 4 hours.\n\nAll times are measured from the handover on.", 0),
    ("Sales contacts the lead within 5-minute steps.", 0),
    ("Sales works within the hours agreed.", 0),
]


@pytest.mark.parametrize(("text", "count"), DEADLINES)
def test_deadline_without_start(text: str, count: int) -> None:
    assert len(found("deadline-without-start", text)) == count


ACTORS = [
    ("The figures will be reviewed every month.", 1),
    ("The figures will be reviewed every month by Orrin's manager.", 0),
    ("The figures must be sent to the board.", 1),
    ("Incidents must be reported by e-mail.", 1),
    ("The customer will be notified.", 0),
    ("Changes will be documented in this document.", 0),
]


@pytest.mark.parametrize(("text", "count"), ACTORS)
def test_missing_actor(text: str, count: int) -> None:
    assert len(found("missing-actor", text)) == count


def test_missing_actor_is_named_by_the_heading() -> None:
    assert found("missing-actor", "The figures will be reviewed every month.", "Provider responsibilities") == []


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("Orrin guarantees 99.9 % availability.", "Orrin uses reasonable efforts to keep mail available.", 1),
        ("Orrin does not guarantee availability.", "Orrin uses reasonable efforts to keep mail available.", 0),
        ("Orrin guarantees 99.9 % availability.", "Orrin uses reasonable efforts to answer questions.", 0),
    ],
)
def test_guarantee_and_effort(first: str, second: str, count: int) -> None:
    assert len(found("guarantee-and-effort", f"{first}\n\n{second}")) == count


@pytest.mark.parametrize("entry", [*vague.entries(), *vague.entries("en", "weak")], ids=lambda entry: entry.name)
def test_the_lists_can_be_used(entry: vague.Entry) -> None:
    assert entry.pattern.match("") is None
    assert all(start and start == start.lower() for start in entry.starts)
    assert entry.exact is None or entry.exact.search("") is None


def test_unknown_languages_have_no_words() -> None:
    assert vague.entries("xx") == vague.entries("..") == ()


def test_cost_grows_with_the_text() -> None:
    def cost(times: int) -> float:
        text = "# SLA\n\n" + "Orrin will promptly restore files where possible and review them in good time. " * times
        document = parse(SourceFile("a.md", text))
        return min(_timed(lambda: vague.find(document.passages)) for _ in range(3))

    cost(1)
    assert cost(2000) < 30 * cost(200)


def _timed(run) -> float:  # type: ignore[no-untyped-def]
    start = perf_counter()
    run()
    return perf_counter() - start


def test_a_value_written_in_another_way_is_quoted_by_its_word() -> None:
    text = """\
apiVersion: slalint/v1
kind: ServiceLevelAgreement
metadata: {title: Mail}
policies:
  exclusions:
    summary: >
      Orrin will answer
      promptly and use reasonable
      efforts to restore mail.
  limitations:
    summary: No credits for what lies outside its reasonable control.
"""
    report = lint([Input("a.sla.yaml", text.encode())], [RULES["vague-obligation"]], Config())
    assert sorted(f.message.split("”")[0] for f in report.findings) == [
        "“promptly",
        "“reasonable",
        "“reasonable efforts",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\nagreement:\n{}---\n# Mail\n\nFaults are repaired promptly.\n",
        "# Mail\n\n```sla\n{}```\n\nFaults are repaired promptly.\n",
    ],
)
def test_the_prose_around_data_is_looked_at_too(text: str) -> None:
    data = "  kind: ServiceLevelAgreement\n  metadata: {title: Mail}\n  metrics:\n    - {id: uptime, target: 99.5 %}\n"
    found = lint([Input("mail.md", text.replace("{}", data).encode())], bundled(), Config())
    assert not found.errors
    line = text[: text.index("Faults")].count("\n") + 5  # the data have four lines
    assert [one.span.line for one in found.findings if one.rule == "vague-obligation"] == [line]
