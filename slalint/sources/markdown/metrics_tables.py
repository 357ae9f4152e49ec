"""Metrics in tables: a row for each, a column for each thing measured, or priorities as columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slalint.model import Node
from slalint.record import NamedTuple
from slalint.sources.markdown import values
from slalint.sources.markdown.metrics_clauses import clauses
from slalint.sources.markdown.metrics_context import names_source
from slalint.sources.markdown.metrics_draft import CLEAN, Draft, clean, piece, whole, within
from slalint.sources.markdown.metrics_words import Words
from slalint.terms import placeholders
from slalint.text import Passage, Table

_TOGETHER = ("response", "resolution", "recovery", "reporting")  # what one cell may promise side by side
_NAME = 120  # what is longer is no name of a metric
_EMPTY = ("", "-", "–", "—")
_CELL = 160  # what is longer tells of many things
_COUNTED = ("volume", "throughput", "error-rate", "effort")
_WITHOUT = ("credit", "ignored", "party", "ballast", "window", "tracking", "cadence")  # no value is promised there


def read(table: Table, words: Words, title: str) -> Iterator[Draft]:
    """The metrics of one table below a ``title``; nothing where the table holds none."""
    rows = filled(table)
    if not table.header or not rows:
        return
    head_of = words.memory(_head)
    roles = [head_of[cell.text].role for cell in table.header]
    if escalates(table, words):
        return
    if _identifies(table.header, rows, words):
        # Version, status and dates of the document; what is measured may stand among them.
        rows = [row for row in rows if row and not _is_identity(row[0].text, words) and words.category(clean(row[0]))]
        yield from _row_metrics(table, rows, roles, list(range(1, len(table.header))), words)
        return
    if transposed(table.header, words):
        yield from _transposed_rows(table, rows, words, title)
        return
    if "credit" in roles:
        yield from _commitment_rows(table, rows, roles, words)
        return
    columns = _value_columns(rows, roles, words)
    if not columns:
        if roles[0] == "reports" or ("cadence" in roles and roles[0] in ("subject", "name")):
            yield from _duties(table, rows, roles, words)
        elif roles[0] == "name":
            yield from _wordy_rows(table, rows, roles, words)
        return
    if _rows_are_metrics(table.header, rows, roles, columns, words):
        yield from _row_metrics(table, rows, roles, columns, words)
    else:
        yield from _column_metrics(table, rows, roles, columns, words, title)


def filled(table: Table) -> list[list[Passage]]:
    """The rows in which anything stands."""
    return [row for row in table.rows if any(map(clean, row))]


class _Head(NamedTuple):
    """What the name of a column tells."""

    said: str  # without markup; empty where nothing is said
    role: str  # what the column holds
    person: bool
    step: bool
    priority: bool


def _head(text: str, words: Words) -> _Head:
    said = CLEAN[text]
    return _Head(
        said,
        words.memory(_role)[said.lower()],
        words.persons.fullmatch(said) is not None,
        words.steps.fullmatch(said) is not None,
        len(said) < 30 and words.priority.search(said) is not None,
    )


def _is_identity(text: str, words: Words) -> bool:
    """Whether a cell names what tells one document from another."""
    return words.identity.fullmatch(CLEAN[text]) is not None


def _identifies(header: list[Passage], rows: list[list[Passage]], words: Words) -> bool:
    """Whether a table says what the document is: names such as `Version` and `Expiry date` with their values."""
    identity = words.memory(_is_identity)
    return len(header) <= 3 and any(identity[row[0].text] for row in (header, *rows) if row)


def escalates(table: Table, words: Words) -> bool:
    """Whether a table says who is called, step by step, and after which time."""
    head_of = words.memory(_head)
    heads = [head_of[cell.text] for cell in table.header]
    if not any(head.person for head in heads[1:]):
        return False
    return (heads[0].role == "priority" or heads[0].step) and all(head.role != "measured" for head in heads)


def role_of(cell: Passage, words: Words) -> str:
    """What a column holds: a key of ``headers.yaml``, ``measured`` for a thing measured, or empty."""
    return words.memory(_head)[cell.text].role


def _role(text: str, words: Words) -> str:
    """The role of a column by its name in small letters."""
    if not text:
        return ""
    for name in ("reports", "cadence"):
        if text in words.header_exact.get(name, ()):
            return name
    for name, exact in words.header_exact.items():
        if text in exact:
            return name
    if words.headers["credit"].search(text) and words.category(text) not in ("response", "resolution", "recovery"):
        return "credit"
    if words.headers["ignored"].search(text) and not words.categories["reporting"].search(text):  # `Status updates`
        return "ignored"
    if words.category(text) not in ("", "volume"):
        return "measured"
    for name, pattern in words.headers.items():
        if name not in ("reports", "cadence") and pattern.search(text):
            return name
    return ""


def _value(cell: Passage, words: Words) -> values.Value | None:
    """The value that a cell opens with or holds."""
    found = words.found[cell.text]
    return found[0] if found else None


def _measure(value: values.Value) -> str:
    """The kind of a value; `next business day` is a time too."""
    return "duration" if value.kind in values.TIMES else value.kind


def _bare(cell: Passage, words: Words) -> re.Match[str] | None:
    """A cell that holds a number and nothing else."""
    return words.bare_number.fullmatch(clean(cell))


def _soft(cell: Passage, words: Words) -> bool:
    text = clean(cell)
    return bool(text) and len(text) < 60 and words.soft.search(text) is not None


class _Look(NamedTuple):
    """What a cell looks like at a glance."""

    valued: bool  # it holds a value, or is a number
    spelt: bool  # a value with its unit
    soft: bool  # a word in place of a value


def _look(text: str, words: Words) -> _Look | None:
    """How the text of a cell looks; None for one that is empty."""
    said = CLEAN[text]
    if said in _EMPTY:
        return None
    short = len(said) < _CELL
    spelt = short and bool(words.found[text])
    bare = short and words.bare_number.fullmatch(said) is not None
    return _Look(spelt or bare, spelt, len(said) < 60 and words.soft.search(said) is not None)


def _value_columns(rows: list[list[Passage]], roles: list[str], words: Words) -> list[int]:
    """The columns that hold promised values."""
    found = []
    look = words.memory(_look)
    for index, role in enumerate(roles):
        if role in _WITHOUT:
            continue
        cells = [one for row in rows if index < len(row) and (one := look[row[index].text]) is not None]
        if not cells:
            continue
        valued = sum(one.valued for one in cells)
        spelt = sum(one.spelt for one in cells)
        soft = sum(one.soft for one in cells)
        if (
            (role in ("target", "measured") and index and (valued or (soft == len(cells) and role == "target")))
            or (role == "name" and index and valued * 2 > len(cells))
            or (role == "measured" and not index and valued == len(cells))
            or (role == "" and index and spelt and spelt * 2 >= len(cells))
            or (role in ("priority", "subject") and index > 1 and spelt * 2 > len(cells))  # `Paid tier`
        ):
            found.append(index)
    return found


def _rows_are_metrics(
    header: list[Passage], rows: list[list[Passage]], roles: list[str], columns: list[int], words: Words
) -> bool:
    """Whether each row names a thing measured, rather than a priority, a plan or a kind of request."""
    first = roles[0]
    named = _names(roles, columns) is not None
    alone = len(columns) == 1
    told = [words.category(clean(row[0])) for row in rows if row and len(clean(row[0])) <= _NAME] if alone else []
    if len(set(filter(None, told))) > 1 and sum(map(bool, told)) * 2 > len(rows):
        # `Monthly availability`, `Time to repair` below each other under a header that names both, or none
        column = [cell for row in rows if (cell := _cell(row, columns[0])) is not None]
        named_there = words.named_in(clean(header[columns[0]]))
        enough = len(named_there) > 1 or (not named_there and first not in ("subject", "priority"))
        if enough and sum(_value(cell, words) is not None for cell in column) * 2 > len(rows):
            return True
    if 0 in columns or (not named and (first == "priority" or (first == "subject" and "tracking" not in roles))):
        return False
    if all(roles[index] == "measured" for index in columns):
        return False
    if first == "name" or "tracking" in roles or named:
        return True
    names = [clean(row[0]) for row in rows if row]
    return sum(bool(words.category(name)) for name in names) * 2 > len(names)


def _names(roles: list[str], columns: list[int]) -> int | None:
    """The column that names what is measured."""
    return next((index for index, role in enumerate(roles) if role == "name" and index not in columns), None)


def _column(roles: list[str], role: str) -> int | None:
    return roles.index(role) if role in roles else None


def _cell(row: list[Passage], index: int | None) -> Passage | None:
    if index is None or index >= len(row) or clean(row[index]) in _EMPTY:
        return None
    return row[index]


def _row_metrics(
    table: Table, rows: list[list[Passage]], roles: list[str], columns: list[int], words: Words
) -> Iterator[Draft]:
    names = _names(roles, columns) or 0
    cases: dict[str, Draft] = {}  # by name: the same thing again, for another priority
    last: Draft | None = None
    source = next((row for row in rows if len(row) > 1 and words.tracked_labels.fullmatch(clean(row[names]))), None)
    for row in rows:
        if row is source:
            continue
        cells = [(i, cell) for i in columns if (cell := _cell(row, i)) is not None]
        name = _cell(row, names)
        if name is None:
            # A row that goes on with the metric above it, for another case.
            if last is not None:
                _fill(last, table.header, cells, words, row, roles)
            continue
        text = clean(name)
        if not cells and not any(_cell(row, _column(roles, role)) for role in ("tracking", "window")):
            # A gap under "Target" beside what can only be a metric; else it is a heading within the table.
            gap = roles[names] == "name" and "target" in roles and words.category(text)
            if not gap:
                continue
        if (earlier := cases.get(text)) is not None:
            _fill(earlier, table.header, cells, words, row, roles)
            continue
        kind = next((_measure(v) for _, cell in cells if (v := _value(cell, words))), "")
        kind = kind or ("count" if any(_bare(cell, words) for _, cell in cells) else "")
        category = words.category(text, kind)
        if not category and kind:
            category = words.category(" ".join([text, *map(clean, row[1:])]), kind)
        category = category or "other"
        if category == "other" and kind == "count":
            category = words.category(text) or category
        draft = Draft(whole(name), category, table.section)
        _fill(draft, table.header, cells, words, row, roles)
        _sides(draft, row, roles, words)
        if category == "other" and not kind and not draft.tracking and not _says_none(cells, words):
            continue  # `Price list | by mail`: neither its name nor its cells speak of anything to measure
        if source is not None and not draft.tracking and draft.category not in ("notice", "maintenance"):
            _track(draft, next((cell for cell in source[1:] if clean(cell)), source[0]), words)
        yield draft
        last = draft
        if names and roles[0] == "priority":
            cases[text] = draft


def _fill(
    draft: Draft,
    header: list[Passage],
    cells: list[tuple[int, Passage]],
    words: Words,
    row: list[Passage],
    roles: list[str],
) -> None:
    """The values of a row, each with its case: the row's priority, else the column's name where there are several."""
    priority = _cell(row, _column(roles, "priority"))
    for index, cell in cells:
        key = whole(priority) if priority is not None else whole(header[index]) if len(cells) > 1 else None
        _take(draft, key, cell, words, f"{clean(header[index])} {draft.name.text}")


def _take(draft: Draft, key: Node | None, cell: Passage, words: Words, header: str = "") -> None:
    """The value of a cell; a bare number has the unit that the column's or the row's name gives."""
    value = _value(cell, words)
    if value is not None:
        draft.add(key, piece(cell, values.opening(cell.text, value, words), value.end), value.kind)
        window = words.window.search(cell.text)
        if draft.window is None and window and value.kind in ("percent", "count", "rate", "score", "money"):
            draft.window = piece(cell, window.start(), window.end())
        return
    node = whole(cell)
    unit = _unit(header, draft.category, words) if _bare(cell, words) else ""
    draft.levels.append((key, Node.of(node.file, *node.written[:2], f"{node.text} {unit}") if unit else node))


def _unit(header: str, category: str, words: Words) -> str:
    """The unit that a name gives to a bare number: `Repair (hours)`; of things that are counted, over which time they
    are: `Errors per day`."""
    for unit in words.header_unit.finditer(header):
        if not words.header_one.search(header, 0, unit.start()):
            return unit.group(1)
    rate = words.header_rate.search(header)
    if rate is None or words.no_things.search(header):
        return ""
    return f"per {rate.group(1)}" if category in _COUNTED or words.things.search(header, 0, rate.start()) else ""


def _says_none(cells: list[tuple[int, Passage]], words: Words) -> bool:
    """Whether a row has nothing, or nothing but a word in place of a value, in its cells."""
    return all(
        words.soft.fullmatch(clean(cell)) or placeholders.only_placeholder(clean(cell), words.language)
        for _, cell in cells
    )


def _sides(draft: Draft, row: list[Passage], roles: list[str], words: Words) -> None:
    """Window, tracking and party from the row's own cells."""
    window = _cell(row, _column(roles, "window") if "window" in roles else _column(roles, "cadence"))
    if window is not None:
        draft.window = whole(window)
    tracking = _cell(row, _column(roles, "tracking"))
    if tracking is not None:
        _track(draft, tracking, words)
    draft.blank = "tracking" in roles and not draft.tracking
    draft.undecided = draft.blank and tracking is not None and _soft(tracking, words)
    draft.to_fill_in = tracking is not None and placeholders.only_placeholder(clean(tracking), words.language)
    party = _cell(row, _column(roles, "party"))
    if party is not None:
        draft.party = whole(party)
    if draft.window is None:
        window_in_name = words.window.search(draft.name.text)
        if window_in_name:
            draft.window = within(draft.name, draft.name.text[slice(*window_in_name.span())])


