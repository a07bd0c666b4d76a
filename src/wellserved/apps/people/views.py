"""Pages about colleagues: the staff list, a profile, skills and cover, limits of authority."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import forms as accounts_forms
from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.people import actions, forms, queries
from wellserved.apps.people.sentences import say_cover, say_limits, say_people, say_profile
from wellserved.apps.people.types import Profile
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

EVERY_STAFF_ROLE = accounts.READ_STANDARDS


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


@needs(accounts.READ_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, and who is there now."""
    rows = queries.colleagues(actor=_actor(request), now=clock.now())
    return render(request, "people/people.html", {"rows": rows, "sentence": say_people(rows)})


@needs(EVERY_STAFF_ROLE)
@require_GET
def profile(request: HttpRequest, user_id: int) -> HttpResponse:
    """One colleague, or oneself."""
    return _profile_page(request, user_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def save_profile(request: HttpRequest, user_id: int) -> HttpResponse:
    """Keep what the service knows of a colleague."""
    actor = _actor(request)
    queries.find_colleague(actor=actor, user_id=user_id)
    form = forms.ProfileForm(request.POST)
    status = attempt(form, lambda given: actions.save_profile(actor=actor, user_id=user_id, now=clock.now(), **given))
    if status != 200:
        return _profile_page(request, user_id, form=form, status=status)
    messages.success(request, "The profile is saved.")
    return redirect("people:profile", user_id=user_id)


@needs(EVERY_STAFF_ROLE)
@require_POST
def set_availability(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say whether work may be given to a colleague, or to oneself."""
    actor = _actor(request)
    queries.find_colleague(actor=actor, user_id=user_id)
    form = forms.AvailabilityForm(request.POST)
    status = attempt(
        form, lambda given: actions.set_availability(actor=actor, user_id=user_id, now=clock.now(), **given)
    )
    if status != 200:
        return _profile_page(request, user_id, availability_form=form, status=status)
    messages.success(request, "Availability is changed.")
    return redirect("people:profile", user_id=user_id)


@needs(accounts.READ_PEOPLE)
@require_GET
def skills(request: HttpRequest) -> HttpResponse:
    """Who can do what, and where everything hangs on one colleague."""
    return _skills_page(request)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def add_skill(request: HttpRequest) -> HttpResponse:
    """Add a skill to the list."""
    actor, form = _actor(request), forms.SkillForm(request.POST)
    status = attempt(form, lambda given: actions.create_skill(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _skills_page(request, skill_form=form, status=status)
    messages.success(request, f"{form.cleaned_data['name']} is on the list.")
    return redirect("people:skills")


@needs(accounts.EDIT_PEOPLE)
@require_POST
def set_skill(request: HttpRequest) -> HttpResponse:
    """Say at which level a colleague holds a skill."""
    actor = _actor(request)
    form = _held_form(actor, request.POST)
    _find_secondary(actor, request.POST)
    status = attempt(form, lambda given: actions.set_skill(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _skills_page(request, held_form=form, status=status)
    messages.success(request, "The level is kept.")
    return redirect("people:skills")


@needs(EVERY_STAFF_ROLE)
@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """What each role, and single colleagues, may decide alone."""
    return _authority_page(request)


@needs(accounts.EDIT_AUTHORITY)
@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    """Set or change a limit."""
    actor = _actor(request)
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
    actor, form = _actor(request), forms.RemovalForm(request.POST)
    queries.find_limit(actor=actor, limit_id=limit_id)
    if not form.is_valid():
        raise Invalid("Say why the limit goes: the reason stands in the history.")
    actions.remove_limit(actor=actor, limit_id=limit_id, now=clock.now(), **form.cleaned_data)
    messages.success(request, "The limit is gone.")
    return redirect("people:authority")


def _profile_page(
    request: HttpRequest,
    user_id: int,
    *,
    form: forms.ProfileForm | None = None,
    availability_form: forms.AvailabilityForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = _actor(request)
    if not actor.can(accounts.READ_PEOPLE) and user_id != actor.user_id:
        raise NotFound("There is no such colleague, or she is not in your teams.")
    shown = queries.profile(actor=actor, user_id=user_id, now=clock.now())
    roles = accounts.grantable_roles(actor)
    may_edit = shown.colleague.role in roles
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
        "role_form": accounts_forms.RoleForm(roles=roles, initial={"role": shown.colleague.role}),
        "form_errors": form.errors or availability_form.errors,
        "remedies": queries.REMEDIES,
    }
    return render(request, "people/profile.html", context, status=status)


def _profile_values(shown: Profile) -> dict[str, Any]:
    return {
        "job_title": shown.colleague.job_title,
        "phone": shown.phone,
        "started_on": shown.started_on,
        "version": shown.version,
    }


def _skills_page(
    request: HttpRequest,
    *,
    skill_form: forms.SkillForm | None = None,
    held_form: forms.HeldSkillForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = _actor(request), clock.now()
    rows = queries.colleagues(actor=actor, now=now)
    cover = queries.cover(actor=actor, on=now.date())
    skill_form = skill_form or forms.SkillForm()
    held_form = held_form or forms.HeldSkillForm(people=rows, skills=[line.skill for line in cover])
    context = {
        "rows": [(row, {held.skill_id: held for held in row.skills}) for row in rows],
        "cover": cover,
        "sentence": say_cover(cover),
        "may_edit": actor.can(accounts.EDIT_PEOPLE),
        "skill_form": skill_form,
        "held_form": held_form,
        "form_errors": skill_form.errors or held_form.errors,
    }
    return render(request, "people/skills.html", context, status=status)


def _held_form(actor: Actor, given: Any) -> forms.HeldSkillForm:
    return forms.HeldSkillForm(
        given,
        people=queries.colleagues(actor=actor, now=clock.now()),
        skills=queries.skills(actor=actor),
    )


def _find_secondary(actor: Actor, given: Any) -> None:
    colleague, skill = (read_number(str(given.get(name, ""))) for name in ("user_id", "skill_id"))
    if colleague is not None:
        queries.find_colleague(actor=actor, user_id=colleague)
    if skill is not None:
        queries.find_skill(actor=actor, skill_id=skill)


def _authority_page(request: HttpRequest, *, form: forms.LimitForm | None = None, status: int = 200) -> HttpResponse:
    actor = _actor(request)
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
