"""Whom the fictional retailer serves, what they expect, what it offers them, and what it wants to be."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.people import actions as people
from wellserved.apps.standards.actions import expectations, vision
from wellserved.apps.standards.actions import offer as actions
from wellserved.apps.standards.queries import commitments
from wellserved.apps.standards.queries import vision as visions
from wellserved.apps.standards.types.offer import Line, Offer, Rule, Signals
from wellserved.apps.thread import actions as thread
from wellserved.demo.commitments import CARE_LEADER, DELIVERIES, MANAGER
from wellserved.platform.origin import World

HOUSEHOLDS, BUSINESSES, COLLEAGUES = "Household customers", "Business customers", "Shops and warehouse"
_SAME_DAY, _PARCEL = "A person answers me the same day", "I know where my parcel is without asking"
_SENIOR, _TOLD = "Somebody senior looks at a complaint", ("agent", "team_leader")
_INTERNAL = ("Manchester shop floor", "London shop floor", "Leeds depot office", "Returns warehouse")

_SEGMENTS = (
    (HOUSEHOLDS, "People who buy for their home.", "household", CARE_LEADER, 80),
    (BUSINESSES, "Hotels, lettings and designers with an account.", "organisation", MANAGER, -4),
    (COLLEAGUES, "Our own shops and depots, which pass customers on to us.", "internal", DELIVERIES, 120),
)

# title, segment, basis, nature, importance, source, note, age in days, credibility, tags, words, days until review
_EXPECTATIONS: tuple[tuple[str, str, str, str, int, str, str, int, int, tuple[str, ...], tuple[str, ...], int], ...] = (
    (
        "A person answers me the same day", HOUSEHOLDS, "stated", "real", 5, "survey", "Spring survey, 412 answers",
        190, 3, (), (), 40,
    ),
    (
        "I know where my parcel is without asking", HOUSEHOLDS, "derived", "real", 3, "desk",
        "What they write about most", 12, 3, ("delivery",), ("tracking", "parcel"), 75,
    ),
    (
        "What arrives is whole, or replaced at once", HOUSEHOLDS, "stated", "real", 5, "complaints",
        "Complaints of the last year", 60, 2, ("damage",), ("broken", "damaged"), 30,
    ),
    (
        "My money is back within a week", HOUSEHOLDS, "stated", "real", 4, "survey", "Spring survey, 412 answers", 190,
        3, ("refund",), (), -6,
    ),
    (
        "Somebody senior looks at a complaint", HOUSEHOLDS, "observed", "perceived", 3, "observation",
        "Two days beside the telephone", 100, 2, ("complaint",), ("complaint",), 60,
    ),
    (
        "Advice before I choose", HOUSEHOLDS, "derived", "real", 2, "desk", "Questions before an order", 12, 3,
        ("advice",), (), 90,
    ),
    (
        "One person knows us", BUSINESSES, "stated", "real", 5, "interview", "Talks with four of our largest", 420, 2,
        (), (), -10,
    ),
    (
        "Deliveries come on the day agreed", BUSINESSES, "stated", "real", 5, "interview",
        "Talks with four of our largest", 420, 2, ("delivery",), (), 20,
    ),
    (
        "Invoices are right the first time", BUSINESSES, "observed", "real", 3, "staff", "Billing team", 45, 2,
        ("payment",), (), 110,
    ),
    (
        "We are told what was done for our customer", COLLEAGUES, "stated", "real", 4, "staff", "Shop managers' round",
        30, 2, (), (), 130,
    ),
)  # fmt: skip

# Standards of the sample and the expectation each answers.
_PROMISED = (
    ("First reply", "A person answers me the same day"),
    ("First reply on deliveries", "I know where my parcel is without asking"),
    ("Deliveries settled within two days", "Deliveries come on the day agreed"),
    ("Complaints kept informed", "Somebody senior looks at a complaint"),
)

_VISION = (
    "Whoever buys from us feels at home with us, on the best day and on the worst.",
    (
        ("Plain words", "We say what happened and what we will do, in words a neighbour would use."),
        ("One hand", "Whoever takes it keeps it until it is settled."),
        ("Put right", "A fault of ours never costs the customer an evening."),
    ),
)
_OBJECTIVES = (
    (
        "Nine in ten satisfied", "Those who are come back within the year.",
        "90 % of those asked are satisfied, three months running.", 130, MANAGER,
    ),
    (
        "Half as many parcels astray", "Late parcels are a third of what customers write.",
        "Tickets about late parcels fall from 95 to 48 a month.", 75, DELIVERIES,
    ),
    (
        "Complaints settled once", "A complaint that comes back costs three times as much.",
        "No more than one complaint in ten is opened again.", -12, CARE_LEADER,
    ),
)  # fmt: skip


def offer(*, now: dt.datetime) -> None:
    """Write segments, expectations, services, promises and vision as they stand now; the tickets are there already."""
    cast = {user.name: user.pk for user in accounts.active_staff(world=World.SAMPLE)}
    staff = {
        user.name: accounts.actor_for(user=user, world=World.SAMPLE)
        for user in accounts.active_staff(world=World.SAMPLE)
    }
    manager = staff[MANAGER]
    for at, name in enumerate(_INTERNAL):
        desk.save_customer(
            actor=manager,
            customer_id=None,
            name=name,
            email=f"{name.split()[0].lower()}{at}@larkfield.example",
            is_internal=True,
            now=now - dt.timedelta(days=200),
        )
    known = _expect(manager, cast, now)
    standards = {row.name: row.id for row in commitments.in_force(actor=manager, now=now)}
    for standard, title in _PROMISED:
        if pk := standards.get(standard):
            thread.link(
                actor=manager,
                start=("standards.standard", pk),
                verb="promises",
                end=("standards.expectation", known[title]),
                now=now - dt.timedelta(days=50),
            )
    told = _serve(manager, known, now)
    _lead(manager, cast, now)
    _read(staff, told, now)
    actions.publish_promises(
        actor=manager,
        introduction="We sell things for the home. This is what you can hold us to, and how far we kept to it.",
        now=now - dt.timedelta(days=30),
    )


def _expect(manager: Actor, cast: Mapping[str, int], now: dt.datetime) -> dict[str, int]:
    tags = {tag.name: tag.id for tag in desk_queries.choices(actor=manager).tags}
    written = now - dt.timedelta(days=11)
    segments = {
        name: expectations.save_segment(
            actor=manager,
            segment_id=None,
            name=name,
            description=description,
            rule=Rule(who=who),
            owner_id=cast[owner],
            review_on=max(written.date() + dt.timedelta(days=1), now.date() + dt.timedelta(days=due)),
            now=written,
        )
        for name, description, who, owner, due in _SEGMENTS
    }
    known: dict[str, int] = {}
    for title, segment, basis, nature, weight, source, note, age, trust, marks, words, due in _EXPECTATIONS:
        known[title] = expectations.save_expectation(
            actor=manager,
            expectation_id=None,
            title=title,
            segment_id=segments[segment],
            basis=basis,
            nature=nature,
            importance=weight,
            source=source,
            source_note=note,
            source_on=now.date() - dt.timedelta(days=age),
            credibility=trust,
            signals=Signals(tags=tuple(tags[mark] for mark in marks if mark in tags), words=words),
            review_on=max(written.date() + dt.timedelta(days=1), now.date() + dt.timedelta(days=due)),
            now=written,
        )
    return known


def _line(known: Mapping[str, int], kind: str, text: str, *titles: str) -> Line:
    return Line(kind=kind, text=text, expectations=tuple(known[title] for title in titles))


def _services(known: Mapping[str, int], hours: Mapping[str, int]) -> tuple[Offer, ...]:
    line = functools.partial(_line, known)
    agreed, money = "Deliveries come on the day agreed", "My money is back within a week"
    return (
        Offer(
            name="Customer desk",
            summary="One desk for every question, by e-mail, web, chat and telephone.",
            calendar=hours["Office hours"],
            lines=(
                line("offer", "A person reads every message and answers it", _SAME_DAY),
                line("channel", "E-mail, web, chat and telephone", _SAME_DAY),
                line("entitlement", "Any complaint goes to the team leader on request", _SENIOR),
                line("strength", "Advisers stay with a customer to the end", _SAME_DAY),
                line("weakness", "Nights are thinly staffed"),
            ),
            roles=_TOLD,
        ),
        Offer(
            name="Delivery to the door",
            summary="A two-hour slot by text on the day.",
            calendar=hours["Round the clock"],
            lines=(
                line("offer", "A tracking page from dispatch to the door", _PARCEL),
                line("entitlement", "A new parcel after five days without one", _PARCEL, agreed),
                line("weakness", "Tracking stands still between depots", _PARCEL),
            ),
            roles=_TOLD,
        ),
        Offer(
            name="Thirty-day returns",
            kind="product",
            summary="Anything goes back within thirty days, opened or not.",
            lines=(
                line("entitlement", "The money back within seven days of the parcel's return", money),
                line("strength", "No reason is asked for", money),
            ),
            roles=_TOLD,
        ),
    )


def _serve(manager: Actor, known: Mapping[str, int], now: dt.datetime) -> int:
    hours = {name: pk for pk, name in commitments.calendar_names(actor=manager).items()}
    begun, changed = now - dt.timedelta(days=10), now - dt.timedelta(days=3)
    offers = _services(known, hours)
    made = [
        actions.save_service(actor=manager, service_id=None, offer=each, effective_on=begun.date(), now=begun)
        for each in offers
    ]
    later = _line(known, "hours", "Chat until ten in the evening", _SAME_DAY)
    actions.save_service(
        actor=manager,
        service_id=made[0],
        offer=dataclasses.replace(offers[0], calendar=hours["Round the clock"], lines=(*offers[0].lines, later)),
        effective_on=(now + dt.timedelta(days=4)).date(),
        reason="Every third question comes after six in the evening.",
        now=changed,
    )
    return made[0]


def _lead(manager: Actor, cast: Mapping[str, int], now: dt.datetime) -> None:
    text, values = _VISION
    vision.save_vision(
        actor=manager,
        text="Whoever buys from us feels at home with us.",
        values=values[:2],
        now=now - dt.timedelta(days=160),
    )
    vision.save_vision(
        actor=manager,
        text=text,
        values=values,
        priorities="Parcels first until spring: what we promise at the door, we keep at the door.",
        reason="Colleagues asked what holds on a bad day.",
        now=now - dt.timedelta(days=9),
    )
    for name, why, measured_by, due, owner in _OBJECTIVES:
        vision.save_objective(
            actor=manager,
            objective_id=None,
            name=name,
            why=why,
            measured_by=measured_by,
            due_on=now.date() + dt.timedelta(days=due),
            owner_id=cast[owner],
            now=now - dt.timedelta(days=150),
        )


def _read(staff: Mapping[str, Actor], service: int, now: dt.datetime) -> None:
    """Let all but a few read the first version of the vision, some the second, and some the change of the offer."""
    found = visions.vision(actor=staff[MANAGER])
    ref = found.id if found else 0
    for at, (_, actor) in enumerate(sorted(staff.items())):
        people.acknowledge(
            actor=actor, kind="standards.vision", record_id=ref, number=1, now=now - dt.timedelta(days=140)
        )
        if at % 3 or actor.role == "manager":
            people.acknowledge(
                actor=actor, kind="standards.vision", record_id=ref, number=2, now=now - dt.timedelta(days=6)
            )
        if at % 4 == 1:
            people.acknowledge(
                actor=actor, kind="standards.service", record_id=service, number=2, now=now - dt.timedelta(days=1)
            )
    people.learn(actor=staff[MANAGER], key="customers-and-needs", now=now - dt.timedelta(days=8))
