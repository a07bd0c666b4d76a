"""The cards of this app: keeping customers informed, reassuring them, and what is likely to go wrong."""

import datetime as dt
from collections import Counter

from django.db.models import Case, Count, Exists, OuterRef, Q, Sum, When

from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters
from wellserved.apps.desk.models import Clock, ComfortCheck, TicketEvent
from wellserved.apps.desk.queries import competence, scope
from wellserved.apps.desk.types import Kind
from wellserved.apps.desk.types.updates import UNEASY
from wellserved.apps.people import cards
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day, format_percent
from wellserved.science.calendars import EventKind

REASSURE = "negotiating-and-reassuring"
_DAYS, _HALF_A_YEAR = 90, 182
# A figure of fewer people is a figure of somebody.
_FEWEST = 3
# The clocks of a customer who waits to hear from us.
_HEARD = ("first_reply", "next_reply", "keep_informed")
_SILENT = dt.timedelta(days=2)


def register() -> None:
    """Make the cards known; called once when Django starts."""
    _register_competence()
    cards.register(
        cards.Card(
            key="keeping-informed",
            rows=("F17-K8",),
            title="Keeping customers informed",
            points=(
                "Silence reads as neglect: people who know what happens and when wait far more patiently.",
                "Say what was done, what comes next and by when; say so too when there is nothing new.",
                "A promise of the next word costs a minute; its absence costs a second call.",
            ),
            applied=_say_silence,
            url="/updates-due",
        )
    )
    cards.register(
        cards.Card(
            key=REASSURE,
            rows=("F6-K4",),
            title="Negotiating with and reassuring a customer",
            points=(
                "Let her finish, say back what it means for her, and say sorry for that before you explain anything.",
                "Ask what would put it right. What she needs is often less than what she demands, and not the same.",
                "Offer two things you can do within your limit, each with its time; trade amount for time.",
                "Say no once, with the reason, and say in the same breath what you can do.",
                "End with what was agreed, in her words, and ask whether she is comfortable with it.",
            ),
            applied=_say_ease,
            url="/inbox?view=all_open",
        )
    )
    cards.register(
        cards.Card(
            key="likely-contingencies",
            rows=("F17-K3", "POC-K4"),
            title="What is likely to go wrong",
            points=(
                "Ask of each: people absent, demand surging, a system down, a supplier failing, weather, data lost.",
                "Your own past tells which come back: look where promises broke together, and in which weeks.",
                "Weigh how likely and how bad; write down the first three steps for those that are both.",
            ),
            applied=_say_worst_week,
            url="/standards",
        )
    )


def _register_competence() -> None:
    cards.register(
        cards.Card(
            key="competence-and-support",
            rows=("F17-K5",),
            title="Competence and support",
            points=(
                "A standard is kept by people who can: look at what the role requires before you look at effort.",
                "Help comes first where the gap costs a customer most, and is agreed with whoever has it.",
                "Support is time, a colleague beside her and a fair chance to practise, before any course.",
            ),
            applied=_say_competence,
            url="/people/skills",
        )
    )


def _say_silence(actor: Actor, now: dt.datetime) -> str:
    clocks = in_world(Clock.objects.filter(metric="keep_informed", decided_at__lte=now), actor.world).filter(
        decided_on__gte=(now - dt.timedelta(days=_DAYS)).date()
    )
    clocks = clocks if actor.sees_all_teams else clocks.filter(queue__in=scope.visible_queues(actor=actor))
    told = clocks.aggregate(due=Count("pk"), kept=Count("pk", filter=Q(is_kept=True)))
    waiting = scope.tickets_in_reach(actor=actor).filter(
        act_by__isnull=False, last_message_kind="customer", last_message_at__lt=now - _SILENT
    )
    said = f"In {_DAYS} days {told['kept']:,} of {told['due']:,} updates due were sent in time." if told["due"] else ""
    compared = "".join(f" {each}" for each in _compare(actor, now))
    return f"{said}{compared} {waiting.count():,} open tickets wait over two days for our answer.".strip()


