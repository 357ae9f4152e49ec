"""Lines on which nobody has signed: `Signed for the provider: ____ Date: ____`.

Such a line is filled in by hand, often on paper, so it is no gap in the text as other blanks are.
"""

from __future__ import annotations

from slalint.model import Node
from slalint.patterns import lazy
from slalint.text import Document
from slalint.words.pieces import Pattern, Pieces

# Escaped, `\_\_\_`, the blanks stand apart: what a reader does not see is masked.
_LINE = lazy(r"_(?: ?_){2,}|\.{6,}|…{2,}")


class _Words(Pieces, file="signatures"):
    title = Pattern()
    sign = Pattern()
    beside = Pattern()
    dated = Pattern()
    any = Pattern()


_LOOK_BACK = 120  # characters; what a line is for stands right before it


def unsigned(document: Document, language: str = "en") -> list[list[tuple[int, int]]]:
    """Where in the file the lines stand that wait for a hand, those of one place of signing together."""
    if not _holds_line(document.file.text):
        return []
    words = _Words.of(language)
    blocks: dict[int, list[tuple[int, int, bool]]] = {}
    titled: set[int] = set()
    for passage in document.passages:
        if not _holds_line(passage.text):
            continue
        section = passage.section
        key = id(section)
        if section is not None and section.heading is not document.title and words.title.search(section.title):
            titled.add(key)
        for line in _LINE.finditer(passage.text):
            at = line.start()
            before = passage.text[max(0, at - _LOOK_BACK) : at]
            signs = words.sign.search(before) is not None
            if signs or key in titled or not before.strip() or words.beside.search(before):
                blocks.setdefault(key, []).append((passage.start + at, passage.start + line.end(), signs))
    return [
        [(start, end) for start, end, _ in lines]
        for key, lines in blocks.items()
        if key in titled or any(signs for *_, signs in lines)
    ]


def _holds_line(text: str) -> bool:
    return "___" in text or "_ _ _" in text or "\\_\\_" in text or "……" in text or "......" in text


def waiting(document: Document, language: str = "en") -> list[Node]:
    """Where somebody still has to sign: the lines of each place of signing, and whose cell is empty in a column of
    signatures, or of their days below a title that says what the table is for."""
    found = [Node.of(document.file, *block[0]) for block in unsigned(document, language)]
    words = _Words.of(language)
    title = words.title
    for table in document.tables if document.sieve.may_hold(title) else ():
        columns = [index for index, cell in enumerate(table.header) if title.search(cell.text)]
        if not columns and table.section.heading is not document.title and title.search(table.section.title):
            columns = [index for index, cell in enumerate(table.header) if words.dated.search(cell.text)]
        for row in table.rows if columns else ():
            if row[0].text.strip() and any(index < len(row) and not row[index].node.raw.strip() for index in columns):
                found.append(row[0].node)
    return sorted(found, key=lambda node: node.offset)


def are_mentioned(text: str, language: str = "en") -> bool:
    """Whether a document says anything of signatures or approvals, be it only where they are kept."""
    return _Words.of(language).any.search(text) is not None


def beside(document: Document, place: int) -> str:
    """The words that say for whom a place of signing is: those of its row and of the head of its column, else those
    of the title above it and those before it in its passage, back to the place before."""
    for table in document.tables:
        for row in table.rows:
            for index, cell in enumerate(row):
                if cell.node.written.start <= place < max(cell.node.written.end, cell.node.written.start + 1):
                    above = [table.header[index].text] if index < len(table.header) else []
                    return " ".join([*above, *(one.text for one in row)])
    for passage in document.passages:
        if passage.start <= place < passage.start + len(passage.text):
            said = _LINE.split(passage.text[: place - passage.start])[-1]
            section = passage.section
            titled = section is not None and section.heading is not document.title
            return f"{section.title} {said}" if titled and section is not None else said
    return ""
