"""Agreements in YAML 1.2.

A document in the plain forms that nearly everybody writes is read line by line (``_plain``), any other by libyaml's
events. Where libyaml refuses a document, ruamel.yaml decides: libyaml rejects some legal YAML.
What both refuse is explained in plain words, and the other documents of the file are read all the same.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from slalint.agreement import KINDS
from slalint.model import Mark, Marks, Node, Observation, SourceFile, Unplaced
from slalint.patterns import lazy
from slalint.sources import Reading, _plain, collect
from slalint.sources._composer import MAX_EVENTS, Document, Refused, too_many
from slalint.sources._composer import compose as _compose

if TYPE_CHECKING:
    from slalint.sources._comments import Comment

# Line breaks to YAML 1.1 and to libyaml, ordinary characters to YAML 1.2: the parser gets to see others in their place.
_DISGUISE = {0x85: 0xE085, 0x2028: 0xE028, 0x2029: 0xE029}
_MEND = {shown: meant for meant, shown in _DISGUISE.items()}
_NOT_BREAKS = lazy("[\x85\u2028\u2029]")
# The authority takes a second for this many characters; a larger file is judged by libyaml alone.
_AUTHORITY_LIMIT = 300_000

_OWN = lazy(
    rb"^(?:\xef\xbb\xbf)?(?:\{[ \t]*)?(?:apiVersion|kind|\"apiVersion\"|\"kind\"|'apiVersion'|'kind')[ \t]*:"
    rb"[ \t]*[\"']?(?:slalint/|(?:" + "|".join(KINDS).encode() + rb")\b)",
    re.MULTILINE,
)
# A parser's events, the module of their classes, the offset of the first, the way back from disguised characters.
_Events: TypeAlias = tuple[Iterator[Any], ModuleType, int, dict[int, int] | None]

_START = lazy(r"(?:\A|(?<=[\r\n]))---(?=[ \t\r\n]|\Z)")
_END = lazy(r"(?:\A|(?<=[\r\n]))\.\.\.(?=[ \t\r\n]|\Z)[^\r\n]*")
_PROLOGUE = lazy(r"(?:[ \t]*+(?:#[^\r\n]*+)?[\r\n])*+%[^\r\n]*+(?:[\r\n]|[ \t]++|[#%][^\r\n]*+)*+")


def claims(path: str, data: bytes) -> int:
    """2 for an agreement by name or by its envelope, 1 for other YAML, 0 for anything else."""
    name = path.lower()
    if not name.endswith((".yaml", ".yml")):
        return 0
    if name.endswith((".sla.yaml", ".sla.yml")):
        return 2
    return 2 if (b"slalint/" in data or b"kind" in data) and _OWN.search(data) is not None else 1


def read(file: SourceFile, force: bool = False) -> Reading:
    """The agreements of a file; with ``force`` every mapping is one. Never raises."""
    return collect(file, documents(file), force, claims)


def compose(file: SourceFile, start: int = 0, end: int | None = None) -> tuple[list[Node], list[Observation]]:
    """The documents in ``[start, end)`` of a file as nodes, and what there is to say about them. Never raises."""
    roots, said = [], []
    for root, observations in documents(file, start, end):
        said.extend(observations)
        if root is not None:
            roots.append(root)
    return roots, said


def documents(file: SourceFile, start: int = 0, end: int | None = None) -> list[Document]:
    """Every document in ``[start, end)`` with what there is to say about it; ``root`` is None where it is broken."""
    end = len(file.text) if end is None else end
    collecting = gc.isenabled()
    gc.disable()  # a parse makes many objects and no garbage; walking them again and again is a third of the time
    try:
        plain = _read_plainly(file, start, end)
        if plain is not None:
            return [plain]
        found: list[Document] = []
        try:
            # What is complete stays in the list when a later document fails.
            found.extend(_fast(file, start, end))
            return found
        except Exception as problem:
            stretches = list(parts(file.text, start, end))
            if len(stretches) == 1:
                return _decide(file, start, end, problem)
        found = []
        for first, last in stretches:
            try:
                found.extend(list(_fast(file, first, last)))
            except Exception as problem:
                found.extend(_decide(file, first, last, problem))
        return found
    finally:
        if collecting:
            gc.enable()


def comments(file: SourceFile) -> Iterator[Comment]:
    """The comments to slalint."""
    from slalint.sources._comments import in_yaml

    return in_yaml(file)


def scalars(file: SourceFile, start: int, end: int) -> list[tuple[int, int, bool]] | None:
    """``(start, end, whether it is a block scalar)`` of every scalar in a stretch, keys and all, in their order; None
    where it cannot be read."""
    for parse in (_libyaml, _ruamel):
        try:
            events, _, base, _ = parse(file, start, end)
            return [
                (event.start_mark.index + base, event.end_mark.index + base, event.style in ("|", ">"))
                for event in events
                if type(event).__name__ == "ScalarEvent"
            ]
        except Exception:
            if end - start > _AUTHORITY_LIMIT:
                break
    return None


def _read_plainly(file: SourceFile, start: int, end: int) -> Document | None:
    """The one document of a stretch, where it is as plain as most are."""
    text = file.text
    if end < len(text) and "\n" not in text[end - 1 : end + 1]:  # what follows on the line may have a say
        return None
    piece = text[start:end]
    if len(piece) >= MAX_EVENTS and 4 * sum(map(piece.count, "\n,[{")) >= MAX_EVENTS:
        return None
    found = _plain.read(piece)
    if found is None:
        return None
    (data,) = found
    marks = Marks(lambda: _marks(data, piece, start), lambda name: _part(data, piece, start, name))
    return Document(Unplaced(file, data, marks), [])


def _marks(data: Any, text: str, start: int) -> Mark:
    from slalint.sources._places import marks

    return marks(data, text, start)


def _part(data: Any, text: str, start: int, name: str) -> Mark | None:
    from slalint.sources._places import part

    return part(data, text, start, name)


def _fast(file: SourceFile, start: int, end: int) -> Iterator[Document]:
    events, kinds, base, mend = _libyaml(file, start, end)
    return _compose(events, kinds, file, base, mend)


def _pure(file: SourceFile, start: int, end: int) -> Iterator[Document]:
    events, kinds, base, mend = _ruamel(file, start, end)
    return _compose(events, kinds, file, base, mend)


def _libyaml(file: SourceFile, start: int, end: int) -> _Events:
    import yaml

    if not yaml.__with_libyaml__:
        return _ruamel(file, start, end)
    piece, base, mend = _piece(file, start, end)
    return _limited(yaml.CSafeLoader(piece).get_event, base, end), yaml.events, base, mend


def _ruamel(file: SourceFile, start: int, end: int) -> _Events:
    from ruamel.yaml import YAML, events

    piece, base, mend = _piece(file, start, end)
    stream = YAML(typ="safe", pure=True).parse(piece)
    return _limited(lambda: next(stream, None), base, end), events, base, mend


def _limited(get: Any, base: int, end: int) -> Iterator[Any]:
    """A parser's events, but not more than fit in memory."""
    if end - base < MAX_EVENTS:  # no character gives more than one
        return iter(get, None)
    return _counted(get, end)


