"""The message after an everyday act takes it back: by a form, without a script, on one ticket or on many."""

import html
import re

import pytest
from django.http import HttpResponse

from tests.personas import Persona
from tests.web.conftest import Service
from wellserved.apps.desk import actions
from wellserved.apps.desk.models import Ticket
from wellserved.apps.ledger.models import Entry
from wellserved.platform import clock

pytestmark = pytest.mark.django_db
_FORM = re.compile(
    r'<div class="toast[^>]*data-undo-url="([^"]+)".*?<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL
)


def do(service: Service, what: str, **given: object) -> HttpResponse:
    body = {"version": Ticket.objects.get(pk=service.ticket_id).version} | given
    return service.agent.client.post(f"/c/{service.number}/{what}", body, follow=True)


def way_back(answer: HttpResponse) -> tuple[str, dict[str, str]]:
    """Return where the form of the message posts to, and what."""
    [(address, action, form)] = _FORM.findall(answer.content.decode())
    assert action == address
    return action, dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def standing(service: Service) -> tuple[object, ...]:
    row = Ticket.objects.get(pk=service.ticket_id)
    return row.status, row.assignee_id, row.priority, sorted(row.tags.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("move", {"move": "resolve"}),
        ("move", {"move": "wait_customer"}),
        ("assign", {"assignee": ""}),
        ("priority", {"impact": "high", "urgency": "high"}),
        ("tags", {"add": "wool"}),
    ],
)
def test_an_act_on_a_ticket_is_taken_back_by_the_form_in_its_message(
    service: Service, what: str, given: dict[str, str]
) -> None:
    before = standing(service)
    answer = do(service, what, **given)
    assert standing(service) != before
    address, form = way_back(answer)
    assert form["back"] == f"/c/{service.number}"
    back = service.agent.client.post(address, form, follow=True)
    assert back.redirect_chain == [(f"/c/{service.number}", 302)]
    assert f"Undone: #{service.number} is as it was." in back.content.decode()
    assert standing(service) == before
    assert "data-undo-url" not in back.content.decode()


def test_a_ticket_that_has_changed_since_is_left_and_the_page_says_why(service: Service) -> None:
    address, form = way_back(do(service, "move", move="resolve"))
    actions.change_priority(
        actor=service.manager.actor, ticket_id=service.ticket_id, impact="low", urgency="low", now=clock.now()
    )
    before = standing(service), Entry.objects.count()
    refused = service.agent.client.post(address, form)
    assert refused.status_code == 409
    assert "This ticket has changed since, so that cannot be undone any more." in html.unescape(
        refused.content.decode()
    )
    assert (standing(service), Entry.objects.count()) == before


def test_tags_that_stay_as_they_were_offer_nothing_to_undo(service: Service) -> None:
    answer = do(service, "tags", remove="wool")
    assert "The tags are as they were." in answer.content.decode()
    assert "data-undo-url" not in answer.content.decode()


def resolve_many(who: Persona, numbers: list[Ticket]) -> HttpResponse:
    chosen = [f"{row.pk}:{row.version}" for row in numbers]
    return who.client.post("/inbox/bulk", {"selected": chosen, "move": "resolve"}, follow=True)


def test_many_tickets_are_changed_back_by_one_press(service: Service) -> None:
    service.open_more(3)
    answer = resolve_many(service.agent, list(Ticket.objects.all()))
    assert set(Ticket.objects.values_list("status", flat=True)) == {"resolved"}
    address, form = way_back(answer)
    back = service.agent.client.post(address, form, follow=True)
    assert "Undone: 4 tickets changed back." in back.content.decode()
    assert set(Ticket.objects.values_list("status", flat=True)) == {"new"}
    again = service.agent.client.post(address, form, follow=True)
    assert "Already done" in again.content.decode()
    drawn_anew = {name: value for name, value in form.items() if name != "form_key"}
    again = service.agent.client.post(address, drawn_anew)
    assert (again.status_code, "can no longer be undone" in again.content.decode()) == (409, True)


def test_of_many_those_that_changed_since_stay_and_are_named(service: Service) -> None:
    service.open_more(2)
    address, form = way_back(resolve_many(service.agent, list(Ticket.objects.all())))
    actions.move(
        actor=service.manager.actor, ticket_id=service.ticket_id, move="reopen", reason="Wrong", now=clock.now()
    )
    back = service.agent.client.post(address, form, follow=True).content.decode()
    assert "2 tickets changed back, 1 not changed back." in back
    assert "This ticket has changed since" in back
    assert sorted(Ticket.objects.values_list("status", flat=True)) == ["new", "new", "open"]


def test_the_account_of_many_offers_the_way_back_of_those_that_changed(service: Service) -> None:
    service.open_more(1)
    tickets = list(Ticket.objects.all())
    actions.move(actor=service.manager.actor, ticket_id=tickets[0].pk, move="resolve", now=clock.now())
    answer = resolve_many(service.agent, tickets)
    assert "1 ticket changed, 1 not changed." in answer.content.decode()
    address, form = way_back(answer)
    service.agent.client.post(address, form)
    assert Ticket.objects.get(pk=tickets[1].pk).status == "new"
    assert Ticket.objects.get(pk=tickets[0].pk).status == "resolved"


def test_nobody_undoes_what_a_colleague_did_to_many(service: Service, lena: Persona) -> None:
    address, form = way_back(resolve_many(service.agent, list(Ticket.objects.all())))
    assert lena.client.post(address, form).status_code == 409
    assert Ticket.objects.get().status == "resolved"
