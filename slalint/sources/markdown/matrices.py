"""Priorities and what is promised for each: tables by row, by column or by two keys, and lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from slalint import parts
from slalint import quantities as q
from slalint.agreement import Definition, Metric
from slalint.model import Node
from slalint.parts import Cell, Matrix, Priority
from slalint.patterns import lazy
from slalint.sources.markdown import metrics_tables, values
from slalint.sources.markdown.metrics_draft import clean, piece, whole
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, Section, Table

_TIMED = frozenset(("duration", "fixed"))
_LEVEL = 40  # the name of a level is short
_SIGNS = lazy(r"[^\w\s]+")
_SPLIT = lazy(r"\s*(?:[–—:(-]|$)")


def read(document: Document, words: Words, metrics: Sequence[Metric]) -> list[Matrix]:
    """Every matrix of a document: of its tables, and of the lists that the metrics were read from."""
    found = [matrix for table in document.tables if (matrix := _table(table, words)) is not None]
    spans = sorted((table.header[0].start, _end(table)) for table in document.tables if table.header)
    found += _lists(document, [metric for metric in metrics if not _is_within(metric.node.offset, spans)], words)
    return sorted(found, key=lambda matrix: matrix.node.offset)


def _is_within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is in one of some stretches of text, which are in order and apart."""
    before = bisect_left(spans, (offset + 1,)) - 1
    return before >= 0 and offset < spans[before][1]


def _end(table: Table) -> int:
    return max(row[-1].start + len(row[-1].text) for row in [table.header, *table.rows] if row)


def levels(
    matrices: Iterable[Matrix], document: Document, words: Words, definitions: Iterable[Definition]
) -> list[Priority]:
    """Each level once, in the order of its first use, with the explanation that the document gives anywhere."""
    explained: dict[str, Node] | None = None
    found: dict[str, Priority] = {}
    for matrix in matrices:
        for cell in matrix.cells:
            one = cell.priority
            if one is None:
                continue
            known = found.get(one.id)
            means = one.definition
            if means is None:
                explained = _explained(document, words, definitions) if explained is None else explained
                means = explained.get(one.id)
            if known is None:
                found[one.id] = one._replace(definition=means)
            elif known.definition is None and means is not None:
                found[one.id] = known._replace(definition=means)
    return list(found.values())


def _explained(document: Document, words: Words, definitions: Iterable[Definition]) -> dict[str, Node]:
    """What the document says of the levels apart from the matrices: definitions, and tables that only describe."""
    found: dict[str, Node] = {}
    for definition in definitions:
        if definition.body is not None and len(definition.term.text) < _LEVEL:
            found.setdefault(parts.level_id(definition.term.text, words.language), definition.body)
            for name in _names(definition.term.text, words):
                found.setdefault(name, definition.body)
    for table in document.tables:
        meanings = [i for i, cell in enumerate(table.header) if words.meaning.search(clean(cell))]
        key = _level_column(table, words) if meanings else None
        means = next((i for i in meanings if i != key), None)
        if key is None or means is None:
            continue
        for row in table.rows:
            if len(row) > max(key, means) and clean(row[means]):
                for name in _names(clean(row[key]), words):
                    found.setdefault(name, whole(row[means]))
    for section in document.sections():
        above = section.parent.title if section.parent is not None else ""
        if section.passages and _is_level(section.title, words) and words.headers["priority"].search(above):
            for name in _names(section.title, words):
                found.setdefault(name, whole(section.passages[0]))
    return found


def _names(name: str, words: Words) -> set[str]:
    """The ids under which a level may be referred to: `P1 – Critical` is 1 and critical."""
    pieces = [piece for piece in _SIGNS.split(name) if piece.strip()]
    return {parts.level_id(name, words.language), *(parts.level_id(piece, words.language) for piece in pieces)} - {""}


def _is_level(text: str, words: Words) -> bool:
    """Whether a text names a level of urgency: it opens with one, and goes on with its other name at most."""
    if not words.told[text] & words.priority.bit:
        return False
    text = text.strip(" *:")
    if not text or len(text) > _LEVEL:
        return False
    found = words.priority.search(text)
    return found is not None and (found.start() < 3 or parts.rank_of(text, words.language)[1] == "number")


# ---- tables


def _level_column(table: Table, words: Words) -> int | None:
    """The column whose cells name levels."""
    for index, cell in enumerate(table.header[:3]):
        named = [text for row in table.rows if index < len(row) and (text := clean(row[index]))]
        known = sum(_is_level(text, words) for text in named)
        if known * 2 > len(named):
            return index
        headed = known and metrics_tables.role_of(cell, words) == "priority"
        if headed and all(len(text) <= _LEVEL and not _times(text, words) for text in named):
            return index
    return None


