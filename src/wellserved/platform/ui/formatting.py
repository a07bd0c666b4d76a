"""How every number, span and moment reads. Pure: no clock, no settings, no database."""

# ruff: noqa: RUF001, RUF002 - the en dash and the minus sign are meant

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

NO_DATA = "–"
MINUS = "\N{MINUS SIGN}"
SMALL_SAMPLE = 20
CURRENCY_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}

Quantity = int | float | Decimal


def is_missing(value: Quantity | timedelta | None) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def _round(value: Quantity, *, places: int) -> Decimal:
    # Half up on the printed decimal, as people round; binary floats turn 0.125 and 0.135 two ways.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _group(value: Quantity, *, places: int) -> str:
    rounded = _round(value, places=places)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,}"


def format_number(value: Quantity | None, places: int = 0) -> str:
    """1204 -> '1,204'; nothing known -> '–', which is not zero."""
    if value is None or is_missing(value):
        return NO_DATA
    return _group(value, places=places)


def format_percent(share: Quantity | None, places: int = 1) -> str:
    """A share of one: 0.924 -> '92.4 %'."""
    if share is None or is_missing(share):
        return NO_DATA
    return f"{_group(Decimal(str(share)) * 100, places=places)} %"


def format_rate(kept: int | None, total: int | None) -> str:
    """A rate never stands without its base; below twenty cases it is a count, not a rate."""
    if kept is None or not total:
        return NO_DATA
    if total < SMALL_SAMPLE:
        return f"{format_number(kept)} of {format_number(total)}"
    return f"{format_percent(Decimal(kept) / total)} of {format_number(total)}"


def format_points(difference: Quantity | None, places: int = 1) -> str:
    """A difference between two shares: 0.021 -> '+2.1 pts', -0.021 -> '−2.1 pts'."""
    if difference is None or is_missing(difference):
        return NO_DATA
    points = _round(Decimal(str(difference)) * 100, places=places)
    sign = "+" if points > 0 else ""
    return f"{sign}{_group(points, places=places)} pts"


def format_interval(share: Quantity | None, lower: Quantity | None, upper: Quantity | None, places: int = 0) -> str:
    """A share with its interval: '81 % (76–85)'."""
    if share is None or lower is None or upper is None:
        return NO_DATA
    low, high = (_group(Decimal(str(bound)) * 100, places=places) for bound in (lower, upper))
    return f"{format_percent(share, places)} ({low}–{high})"


def format_duration(span: Quantity | timedelta | None) -> str:
    """Seconds or a timedelta in its two largest units: '52 s', '4 min', '2 h 10 min', '3 d 4 h'.

    Whole units only, cut and not rounded: a clock with 59 s left has not a minute left.
    """
    if span is None or is_missing(span):
        return NO_DATA
    seconds = int(span.total_seconds() if isinstance(span, timedelta) else span)
    sign, seconds = (MINUS if seconds < 0 else ""), abs(seconds)
    if seconds < 60:
        return f"{sign}{seconds} s"
    if seconds < 3600:
        return f"{sign}{seconds // 60} min"
    days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3600, seconds % 3600 // 60
    large, small = (f"{days} d", f"{hours} h") if days else (f"{hours} h", f"{minutes} min")
    return f"{sign}{large}" if small.startswith("0 ") else f"{sign}{large} {small}"


def format_money(amount: Quantity | None, currency: str = "GBP") -> str:
    """To the penny below a hundred, whole above: '£4.18', '£1,205'. An unknown currency keeps its code."""
    if amount is None or is_missing(amount):
        return NO_DATA
    value = Decimal(str(amount))
    places = 2 if abs(_round(value, places=2)) < 100 else 0
    rounded = _round(value, places=places)
    symbol = CURRENCY_SIGNS.get(currency, f"{currency} ")
    return f"{MINUS if rounded < 0 else ''}{symbol}{abs(rounded):,}"


def format_day(day: date | None) -> str:
    """The one form of a date on a screen: '1 Dec 2026'. A moment gives the day it has in its own zone."""
    return NO_DATA if day is None else f"{day.day} {day:%b %Y}"


def format_weekday(day: date | None) -> str:
    """Where the weekday helps, as with days due by law and meetings: 'Sun 29 Nov 2026'."""
    return NO_DATA if day is None else f"{day:%a} {format_day(day)}"


def format_long_day(day: date | None) -> str:
    """In letters to customers and on public pages: '1 December 2026'."""
    return NO_DATA if day is None else f"{day.day} {day:%B %Y}"


def format_month(day: date | None) -> str:
    return NO_DATA if day is None else f"{day:%B %Y}"


def format_yearly(day: date) -> str:
    """A day that comes back: '25 Dec every year'."""
    return f"{day.day} {day:%b} every year"


def format_span(first: date | None, last: date | None) -> str:
    """'1 Dec 2026 to 31 Mar 2027'."""
    return f"{format_day(first)} to {format_day(last)}"


def format_time(moment: datetime | None, *, seconds: bool = False) -> str:
    return NO_DATA if moment is None else f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}"


def _add_time(day: str, moment: datetime) -> str:
    return f"{day}, {moment:%H:%M %Z}".rstrip()


def format_moment(moment: datetime | None, *, weekday: bool = False) -> str:
    """With its zone, since a time without one is a guess: '24 Nov 2026, 14:32 GMT'."""
    if moment is None:
        return NO_DATA
    return _add_time(format_weekday(moment) if weekday else format_day(moment), moment)


def format_long_moment(moment: datetime | None) -> str:
    """To customers and in public: '24 November 2026, 14:32 GMT'."""
    return NO_DATA if moment is None else _add_time(format_long_day(moment), moment)


def format_relative(moment: datetime | None, now: datetime) -> str:
    """'in 8 min', '4 min ago', 'now' inside the same minute."""
    if moment is None:
        return NO_DATA
    left = moment - now
    if abs(left) < timedelta(minutes=1):
        return "now"
    return f"in {format_duration(left)}" if left > timedelta() else f"{format_duration(-left)} ago"


def name_initials(name: str) -> str:
    """The letters for an avatar: first and last word; a single word gives its first two letters."""
    words = name.split()
    if len(words) < 2:
        return name.strip()[:2].upper()
    return (words[0][0] + words[-1][0]).upper()
