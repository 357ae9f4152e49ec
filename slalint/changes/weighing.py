"""Which way a value has moved and how far, as seen by whoever it is owed to.

A sign is 1 where more is owed than before, -1 where less, 0 where neither, None where that cannot be told. What is
weighed in parts (the figure, its percentile, its period) has moved one way only if no part has moved the other way.
All figures are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from slalint import quantities as q
from slalint.calendars import Calendar
from slalint.kinds import Kind
from slalint.parts import Tier, Tiers
from slalint.patterns import lazy
from slalint.quantities.arithmetic import trimmed
from slalint.record import NamedTuple

Sign = int | None
_DAY = Decimal(86400)
_SHORTEST_DAY = Decimal(4 * 3600)  # of business, where nobody says how long one is


class Verdict(NamedTuple):
    """What a change means: its sign, and how much it is in words (empty where that cannot be said exactly). ``part``
    names a piece of the text that has moved alone, such as its notice."""

    sign: Sign
    told: str = ""
    part: str = ""


UNCLEAR = Verdict(None)
NEUTRAL = Verdict(0)


def together(signs: Iterable[Sign]) -> Sign:
    """The sign of several parts that have moved at once."""
    seen = set(signs) - {0}
    return seen.pop() if len(seen) == 1 else None if seen else 0


def _compare(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)


# ---- targets


class Setting(NamedTuple):
    """What a target's weight hangs on: what kind of thing is measured, whether more of it is better (None: only the
    words of the target tell) or is likely to be where neither it nor the target tells, how long its window is with what
    people call it, and how long a business day is."""

    kind: Kind = ""
    better: bool | None = None
    window: q.Length | None = None
    called: str = ""  # a month, a quarter, 30 days
    day: Decimal | None = None
    likely: bool | None = None


def targets(old: q.Target, new: q.Target, setting: Setting) -> Verdict:
    """A target against the one before: its figure, range, percentile, period and the time that it speaks of."""
    up = _direction(old, new, setting)
    moved = _moved(old, new, setting.day)
    signs: list[Sign] = [None if moved is None or (moved and up is None) else moved * (up or 0)]
    if not moved:
        signs.append(_strictness(old, new))
    if old.low is not None and new.low is not None:
        low = _compare(new.low, old.low) if old.unit == new.unit else None
        signs.append(None if low is None or (low and up is None) else low * (up or 0))
    else:
        signs.append(0 if old.low == new.low else None)
    signs.append(_percentile(old, new, up))
    signs.append(_within(old, new, setting.day))
    if old.of.lower() != new.of.lower() or old.is_mean != new.is_mean:
        signs.append(None)
    told = ""
    if moved:
        told = _difference(old, new, setting, moved)
    elif old.percentile is not None and new.percentile is not None and old.percentile != new.percentile:
        told = f"holds for {q.percent(new.percentile)} of cases instead of {q.percent(old.percentile)}"
    elif old.within is not None and new.within is not None and old.within != new.within:
        told = lengths(old.within, new.within, -1, setting.day).told
    return Verdict(together(signs), told)


def _direction(old: q.Target, new: q.Target, setting: Setting) -> Sign:
    """1 where a higher figure is the better one, by the words of both targets and the kind of thing measured."""
    said = {1 if one.operator in ("gte", "gt") else -1 for one in (old, new) if one.operator not in ("eq", "")}
    better = setting.better if said or setting.better is not None else setting.likely
    if better is not None:
        said.add(1 if better else -1)
    return said.pop() if len(said) == 1 else None


def _moved(old: q.Target, new: q.Target, day: Decimal | None) -> Sign:
    """1 where the figure has grown."""
    before, after = _length(old), _length(new)
    if before is not None and after is not None:
        return longer(before, after, day)
    if (before is None) != (after is None):
        return None
    (kind, value), (other, figure) = old.base, new.base
    first, second = _divisor(old, new), _divisor(new, old)
    if kind != other or first is None or second is None:
        return None
    return _compare(figure / second, value / first)


def _length(target: q.Target) -> q.Duration | None:
    """The time that a target speaks of; business time where its words say so."""
    length = target.duration
    if length is not None and target.clock == "business" and not length.months:
        return q.Duration(business_seconds=length.seconds + length.business_seconds, business_days=length.business_days)
    return length


def _divisor(one: q.Target, other: q.Target) -> Decimal | None:
    """What a figure is to be divided by so that it compares: its scale, and its period in the unit of the other's."""
    scale = one.scale if one.scale is not None and other.scale is not None else Decimal(1)
    if (one.scale is None) != (other.scale is None):
        return None
    if one.per == other.per:
        return scale
    if one.per is None or other.per is None:
        return None
    for period in ("months", "seconds"):
        length = getattr(one.per, period)
        if length and one.per == q.Duration(**{period: length}) and getattr(other.per, period):
            return scale * Decimal(length)
    return None


