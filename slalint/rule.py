"""A rule: a mapping made runnable.

A rule file is ``rules/<category>/<name>.yaml`` or ``.py``; the keys are the same in both (in Python: module globals).

``summary``   what the rule wants, one line
``severity``  error, warning or info
``why``       the consequence for the people who signed; a finding may say it more exactly
``fix``       what to type; a mapping ``{data: …, prose: …}`` where that differs by form
``profile``   basic, recommended (default) or strict: the first profile that holds the rule
``applies``   [data], [prose] or [data, prose]; by default what the rule can do
``lenient``   true: only a warning while the agreement is a draft (the default for ``missing`` rules)
``wordless``  true: looks at no words, so it runs on prose in any language
``bad``, ``good``  examples: ``{yaml: …}``, ``{markdown: …}`` or ``{json: …}``, with ``as-of: DATE`` where the day
              matters; a line that must be reported ends in ``# expect`` (Markdown: ``<!-- expect -->``)

``needs``     what an agreement in data must have at the least for the rule to have anything to say, one of: a block
              (`remedies`), a key of a block's items (`tools/retention`), an element that is absent (`no remedies`); a
              rule without it is asked about every agreement, and about prose every rule is
``doubts``    Python only: ``doubts(metric, language)`` tells whether a metric in data may need the check, by its id,
              its name, its category and its ``target``, ``targets`` and ``sli`` alone: it is asked once for
              all metrics in the same words; with ``needs``, either will do

``options``   Python only: what a configuration may tell the rule (``options: {RULE: {NAME: …}}``), by its name a JSON
              Schema with a default; the check then takes two arguments, the second a mapping with all of them

and one of

``missing``   the name of an element (``slalint show`` lists them): reports where it is absent, with ``message``
              (``{provider}`` and ``{customer}`` stand for the two sides' names)
``given``, ``then``, ``message``  a path such as ``/metrics/*/target``, a JSON Schema that every node there must meet,
              and what to say where it does not (``{value}``, ``{name}`` and ``{key}`` stand for the node's)
``check``     Python only: ``check(agreement)`` yields ``(node, message)`` or ``Observation``
``check_change``  Python only: ``check_change(before, after)``, likewise; it runs only where the version before is at
              hand (``check --since``), and its examples give that as ``before``
``reader``    true: a source reports it while reading; the file holds only the description
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from slalint.agreement import ELEMENTS, Agreement, Metric
from slalint.model import Node, Observation, Severity, Span
from slalint.record import NamedTuple
from slalint.text import nearest

PROFILES = ("basic", "recommended", "strict")
FORMATS = {"yaml": ".sla.yaml", "json": ".sla.json", "markdown": ".md"}

Check = Callable[..., Iterable[Observation | tuple[Any, ...]]]


class RuleError(Exception):
    """Rule files that cannot be used: a line for each fault, with its place and why in plain words."""

    def __init__(self, path: str, message: str, line: int = 1) -> None:
        super().__init__(f"{path}:{line}: " + message.replace("\n", " "))

    @classmethod
    def of(cls, errors: Iterable[RuleError]) -> RuleError:
        """Several as one."""
        all_ = cls("", "")
        all_.args = ("\n".join(map(str, errors)),)
        return all_


class Example(NamedTuple):
    """A piece of an agreement that shows a rule; the markers are cut from ``text``, their lines are in ``expect``."""

    format: str
    text: str
    expect: tuple[int, ...]
    as_of: str
    before: str = ""  # the version before, for rules that look at what has changed

    @property
    def path(self) -> str:
        return "example" + FORMATS[self.format]


class Rule:
    """One rule, ready to run. ``origin`` is the file it was read from, ``pack`` who brought it (slalint: empty)."""

    __slots__ = tuple(
        "_raw applies category change check doubts lenient missing name needs options origin pack profile reader "
        "severity wordless".split()
    )

    def __init__(self, name: str, category: str, raw: Mapping[str, Any], origin: str = "") -> None:
        self.name = name
        self.category = category
        self.origin = origin
        self.pack = ""
        self._raw = raw
        self.severity: Severity = raw["severity"]
        self.profile: str = raw.get("profile", "recommended")
        self.reader = bool(raw.get("reader", False))
        self.lenient = bool(raw.get("lenient", "missing" in raw))
        self.wordless = bool(raw.get("wordless", False))
        default = ("data",) if "given" in raw else ("data", "prose")
        self.applies: tuple[str, ...] = tuple(raw.get("applies", default))  # the forms of agreement it looks at
        self.options: Mapping[str, Any] = raw.get("options", {})  # the JSON Schema of each, by its name
        self.change: Check | None = raw.get("check_change")  # takes two versions; ``check`` then does nothing
        self.check: Check = self._compile()
        # The element whose absence the rule reports; empty for rules that look at something else.
        self.missing: str = raw.get("missing", "")
        self.doubts: Callable[[Metric, str], object] | None = raw.get("doubts")
        # One of these has to be so for the rule to have anything to say (``slalint.needs`` tells which are); empty: it
        # is asked always.
        self.needs = frozenset(raw.get("needs", _leads(raw.get("given", ""))))
        if self.missing:
            self.needs |= {f"no {self.missing}"}
        if self.doubts is not None:
            self.needs |= {f"{name}?"}

    @property
    def summary(self) -> str:
        return str(self._raw["summary"]).strip()

    @property
    def why(self) -> str:
        return " ".join(str(self._raw.get("why", "")).split())

    @property
    def fix(self) -> str:
        """What to type, for every form that the rule looks at."""
        said = self._raw.get("fix", "")
        if isinstance(said, Mapping):
            return "\n".join(_titled("As data" if form == "data" else "In prose", self._fix(form)) for form in said)
        return str(said).strip()

    def _fix(self, form: str) -> str:
        """What to type in one form, where that differs by form; else empty."""
        said = self._raw.get("fix")
        return str(said.get(form, "")).strip() if isinstance(said, Mapping) else ""

    def examples(self, kind: str) -> list[Example]:
        """The ``bad`` or the ``good`` examples."""
        found = []
        for raw in self._raw.get(kind, ()):
            for format_ in FORMATS:
                if format_ in raw:
                    text, expect = strip_markers(raw[format_])
                    found.append(Example(format_, text, expect, str(raw.get("as-of", "")), str(raw.get("before", ""))))
        return found

    def in_profile(self, profile: str) -> bool:
        return PROFILES.index(self.profile) <= PROFILES.index(profile)

    def settings(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """All options of the rule: those that a configuration gives it, and the defaults of the others."""
        return {name: schema.get("default") for name, schema in self.options.items()} | dict(said)

    def observe(
        self, agreement: Agreement, options: Mapping[str, Any] | None = None, before: Agreement | None = None
    ) -> Iterator[Observation]:
        """What the rule has to say about an agreement. ``options``: those that a configuration gives it; ``before``:
        the version before, without which rules about changes say nothing."""
        check = self.ready(agreement.form, agreement.understood, options, before)
        for said in check(agreement) if check is not None else ():
            yield self.told(said, agreement)

    def ready(
        self,
        form: str,
        understood: bool = True,
        options: Mapping[str, Any] | None = None,
        before: Agreement | None = None,
    ) -> Check | None:
        """The check for agreements of a form, told whether their language is understood, that takes nothing but the
        agreement; None where the rule has nothing to look for in them."""
        if form not in self.applies or not (understood or self.wordless):
            return None
        if self.change is not None:
            return partial(self.change, before) if before is not None else None
        if self.options:
            given = self.settings(options or {})
            return lambda agreement: self.check(agreement, given)
        return self.check if self.check is not _silent else None

    def told(self, said: Observation | tuple[Any, ...], agreement: Agreement) -> Observation:
        """What a check says, with what to type in this agreement."""
        seen = said if isinstance(said, Observation) else Observation(*said)
        hint = seen.hint or self._fix(agreement.form)
        if agreement.form == "data":
            hint = addition(hint or self.fix, agreement.root)
        return seen._replace(hint=hint) if hint else seen

    def _compile(self) -> Check:
        raw = self._raw
        if "check" in raw:
            check: Check = raw["check"]
            return check
        if "missing" in raw:
            return _missing(raw["missing"], raw["message"])
        if "given" in raw:
            return _given(raw["given"], raw["then"], raw["message"])
        return _silent


def _silent(agreement: Agreement) -> Iterable[Observation]:
    """The check of what a source reports while reading."""
    return ()


def faults(root: Node) -> list[tuple[Span, str]]:
    """What in a rule file cannot be meant, in its order: what does not fit the schema of rules, a path or a
    need that no agreement has, a blank that nothing fills."""
    from slalint import shape

    found = shape.Shape("rule", "a rule", invalid="rule").faults(root)
    given, then, message = root.get("given"), root.get("then"), root.get("message")
    if given is not None and given.text.startswith("/"):
        steps = [step for step in given.text.split("/") if step]
        if steps[:1] != ["*"]:
            found += _no_such(given, ["", *steps], shape.unknown_step(steps))
    needs = root.get("needs")
    for need in needs if needs is not None and isinstance(needs.data, list) else ():
        if need.text.startswith("no "):
            first = need.text.removeprefix("no ")
            if first.replace("_", "").isalnum() and first not in ELEMENTS:
                near = nearest(first, ELEMENTS)
                meant = f" Did you mean “no {near}”?" if near else ""
                found.append((need.place, f"There is no element “{first}”.{meant} `slalint show FILE` prints them."))
        elif need.text.replace("/", "").replace("-", "").isalnum():
            block, _, key = need.text.partition("/")
            own = shape.unknown_step([block, key] if key else [block])  # of the block itself
            wrong = own and shape.unknown_step([block, "*", key]) if key else own  # of its items
            if own and wrong:
                names = [*wrong[1], *own[1]]
                found += _no_such(need, [block, key] if key else [block], (min(own[0], wrong[0]), names))
    if then is not None and isinstance(then.data, dict):
        found += shape.schema_faults(then)
    options = root.get("options")
    for _, schema in options.items() if options is not None else ():
        found += shape.schema_faults(schema)
    if message is not None:
        filled = ("provider", "customer") if root.get("missing") is not None else ("value", "key", "name")
        for blank in re.findall(r"\{(\w+)\}", message.text):
            if blank not in filled:
                said = ", ".join(f"{{{name}}}" for name in filled)
                found.append((message.place, f"Nothing fills “{{{blank}}}” in the message; there are {said}."))
    return sorted(found)


def _no_such(node: Node, steps: list[str], wrong: tuple[int, list[str]] | None) -> list[tuple[Span, str]]:
    """That no agreement has a step of a path. ``steps``: those of the path as it is written, with an empty one before
    its first slash; ``wrong``: which of the others it is, and what there is instead."""
    if wrong is None:
        return []
    at, names = wrong[0] + (steps[0] == ""), wrong[1]
    name, before = steps[at], [step for step in steps[:at] if step and step != "*"]
    said = f"Nothing in “{before[-1]}” is called “{name}”." if before else f"No agreement has “{name}”."
    near = nearest(name, names)
    if near:
        said += f" Did you mean “{'/'.join([*steps[:at], near, *steps[at + 1 :]])}”?"
    elif before:
        fields = list(dict.fromkeys(names))
        said += f" There are {', '.join(fields)}." if 0 < len(fields) <= 20 else ""
    return [(node.place, said)]


def _titled(title: str, text: str) -> str:
    return f"{title}: {text}" if "\n" not in text else f"{title}:\n  " + text.replace("\n", "\n  ")


def addition(fix: str, root: Node) -> str:
    """What to type into a document: of a block that stands there already only what is inside it, with its name.

    >>> addition("policies:\\n  renewal: Yearly.", root)  # where the document has `policies:`
    "Under policies, add:\\n  renewal: Yearly."
    """
    keys, lines = [], fix.split("\n")
    node, into = root, None
    while _opens_block(lines):
        key = lines[0].removesuffix(":")
        found = node.get(key)
        if found is None or not (found.data is None or isinstance(found.data, dict | list)):
            break
        keys.append(key)
        node = into = found
        lines = [line[2:] for line in lines[1:]]
    if into is None:
        return fix
    where = " in ".join(reversed(keys))
    first = lines[0].partition(":")[0]
    verb = "write" if isinstance(into.data, dict) and first in into.data else "add"
    inside = "In the brackets of" if into.raw[:1] in ("{", "[") else "Under"
    return "\n".join([f"{inside} {where}, {verb}:", *(f"  {line}" for line in lines)])


def _opens_block(lines: list[str]) -> bool:
    return len(lines) > 1 and lines[0].endswith(":") and all(line.startswith("  ") for line in lines[1:])


def together(fixes: Iterable[str], fields: Collection[str]) -> list[str]:
    """What to type into one document, so that all of it fits together: a block that is not there is opened by the first
    of several, the others go on in it. ``fields``: those that stand at the top of such a document.

    >>> together(["policies:\\n  renewal: Yearly.", "policies:\\n  termination: By letter."], ["policies"])[1]
    "Under policies (new), add:\\n  termination: By letter."
    """
    opened: dict[tuple[str, ...], bool] = {}  # each block, and whether it is a list
    seen: set[str] = set()
    told = []
    for fix in fixes:
        rest = lines = fix.split("\n")
        path: tuple[str, ...] = ()
        into: tuple[str, ...] = ()
        while fix not in seen and _opens_block(rest) and (path or rest[0].removesuffix(":") in fields):
            path, rest = (*path, rest[0].removesuffix(":")), [line[2:] for line in rest[1:]]
            listed = rest[0].startswith("- ")
            if path[:-1] == into and opened.get(path) is listed:
                into, lines = path, rest
            opened.setdefault(path, listed)
        seen.add(fix)
        where = " in ".join(reversed(into))
        told.append("\n".join([f"Under {where} (new), add:", *(f"  {line}" for line in lines)]) if into else fix)
    return told


def _missing(element: str, message: str) -> Check:
    def check(agreement: Agreement) -> Iterable[Observation]:
        found = agreement.elements[element]
        if found.state != "absent":
            return ()
        from slalint.skeleton import fix

        said = sides(message, agreement)
        return (Observation(found.place, said, fix(agreement, element), confidence=found.confidence, key=element),)

    return check


def sides(message: str, agreement: Agreement) -> str:
    """A message with ``{provider}`` and ``{customer}`` filled in: the party's name where the agreement gives one."""
    if "{" not in message:
        return message
    other = "the other side" if agreement.reciprocal else "the customer"
    for role, else_ in (("provider", "either side" if agreement.reciprocal else "the provider"), ("customer", other)):
        names = [p.name.text.strip() for p in agreement.parties if p.role == role]
        # Prose may introduce a party by half a clause; a name that is no name would spoil the sentence.
        plain = len(names) == 1 and len(names[0]) <= 40 and not any(c in "[]{}<>_\n" for c in names[0])
        name = names[0] if plain else else_
        message = message.replace("{" + role + "}", name)
    return message[:1].upper() + message[1:]


