"""Finding a project's configuration and reading it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from slalint import plugins
from slalint.config import NAMES, Config, ConfigError, Said, meant, unknown
from slalint.config import read as parsed
from slalint.disk.files import plainly, shown
from slalint.model import Node
from slalint.record import NamedTuple
from slalint.rule import PROFILES


def find(folder: str = ".") -> str | None:
    """The nearest ``slalint.yaml`` or ``.slalint.yaml`` from a folder upwards, up to the top of its repository."""
    here = os.path.abspath(folder)
    while True:
        found = [path for name in NAMES if os.path.isfile(path := os.path.join(here, name))]
        if len(found) > 1:
            raise ConfigError(shown(found[0]), f"{NAMES[1]} stands beside it; keep one of the two")
        if found:
            return found[0]
        above = os.path.dirname(here)
        if above == here or os.path.exists(os.path.join(here, ".git")):
            return None
        here = above


def read(path: str) -> tuple[Config, Node | None]:
    """The configuration in a file with those it extends, its files and folders as paths that open from here, and the
    node it was read from.

    Raises ``ConfigError``.
    """
    found = layers(path)
    own = next((layer.root for layer in found[-1:] if isinstance(layer.root.data, dict)), None)
    return explained(together(path, found), found), own


class Layer(NamedTuple):
    """One of the configurations that hold together: what it says, and the folder from which it names files."""

    root: Node  # text: the profile of that name
    folder: str


def together(path: str, layers: Sequence[Layer]) -> Config:
    """The configuration in a file, once it and those it extends are read, but for the terms of its glossaries. Raises
    ``ConfigError``."""
    config = meant(shown(path), [layer.root for layer in layers])
    rules = tuple(place for _, place in places(layers, "rules"))
    languages = tuple(os.path.abspath(place) for _, place in places(layers, "languages"))  # their words are read later
    config = config._replace(rules=rules, languages=languages)
    for node, place in places(layers, "baseline"):
        if node.file.path != config.path:  # a path from this configuration's folder would be another one
            config = config._replace(baseline=os.path.abspath(place))
    return config


def explained(config: Config, layers: Sequence[Layer]) -> Config:
    """A configuration with the terms of its glossaries. Raises ``ConfigError``."""
    if not config.glossaries:
        return config
    from slalint.disk.glossaries import configured

    return configured(config, places(layers, "glossaries"))


def places(layers: Sequence[Layer], key: str) -> list[tuple[Node, str]]:
    """The files or folders that configurations name under a key: where each is named, and its path."""
    folders = {layer.root.file.path: layer.folder for layer in layers}
    said = Said.of(layer.root for layer in layers)
    named = said.lists.get(key) or [node for node in (said.values.get(key),) if node is not None]
    return [(node, os.path.join(folders[node.file.path], node.text)) for node in named]


def layers(path: str, faults: list[ConfigError] | None = None) -> list[Layer]:
    """A configuration and those it extends, itself last; a file that says nothing is no layer. Raises ``ConfigError``
    for what cannot be read, for what extends itself and for what may not be said (which is added to ``faults`` instead,
    if these are given; such layers are good for nothing but a look at their names)."""
    return list(_layers(path, (), faults))


def _layers(path: str, below: tuple[str, ...], faults: list[ConfigError] | None) -> Iterator[Layer]:
    from slalint.sources import decode

    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as problem:
        raise ConfigError(shown(path), f"the configuration cannot be read: {plainly(problem)}") from problem
    file, refusal = decode(shown(path), data)
    if refusal is not None:
        raise ConfigError(file.path, refusal.message)
    root = parsed(file, faults)
    if root is None:
        return
    below = (*below, os.path.realpath(path))
    extends = root.get("extends")
    for item in list(extends) or [extends] if extends is not None and extends.data else ():
        if item.text in PROFILES:
            yield Layer(item, "")
            continue
        base = _base(item, os.path.dirname(path))
        if os.path.realpath(base) in below:
            raise ConfigError(file.path, f"{item.text} extends this file already, so neither comes first", item.place)
        yield from _layers(base, below, faults)
    yield Layer(root, os.path.dirname(path))


def _base(item: Node, folder: str) -> str:
    """Where a configuration that is extended lies: a file beside the one that names it, or in an installed package."""
    name = item.text
    if "/" in name or os.sep in name or name.endswith((".yaml", ".yml")):
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            raise ConfigError(item.file.path, f"there is no file {shown(path)} to extend", item.place)
        return path
    offered = dict(plugins.packages("slalint.rules"))
    if name in offered:
        for own in NAMES:
            path = os.path.join(offered[name], own)
            if os.path.isfile(path):
                return path
        raise ConfigError(item.file.path, f"the package {name} brings no {NAMES[0]} to extend", item.place)
    told = unknown("profile or installed package", name, [*PROFILES, *offered])
    raise ConfigError(item.file.path, f"{told} A file is written with its ending, such as base.yaml.", item.place)
