"""Whether a document has the shape that its schema describes and, where it has not, what is wrong in plain words.

A compiled validator decides and ``slalint.misfits`` explains. ``jsonschema`` decides where the one is missing, and
explains where the other meets a keyword that it does not know. Nothing is ever fetched: a reference to another document
is an error of the schema. Two keywords of ours stand in schemas beside the standard ones: ``x-also`` lists other names
that authors try for a field, ``x-values`` other words for the values of an ``enum``. A third, ``x-quantity``, names the
reader of a short form, such as ``target: at least 99.5 %``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias

from slalint import kept, resources
from slalint import quantities as q
from slalint.fits import fits, reduced
from slalint.misfits import Misfit, Unknown, misfits
from slalint.model import Edit, Fix, Node, Observation, Path, Span
from slalint.patterns import lazy
from slalint.record import NamedTuple
from slalint.text import listed, nearest

Schema: TypeAlias = dict[str, Any] | bool
Valid = Callable[[Any], bool]

# So many characters of documents are looked at in the time in which the validator is loaded.
_QUICK = 300_000

# What the compiled validator raises for data that it cannot take, such as keys that are no text.
_NOT_TAKEN = ValueError, TypeError, UnicodeError

_compiled: dict[int, tuple[Schema, Any]] = {}


def validator(schema: Schema) -> Valid:
    """A function that tells whether plain data fit a schema; compiled once for each schema object."""
    return _valid(schema, _fast(schema))


def compile_schema(schema: Schema) -> Valid:
    """The fastest validator at hand. Data that it cannot take go to the slower one."""
    return _valid(schema, _compile(schema))


def _fast(schema: Schema) -> Any:
    known = _compiled.get(id(schema))
    if known is None:
        known = _compiled[id(schema)] = schema, _compile(schema)  # holding the schema keeps its id its own
    return known[1]


def _compile(schema: Schema) -> Any:
    """The compiled validator; None where it is not installed."""
    try:
        import jsonschema_rs
    except ImportError:
        return None
    return jsonschema_rs.Draft202012Validator(schema, retriever=_refuse)


def _valid(schema: Schema, fast: Any) -> Valid:
    slow = _slow(schema)
    if fast is None:
        return slow

    def valid(data: Any) -> bool:
        try:
            return bool(fast.is_valid(data))
        except _NOT_TAKEN:
            return slow(data)

    return valid


def _refuse(uri: str) -> Any:
    raise LookupError(f"schemas are not fetched: {uri}")


def _slow(schema: Schema) -> Valid:
    def valid(data: Any) -> bool:
        try:
            return bool(_explainer(schema).is_valid(data))
        except RecursionError:
            return False

    return valid


def _explainer(schema: Schema) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())


class Shape:
    """A schema that tells what is wrong with a document. ``what`` names such a document in messages."""

    __slots__ = ("_invalid", "_load", "_plain", "_quick", "_schema", "_unknown", "_what")

    def __init__(
        self,
        schema: dict[str, Any] | str,
        what: str = "an agreement",
        unknown: str = "unknown-field",
        invalid: str = "invalid-agreement",
    ) -> None:
        """``schema`` is the schema itself or the name of one that ships with slalint, read when first needed;
        ``unknown`` and ``invalid`` are the rules in whose name findings are made."""
        self._load = schema
        self._schema: dict[str, Any] | None = None
        self._what = what
        self._unknown = unknown
        self._invalid = invalid
        self._plain: Any = None  # the schema for quick looks
        self._quick = _QUICK if isinstance(schema, str) else 0  # so many are left

    @property
    def schema(self) -> dict[str, Any]:
        if self._schema is None:
            if isinstance(self._load, str):
                import json

                self._schema = json.loads(resources.schema_text(self._load))
            else:
                self._schema = self._load
        assert self._schema is not None
        return self._schema

    def misfits(self, data: Any, size: int = 0) -> list[Misfit]:
        """What does not fit, in the order of the schema; ``size`` is the length of the text that the data are written
        in."""
        near = None
        if size < self._quick:
            self._quick -= size
            if fits(self._reduced(), data):
                return []
        else:
            fast = _fast(self.schema)
            if fast is not None:
                try:
                    if fast.is_valid(data):
                        return []
                    paths = [error.instance_path for error in fast.iter_errors(data)]
                    near = {tuple(path[:length]) for path in paths for length in range(len(path) + 1)}
                except _NOT_TAKEN:
                    pass  # all of the document is looked at
        try:
            return misfits(self.schema, data, near)
        except Unknown:
            if validator(self.schema)(data):
                return []
            return [_misfit(error) for error in _explainer(self.schema).iter_errors(data)]

    def _reduced(self) -> Any:
        if self._plain is None:
            assert isinstance(self._load, str)
            stamp = resources.stamp("schemas", f"{self._load}.schema.json")
            known, self._plain = kept.get(("reduced", self._load)) or (None, None)
            if known != stamp:
                self._plain = reduced(self.schema)
                kept.put(("reduced", self._load), (stamp, self._plain))
        return self._plain

    def observe(self, root: Node) -> Iterator[Observation]:
        """What is wrong, one observation a defect; nothing for a document that fits."""
        try:
            errors = [leaf for one in self.misfits(root.data, len(root.file.text)) for leaf in _leaves(one)]
        except RecursionError:
            yield Observation(root, "The document is nested too deeply to be read.", rule=self._invalid)
            return
        yield from self._tell(root, errors)

    def faults(self, root: Node) -> list[tuple[Span, str]]:
        """What in a document does not fit, in its order, with what to type; empty for one that fits."""
        return sorted(
            (said.at.place if isinstance(said.at, Node) else said.at, f"{said.message} {said.hint}".strip())
            for said in self.observe(root)
        )

    def _tell(self, root: Node, errors: list[Misfit]) -> Iterator[Observation]:
        if not errors:
            return
        foreign = [e for e in errors if _is_foreign(e)]
        errors = foreign[:1] or errors  # a document of another kind: everything else follows from that
        meant: set[tuple[Path, str]] = set()  # required fields that are there under a wrong name
        told: set[tuple[Path, str, str]] = set()
        missing = []
        bare = [e.path for e in errors if e.keyword in ("additionalProperties", "required")]
        for error in errors:
            path = error.path
            node = root.get(*path)
            if node is None:
                continue
            if error.keyword == "minProperties" and path in bare:
                continue  # a field is misspelled or missing, which is said already
            if error.keyword == "additionalProperties":
                for key in _extra(error):
                    name = self._suggest(key, error, root, node)
                    meant.add((path, name.field))
                    if (path, key, "") not in told:
                        told.add((path, key, ""))
                        yield self._unknown_field(node, key, name, error)
            elif error.keyword == "required" or _is_required_choice(error):
                missing.append((path, node, error))
            elif self._invalid == "invalid-agreement" and self._left_to_rules(error):
                continue
            else:
                said = _words(node, error, _place_name(node, self._what))
                if (path, said.message, "") not in told:
                    told.add((path, said.message, ""))
                    yield said._replace(rule=self._invalid)
        for path, node, error in missing:
            either = error.keyword != "required"
            wanted = _required(error.value) if either else error.value
            names = [n for n in wanted if n not in error.instance and (path, n) not in meant]
            if (names == wanted if either else names) and (path, "", "required") not in told:
                told.add((path, "", "required"))
                yield self._missing(node, names, error, "or" if either else "and")

    def _left_to_rules(self, error: Misfit) -> bool:
        """What rules report: an empty value, by the rule that needs it, and the blanks of a template."""
        return not _needed(error, self.schema) if error.instance is None else _blank(error.instance)

    def _missing(self, node: Node, names: list[str], error: Misfit, last: str) -> Observation:
        where = _place_name(node, self._what)
        adds = [_addition(name, error.schema) for name in names]
        return Observation(
            node,
            f"{_capital(where)} needs {listed([f'“{n}”' for n in names], last)}.",
            hint=f"Add {listed([f'“{a}”' for a in adds], last)}.",
            rule=self._invalid,
            key=" ".join(names),
        )

    def _unknown_field(self, node: Node, key: str, name: _Suggestion, error: Misfit) -> Observation:
        child, at = node.get(key), node
        where = _place_name(node, self._what)
        fix = None
        if name.field and child is not None and not child.aliased and name.field not in node.data:
            hint = f"Did you mean “{name.field}”?"
            fix = _rename(child, name.field)
        elif name.field:
            hint = f"“{name.field}” is there already; put both into one."
        elif name.home is not None:
            hint = f"“{key}” belongs " + (f"under “{name.home}”." if name.home else "at the top of the file.")
        else:
            hint = _fields(error.schema)
            if "^x-" in error.schema.get("patternProperties", {}):
                hint += f" To keep it as data of your own, call it “x-{key}”."
        if child is not None and child.key is not None:
            at = Node(child.file, key, (child.key.start, child.key.end, None, None), child.path)
        meant, why = None, ""
        if fix is not None:
            meant = {"meant": name.field}  # every other finding takes it for that
            why = f"It is taken for “{name.field}” here, but whatever else reads the file finds nothing there."
        message = f"“{key}” is not a field of {where}."
        return Observation(at, message, fix, why, hint.strip(), rule=self._unknown, key=key, data=meant)

    def _suggest(self, key: str, error: Misfit, root: Node, node: Node) -> _Suggestion:
        fields = error.schema.get("properties", {})
        wanted = _plain(key)
        by_name = {_plain(name): name for name in fields}
        also = {_plain(a): n for n, s in fields.items() if isinstance(s, dict) for a in s.get("x-also", ())}
        if wanted in by_name or wanted in also:
            return _Suggestion(by_name.get(wanted) or also[wanted])
        home = self._home(key, node is root or not node.path)
        if home is not None:
            return _Suggestion("", home)
        return _Suggestion(by_name.get(nearest(wanted, by_name), ""))

    def _home(self, key: str, at_top: bool) -> str | None:
        """The one block of the document that knows a field which stands in a wrong place; empty: the top."""
        blocks = self.schema.get("properties", {})
        if key in blocks:
            return ""
        homes = [name for name, block in blocks.items() if key in block.get("properties", {})] if at_top else []
        return homes[0] if len(homes) == 1 else None


class _Suggestion(NamedTuple):
    field: str  # the field that was meant, empty where none is known
    home: str | None = None  # or the block in which the field would be one


def schema_faults(node: Node) -> list[tuple[Span, str]]:
    """What in a JSON Schema that an author has written is none."""
    from jsonschema import Draft202012Validator

    found = []
    for said in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(node.data):
        error = _misfit(said)
        at = node.get(*error.path) or node
        found.append((at.place, _words(at, error, _place_name(at, "a schema")).message))
    return found


# ---------------------------------------------------------------------------------------------- errors into words


def _leaves(error: Misfit) -> Iterator[Misfit]:
    """A misfit that says something. Of alternatives the one that was most likely meant: its kind of value fits and its
    complaint lies deepest."""
    if error.keyword not in ("anyOf", "oneOf") or not error.causes or _only_required(error.value):
        yield error
        return

    def rank(causes: list[Misfit]) -> tuple[bool, int, int]:
        wrong_kind = any(c.keyword in ("type", "const", "enum") and c.path == error.path for c in causes)
        return wrong_kind, -max(len(c.path) for c in causes), len(causes)

    best = min(error.causes, key=rank)
    if rank(best)[0] and all(rank(causes)[0] for causes in error.causes):
        yield error  # no alternative fits at all: name them together
        return
    for cause in best:
        yield from _leaves(cause)


def _misfit(error: Any) -> Misfit:
    """What ``jsonschema`` tells."""
    branches: dict[int, list[Misfit]] = {}
    for cause in error.context:
        branches.setdefault(cause.relative_schema_path[0], []).append(_misfit(cause))
    path, steps, keyword = tuple(error.absolute_path), tuple(error.absolute_schema_path), error.validator or ""
    return Misfit(path, keyword, error.validator_value, error.instance, error.schema, steps, tuple(branches.values()))


def _only_required(branches: Any) -> bool:
    return all(isinstance(b, dict) and set(b) - {"title", "description"} == {"required"} for b in branches)


def _is_required_choice(error: Misfit) -> bool:
    """None of several fields is there, of which one is needed."""
    if error.keyword not in ("anyOf", "oneOf") or not _only_required(error.value):
        return False
    return not any(name in error.instance for name in _required(error.value))


def _required(branches: Any) -> list[str]:
    """The fields that the alternatives require, each once."""
    return list(dict.fromkeys(name for branch in branches for name in branch["required"]))


def _is_foreign(error: Misfit) -> bool:
    """The top says nothing of what it must say, or a constant there is nothing like what it should be."""
    if error.keyword == "required" and not error.path and len(error.value) > 1:
        return not any(name in error.instance for name in error.value)
    if error.keyword != "const" or len(error.path) != 1 or not isinstance(error.instance, str):
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, error.instance.lower(), str(error.value)).ratio() < 0.6


def _extra(error: Misfit) -> list[str]:
    """The keys that a schema without additional properties does not know."""
    patterns = [re.compile(p) for p in error.schema.get("patternProperties", {})]
    known = error.schema.get("properties", {})
    return [
        key
        for key in error.instance
        if key not in known and not any(isinstance(key, str) and p.search(key) for p in patterns)
    ]


def _blank(value: Any) -> bool:
    from slalint.terms.placeholders import says_nothing

    return isinstance(value, str) and says_nothing(value, none=False)


def _needed(error: Misfit, schema: dict[str, Any]) -> bool:
    """Whether an empty value stands under a key that its parent requires."""
    steps = error.steps
    if not error.path or "properties" not in steps:
        return False
    above = len(steps) - 1 - steps[::-1].index("properties")
    parent: Any = schema
    for step in [*steps[:above], ""]:
        # The path of an error names no $ref, so a step that is not there lies behind one.
        while step not in parent and "properties" not in parent and "$ref" in parent:
            parent = schema["$defs"][parent["$ref"].rpartition("/")[2]]
        parent = parent[step] if step else parent
    return error.path[-1] in parent.get("required", ())


@lru_cache(maxsize=1024)  # the fields of a schema, again and again
def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _place_name(node: Node, what: str) -> str:
    """How a message calls a mapping: by its key, an item by its own name and the list's."""
    if not node.path:
        return what
    step = node.path[-1]
    if isinstance(step, str):
        return f"“{step}”"
    owner = next((s for s in reversed(node.path) if isinstance(s, str)), "")
    for key in ("id", "name", "title", "term"):
        named = node.get(key)
        if named is not None and named.text:
            return f"“{_short(named.text)}” in “{owner}”" if owner else f"“{_short(named.text)}”"
    return f"an entry of “{owner}”" if owner else "an entry"


