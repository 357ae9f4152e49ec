"""Blanks that a template left behind: ``[Client]``, ``{{name}}``, ``TBD``, ``____``, ``X leads``.

A bracket is a blank only if it says what is to be filled in, for brackets have many other uses: links, footnotes,
check boxes, citations, words put into a quotation. In a document that is known to have such blanks (``loose``), any
bracket that is none of these counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from slalint.patterns import lazy

# What people ask for in a blank. A bracket that starts with a capital and names one of these is one.
_NOUNS = (
    "name names company client customer customers provider supplier vendor contractor party parties organi[sz]ation "
    "department team product service services date day month year time hours days minutes period duration term "
    "number email e-mail address phone telephone contact details title position role amount price fee fees "
    "percentage percent jurisdiction state country county city location place description summary url link website "
    "signature currency frequency version manager owner representative author approver timeframe timezone zone "
    "target value threshold metric tool system channel level reason text here"
)
_NOUN = lazy(rf"\b(?:{'|'.join(_NOUNS.split())})\b", re.I)
_ASKING = lazy(
    r"(?:please\s+)?(?:insert|enter|specify|specified|fill(?:\s+in)?|add|state|choose|select|put|provide|describe|"
    r"brief\s+description|your|list\s+of|e\.g\.|tb[acd]|to\s+be)\b",
    re.I,
)
# Capitals in brackets that are remarks, not blanks.
_REMARK = lazy(
    r"(?:see|note|optional|draft|deleted|removed|reserved|sic|emphasis|internal|confidential|public|new|updated|"
    r"deprecated|warning|info|todo|wip|important|tip|caution|source|ref|link to|back to|toc|table of contents)\b",
    re.I,
)
# A value that both sides have yet to agree on: `[99.5 %]` alone in a cell, or behind one of these words.
_QUANTITY = lazy(
    r"(?:[<>≤≥=~]\s?)*[$€£]?\s?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:%|per\s?cent|EUR|USD|GBP|ms|s|min|h|hrs?|"
    r"(?:business\s+|working\s+|calendar\s+)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))",
    re.I,
)
_BEFORE_QUANTITY = lazy(
    r"(?:\b(?:within|of|least|most|than|to|is|be|at|for|by|exceed|every|and|or|but|below|above|after|in|a)|[<>≤≥=])"
    r"[\s*_]*$",
    re.I,
)
_FILLER = lazy(r"[\s_.…●•*?xX#/%-]*")

_TAG = frozenset(
    "a abbr b big blockquote body br button caption center cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link main "
    "mark meta nav ol p pre q s samp script section small span strike strong style sub summary sup svg table tbody td "
    "tfoot th thead tr tt u ul var video".split()
)

_UNIT = (
    r"(?:business\s+|working\s+|calendar\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?|users?|tickets?|requests?|"
    r"leads?|calls?|attempts?|meetings?|times|credits?|percent|[A-Z]{2,6}s)"
)
_BLANK = lazy(
    rf"""
      (?P<braces>\{{\{{[^{{}}\n]{{0,80}}\}}\}}|\$\{{[^{{}}\n]{{1,80}}\}}|<<[^<>\n]{{1,80}}>>)
    | (?P<angle><(?P<inner>[A-Za-z][A-Za-z0-9 _/.,'’-]{{0,60}})>)
    | (?P<bracket>\[)
    | (?P<line>(?<![^\W_])_{{3,}}(?![^\W_])|(?<!\.)\.{{6,}}(?!\.|\s*\d+\s*$)|…{{2,}})
    | (?P<word>(?<![\w.@/-])
        (?:TB[ADC]|t\.\s?b\.\s?[adc]\.?|TODO|FIXME|EDIT[_-]?ME|CHANGE[_-]?ME|XXX+|lorem\s+ipsum)(?![\w@/-]))
    | (?P<open>(?:(?<=[:(|–—])\s*|^\s*)(?P<tobe>(?:to\s+[bB][eE]|T[oO]\s+[bB][eE])\s+
        (?:determined|confirmed|defined|decided|announced|completed|specified|added|supplied|agreed))(?=\s*(?:$|[.;,)\]|])))
    | (?P<count>\b(?:X{{1,4}}|YY?|ZZ?|NN)(?=\s?%)|\b(?:X{{1,4}}|NN)(?=\s{_UNIT}\b))
    | (?P<named>(?<![\w“"‘'])(?<!\b[Tt]he\s)(?:(?:Company|Customer|Client|Organi[sz]ation|Provider|Vendor|Supplier)|
        (?:Product|Service)(?:\s+or\s+(?:Product|Service))+)\s+[Nn]ame\b(?!\s*[:|=“"”]|\s+(?:and|or|of|field|is)\b))
    """,
    re.X,
)
_NUMBER_AFTER = lazy(rf"\s?(?:%|{_UNIT})")
_SIGNS = r"[\[{<_.…$]|TB|t\.|TODO|FIXME|EDIT|CHANGE|XX|lorem|[Tt]o\s+be|TO\s+BE|[XYZN]+\s?%|[XN]+ "
# What every blank has somewhere. Each begins with a letter or sign that is rare in running text (the "m" of "name", the
# "b" of "to be"), so that the search jumps from one to the next.
_MAYBE = lazy(
    r"\[|\{\{|\$\{|<<|<[A-Za-z]|___|\.(?:\.\.\.\.\.|(?<=t.)\s?b)|……|TB[ADC]|TODO|FIXME|EDIT|CHANGE|XXX|"
    r"m(?:\s(?<=lorem.)|e\b(?<=[Nn]ame))|b(?:(?<=[tT][oO]\s.)|(?<=\s\s.))|B(?:(?<=[tT][oO]\s.)|(?<=\s\s.))|X[\s%]|Y[\s%]|Z[\s%]|NN[\s%]",
    re.S,
)
_BEGINS = lazy(rf"{_SIGNS}|\w+( or \w+)? [Nn]ame")
_WHOLE = lazy(
    r"(?:\?+|…|\.{3,}|[xX]{2,}|n\.\s?n\.?|(?-i:NN)|tb[acd]\.?|(?:still\s+)?(?:open|pending)?\s*to\s+be\s+\w+|yyyy-mm-dd|"
    r"dd[./-]mm[./-]yyyy|mm/dd/yyyy|todo|fixme|changeme|editme|your\s[\w\s]{2,40}(?:here)?|insert\s[\w\s]{2,60})[.!]?",
    re.I,
)
# Answers that leave the question open: nothing to go by, or another document that nobody can tell.
_NOTHING = lazy(
    r"(?:n\.?\s?[/.]\s?a\.?|na|[-–—]+|as\s+agreed|see\s+(?:above|below|elsewhere)|"
    r"(?:see|refer\s+to|(?:as\s+)?per|as\s+(?:stated|defined|described|set\s+out|specified)\s+in)\s+"
    r"(?:(?:the|our|your|a|separate|other|main)\s+)*(?:contract|agreement|documents?|file|policy|handbook|wiki))[.!]?",
    re.I,
)
_NONE = lazy(r"(?:none|nil|nothing|nobody|no\s+one|not\s+applicable)[.!]?", re.I)
_AFTER_HEAD = lazy(r"\s+(?:of|for|in|at|or|and|if|when|under|with|to|from|by|on|per|/)\s+|[/,(]")
_REQUEST = lazy(
    r"\s*(?:please\s+)?(?:insert|enter|specify|specified|fill in|add|choose|select|put|provide|your)\b", re.I
)
_ADDRESS = lazy(r":\s*(?:<|https?:|mailto:|/|\.|#)")
_STARTS = frozenset("[{<_.…$?xXtTyYdDmMnNfFcCeEiIoOsSpP*lLzZ\"'‘“")


def only_placeholder(text: str) -> bool:
    """Whether a value says nothing but "to be filled in". Empty text is no placeholder; it is nothing."""
    if text[:1] not in _STARTS or len(text) > 120:
        text = text.strip()
        if text[:1] not in _STARTS or len(text) > 120:
            return False
    return _is_blank(text)


def says_nothing(text: str, none: bool) -> bool:
    """Whether a value leaves its question open: blanks, ``n/a``, a dash, ``see contract``; with ``none`` also that
    word, which elsewhere is an answer. Empty text is nothing at all, and no such value."""
    return len(text) <= 120 and _leaves_open(text, none)


@lru_cache(maxsize=4096)
def _leaves_open(text: str, none: bool) -> bool:
    bare = text.strip(" \t\r\n*_\"'‘’“”")
    return bool(_NOTHING.fullmatch(bare) or (none and _NONE.fullmatch(bare))) or only_placeholder(text)


@lru_cache(maxsize=4096)  # several rules ask about the same few names
def _is_blank(text: str) -> bool:
    bare = text.strip(" \t\r\n*_\"'‘’“”")
    if not bare:
        return len(text.strip()) >= 3 and "_" in text
    if _WHOLE.fullmatch(bare):
        return True
    if not _BEGINS.match(bare):
        return False
    rest, last = [], 0
    for start, end in find(bare, loose=True):
        rest.append(bare[last:start])
        last = end
    return last > 0 and not re.search(r"\w", "".join(rest) + bare[last:])


def may_hold_one(text: str) -> bool:
    """Whether it is worth looking for blanks in a text; most are cleared by this alone."""
    return _MAYBE.search(text) is not None


_filled: set[str] = set()  # texts known to hold no blank: agreements of one house say much in the same words
_REMEMBERED = 20_000


def all_filled(texts: Iterable[str]) -> bool:
    """Whether none of the texts holds a blank or leaves its question open; one look for most agreements."""
    new = set(texts) - _filled
    if may_hold_one("\0".join(new)) or any(says_nothing(text, none=True) for text in new):
        return False
    if len(_filled) > _REMEMBERED:
        _filled.clear()
    _filled.update([text for text in new if len(text) < 60])
    return True


def find(text: str, loose: bool = False) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each blank in a text, outermost only, in order."""
    if not may_hold_one(text):
        return
    at = 0
    while (match := _BLANK.search(text, at)) is not None:
        start, end = match.span()
        kind = match.lastgroup
        if kind == "bracket":
            closed = _closing(text, start)
            at = start + 1
            if closed and _is_blank_bracket(text, start, closed, loose):
                yield start, closed
                at = closed
            continue
        at = end
        if match["angle"] is not None:
            if _is_blank_tag(text, match["inner"]):
                yield start, end
        elif match["count"] is not None:
            after = _NUMBER_AFTER.match(text, end)
            if not re.search(rf"(?i:where|if)\s+{match['count']}\b|\b{match['count']}\s*=", text):
                yield start, after.end() if after else end
        elif match["tobe"] is not None:
            yield match.span("tobe")
        else:
            yield start, end


def _closing(text: str, start: int) -> int:
    """The offset behind the bracket that closes the one at ``start``; 0 where there is none on the same lines."""
    depth = 0
    for index in range(start, min(len(text), start + 240)):
        if text[index] == "[":
            depth += 1
        elif text[index] == "]":
            depth -= 1
            if not depth:
                return index + 1
    return 0


def _is_blank_bracket(text: str, start: int, end: int, loose: bool) -> bool:
    inner = text[start + 1 : end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in ("(", "[") or _ADDRESS.match(text, end):
        return False  # a link, or the definition of one
    if before in ("]", "!") or before.isalnum() or inner[:1] in ("^", "!", "@"):
        return False
    words = inner.replace("_", " ").strip(" *")
    if not words or _FILLER.fullmatch(words):
        return (len(inner) > 1 and inner.strip(".…") != "") or inner in ("●", "•", "_", "?", "#")
    if _QUANTITY.fullmatch(words) and (
        not text[:start].strip(" *_") or _BEFORE_QUANTITY.search(text, max(0, start - 20), start)
    ):
        return True
    if re.fullmatch(r"[\d\s.,;–-]+|[A-Za-z]|[ivxIVX]+", words) or len(words.split()) > 20:
        return False  # a citation, a check box, a list number; or a whole sentence
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", inner):
        return False  # an address
    if _ASKING.match(words):
        return True
    if _REMARK.match(words):
        return False
    if loose:
        return (
            words[0] != "["
            and any(c.isalnum() for c in words)
            and words.lower()
            not in (
                "s",
                "es",
                "the",
                "a",
                "an",
                "and",
                "or",
                "and/or",
                "his",
                "its",
                "their",
            )
        )
    if not (words[0].isupper() or "_" in inner):
        return False
    # The thing asked for is the head: "Company name", "Name of the client", not "Product milestone tracker".
    head = _AFTER_HEAD.split(words)[0].split() or [words]
    return bool(_NOUN.fullmatch(head[-1]))


def _is_blank_tag(text: str, inner: str) -> bool:
    word = re.split(r"[\s/.]", inner, maxsplit=1)[0]
    if word.lower() in _TAG or f"</{word}" in text or inner.endswith("/"):
        return False
    return bool(_NOUN.search(inner.replace("_", " ").replace("-", " ")) or _ASKING.match(inner))


def stands_for(blank: str) -> str:
    """What a blank asks for, in lower case as it would read after "the"; empty where it does not say."""
    if re.match(r"(?:X{1,4}|YY?|ZZ?|NN)\s[A-Za-z]", blank):
        return f"number of {' '.join(blank.split()[1:])}"
    words = re.sub(r"[\[\]{}<>$_*%]|(?<!\w)[-/]|[-/](?!\w)", " ", blank)
    words = words[match.end() :] if (match := _REQUEST.match(words)) else words
    words = re.sub(r"(?i)^\s*(?:the|an?)\s+|\s+here\s*$", "", " ".join(words.split())).strip(" .,:")
    if re.fullmatch(
        r"(?:calculate|define|list|confirm|complete|write|update|replace|explain|attach|decide|agree)", words, re.I
    ):
        return ""  # an order without an object
    if re.match(r"(?:who|whom|whose|what|when|where|which|whether|why|how|if)\b", words, re.I):
        return ""  # a question, such as `[who is told]`
    if not re.search(r"[A-Za-z]{3}", words) or len(words.split()) > 8 or re.search(r"\d", words):
        return ""
    if _WHOLE.fullmatch(words) or _FILLER.fullmatch(words):
        return ""
    return " ".join(word if word.isupper() and len(word) < 6 else word.lower() for word in words.split())