def _counted(get: Any, end: int) -> Iterator[Any]:
    yield from islice(iter(get, None), MAX_EVENTS)
    if get() is not None:
        raise too_many(end)


def _piece(file: SourceFile, start: int, end: int) -> tuple[str, int, dict[int, int] | None]:
    """The text for a parser, the offset at which it starts, and the way back from disguised characters."""
    text = file.text
    if text.startswith("\ufeff", start):
        start += 1
    piece = text if start == 0 and end == len(text) else text[start:end]
    if not piece.isascii() and _NOT_BREAKS.search(piece) and not any(chr(shown) in piece for shown in _MEND):
        return piece.translate(_DISGUISE), start, _MEND
    return piece, start, None


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of the documents of a stream. ``---`` at the start of a line always begins one, whatever is
    broken before it; directives belong to the document that follows them."""
    begin = start
    for marker in _START.finditer(text, start, end):
        cut = marker.start()
        prologue = begin if begin == start else cut
        for stop in _END.finditer(text, begin, cut):
            prologue = stop.end()
        if prologue < cut and _PROLOGUE.fullmatch(text, prologue, cut):
            cut = prologue
        if cut > begin:
            yield begin, cut
            begin = cut
    yield begin, end


def _decide(file: SourceFile, start: int, end: int, problem: Exception) -> list[Document]:
    """What the fast path could not read: the authority reads it, or it is explained."""
    from slalint.sources._explain import explain

    found: list[Document] = []
    if not isinstance(problem, Refused) and end - start <= _AUTHORITY_LIMIT:
        try:
            found.extend(_pure(file, start, end))
            return found
        except Refused as refused:
            problem = refused
        except Exception as other:
            # Both refuse. libyaml's position is kept, as ruamel.yaml stumbles over legal tabs before it gets there.
            problem = problem if getattr(problem, "problem_mark", None) is not None else other
    found.append(Document(None, [explain(file, start, end, problem)]))
    return found