def _label(node: Node, what: str) -> str:
    if node.path and isinstance(node.path[-1], int):
        owner = next((s for s in reversed(node.path) if isinstance(s, str)), "")
        return f"An entry of “{owner}”" if owner else "An entry"
    return f"“{node.path[-1]}”" if node.path else _capital(what)


_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a block of fields",
    "array": "a list",
    "null": "empty",
}


def _found(node: Node) -> str:
    """What stands there instead."""
    data = node.data
    if data is None:
        return "it is empty"
    if isinstance(data, dict):
        return "it is a block of fields"
    if isinstance(data, list):
        return "it is a list"
    if isinstance(data, str):
        return f"it says “{_short(data)}”" if data.strip() else "it is empty"
    if isinstance(data, bool):
        return f"it is {'true' if data else 'false'}"
    return f"it is {'the number ' if isinstance(data, int | float) else ''}{_short(node.raw or str(data))}"


def _words(node: Node, error: Misfit, where: str) -> Observation:
    """One error as an author would want to hear it."""
    label, keyword, value = _label(node, where), error.keyword, error.value
    schema = error.schema if isinstance(error.schema, dict) else {}
    examples = [str(e) for e in schema.get("examples", ()) if isinstance(e, str | int | float)]
    hint = f"For example: {examples[0]}" if examples else ""
    if keyword == "type":
        kinds = [value] if isinstance(value, str) else list(value)
        number = isinstance(node.data, int | float) and not isinstance(node.data, bool)
        if number and "x-quantity" in schema:
            if schema["x-quantity"] == "date":
                return Observation(node, f"{label} must be a day; {_found(node)}.", hint="For example: 2026-01-31")
            return Observation(node, f"{label} needs a unit; {_found(node)}.", hint=hint or "Write the unit beside it.")
        if number and "string" in kinds:
            fix = Fix("put it in quotes", (_quote(node),)) if not node.aliased else None
            return Observation(
                node, f"{label} must be text; {_found(node)}.", fix, hint=f'Put it in quotes: "{node.raw}"'
            )
        if (
            isinstance(node.data, str)
            and {"number", "integer"} & set(kinds)
            and re.fullmatch(r"-?\d+(\.\d+)?", node.data)
        ):
            hint, fix = f"Write it without quotes: {node.data}", _bare(node)
            return Observation(node, f"{label} must be a number; {_found(node)}.", fix, hint=hint)
        if kinds == ["boolean"] and node.text.strip().lower() in _YES_NO:
            meant = _YES_NO[node.text.strip().lower()]
            fix = Fix(f"write {meant}", (Edit(*node.written[:2], meant),)) if not node.aliased else None
            return Observation(node, f"{label} must be true or false; {_found(node)}.", fix, hint=f"Write: {meant}")
        if kinds == ["array"] and isinstance(node.data, str):
            hint = f"Write each entry on a line of its own, after a dash: - {_short(node.data)}"
            if node.file.path.endswith(".py"):
                hint = f"Put it in brackets: {[node.data]}"
        said = listed([_KINDS.get(k, k) for k in kinds], "or")
        return Observation(node, f"{label} must be {said}; {_found(node)}.", hint=hint)
    if keyword == "enum":
        return _choice(node, label, [str(v) for v in value], schema.get("x-values", {}))
    if keyword == "const":
        return _choice(node, label, [str(value)], schema.get("x-values", {}))
    if keyword == "pattern":
        wanted = schema.get("patternErrorMessage", "written differently")
        fix, better = None, _slug(node.text)
        if re.search(value, better):
            hint, fix = f"For example: {better}", _replacement(node, better)
        return Observation(node, f"{label} must be {wanted}; {_found(node)}.", fix, hint=hint)
    if keyword in ("anyOf", "oneOf") and _only_required(value):
        present = listed([f"“{n}”" for n in _required(value) if n in node.data])
        if error.causes:  # none of them is complete
            meant = max((branch["required"] for branch in value), key=lambda names: sum(n in node.data for n in names))
            needed = listed([f"“{n}”" for n in meant if n not in node.data])
            return Observation(node, f"{_capital(where)} with {present} needs {needed}, too.", key=keyword)
        return Observation(node, f"{_capital(where)} has {present}, which do not go together.", key=keyword)
    if keyword in ("anyOf", "oneOf"):
        kinds = [k for b in value if isinstance(b, dict) for k in _as_list(b.get("type"))]
        said = listed(list(dict.fromkeys(_KINDS.get(k, k) for k in kinds)), "or") or "written differently"
        return Observation(node, f"{label} must be {said}; {_found(node)}.", hint=hint)
    if keyword == "dependentRequired":
        key, needed = next(
            (key, name) for key in value if key in node.data for name in value[key] if name not in node.data
        )
        return Observation(node.get(key) or node, f"“{key}” needs “{needed}”, too.", key=key)
    phrase = _LIMITS.get(keyword)
    if phrase:
        if value == 1:
            phrase = phrase.replace("entries", "entry").replace("fields", "field").replace("characters", "character")
        return Observation(node, f"{label} {phrase.format(value)}; {_found(node)}.", hint=hint)
    return Observation(node, f"{label} does not have the expected form; {_found(node)}.", hint=hint)


