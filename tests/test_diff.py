"""What has changed in what is promised: for whom it is better or worse, by how much, and where."""

from __future__ import annotations

import json
import pickle
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from slalint import sources
from slalint.agreement import Agreement
from slalint.changes import Change, compare, counterpart, differences
from slalint.cli import main

ROOT = Path(__file__).resolve().parent.parent
GOOD = sorted((ROOT / "examples" / "good").iterdir())
SCHEMA = json.loads((ROOT / "schemas" / "diff.schema.json").read_text(encoding="utf-8"))

MAIL = """\
kind: ServiceLevelAgreement
type: internal
metadata: {id: mail, title: Mail, version: 1.0.0, status: active}
term: {effectiveDate: 2026-01-01, expiryDate: 2027-12-31}
parties: {provider: IT Operations, customer: All departments}
definitions:
  Available: A probe signs in within ten seconds.
calendars:
  - id: office
    weekly: [{days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}]
services:
  - {id: mail, owner: provider, hours: Mon-Fri 07:00-19:00, workload: at most 2000 mailboxes}
priorities:
  - {id: P1, response: 15 min, restore: 4 h, clock: office, definition: Nobody can send mail.}
  - {id: P2, response: 1 h, restore: 2 business days, definition: Anything else.}
metrics:
  - {id: availability, service: mail, target: at least 99.9 %, window: calendar month, tracking: {tool: probe}}
  - {id: latency, category: latency, target: p95 < 200 ms, window: calendar month, tracking: {tool: probe}}
  - {id: surveys, category: volume, target: at least 400 answers, window: calendar quarter, minimumSample: 20}
maintenance:
  - {id: patches, start: "02:00", duration: 2 h, notice: 7 days}
exclusions:
  - {id: works, description: "Planned works, for at most two hours a month.", cap: 2 h a month}
remedies:
  - id: credit
    cap: 30 %
    tiers:
      - {below: 99.9, atLeast: 99, credit: 5}
      - {below: 99, credit: 10}
obligations:
  - {id: leavers, party: customer, duty: Departments announce each leaver within 5 days.}
  - {id: news, party: provider, duty: IT Operations publishes the figures within 3 days.}
policies:
  application: Applies to mailboxes.
  modification: Either side proposes a change with 30 days' notice.
  exclusions: Power cuts are not counted.
  limitations: No money is paid.
  termination: Either side ends it with 90 days' notice.
meetings: {frequency: monthly}
"""
PROSE = """\
# Service level agreement: mail

| | |
|---|---|
| Version | 1.0 |
| Effective date | 1 January 2026 |
| Expiry date | 31 December 2027 |

The provider is **IT Operations**. The customer is the **Departments**.

**Service level manager:** Dana Reyes (dana.reyes@example.org).

## Definitions

- **Available** means that a probe signs in within ten seconds.

## Service hours

The service runs Monday to Friday from 07:00 to 19:00, Europe/Dublin.

## Service levels

| Metric | Target | Window | Measured by |
|---|---|---|---|
| Availability | at least 99.9 % | calendar month | Blackbox exporter |
| First response | at least 95 % | calendar month | Znuny |

| Priority | Definition | Response | Restoration |
|---|---|---|---|
| P1 | Nobody can send mail | 15 minutes | 4 hours |
| P2 | Anything else | 1 hour | 2 business days |

## Exclusions

Planned works are not counted, for at most two hours in a calendar month.

## Limitations

No money moves between departments.

## Changes to this agreement

Either side proposes a change. It is announced with 30 days' notice.

## Termination

Either side ends the agreement with 90 days' notice. Dana Reyes keeps the list of leavers.

## Service credits

| Availability | Credit |
|---|---|
| 99 % to below 99.9 % | 5 % |
| below 99 % | 10 % |
"""
LEADS = """\
type: marketing-sales
metadata: {id: leads, title: Leads}
parties:
  - {id: marketing, role: provider, name: Marketing}
  - {id: sales, role: provider, name: Sales}
services:
  - {id: supply, owner: marketing}
  - {id: follow-up, owner: sales}
metrics:
  - {id: leads, category: volume, service: supply, target: at least 300 leads, window: calendar month}
  - {id: contact, category: response, service: follow-up, target: at most 4 h, window: calendar month}
policies:
  modification: Changes are announced with 21 days' notice.
"""


