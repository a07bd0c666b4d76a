"""Who calls: the bearer of a token, or the person signed in to this browser."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from ninja.utils import check_csrf

from wellserved.api.declaring import SAFE_METHODS
from wellserved.apps.accounts import actions as accounts_actions
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.platform import clock, throttle
from wellserved.platform.errors import Refused, Unauthenticated

WRONG_TOKENS = 30
MINUTE = dt.timedelta(minutes=1)


def actor_of_request(request: HttpRequest) -> Actor | None:
    """Return who is asking: below `/api/` by token when one is sent, everywhere else by session alone."""
    given = request.headers.get("Authorization", "") if request.path.startswith("/api/") else ""
    if not given:
        return accounts.actor_of_request(request)
    scheme, _, raw = given.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Send a token as Authorization: Bearer <token>.", code="unknown_scheme")
    return _bearer(request, raw.strip())


def _bearer(request: HttpRequest, raw: str) -> Actor:
    now = clock.now()
    actor = accounts.actor_of_token(raw=raw, now=now) if raw.isascii() else None
    if actor is None:
        throttle.take_by_address(request, "api:wrong", limit=WRONG_TOKENS, per=MINUTE, now=now)
        raise Unauthenticated("This token is unknown, revoked or over. Make a new one in your settings.", code="token")
    if actor.token_id is not None:
        accounts_actions.note_token_use(token_id=actor.token_id, now=now)
    return actor


def check_same_site(request: HttpRequest, actor: Actor) -> None:
    """Refuse a change sent by a foreign page in the name of the person signed in; a token is its own proof."""
    if actor.token_id is None and request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise Refused("Send the CSRF token of your session in X-CSRFToken, or use an API token.", code="csrf")


def check_scope(actor: Actor, scope: str) -> None:
    """Refuse a token whose scopes do not reach this far."""
    if scope not in actor.scopes:
        raise Refused(f"This token may not {scope}. Make one with the scope {scope}.", code="scope", scope=scope)


def take_allowance(actor: Actor, *, now: dt.datetime) -> int:
    """Count a request against the caller's allowance and return what is left."""
    return throttle.take(f"api:{_caller(actor)}", limit=settings.API_REQUESTS_A_MINUTE, per=MINUTE, now=now)


def take_costly(actor: Actor, *, name: str, hourly: int, now: dt.datetime) -> None:
    """Count a request for something that takes long."""
    throttle.take(f"api:{_caller(actor)}:{name}", limit=hourly, per=dt.timedelta(hours=1), now=now)


def _caller(actor: Actor) -> str:
    return f"token:{actor.token_id}" if actor.token_id is not None else f"person:{actor.user_id}"
