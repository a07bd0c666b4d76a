"""Roles as four documents, what their holders lack, what queues ask for, and what is asked of the caller.

Candidates have no address here: what is known of them stays on one page and goes on a day.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import roles as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PEOPLE, EDIT_STANDARDS, READ_PEOPLE, READ_STANDARDS, READ_TICKETS
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.queries import competence
from wellserved.apps.people import actions, duties, looking, queries
from wellserved.apps.people.queries import adjustments as adjustment_queries
from wellserved.apps.people.queries import matrix
from wellserved.apps.people.queries import roles as role_queries
from wellserved.apps.people.types import RoleRequirement
from wellserved.apps.people.types.roles import Criterion, Pack, Step
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Roles"])
gaps = Router(tags=["Skills"])
skills = Router(tags=["Skills"])
queues = Router(tags=["Catalogue"])
work = Router(tags=["Me"])
adjusting = Router(tags=["People"])


@router.get("", response=Page[shapes.RoleRow], summary="List roles")
@needs(READ_STANDARDS)
def list_roles(request: HttpRequest, filters: Query[shapes.RolesQuery]) -> Any:
    """By name; drafts only to those who write them."""
    rows, cursor = role_queries.roles(
        actor=actor_of(request), view=filters.view, search=filters.q, cursor=filters.after, limit=filters.limit
    )
    return page_of(request, rows, cursor)


@router.post("", response={201: Made}, summary="Begin a role")
@needs(EDIT_PEOPLE)
def start_role(request: HttpRequest, role: shapes.RoleGiven) -> Any:
    """Empty or from a template; nothing holds before it is put in force."""
    return {"id": actions.start_role(actor=actor_of(request), **role.model_dump(), now=clock.now())}


@router.get("/{int:role_id}", response=shapes.Role, summary="Read a role")
@needs(READ_STANDARDS)
def read_role(request: HttpRequest, response: HttpResponse, role_id: Id) -> Any:
    """With its four documents and who has it."""
    found = role_queries.role(actor=actor_of(request), role_id=role_id)
    versions.tag(response, found.row.version)
    return found


@router.put("/{int:role_id}/pack", response={204: None}, summary="Write a role's pack")
@needs_version
@needs(EDIT_PEOPLE)
def write_pack(request: HttpRequest, role_id: Id, pack: shapes.RolePackGiven) -> None:
    """Replace every document of the draft; what holds goes on holding."""
    with on_version():
        actions.save_pack(
            actor=actor_of(request),
            role_id=role_id,
            pack=_pack(pack),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@router.post("/{int:role_id}/publish", response={204: None}, summary="Put a role's pack in force")
@needs_version
@needs(EDIT_PEOPLE)
def publish_role(request: HttpRequest, role_id: Id, given: shapes.Publication) -> None:
    """Whoever has the role is asked to read it."""
    with on_version():
        actions.publish_role(
            actor=actor_of(request),
            role_id=role_id,
            reason=given.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@router.post("/{int:role_id}/holders", response={201: Made}, summary="Give a role to somebody")
@needs(EDIT_PEOPLE)
def give_role(request: HttpRequest, role_id: Id, holder: shapes.HolderGiven) -> Any:
    """The days of its induction become dates."""
    made = actions.give_role(actor=actor_of(request), role_id=role_id, **holder.model_dump(), now=clock.now())
    return {"id": made}


@gaps.get("", response=Items[shapes.Gap], summary="List gaps to roles")
@needs(READ_STANDARDS)
def list_gaps(request: HttpRequest) -> Any:
    """What roles require and their holders do not hold today; without the staff list, your own."""
    actor = actor_of(request)
    return items_of(queries.gaps(actor=actor, on=clock.day_of(clock.now())))


@skills.get("/{int:skill_id}", response=shapes.SkillRecord, summary="Read a skill")
@needs(READ_PEOPLE)
def read_skill(request: HttpRequest, response: HttpResponse, skill_id: Id) -> Any:
    """Who can use it alone, and how that changes over 90 days."""
    found = matrix.skill(actor=actor_of(request), skill_id=skill_id, on=clock.day_of(clock.now()))
    cover = found.cover
    versions.tag(response, cover.skill.version)
    return {
        "skill": cover.skill,
        "group": cover.skill.group,
        "descriptors": list(cover.skill.descriptors),
        "able": list(cover.able),
        "fte": cover.fte,
        "missing": cover.missing,
        "days": list(found.days),
        "version": cover.skill.version,
    }


@skills.put("/{int:skill_id}", response={204: None}, summary="Describe a skill")
@needs_version
@needs(EDIT_PEOPLE)
def describe_skill(request: HttpRequest, skill_id: Id, skill: shapes.SkillDescription) -> None:
    """Replace every field."""
    with on_version():
        actions.describe_skill(
            actor=actor_of(request),
            skill_id=skill_id,
            **skill.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@queues.get("/{int:queue_id}/skills", response=Items[shapes.QueueCover], summary="Read what a queue asks for")
@needs(READ_TICKETS)
def read_queue_skills(request: HttpRequest, queue_id: Id) -> Any:
    """With who may be given its tickets today."""
    rows = competence.cover_of_queue(actor=actor_of(request), queue_id=queue_id, on=clock.day_of(clock.now()))
    return items_of(
        {
            "skill_id": row.asked.skill_id,
            "skill": row.asked.skill,
            "level": row.asked.level,
            "able": list(row.able),
            "needed": row.needed,
            "missing": row.missing,
            "held_back": row.held_back,
        }
        for row in rows
    )


@queues.put("/{int:queue_id}/skills", response={204: None}, summary="Say what a queue asks for")
@needs(EDIT_STANDARDS)
def set_queue_skills(request: HttpRequest, queue_id: Id, given: shapes.Requirements) -> None:
    """Holds from the next assignment on."""
    levels = {each.skill_id: each.level for each in given.skills}
    desk.set_queue_skills(actor=actor_of(request), queue_id=queue_id, levels=levels, now=clock.now())


@work.get("", response=Items[shapes.OwnDuty], summary="List what is asked of you")
@needs(READ_STANDARDS)
def list_my_work(request: HttpRequest) -> Any:
    """Besides tickets: what to read, to follow and to renew."""
    return items_of(duties.of_person(actor=actor_of(request), now=clock.now()))


@adjusting.get("/{int:user_id}/adjustments", response=Items[shapes.Adjustment], summary="List adjustments")
@needs(READ_STANDARDS)
def list_adjustments(request: HttpRequest, user_id: Id) -> Any:
    """Your own, or of somebody you lead; of anybody else none are told."""
    actor = actor_of(request)
    accounts.person(actor=actor, user_id=user_id)
    rows = adjustment_queries.adjustments(actor=actor, user_id=user_id)
    opened = [(adjustment_queries.KIND, row.id, row.user_id) for row in rows]
    looking.tell(actor=actor, opened=opened, now=clock.now())
    return items_of(rows)


@adjusting.post("/{int:user_id}/adjustments", response={201: Made}, summary="Agree an adjustment")
@needs(READ_STANDARDS)
def agree_adjustment(request: HttpRequest, user_id: Id, given: shapes.AdjustmentGiven) -> Any:
    """What is done, never why."""
    made = actions.agree_adjustment(actor=actor_of(request), user_id=user_id, **given.model_dump(), now=clock.now())
    return {"id": made}


def _pack(given: shapes.RolePackGiven) -> Pack:
    return Pack(
        purpose=given.purpose,
        reports_to=given.reports_to,
        decides=given.decides,
        duties=tuple(given.duties),
        stages=tuple(given.stages),
        pass_mark=given.pass_mark,
        criteria=tuple(Criterion(**each.model_dump()) for each in given.criteria),
        skills=tuple(RoleRequirement(skill="", **each.model_dump()) for each in given.skills),
        steps=tuple(Step(**each.model_dump()) for each in given.steps),
    )
