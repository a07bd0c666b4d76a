"""Roles: the register, one with its packs and holders, and what each person has of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, F, Prefetch, Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import EDIT_PEOPLE, READ_PEOPLE
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.people.models import (
    Acknowledgement,
    InductionTask,
    JobRole,
    JobRoleVersion,
    RoleCriterion,
    RoleHolder,
    RoleSkill,
    RoleStep,
)
from wellserved.apps.people.types import RoleRequirement
from wellserved.apps.people.types.roles import By, Criterion, HolderRow, InductionRow, Pack, RoleDetail, RoleRow, Step
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World, in_world, world_of
from wellserved.platform.paging import Keyset

KIND = "people.role"
VIEWS = {"": "Those that hold", "drafts": "With a draft", "retired": "Retired"}
_BY_NAME = Keyset("name", "id")


def roles(
    *, actor: Actor, view: str = "", search: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[RoleRow, ...], str | None]:
    """Return one page of the register by name, and the cursor of the next. One query."""
    rows = _counted(visible_roles(actor=actor)).filter(name__icontains=search)
    rows = rows.exclude(retired_at=None) if view == "retired" else rows.filter(retired_at=None)
    if view == "drafts":
        rows = rows.filter(pk__in=JobRoleVersion.objects.filter(published_at=None).values("role"))
    page = _BY_NAME.page(rows, cursor=cursor, limit=limit)
    return tuple(_as_row(row, actor) for row in page.rows), page.next_cursor


def role(*, actor: Actor, role_id: int) -> RoleDetail:
    """Return one role with its packs and holders; drafts only to those who write them. Eleven queries."""
    row = _counted(visible_roles(actor=actor)).filter(pk=role_id).first()
    if row is None:
        raise NotFound("There is no such role.", code="role_not_found")
    packs = [as_pack(pack) for pack in _whole(row.versions.order_by("-number"))]
    writes = actor.can(EDIT_PEOPLE)
    return RoleDetail(
        row=_as_row(row, actor),
        pack=next((pack for pack in packs if pack.number == row.current), None),
        draft=next((pack for pack in packs if pack.published_at is None), None) if writes else None,
        versions=tuple(pack for pack in packs if pack.published_at),
        holders=holders_of(actor=actor, role_id=role_id),
    )


def holders_of(
    *, actor: Actor, role_id: int | None = None, user_id: int | None = None, running: bool = True
) -> tuple[HolderRow, ...]:
    """Return who has a role, or which roles somebody has, among those the actor may know of. Four queries."""
    names = {person.id: person.name for person in accounts.staff(actor=actor)}
    rows = in_world(RoleHolder.objects.filter(user_id__in=names), actor.world).select_related("role")
    rows = rows.filter(until=None) if running else rows
    rows = rows.filter(role=role_id) if role_id is not None else rows
    rows = rows.filter(user=user_id) if user_id is not None else rows
    if not actor.can(READ_PEOPLE):
        rows = rows.filter(user=actor.user_id)
    return _holders(rows, actor, names)


def own_rows(*, actor: Actor) -> QuerySet[RoleHolder]:
    """Return the rows of the roles the actor has; for this app alone."""
    rows = in_world(RoleHolder.objects.filter(user=actor.user_id, until=None), actor.world)
    return rows.select_related("role")


def _holders(rows: QuerySet[RoleHolder], actor: Actor, names: Mapping[int, str]) -> tuple[HolderRow, ...]:
    steps = Prefetch("induction", InductionTask.objects.order_by("due_on", "place"))
    found = list(rows.prefetch_related(steps).order_by("user__name", "role__name", "pk"))
    read = _read(found)
    return tuple(
        HolderRow(
            id=row.pk,
            user_id=row.user_id,
            name=names[row.user_id],
            role_id=row.role_id,
            role=row.role.name,
            number=row.number,
            since=row.since,
            until=row.until,
            induction=tuple(_as_induction(step, row, actor) for step in row.induction.all()),
            read=read.get((row.user_id, row.role_id), 0),
        )
        for row in found
    )


def own(*, actor: Actor) -> tuple[tuple[HolderRow, int], ...]:
    """Return the roles the actor has, each with the number of the pack in force. Four queries."""
    held = _holders(own_rows(actor=actor), actor, {actor.user_id: actor.name}) if actor.user_id else ()
    numbers = dict(JobRole.objects.filter(pk__in=[row.role_id for row in held]).values_list("pk", "current"))
    return tuple((row, numbers[row.role_id]) for row in held)


def numbers(*, ids: Collection[int]) -> dict[int, int]:
    """Return the number of the pack in force of each of these roles; one that is retired is left out. One query."""
    rows = JobRole.objects.filter(pk__in=ids, current__gt=0, retired_at=None)
    return dict(rows.values_list("pk", "current"))


def world(*, role_id: int) -> World | None:
    """Return in which world a role stands. One query."""
    origin = JobRole.objects.filter(pk=role_id).values_list("origin", flat=True).first()
    return world_of(origin) if origin else None


def packs_of(*, actor: Actor, role_ids: Collection[int]) -> dict[int, Pack]:
    """Return the pack in force of each of these roles. Four queries."""
    rows = JobRoleVersion.objects.filter(role__in=visible_roles(actor=actor).filter(pk__in=role_ids))
    return {row.role_id: as_pack(row) for row in _whole(rows.filter(number=F("role__current")))}


def visible_roles(*, actor: Actor) -> QuerySet[JobRole]:
    """Return the roles of the actor's world: staff read those that hold, those who write them also drafts."""
    rows = in_world(JobRole.objects.all(), actor.world)
    if not actor.automatic and actor.role not in STAFF_ROLES:
        return rows.none()
    return rows if actor.can(EDIT_PEOPLE) else rows.filter(current__gt=0)


