"""What a project asks of slalint. Pure: text in, ``Config`` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from slalint.model import Confidence, Node, Severity, SourceFile, Span, Waiver
from slalint.record import NamedTuple
from slalint.terms import GlossaryTerm
from slalint.text import nearest

NAMES = ("slalint.yaml", ".slalint.yaml")


class ConfigError(Exception):
    """A configuration that cannot be used: where, and why in plain words."""

    def __init__(self, path: str, message: str, at: Span | None = None) -> None:
        super().__init__(f"{path}:{at.line}:{at.column}: {message}" if at is not None else f"{path}: {message}")

    @classmethod
    def of(cls, errors: Iterable[Exception | str]) -> ConfigError:
        """Several as one, a line each."""
        all_ = cls("", "")
        all_.args = ("\n".join(map(str, errors)),)
        return all_


class Entry(NamedTuple):
    """Rules that do not count in some files: a suppression for what can hold no comments."""

    rules: tuple[str, ...]
    paths: tuple[str, ...]  # patterns, relative to the configuration file
    node: str  # the JSON Pointer below which it holds, list items by index or by id; empty: the whole file
    waiver: Waiver
    at: Span


class Override(NamedTuple):
    """What is wished for some files instead; what is empty stays as it is elsewhere."""

    paths: tuple[str, ...]  # patterns, relative to the configuration file
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    min_confidence: Confidence | None = None
    time_zone: str = ""
    options: Mapping[str, Mapping[str, Any]] = {}


class Config(NamedTuple):
    """A project's wishes. ``path`` is the file they were read from, empty for the defaults."""

    path: str = ""
    agreements: tuple[str, ...] = ()  # globs: these files are agreements, whatever their name
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()  # rules or categories; empty: the profile decides
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}  # rule or category -> severity
    rules: tuple[str, ...] = ()  # folders with rules, relative to the configuration file
    languages: tuple[str, ...] = ()  # folders with words of further languages, likewise
    time_zone: str = ""  # IANA zone for hours that name none
    profile: str = "recommended"
    min_confidence: Confidence = "medium"
    fail_on: str = "error"  # error, warning, info or never
    templates: tuple[str, ...] = ()  # globs: agreements with blanks on purpose
    suppressions: tuple[Entry, ...] = ()
    suppress: bool = True  # whether suppressions count, in files and here
    locked: tuple[str, ...] = ()  # rules and categories that cannot be suppressed
    baseline: str = ""  # a file of known findings, relative to the configuration file
    glossaries: tuple[str, ...] = ()  # files that explain terms for every agreement, relative to the configuration file
    glossary: tuple[GlossaryTerm, ...] = ()  # the terms that they explain, once they are read
    options: Mapping[str, Mapping[str, Any]] = {}  # by the rule: what it lets a project say
    overrides: tuple[Override, ...] = ()

    def everywhere(self, said: Mapping[str, Any]) -> Config:
        """With something that holds for all files, whatever the overrides say of it."""
        plain = Override(())._asdict()
        overrides = [Override(**one._asdict() | {k: plain[k] for k in said if k in plain}) for one in self.overrides]
        return self._replace(**said, overrides=tuple(overrides))

    def within(self, numbers: Iterable[int]) -> Config:
        """What holds in files for which these overrides were written, the last of them before the others."""
        config = self
        for number in numbers:
            one = config.overrides[number]
            wanted = {*one.select, *one.severity}
            ignored = tuple(name for name in config.ignore if name not in wanted)
            config = config._replace(
                profile=one.profile or config.profile,
                select=one.select or config.select,
                ignore=ignored + one.ignore,
                severity={**config.severity, **one.severity},
                min_confidence=one.min_confidence or config.min_confidence,
                time_zone=one.time_zone or config.time_zone,
                options={**config.options, **one.options},
            )
        return config


def parse(file: SourceFile) -> tuple[Config, Node | None]:
    """The configuration in a file by itself, and the node it was read from (None where the file says nothing).

    Raises ``ConfigError`` with the places of all that cannot be meant.
    """
    root = read(file)
    return meant(file.path, [root] if root is not None else []), root


def read(file: SourceFile, faults: list[ConfigError] | None = None) -> Node | None:
    """What a file says, None where it says nothing. Raises ``ConfigError``; what it says and may not say is added to
    ``faults`` instead, if these are given.
    """
    from slalint.shape import Shape
    from slalint.sources import yaml

    roots, observations = yaml.compose(file)
    for said in observations:
        if said.rule != "unquoted-trap":
            raise ConfigError(file.path, said.message, said.at.place if isinstance(said.at, Node) else said.at)
    if not roots or (len(roots) == 1 and roots[0].data is None):
        return None
    if len(roots) > 1:
        raise ConfigError(file.path, "a configuration is one document; the second begins here", roots[1].place)
    _fit_for_it(roots[0])
    found = [ConfigError(file.path, said, at) for at, said in Shape("config", "the configuration").faults(roots[0])]
    if found and faults is None:
        raise ConfigError.of(found)
    if faults is not None:
        faults += found
    return roots[0]


