"""What a group of colleagues kept of what was promised, never one of them."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock
from wellserved.platform.origin import in_world


def kept_by_group(
    *, actor: Actor, user_ids: Collection[int], metric: str, since: dt.date, until: dt.date
) -> tuple[int, int]:
    """Return how many promises of a metric on these people's tickets were kept, of how many, in [since, until).

    One query. Callers give groups that are large enough to say nothing of anybody in them.
    """
    rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=since, decided_on__lt=until, metric=metric, ticket__assignee__in=list(user_ids)
    )
    found = rows.order_by().aggregate(kept=Count("pk", filter=Q(is_kept=True)), total=Count("pk"))
    return found["kept"], found["total"]
