"""One's own development: what waits, what is planned, what is under way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.development.learning_sentences import say_waiting
from wellserved.apps.development.queries import needs, private, waiting
from wellserved.platform import clock
from wellserved.platform.http.access import needs as opened_to


@opened_to(policies.READ_STANDARDS)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, and what she is learning."""
    actor, now = actor_of(request), clock.now()
    rows = waiting.waiting(actor=actor, now=now)
    own = needs.narrowed(needs.analysis(actor=actor, now=now), view="all", search="", person_id=actor.user_id)
    records = [row for kind in private.FAMILIES for row in private.register(actor=actor, kind=kind, limit=20)[0]]
    context = {
        "rows": rows,
        "sentence": say_waiting(rows),
        "needs": own,
        "plans": needs.plans(actor=actor, person_id=actor.user_id, now=now),
        "records": [row for row in records if actor.user_id in {row.person_id, row.guide_id}],
        "families": private.FAMILIES,
    }
    return render(request, "development/home.html", context)