def _strictness(old: q.Target, new: q.Target) -> Sign:
    strict = [one.operator in ("gt", "lt") for one in (old, new)]
    return 0 if old.operator == "" or new.operator == "" else strict[1] - strict[0]


def _percentile(old: q.Target, new: q.Target, up: Sign) -> Sign:
    if old.percentile == new.percentile:
        return 0
    if old.percentile is None or new.percentile is None or up is None:
        return None
    return -up * _compare(new.percentile, old.percentile)


def _within(old: q.Target, new: q.Target, day: Decimal | None) -> Sign:
    if old.within == new.within:
        return 0
    if old.within is None or new.within is None:
        return None
    moved = longer(old.within, new.within, day)
    return None if moved is None else -moved


def _difference(old: q.Target, new: q.Target, setting: Setting, moved: int) -> str:
    """By how much a figure has moved."""
    before, after = _length(old), _length(new)
    if before is not None and after is not None:
        if old.unit == new.unit and old.unit in ("ms", "us"):
            return f"{q.number(abs(new.value - old.value))} {new.unit} {'longer' if moved > 0 else 'shorter'}"
        return _by(before, after, moved)
    value, figure = old.base[1], new.base[1]
    change = abs(figure - value)
    if new.base[0] == "percent":
        if setting.kind == "uptime" and setting.window is not None and max(value, figure) <= 100:
            minutes = setting.window.minutes
            off = abs(q.allowed_downtime(value, minutes) - q.allowed_downtime(figure, minutes))
            more = "more" if figure < value else "less"
            return f"{q.minutes_text(off)} {more} downtime {setting.called} ({setting.window.label})"
        return f"{q.number(change)} percentage point{'' if change == 1 else 's'} {'higher' if moved > 0 else 'lower'}"
    if old.per != new.per:
        return "more in the same time" if moved > 0 else "less in the same time"
    if old.scale != new.scale:
        return "higher on its scale" if moved > 0 else "lower on its scale"
    if new.unit in q.CURRENCIES:
        return f"{new.unit} {q.number(change)} {'more' if moved > 0 else 'less'}"
    if new.unit == "count":
        told = f"{q.number(change)} {'more' if moved > 0 else 'fewer'} {new.of}".rstrip()
        per = q.format(new.per).removeprefix("1 ") if new.per is not None else ""
        return f"{told} per {per}" if per else f"{told} {setting.called}".rstrip()
    unit = "" if new.unit in ("", "score") else f" {new.unit}"
    return f"{q.number(change)}{unit} {'higher' if moved > 0 else 'lower'}"


# ---- lengths of time


def longer(old: q.Duration, new: q.Duration, day: Decimal | None = None) -> Sign:
    """1 where a length has grown. Business time that is as long as clock time or longer takes longer on the clock."""
    differ = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    # Of one kind of time the figures tell, and nobody needs to know how long a business day is.
    found = _compare(differ[0][1], differ[0][0]) if len(differ) == 1 else q.compare(new, old, day)
    if found is not None:
        return found
    if new.is_business and not (old.is_business or old.months or new.months or new.seconds):
        return 1 if _least(new, day) >= old.seconds else None
    if old.is_business and not (new.is_business or new.months or old.months or old.seconds):
        return -1 if _least(old, day) >= new.seconds else None
    return None


def _least(length: q.Duration, day: Decimal | None) -> Decimal:
    return length.business_seconds + length.business_days * (day or _SHORTEST_DAY)


def lengths(old: q.Duration, new: q.Duration, up: Sign, day: Decimal | None = None) -> Verdict:
    """A length against the one before; ``up`` is what it means that it grows."""
    moved = longer(old, new, day)
    if not moved:
        return Verdict(moved)
    return Verdict(None if up is None else moved * up, _by(old, new, moved))


def _by(old: q.Duration, new: q.Duration, moved: int) -> str:
    """How much longer or shorter, where both are of one kind of time."""
    change = q.Duration(*(abs(b - a) for a, b in zip(old, new, strict=True)))
    grown = "longer" if moved > 0 else "shorter"
    if sum(1 for part in change if part) == 1:
        return f"{spelled(change)} {grown}"
    return f"{grown}, in other hours" if old.is_business != new.is_business else ""


