"""slalint from Python: one text in, plain findings out. What the command line does is done with the same ``Linter``.

>>> from slalint import lint_bytes
>>> found = lint_bytes("mail.sla.yaml", b"kind: ServiceLevelAgreement\\n")
>>> found.file.status, found.findings[0].rule
('checked', 'missing-application-policy')
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from slalint.config import Config
from slalint.engine import Input, Linter
from slalint.engine import Outcome as Findings
from slalint.rule import Rule

__all__ = ["Config", "Findings", "lint_bytes"]


def lint_bytes(
    uri: str,
    data: bytes,
    config: Config | None = None,
    as_of: str = "",
    *,
    rules: Sequence[Rule] | None = None,
    agreement: bool = False,
) -> Findings:
    """The findings in one file's bytes. Nothing is read from the disk but slalint's own rules, once.

    ``uri`` is the file's name or a ``file:`` address: its ending tells the format, and findings are reported under it.
    ``as_of`` is the day (``2026-01-31``) that rules take for today; without one, rules about dates keep silent.
    ``rules`` are those of ``slalint.disk.rulebook``, ours if none are given; ``config`` says which of them run.
    ``agreement``: take the text for an agreement, whatever it looks like.

    ``file`` of the result says whether the text was checked and, if not, why; ``errors`` names rules that stopped. The
    result is plain data: it pickles, and two runs on the same input give the same. Never raises on any ``data``.
    """
    known = rules if rules is not None else _bundled()
    return Linter(known, config or Config(), as_of)(Input(_path(uri), data, agreement))


@cache
def _bundled() -> tuple[Rule, ...]:
    from slalint.disk.rulebook import bundled

    return tuple(bundled())


def _path(uri: str) -> str:
    if not uri.startswith("file:"):
        return uri
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(uri).path)
