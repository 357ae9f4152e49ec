"""Which files are looked at: what is named, what git and the project leave out, what cannot be read."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from slalint.disk.files import Found, Patterns, find, shown

WHOLE = """
a.yaml  b.md  c.txt
contracts/a.yaml  contracts/2024/old.yaml  contracts/2024/.hidden.md
build/out.yaml  node_modules/x/x.yaml  .git/config.yaml  .venv/lib/x.md
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in WHOLE.split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def takes(name: str) -> bool:
    return name.endswith((".yaml", ".md"))


def paths(*named: str, exclude: tuple[str, ...] = (), force: bool = False) -> list[str]:
    found = find(named, [Patterns(".", exclude)], force, takes)
    assert not [one for one in found if one.failed]
    return sorted(one.path for one in found if not one.left)


def test_a_folder_without_what_is_nobodys(tree: Path) -> None:
    assert paths(".") == [
        "a.yaml",
        "b.md",
        "build/out.yaml",
        "contracts/2024/.hidden.md",
        "contracts/2024/old.yaml",
        "contracts/a.yaml",
    ]
    assert paths("contracts") == [path for path in paths(".") if path.startswith("contracts/")]


@pytest.mark.parametrize("named", ["contracts/a.yaml", "./contracts//a.yaml", "contracts/2024/../a.yaml"])
def test_a_file_is_looked_at_once_and_shown_plainly(tree: Path, named: str) -> None:
    assert paths(named, "contracts/a.yaml", str(tree / "contracts/a.yaml")) == ["contracts/a.yaml"]
    assert [one.path for one in find(["contracts", named], takes=takes) if one.named] == ["contracts/a.yaml"]


def test_named_files_are_taken_whatever_their_ending(tree: Path) -> None:
    assert paths("c.txt", ".venv/lib/x.md") == [".venv/lib/x.md", "c.txt"]


@pytest.mark.parametrize(
    ("ignores", "left"),
    [
        ({".gitignore": "build/\n"}, ["build/out.yaml"]),
        ({".gitignore": "# a comment\n\n*.md\n"}, ["b.md", "contracts/2024/.hidden.md"]),
        ({".gitignore": "/a.yaml\n"}, ["a.yaml"]),
        ({".gitignore": "*.yaml\n!a.yaml\n"}, ["build/out.yaml", "contracts/2024/old.yaml"]),
        ({"contracts/.gitignore": "/2024\n"}, ["contracts/2024/.hidden.md", "contracts/2024/old.yaml"]),
        ({".gitignore": "*.md\n", "contracts/.gitignore": "!*.md\n"}, ["b.md"]),
        (
            {".gitignore": "contracts/\n", "contracts/.gitignore": "!*\n"},
            [p for p in WHOLE.split() if "contracts" in p],
        ),
        ({".git/info/exclude": "b.md\n"}, ["b.md"]),
        ({".gitignore": "a[.yaml\n!\nb.md\n"}, ["b.md"]),
    ],
)
def test_git_leaves_out(tree: Path, ignores: dict[str, str], left: list[str]) -> None:
    everything = paths(".")
    for name, text in ignores.items():
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text)
    assert sorted(set(everything) - set(paths("."))) == sorted(left)
    assert sorted(set(everything) - set(paths("**/*", "contracts/2024/.hidden.md"))) == sorted(
        set(left) - {"contracts/2024/.hidden.md"}
    )
    assert paths(*left) == sorted(left), "a named file is looked at although git leaves it out"


def _git(*arguments: str) -> None:
    told = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *told, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("version", [2, 4])
@pytest.mark.parametrize("split", [False, True])
def test_what_git_tracks_is_looked_at_whatever_is_ignored(tree: Path, version: int, split: bool) -> None:
    everything = paths(".")
    shutil.rmtree(tree / ".git")
    _git("init", "-q")
    _git("add", "-A")
    _git("update-index", f"--index-version={version}", "--split-index" if split else "--no-split-index")
    (tree / ".gitignore").write_text("contracts/\nbuild/\nb.md\n*.new.yaml\n")
    (tree / "contracts" / "new.yaml").write_text("a: 1\n")
    (tree / "build" / "b.new.yaml").write_text("a: 1\n")
    assert paths(".") == everything
    _git("rm", "-q", "--cached", "-r", "contracts/2024", "b.md")
    assert sorted(set(everything) - set(paths("."))) == ["b.md", "contracts/2024/.hidden.md", "contracts/2024/old.yaml"]
    assert paths("**/*.yaml") == [path for path in everything if path.endswith(".yaml") and "2024" not in path]
    assert "build/out.yaml" not in paths(".", exclude=("build/",)), "what the project leaves out is left out"


