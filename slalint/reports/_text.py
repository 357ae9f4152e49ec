"""Text for a terminal: control characters made visible, widths, plurals, the summary line."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from slalint.model import SEVERITIES, Finding, Report
from slalint.patterns import lazy

# What moves a cursor, ends a line, hides text or turns its direction: C0 and C1 controls, line and paragraph
# separators, zero-width and bidirectional marks, tags, lone surrogates, what XML may not hold. Agreements have them.
_UNSAFE = lazy(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)

COLORS = {"error": "31", "warning": "33", "info": "36"}


def visible(text: str) -> str:
    """The text with every unsafe character written as its escape, on one line."""
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode()


@lru_cache(maxsize=1024)  # a rule says the same of many places
def flowing(text: str) -> str:
    """Running text on one line, then made visible."""
    return visible(" ".join(text.split()))


@lru_cache(maxsize=1024)
def lines_of(hint: str) -> tuple[str, ...]:
    """What to type, its lines and their indentation kept: a hint may show a block of YAML."""
    return tuple([visible(line.rstrip()) for line in hint.expandtabs(2).strip().splitlines()])


def told(finding: Finding) -> list[str]:
    """A finding in lines for a reader that shows no more than text: what, why, and what to type."""
    said = [flowing(finding.message)]
    if finding.why:
        said.append(f"Why: {flowing(finding.why)}")
    for number, line in enumerate(lines_of(finding.hint)):
        said.append(f"{'     ' if number else 'Fix: '}{line}")
    return said


def is_even(text: str) -> bool:
    """Whether each character of a line is printed as it is and takes one column of a terminal: so are nearly all."""
    return text.isprintable() and (text.isascii() or set(map(_breadth, set(text))) == {1})


@lru_cache(maxsize=1024)
def _breadth(char: str) -> int:
    """How many columns of a terminal a character takes that is printed as it is."""
    from unicodedata import combining, east_asian_width

    return 0 if combining(char) or char in "\u200d\ufe0e\ufe0f" else 1 + (east_asian_width(char) in "WF")


def cells(text: str) -> list[tuple[str, int]]:
    """Each character as it is printed, and how many columns of a terminal that takes."""
    found = []
    column = 0
    for char in text:
        printed = " " * (4 - column % 4) if char == "\t" else visible(char)
        width = len(printed) if char == "\t" or len(printed) > 1 else _breadth(char)
        column += width
        found.append((printed, width))
    return found


def paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and text else text


def count(number: int, thing: str) -> str:
    """``1 file``, ``2 files``, ``1 policy``, ``2 policies``."""
    if number == 1:
        return f"1 {thing}"
    many = thing[:-1] + "ies" if thing.endswith("y") and thing[-2:-1] not in "aeiou" else thing + "s"
    return f"{number:,} {many}"


def summary(report: Report) -> str:
    """What was looked at, what was found, and what was not looked at: one line."""
    agreements = sum(file.agreements for file in report.files if file.status == "checked")
    broken = sum(not file.agreements for file in report.files if file.status == "checked")
    said = []
    if agreements or not broken:
        said.append(f"{count(agreements, 'agreement')} checked by {count(report.rules, 'rule')}: {tally(report)}.")
        if broken:
            said.append(f"{count(broken, 'file')} could not be read as an agreement.")
    else:
        said.append(f"{count(broken, 'file')} could not be read as an agreement: {tally(report)}.")
    left = Counter(file.reason for file in report.files if file.status == "skipped")
    if left:
        said.append(f"{count(left.total(), 'file')} left out ({_reasons(left)}).")
    failed = Counter(file.reason for file in report.files if file.status == "failed")
    if failed:
        said.append(f"{count(failed.total(), 'path')} could not be looked at ({flowing(_reasons(failed))}).")
    if report.suppressed:
        said.append(f"{count(len(report.suppressed), 'finding')} suppressed.")
    if report.older:
        verb = "is" if report.older == 1 else "are"
        said.append(f"{count(report.older, 'finding')} older than {flowing(report.since)} {verb} not shown.")
    return " ".join(said)


def tally(report: Report) -> str:
    """``2 errors, 1 warning``, or that there is nothing."""
    found = [(report.count(severity), severity) for severity in reversed(SEVERITIES)]
    told = [
        count(number, severity) if severity != "info" else f"{number:,} info" for number, severity in found if number
    ]
    return ", ".join(told) or "no findings"


def _reasons(left: Counter[str]) -> str:
    if len(left) == 1:
        return next(iter(left))
    return ", ".join(f"{number:,} {reason}" for reason, number in left.most_common())


def for_github(text: str) -> str:
    """Text that the log of a GitHub workflow does not take for a command: none of its lines begins with ``::``, and
    nowhere stands ``##[``. A zero-width space breaks both."""
    text = re.sub(r"(?m)^(\s*):(?=:)", "\\1:\u200b", text)
    return text.replace("##[", "#\u200b#[")
