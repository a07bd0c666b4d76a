"""What the pages of this family share."""

from typing import Any

from django.http import HttpRequest

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor


def next_url(request: HttpRequest, cursor: str | None) -> str:
    """Return the address of the rest of a list, or nothing."""
    query = request.GET.copy()
    query["after"] = cursor or ""
    return f"{request.path}?{query.urlencode()}" if cursor else ""


def staff_choices(actor: Actor, *, besides: int | None = None) -> list[tuple[int, str]]:
    """Return by name the staff of the actor's world, who are thanked and rewarded across teams. One query."""
    found = sorted(accounts.active_staff(world=actor.world), key=lambda user: (user.name, user.pk))
    return [(user.pk, user.name) for user in found if user.pk != besides]


def after(request: HttpRequest) -> dict[str, Any]:
    """Return where a list goes on, as its query takes it."""
    return {"cursor": request.GET.get("after") or None}
