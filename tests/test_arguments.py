"""The plain arguments of `slalint check`: read without click, they are what click makes of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path

import click
import pytest

from slalint import kept
from slalint.cli import _arguments, main
from slalint.cli.check import command

GOOD = (Path(__file__).parent.parent / "examples" / "good" / "mail.sla.yaml").read_text("utf-8")
OPTIONS = [one for one in command.params if isinstance(one, click.Option)]
WORDS = ["a.yaml", "-", "", "--", "-x", "all", "--quiet", "2026-01-31"]


def lists() -> Iterator[list[str]]:
    """Each option in every form, alone, between paths and together with every other one."""
    yield from (
        [],
        ["-"],
        ["a", "b"],
        ["-h"],
        ["--help"],
        ["-qj2"],
        ["-j2"],
        ["-j=2"],
        ["-qq"],
        ["--qui"],
        ["-", "--", "-q"],
        ["--=1"],
    )
    forms = []
    for one in OPTIONS:
        values = list(one.type.choices) if isinstance(one.type, click.Choice) else []
        for name, value in product(one.opts, [*values, *WORDS]):
            yield from ([name, value], [f"{name}={value}"], [f"{name}{value}"], ["a", name, value, "b"])
            yield [name, value, name, "other", name, value]
        yield from ([one.opts[0]], [one.opts[0].upper(), "x"], [one.opts[0][:-1], "x"])
        forms.append([one.opts[0]] if one.is_flag else [one.opts[0], (values or ["x"])[-1]])
    for first, second in permutations(forms, 2):
        yield ["a", *first, "b", *second]


def of_click(arguments: list[str]) -> dict[str, object] | None:
    """What click makes of them; None where it has something to say itself."""
    try:
        with command.make_context("check", list(arguments)) as context:
            return dict(context.params)
    except (click.ClickException, click.exceptions.Exit):
        return None


def test_they_are_what_click_makes_of_them() -> None:
    plain = 0
    for arguments in lists():
        wishes = _arguments.plain(arguments)
        if wishes is not None:
            plain += 1
            assert repr(sorted(wishes.items())) == repr(sorted((of_click(arguments) or {}).items())), arguments
    assert plain > 1000


@pytest.mark.parametrize("one", [one for one in OPTIONS if one.name not in (*_arguments._NOT_PLAIN, "help")])
def test_every_option_is_plain(one: click.Option) -> None:
    values = one.type.choices if isinstance(one.type, click.Choice) else ["x"]
    for name, value in product(one.opts, values):
        assert _arguments.plain([name, "a"] if one.is_flag else [name, value, "a"]) is not None


def test_what_is_kept_of_them_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    held = _arguments._declared()
    monkeypatch.setattr(kept, "get", lambda key: held if key == _arguments._KEY else None)
    monkeypatch.setattr(_arguments, "_declared", lambda: pytest.fail("it was kept"))
    assert (_arguments.plain(["-q", "a"]) or {})["quiet"] is True


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SLALINT_COMPLETE", "bash_complete")
    assert _arguments.plain(["a"]) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.sla.yaml"],
        ["a.sla.yaml", "--output", "json", "--as-of=2026-03-01", "-q"],
        ["gone.yaml"],
        ["a.sla.yaml", "--output", "jsno"],
        ["a.sla.yaml", "--select", "nothing"],
        ["a.sla.yaml", "--as-of", "tomorrow"],
        ["a.sla.yaml", "-j", "many"],
        ["a.sla.yaml", "--stdin-filename", "x.yaml"],
        ["a.sla.yaml", "--since", "main"],
        ["a.sla.yaml", "--baseline", "gone.json"],
        ["a.sla.yaml", "--isolated", "--config", "x.yaml"],
        ["a.sla.yaml", "--output", "json:gone/x.json"],
        ["a.sla.yaml", "--show-files"],
        ["--statistics", "--no-suppressions", "--force-exclude", "--exclude", "b*"],
    ],
)
def test_either_way_says_the_same(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.sla.yaml").write_text(GOOD.replace("99.9", "999"), "utf-8")
    assert _arguments.plain(arguments) is not None
    quick = main(["check", "--no-cache", *arguments]), *capsys.readouterr()
    monkeypatch.setattr(_arguments, "plain", lambda arguments: None)
    assert (main(["check", "--no-cache", *arguments]), *capsys.readouterr()) == quick


def test_a_plain_run_does_without_click(tmp_path: Path) -> None:
    (tmp_path / "a.sla.yaml").write_text(GOOD, "utf-8")
    code = (
        "import sys; from slalint import kept; from slalint.cli import _arguments, main\n"
        "held = _arguments._declared()\n"
        "for name in [name for name in sys.modules if name.startswith(('click', 'slalint.cli.check'))]: "
        "del sys.modules[name]\n"
        "get = kept.get; kept.get = lambda key: held if key == _arguments._KEY else get(key)\n"
        "status = main(['check', '--isolated', '--no-cache', '--as-of', '2026-03-01', 'a.sla.yaml'])\n"
        "sys.exit(status or 'click' in sys.modules)"
    )
    environment = {"PYTHONPATH": str(Path(_arguments.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
