"""One meeting: its agenda, its minutes, what it came to, and what became of that."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import meeting_results as results
from wellserved.apps.development.actions import meetings as actions
from wellserved.apps.development.forms import meetings as forms
from wellserved.apps.development.meeting_sentences import say_meeting, say_result
from wellserved.apps.development.policies.decisions import may_open
from wellserved.apps.development.policies.meetings import ARRANGE
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.types import meetings as types
from wellserved.apps.development.views.pages import act, fill
from wellserved.apps.development.views.voice_parts import staff_choices
from wellserved.apps.standards.queries import expectations
from wellserved.apps.thread import queries as thread
from wellserved.apps.thread.types import LinkRow
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@require_GET
@needs(READ_STANDARDS)
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show one meeting."""
    return _page(request, meeting_id)


@require_GET
@needs(READ_STANDARDS)
def sheet(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the minutes on one page for paper."""
    found = queries.meeting(actor=actor_of(request), meeting_id=meeting_id, now=clock.now())
    return render(request, "development/meeting_print.html", {"found": found, "row": found.row, "sorts": types.SORTS})


def _page(request: HttpRequest, meeting_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    found = queries.meeting(actor=actor, meeting_id=meeting_id, now=now)
    row, leads = found.row, actor.user_id == found.row.chair_id
    mine = next((each for each in found.people if each.user_id == actor.user_id), None)
    writes = leads and row.state != "off"
    context = {
        "found": found,
        "row": row,
        "finds": types.KINDS[row.kind].finds,
        "sorts": types.SORTS,
        "sentence": say_meeting(found, leads=leads),
        "linked": thread.links(actor=actor, kind=types.MEETING, record_id=row.id),
        "leads": leads,
        "may_change": leads and row.state == "planned",
        "may_write": leads and (row.awaits_minutes or row.state == "held"),
        "may_add": mine is not None and row.state == "planned",
        "may_agree": writes,
        "may_expect": actor.can(EDIT_STANDARDS),
        "may_decide": may_open(actor),
        "is_unread": mine is not None and row.state == "sent" and mine.read_at is None,
        **fill(_forms(actor, found, writes=writes), given),
    }
    return render(request, "development/meeting.html", context, status=status)


def _forms(actor: Actor, found: types.MeetingDetail, *, writes: bool) -> dict[str, Any]:
    """Return the forms of the page: those of the minutes for whoever leads it alone."""
    asked, version = [(each.id, each.name) for each in found.people], {"version": found.row.version}
    shown: dict[str, Any] = {"point": forms.PointForm()}
    if not writes:
        return shown
    staff = staff_choices(actor)
    notes = found.notes or "\n\n".join(f"{point.words}\n{point.detail}".strip() for point in found.agenda)
    there = [each.id for each in found.people if each.was_there is not False]
    due = {"owner_id": actor.user_id, "due_on": clock.day_of(clock.now() + types.MINUTES_DUE)}
    finds = types.KINDS[found.row.kind].finds
    segments = _segments(actor) if finds == types.REQUIREMENT else []
    look = {"owner_id": actor.user_id, "due_on": clock.day_of(clock.now() + types.LOOKED_AT)}
    return shown | {
        "off": forms.OffForm(initial=version),
        "minutes": forms.MinutesForm(initial=version | {"notes": notes, "present": there}, people=asked),
        "sending": forms.SendForm(initial=version),
        "action": forms.ActionForm(initial=due | {"sort": types.ACTION}, people=staff),
        "find": forms.FindForm(initial=look | {"sort": finds}, people=staff, segments=segments),
    }


def _segments(actor: Actor) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in expectations.active_segments(actor=actor, now=clock.now())]


@require_POST
@needs(READ_STANDARDS)
def add_point(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put something on the agenda."""
    return _act(request, meeting_id, forms.PointForm(request.POST), actions.add_point, "It stands on the agenda.")


@require_POST
@needs(ARRANGE)
def call_off(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Call a meeting off."""
    return _act(request, meeting_id, forms.OffForm(request.POST), actions.call_off, "It is called off.")


@require_POST
@needs(ARRANGE)
def write(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the minutes."""
    found = queries.meeting(actor=actor_of(request), meeting_id=meeting_id, now=clock.now())
    form = forms.MinutesForm(request.POST, people=[(each.id, each.name) for each in found.people])
    return _act(request, meeting_id, form, actions.write, "The minutes are kept; send them once they are right.")


@require_POST
@needs(ARRANGE)
def send(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Send the minutes."""
    return _act(
        request, meeting_id, forms.SendForm(request.POST), actions.send, "Sent: colleagues find them in My work."
    )


@require_POST
@needs(READ_STANDARDS)
def seen(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Say that one has read the minutes."""
    actions.see_minutes(actor=actor_of(request), meeting_id=meeting_id, now=clock.now())
    return redirect("development:meeting", meeting_id)


@require_POST
@needs(ARRANGE)
def agree(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write down an action, a requirement agreed or an opportunity found."""
    actor = actor_of(request)
    queries.find(actor=actor, meeting_id=meeting_id)
    kind = forms.ActionForm if request.POST.get("sort") == types.ACTION else forms.FindForm
    form = kind(request.POST, people=staff_choices(actor), segments=_segments(actor))
    return _act(request, meeting_id, form, results.add, "It stands in the minutes.")


def _act(request: HttpRequest, meeting_id: int, form: Any, work: Callable[..., object], said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.find(actor=actor, meeting_id=meeting_id)
    return act(
        request,
        form,
        lambda given: work(actor=actor, meeting_id=meeting_id, **given, now=clock.now()),
        then=reverse("development:meeting", args=[meeting_id]),
        said=said,
        again=_page,
        arguments=(meeting_id,),
    )


@require_GET
@needs(READ_STANDARDS)
def result(request: HttpRequest, result_id: int) -> HttpResponse:
    """Show one thing a meeting came to."""
    return _result(request, result_id)


def _result(request: HttpRequest, result_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), clock.day_of(clock.now())
    row = queries.result(actor=actor, result_id=result_id, on=today)
    chair = queries.find(actor=actor, meeting_id=row.meeting_id).chair_id
    is_open = not row.settled and row.sort != types.REQUIREMENT
    version = {"version": row.version}
    linked: tuple[LinkRow, ...] = ()
    if row.sort == types.CHANCE:
        linked = thread.links(actor=actor, kind=types.OPPORTUNITY, record_id=row.id)
    context = {
        "row": row,
        "sentence": say_result(row),
        "linked": linked,
        "may_settle": is_open and actor.user_id in {row.owner_id, chair},
        "may_expect": actor.can(EDIT_STANDARDS) and row.sort == types.REQUIREMENT and not row.expectation_id,
        "segments": _segments(actor) if row.sort == types.REQUIREMENT and not row.segment else [],
        **fill(
            {
                "settle": forms.SettleForm(initial=version),
                "move": forms.MoveForm(initial=version | {"due_on": row.due_on}),
            },
            given,
        ),
    }
    return render(request, "development/meeting_result.html", context, status=status)


@require_POST
@needs(READ_STANDARDS)
def settle(request: HttpRequest, result_id: int) -> HttpResponse:
    """Say what became of it."""
    return _act_on(request, result_id, forms.SettleForm(request.POST), results.settle, "Kept; the meeting shows it.")


@require_POST
@needs(READ_STANDARDS)
def move(request: HttpRequest, result_id: int) -> HttpResponse:
    """Give it another day."""
    return _act_on(request, result_id, forms.MoveForm(request.POST), results.move, "It has its new day.")


def _act_on(request: HttpRequest, result_id: int, form: Any, work: Callable[..., object], said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.result(actor=actor, result_id=result_id, on=clock.day_of(clock.now()))
    return act(
        request,
        form,
        lambda given: work(actor=actor, result_id=result_id, **given, now=clock.now()),
        then=reverse("development:result", args=[result_id]),
        said=said,
        again=_result,
        arguments=(result_id,),
    )


@require_POST
@needs(EDIT_STANDARDS)
def expect(request: HttpRequest, result_id: int) -> HttpResponse:
    """Make an expectation of what was agreed."""
    actor, now = actor_of(request), clock.now()
    queries.result(actor=actor, result_id=result_id, on=clock.day_of(now))
    form, made = forms.ExpectForm(request.POST), list[int]()

    def work(given: dict[str, Any]) -> None:
        made.append(results.expect(actor=actor, result_id=result_id, **given, now=now))

    return act(
        request,
        form,
        work,
        then=lambda: reverse("web:expectation", args=made),
        said="It is an expectation now, and says where it was agreed.",
        again=_result,
        arguments=(result_id,),
    )
