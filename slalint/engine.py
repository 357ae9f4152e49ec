"""Files in, findings out. Pure: bytes, rules, wishes and the day are handed in; nothing is read or printed here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from slalint import sources
from slalint.agreement import Agreement
from slalint.config import Config, Entry
from slalint.model import (
    CONFIDENCES,
    FileResult,
    Finding,
    Node,
    Observation,
    Path,
    Related,
    Report,
    Severity,
    SourceFile,
    Span,
    pointer,
)
from slalint.needs import Needs, are_told, is_met
from slalint.record import NamedTuple
from slalint.rule import Check, Rule, together
from slalint.terms import GlossaryTerm
from slalint.words import phrases


class Input(NamedTuple):
    """One file to look at. ``agreement``: treat it as one, whatever it looks like; ``reason`` says why it was taken.
    ``home`` is its path from the top of the repository, by which findings without an agreement's id are known."""

    path: str
    data: bytes
    agreement: bool = False
    reason: str = ""
    template: bool = False
    home: str = ""
    glossary: tuple[GlossaryTerm, ...] = ()  # what a glossary that the file links explains
    suppressions: tuple[Entry, ...] = ()  # those of the configuration that speak of this file
    overrides: tuple[int, ...] = ()  # the numbers of the configuration's overrides that are for it
    before: tuple[tuple[str, bytes], ...] = ()  # path and bytes of files that may hold the versions before


class Outcome(NamedTuple):
    """What one file gave; plain data, so it crosses process borders and caches. ``source`` is its text where there are
    findings; ``clocked`` says that it holds for the day only, for a rule asked which day it is."""

    file: FileResult
    findings: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()
    source: SourceFile | None = None
    clocked: bool = False
    suppressed: tuple[Finding, ...] = ()