def read(text: str, path: str = "mail.sla.yaml") -> list[Agreement]:
    source, _ = sources.find(path, text.encode())
    assert source is not None
    file, refusal = sources.decode(path, text.encode())
    assert refusal is None
    return source.read(file, force=True).agreements


def path_of(text: str) -> str:
    return "mail.md" if text.startswith("#") else "mail.sla.yaml"


def between(text: str, *edits: tuple[str, str]) -> tuple[Change, ...]:
    new = text
    for old, other in edits:
        assert old in new, old
        new = new.replace(old, other, 1)
    return compare(read(text, path_of(text))[0], read(new, path_of(text))[0])


# effect, part, and a piece of what is told, of the only change that follows from an edit
CASES: list[tuple[str, str, str, str, str, str]] = [
    (MAIL, "99.9 %, window", "99.5 %, window", "weakened", "target", "62.6 min more downtime a month (12 h × 5 d"),
    (MAIL, "99.9 %, window", "99.95 %, window", "strengthened", "target", "min less downtime a month (12 h × 5 d"),
    (MAIL, "at least 99.9 %, window", "above 99.9 %, window", "strengthened", "target", ""),
    (MAIL, "p95 < 200 ms", "p95 < 300 ms", "weakened", "target", "100 ms longer"),
    (MAIL, "p95 < 200 ms", "p99 < 200 ms", "strengthened", "target", "99 % of cases instead of 95 %"),
    (MAIL, "p95 < 200 ms", "p99 < 300 ms", "unclear", "target", ""),
    (MAIL, "at least 400 answers", "at least 350 answers", "weakened", "target", "50 fewer answers a quarter"),
    (MAIL, "answers, window: calendar quarter", "answers, window: calendar year", "weakened", "window", "longer time"),
    (MAIL, "%, window: calendar month", "%, window: calendar quarter", "weakened", "window", "weighs less"),
    (MAIL, "%, window: calendar month", "%, window: rolling 30 days", "unclear", "window", ""),
    (MAIL, "%, window: calendar month,", "%,", "weakened", "window", ""),
    (MAIL, "month, tracking: {tool: probe}", "month", "weakened", "tracking", ""),
    (MAIL, "{tool: probe}", "{tool: eyes}", "neutral", "tracking", "measured otherwise"),
    (MAIL, "minimumSample: 20", "minimumSample: 50", "weakened", "metric", "30 more"),
    (MAIL, ", minimumSample: 20", "", "strengthened", "metric", ""),
    (MAIL, "response: 15 min", "response: 30 min", "weakened", "priority", "15 min longer"),
    (MAIL, "restore: 4 h", "restore: 4 business hours", "weakened", "priority", "in other hours"),
    (MAIL, "restore: 2 business days", "restore: 1 business day", "strengthened", "priority", "1 business day shorter"),
    (MAIL, ", clock: office", ", clock: 24x7", "strengthened", "priority", "118 h a week more"),
    (MAIL, 'from: "08:00"', 'from: "09:00"', "weakened", "hours", "5 h a week fewer"),
    (MAIL, "Mon-Fri 07:00-19:00", "Mon-Sat 09:00-18:00", "unclear", "hours", "6 h a week fewer"),
    (MAIL, "at most 2000 mailboxes", "at most 1500 mailboxes", "weakened", "service", "500 fewer"),
    (MAIL, "duration: 2 h", "duration: 4 h", "weakened", "maintenance", "2 h longer"),
    (MAIL, "notice: 7 days", "notice: 2 days", "weakened", "maintenance", "5 days shorter"),
    (MAIL, "cap: 2 h a month", "cap: 3 h a month", "weakened", "exclusion", "1 h longer"),
    (MAIL, "at most two hours", "at most three hours", "weakened", "exclusion", "1 h longer"),
    (MAIL, "credit: 10", "credit: 8", "weakened", "credit", "below 99 %: 8 % instead of 10 %"),
    (MAIL, "cap: 30 %", "cap: 50 %", "strengthened", "remedy", "20 percentage points"),
    (MAIL, "each leaver within 5 days", "each leaver within 9 days", "weakened", "obligation", "4 days longer"),
    (MAIL, "with 30 days' notice", "with 10 days' notice", "weakened", "notice", "20 days shorter"),
    (MAIL, "with 90 days' notice", "with 30 days' notice", "unclear", "notice", "60 days shorter"),
    (MAIL, "  limitations: No money is paid.\n", "", "strengthened", "policy", ""),
    (MAIL, "  modification: Either side proposes a change with 30 days' notice.\n", "", "weakened", "policy", ""),
    (
        MAIL,
        "Power cuts are not counted.",
        "Power cuts are not counted. Storms are exempt.",
        "weakened",
        "exclusion",
        "",
    ),
    (MAIL, "within ten seconds", "within a minute", "unclear", "definition", "50 s longer"),
    (MAIL, "customer: All departments", "customer: The library", "unclear", "party", ""),
    (MAIL, "expiryDate: 2027-12-31", "expiryDate: 2027-06-30", "weakened", "term", "184 days"),
    (MAIL, "frequency: monthly", "frequency: quarterly", "weakened", "meetings", "less often"),
    (MAIL, "version: 1.0.0", "version: 1.1.0", "neutral", "version", ""),
    (PROSE, "at least 99.9 %", "at least 99.5 %", "weakened", "target", "0.4 percentage points lower"),
    (PROSE, "| calendar month | Blackbox", "| calendar quarter | Blackbox", "weakened", "window", "weighs less"),
    (PROSE, "| 15 minutes |", "| 30 minutes |", "weakened", "priority", "15 min longer"),
    (PROSE, "| P2 | Anything else | 1 hour | 2 business days |\n", "", "weakened", "priority", ""),
    (PROSE, "| First response | at least 95 % | calendar month | Znuny |\n", "", "weakened", "metric", ""),
    (PROSE, "from 07:00 to 19:00", "from 08:00 to 18:00", "weakened", "hours", "10 h a week fewer"),
    (PROSE, "at most two hours", "at most four hours", "weakened", "exclusion", "2 h longer"),
    (PROSE, "month.\n\n## Limit", "month. Storms are not counted.\n\n## Limit", "weakened", "exclusion", ""),
    (PROSE, "month.\n\n## Limit", "month. Nothing else is excluded.\n\n## Limit", "strengthened", "exclusion", ""),
    (PROSE, "with 30 days' notice", "with 60 days' notice", "strengthened", "notice", "30 days longer"),
    (PROSE, "| below 99 % | 10 % |", "| below 99 % | 25 % |", "strengthened", "credit", "25 % instead of 10 %"),
    (PROSE, "within ten seconds", "within five seconds", "unclear", "definition", "5 s shorter"),
    (PROSE, "31 December 2027", "31 December 2026", "weakened", "term", "1 year earlier"),
    (PROSE, "Version | 1.0", "Version | 1.1", "neutral", "version", ""),
    (PROSE, "keeps the list of leavers", "keeps no list", "unclear", "policy", ""),
    (PROSE, "## Service levels", "## All service levels", "neutral", "wording", ""),
    (PROSE, "**IT Operations**", "**IT Department**", "unclear", "party", ""),
]