_YES_NO = {"yes": "true", "on": "true", "y": "true", "true": "true"}
_YES_NO |= {"no": "false", "off": "false", "n": "false", "false": "false"}

_LIMITS = {
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be more than {}",
    "exclusiveMaximum": "must be less than {}",
    "minLength": "needs at least {} characters",
    "maxLength": "may have at most {} characters",
    "minItems": "needs at least {} entries",
    "maxItems": "may have at most {} entries",
    "minProperties": "needs at least {} fields",
    "maxProperties": "may have at most {} fields",
    "uniqueItems": "names something twice",
    "multipleOf": "must be a multiple of {}",
}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _choice(node: Node, label: str, values: list[str], words: Mapping[str, str]) -> Observation:
    said = f"one of {listed(values, 'or')}" if len(values) > 1 else values[0]
    meant = None
    if node.text.strip():
        plain = {short: value for value in values if (short := _plain(value))}
        text = node.text.strip()
        meant = words.get(text.lower()) or plain.get(nearest(_plain(text), plain))
    hint = (
        f"Did you mean “{meant}”?" if meant and len(values) > 1 else f"Write: {values[0]}" if len(values) == 1 else ""
    )
    fix = _replacement(node, meant) if meant else None
    return Observation(node, f"{label} must be {said}; {_found(node)}.", fix, hint=hint)


