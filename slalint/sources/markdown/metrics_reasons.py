"""Which words made a reader take something for a metric, its target, its window or its source.

Nothing depends on this: it looks at what was read and tells from where it stands and what stands around it why. The
same lists decide here as in the reading.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from slalint.agreement import Metric
from slalint.model import Node
from slalint.sources.markdown.metrics_draft import clean
from slalint.sources.markdown.metrics_words import Words
from slalint.text import Document, Passage, Section, Table, sentences


class Reasons:
    """Answers for the metrics of one document."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document = document
        self.words = words
        self.passages = [*document.passages, *document.code]
        self.passages.sort(key=lambda passage: passage.start)
        self.cells: dict[int, tuple[Table, list[Passage], int]] = {
            cell.start: (table, row, index)
            for table in document.tables
            for row in [table.header, *table.rows]
            for index, cell in enumerate(row)
        }
        self.labels = sorted(document.labels, key=lambda label: label.value.offset)
        self.ends = list(accumulate([label.value.written.end for label in self.labels], max))

    def of(self, metric: Metric) -> dict[str, str]:
        """By part (category, target, window, tracking) the words that decided; of a part that is not stated, where it
        was looked for."""
        target = metric.target if metric.target is not None else metric.name
        found = {"category": self._category(metric), "target": self._target(target, metric.target is not None)}
        home = self._sentence(target)
        found["window"] = (
            self._aside(metric.window, home)
            if metric.window is not None
            else "no period in its words, its row or a sentence on figures like it"
        )
        tool = metric.tracking[0].node if metric.tracking else None
        found["tracking"] = (
            self._aside(tool, home)
            if tool is not None
            else "no source in its words, its row or a sentence on figures like it"
        )
        return found

    def _passage(self, node: Node) -> Passage | None:
        at = node.offset
        index = bisect_right(self.passages, at, key=lambda passage: passage.start) - 1
        passage = self.passages[index] if index >= 0 else None
        return passage if passage is not None and at < passage.node.written.end else None

    def _sentence(self, node: Node) -> tuple[int, int]:
        """The sentence that a node stands in, as offsets of the file."""
        passage = self._passage(node)
        if passage is None:
            return node.written[:2]
        at = node.offset - passage.start
        for start, end in sentences(passage.text, self.words.language):
            if start <= at < end:
                return passage.start + start, passage.start + end
        return passage.start, passage.node.written.end

    def _said(self, span: tuple[int, int]) -> str:
        passage = self._passage(Node.of(self.document.file, *span))
        if passage is None:
            return self.document.file.text[span[0] : span[1]]
        return passage.text[span[0] - passage.start : span[1] - passage.start]

    def _category(self, metric: Metric) -> str:
        """The word of the name, the sentence or a heading above that tells what is measured."""
        names = ["maintenance", "notice"] if metric.category == "other" else [metric.category]
        names += ["downtime"] if metric.category == "availability" else []
        target = metric.target if metric.target is not None else metric.name
        places = [metric.name.text, self._column(target), self._said(self._sentence(target))]
        passage = self._passage(target)
        section = passage.section if passage is not None else None
        for text in [*places, *self._titles(section)]:
            for name in names:
                pattern = self.words.categories.get(name)
                if pattern is not None and (cue := pattern.search(text)):
                    return f"“{text[slice(*cue.span())]}”"
        return "no word tells a category"

    def _column(self, node: Node) -> str:
        """The name of the column that a value stands in; empty outside tables."""
        passage = self._passage(node)
        place = self.cells.get(passage.start) if passage is not None and passage.kind == "cell" else None
        if place is None:
            return ""
        table, _, index = place
        return clean(table.header[index]) if index < len(table.header) else ""

    def _target(self, node: Node, stated: bool) -> str:
        """What makes a value a promise: its column, its label, a word of promising, the line or the title above."""
        if not stated:
            return "named, with no value anywhere"
        if column := self._column(node):
            return f"column “{column}”"
        at = node.offset
        labels = self.labels[bisect_right(self.ends, at) :][:1]  # the first that does not end before
        if labels and labels[0].value.offset <= at:
            return f"label “{' '.join(labels[0].name.text.split())}”"
        text = self._said(self._sentence(node))
        if promise := self.words.promises.search(text):
            return f"“{text[slice(*promise.span())]}” in its sentence"
        if bound := self.words.operators.search(text):
            return f"“{bound.group()}” in its sentence"
        passage = self._passage(node)
        if passage is not None:
            lead = self._lead(passage)
            if lead is not None:
                return f"below “{' '.join(lead.text.split())[:80]}”"
            for title in self._titles(passage.section):
                if self.words.sections_on.search(title):
                    return f"below the title “{title}”"
        return "a value beside its name"

    def _lead(self, passage: Passage) -> Passage | None:
        """The line that introduces a list item."""
        if passage.kind != "item":
            return None
        index = bisect_right(self.passages, passage.start, key=lambda one: one.start) - 1
        while index > 0:
            index -= 1
            before = self.passages[index]
            if before.section is not passage.section or before.kind == "heading":
                return None
            if before.text.rstrip().endswith(":") and (before.kind != "item" or before.depth < passage.depth):
                return before
            if before.kind != "item":
                return None
        return None

    def _titles(self, section: Section | None) -> list[str]:
        """The headings above, the nearest first, without the document's own."""
        found = []
        while section is not None and section.heading is not None and section.heading is not self.document.title:
            found.append(section.title)
            section = section.parent
        return found

    def _aside(self, node: Node, home: tuple[int, int]) -> str:
        """Where a window or a source was taken from."""
        at = node.offset
        if home[0] <= at < home[1]:
            return "in its sentence"
        if column := self._column(node):
            return f"column “{column}”"
        said = " ".join(self._said(self._sentence(node)).split())
        return f"line {node.place.line}: “{said[:100]}”"
