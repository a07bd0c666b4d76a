"""Learning needs and plans, courses and training, support slots."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.shapes import learning as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PEOPLE, READ_STANDARDS
from wellserved.apps.development.actions import learning as actions
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import support as slot_actions
from wellserved.apps.development.actions import training as training_actions
from wellserved.apps.development.queries import needs as queries
from wellserved.apps.development.queries import support, training
from wellserved.apps.development.types.recorded import NEEDS_READ
from wellserved.apps.development.types.training import scores_of
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Learning"])
plans = Router(tags=["Learning"])
courses = Router(tags=["Training"])
events = Router(tags=["Training"])
slots = Router(tags=["Support"])


@router.get("", response=Items[shapes.Need], summary="List learning needs")
@needs(READ_STANDARDS)
def list_learning_needs(request: HttpRequest) -> Any:
    """Your own, or those of whom you may know; what breaks on the desk first."""
    actor, now = actor_of(request), clock.now()
    rows = queries.analysis(actor=actor, now=now)
    looking.note_list(actor=actor, kind=NEEDS_READ, person_ids={row.person_id for row in rows}, now=now)
    return items_of(rows)


@router.post("", response={201: Made}, summary="Name a learning need")
@needs(READ_STANDARDS)
def name_learning_need(request: HttpRequest, need: shapes.NeedGiven) -> Any:
    """Of yourself, or of somebody you lead."""
    return {"id": actions.name_need(actor=actor_of(request), **need.model_dump(), now=clock.now())}


@router.post("/{int:need_id}/comment", response={204: None}, summary="Comment on a learning need")
@needs(EDIT_PEOPLE)
def comment_on_learning_need(request: HttpRequest, need_id: Id, given: shapes.NeedCommentGiven) -> None:
    """As whoever leads her."""
    actions.comment_need(actor=actor_of(request), need_id=need_id, comment=given.comment, now=clock.now())


@router.post("/{int:need_id}/plans", response={201: Made}, summary="Plan how a need is met")
@needs(READ_STANDARDS)
def plan_learning(request: HttpRequest, need_id: Id, plan: shapes.PlanGiven) -> Any:
    """Course, coaching, shadowing or reading."""
    made = actions.plan(actor=actor_of(request), need_id=need_id, **plan.model_dump(), now=clock.now())
    return {"id": made}


@plans.get("", response=Items[shapes.LearningPlan], summary="List learning plans")
@needs(READ_STANDARDS)
def list_learning_plans(request: HttpRequest) -> Any:
    """Those not done yet, by their days."""
    actor, now = actor_of(request), clock.now()
    rows = queries.plans(actor=actor, now=now)
    looking.note_views(actor=actor, opened=[("development.plan", row.id, row.person_id) for row in rows], now=now)
    return items_of(rows)


@plans.get("/{int:plan_id}", response=shapes.LearningPlan, summary="Read a learning plan")
@needs(READ_STANDARDS)
def read_learning_plan(request: HttpRequest, plan_id: Id) -> Any:
    """How one need is to be met."""
    actor, now = actor_of(request), clock.now()
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    looking.note_view(actor=actor, kind="development.plan", record_id=found.id, person_id=found.person_id, now=now)
    return found


@plans.post("/{int:plan_id}/finish", response={204: None}, summary="Finish a learning plan")
@needs(READ_STANDARDS)
def finish_learning_plan(request: HttpRequest, plan_id: Id, given: shapes.FinishGiven) -> None:
    """With a level, the skill is written and she may be assigned again."""
    actions.finish(actor=actor_of(request), plan_id=plan_id, **given.model_dump(), now=clock.now())


@courses.get("", response=Items[shapes.Course], summary="List courses")
@needs(READ_STANDARDS)
def list_courses(request: HttpRequest) -> Any:
    """What can be learnt here."""
    return items_of(training.courses(actor=actor_of(request)))


@events.get("", response=Page[shapes.Training], summary="List training")
@needs(READ_STANDARDS)
def list_training(request: HttpRequest, filters: Query[shapes.TrainingQuery]) -> dict[str, Any]:
    """Courses on their days, the latest first."""
    rows, cursor = training.events(
        actor=actor_of(request), view=filters.view, cursor=filters.after, limit=filters.limit, now=clock.now()
    )
    return page_of(request, rows, cursor)


@events.get("/{int:event_id}", response=shapes.TrainingDetail, summary="Read a training event")
@needs(READ_STANDARDS)
def read_training(request: HttpRequest, event_id: Id) -> Any:
    """With what came of it at four levels; no figure of fewer than five people."""
    actor, now = actor_of(request), clock.now()
    found = training.event(actor=actor, event_id=event_id, now=now)
    looking.note_views(actor=actor, opened=scores_of(found), now=now)
    return found


@events.post("/{int:event_id}/seats", response={204: None}, summary="Take a seat")
@needs(READ_STANDARDS)
def book_training(request: HttpRequest, event_id: Id, seat: shapes.SeatGiven) -> None:
    """For yourself or somebody you lead; a full course keeps a waiting list."""
    training_actions.book(actor=actor_of(request), event_id=event_id, person_id=seat.person_id, now=clock.now())


@events.post("/{int:event_id}/seats/give-back", response={204: None}, summary="Give a seat back")
@needs(READ_STANDARDS)
def leave_training(request: HttpRequest, event_id: Id, seat: shapes.SeatGiven) -> None:
    """The first on the waiting list gets it."""
    training_actions.leave(actor=actor_of(request), event_id=event_id, person_id=seat.person_id, now=clock.now())


@slots.get("", response=Page[shapes.Slot], summary="List support slots")
@needs(READ_STANDARDS)
def list_support_slots(request: HttpRequest, filters: Query[shapes.SlotQuery]) -> dict[str, Any]:
    """What colleagues keep free, the next first."""
    rows, cursor = support.slots(
        actor=actor_of(request), view=filters.view, cursor=filters.after, limit=filters.limit, now=clock.now()
    )
    return page_of(request, rows, cursor)


@slots.post("/{int:slot_id}/book", response={204: None}, summary="Book a support slot")
@needs(READ_STANDARDS)
def book_support_slot(request: HttpRequest, slot_id: Id, given: shapes.TakeGiven) -> None:
    """What it is about is for the two alone."""
    slot_actions.book(actor=actor_of(request), slot_id=slot_id, about=given.about, now=clock.now())
