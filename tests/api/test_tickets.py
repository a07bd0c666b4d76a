"""A day at the desk by program: open, list, read, answer, resolve, and look at what it left behind."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Program
from tests.api.test_access import OPERATIONS
from tests.apps.desk.conftest import open_for
from wellserved.apps.desk.models import Ticket


def test_a_program_lives_the_agents_day(bens: Program, parcel: Ticket, at_ten: Any) -> None:
    path = f"/tickets/{parcel.number}"
    listed = bens.get("/tickets").json()
    assert [(t["number"], t["status"]) for t in listed["items"]] == [(parcel.number, "new")]
    taken = bens.call("PUT", f"{path}/assignee", {"assignee_id": bens.persona.user.pk}, version=1)
    assert (taken.json()["version"], taken.headers["ETag"]) == (2, '"2"')
    answered = bens.post(f"{path}/replies", {"body": "It arrives today.", "then": "resolve", "version": 2})
    assert answered.json() == {"ticket_id": parcel.pk, "number": parcel.number, "version": 4, "status": "resolved"}
    ticket = bens.get(path).json()
    assert [c["state"] for c in ticket["clocks"] if c["metric"] in {"first_reply", "resolution"}] == ["met", "met"]
    assert ticket["allowed_moves"] == ["reopen", "close"]
    acts = [item["action"] for item in bens.get(f"{path}/history").json()["items"]]
    assert acts == ["desk.move", "desk.reply", "desk.assign", "desk.open_ticket"]
    assert bens.get("/tickets").json()["items"] == []


def test_pages_follow_one_another_without_a_gap(bens: Program, parcel: Ticket) -> None:
    for _ in range(4):
        open_for(customer_id=parcel.customer_id, queue_id=parcel.queue_id)
    wanted = [t["number"] for t in bens.get("/tickets?sort=oldest").json()["items"]]
    seen, address = [], "/tickets?sort=oldest&limit=2"
    for _ in range(3):
        page = bens.get(address).json()
        seen += [t["number"] for t in page["items"]]
        address = (page["links"]["next"] or "").removeprefix("/api/v1")
    assert (seen, page["meta"], address) == (wanted, {"has_more": False, "after_cursor": None}, "")


@pytest.mark.parametrize("path", ["/tickets?limit=200", "/customers?limit=200", "/promises", "/policies", "/views"])
def test_a_list_asks_as_often_for_many_as_for_few(amiras: Program, parcel: Ticket, path: str) -> None:
    few = _queries(amiras, path)
    for n in range(12):
        open_for(customer_id=None, customer_email=f"c{n}@example.test", queue_id=parcel.queue_id, tags=[f"t{n}"])
    assert _queries(amiras, path) == few


def _queries(program: Program, path: str) -> int:
    program.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert program.get(path).status_code == 200
    return len(captured)


def test_an_agent_sees_the_tickets_of_her_team_alone(program: Any, chloe: Any, parcel: Ticket, queue_b: int) -> None:
    hers = program(chloe)
    assert hers.get("/tickets").json()["items"] == []
    assert hers.get(f"/tickets/{parcel.number}").content == hers.get("/tickets/999999").content


def test_every_segment_of_a_clock_is_explained(bens: Program, parcel: Ticket) -> None:
    segments = bens.get(f"/tickets/{parcel.number}/clocks/first_reply/1").json()["items"]
    assert segments[0]["counted"] is True
    assert segments[0]["start"] == "2026-03-03T10:00:00Z"


def test_targets_are_tried_on_the_past_before_they_hold(amiras: Program, parcel: Ticket, office: int) -> None:
    asked = {"targets": [{"metric": "first_reply", "seconds": 3600, "calendar": office}]}
    found = amiras.post("/policies/preview", asked).json()
    assert (found["sampled"], found["metrics"][0]["metric"]) == (0, "first_reply")


def test_a_policy_is_changed_on_the_version_that_was_read(amiras: Program, promise: Any) -> None:
    path = f"/policies/{promise.policy_id}"
    read = amiras.get(path)
    target = {"metric": "first_reply", "seconds": 7200, "calendar": promise.targets[0]["calendar"]}
    wanted = {"name": "Promise", "targets": [target], "reason": "Faster"}
    changed = amiras.call("PUT", path, wanted, If_Match=read.headers["ETag"])
    assert (changed.status_code, changed.json()["current"]["number"]) == (200, 2)
    assert amiras.call("PUT", path, wanted, If_Match=read.headers["ETag"]).status_code == 412
    assert [v["number"] for v in amiras.get(f"{path}/versions").json()["items"]] == [2, 1]


def test_today_says_whether_promises_are_kept(amiras: Program, parcel: Ticket) -> None:
    found = amiras.get("/today").json()
    assert (found["promises"]["open"], found["promises"]["unassigned"]) == (1, 1)


def test_the_ledger_is_verified_by_program(amiras: Program, parcel: Ticket) -> None:
    found = amiras.post("/ledger/verification").json()
    assert (found["ok"], found["faults"]) == (True, [])


def test_the_manual_is_drawn_here_without_anything_inline(amiras: Program, amira: Any) -> None:
    page = amira.client.get("/api/v1/docs")
    text = page.content.decode()
    assert (page.status_code, text.count("<details id=")) == (200, len(OPERATIONS))
    assert "<script>" not in text
    assert "style=" not in text
    assert "https://" not in text.replace("https://example", "")
