"""Who asks: the one place that reads it off a request."""

from django.http import HttpRequest

from wellserved.apps.accounts.types import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, on a route whose policy lets only somebody in."""
    return request.actor  # type: ignore[attr-defined, no-any-return]
