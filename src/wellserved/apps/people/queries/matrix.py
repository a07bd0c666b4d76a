"""The skills matrix, what runs out, and one skill's own record."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import F, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.people.models import RoleSkill, Skill, StaffProfile, StaffSkill
from wellserved.apps.people.queries import competence
from wellserved.apps.people.queries.staff import as_skill_row, find_skill, skills
from wellserved.apps.people.types import ABLE, RoleRequirement, SkillRow
from wellserved.apps.people.types.matrix import (
    SHOWN_SKILLS,
    Cell,
    CoverDay,
    Expiry,
    Matrix,
    MatrixFilters,
    MatrixRow,
    SkillCover,
    SkillDetail,
    SkillHolder,
)
from wellserved.platform.origin import in_world

PAGE = 50
SOON = dt.timedelta(days=30)
AHEAD = dt.timedelta(days=90)
Held = Mapping[tuple[int, int], StaffSkill]


def matrix(*, actor: Actor, filters: MatrixFilters, on: dt.date, limit: int | None = PAGE) -> Matrix:
    """Return one page of people against skills, or everybody without a limit. Eight queries, however many people."""
    staff, every = accounts.staff(actor=actor), skills(actor=actor)
    held = _held([person.id for person in staff], [row.id for row in every])
    required = competence.requirements(actor=actor, user_ids=[person.id for person in staff], on=on)
    weeks = _weeks(staff)
    cover = tuple(_cover(row, staff, held, weeks, on) for row in every)
    shown = _columns(cover, filters, every_one=limit is None)
    near = {user_id for (user_id, _), row in held.items() if _is_near(row, on)}
    lacking = {
        user_id
        for user_id, rows in required.items()
        if any(competence.level_on(held.get((user_id, row.skill_id)), on) < row.level for row in rows)
    }
    views = {"gaps": lacking, "expiring": near}
    wanted = [p for p in staff if _is_wanted(p, filters) and p.id in views.get(filters.view, {p.id})]
    at = next((place + 1 for place, p in enumerate(wanted) if p.id == filters.after), 0)
    page = wanted[at : at + limit] if limit else wanted
    return Matrix(
        rows=tuple(_row(person, shown, held, required.get(person.id, ()), on) for person in page),
        shown=shown,
        cover=cover,
        groups=tuple(sorted({row.group for row in every if row.group})),
        people=len(wanted),
        running_out=sum(_is_near(row, on) for row in held.values()),
        next_after=page[-1].id if limit and len(wanted) > at + limit else None,
    )


def expiring(*, actor: Actor, on: dt.date, within: dt.timedelta = SOON, mine: bool = False) -> tuple[Expiry, ...]:
    """Return what has run out or does within a time, the soonest first: her own, or of all she knows. One query."""
    rows = expiring_rows(actor=actor, on=on, within=within, mine=mine).select_related("skill", "user")
    return tuple(
        Expiry(
            user_id=row.user_id,
            name=row.user.name,
            skill_id=row.skill_id,
            skill=row.skill.name,
            level=row.level,
            expires_on=row.expires_on,
            days=(row.expires_on - on).days,
        )
        for row in rows.order_by("expires_on", "user__name", "pk")
        if row.expires_on
    )


def expiring_rows(
    *, actor: Actor, on: dt.date, within: dt.timedelta = SOON, mine: bool = False
) -> QuerySet[StaffSkill]:
    """Return the rows of what runs out; for this app alone."""
    rows = in_world(
        StaffSkill.objects.filter(level__gt=0, expires_on__lte=on + within), actor.world, field="skill__origin"
    )
    if mine or not actor.can(READ_PEOPLE):
        return rows.filter(user=actor.user_id)
    return rows.filter(user__in=accounts.known(actor=actor))


def skill(*, actor: Actor, skill_id: int, on: dt.date) -> SkillDetail:
    """Return one skill with everybody it concerns, and how its cover changes over 90 days. Seven queries."""
    row = as_skill_row(find_skill(actor=actor, skill_id=skill_id))
    staff = accounts.staff(actor=actor)
    ids = [person.id for person in staff]
    held = _held(ids, [row.id])
    required = competence.requirements(actor=actor, user_ids=ids, on=on)
    cells = ((person, _cell(row.id, person.id, held, required.get(person.id, ()), on)) for person in staff)
    roles = RoleSkill.objects.filter(skill=row.id, pack__number=F("pack__role__current"), pack__role__retired_at=None)
    return SkillDetail(
        cover=_cover(row, staff, held, _weeks(staff), on),
        holders=tuple(
            sorted(
                (SkillHolder(user_id=p.id, name=p.name, cell=cell) for p, cell in cells if cell.state),
                key=lambda line: (-line.cell.level, line.name, line.user_id),
            )
        ),
        days=_days(row.id, staff, held, on),
        roles=tuple(
            f"{name} (at level {level})"
            for name, level in roles.order_by("pack__role__name").values_list("pack__role__name", "level")
        ),
    )


def team_cover(*, actor: Actor, team_id: int | None, on: dt.date) -> tuple[SkillCover, ...]:
    """Return for each skill who of a team, or of everybody, can use it alone on a day. Five queries."""
    staff = [person for person in accounts.staff(actor=actor) if team_id in {None, *person.team_ids}]
    every = skills(actor=actor)
    held, weeks = _held([person.id for person in staff], [row.id for row in every]), _weeks(staff)
    return tuple(_cover(row, staff, held, weeks, on) for row in every)


def skill_rows(*, actor: Actor) -> QuerySet[Skill]:
    """Return the rows of the skills of the service, for whoever asks whether there is any."""
    return in_world(Skill.objects.all(), actor.world)


def skill_names(*, skill_ids: Collection[int]) -> dict[int, str]:
    """Return what skills are called, by id. One query."""
    return dict(Skill.objects.filter(pk__in=set(skill_ids)).values_list("pk", "name"))


def _held(user_ids: Collection[int], skill_ids: Collection[int]) -> dict[tuple[int, int], StaffSkill]:
    rows = StaffSkill.objects.filter(user_id__in=user_ids, skill_id__in=skill_ids, level__gt=0)
    return {(row.user_id, row.skill_id): row for row in rows}


def _cover(row: SkillRow, staff: Iterable[Person], held: Held, weeks: Mapping[int, Decimal], on: dt.date) -> SkillCover:
    able = [p for p in staff if competence.level_on(held.get((p.id, row.id)), on) >= ABLE]
    fte = sum((weeks.get(p.id, Decimal(1)) for p in able), Decimal(0))
    return SkillCover(skill=row, able=tuple(p.name for p in able), fte=fte)


def _weeks(staff: Sequence[Person]) -> dict[int, Decimal]:
    """Return everybody's share of a full week, where one is known."""
    rows = StaffProfile.objects.filter(user_id__in=[person.id for person in staff])
    return dict(rows.values_list("user_id", "fte"))


