"""Opening, answering and moving a ticket."""

import pytest

from tests.apps.desk.conftest import NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Clock, Message, Ticket, TicketEvent
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage


def clock(ticket: Ticket, metric: str, cycle: int = 1) -> Clock:
    return Clock.objects.get(ticket=ticket, metric=metric, cycle=cycle)


def test_a_new_ticket_is_due_after_four_working_hours(parcel: Ticket) -> None:
    assert (parcel.number, parcel.status, parcel.priority, parcel.version) == (1001, "new", 3, 1)
    assert (parcel.next_due_at, parcel.next_metric) == (at(3, 14), "first_reply")
    assert (clock(parcel, "resolution").due_at, clock(parcel, "resolution").state) == (at(4, 9, 30), "running")


def test_a_reply_stops_the_first_reply_clock_and_queues_one_mail(parcel: Ticket, ben: Persona) -> None:
    saved = actions.reply(actor=ben.actor, ticket_id=parcel.pk, body=" It left today. ", version=1, now=at(3, 11))
    mail = OutboxMessage.objects.get()
    first = clock(parcel, "first_reply")
    assert (saved.version, saved.status) == (2, "open")
    assert (first.state, first.stopped_at, first.elapsed_seconds, first.is_kept) == ("met", at(3, 11), 3600, True)
    assert (mail.recipient, mail.subject) == ("dev@example.test", "[#1001] Late parcel")
    assert mail.body.startswith(
        "It left today.\n\n-- \nFollow your question or answer here: http://127.0.0.1:8000/help/r/"
    )
    assert (mail.message_id[0], mail.send_after) == ("<", at(3, 11, 0, 10))
    assert Entry.objects.get(action="desk.reply").event == "desk.agent_replied"


def test_a_reply_can_resolve_in_the_same_act(parcel: Ticket, ben: Persona) -> None:
    saved = actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Done.", then="resolve", version=1, now=at(3, 11))
    row = Ticket.objects.get(pk=parcel.pk)
    assert (saved.status, row.resolved_at, row.next_due_at, row.act_by) == ("resolved", at(3, 11), None, None)
    assert set(Clock.objects.values_list("metric", "state")) == {("first_reply", "met"), ("resolution", "met")}
    assert list(Entry.objects.filter(subject_kind="desk.ticket").order_by("pk").values_list("action", flat=True)) == [
        "desk.open_ticket",
        "desk.reply",
        "desk.move",
    ]


def test_a_late_reply_is_a_breach_though_nothing_ran_in_between(parcel: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Sorry.", now=at(3, 14, 0, 1))
    first = clock(parcel, "first_reply")
    assert (first.state, first.breached_at, first.is_kept, first.decided_at) == (
        "breached",
        at(3, 14),
        False,
        at(3, 14),
    )
    assert Ticket.objects.get(pk=parcel.pk).breached_at == at(3, 14)


def test_a_reply_written_before_the_customers_latest_words_is_refused_and_nothing_is_saved(
    parcel: Ticket, ben: Persona, dev: Persona
) -> None:
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="It has come!", now=at(3, 10, 5))
    with pytest.raises(Conflict) as refused:
        actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left today.", version=1, now=at(3, 10, 6))
    assert refused.value.code == "stale"
    assert [change["kind"] for change in refused.value.data["difference"]] == ["customer_message"]
    assert (Message.objects.filter(kind="reply").count(), OutboxMessage.objects.count()) == (0, 0)
    assert Ticket.objects.get(pk=parcel.pk).version == 2


def test_a_reply_is_not_held_up_by_a_colleague_who_only_assigned_the_ticket(
    parcel: Ticket, ben: Persona, lena: Persona
) -> None:
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, version=1, now=at(3, 10, 5))
    saved = actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", version=1, now=at(3, 10, 6))
    assert saved.version == 3


def test_automatic_messages_stop_no_clock(parcel: Ticket, ben: Persona) -> None:
    actions.automatic_message(actor=ben.actor, ticket_id=parcel.pk, body="We have your mail.", now=at(3, 10, 1))
    assert (clock(parcel, "first_reply").state, clock(parcel, "first_reply").stopped_at) == ("running", None)
    assert Ticket.objects.get(pk=parcel.pk).first_replied_at is None