def _track(draft: Draft, cell: Passage, words: Words) -> None:
    """What a cell for the source says: what measures, or over which time (`Measurement | monthly`)."""
    if words.window.fullmatch(clean(cell)):
        draft.window = draft.window or whole(cell)
    elif names_source(clean(cell), words) and not _soft(cell, words):
        draft.tracking.append(whole(cell))


def _column_metrics(
    table: Table, rows: list[list[Passage]], roles: list[str], columns: list[int], words: Words, title: str
) -> Iterator[Draft]:
    """One metric for each column of values, with the rows as its cases."""
    seen: dict[tuple[str, int], Draft] = {}
    for order, index in enumerate(columns):
        header = table.header[index]
        cells = [(row, cell) for row in rows if (cell := _cell(row, index)) is not None]
        several = _each_its_own(table, cells, index, words)
        if several:
            yield from several
            continue
        kind, told = next(((_measure(v), c.text[: v.end]) for _, c in cells if (v := _value(c, words))), ("", ""))
        text = clean(header)
        category = words.category(text, kind)
        if not category and (roles[index] != "" or "measured" not in roles):  # `Escalates every` beside `Response`
            category = words.category(title, kind) or words.category(told, kind)
            category = category or ("resolution" if kind == "duration" else "")
        category = category or "other"
        # `Standard | Custom` beside each other for the same thing measured are cases, not metrics of their own.
        key = (category, -1 if roles[index] in ("", "target") else order)
        draft = seen.get(key) if roles[index] == "" else None
        if draft is None:
            draft = Draft(_titled(header, title, words), category, table.section)
            if not draft.name.text:
                continue  # nothing says what the values are
            seen[key] = draft
            window = words.window.search(text)
            if window:
                draft.window = within(whole(header), text[slice(*window.span())])
        for row, cell in cells:
            _take(draft, whole(row[0]) if row and index else None, cell, words, text)
        if len(rows) == 1:
            _sides(draft, rows[0], roles, words)
        else:
            tracked = [t for row, _ in cells if (t := _cell(row, _column(roles, "tracking"))) is not None]
            for cell in tracked[:1]:
                _track(draft, cell, words)
            windows = [w for row, _ in cells if (w := _cell(row, _column(roles, "window"))) is not None]
            if windows:
                draft.window = whole(windows[0])
    yield from seen.values()


