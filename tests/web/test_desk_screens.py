"""What an agent presses in a day: send, undo, note twice, change many, tag, and read her own limit first."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import personas
from tests.web.conftest import Service
from wellserved.apps.accounts import actions as accounts
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries
from wellserved.apps.desk.models import Draft, Message, Ticket, View
from wellserved.apps.ledger.models import Entry
from wellserved.apps.people import actions as people
from wellserved.platform.models import OutboxMessage


@pytest.fixture(autouse=True)
def disk(tmp_path: object, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def page_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def page(who: personas.Persona, service: Service) -> str:
    return page_of(who.client.get(f"/c/{service.number}"))


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1]


def form_on(html: str, **given: object) -> dict[str, object]:
    return {"mode": "reply", "body": "It left.", "key": field(html, "key"), "version": field(html, "version")} | given


def send(who: personas.Persona, service: Service, **given: object) -> object:
    body = form_on(page(who, service), **given)
    return who.client.post(f"/c/{service.number}/write", body, follow=True)


# Sending, and taking back


def test_a_sent_reply_can_be_undone_from_the_toast_and_from_the_message(service: Service) -> None:
    html = page_of(send(service.agent, service))
    address = f"/c/{service.number}/replies/{Message.objects.get(kind='reply').pk}/take-back"
    assert f'data-undo-url="{address}"' in html
    assert f'action="{address}"' in html
    assert f'action="{address}"' not in page(service.manager, service)
    back = page_of(service.agent.client.post(address, follow=True))
    assert "Taken back: nothing was sent, and your words are in the box again." in back
    assert re.search(r"<textarea[^>]*>It left\.</textarea>", back)
    assert (Message.objects.filter(kind="reply").count(), OutboxMessage.objects.get().state) == (0, "cancelled")


def test_a_script_that_undoes_is_answered_without_a_page(service: Service) -> None:
    send(service.agent, service)
    address = f"/c/{service.number}/replies/{Message.objects.get(kind='reply').pk}/take-back"
    answer = service.agent.client.post(address, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, Draft.objects.get().body) == (204, "It left.")


@pytest.mark.parametrize("mode", ["note", "reply"])
def test_a_second_press_writes_nothing_more(service: Service, mode: str) -> None:
    body = form_on(page(service.agent, service), mode=mode)
    before = Message.objects.filter(kind=mode).count()
    answers = [service.agent.client.post(f"/c/{service.number}/write", body).status_code for _ in range(2)]
    assert (answers, Message.objects.filter(kind=mode).count()) == ([302, 302], before + 1)


def test_other_words_from_the_same_page_are_another_note(service: Service) -> None:
    body = form_on(page(service.agent, service), mode="note")
    for words in ("First.", "Second."):
        service.agent.client.post(f"/c/{service.number}/write", body | {"body": words})
    assert list(Message.objects.filter(kind="note").order_by("-pk").values_list("body", flat=True)[:2]) == [
        "Second.",
        "First.",
    ]


def test_a_reply_taken_back_and_sent_again_from_the_old_page_is_sent(service: Service) -> None:
    body = form_on(page(service.agent, service))
    service.agent.client.post(f"/c/{service.number}/write", body)
    sent = Message.objects.get(kind="reply").pk
    service.agent.client.post(f"/c/{service.number}/replies/{sent}/take-back")
    fresh = body | {"version": Ticket.objects.get().version}
    service.agent.client.post(f"/c/{service.number}/write", fresh)
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_stale_reply_keeps_its_files_and_sends_them_from_the_page_of_the_conflict(service: Service) -> None:
    body = form_on(page(service.agent, service))
    service.manager.client.post(f"/c/{service.number}/write", form_on(page(service.manager, service), body="Mine."))
    label = SimpleUploadedFile("label.pdf", b"hello")
    stale = service.agent.client.post(f"/c/{service.number}/write", body | {"files": label})
    html = page_of(stale)
    assert stale.status_code == 409
    assert "label.pdf" in html
    assert "label.pdf" in page(service.agent, service)
    again = form_on(html, kept=field(html, "kept"))
    assert service.agent.client.post(f"/c/{service.number}/write", again).status_code == 302
    [item] = [i for i in queries.timeline(actor=service.agent.actor, ticket_id=service.ticket_id) if i.files]
    assert (item.body, [file.name for file in item.files], Draft.objects.count()) == ("It left.", ["label.pdf"], 0)


def test_a_file_of_somebody_elses_draft_is_not_sent(service: Service) -> None:
    body = form_on(page(service.agent, service), body=" ", files=SimpleUploadedFile("secret.pdf", b"hello"))
    service.agent.client.post(f"/c/{service.number}/write", body)
    [draft] = queries.drafts(actor=service.agent.actor, ticket_id=service.ticket_id)
    send(service.manager, service, kept=draft.files[0].id)
    assert [i for i in queries.timeline(actor=service.manager.actor, ticket_id=service.ticket_id) if i.files] == []
    [kept] = queries.drafts(actor=service.agent.actor, ticket_id=service.ticket_id)
    assert [file.name for file in kept.files] == ["secret.pdf"]


# The limit of authority


@pytest.fixture
def limit(service: Service) -> None:
    people.set_limit(
        actor=service.manager.actor,
        role="agent",
        remedy="refund",
        amount=Decimal(20),
        period="ticket",
        reason="Start.",
        now=service.now,
    )
    people.set_limit(
        actor=service.manager.actor,
        role="team_leader",
        remedy="refund",
        amount=Decimal(90),
        period="day",
        reason="Start.",
        now=service.now,
    )


def test_the_composer_says_nothing_of_limits_while_the_service_has_set_none(service: Service) -> None:
    assert "composer-limit" not in page(service.agent, service)


@pytest.mark.usefixtures("limit")
def test_the_composer_prints_ones_limit_and_who_may_grant_more(service: Service) -> None:
    html = page(service.agent, service)
    assert "You may still grant here: refund to £20.00." in html
    assert "Refund: up to £20.00 per ticket, £20.00 left; above that Team leader." in html
    assert "Above your limit, send it all the same" in html
    assert f'href="/c/{service.number}/refer"' in html
    send(service.agent, service, remedy="refund", amount="12.50")
    after = page(service.agent, service)
    assert "You may still grant here: refund to £7.50." in after
    assert "Granted with the reply: refund of 12.50." in after


@pytest.mark.usefixtures("limit")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"remedy": "refund", "amount": "20.01"}, "20.01 GBP is over your limit"),
        ({"remedy": "refund", "amount": ""}, "choose what it is and say how much"),
        ({"remedy": "", "amount": "5"}, "choose what it is and say how much"),
        ({"remedy": "refund", "amount": "5", "mode": "note"}, "A note grants the customer nothing."),
        ({"remedy": "refund", "amount": "lots"}, "Give the amount as a number"),
    ],
)
def test_what_cannot_be_granted_is_said_and_nothing_is_sent(
    service: Service, given: dict[str, str], sentence: str
) -> None:
    before = (Message.objects.count(), OutboxMessage.objects.count(), Entry.objects.count())
    html = page_of(send(service.agent, service, **given))
    assert sentence in html
    assert (Message.objects.count(), OutboxMessage.objects.count(), Entry.objects.count()) == before
    assert Draft.objects.get().body == "It left."


# The inbox


def since(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+", "%2B")


def test_the_pill_counts_what_came_since_and_the_list_stays(service: Service, dev: personas.Persona) -> None:
    html = page_of(service.agent.client.get("/inbox?view=all_open"))
    found = re.search(r'id="news"[^>]*data-live-url="([^"]+)"', html)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    assert "<a" not in page_of(service.agent.client.get(address))
    later = service.now + dt.timedelta(minutes=1)
    for words in ("One", "Two"):
        desk.open_ticket(
            actor=service.manager.actor, subject=words, body=words, customer_id=service.customer_id, now=later
        )
    desk.customer_message(actor=service.manager.actor, ticket_id=service.ticket_id, body="Any news?", now=later)
    news = page_of(service.agent.client.get(address))
    assert "3 new" in news
    assert 'href="/inbox?view=all_open"' in news


@pytest.mark.parametrize("given", ["", "yesterday", "2026-01-01T00:00:00"])
def test_a_moment_nobody_can_read_is_no_news(service: Service, given: str) -> None:
    assert "<a" not in page_of(service.agent.client.get(f"/inbox/news?since={given}"))


def test_the_pill_costs_the_same_at_two_sizes(service: Service) -> None:
    address = f"/inbox/news?view=all_open&since={since(service.now - dt.timedelta(days=1))}"

    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            service.agent.client.get(address)
        return len(seen)

    cost()
    small = cost()
    service.open_more(20)
    assert cost() == small


def test_all_that_match_are_changed_and_each_result_is_told(service: Service) -> None:
    service.open_more(52)
    html = page_of(service.manager.client.get("/inbox?view=all_open&q=Question"))
    assert "All 52 matching" in html
    query = field(html, "query").replace("&amp;", "&")
    result = page_of(
        service.manager.client.post(
            "/inbox/bulk", {"scope": "all", "query": query, "move": "resolve", "back": "/inbox"}, follow=True
        )
    )
    assert "52 tickets changed." in result
    assert Ticket.objects.filter(status="resolved").count() == 52
    assert Ticket.objects.get(pk=service.ticket_id).status == "new"
    again = page_of(service.manager.client.get("/inbox/bulk"))
    assert "52 tickets changed." in again


def test_one_press_changes_two_hundred_at_most_and_says_so(service: Service) -> None:
    first = Ticket.objects.get()
    Ticket.objects.bulk_create(
        Ticket(
            number=9000 + place,
            subject=f"Copy {place}",
            queue_id=first.queue_id,
            customer_id=first.customer_id,
            opened_at=first.opened_at,
            act_by=first.act_by,
        )
        for place in range(204)
    )
    assert "The first 200 of 205 matching" in page_of(service.manager.client.get("/inbox?view=all_open"))
    wanted = {"scope": "all", "query": "view=all_open", "move": "close"}
    result = page_of(service.manager.client.post("/inbox/bulk", wanted, follow=True))
    assert "0 tickets changed, 200 not changed. One press changes 200 at most: press again for the rest." in result
    assert result.count("A ticket that is new cannot take the move “Close”.") == 200


def test_all_matching_reaches_no_further_than_its_reader(service: Service, chloe: personas.Persona) -> None:
    before = list(Ticket.objects.values_list("version", flat=True))
    service.agent.client.post("/inbox/bulk", {"scope": "all", "query": "view=resolved", "move": "close"})
    chloe.client.post("/inbox/bulk", {"scope": "all", "query": "view=all_open", "move": "resolve"})
    assert list(Ticket.objects.values_list("version", flat=True)) == before


def test_a_view_is_shared_with_a_team_and_counted(
    service: Service, lena: personas.Persona, chloe: personas.Persona
) -> None:
    team = personas.make_team("Team A")
    service.manager.client.post("/inbox/views", {"name": "Care, late", "view": "all_open", "share": team.pk})
    shown = page_of(service.agent.client.get("/inbox"))
    assert re.search(r'Care, late<span class="sr">, shared with Team A</span></span><b class="num">1</b>', shown)
    assert "Care, late" not in page_of(chloe.client.get("/inbox"))


def test_a_view_is_not_shared_with_a_team_one_does_not_know(service: Service, chloe: personas.Persona) -> None:
    team = personas.make_team("Team B")
    answers = [
        service.agent.client.post("/inbox/views", {"name": "X", "view": "all_open", "share": share}).status_code
        for share in (team.pk, "nobody")
    ]
    assert (answers, View.objects.count()) == ([404, 422], 0)


def test_counting_saved_views_is_one_query_however_many(service: Service) -> None:
    def cost(views: int) -> int:
        for place in range(views):
            desk.save_view(actor=service.manager.actor, name=f"View {place}", query="view=overdue&q=parcel")
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            service.manager.client.get("/inbox?view=all_open")
        return len(seen)

    cost(1)
    assert cost(1) == cost(12)


# Tags, and whose words they are


def test_a_tag_is_put_on_and_taken_off_beside_whatever_else_happens(service: Service) -> None:
    client = service.agent.client
    client.post(f"/c/{service.number}/tags", {"add": "Wool, refund"})
    send(service.manager, service)
    client.post(f"/c/{service.number}/tags", {"remove": "wool"})
    assert [tag.name for tag in Ticket.objects.get().tags.all()] == ["refund"]
    assert 'name="remove" value="refund"' in page(service.agent, service)


def test_no_tag_is_refused_and_changes_nothing(service: Service) -> None:
    before = Ticket.objects.get().version
    answer = service.agent.client.post(f"/c/{service.number}/tags", {"add": " , "})
    assert (answer.status_code, Ticket.objects.get().version) == (422, before)


@pytest.mark.parametrize("role", ["anna", "ben", "amira"])
def test_staff_who_follow_a_customers_link_read_and_do_not_write(
    service: Service, role: str, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(role).client
    token = queries.link_for(ticket_id=service.ticket_id, customer_id=service.customer_id, now=service.now)
    html = page_of(client.get(f"/help/r/{token}"))
    assert "You are signed in as staff: this is what the customer sees, to read only." in html
    assert "<textarea" not in html
    before = (Message.objects.count(), Entry.objects.count())
    refused = client.post(f"/help/r/{token}", {"body": "I am the customer."})
    assert (refused.status_code, Message.objects.count(), Entry.objects.count()) == (403, *before)


def test_no_link_that_speaks_for_a_customer_stands_on_the_timeline(service: Service) -> None:
    asked = {"name": "Rosa", "email": "rosa@mail.test", "subject": "Refund?", "body": "Where is it?"}
    Client().post("/help", asked)
    ticket = Ticket.objects.latest("pk")
    token = queries.link_for(ticket_id=ticket.pk, customer_id=ticket.customer_id, now=service.now)
    desk.customer_message(
        actor=service.manager.actor, ticket_id=ticket.pk, body=f"I see http://desk.test/help/r/{token}", now=service.now
    )
    html = page_of(service.manager.client.get(f"/c/{ticket.number}/thread"))
    assert "/help/r/…" in html
    assert not re.search(r"/help/r/\w", html)
    assert f"/help/r/{token[:8]}" in OutboxMessage.objects.latest("pk").body


# Keys


def test_ones_own_keys_are_kept_on_the_server_and_stand_on_every_page(service: Service) -> None:
    answer = service.agent.client.post(
        "/me/keys", {"shortcuts": "chords", "keys": '{"e": "Control+y"}'}, headers={"X-Requested-With": "fetch"}
    )
    html = page_of(service.agent.client.get("/inbox"))
    assert answer.status_code == 204
    assert 'data-shortcuts="chords"' in html
    assert 'data-shortcuts-own="{&#34;e&#34;: &#34;Control+y&#34;}"' in html
    assert 'data-shortcuts="keys"' in page_of(service.manager.client.get("/inbox"))
    assert "Keys you have changed" in page_of(service.agent.client.get("/me"))
    service.agent.client.post("/me/keys", {"shortcuts": "chords", "keys": "{}"})
    assert "Keys you have changed" not in page_of(service.agent.client.get("/me"))


@pytest.mark.parametrize(
    "given",
    [
        {"shortcuts": "emacs", "keys": "{}"},
        {"shortcuts": "keys", "keys": "nonsense"},
        {"shortcuts": "keys", "keys": "[]"},
        {"shortcuts": "keys", "keys": '{"e": "all of it"}'},
        {"shortcuts": "keys", "keys": '{"e": 5}'},
    ],
)
def test_keys_nobody_can_press_are_refused_and_nothing_is_kept(service: Service, given: dict[str, str]) -> None:
    before = Entry.objects.count()
    assert service.agent.client.post("/me/keys", given).status_code == 422
    service.agent.user.refresh_from_db()
    assert (service.agent.user.preferences, Entry.objects.count()) == ({}, before)


def test_settings_and_keys_do_not_undo_each_other(service: Service) -> None:
    accounts.save_own_keys(actor=service.agent.actor, shortcuts="keys", keys={"e": "y"}, now=service.now)
    service.agent.client.post(
        "/me", {"name": "Ben Okafor", "time_zone": "Europe/London", "theme": "auto", "shortcuts": "chords"}
    )
    service.agent.user.refresh_from_db()
    assert (service.agent.actor.shortcuts, service.agent.actor.keys) == ("chords", (("e", "y"),))
