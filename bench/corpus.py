"""Agreements in slalint's own format, made from a seed: `python bench/corpus.py FOLDER N [--seed 7] [--defects 0.1]`.

Each is a valid agreement of about 7 KB (120 lines and more), of the size and make-up that people write, 100 a folder.
With defects, that share of them has one each; all others are the same to the byte as without.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

WORDS = (
    "service customer provider incident portal mailbox report ticket window month region engineer database backup "
    "request account invoice order queue answer restore measure agree record minute probe call team desk"
).split()
TOOLS = {"probe": "monitoring", "desk": "ticketing", "board": "reporting"}
METRICS = (  # each with a tool that can know it
    ("availability", "at least 99.5 %", "probe"),
    ("latency", "p95 at most 800 ms", "probe"),
    ("error-rate", "at most 0.5 %", "probe"),
    ("response", "at least 95 %", "desk"),
    ("satisfaction", "at least 4.2 out of 5", "board"),
)


# What each policy says before its words of chance.
POLICIES = {
    "application": "",
    "renewal": "Both sides decide on it 60 days before the end. ",
    "modification": "A change is announced 30 days ahead. ",
    "exclusions": "",
    "limitations": "",
    "termination": "Either side ends it with 90 days' notice. ",
}


class Defect(NamedTuple):
    """What somebody may have got wrong: the first place that ``was`` matches becomes ``now``."""

    rule: str  # of slalint, that finds it
    was: str
    now: str


DEFECTS = {
    "no tracking": Defect("untracked-metric", r"    tracking:\n(?:      .*\n)+", ""),
    "no word on termination": Defect("missing-termination-policy", r"  termination: >-\n(?:    .*\n)+", ""),
    "no word on changes": Defect("missing-modification-policy", r"  modification: >-\n(?:    .*\n)+", ""),
    "manager without a name": Defect("unnamed-manager", "    name: Dana Reyes\n    email", '    name: ""\n    email'),
    "unknown status": Defect("invalid-agreement", "status: active", "status: live-ish"),
    "target in words": Defect("invalid-agreement", "target: p95 at most 800 ms", "target: about ninety-nine"),
    "field that nobody knows": Defect("unknown-field", "term:\n", "autorenewal: true\nterm:\n"),
    "window in a unit that nobody knows": Defect("invalid-agreement", "window: calendar month", "window: 1 mon"),
}


def with_defect(text: str, defect: Defect) -> str:
    """An agreement of this corpus with one defect."""
    return re.sub(defect.was, defect.now, text, count=1)


def sentence(dice: random.Random) -> str:
    words = " ".join(dice.choice(WORDS) for _ in range(dice.randint(8, 20)))
    return words.capitalize() + "."


def folded(dice: random.Random, indent: int, count: int = 2, first: str = "") -> str:
    text = " ".join(sentence(dice) for _ in range(count))
    text = first + text[0].lower() + text[1:] if first else text
    return ">-\n" + textwrap.indent(textwrap.fill(text, 96 - indent), " " * indent)


def agreement(dice: random.Random, number: int, size: int = 0) -> str:
    """One agreement as YAML, with ids and texts of its own, of two or three services or of so many services that it has
    about ``size`` bytes."""
    services = [f"service-{i}" for i in range(size // 1_870 or dice.randint(2, 3))]
    lines = [
        "apiVersion: slalint/v1",
        "kind: ServiceLevelAgreement",
        f"type: {dice.choice(['internal', 'customer'])}",
        "metadata:",
        f"  id: sla-{number:05}",
        f"  title: {sentence(dice)[:-1]}",
        f"  version: {dice.randint(1, 4)}.{dice.randint(0, 9)}.0",
        "  status: active",
        "term:",
        "  effectiveDate: 2026-01-01",
        "  expiryDate: 2035-12-31",
        "  timeZone: Europe/Lisbon",
        "parties:",
        "  provider: Platform Operations",
        "  customer: Order Processing",
        "governance:",
        "  serviceLevelManager:",
        "    name: Dana Reyes",
        "    email: dana.reyes@example.org",
        "    deputy: Kim Sato",
        "    answersTo: [provider, customer]",
        "    duties: [negotiates, maintains, communicates, meets the customer]",
        "  representatives:",
        "    - {party: customer, name: Lee Park, email: lee.park@example.org}",
        "  reporting: monthly, to the customer, with the minutes of Downtime",
        "  escalation: Dana Reyes after 2 h, Head of Operations after 4 h",
        "meetings: {frequency: monthly, participants: [serviceLevelManager, customer]}",
        "definitions:",
    ]
    for name in ("Available", "Downtime", "Response", "Restore", "Incident"):
        lines.append(f"  {name}: {folded(dice, 4, first='Minutes in which ')}")
    lines += ["goals:", f"  - statement: {sentence(dice)}"]
    lines.append(f"    measuredBy: [{', '.join(f'{s}-{m}' for s in services for m, _, _ in METRICS[:2])}]")
    lines.append("services:")
    for name in services:
        lines += [f"  - id: {name}", f"    description: {folded(dice, 6)}", "    owner: provider"]
        lines += ["    hours: Mon-Fri 07:00-19:00 Europe/Lisbon", "    workload: at most 2,000 requests an hour"]
    lines.append("tools:")
    for name, purpose in TOOLS.items():
        lines.append(f"  - {{id: {name}, name: {name.title()} {number}, purpose: {purpose}}}")
    lines.append("metrics:")
    for name in services:
        for metric, target, tool in METRICS:
            lines += [f"  - id: {name}-{metric}", f"    service: {name}", f"    target: {target}"]
            lines += ["    window: calendar month", f"    description: {sentence(dice)}", "    tracking:"]
            lines += [f"      tool: {tool}", "      since: 2025-06-01", "      baseline: 99.7 %"]
    lines.append("policies:")
    for policy, first in POLICIES.items():
        lines.append(f"  {policy}: {folded(dice, 4, 1, first)}")
    lines += ["remedies:", "  - The provider writes a plan when a target is missed.", "signatures:"]
    for party, name in (("provider", "Dana Reyes"), ("customer", "Lee Park")):
        lines.append(f"  - {{party: {party}, name: {name}, date: 2025-12-01}}")
    return "\n".join(lines) + "\n"


def write(folder: Path, count: int, seed: int = 7, defects: float = 0) -> None:
    """``count`` agreements below ``folder``; ``defects`` is the share of those with one."""
    dice, other = random.Random(seed), random.Random(seed)  # planting throws dice of its own
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"sla-{number:05}.sla.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = agreement(dice, number)
        if other.random() < defects:
            text = with_defect(text, other.choice([*DEFECTS.values()]))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("count", type=int)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--defects", type=float, default=0, help="the share of agreements with a defect")
    told = ask.parse_args()
    write(told.folder, told.count, told.seed, told.defects)