@pytest.mark.parametrize(("text", "old", "new", "effect", "part", "told"), CASES, ids=lambda value: str(value)[:30])
def test_one_change(text: str, old: str, new: str, effect: str, part: str, told: str) -> None:
    found = between(text, (old, new))
    assert [(one.effect, one.part) for one in found] == [(effect, part)]
    assert told in found[0].told
    # Seen from the other side it is the opposite, and the places are the other's.
    path = path_of(text)
    (back,) = compare(read(text.replace(old, new, 1), path)[0], read(text, path)[0])
    assert (back.effect, back.part) == (_OPPOSITE.get(effect, effect), part)
    assert (back.before, back.after) == (found[0].after, found[0].before)


_BARE = [
    ("response", "First response within 4 h", "90 %", "80 %", "weakened"),
    ("response", "Incident response", "90 %", "95 %", "strengthened"),
    ("response", "Missed calls", "3 %", "1 %", "strengthened"),
    ("response", "Tickets answered later than 4 h", "5 %", "8 %", "unclear"),
    ("response", "Incidents", "95", "90", "unclear"),  # a share or a time
    ("resolution", "Share of tickets resolved in time", "90 %", "80 %", "weakened"),
    ("timeliness", "Orders shipped the same day", "95 %", "97 %", "strengthened"),
    ("availability", "Mean time between failures", "30 days", "20 days", "weakened"),
    ("latency", "Searches below 300 ms", "95 %", "90 %", "weakened"),
    ("throughput", "Gateway", "500/s", "400/s", "weakened"),
    ("effort", "Call attempts per lead", "6", "4", "weakened"),
    ("volume", "Tickets", "300", "350", "unclear"),  # a promise, or a load
    ("security", "Retention of recordings", "90 days", "30 days", "weakened"),
    ("error-rate", "Errors per day", "5", "9", "weakened"),
    ("satisfaction", "Satisfied callers", "90 %", "85 %", "weakened"),
]


