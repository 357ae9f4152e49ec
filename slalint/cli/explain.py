"""`slalint explain`."""

from __future__ import annotations

import click

from slalint.cli import _project
from slalint.cli._console import say


@click.command(short_help="Say what a rule wants, why, and how to mend it.")
@click.argument("rule")
@_project.options
def command(rule: str, config: str | None, isolated: bool) -> None:
    """Say what RULE wants, why, how to mend it, with examples."""
    found = _project.rule(_project.load(config, isolated).rules, rule)
    forms = " and ".join(found.applies)
    lenient = ", a warning in drafts" if found.lenient and found.severity == "error" else ""
    parts = [
        f"{found.name}\n\n{found.summary}\n",
        f"Severity: {found.severity}{lenient}\nCategory: {found.category}\n"
        f"Profile:  {found.profile}\nLooks at: {forms}\n",
    ]
    if found.why:
        parts.append(f"Why: {found.why}\n")
    if found.fix:
        lines = found.fix.split("\n")
        parts.append(f"Fix: {lines[0]}\n" if len(lines) == 1 else "\n  ".join(["Fix:", *lines]) + "\n")
    if found.options:
        lines = [f"  {name}: {schema['description']}" for name, schema in found.options.items()]
        parts.append("\n".join(["Options:", *lines]) + "\n")
    for kind in ("bad", "good"):
        for example in found.examples(kind):
            day = f", as of {example.as_of}" if example.as_of else ""
            title = f"{kind.capitalize()} ({example.format}{day})"
            if example.before:
                parts.append(f"{title}, before:\n\n{_block(example.before, ())}")
                title += ", after"
            parts.append(f"{title}:\n\n{_block(example.text, example.expect)}")
    say("\n".join(parts))


def _block(text: str, marked: tuple[int, ...]) -> str:
    """An example with its reported lines pointed out."""
    lines = text.rstrip("\n").split("\n")
    return "".join(
        f"  {'>' if number in marked else ' '} {line}".rstrip() + "\n" for number, line in enumerate(lines, 1)
    )