def find_role(*, actor: Actor, role_id: int) -> JobRole:
    """Return a role's row; for this app alone. One query."""
    row = visible_roles(actor=actor).filter(pk=role_id).first()
    if row is None:
        raise NotFound("There is no such role.", code="role_not_found")
    return row


def find_holder(*, actor: Actor, holder_id: int) -> RoleHolder:
    """Return who has a role, if the actor may know of it; for this app alone. Two queries."""
    row = in_world(RoleHolder.objects.filter(pk=holder_id), actor.world).select_related("role").first()
    if row is None or not _knows(actor, row.user_id):
        raise NotFound("There is no such holder of a role.", code="holder_not_found")
    return row


def find_step(*, actor: Actor, task_id: int) -> InductionTask:
    """Return a step of an induction the actor may know of; for this app alone. Two queries."""
    rows = in_world(InductionTask.objects.filter(pk=task_id), actor.world, field="holder__origin")
    row = rows.select_related("holder").first()
    if row is None or not _knows(actor, row.holder.user_id):
        raise NotFound("There is no such step.", code="step_not_found")
    return row


def _knows(actor: Actor, user_id: int) -> bool:
    """Return whether the actor may know what roles somebody has: her own, or those of her staff list."""
    if not actor.can(READ_PEOPLE):
        return user_id == actor.user_id
    return user_id in accounts.visible_staff_ids(actor=actor, user_ids=[user_id])


def role_names(*, role_ids: Iterable[int]) -> dict[int, str]:
    """Return what roles are called, by id. One query."""
    return dict(JobRole.objects.filter(pk__in=set(role_ids)).values_list("pk", "name"))


def as_pack(row: JobRoleVersion) -> Pack:
    """Return a version as other layers may know it."""
    return Pack(
        id=row.pk,
        number=row.number,
        purpose=row.purpose,
        reports_to=row.reports_to,
        decides=row.decides,
        duties=tuple(row.duties),
        stages=tuple(row.stages),
        pass_mark=row.pass_mark,
        criteria=tuple(
            Criterion(id=each.pk, text=each.text, is_essential=each.is_essential, assessed_by=each.assessed_by)
            for each in row.criteria.all()
        ),
        skills=tuple(
            RoleRequirement(skill_id=each.skill_id, skill=each.skill.name, level=each.level)
            for each in row.skills.all()
        ),
        steps=tuple(Step(day=each.day, text=each.text, by=each.by) for each in row.steps.all()),
        published_at=row.published_at,
        published_by=row.published_by.name if row.published_by else "",
        reason=row.reason,
    )


def _whole(rows: QuerySet[JobRoleVersion]) -> QuerySet[JobRoleVersion]:
    return rows.select_related("published_by").prefetch_related(
        Prefetch("criteria", RoleCriterion.objects.order_by("place")),
        Prefetch("steps", RoleStep.objects.order_by("place")),
        Prefetch("skills", RoleSkill.objects.select_related("skill").order_by("skill__name", "pk")),
    )


def _counted(rows: QuerySet[JobRole]) -> QuerySet[JobRole]:
    return rows.annotate(
        people=Count("holders", filter=Q(holders__until=None), distinct=True),
        drafts=Count("versions", filter=Q(versions__published_at=None), distinct=True),
    )


def _as_row(row: JobRole, actor: Actor) -> RoleRow:
    return RoleRow(
        id=row.pk,
        name=row.name,
        current=row.current,
        holders=row.people,  # type: ignore[attr-defined]
        has_draft=actor.can(EDIT_PEOPLE) and row.drafts > 0,  # type: ignore[attr-defined]
        is_retired=row.retired_at is not None,
        version=row.version,
    )


def _as_induction(step: InductionTask, holder: RoleHolder, actor: Actor) -> InductionRow:
    return InductionRow(
        id=step.pk,
        due_on=step.due_on,
        text=step.text,
        by_name=str(By(step.by).label),
        done_at=step.done_at,
        is_mine=holder.user_id == actor.user_id,
    )


def _read(rows: Iterable[RoleHolder]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = defaultdict(int)
    wanted = list(rows)
    said = Acknowledgement.objects.filter(
        kind=KIND, record_id__in={row.role_id for row in wanted}, user_id__in={row.user_id for row in wanted}
    )
    for user_id, role_id, number in said.values_list("user_id", "record_id", "number"):
        found[user_id, role_id] = max(found[user_id, role_id], number)
    return found
