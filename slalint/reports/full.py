"""For people: each finding with the line it stands on, what follows from it, and what to type."""

from __future__ import annotations

from functools import lru_cache

from slalint.model import Finding, Report, SourceFile, Span
from slalint.reports._text import COLORS, cells, flowing, is_even, lines_of, paint, visible

extension = "txt"
colored = True

_WIDTH = 100  # columns of a line of source that are printed; prose has its paragraphs on one line
_PLACES = 6  # related places that are named
_FRAMED = 2  # so many related places are shown with their lines, more would bury the finding
_LEAD = 24  # columns kept before the place in a line that is longer


def render(report: Report, color: bool = False) -> str:
    before = [None, *report.findings]
    return "\n".join(_finding(one, last, report, color) for one, last in zip(report.findings, before, strict=False))


def _finding(finding: Finding, last: Finding | None, report: Report, color: bool) -> str:
    """One finding, without what the one before it has told already: the line itself where both are about the same
    place, and why and what to type where a rule says the same of several places in a row."""
    framed = last is None or (last.path, last.span) != (finding.path, finding.span)
    advised = last is None or _advice(last) != _advice(finding)
    place = f"{visible(finding.path)}:{finding.span.line}:{finding.span.column}"
    tone = COLORS[finding.severity]
    lines = [
        f"{paint(place, '1', color)}: {paint(finding.severity, tone, color)}: {paint(finding.rule, '1', color)}",
        f"  {flowing(finding.message)}",
    ]
    source = report.sources.get(finding.path)
    if source is not None and framed:
        lines += _frame(source, finding.span, tone, color)
    if finding.why and advised:
        lines.append(f"  {paint('Why:', '1', color)} {flowing(finding.why)}")
    for number, line in enumerate(lines_of(finding.hint) if advised else ()):
        lines.append(f"       {line}".rstrip() if number else f"  {paint('Fix:', '1', color)} {line}")
    for related in finding.related[:_PLACES]:
        where = f"{visible(related.path)}:{related.span.line}:{related.span.column}"
        lines.append(f"  {paint('See:', '1', color)} {where}: {flowing(related.message)}")
        other = report.sources.get(related.path)
        if other is not None and len(finding.related) <= _FRAMED:
            lines += _frame(other, related.span, "2", color)
    if len(finding.related) > _PLACES:
        lines.append(f"       and {len(finding.related) - _PLACES} more places; --output json lists them all")
    return "\n".join(lines) + "\n"


def _advice(finding: Finding) -> tuple[str, ...]:
    return finding.path, finding.rule, finding.why, finding.hint


@lru_cache(maxsize=2)  # what was generated has thousands of findings on one long line
def _line(source: SourceFile, number: int) -> tuple[str, bool]:
    text = source.line(number)
    return text, is_even(text)


def _frame(source: SourceFile, span: Span, tone: str, color: bool) -> list[str]:
    """The line that a span begins on, with carets under exactly what of the span stands there."""
    text, even = _line(source, span.line)
    if not text.strip():
        return []
    start = min(span.column - 1, len(text))
    end = min(start + max(span.end - span.start, 1), max(len(text), start + 1))
    if even:
        first, last = _stretch(len(text), start)
        shown, indent, carets = text[first:last], start - first, min(end, last) - start
    else:
        row = cells(text)
        widths = [width for _, width in row]
        first, last = _window(widths, start)
        shown = "".join([printed for printed, _ in row[first:last]])
        indent, carets = sum(widths[first:start]), sum(widths[start : min(end, last)])
    if first:
        shown, indent = "…" + shown, indent + 1
    if last < len(text):
        shown += "…"
    gutter = " " * len(str(span.line))
    return [
        f"  {gutter} |",
        f"  {span.line} | {shown.rstrip()}",
        f"  {gutter} | {' ' * indent}{paint('^' * max(carets, 1), tone, color)}",
    ]


def _stretch(length: int, start: int) -> tuple[int, int]:
    """Which characters of a line to print so that a place in it is seen, where each takes one column."""
    if length <= _WIDTH:
        return 0, length
    first = max(start - max(_LEAD, _WIDTH - (length - start)), 0)
    return first, min(first + _WIDTH, length)


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """The same where each takes as many columns as ``widths`` says."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    first = start
    room = _LEAD if sum(widths[start:]) > _WIDTH - _LEAD else _WIDTH - sum(widths[start:])
    while first > 0 and room >= widths[first - 1]:
        first -= 1
        room -= widths[first]
    last, room = first, _WIDTH
    while last < len(widths) and room >= widths[last]:
        room -= widths[last]
        last += 1
    return first, last
