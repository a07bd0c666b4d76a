"""Write much without making anybody wait: short transactions, and a rest after each.

SQLite has one write lock. A loader that holds it for a second makes four people at work wait a second; one that holds
it for 20 ms and then rests 30 ms is hardly noticed. PostgreSQL locks rows, so there the chunks are larger and no rest
is needed.
"""

import contextlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection, transaction

T = TypeVar("T")

FIRST_CHUNK = 8
LARGEST_CHUNK = 2000
CHUNK_WITHOUT_LOCK = 500


def short_writes(
    items: Iterable[T],
    write: Callable[[list[T]], Any],
    *,
    budget: float = 0.020,
    rest: float = 0.030,
    transaction_of: Callable[[], contextlib.AbstractContextManager[Any]] = transaction.atomic,
) -> int:
    """Call `write` with successive chunks, each in a transaction of its own, and return how many items were written.

    The size of a chunk follows the time the last one took, so that the write lock is held for `budget` seconds at
    most; preparing items (pulling from the iterable) happens before the lock is taken and counts as rest. A long job
    passes `transaction_of=run.checkpoint`. Inside a transaction already open there is nothing to keep short, nor to
    rest for.
    """
    if connection.vendor != "sqlite":
        return sum(_write_chunk(chunk, write, transaction_of)[0] for chunk in _chunks(items, CHUNK_WITHOUT_LOCK))
    source = iter(items)
    size, written, rested = FIRST_CHUNK, 0, 0.0
    while chunk := list(itertools.islice(source, size)):
        _rest_until(rested)
        count, held = _write_chunk(chunk, write, transaction_of)
        written += count
        size = next_size(size=size, held=held, budget=budget)
        rested = time.monotonic() + rest
    _rest_until(rested)
    return written


def next_size(*, size: int, held: float, budget: float) -> int:
    """Return the size of the next chunk: aim at 60 % of the budget, shrink at once, grow by half at most.

    >>> next_size(size=100, held=0.040, budget=0.020)
    30
    >>> next_size(size=100, held=0.001, budget=0.020)
    150
    """
    aim = size * 0.6 * budget / max(held, 1e-6)
    return max(1, min(int(aim), int(size * 1.5) + 1 if size < 2 else int(size * 1.5), LARGEST_CHUNK))


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(itertools.islice(source, size)):
        yield chunk


def _rest_until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0 and not connection.in_atomic_block:
        time.sleep(left)


def _write_chunk(
    chunk: list[T],
    write: Callable[[list[T]], Any],
    transaction_of: Callable[[], contextlib.AbstractContextManager[Any]],
) -> tuple[int, float]:
    with transaction_of():
        begun = time.perf_counter()
        write(chunk)
    return len(chunk), time.perf_counter() - begun
