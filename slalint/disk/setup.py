"""What a repository needs so that slalint runs in it: which files there are to write, and what is to be added to those
that stand there already. Reads; writes nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slalint import __version__, resources
from slalint.config import NAMES
from slalint.disk.files import Found, plainly
from slalint.model import Node, SourceFile
from slalint.record import NamedTuple

BASELINE = "slalint-baseline.json"


class Step(NamedTuple):
    """A file to write: ``before`` is what it holds now (None: there is none), ``after`` what it shall hold (None: it
    stays as it is, for the reason ``told``)."""

    path: str  # from the top of the repository
    before: bytes | None
    after: bytes | None
    told: str = ""


_THERE = "is there already"
_TEMPLATES = re.compile(r"(?:.*[-_. ])?templates?", re.I)  # a folder
_TEMPLATE = re.compile(r"(?:^|[-_. ])template(?=[-_. ])", re.I)  # a file


def top(folder: str = ".") -> str:
    """The top of the git repository that a folder lies in; outside of any, the folder itself."""
    start = here = os.path.abspath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return start
        here = above
    return here


def steps(root: str, agreements: Sequence[str], glossaries: Sequence[str]) -> Iterator[Step]:
    """All that is to be done below the top of a repository, given which agreements and glossaries (paths from there)
    were found in it."""
    yield _configuration(root, agreements, glossaries)
    if os.path.exists(os.path.join(root, ".git")):
        yield _hook(root)
    origin = _origin(root)
    if os.path.isdir(os.path.join(root, ".github")) or "github." in origin:
        yield _workflow(root)
    if os.path.exists(os.path.join(root, ".gitlab-ci.yml")) or "gitlab" in origin:
        yield _gitlab(root)
    if os.path.isdir(os.path.join(root, ".vscode")):
        yield _editor(root)


def of_agreements(files: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """Which of some files are agreements, and which are glossaries."""
    from slalint import glossary, sources
    from slalint.disk.files import read

    agreements, glossaries = [], []
    for found in files:
        try:
            data = read(found.place)
        except OSError:
            continue
        source, claim = sources.find(found.path, data)
        if source is not None and claim >= 2:
            agreements.append(found)
        elif glossary.is_called_so(found.path):
            try:
                glossary.read(found.path, data)
            except glossary.GlossaryError:
                continue
            glossaries.append(found)
    return agreements, glossaries


def _configuration(root: str, agreements: Sequence[str], glossaries: Sequence[str]) -> Step:
    there = next((name for name in NAMES if os.path.exists(os.path.join(root, name))), None)
    if there is not None:
        return Step(there, b"", None, _THERE)
    lines = [_shipped("slalint.yaml").rstrip("\n")]
    for key, names, why in (
        ("templates", _templates(agreements), "blanks in these are there on purpose"),
        ("glossaries", glossaries, "these explain terms for every agreement"),
    ):
        if names:
            lines += [f"{key}: # {why}", *(f"  - {_quoted(name)}" for name in names)]
    if os.path.exists(os.path.join(root, BASELINE)):
        lines.append(f"baseline: {BASELINE} # known findings, which do not count")
    return Step(NAMES[0], None, ("\n".join(lines) + "\n").encode())


def _templates(agreements: Sequence[str]) -> list[str]:
    """Patterns for agreements that are there to be filled in: a folder that is called so, else the files."""
    found: dict[str, None] = {}
    for path in agreements:
        *folders, name = path.split("/")
        depth = next((n for n, folder in enumerate(folders, 1) if _TEMPLATES.fullmatch(folder)), 0)
        if depth:
            found["/" + "/".join(folders[:depth]) + "/"] = None
        elif _TEMPLATE.search(name):
            found["/" + path] = None
    return list(found)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _hook(root: str) -> Step:
    path = ".pre-commit-config.yaml"
    entry = _shipped("pre-commit.yaml")
    before = _read(root, path)
    if before is None:
        indented = "".join(f"  {line}" for line in entry.splitlines(True))
        return Step(path, None, f"repos:\n{indented}".encode())
    by_hand = "has a form of its own; add by hand:\n" + entry
    text, config = _understood(path, before)
    if config is None or not isinstance(config.data, dict):
        return Step(path, before, None, by_hand)
    repos = config.get("repos")
    listed = repos.data if repos is not None and isinstance(repos.data, list) else []
    hooks = [hook for repo in listed if isinstance(repo, dict) for hook in repo.get("hooks") or ()]
    if any(isinstance(hook, dict) and str(hook.get("id", "")).startswith("slalint") for hook in hooks):
        return Step(path, before, None, "has the hook already")
    after = _appended(text, repos, entry) if repos is not None else text.rstrip("\n") + "\nrepos:\n" + _moved(entry, 2)
    wanted = {**config.data, "repos": [*listed, *_data(entry)]}
    if _data(after) != wanted:  # whatever was misread: better nothing than a broken file
        return Step(path, before, None, by_hand)
    return Step(path, before, _as_before(before, after))


def _appended(text: str, items: Node, entry: str) -> str:
    """A text with something added to a list of blocks in it, where the list ends."""
    last = list(items)[-1:]
    if not last:
        start, end = items.written.start, items.written.end
        return text[:start].rstrip(" ") + "\n" + _moved(entry, 2).rstrip("\n") + text[end:] if start < end else text
    first = next(iter(items)).written.start
    column = text.rfind("-", 0, first) - (text.rfind("\n", 0, first) + 1)
    end = len(text[: last[0].written.end].rstrip())
    line_end = text.find("\n", end)
    rest = text[line_end + 1 :] if line_end >= 0 else ""
    return text[: line_end if line_end >= 0 else len(text)] + "\n" + _moved(entry, max(column, 0)) + rest


def _moved(entry: str, column: int) -> str:
    return "".join(" " * column + line for line in entry.splitlines(True))


def _workflow(root: str) -> Step:
    path = ".github/workflows/slalint.yml"
    folder = os.path.join(root, ".github", "workflows")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        said = _read(root, f".github/workflows/{name}") or b""
        if name.endswith((".yml", ".yaml")) and re.search(rb"^[^#\n]*\bslalint\b", said, re.M):
            return Step(f".github/workflows/{name}", said, None, "runs slalint already")
    return Step(path, None, _shipped("github.yml", BRANCH=_branch(root)).encode())


def _gitlab(root: str) -> Step:
    path = ".gitlab-ci.yml"
    before = _read(root, path)
    if before is None:
        return Step(path, None, _shipped("gitlab.yml", STAGE="test").encode())
    if re.search(rb"^[^#\n]*\bslalint\b", before, re.M):
        return Step(path, before, None, "runs slalint already")
    text, pipeline = _understood(path, before)
    stages = pipeline.data.get("stages") if pipeline is not None and isinstance(pipeline.data, dict) else None
    named = [stage for stage in stages if isinstance(stage, str)] if isinstance(stages, list) else []
    job = _shipped("gitlab.yml", STAGE="test" if "test" in named or not named else named[0])
    after = text.rstrip("\n") + "\n\n" + job
    if pipeline is None or _data(after) != {**(pipeline.data or {}), **_data(job)}:
        return Step(path, before, None, "has a form of its own; add by hand:\n" + job)
    return Step(path, before, _as_before(before, after))


def _editor(root: str) -> Step:
    path = ".vscode/settings.json"
    before = _read(root, path)
    if before is None:
        return Step(path, None, _shipped("vscode.json").encode())
    if b"slalint" in before:
        return Step(path, before, None, "knows the schemas already")
    return Step(path, before, None, "is your own; for help while typing add to it:\n" + _shipped("vscode.json"))


# ---- what is there


def _read(root: str, path: str) -> bytes | None:
    """A file's bytes; None where there is none. One that cannot be read is no reason to write another."""
    try:
        with open(os.path.join(root, path), "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None
    except OSError as problem:
        return f"# {plainly(problem)}\n".encode()


def _understood(path: str, data: bytes) -> tuple[str, Node | None]:
    """A YAML file's text with plain line ends, and its one document; None where it is not plain YAML."""
    from slalint.sources import decode, yaml

    file, refusal = decode(path, data)
    text = file.text.replace("\r\n", "\n")
    if refusal is not None:
        return text, None
    roots, observations = yaml.compose(SourceFile(path, text))
    sound = len(roots) == 1 and all(said.rule == "unquoted-trap" for said in observations)
    return text, roots[0] if sound else None


def _data(text: str) -> Any:
    return getattr(_understood("", text.encode())[1], "data", None)


def _as_before(before: bytes, after: str) -> bytes:
    """A text as bytes, with the line ends and the mark at its start that the file had."""
    if b"\r\n" in before:
        after = after.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + after.lstrip("\ufeff").encode()


def _origin(root: str) -> str:
    """Where the repository is fetched from; empty where that is nowhere."""
    said = (_read(root, ".git/config") or b"").decode("utf-8", "replace") if os.path.isdir(f"{root}/.git") else ""
    found = re.search(r'\[remote "origin"\][^\[]*?^\s*url\s*=\s*(\S+)', said, re.M | re.S)
    return found.group(1).lower() if found is not None else ""


def _branch(root: str) -> str:
    """The main branch: what the origin calls so, else the branch one stands on, else main."""
    for name in (".git/refs/remotes/origin/HEAD", ".git/HEAD"):
        said = (_read(root, name) or b"").decode("utf-8", "replace") if os.path.isdir(f"{root}/.git") else ""
        found = re.fullmatch(r"ref: refs/(?:remotes/origin|heads)/([\w./-]+)\s*", said)
        if found is not None:
            return found.group(1)
    return "main"


def _shipped(name: str, **blanks: str) -> str:
    """A file as it is written into repositories, its blanks filled in."""
    text = resources.text("setup", name)
    values: Mapping[str, str] = {"VERSION": __version__, **blanks}
    return re.sub(r"@([A-Z]+)@", lambda blank: values[blank.group(1)], text)
