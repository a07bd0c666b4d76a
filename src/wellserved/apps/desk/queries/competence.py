"""Who may be given a ticket of a queue today, and where the cover of a queue has a gap.

Nothing here waits for a job: a skill is held or not on the day of asking.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count, Q

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk.models import QueueSkill, Ticket
from wellserved.apps.desk.queries import offers, scope
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.desk.types.competence import Asked, FirstTime, Lack, QueueCover
from wellserved.apps.people import queries as people
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world


def asked_by(*, actor: Actor, queue_id: int | None = None, skill_id: int | None = None) -> tuple[Asked, ...]:
    """Return what the queues in reach ask for, or one of them, or whoever asks for one skill. One query."""
    rows = QueueSkill.objects.filter(queue__in=scope.visible_queues(actor=actor)).select_related("queue", "skill")
    if queue_id is not None:
        rows = rows.filter(queue=queue_id)
    if skill_id is not None:
        rows = rows.filter(skill=skill_id)
    return tuple(
        Asked(
            queue_id=row.queue_id,
            queue=row.queue.name,
            skill_id=row.skill_id,
            skill=row.skill.name,
            level=row.level,
        )
        for row in rows.order_by("queue__name", "skill__name", "pk")
    )


def lacking(*, actor: Actor, queue_id: int, user_ids: Collection[int], on: dt.date) -> dict[int, tuple[Lack, ...]]:
    """Return what each of these people would need for a queue on a day and does not hold. Two queries, or one.

    Those who lack nothing are left out.
    """
    asked = asked_by(actor=actor, queue_id=queue_id)
    held = people.levels(actor=actor, user_ids=user_ids, skill_ids=[row.skill_id for row in asked], on=on)
    found = {
        user_id: tuple(
            Lack(skill_id=row.skill_id, skill=row.skill, needed=row.level, held=held.get((user_id, row.skill_id), 0))
            for row in asked
            if held.get((user_id, row.skill_id), 0) < row.level
        )
        for user_id in user_ids
    }
    return {user_id: lacks for user_id, lacks in found.items() if lacks}


def cover(*, actor: Actor, on: dt.date, skill_id: int | None = None) -> tuple[QueueCover, ...]:
    """Return for each queue in reach who holds what it asks for on a day. Six queries, however many queues."""
    asked = asked_by(actor=actor, skill_id=skill_id)
    if not asked:
        return ()
    teams = dict(scope.visible_queues(actor=actor).values_list("pk", "team"))
    staff = accounts.staff(actor=actor)
    held = people.levels(actor=actor, user_ids=[p.id for p in staff], skill_ids={row.skill_id for row in asked}, on=on)
    minimum = {row.id: row.minimum_cover for row in people.skills(actor=actor)}
    owners = _owners(actor, {row.queue_id for row in asked})
    return tuple(
        QueueCover(
            asked=row,
            able=tuple(p.name for p in staff if _is_able(p, row, teams, held)),
            needed=minimum[row.skill_id],
            held_back=sum(
                n
                for (queue_id, user_id), n in owners.items()
                if queue_id == row.queue_id and held.get((user_id, row.skill_id), 0) < row.level
            ),
        )
        for row in asked
    )


def cover_of_queue(*, actor: Actor, queue_id: int, on: dt.date) -> tuple[QueueCover, ...]:
    """Return what one queue asks for with who holds it on a day. Seven queries."""
    if not scope.visible_queues(actor=actor).filter(pk=queue_id).exists():
        raise NotFound("There is no such queue.", code="queue_not_found")
    return tuple(row for row in cover(actor=actor, on=on) if row.asked.queue_id == queue_id)


def first_time(*, actor: Actor, since: dt.datetime, now: dt.datetime) -> tuple[FirstTime, FirstTime]:
    """Return how many solved tickets took one reply: of owners who hold what their role requires today, and others.

    For those who have the staff list; owners whose role requires nothing are left out. Nobody is named. Ten queries.
    """
    on = clock.day_of(now)
    replies = Count("messages", filter=Q(messages__kind=MessageKind.REPLY))
    solved = scope.tickets_in_reach(actor=actor).filter(
        resolved_at__gte=since, resolved_at__lte=now, assignee__isnull=False
    )
    told = list(solved.order_by().annotate(replies=replies).values_list("assignee_id", "replies"))
    required = people.requirements(actor=actor, user_ids={user_id for user_id, _ in told}, on=on)
    lacking = {gap.user_id for gap in people.gaps(actor=actor, on=on, user_ids=list(required))}
    return (
        _first_time([row for row in told if row[0] in required.keys() - lacking]),
        _first_time([row for row in told if row[0] in lacking]),
    )


def _first_time(rows: Sequence[tuple[int, int]]) -> FirstTime:
    once = sum(replies == 1 for _, replies in rows)
    return FirstTime(people=len({user_id for user_id, _ in rows}), once=once, total=len(rows))


def _is_able(
    person: Person, asked: Asked, teams: Mapping[int, int | None], held: Mapping[tuple[int, int], int]
) -> bool:
    team = teams[asked.queue_id]
    return held.get((person.id, asked.skill_id), 0) >= asked.level and offers.answers(person, {team} if team else None)


def _owners(actor: Actor, queue_ids: Collection[int]) -> dict[tuple[int, int], int]:
    open_ones = Ticket.objects.filter(act_by__isnull=False, queue__in=queue_ids, assignee__isnull=False)
    rows = in_world(open_ones, actor.world).order_by().values_list("queue_id", "assignee_id")
    return {(queue_id, user_id): n for queue_id, user_id, n in rows.annotate(n=Count("pk"))}