def _given(path: str, schema: Any, message: str) -> Check:
    steps = [step for step in path.split("/") if step]

    def check(agreement: Agreement) -> Iterator[Observation]:
        from slalint.shape import validator

        valid = validator(schema)
        for node in select(agreement.root, steps):
            if not valid(node.data):
                yield Observation(node, fill(message, node))

    return check


def _leads(path: str) -> tuple[str, ...]:
    """What of a path ``needs`` can tell: its block, with the key of the block's items."""
    block, *rest = [step for step in path.split("/") if step] or ["*"]
    if block == "*":
        return ()
    key = rest[1] if rest[:1] == ["*"] and len(rest) > 1 else "*"
    return (block,) if key == "*" or key.isdigit() else (f"{block}/{key}",)


def select(node: Node, steps: list[str]) -> Iterator[Node]:
    """The nodes at a path of keys, indices and ``*`` (any item or value)."""
    if not steps:
        yield node
        return
    step, rest = steps[0], steps[1:]
    key: str | int
    if step == "*":
        plain = node.data
        for key in plain if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ():
            child = node.get(key) if not rest or rest[0] == "*" or _may_lead(plain[key], rest[0]) else None
            if child is not None:
                yield from select(child, rest)
    else:
        key = int(step) if step.isdigit() and isinstance(node.data, list) else step
        found = node.get(key)
        if found is not None:
            yield from select(found, rest)