@pytest.mark.parametrize(("category", "name", "old", "new", "effect"), _BARE)
def test_a_bare_figure(category: str, name: str, old: str, new: str, effect: str) -> None:
    text = f"metadata: {{title: Mail}}\nmetrics:\n  - {{id: m, name: {name}, category: {category}, target: {old}}}\n"
    assert [one.effect for one in between(text, (f"target: {old}", f"target: {new}"))] == [effect]


def test_figures_in_a_table() -> None:
    row = "| First response | at least 95 %"
    changed = "| Tickets answered within one business day | 95 %"
    text = PROSE.replace(row, changed)
    assert [one.effect for one in between(text, (changed, changed.replace("95", "90")))] == ["weakened"]


def test_leads_are_handed_over() -> None:
    """Between Marketing and Sales a bare number of leads is what one hands to the other."""
    text = "type: marketing-sales\nmetrics:\n  - {id: leads, category: volume, target: 300 leads}\n"
    assert [one.effect for one in between(text, ("300", "250"))] == ["weakened"]


def test_what_comes_and_goes_is_told_once() -> None:
    """A metric, a level, an exclusion with all that it holds."""
    less = between(
        MAIL,
        (
            "  - {id: latency, category: latency, target: p95 < 200 ms, window: calendar month, "
            "tracking: {tool: probe}}\n",
            "",
        ),
    )
    assert [(one.effect, one.part, one.old) for one in less] == [("weakened", "metric", "p95 < 200 ms")]
    more = between(
        MAIL, (", cap: 2 h a month}", ", cap: 2 h a month}\n  - {id: storms, description: Storms., cap: 1 h}")
    )
    assert [(one.effect, one.part, one.kind) for one in more] == [("weakened", "exclusion", "added")]


