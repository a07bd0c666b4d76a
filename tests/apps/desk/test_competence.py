"""What a queue asks for: who is given its tickets, by whatever door, and who may set it aside."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.personas import NOW, Persona, make_user
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.types import Role
from wellserved.apps.desk import actions
from wellserved.apps.desk.models import QueueSkill, Ticket
from wellserved.apps.desk.queries import competence
from wellserved.apps.ledger.models import Entry, Value
from wellserved.apps.people import actions as people
from wellserved.platform.errors import Refused

TODAY = NOW.date()


@pytest.fixture
def refunds(amira: Persona, queue_a: int) -> int:
    """Return a skill that the queue of team A asks for at level 3."""
    skill_id = people.create_skill(actor=amira.actor, name="Refunds", minimum_cover=2, now=NOW)
    actions.set_queue_skills(actor=amira.actor, queue_id=queue_a, levels={skill_id: 3}, now=NOW)
    return skill_id


def hold(amira: Persona, who: Persona, skill_id: int, *, level: int = 3, until: dt.date | None = None) -> None:
    people.set_skill(actor=amira.actor, user_id=who.user.pk, skill_id=skill_id, level=level, expires_on=until, now=NOW)


def owner(ticket_id: int) -> int | None:
    return Ticket.objects.get(pk=ticket_id).assignee_id


def test_a_skill_counts_to_the_end_of_its_last_day(
    amira: Persona, lena: Persona, ben: Persona, refunds: int, parcel: Ticket
) -> None:
    hold(amira, ben, refunds, until=TODAY)
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW)
    assert owner(parcel.pk) == ben.user.pk
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=None, now=NOW)
    with pytest.raises(Refused, match="Refunds at level 3") as refusal:
        actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW + dt.timedelta(days=1))
    assert (refusal.value.code, refusal.value.data["lacks"]) == ("skill_missing", ["Refunds"])
    assert owner(parcel.pk) is None


def test_the_refusal_names_who_may_and_a_leaders_reason_sets_it_aside(
    amira: Persona, lena: Persona, ben: Persona, refunds: int, parcel: Ticket
) -> None:
    hold(amira, lena, refunds)
    with pytest.raises(Refused) as refusal:
        actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW)
    assert refusal.value.data["able"] == ["Lena Fischer"]
    assert owner(parcel.pk) is None
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, reason="I sit beside him", now=NOW)
    assert owner(parcel.pk) == ben.user.pk
    told = Entry.objects.filter(action="desk.assign").latest("pk")
    assert dict(Value.objects.filter(entry=told).values_list("field", "content"))["without_skill"] == (
        '"Refunds at level 3"'
    )


def test_an_agent_cannot_take_it_with_a_reason(ben: Persona, refunds: int, parcel: Ticket) -> None:
    with pytest.raises(Refused):
        actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, reason="I can do it", now=NOW)
    assert owner(parcel.pk) is None


def test_page_bulk_and_api_refuse_alike(lena: Persona, ben: Persona, refunds: int, parcel: Ticket) -> None:
    pair = {"selected": f"{parcel.pk}:{parcel.version}", "assignee": ben.user.pk}
    page = lena.client.post(f"/c/{parcel.number}/assign", {"assignee": ben.user.pk, "version": parcel.version})
    bulk = lena.client.post("/inbox/bulk", pair, follow=True).content.decode()
    api = lena.client.put(
        f"/api/v1/tickets/{parcel.number}/assignee",
        {"assignee_id": ben.user.pk},
        content_type="application/json",
        headers={"if-match": f'"{parcel.version}"'},
    )
    assert (page.status_code, api.status_code, api.json()["code"]) == (403, 403, "skill_missing")
    assert "1 not changed" in bulk
    assert owner(parcel.pk) is None


def test_a_ticket_that_moves_to_the_queue_goes_without_an_owner_who_may_not_have_it(
    amira: Persona, lena: Persona, ben: Persona, refunds: int, parcel: Ticket, queue_a: int
) -> None:
    other = actions.save_queue(actor=amira.actor, name="Letters", team_id=None, now=NOW)
    actions.change_fields(actor=lena.actor, ticket_id=parcel.pk, queue_id=other, now=NOW)
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=NOW)
    actions.change_fields(actor=lena.actor, ticket_id=parcel.pk, queue_id=queue_a, now=NOW)
    assert owner(parcel.pk) is None


def test_a_team_leader_does_not_change_what_a_queue_asks_for(lena: Persona, refunds: int, queue_a: int) -> None:
    with pytest.raises(Refused):
        actions.set_queue_skills(actor=lena.actor, queue_id=queue_a, levels={}, now=NOW)
    assert QueueSkill.objects.get().skill_id == refunds


def test_cover_of_a_queue_counts_who_may_and_what_lies_with_others(
    amira: Persona, lena: Persona, ben: Persona, refunds: int, parcel: Ticket
) -> None:
    hold(amira, lena, refunds)
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, reason="With me", now=NOW)
    row = competence.cover(actor=lena.actor, on=TODAY)[0]
    assert (row.able, row.needed, row.missing, row.held_back) == (("Lena Fischer",), 2, 1, 1)
    assert "Cover is short in Parcels." in lena.client.get("/").content.decode()


@pytest.mark.parametrize("people_there", [5, 500])
def test_cover_costs_the_same_at_two_sizes(
    amira: Persona,
    refunds: int,
    team_a: Team,
    people_there: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(people_there):
        make_user(f"Agent {at}", Role.AGENT, team=team_a)
    actor = amira.actor
    with django_assert_num_queries(7):
        competence.cover(actor=actor, on=TODAY)
