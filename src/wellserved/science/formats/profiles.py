"""What a sample of a column's values says about the part the column can play."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from wellserved.science.formats.mapping import DEFAULT_MISSING
from wellserved.science.formats.moments import date_order
from wellserved.science.formats.tables import Table
from wellserved.science.formats.vocabulary import LIFECYCLE_WORDS, status_category_of, words

__all__ = ["ColumnProfile", "profile_columns", "sample_rows"]

MISSING = frozenset(DEFAULT_MISSING)
TIMES_LOOKED_AT = 400
_EPOCH_SECONDS = re.compile(r"(?:9|1\d)\d{8}(?:\.\d+)?", re.ASCII)
_EPOCH_MILLISECONDS = re.compile(r"(?:9|1\d)\d{11}", re.ASCII)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_FRACTION = re.compile(r"[+-]?\d+[.,]\d+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """Shares are of the values that say something, but for `filled`, which is the share of those."""

    name: str
    words: str
    place: int
    filled: float
    distinct: int
    count: int
    time_share: float
    clock_share: float
    tells_clock: bool
    orders: Counter[str]
    epoch: str
    number_share: float
    fraction_share: float
    average_length: float
    status_share: float
    is_lifecycle: bool

    @property
    def is_time(self) -> bool:
        """Nearly every value is a time of day or a date."""
        return self.time_share >= 0.8


def sample_rows(table: Table, sample: int) -> list[tuple[str, ...]]:
    """The first rows of the right width, trimmed, with what says nothing made empty."""
    rows: list[tuple[str, ...]] = []
    width = len(table.columns)
    for values in table.rows:
        if len(rows) >= sample:
            break
        if len(values) >= width:
            rows.append(tuple("" if (text := value.strip()) in MISSING else text for value in values[:width]))
    return rows


def profile_columns(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[ColumnProfile, ...]:
    """Profile every column of a sample."""
    return tuple(_profile(name, place, [row[place] for row in rows]) for place, name in enumerate(columns))


def _profile(name: str, place: int, cells: list[str]) -> ColumnProfile:
    said = [cell for cell in cells if cell]
    counts = Counter(said)
    looked_at = list(counts)[:TIMES_LOOKED_AT]
    orders = Counter(order for value in looked_at if (order := date_order(value)))
    states = [value for value in list(counts)[:100] if status_category_of(value)]
    return ColumnProfile(
        name=name,
        words=words(name),
        place=place,
        filled=len(said) / len(cells) if cells else 0.0,
        distinct=len(counts),
        count=len(said),
        time_share=_share(sum(orders.values()), len(looked_at)),
        clock_share=_share(sum(1 for value in looked_at if _CLOCK.fullmatch(value)), len(looked_at)),
        tells_clock=any(":" in value for value in looked_at),
        orders=orders,
        epoch=_epoch(looked_at),
        number_share=_share(sum(1 for value in looked_at if _NUMBER.fullmatch(value)), len(looked_at)),
        fraction_share=_share(sum(1 for value in looked_at if _FRACTION.fullmatch(value)), len(looked_at)),
        average_length=_share(sum(map(len, looked_at)), len(looked_at)),
        status_share=_share(sum(counts[value] for value in states), len(said)),
        is_lifecycle=bool(counts) and {value.lower() for value in counts} <= LIFECYCLE_WORDS,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _epoch(values: list[str]) -> str:
    for name, pattern in (("epoch_s", _EPOCH_SECONDS), ("epoch_ms", _EPOCH_MILLISECONDS)):
        if values and all(pattern.fullmatch(value) for value in values):
            return name
    return ""


@lru_cache(maxsize=4096)
def contains_words(text: str, part: str) -> bool:
    """Whether some words stand in a row inside others.

    >>> contains_words("ticket created date", "created date")
    True
    >>> contains_words("recreated date", "created date")
    False
    """
    return f" {part} " in f" {text} "
