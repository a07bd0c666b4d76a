"""Every screen answers, says one thing at its head, and costs the same however long its list."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import personas
from tests.web.conftest import SECRET, Service
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Draft, Message, Ticket
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards.models import CalendarVersion, PolicyVersion

MANAGER_PAGES = [
    "/",
    "/inbox",
    "/inbox?view=unassigned&q=parcel&sort=newest",
    "/inbox/new",
    "/customers",
    "/customers/new",
    "/standards",
    "/standards/policies/new",
    "/standards/calendars/new",
    "/standards/dry-run",
    "/settings",
    "/settings/lists/queues",
    "/settings/lists/products",
    "/settings/lists/places",
    "/settings/lists/tags",
    "/docs/errors",
]


def page_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", MANAGER_PAGES)
def test_a_screen_has_one_heading_one_sentence_and_one_primary_button(service: Service, path: str) -> None:
    response = service.manager.client.get(path)
    html = page_of(response)
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert len(re.findall(r'class="(?:verdict|list-verdict)', html)) == 1
    assert len(re.findall(r'class="btn btn-primary', html)) == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", html)


def test_a_screen_of_a_record_answers(service: Service) -> None:
    calendar = CalendarVersion.objects.get().calendar_id
    policy = PolicyVersion.objects.get().policy_id
    for path in (
        f"/c/{service.number}",
        f"/inbox?view=all_open&c={service.number}",
        f"/c/{service.number}/thread",
        f"/c/{service.number}/clock/first_reply/1",
        f"/customers/{service.customer_id}",
        f"/customers/{service.customer_id}/edit",
        f"/standards/policies/{policy}",
        f"/standards/calendars/{calendar}",
        f"/standards/calendars/{calendar}?span=4+h",
        f"/standards/calendars/{calendar}/edit",
        f"/standards/dry-run?number={service.number}",
    ):
        assert (path, service.manager.client.get(path).status_code) == (path, 200)


def test_a_world_without_tickets_offers_three_ways_to_begin(amira: personas.Persona) -> None:
    html = page_of(amira.client.get("/"))
    assert "Nothing has happened here yet" in html
    assert "Answer your first ticket" in html


def test_a_customer_is_taken_from_today_to_her_own_questions(dev: personas.Persona) -> None:
    assert dev.client.get("/").headers["Location"] == "/help/mine"


def test_an_approver_without_tickets_is_shown_today_without_an_inbox(frank: personas.Persona) -> None:
    html = page_of(frank.client.get("/"))
    assert 'href="/inbox"' not in html
    assert 'href="/standards"' in html


def count_queries(persona: personas.Persona, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert persona.client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/", 48), ("/inbox?view=all_open", 25), ("/customers", 8), ("/standards", 11), ("/standards/policies", 19)],
)
def test_a_list_costs_the_same_queries_at_two_sizes(service: Service, path: str, queries: int) -> None:
    service.manager.client.get("/docs/errors")
    service.open_more(3)
    small = count_queries(service.manager, path)
    service.open_more(20)
    assert (small, count_queries(service.manager, path)) == (queries, queries)


def test_a_reply_without_javascript_is_sent_and_resolves(service: Service) -> None:
    version = Ticket.objects.get().version
    response = service.agent.client.post(
        f"/c/{service.number}/write",
        {"mode": "reply", "body": "It is on its way.", "then": "resolve", "version": version},
    )
    ticket = Ticket.objects.get()
    assert response.status_code == 302
    assert ticket.status == "resolved"
    assert Message.objects.filter(kind="reply").get().body == "It is on its way."


def test_a_ticket_is_reopened_with_a_reason_and_not_without(service: Service) -> None:
    path = f"/c/{service.number}/move"
    service.agent.client.post(path, {"move": "resolve", "version": Ticket.objects.get().version})
    assert "Why is it opened again?" in page_of(service.agent.client.get(f"/c/{service.number}"))
    refused = service.agent.client.post(path, {"move": "reopen", "version": Ticket.objects.get().version})
    assert (refused.status_code, Ticket.objects.get().status) == (422, "resolved")
    service.agent.client.post(
        path, {"move": "reopen", "reason": "It came back.", "version": Ticket.objects.get().version}
    )
    assert Ticket.objects.get().status == "open"


def test_an_empty_reply_is_refused_and_nothing_is_sent(service: Service) -> None:
    service.agent.client.post(f"/c/{service.number}/write", {"mode": "reply", "body": "  ", "then": "", "version": 1})
    assert Message.objects.filter(kind="reply").count() == 0
    assert Ticket.objects.get().status == "new"


def test_a_stale_reply_answers_409_with_the_text_and_can_be_sent_anyway(service: Service) -> None:
    stale = Ticket.objects.get().version
    path = f"/c/{service.number}/write"
    service.manager.client.post(path, {"mode": "reply", "body": "I have it.", "then": "", "version": stale})
    response = service.agent.client.post(
        path, {"mode": "reply", "body": "My long and careful words", "then": "", "version": stale}
    )
    html = page_of(response)
    assert response.status_code == 409
    assert "My long and careful words" in html
    assert "I have it." in html
    assert Message.objects.filter(kind="reply").count() == 1
    fresh = re.search(r'name="version" value="(\d+)"', html)
    assert fresh is not None
    service.agent.client.post(
        path, {"mode": "reply", "body": "My long and careful words", "then": "", "version": fresh[1]}
    )
    assert Message.objects.filter(kind="reply").count() == 2


def test_a_draft_is_kept_and_shown_again(service: Service) -> None:
    saved = service.agent.client.post(f"/c/{service.number}/draft", {"mode": "note", "body": "Half a thought"})
    assert saved.status_code == 200
    assert Draft.objects.get().kind == "note"
    assert "Half a thought" in page_of(service.agent.client.get(f"/c/{service.number}"))


def test_a_filter_survives_in_its_address(service: Service) -> None:
    html = page_of(service.manager.client.get(f"/inbox?view=all_open&queue={service.queue_id}&q=parcel"))
    assert "Remove filter" in html
    assert "Queue: Care" in html
    assert f"queue={service.queue_id}" in html


def test_many_tickets_are_assigned_at_once_and_a_stale_one_is_told(service: Service) -> None:
    service.open_more(2)
    rows = list(Ticket.objects.order_by("pk"))
    chosen = [f"{rows[0].pk}:{rows[0].version}", f"{rows[1].pk}:{rows[1].version}", f"{rows[2].pk}:999"]
    response = service.manager.client.post("/inbox/bulk", {"selected": chosen, "assignee": "me"}, follow=True)
    owners = list(Ticket.objects.order_by("pk").values_list("assignee_id", flat=True))
    assert owners == [service.manager.user.pk, service.manager.user.pk, service.agent.user.pk]
    html = page_of(response)
    assert "2 tickets changed, 1 not changed." in html
    assert html.count("This ticket has changed since you opened it.") == 1


def test_the_palette_finds_what_the_role_may_open(service: Service, dev: personas.Persona) -> None:
    found = service.agent.client.get("/palette", {"q": str(service.number)}).json()
    assert found[0]["url"] == f"/c/{service.number}"
    assert dev.client.get("/palette", {"q": "parcel"}).json() == []


def test_the_palette_goes_to_what_stands_inside_a_page(service: Service) -> None:
    risks = {"label": "Risks", "url": "/risks", "group": "Go to", "keys": ""}
    assert risks in service.manager.client.get("/palette", {"q": "risk"}).json()
    assert risks not in service.manager.client.get("/palette").json()


def test_notes_and_history_stay_inside(service: Service) -> None:
    assert SECRET in page_of(service.agent.client.get(f"/c/{service.number}"))


def test_another_world_is_chosen_by_staff_alone(service: Service, dev: personas.Persona) -> None:
    service.manager.client.post("/world", {"world": "sample"})
    html = page_of(service.manager.client.get("/"))
    assert "Nothing has happened here yet" in html
    assert "sample-strip" in html
    assert dev.client.post("/world", {"world": "sample"}).status_code == 403


def test_a_policy_preview_counts_real_tickets_and_saves_nothing(service: Service) -> None:
    policy = PolicyVersion.objects.get()
    fields = {
        "name": "Faster",
        "agreement": "sla",
        "version": 1,
        "t0_metric": "first_reply",
        "t0_within": "4 h",
        "calendar": policy.targets[0]["calendar"],
        "intent": "preview",
    }
    response = service.manager.client.post(f"/standards/policies/{policy.policy_id}", fields)
    assert response.status_code == 200
    assert "What it would have meant" in page_of(response)
    assert PolicyVersion.objects.count() == 1


def test_a_dry_run_names_what_a_standard_asks_about(service: Service) -> None:
    boss = service.manager.actor
    elsewhere = desk.save_queue(actor=boss, name="Accounts", team_id=None, now=service.now)
    policy = PolicyVersion.objects.get()
    for position, name in enumerate(("For accounts", "For care")):
        standards.save_policy(
            actor=boss,
            policy_id=None,
            name=name,
            conditions={"queue": [(elsewhere, service.queue_id)[position]], "customer": [service.customer_id]},
            targets=policy.targets,
            now=service.now,
        )
    html = page_of(service.manager.client.get(f"/standards/dry-run?number={service.number}"))
    assert "The queue (Care) is not Accounts." in html
    assert "The customer (Joanna Reyes) is Joanna Reyes." in html
    assert "Would match, but an earlier one holds" in html


def test_a_calendar_is_previewed_then_saved_as_its_next_version(service: Service) -> None:
    first = CalendarVersion.objects.get()
    path = f"/standards/calendars/{first.calendar_id}/edit"
    fields = {"name": "Office hours", "tz": "Europe/London", "day_0": "09:00-12:00, 13:00-17:00", "version": 1}
    shown = service.manager.client.post(path, fields | {"intent": "preview"})
    assert "The next 14 days" in page_of(shown)
    assert CalendarVersion.objects.count() == 1
    assert service.manager.client.post(path, fields | {"intent": "save"}).status_code == 302
    assert CalendarVersion.objects.order_by("-number").first().spec["hours"] == {
        "0": [["09:00", "12:00"], ["13:00", "17:00"]]
    }
    stale = service.manager.client.post(path, fields | {"intent": "save", "day_0": "10:00-11:00"})
    assert stale.status_code == 409
    assert "10:00-11:00" in page_of(stale)
    assert "It now says: Monday 09:00 to 12:00 and 13:00 to 17:00; Europe/London." in page_of(stale)
    assert '<input type="hidden" name="version" value="2"' in page_of(stale)


def test_a_calendar_of_the_api_loses_nothing_in_the_browser(service: Service) -> None:
    spec = {
        "tz": "Europe/London",
        "hours": {"0": [["09:00:30", "12:00"], ["22:00", "06:00"]], "6": [["00:00", "24:00"]]},
        "holidays": [
            {"date": "01-01"},
            {"date": "2026-12-24", "from": "12:00", "to": "17:30", "name": "Christmas Eve"},
            {"date": "2026-12-25", "name": "Christmas Day"},
        ],
        "openings": [{"date": "2026-12-19", "from": "10:00", "to": "16:00"}],
    }
    saved = standards.save_calendar(
        actor=service.manager.actor, calendar_id=None, name="Depot", spec=spec, now=service.now
    )
    path = f"/standards/calendars/{saved.calendar_id}"
    shown = page_of(service.manager.client.get(f"{path}/edit"))
    typed = dict(re.findall(r'<textarea name="(holidays|openings)"[^>]*>\s*([^<]*)</textarea>', shown))
    typed |= dict(re.findall(r'name="(day_\d)" value="([^"]*)"', shown))
    fields = {"name": "Depot", "tz": "Europe/London", "version": 1, "intent": "save"}
    answer = service.manager.client.post(f"{path}/edit", fields | typed)
    assert answer.status_code == 302
    latest = CalendarVersion.objects.get(calendar_id=saved.calendar_id, number=2)
    assert latest.spec == saved.spec
    shown = page_of(service.manager.client.get(path))
    assert "Extra openings" in shown
    assert "12:00\N{EN DASH}17:30" in shown


def test_the_holidays_of_a_state_are_found_by_its_code_and_a_wrong_code_names_the_right_ones(service: Service) -> None:
    path = "/standards/calendars/new"
    fields = {"name": "Munich", "tz": "Europe/Berlin", "day_0": "9:00-17:00", "country": "DE", "intent": "holidays"}
    bavarian = page_of(service.manager.client.post(path, fields | {"part": "BY"}))
    assert bavarian.count("-01-06 ") == 4
    refused = page_of(service.manager.client.post(path, fields | {"part": "Bavaria"}))
    assert "&#39;DE&#39; has BB, BE, BW, BY," in refused
    assert CalendarVersion.objects.count() == 1


def test_what_is_sent_from_the_page_of_components_goes_nowhere_and_says_so(service: Service) -> None:
    shown = page_of(service.manager.client.get("/docs/components"))
    assert '<a href="/inbox"' in shown
    assert "Staffing" not in shown
    answer = service.manager.client.post("/docs/components", {"body": "Hello Joanna"}, follow=True)
    assert answer.redirect_chain == [("/docs/components", 302)]
    assert "Nothing was sent: this page only shows the parts." in page_of(answer)
    assert not Message.objects.filter(body__contains="Hello Joanna").exists()


def test_public_holidays_are_written_into_the_form_before_anything_is_saved(service: Service) -> None:
    path = "/standards/calendars/new"
    fields = {"name": "Berlin", "tz": "Europe/Berlin", "day_0": "09:00-17:00", "country": "DE", "intent": "holidays"}
    html = page_of(service.manager.client.post(path, fields))
    assert "-12-25" in html
    assert CalendarVersion.objects.count() == 1
