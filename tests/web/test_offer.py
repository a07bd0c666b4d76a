"""The pages of expectations, offer and vision: what they cost at two sizes, and what they refuse."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Customer
from wellserved.apps.desk.queries import segments
from wellserved.apps.standards.actions import expectations, vision
from wellserved.apps.standards.actions import offer as actions
from wellserved.apps.standards.models import Expectation, Objective, Segment, Service, ServiceVersion, VisionVersion
from wellserved.apps.standards.queries import expectations as queries
from wellserved.apps.standards.types.offer import Line, Offer, Rule, Signals
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

NEVER = dt.date(2099, 1, 1)


def make_segment(who: Persona, name: str = "Households", **rule: object) -> int:
    return expectations.save_segment(
        actor=who.actor,
        segment_id=None,
        name=name,
        rule=Rule(**rule),  # type: ignore[arg-type]
        now=NOW,
    )


def make_expectation(who: Persona, segment: int, title: str = "An answer today", **more: object) -> int:
    facts: dict[str, object] = {
        "basis": "stated",
        "nature": "real",
        "importance": 4,
        "source": "survey",
        "source_on": NOW.date(),
        "credibility": 2,
        "review_on": NEVER,
    }
    return expectations.save_expectation(
        actor=who.actor,
        expectation_id=None,
        title=title,
        segment_id=segment,
        now=NOW,
        **(facts | more),  # type: ignore[arg-type]
    )


def offer_of(*expected: int, name: str = "Desk", text: str = "An answer") -> Offer:
    return Offer(name=name, lines=(Line(kind="offer", text=text, expectations=expected),), roles=("agent",))


def make_service(who: Persona, *expected: int, name: str = "Desk") -> int:
    offer = offer_of(*expected, name=name)
    return actions.save_service(actor=who.actor, service_id=None, offer=offer, effective_on=NOW.date(), now=NOW)


def fill(who: Persona, *, first: int, count: int) -> None:
    """Write as many segments, expectations, services and objectives at once."""
    numbers = range(first, first + count)
    known = Segment.objects.bulk_create(Segment(name=f"Segment {at:04}", rule=Rule().as_data()) for at in numbers)
    expected = Expectation.objects.bulk_create(
        Expectation(
            title=f"Expected {at:04}",
            segment=known[at - first],
            basis="stated",
            nature="real",
            importance=3,
            source="survey",
            source_on=NOW.date(),
            credibility=2,
            signals=Signals(words=("parcel",)).as_data(),
            review_on=NEVER,
        )
        for at in numbers
    )
    served = Service.objects.bulk_create(
        Service(name=f"Service {at:04}", number=1, changed_at=NOW, origin="live") for at in numbers
    )
    ServiceVersion.objects.bulk_create(
        ServiceVersion(
            service=row,
            number=1,
            content=offer_of(each.pk).as_data(),
            effective_on=NOW.date(),
            created_at=NOW,
            created_by=who.user,
        )
        for row, each in zip(served, expected, strict=True)
    )
    through = Service.meets.through
    through.objects.bulk_create(
        through(service=row, expectation=each) for row, each in zip(served, expected, strict=True)
    )
    Objective.objects.bulk_create(
        Objective(name=f"Objective {at:04}", measured_by="90 %", due_on=NEVER) for at in numbers
    )


def count_queries(who: Persona, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert who.client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "path",
    ["/expectations", "/expectations/segments", "/offer", "/offer?view=coverage", "/vision", "/customers", "/"],
)
def test_a_register_costs_the_same_with_five_records_and_with_five_hundred(amira: Persona, path: str):
    fill(amira, first=0, count=5)
    amira.client.get(path)
    few = count_queries(amira, path)
    fill(amira, first=5, count=495)
    assert count_queries(amira, path) == few


def test_a_rule_finds_who_belongs_and_a_change_of_the_card_moves_them(amira: Persona):
    desk.save_customer(actor=amira.actor, name="Outside", now=NOW)
    inside = desk.save_customer(actor=amira.actor, name="Inside", is_internal=True, now=NOW)
    rules = {1: Rule(who="internal"), 2: Rule(who="household"), 3: Rule()}
    assert segments.sizes(actor=amira.actor, rules=rules) == {1: 1, 2: 1, 3: 2}
    Customer.objects.filter(pk=inside).update(is_internal=False)
    assert segments.sizes(actor=amira.actor, rules=rules) == {1: 0, 2: 2, 3: 2}


def test_tickets_tell_of_an_expectation_by_word_and_of_complaints_apart(amira: Persona):
    desk.save_queue(actor=amira.actor, name="Care", team_id=None, is_default=True, now=NOW)
    for subject, kind in (("Parcel late", "question"), ("Parcel gone", "complaint"), ("Thanks", "compliment")):
        desk.open_ticket(
            actor=amira.actor, subject=subject, body="-", customer_email="dev@mail.test", kind=kind, now=NOW
        )
    heard = segments.voice(actor=amira.actor, rule=Rule(), signals={7: Signals(words=("parcel",))}, now=NOW)
    assert (heard.all.tickets, heard.all.complaints) == (3, 1)
    assert (heard.of[7].tickets, heard.of[7].complaints) == (2, 1)


def test_the_offer_closes_a_gap_and_its_withdrawal_opens_it_again(amira: Persona):
    expected = make_expectation(amira, make_segment(amira))
    assert queries.coverage(actor=amira.actor).served == 0
    service = make_service(amira, expected)
    assert queries.coverage(actor=amira.actor).served == 1
    actions.withdraw_service(actor=amira.actor, service_id=service, reason="Too dear", now=NOW)
    assert queries.coverage(actor=amira.actor).served == 0


def test_an_offer_that_meets_nothing_is_refused_and_nothing_is_written(amira: Persona):
    with pytest.raises(Invalid) as refused:
        make_service(amira)
    assert (refused.value.code, Service.objects.count()) == ("offer_line_cites_nothing", 0)


def test_a_version_needs_a_change_and_a_reason(amira: Persona):
    expected = make_expectation(amira, make_segment(amira))
    service = make_service(amira, expected)
    shared = {"actor": amira.actor, "service_id": service, "effective_on": NOW.date(), "now": NOW}
    with pytest.raises(Conflict) as same:
        actions.save_service(offer=offer_of(expected), reason="None", **shared)
    with pytest.raises(Invalid) as silent:
        actions.save_service(offer=offer_of(expected, text="Two answers"), **shared)
    assert (same.value.code, silent.value.code) == ("nothing_changed", "reason")
    assert ServiceVersion.objects.filter(service=service).count() == 1


def test_an_agent_reads_and_changes_nothing(amira: Persona, ben: Persona):
    segment = make_segment(amira)
    with pytest.raises(Refused):
        make_expectation(ben, segment)
    assert (Expectation.objects.count(), ben.client.get(f"/expectations/segments/{segment}").status_code) == (0, 200)


def test_a_source_from_the_future_is_refused(amira: Persona):
    segment = make_segment(amira)
    with pytest.raises(Invalid) as refused:
        make_expectation(amira, segment, source_on=NOW.date() + dt.timedelta(days=1))
    assert (refused.value.code, Expectation.objects.count()) == ("offer_day", 0)


def test_another_worlds_segment_is_absent(amira: Persona, sample_world):
    segment = make_segment(amira)
    with pytest.raises(NotFound):
        queries.segment(actor=amira.in_world(sample_world), segment_id=segment, now=NOW)


def test_the_vision_keeps_every_version_and_asks_why(amira: Persona):
    vision.save_vision(actor=amira.actor, text="At home with us", now=NOW)
    with pytest.raises(Invalid):
        vision.save_vision(actor=amira.actor, text="At home", now=NOW)
    vision.save_vision(actor=amira.actor, text="At home", reason="Shorter", now=NOW)
    assert list(VisionVersion.objects.order_by("number").values_list("text", flat=True)) == [
        "At home with us",
        "At home",
    ]


def test_the_public_page_opens_only_while_it_is_published(amira: Persona):
    assert Client().get("/promises").status_code == 404
    actions.publish_promises(actor=amira.actor, introduction="Hold us to it.", now=NOW)
    page = Client().get("/promises")
    assert (page.status_code, b"Hold us to it." in page.content, b"<script" in page.content) == (200, True, False)
    actions.withdraw_promises(actor=amira.actor, now=NOW)
    assert Client().get("/promises").status_code == 404


def test_more_lines_keep_what_was_typed(amira: Persona):
    expected = make_expectation(amira, make_segment(amira))
    body = {"name": "Desk", "intent": "more", "line0_kind": "offer", "line0_text": "An answer", "line0_meets": expected}
    page = amira.client.post("/offer/new", body).content.decode()
    assert ('value="An answer"' in page, "line3_text" in page, Service.objects.count()) == (True, True, 0)
