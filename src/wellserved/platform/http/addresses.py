"""Whose address a request comes from, also behind proxies."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks: the peer's, or what trusted proxies say of theirs.

    X-Forwarded-For is read from the right, for whatever stands further left was written by somebody nobody vouches for.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    return first_untrusted(peer, forwarded.split(",") if forwarded else (), trusted=settings.TRUSTED_PROXIES)


def first_untrusted(peer: str, forwarded: Iterable[str], *, trusted: Iterable[Network]) -> str:
    """Return the nearest address that is no trusted proxy; of a chain that is trusted whole, the farthest.

    >>> proxies = [ipaddress.ip_network("10.0.0.0/8")]
    >>> first_untrusted("10.0.0.1", ["203.0.113.9", "198.51.100.7", "10.0.0.2"], trusted=proxies)
    '198.51.100.7'
    >>> first_untrusted("198.51.100.7", ["203.0.113.9"], trusted=proxies)
    '198.51.100.7'
    """
    networks = tuple(trusted)
    seen = peer
    for given in reversed(tuple(forwarded)):
        known = _read(seen)
        if known is None or not any(known in network for network in networks):
            return seen
        claimed = _read(given)
        if claimed is None:
            return seen
        seen = str(claimed)
    return seen


def _read(given: str) -> Address | None:
    try:
        address = ipaddress.ip_address(given.strip())
    except ValueError:
        return None
    # A proxy that listens on IPv6 sees IPv4 visitors under a mapped address.
    return getattr(address, "ipv4_mapped", None) or address
