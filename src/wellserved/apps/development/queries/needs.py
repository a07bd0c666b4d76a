"""The training needs analysis: what people lack, worked out and named, the worst for the desk first."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.development import models
from wellserved.apps.development.queries import not_understood, reach
from wellserved.apps.development.types.learning import (
    RANK,
    Measure,
    NeedRow,
    NeedState,
    PlanRow,
    PlanState,
    Priority,
    Source,
)
from wellserved.apps.people import queries as people
from wellserved.apps.people.queries import matrix
from wellserved.apps.people.types import ABLE, Cover
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.ui.formatting import format_day

SOON = dt.timedelta(days=60)
_FAR = dt.date(9999, 1, 1)
VIEWS = {"all": "All", "unplanned": "Without a plan", "planned": "With a plan"}


def analysis(*, actor: Actor, now: dt.datetime) -> tuple[NeedRow, ...]:
    """Return every need of those the actor may read of, the worst for the desk first. Constant queries.

    Gaps of the role, certificates that end and what was not understood are worked out anew each time; what somebody
    named or commented on is kept. A need of the same person and skill shows once, as it is kept.
    """
    staff = accounts.staff(actor=actor)
    names = reach.learners(actor=actor, staff=staff)
    rows = _of_skills(actor, staff, names, now)
    kept = {(row.person_id, row.what) for row in rows}
    return _ordered([*rows, *(row for row in _not_understood(actor, kept) if row.person_id in names)])


def _ordered(rows: Iterable[NeedRow]) -> tuple[NeedRow, ...]:
    return tuple(sorted(rows, key=lambda row: (RANK[Priority(row.priority)], row.due_on or _FAR, row.person, row.what)))


def _not_understood(actor: Actor, kept: Collection[tuple[int, str]]) -> Iterator[NeedRow]:
    for lack in not_understood.lacks(actor=actor):
        if (lack.user_id, lack.what) not in kept:
            yield _line(
                person=(lack.user_id, lack.name), skill=(None, lack.what), level=None, held=0,
                source=Source.UNDERSTANDING, due_on=None, priority=Priority.ROLE, at_stake=lack.why,
            )  # fmt: skip


def _of_skills(actor: Actor, staff: Sequence[Person], names: dict[int, str], now: dt.datetime) -> tuple[NeedRow, ...]:
    """Return what is kept, and what roles ask for and certificates end. Twelve queries at most."""
    cover = {row.skill.id: row for row in people.cover(actor=actor, on=clock.day_of(now), staff=staff)}
    kept = tuple(_kept(actor, names, cover))
    by_skill = {(row.person_id, row.skill_id) for row in kept if row.skill_id}
    found = [
        row
        for row in _worked_out(actor, staff, cover, now)
        if row.person_id in names and (row.person_id, row.skill_id) not in by_skill
    ]
    return (*kept, *found)


def uncovered(*, actor: Actor, now: dt.datetime) -> tuple[NeedRow, ...]:
    """Return the needs that leave the desk short and that nobody has planned for."""
    staff = accounts.staff(actor=actor)
    rows = _ordered(_of_skills(actor, staff, reach.learners(actor=actor, staff=staff), now))
    return tuple(row for row in rows if row.priority in {Priority.SHORT, Priority.SINGLE} and row.plan_id is None)


def _worked_out(actor: Actor, staff: Sequence[Person], cover: dict[int, Cover], now: dt.datetime) -> Iterator[NeedRow]:
    today, known = clock.day_of(now), set()
    for gap in people.gaps(actor=actor, on=today, staff=staff):
        known.add((gap.user_id, gap.skill_id))
        source = Source.EXPIRY if gap.expires_on and gap.expires_on < today else Source.GAP
        yield _row(
            person=(gap.user_id, gap.name), skill=(gap.skill_id, gap.skill), level=gap.needed, held=gap.held,
            source=source, due_on=gap.expires_on if source == Source.EXPIRY else None, cover=cover,
        )  # fmt: skip
    for held in matrix.expiring(actor=actor, on=today, within=SOON):
        if held.level >= ABLE and (held.user_id, held.skill_id) not in known:
            yield _row(
                person=(held.user_id, held.name), skill=(held.skill_id, held.skill), level=held.level,
                held=0 if held.is_over else held.level, source=Source.EXPIRY, due_on=held.expires_on, cover=cover,
            )  # fmt: skip


def _row(
    *,
    person: tuple[int, str],
    skill: tuple[int, str],
    level: int,
    held: int,
    source: str,
    due_on: dt.date | None,
    cover: dict[int, Cover],
) -> NeedRow:
    priority, at_stake = weigh(cover.get(skill[0]), person_id=person[0], source=source, due_on=due_on)
    return _line(
        person=person, skill=skill, level=level, held=held, source=source, due_on=due_on, priority=priority,
        at_stake=at_stake,
    )  # fmt: skip


def _line(
    *,
    person: tuple[int, str],
    skill: tuple[int | None, str],
    level: int | None,
    held: int,
    source: str,
    due_on: dt.date | None,
    priority: str,
    at_stake: str,
) -> NeedRow:
    """Return a need nobody has taken up yet."""
    return NeedRow(
        id=None,
        person_id=person[0],
        person=person[1],
        skill_id=skill[0],
        what=skill[1],
        level=level,
        held=held,
        source=source,
        source_name=Source(source).label,
        due_on=due_on,
        priority=priority,
        at_stake=at_stake,
        words="",
        comment="",
        commented_by="",
        plan_id=None,
        plan_by=None,
        version=0,
    )


def weigh(cover: Cover | None, *, person_id: int, source: str, due_on: dt.date | None) -> tuple[str, str]:
    """Return what breaks on the desk without this person's skill: a priority and a sentence."""
    if cover is None:
        return Priority.WISH, "Nothing on the desk waits for it"
    needed, able = cover.skill.minimum_cover, len([pk for pk in cover.holder_ids if pk != person_id])
    ends = f" from {format_day(due_on)}" if due_on and person_id in cover.holder_ids else ""
    if able < needed:
        return Priority.SHORT, f"{able} of the {needed} who must be able to do it alone{ends}"
    if able == 1:
        return Priority.SINGLE, f"Only one other colleague can do it alone{ends}"
    if source in {Source.NAMED, Source.LEADER}:
        return Priority.WISH, f"{able} others can do it alone; {needed} are needed"
    return Priority.ROLE, f"Her role asks for it; {able} others can do it alone"