def _each_its_own(table: Table, cells: list[tuple[list[Passage], Passage]], index: int, words: Words) -> list[Draft]:
    """The metrics of a column whose cells hold several, each with its own word: `reply within 1 h, repair in 4 h`."""
    if not any(len(values.find(cell.text, words)) > 1 for _, cell in cells):
        return []
    found: dict[str, Draft] = {}
    together = False
    for row, cell in cells:
        told = [
            one
            for one in clauses(cell.text, list(values.find(cell.text, words)), words)
            if one.cue is not None and one.value.kind in values.TIMES and one.category in _TOGETHER
        ]
        together = together or len({one.category for one in told}) > 1
        for one in told:
            if one.category not in found:
                cue = one.cue or (0, 0)
                found[one.category] = Draft(piece(cell, *cue), one.category, table.section)
            key = whole(row[0]) if row and index else None
            found[one.category].add(key, piece(cell, one.value.start, one.value.end), one.value.kind)
    return list(found.values()) if together else []


def _titled(header: Passage, title: str, words: Words) -> Node:
    """A column's name; one that says only `Target` speaks through the heading above the table."""
    node = whole(header)
    if title and (words.generic.fullmatch(node.text) or not node.text):
        return Node.of(node.file, *node.written[:2], title)
    return node


def transposed(header: list[Passage], words: Words) -> bool:
    """Whether the columns are priorities."""
    head_of = words.memory(_head)
    named = [head.priority for cell in header if (head := head_of[cell.text]).said]
    return len(named) > 1 and sum(named) * 3 >= len(named) * 2


