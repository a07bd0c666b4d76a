"""Guidelines: written, approved by somebody else, in force beside the reply, read, followed step by step."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from tests.apps.desk.conftest import NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.accounts.models import Team
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions import knowledge as actions
from wellserved.apps.desk.models import Guideline, GuidelineVersion, Ticket
from wellserved.apps.desk.queries import knowledge as queries
from wellserved.apps.desk.types.knowledge import Content, GuidelineFilters
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.actions import approvals
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

LATE = Content(
    title="Late parcels",
    body="Say sorry, then chase the courier.",
    reply="I am sorry, {first name}, that {number} is late.",
    kinds=("request",),
    roles=("agent",),
    review_on="2026-09-01",
)
DAMAGE = Content(
    kind="procedure",
    title="Damaged goods",
    body="Follow the steps.",
    steps=(("Say sorry", ""), ("Ask for a photo", "one of the box too"), ("Send a new one", "")),
)


def bring_in_force(content: Content, *, lena: Persona, amira: Persona, now: dt.datetime = NOW) -> int:
    guideline_id = actions.save_draft(actor=lena.actor, guideline_id=None, content=content, now=now)
    approve(guideline_id, lena=lena, amira=amira, now=now)
    return guideline_id


def approve(guideline_id: int, *, lena: Persona, amira: Persona, now: dt.datetime = NOW) -> int:
    asked = actions.ask(actor=lena.actor, guideline_id=guideline_id, approver_id=amira.user.pk, now=now)
    approvals.decide(actor=amira.actor, approval_id=asked, approve=True, now=now)
    return actions.put_in_force(actor=lena.actor, guideline_id=guideline_id, now=now)


@pytest.fixture
def late(lena: Persona, amira: Persona) -> int:
    return bring_in_force(LATE, lena=lena, amira=amira)


@pytest.fixture
def damage(lena: Persona, amira: Persona) -> int:
    return bring_in_force(DAMAGE, lena=lena, amira=amira)


def test_a_draft_holds_for_no_ticket_and_is_seen_by_writers_alone(parcel: Ticket, lena: Persona, ben: Persona) -> None:
    made = actions.save_draft(actor=lena.actor, guideline_id=None, content=LATE, now=NOW)
    assert queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk) == ()
    with pytest.raises(NotFound):
        queries.guideline(actor=ben.actor, guideline_id=made, now=NOW)
    assert queries.guideline(actor=lena.actor, guideline_id=made, now=NOW).draft == LATE


def test_an_approved_guideline_stands_beside_the_ticket_with_its_words_filled_in(
    late: int, parcel: Ticket, ben: Persona
) -> None:
    (found,) = queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk)
    assert (found.id, found.number, found.title) == (late, 1, "Late parcels")
    assert found.reply == f"I am sorry, Dev, that #{parcel.number} is late."


def test_what_applies_to_other_types_or_queues_does_not_hold(
    late: int, parcel: Ticket, queue_b: int, lena: Persona, amira: Persona, ben: Persona
) -> None:
    elsewhere = dataclasses.replace(LATE, title="Elsewhere", kinds=(), queues=(queue_b,))
    bring_in_force(elsewhere, lena=lena, amira=amira)
    bring_in_force(dataclasses.replace(LATE, title="Lost", kinds=(), tags=("lost",)), lena=lena, amira=amira)
    bring_in_force(dataclasses.replace(LATE, title="Tone", kinds=()), lena=lena, amira=amira)
    held = queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk)
    assert [found.title for found in held] == ["Late parcels", "Tone"]
    Ticket.objects.filter(pk=parcel.pk).update(kind="complaint")
    held = queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk)
    assert [found.title for found in held] == ["Tone"]


def test_nobody_approves_what_she_has_written_on(lena: Persona, amira: Persona, frank: Persona) -> None:
    made = actions.save_draft(actor=lena.actor, guideline_id=None, content=LATE, now=NOW)
    actions.save_draft(actor=amira.actor, guideline_id=made, content=LATE, now=NOW)
    with pytest.raises(Invalid, match="does not approve it"):
        actions.ask(actor=lena.actor, guideline_id=made, approver_id=amira.user.pk, now=NOW)
    offered = [choice.id for choice in queries.approvers(actor=lena.actor, guideline_id=made)]
    assert frank.user.pk in offered
    assert amira.user.pk not in offered
    assert Guideline.objects.get(pk=made).approval_id is None


def test_a_draft_altered_after_its_approval_has_lost_it(lena: Persona, amira: Persona) -> None:
    made = actions.save_draft(actor=lena.actor, guideline_id=None, content=LATE, now=NOW)
    asked = actions.ask(actor=lena.actor, guideline_id=made, approver_id=amira.user.pk, now=NOW)
    approvals.decide(actor=amira.actor, approval_id=asked, approve=True, now=NOW)
    actions.save_draft(
        actor=lena.actor, guideline_id=made, content=dataclasses.replace(LATE, reply="No refunds."), now=NOW
    )
    assert queries.guideline(actor=lena.actor, guideline_id=made, now=NOW).approval == "lost"
    with pytest.raises(Conflict) as refusal:
        actions.put_in_force(actor=lena.actor, guideline_id=made, now=NOW)
    assert refusal.value.code == "approved_thing_changed"
    assert GuidelineVersion.objects.count() == 0


def test_without_approval_nothing_comes_into_force(lena: Persona, ben: Persona) -> None:
    made = actions.save_draft(actor=lena.actor, guideline_id=None, content=LATE, now=NOW)
    with pytest.raises(Conflict, match="Ask for approval first"):
        actions.put_in_force(actor=lena.actor, guideline_id=made, now=NOW)
    with pytest.raises(Refused):
        actions.save_draft(actor=ben.actor, guideline_id=None, content=LATE, now=NOW)
    assert Guideline.objects.count() == 1


def test_a_version_in_force_stays_as_it_was_and_says_what_the_next_one_changed(
    late: int, lena: Persona, amira: Persona
) -> None:
    first = GuidelineVersion.objects.get(guideline=late)
    changed = dataclasses.replace(LATE, body="Say sorry and phone.")
    actions.save_draft(actor=lena.actor, guideline_id=late, content=changed, reason="Phone first", now=at(4))
    found = queries.guideline(actor=lena.actor, guideline_id=late, now=at(4))
    assert (found.content.body, found.row.number) == ("Say sorry, then chase the courier.", 1)
    assert approve(late, lena=lena, amira=amira, now=at(4)) == 2
    found = queries.guideline(actor=lena.actor, guideline_id=late, now=at(4), compare=2)
    (change,) = found.changes
    told = (change.label, change.before, change.after)
    assert told == ("What to do", "Say sorry, then chase the courier.", "Say sorry and phone.")
    assert GuidelineVersion.objects.get(pk=first.pk).content == first.content
    assert [version.reason for version in found.versions] == ["Phone first", ""]


def test_a_reply_remembers_the_version_that_was_in_force(
    late: int, parcel: Ticket, lena: Persona, amira: Persona, ben: Persona
) -> None:
    text = f"I am sorry, Dev, that #{parcel.number} is late. It comes tomorrow."
    first = desk.reply(actor=ben.actor, ticket_id=parcel.pk, body=text, now=NOW).message_id
    changed = dataclasses.replace(LATE, reply="We are very sorry.")
    actions.save_draft(actor=lena.actor, guideline_id=late, content=changed, now=at(4))
    approve(late, lena=lena, amira=amira, now=at(4))
    second = desk.reply(actor=ben.actor, ticket_id=parcel.pk, body="It is here.", now=at(4)).message_id
    found = queries.versions_of_replies(actor=ben.actor, ticket_id=parcel.pk)
    said = {message: [(use.number, use.used) for use in uses] for message, uses in found.items()}
    assert said == {first: [(1, True)], second: [(2, False)]}
    latest = ledger.history(actor=amira.actor, subject=("desk.ticket", parcel.pk))
    assert any("Late parcels, version 1" in str(change) for entry in latest for change in entry.changes)


def test_a_retired_guideline_holds_no_longer_and_its_versions_stay(
    late: int, parcel: Ticket, lena: Persona, ben: Persona
) -> None:
    with pytest.raises(Invalid, match="why it holds no longer"):
        actions.retire(actor=lena.actor, guideline_id=late, reason=" ", now=NOW)
    assert len(queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk)) == 1
    actions.retire(actor=lena.actor, guideline_id=late, reason="The courier has changed", now=NOW)
    assert queries.in_force_for(actor=ben.actor, ticket_id=parcel.pk) == ()
    assert queries.guideline(actor=ben.actor, guideline_id=late, now=NOW).row.state == "retired"
    with pytest.raises(Conflict):
        actions.save_draft(actor=lena.actor, guideline_id=late, content=LATE, now=NOW)


def test_who_is_concerned_confirms_and_a_new_version_is_read_anew(
    late: int, lena: Persona, amira: Persona, ben: Persona, chloe: Persona
) -> None:
    unread = GuidelineFilters(view="unread")
    today = NOW.date()
    assert [row.id for row in queries.guidelines(actor=ben.actor, filters=unread, on=today).rows] == [late]
    assert actions.attest(actor=ben.actor, guideline_id=late, number=1, now=NOW) is True
    assert actions.attest(actor=ben.actor, guideline_id=late, number=1, now=at(4)) is False
    assert queries.guidelines(actor=ben.actor, filters=unread, on=today).rows == ()
    (row,) = queries.guidelines(actor=amira.actor, filters=GuidelineFilters(), on=today).rows
    assert (row.read, row.concerned, row.missing) == (1, 2, (chloe.user.name,))
    (row,) = queries.guidelines(actor=ben.actor, filters=GuidelineFilters(), on=today).rows
    assert (row.concerned, row.missing) == (0, ())
    actions.save_draft(actor=lena.actor, guideline_id=late, content=dataclasses.replace(LATE, body="New"), now=at(4))
    approve(late, lena=lena, amira=amira, now=at(4))
    (row,) = queries.guidelines(actor=amira.actor, filters=GuidelineFilters(), on=today).rows
    assert (row.read, row.concerned) == (0, 2)
    with pytest.raises(Conflict, match="Version 2 is in force now"):
        actions.attest(actor=ben.actor, guideline_id=late, number=1, now=at(5))


def test_only_people_of_the_named_teams_are_concerned(
    lena: Persona, amira: Persona, ben: Persona, chloe: Persona, team_b: Team
) -> None:
    bring_in_force(dataclasses.replace(LATE, teams=(team_b.pk,)), lena=lena, amira=amira)
    assert queries.figures(actor=ben.actor, on=NOW.date()).unread == 0
    assert queries.figures(actor=chloe.actor, on=NOW.date()).unread == 1


def test_a_procedure_is_followed_step_by_step_to_its_end(damage: int, parcel: Ticket, ben: Persona) -> None:
    run = actions.start(actor=ben.actor, ticket_id=parcel.pk, guideline_id=damage, now=at(3, 10))

    def settle(order: int, state: str, hour: int, reason: str = "") -> str:
        return actions.settle_step(
            actor=ben.actor, ticket_id=parcel.pk, run_id=run, order=order, state=state, reason=reason, now=at(3, hour)
        )

    with pytest.raises(Conflict, match="Step 1 is next: “Say sorry”"):
        settle(2, "done", 10)
    settle(1, "done", 10)
    with pytest.raises(Invalid, match="Say why this step is skipped"):
        settle(2, "skipped", 11)
    settle(2, "skipped", 11, "She sent one unasked")
    (found,) = queries.runs_of(actor=ben.actor, ticket_id=parcel.pk)
    said = [(step.state, step.by, step.reason) for step in found.steps]
    name = ben.user.name
    assert said == [("done", name, ""), ("skipped", name, "She sent one unasked"), ("", "", "")]
    assert (found.current, found.state) == (3, "running")
    assert settle(3, "done", 12) == "completed"
    (found,) = queries.runs_of(actor=ben.actor, ticket_id=parcel.pk)
    assert (found.current, found.state, found.ended_at) == (None, "completed", at(3, 12))
    with pytest.raises(Conflict, match="has ended"):
        settle(4, "done", 13)


def test_a_procedure_runs_once_at_a_time_and_only_on_open_tickets(
    damage: int, late: int, parcel: Ticket, ben: Persona
) -> None:
    run = actions.start(actor=ben.actor, ticket_id=parcel.pk, guideline_id=damage, now=NOW)
    with pytest.raises(Conflict, match="under way"):
        actions.start(actor=ben.actor, ticket_id=parcel.pk, guideline_id=damage, now=NOW)
    with pytest.raises(Conflict, match="Only a procedure in force"):
        actions.start(actor=ben.actor, ticket_id=parcel.pk, guideline_id=late, now=NOW)
    actions.stop(actor=ben.actor, ticket_id=parcel.pk, run_id=run, reason="It was not damaged", now=NOW)
    desk.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=NOW)
    with pytest.raises(Conflict, match="This ticket is over"):
        actions.start(actor=ben.actor, ticket_id=parcel.pk, guideline_id=damage, now=NOW)


def test_a_procedure_shows_how_it_does_on_real_tickets(
    damage: int, parcel: Ticket, queue_a: int, dev_customer: int, ben: Persona, amira: Persona
) -> None:
    def follow(ticket: Ticket, *, hours: int) -> None:
        run = actions.start(actor=ben.actor, ticket_id=ticket.pk, guideline_id=damage, now=NOW)
        for order, state, reason in ((1, "done", ""), (2, "skipped", "No need"), (3, "done", "")):
            actions.settle_step(
                actor=ben.actor,
                ticket_id=ticket.pk,
                run_id=run,
                order=order,
                state=state,
                reason=reason,
                now=NOW + dt.timedelta(hours=hours),
            )

    others = [open_for(customer_id=dev_customer, queue_id=queue_a) for _ in range(3)]
    follow(parcel, hours=1)
    follow(others[0], hours=2)
    follow(others[1], hours=6)
    stopped = actions.start(actor=ben.actor, ticket_id=others[2].pk, guideline_id=damage, now=NOW)
    actions.stop(actor=ben.actor, ticket_id=others[2].pk, run_id=stopped, reason="Not damaged", now=NOW)
    desk.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 13))
    desk.move(actor=ben.actor, ticket_id=parcel.pk, move="reopen", reason="Broken again", now=at(4))
    desk.move(actor=ben.actor, ticket_id=others[0].pk, move="resolve", now=at(3, 13))
    desk.customer_message(actor=ben.actor, ticket_id=others[0].pk, body="Still broken", now=at(4))
    desk.move(actor=ben.actor, ticket_id=others[1].pk, move="resolve", now=at(3, 17))
    mistaken = desk.move(actor=ben.actor, ticket_id=others[1].pk, move="reopen", reason="The wrong one", now=at(4))
    desk.undo(actor=ben.actor, ticket_id=others[1].pk, version=mistaken.version, now=at(4))
    found = queries.effectiveness(actor=amira.actor, guideline_id=damage)
    assert (found.tickets, found.completed, found.stopped, found.running) == (4, 3, 1, 0)
    assert (found.median_seconds, found.reopened) == (2 * 3600, 2)
    assert found.skips == (("Ask for a photo", 3, 3),)


@pytest.mark.parametrize("size", [3, 12])
def test_the_register_and_the_panel_ask_the_same_number_of_queries_at_any_size(
    size: int,
    parcel: Ticket,
    lena: Persona,
    amira: Persona,
    ben: Persona,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for i in range(size):
        bring_in_force(dataclasses.replace(LATE, title=f"Guideline {i}"), lena=lena, amira=amira)
    actor = amira.actor
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        queries.guidelines(actor=actor, filters=GuidelineFilters(), on=NOW.date())
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        queries.figures(actor=actor, on=NOW.date())
    reader = ben.actor
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        queries.in_force_for(actor=reader, ticket_id=parcel.pk)
