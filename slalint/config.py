"""What a project asks of slalint. Pure: text in, ``Config`` out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from slalint.model import Confidence, Node, Severity, SourceFile, Span, Waiver
from slalint.terms import GlossaryTerm
from slalint.text import nearest

NAMES = ("slalint.yaml", ".slalint.yaml")


class ConfigError(Exception):
    """A configuration that cannot be used: where, and why in plain words."""

    def __init__(self, path: str, message: str, at: Span | None = None) -> None:
        super().__init__(f"{path}:{at.line}:{at.column}: {message}" if at is not None else f"{path}: {message}")

    @classmethod
    def of(cls, errors: Iterable[ConfigError]) -> ConfigError:
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


def parse(file: SourceFile) -> tuple[Config, Node | None]:
    """The configuration in a file, and the node it was read from (None where the file says nothing).

    Raises ``ConfigError`` with the places of all that cannot be meant.
    """
    from slalint.shape import Shape
    from slalint.sources import yaml

    roots, observations = yaml.compose(file)
    for said in observations:
        if said.rule != "unquoted-trap":
            raise ConfigError(file.path, said.message, said.at.place if isinstance(said.at, Node) else said.at)
    if not roots or (len(roots) == 1 and roots[0].data is None):
        return Config(file.path), None
    if len(roots) > 1:
        raise ConfigError(file.path, "a configuration is one document; the second begins here", roots[1].place)
    faults = Shape("config", "the configuration").faults(roots[0])
    if faults:
        raise ConfigError.of(ConfigError(file.path, said, at) for at, said in faults)
    data = roots[0].data

    def texts(key: str) -> tuple[str, ...]:
        return tuple(data.get(key) or ())  # a key with nothing behind it asks for nothing

    severity = data.get("severity") or {}
    off = tuple(name for name, wish in severity.items() if wish == "off")
    config = Config(
        path=file.path,
        agreements=texts("agreements"),
        exclude=texts("exclude"),
        select=texts("select"),
        ignore=texts("ignore") + off,
        severity={name: wish for name, wish in severity.items() if wish != "off"},
        rules=texts("rules"),
        languages=texts("languages"),
        time_zone=data.get("timeZone") or "",
        profile=data.get("profile") or "recommended",
        min_confidence=data.get("minConfidence") or "medium",
        fail_on=data.get("failOn") or "error",
        templates=texts("templates"),
        suppressions=_entries(roots[0]),
        locked=texts("locked"),
        baseline=data.get("baseline") or "",
        glossaries=texts("glossaries"),
    )
    zone = roots[0].get("timeZone")
    if zone is not None and config.time_zone and not _is_zone(config.time_zone):
        raise ConfigError(file.path, f'no time zone is called "{config.time_zone}"; one is Europe/Lisbon', zone.place)
    return config, roots[0]


def _entries(root: Node) -> tuple[Entry, ...]:
    """The suppressions in a configuration. Raises ``ConfigError`` for a day that does not exist."""
    from datetime import date

    found = []
    for node in root.get("suppressions") or ():
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


def verify_names(root: Node | None, known: Iterable[str]) -> None:
    """That every rule and category which a configuration names exists. Raises ``ConfigError``."""
    if root is None:
        return
    names = {*known, "all"}
    severity = root.get("severity")
    listed = [(item.text, item.place) for key in ("select", "ignore", "locked") for item in root.get(key) or ()]
    weighed = [(key, node.key or node.place) for key, node in (severity.items() if severity is not None else ())]
    wrong = [(at, unknown_rule(name, names)) for name, at in [*listed, *weighed] if name not in names]
    locked = {item.text for item in root.get("locked") or ()}
    for entry in root.get("suppressions") or ():
        rule = entry.get("rule")
        assert rule is not None  # the schema asks for it
        for item in list(rule) or [rule]:
            if item.text in locked:
                wrong.append((item.place, f"{item.text} is locked; take it out of `locked` or out of here"))
            elif item.text not in names - {"all"}:
                wrong.append((item.place, unknown_rule(item.text, names)))
    if wrong:
        raise ConfigError.of(ConfigError(root.file.path, said, at) for at, said in wrong)


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
