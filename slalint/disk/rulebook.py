"""Rules from folders and installed packages: ours, a user's and a package's are the same thing, read the same way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, ModuleType
from typing import Any

from slalint import kept, plugins, resources
from slalint.config import NAMES
from slalint.model import Node
from slalint.rule import Rule, RuleError, faults

KEYS = (
    "summary severity why fix profile applies lenient wordless bad good missing given then message options check "
    "check_change reader needs doubts"
).split()


def bundled() -> list[Rule]:
    """The rules that ship with slalint: as they were read before, while no file of theirs has changed."""
    folder = resources.folder("rules")
    files = list(_files(folder))
    stamps = [(path, (stat := os.stat(path)).st_size, stat.st_mtime_ns) for path, _ in files]
    key = ("rules", folder)
    stamped, known = kept.get(key) or (None, ())
    if stamped != stamps:
        known = [_plain(path) for path, _ in files]
        kept.put(key, (stamps, known))
    rules = []
    for (path, category), plain in zip(files, known, strict=True):
        name = os.path.basename(path).rpartition(".")[0]
        rules.append(Rule(name, category, plain if isinstance(plain, dict) else _run(plain, name, category), path))
    return rules


def _plain(path: str) -> Any:
    """A rule file of ours as plain data, or as code."""
    if not path.endswith(".py"):
        return _mapping(path).data
    from importlib.machinery import SourceFileLoader

    return SourceFileLoader(path, path).get_code(path)


def _run(code: CodeType, name: str, category: str) -> Mapping[str, Any]:
    module = ModuleType(f"slalint_rules.{category}.{name}")
    module.__file__ = code.co_filename
    sys.modules[module.__name__] = module
    exec(code, module.__dict__)
    return _keys(module)


def rulebook(folders: Sequence[str] = (), packages: bool = True) -> list[Rule]:
    """Our rules, those of installed packages (entry-point group ``slalint.rules``) and those of ``folders``.

    Raises ``RuleError`` for a file that is no rule and for a name that is taken.
    """
    rules = bundled()
    places = [(folder, folder) for folder in folders]
    if packages:
        places = [(folder, f"package {name}") for name, folder in plugins.packages("slalint.rules")] + places
    taken = {rule.name: rule for rule in rules}
    for folder, label in places:
        if not os.path.isdir(folder):
            raise RuleError(label, "this folder of rules does not exist; mend `rules:` in the configuration")
        for rule in load(folder):
            if rule.name in taken:
                other = taken[rule.name].origin
                raise RuleError(rule.origin, f"the name {rule.name} is taken by {other}; rename the file")
            taken[rule.name] = rule
            rule.pack = (
                label.removeprefix("package ") if label != folder else os.path.basename(os.path.realpath(folder))
            )
            rules.append(rule)
    return rules


def load(folder: str, trusted: bool = False) -> list[Rule]:
    """The rules in a folder: files in it (category: the folder's name) and in its sub-folders (category: theirs).

    Rules are checked unless ``trusted``. Raises one ``RuleError`` for all files that are no rules.
    """
    if not os.path.isdir(folder):
        raise RuleError(folder, "there is no such folder")
    rules, refused = [], []
    for path, category in _files(folder):
        try:
            rules.append(read(path, category, trusted))
        except RuleError as error:
            refused.append(error)
    if refused:
        raise RuleError.of(refused)
    return rules


def _files(folder: str) -> Iterator[tuple[str, str]]:
    own = os.path.basename(os.path.realpath(folder))
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.is_dir() and not entry.name.startswith((".", "_")):
            for inner in sorted(os.scandir(entry.path), key=lambda e: e.name):
                if _is_rule(inner.name):
                    yield inner.path, entry.name
        elif _is_rule(entry.name):
            yield entry.path, own


def _is_rule(name: str) -> bool:
    return name.endswith((".yaml", ".yml", ".py")) and not name.startswith(("_", ".")) and name not in NAMES


def read(path: str, category: str, trusted: bool = False) -> Rule:
    """One rule file. Raises ``RuleError`` with file and line."""
    name = os.path.basename(path).rpartition(".")[0]
    if path.endswith(".py"):
        raw = _module(path, name, category, trusted)
        root = _seen(path, raw) if not trusted else None
    else:
        root = _mapping(path)
        raw = root.data
    if root is not None and not trusted:
        _verify(path, root, raw)
    return Rule(name, category, raw, path)


def _mapping(path: str) -> Node:
    from slalint.sources import decode, yaml

    with open(path, "rb") as stream:
        file, refusal = decode(path, stream.read())
    roots, observations = ([], [refusal]) if refusal is not None else yaml.compose(file)
    for said in observations:
        if said is not None and said.rule != "unquoted-trap":
            line = (said.at.span if isinstance(said.at, Node) else said.at).line
            raise RuleError(path, said.message, line)
    if len(roots) != 1 or not isinstance(roots[0].data, dict):
        raise RuleError(path, "a rule file is one mapping of keys such as summary, severity and message")
    return roots[0]


def _module(path: str, name: str, category: str, trusted: bool) -> Mapping[str, Any]:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(f"slalint_rules.{category}.{name}", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, sys.dont_write_bytecode or not trusted
    try:
        spec.loader.exec_module(module)
    except Exception as problem:
        line = getattr(problem, "lineno", None) or _line(problem, path)
        raise RuleError(path, f"this rule does not load: {type(problem).__name__}: {problem}", line) from problem
    finally:
        sys.dont_write_bytecode = before
    return _keys(module)


def _keys(module: ModuleType) -> dict[str, Any]:
    return {key: value for key, value in vars(module).items() if key in KEYS}


def _line(problem: BaseException, path: str) -> int:
    line, trace = 1, problem.__traceback__
    while trace is not None:
        if os.path.abspath(trace.tb_frame.f_code.co_filename) == os.path.abspath(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _seen(path: str, raw: Mapping[str, Any]) -> Node:
    """The keys of a module as data, each at the line that sets it."""
    from slalint.disk import assignments

    plain = {key: True if callable(value) else _listed(value) for key, value in raw.items()}
    with open(path, "rb") as stream:
        return assignments.seen(path, stream.read(), plain)


def _listed(value: Any) -> Any:
    """Data as YAML has them: what Python keeps in a tuple or a set is a list."""
    if isinstance(value, dict):
        return {key: _listed(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_listed(one) for one in value]
    return value


_FUNCTIONS = {
    "check": "check(agreement)",
    "check_change": "check_change(before, after)",
    "doubts": "doubts(metric, language)",
}


def _verify(path: str, root: Node, raw: Mapping[str, Any]) -> None:
    """A user's rule file, all its faults at once; our own are checked by a test."""
    wanted = "In a rule that name means this; call a value of your own otherwise."
    if not path.endswith(".py"):
        wanted = "It needs a rule in Python."
    found = [
        (at.place, f"“{name}” must be a function, def {told}. {wanted}")
        for name, told in _FUNCTIONS.items()
        if (at := root.get(name)) is not None and not callable(raw[name])
    ]
    spans = {span for span, _ in found}
    found += [(at, said) for at, said in faults(root) if at not in spans]
    if found:
        raise RuleError.of(RuleError(path, f"this is no rule yet: {said}", at.line) for at, said in sorted(found))