def test_places_and_words() -> None:
    (one,) = between(PROSE, ("# Service", "\n# Service"), ("at least 99.9 %", "at least 99.5 %"))
    assert (one.old, one.new) == ("at least 99.9 %", "at least 99.5 %")
    assert one.before is not None and one.after is not None
    assert (one.before.line, one.after.line, one.after.column) == (25, 26, 18)
    assert one.said == "Availability: “at least 99.9 %” has become “at least 99.5 %”, 0.4 percentage points lower"
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize(
    ("old", "new", "effects"),
    [
        ("at least 300", "at least 250", {"Marketing": "strengthened", "Sales": "weakened"}),
        ("at most 4 h", "at most 8 h", {"Marketing": "weakened", "Sales": "strengthened"}),
        ("with 21 days'", "with 7 days'", {"Marketing": "weakened", "Sales": "weakened"}),
        ("category: volume, service: supply", "category: volume", {"Marketing": "unclear", "Sales": "unclear"}),
    ],
)
def test_what_one_side_gives_the_other_gains(old: str, new: str, effects: dict[str, str]) -> None:
    assert dict(between(LEADS, (old, new))[0].effects) == effects


def test_what_the_customer_owes() -> None:
    (one,) = between(MAIL, ("each leaver within 5 days", "each leaver within 9 days"))
    assert dict(one.effects) == {"IT Operations": "weakened", "All departments": "strengthened"}
    (one,) = between(MAIL, ("the figures within 3 days", "the figures within 9 days"))
    assert dict(one.effects) == {"IT Operations": "strengthened", "All departments": "weakened"}


def test_other_words_for_the_same() -> None:
    same = MAIL.replace("target: at least 99.9 %", "target: {operator: gte, value: 99.90, unit: percent}")
    same = same.replace("window: calendar month, tracking", "window: {type: calendar, length: P1M}, tracking")
    same = same.replace("restore: 4 h", "restore: PT4H").replace("notice: 7 days", "notice: P7D")
    assert same.count("P1M") == 2 and compare(read(MAIL)[0], read(same)[0]) == ()
    data = json.loads((ROOT / "examples" / "good" / "mail.sla.json").read_text(encoding="utf-8"))
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in reversed(data.items())}
    assert compare(*(read(json.dumps(one), "a.sla.json")[0] for one in (data, turned))) == ()
    wrapped = PROSE.replace("for at most two hours in a\n", "for at most two hours in a ").replace(
        "Planned works are not counted, for", "Planned works are\nnot counted, for"
    )
    again = wrapped.replace("at least 99.9 %", "≥ 99.9 %")
    assert wrapped != PROSE and compare(read(PROSE, "a.md")[0], read(again, "a.md")[0]) == ()


def test_a_new_manager_is_one_change() -> None:
    new = PROSE.replace("Dana Reyes", "Kim Sato")
    found = compare(read(PROSE, "a.md")[0], read(new, "a.md")[0])
    assert [(one.part, one.effect) for one in found] == [("manager", "neutral")]


def test_another_name_is_no_other_metric() -> None:
    found = between(PROSE, ("| Availability | at least 99.9 %", "| Availability of mail | at least 99.5 %"))
    assert sorted((one.part, one.effect) for one in found) == [("metric", "neutral"), ("target", "weakened")]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_nothing_changes_by_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in zip(read(text, path.name), read(text, path.name), strict=True):
        assert compare(old, new) == ()


_OPPOSITE = {"weakened": "strengthened", "strengthened": "weakened", "added": "removed", "removed": "added"}
_FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_seen_from_the_other_side_it_is_the_opposite(path: Path, seed: int) -> None:
    """Figures, lines and words are changed at random: what is weaker one way is stronger the other way."""
    chance = random.Random(f"{path.name} {seed}")
    text = path.read_text(encoding="utf-8")
    figures = list(_FIGURE.finditer(text))
    new = text
    for found in sorted(chance.sample(figures, 4), key=lambda found: -found.start()):
        figure = str(int(float(found[0])) + chance.choice((1, 2)))
        new = new[: found.start()] + figure + new[found.end() :]
    if path.suffix == ".md":
        lines = new.split("\n")
        del lines[chance.randrange(len(lines))]
        new = "\n".join(lines)
    for a, b in zip(read(text, path.name), read(new, path.name), strict=False):
        there, back = compare(a, b), compare(b, a)
        assert Counter((one.kind, one.effect, one.part) for one in there) == Counter(
            (_OPPOSITE.get(one.kind, one.kind), _OPPOSITE.get(one.effect, one.effect), one.part) for one in back
        )


