"""Clocks derived from events: pauses, priorities, reopenings, rebuilding, explaining, escalating."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from tests.apps.desk.conftest import HOUR, NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Clock, Escalation, Ticket, TicketEvent
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards.models import PolicyVersion
from wellserved.platform.errors import Invalid
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import World


def clock(ticket: Ticket, metric: str, cycle: int = 1) -> Clock:
    return Clock.objects.get(ticket=ticket, metric=metric, cycle=cycle)


def dump() -> bytes:
    """Return every derived row as canonical JSON."""
    rows = [
        {k: v for k, v in model_to_dict(row).items() if k != "id"}
        for row in Clock.objects.order_by("ticket", "metric", "cycle")
    ]
    derived = Ticket.objects.order_by("pk").values("number", "next_due_at", "next_metric", "breached_at", "act_by")
    planned = Escalation.objects.order_by("ticket", "metric", "cycle", "level").values(
        "ticket", "metric", "cycle", "level", "tell", "due_at", "fired_at"
    )
    return json.dumps([rows, list(derived), list(planned)], default=str, sort_keys=True).encode()


def test_waiting_for_the_customer_pauses_the_resolution(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which one?", then="wait_customer", now=at(3, 11))
    assert (clock(parcel, "resolution").state, clock(parcel, "resolution").due_at) == ("paused", None)
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="The red one.", now=at(3, 13))
    assert (clock(parcel, "resolution").state, clock(parcel, "resolution").due_at) == ("running", at(4, 11, 30))


def test_a_new_priority_keeps_the_pauses_already_taken(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which one?", then="wait_customer", now=at(3, 11))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="The red one.", now=at(3, 13))
    actions.change_priority(actor=ben.actor, ticket_id=parcel.pk, impact="high", urgency="high", now=at(3, 14))
    row = Ticket.objects.get(pk=parcel.pk)
    assert (row.priority, clock(parcel, "resolution").due_at) == (1, at(4, 11, 30))
    assert list(TicketEvent.objects.filter(kind="policy_applied").values_list("policy", flat=True)) == [
        clock(parcel, "resolution").policy.replace("/1", "/3"),
        clock(parcel, "resolution").policy,
    ]


def test_a_higher_priority_shortens_the_first_reply(parcel: Ticket, ben: Persona) -> None:
    actions.change_priority(actor=ben.actor, ticket_id=parcel.pk, impact="high", urgency="high", now=at(3, 10, 30))
    assert clock(parcel, "first_reply").due_at == at(3, 11)


def test_an_override_needs_a_reason(parcel: Ticket, ben: Persona) -> None:
    with pytest.raises(Invalid, match="Say why the priority differs"):
        actions.change_priority(
            actor=ben.actor, ticket_id=parcel.pk, impact="low", urgency="low", override=1, now=at(3, 11)
        )
    assert Ticket.objects.get(pk=parcel.pk).priority == 3
    actions.change_priority(
        actor=ben.actor, ticket_id=parcel.pk, impact="low", urgency="low", override=1, reason="Mayor.", now=at(3, 11)
    )
    row = Ticket.objects.get(pk=parcel.pk)
    assert (row.priority, row.priority_reason, row.impact) == (1, "Mayor.", "low")


def test_reopening_resumes_with_the_time_already_used(parcel: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Done.", then="resolve", now=at(3, 12))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="reopen", reason="Not done.", now=at(4, 10))
    assert (clock(parcel, "resolution").due_at, clock(parcel, "resolution").cycle) == (at(4, 16), 1)


def test_reopening_restarts_where_the_target_says_so(
    office: int, queue_a: int, dev_customer: int, ben: Persona, amira: Persona
) -> None:
    standards.save_policy(
        actor=amira.actor,
        policy_id=None,
        name="Restarting",
        conditions={},
        targets=[{"metric": "resolution", "seconds": 8 * HOUR, "calendar": office, "reopen": "restart"}],
        now=at(2),
    )
    parcel = open_for(customer_id=dev_customer, queue_id=queue_a)
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Done.", then="resolve", now=at(3, 12))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="reopen", reason="Not done.", now=at(4, 9))
    assert (clock(parcel, "resolution").state, clock(parcel, "resolution", 2).due_at) == ("met", at(4, 17))


def test_staff_reopen_with_a_reason_only(parcel: Ticket, ben: Persona) -> None:
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 12))
    with pytest.raises(Invalid, match="Say why the ticket is opened again"):
        actions.move(actor=ben.actor, ticket_id=parcel.pk, move="reopen", now=at(3, 13))
    assert Ticket.objects.get(pk=parcel.pk).status == "resolved"


def test_waiting_splits_into_us_customer_and_supplier_and_sums_to_elapsed(
    parcel: Ticket, ben: Persona, dev: Persona
) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which?", then="wait_customer", now=at(3, 11))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Red.", now=at(3, 13))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="wait_supplier", now=at(3, 14))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="open", now=at(3, 17))
    waiting = queries.ticket(actor=ben.actor, number=parcel.number, now=at(3, 18)).waiting
    assert (waiting.us_seconds, waiting.customer_seconds, waiting.supplier_seconds) == (3 * HOUR, 2 * HOUR, 3 * HOUR)
    assert waiting.elapsed_seconds == 8 * HOUR
    assert (clock(parcel, "supplier").state, clock(parcel, "supplier").elapsed_seconds) == ("met", 3 * HOUR)


def test_rebuilding_every_clock_gives_the_same_bytes(
    parcel: Ticket, ben: Persona, dev: Persona, queue_a: int, dev_customer: int
) -> None:
    other = open_for(customer_id=dev_customer, queue_id=queue_a, subject="Other")
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which?", then="wait_customer", now=at(3, 15))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Red.", now=at(4, 13))
    actions.change_priority(actor=ben.actor, ticket_id=parcel.pk, impact="high", urgency="low", now=at(4, 14))
    actions.fire_due(now=at(4, 10))
    before = dump()
    Clock.objects.all().delete()
    Escalation.objects.filter(fired_at=None).delete()
    Ticket.objects.update(next_due_at=None, next_metric="", breached_at=None, act_by=None)
    assert actions.rebuild_clocks(ticket_ids=[parcel.pk, other.pk]) == 5
    assert dump() == before


def test_an_explanation_sums_to_what_the_clock_says(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which?", then="wait_customer", now=at(3, 11))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Red.", now=at(3, 13))
    segments = queries.explain_clock(actor=ben.actor, ticket_id=parcel.pk, metric="resolution", cycle=1, now=at(4, 10))
    face = {c.metric: c for c in queries.ticket(actor=ben.actor, number=parcel.number, now=at(4, 10)).clocks}[
        "resolution"
    ]
    assert sum(s.seconds for s in segments if s.counted) == face.elapsed_seconds == 6 * HOUR + HOUR // 2
    assert (segments[0].start, segments[-1].end) == (at(3), at(4, 10))
    assert "paused: waiting for customer" in {s.reason for s in segments}


def test_after_three_days_of_standing_still_each_step_fires_once_with_its_true_time(
    parcel: Ticket, ben: Persona, lena: Persona, amira: Persona
) -> None:
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3))
    assert actions.fire_due(now=at(6)) == 6
    assert actions.fire_due(now=at(6)) == 0
    rows = Escalation.objects.order_by("due_at", "metric", "level")
    assert [(row.metric, row.level, row.due_at, row.told) for row in rows] == [
        ("first_reply", 50, at(3, 13), [ben.user.pk]),
        ("first_reply", 0, at(3, 14), []),
        ("resolution", 1, at(3, 17), [ben.user.pk]),
        ("resolution", 0, at(4, 9, 30), []),
        ("resolution", 2, at(4, 9, 30), [lena.user.pk]),
        ("resolution", 3, at(4, 17, 30), [amira.user.pk]),
    ]
    entries = Entry.objects.filter(action__in=["desk.clock_breached", "desk.escalation_fired"])
    assert (entries.count(), entries.filter(event="desk.clock_breached").count()) == (6, 2)
    assert list(entries.filter(event="desk.clock_breached").order_by("pk").values_list("occurred_at", flat=True)) == [
        at(3, 14),
        at(4, 9, 30),
    ]


def test_after_an_outage_nobody_is_told_at_night_what_can_wait_for_the_morning(
    parcel: Ticket, ben: Persona, lena: Persona
) -> None:
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3))
    assert actions.fire_due(now=at(4, 2)) == 1
    fired = Escalation.objects.exclude(fired_at=None)
    assert list(fired.values_list("metric", "level", "fired_at")) == [("first_reply", Escalation.BREACH, at(4, 2))]
    assert (actions.fire_due(now=at(4, 8, 59)), actions.fire_due(now=at(4, 9)), actions.fire_due(now=at(4, 9))) == (
        0,
        2,
        0,
    )
    assert list(fired.order_by("due_at").values_list("level", "due_at", "fired_at", "told")) == [
        (50, at(3, 13), at(4, 9), [ben.user.pk]),
        (0, at(3, 14), at(4, 2), []),
        (1, at(3, 17), at(4, 9), [ben.user.pk]),
    ]


def test_a_level_told_by_mail_writes_to_each_of_those_told_once(
    parcel: Ticket, promise: PolicyVersion, lena: Persona, amira: Persona, queue_a: int, dev_customer: int
) -> None:
    standards.save_policy(
        actor=amira.actor,
        policy_id=promise.policy_id,
        name="Promise",
        conditions={},
        targets=promise.targets,
        escalation=[{"metric": "first_reply", "level": 1, "after_seconds": 0, "tell": "team_leader", "how": "mail"}],
        now=NOW,
    )
    later = open_for(customer_id=dev_customer, queue_id=queue_a)
    actions.fire_due(now=at(3, 14))
    actions.fire_due(now=at(3, 14))
    mail = OutboxMessage.objects.get()
    assert (mail.recipient, mail.subject) == (lena.user.email, f"Ticket #{later.number}: first reply needs you")
    assert f"/c/{later.number}" in mail.body
    assert later.subject not in mail.body


def test_what_falls_due_at_closing_is_told_at_closing(parcel: Ticket, amira: Persona) -> None:
    actions.fire_due(now=at(4, 17))
    assert actions.fire_due(now=at(4, 17, 31)) == 1
    last = Escalation.objects.get(metric="resolution", level=3)
    assert (last.due_at, last.fired_at, last.told) == (at(4, 17, 30), at(4, 17, 31), [amira.user.pk])


def test_firing_in_small_batches_fires_the_earliest_first(parcel: Ticket) -> None:
    assert actions.fire_due(now=at(6), limit=2) == 2
    assert sorted(Escalation.objects.exclude(fired_at=None).values_list("due_at", flat=True)) == [at(3, 13), at(3, 14)]


def test_a_warning_of_something_already_done_is_not_fired_but_its_breach_is(parcel: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Sorry.", then="resolve", now=at(3, 15))
    assert actions.fire_due(now=at(6)) == 1
    assert list(Escalation.objects.values_list("metric", "level")) == [("first_reply", 0)]


def test_a_step_fired_before_a_pause_does_not_fire_again_after_it(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.fire_due(now=at(3, 17))
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Which?", then="wait_customer", now=at(3, 17))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Red.", now=at(5, 10))
    actions.fire_due(now=at(5, 10, 30))
    assert Escalation.objects.filter(metric="resolution", level=1).count() == 1
    assert Escalation.objects.get(metric="resolution", level=1).due_at == at(3, 17)


def test_the_database_refuses_a_second_firing(parcel: Ticket) -> None:
    row = Escalation.objects.get(metric="first_reply", level=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(
            ticket=parcel, metric="first_reply", cycle=1, level=0, due_at=row.due_at, fired_at=at(6)
        )


def test_the_sample_service_announces_nothing(persona: object, amira: Persona, sample_world: World, db: None) -> None:
    manager = amira.in_world(sample_world)
    standards.create_default_standards(actor=manager, now=at(3))
    actions.save_queue(actor=manager, name="Sample", team_id=None, now=at(3))
    ticket = open_for(actor=manager, customer_email="s@example.test")
    assert (ticket.origin, ticket.next_metric, Escalation.objects.count()) == ("sample", "first_reply", 0)
    assert actions.fire_due(now=at(30)) == 0


def test_a_ticket_no_policy_matches_runs_no_clock(queue_a: int, dev_customer: int) -> None:
    ticket = open_for(customer_id=dev_customer, queue_id=queue_a)
    assert (Clock.objects.count(), ticket.next_due_at, ticket.act_by.year) == (0, None, 9999)


def test_history_keeps_the_policy_in_force_when_it_was_opened(
    parcel: Ticket, promise: PolicyVersion, office: int, amira: Persona, queue_a: int, dev_customer: int
) -> None:
    standards.save_policy(
        actor=amira.actor,
        policy_id=promise.policy_id,
        name="Promise",
        conditions={},
        targets=[{"metric": "first_reply", "seconds": HOUR, "calendar": office}],
        version=1,
        now=at(3, 10, 30),
    )
    later = open_for(customer_id=dev_customer, queue_id=queue_a, now=at(3, 11))
    actions.rebuild_clocks(ticket_ids=[parcel.pk, later.pk])
    assert clock(parcel, "first_reply").due_at == at(3, 14)
    assert clock(later, "first_reply").due_at == at(3, 12)


def test_a_running_clock_that_time_has_passed_shows_as_overdue(parcel: Ticket, ben: Persona) -> None:
    detail = queries.ticket(actor=ben.actor, number=parcel.number, now=at(3, 15))
    face = next(c for c in detail.clocks if c.metric == "first_reply")
    assert (face.due_at, face.remaining_seconds, face.label) == (at(3, 14), -HOUR, "First reply")
    assert isinstance(face.due_at, dt.datetime)