def _kept(actor: Actor, names: dict[int, str], cover: dict[int, Cover]) -> Iterator[NeedRow]:
    rows = reach.in_reach(models.Need.objects.filter(state=NeedState.OPEN, person__in=names), actor=actor)
    planned = models.LearningPlan.objects.filter(need__in=rows, state=PlanState.PLANNED).order_by("-by_on")
    plans = {need: (pk, by) for need, pk, by in planned.values_list("need", "pk", "by_on")}
    for row in rows.select_related("skill", "commented_by").order_by("pk"):
        priority, at_stake = weigh(
            cover.get(row.skill_id or 0), person_id=row.person_id, source=row.source, due_on=None
        )
        plan_id, plan_by = plans.get(row.pk, (None, None))
        held = {pk for line in (cover.get(row.skill_id or 0),) if line for pk in line.holder_ids}
        yield NeedRow(
            id=row.pk,
            person_id=row.person_id,
            person=names[row.person_id],
            skill_id=row.skill_id,
            what=row.what,
            level=row.level,
            held=ABLE if row.person_id in held else 0,
            source=row.source,
            source_name=Source(row.source).label,
            due_on=None,
            priority=priority,
            at_stake=at_stake,
            words=row.words,
            comment=row.comment,
            commented_by=row.commented_by.name if row.commented_by else "",
            plan_id=plan_id,
            plan_by=plan_by,
            version=row.version,
        )


def narrowed(rows: tuple[NeedRow, ...], *, view: str, search: str, person_id: int | None = None) -> tuple[NeedRow, ...]:
    """Return the rows a reader asked for."""
    wanted = {"unplanned": False, "planned": True}.get(view)
    return tuple(
        row
        for row in rows
        if (wanted is None or (row.plan_id is not None) == wanted)
        and (person_id is None or row.person_id == person_id)
        and search.lower() in f"{row.person} {row.what}".lower()
    )


def find(*, actor: Actor, need_id: int) -> models.Need:
    """Return one need the actor may read, or say there is none; for this app alone. Two queries at most."""
    row = reach.in_reach(models.Need.objects.filter(pk=need_id), actor=actor).select_related("person").first()
    if row is None:
        raise NotFound("There is no such learning need.", code="need_not_found")
    return row


def plans(
    *, actor: Actor, person_id: int | None = None, view: str = "planned", now: dt.datetime
) -> tuple[PlanRow, ...]:
    """Return the learning plans the actor may read, by their days. Two queries at most; `view` is planned or all."""
    rows = reach.in_reach(models.LearningPlan.objects.all(), actor=actor)
    if person_id is not None:
        rows = rows.filter(person=person_id)
    if view == "planned":
        rows = rows.filter(state=PlanState.PLANNED)
    loaded = rows.select_related("person", "owner", "need", "event__course").order_by("by_on", "pk")[:200]
    return tuple(plan_row(row, today=clock.day_of(now)) for row in loaded)


def plan(*, actor: Actor, plan_id: int, now: dt.datetime) -> PlanRow:
    """Return one learning plan. Two queries at most."""
    return plan_row(find_plan(actor=actor, plan_id=plan_id), today=clock.day_of(now))


def find_plan(*, actor: Actor, plan_id: int) -> models.LearningPlan:
    """Return one plan the actor may read, or say there is none; for this app alone."""
    rows = reach.in_reach(models.LearningPlan.objects.filter(pk=plan_id), actor=actor)
    row = rows.select_related("person", "owner", "need__skill", "event__course").first()
    if row is None:
        raise NotFound("There is no such learning plan.", code="learning_plan_not_found")
    return row


def plan_row(row: models.LearningPlan, *, today: dt.date) -> PlanRow:
    """Return the row as other layers may know it."""
    return PlanRow(
        id=row.pk,
        need_id=row.need_id,
        person_id=row.person_id,
        person=row.person.name,
        what=row.need.what,
        skill_id=row.need.skill_id,
        level=row.need.level,
        measure=row.measure,
        measure_name=Measure(row.measure).label,
        how=row.how,
        event_id=row.event_id,
        event_title=f"{row.event.course.title}, {format_day(clock.day_of(row.event.starts_at))}" if row.event else "",
        by_on=row.by_on,
        is_late=row.state == PlanState.PLANNED and row.by_on < today,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        state=row.state,
        state_name=PlanState(row.state).label,
        done_on=row.done_on,
        outcome=row.outcome,
        version=row.version,
    )