def _addition(name: str, schema: Any) -> str:
    field = schema.get("properties", {}).get(name, {}) if isinstance(schema, dict) else {}
    return f"{name}: {field['const']}" if isinstance(field, dict) and "const" in field else f"{name}:"


def _fields(schema: dict[str, Any]) -> str:
    names = [n for n in schema.get("properties", {}) if not n.startswith("$")]
    return f"Its fields are {listed(names)}." if 0 < len(names) <= 12 else ""


def _slug(text: str) -> str:
    from slalint.agreement import slug

    return slug(text)


def _quoted(raw: str, text: str) -> str:
    """A new text in the quotes of the old one."""
    return raw[0] + text + raw[0] if raw[:1] in ("'", '"') and raw[-1:] == raw[:1] and len(raw) > 1 else text


def _rename(child: Node, name: str) -> Fix | None:
    key = child.key
    if key is None:
        return None
    raw = child.file.text[key.start : key.end]
    return Fix(f"rename it to {name}", (Edit(key.start, key.end, _quoted(raw, name)),))


def _replacement(node: Node, text: str) -> Fix | None:
    span = node.written
    if node.aliased or "\n" in node.raw:
        return None
    return Fix(f"write {text}", (Edit(span.start, span.end, _quoted(node.raw, text)),))


