"""The same-length mask of Markdown text: what is not prose becomes blanks, so that offsets never move.

Every pattern below is bounded or excludes its own opening character, so the cost grows with the text, whatever stands
in it.
"""

from __future__ import annotations

import re

from slalint.patterns import lazy

_WORTH_A_LOOK = lazy(r"[`<>*_~\\\[&{:]")  # or `www.`
_TICKS = lazy(r"`+")
_HTML_NAMES = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|"
    "em|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|li|link|main|mark|meta|"
    "nav|ol|p|path|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|"
    "tbody|td|tfoot|th|thead|tr|tt|u|ul|video|wbr"
)
# `<name>` is a blank to fill in, `<br>` is markup: a tag has a known name, attributes, or a slash.
_TAG = lazy(
    rf"<(?:/[A-Za-z][\w.:-]*\s*|(?:{_HTML_NAMES})(?:\s[^<>]*)?/?|[A-Za-z][\w.:-]*(?:\s[^<>=]*=[^<>]*|\s*/))>", re.I
)
_AUTOLINK = lazy(r"<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>", re.I)
_MAIL_AUTOLINK = lazy(r"<([^\s<>@]{1,100}@[^\s<>@]{1,100})>")
_LINK = lazy(
    r"(!?)\[([^\[\]]{0,2000})\]"
    r"(\((?:[^()\\\s]|\\.|\([^()\s]*\)){0,2000}(?:[ \t\r\n]+[\"'(][^\"'()]{0,500}[\"')])?\s{0,9}\))"
)
_REFERENCE = lazy(r"(!?)\[([^\[\]]{1,500})\](\[[^\[\]]{0,200}\])")
_FOOTNOTE = lazy(r"\[\^[^\[\]\s]{1,80}\]:?")
_PICTURE = lazy(r"data:[\w/.+-]{1,80};base64,[\w/+=]*")
_URL = lazy(r"(?:https?://|\bwww\.)[^\s<>()\[\]|\"]+", re.I)
_ATTRIBUTES = lazy(r"\{[#.:][^{}\r\n]{0,200}\}|\{%[^{}\r\n]{0,300}%\}|\{\{[<%][^{}\r\n]{0,300}[>%]\}\}")
_EXPRESSION = lazy(r"(?<!\{)\{[^{}\r\n]{0,500}\}(?!\})")
_ADMONITION = lazy(r"^[ \t]*:{3,}[^\r\n]*|^[ \t]*\[!\w{1,20}\]", re.M)
_STRUCK = lazy(r"~~(?=[^\s~])[^~\r\n]{1,500}~~")
_STARS = lazy(r"\*+")
_UNDERSCORES = lazy(r"(?<![\w_\\])_{1,2}(?=[^\s_])|(?<=[^\s_\\])_{1,2}(?![\w_])")
_ESCAPE = lazy(r"\\(?=[!-/:-@\[-`{-~])|\\$", re.M)
_ENTITY = lazy(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)
_LINE_REST = lazy(r"[^\r\n]")


def blank(text: str) -> str:
    """As long as ``text``, all spaces but the line ends."""
    return _LINE_REST.sub(" ", text)


def code_spans(text: str) -> list[tuple[int, int]]:
    """``(start, end)`` of every code span, backticks included; a run of backticks closes only an equally long one."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text)]
    if len(runs) < 2:
        return []
    upcoming: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        upcoming.setdefault(runs[index][1] - runs[index][0], []).append(index)
    spans = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        same = upcoming[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same and not (start and text[start - 1] == "\\"):
            index = same[-1]
            spans.append((start, runs[index][1]))
        index += 1
    return spans


def without_comments(text: str) -> str:
    """Comments blanked; one that is never closed is text."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[at:start], blank(text[start : end + 3])]
        at = end + 3
    return "".join([*pieces, text[at:]])


def is_plain(raw: str) -> bool:
    """Whether neither a text nor any part of it has something to be masked."""
    return _WORTH_A_LOOK.search(raw) is None and "www." not in raw


def mask(raw: str, mdx: bool = False) -> str:
    """``raw`` with code, URLs, link targets, tags and emphasis marks blanked; an entity becomes its character and
    blanks. The text of a link stays."""
    if is_plain(raw):
        return raw
    text = raw
    if ";base64," in text:
        text = _PICTURE.sub(_blanked, text)
    if "`" in text:
        pieces, at = [], 0
        for start, end in code_spans(text):
            pieces += [text[at:start], blank(text[start:end])]
            at = end
        text = "".join([*pieces, text[at:]])
    if "<" in text:
        if "<!--" in text:
            text = without_comments(text)
        text = _TAG.sub(_blanked, text)
        text = _AUTOLINK.sub(_blanked, text)
        text = _MAIL_AUTOLINK.sub(r" \1 ", text)
    if "[" in text:
        if "](" in text:
            text = _LINK.sub(_linked, text)
            if "](" in text:
                text = _LINK.sub(_linked, text)  # an image inside a link
        if "][" in text:
            text = _REFERENCE.sub(_linked, text)
        if "[^" in text:
            text = _FOOTNOTE.sub(_blanked, text)
    if "://" in text or "www." in text.lower():
        text = _URL.sub(_blanked, text)
    if "{" in text:
        text = _ATTRIBUTES.sub(_blanked, text)
        if mdx:
            text = _EXPRESSION.sub(_blanked, text)
    if ":::" in text or "[!" in text:
        text = _ADMONITION.sub(_blanked, text)
    if "~~" in text:
        text = _STRUCK.sub(_blanked, text)
    if "*" in text:
        text = _STARS.sub(_star, text)
    if "_" in text:
        text = _UNDERSCORES.sub(_blanked, text)
    if "\\" in text:
        text = _ESCAPE.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return text


def _blanked(match: re.Match[str]) -> str:
    return blank(match.group())


def _linked(match: re.Match[str]) -> str:
    image, shown, target = match.groups()
    return blank(match.group()) if image else " " + shown + " " + blank(target)


def _star(match: re.Match[str]) -> str:
    """Emphasis touches a word; a star between blanks, or after a backslash, is a star."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "\\" or not (before.strip() or after.strip()):
        return match.group()
    return " " * (end - start)


def _entity(match: re.Match[str]) -> str:
    from html import unescape

    shown = unescape(match.group())
    if len(shown) != 1 or shown in "\r\n\0":
        return match.group()
    return (" " if shown.isspace() else shown).ljust(match.end() - match.start())