def test_git_is_asked_only_where_its_index_names_what_is_hidden(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(tree / ".git")
    _git("init", "-q")
    _git("add", "a.yaml", "contracts")
    (tree / ".gitignore").write_text("build/\nb.md\n")
    with monkeypatch.context() as patched:
        patched.setattr("slalint.disk.git.ignored", lambda top: pytest.fail("nothing that is hidden is tracked"))
        assert "build/out.yaml" not in paths(".")
    _git("add", "-f", "build")
    monkeypatch.setenv("PATH", str(tree))
    assert "build/out.yaml" not in paths("."), "without git nobody can tell"


def test_ignores_above_the_folder_hold_and_a_named_folder_wins(tree: Path) -> None:
    (tree / ".gitignore").write_text("old.yaml\nbuild/\n")
    assert paths("contracts/2024") == ["contracts/2024/.hidden.md"]
    assert paths("build") == ["build/out.yaml"]


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (("contracts/2024/",), ["contracts/2024/.hidden.md", "contracts/2024/old.yaml"]),
        (("contracts/**/*.yaml",), ["contracts/2024/old.yaml", "contracts/a.yaml"]),
        (("*.yaml", "!/a.yaml"), ["build/out.yaml", "contracts/2024/old.yaml", "contracts/a.yaml"]),
    ],
)
def test_exclude(tree: Path, exclude: tuple[str, ...], left: list[str]) -> None:
    assert sorted(set(paths(".")) - set(paths(".", exclude=exclude))) == left
    assert paths(*left, exclude=exclude) == left
    assert paths(*left, exclude=exclude, force=True) == []


def test_a_folder_that_is_named_is_looked_through_although_it_is_excluded(tree: Path) -> None:
    assert [one for one in paths(".", exclude=("contracts/",)) if one.startswith("contracts/")] == []
    for named in ("contracts", "contracts/2024"):
        assert paths(named, exclude=("contracts/",)) == paths(named) != []
        assert paths(named, exclude=("contracts/",), force=True) == []


def test_force_exclude_leaves_out_the_folders_of_nobody(tree: Path) -> None:
    assert paths("node_modules/x/x.yaml", force=True) == []


def test_exclude_is_relative_to_the_folder_of_its_patterns(tree: Path) -> None:
    patterns = [Patterns("contracts", ("/a.yaml",))]
    assert {one.path for one in find(["."], takes=takes)} - {
        one.path for one in find(["."], patterns, False, takes)
    } == {"contracts/a.yaml"}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("contracts/*.yaml", ["contracts/a.yaml"]),
        ("c*", ["c.txt", "contracts/2024/.hidden.md", "contracts/2024/old.yaml", "contracts/a.yaml"][1:]),
        ("**/*.yaml", ["a.yaml", "build/out.yaml", "contracts/2024/old.yaml", "contracts/a.yaml"]),
        ("[ab].*", ["a.yaml", "b.md"]),
    ],
)
def test_globs(tree: Path, pattern: str, found: list[str]) -> None:
    assert paths(pattern) == found


def test_what_is_not_there_is_said_and_the_rest_is_found(tree: Path) -> None:
    found = find(["gone.yaml", "x*.yaml", "a.yaml", "nul\0.yaml"], takes=takes)
    assert [(one.path, bool(one.failed)) for one in found] == [
        ("gone.yaml", True),
        ("x*.yaml", True),
        ("a.yaml", False),
        ("nul\0.yaml", True),
    ]
    assert found[0].failed == "no such file or directory"


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs links")
def test_links(tree: Path) -> None:
    (tree / "contracts" / "up").symlink_to(tree, target_is_directory=True)
    (tree / "contracts" / "link.yaml").symlink_to(tree / "a.yaml")
    (tree / "contracts" / "circle.yaml").symlink_to("circle.yaml")
    (tree / "contracts" / "nowhere.yaml").symlink_to("gone.yaml")
    found = {one.path: one for one in find(["contracts"], takes=takes)}
    assert sorted(found) == [
        "contracts/2024/.hidden.md",
        "contracts/2024/old.yaml",
        "contracts/a.yaml",
        "contracts/circle.yaml",
        "contracts/link.yaml",
        "contracts/nowhere.yaml",
    ]
    assert found["contracts/circle.yaml"].failed
    assert find(["contracts/circle.yaml"])[0].failed
    assert paths("contracts/up/build") == ["contracts/up/build/out.yaml"]


def test_a_closed_folder_is_said_and_the_rest_is_found(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("build"):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = {one.path: one.failed for one in find(["."], takes=takes)}
    assert found["build"] == "permission denied" and found["a.yaml"] == ""


def test_a_deep_tree(tree: Path) -> None:
    deep = tree.joinpath(*["d"] * 150)
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text("")
    assert paths("d") == ["/".join(["d"] * 150) + "/a.yaml"]


def test_shown(tree: Path) -> None:
    assert shown(str(tree / "a.yaml")) == "a.yaml"
    assert shown("../x.yaml") == "../x.yaml"
    assert shown(str(tree.parent / "x.yaml")) == (tree.parent / "x.yaml").as_posix()
    assert Found("a", "a") == Found("a", "a", False, "", "")
