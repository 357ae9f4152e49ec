"""What `slalint check` does. Nothing here loads click, which takes a quarter of the time that one agreement takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from slalint.cli import _project, _running
from slalint.cli._console import Unwritable, colorful, guarded, misused, say, tell
from slalint.record import NamedTuple

if TYPE_CHECKING:
    from types import ModuleType

    from slalint.config import Config
    from slalint.disk.files import Found
    from slalint.engine import Linter
    from slalint.model import Report
    from slalint.rule import Rule

_ERRORS = 20  # so many are told one by one: a rule that stops, stops in every file


def run(
    paths: tuple[str, ...],
    output: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    quiet: bool,
    color: str,
    show_files: bool,
    statistics: bool,
    **wishes: Any,
) -> int:
    """`slalint check` with its arguments, as that module names them; the exit status."""
    formats = [_format(one) for one in output or ("full",)]
    as_of = _running.day(wishes["as_of"])
    trusted = wishes["trusted_config"]
    project = _trusted(config, isolated, wishes) if trusted else _project.load(config, isolated)
    asked = _asked(project.config, project.rules, select, ignore, wishes)
    files = _found(paths or (".",), asked, wishes)
    if show_files:
        return _show(files, asked, wishes)
    baseline = "" if wishes["no_baseline"] else _running.baseline_path(asked, wishes["baseline"])
    if wishes["fix"] or wishes["unsafe_fixes"] or wishes["diff"]:
        # What is not shown is not mended either: it may be in files that nobody meant to touch.
        hidden = _hidden(files, paths, project.rules, asked, as_of, baseline, wishes)
        changed, left = _fix(files, project.rules, asked, as_of, hidden, wishes)
        if not quiet and (told := _left(changed, left, wishes)):
            tell(told)
        if wishes["diff"]:
            return int(changed > 0)
    report = _report(files, project.rules, asked, as_of, wishes)
    if asked.suppressions and asked.suppress and not wishes["since"] and not trusted:
        from slalint.cli._waived import with_entries

        report = with_entries(report, paths or (".",), project.rules, asked, as_of)
    report, outdated = _without_known(report, paths, project.rules, asked, baseline, wishes)
    notes = not quiet
    if notes:
        for line in (*_notes(report, files), *_idle(paths or (".",), files, asked)):
            tell(line)
        if outdated:
            from slalint.reports._text import count

            told = f"{count(outdated, 'entry')} {'is' if outdated == 1 else 'are'} found no more"
            tell(f"{_clean(baseline)}: {told}; `slalint baseline prune` takes them out")
    _deliver(report, formats, color, wishes)
    for error in report.errors[:_ERRORS]:
        tell(f"slalint: {_clean(error)}")
    if len(report.errors) > _ERRORS:
        tell(f"slalint: … and {len(report.errors) - _ERRORS:,} more of this kind")
    if statistics:
        tell(_counted(report))
    if notes:
        from slalint.reports._text import summary

        tell(summary(report))
    return report.status


# ---- wishes


class Format(NamedTuple):
    name: str
    module: ModuleType
    file: str  # empty: stdout


def _format(wish: str) -> Format:
    """A report by its name or an alias, and the file that it goes to."""
    from importlib import import_module

    from slalint import plugins, reports

    name, _, file = wish.partition(":")
    names = plugins.modules(reports)
    if name in names:
        return Format(name, import_module(f"slalint.reports.{name}"), file)
    modules = {known: import_module(f"slalint.reports.{known}") for known in names}
    aliases = {alias: known for known, module in modules.items() for alias in getattr(module, "aliases", ())}
    if name in aliases:
        return Format(name, modules[aliases[name]], file)
    from slalint.config import unknown

    raise misused(unknown("report", name, [*names, *aliases]))


def _asked(
    config: Config, rules: list[Rule], select: tuple[str, ...], ignore: tuple[str, ...], wishes: dict[str, Any]
) -> Config:
    """The configuration with what the command line says instead. ``--select`` means: these, whatever it says there."""
    own: dict[str, Any] = {key: wishes[key] for key in ("profile", "min_confidence") if wishes[key] is not None}
    if select:
        own |= {"select": _project.selection(select, rules), "ignore": ()}
    left = _project.selection(ignore, rules)
    config = config.everywhere(own)
    config = config._replace(overrides=tuple(one._replace(ignore=one.ignore + left) for one in config.overrides))
    config = config._replace(ignore=config.ignore + left, suppress=not wishes["no_suppressions"])
    return config._replace(fail_on=wishes["fail_on"] or config.fail_on)


def _trusted(config: str | None, isolated: bool, wishes: dict[str, Any]) -> _project.Project:
    """The project of a revision. The baseline, too, is the one that was there."""
    from slalint.cli import _trusted

    if isolated:
        raise misused("--isolated uses no configuration; leave out --trusted-config")
    project = _trusted.load(wishes["trusted_config"], config, wishes["baseline"])
    wishes["baseline"] = None
    return project


# ---- files


def _found(paths: Sequence[str], config: Config, wishes: dict[str, Any]) -> list[Found]:
    found = _running.files(paths, config, wishes["exclude"], wishes["force_exclude"], wishes["stdin_filename"])
    if wishes["trusted_config"]:
        from slalint.cli import _trusted

        return _trusted.own(found)
    return found


def _report(files: Sequence[Found], rules: list[Rule], config: Config, as_of: str, wishes: dict[str, Any]) -> Report:
    """Everything that is found, known or not."""
    jobs = _running.processes(wishes["jobs"])
    cached = not wishes["no_cache"] and not wishes["trusted_config"]
    before = _before(wishes["since"], rules, config) if wishes["since"] else None
    return _running.check(files, rules, config, as_of, wishes["as_agreement"], jobs, cached, wishes["timings"], before)


def _without_known(
    report: Report, paths: Sequence[str], rules: list[Rule], config: Config, baseline: str, wishes: dict[str, Any]
) -> tuple[Report, int]:
    """The report without what the baseline or ``--since`` keeps back, and how many entries of the baseline are out of
    date."""
    outdated = 0
    if baseline:
        from slalint.cli._waived import with_baseline

        report, outdated = with_baseline(report, baseline, rules, config)
    if wishes["since"]:
        report = _only_new(report, paths or (".",), rules, config, wishes)
    return report, outdated


def _hidden(
    files: Sequence[Found],
    paths: Sequence[str],
    rules: list[Rule],
    config: Config,
    as_of: str,
    baseline: str,
    wishes: dict[str, Any],
) -> frozenset[str]:
    """The fingerprints of findings that would not be shown."""
    if not baseline and not wishes["since"]:
        return frozenset()
    all_ = _report(files, rules, config, as_of, {**wishes, "timings": None})
    shown, _ = _without_known(all_, paths, rules, config, baseline, wishes)
    return frozenset(f.fingerprint for f in all_.findings) - {f.fingerprint for f in shown.findings}


def _fix(
    files: Sequence[Found],
    rules: list[Rule],
    config: Config,
    as_of: str,
    hidden: frozenset[str],
    wishes: dict[str, Any],
) -> tuple[int, int]:
    """``--fix``: makes the fixes, or with ``--diff`` shows them; how many, and how many --unsafe-fixes would add."""
    from slalint.cli import _fixing
    from slalint.engine import Linter

    made = left = 0
    take = _running.inputs(config, wishes["as_agreement"])
    for change in _fixing.changes(files, take, Linter(rules, config, as_of), wishes["unsafe_fixes"], hidden):
        made += len(change.made)
        left += change.left
        if not change.made:
            continue
        if wishes["diff"]:
            _fixing.show(change)
        else:
            _fixing.write(change)
            tell(f"{_clean(change.path)}: fixed {_clean('; '.join(change.made))}")
    return made, left


def _left(made: int, left: int, wishes: dict[str, Any]) -> str:
    """What there is to say where fixes were asked for and not all were made."""
    told = "" if made else f"no {'' if wishes['unsafe_fixes'] else 'safe '}fixes"
    more = f"{left:,} more with --unsafe-fixes" if left else ""
    return "; ".join(part for part in (told, more) if part)


def _before(rev: str, rules: list[Rule], config: Config) -> _running.Before:
    """``--since``: what the files were, where there are rules that look at what has changed."""
    from slalint.cli import _since
    from slalint.engine import Linter

    linter = Linter(rules, config, changes=True)
    return _since.before(rev) if any(rule.change is not None for rule in linter.anywhere) else {}


def _only_new(
    report: Report, paths: Sequence[str], rules: list[Rule], config: Config, wishes: dict[str, Any]
) -> Report:
    """``--since``: the report without what was found before. The wishes are those of now; what a glossary explained
    is what it explained then."""
    from slalint import engine
    from slalint.cli import _since

    def linter() -> Linter:
        return engine.Linter(rules, _project.with_glossary(config), report.as_of)

    older = _since.fingerprints(
        wishes["since"],
        paths,
        lambda there: _found(there, config, wishes),
        lambda: _running.inputs(config, wishes["as_agreement"]),
        linter,
        _running.processes(wishes["jobs"]),
    )
    return _since.only_new(report, wishes["since"], older)


def _show(files: Sequence[Found], config: Config, wishes: dict[str, Any]) -> int:
    """``--show-files``: what would become of each file, without a rule run on it."""
    from slalint import engine
    from slalint.cli import _work

    status = 0
    linter = engine.Linter((), config)
    for outcome in _work.outcomes(files, _running.inputs(config, wishes["as_agreement"]), linter, 1, None):
        path, what, reason, agreements = outcome.file
        status = 2 if what == "failed" else status
        taken = "agreement" if agreements else "cannot be read"
        word = {"checked": taken, "skipped": "left out", "failed": "unreadable"}[what]
        say(guarded(f"{_clean(path)}: {word}{': ' + _clean(reason) if reason else ''}\n"))
    return status


# ---- words


def _clean(text: str) -> str:
    from slalint.reports._text import visible

    return visible(text)


def _notes(report: Report, files: Sequence[Found]) -> Iterator[str]:
    """A line for each file that was named but is no agreement. Not under pre-commit, which names every changed file."""
    if os.environ.get("PRE_COMMIT"):
        return
    named = {found.path for found in files if found.named and not found.left}
    for file in report.files:
        if file.status == "skipped" and file.path in named:
            unlike = file.reason.startswith("does not look")
            yield f"{_clean(file.path)}: left out, {file.reason}{'; --as-agreement takes it for one' if unlike else ''}"


def _idle(paths: Sequence[str], files: Sequence[Found], config: Config) -> Iterator[str]:
    """A line for each pattern of the configuration that makes no file an agreement, where the whole project was looked
    through."""
    if not config.agreements:
        return
    from slalint.cli._waived import whole
    from slalint.disk.files import Patterns

    if whole(paths, config):
        folder = os.path.dirname(config.path) or "."
        for line in config.agreements:
            if not line.startswith("!") and not any(Patterns(folder, [line]).fit(found.place) for found in files):
                yield f"{_clean(config.path)}: no file fits “{_clean(line)}” in agreements"


def _deliver(report: Report, formats: Sequence[Format], wish: str, wishes: dict[str, Any]) -> None:
    """Every report to where it is wanted: files first, then stdout."""
    for one in sorted(formats, key=lambda one: not one.file):
        # What is asked of one format only: --sarif-fingerprints is `fingerprints` to the module sarif.
        own = {key.removeprefix(f"{one.name}_"): said for key, said in wishes.items() if key.startswith(f"{one.name}_")}
        if not one.file and getattr(one.module, "colored", False) and colorful(wish, sys.stdout, os.environ):
            own["color"] = True
        text = one.module.render(report, **own)
        if not getattr(one.module, "commands", False):
            text = guarded(text)
        if not one.file:
            say(text)
            continue
        # The summary of a workflow's step may hold words of others already.
        mode = "a" if one.file == os.environ.get("GITHUB_STEP_SUMMARY") else "w"
        try:
            with open(one.file, mode, encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.write(text)
        except OSError as problem:
            raise Unwritable(f"{one.file}: the report cannot be written: {problem.strerror or problem}") from problem


def _counted(report: Report) -> str:
    from collections import Counter

    counts = Counter((finding.rule, finding.severity) for finding in report.findings)
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(f"{number:>6,}  {severity:<7}  {rule}" for (rule, severity), number in rows) or "no findings"
