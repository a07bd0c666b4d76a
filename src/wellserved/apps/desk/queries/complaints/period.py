"""What was praised and complained of in a period, in counts: what a review of both begins with."""

import datetime as dt
from collections import Counter

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.complaints import Cause, Outcome, PeriodFigures
from wellserved.apps.desk.types.states import Kind


def period(*, actor: Actor, since: dt.datetime, until: dt.datetime) -> PeriodFigures:
    """Return what came in and was decided between two moments, complaints about colleagues left out. Three queries.

    A review is read by many, so what is kept from most enters no figure of it, whoever asks.
    """
    seen = scope.visible_complaints(actor=actor).filter(is_restricted=False).order_by()
    received = seen.filter(received_at__gte=since, received_at__lt=until)
    decided = seen.filter(decided_at__gte=since, decided_at__lt=until).exclude(outcome="")
    pairs = list(decided.values_list("outcome", "cause"))
    praise = scope.visible_tickets(actor=actor).filter(kind=Kind.COMPLIMENT, opened_at__gte=since, opened_at__lt=until)
    return PeriodFigures(
        received=received.count(),
        decided=len(pairs),
        outcomes=_named(Counter(outcome for outcome, _ in pairs), dict(Outcome.choices)),
        causes=_named(Counter(cause for _, cause in pairs if cause), dict(Cause.choices)),
        compliments=praise.order_by().count(),
    )


def _named(found: Counter[str], names: dict[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((names[key], count) for key, count in found.most_common())
