"""Whether plain data fit a JSON Schema, told without loading a validator: for the few files that most runs look at,
that takes ten times as long as all checking does.

Only a yes counts: it is given where every keyword on the way is one of those below. Of everything else, of data that do
not fit and of keywords that are not known here, the validator decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from slalint.patterns import lazy

Schema: TypeAlias = dict[str, Any] | bool

# What a schema calls the values of a class. An integer is a number, too.
NAMES: Mapping[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
SAYS_NOTHING = frozenset("$schema $id $comment $defs title description examples default".split())
_KNOWN = frozenset(
    "$ref type enum const required properties patternProperties additionalProperties items minItems minimum minLength "
    "pattern anyOf if then else uniqueItems minProperties".split()
)
# Expressions that mean the same to every engine.
_PLAIN = lazy(r"(?:[\w^$\[\]/ :|+-]|\\d|[(){},?*])*")


def reduced(schema: Schema) -> Any:
    """A schema with what decides only; None for one that nothing can be told of."""
    if isinstance(schema, bool):
        return {} if schema else None
    found: dict[str, Any] = {}
    for key, said in schema.items():
        if key in ("properties", "$defs"):
            found[key] = {name: reduced(below) for name, below in said.items()}
        elif key == "patternProperties":
            if any(not name.startswith("^x-") or name[3:] for name in said):
                return None
            found[key] = [reduced(below) for below in said.values()]
        elif key in ("additionalProperties", "items", "if", "then", "else"):
            found[key] = reduced(said)
        elif key == "anyOf":
            found[key] = [reduced(below) for below in said]
        elif key == "type":
            found[key] = [said] if isinstance(said, str) else said
        elif key == "$ref":
            if not said.startswith("#/$defs/"):
                return None
            found[key] = said[8:]
        elif key == "pattern":
            if not _PLAIN.fullmatch(said):
                return None
            found[key] = said
        elif key in _KNOWN:
            found[key] = said
        elif key not in SAYS_NOTHING and not key.startswith("x-") and key != "patternErrorMessage":
            return None
    if "if" in found and [*found["if"]] != ["type"]:  # what is not certain may not lead to the other branch
        return None
    return found


def fits(schema: Any, data: Any, top: Any = None) -> bool:
    """Whether data certainly fit a reduced schema."""
    if schema is None:
        return False
    top = top or schema
    if "$ref" in schema and not fits(top.get("$defs", {}).get(schema["$ref"]), data, top):
        return False
    kind = data.__class__
    if "type" in schema and not _is(kind, schema["type"]):
        return False
    if "enum" in schema and not (kind is str and data in schema["enum"]):
        return False
    if "const" in schema and not (kind is str and data == schema["const"]):
        return False
    if "anyOf" in schema and not any(fits(one, data, top) for one in schema["anyOf"]):
        return False
    if "if" in schema:
        branch = "then" if _is(kind, schema["if"]["type"]) else "else"
        if branch in schema and not fits(schema[branch], data, top):
            return False
    if kind is dict:
        return _fits_object(schema, data, top)
    if kind is list:
        if schema.get("uniqueItems") and not (all(one.__class__ is str for one in data) and len({*data}) == len(data)):
            return False
        items = schema.get("items", {})
        return len(data) >= schema.get("minItems", 0) and all(fits(items, one, top) for one in data)
    if kind is str:
        return len(data) >= schema.get("minLength", 0) and (
            "pattern" not in schema or ("\n" not in data and pattern(schema["pattern"]).search(data) is not None)
        )
    return kind is bool or data is None or (kind in (int, float) and data >= schema.get("minimum", data))


def _is(kind: type, names: list[str]) -> bool:
    return NAMES.get(kind) in names or (kind is int and "number" in names)


pattern = cache(lazy)  # those of our schemas; the same few are looked for in every document


def _fits_object(schema: Any, data: dict[Any, Any], top: Any) -> bool:
    if len(data) < schema.get("minProperties", 0) or any(name not in data for name in schema.get("required", ())):
        return False
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    extensions = schema.get("patternProperties", ())
    for name, value in data.items():
        if name.__class__ is not str:
            return False
        if name in known:
            if not fits(known[name], value, top):
                return False
        elif name.startswith("x-") and extensions:
            if not all(fits(below, value, top) for below in extensions):
                return False
        elif not fits(others, value, top):
            return False
    return True
