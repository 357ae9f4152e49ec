"""A rule's own examples as its tests. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from slalint.config import Config
from slalint.engine import Input, Linter
from slalint.rule import Example, Rule


def run_examples(rule: Rule, rules: Sequence[Rule]) -> list[str]:
    """What is wrong with the examples of a rule, a line each: a bad one must be reported on exactly the marked lines,
    a good one nowhere. Only this rule runs; ``rules`` are those that it lives with."""
    failures = []
    for kind in ("bad", "good"):
        for number, example in enumerate(rule.examples(kind), 1):
            failures += [
                f"{kind} example {number} ({example.format}): {told}" for told in _run(rule, rules, kind, example)
            ]
    return failures


def _run(rule: Rule, rules: Sequence[Rule], kind: str, example: Example) -> list[str]:
    if kind == "bad" and not example.expect:
        return ["no line is marked; the reported line ends in `# expect` (Markdown: `<!-- expect -->`)"]
    if kind == "good" and example.expect:
        return [f"{_lines(example.expect)} marked, but nothing is to be reported in a good example"]
    # What a reader says, a suppression among others, may hang on what other rules find.
    config = Config(select=("all" if rule.reader else rule.name,), min_confidence="low")
    data = example.text.encode()
    if rule.change is not None and not example.before:
        return ["a rule about what has changed needs the version before: `before: …`"]
    before = ((example.path, example.before.encode()),) if example.before else ()
    linter = Linter(rules, config, example.as_of, changes=True)
    outcome = linter(Input(example.path, data, True, before=before))
    if outcome.errors:
        return list(outcome.errors)
    if outcome.file.status != "checked":
        return [f"it is left out: {outcome.file.reason}"]
    told = {finding.span.line: finding.message for finding in outcome.findings if finding.rule == rule.name}
    unsaid = sorted(set(example.expect) - set(told))
    extra = sorted(set(told) - set(example.expect))
    failures = [f"{_lines(unsaid)} must be reported, but {'is' if len(unsaid) == 1 else 'are'} not"] if unsaid else []
    return failures + [f"line {line} is reported, but must not be: {told[line]}" for line in extra]


def _lines(lines: Sequence[int]) -> str:
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
