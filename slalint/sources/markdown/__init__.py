"""Agreements in Markdown: prose with exact positions, and the data form inside it.

A document is an agreement if it carries the data form (``agreement:`` in the front matter, a fenced block ``sla``), or
if its name or its title says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from slalint.model import Node, Observation, SourceFile
from slalint.patterns import lazy
from slalint.sources import Reading, holds_nothing
from slalint.words import languages
from slalint.words.pieces import Pattern, Pieces, WordSet

if TYPE_CHECKING:
    from slalint.sources._comments import Comment
    from slalint.text import Document, Passage

_ENDINGS = (".md", ".markdown", ".mdx")
_BEGINNING = 16_384  # a title stands within the first bytes of a document
_LONGEST = 100_000  # characters of a paragraph; who writes more has lost the line breaks
_WIDEST = 1_000  # cells of a row of a table
_FENCE = lazy(rb"^ {0,3}(?:`{3,}|~{3,})[ \t]*sla(?![\w-])", re.M)
_FRONT_KEY = lazy(r"^agreement[ \t]*:", re.M)
_FRONT_TITLE = lazy(r"^title[ \t]*:[ \t]*[\"']?([^\r\n]*)", re.M)
_FRONT = lazy(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.M | re.S)
_OPENING = lazy(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?=[a-z_$][\w$.-]*[ \t]*[:=])")
_FRONT_CLOSE = lazy(r"^(?:---|\+\+\+|\.\.\.)[ \t]*\r?$", re.M)
_HEADING = lazy(r" {0,3}#{1,6}[ \t]*(\S.*?)[ \t#]*")
_UNDERLINE = lazy(r" {0,3}(?:=+|-{2,})[ \t]*")
_CODE = lazy(r" {0,3}(?:`{3,}|~{3,})")
_MARKUP = lazy(r"[*_`]|<[^>]*>")
_HUMP = lazy(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")


class _Words(Pieces, file="documents"):
    full_name = Pattern()
    short_names = WordSet()
    levels = Pattern()
    teaching = Pattern()
    about = Pattern()
    things = Pattern()
    heads = Pattern()


def claims(path: str, data: bytes) -> int:
    """2 for an agreement by its data, its name or its title, 1 for other Markdown, 0 for anything else."""
    return _claims(path, data, languages())


@lru_cache(maxsize=2)  # whoever finds the source of a file has it read next
def _claims(path: str, data: bytes, known_languages: tuple[str, ...]) -> int:
    name = path.replace("\\", "/").rpartition("/")[2]
    if not name.lower().endswith(_ENDINGS):
        return 0
    if b"sla" in data and (b"```" in data or b"~~~" in data) and _FENCE.search(data):
        return 2
    text = data[:_BEGINNING].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front is not None and _FRONT_KEY.search(front.group(1)):
        return 2
    stem = name.rpartition(".")[0].removesuffix(".template")
    title = _title(text[front.end() :] if front is not None else text)
    named = _FRONT_TITLE.search(front.group(1)) if front is not None else None
    candidates = [_HUMP.sub(" ", stem), title, named.group(1) if named else ""]
    known = [_Words.of(language) for language in known_languages]
    return 2 if any(_says_agreement(one, words) for words in known for one in candidates) else 1


def read(file: SourceFile, force: bool = False) -> Reading:
    """The agreement of a document: its prose, with the data form where it holds that. Several data blocks are an
    agreement each. With ``force`` any document is one. Never raises."""
    from slalint.agreement import Agreement
    from slalint.sources.markdown.blocks import parse
    from slalint.sources.markdown.prose import ProseAgreement

    if not force and claims(file.path, file.text.encode("utf-8", "replace")) < 2:
        return Reading([], [])
    front = _OPENING.match(file.text)
    if front is not None and _FRONT_CLOSE.search(file.text, front.end()) is None:
        return Reading([], [_unclosed(front, file)])
    if _is_empty(file.text):
        return Reading([], [holds_nothing(file)])
    document = parse(file)
    unreadable = next(_too_long(document), None)
    if unreadable is not None:
        return Reading([], [unreadable])
    blocks, said = _data(document)
    if said and not blocks:
        return Reading([], said)  # what the data would state cannot be called missing
    if len(blocks) > 1:
        return Reading([Agreement(block, index) for index, block in enumerate(blocks)], said)
    return Reading([ProseAgreement(document, blocks[0] if blocks else None)], said)


def comments(file: SourceFile) -> Iterator[Comment]:
    """The comments to slalint: in HTML, and in YAML where the file holds that."""
    from slalint.sources._comments import in_html, in_yaml
    from slalint.sources.markdown.blocks import parse

    document = parse(file)
    if document.front_matter is not None:
        span = document.front_matter.written
        yield from in_yaml(file, span.start, span.end)
    for start, end in _fenced(document):
        yield from in_yaml(file, start, end)
    yield from in_html(file, document)


def _size(passage: Passage) -> int:
    """The characters of a passage that are neither space nor, like the bytes of a picture, masked."""
    return sum(map(len, passage.text.split()))


def _too_long(document: Document) -> Iterator[Observation]:
    """What no author has written: everything after it is read, too, but not within a time that anybody waits."""
    for passage in document.passages if len(document.file.text) > _LONGEST else ():
        if len(passage.text) > _LONGEST and (size := _size(passage)) > _LONGEST:
            yield _refused(passage, f"This paragraph has {size:,} characters, more than the {_LONGEST:,} that are read")
    for table in document.tables:
        rows = (table.header, *table.rows)
        for row in rows if max(map(len, rows)) > _WIDEST else ():
            if len(row) > _WIDEST:
                yield _refused(row[0], f"This row has {len(row):,} cells, more than the {_WIDEST:,} that are read")


def _refused(passage: Passage, message: str) -> Observation:
    return Observation(
        Node.of(passage.node.file, passage.start, passage.start + 1),
        f"{message}; nothing in this file was looked at.",
        why="Line breaks were lost, or this is no text.",
        hint="Put an empty line between paragraphs, and each row of a table on a line of its own.",
        rule="syntax",
    )


def _unclosed(front: re.Match[str], file: SourceFile) -> Observation:
    return Observation(
        Node.of(file, 0, len(front.group(1))),
        "The front matter that begins here has no end; everything below would be part of it.",
        why="A converter shows the fields as text, or the text not at all.",
        hint=f"Put a line {front.group(1)} below the last field.",
        rule="syntax",
    )


def _is_empty(text: str) -> bool:
    """Whether a text holds nothing but blanks and comments."""
    before, *comments = text.split("<!--")
    return not before.strip() and all(
        closed and not after.strip() for _, closed, after in (one.partition("-->") for one in comments)
    )


def _data(document: Document) -> tuple[list[Node], list[Observation]]:
    """The parts in the data form, each as the root of its own agreement."""
    file, found, said = document.file, [], []
    front = document.front_matter
    if front is not None and _FRONT_KEY.search(front.raw):
        from slalint.sources.yaml import compose

        span = front.written
        roots, observations = compose(file, span.start, span.end)
        said += observations
        for root in roots:
            node = root.get("agreement")
            if node is not None and isinstance(node.data, dict):
                found.append(node.rooted())
    for start, end in _fenced(document):
        from slalint.sources.yaml import compose

        roots, observations = compose(file, start, end)
        said += observations
        found += [root for root in roots if isinstance(root.data, dict)]
    return found, said


def _fenced(document: Document) -> Iterator[tuple[int, int]]:
    """What stands between the fences of each block of data."""
    for code in document.code:
        span = code.node.written
        opening, _, rest = code.text.partition("\n")
        if not _FENCE.match(opening.encode("utf-8", "replace")):
            continue
        last = rest.rstrip().rpartition("\n")[2].strip()
        closed = len(last) >= 3 and not last.strip(opening.strip()[0])
        start = min(span.start + len(opening) + 1, span.end)
        end = span.end - (len(rest) - rest.rfind(last)) if closed else span.end
        yield start, max(end, start)


def _title(text: str) -> str:
    """The first heading of a document, without its markup; else its first line if that is short."""
    first = previous = ""
    fenced = False
    for line in text.split("\n"):
        if _CODE.match(line):
            fenced = not fenced
            continue
        if fenced or not line.strip():
            previous = ""
            continue
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            return _MARKUP.sub("", heading.group(1))
        if previous and _UNDERLINE.fullmatch(line):
            return previous
        previous = line.strip()
        first = first or previous
    return _MARKUP.sub("", first) if len(first) <= 100 else ""


def _says_agreement(text: str, words: _Words) -> bool:
    if not text or words.teaching.search(text):
        return False
    if words.full_name.search(text) or words.levels.search(text):
        return True
    if words.short_names.isdisjoint(_HUMP.sub(" ", text.lower()).split()) or words.about.search(text):
        return False
    return words.heads.search(text) is not None or words.things.search(text) is None