def _fit_for_it(root: Node) -> None:
    """That this slalint is one that the configuration was written for; asked before anything else in it, for a newer
    one may say what this one does not know."""
    wanted = root.get("requiredVersion")
    if wanted is None or not isinstance(wanted.data, str):
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    from slalint import __version__

    try:
        fits = SpecifierSet(wanted.data).contains(__version__, prereleases=True)
    except InvalidSpecifier:
        said = f'"{wanted.data}" names no versions; write for example ">=0.1,<1"'
        raise ConfigError(root.file.path, said, wanted.place) from None
    if not fits:
        said = f"this is slalint {__version__}, and the configuration is for {wanted.data}"
        raise ConfigError(root.file.path, said, wanted.place)


class Said(NamedTuple):
    """What several configurations say together, each word with its place: of a list all items, of names the nearest
    value each, else the nearest value."""

    lists: dict[str, list[Node]]
    named: dict[str, dict[str, Node]]
    values: dict[str, Node]

    @classmethod
    def of(cls, roots: Iterable[Node]) -> Said:
        """``roots`` with the nearest last. One that is text is the profile of that name."""
        said = cls({}, {}, {})
        for root in roots:
            if isinstance(root.data, str):
                said.values["profile"] = root
                continue
            said._wanted(root)
            for key, node in root.items():
                if node.data is None:  # a key with nothing behind it asks for nothing
                    continue
                if key in ("severity", "options"):
                    said.named.setdefault(key, {}).update(node.items())
                elif key == "select" or (key != "extends" and isinstance(node.data, list)):
                    said.lists[key] = [*(said.lists.get(key, ()) if key != "select" else ()), *_items(node)]
                else:
                    said.values[key] = node
        return said

    def _wanted(self, root: Node) -> None:
        """What a nearer configuration selects or weighs is ignored no more."""
        selected = {node.text for node in root.get("select") or ()}
        severity = root.get("severity")
        weighed = {name for name, node in severity.items() if node.text != "off"} if severity is not None else set()
        ignored = self.lists.get("ignore", [])
        self.lists["ignore"] = [node for node in ignored if node.text not in selected | weighed]
        for name, node in [*self.named.get("severity", {}).items()]:
            if node.text == "off" and name in selected:
                del self.named["severity"][name]

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(node.data for node in self.lists.get(key, ()))

    def value(self, key: str) -> Any:
        return self.values[key].data if key in self.values else ""


def _items(node: Node | None) -> Iterator[Node]:
    """What a list holds; a dash with nothing behind it asks for nothing."""
    return (item for item in node or () if item.data is not None)


def meant(path: str, roots: Sequence[Node]) -> Config:
    """The configuration in the file ``path``, with those it extends: ``roots`` with the nearest last.

    Raises ``ConfigError`` for days and time zones that do not exist.
    """
    said = Said.of(roots)
    zones = [said.values["timeZone"]] if "timeZone" in said.values else []
    overrides = said.lists.get("overrides", [])
    zones += [zone for one in overrides if (zone := one.get("timeZone")) is not None]
    wrong = [
        ConfigError(node.file.path, f'no time zone is called "{node.text}"; one is Europe/Lisbon', node.place)
        for node in zones
        if node.data and not _is_zone(node.text)
    ]
    if wrong:
        raise ConfigError.of(wrong)
    severity = {name: node.data for name, node in said.named.get("severity", {}).items()}
    return Config(
        path=path,
        agreements=said.texts("agreements"),
        exclude=said.texts("exclude"),
        select=said.texts("select"),
        ignore=said.texts("ignore") + _off(severity),
        severity=_weighed(severity),
        rules=said.texts("rules"),
        languages=said.texts("languages"),
        time_zone=said.value("timeZone"),
        profile=said.value("profile") or "recommended",
        min_confidence=said.value("minConfidence") or "medium",
        fail_on=said.value("failOn") or "error",
        templates=said.texts("templates"),
        suppressions=tuple(one for root in roots if isinstance(root.data, dict) for one in _entries(root)),
        locked=said.texts("locked"),
        baseline=said.value("baseline"),
        glossaries=said.texts("glossaries"),
        options={rule: node.data for rule, node in said.named.get("options", {}).items()},
        overrides=tuple(_override(one.data) for one in overrides),
    )


