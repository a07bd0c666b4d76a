"""An everyday act undone at once never happened to a clock, and the history says that it was undone."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.apps.desk.conftest import HOUR, NOW, at
from tests.personas import Persona
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions, cards, queries
from wellserved.apps.desk.models import Clock, Ticket, TicketEvent
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards import actions as standards
from wellserved.platform.errors import Conflict, NotFound, Refused

pytestmark = pytest.mark.django_db

DONE, SOON, LATE = at(3, 11), at(3, 11, 0, 20), at(3, 12)
FIELDS = (
    "status", "status_reason", "resolved_at", "closed_at", "assignee_id", "impact", "urgency", "priority",
    "priority_reason", "next_due_at", "next_metric", "act_by", "breached_at",
)  # fmt: skip
Act = Callable[[Ticket, Persona], object]


def stands(ticket: Ticket) -> tuple[object, ...]:
    """Return all that an act may change: the fields, the tags and the clocks."""
    row = Ticket.objects.get(pk=ticket.pk)
    clocks = list(
        Clock.objects.filter(ticket=ticket)
        .order_by("metric", "cycle")
        .values_list("metric", "cycle", "policy", "state", "due_at", "stopped_at")
    )
    return {field: getattr(row, field) for field in FIELDS}, sorted(row.tags.values_list("name", flat=True)), clocks


def move(name: str, reason: str = "") -> Act:
    return lambda ticket, who: actions.move(actor=who.actor, ticket_id=ticket.pk, move=name, reason=reason, now=DONE)


def take(ticket: Ticket, who: Persona) -> object:
    return actions.assign(actor=who.actor, ticket_id=ticket.pk, assignee_id=who.user.pk, now=DONE)


def press(ticket: Ticket, who: Persona) -> object:
    return actions.change_priority(actor=who.actor, ticket_id=ticket.pk, impact="high", urgency="high", now=DONE)


def tag(ticket: Ticket, who: Persona) -> object:
    return actions.change_tags(actor=who.actor, ticket_id=ticket.pk, add=["wool"], now=DONE)


def undo(ticket: Ticket, who: Persona, *, version: int | None = None, now: dt.datetime = SOON) -> None:
    version = version or Ticket.objects.get(pk=ticket.pk).version
    actions.undo(actor=who.actor, ticket_id=ticket.pk, version=version, now=now)


ACTS = {
    "take": take,
    "resolve": move("resolve"),
    "wait": move("wait_customer"),
    "hand over": move("wait_supplier", "courier"),
    "hold": move("hold"),
    "priority": press,
    "tag": tag,
}


@pytest.mark.parametrize("name", ACTS)
def test_it_stands_as_before_with_its_clocks_and_stays_so_when_they_are_rebuilt(
    name: str, parcel: Ticket, ben: Persona
) -> None:
    before = stands(parcel)
    ACTS[name](parcel, ben)
    assert stands(parcel) != before
    undo(parcel, ben)
    assert stands(parcel) == before
    actions.rebuild_clocks(ticket_ids=[parcel.pk])
    assert stands(parcel) == before


@pytest.mark.parametrize(("then", "reason"), [("reopen", "It came back"), ("close", "")])
def test_what_was_resolved_is_resolved_again_as_of_then(then: str, reason: str, parcel: Ticket, ben: Persona) -> None:
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 10, 30))
    before = stands(parcel)
    move(then, reason)(parcel, ben)
    undo(parcel, ben)
    assert stands(parcel) == before
    assert Ticket.objects.get().resolved_at == at(3, 10, 30)


def test_a_clock_that_would_begin_again_on_reopening_does_not(parcel: Ticket, ben: Persona, office: int) -> None:
    standards.save_policy(
        actor=system_actor(),
        policy_id=None,
        name="Restarts",
        conditions={"tag": [actions_tag(parcel)]},
        targets=[{"metric": "resolution", "seconds": 8 * HOUR, "calendar": office, "reopen": "restart"}],
        escalation=[],
        now=NOW,
    )
    due = Clock.objects.get(ticket=parcel, metric="resolution").due_at
    move("resolve")(parcel, ben)
    undo(parcel, ben)
    [clock] = Clock.objects.filter(ticket=parcel, metric="resolution")
    assert (clock.due_at, clock.state, clock.stopped_at) == (due, "running", None)


def actions_tag(ticket: Ticket) -> int:
    actions.change_tags(actor=system_actor(), ticket_id=ticket.pk, add=["glass"], now=NOW)
    return ticket.tags.get(name="glass").pk


def test_the_history_says_what_was_undone(parcel: Ticket, ben: Persona) -> None:
    move("resolve")(parcel, ben)
    undo(parcel, ben)
    items = ledger.history(actor=ben.actor, subject=("desk.ticket", parcel.pk))
    newest = max(items, key=lambda item: item.at)
    assert (newest.sentence, newest.reason) == ("changed the status", "Undone")
    assert (newest.changes[0].before, newest.changes[0].after) == ("Resolved", "New")
    told = [item.detail for item in queries.timeline(actor=ben.actor, ticket_id=parcel.pk)]
    assert told[-1] == "Undone: the change of status."
    assert "Resolved." not in told


def test_whatever_happened_since_keeps_it_as_it_is(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    move("resolve")(parcel, ben)
    version = Ticket.objects.get().version
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="No!", now=at(3, 11, 0, 5))
    refused(parcel, ben, "changed_since", version=version)


def test_only_for_a_minute(parcel: Ticket, ben: Persona) -> None:
    move("resolve")(parcel, ben)
    refused(parcel, ben, "undo_is_over", now=at(3, 11, 1))
    undo(parcel, ben, now=at(3, 11, 0, 59))


def test_only_by_whoever_did_it(parcel: Ticket, ben: Persona, lena: Persona, chloe: Persona) -> None:
    move("resolve")(parcel, ben)
    before = stands(parcel), Entry.objects.count()
    with pytest.raises(Refused):
        undo(parcel, lena)
    with pytest.raises(NotFound):
        undo(parcel, chloe)
    assert (stands(parcel), Entry.objects.count()) == before


def test_what_went_with_a_reply_goes_with_the_reply_alone(parcel: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", then="resolve", now=DONE)
    refused(parcel, ben, "nothing_to_undo")


def test_nothing_is_undone_twice(parcel: Ticket, ben: Persona) -> None:
    take(parcel, ben)
    undo(parcel, ben)
    refused(parcel, ben, "nothing_to_undo")


def test_a_policy_left_by_an_undone_priority_holds_when_it_is_changed_again(parcel: Ticket, ben: Persona) -> None:
    press(parcel, ben)
    wanted = stands(parcel)
    undo(parcel, ben)
    actions.change_priority(actor=ben.actor, ticket_id=parcel.pk, impact="high", urgency="high", now=DONE)
    found = stands(parcel)
    assert [clock[:3] for clock in found[2]] == [clock[:3] for clock in wanted[2]]


def test_no_card_says_that_a_customer_had_to_come_back_who_had_not(
    parcel: Ticket, ben: Persona, amira: Persona
) -> None:
    def said() -> str:
        return cards._say_silence(amira.actor, LATE)

    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", then="resolve", now=at(3, 10, 30))
    before = said()
    assert "Heard from in time: 0 of 1" in before
    move("reopen", "The wrong one")(parcel, ben)
    assert said() != before
    undo(parcel, ben)
    assert said() == before


def refused(ticket: Ticket, who: Persona, code: str, *, version: int | None = None, now: dt.datetime = SOON) -> None:
    """Undo in vain: the reason is known, and nothing has changed."""
    before = stands(ticket), TicketEvent.objects.count(), Entry.objects.count()
    with pytest.raises(Conflict) as refusal:
        undo(ticket, who, version=version, now=now)
    assert refusal.value.code == code
    assert (stands(ticket), TicketEvent.objects.count(), Entry.objects.count()) == before
