"""``python -m tests.mutations FOLDER``: every mutator over every agreement of a folder.

Each agreement's findings as it stands are its baseline. Exit status: 0 every defect was found, 1 some were not, 2 there
was nothing to try.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import MUTATORS, Page, outcomes

_SUFFIXES = {".md", ".markdown", ".mdx", ".yaml", ".yml", ".json"}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.mutations", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path, nargs="+", help="agreements, or folders of them")
    parser.add_argument("--mutator", action="append", choices=sorted(MUTATORS), help="only this one; repeatable")
    parser.add_argument("--sites", type=int, default=0, help="try each mutator at so many places of a file at most")
    parser.add_argument("--verbose", action="store_true", help="list what was not found exactly")
    given = parser.parse_args(arguments)
    files = [file for one in given.folder for file in (sorted(one.rglob("*")) if one.is_dir() else [one])]
    pages = [
        Page(file.name, file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
        for file in files
        if file.suffix.lower() in _SUFFIXES and file.is_file()
    ]
    print(f"{'mutator':26} {'sites':>6} {'exact':>6} {'missed':>7} {'extra':>6}")
    sites = missed = 0
    for name in given.mutator or MUTATORS:
        found = [one for page in pages for one in outcomes(page, MUTATORS[name], given.sites)]
        lost, more = sum(bool(one.missed) for one in found), sum(bool(one.extra) for one in found)
        print(f"{name:26} {len(found):6} {sum(one.exact for one in found):6} {lost:7} {more:6}", flush=True)
        if given.verbose:
            for one in found:
                if not one.exact:
                    print(f"    {one}")
        sites += len(found)
        missed += lost
    print(f"{len(pages)} agreements, {sites} mutants, {missed} not found")
    return 2 if not sites else 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
