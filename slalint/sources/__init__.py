"""Where agreements come from: one module a format, found by being here.

A source has ``claims(path, data) -> int`` (0: not my format; 1: I can read it, but it is no agreement; 2: it is an
agreement), ``read(file, force) -> Reading`` and ``comments(file)``, which finds comments to slalint. Public modules are
sources; helpers begin with an underscore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from slalint import plugins
from slalint.agreement import KINDS, Agreement
from slalint.model import Node, Observation, SourceFile
from slalint.record import NamedTuple
from slalint.sources._decode import decode as decode

if TYPE_CHECKING:
    from slalint.sources._comments import Comment
    from slalint.sources._composer import Document


class Reading(NamedTuple):
    """What a file holds: its agreements, and what the reader itself noticed (``Observation.rule`` is set)."""

    agreements: list[Agreement]
    observations: list[Observation]


class Source(Protocol):
    """What a module of this package offers."""

    def claims(self, path: str, data: bytes) -> int: ...

    def read(self, file: SourceFile, force: bool = False) -> Reading: ...

    def comments(self, file: SourceFile) -> Iterable[Comment]: ...


def find(path: str, data: bytes) -> tuple[Source | None, int]:
    """The source that claims a file, and its claim; ``(None, 0)`` where none does.

    Sources whose name holds the letters of the file's suffix in their order (``yml``: yaml, ``md``: markdown) are asked
    first and the others only if those decline, so that reading YAML never imports the Markdown parser.
    """
    suffix = path.rpartition(".")[2].lower() if "." in path else ""
    best: Source | None = None
    claim = 0
    for names in _in_turn(suffix):
        for name in names:
            source = _source(name)
            said = source.claims(path, data)
            if said > claim:
                best, claim = source, said
        if best is not None:
            break
    return best, claim


@lru_cache(maxsize=256)
def _in_turn(suffix: str) -> tuple[list[str], list[str]]:
    """The sources that are asked first, and the others."""
    likely = [name for name in _names() if _resembles(suffix, name)]
    return likely, [name for name in _names() if name not in likely]


@cache
def _source(name: str) -> Source:
    source: Source = import_module(f"{__name__}.{name}")
    return source


@cache
def _names() -> list[str]:
    return plugins.modules(import_module(__name__))


def _resembles(suffix: str, name: str) -> bool:
    letters = iter(name)
    return bool(suffix) and all(letter in letters for letter in suffix)


def collect(
    file: SourceFile, documents: Iterable[Document], force: bool, claims: Callable[[str, bytes], int]
) -> Reading:
    """The agreements among the documents of a data file. Other documents (of a monitoring tool, say) are passed over;
    with ``force`` every mapping is an agreement."""
    reading = Reading([], [])
    documents = list(documents)
    named = force or file.path.lower().endswith((".sla.yaml", ".sla.yml", ".sla.json"))
    for root, observations in documents:
        if root is None:
            if named or claims(file.path, file.text.encode("utf-8", "replace")) == 2:
                reading.observations.extend(observations)
        elif isinstance(root.data, dict):
            if force or _is_agreement(root, named):
                reading.agreements.append(Agreement(root, len(reading.agreements)))
                reading.observations.extend(observations)
        elif named and root.data is not None:
            reading.observations.extend(observations)
            reading.observations.append(_no_mapping(root))
    if named and not reading.agreements and not reading.observations and all(_is_null(root) for root, _ in documents):
        reading.observations.append(holds_nothing(file))
    return reading


def _is_null(root: Node | None) -> bool:
    return root is None or root.data is None


def holds_nothing(file: SourceFile) -> Observation:
    """What there is to say about a file that is an agreement by its name alone."""
    return Observation(
        file.span(0, len(file.text[:80].partition("\n")[0])),
        "This file is named as an agreement and holds nothing.",
        why="Whoever finds it believes that something is agreed.",
        hint="`slalint new` writes a template to fill in; or take the file away.",
        rule="invalid-agreement",
        key="empty",
    )


def _is_agreement(root: Node, named: bool) -> bool:
    version, kind = root.data.get("apiVersion"), root.data.get("kind")
    if (isinstance(version, str) and version.startswith("slalint/")) or (isinstance(kind, str) and kind in KINDS):
        return True
    # In a file named as an agreement, everything is one but what bears the envelope of another format.
    return named and not (isinstance(version, str) and isinstance(kind, str))


def _no_mapping(root: Node) -> Observation:
    what = "a list" if isinstance(root.data, list) else "plain text"
    return Observation(
        root,
        f"An agreement is a mapping of keys such as metadata, services and metrics; this is {what}.",
        why="Nothing of what it promises can be found without keys.",
        hint="kind: ServiceLevelAgreement",
        rule="invalid-agreement",
        key=what,
    )