def spelled(length: q.Duration) -> str:
    """A length in words, whole years as years."""
    years, months = divmod(length.months, 12)
    if years and not months:
        return f"{q.number(years)} year{'' if years == 1 else 's'}"
    return q.format(length)


def frequencies(old: q.Frequency, new: q.Frequency) -> Verdict:
    """How often against how often before; more often is better."""
    first = q.Duration(*(part * new.times for part in old.period))
    second = q.Duration(*(part * old.times for part in new.period))
    moved = longer(first, second)
    return Verdict(None if moved is None else -moved, {1: "less often", -1: "more often"}.get(moved or 0, ""))


def windows(old: q.Window, new: q.Window, sums: Sign = None) -> Verdict:
    """A window against the one before. Over a longer one a bad day weighs less. ``sums``: what is counted adds up over
    the window, and 1 says that more of it is better, -1 that less of it is."""
    moved = longer(old.length, new.length)
    if not moved:
        return Verdict(None if moved is None or old.type != new.type else 0)
    same = not old.type or not new.type or old.type == new.type
    sign = -moved * (sums or 1)
    told = "so much in a longer time" if moved > 0 else "so much in a shorter time"
    if not sums:
        told = "a bad day weighs less" if moved > 0 else "a bad day weighs more"
    return Verdict(sign if same else None, told if same else "")


# ---- hours


def hours(old: q.Hours, new: q.Hours, gain: int = 1) -> Verdict:
    """Hours against those before: more than before, fewer, or others. ``gain`` -1: of hours in which less is owed."""
    before, after = _minutes(old), _minutes(new)
    signs: list[Sign] = [0]
    if before != after:
        signs.append(gain if before & ~after == 0 else -gain if after & ~before == 0 else None)
    if old.holidays != new.holidays:
        signs.append(gain if new.holidays else -gain)
    if old.zone != new.zone and old.zone and new.zone:
        signs.append(None)
    change = after.bit_count() - before.bit_count()
    told = f"{q.hours_text(Decimal(abs(change)))} a week {'more' if change > 0 else 'fewer'}" if change else ""
    return Verdict(together(signs), told)


def _minutes(one: q.Hours) -> int:
    """The minutes of a week that count, as bits."""
    found = 0
    for day in range(7):
        for start, end in q.day_spans(one, day):
            found |= ((1 << (end - start)) - 1) << (day * 1440 + start)
    return found


def calendars(old: Calendar, new: Calendar) -> Verdict:
    """Calendars against each other: what more counts for whom it is promised to."""
    verdict = hours(old.hours._replace(zone=old.zone), new.hours._replace(zone=new.zone))
    closed = 0 if (old.closed, old.region) == (new.closed, new.region) else None
    if closed is None and old.region == new.region:
        closed = -1 if old.closed < new.closed else 1 if old.closed > new.closed else None
    return verdict._replace(sign=together((verdict.sign, closed)))


# ---- credits


_Due = Decimal | str | frozenset[Decimal | str]  # an amount, the words for what is none, or all that several bands say


def tiers(old: Tiers, new: Tiers) -> Verdict:
    """Schedules of credits: what each gives for every figure that may be measured."""
    units = {row.unit for row in (*old.rows, *new.rows) if row.amount is not None and row.unit}
    if old.unit != new.unit or len(units) > 1:
        return UNCLEAR
    signs: list[Sign] = []
    parts: list[tuple[_Stretch, _Due, _Due]] = []
    for stretch in _stretches((*old.rows, *new.rows)):
        before, after = _credit(old, stretch.inside), _credit(new, stretch.inside)
        if before == after:
            continue
        known = isinstance(before, Decimal) and isinstance(after, Decimal)
        signs.append(_compare(after, before) if known else None)  # type: ignore[arg-type]
        if parts and parts[-1][1:] == (before, after) and parts[-1][0].high == stretch.low:
            parts[-1] = parts[-1][0]._replace(high=stretch.high, high_in=stretch.high_in), before, after
        else:
            parts.append((stretch, before, after))
    unit = units.pop() if units else ""
    told = [
        f"{stretch.text(new.suffix)}: {_due(after, unit)} instead of {_due(before, unit)}"
        for stretch, before, after in parts
    ]
    return Verdict(together(signs), "; ".join(told[:3]) + ("; …" if len(told) > 3 else ""))


