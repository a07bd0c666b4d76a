"""A reply taken back within ten seconds was never sent: not to the customer, not to a clock, not to a limit."""

import pathlib
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.desk.conftest import NOW, at
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Clock, Draft, Message, Ticket, TicketEvent
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.models import Entry, File
from wellserved.apps.people import actions as people
from wellserved.apps.people import queries as people_queries
from wellserved.platform import outbox
from wellserved.platform.errors import Conflict, NotFound, Refused
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db

SENT, SOON, LATE = at(3, 11), at(3, 11, 0, 9), at(3, 11, 0, 10)


def reply(ticket: Ticket, who: Persona, **given: object) -> int:
    saved = actions.reply(actor=who.actor, ticket_id=ticket.pk, body="It left today.", now=SENT, **given)
    assert saved.message_id
    return saved.message_id


def take_back(ticket: Ticket, who: Persona, message_id: int, *, now: object = SOON) -> None:
    actions.take_back_reply(actor=who.actor, ticket_id=ticket.pk, message_id=message_id, now=now)


def facts(ticket: Ticket) -> dict[str, object]:
    derived = ("version",)
    return {k: v for k, v in Ticket.objects.filter(pk=ticket.pk).values()[0].items() if k not in derived}


def clocks(ticket: Ticket) -> list[tuple[object, ...]]:
    return list(Clock.objects.filter(ticket=ticket).order_by("metric").values_list("metric", "state", "due_at"))


def test_the_ticket_and_its_clocks_stand_as_if_it_had_never_been_written(parcel: Ticket, ben: Persona) -> None:
    before = facts(parcel), clocks(parcel)
    take_back(parcel, ben, reply(parcel, ben, then="resolve"))
    assert (facts(parcel), clocks(parcel)) == before
    assert Message.objects.filter(kind="reply").count() == 0
    assert OutboxMessage.objects.get().state == "cancelled"
    assert outbox.send_due(at(3, 12)) == 0


def test_rebuilding_gives_the_same_clocks(parcel: Ticket, ben: Persona) -> None:
    take_back(parcel, ben, reply(parcel, ben, then="resolve"))
    before = clocks(parcel)
    actions.rebuild_clocks(ticket_ids=[parcel.pk])
    assert clocks(parcel) == before
    marked = TicketEvent.objects.filter(detail__has_key="called_back").order_by("order")
    assert list(marked.values_list("order", "kind")) == [(3, "agent_reply"), (4, "status_changed")]


def test_its_words_come_back_as_the_draft_before_what_was_begun_since(parcel: Ticket, ben: Persona) -> None:
    sent = reply(parcel, ben)
    actions.save_draft(actor=ben.actor, ticket_id=parcel.pk, kind="reply", body="PS.", now=SENT)
    take_back(parcel, ben, sent)
    assert Draft.objects.get().body == "It left today.\n\nPS."


