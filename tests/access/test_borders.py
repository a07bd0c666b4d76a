"""Borders the matrix cannot guess: links of the portal, ids in a query, selections, notes, stale pages."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.access import engine
from tests.access.engine import OTHER_CUSTOMER, OTHER_TEAM, OTHER_WORLD, OWN, RESTRICTED, Scene
from tests.access.examples.desk import INTERNAL, ticket_of
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.actions import incidents
from wellserved.apps.desk.models import Message, Ticket
from wellserved.apps.desk.types.incidents import Named
from wellserved.apps.ledger.models import Entry
from wellserved.apps.thread import actions as thread
from wellserved.apps.thread import queries as links
from wellserved.platform import clock
from wellserved.platform.errors import NotFound

engine.load_examples()
ABSENT_TICKET = ("desk.ticket", engine.ABSENT)
FOREIGN = (OTHER_TEAM, OTHER_WORLD, RESTRICTED)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def link(scene: Scene, *, ticket: str, customer: str) -> str:
    token = queries.link_for(
        ticket_id=ticket_of(scene, ticket).pk,
        customer_id=scene.object("desk.customer", customer),
        now=clock.now(),
    )
    return f"/help/r/{token}"


def test_a_link_opens_the_one_ticket_of_its_one_customer(scene: Scene) -> None:
    shown = Client().get(link(scene, ticket=OWN, customer=OWN))
    assert (shown.status_code, b"Ticket of own team" in shown.content) == (200, True)
    assert b"Words of other" not in shown.content


@pytest.mark.parametrize("customer", [OTHER_CUSTOMER, OTHER_WORLD])
def test_a_link_made_for_another_customer_opens_nothing_and_takes_nothing(scene: Scene, customer: str) -> None:
    address = link(scene, ticket=OWN, customer=customer)
    said = Message.objects.count()
    assert [Client().get(address).status_code, Client().post(address, {"body": "Hello"}).status_code] == [404, 404]
    assert Message.objects.count() == said


def test_a_link_dies_when_the_ticket_changes_hands_and_after_ninety_days(scene: Scene) -> None:
    ticket = ticket_of(scene)
    old = queries.link_for(ticket_id=ticket.pk, customer_id=ticket.customer_id, now=clock.now() - dt.timedelta(days=91))
    assert Client().get(f"/help/r/{old}").status_code == 404
    held = link(scene, ticket=OWN, customer=OWN)
    Ticket.objects.filter(pk=ticket.pk).update(customer=scene.object("desk.customer", OTHER_CUSTOMER))
    assert Client().get(held).status_code == 404


@pytest.mark.parametrize("role", ["anonymous", "customer"])
def test_no_note_ever_reaches_a_customer(scene: Scene, role: str) -> None:
    number = scene.object("desk.ticket", OWN)
    pages = [
        link(scene, ticket=OWN, customer=OWN),
        "/help/mine",
        f"/help/mine/{number}",
        "/help",
        "/me",
        "/palette?q=carrier",
    ]
    seen = [scene.ask(role, "GET", page)[0] for page in pages]
    assert [INTERNAL.encode() in response.content for response in seen] == [False] * len(pages)
    assert [b"Lena Fischer" in response.content for response in seen] == [False] * len(pages)


def test_no_staff_address_tells_a_customer_anything(scene: Scene) -> None:
    number = scene.object("desk.ticket", OWN)
    ticket_id = scene.object("desk.ticket_id", OWN)
    pages = [f"/c/{number}", f"/c/{number}/thread", "/inbox", "/customers", "/mailbox", "/history"]
    assert [scene.ask("customer", "GET", page)[0].status_code for page in pages] == [403] * len(pages)
    asked, written = scene.ask("customer", "POST", f"/comments/desk.ticket/{ticket_id}", {"body": "Who reads this?"})
    assert (asked.status_code in {403, 404}, written) == (True, 0)


@pytest.mark.parametrize("placement", FOREIGN)
def test_a_number_in_a_query_opens_no_foreign_ticket(scene: Scene, placement: str) -> None:
    number = scene.object("desk.ticket", placement)
    customer = scene.object("desk.customer", OTHER_WORLD)
    foreign = [
        f"/inbox?view=all_open&c={number}",
        f"/standards/dry-run?number={number}",
        f"/inbox/new?customer={customer}",
    ]
    absent = [
        "/inbox?view=all_open&c=999999999",
        "/standards/dry-run?number=999999999",
        "/inbox/new?customer=999999999",
    ]
    for one, other in zip(foreign, absent, strict=True):
        seen, _ = scene.ask("agent", "GET", one)
        wanted, _ = scene.ask("agent", "GET", other)
        assert (seen.status_code, seen.status_code in {404, 422}) == (wanted.status_code, True)
        assert f"Words of {placement}".encode() not in seen.content
        assert f"Ticket of {placement}".encode() not in seen.content


@pytest.mark.parametrize("role", ["agent", "team_leader", "manager", "analyst", "administrator"])
def test_whoever_reads_a_ticket_may_try_the_standards_on_it(scene: Scene, role: str) -> None:
    number = scene.object("desk.ticket", OWN)
    tried, _ = scene.ask(role, "GET", f"/standards/dry-run?number={number}")
    assert (tried.status_code, b"Standard promise" in tried.content) == (200, True)


@pytest.mark.parametrize("placement", FOREIGN)
def test_neither_list_nor_search_nor_palette_names_a_foreign_ticket(scene: Scene, placement: str) -> None:
    scene.object("desk.ticket", OWN)
    scene.object("desk.ticket", placement)
    pages = ["/inbox?view=all_open", "/inbox?view=all_open&q=Ticket", "/palette?q=Ticket", "/", "/customers?q=Customer"]
    seen = [scene.ask("agent", "GET", page)[0] for page in pages]
    assert [response.status_code for response in seen] == [200] * len(pages)
    assert [f"Ticket of {placement}".encode() in response.content for response in seen] == [False] * len(pages)
    assert b"Ticket of own team" in seen[0].content


@pytest.mark.parametrize("placement", FOREIGN)
def test_a_foreign_ticket_among_the_chosen_ones_stays_as_it_is(scene: Scene, placement: str) -> None:
    ours, theirs = ticket_of(scene), ticket_of(scene, placement)
    entries = Entry.objects.count()
    client = scene.people["ben"].client
    chosen = [f"{theirs.pk}:{theirs.version}", "999999999:1"]
    answer = client.post("/inbox/bulk", {"selected": chosen, "move": "resolve"}, follow=True)
    assert b"0 tickets changed, 2 not changed." in answer.content
    assert answer.content.count(b"There is no such ticket, or it is not yours to see.") == 2
    assert theirs.subject.encode() not in answer.content
    assert (Entry.objects.count(), Ticket.objects.get(pk=theirs.pk).status) == (entries, theirs.status)
    assert Ticket.objects.get(pk=ours.pk).status == ours.status


@pytest.mark.parametrize("placement", FOREIGN)
def test_comments_and_files_keep_to_the_tickets_one_may_read(scene: Scene, placement: str) -> None:
    foreign = scene.object("desk.ticket_id", placement)
    for address in ("/comments/desk.ticket/{}", "/files/desk.ticket/{}"):
        theirs, written = scene.ask("agent", "POST", address.format(foreign), enclosed())
        absent, _ = scene.ask("agent", "POST", address.format(engine.ABSENT), enclosed())
        assert (theirs.status_code, theirs.content, written) == (404, absent.content, 0)


def enclosed() -> dict[str, object]:
    return {"body": "Hello", "file": SimpleUploadedFile("label.pdf", b"%PDF-1.7\n", content_type="application/pdf")}


@pytest.mark.parametrize("what", ["move", "assign", "priority", "facts"])
def test_a_stale_page_is_told_so_and_changes_nothing(scene: Scene, what: str) -> None:
    ticket = ticket_of(scene)
    ben = scene.people["ben"]
    actions.assign(actor=ben.actor, ticket_id=ticket.pk, assignee_id=ben.user.pk, now=clock.now())
    stale = {"version": ticket.version, "move": "resolve", "assignee": "", "impact": "high", "urgency": "high"}
    stale |= {"subject": "Mine", "kind": "request", "queue": ticket.queue_id}
    response, written = scene.ask("agent", "POST", f"/c/{ticket.number}/{what}", stale)
    assert (response.status_code, written) == (409, 0)
    assert b"This ticket has changed since you opened it." in response.content


def test_an_owner_nobody_can_mean_takes_no_ticket_away(scene: Scene) -> None:
    ticket = ticket_of(scene)
    ben = scene.people["ben"]
    actions.assign(actor=ben.actor, ticket_id=ticket.pk, assignee_id=ben.user.pk, now=clock.now())
    ticket.refresh_from_db()
    response, written = scene.ask(
        "agent", "POST", f"/c/{ticket.number}/assign", {"assignee": "ben", "version": ticket.version}
    )
    assert (response.status_code, written) == (422, 0)


@pytest.mark.parametrize("digits", ["²", "٣٣", "1e3", "-1", "9" * 40])
def test_numbers_nobody_can_mean_break_no_page(scene: Scene, digits: str) -> None:
    ticket = ticket_of(scene)
    asked = [
        scene.ask("agent", "GET", f"/inbox/new?customer={digits}"),
        scene.ask("agent", "GET", f"/inbox?c={digits}&queue={digits}"),
        scene.ask("agent", "GET", f"/standards/dry-run?number={digits}"),
        scene.ask("agent", "POST", f"/c/{ticket.number}/assign", {"assignee": digits, "version": digits}),
        scene.ask("agent", "POST", "/inbox/bulk", {"selected": f"{digits}:{digits}", "move": "resolve"}),
        scene.ask("administrator", "POST", "/settings/lists/queues/save", {"entry": digits, "name": "Q"}),
    ]
    assert [response.status_code for response, _ in asked if response.status_code >= 500] == []


def test_no_link_leads_to_a_restricted_ticket(scene: Scene) -> None:
    ours, theirs = ("desk.ticket", ticket_of(scene).pk), ("desk.ticket", ticket_of(scene, RESTRICTED).pk)
    entries = Entry.objects.count()
    for role in ("agent", "team_leader", "administrator"):
        for start, end in ((ours, theirs), (theirs, ours)):
            refused = [refusal_of_link(scene, role, start, end), refusal_of_link(scene, role, ours, ABSENT_TICKET)]
            assert refused[0] == refused[1]
    assert Entry.objects.count() == entries
    assert thread.link(actor=scene.actor("manager"), start=ours, verb="see", end=theirs, now=clock.now())
    for role, seen in (("agent", 0), ("manager", 1)):
        assert len(links.links(actor=scene.actor(role), kind="desk.ticket", record_id=ours[1])) == seen


def refusal_of_link(scene: Scene, role: str, start: tuple[str, int], end: tuple[str, int]) -> str:
    with pytest.raises(NotFound) as refusal:
        thread.link(actor=scene.actor(role), start=start, verb="see", end=end, now=clock.now())
    return refusal.value.sentence


def test_cards_made_one_count_only_the_tickets_one_may_see(scene: Scene) -> None:
    kept = actions.save_customer(actor=scene.actor("manager"), name="One", now=clock.now())
    other = ticket_of(scene, RESTRICTED).customer_id
    ticket_of(scene)
    actions.merge_customers(
        actor=scene.actor("manager"), kept_id=kept, other_id=other, reason="She said so", now=clock.now()
    )
    counted = [queries.merges(actor=scene.actor(role), customer_id=kept)[0].tickets for role in ("agent", "manager")]
    assert counted == [1, 2]


def test_an_incident_is_told_by_mail_where_the_ticket_is_kept_from_whoever_tells(scene: Scene) -> None:
    restricted = ticket_of(scene, RESTRICTED)
    person = Named(email="dev@mail.test", name="Dev", reference="")
    for role, told in (("team_leader", 0), ("manager", 1)):
        found = incidents.find_incident(actor=scene.actor(role), title="Late", people=[person], now=clock.now())
        incidents.tell_affected(
            actor=scene.actor(role), incident_id=found, notice="It is late.", is_urgent=True, now=clock.now()
        )
        assert incidents.tell_next(actor=scene.actor(role), incident_id=found, now=clock.now())
        assert Message.objects.filter(ticket=restricted, kind="automatic").count() == told
