"""A note calls colleagues by name; only those who can see the ticket, and it opens nothing to anybody."""

import pytest

from tests.apps.desk.conftest import at
from tests.personas import Persona, make_team, make_user
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Message, Ticket, TicketEvent
from wellserved.apps.ledger.models import Comment, Entry, Mention
from wellserved.apps.ledger.queries import discussion
from wellserved.platform.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


def note(who: Persona, ticket: Ticket, body: str, **given: object) -> None:
    actions.note(actor=who.actor, ticket_id=ticket.pk, body=body, now=at(3, 11), **given)


def test_a_first_name_or_a_full_name_calls_and_leads_to_the_ticket(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    note(ben, parcel, "@lena, look.")
    html = lena.client.get("/mentions").content.decode()
    assert "@lena, look." in html
    assert f'<a href="/c/{parcel.number}">#{parcel.number} Late parcel</a>' in html
    assert TicketEvent.objects.get(kind="note").detail["mentions"] == [lena.user.pk]
    assert [v.content for v in Entry.objects.get(action="ledger.called").values.filter(side="after")] == [
        '"Lena Fischer"'
    ]


def test_the_ids_a_program_gives_call_as_well(parcel: Ticket, ben: Persona, lena: Persona, amira: Persona) -> None:
    note(ben, parcel, "@Amira Haddad asked.", mentions=(lena.user.pk,))
    assert set(Mention.objects.values_list("user_id", flat=True)) == {lena.user.pk, amira.user.pk}


def test_a_first_name_that_two_bear_is_refused_and_the_full_name_is_not(parcel: Ticket, lena: Persona) -> None:
    team = make_team("Team A")
    make_user("Noor Aziz", "agent", team=team)
    other = make_user("Noor Bakker", "agent", team=team)
    with pytest.raises(Invalid, match="@Noor could be Noor Aziz or Noor Bakker"):
        note(lena, parcel, "@Noor look")
    assert (Message.objects.filter(kind="note").count(), Comment.objects.count()) == (0, 0)
    note(lena, parcel, "@Noor Bakker look")
    assert list(Mention.objects.values_list("user_id", flat=True)) == [other.pk]


def test_a_mail_address_and_a_longer_name_call_nobody(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    note(ben, parcel, "Write to help@lena.test; @Lena Fischerman and @Lenard wrote in.")
    assert Mention.objects.count() == 0


def test_a_call_opens_nothing_to_somebody_of_another_team(parcel: Ticket, ben: Persona, chloe: Persona) -> None:
    with pytest.raises(Invalid, match="Chloe Martin cannot see this record"):
        note(ben, parcel, "@Chloe please")
    with pytest.raises(NotFound):
        queries.ticket(actor=chloe.actor, number=parcel.number, now=at(3, 12))
    assert (Message.objects.filter(kind="note").count(), Mention.objects.count()) == (0, 0)


def test_a_refused_call_costs_no_words(parcel: Ticket, ben: Persona, chloe: Persona) -> None:
    given = {"mode": "note", "body": "@Chloe please", "version": parcel.version}
    html = ben.client.post(f"/c/{parcel.number}/write", given, follow=True).content.decode()
    assert "Chloe Martin cannot see this record" in html
    assert ">@Chloe please</textarea>" in html


def test_the_words_of_a_called_note_stay_hidden_from_the_customer(
    parcel: Ticket, ben: Persona, lena: Persona, dev: Persona
) -> None:
    note(ben, parcel, "@Lena do not tell")
    assert discussion.comments(actor=dev.actor, subject=("desk.ticket", parcel.pk)) == ()


def test_the_frame_counts_new_calls_until_they_are_seen(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    assert "1 mention" not in lena.client.get("/customers").content.decode()
    note(ben, parcel, "@Lena look")
    assert "1 mention</a>" in lena.client.get("/customers").content.decode()
    note(ben, parcel, "@Lena again")
    assert "2 mentions</a>" in lena.client.get("/customers").content.decode()
    lena.client.post("/mentions/seen")
    assert "mentions</a>" not in lena.client.get("/customers").content.decode()
