"""`slalint test`."""

from __future__ import annotations

import click

from slalint.cli import _project
from slalint.cli._console import say, tell


@click.command(short_help="Run the examples of your rules.")
@click.argument("folder", required=False)
@_project.options
def command(folder: str | None, config: str | None, isolated: bool) -> int:
    """Run the examples of your rules: those in FOLDER, else those that the configuration names.

    A bad example must be reported on exactly the lines marked `# expect`, a good one nowhere.
    """
    from slalint.examples import run_examples
    from slalint.reports._text import count, visible

    if folder is None:
        rules = _project.load(config, isolated).rules
        ours = {rule.origin for rule in _project.load(isolated=True).rules}
        chosen = [rule for rule in rules if rule.origin not in ours]
    else:
        from slalint.disk.rulebook import bundled, load

        chosen = load(folder)
        own = {rule.name for rule in chosen}
        rules = chosen + [rule for rule in bundled() if rule.name not in own]
    if not chosen:
        raise click.UsageError("there are no rules of your own here; name a folder, or list it under `rules:`")
    failed = examples = 0
    for rule in chosen:
        number = len(rule.examples("bad")) + len(rule.examples("good"))
        examples += number
        failures = run_examples(rule, rules)
        if not number and not rule.reader:  # what a source reports may need a file that is no text
            failures = ["it has no examples; give it at least one under `bad`"]
        failed += bool(failures)
        for failure in failures:
            say(f"{visible(rule.origin)}: {rule.name}: {visible(failure)}\n")
    verdict = count(failed, "rule") if failed else "none"
    tell(f"{count(len(chosen), 'rule')} with {count(examples, 'example')}: {verdict} failed.")
    return int(failed > 0)
