"""A property that is worked out once, when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class once:
        """``functools.cached_property`` without its lock, which costs more than most of what is asked here."""

        def __init__(self, make):
            self.make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            known = instance.__dict__
            if self.name in known:  # it is asked in spite of that only by ``super()``
                return known[self.name]
            made = known[self.name] = self.make(instance)
            return made


__all__ = ["once"]
