"""The caller herself."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from wellserved.api.shapes import people as shapes
from wellserved.api.shapes.wire import Id, Items, items_of
from wellserved.apps.accounts import actions, queries
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import USE_API
from wellserved.platform import clock
from wellserved.platform.http.access import needs, signed_in

router = Router(tags=["Me"])


@router.get("", response=shapes.Me, summary="See who you are")
@signed_in
def read_me(request: HttpRequest) -> Any:
    """Role, teams, capabilities, and the scopes of the token used."""
    actor = actor_of(request)
    return {
        "id": actor.user_id,
        "name": actor.name,
        "role": actor.role,
        "world": actor.world,
        "team_ids": sorted(actor.team_ids),
        "sees_all_teams": actor.sees_all_teams,
        "capabilities": sorted(actor.capabilities),
        "scopes": sorted(actor.scopes),
        "time_zone": actor.time_zone,
    }


@router.get("/settings", response=shapes.Settings, summary="Read your settings")
@signed_in
def read_settings(request: HttpRequest) -> Any:
    """Name, address, time zone, theme."""
    return queries.own_settings(actor=actor_of(request))


@router.put("/settings", response={204: None}, summary="Change your settings")
@signed_in
def change_settings(request: HttpRequest, given: shapes.SettingsGiven) -> None:
    """Replace every one."""
    actions.save_own_settings(actor=actor_of(request), **given.model_dump(), now=clock.now())


@router.get("/tokens", response=Items[shapes.Token], summary="List your tokens")
@needs(USE_API)
def list_tokens(request: HttpRequest) -> Any:
    """Those that still work. A token is made on your settings page, where its secret is shown once."""
    return items_of(queries.tokens(actor=actor_of(request), now=clock.now()))


@router.delete("/tokens/{int:token_id}", response={204: None}, summary="Revoke a token")
@needs(USE_API)
def revoke_token(request: HttpRequest, token_id: Id) -> None:
    """It stops working at once."""
    actions.revoke_token(actor=actor_of(request), token_id=token_id, now=clock.now())
