"""Words of further languages, from folders that a project names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from slalint import resources
from slalint.config import ConfigError
from slalint.words.pieces import Pieces


def add(folders: Iterable[str], config: str) -> None:
    """Makes the languages of some folders known. Raises ``ConfigError`` for a folder that cannot be used, which says
    where it was named: in the file ``config``."""
    for folder in folders:
        if not os.path.isdir(folder):
            raise ConfigError(config, f"there is no folder {folder}; mend `languages:`")
        if not any(
            entry.is_dir() and len(entry.name) == 2 and entry.name != "en" for entry in list(os.scandir(folder))
        ):
            raise ConfigError(config, f"{folder} holds no new language: a folder named by two letters, such as de")
        known = set(resources.languages())
        resources.add_words(folder)
        new = sorted(set(resources.languages()) - known)  # none where a command reads its configuration again
        wrong = [ConfigError(os.path.join(folder, language), said) for language in new for said in _faults(language)]
        if wrong:
            raise ConfigError.of(wrong)


def _faults(language: str) -> Iterator[str]:
    """Why the words of a language cannot be used."""
    for name, use in (("patterns", _patterns), ("elements, agreement, metrics", _lists), ("vague, ambiguous", _rows)):
        try:
            use(language)
        except Exception as problem:
            yield f"its {name} cannot be used: {type(problem).__name__}: {problem}"


class _Any(Pieces, file=""):
    """Whatever a file says."""


def _patterns(language: str) -> None:
    for name in resources.words_names(language, "patterns"):
        _Any.file = name.removesuffix(".txt")
        pieces = _Any(language)
        for entry in pieces.entries():
            _use(re.compile(pieces.pattern(entry)))


def _lists(language: str) -> None:
    from slalint.sources.markdown import elements, metrics_words, parties, stated_times

    _use(stated_times.life_of(language))
    for read in (elements.words_of, metrics_words.of, parties.words_of):
        for value in vars(read(language)).values():
            _use(value)


def _rows(language: str) -> None:
    from slalint.terms import ambiguous, vague

    for entry in (*vague.entries(language), *vague.entries(language, "weak"), *ambiguous.entries(language)):
        for value in entry:
            _use(value)


def _use(value: Any) -> None:
    """Makes sure that patterns can be compiled, wherever they are kept."""
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            _use(one)
    elif hasattr(value, "fullmatch"):
        value.fullmatch("")
