"""Which addresses outside the product may be asked: https, by name, and never a machine of the house."""

import concurrent.futures
import dataclasses
import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from wellserved.platform.errors import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST_URL = 2000
_NO_ADDRESS = "This is no address. Give one such as https://example.org/holidays.ics."
# All of IPv6 that is given out to the public, but for the networks that wrap an IPv4 address of anybody's.
_PUBLIC = ipaddress.ip_network("2000::/3")
_WRAPPING = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to connect: the address that was resolved and judged, and the name that is asked for."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def authority(self) -> str:
        """Return the host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


def judge(url: str, *, allowed: Collection[str] = (), seconds: float) -> Target:
    """Return where an address leads, or say why it is not asked.

    Every address the name resolves to must be public; the one returned is the one to connect to, so that a name that
    resolves otherwise a moment later changes nothing. `allowed` names hosts with ports, such as "127.0.0.1:8080", that
    the installation trusts: they may be internal and without encryption.
    """
    scheme, host, port, path = _read(url)
    trusted = f"{host}:{port}" in allowed
    if not trusted:
        if scheme != "https":
            raise _no("Give an address that begins with https://, so that nobody on the way can change it.", "scheme")
        if port != 443:
            raise _no("Give an address on the usual port of https, without a number of its own.", "port")
    found = _resolve(host, port, seconds=seconds)
    if not trusted and not all(_is_public(address) for address in found):
        raise _no(
            f"{host} is a machine inside the house or none at all; only public addresses are read. "
            "Upload the file instead.",
            "internal",
        )
    return Target(scheme=scheme, host=host, port=port, path=path, address=str(found[0]))


def _read(url: str) -> tuple[str, str, int, str]:
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _no(_NO_ADDRESS, "unreadable") from None
    is_plain = len(url) <= LONGEST_URL and url.isprintable() and " " not in url
    if not is_plain or parts.scheme not in {"http", "https"} or not host:
        raise _no(_NO_ADDRESS, "unreadable")
    if parts.username is not None or parts.password is not None:
        raise _no("Give an address without a name and password in it: they would be kept readable.", "credentials")
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path.encode("ascii")
    except UnicodeError:
        raise _no("Give the address as the browser shows it when copied, in plain letters.", "unreadable") from None
    return parts.scheme, host.rstrip("."), port or (443 if parts.scheme == "https" else 80), path


def _resolve(host: str, port: int, *, seconds: float) -> list[Address]:
    """Return what a name stands for, asked for no longer than so many seconds."""
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=1)
    try:
        asked = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = asked.result(timeout=seconds)
    except (OSError, UnicodeError, concurrent.futures.TimeoutError):
        raise _no(
            f"There is no machine called {host}, or nobody could say where it is. Check the address.", "unknown"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _is_public(address: Address) -> bool:
    """Return whether an address is anybody's: not private, of this machine, of this network, or of a group.

    >>> found = ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "2002:a00:1::")
    >>> [_is_public(ipaddress.ip_address(text)) for text in found]
    [True, False, False, False]
    """
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return _is_public(mapped)
    if address.version == 6 and (address not in _PUBLIC or any(address in network for network in _WRAPPING)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _no(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=f"address_{code}", field="url")
