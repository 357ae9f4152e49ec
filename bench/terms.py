"""How well definitions and uses of terms are found: `python bench/terms.py FOLDER`.

FOLDER holds agreements (`NAME.md`) with labels beside them (`NAME.json`): `definitions` and `uses` are lists of
`{term, start, end}`, offsets into the file; `uses_complete` says whether every use is labelled. Uses are counted of
the terms that the document itself defines, with or without a possessive ending, outside headings.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from slalint.model import SourceFile
from slalint.sources.markdown import blocks
from slalint.terms.definitions import read_definitions
from slalint.terms.undefined import find
from slalint.terms.uses import scan

Spans = set[tuple[int, int]]


class Tally:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found = self.wrong = self.missed = 0

    def add(self, ours: Spans, theirs: Spans) -> None:
        self.found += len(ours & theirs)
        self.wrong += len(ours - theirs)
        self.missed += len(theirs - ours)

    def __str__(self) -> str:
        precision = self.found / ((self.found + self.wrong) or 1)
        recall = self.found / ((self.found + self.missed) or 1)
        counts = f"found {self.found} wrong {self.wrong} missed {self.missed}"
        return f"{self.name:12} precision {precision:.3f} recall {recall:.3f}   {counts}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--verbose", action="store_true", help="print every miss and false alarm")
    args = ask.parse_args()
    tallies = definitions, uses, undefined = Tally("definitions"), Tally("uses"), Tally("undefined")
    for path in sorted(args.folder.glob("*.json")):
        labels = json.loads(path.read_text())
        text = path.with_suffix(".md").read_text()
        document = blocks.parse(SourceFile(path.name, text))
        read = read_definitions(document)
        ours = {(d.term.written.start, d.term.written.end) for d in read}
        theirs = {(label["start"], label["end"]) for label in labels["definitions"]}
        definitions.add(ours, theirs)
        report(args.verbose, path.stem, "definition", text, ours, theirs)
        seen = scan(document.passages, read)
        if labels["uses_complete"]:
            defined = {label["term"] for label in labels["definitions"]}
            ours = {
                (use.passage.start + use.start, use.passage.start + use.end)
                for use in seen.uses
                if use.strength != "lower" and use.passage.kind != "heading"
            }
            theirs = {
                (label["start"], label["end"] - 2 * text[: label["end"]].endswith(("'s", "’s")))
                for label in labels["uses"]
                if label["term"] in defined
            }
            # Uses that the label file lists as not marked by the author may be found, and need not be.
            optional = {(label["start"], label["end"]) for label in labels["unmarked_occurrences"]}
            uses.add(ours - (optional - theirs), theirs)
            report(args.verbose, path.stem, "use", text, ours - (optional - theirs), theirs)
            names = {name.lower() for name in labels["used_not_defined"] or ()}
            told = {one.text for one in find(seen, document.passages) if one.confidence != "low"}
            right = {name for name in told if name.lower() in names}
            undefined.found += len(right)
            undefined.wrong += len(told - right)
            undefined.missed += len(names - {name.lower() for name in right})
            if args.verbose and told - right:
                print(f"{path.stem}: undefined wrong {sorted(told - right)}")
    for tally in tallies:
        print(tally)


def report(verbose: bool, name: str, what: str, text: str, ours: Spans, theirs: Spans) -> None:
    for kind, spans in (("wrong", ours - theirs), ("missed", theirs - ours)) if verbose else ():
        for start, end in sorted(spans):
            around = " ".join(text[max(start - 40, 0) : start].split()), " ".join(text[end : end + 40].split())
            print(f"{name}: {what} {kind}: {around[0]} ⟦{text[start:end]}⟧ {around[1]}")


if __name__ == "__main__":
    main()
