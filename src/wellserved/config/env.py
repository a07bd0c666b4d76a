"""Read the environment, loud on junk."""

import importlib.util
import ipaddress
import os
import pathlib
import urllib.parse
import zoneinfo
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable, or `default` when it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return true for `1`/`true`, false for `0`/`false`."""
    given = text(name, "1" if default else "0").lower()
    if given in {"1", "true"}:
        return True
    if given in {"0", "false"}:
        return False
    raise ImproperlyConfigured(f"{name}={given}: use 1 or 0.")


def integer(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    given = text(name, str(default))
    try:
        return int(given)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name}={given}: use a whole number.") from wrong


def zone(name: str, default: str) -> str:
    """Return the variable as the name of a time zone."""
    given = text(name, default)
    try:
        return zoneinfo.ZoneInfo(given).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ImproperlyConfigured(f"{name}={given}: use the name of a time zone, such as {default}.") from wrong


def secret(name: str, *, kept_in: pathlib.Path) -> str:
    """Return the secret from NAME, from the file NAME_FILE, or from `kept_in`, made there on first use."""
    if given := text(name):
        return given
    if file := text(f"{name}_FILE"):
        return pathlib.Path(file).read_text(encoding="utf-8").strip()
    if not kept_in.exists():
        import secrets  # noqa: PLC0415 (needed once in the life of an installation)

        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return kept_in.read_text(encoding="utf-8").strip()


def database(url: str, *, var: pathlib.Path) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    if not url:
        url = f"sqlite:///{var / 'wellserved.sqlite3'}"
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": urllib.parse.unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": urllib.parse.unquote(parts.username or ""),
            "PASSWORD": urllib.parse.unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
        }
    raise ImproperlyConfigured(f"DATABASE_URL={url}: use sqlite:///path or postgres://user:password@host/name.")


def oidc() -> dict[str, Any]:
    """Return allauth's settings for the identity provider named by OIDC_*, or none of them when OIDC_URL is unset."""
    if not (url := text("OIDC_URL")):
        return {}
    client_id = text("OIDC_CLIENT_ID")
    if not client_id:
        raise ImproperlyConfigured("OIDC_URL is set without OIDC_CLIENT_ID: give the client id your provider issued.")
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": text("OIDC_ID", "sso"),
                    "name": text("OIDC_NAME", "single sign-on"),
                    "client_id": client_id,
                    "secret": text("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": url},
                }
            ],
        }
    }


def choices(name: str, *, allowed: Sequence[str]) -> frozenset[str]:
    """Return the variable as words, separated by commas, each of which is allowed."""
    given = frozenset(part.strip() for part in text(name).split(",") if part.strip())
    if unknown := given - set(allowed):
        raise ImproperlyConfigured(f"{name}: there is no {', '.join(sorted(unknown))}. Use {', '.join(allowed)}.")
    return given


def networks(name: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the variable as addresses and networks, separated by commas."""
    given = [part.strip() for part in text(name).split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(part) for part in given)
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"{name}={text(name)}: {wrong}. Use addresses or networks such as 127.0.0.1,10.0.0.0/8."
        ) from wrong


def cache(url: str, *, var: pathlib.Path) -> dict[str, Any]:
    """Return Django's settings for the cache that all processes share: a file of this machine, or `redis://host/0`."""
    if not url:
        backend, location = "wellserved.platform.shared_cache.SharedCache", str(var / "cache.sqlite3")
        return {"BACKEND": backend, "LOCATION": location, "OPTIONS": {"MAX_ENTRIES": 100_000}}
    if urllib.parse.urlsplit(url).scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(f"CACHE_URL={url}: use redis://host:6379/0, or nothing for a file of this machine.")
    if importlib.util.find_spec("redis") is None:
        raise ImproperlyConfigured("CACHE_URL names Redis, whose client is not installed: pip install redis")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
