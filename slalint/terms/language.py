"""What words of a text tell about its structure: glossaries, levels, table headers.

All tests are on short strings (titles, names, header cells); the words are data: ``words/<language>/patterns``.
"""

from __future__ import annotations

import re

from slalint.text import Section
from slalint.words.pieces import Pattern, Pieces, WordSet


class _Words(Pieces, file="structure"):
    glossary = Pattern()
    introduces = Pattern()
    level = Pattern()
    level_word = Pattern()
    level_noun = Pattern()
    numbered = Pattern()
    any_level = Pattern()
    level_list = Pattern()
    escalation = Pattern()
    term_header = Pattern()
    body_header = Pattern()
    level_header = Pattern()
    examples_header = Pattern()
    explanation = Pattern()
    function = WordSet()
    inside = WordSet()
    as_a_word = Pattern()
    rule_words = WordSet()
    before_place = Pattern()
    after_place = Pattern()


_OTHER_SIGNS = re.compile(r"[\d%:;.!?()]")


def is_glossary_title(title: str, language: str = "en") -> bool:
    return _Words.of(language).glossary.search(title) is not None


def is_glossary(section: Section | None, language: str = "en") -> bool:
    """Whether a section, or one it lies in, is there to explain words."""
    while section is not None:
        if section.level and is_glossary_title(section.title, language):
            return True
        section = section.parent
    return False


def introduces(section: Section | None, language: str = "en") -> bool:
    """Whether what stands below a heading such as "Measurement" explains the names it lists."""
    return section is not None and _Words.of(language).introduces.match(section.title) is not None


def is_level_name(name: str, language: str = "en") -> bool:
    """Whether a name is one of a scale: ``P1``, ``Severity 2 - High``, ``High priority``, ``Low``."""
    return _Words.of(language).level.fullmatch(name.strip(" :*_")) is not None


def is_level_word(name: str, language: str = "en") -> bool:
    """Whether a name is nothing but a word of a scale: ``Critical``."""
    return _Words.of(language).level_word.fullmatch(name.strip(" :*_")) is not None


def is_level(name: str, section: Section | None, language: str = "en") -> bool:
    """A level's name where a scale is spoken of; a word such as "Standard" alone is none anywhere else."""
    if not is_level_name(name, language):
        return False
    words = _Words.of(language)
    named = words.level_noun.search(name) or (words.numbered.match(name) and not words.any_level.match(name))
    return bool(named) or is_level_list(section, language)


def is_level_list(section: Section | None, language: str = "en") -> bool:
    speaks = _Words.of(language).level_list
    return section is not None and any(speaks.search(title) for title in section.path()[-2:])


def is_escalation(section: Section, language: str = "en") -> bool:
    speaks = _Words.of(language).escalation
    return any(speaks.search(title) for title in section.path()[-2:])


def is_explanation(name: str, language: str = "en") -> bool:
    return _Words.of(language).explanation.fullmatch(name) is not None


def term_columns(header: list[str], language: str = "en") -> tuple[int | None, int | None]:
    """The columns of a table that hold the terms and what they mean; None where the table explains none."""
    words = _Words.of(language)
    terms = [i for i, name in enumerate(header) if words.term_header.fullmatch(name)]
    bodies = [i for i, name in enumerate(header) if words.body_header.fullmatch(name) and i not in terms]
    # Levels are often told by examples alone; other terms are not.
    if terms and not bodies and words.level_header.fullmatch(header[terms[0]]):
        bodies = [i for i, name in enumerate(header) if words.examples_header.fullmatch(name)]
    if not terms or not bodies or terms[0] > bodies[0]:
        return None, None
    return terms[0], bodies[0]


def has_function_word(words: list[str], language: str = "en") -> bool:
    """Whether a phrase holds a word that no term has at that place, so that it is a piece of a sentence."""
    return not _Words.of(language).function.isdisjoint(words)


def is_construction(before: str, term: str, language: str = "en") -> bool:
    """A rule on how to read words ("references to ‘fines’ include …"), no definition of a term."""
    words = _Words.of(language)
    return words.as_a_word.search(before) is not None or term.lower() in words.rule_words


def is_reference(before: str, after: str, language: str = "en") -> bool:
    """Whether a marked phrase is the name of a place in the text, or of what is shown on a screen."""
    words = _Words.of(language)
    return words.before_place.search(before) is not None or words.after_place.match(after) is not None


def is_title_case(phrase: str, language: str = "en") -> bool:
    """One to five words, each content word capitalised, no digits, not shouted."""
    words = phrase.split()
    if not words or len(words) > 5 or _OTHER_SIGNS.search(phrase):
        return False
    inside = _Words.of(language).inside
    return all(w[0].isupper() or w in inside for w in words) and any(not w.isupper() for w in words)
