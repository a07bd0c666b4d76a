"""So many in so long: limits by key, kept in the shared cache and counted exactly over all processes."""

import contextlib
import datetime as dt
import math
import secrets
import time
from collections.abc import Iterator

from django.core.cache import cache
from django.http import HttpRequest

from wellserved.platform.errors import TooMany
from wellserved.platform.http.addresses import client_address

# Whoever dies while counting holds up the others for this long at most.
_LEASE_SECONDS = 1
_PAUSE_SECONDS = 0.002


def take(key: str, *, limit: int, per: dt.timedelta, now: dt.datetime, cost: int = 1) -> int:
    """Count one use of `key` and return how many are left at once; raises TooMany with `retry_after` seconds.

    The allowance refills evenly (`limit` uses in each `per`), so a burst is bounded by `limit` and no window's edge
    lets two bursts through.
    """
    period = per.total_seconds()
    spacing = period / limit
    at = now.timestamp()
    slot = f"throttle:{key}:{limit}:{int(period)}"
    with _alone(slot):
        # The theoretical time at which the allowance is full again (the generic cell rate algorithm).
        full_at = max(cache.get(slot, at), at) + spacing * cost
        over = full_at - at - period
        if over > 1e-9:
            wait = max(1, math.ceil(over))
            raise TooMany(
                f"Too many requests: {limit} are allowed in {_spoken(period)}. Try again in {_spoken(wait)}.",
                retry_after=wait,
                limit=limit,
            )
        cache.set(slot, full_at, timeout=math.ceil(period) + 1)
    return int((period - (full_at - at)) / spacing + 1e-9)


def take_by_address(request: HttpRequest, what: str, *, limit: int, per: dt.timedelta, now: dt.datetime) -> int:
    """Count one use of `what` by whoever asks from this address; for pages open to strangers."""
    return take(f"{what}:{client_address(request)}", limit=limit, per=per, now=now)


@contextlib.contextmanager
def _alone(slot: str) -> Iterator[None]:
    """Hold the one lease on a key; whoever cannot have it within the lease's length goes on without."""
    lease, mine = f"{slot}:lease", secrets.token_hex(8)
    for _ in range(int(_LEASE_SECONDS / _PAUSE_SECONDS)):
        if cache.add(lease, mine, timeout=_LEASE_SECONDS):
            break
        time.sleep(_PAUSE_SECONDS)
    try:
        yield
    finally:
        if cache.get(lease) == mine:
            cache.delete(lease)


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    if whole % 3600 == 0:
        return "an hour" if whole == 3600 else f"{whole // 3600} hours"
    if whole % 60 == 0:
        return "a minute" if whole == 60 else f"{whole // 60} minutes"
    return "a second" if whole == 1 else f"{whole} seconds"