def _bare(node: Node) -> Fix | None:
    span = node.written
    return None if node.aliased else Fix("take the quotes off", (Edit(span.start, span.end, node.text),))


def _quote(node: Node) -> Edit:
    span = node.written
    return Edit(span.start, span.end, f'"{node.raw}"')


# ------------------------------------------------------------------------------------------------- short forms

_NAME = lazy(r"[^\W\d_][^\W\d]*(?:[ .-][^\W\d_][^\W\d]*){0,4}")


@lru_cache(maxsize=512)
def _hours(text: str) -> q.Hours | None:
    """Hours, or None for what may be the name of a calendar or of a defined term."""
    try:
        return q.parse_hours(text)
    except q.QuantityError:
        if _NAME.fullmatch(text.strip()) and not q.names_days(text):
            return None
        raise


READERS: dict[str, Callable[[str], Any]] = {
    "target": q.parse_target,
    "percent": q.parse_percent,
    "duration": q.parse_duration,
    "window": q.parse_window,
    "hours": _hours,
    "frequency": q.parse_frequency,
    "date": q.parse_date,
    "maintenance": q.parse_maintenance,
    "tier": q.parse_tier,
    "formula": q.parse_formula,
}


# Where a schema knows short forms: the reader of the value here (empty: none), and what lies below: under the keys that
# are named, in the items of a list, and under any other key.
_Places: TypeAlias = "tuple[str, dict[str, _Places], _Places | None, _Places | None]"
_NOWHERE: _Places = ("", {}, None, None)


