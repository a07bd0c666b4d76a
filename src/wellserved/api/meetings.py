"""Meetings, what they came to, decisions and one's own week, for programs.

A private meeting and a restricted decision are those of whoever is in them, here as on the pages.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import meetings as shapes
from wellserved.api.shapes.wire import Id, Made, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import DECIDE, EDIT_PEOPLE, EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.development.actions import decisions as decision_actions
from wellserved.apps.development.actions import meeting_results as result_actions
from wellserved.apps.development.actions import meetings as actions
from wellserved.apps.development.actions import week as week_actions
from wellserved.apps.development.queries import decisions as decision_queries
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.queries import week as week_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Meetings"])
results = Router(tags=["Meetings"])
opportunities = Router(tags=["Meetings"])
decisions = Router(tags=["Decisions"])
weeks = Router(tags=["Your week"])


@router.get("", response=Page[shapes.MeetingItem], summary="List meetings")
@needs(READ_STANDARDS)
def list_meetings(request: HttpRequest, asked: Query[shapes.MeetingQuery]) -> Any:
    """Those you may read, the latest first."""
    rows, cursor = queries.meetings(
        actor=actor_of(request),
        view=asked.view,
        kind=asked.kind or "",
        now=clock.now(),
        cursor=asked.after,
        limit=asked.limit,
    )
    return page_of(request, rows, cursor)


@router.post("", response={201: Made}, summary="Arrange a meeting")
@needs(EDIT_PEOPLE)
def arrange_meeting(request: HttpRequest, given: shapes.MeetingPlanned) -> Any:
    """You lead it, and write its minutes."""
    return {"id": actions.save(actor=actor_of(request), meeting_id=None, given=given.meeting(), now=clock.now())}


@router.get("/{int:meeting_id}", response=shapes.Meeting, summary="Read a meeting")
@needs(READ_STANDARDS)
def read_meeting(request: HttpRequest, response: HttpResponse, meeting_id: Id) -> Any:
    """With its agenda, its minutes and what it came to."""
    found = queries.meeting(actor=actor_of(request), meeting_id=meeting_id, now=clock.now())
    versions.tag(response, found.row.version)
    return shapes.MeetingItem.model_validate(found.row).model_dump() | {
        "agenda": list(found.agenda),
        "asked": list(found.people),
        "results": list(found.results),
        "notes": found.notes,
        "sent_at": found.sent_at,
    }


@router.post("/{int:meeting_id}/minutes", response={204: None}, summary="Write the minutes")
@needs_version
@needs(EDIT_PEOPLE)
def write_minutes(request: HttpRequest, meeting_id: Id, given: shapes.MinutesGiven) -> None:
    """As whoever leads it; until they are sent they can be written anew."""
    with on_version():
        actions.write(
            actor=actor_of(request),
            meeting_id=meeting_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@router.post("/{int:meeting_id}/send", response={204: None}, summary="Send the minutes")
@needs_version
@needs(EDIT_PEOPLE)
def send_minutes(request: HttpRequest, meeting_id: Id, given: shapes.Sending) -> None:
    """Colleagues find them in My work; by mail they reach guests as well."""
    with on_version():
        actions.send(
            actor=actor_of(request),
            meeting_id=meeting_id,
            version=request.given_version,  # type: ignore[attr-defined]
            by_mail=given.by_mail,
            now=clock.now(),
        )


@router.post("/{int:meeting_id}/results", response={201: Made}, summary="Write down what a meeting came to")
@needs(EDIT_PEOPLE)
def add_result(request: HttpRequest, meeting_id: Id, given: shapes.ResultGiven) -> Any:
    """An action, a requirement agreed or an opportunity found."""
    made = result_actions.add(actor=actor_of(request), meeting_id=meeting_id, **given.model_dump(), now=clock.now())
    return {"id": made}


@results.post("/{int:result_id}/settle", response={204: None}, summary="Settle an action or opportunity")
@needs(READ_STANDARDS)
def settle_result(request: HttpRequest, result_id: Id, given: shapes.Settling) -> None:
    """As whoever took it on, or leads the meeting."""
    result_actions.settle(actor=actor_of(request), result_id=result_id, **given.model_dump(), now=clock.now())


@results.post("/{int:result_id}/move", response={204: None}, summary="Move an action or opportunity")
@needs(READ_STANDARDS)
def move_result(request: HttpRequest, result_id: Id, given: shapes.Moving) -> None:
    """With its reason."""
    result_actions.move(actor=actor_of(request), result_id=result_id, **given.model_dump(), now=clock.now())


@results.post("/{int:result_id}/expectation", response={201: Made}, summary="Make an expectation of a requirement")
@needs(EDIT_STANDARDS)
def expect_result(request: HttpRequest, result_id: Id, given: shapes.Expecting) -> Any:
    """It says where it was agreed."""
    made = result_actions.expect(
        actor=actor_of(request), result_id=result_id, segment_id=given.segment_id, now=clock.now()
    )
    return {"id": made}


@opportunities.get("", response=Page[shapes.Result], summary="List opportunities found in meetings")
@needs(READ_STANDARDS)
def list_opportunities(request: HttpRequest, asked: Query[shapes.OpportunityQuery]) -> Any:
    """Of the meetings you may read."""
    rows, cursor = queries.opportunities(
        actor=actor_of(request), view=asked.view, on=clock.day_of(clock.now()), cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@decisions.get("", response=Page[shapes.DecisionItem], summary="List decisions")
@needs(READ_STANDARDS)
def list_decisions(request: HttpRequest, asked: Query[shapes.DecisionQuery]) -> Any:
    """Those you may read, those needed last first."""
    rows, cursor = decision_queries.decisions(
        actor=actor_of(request), view=asked.view, on=clock.day_of(clock.now()), cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@decisions.post("", response={201: Made}, summary="Put down a decision")
@needs(EDIT_PEOPLE, DECIDE)
def put_down_decision(request: HttpRequest, given: shapes.DecisionPlanned) -> Any:
    """By when it is needed, and who decides."""
    return {"id": decision_actions.put_down(actor=actor_of(request), **given.model_dump(), now=clock.now())}


@decisions.get("/{int:decision_id}", response=shapes.DecisionWhole, summary="Read a decision")
@needs(READ_STANDARDS)
def read_decision(request: HttpRequest, response: HttpResponse, decision_id: Id) -> Any:
    """With what was weighed, what was expected and what came of it."""
    today = clock.day_of(clock.now())
    found = decision_queries.decision(actor=actor_of(request), decision_id=decision_id, on=today)
    versions.tag(response, found.row.version)
    names = ("known", "unknown", "reasons", "expected", "measure", "before", "found", "after")
    return (
        shapes.DecisionItem.model_validate(found.row).model_dump()
        | {name: getattr(found, name) for name in names}
        | {"options": list(found.options)}
    )


@decisions.post("/{int:decision_id}/options", response={201: Made}, summary="Add an option")
@needs(EDIT_PEOPLE, DECIDE)
def add_option(request: HttpRequest, decision_id: Id, given: shapes.OptionGiven) -> Any:
    """With what speaks for and against it."""
    made = decision_actions.weigh(
        actor=actor_of(request), decision_id=decision_id, **given.model_dump(), now=clock.now()
    )
    return {"id": made}


@decisions.post("/{int:decision_id}/decide", response={204: None}, summary="Decide")
@needs_version
@needs(EDIT_PEOPLE, DECIDE)
def take_decision(request: HttpRequest, decision_id: Id, given: shapes.Deciding) -> None:
    """As whoever is named to; its outcome is asked for in 30 days unless said otherwise."""
    with on_version():
        decision_actions.decide(
            actor=actor_of(request),
            decision_id=decision_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@decisions.post("/{int:decision_id}/outcome", response={204: None}, summary="Say what came of a decision")
@needs_version
@needs(EDIT_PEOPLE, DECIDE)
def review_decision(request: HttpRequest, decision_id: Id, given: shapes.LookingBack) -> None:
    """Once, from its day on."""
    with on_version():
        decision_actions.look_back(
            actor=actor_of(request),
            decision_id=decision_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@weeks.get("", response=shapes.Weeks, summary="Read your weeks")
@needs(EDIT_PEOPLE)
def read_weeks(request: HttpRequest) -> Any:
    """The present one in its order, and what was achieved in those before."""
    actor = actor_of(request)
    row = week_queries.present(actor=actor, on=clock.day_of(clock.now()))
    rows = week_queries.priorities(week_id=row.id, hours=row.hours, by_hand=row.by_hand) if row else ()
    return {"present": row, "priorities": list(rows), "closed": list(week_queries.closed(actor=actor))}


@weeks.post("/priorities", response={201: Made}, summary="Plan something for your week")
@needs(EDIT_PEOPLE)
def plan_priority(request: HttpRequest, given: shapes.PriorityGiven) -> Any:
    """It takes its place by value, urgency and hours."""
    return {"id": week_actions.plan(actor=actor_of(request), **given.model_dump(), now=clock.now())}


@weeks.post("/priorities/{int:priority_id}/move", response={204: None}, summary="Move a priority")
@needs(EDIT_PEOPLE)
def move_priority(request: HttpRequest, priority_id: Id, given: shapes.PriorityMove) -> None:
    """By one place; the week then stands in the order you put it in."""
    week_actions.move(actor=actor_of(request), priority_id=priority_id, up=given.direction == "up", now=clock.now())


@weeks.post("/priorities/{int:priority_id}/settle", response={204: None}, summary="Settle a priority")
@needs(EDIT_PEOPLE)
def settle_priority(request: HttpRequest, priority_id: Id, given: shapes.PrioritySettling) -> None:
    """Done, dropped, or open after all."""
    week_actions.settle(actor=actor_of(request), priority_id=priority_id, state=given.state, now=clock.now())