def _compare(actor: Actor, now: dt.datetime) -> list[str]:
    """Say what became of tickets whose customer heard from us in time, and late; no proof of cause. One query.

    What they say of it themselves is for surveys; complaints and reopening are what the desk's own records tell.
    """
    since = now - dt.timedelta(days=_DAYS)
    heard = Clock.objects.filter(ticket=OuterRef("pk"), metric__in=_HEARD, decided_at__lte=now)
    reopened = TicketEvent.objects.filter(ticket=OuterRef("pk"), kind=EventKind.REOPENED).exclude(
        detail__has_key=adapters.CALLED_BACK
    )
    rows = (
        scope.tickets_in_reach(actor=actor)
        .filter(Exists(heard), opened_at__gt=since, opened_at__lte=now)
        .annotate(
            is_late=Exists(heard.filter(is_kept=False)),
            complained=Case(When(Q(kind=Kind.COMPLAINT) | Q(complaint__isnull=False), then=1), default=0),
            came_back=Case(When(Exists(reopened), then=1), default=0),
        )
    )
    grouped = rows.order_by().values("is_late")
    counted = grouped.annotate(n=Count("pk"), complaints=Sum("complained"), again=Sum("came_back"))
    return [
        f"{'Heard from late' if each['is_late'] else 'Heard from in time'}: {_share(each['complaints'], each['n'])} "
        f"complained, {_share(each['again'], each['n'])} had to come back."
        for each in sorted(counted, key=lambda each: each["is_late"])
    ]


def _share(some: int, all_: int) -> str:
    return f"{some:,} of {all_:,} ({format_percent(some / all_)})"


def _say_ease(actor: Actor, now: dt.datetime) -> str:
    rows = scope.of_visible_tickets(
        ComfortCheck.objects.filter(asked_at__gt=now - dt.timedelta(days=_DAYS), asked_at__lte=now), actor=actor
    )
    uneasy = Q(answer__in=UNEASY)
    found = rows.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=~Q(answer="")),
        uneasy=Count("pk", filter=uneasy),
        settled=Count("pk", filter=uneasy & Q(settled_at__isnull=False)),
    )
    if not found["asked"]:
        return "Nobody here has been asked yet whether she is comfortable; the reply can ask it for you."
    return (
        f"In {_DAYS} days {found['asked']:,} customers were asked whether they are comfortable: {found['answered']:,} "
        f"answered, {found['uneasy']:,} with a no or a concern, and {found['settled']:,} of those were put at ease."
    )


def _say_worst_week(actor: Actor, now: dt.datetime) -> str:
    since = (now - dt.timedelta(days=_HALF_A_YEAR)).date()
    rows = in_world(Clock.objects.filter(decided_on__gte=since, decided_at__lte=now, is_kept=False), actor.world)
    rows = rows if actor.sees_all_teams else rows.filter(queue__in=scope.visible_queues(actor=actor))
    weeks: Counter[tuple[dt.date, str]] = Counter()
    for day, queue, count in rows.order_by().values_list("decided_on", "queue__name").annotate(n=Count("pk")):
        weeks[day - dt.timedelta(days=day.weekday()), queue] += count
    if not weeks:
        return "No promise was broken here in the last half year."
    (monday, queue), most = max(weeks.items(), key=lambda item: (item[1], item[0]))
    return (
        f"Of {weeks.total():,} promises broken in half a year {most:,} broke in the week of {format_day(monday)} in "
        f"{queue}. What happened there?"
    )


def _say_competence(actor: Actor, now: dt.datetime) -> str:
    """Say how many tickets took one reply by whether the owner holds what her role requires; never of a few people."""
    if not actor.can(READ_PEOPLE):
        return ""
    able, others = competence.first_time(actor=actor, since=now - dt.timedelta(days=_DAYS), now=now)
    if min(able.people, others.people) < _FEWEST:
        return ""
    return (
        f"In {_DAYS} days {able.once:,} of {able.total:,} tickets were settled with one reply by the {able.people} who "
        f"hold what their role requires, {others.once:,} of {others.total:,} by the {others.people} others. "
        "Other causes may be at work."
    )