class Timings:
    """Seconds and calls by phase and by rule. ``clock`` is handed in: nothing here looks at one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.phases: dict[str, tuple[float, int]] = {}
        self.rules: dict[str, tuple[float, int]] = {}

    def taken(self, table: dict[str, tuple[float, int]], name: str, since: float) -> float:
        """Adds what has passed since a moment to an entry; the moment now."""
        now = self.clock()
        seconds, calls = table.get(name, (0.0, 0))
        table[name] = seconds + now - since, calls + 1
        return now


def lint(inputs: Iterable[Input], rules: Sequence[Rule], config: Config, as_of: str = "") -> Report:
    """Every input checked by every enabled rule. ``as_of`` is the day (ISO) that rules take for today, or empty."""
    linter = Linter(rules, config, as_of)
    return report(map(linter, inputs), len(linter.enabled), config, as_of)


def report(outcomes: Iterable[Outcome], rules: int, config: Config, as_of: str = "") -> Report:
    """The outcomes of all files as one report, in an order that depends on nothing but their content."""
    files: list[FileResult] = []
    findings: list[Finding] = []
    errors: list[str] = []
    suppressed: list[Finding] = []
    texts: dict[str, SourceFile] = {}
    for outcome in outcomes:
        files.append(outcome.file)
        findings.extend(outcome.findings)
        suppressed.extend(outcome.suppressed)
        errors.extend(outcome.errors)
        if outcome.source is not None:
            texts[outcome.source.path] = outcome.source
    findings.sort(key=in_order)
    suppressed.sort(key=in_order)
    files.sort()
    return Report(tuple(findings), tuple(files), tuple(errors), tuple(suppressed), texts, rules, config.fail_on, as_of)


def in_order(finding: Finding) -> tuple[str, Span, str, str]:
    """By what findings are sorted: nothing but their content."""
    return finding.path, finding.span, finding.rule, finding.message


def enabled_rules(rules: Sequence[Rule], config: Config) -> list[Rule]:
    """The rules that a configuration switches on: those selected (else the profile's) less those ignored. What cannot
    be read at all is always said: silence about a broken file would look like a clean one."""

    def named(rule: Rule, names: tuple[str, ...]) -> bool:
        return rule.name in names or rule.category in names or "all" in names

    return [
        rule
        for rule in rules
        if (named(rule, config.select) or rule.name == "syntax" if config.select else rule.in_profile(config.profile))
        and not named(rule, config.ignore)
    ]


def locked(rules: Iterable[Rule], config: Config) -> set[str]:
    """The names of the rules that nobody can suppress."""
    names = set(config.locked)
    return {rule.name for rule in rules if not names.isdisjoint((rule.name, rule.category, "all"))} if names else names


# What rules share is computed where it is first asked for; with timings, before the rules, each under its own name.
_SHARED = ("elements", "parties", "metrics", "definitions", "passages")


_LONG = 2000  # characters of a sentence that is hashed but once for each rule
_KINDS = 256  # of agreements, for which it is remembered which rules there are for them; those of a house are alike


class Linter:
    """Rules, wishes and the day, ready for any number of files: called with an ``Input`` it gives an ``Outcome``."""

    def __init__(
        self,
        rules: Sequence[Rule],
        config: Config,
        as_of: str = "",
        timings: Timings | None = None,
        changes: bool = False,
    ) -> None:
        """``changes``: also the rules that look at what has changed, for the inputs that come with a version before."""
        self.rules = {rule.name: rule for rule in rules}
        self.changes = changes
        self.enabled = [rule for rule in enabled_rules(rules, config) if changes or rule.change is None]
        self.able = {rule.name for rule in self.enabled}
        # Those that look at every text; what suppresses others may be of use another time.
        self.names = {rule.name for rule in self.enabled if rule.change is None}
        self.config = config
        self.as_of = as_of
        self.timings = timings
        self._others: dict[tuple[int, ...], Linter] = {}
        self._needs = Needs(self.enabled)
        self._checks: dict[Hashable, list[tuple[Rule, Check]]] = {}  # by what agreements they are for

    def within(self, overrides: tuple[int, ...]) -> Linter:
        """The linter for files that some overrides of the configuration are for."""
        if not overrides:
            return self
        other = self._others.get(overrides)
        if other is None:
            config = self.config.within(overrides)._replace(overrides=())
            other = self._others[overrides] = Linter(
                [*self.rules.values()], config, self.as_of, self.timings, self.changes
            )
        return other

    @property
    def anywhere(self) -> list[Rule]:
        """The rules that run on some file, in order."""
        linters = [self, *(self.within((number,)) for number in range(len(self.config.overrides)))]
        names = set().union(*(linter.able for linter in linters))
        return [rule for rule in self.rules.values() if rule.name in names]

    def __call__(self, one: Input) -> Outcome:
        """One file, whatever is in it."""
        if one.overrides:
            return self.within(one.overrides)(one._replace(overrides=()))
        phrases.forget()
        timings = self.timings
        start = timings.clock() if timings is not None else 0.0
        source, claim = sources.find(one.path, one.data)
        if source is None:
            return Outcome(FileResult(one.path, "skipped", "no format that slalint reads (YAML, JSON, Markdown)"))
        if claim < 2 and not one.agreement:
            return Outcome(FileResult(one.path, "skipped", "does not look like an agreement"))
        file, refusal = sources.decode(one.path, one.data)
        reading = source.read(file, force=one.agreement) if refusal is None else sources.Reading([], [refusal])
        if timings is not None:
            timings.taken(timings.phases, "read", start)
        stamp = _Stamp(file, self, one.home or one.path)
        for observation in reading.observations:
            stamp.add(observation, self.rules.get(observation.rule), None)
        clocked = False
        before = self._before(one) if self.changes and one.before else ()
        for agreement in reading.agreements:
            clocked |= self._lint(agreement, one, stamp, before).clocked
        suppressed: list[Finding] = []
        if self.config.suppress and (one.suppressions or b"slalint:" in one.data):
            suppressed, dated = self._suppress(one, source, reading, stamp)
            clocked |= dated
        if stamp.findings:
            data = {agreement.document for agreement in reading.agreements if agreement.form == "data"}
            stamp.findings = _together(stamp.findings, data)
        found = tuple(stamp.findings)
        if not reading.agreements and not reading.observations:
            return Outcome(FileResult(one.path, "skipped", "holds no agreement"))
        reason = one.reason if reading.agreements else reading.observations[0].message
        result = FileResult(one.path, "checked", reason, len(reading.agreements))
        text = file if found or suppressed else None
        return Outcome(result, found, tuple(stamp.errors), text, clocked, tuple(suppressed))

    def _before(self, one: Input) -> list[Agreement]:
        """The agreements of the files before."""
        found: list[Agreement] = []
        for path, data in one.before:
            source, _ = sources.find(path, data)
            file, refusal = sources.decode(path, data)
            if source is not None and refusal is None:
                found += source.read(file, force=True).agreements
        for agreement in found:
            agreement.time_zone = self.config.time_zone
        return found

    def _lint(self, agreement: Agreement, one: Input, stamp: _Stamp, older: Sequence[Agreement] = ()) -> Agreement:
        """One agreement of a file; the agreement as the rules saw it. ``older``: among which its version before is."""
        timings = self.timings
        now = timings.clock() if timings is not None else 0.0
        agreement.day = self.as_of
        agreement.time_zone = self.config.time_zone
        agreement.glossary = self.config.glossary + one.glossary
        agreement.is_template = agreement.is_template or one.template
        shape = list(_shape(agreement))
        told = stamp.starts() if shape else ()
        for observation in shape:
            # One defect, one finding: what the reader saw there says it best.
            if not isinstance(observation.at, Node) or observation.at.place.start not in told:
                stamp.add(observation, self.rules.get(observation.rule), agreement)
        agreement = _as_meant(agreement, shape)
        before = None
        if older:
            from slalint.changes import counterpart

            before = counterpart(agreement, older)
        if timings is None:
            stamp.run(self._ready(agreement, before), agreement)
            return agreement
        now = timings.taken(timings.phases, "schema", now)
        for name in _SHARED:
            getattr(agreement, name)
            now = timings.taken(timings.phases, name, now)
        checks = {rule.name: check for rule, check in self._ready(agreement, before)}
        for rule in self.enabled:
            stamp.run([(rule, checks[rule.name])] if rule.name in checks else (), agreement)
            now = timings.taken(timings.rules, rule.name, now)
        return agreement

    def _ready(self, agreement: Agreement, before: Agreement | None) -> list[tuple[Rule, Check]]:
        """The rules that have something to look for in such an agreement, each with its check: told once for all of a
        kind, not for each rule in each file."""
        told, met = are_told(agreement), self._needs.met(agreement)
        if before is not None:
            return [one for one in self._able(agreement, before) if is_met(one[0], told, met)]
        kind = agreement.form, agreement.understood, told
        ready = self._checks.get((kind, met))
        if ready is None:
            able = self._checks.get(kind)
            if able is None or len(self._checks) > _KINDS:
                self._checks.clear()
                able = self._checks[kind] = self._able(agreement)
            ready = self._checks[kind, met] = [one for one in able if is_met(one[0], told, met)]
        return ready

    def _able(self, agreement: Agreement, before: Agreement | None = None) -> list[tuple[Rule, Check]]:
        """The rules for agreements of a form and a language."""
        form, understood, options = agreement.form, agreement.understood, self.config.options
        checks = [(rule, rule.ready(form, understood, options.get(rule.name), before)) for rule in self.enabled]
        return [(rule, check) for rule, check in checks if check is not None]

    def _suppress(
        self, one: Input, source: sources.Source, reading: sources.Reading, stamp: _Stamp
    ) -> tuple[list[Finding], bool]:
        """Takes from a file's findings those that somebody answers for, and adds what there is to say about that. Also
        whether it holds for the day only."""
        from slalint import suppressions

        comments = source.comments(stamp.file) if b"slalint:" in one.data else ()
        found = [*suppressions.read(stamp.file, comments), *map(suppressions.configured, one.suppressions)]
        if not found:
            return [], False
        rules = suppressions.Rules(self.names, self.rules, locked(self.rules.values(), self.config))
        verdict = suppressions.apply(
            stamp.findings, found, stamp.file, self.as_of, rules, lambda *asked: _below(reading.agreements, *asked)
        )
        stamp.findings = verdict.findings
        owner = reading.agreements[0] if len(reading.agreements) == 1 else None
        for said in verdict.said:
            stamp.add(said, self.rules.get(said.rule), owner)
        return verdict.suppressed, any(each.waiver.until for each in found)

    def tell(self, file: SourceFile, said: Iterable[Observation]) -> tuple[Finding, ...]:
        """What there is to say about a file that is no agreement, such as the configuration, as findings."""
        stamp = _Stamp(file, self, file.path)
        for observation in said:
            stamp.add(observation, self.rules.get(observation.rule), None)
        return tuple(stamp.findings)


def _together(findings: list[Finding], documents: set[int]) -> list[Finding]:
    """The findings, those of one agreement with hints that can be followed one after the other, as they are shown.
    ``documents``: the numbers of the agreements."""
    blocks: dict[int, list[int]] = {}  # the places in the list of those that write a block
    for at, one in enumerate(findings):
        if ":\n  " in one.hint and one.document in documents:
            blocks.setdefault(one.document, []).append(at)
    together_ = [each for each in blocks.values() if len(each) > 1]
    if not together_:
        return findings
    from slalint import shape

    findings = [*findings]
    for each in together_:
        each.sort(key=lambda at: in_order(findings[at]))
        for at, hint in zip(each, together([findings[at].hint for at in each], shape.fields()), strict=True):
            if hint is not findings[at].hint:
                findings[at] = findings[at]._replace(hint=hint)
    return findings


def _below(agreements: Sequence[Agreement], finding: Finding, place: str) -> bool:
    """Whether a finding stands at a JSON Pointer or under it, with list items by index or by name."""

    def inside(written: str) -> bool:
        return written == place or written.startswith(place.rstrip("/") + "/")

    if inside(finding.pointer):
        return True
    for agreement in agreements:
        if agreement.document == finding.document:
            steps: list[str | int] = []
            node: Node | None = agreement.root
            for step in finding.pointer.split("/")[1:]:
                name = step.replace("~1", "/").replace("~0", "~")
                listed = node is not None and isinstance(node.data, list) and name.isdecimal()
                steps.append(int(name) if listed else name)
                node = node.get(steps[-1]) if node is not None else None
            return inside(pointer(named(agreement.root, tuple(steps))))
    return False


def _shape(agreement: Agreement) -> Iterator[Observation]:
    from slalint import shape

    if agreement.data is not None:
        yield from shape.observe(agreement.data)


def _as_meant(agreement: Agreement, said: list[Observation]) -> Agreement:
    """The agreement read with its misspelled fields as they were meant: what would follow from them is no finding."""
    if type(agreement) is not Agreement or not any(one.data for one in said):
        return agreement
    from slalint import shape

    meant = Agreement(shape.as_meant(agreement.root, said), agreement.document)
    meant.day, meant.time_zone, meant.is_template = agreement.day, agreement.time_zone, agreement.is_template
    meant.glossary = agreement.glossary
    return meant


class _Stamp:
    """Turns what rules and sources say about one file into findings."""

    def __init__(self, file: SourceFile, linter: Linter, home: str) -> None:
        self.file = file
        self.home = home
        self.rules = linter.rules
        self.enabled = linter.able
        self.config = linter.config
        self.floor = CONFIDENCES.index(linter.config.min_confidence)
        self.findings: list[Finding] = []
        self.errors: list[str] = []
        self.seen: set[tuple[str, Span, str]] = set()
        self.ordinals: dict[str, int] = {}
        self._begun: dict[tuple[str, str, str], Any] = {}  # hashes of long sentences with many findings
        self._starts: set[int] = set()
        self._counted = 0

    def starts(self) -> set[int]:
        """Where the findings so far begin; each is looked at but once, however many agreements the file holds."""
        self._starts.update([finding.span.start for finding in self.findings[self._counted :]])
        self._counted = len(self.findings)
        return self._starts

    def run(self, checks: Iterable[tuple[Rule, Check]], agreement: Agreement) -> None:
        """Rules on one agreement; one that raises is a finding of its own and stops nothing."""
        for rule, check in checks:
            try:
                for said in check(agreement):
                    self.add(rule.told(said, agreement), rule, agreement)
            except Exception as problem:
                self._crashed(rule, problem, agreement)

    def _crashed(self, rule: Rule, problem: Exception, agreement: Agreement) -> None:
        told = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
        where = rule.origin or rule.name
        self.errors.append(f"{self.file.path}: rule {rule.name} ({where}) stopped with {told}")
        crashed = Observation(
            agreement.head,
            f"Rule {rule.name} could not finish: {told}.",
            hint=f"Mend {where}, or leave the rule out with --ignore {rule.name}.",
            key=rule.name,
        )
        self.add(crashed, self.rules.get("rule-crashed"), agreement)

    def add(self, said: Observation, rule: Rule | None, agreement: Agreement | None) -> None:
        if rule is None or (rule.name not in self.enabled and rule.name != "rule-crashed"):
            return
        if CONFIDENCES.index(said.confidence) < self.floor:
            return
        node = said.at if isinstance(said.at, Node) else None
        span = node.place if node is not None else said.at
        assert isinstance(span, Span)
        once = (rule.name, span, said.message)
        if once in self.seen:
            return
        self.seen.add(once)
        end_line, end_column = self.file.position(span.end)
        self.findings.append(
            Finding(
                path=self.file.path,
                span=span,
                rule=rule.name,
                message=said.message,
                severity=self._severity(rule, agreement),
                confidence=said.confidence,
                category=rule.category,
                end_line=end_line,
                end_column=end_column,
                why=said.why or rule.why,
                hint=said.hint or rule.fix,
                document=agreement.document if agreement is not None else 0,
                pointer=pointer(node.path) if node is not None else "",
                related=tuple(self._related(said)),
                fix=said.fix,
                fingerprint=self._fingerprint(rule, said, span, node, agreement),
                data=said.data,
            )
        )

    def _related(self, said: Observation) -> Iterator[Related]:
        for node, message in said.related:
            yield Related(node.file.path, node.place, message)
        if isinstance(said.at, Node) and said.at.aliased:
            yield Related(self.file.path, said.at.written, "written here, behind the alias")

    def _severity(self, rule: Rule, agreement: Agreement | None) -> Severity:
        wished = self.config.severity
        severity = wished.get(rule.name) or wished.get(rule.category) or rule.severity
        if severity == "error" and rule.lenient and agreement is not None and agreement.is_draft:
            return "warning"
        return severity

    def _fingerprint(
        self, rule: Rule, said: Observation, span: Span, node: Node | None, agreement: Agreement | None
    ) -> str:
        """Who this finding is, whatever line it moves to: rule, agreement, place by names, offending value."""
        owner = (agreement.id if agreement is not None else "") or self.home
        document = agreement.prose if agreement is not None else None
        value = said.key or self.file.text[span.start : span.end]
        if rule.missing:
            where = ""  # what is missing is missing from the whole agreement, wherever that is said
        elif document is not None and (node is None or not node.path):
            where = document.context(span.start)
        else:
            where = pointer(named(agreement.root, node.path)) if agreement is not None and node is not None else ""
        begun = "\x00".join((rule.name, owner, where, ""))
        value = " ".join(value.split())
        if len(where) < _LONG:
            hashed = _sha256()((begun + value).encode("utf-8", "surrogatepass"))
        else:
            known = self._begun.get((rule.name, owner, where))
            if known is None:
                known = self._begun[rule.name, owner, where] = _sha256()(begun.encode("utf-8", "surrogatepass"))
            hashed = known.copy()
            hashed.update(value.encode("utf-8", "surrogatepass"))
        digest = hashed.hexdigest()[:32]
        ordinal = self.ordinals[digest] = self.ordinals.get(digest, 0) + 1
        return digest if ordinal == 1 else f"{digest}:{ordinal}"


@cache
def _sha256() -> Callable[[bytes], Any]:
    """Python's own, where it has it: ``hashlib`` first loads all of OpenSSL, which takes as long as reading a file."""
    for name in ("_sha2", "_sha256"):
        try:
            found: Callable[[bytes], Any] = __import__(name).sha256
            return found
        except (ImportError, AttributeError):
            continue
    from hashlib import sha256

    return sha256


def named(root: Node, path: Path) -> Path:
    """A path with list items called by their id, name or term, so that reordering a list does not change it."""
    steps: list[str | int] = []
    node: Node | None = root
    for step in path:
        node = node.get(step) if node is not None else None
        label: str | int = step
        if isinstance(step, int) and node is not None:
            names = (node.get(key) for key in ("id", "name", "term", "level", "party"))
            label = next((n.text for n in names if n is not None and n.text), node.text or step)
        steps.append(label)
    return tuple(steps)
