"""Pages about people who sign in: invitations, one's own settings, roles, teams."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts import actions, adapters, forms, policies, queries
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import NewToken, TeamRow
from wellserved.platform import clock, throttle
from wellserved.platform.errors import Invalid, TooMany
from wellserved.platform.http.access import needs, public, signed_in
from wellserved.platform.http.answers import answer
from wellserved.platform.http.forms import attempt
from wellserved.platform.ui.keys import read_keys

OFFER_VISITS = 30
OFFER_PERIOD = dt.timedelta(minutes=10)


def _require(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid(" ".join(text for texts in form.errors.values() for text in texts))
    return form.cleaned_data  # type: ignore[no-any-return]


@needs(policies.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague, and see who has not answered yet."""
    actor, now = actor_of(request), clock.now()
    teams = queries.teams(actor=actor)
    roles = policies.grantable_roles(actor)
    form = forms.InviteForm(request.POST or None, roles=roles, teams=teams)
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda given: actions.invite(
                actor=actor,
                email=given["email"],
                name=given["name"],
                role=given["role"],
                team_id=given["team"],
                now=now,
            ),
        )
        if status == 200:
            messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
            return redirect("accounts:invite")
    context = {"form": form, "form_errors": form.errors, "open": queries.invitations(actor=actor, now=now)}
    return render(request, "accounts/invite.html", context, status=status)


