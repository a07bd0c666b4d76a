"""Today in figures."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from wellserved.api.shapes import overview as shapes
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TODAY
from wellserved.apps.desk import queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Today"])


@router.get("", response=shapes.Today, summary="Read Today")
@needs(READ_TODAY)
def read_today(request: HttpRequest) -> Any:
    """Whether promises are kept, what is open, and what needs somebody now."""
    actor, now = actor_of(request), clock.now()
    return {
        "promises": queries.promise_summary(actor=actor, now=now),
        "attention": list(queries.attention(actor=actor, now=now)),
    }
