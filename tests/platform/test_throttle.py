"""Limits: exact, per key, without a window's edge."""

import datetime as dt

import pytest

from wellserved.platform import throttle
from wellserved.platform.errors import TooMany

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def take(seconds: float = 0, key: str = "sign-in:eve") -> int:
    return throttle.take(key, limit=3, per=MINUTE, now=NOW + dt.timedelta(seconds=seconds))


def test_the_limit_is_spent_and_then_refused_with_the_time_to_wait() -> None:
    assert [take(), take(), take()] == [2, 1, 0]
    with pytest.raises(TooMany, match=r"3 are allowed in a minute\. Try again in 20 seconds\.") as refusal:
        take()
    assert (refusal.value.status, refusal.value.data["retry_after"]) == (429, 20)


def test_a_refused_use_costs_nothing_and_the_allowance_comes_back_evenly() -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany):
        take(19.9)
    assert take(20) == 0
    with pytest.raises(TooMany):
        take(20.1)
    assert take(120) == 2


def test_keys_are_counted_apart() -> None:
    for _ in range(3):
        take()
    assert take(key="sign-in:dev") == 2