def _transposed_rows(table: Table, rows: list[list[Passage]], words: Words, title: str) -> Iterator[Draft]:
    labelled = not (words.priority.search(clean(table.header[0])) and clean(table.header[0]))
    label: Passage | None = None
    found: dict[str, Draft] = {}
    for row in rows:
        filled = [cell for cell in row if any(c.isalnum() for c in cell.text)]
        if len(filled) == 1 and not labelled and _value(filled[0], words) is None:
            label = filled[0]  # a row that only names the next one
            continue
        cells = list(enumerate(row))[1:] if labelled else list(enumerate(row))
        kinds = [v.kind for _, cell in cells if (v := _value(cell, words))]
        if not kinds:
            continue
        name = row[0] if labelled else label
        text = clean(name) if name is not None else ""
        kind = "duration" if kinds[0] in values.TIMES else kinds[0]
        category = words.category(text, kind) or words.category(title, kind) or "other"
        draft = found.get(category)
        if draft is None:
            if name is not None and (words.category(text) or (labelled and not words.category(title))):
                place = whole(name)
            else:
                first = table.header[0].node.written
                place = Node.of(table.header[0].node.file, first.start, first.end, title or clean(table.header[0]))
            draft = found[category] = Draft(place, category, table.section)
            draft.node = whole(cells[0][1])
        for index, cell in cells:
            if index < len(table.header):
                _take(draft, whole(table.header[index]), cell, words)
    yield from found.values()


