"""Working time: calendars, and a calculator that explains itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version, only_reads
from wellserved.api.shapes import standards as shapes
from wellserved.api.shapes.wire import Id, Items, items_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.standards import actions, queries
from wellserved.apps.standards.types import CalendarRow
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.science.calendars import CalendarError, WorkingCalendar

router = Router(tags=["Calendars"])


@router.get("", response=Items[shapes.Calendar], summary="List calendars")
@needs(READ_STANDARDS)
def list_calendars(request: HttpRequest) -> Any:
    """By name, each with the version in force."""
    return items_of(queries.calendars(actor=actor_of(request), now=clock.now()))


@router.post("", response={201: shapes.Calendar}, summary="Add a calendar")
@needs(EDIT_STANDARDS)
def add_calendar(request: HttpRequest, response: HttpResponse, calendar: shapes.CalendarGiven) -> Any:
    """A calendar without any working time is refused."""
    written = actions.save_calendar(actor=actor_of(request), calendar_id=None, **calendar.model_dump(), now=clock.now())
    return _show(request, response, written.calendar_id)


@router.post("/deadline", response=shapes.Due, summary="Work out when something is due")
@only_reads
@needs(READ_STANDARDS)
def work_out_deadline(request: HttpRequest, asked: shapes.DeadlineAsked) -> Any:
    """Exact across changes of summer time; due exactly at closing is due at closing."""
    calendar = _calendar_of(request, asked)
    pauses = [(pause.start, pause.end) for pause in asked.pauses]
    try:
        return {"due_at": calendar.deadline(asked.start, asked.seconds, pauses)}
    except CalendarError as wrong:
        raise Invalid(str(wrong), code="never_due") from wrong


@router.post("/elapsed", response=shapes.Elapsed, summary="Explain how much time has passed")
@only_reads
@needs(READ_STANDARDS)
def explain_elapsed(request: HttpRequest, asked: shapes.ElapsedAsked) -> Any:
    """The working seconds between two moments, and every stretch that was counted or skipped, and why."""
    calendar = _calendar_of(request, asked)
    pauses = [(pause.start, pause.end) for pause in asked.pauses]
    try:
        return {
            "seconds": calendar.elapsed(asked.start, asked.end, pauses),
            "segments": list(calendar.explain(asked.start, asked.end, pauses)),
        }
    except CalendarError as wrong:
        raise Invalid(str(wrong), code="not_measurable") from wrong


@router.get("/{int:calendar_id}", response=shapes.Calendar, summary="Read a calendar")
@needs(READ_STANDARDS)
def read_calendar(request: HttpRequest, response: HttpResponse, calendar_id: Id) -> Any:
    """With the version in force now."""
    return _show(request, response, calendar_id)


@router.put("/{int:calendar_id}", response=shapes.Calendar, summary="Change a calendar")
@needs_version
@needs(EDIT_STANDARDS)
def change_calendar(
    request: HttpRequest, response: HttpResponse, calendar_id: Id, calendar: shapes.CalendarGiven
) -> Any:
    """Write its next version, and with it one of every policy that counts in it."""
    with on_version():
        actions.save_calendar(
            actor=actor_of(request),
            calendar_id=calendar_id,
            **calendar.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, calendar_id)


@router.get("/{int:calendar_id}/versions", response=Items[shapes.CalendarVersion], summary="List its versions")
@needs(READ_STANDARDS)
def list_calendar_versions(request: HttpRequest, calendar_id: Id) -> Any:
    """Newest first."""
    return items_of(queries.calendar_history(actor=actor_of(request), calendar_id=calendar_id))


def _calendar_of(request: HttpRequest, asked: shapes.Counting) -> WorkingCalendar:
    if (asked.calendar_id is None) == (asked.spec is None):
        raise Invalid("Give either calendar_id or spec.", code="which_calendar")
    if asked.calendar_id is not None:
        return _row(request, asked.calendar_id).current.working
    try:
        return WorkingCalendar.from_dict(asked.spec or {})
    except CalendarError as wrong:
        raise Invalid(str(wrong), code="calendar_unusable", field="spec") from wrong


def _show(request: HttpRequest, response: HttpResponse, calendar_id: int) -> CalendarRow:
    row = _row(request, calendar_id)
    versions.tag(response, row.version)
    return row


def _row(request: HttpRequest, calendar_id: int) -> CalendarRow:
    for row in queries.calendars(actor=actor_of(request), now=clock.now()):
        if row.id == calendar_id:
            return row
    raise NotFound("There is no such calendar.")
