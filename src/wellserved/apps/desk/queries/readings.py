"""What triggers and forecasts of risks read of the desk: measures as they stand now, and last year's own trouble."""

import dataclasses
import datetime as dt
import statistics

from django.db.models import Count, DateField, Q, QuerySet
from django.db.models.functions import TruncWeek

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock, Ticket
from wellserved.apps.desk.queries import lists, scope
from wellserved.apps.standards.types.risks import COUNTS, SHARES, Reading
from wellserved.platform.origin import in_world

WINDOW = dt.timedelta(hours=24)
DAYS = 60
WEEKS = 52
_VIEWS = {"overdue": "overdue", "unassigned": "unassigned", "open": "all_open"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Last year in weeks: contacts and late replies, and the worst of each.

    `surges` counts the weeks whose contacts exceed half as much again as the median week; `late_peaks` those in which
    late replies exceed twice the median week's.
    """

    weeks: int
    median_contacts: int
    peak_contacts: int
    peak_week: dt.date | None
    surges: int
    late: int
    late_peaks: int
    late_peak: int
    late_week: dt.date | None
    waiting_supplier: int


def reading(*, actor: Actor, measure: str, now: dt.datetime, with_days: bool = False) -> Reading:
    """Return what a measure says now. One query, and one more for its past days."""
    if measure in SHARES:
        kept, cases = _kept(actor, measure, now)
        days = _days(actor, measure, now) if with_days else ()
        return Reading(value=kept / cases if cases else None, cases=cases, days=days)
    if measure not in COUNTS:
        return Reading(value=None)
    rows = scope.tickets_in_reach(actor=actor).order_by()
    if measure == "arrivals":
        return Reading(value=rows.filter(opened_at__gt=now - WINDOW, opened_at__lte=now).count())
    return Reading(value=rows.filter(lists.view_filter(_VIEWS[measure], actor=actor, now=now)).count())


def _kept(actor: Actor, metric: str, now: dt.datetime) -> tuple[int, int]:
    rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=(now - WINDOW).date(), metric=metric, decided_at__gt=now - WINDOW, decided_at__lte=now
    )
    found = rows.order_by().aggregate(cases=Count("pk"), kept=Count("pk", filter=Q(is_kept=True)))
    return found["kept"], found["cases"]


def _days(actor: Actor, metric: str, now: dt.datetime) -> tuple[tuple[int, int], ...]:
    """Return kept and total of each past whole day, the oldest first."""
    today = now.date()
    rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=today - dt.timedelta(days=DAYS), decided_on__lt=today, metric=metric
    )
    counted = rows.order_by("decided_on").values_list("decided_on")
    found = counted.annotate(kept=Count("pk", filter=Q(is_kept=True)), cases=Count("pk"))
    return tuple((kept, cases) for _, kept, cases in found)


def past_year(*, actor: Actor, now: dt.datetime) -> Past:
    """Return the last 52 whole weeks of what the actor may see. Three queries."""
    monday = now.date() - dt.timedelta(days=now.date().weekday())
    first = monday - dt.timedelta(weeks=WEEKS)
    begin, end = (dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) for day in (first, monday))
    tickets = scope.tickets_in_reach(actor=actor).filter(opened_at__gte=begin, opened_at__lt=end).order_by()
    contacts = _by_week(tickets, "opened_at")
    late_rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=first, decided_on__lt=monday, is_kept=False
    )
    late = _by_week(late_rows.order_by(), "decided_on")
    median = int(statistics.median(contacts.values())) if contacts else 0
    usual_late = statistics.median(late.values()) if late else 0
    waiting = Ticket.objects.filter(pk__in=tickets, clocks__metric="supplier", clocks__is_kept=False)
    return Past(
        weeks=len(contacts),
        median_contacts=median,
        peak_contacts=max(contacts.values(), default=0),
        peak_week=max(contacts, key=lambda week: contacts[week], default=None),
        surges=sum(n > 1.5 * median for n in contacts.values()),
        late=sum(late.values()),
        late_peaks=sum(n > 2 * usual_late for n in late.values()),
        late_peak=max(late.values(), default=0),
        late_week=max(late, key=lambda week: late[week], default=None),
        waiting_supplier=waiting.count(),
    )


def _by_week(rows: QuerySet[scope.M], field: str) -> dict[dt.date, int]:
    found = rows.annotate(week=TruncWeek(field, output_field=DateField())).values_list("week").annotate(n=Count("pk"))
    return dict(found)