def _measure(label: str, words: Words) -> str:
    """What a label says is measured; "" where no word tells."""
    return words.memory(_measured)[label]


def _measured(label: str, words: Words) -> str:
    return parts.measure_of(label, words.language)


def _times(text: str, words: Words) -> list[values.Value]:
    return [value for value in values.find(text, words) if value.kind in _TIMED]


def _table(table: Table, words: Words) -> Matrix | None:
    if not table.header:
        return None
    across, key = metrics_tables.transposed(table.header, words), _level_column(table, words)
    if (not across and key is None) or metrics_tables.escalates(table, words):
        return None
    rows = metrics_tables.filled(table)
    cells = list(_by_column(table, rows, words)) if across else []
    if not cells and key is not None:
        cells = list(_by_row(table, rows, key, words))
    if not any(cell.targets for cell in cells):
        return None
    title = table.section.title if table.section is not None else ""
    return Matrix(whole(table.header[0]), title, None, tuple(cells))


def _title(table: Table) -> str:
    section = table.section
    return section.title if section is not None and section.heading is not None else ""


def _by_row(table: Table, rows: list[list[Passage]], key: int, words: Words) -> Iterator[Cell]:
    """A level in each row; the columns are measures, or plans where the title says what is measured."""
    columns = []
    for index in range(len(table.header)):
        texts = [clean(row[index]) for row in rows if index < len(row) and clean(row[index]).strip("-–— ")]
        timed = sum(bool(_times(text, words)) and len(text) < 160 for text in texts)
        name = clean(table.header[index])
        hours = words.clock_header.search(name) is not None and not _measure(name, words)
        if index != key and not hours and timed * 2 > len(texts):
            columns.append(index)
    measures = {i: _measure(clean(table.header[i]), words) for i in columns}
    around = _measure(_title(table), words)
    named = [m for m in measures.values() if m]
    by_plan = len(columns) > 1 and (not named or len(set(named)) < len(named))
    other = [
        i
        for i, cell in enumerate(table.header)
        if i != key and i not in columns and metrics_tables.role_of(cell, words) in ("subject", "priority")
    ]
    second = other[0] if other and other[0] < min(columns, default=0) and _repeats(rows, key) else None
    means = next(
        (i for i, cell in enumerate(table.header) if i not in (key, *columns) and words.meaning.search(clean(cell))),
        None,
    )
    clock = next(
        (
            i
            for i, cell in enumerate(table.header)
            if i not in (key, *columns) and words.clock_header.search(clean(cell))
        ),
        None,
    )
    last: Passage | None = None
    case: Passage | None = None
    for row in rows:
        last = row[key] if key < len(row) and clean(row[key]) else last
        if last is None:
            continue
        if second is not None and second < len(row) and clean(row[second]):
            case = row[second]
        level = parts.priority(
            whole(last),
            whole(row[means]) if means is not None and means < len(row) and clean(row[means]) else None,
            whole(row[clock]) if clock is not None and clock < len(row) and clean(row[clock]) else None,
            language=words.language,
        )
        for index in columns:
            header = table.header[index]
            measure = measures[index] or around or _category(clean(header), _title(table), words)
            plan = whole(header) if by_plan else whole(case) if case is not None else None
            value = row[index] if index < len(row) else row[-1]
            yield _cell(value if index < len(row) else None, row, header, measure, level, plan, words)


def _repeats(rows: list[list[Passage]], key: int) -> bool:
    """Whether the levels come again, so that another column tells the rows apart."""
    named = [clean(row[key]) for row in rows if key < len(row)]
    return len(set(named)) < len(named)


def _category(header: str, title: str, words: Words) -> str:
    return words.category(header, "duration") or words.category(title, "duration")


def _cell(
    value: Passage | None,
    row: list[Passage],
    label: Passage,
    measure: str,
    level: Priority | None,
    case: Node | None,
    words: Words,
) -> Cell:
    if value is None:
        end = row[-1].node.written.end
        return Cell(Node.of(row[-1].node.file, end, end, ""), measure, whole(label), level, case, ())
    measure = measure or _measure(clean(value), words)  # `response within 1 hour` below `Paid plans`
    return Cell(whole(value), measure, whole(label), level, case, _read(value, words))


def _read(value: Passage, words: Words) -> tuple[q.Target, ...]:
    """The times of a cell: the cell as a whole (`30 min, in business hours`), else each value in it."""
    found = [one for one in values.find(value.text, words) if one.kind in _TIMED or one.kind == "percent"]
    one = words.target(clean(value)) if len(found) == 1 else None
    if one is not None:
        return (one,)
    read = (words.target(piece(value, one.start, one.end).text) for one in found)
    return tuple(one for one in read if one is not None)


