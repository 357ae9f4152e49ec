"""What a run makes of findings that somebody answers for outside the files: in the configuration, in the baseline."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from slalint.model import Finding, Node, Observation, Report, SourceFile

if TYPE_CHECKING:
    from slalint.config import Config
    from slalint.rule import Rule


def whole(paths: Sequence[str], config: Config) -> bool:
    """Whether everything was looked through that the configuration speaks of."""
    folder = os.path.abspath(os.path.dirname(config.path))
    return any(os.path.isdir(path) and os.path.abspath(path) == folder for path in paths)


def with_entries(report: Report, paths: Sequence[str], rules: Sequence[Rule], config: Config, as_of: str) -> Report:
    """The report with what there is to say about the configuration's suppressions: those that are past their day, and,
    where everything was looked at, those that suppress nothing."""
    from slalint.disk.files import read
    from slalint.engine import Linter, in_order
    from slalint.sources import decode

    linter = Linter(rules, config, as_of)
    said = list(_about(report, config, as_of, linter.names, linter.rules, whole(paths, config)))
    if not said:
        return report
    # As seen from here, so that reports find it from the top of the repository.
    path = os.path.relpath(config.path).replace(os.sep, "/")
    file = decode(path, read(config.path))[0]
    told = linter.tell(file, [one._replace(at=_node(file, one)) for one in said])
    findings = tuple(sorted((*report.findings, *told), key=in_order))
    return report._replace(findings=findings, sources={**report.sources, file.path: file})


def with_baseline(report: Report, path: str, rules: Sequence[Rule], config: Config) -> tuple[Report, int]:
    """The report without known findings, and how many entries of the baseline are out of date."""
    from slalint import baseline
    from slalint.cli import _running
    from slalint.disk.files import shown
    from slalint.engine import locked

    entries = _running.baseline_entries(path)
    known, outdated = baseline.apply(report, entries, shown(path), locked(rules, config), _running.gone(report))
    return known, len(outdated)


def _node(file: SourceFile, said: Observation) -> Node:
    assert not isinstance(said.at, Node)
    return Node.of(file, said.at.start, said.at.end)


def _about(
    report: Report, config: Config, as_of: str, ran: Collection[str], rules: Mapping[str, Rule], everything: bool
) -> Iterator[Observation]:
    from slalint.text import listed

    used = {finding.waiver for finding in report.suppressed}
    for entry in config.suppressions:
        if entry.waiver.path != config.path:  # one of a configuration that is extended, which holds elsewhere, too
            continue
        back = sorted({f.rule for f in report.findings if _returned(f, config.path, entry.at.start)})
        idle = [name for name in entry.rules if any(name in (rule, rules[rule].category) for rule in ran)]
        paths = listed(entry.paths, "or")
        key = f"{entry.rules} {entry.paths} {entry.node}"
        if entry.waiver.until and entry.waiver.until < as_of:
            told = f"{listed(back)} {'is' if len(back) == 1 else 'are'} found again"
            if back or everything:
                message = f"This suppression ended on {entry.waiver.until}: "
                message += told if back else "nothing is found there any more"
                hint = "" if back else "Take the entry away."
                yield Observation(entry.at, f"{message}.", hint=hint, rule="expired-suppression", key=key)
        elif everything and idle and entry.waiver not in used:
            message = f"{listed(idle, 'or')} finds nothing in {paths}, so there is nothing to suppress."
            yield Observation(entry.at, message, hint="Take the entry away.", rule="unused-suppression", key=key)


def _returned(finding: Finding, path: str, start: int) -> bool:
    return any(related.path == path and related.span.start == start for related in finding.related)