def test_its_files_wait_beside_the_draft_and_go_with_the_next_reply(
    parcel: Ticket, ben: Persona, lena: Persona, tmp_path: pathlib.Path, settings: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    with discussion.keep_uploads([SimpleUploadedFile("label.pdf", b"hello")]) as files:
        sent = reply(parcel, ben, files=files)
    take_back(parcel, ben, sent)
    [draft] = queries.drafts(actor=ben.actor, ticket_id=parcel.pk)
    assert [file.name for file in draft.files] == ["label.pdf"]
    assert lena.client.get(f"/files/{draft.files[0].id}").status_code == 404
    again = actions.reply(
        actor=ben.actor, ticket_id=parcel.pk, body="See here.", kept=[draft.files[0].id], now=at(3, 11, 1)
    )
    assert File.objects.values_list("subject_kind", "subject_id", "name").get() == (
        "desk.message",
        again.message_id,
        "label.pdf",
    )
    assert Draft.objects.count() == 0


def test_it_is_told_in_history_and_on_the_timeline(parcel: Ticket, ben: Persona) -> None:
    take_back(parcel, ben, reply(parcel, ben))
    entry = Entry.objects.get(action="desk.take_back_reply")
    assert [value.content for value in entry.values.filter(field="reply")] == ['"It left today."', "null"]
    told = [item.detail for item in queries.timeline(actor=ben.actor, ticket_id=parcel.pk)]
    assert told[-1] == "Took a reply back before it left."


def test_the_remedy_it_granted_is_given_back(parcel: Ticket, ben: Persona, amira: Persona) -> None:
    people.set_limit(
        actor=amira.actor, role="agent", remedy="refund", amount=Decimal(20), period="day", reason="Start.", now=NOW
    )
    sent = reply(parcel, ben, remedy=actions.Remedy(kind="refund", amount=Decimal(15)))
    [spent] = people_queries.allowances(actor=ben.actor, subject=("desk.ticket", parcel.pk), now=SOON)
    take_back(parcel, ben, sent)
    [left] = people_queries.allowances(actor=ben.actor, subject=("desk.ticket", parcel.pk), now=SOON)
    assert (spent.left, left.left) == (Decimal(5), Decimal(20))


def test_what_the_customer_wrote_meanwhile_stays(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    sent = reply(parcel, ben, then="resolve")
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="It has come!", now=at(3, 11, 0, 5))
    take_back(parcel, ben, sent)
    row = Ticket.objects.get(pk=parcel.pk)
    assert (row.status, row.resolved_at, row.first_replied_at, row.preview) == ("open", None, None, "It has come!")


def test_a_move_that_was_undone_meanwhile_keeps_nothing_as_it_is(parcel: Ticket, ben: Persona) -> None:
    before = facts(parcel)
    sent = reply(parcel, ben, then="resolve")
    moved = actions.move(actor=ben.actor, ticket_id=parcel.pk, move="close", now=at(3, 11, 0, 3))
    actions.undo(actor=ben.actor, ticket_id=parcel.pk, version=moved.version, now=at(3, 11, 0, 5))
    take_back(parcel, ben, sent)
    assert facts(parcel) == before


def test_the_customer_does_not_read_what_may_still_be_taken_back(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    reply(parcel, ben)
    token = queries.link_for(ticket_id=parcel.pk, customer_id=parcel.customer_id, now=SENT)
    seen = [[message.kind for message in queries.ticket_by_link(token=token, now=now).messages] for now in (SOON, LATE)]
    assert seen == [["customer"], ["customer", "reply"]]
    hers = queries.portal_ticket(actor=dev.actor, number=parcel.number, now=SOON).messages
    assert [message.kind for message in hers] == ["customer"]


def untouched(ticket: Ticket) -> tuple[object, ...]:
    states = list(OutboxMessage.objects.values_list("state", flat=True))
    return facts(ticket), clocks(ticket), Message.objects.count(), Draft.objects.count(), Entry.objects.count(), states


def test_after_ten_seconds_it_has_left_and_nothing_changes(parcel: Ticket, ben: Persona) -> None:
    sent = reply(parcel, ben)
    before = untouched(parcel)
    with pytest.raises(Conflict) as refused:
        take_back(parcel, ben, sent, now=LATE)
    assert (refused.value.code, untouched(parcel)) == ("reply_has_left", before)


def test_a_message_on_its_way_already_is_not_taken_back(parcel: Ticket, ben: Persona) -> None:
    sent = reply(parcel, ben)
    OutboxMessage.objects.update(state="sending")
    before = untouched(parcel)
    with pytest.raises(Conflict):
        take_back(parcel, ben, sent)
    assert untouched(parcel) == before


def test_nobody_takes_back_a_colleagues_reply_nor_a_note(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    sent = reply(parcel, ben)
    actions.note(actor=ben.actor, ticket_id=parcel.pk, body="For us.", now=SENT)
    note = Message.objects.get(kind="note").pk
    before = untouched(parcel)
    with pytest.raises(Refused) as refused:
        take_back(parcel, lena, sent)
    with pytest.raises(NotFound):
        take_back(parcel, ben, note)
    assert (refused.value.code, untouched(parcel)) == ("not_your_reply", before)
