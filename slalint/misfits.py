"""What of plain data does not fit a JSON Schema: the keywords that are not met, each with where it stands.

``jsonschema`` tells the same; loading it takes longer than checking fifty files, and explaining one document as long as
checking three. This module knows the keywords that our schemas consist of, and gives what ``jsonschema`` would give, in
the same order; where it meets anything else it says so, and the library explains.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeAlias

from slalint.fits import NAMES, SAYS_NOTHING, pattern
from slalint.record import NamedTuple

Path: TypeAlias = tuple[str | int, ...]


class Unknown(Exception):
    """A keyword, a reference or a value of which nothing is known here."""


class Misfit(NamedTuple):
    """A keyword that data do not meet."""

    path: Path  # where in the data
    keyword: str  # empty where a schema lets nothing stand; ``jsonschema`` alone tells that
    value: Any  # what the schema says under the keyword
    instance: Any  # what stands there
    schema: Any  # in which the keyword stands
    steps: Path  # through the schema to it; what lies behind a reference is a step of the schema that refers to it
    causes: tuple[list[Misfit], ...] = ()  # what each alternative lacks


def misfits(schema: Any, data: Any, near: Collection[Path] | None = None) -> list[Misfit]:
    """Every keyword that is not met, in the order of the schema. ``near``: the places at or above which something is
    wrong, where that is known already; all others are passed over. Raises ``Unknown``, and ``RecursionError`` for data
    that are nested too deeply."""
    return _Look(schema, near).at(schema, data, (), ())


class _Look:
    __slots__ = ("near", "top")

    def __init__(self, top: Any, near: Collection[Path] | None) -> None:
        self.top = top
        self.near = near

    def at(self, schema: Any, data: Any, path: Path, steps: Path) -> list[Misfit]:
        if schema is True or (self.near is not None and path not in self.near):
            return []
        if schema is False:
            raise Unknown
        found: list[Misfit] = []
        for keyword, value in schema.items():
            if keyword in _MET:
                if not _MET[keyword](value, data):
                    found.append(Misfit(path, keyword, value, data, schema, (*steps, keyword)))
            elif keyword in _BELOW:
                found += _BELOW[keyword](self, value, data, schema, path, steps)
            elif keyword not in _SILENT and not keyword.startswith("x-"):
                raise Unknown(keyword)
        return found

    def reference(self, value: str, data: Any, schema: Any, path: Path, steps: Path) -> list[Misfit]:
        meant = self.top.get("$defs", {}).get(value.removeprefix("#/$defs/"))
        if meant is None:
            raise Unknown(value)
        return self.at(meant, data, path, steps)

    def properties(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        if data.__class__ is dict:
            for name, below in value.items():
                if name in data:
                    yield from self.at(below, data[name], (*path, name), (*steps, "properties", name))

    def patterned(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        if data.__class__ is dict:
            for said, below in value.items():
                for name in data:
                    if _holds(said, name):
                        yield from self.at(below, data[name], (*path, name), (*steps, "patternProperties", said))

    def additional(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        if data.__class__ is not dict:
            return
        known, patterns = schema.get("properties", ()), schema.get("patternProperties", ())
        extra = [name for name in data if name not in known and not any(_holds(said, name) for said in patterns)]
        steps = (*steps, "additionalProperties")
        if value is not False:
            for name in extra:
                yield from self.at(value, data[name], (*path, name), steps)
        elif extra:
            yield Misfit(path, "additionalProperties", value, data, schema, steps)

    def items(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        if data.__class__ is list:
            if value is False:
                raise Unknown("items")
            for number, one in enumerate(data):
                yield from self.at(value, one, (*path, number), (*steps, "items"))

    def required(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        if data.__class__ is dict:
            for name in value:
                if name not in data:
                    yield Misfit(path, "required", value, data, schema, (*steps, "required"))

    def any_of(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> Iterator[Misfit]:
        causes = []
        every = _Look(self.top, None)  # what is wrong with an alternative is nothing wrong yet
        for number, below in enumerate(value):
            causes.append(every.at(below, data, path, (*steps, "anyOf", number)))
            if not causes[-1]:
                return
        yield Misfit(path, "anyOf", value, data, schema, (*steps, "anyOf"), tuple(causes))

    def branch(self, value: Any, data: Any, schema: Any, path: Path, steps: Path) -> list[Misfit]:
        name = "else" if _Look(self.top, None).at(value, data, path, steps) else "then"
        return self.at(schema.get(name, True), data, path, (*steps, name))


def _holds(said: str, name: Any) -> bool:
    if name.__class__ is not str:
        raise Unknown(name)
    return pattern(said).search(name) is not None


def _is(names: Any, data: Any) -> bool:
    names, name = [names] if names.__class__ is str else names, NAMES.get(data.__class__)
    return (
        name in names
        or (name == "integer" and "number" in names)
        or (name == "number" and "integer" in names and bool(data.is_integer()))
    )


def _equals(value: Any, data: Any) -> bool:
    if value.__class__ in (dict, list):
        raise Unknown(value)
    return value is data or (value.__class__ is not bool and data.__class__ is not bool and bool(value == data))


def _is_number(data: Any) -> bool:
    return data.__class__ in (int, float)


def _no_twice(value: bool, data: Any) -> bool:
    if not value or data.__class__ is not list:
        return True
    if any(one.__class__ is not str for one in data):
        raise Unknown("uniqueItems")
    return len({*data}) == len(data)


# Whether data meet a keyword, of those that look at nothing below.
_MET: dict[str, Callable[[Any, Any], bool]] = {
    "type": _is,
    "const": _equals,
    "enum": lambda values, data: any(_equals(value, data) for value in values),
    "pattern": lambda said, data: data.__class__ is not str or pattern(said).search(data) is not None,
    "minLength": lambda least, data: data.__class__ is not str or len(data) >= least,
    "minimum": lambda least, data: not _is_number(data) or not data < least,
    "minItems": lambda least, data: data.__class__ is not list or len(data) >= least,
    "minProperties": lambda least, data: data.__class__ is not dict or len(data) >= least,
    "uniqueItems": _no_twice,
}
_Below: TypeAlias = "Callable[[_Look, Any, Any, Any, Path, Path], list[Misfit] | Iterator[Misfit]]"
_BELOW: dict[str, _Below] = {
    "$ref": _Look.reference,
    "properties": _Look.properties,
    "patternProperties": _Look.patterned,
    "additionalProperties": _Look.additional,
    "items": _Look.items,
    "required": _Look.required,
    "anyOf": _Look.any_of,
    "if": _Look.branch,
}
_SILENT = SAYS_NOTHING | {"then", "else", "patternErrorMessage"}
