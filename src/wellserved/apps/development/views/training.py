"""Courses, training events, and what came of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PEOPLE, READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import attendance
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import training as actions
from wellserved.apps.development.forms import training as forms
from wellserved.apps.development.forms.learning import ReasonForm
from wellserved.apps.development.learning_sentences import say_event, say_training
from wellserved.apps.development.queries import reach
from wellserved.apps.development.queries import training as queries
from wellserved.apps.development.types.training import EventState, Seat, scores_of
from wellserved.apps.development.views.pages import act, after, chosen, fill
from wellserved.apps.people import queries as people
from wellserved.apps.standards.queries import plans
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

COURSES = 100


@needs(READ_STANDARDS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List what can be learnt, and when."""
    actor, now = actor_of(request), clock.now()
    view = chosen(request, "view", queries.VIEWS)
    rows, cursor = queries.events(actor=actor, view=view, cursor=request.GET.get("after") or None, now=now)
    courses = queries.courses(actor=actor)
    start = read_number(request.GET.get("from", "")) or 0
    query = request.GET.copy()
    query["from"] = str(start + COURSES)
    context = {
        "rows": rows,
        "courses": courses[start : start + COURSES],
        "more_courses": f"{request.path}?{query.urlencode()}" if len(courses) > start + COURSES else "",
        "sentence": say_training(rows, view=view),
        "views": queries.VIEWS,
        "view": view,
        "next_url": after(request, cursor) if cursor else "",
        "may_run": actor.can(EDIT_PEOPLE),
    }
    return render(request, "development/training.html", context)