def policy(agreement: Agreement, name: str) -> Any:
    """One of the policies as plain data, a text or a mapping; None where it is not stated."""
    if agreement.prose is None:
        data = agreement.root.data  # many ask for it: `below`, written out
        stated = data.get("policies") if data.__class__ is dict else None
        return stated.get(name) if stated.__class__ is dict else None
    known = agreement.policies.get(name)
    if known is None or isinstance(known.node.data, dict):
        return known.node.data if known is not None else None
    return known.summary.text if known.summary is not None else None


def values(data: Any, path: Sequence[str]) -> list[Any]:
    """``select`` for plain data: what stands at a path of keys and ``*``."""
    for at, step in enumerate(path):
        if step == "*":
            items = data if data.__class__ is list else data.values() if data.__class__ is dict else ()
            rest = path[at + 1 :]
            if len(rest) == 1 and rest[0] != "*":  # as of most paths
                (key,) = rest
                return [one[key] for one in items if one.__class__ is dict and key in one]
            return [found for one in items for found in values(one, rest)] if rest else [*items]
        if data.__class__ is not dict or step not in data:
            return []
        data = data[step]
    return [data]


def each(data: Any, block: str, key: str) -> list[str | None]:
    """What every item of a list says under a key, as plain text; None of one that says nothing there, or no text."""
    items = data.get(block) if data.__class__ is dict else None
    said = [item.get(key) if item.__class__ is dict else None for item in items] if items.__class__ is list else []
    if _TEXT.issuperset(map(type, said)):
        return said
    return [one if one.__class__ is str else None for one in said]