def test_a_note_is_for_colleagues_and_leaves_clocks_and_version(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    saved = actions.note(actor=ben.actor, ticket_id=parcel.pk, body="Ask the depot.", now=at(3, 10, 1))
    assert (saved.version, clock(parcel, "first_reply").state) == (1, "running")
    seen = [item.kind for item in queries.timeline(actor=dev.actor, ticket_id=parcel.pk)]
    assert seen == ["customer"]


def test_several_customer_messages_make_one_next_reply_cycle(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", now=at(3, 11))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="When?", now=at(3, 12))
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Hello?", now=at(3, 13))
    assert clock(parcel, "next_reply").due_at == at(3, 14)
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Tomorrow.", now=at(3, 13, 30))
    assert Clock.objects.filter(metric="next_reply").count() == 1
    assert clock(parcel, "next_reply").elapsed_seconds == 5400


def test_a_customer_who_writes_to_a_resolved_ticket_opens_it_again(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Done.", then="resolve", now=at(3, 11))
    saved = actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="No!", now=at(3, 12))
    row = Ticket.objects.get(pk=parcel.pk)
    assert (saved.status, row.resolved_at, clock(parcel, "resolution").state) == ("open", None, "running")
    assert clock(parcel, "next_reply").due_at == at(3, 14)


def test_a_forbidden_move_names_the_moves_that_are_open_and_changes_nothing(parcel: Ticket, ben: Persona) -> None:
    with pytest.raises(Conflict, match="cannot take the move “Close”") as refused:
        actions.move(actor=ben.actor, ticket_id=parcel.pk, move="close", now=at(3, 11))
    assert refused.value.data["allowed"] == ["open", "wait_customer", "wait_supplier", "hold", "resolve"]
    assert (TicketEvent.objects.count(), Ticket.objects.get(pk=parcel.pk).status) == (2, "new")


def test_a_move_made_on_a_stale_page_is_refused(parcel: Ticket, ben: Persona) -> None:
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="open", version=1, now=at(3, 11))
    with pytest.raises(Conflict) as refused:
        actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", version=1, now=at(3, 11, 1))
    assert refused.value.data["difference"][0]["changes"] == {"status": ["new", "open"]}
    assert Ticket.objects.get(pk=parcel.pk).status == "open"


def test_a_colleague_of_another_team_finds_no_such_ticket(parcel: Ticket, chloe: Persona) -> None:
    with pytest.raises(NotFound):
        actions.reply(actor=chloe.actor, ticket_id=parcel.pk, body="Hello.", now=at(3, 11))
    assert (Message.objects.count(), Ticket.objects.get(pk=parcel.pk).version) == (1, 1)


def test_another_customer_finds_no_such_ticket(parcel: Ticket, eve: Persona, eve_customer: int) -> None:
    with pytest.raises(NotFound):
        actions.customer_message(actor=eve.actor, ticket_id=parcel.pk, body="Let me in.", now=at(3, 11))
    assert Message.objects.count() == 1


def test_an_analyst_reads_but_does_not_answer(parcel: Ticket, anna: Persona) -> None:
    with pytest.raises(Refused, match="an agent, team leader or manager does"):
        actions.reply(actor=anna.actor, ticket_id=parcel.pk, body="Hello.", now=at(3, 11))
    assert (Message.objects.count(), OutboxMessage.objects.count()) == (1, 0)


def test_an_empty_reply_is_refused(parcel: Ticket, ben: Persona) -> None:
    with pytest.raises(Invalid, match="Write something first"):
        actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="  \n ", now=at(3, 11))


def test_a_customer_asks_in_the_default_queue_and_cannot_raise_her_own_priority(
    promise: object, queue_b: int, queue_a: int, dev: Persona, dev_customer: int
) -> None:
    ticket = open_for(actor=dev.actor, queue_id=queue_b, impact="high", urgency="high", tags=["vip"])
    assert (ticket.queue_id, ticket.priority, ticket.customer_id) == (queue_a, 3, dev_customer)
    assert ticket.tags.count() == 0


def test_a_clock_set_back_keeps_the_order_of_events(parcel: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", now=at(3, 11))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 10, 30))
    row = Ticket.objects.get(pk=parcel.pk)
    last = TicketEvent.objects.order_by("order").last()
    assert (row.status, row.resolved_at, last.at, last.recorded_at) == ("resolved", at(3, 11), at(3, 11), at(3, 10, 30))
    assert row.opened_at == NOW
