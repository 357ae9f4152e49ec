"""Whatever somebody does to an agreement: every rule comes to an end, and every finding points into the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slalint.config import Config
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = [path for path in sorted(EXAMPLES.glob("*/*")) if path.suffix in (".yaml", ".md", ".json")]
RULES = bundled()
STRICT = Config(profile="strict", min_confidence="low")
JUNK = st.sampled_from(
    ["", "[", "]", "{}", ": ", "- ", "|", "# ", "**", "`", "\t", "\r", "\u2028", "\U0001f600", "TBD", "[Name]", "null",
     "99.5 %", "within 4 hours", "| a | b |\n|---|---|\n", "<br>", "<!--", "```sla\n", "---\n", "0", "1e999", "*x"]
)  # fmt: skip
DEEDS = st.lists(st.tuples(st.sampled_from(["cut", "double", "swap", "put"]), st.integers(0, 10_000), JUNK), max_size=6)


def mangled(text: str, deeds: list[tuple[str, int, str]]) -> str:
    lines = text.splitlines(keepends=True)
    for deed, at, junk in deeds:
        if not lines:
            break
        at %= len(lines)
        if deed == "cut":
            del lines[at : at + 1 + len(junk)]
        elif deed == "double":
            lines.insert(at, lines[at])
        elif deed == "swap":
            lines[at], lines[-at - 1] = lines[-at - 1], lines[at]
        else:
            middle = (at * 7) % (len(lines[at]) + 1)
            lines[at] = lines[at][:middle] + junk + lines[at][middle:]
    return "".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_any_agreement(path: Path, deeds: list[tuple[str, int, str]]) -> None:
    data = mangled(path.read_text(encoding="utf-8"), deeds).encode("utf-8")
    report = lint([Input(path.name, data, agreement=True)], RULES, STRICT, "2026-11-23")
    assert report.errors == ()
    for finding in report.findings:
        source = report.sources[finding.path]
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
        assert (finding.span.line, finding.span.column) == source.position(finding.span.start)
        assert finding.message and finding.fingerprint