def _places(schema: Any, root: dict[str, Any], before: _Places | None = None, inside: tuple[str, ...] = ()) -> _Places:
    reader, keys, items, rest = before or _NOWHERE
    if not isinstance(schema, dict):
        return reader, keys, items, rest
    ref = schema.get("$ref", "")
    found: _Places = (reader, dict(keys), items, rest)
    if ref.startswith("#/$defs/") and ref not in inside:
        found = _places(root["$defs"][ref[8:]], root, found, (*inside, ref))
    for branch in ("then", "else"):
        found = _places(schema.get(branch), root, found, inside)
    reader, keys, items, rest = found
    for key, sub in schema.get("properties", {}).items():
        below = _places(sub, root, keys.get(key), inside)
        if below != _NOWHERE:
            keys[key] = below
    items_ = _places(schema.get("items"), root, items, inside)
    rest_ = _places(schema.get("additionalProperties"), root, rest, inside)
    return (
        schema.get("x-quantity", reader),
        keys,
        items_ if items_ != _NOWHERE else None,
        rest_ if rest_ != _NOWHERE else None,
    )


_agreement = Shape("agreement")


def fields() -> Collection[str]:
    """Those at the top of an agreement."""
    found: Collection[str] = _agreement.schema["properties"]
    return found


def unknown_step(steps: Sequence[str]) -> tuple[int, list[str]] | None:
    """Which step of a path (keys, indices and ``*`` from the top of an agreement) no agreement has, with the fields
    that there are instead; None where an agreement may have all of them."""
    root = _agreement.schema
    at = [root]
    for number, step in enumerate(steps):
        below, names, closed = [], [], True
        for one in _branches(at, root):
            fields = one.get("properties", {})
            names += fields
            others = [*one.get("patternProperties", {}).values(), one.get("additionalProperties"), one.get("items")]
            if step == "*" or step.isdigit():
                below += [*fields.values(), *others]
            elif step in fields:
                below.append(fields[step])
            else:
                below += [one.get("additionalProperties")]
            if not (fields or "items" in one or "additionalProperties" in one):
                closed = closed and "object" not in one.get("type", "object")
        if step.startswith("x-") or True in below or not closed:
            return None
        at = [one for one in below if isinstance(one, dict)]
        if not at:
            return number, [name for name in names if not name.startswith("$")]
    return None