_TEXT = frozenset((str,))


def lacks(items: Iterable[Mapping[str, Any]], key: str) -> bool:
    """Whether some mapping does not say something under a key in so many words."""
    for one in items:
        said = one.get(key)
        if said.__class__ is not str or not said.strip():
            return True
    return False


def called(metric: Metric) -> str:
    """The words of a metric's name and id as in ``Agreement.metric_names``: in small letters, each between blanks."""
    said = f"{metric.called} {metric.id}".lower().replace("-", " ").replace("_", " ")
    return f" {' '.join(said.split())} "


def _may_lead(plain: object, step: str) -> bool:
    """Whether a step may lead on from there; told without a node, for most things are not what a path is about."""
    return step in plain if isinstance(plain, dict) else isinstance(plain, list)


def fill(message: str, node: Node) -> str:
    """A message with ``{value}``, ``{key}`` and ``{name}`` (the node's own name, title or id) filled in."""
    name = next((n.text for key in ("name", "title", "id", "term") if (n := node.get(key)) is not None and n.text), "")
    key = str(node.path[-1]) if node.path else ""
    for blank, said in (("{value}", node.text), ("{key}", key), ("{name}", name or node.text or key)):
        message = message.replace(blank, said)
    return message


_MARKERS = ("<!-- expect -->", "# expect")


def strip_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """An example's text without its markers, and the lines (1-based) that they stood on.

    Cut as text at a line's end, before anything is parsed: so markers work in block scalars, cells and JSON alike.
    """
    lines, expect = [], []
    for number, line in enumerate(text.split("\n"), 1):
        for marker in _MARKERS:
            if line.rstrip().endswith(marker):
                line = line.rstrip()[: -len(marker)].rstrip()
                expect.append(number)
                break
        lines.append(line)
    return "\n".join(lines), tuple(expect)
