"""What became of the tickets of each team's queues: late promises and referrals, each with what they are counted of."""

import datetime as dt

from django.db.models import Count, Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock, Referral
from wellserved.apps.desk.queries import scope
from wellserved.platform.origin import in_world


def outcomes(*, actor: Actor, since: dt.datetime, until: dt.datetime) -> dict[int, tuple[int, int, int, int]]:
    """Return by team (late clocks, clocks decided, tickets referred, tickets) in a span. Three queries."""
    clocks = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=since.date(), decided_at__gt=since, decided_at__lte=until, queue__team__isnull=False
    )
    if not actor.sees_all_teams:
        clocks = clocks.filter(queue__team__in=actor.team_ids)
    decided = (
        clocks.order_by().values_list("queue__team").annotate(n=Count("pk"), late=Count("pk", filter=Q(is_kept=False)))
    )
    tickets = scope.tickets_in_reach(actor=actor).filter(opened_at__gt=since, opened_at__lte=until)
    opened = dict(tickets.order_by().values_list("queue__team").annotate(n=Count("pk")))
    asked = Referral.objects.filter(ticket__in=tickets.order_by())
    referred = dict(asked.order_by().values_list("ticket__queue__team").annotate(n=Count("ticket", distinct=True)))
    return {team: (late, n, referred.get(team, 0), opened.get(team, 0)) for team, n, late in decided}
