"""What words of a text tell about its structure: glossaries, levels, table headers. English for now.

All tests are on short strings (titles, names, header cells) and case-insensitive unless they say otherwise.
"""

from __future__ import annotations

import re

from slalint.patterns import lazy
from slalint.text import Section

_GLOSSARY = lazy(
    r"\b(?:definitions?|glossary|terminology|abbreviations?|acronyms?|defined\s+terms|interpretation|key\s+terms|legend)\b"
    r"|^terms$",
    re.I,
)
_INTRODUCES = lazy(
    r"^(?:measurement|measurements|legend|criteria|calculation|calculations|where|formula|formulas|"
    r"definition|how\s+(?:it|this)\s+is\s+measured|severity|priority|impact|urgency)s?\b",
    re.I,
)
_LEVEL_WORDS = (
    "critical|blocker|showstopper|emergency|urgent|very\\s+high|high|elevated|major|medium|moderate|normal|standard|minor|low|"
    "very\\s+low|trivial|cosmetic|informational|info|warning|highest|lowest"
)
_LEVEL_WORD = lazy(_LEVEL_WORDS, re.I)
_LEVEL_NOUNS = (
    "priority|severity|impact|urgency|criticality|issues?|incidents?|alerts?|events?|tickets?|requests?|defects?"
)
_NUMBERED = r"(?:severity|priority|sev|prio|tier|level|class|category|p|s)\s*(?:level\s*)?[-.]?\s*\d\b"
_LEVEL = lazy(
    rf"(?:{_NUMBERED}(?:\s*(?:[-–—:/(]|$).*|\s+(?:{_LEVEL_NOUNS}))?"
    rf"|(?:{_LEVEL_WORDS})(?:\s*[-/]?\s*(?:{_LEVEL_NOUNS}))*"
    rf"|(?:{_LEVEL_NOUNS})\s*[-:]?\s*(?:{_LEVEL_WORDS}))",
    re.I,
)
_NUMBERED_ONLY = lazy(_NUMBERED, re.I)
_LEVEL_LIST = lazy(
    r"\b(?:severit\w+|priorit\w+|impact|urgency|criticality|classification|alert\w*|tiers?|criteria|incident\s+(?:levels?|classes))\b",
    re.I,
)
_ESCALATION = lazy(r"\bescalat\w+|\bsupport\s+levels?\b|\bcontacts?\b", re.I)
_TERM_HEADER = lazy(
    r"(?:\w+\s+)?(?:terms?|words?|acronyms?|abbreviations?|expressions?|severity|severities|priority|priorities|impact|urgency|"
    r"criticality)(?:\s+(?:levels?|code|class|name))?|levels?|tiers?|class|classification|metric|service\s+level|kpi|p|sev",
    re.I,
)
_BODY_HEADER = lazy(
    r"(?:\w+\s+)?(?:definitions?|meanings?|descriptions?|criteria|criterion|explanations?|what\s+it\s+means|interpretation|"
    r"conditions?|characteristics)(?:\s+(?:and|/|&)\s+\w+)?",
    re.I,
)
# Levels are often told by examples alone; other terms are not.
_LEVEL_HEADER = lazy(r".*\b(?:severity|severities|priority|priorities|criticality|urgency|sev|p)\b.*", re.I)
_EXAMPLES_HEADER = lazy(r"(?:\w+\s+)?examples?(?:\s+\w+)?", re.I)
_EXPLANATION = lazy(
    r"\W*(?:definitions?|descriptions?|criteri(?:a|on)|meaning|explanation|conditions?|examples?)\W*", re.I
)
_FUNCTION = frozenset(
    "the a an is are was were be been will shall must may can should would could has have had do does did if when "
    "where which that who whom whose because although unless until while than then as at by from on onto to with "
    "without not no nor but".split()
)


def is_glossary_title(title: str) -> bool:
    return _GLOSSARY.search(title) is not None


def is_glossary(section: Section | None) -> bool:
    """Whether a section, or one it lies in, is there to explain words."""
    while section is not None:
        if section.level and is_glossary_title(section.title):
            return True
        section = section.parent
    return False


def introduces(section: Section | None) -> bool:
    """Whether what stands below a heading such as "Measurement" explains the names it lists."""
    return section is not None and _INTRODUCES.match(section.title) is not None


def is_level_name(name: str) -> bool:
    """Whether a name is one of a scale: ``P1``, ``Severity 2 - High``, ``High priority``, ``Low``."""
    return _LEVEL.fullmatch(name.strip(" :*_")) is not None


def is_level_word(name: str) -> bool:
    """Whether a name is nothing but a word of a scale: ``Critical``."""
    return _LEVEL_WORD.fullmatch(name.strip(" :*_")) is not None


def is_level(name: str, section: Section | None) -> bool:
    """A level's name where a scale is spoken of; a word such as "Standard" alone is none anywhere else."""
    if not is_level_name(name):
        return False
    named = re.search(_LEVEL_NOUNS, name, re.I) or (_NUMBERED_ONLY.match(name) and not name.lower().startswith("level"))
    return bool(named) or is_level_list(section)


def is_level_list(section: Section | None) -> bool:
    return section is not None and any(_LEVEL_LIST.search(title) for title in section.path()[-2:])


def is_escalation(section: Section) -> bool:
    return any(_ESCALATION.search(title) for title in section.path()[-2:])


def is_explanation(name: str) -> bool:
    return _EXPLANATION.fullmatch(name) is not None


def term_columns(header: list[str]) -> tuple[int | None, int | None]:
    """The columns of a table that hold the terms and what they mean; None where the table explains none."""
    terms = [i for i, name in enumerate(header) if _TERM_HEADER.fullmatch(name)]
    bodies = [i for i, name in enumerate(header) if _BODY_HEADER.fullmatch(name) and i not in terms]
    if terms and not bodies and _LEVEL_HEADER.fullmatch(header[terms[0]]):
        bodies = [i for i, name in enumerate(header) if _EXAMPLES_HEADER.fullmatch(name)]
    if not terms or not bodies or terms[0] > bodies[0]:
        return None, None
    return terms[0], bodies[0]


def has_function_word(words: list[str]) -> bool:
    """Whether a phrase holds a word that no term has at that place, so that it is a piece of a sentence."""
    return any(word in _FUNCTION for word in words)


def is_construction(before: str, term: str) -> bool:
    """A rule on how to read words ("references to ‘fines’ include …"), no definition of a term."""
    if re.search(r"\b(?:references?\s+to|the\s+words?|the\s+phrases?|words?\s+such\s+as)\s*[\"“'‘]?\s*$", before, re.I):
        return True
    return term.lower() in ("including", "includes", "include", "or", "and", "may", "shall", "must", "will")


def is_reference(before: str, after: str) -> bool:
    """Whether a marked phrase is the name of a place in the text, or of what is shown on a screen."""
    if re.search(
        r"\b(?:section|clause|see|entitled|titled|marked|labell?ed|headed|click|select|button|page|tab|chapter|annex)\s*[\"“]?$",
        before,
        re.I,
    ):
        return True
    return re.match(r"\W{0,3}(?:section|button|tab|page|menu|chapter|clause|field|heading)\b", after, re.I) is not None


def is_title_case(phrase: str) -> bool:
    """One to five words, each content word capitalised, no digits, not shouted."""
    words = phrase.split()
    if not words or len(words) > 5 or re.search(r"[\d%:;.!?()]", phrase):
        return False
    return all(w[0].isupper() or w in ("of", "and", "for", "the", "to", "in", "or", "on") for w in words) and any(
        not w.isupper() for w in words
    )
