"""Complaints of the sample service: rules loaded, each stage with somebody in it, one past the time of its rules."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import samples
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.standards.actions import law
from wellserved.platform.origin import World
from wellserved.platform.outbox import samples as mail_samples

PACKS = ("iso-10002.toml", "uk-duaa-complaint.toml", "uk-sar.toml")
_GAP = re.compile(r"\[\[.*?\]\]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far one complaint has come: how old it is in days, and what was done after how many days."""

    age: int
    acknowledged: int | None = None
    outcome: str = ""
    cause: str = "process"
    answer: str = ""
    lessons: str = ""
    refund: str = ""
    answered: int | None = None
    closed: bool = False
    mediator: str = ""
    handler: str = "Lena Fischer"


COURSES = (
    Course(age=1),
    Course(age=3, acknowledged=2, handler="Ben Dahl"),
    Course(age=24, acknowledged=3),
    Course(age=38, acknowledged=4),
    Course(
        age=30,
        acknowledged=2,
        outcome="upheld",
        cause="partner",
        answer="the courier left the parcel in the rain against our instruction",
        lessons="The courier's brief now says where not to leave a parcel.",
        refund="45.00",
    ),
    Course(
        age=60,
        acknowledged=3,
        outcome="partly",
        cause="communication",
        answer="the date we gave by telephone was not the date in the mail",
        lessons="Telephone and mail read the date from one place.",
        refund="20.00",
        answered=17,
        closed=True,
    ),
    Course(
        age=75,
        acknowledged=1,
        outcome="not_upheld",
        cause="expectation",
        answer="the price on the day of the order is the price we charged",
        answered=12,
        closed=True,
    ),
    Course(
        age=90,
        acknowledged=2,
        outcome="upheld",
        cause="system",
        answer="a fault in the till took the payment twice",
        lessons="The till refuses a second payment of one order within an hour.",
        refund="64.90",
        answered=9,
        closed=True,
    ),
    Course(
        age=50,
        acknowledged=2,
        outcome="partly",
        cause="product",
        answer="the joint failed, but after the time we vouch for",
        answered=20,
        mediator="M. Hale",
    ),
)


def complain(*, now: dt.datetime) -> int:
    """Load the sample's rules and handle some of its tickets as complaints; return how many."""
    house = accounts.system_actor(world=World.SAMPLE)
    began = now - dt.timedelta(days=200)
    for file in PACKS:
        law.load_offered(actor=house, file=file, now=began)
    staff = {person.name: person.id for person in accounts.staff(actor=house)}
    tickets = samples.tickets_for_complaints(now=now, ages=[course.age for course in COURSES])
    for course, ticket_id in zip(COURSES, tickets, strict=False):
        _tell(course, ticket_id=ticket_id, staff=staff, house=house, now=now)
    # What the story tells was sent long ago: nothing of it waits in the outbox.
    samples.detach_mail(ticket_ids=tickets)
    mail_samples.remove()
    return len(tickets)


def _tell(course: Course, *, ticket_id: int, staff: Mapping[str, int], house: Actor, now: dt.datetime) -> None:
    received = samples.opened_at(ticket_id=ticket_id)

    def day(n: int) -> dt.datetime:
        return min(now, received + dt.timedelta(days=n))

    complaint_id = actions.open_complaint(actor=house, ticket_id=ticket_id, received_at=received, now=day(0))
    leader = accounts.actor_by_id(staff["Lena Fischer"], world=World.SAMPLE)
    actions.assign_complaint(
        actor=house, complaint_id=complaint_id, handler_id=staff[course.handler], reviewer_id=None, now=day(0)
    )
    actor = dataclasses.replace(leader, sees_all_teams=True)
    if course.acknowledged is not None:
        _send(actor, complaint_id, "acknowledgement", now=day(course.acknowledged))
        actions.advance(
            actor=actor, complaint_id=complaint_id, to="investigation", note="", now=day(course.acknowledged + 1)
        )
    if course.outcome:
        actions.decide(
            actor=actor,
            complaint_id=complaint_id,
            outcome=course.outcome,
            cause=course.cause,
            answer=course.answer,
            lessons=course.lessons,
            now=day((course.acknowledged or 0) + 4),
        )
    if course.refund:
        manager = accounts.actor_by_id(staff["Amara Okafor"], world=World.SAMPLE)
        actions.grant_remedy(
            actor=manager, complaint_id=complaint_id, kind="refund", amount=Decimal(course.refund), now=day(8)
        )
    if course.answered is not None:
        _send(actor, complaint_id, "final", now=day(course.answered))
    if course.closed:
        actions.advance(actor=actor, complaint_id=complaint_id, to="closed", now=day((course.answered or 0) + 2))
    if course.mediator:
        actions.open_outside(
            actor=actor,
            complaint_id=complaint_id,
            kind="mediation",
            body="Retail mediation board",
            reference="RM-2201",
            person=course.mediator,
            now=day(30),
        )


def _send(actor: Actor, complaint_id: int, key: str, *, now: dt.datetime) -> None:
    # Numbers go on from load to load; the sample's own reference is the same each time.
    draft = queries.letter_draft(actor=actor, complaint_id=complaint_id, key=key, now=now)
    number, reference = samples.references(complaint_id=complaint_id)
    body = _GAP.sub("we apologise", draft.body).replace(f"#{number}", reference)
    ticks = {"reference": "The order's own reference stands in the letter"}
    actions.send_letter(actor=actor, complaint_id=complaint_id, key=key, body=body, ticks=ticks, now=now)