def _by_column(table: Table, rows: list[list[Passage]], words: Words) -> Iterator[Cell]:
    """The levels are columns; each row, or the row of a label above it, says what is measured or which plan it is."""
    levels = {i: cell for i, cell in enumerate(table.header) if _is_level(clean(cell), words)}
    labelled = 0 not in levels
    label: Passage | None = None
    title = _title(table)
    for row in rows:
        filled = [cell for cell in row if any(c.isalnum() for c in cell.text)]
        if len(filled) == 1 and not labelled and not _times(filled[0].text, words):
            label = filled[0]
            continue
        name = row[0] if labelled and row else label
        said = [row[i] for i in levels if i < len(row) and _times(row[i].text, words)]
        if not said:
            continue
        own = _measure(clean(name), words) if name is not None else ""
        measure = own or _measure(title, words) or _category(clean(name) if name is not None else "", title, words)
        case = whole(name) if name is not None and not own else None
        for index, header in levels.items():
            level = parts.priority(whole(header), language=words.language)
            yield _cell(row[index] if index < len(row) else None, row, name or header, measure, level, case, words)


# ---- lists


def _lists(document: Document, metrics: Iterable[Metric], words: Words) -> Iterator[Matrix]:
    """The metrics of lists and sentences that give a value for each level, together by the section they stand in."""
    groups: dict[int, list[tuple[Metric, list[Cell]]]] = {}
    homes: dict[int, Section | None] = {}
    homes_at = _Sections(document)
    for metric in metrics:
        measure = _measure(metric.name.text, words) or metric.category
        around = homes_at.of(metric.name.offset)
        titled = around is not None and not metric.duty and _is_level(around.title, words)
        level = whole(around.heading) if titled and around is not None and around.heading is not None else None
        pairs = metric.levels or ((metric.priority or level, metric.target),)
        cells = [
            Cell(value, measure, metric.name, parts.priority(key, language=words.language), None, read)
            for key, value in pairs
            if key is not None
            and value is not None
            and parts.rank_of(key.text, words.language)[0] is not None
            and (read := _targets(value, words))
        ]
        if not cells:
            continue
        home = homes_at.of(cells[0].node.offset)
        while home is not None and home.parent is not None and _is_level(home.title, words):
            home = home.parent
        groups.setdefault(id(home), []).append((metric, cells))
        homes[id(home)] = home
    for key, found in groups.items():
        section = homes[key]
        together = Counter((cell.measure, cell.priority.id) for _, cells in found for cell in cells if cell.priority)
        repeated = {measure: max(n for (one, _), n in together.items() if one == measure) for measure, _ in together}
        if len({cell.priority.id for _, cells in found for cell in cells if cell.priority is not None}) < 2:
            continue
        cells = [
            # `Gold response` and `Silver response` are one measure for two plans.
            cell._replace(case=metric.name) if repeated[cell.measure] > 1 else cell
            for metric, several in found
            for cell in several
        ]
        cells += _strays(section, cells, words)
        cells.sort(key=lambda cell: cell.node.offset)
        yield Matrix(found[0][0].name, section.title if section is not None else "", None, tuple(cells))


def _strays(section: Section | None, cells: list[Cell], words: Words) -> Iterator[Cell]:
    """Items of the same list that name a further level and its time far apart from each other: `All other tickets are
    Priority 3 … resolved within 2 weeks`."""
    known = {cell.priority.id for cell in cells if cell.priority is not None}
    measures = {cell.measure: cell for cell in cells}
    for passage in section.passages if section is not None and len(measures) == 1 else ():
        end = passage.start + len(passage.text)
        if passage.kind != "item" or any(passage.start <= cell.node.offset < end for cell in cells):
            continue
        times, levels = _times(passage.text, words), list(words.priority.finditer(passage.text))
        ids = {parts.level_id(passage.text[slice(*level.span())], words.language) for level in levels}
        ((measure, cell),) = measures.items()
        if len(times) != 1 or len(ids) != 1 or ids & known or _measure(passage.text, words) != measure:
            continue
        value = piece(passage, times[0].start, times[0].end)
        level = parts.priority(piece(passage, *levels[0].span()), language=words.language)
        if level.scale == "number" and (read := _targets(value, words)):
            yield Cell(value, measure, cell.label, level, None, read)


def _targets(node: Node, words: Words) -> tuple[q.Target, ...]:
    read = words.target(node.text)
    return (read,) if read is not None else ()


class _Sections:
    """Which section an offset lies in."""

    def __init__(self, document: Document) -> None:
        self.sections = [section for section in document.sections() if section.heading is not None]
        self.starts = [section.heading.start for section in self.sections if section.heading is not None]

    def of(self, at: int) -> Section | None:
        index = bisect_right(self.starts, at) - 1
        return self.sections[index] if index >= 0 else None
