"""What words of a text tell about its structure: glossaries, levels, table headers.

All tests are on short strings (titles, names, header cells); the words are data: ``words/<language>/patterns``.
"""

from __future__ import annotations

from functools import cached_property

from slalint.patterns import lazy
from slalint.text import Section
from slalint.words.pieces import Pattern, Pieces, WordSet

_REMEMBERED = 4096  # names
_OTHER_SIGNS = lazy(r"[\d%:;.!?()]")


class Structure(Pieces, file="structure"):
    """What titles, names and cells say in one language: ``Structure.of("en").is_level_name("P1")``."""

    glossary = Pattern()
    introducing = Pattern()
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

    def is_glossary_title(self, title: str) -> bool:
        known = self._glossary_titles.get(title)
        if known is None:
            if len(self._glossary_titles) > _REMEMBERED:
                self._glossary_titles.clear()
            known = self._glossary_titles[title] = self.glossary.search(title) is not None
        return known

    @cached_property
    def _glossary_titles(self) -> dict[str, bool]:
        """What ``is_glossary_title`` has answered."""
        return {}

    def is_glossary(self, section: Section | None) -> bool:
        """Whether a section, or one it lies in, is there to explain words."""
        while section is not None:
            if section.level and self.is_glossary_title(section.title):
                return True
            section = section.parent
        return False

    def introduces(self, section: Section | None) -> bool:
        """Whether what stands below a heading such as "Measurement" explains the names it lists."""
        return section is not None and self.introducing.match(section.title) is not None

    def is_level_name(self, name: str) -> bool:
        """Whether a name is one of a scale: ``P1``, ``Severity 2 - High``, ``High priority``, ``Low``."""
        known = self._level_names.get(name)
        if known is None:
            if len(self._level_names) > _REMEMBERED:
                self._level_names.clear()
            known = self._level_names[name] = self.level.fullmatch(name.strip(" :*_")) is not None
        return known

    @cached_property
    def _level_names(self) -> dict[str, bool]:
        """What ``is_level_name`` has answered: agreements of one house name the same things again and again."""
        return {}

    def is_level_word(self, name: str) -> bool:
        """Whether a name is nothing but a word of a scale: ``Critical``."""
        return self.level_word.fullmatch(name.strip(" :*_")) is not None

    def is_level(self, name: str, section: Section | None) -> bool:
        """A level's name where a scale is spoken of; a word such as "Standard" alone is none anywhere else."""
        if not self.is_level_name(name):
            return False
        named = self.level_noun.search(name) or (self.numbered.match(name) and not self.any_level.match(name))
        return bool(named) or self.is_level_list(section)

    def is_level_list(self, section: Section | None) -> bool:
        return section is not None and any(map(self.level_list.search, section.path()[-2:]))

    def is_escalation(self, section: Section) -> bool:
        return any(map(self.escalation.search, section.path()[-2:]))

    def is_explanation(self, name: str) -> bool:
        return self.explanation.fullmatch(name) is not None

    def term_columns(self, header: list[str]) -> tuple[int | None, int | None]:
        """The columns of a table that hold the terms and what they mean; None where the table explains none."""
        terms = [i for i, name in enumerate(header) if self.term_header.fullmatch(name)]
        if not terms:
            return None, None
        bodies = [i for i, name in enumerate(header) if self.body_header.fullmatch(name) and i not in terms]
        # Levels are often told by examples alone; other terms are not.
        if not bodies and self.level_header.fullmatch(header[terms[0]]):
            bodies = [i for i, name in enumerate(header) if self.examples_header.fullmatch(name)]
        if not bodies or terms[0] > bodies[0]:
            return None, None
        return terms[0], bodies[0]

    def has_function_word(self, words: list[str]) -> bool:
        """Whether a phrase holds a word that no term has at that place, so that it is a piece of a sentence."""
        return not self.function.isdisjoint(words)

    def is_construction(self, before: str, term: str) -> bool:
        """A rule on how to read words ("references to ‘fines’ include …"), no definition of a term."""
        return self.as_a_word.search(before) is not None or term.lower() in self.rule_words

    def is_reference(self, before: str, after: str) -> bool:
        """Whether a marked phrase is the name of a place in the text, or of what is shown on a screen."""
        return self.before_place.search(before) is not None or self.after_place.match(after) is not None

    def is_title_case(self, phrase: str) -> bool:
        """One to five words, each content word capitalised, no digits, not shouted."""
        words = phrase.split()
        if not words or len(words) > 5 or _OTHER_SIGNS.search(phrase):
            return False
        return all(w[0].isupper() or w in self.inside for w in words) and any(not w.isupper() for w in words)