def _columns(cover: Sequence[SkillCover], filters: MatrixFilters, *, every_one: bool) -> tuple[SkillCover, ...]:
    """Return the skills shown: those chosen; on a screen as many as fit, those that need somebody first."""
    chosen = [
        line
        for line in cover
        if (filters.skill_id in {None, line.skill.id}) and (not filters.group or line.skill.group == filters.group)
    ]
    if every_one:
        return tuple(chosen)
    pressing = sorted(chosen, key=lambda line: (-line.missing, not line.is_single_point))[:SHOWN_SKILLS]
    return tuple(line for line in chosen if line in pressing)


def _is_wanted(person: Person, filters: MatrixFilters) -> bool:
    in_team = filters.team_id is None or filters.team_id in person.team_ids
    return in_team and filters.search.lower() in person.name.lower()


def _row(
    person: Person,
    shown: Iterable[SkillCover],
    held: Held,
    required: Sequence[RoleRequirement],
    on: dt.date,
) -> MatrixRow:
    cells = tuple(_cell(line.skill.id, person.id, held, required, on) for line in shown)
    return MatrixRow(user_id=person.id, name=person.name, cells=cells)


def _cell(skill_id: int, user_id: int, held: Held, required: Sequence[RoleRequirement], on: dt.date) -> Cell:
    own = held.get((user_id, skill_id))
    level = competence.level_on(own, on)
    needed = next((row.level for row in required if row.skill_id == skill_id), 0)
    return Cell(
        level=level,
        needed=needed,
        expires_on=own.expires_on if own else None,
        evidence=own.evidence if own else "",
        state=_state(own, level, needed, on),
    )


def _state(own: StaffSkill | None, level: int, needed: int, on: dt.date) -> str:
    if own and own.expires_on and own.expires_on < on:
        return "expired"
    if level < needed:
        return "low" if own else "missing"
    if own is None:
        return ""
    return "soon" if _is_near(own, on) else "held"


def _days(skill_id: int, staff: Sequence[Person], held: Held, on: dt.date) -> tuple[CoverDay, ...]:
    """Return today, and each of the coming 90 days on which somebody drops out."""
    able = [
        (own.expires_on, person.name)
        for person in staff
        if (own := held.get((person.id, skill_id))) and competence.level_on(own, on) >= ABLE
    ]
    ends = sorted({end for end, _ in able if end and end + dt.timedelta(days=1) <= on + AHEAD})
    found = [CoverDay(on=on, able=len(able), lost=())]
    for end in ends:
        left = sum(other is None or other > end for other, _ in able)
        lost = tuple(name for other, name in able if other == end)
        found.append(CoverDay(on=end + dt.timedelta(days=1), able=left, lost=lost))
    return tuple(found)


def _is_near(row: StaffSkill, on: dt.date) -> bool:
    return row.expires_on is not None and row.expires_on <= on + SOON
