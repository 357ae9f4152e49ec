"""``slalint.record``: what ``typing.NamedTuple`` does, done at once."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from slalint import record


class Ours(record.NamedTuple):
    """Told."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        return self.first * 2

    @classmethod
    def of(cls, first: int) -> Ours:
        return cls(first)


class Theirs(typing.NamedTuple):
    """Told."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()


@pytest.mark.parametrize("make", [Ours, Theirs])
def test_what_a_named_tuple_does(make: typing.Any) -> None:
    one = make(1, third=(3,))
    assert one == (1, "b", (3,)) and hash(one) == hash((1, "b", (3,)))
    assert (one.first, one.second, one.third) == tuple(one)
    assert one._replace(second="c") == (1, "c", (3,)) and type(one._replace(first=2)) is make
    assert one._asdict() == {"first": 1, "second": "b", "third": (3,)}
    assert make._make([1, 2, 3]) == (1, 2, 3) and make._fields == make.__match_args__ == ("first", "second", "third")
    assert repr(one) == f"{make.__name__}(first=1, second='b', third=(3,))" and make.__doc__ == "Told."
    for copied in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert copied == one and type(copied) is make
    with pytest.raises(AttributeError):
        one.first = 2
    with pytest.raises(AttributeError):
        one.other = 2
    for wrong in ((), (1, 2, 3, 4)):
        with pytest.raises(TypeError, match=r"__new__\(\)"):
            make(*wrong)
    with pytest.raises(TypeError):
        make(1, fourth=2)
    with pytest.raises(TypeError):
        make._make([1])
    with pytest.raises((TypeError, ValueError), match="fourth"):  # the latter before Python 3.13
        one._replace(fourth=1)
    if hasattr(copy, "replace"):
        assert copy.replace(one, second="c") == (1, "c", (3,))


def test_methods() -> None:
    assert Ours.of(2).twice == 4
    assert Ours(1) < Ours(2)
    match Ours(1):
        case Ours(first, second):
            assert (first, second) == (1, "b")


def test_a_class_of_one() -> None:
    class Further(Ours):
        """One with more methods."""

        def thrice(self) -> int:
            return self.first * 3

    assert Further(2, "x").thrice() == 6 and type(Further(2)._replace(first=3)) is Further
