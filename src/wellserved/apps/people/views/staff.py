"""The staff list, a profile, limits of authority, learning cards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import forms as accounts_forms
from wellserved.apps.accounts import leading
from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.people import actions, cards, looking, queries
from wellserved.apps.people.forms import roles as role_forms
from wellserved.apps.people.forms import staff as forms
from wellserved.apps.people.queries import adjustments, roles
from wellserved.apps.people.sentences import say_limits, say_people, say_profile
from wellserved.apps.people.types import Profile
from wellserved.apps.thread import panels
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

EVERY_STAFF_ROLE = accounts.READ_STANDARDS


@needs(accounts.READ_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, and who is there now."""
    rows = queries.colleagues(actor=actor_of(request), now=clock.now())
    return render(request, "people/people.html", {"rows": rows, "sentence": say_people(rows)})


@needs(EVERY_STAFF_ROLE)
@require_GET
def profile(request: HttpRequest, user_id: int) -> HttpResponse:
    """One colleague, or oneself."""
    return profile_page(request, user_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def save_profile(request: HttpRequest, user_id: int) -> HttpResponse:
    """Keep what the service knows of a colleague."""
    actor = actor_of(request)
    queries.find_colleague(actor=actor, user_id=user_id)
    form = forms.ProfileForm(request.POST)
    status = attempt(form, lambda given: actions.save_profile(actor=actor, user_id=user_id, now=clock.now(), **given))
    if status != 200:
        return profile_page(request, user_id, form=form, status=status)
    messages.success(request, "The profile is saved.")
    return redirect("people:profile", user_id=user_id)


@needs(EVERY_STAFF_ROLE)
@require_POST
def set_availability(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say whether work may be given to a colleague, or to oneself."""
    actor = actor_of(request)
    queries.find_colleague(actor=actor, user_id=user_id)
    form = forms.AvailabilityForm(request.POST)
    status = attempt(
        form, lambda given: actions.set_availability(actor=actor, user_id=user_id, now=clock.now(), **given)
    )
    if status != 200:
        return profile_page(request, user_id, availability_form=form, status=status)
    messages.success(request, "Availability is changed.")
    return redirect("people:profile", user_id=user_id)


@needs(EVERY_STAFF_ROLE)
@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """What each role, and single colleagues, may decide alone."""
    return _authority_page(request)


@needs(accounts.EDIT_AUTHORITY)
@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    """Set or change a limit."""
    actor = actor_of(request)
    kind, _, key = str(request.POST.get("holder", "")).partition(":")
    named = read_number(key)
    if kind == "user" and named is not None:
        queries.find_colleague(actor=actor, user_id=named)
    form = _limit_form(actor, request.POST)
    status = attempt(form, lambda given: actions.set_limit(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _authority_page(request, form=form, status=status)
    messages.success(request, "The limit holds from now on.")
    return redirect("people:authority")


@needs(accounts.EDIT_AUTHORITY)
@require_POST
def remove_limit(request: HttpRequest, limit_id: int) -> HttpResponse:
    """Take a limit away."""
    actor, form = actor_of(request), forms.RemovalForm(request.POST)
    queries.find_limit(actor=actor, limit_id=limit_id)
    if not form.is_valid():
        raise Invalid("Say why the limit goes: the reason stands in the history.")
    actions.remove_limit(actor=actor, limit_id=limit_id, now=clock.now(), **form.cleaned_data)
    messages.success(request, "The limit is gone.")
    return redirect("people:authority")


def profile_page(
    request: HttpRequest,
    user_id: int,
    *,
    form: forms.ProfileForm | None = None,
    availability_form: forms.AvailabilityForm | None = None,
    adjustment_form: role_forms.AdjustmentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a profile, with whatever form was refused."""
    actor, now = actor_of(request), clock.now()
    if not actor.can(accounts.READ_PEOPLE) and user_id != actor.user_id:
        raise NotFound("There is no such colleague, or she is not in your teams.")
    shown = queries.profile(actor=actor, user_id=user_id, now=now)
    grantable = accounts.grantable_roles(actor)
    may_edit = shown.colleague.role in grantable
    agreed = adjustments.adjustments(actor=actor, user_id=user_id)
    looking.tell(actor=actor, opened=[(adjustments.KIND, row.id, row.user_id) for row in agreed], now=now)
    form = form or forms.ProfileForm(initial=_profile_values(shown))
    availability_form = availability_form or forms.AvailabilityForm(
        initial={"availability": shown.colleague.availability, "until": shown.available_until}
    )
    context = {
        "profile": shown,
        "colleague": shown.colleague,
        "sentence": say_profile(shown),
        "may_edit": may_edit,
        "may_set_availability": may_edit or user_id == actor.user_id,
        "may_change_access": may_edit and user_id != actor.user_id,
        "form": form,
        "availability_form": availability_form,
        "role_form": accounts_forms.RoleForm(roles=grantable, initial={"role": shown.colleague.role}),
        "form_errors": any(each and each.errors for each in (form, availability_form, adjustment_form)),
        "remedies": queries.REMEDIES,
        "holdings": roles.holders_of(actor=actor, user_id=user_id),
        "adjustments": agreed,
        "may_adjust": user_id == actor.user_id or leading.leads(actor=actor, user_id=user_id),
        "adjustment_form": adjustment_form or role_forms.AdjustmentForm(auto_id="adjust_%s"),
        "panels": panels.for_record(actor=actor, kind="people.profile", record_id=user_id),
    }
    return render(request, "people/profile.html", context, status=status)


def _profile_values(shown: Profile) -> dict[str, Any]:
    return {
        "job_title": shown.colleague.job_title,
        "phone": shown.phone,
        "started_on": shown.started_on,
        "fte": shown.fte,
        "version": shown.version,
    }


def _authority_page(request: HttpRequest, *, form: forms.LimitForm | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    rows = queries.limits(actor=actor)
    form = form or _limit_form(actor, None)
    context = {
        "rows": rows,
        "sentence": say_limits(rows, remedies=queries.REMEDIES),
        "remedies": queries.REMEDIES,
        "may_edit": actor.can(accounts.EDIT_AUTHORITY),
        "form": form,
        "form_errors": form.errors,
    }
    return render(request, "people/authority.html", context, status=status)


def _limit_form(actor: Actor, given: Any) -> forms.LimitForm:
    roles = [(f"role:{role}", Role(role).label) for role in accounts.grantable_roles(actor)]
    colleagues = queries.colleagues(actor=actor, now=clock.now()) if actor.can(accounts.READ_PEOPLE) else ()
    people = [(f"user:{row.id}", row.name) for row in colleagues if row.id != actor.user_id]
    return forms.LimitForm(given, holders=[*roles, *people], remedies=queries.REMEDIES.items())


@needs(EVERY_STAFF_ROLE)
@require_GET
def learning(request: HttpRequest) -> HttpResponse:
    """Every card in one place, for whoever wants to learn or to prove that she has."""
    rows = cards.every(actor=actor_of(request), now=clock.now())
    done = sum(row.understood_at is not None for row in rows)
    sentence = f"You have said that you understand {done} of {len(rows)}; each opens where its knowledge is used."
    return render(request, "people/learning.html", {"rows": rows, "sentence": sentence})


@needs(EVERY_STAFF_ROLE)
@require_POST
def learn(request: HttpRequest, key: str) -> HttpResponse:
    """Say that one has understood a card."""
    actions.learn(actor=actor_of(request), key=key, now=clock.now())
    messages.success(request, "Kept: you have understood this card.")
    return redirect(_back(request, reverse("people:learning")))


@needs(EVERY_STAFF_ROLE)
@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Say that one has read a version of a record."""
    kind, record = request.POST.get("kind", "")[:60], read_number(request.POST.get("record", ""))
    number = read_number(request.POST.get("number", ""))
    if record is None or number is None:
        raise Invalid("Say which record and which version was read.", code="version_number")
    actions.acknowledge(actor=actor_of(request), kind=kind, record_id=record, number=number, now=clock.now())
    messages.success(request, "Kept: you have read this version.")
    return redirect(_back(request, reverse("people:learning")))


def _back(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours from which the form was sent."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else otherwise