class _Stretch(NamedTuple):
    """The figures between two bounds, or one bound itself."""

    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool

    @property
    def inside(self) -> Decimal:
        """A figure of the stretch."""
        if self.low is None or self.high is None:
            return self.high - 1 if self.high is not None else (self.low or Decimal(0)) + 1
        return (self.low + self.high) / 2

    def text(self, suffix: str) -> str:
        if self.low is None:
            return f"{'up to' if self.high_in else 'below'} {_plain(self.high)}{suffix}"
        first = f"{'from' if self.low_in else 'above'} {_plain(self.low)}{suffix}"
        if self.high is None:
            return first
        return f"{first} to {'' if self.high_in else 'below '}{_plain(self.high)}{suffix}"


def _stretches(rows: Iterable[Tier]) -> Iterable[_Stretch]:
    cuts = sorted({bound for row in rows for bound in (row.low, row.high) if bound is not None})
    if not cuts:
        return
    yield _Stretch(None, False, cuts[0], False)
    for low, high in pairwise(cuts):
        yield _Stretch(low, True, low, True)
        yield _Stretch(low, False, high, False)
    yield _Stretch(cuts[-1], True, cuts[-1], True)
    yield _Stretch(cuts[-1], False, None, False)


def _credit(one: Tiers, figure: Decimal) -> _Due:
    """What is due for a figure. Where all bands are open at one end, the narrowest counts: the one that gives most."""
    due: set[Decimal | str] = {
        row.amount if row.amount is not None else _words(row) for row in one.rows if row.holds(figure)
    }
    amounts = [amount for amount in due if isinstance(amount, Decimal)]
    if len(due) > 1:
        return max(amounts) if one.cascade and len(amounts) == len(due) else frozenset(due)
    return due.pop() if due else Decimal(0)


def _words(row: Tier) -> str:
    return " ".join(row.credit.text.split()) if row.credit is not None else ""


def _plain(value: Decimal | None) -> str:
    return f"{trimmed(value):f}" if value is not None else ""


def _due(value: _Due, unit: str) -> str:
    if isinstance(value, frozenset):
        return " or ".join(sorted(_due(one, unit) for one in value))
    if isinstance(value, str):
        return f"“{value}”"
    return f"{_plain(value)} %" if unit == "percent" else f"{unit} {q.number(value)}".strip()


def figures(old: Decimal, new: Decimal, up: Sign, unit: str = "") -> Verdict:
    """A plain figure against the one before."""
    moved = _compare(new, old)
    told = f"{q.number(abs(new - old))}{unit} {'more' if moved > 0 else 'less'}"
    return Verdict(None if up is None else moved * up, told)


# ---- words

_TOKEN = lazy(r"[\w§$€£%][\w.,:%§$€£’'-]*(?<![.,:])|\S")


class Moved(NamedTuple):
    """The only quantity in which two texts differ, with where the new one stands in its text."""

    old: q.Target
    new: q.Target
    start: int
    end: int


def quantity(old: str, new: str) -> Moved | None:
    """The quantity that two texts differ in, where they differ in nothing else.

    >>> quantity("for at most two hours a month", "for at most four hours a month").new.value
    Decimal('4')
    """
    first, second = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    start = 0
    while start < min(len(first), len(second)) and first[start][0] == second[start][0]:
        start += 1
    stop = 0
    while stop < min(len(first), len(second)) - start and first[-1 - stop][0] == second[-1 - stop][0]:
        stop += 1
    if not 0 < len(first) - start - stop <= 4 or not 0 < len(second) - start - stop <= 4:
        return None
    for before in (3, 2, 1, 0):
        for behind in (3, 2, 1, 0):
            a, b = (
                _read(text, tokens, start - before, stop - behind) for text, tokens in ((old, first), (new, second))
            )
            if a is not None and b is not None and a[0].operator == b[0].operator:
                return Moved(a[0], b[0], *b[1])
    return None


def _read(text: str, tokens: Sequence[object], first: int, behind: int) -> tuple[q.Target, tuple[int, int]] | None:
    """The quantity that all of the text from a token up to one counted from the end is."""
    if first < 0 or behind < 0:
        return None
    start, end = tokens[first].start(), tokens[len(tokens) - 1 - behind].end()  # type: ignore[attr-defined]
    try:
        return q.parse_target(text[start:end]), (start, end)
    except q.QuantityError:
        return None
