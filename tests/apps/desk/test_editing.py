"""Assigning, editing, promising, drafts and presence; secondary ids are authorised like the ticket itself."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.apps.desk.conftest import NOW, at
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Draft, Ticket
from wellserved.apps.ledger.models import Entry
from wellserved.apps.people import actions as people
from wellserved.apps.people.models import AuthorityUse
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import World


def test_an_agent_takes_a_free_ticket_but_gives_none_to_others(
    parcel: Ticket, ben: Persona, lena: Persona, amira: Persona
) -> None:
    with pytest.raises(Refused, match="a team leader or manager assigns others"):
        actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=amira.user.pk, now=NOW)
    assert Ticket.objects.get(pk=parcel.pk).assignee_id is None
    actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW)
    assert Ticket.objects.get(pk=parcel.pk).assignee_id == ben.user.pk


@pytest.mark.parametrize("stranger", ["chloe", "dev", "anna"])
def test_a_ticket_goes_only_to_people_who_answer_its_queue(
    stranger: str, parcel: Ticket, amira: Persona, request: pytest.FixtureRequest
) -> None:
    who = request.getfixturevalue(stranger)
    with pytest.raises(NotFound):
        actions.assign(actor=amira.actor, ticket_id=parcel.pk, assignee_id=who.user.pk, now=NOW)
    assert (Ticket.objects.get(pk=parcel.pk).assignee_id, Ticket.objects.get(pk=parcel.pk).version) == (None, 1)


def test_a_ticket_that_goes_to_another_queue_leaves_whoever_does_not_answer_it(
    parcel: Ticket, queue_b: int, ben: Persona, amira: Persona
) -> None:
    actions.assign(actor=amira.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW)
    actions.change_fields(actor=amira.actor, ticket_id=parcel.pk, queue_id=queue_b, now=at(3, 10, 5))
    row = Ticket.objects.get(pk=parcel.pk)
    assert (row.queue_id, row.assignee_id, row.version) == (queue_b, None, 4)


def test_an_agent_cannot_name_a_queue_she_does_not_see(parcel: Ticket, queue_b: int, ben: Persona) -> None:
    with pytest.raises(NotFound):
        actions.change_fields(actor=ben.actor, ticket_id=parcel.pk, queue_id=queue_b, subject="Mine", now=NOW)
    assert Ticket.objects.get(pk=parcel.pk).subject == "Late parcel"


def test_a_product_of_the_other_world_cannot_be_named(parcel: Ticket, amira: Persona) -> None:
    foreign = actions.save_product(actor=amira.in_world(World.SAMPLE), name="Kettle", now=NOW)
    with pytest.raises(NotFound):
        actions.change_fields(actor=amira.actor, ticket_id=parcel.pk, product_id=foreign, now=NOW)
    assert Ticket.objects.get(pk=parcel.pk).product_id is None


def test_only_the_fields_named_change_and_the_ledger_tells_them(parcel: Ticket, ben: Persona) -> None:
    actions.change_fields(actor=ben.actor, ticket_id=parcel.pk, kind="complaint", tags=["Late", "late "], now=NOW)
    row = Ticket.objects.get(pk=parcel.pk)
    assert (row.kind, row.subject, list(row.tags.values_list("name", flat=True))) == (
        "complaint",
        "Late parcel",
        ["late"],
    )
    entry = Entry.objects.get(action="desk.change_fields")
    assert (entry.event, json.loads(entry.data)["fields"]) == ("desk.ticket_changed", ["kind", "tags"])


def test_a_promise_kept_after_its_time_is_broken(parcel: Ticket, ben: Persona) -> None:
    made = actions.make_promise(
        actor=ben.actor, ticket_id=parcel.pk, text="A call by noon", due_at=at(3, 12), now=at(3, 10)
    )
    actions.settle_promise(actor=ben.actor, promise_id=made, state="kept", cause="forgotten", now=at(3, 12, 0, 1))
    detail = queries.ticket(actor=ben.actor, number=parcel.number, now=at(3, 13))
    assert [(p.text, p.state) for p in detail.promises] == [("A call by noon", "broken")]
    with pytest.raises(Conflict, match="settled already"):
        actions.settle_promise(actor=ben.actor, promise_id=made, state="withdrawn", now=at(3, 13))


def test_a_promise_lies_ahead(parcel: Ticket, ben: Persona) -> None:
    with pytest.raises(Invalid, match="A promise lies ahead"):
        actions.make_promise(actor=ben.actor, ticket_id=parcel.pk, text="Then", due_at=NOW, now=NOW)


def test_a_draft_is_its_writers_own_and_goes_with_the_reply(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    actions.save_draft(actor=ben.actor, ticket_id=parcel.pk, kind="reply", body="Dear", now=NOW)
    actions.save_draft(actor=ben.actor, ticket_id=parcel.pk, kind="reply", body="Dear Dev", now=NOW)
    assert [d.body for d in queries.drafts(actor=ben.actor, ticket_id=parcel.pk)] == ["Dear Dev"]
    assert queries.drafts(actor=lena.actor, ticket_id=parcel.pk) == ()
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Dear Dev", now=at(3, 11))
    assert Draft.objects.count() == 0


def test_presence_lasts_ten_seconds(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    actions.touch_presence(actor=ben.actor, ticket_id=parcel.pk, is_typing=True, now=NOW)
    here = queries.presence(actor=lena.actor, ticket_id=parcel.pk, now=NOW + dt.timedelta(seconds=10))
    gone = queries.presence(actor=lena.actor, ticket_id=parcel.pk, now=NOW + dt.timedelta(seconds=10.5))
    assert ([(p.name, p.is_typing) for p in here], gone) == ([("Ben Okafor", True)], ())


def test_a_shared_view_is_everybodys_and_a_private_one_its_owners(ben: Persona, lena: Persona) -> None:
    actions.save_view(actor=ben.actor, name="Mine", query="view=my_open")
    actions.save_view(actor=ben.actor, name="Ours", query="view=all_open", is_shared=True)
    assert [(v.name, v.is_mine) for v in queries.saved_views(actor=lena.actor)] == [("Ours", False)]
    assert [v.name for v in queries.saved_views(actor=ben.actor)] == ["Mine", "Ours"]


def test_a_remedy_over_the_limit_is_refused_and_nothing_is_sent(parcel: Ticket, ben: Persona, amira: Persona) -> None:
    people.set_limit(
        actor=amira.actor, role="agent", remedy="refund", amount=Decimal(20), period="ticket", reason="Start.", now=NOW
    )
    with pytest.raises(Refused) as refused:
        actions.reply(
            actor=ben.actor,
            ticket_id=parcel.pk,
            body="Here is 50.",
            remedy=actions.Remedy(kind="refund", amount=Decimal(50)),
            now=at(3, 11),
        )
    assert refused.value.code == "over_authority"
    assert (OutboxMessage.objects.count(), AuthorityUse.objects.count()) == (0, 0)
    assert Ticket.objects.get(pk=parcel.pk).version == 1