@needs(policies.EDIT_PEOPLE)
@require_POST
def withdraw_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Close an open offer."""
    actions.withdraw_invitation(actor=actor_of(request), invitation_id=invitation_id, now=clock.now())
    messages.success(request, "The invitation is withdrawn; its link no longer works.")
    return redirect("accounts:invite")


@public
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join by a mailed link."""
    now = clock.now()
    throttle.take_by_address(request, "accounts.invitation", limit=OFFER_VISITS, per=OFFER_PERIOD, now=now)
    offer = queries.invitation_by_token(raw=token, now=now)
    form = forms.AcceptForm(request.POST or None, initial={"name": offer.name})
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda given: actions.accept_invitation(
                token=token, name=given["name"], password=given["password"], now=now
            ),
        )
        if status == 200:
            messages.success(request, "Welcome. Sign in with the password you have just chosen.")
            return redirect("account_login")
    context = {"form": form, "form_errors": form.errors, "offer": offer}
    return render(request, "accounts/accept.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """See and change what one has chosen for oneself."""
    actor = actor_of(request)
    if request.method == "GET":
        return _own_page(request)
    form = forms.OwnSettingsForm(request.POST)
    status = attempt(form, lambda given: actions.save_own_settings(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _own_page(request, form=form, status=status)
    messages.success(request, "Your settings are saved.")
    response = redirect("accounts:me")
    if form.cleaned_data["theme"] == "auto":
        response.delete_cookie("theme")
    else:
        response.set_cookie("theme", form.cleaned_data["theme"], max_age=31_536_000, samesite="Lax")
    return response


@signed_in
@require_POST
def save_keys(request: HttpRequest) -> HttpResponse:
    """Keep one's own keyboard shortcuts, from the list of shortcuts or from one's settings."""
    actions.save_own_keys(
        actor=actor_of(request),
        shortcuts=request.POST.get("shortcuts", ""),
        keys=read_keys(request.POST.get("keys", "")),
        now=clock.now(),
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, "Your keys are saved.")
    return redirect("accounts:me")


@signed_in
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out on every device, this one too."""
    actions.end_sessions(actor=actor_of(request), now=clock.now())
    return redirect("account_login")


@needs(policies.USE_API)
@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """Make an API token and show it this once."""
    made: list[NewToken] = []
    form = forms.TokenForm(request.POST)
    actor = actor_of(request)
    status = attempt(form, lambda given: made.append(actions.create_token(actor=actor, now=clock.now(), **given)))
    if made:
        return _own_page(request, raw_token=made[0].raw)
    return _own_page(request, token_form=form, status=status)


@needs(policies.USE_API)
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's own tokens."""
    actions.revoke_token(actor=actor_of(request), token_id=token_id, now=clock.now())
    messages.success(request, "The token no longer works.")
    return redirect("accounts:me")


@needs(policies.EDIT_PEOPLE)
@require_POST
def change_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a colleague another role."""
    actor = actor_of(request)
    queries.person(actor=actor, user_id=user_id)
    given = _require(forms.RoleForm(request.POST, roles=policies.grantable_roles(actor)))
    actions.change_role(actor=actor, user_id=user_id, now=clock.now(), **given)
    messages.success(request, "The role is changed; it counts from the next click.")
    return redirect("people:profile", user_id=user_id)


@needs(policies.EDIT_PEOPLE)
@require_POST
def change_access(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close or open a colleague's access."""
    actor, now = actor_of(request), clock.now()
    queries.person(actor=actor, user_id=user_id)
    given = _require(forms.AccessForm(request.POST))
    if given["access"] == "closed":
        actions.deactivate(actor=actor, user_id=user_id, reason=given["reason"], now=now)
        messages.success(request, "Access is closed: every session and token has ended.")
    else:
        actions.reactivate(actor=actor, user_id=user_id, reason=given["reason"], now=now)
        messages.success(request, "Access is open again.")
    return redirect("people:profile", user_id=user_id)


@needs(policies.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """See the teams, and make one."""
    actor = actor_of(request)
    form = forms.TeamForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda given: actions.create_team(actor=actor, now=clock.now(), **given))
        if status == 200:
            messages.success(request, f"The team {form.cleaned_data['name']} is made.")
            return redirect("accounts:teams")
    rows = queries.teams(actor=actor)
    people = queries.staff(actor=actor)
    context = {
        "form": form,
        "form_errors": form.errors,
        "teams": rows,
        "sentence": say_teams(rows),
        "member_form": forms.MemberForm(people=people),
        "may_create": actor.sees_all_teams,
    }
    return render(request, "accounts/teams.html", context, status=status)


@needs(policies.EDIT_PEOPLE)
@require_POST
def rename_team(request: HttpRequest, team_id: int) -> HttpResponse:
    """Call a team something else."""
    actions.rename_team(
        actor=actor_of(request), team_id=team_id, name=str(request.POST.get("name", "")), now=clock.now()
    )
    messages.success(request, "The team has its new name.")
    return redirect("accounts:teams")


@needs(policies.EDIT_PEOPLE)
@require_POST
def add_member(request: HttpRequest, team_id: int) -> HttpResponse:
    """Put a colleague in a team."""
    given = _require(forms.IdForm(request.POST))
    actions.add_member(
        actor=actor_of(request),
        team_id=team_id,
        user_id=given["user_id"],
        is_leader="is_leader" in request.POST,
        now=clock.now(),
    )
    messages.success(request, "She is in the team from her next click.")
    return redirect("accounts:teams")


@needs(policies.EDIT_PEOPLE)
@require_POST
def remove_member(request: HttpRequest, team_id: int) -> HttpResponse:
    """Take a colleague out of a team."""
    given = _require(forms.IdForm(request.POST))
    actions.remove_member(actor=actor_of(request), team_id=team_id, user_id=given["user_id"], now=clock.now())
    messages.success(request, "She has left the team.")
    return redirect("accounts:teams")


def too_many(request: HttpRequest) -> HttpResponseBase:
    """Answer whoever tries too often to sign in."""
    return answer(
        request,
        TooMany(adapters.TOO_MANY, retry_after=adapters.WAIT_SECONDS),
    )


def say_teams(rows: tuple[TeamRow, ...]) -> str:
    """Return the sentence that says how the teams stand."""
    if not rows:
        return "There is no team yet: a team answers the queues it is given."
    alone = [team.name for team in rows if not any(place.is_leader and place.is_active for place in team.members)]
    count = "One team" if len(rows) == 1 else f"{len(rows)} teams"
    return f"{count}; without a leader: {', '.join(alone)}." if alone else f"{count}, each with a leader."


def _own_page(
    request: HttpRequest,
    *,
    form: forms.OwnSettingsForm | None = None,
    token_form: forms.TokenForm | None = None,
    raw_token: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    own = queries.own_settings(actor=actor)
    kept = {"name": own.name, "time_zone": own.time_zone, "theme": own.theme, "shortcuts": own.shortcuts}
    shown = form or forms.OwnSettingsForm(initial=kept)
    token_form = token_form or forms.TokenForm()
    context = {
        "form": shown,
        "form_errors": shown.errors or token_form.errors,
        "own": own,
        "raw_token": raw_token,
        "uses_api": actor.can(policies.USE_API),
        "token_form": token_form,
        "tokens": queries.tokens(actor=actor, now=clock.now()),
    }
    return render(request, "accounts/me.html", context, status=status)
