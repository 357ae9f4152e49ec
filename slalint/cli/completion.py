"""`slalint completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from slalint.cli._console import say

_VARIABLE = "_SLALINT_COMPLETE"
_WHERE = {
    "bash": 'eval "$(slalint completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(slalint completion zsh)" in ~/.zshrc',
    "fish": "slalint completion fish > ~/.config/fish/completions/slalint.fish",
}


@click.command(
    short_help="Print the completion script of a shell.",
    epilog="\b\n" + "\n".join(f"{shell}: {where}" for shell, where in _WHERE.items()),
)
@click.argument("shell", type=click.Choice(list(_WHERE)))
def command(shell: str) -> None:
    """Print what makes SHELL complete the commands, options, reports and rules of slalint."""
    from slalint.cli._group import slalint

    found = get_completion_class(shell)
    assert found is not None  # click knows all three
    # What `source()` adds is a look at which bash is installed; the script is for the shell that will read it.
    script = found(slalint, {}, "slalint", _VARIABLE)
    say(script.source_template % script.source_vars() + "\n")