def _leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return [leaf for key, value in items for leaf in _leaves(value, (*path, key))]
    return [path]


def test_no_value_changes_in_silence() -> None:
    """Each value of a data agreement, changed alone, is a change; but for handles, which mean nothing by themselves."""
    text = (ROOT / "examples" / "good" / "mail.sla.json").read_text(encoding="utf-8")
    before = read(text, "a.sla.json")[0]
    silent = set()
    for path in _leaves(json.loads(text)):
        data = json.loads(text)
        at = data
        for step in path[:-1]:
            at = at[step]
        value = at[path[-1]]
        changed = value + 1 if isinstance(value, int | float) else f"{value} other"
        at[path[-1]] = changed
        if not compare(before, read(json.dumps(data), "a.sla.json")[0]):
            silent.add(path[-1])
    assert silent == {"apiVersion", "id"}


# ---- which agreement is which


def test_matched_by_id_then_by_path() -> None:
    one, two = read(MAIL, "a.sla.yaml")[0], read(LEADS, "b.sla.yaml")[0]
    moved = read(MAIL.replace("99.9 %", "99.5 %", 1), "c.sla.yaml")[0]
    found = differences([one, two], [moved])
    assert [(each.id, each.state, each.old_path, each.new_path) for each in found] == [
        ("mail", "changed", "a.sla.yaml", "c.sla.yaml"),
        ("leads", "removed", "b.sla.yaml", ""),
    ]
    assert [change.effect for each in found for change in each.changes] == ["weakened", "weakened"]
    renamed = read(MAIL.replace("id: mail, title: Mail", "id: post, title: Post", 1), "c.sla.yaml")[0]
    assert counterpart(renamed, [one], {"a.sla.yaml": "c.sla.yaml"}) is one
    assert [each.state for each in differences([one], [renamed])] == ["added", "removed"]


# ---- the command


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True).stdout


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "more")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    git("init", "-q")
    Path("mail.sla.yaml").write_text(MAIL)
    Path("desk.md").write_text(PROSE)
    Path("notes.md").write_text("# Notes\n\nNothing of interest.\n")
    commit()
    git("checkout", "-q", "-b", "work")
    return tmp_path


