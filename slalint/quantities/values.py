"""Values and units. Numbers are ``Decimal``; time is kept in kinds that do not convert into one another."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from slalint.patterns import lazy
from slalint.record import NamedTuple

Operator = Literal["gte", "gt", "lte", "lt", "eq", ""]
ZERO = Decimal(0)
DAY = 86400
WEEK_MINUTES = 7 * 1440


class QuantityError(ValueError):
    """A text that is not the quantity it should be: why, and the part ``[start, end)`` that cannot be read."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class Duration(NamedTuple):
    """A length of time in the four kinds that cannot be added up without a calendar."""

    seconds: Decimal = ZERO  # clock time; a day is 86,400, a week 604,800
    months: Decimal = ZERO  # calendar months; a quarter is 3, a year 12
    business_seconds: Decimal = ZERO  # time that counts only while a clock of business hours runs
    business_days: Decimal = ZERO

    @property
    def is_business(self) -> bool:
        return bool(self.business_seconds or self.business_days)


class Target(NamedTuple):
    """What is promised: ``at least 99.5 %``, ``p95 < 200 ms``, ``1 to 3 business days``, ``400 leads a month``.

    ``unit`` is canonical (``percent``, ``ms``, ``hour``, ``business-day``, ``count``, ``score``, a currency …) or
    empty where none is written. Of a range ``value`` is the upper end and ``low`` the lower one.
    """

    operator: Operator
    value: Decimal
    unit: str
    percentile: Decimal | None = None
    per: Duration | None = None  # 400 *a month*
    low: Decimal | None = None
    within: Duration | None = None  # 95 % *within 4 h*
    of: str = ""  # what is counted: "leads", "requests"
    scale: Decimal | None = None  # 4.2 *out of 5*
    clock: Literal["business", "always", ""] = ""  # "during business hours", "(24/7)"
    is_mean: bool = False
    text: str = ""

    @property
    def base(self) -> tuple[str, Decimal]:
        """Kind of the unit and the value in its base unit: ``("second", 14400)``, ``("percent", 99.5)``."""
        kind, factor = BASES.get(self.unit, (self.unit, Decimal(1)))
        return kind, self.value * factor

    @property
    def duration(self) -> Duration | None:
        """The value as time, if it is one."""
        return duration_of(self.value, self.unit)


class Window(NamedTuple):
    """The time over which a target is judged. ``type`` is empty where the text leaves it open (``30 days``)."""

    type: Literal["calendar", "rolling", "billing", "contract", ""]
    length: Duration


class Period(NamedTuple):
    """Hours on some days: 0 is Monday; minutes after midnight. ``end`` may exceed 1440 where they cross midnight."""

    days: tuple[int, ...]
    start: int
    end: int


class Hours(NamedTuple):
    """When a service is attended. ``zone`` is as written, empty where none is; ``holidays`` is false where public
    holidays are excepted."""

    periods: tuple[Period, ...]
    zone: str = ""
    holidays: bool = True

    @property
    def always(self) -> bool:
        """Round the clock on every day."""
        return sum(len(p.days) * (p.end - p.start) for p in self.periods) >= WEEK_MINUTES


class Frequency(NamedTuple):
    """How often: ``times`` in each ``period`` (twice a year, every two weeks)."""

    period: Duration
    times: int = 1


class Maintenance(NamedTuple):
    """A repeated time slot. ``ordinal`` 1 to 5 or -1 (last) counts the weekday within ``months``; 0 is every week."""

    ordinal: int
    day: int
    start: int
    end: int
    zone: str = ""
    months: int = 1


class Tier(NamedTuple):
    """What is due between two bounds: ``at_least`` is inclusive, ``below`` exclusive; a missing one is open."""

    at_least: Decimal | None
    below: Decimal | None
    credit: Decimal
    unit: str  # percent or a currency
    basis: str = ""  # "of the monthly fee"


