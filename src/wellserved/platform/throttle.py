"""So many in so long: limits by key, kept in the cache and counted exactly within a web process."""

import datetime as dt
import math
import threading

from django.core.cache import cache
from django.http import HttpRequest

from wellserved.platform.errors import TooMany

_lock = threading.Lock()


def take(key: str, *, limit: int, per: dt.timedelta, now: dt.datetime, cost: int = 1) -> int:
    """Count one use of `key` and return how many are left at once; raises TooMany with `retry_after` seconds.

    The allowance refills evenly (`limit` uses in each `per`), so a burst is bounded by `limit` and no window's edge
    lets two bursts through.
    """
    period = per.total_seconds()
    spacing = period / limit
    at = now.timestamp()
    slot = f"throttle:{key}:{limit}:{int(period)}"
    with _lock:
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
    return take(f"{what}:{request.META.get('REMOTE_ADDR', '')}", limit=limit, per=per, now=now)


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    if whole % 3600 == 0:
        return "an hour" if whole == 3600 else f"{whole // 3600} hours"
    if whole % 60 == 0:
        return "a minute" if whole == 60 else f"{whole // 60} minutes"
    return "a second" if whole == 1 else f"{whole} seconds"
