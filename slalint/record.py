"""``typing.NamedTuple``, whose classes are made in a tenth of the time: a run makes a hundred of them before it reads
anything, and had spent more on them than on the agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import _tuplegetter
    from types import FunctionType

    _GLOBALS = {"new": tuple.__new__, "__builtins__": {}}
    _shapes = {}  # the code that makes a tuple of so many fields

    class _Record(tuple):
        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changed):
            made = self._make(map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"Got unexpected field names: {list(changed)!r}")
            return made

        __replace__ = _replace  # `copy.replace` of Python 3.13

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            said = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{self.__class__.__name__}({said})"

        def __getnewargs__(self):
            return tuple(self)

    def _constructor(name, fields, defaults):
        code = _shapes.get(len(fields))
        if code is None:
            values = "".join(f"_{index}, " for index in range(len(fields)))
            code = _shapes[len(fields)] = eval(f"lambda _cls, {values}: new(_cls, ({values}))").__code__
        named = code.replace(co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__")
        return FunctionType(named, _GLOBALS, "__new__", defaults)

    class _Making(type):
        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = tuple([body.pop(field) for field in fields if field in body])
            for index, field in enumerate(fields):
                body[field] = _tuplegetter(index, None)
            body |= {"_fields": fields, "__match_args__": fields, "__slots__": ()}
            body["__new__"] = _constructor(name, fields, defaults)
            return type(name, (_Record,), body)

    class NamedTuple(metaclass=_Making):
        """As in ``typing``."""


__all__ = ["NamedTuple"]
