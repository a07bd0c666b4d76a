"""What holds for every operation: tokens, scopes, versions, keys against repetition, limits, one form of refusal."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Program
from tests.personas import Persona
from wellserved.apps.accounts import actions as accounts
from wellserved.apps.desk.models import Customer, Message, Ticket
from wellserved.apps.development.actions import pulse
from wellserved.apps.development.types.pulse import ITEMS
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.platform import clock
from wellserved.platform.models import IdempotencyKey

TICKET = {"subject": "Broken lamp", "body": "It flickers.", "customer_email": "nora@example.test"}


def problem_of(response: Any) -> dict[str, Any]:
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(response.content)
    assert found["status"] == response.status_code
    return found


def test_without_a_token_or_a_session_nobody_reads(db: None) -> None:
    response = Client().get("/api/v1/tickets")
    assert problem_of(response)["code"] == "sign_in_required"
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("sent", ["Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer \xe9"])
def test_a_wrong_token_is_unauthenticated_even_beside_a_session(ben: Persona, sent: str) -> None:
    response = ben.client.get("/api/v1/tickets", headers={"Authorization": sent})
    assert problem_of(response)["status"] == 401


def test_a_revoked_token_stops_at_once(bens: Program, ben: Persona) -> None:
    assert bens.get("/me").status_code == 200
    accounts.revoke_token(actor=ben.actor, token_id=bens.token_id, now=clock.now())
    assert problem_of(bens.get("/me"))["code"] == "token"


def test_a_token_that_is_over_stops(bens: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert bens.get("/me").status_code == 401


def test_guessing_tokens_is_slowed_down(db: None) -> None:
    answers = [Client().get("/api/v1/me", headers={"Authorization": f"Bearer ws_{n}"}) for n in range(31)]
    assert [a.status_code for a in answers] == [401] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_a_token_that_may_read_changes_nothing(program: Callable[..., Program], ben: Persona, queue_a: int) -> None:
    reader = program(ben, scopes=("read",))
    before = Entry.objects.count()
    refused = reader.post("/tickets", TICKET)
    assert problem_of(refused)["data"] == {"scope": "write"}
    assert (refused.status_code, Ticket.objects.count(), Entry.objects.count()) == (403, 0, before)
    assert reader.get("/tickets").status_code == 200
    assert reader.post("/calendars/deadline", DEADLINE).status_code == 200


DEADLINE = {
    "spec": {"tz": "Europe/London", "hours": {"4": [["09:00", "17:00"]], "0": [["09:00", "17:00"]]}, "holidays": []},
    "start": "2026-03-06T16:30:00Z",
    "seconds": 3600,
}


def test_the_calculator_carries_half_an_hour_over_the_weekend(bens: Program) -> None:
    assert bens.post("/calendars/deadline", DEADLINE).json() == {"due_at": "2026-03-09T09:30:00Z"}


def test_a_token_that_may_only_write_does_not_read(program: Callable[..., Program], ben: Persona) -> None:
    assert program(ben, scopes=("write",)).get("/tickets").status_code == 403


def test_a_session_changes_something_only_with_its_csrf_token(ben: Persona, queue_a: int) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ben.user)
    refused = browser.post("/api/v1/tickets", json.dumps(TICKET), content_type="application/json")
    assert (problem_of(refused)["code"], Ticket.objects.count()) == ("csrf", 0)
    browser.cookies["csrftoken"] = "x" * 32
    headers = {"X-CSRFToken": "x" * 32}
    taken = browser.post("/api/v1/tickets", json.dumps(TICKET), content_type="application/json", headers=headers)
    assert (taken.status_code, Ticket.objects.count()) == (201, 1)


def test_forwarded_names_of_users_are_ignored(db: None, ben: Persona) -> None:
    forged = {"X-Remote-User": ben.user.email, "Remote-User": ben.user.email, "X-Forwarded-User": ben.user.email}
    assert Client().get("/api/v1/me", headers=forged).status_code == 401


def test_the_same_request_twice_opens_one_ticket(bens: Program, queue_a: int) -> None:
    first = bens.post("/tickets", TICKET, Idempotency_Key="order-7")
    again = bens.post("/tickets", TICKET, Idempotency_Key="order-7")
    assert (first.status_code, again.status_code, Ticket.objects.count()) == (201, 201, 1)
    assert (again.json(), again.headers["Location"]) == (first.json(), first.headers["Location"])
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")


def test_nothing_of_an_anonymous_answer_is_kept_beside_its_caller(
    bens: Program, amira: Persona, at_ten: dt.datetime
) -> None:
    until = at_ten.date() + dt.timedelta(days=7)
    pulse_id = pulse.open_pulse(actor=amira.actor, closes_on=until, now=at_ten)
    said = {"title": "A quiet room", "text": "For calls.", "is_anonymous": True}
    given = [
        bens.post(f"/pulses/{pulse_id}/answers", dict.fromkeys(ITEMS, 4), Idempotency_Key="one"),
        bens.post("/suggestions", said, Idempotency_Key="two"),
    ]
    assert [answer.status_code for answer in given] == [204, 201]
    assert IdempotencyKey.objects.count() == 0
    shown = ledger.entries(actor=amira.actor, filters=HistoryFilters()).rows
    hidden = [row for row in shown if row.action in {"development.suggest", "development.count_pulse"}]
    assert {(row.only_day, row.at == clock.begin_of_day(row.at)) for row in hidden} == {(True, True)}
    assert len(hidden) == 2


def test_a_key_used_for_another_request_is_refused(bens: Program, queue_a: int) -> None:
    bens.post("/tickets", TICKET, Idempotency_Key="order-7")
    other = bens.post("/tickets", TICKET | {"subject": "Another"}, Idempotency_Key="order-7")
    assert (problem_of(other)["code"], Ticket.objects.count()) == ("idempotency_key_reused", 1)


def test_a_refused_request_may_be_put_right_under_the_same_key(bens: Program, queue_a: int) -> None:
    assert bens.post("/tickets", TICKET | {"body": "  "}, Idempotency_Key="k").status_code == 422
    assert bens.post("/tickets", TICKET, Idempotency_Key="k").status_code == 201


def test_a_change_without_a_version_is_refused(bens: Program, parcel: Ticket) -> None:
    refused = bens.call("PATCH", f"/tickets/{parcel.number}", {"subject": "Other"})
    assert (refused.status_code, problem_of(refused)["code"]) == (428, "version_required")
    assert Ticket.objects.get().subject == "Late parcel"


def test_a_change_on_an_older_version_changes_nothing_and_tells_what_did(bens: Program, parcel: Ticket) -> None:
    etag = bens.get(f"/tickets/{parcel.number}").headers["ETag"]
    assert bens.call("PATCH", f"/tickets/{parcel.number}", {"tags": ["glass"]}, If_Match=etag).status_code == 200
    before = Entry.objects.count()
    stale = bens.call("PATCH", f"/tickets/{parcel.number}", {"subject": "Other"}, If_Match=etag)
    problem = problem_of(stale)
    assert (stale.status_code, problem["code"], problem["data"]["version"]) == (412, "stale", 2)
    assert [entry["changes"] for entry in problem["data"]["difference"]] == [{"tags": [[], ["glass"]]}]
    assert (Ticket.objects.get().subject, Entry.objects.count()) == ("Late parcel", before)


def test_a_reply_written_before_the_customers_last_words_is_not_sent(bens: Program, parcel: Ticket) -> None:
    bens.post(f"/tickets/{parcel.number}/customer-messages", {"body": "It came!"})
    before = Message.objects.count()
    crossed = bens.post(f"/tickets/{parcel.number}/replies", {"body": "It is lost.", "version": 1})
    assert (crossed.status_code, Message.objects.count()) == (409, before)


@pytest.mark.parametrize("written", ["7", '"seven"', '"1", "2"', 'W/"x"'])
def test_an_unreadable_version_is_said_to_be(bens: Program, parcel: Ticket, written: str) -> None:
    refused = bens.call("PATCH", f"/tickets/{parcel.number}", {"subject": "Other"}, If_Match=written)
    assert problem_of(refused)["code"] == "if_match"


@pytest.mark.parametrize(
    "field",
    ["id", "number", "status", "version", "origin", "opened_at", "resolved_at", "customer_id", "priority", "batch"],
)
def test_a_field_that_is_not_the_callers_to_set_is_refused(amiras: Program, parcel: Ticket, field: str) -> None:
    before = Ticket.objects.values().get()
    refused = amiras.call("PATCH", f"/tickets/{parcel.number}", {field: 1}, If_Match="*")
    assert problem_of(refused)["data"]["fields"][0]["field"] == field
    assert Ticket.objects.values().get() == before


@pytest.mark.parametrize("field", ["role", "is_staff", "is_superuser", "world", "email"])
def test_nobody_raises_herself_by_her_settings(bens: Program, ben: Persona, field: str) -> None:
    wanted = {"name": "Ben", "time_zone": "Europe/London", field: "administrator"}
    assert bens.call("PUT", "/me/settings", wanted).status_code == 422
    assert (ben.actor.role, ben.actor.name) == ("agent", "Ben Okafor")


@pytest.mark.parametrize(
    "query", ["customer__email=a", "_connector=OR", "_negated=1", "queue__team__name=x", "sort=customer__email"]
)
def test_filters_are_those_listed_and_no_others(bens: Program, query: str) -> None:
    assert bens.get(f"/tickets?{query}").status_code == 422


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "unreadable_body"),
        (b"\xff\xfe", 400, "unreadable_body"),
        (b'{"subject": NaN}', 400, "unreadable_body"),
        (b"[" * 100_000, 400, "unreadable_body"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400, "unreadable_body"),
        (b'{"subject": ' + b"9" * 5000 + b"}", 400, "unreadable_body"),
        (b'{"customer_id": 99999999999999999999}', 422, "number_too_large"),
        (b'{"subject": "a\\u0000b"}', 422, "unusable_text"),
        (b'{"subject": "\\ud800"}', 422, "unusable_text"),
        (b'{"\\ud800": 1}', 422, "unusable_text"),
        (b"[]", 422, "invalid_fields"),
        (b"null", 422, "invalid_fields"),
        (b"", 422, "invalid_fields"),
        (b'"' + b"a" * 2_200_000 + b'"', 413, "body_too_large"),
    ],
)
def test_what_no_record_could_hold_is_refused_with_a_sentence(
    bens: Program, queue_a: int, body: bytes, status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {bens.raw}"}
    response = bens.client.generic("POST", "/api/v1/tickets", body, "application/json", headers=headers)
    assert (response.status_code, problem_of(response)["code"]) == (status, code)


def test_a_body_of_another_type_is_refused(bens: Program) -> None:
    headers = {"Authorization": f"Bearer {bens.raw}"}
    response = bens.client.post("/api/v1/tickets", {"subject": "x"}, headers=headers)
    assert (response.status_code, problem_of(response)["code"]) == (415, "not_json")


@pytest.mark.parametrize(
    "path", ["/tickets?q=%00", "/tickets?after=junk", "/tickets?after=%ED%A0%80", "/tickets?limit=0"]
)
def test_unusable_parameters_are_refused(bens: Program, path: str) -> None:
    assert problem_of(bens.get(path))["status"] == 422


@pytest.mark.parametrize("path", ["/tickets/9999999999999999999999", "/nothing", "/tickets/abc", "/tickets/1/"])
def test_an_address_that_leads_nowhere_says_so_as_problem_details(bens: Program, path: str) -> None:
    assert problem_of(bens.get(path))["status"] in {404, 422}


def test_a_method_an_address_does_not_take_is_named(bens: Program) -> None:
    refused = bens.call("DELETE", "/tickets")
    assert (problem_of(refused)["code"], refused.headers["Allow"]) == ("method_not_allowed", "GET, POST")


def test_beyond_the_allowance_the_answer_says_when_to_come_back(bens: Program, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [bens.get("/me") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert [a.headers.get("X-RateLimit-Remaining") for a in answers] == ["2", "1", "0", None]
    assert int(answers[-1].headers["Retry-After"]) == 20


def test_the_request_is_named_in_the_answer(bens: Program) -> None:
    assert bens.get("/me", X_Request_Id="order-7").headers["X-Request-Id"] == "order-7"
    assert len(bens.get("/me", X_Request_Id="two words").headers["X-Request-Id"]) == 32


def test_a_remedy_above_the_callers_limit_is_refused_and_nothing_is_sent(bens: Program, parcel: Ticket) -> None:
    before = Message.objects.count()
    body = {"body": "We refund it.", "remedy": {"kind": "refund", "amount": "5000.00"}}
    refused = bens.post(f"/tickets/{parcel.number}/replies", body)
    assert (problem_of(refused)["code"], Message.objects.count()) == ("over_authority", before)


def test_an_agent_does_not_change_what_is_promised(bens: Program, promise: Any) -> None:
    before = Entry.objects.count()
    refused = bens.post("/calendars", {"name": "Always", "spec": DEADLINE["spec"]})
    assert (refused.status_code, Entry.objects.count()) == (403, before)


def test_a_customers_session_opens_nothing_of_the_desk(dev: Persona, parcel: Ticket) -> None:
    assert dev.client.get(f"/api/v1/tickets/{parcel.number}").status_code == 403
    assert dev.client.get("/api/v1/me").json()["role"] == "customer"


def test_no_customer_is_made_by_a_refused_ticket(bens: Program, queue_a: int) -> None:
    assert bens.post("/tickets", TICKET | {"queue_id": 999_999}).status_code == 404
    assert Customer.objects.count() == 0
