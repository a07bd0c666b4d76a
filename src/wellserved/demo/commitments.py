"""What the fictional retailer promises, whom it depends on, and what was found when somebody looked."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.actions import commitments as standards
from wellserved.apps.standards.actions import partners
from wellserved.apps.standards.queries import commitments as queries
from wellserved.demo import company, history
from wellserved.platform.origin import World

HOUR = 3600
MANAGER, DELIVERIES, CARE_LEADER = "Amara Okafor", "Gareth Pugh", "Lena Fischer"
COURIER, UPHOLSTERER = "Swiftline Couriers", "Oakfield Upholstery"

# name, expectation, promise, measure, hours, calendar, target, scope, days until review
_CLOCKS: tuple[tuple[str, str, str, str, int, str, float, dict[str, tuple[str, ...]], int], ...] = (
    (
        "First reply",
        "Customers expect to hear from a person the same day.",
        "A person answers you within four hours, day or night.",
        "first_reply",
        4,
        "Round the clock",
        0.9,
        {},
        60,
    ),
    (
        "Settled within three days",
        "Customers expect the matter to be over within the week.",
        "We settle it within three days; while we wait for you, the clock stands still.",
        "resolution",
        72,
        "Round the clock",
        0.85,
        {},
        30,
    ),
    (
        "First reply on deliveries",
        "Whoever waits for a parcel wants to know where it is.",
        "A person answers a question about a delivery within four hours.",
        "first_reply",
        4,
        "Round the clock",
        0.9,
        {"queue": (company.DELIVERY,)},
        -3,
    ),
    (
        "Deliveries settled within two days",
        "A parcel that went astray is expected to be found or sent again at once.",
        "A delivery gone wrong is put right within two days.",
        "resolution",
        48,
        "Round the clock",
        0.85,
        {"queue": (company.DELIVERY,)},
        45,
    ),
    (
        "Complaints kept informed",
        "Whoever complains expects not to have to ask again.",
        "While a complaint is open you hear from us every two days.",
        "keep_informed",
        48,
        "Round the clock",
        0.9,
        {"kind": ("complaint",)},
        20,
    ),
)

_REVIEW = {
    "sla": "Two days to find a parcel fits what we promise; one day would fit better.",
    "commitment": "A named team since the spring, and cover in peak weeks.",
    "conflicts": "One interest declared on our side; its holder takes no part.",
    "responsiveness": "Most answers come in time; Mondays lag.",
    "communication": "They tell us of depot closures a day ahead.",
    "leadership": "The depot managers decide alone, which helps.",
    "vision": "They measure first-time delivery as we do.",
}


def commit(*, queues: Mapping[str, int], now: dt.datetime) -> None:
    """Write standards, partners and agreements as they stood when the history begins, and what was found since."""
    since = now - dt.timedelta(days=history.DAYS + 29)
    cast = {user.name: user for user in accounts.active_staff(world=World.SAMPLE)}
    actors = {name: accounts.actor_for(user=user, world=World.SAMPLE) for name, user in cast.items()}
    manager = actors[MANAGER]
    calendars = {name: pk for pk, name in queries.calendar_names(actor=manager).items()}
    for name, expectation, promise, measure, hours, calendar, target, scope, due in _CLOCKS:
        answers = {
            "name": name,
            "expectation": expectation,
            "promise": promise,
            "measure": measure,
            "source": "desk",
            "target": target,
            "tolerance": 0.02,
            "seconds": hours * HOUR,
            "calendar": calendars[calendar],
            "pause_on": ["waiting_customer"] if measure != "first_reply" else [],
            "audience": "customers",
            "conditions": {field: [queues.get(v, v) for v in values] for field, values in scope.items()},
            "frequency": "week",
        }
        owner = cast[DELIVERIES if "queue" in scope else CARE_LEADER].pk
        _live(manager, answers, owner=owner, review_on=now.date() + dt.timedelta(days=due), since=since)
    _work_with_partners(actors, queues, calendars, cast[DELIVERIES].pk, since=since, now=now)
    _promise_without_clocks(manager, cast[MANAGER].pk, since=since, now=now)


def _live(manager: Actor, answers: dict[str, Any], *, owner: int, review_on: dt.date, since: dt.datetime) -> int:
    given = answers | {"owner_id": owner, "review_on": review_on, "effective_on": since.date()}
    pk = standards.save_draft(actor=manager, standard_id=None, answers=given, now=since).pk
    standards.agree(actor=manager, standard_id=pk, now=since)
    standards.put_live(actor=manager, standard_id=pk, now=since)
    return pk


def _work_with_partners(
    actors: Mapping[str, Actor],
    queues: Mapping[str, int],
    calendars: Mapping[str, int],
    owner: int,
    *,
    since: dt.datetime,
    now: dt.datetime,
) -> None:
    manager = actors[MANAGER]
    courier = _know_partners(actors, since=since)
    answers = {
        "name": "Courier answers within a day",
        "expectation": "We cannot answer about a parcel before the courier does.",
        "promise": "The courier tells us where a parcel is within 24 hours.",
        "measure": "supplier",
        "source": "desk",
        "target": 0.8,
        "tolerance": 0.02,
        "seconds": 24 * HOUR,
        "calendar": calendars["Round the clock"],
        "audience": "partners",
        "partner_id": courier,
        "agreed_with": "Key account desk, Swiftline",
        "conditions": {"queue": [queues[company.DELIVERY]]},
        "frequency": "month",
    }
    _live(manager, answers, owner=owner, review_on=now.date() + dt.timedelta(days=75), since=since)
    reviewed = now - dt.timedelta(days=20)
    partners.review_partner(
        actor=manager,
        partner_id=courier,
        findings=_REVIEW,
        next_on=now.date() + dt.timedelta(days=160),
        now=reviewed,
    )


def _know_partners(actors: Mapping[str, Actor], *, since: dt.datetime) -> int:
    manager = actors[MANAGER]
    courier = partners.save_partner(
        actor=manager,
        partner_id=None,
        name=COURIER,
        known_as="courier",
        contact="Key account desk",
        contact_email="accounts@swiftline.example",
        headings={
            "commitment": "A named team for our parcels.",
            "communication": "A call every Monday at nine.",
            "leadership": "Depot managers decide alone up to a full refund.",
            "vision": "First-time delivery, as ours.",
        },
        now=since,
    )
    partners.declare(actor=manager, partner_id=courier, has_interest=False, now=since)
    partners.declare(
        actor=actors[DELIVERIES], partner_id=courier, has_interest=True, words="My brother drives for them.", now=since
    )
    partners.save_partner(
        actor=manager,
        partner_id=None,
        name=UPHOLSTERER,
        known_as="workshop",
        contact="Workshop office",
        contact_email="office@oakfield.example",
        now=since,
    )
    return courier


def _promise_without_clocks(manager: Actor, owner: int, *, since: dt.datetime, now: dt.datetime) -> None:
    shared = {"audience": "customers", "tolerance": 0.02, "frequency": "month"}
    satisfied = _live(
        manager,
        shared
        | {
            "name": "Satisfied customers",
            "expectation": "Customers expect to be treated well from beginning to end.",
            "promise": "Nine in ten of those we ask are satisfied.",
            "measure": "satisfaction",
            "source": "survey",
            "target": 0.9,
        },
        owner=owner,
        review_on=now.date() + dt.timedelta(days=40),
        since=since,
    )
    for months, (good, asked) in enumerate(((171, 200), (164, 190), (181, 205))):
        day = now - dt.timedelta(days=30 * months + 3)
        standards.enter_reading(
            actor=manager, standard_id=satisfied, on=day.date(), value=Decimal(good), cases=asked, now=day
        )
    _live(
        manager,
        shared
        | {
            "name": "Done online",
            "expectation": "Most people would rather write than wait on the telephone.",
            "promise": "Seven in ten questions reach us by web, chat or e-mail.",
            "measure": "digital_take_up",
            "source": "desk",
            "target": 0.7,
        },
        owner=owner,
        review_on=now.date() + dt.timedelta(days=100),
        since=since,
    )
    standards.save_draft(
        actor=manager,
        standard_id=None,
        answers={"expectation": "Business customers want one person who knows them.", "promise": "One named adviser."},
        now=now - dt.timedelta(days=2),
    )
