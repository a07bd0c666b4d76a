"""Colleagues: who is here, who can do what, who may grant how much."""

import zoneinfo
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import people as shapes
from wellserved.api.shapes.wire import Id, Items, Made, items_of
from wellserved.apps.accounts import actions as accounts_actions
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_AUTHORITY, EDIT_PEOPLE, READ_PEOPLE, READ_STANDARDS
from wellserved.apps.people import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["People"])
teams = Router(tags=["Teams"])
skills = Router(tags=["Skills"])
limits = Router(tags=["Limits"])


@router.get("", response=Items[shapes.Colleague], summary="List colleagues")
@needs(READ_PEOPLE)
def list_people(request: HttpRequest) -> Any:
    """Those you may know of, with skills and availability."""
    return items_of(queries.colleagues(actor=actor_of(request), now=clock.now()))


@router.get("/{int:user_id}", response=shapes.Profile, summary="Read a colleague")
@needs(READ_PEOPLE)
def read_person(request: HttpRequest, response: HttpResponse, user_id: Id) -> Any:
    """With skills and the limits that bind her."""
    found = queries.profile(actor=actor_of(request), user_id=user_id, now=clock.now())
    versions.tag(response, found.version)
    return found


@router.put("/{int:user_id}/profile", response={204: None}, summary="Change a colleague's profile")
@needs_version
@needs(EDIT_PEOPLE)
def change_profile(request: HttpRequest, user_id: Id, profile: shapes.ProfileGiven) -> None:
    """Replace every field."""
    with on_version():
        actions.save_profile(
            actor=actor_of(request),
            user_id=user_id,
            **profile.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@router.put("/{int:user_id}/availability", response={204: None}, summary="Say whether work may be given")
@needs(READ_STANDARDS)
def set_availability(request: HttpRequest, user_id: Id, given: shapes.AvailabilityGiven) -> None:
    """Of yourself, or of somebody you lead; never why not."""
    actions.set_availability(actor=actor_of(request), user_id=user_id, **given.model_dump(), now=clock.now())


@router.put("/{int:user_id}/skills/{int:skill_id}", response={204: None}, summary="Set a colleague's skill")
@needs(EDIT_PEOPLE)
def set_skill(request: HttpRequest, user_id: Id, skill_id: Id, held: shapes.HeldGiven) -> None:
    """A person decides, on evidence; no score does."""
    actions.set_skill(actor=actor_of(request), user_id=user_id, skill_id=skill_id, **held.model_dump(), now=clock.now())


@teams.get("", response=Items[shapes.Team], summary="List teams")
@needs(READ_STANDARDS)
def list_teams(request: HttpRequest) -> Any:
    """Those you may know of, with their members."""
    return items_of(accounts.teams(actor=actor_of(request)))


@teams.post("", response={201: Made}, summary="Add a team")
@needs(EDIT_PEOPLE)
def add_team(request: HttpRequest, team: shapes.TeamGiven) -> Any:
    """Managers and administrators do."""
    return {"id": accounts_actions.create_team(actor=actor_of(request), name=team.name, now=clock.now())}


@teams.put("/{int:team_id}", response={204: None}, summary="Rename a team")
@needs(EDIT_PEOPLE)
def rename_team(request: HttpRequest, team_id: Id, team: shapes.TeamGiven) -> None:
    """Its queues stay its own."""
    accounts_actions.rename_team(actor=actor_of(request), team_id=team_id, name=team.name, now=clock.now())


@teams.put("/{int:team_id}/members/{int:user_id}", response={204: None}, summary="Put somebody into a team")
@needs(EDIT_PEOPLE)
def add_member(request: HttpRequest, team_id: Id, user_id: Id, member: shapes.MemberGiven) -> None:
    """Or change whether she leads it."""
    accounts_actions.add_member(
        actor=actor_of(request), team_id=team_id, user_id=user_id, is_leader=member.is_leader, now=clock.now()
    )


@teams.delete("/{int:team_id}/members/{int:user_id}", response={204: None}, summary="Take somebody out of a team")
@needs(EDIT_PEOPLE)
def remove_member(request: HttpRequest, team_id: Id, user_id: Id) -> None:
    """Done as well when she was not in it."""
    accounts_actions.remove_member(actor=actor_of(request), team_id=team_id, user_id=user_id, now=clock.now())


@skills.get("", response=Items[shapes.Cover], summary="List skills and their cover")
@needs(READ_PEOPLE)
def list_skills(request: HttpRequest) -> Any:
    """Gaps and single points of failure show."""
    actor = actor_of(request)
    today = clock.now().astimezone(zoneinfo.ZoneInfo(actor.time_zone)).date()
    return items_of(queries.cover(actor=actor, on=today))


@skills.post("", response={201: Made}, summary="Add a skill")
@needs(EDIT_PEOPLE)
def add_skill(request: HttpRequest, skill: shapes.SkillGiven) -> Any:
    """Its name is unique."""
    return {"id": actions.create_skill(actor=actor_of(request), **skill.model_dump(), now=clock.now())}


@limits.get("", response=Items[shapes.LimitRow], summary="List limits of authority")
@needs(READ_STANDARDS)
def list_limits(request: HttpRequest) -> Any:
    """What roles and people may grant alone."""
    return items_of(queries.limits(actor=actor_of(request)))


@limits.post("", response={201: Made}, summary="Set a limit")
@needs(EDIT_AUTHORITY)
def set_limit(request: HttpRequest, limit: shapes.LimitGiven) -> Any:
    """One for the same holder and remedy is written over. Nobody sets her own."""
    return {"id": actions.set_limit(actor=actor_of(request), **limit.model_dump(), now=clock.now())}


@limits.post("/{int:limit_id}/remove", response={204: None}, summary="Remove a limit")
@needs_version
@needs(EDIT_AUTHORITY)
def remove_limit(request: HttpRequest, limit_id: Id, removal: shapes.Removal) -> None:
    """Its holder falls back to her role's, or may grant nothing."""
    given = request.given_version  # type: ignore[attr-defined]
    if given is None:
        given = queries.find_limit(actor=actor_of(request), limit_id=limit_id).version
    with on_version():
        actions.remove_limit(
            actor=actor_of(request), limit_id=limit_id, reason=removal.reason, version=given, now=clock.now()
        )