def diff(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main(["diff", "--format", "json", *arguments])
    out, err = capfd.readouterr()
    assert out, err
    told = json.loads(out)
    Draft202012Validator(SCHEMA).validate(told)
    return status, told


def test_since_a_branch(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert diff(capfd, "main")[1]["agreements"] == []
    Path("team").mkdir()
    git("mv", "desk.md", "team/help.md")
    Path("team/help.md").write_text(PROSE.replace("at least 99.9 %", "at least 99.5 %"))
    Path("new.sla.yaml").write_text(LEADS)
    Path("notes.md").write_text("# Notes\n\nNothing.\n")
    for committed in (False, True):
        if committed:
            commit()
        status, told = diff(capfd, "main")
        seen = {(one["state"], one["oldPath"], one["newPath"]) for one in told["agreements"]}
        assert seen == {("added", None, "new.sla.yaml"), ("changed", "desk.md", "team/help.md")}
        assert status == 0 and told["summary"]["weakened"] == 1
    # What came to the other branch meanwhile is not ours.
    git("checkout", "-q", "main")
    Path("mail.sla.yaml").write_text(MAIL.replace("monthly", "weekly"))
    commit()
    git("checkout", "-q", "work")
    assert len(diff(capfd, "main")[1]["agreements"]) == 2
    both = diff(capfd, "work", "main", "--path", "mail.sla.yaml")[1]["agreements"]
    assert [(one["id"], one["changes"][0]["effect"]) for one in both] == [("mail", "strengthened")]


def test_gate_and_party(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("mail.sla.yaml").write_text(MAIL.replace("99.9 %, window", "99.5 %, window"))
    assert diff(capfd, "main", "--fail-on", "weakened")[0] == 1
    assert diff(capfd, "main", "--fail-on", "weakened", "--for", "it operations")[0] == 0
    assert diff(capfd, "main", "--fail-on", "weakened", "--for", "All departments")[0] == 1
    assert main(["diff", "main", "--for", "Nobody"]) == 2
    assert "there are IT Operations and All departments" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "git knows no revision “nowhere”"),
        (("mail.sla.yaml",), "no second one"),
        (("mail.sla.yaml", "none.sla.yaml"), "git knows no revision"),
        (("a.sla.yaml", "b.sla.yaml"), "a.sla.yaml: "),
        (("mail.sla.yaml", "mail.sla.yaml", "--path", "."), "--path chooses"),
    ],
)
def test_what_cannot_be_done(
    repo: Path, arguments: tuple[str, ...], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("a.sla.yaml").write_text("metrics: [\n")
    Path("b.sla.yaml").write_text(MAIL)
    assert main(["diff", *arguments]) == 2
    assert told in capfd.readouterr().err


def test_a_broken_file_is_not_a_removed_agreement(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("mail.sla.yaml").write_text(MAIL + "metrics: [\n")
    status, told = diff(capfd, "main")
    assert status == 2 and told["agreements"] == []


def test_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.md").write_text(PROSE)
    Path("new.md").write_text(PROSE.replace("at least 99.9 %", "at least 99.5 %").replace("agreement: mail", "SLA"))
    assert main(["diff", "old.md", "new.md"]) == 0
    out = capfd.readouterr().out
    assert "target (Availability): at least 99.9 % → at least 99.5 %" in out
    assert "0.4 percentage points lower; worse for Departments, better for IT Operations" in out
    assert "old.md:25 → new.md:25" in out


def test_nothing_in_an_agreement_speaks_to_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    evil = "\\u001b[31m\\u202e <script>|::error::x ##[group] @octocat"
    Path("a.sla.yaml").write_text(MAIL)
    Path("b.sla.yaml").write_text(MAIL.replace("All departments}", f'"{evil}"}}').replace("Nobody can", f'"{evil}', 0))
    for format_ in ("text", "markdown", "json"):
        assert main(["diff", "a.sla.yaml", "b.sla.yaml", "--format", format_]) == 0
        out = capfd.readouterr().out
        assert "\x1b" not in out and "\u202e" not in out and "##[" not in out
        assert not re.search(r"(?m)^\s*::", out)
        if format_ == "markdown":
            assert "<script>" not in out and "\\|" in out and "@octocat" not in out


def test_prose_with_data_in_it() -> None:
    """Both parts are compared: what the data promise, and what the text around them says."""
    both = PROSE + "\n```sla\nmetrics:\n  - {id: availability, target: at least 99.9 %, window: calendar month}\n```\n"
    found = between(
        both, ("target: at least 99.9", "target: at least 99.5"), ("at most two hours", "at most four hours")
    )
    assert sorted((one.effect, one.part) for one in found) == [("weakened", "exclusion"), ("weakened", "target")]


JUNK = (
    None,
    -1,
    True,
    "",
    "at least 99 %",
    "24x7",
    [],
    {},
    [1, "a", None],
    {"a": {"b": 1}},
    [{"id": "x"}, {"id": "x"}],
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_stands_there(seed: int) -> None:
    """Junk in any place: nothing raises, and nothing changes by itself."""
    chance = random.Random(seed)
    text = (ROOT / "examples" / "good" / "mail.sla.json").read_text(encoding="utf-8")
    before = read(text, "a.sla.json")[0]
    for _ in range(40):
        data = json.loads(text)
        path = chance.choice(_leaves(data))
        path = path[: chance.randint(1, len(path))]
        at = data
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = chance.choice(JUNK)
        after, again = (read(json.dumps(data), "a.sla.json")[0] for _ in range(2))
        compare(before, after)
        assert compare(after, again) == ()


def test_a_plain_check_loads_nothing_of_it() -> None:
    code = (
        "import sys; from slalint.cli import main; main(['check', '-q', '--no-cache', 'examples/good/mail.sla.yaml']); "
        "sys.exit(any(name.startswith('slalint.changes') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


# ---- rules about changes


def check(capfd: pytest.CaptureFixture[str], *arguments: str) -> set[tuple[str, str]]:
    main(["check", "--output", "json", "--as-of", "2026-03-01", "--no-cache", *arguments])
    out, err = capfd.readouterr()
    assert out, err
    rules = ("weakened-without-version", "weakened-without-notice", "changed-after-signature")
    return {(one["path"], one["rule"]) for one in json.loads(out)["findings"] if one["rule"] in rules}


def test_rules_about_changes_need_a_version_before(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("mail.sla.yaml").write_text(MAIL.replace("99.9 %, window", "99.5 %, window"))
    assert check(capfd) == set()
    both = {("mail.sla.yaml", "weakened-without-version"), ("mail.sla.yaml", "weakened-without-notice")}
    assert check(capfd, "--since", "main") == both
    git("mv", "mail.sla.yaml", "post.sla.yaml")
    assert check(capfd, "--since", "main") == {("post.sla.yaml", rule) for _, rule in both}
    assert check(capfd, "--since", "main", "desk.md") == set()
    Path("post.sla.yaml").write_text(
        MAIL.replace("99.9 %, window", "99.5 %, window").replace("1.0.0", "2.0.0").replace("2026-01-01", "2026-05-01")
    )
    assert check(capfd, "--since", "main") == set()


def test_an_agreement_that_moved_into_another_file(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("mail.sla.yaml").unlink()
    Path("post.sla.yaml").write_text("# All new.\n" * 80 + MAIL.replace("99.9 %, window", "99.5 %, window"))
    assert ("post.sla.yaml", "weakened-without-version") in check(capfd, "--since", "main")


def test_a_rule_about_changes_can_be_suppressed(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    quiet = "# slalint: ignore-file[weakened-without-version] The old figure was a slip of the pen.\n"
    Path("mail.sla.yaml").write_text(quiet + MAIL.replace("99.9 %, window", "99.5 %, window"))
    assert check(capfd, "--since", "main") == {("mail.sla.yaml", "weakened-without-notice")}
    main(["check", "--output", "json", "--no-cache"])
    assert "unused-suppression" not in capfd.readouterr().out


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("1.4.2", "version: 1.5.0"),
        ("0.1.0", "version: 0.2.0"),
        ('"2.1"', 'version: "2.2"'),
        ('"2.9"', 'version: "2.10"'),
        ("v1.0.3", "version: v1.1.0"),
        ("March", ""),
        ("1.2.3-rc.1", ""),
    ],
)
def test_the_version_to_write(repo: Path, capfd: pytest.CaptureFixture[str], version: str, line: str) -> None:
    text = MAIL.replace("version: 1.0.0", f"version: {version}")
    Path("mail.sla.yaml").write_text(text)
    git("commit", "-qam", "Version")
    Path("mail.sla.yaml").write_text(text.replace("99.9 %, window", "99.5 %, window"))
    main(["check", "--output", "json", "--no-cache", "--select", "weakened-without-version", "--since", "HEAD"])
    (found,) = json.loads(capfd.readouterr().out)["findings"]
    assert found["hint"].split("\n")[1:] == ([line] if line else [])