# unit -> (kind, factor to the kind's base unit)
BASES: dict[str, tuple[str, Decimal]] = {
    "us": ("second", Decimal("0.000001")),
    "ms": ("second", Decimal("0.001")),
    "second": ("second", Decimal(1)),
    "minute": ("second", Decimal(60)),
    "hour": ("second", Decimal(3600)),
    "day": ("second", Decimal(DAY)),
    "week": ("second", Decimal(7 * DAY)),
    "month": ("month", Decimal(1)),
    "quarter": ("month", Decimal(3)),
    "year": ("month", Decimal(12)),
    "business-minute": ("business-second", Decimal(60)),
    "business-hour": ("business-second", Decimal(3600)),
    "business-day": ("business-day", Decimal(1)),
}
TIME_UNITS = tuple(BASES)
BASES |= {
    "percent": ("percent", Decimal(1)),
    "ratio": ("percent", Decimal(100)),  # 0.999 of all
    "permille": ("percent", Decimal("0.1")),
    "ppm": ("percent", Decimal("0.0001")),
}
_TIME_WORDS = {
    "us": "us µs microsecond microseconds",
    "ms": "ms msec msecs millisecond milliseconds",
    "second": "s sec secs second seconds",
    "minute": "min mins minute minutes",
    "hour": "h hr hrs hour hours",
    "day": "d day days",
    "week": "w wk wks week weeks",
    "month": "mo mos month months",
    "quarter": "quarter quarters",
    "year": "y yr yrs year years",
    "business-minute": "business-minute business-minutes",
    "business-hour": "business-hour business-hours bh",
    "business-day": "business-day business-days bd weekday weekdays workday workdays",
}
# Units of time as agreements in other languages write them. A word that means something else in English is left out.
_FOREIGN_WORDS = {
    "second": "sekunde sekunden segundo segundos seconde secondes secondo secondi sekund sekunder seconden",
    "minute": "minuten minuto minutos minuti minut minuter minuut",
    "hour": "stunde stunden std hora horas heure heures ore timme timmar uur uren godzina godzin",
    "day": "tag tage tagen día días dia dias jour jours giorno giorni dag dagar dagen dygn",
    "week": "woche wochen semana semanas semaine semaines settimana settimane vecka veckor weken",
    "month": "monat monate monaten mes meses mês mois mese mesi månad månader maand maanden",
    "year": "jahr jahre jahren año años ano anos ans année années anno anni år jaar",
    "business-day": "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen geschäftstag geschäftstage "
    "arbetsdag arbetsdagar vardag vardagar werkdag werkdagen día-hábil días-hábiles dia-útil dias-úteis "
    "jour-ouvré jours-ouvrés jour-ouvrable jours-ouvrables giorno-lavorativo giorni-lavorativi",
    "business-hour": "arbeitsstunde arbeitsstunden geschäftsstunde geschäftsstunden hora-hábil horas-hábiles "
    "hora-útil horas-úteis heure-ouvrée heures-ouvrées arbetstimme arbetstimmar",
}
_OTHER_WORDS = {
    "percent": "% percent per-cent pct",
    "ratio": "ratio",
    "permille": "‰ permille per-mille",
    "ppm": "ppm",
    "score": "score points point stars",
    "count": "count times",
    "request/second": "rps req/s reqs/s requests/s request/s",
    "transaction/second": "tps",
    "query/second": "qps",
    "B": "b byte bytes",
    "kB": "kb",
    "MB": "mb",
    "GB": "gb",
    "TB": "tb",
    "bit/s": "bit/s bps",
    "kbit/s": "kbit/s kbps",
    "Mbit/s": "mbit/s mbps",
    "Gbit/s": "gbit/s gbps",
    "EUR": "eur € euro euros",
    "USD": "usd $ dollar dollars",
    "GBP": "gbp £ pound pounds",
    "CHF": "chf",
    "JPY": "jpy ¥",
    "INR": "₹",
}
UNITS = {
    word: unit
    for table in (_TIME_WORDS, _FOREIGN_WORDS, _OTHER_WORDS)
    for unit, words in table.items()
    for word in words.split()
}
FOREIGN = tuple(word for words in _FOREIGN_WORDS.values() for word in words.split())
# The active codes of ISO 4217, without funds, metals and those for tests.
CURRENCIES = tuple(
    "EUR USD GBP CHF JPY AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU "
    "UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split()
)
_CODES = frozenset(CURRENCIES)
# Whose hours count in business time, as agreements call them.
BUSINESS = r"(?:business|working|work|office|service|support|operating|operational|banking|selling|bus\.?)"
_BUSINESS_UNIT = lazy(BUSINESS + r"[ -]+(minutes?|mins?|hours?|hrs?|h|days?|d)")
_REAL_TIME = lazy(r"^(?:calendar|clock|elapsed|consecutive) ")


def unit(text: str) -> str:
    """The canonical name of a unit (``Hrs`` → ``hour``), or the text itself where it is none we know."""
    if text in _CODES:
        return text
    word = " ".join(text.strip().lower().split())
    business = _BUSINESS_UNIT.fullmatch(word)
    if business:
        return "business-" + UNITS[business.group(1)]
    word = _REAL_TIME.sub("", word)
    return UNITS.get(word) or UNITS.get(word.replace(" ", "-")) or UNITS.get(word.rstrip(".")) or text.strip()


def duration_of(value: Decimal, name: str) -> Duration | None:
    """So many of a unit of time as a length, or None where the unit is none of time."""
    if name not in TIME_UNITS:
        return None
    kind, factor = BASES[name]
    amount = value * factor
    if kind == "second":
        return Duration(seconds=amount)
    if kind == "month":
        return Duration(months=amount)
    if kind == "business-second":
        return Duration(business_seconds=amount)
    return Duration(business_days=amount)