@needs(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def course_edit(request: HttpRequest, course_id: int | None = None) -> HttpResponse:
    """Say what can be learnt in a course."""
    actor = actor_of(request)
    found = queries.course(actor=actor, course_id=course_id) if course_id else None
    initial = {name: getattr(found, name) for name in forms.CourseForm.base_fields} if found else None
    skills = [(row.id, row.name) for row in people.skills(actor=actor)]
    form = forms.CourseForm(request.POST or None, skills=skills, initial=initial)
    if request.method == "POST":
        return act(
            request,
            form,
            lambda given: actions.save_course(actor=actor, course_id=course_id, **given, now=clock.now()),
            then=reverse("development:training"),
            said="The course is on offer.",
            again=_course_page,
            arguments=(found,),
        )
    return _course_page(request, found, given=form)


def _course_page(request: HttpRequest, found: Any, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"found": found, "form": given, "form_errors": bool(given.errors)}
    return render(request, "development/course.html", context, status=status)


@needs(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Offer a course on a day."""
    actor = actor_of(request)
    courses = [(row.id, row.title) for row in queries.courses(actor=actor)]
    payers = plans.choices(actor=actor) if actor.can(policies.READ_PLANS) else ()
    initial = {"course_id": request.GET.get("course", "")}
    form = forms.EventForm(request.POST or None, courses=courses, plans=payers, initial=initial)
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(actions.offer(actor=actor, **given, now=clock.now())),
            then=lambda: reverse("development:event", args=made),
            said="It is open for booking.",
            again=_event_form,
        )
    return _event_form(request, given=form)


def _event_form(request: HttpRequest, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"form": given, "form_errors": bool(given.errors)}
    return render(request, "development/event_new.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show a training event."""
    return _event(request, event_id)


def _event(request: HttpRequest, event_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    found = queries.event(actor=actor, event_id=event_id, now=now)
    looking.note_views(actor=actor, opened=scores_of(found), now=now)
    is_open = found.row.state == EventState.OPEN and found.row.starts_at > now
    has_begun = found.row.state != EventState.CANCELLED and found.row.starts_at <= now
    own = found.own.state if found.own else ""
    seats = [seat for seat in found.seats if seat.state != Seat.WAITING]
    context = {
        "found": found,
        "row": found.row,
        "sentence": say_event(found, now=now),
        "is_open": is_open,
        "may_book": is_open and own in {"", Seat.LEFT},
        "may_leave": is_open and own in {Seat.BOOKED, Seat.WAITING},
        "may_react": found.may_react,
        "may_hold": found.may_run and has_begun and bool(seats),
        "spent": queries.spent_on(actor=actor, plan_id=found.plan_id) if found.plan_id and found.may_run else None,
        **fill(
            {
                "seat": _seat_form(actor, None),
                "attendance": forms.AttendanceForm(seats=seats),
                "reaction": forms.ReactionForm(),
                "cancel": ReasonForm(initial={"version": found.row.version}),
            },
            given,
        ),
        "looks": [(seat, _look_form(seat.person_id)) for seat in found.seats if seat.may_look],
    }
    return render(request, "development/event.html", context, status=status)


def _look_form(person_id: int) -> forms.LookForm:
    return forms.LookForm(initial={"person_id": person_id}, auto_id=f"look_{person_id}_%s")


def _seat_form(actor: Actor, given: Any) -> forms.SeatForm:
    who = reach.people(actor=actor) if actor.can(EDIT_PEOPLE) else {}
    return forms.SeatForm(
        given, people={actor.person_id: actor.name, **who}.items(), initial={"person_id": actor.user_id}
    )


@needs(READ_STANDARDS)
@require_POST
def book(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take a seat."""
    actor = actor_of(request)
    queries.event(actor=actor, event_id=event_id, now=clock.now())
    return act(
        request,
        _seat_form(actor, request.POST),
        lambda given: actions.book(actor=actor, event_id=event_id, **given, now=clock.now()),
        then=reverse("development:event", args=[event_id]),
        said="The seat is kept, or a place on the waiting list.",
        again=_event,
        arguments=(event_id,),
    )


@needs(READ_STANDARDS)
@require_POST
def leave(request: HttpRequest, event_id: int) -> HttpResponse:
    """Give a seat back."""
    actor = actor_of(request)
    queries.event(actor=actor, event_id=event_id, now=clock.now())
    return act(
        request,
        _seat_form(actor, request.POST),
        lambda given: actions.leave(actor=actor, event_id=event_id, **given, now=clock.now()),
        then=reverse("development:event", args=[event_id]),
        said="The seat is free for somebody else.",
        again=_event,
        arguments=(event_id,),
    )


@needs(EDIT_PEOPLE)
@require_POST
def hold(request: HttpRequest, event_id: int) -> HttpResponse:
    """Write down who was there."""
    actor, now = actor_of(request), clock.now()
    found = queries.event(actor=actor, event_id=event_id, now=now)
    seats = [seat for seat in found.seats if seat.state != Seat.WAITING]
    form = forms.AttendanceForm(request.POST, seats=seats)
    return act(
        request,
        form,
        lambda _given: attendance.hold(actor=actor, event_id=event_id, came=form.came(), now=now),
        then=reverse("development:event", args=[event_id]),
        said="Kept: who was there, and what it gave them.",
        again=_event,
        arguments=(event_id,),
    )


@needs(EDIT_PEOPLE)
@require_POST
def cancel(request: HttpRequest, event_id: int) -> HttpResponse:
    """Call a course off."""
    actor = actor_of(request)
    queries.event(actor=actor, event_id=event_id, now=clock.now())
    return act(
        request,
        ReasonForm(request.POST),
        lambda given: actions.cancel(actor=actor, event_id=event_id, **given, now=clock.now()),
        then=reverse("development:event", args=[event_id]),
        said="It is called off.",
        again=_event,
        arguments=(event_id,),
    )


@needs(READ_STANDARDS)
@require_POST
def react(request: HttpRequest, event_id: int) -> HttpResponse:
    """Say how it was."""
    actor = actor_of(request)
    queries.event(actor=actor, event_id=event_id, now=clock.now())
    return act(
        request,
        forms.ReactionForm(request.POST),
        lambda given: attendance.react(actor=actor, event_id=event_id, **given, now=clock.now()),
        then=reverse("development:event", args=[event_id]),
        said="Thank you: your marks count with those of the others.",
        again=_event,
        arguments=(event_id,),
    )


@needs(EDIT_PEOPLE)
@require_POST
def look(request: HttpRequest, event_id: int) -> HttpResponse:
    """Say whether it is seen at work."""
    actor = actor_of(request)
    queries.event(actor=actor, event_id=event_id, now=clock.now())
    return act(
        request,
        forms.LookForm(request.POST),
        lambda given: attendance.look(actor=actor, event_id=event_id, **given, now=clock.now()),
        then=reverse("development:event", args=[event_id]),
        said="Kept: she reads what you saw.",
        again=_event,
        arguments=(event_id,),
    )