def _commitment_rows(table: Table, rows: list[list[Passage]], roles: list[str], words: Words) -> Iterator[Draft]:
    """A table of credits holds promises only in the rows that say so and earn no credit."""
    for row in rows:
        if len(row) < 2 or not row[0].text.strip():
            continue
        text = clean(row[0])
        credit = _cell(row, _column(roles, "credit"))
        value = _value(row[1], words)
        if value is None or not (words.generic.fullmatch(text) or words.sections_on.search(text)):
            continue
        if credit is None or clean(credit).lower() in ("none", "no credit", "n/a", "0%", "0 %", "0", "nil"):
            header = clean(table.header[1]) if len(table.header) > 1 else ""
            draft = Draft(whole(row[0]), words.category(header + " " + text, value.kind), table.section)
            draft.add(None, piece(row[1], value.start, value.end), value.kind)
            window = words.window.search(header)
            if window:
                draft.window = within(whole(table.header[1]), header[slice(*window.span())])
            yield draft


def _duties(table: Table, rows: list[list[Passage]], roles: list[str], words: Words) -> Iterator[Draft]:
    """Reports and meetings with how often they are due."""
    column = _column(roles, "cadence") if "cadence" in roles else _column(roles, "window")
    for row in rows:
        often = _cell(row, column)
        name = _cell(row, 0)
        if often is None or name is None or not words.cadences.search(clean(often)):
            continue
        draft = Draft(whole(name), "reporting", table.section)
        draft.add(None, whole(often), "fixed")
        draft.window = whole(often)
        yield draft


def _wordy_rows(table: Table, rows: list[list[Passage]], roles: list[str], words: Words) -> Iterator[Draft]:
    """Rows that name metrics under a target column which holds no value at all."""
    if "target" not in roles:
        return
    column = roles.index("target")
    for row in rows:
        name, target = _cell(row, 0), _cell(row, column)
        if name is None or not words.category(clean(name)):
            continue
        draft = Draft(whole(name), words.category(clean(name)), table.section)
        if target is not None:
            draft.levels.append((None, whole(target)))
        _sides(draft, row, roles, words)
        yield draft