def _branches(schemas: Iterable[Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What schemas say, each way to meet them by itself."""
    for one in schemas:
        if not isinstance(one, dict):
            continue
        ref = one.get("$ref", "")
        more = [root["$defs"][ref[8:]]] if ref.startswith("#/$defs/") else []
        for key in ("anyOf", "oneOf", "allOf"):
            more += one.get(key, ())
        more += [one.get("then"), one.get("else")]
        yield from _branches(more, root)
        if any(key in one for key in ("type", "properties", "items", "additionalProperties")):
            yield one


@cache
def _known_places() -> _Places:
    """Those of agreements; kept between runs, for the schema is long."""
    stamp = resources.stamp("schemas", "agreement.schema.json")
    known: tuple[Any, _Places] | None = kept.get(("places", stamp[0]))
    if known is None or known[0] != stamp:
        known = stamp, _places(_agreement.schema, _agreement.schema)
        kept.put(("places", stamp[0]), known)
    return known[1]


def quantities(root: Node) -> Iterator[Observation]:
    """The short forms of an agreement that cannot be read, each at the exact part of its text."""
    if not _readable(root.data, _known_places()):
        for path, reader, error in _unreadable(root.data, _known_places()):
            node = root.get(*path)
            assert node is not None
            yield _told(node, reader, error)


def _below(places: _Places, key: str) -> _Places | None:
    found = places[1].get(key)
    return found if found is not None or places[3] is None or str(key).startswith("x-") else places[3]


# By reader, texts that it can read.
_read: dict[str, set[str]] = {reader: set() for reader in READERS}


def _readable(data: Any, places: _Places) -> bool:
    """Whether every short form below can be read. Asked of each document, so without a thought for where things are."""
    reader, keys, items, rest = places
    if data.__class__ is dict:
        for key, value in data.items():
            below = keys.get(key) if rest is None else _below(places, key)
            if below is not None:
                if value.__class__ is str:
                    if below[0] and value not in _read[below[0]] and not _reads(below[0], value):
                        return False
                elif not _readable(value, below):
                    return False
    elif data.__class__ is list:
        if items is not None:
            for value in data:
                if not _readable(value, items):
                    return False
    elif reader and data.__class__ is str:
        return data in _read[reader] or _reads(reader, data)
    return True


def _reads(reader: str, text: str) -> bool:
    if text.strip():
        try:
            READERS[reader](text)
        except q.QuantityError:
            return False
    known = _read[reader]
    if len(known) >= 4096:
        known.clear()
    if len(text) <= 100:
        known.add(text)
    return True


def _unreadable(data: Any, places: _Places, path: Path = ()) -> Iterator[tuple[Path, str, q.QuantityError]]:
    """Where short forms stand that cannot be read, each with its reader and what that says."""
    reader, _, items, _ = places
    if data.__class__ is dict:
        for key, value in data.items():
            below = _below(places, key)
            if below is not None:
                yield from _unreadable(value, below, (*path, key))
    elif data.__class__ is list:
        if items is not None:
            for number, value in enumerate(data):
                yield from _unreadable(value, items, (*path, number))
    elif reader and data.__class__ is str and data not in _read[reader] and data.strip() and not _is_blank(data):
        try:
            READERS[reader](data)
        except q.QuantityError as error:
            yield path, reader, error


def _is_blank(text: str) -> bool:
    """A blank of a template is reported by a rule of its own."""
    from slalint.terms import placeholders

    return placeholders.says_nothing(text, none=False) or next(placeholders.find(text), None) is not None


def _told(node: Node, reader: str, error: q.QuantityError) -> Observation:
    part = node.part(error.start, error.end) if error.end > error.start else node
    said, _, advice = str(error).partition("; ")
    meant = "" if advice and not advice.endswith("?") else _spelled(node.data, reader)
    if meant:
        hint = f"Did you mean “{meant}”?"
    elif advice.endswith("?"):
        hint = advice
    else:
        # What is to be typed stands without quotes: these would be typed, too.
        hint = re.sub("[“”]", "", advice) or f"For example: {_example(node, reader)}"
    return Observation(
        part,
        f"{_label(node, 'it')}: {said}.",
        _replacement(node, meant) if meant else None,
        hint=_capital(hint),
        rule="invalid-agreement",
        key=node.text,
    )


# What may be written, by reader.
_EXAMPLES = {
    "target": "at least 99.5 %",
    "percent": "99.5 %",
    "duration": "4 h, or 2 business days",
    "window": "calendar month, or rolling 30 days",
    "hours": "Mon-Fri 07:00-19:00 Europe/Lisbon",
    "frequency": "monthly, or every two weeks",
    "date": "2026-01-31",
    "maintenance": "second Sunday 02:00-06:00",
    "tier": "below 99.5 %: 5 %",
    "formula": "lead-volume * acceptance-rate",
}
_LENGTHS = frozenset("acknowledge response respond restore restoration resolve resolution update updates".split())
_WORDS = (
    "second seconds minute minutes hour hours day days week weeks month months quarter quarters year years "
    "calendar business working rolling billing contract cycle period daily weekly monthly quarterly yearly "
    "annually hourly every twice once two three least most within less more than percent per each first last "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December"
).split()


def _example(node: Node, reader: str) -> str:
    """Something that could be written there; under a field that names a length of time, one of these."""
    timed = reader == "target" and not _LENGTHS.isdisjoint(str(step).lower() for step in node.path)
    return "within 4 h" if timed else _EXAMPLES[reader]


def _spelled(text: str, reader: str) -> str:
    """A text with its misspelled words as they were meant, if it can be read then; else empty."""
    known = {word.lower() for word in _WORDS}

    def mend(found: re.Match[str]) -> str:
        word = found.group()
        return word if word.lower() in known else nearest(word, _WORDS) or word

    if len(text) > 80:
        return ""
    meant = re.sub(r"[^\W\d_]{4,}", mend, text)
    try:
        return meant if meant != text and READERS[reader](meant) else ""
    except q.QuantityError:
        return ""


def as_meant(root: Node, said: Iterable[Observation]) -> Node:
    """A document with its misspelled fields called what they were meant to be, so that nothing follows from them."""
    wrong = [(one.at.path, one.data["meant"]) for one in said if one.data and isinstance(one.at, Node)]
    for path, name in sorted(wrong, key=lambda one: -len(one[0])):  # what lies below first, while its path still holds
        root = root.renamed(path, name)
    return root


def observe(root: Node) -> Iterator[Observation]:
    """What an agreement's data form has that the format does not know or cannot read."""
    yield from _agreement.observe(root)
    yield from quantities(root)