def _override(data: Mapping[str, Any]) -> Override:
    severity = data.get("severity") or {}
    return Override(
        paths=_one_or_more(data["paths"]),
        profile=data.get("profile") or "",
        select=tuple(data.get("select") or ()),
        ignore=tuple(data.get("ignore") or ()) + _off(severity),
        severity=_weighed(severity),
        min_confidence=data.get("minConfidence"),
        time_zone=data.get("timeZone") or "",
        options=data.get("options") or {},
    )


def _off(severity: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name, wish in severity.items() if wish == "off")


def _weighed(severity: Mapping[str, Any]) -> dict[str, Severity]:
    return {name: wish for name, wish in severity.items() if wish != "off"}


def _entries(root: Node) -> tuple[Entry, ...]:
    """The suppressions in a configuration. Raises ``ConfigError`` for a day that does not exist."""
    from datetime import date

    found = []
    for node in _items(root.get("suppressions")):
        said = {key: node.data.get(key) or "" for key in ("reason", "owner", "ticket", "until")}
        try:
            date.fromisoformat(said["until"] or "2000-01-01")
        except ValueError:
            until = node.get("until") or node
            raise ConfigError(root.file.path, f'there is no day "{said["until"]}"', until.place) from None
        waiver = Waiver("configuration", root.file.path, node.place.line, **said)
        rules, paths = (_one_or_more(node.data[key]) for key in ("rule", "path"))
        found.append(Entry(rules, paths, node.data.get("node") or "", waiver, node.place))
    return tuple(found)


def _one_or_more(said: str | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def verify_names(roots: Iterable[Node], known: Mapping[str, str]) -> list[ConfigError]:
    """What is wrong with the rules and categories that configurations name, the nearest last: those that do not exist,
    and those that are locked and yet left out. ``known``: the category of each rule, by its name."""
    layers = [root for root in roots if isinstance(root.data, dict)]
    names = {*known, *known.values(), "all"}
    locks = {item.text for root in layers for item in root.get("locked") or ()}
    locked = {rule for rule, category in known.items() if not locks.isdisjoint((rule, category, "all"))}
    wrong = []
    for root in layers:
        for one in (root, *_items(root.get("overrides"))):
            for key, name, node in _named(one):
                held = {rule for rule in locked if name in (rule, known[rule], "all")}
                if key == "suppressions" and (name in locks or name in locked):
                    told = f"{name} is locked; take it out of `locked` or out of here"
                elif key == "ignore" and held:
                    told = f"{min(held)} is locked, so it cannot be left out"
                elif name not in names or (key == "suppressions" and name == "all"):
                    told = unknown_rule(name, names)
                else:
                    continue
                wrong.append(ConfigError(root.file.path, told, node.place))
    return wrong


def _named(root: Node) -> Iterator[tuple[str, str, Node]]:
    """Every rule or category that is named: what for, and where; a severity of `off` is for leaving out."""
    for key in ("select", "ignore", "locked"):
        for item in _items(root.get(key)):
            yield key, item.text, item
    severity = root.get("severity")
    for name, node in severity.items() if severity is not None else ():
        yield ("ignore" if node.text == "off" else "severity"), name, node.key_node
    for entry in _items(root.get("suppressions")):
        rule = entry.get("rule")
        for item in list(rule) or [rule] if rule is not None else ():
            yield "suppressions", item.text, item


def verify_options(roots: Iterable[Node], schemas: Mapping[str, Mapping[str, Any]]) -> list[ConfigError]:
    """What is wrong with the options that configurations give to rules. ``schemas``: by the name of each rule the JSON
    Schemas of its options, none where it has none."""
    from slalint.shape import Shape

    wrong = []
    for root in roots:
        if not isinstance(root.data, dict):
            continue
        for one in (root, *_items(root.get("overrides"))):
            options = one.get("options")
            for name, node in options.items() if options is not None else ():
                if schemas.get(name):
                    schema = {"type": "object", "additionalProperties": False, "properties": schemas[name]}
                    shape = Shape(schema, f"the options of {name}", invalid="config")
                    wrong += [ConfigError(root.file.path, said, at) for at, said in shape.faults(node)]
                    continue
                have = [rule for rule, schema in schemas.items() if schema]
                told = f"{name} has no options" if name in schemas else unknown("rule with options", name, have)
                wrong.append(ConfigError(root.file.path, told, node.key_node.place))
    return wrong


def unknown_rule(name: str, known: Iterable[str]) -> str:
    """What to say about the name of a rule that does not exist."""
    return unknown("rule or category", name, known, "`slalint rules` lists them.")


def unknown(thing: str, name: str, known: Iterable[str], where: str = "") -> str:
    """What to say about a name that does not exist: the one that was meant, if one is near, and where to find the
    others (else all of them)."""
    listed = sorted(known)
    near = nearest(name, listed, len(listed))
    meant = f"Did you mean {near}? " if near else ""
    return f'no {thing} is called "{name}". {meant}{where or "There are: " + ", ".join(listed) + "."}'


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
