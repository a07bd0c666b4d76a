"""What stands beside any record, by program: files, comments, approvals, escalations, tags, folders, erasing."""

import datetime as dt
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import Program
from tests.apps.desk.conftest import open_for
from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Message, Organisation, Ticket
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.models import Approval, Comment, File
from wellserved.integrations.csv.models import Watch

PDF = b"%PDF-1.7\nThe form."
# The least a Windows program begins with: two letters, and at byte 60 where the real signature stands.
WINDOWS_PROGRAM = b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: pathlib.Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def form(program: Program, path: str, fields: dict[str, Any], *files: tuple[str, bytes], **headers: str) -> Any:
    uploads = [SimpleUploadedFile(name, data, content_type="text/html") for name, data in files]
    return program.client.post(
        f"/api/v1{path}",
        fields | ({"files": uploads} if uploads else {}),
        headers={"Authorization": f"Bearer {program.raw}"} | {n.replace("_", "-"): v for n, v in headers.items()},
    )


def test_a_reply_takes_its_files_and_they_come_back_as_they_were(bens: Program, parcel: Ticket, at_ten: Any) -> None:
    path = f"/tickets/{parcel.number}"
    sent = form(bens, f"{path}/messages", {"kind": "reply", "body": "Sign this.", "version": 1}, ("form.pdf", PDF))
    assert (sent.status_code, sent.json()["status"]) == (201, "open")
    [link] = [file for item in bens.get(f"{path}/timeline").json()["items"] for file in item["files"]]
    known = bens.get(f"/files/{link['id']}").json()
    assert (known["name"], known["size"], known["content_type"]) == ("form.pdf", len(PDF), "application/pdf")
    content = bens.get(f"/files/{link['id']}/content")
    assert b"".join(content.streaming_content) == PDF
    assert content.headers["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert content.headers["Content-Type"] == "application/octet-stream"


def test_a_form_sent_twice_with_one_key_says_it_once(bens: Program, parcel: Ticket, at_ten: Any) -> None:
    path, said = f"/tickets/{parcel.number}/messages", {"kind": "note", "body": "See the form."}
    answers = [form(bens, path, said, ("form.pdf", PDF), Idempotency_Key="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replayed"] == "true"
    assert (Message.objects.filter(kind="note").count(), File.objects.count()) == (1, 1)
    other = form(bens, path, said, ("form.pdf", PDF + b"!"), Idempotency_Key="k1")
    assert (other.status_code, File.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("name", "data"),
    [("tool.exe", WINDOWS_PROGRAM), ("tool.txt", b"\x7fELF\x02"), ("tool.pdf.lnk", b"L\0\0\0\x01\x14\x02\0")],
)
def test_a_program_is_refused_whatever_it_is_called(
    bens: Program, parcel: Ticket, tmp_path: pathlib.Path, name: str, data: bytes
) -> None:
    before = Message.objects.count()
    refused = form(bens, f"/tickets/{parcel.number}/messages", {"kind": "reply", "body": "Run it."}, (name, data))
    assert (refused.status_code, refused.json()["code"]) == (422, "file_is_program")
    assert (Message.objects.count(), File.objects.count()) == (before, 0)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []


def test_eleven_files_are_too_many_and_none_is_kept(bens: Program, parcel: Ticket, tmp_path: pathlib.Path) -> None:
    files = [(f"{n}.txt", b"words") for n in range(11)]
    refused = form(bens, f"/tickets/{parcel.number}/messages", {"kind": "note", "body": "Many."}, *files)
    assert (refused.status_code, refused.json()["code"], File.objects.count()) == (422, "many_files", 0)


def test_a_form_longer_than_its_files_may_be_is_refused_unread(bens: Program, parcel: Ticket) -> None:
    headers = {"Authorization": f"Bearer {bens.raw}", "Content-Length": str(300 * 1024 * 1024)}
    path = f"/api/v1/tickets/{parcel.number}/messages"
    refused = bens.client.generic("POST", path, b"--x\r\n", "multipart/form-data; boundary=x", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


def test_a_file_beside_a_ticket_is_its_colleagues_alone(
    bens: Program, parcel: Ticket, program: Callable[..., Program], chloe: Persona
) -> None:
    upload = SimpleUploadedFile("form.pdf", PDF)
    made = bens.client.post(
        f"/api/v1/tickets/{parcel.number}/files", {"file": upload}, headers={"Authorization": f"Bearer {bens.raw}"}
    )
    assert [file["id"] for file in bens.get(f"/tickets/{parcel.number}/files").json()["items"]] == [made.json()["id"]]
    hers = program(chloe)
    assert hers.get(f"/files/{made.json()['id']}").content == hers.get("/files/999999").content
    assert hers.get(f"/files/{made.json()['id']}/content").status_code == 404


def test_a_comment_calls_a_colleague_who_reads_it(
    bens: Program, parcel: Ticket, program: Callable[..., Program], lena: Persona, chloe: Persona
) -> None:
    path = f"/comments/desk.ticket/{parcel.pk}"
    hers = program(lena)
    assert bens.post(path, {"body": "Seen this before?", "mentions": [lena.user.pk]}).status_code == 201
    assert [(m["comment"]["body"], m["is_new"]) for m in hers.get("/me/mentions").json()["items"]] == [
        ("Seen this before?", True)
    ]
    assert hers.post("/me/mentions/seen").json() == {"count": 1}
    refused = bens.post(path, {"body": "And you?", "mentions": [chloe.user.pk]})
    assert (refused.status_code, refused.json()["code"], Comment.objects.count()) == (404, "no_such_colleague", 1)


def test_comments_come_in_pages(bens: Program, parcel: Ticket) -> None:
    for n in range(3):
        bens.post(f"/comments/desk.ticket/{parcel.pk}", {"body": f"Comment {n}"})
    first = bens.get(f"/comments/desk.ticket/{parcel.pk}?limit=2").json()
    rest = bens.get(first["links"]["next"].removeprefix("/api/v1")).json()
    assert [c["body"] for c in first["items"] + rest["items"]] == ["Comment 0", "Comment 1", "Comment 2"]
    assert rest["meta"] == {"has_more": False, "after_cursor": None}


def ask(ben: Persona, parcel: Ticket) -> int:
    return approvals.request(
        actor=ben.actor,
        purpose="test.refund",
        subject=("desk.ticket", parcel.pk),
        summary="Refund 80.00",
        digest="d" * 64,
        capability="approvals.decide",
        amount=80,
        currency="GBP",
        detail=[("Refund", "", "80.00")],
        expires_at=NOW + dt.timedelta(days=1),
        now=NOW,
    )


def test_an_approval_is_read_and_decided_on_the_terms_that_were_read(
    bens: Program, amiras: Program, ben: Persona, parcel: Ticket, at_ten: Any
) -> None:
    asked = ask(ben, parcel)
    [waiting] = amiras.get("/approvals").json()["items"]
    assert (waiting["id"], waiting["detail"], waiting["may_decide"]) == (asked, [["Refund", "", "80.00"]], True)
    path = f"/approvals/{asked}"
    etag = amiras.get(path).headers["ETag"]
    assert bens.post(f"{path}/decision", {"approve": True}, If_Match=etag).status_code == 403
    assert amiras.post(f"{path}/decision", {"approve": True}).status_code == 428
    assert amiras.post(f"{path}/decision", {"approve": True}, If_Match='"7"').status_code == 412
    assert Approval.objects.get().state == "open"
    done = amiras.post(f"{path}/decision", {"approve": True}, If_Match=etag)
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert [row["state"] for row in bens.get("/approvals?box=asked").json()["items"]] == ["approved"]
    assert amiras.get("/approvals").json()["items"] == []


def test_another_sum_is_offered_and_taken_back(
    bens: Program, amiras: Program, ben: Persona, parcel: Ticket, at_ten: Any
) -> None:
    path = f"/approvals/{ask(ben, parcel)}"
    offered = amiras.post(f"{path}/counter-offer", {"reason": "Half of it", "amount": "40.00"}, If_Match="*")
    assert (offered.status_code, offered.json()["state"], offered.json()["votes"][0]["amount"]) == (
        200,
        "countered",
        "40.00",
    )
    assert bens.post(f"{path}/withdrawal", {"reason": "Not needed"}).json()["state"] == "withdrawn"


def test_an_organisation_is_listed_read_and_changed_on_its_version(bens: Program, amiras: Program, db: None) -> None:
    made = amiras.post("/organisations", {"name": "Bright Ltd"})
    path = made.headers["Location"].removeprefix("/api/v1")
    assert [o["name"] for o in bens.get("/organisations?q=right").json()["items"]] == ["Bright Ltd"]
    etag = bens.get(path).headers["ETag"]
    assert bens.call("PUT", path, {"name": "Brighter Ltd"}).status_code == 428
    assert bens.call("PUT", path, {"name": "Brighter Ltd"}, If_Match=etag).status_code == 200
    stale = bens.call("PUT", path, {"name": "Dim Ltd"}, If_Match=etag)
    assert (stale.status_code, stale.json()["data"]["difference"]) == (412, {"name": "Brighter Ltd"})
    assert Organisation.objects.get().name == "Brighter Ltd"


def test_what_the_clocks_told_is_read_page_by_page(bens: Program, amiras: Program, parcel: Ticket, at_ten: Any) -> None:
    planned = bens.get(f"/tickets/{parcel.number}/escalations").json()["items"]
    assert {item["fired_at"] for item in planned} == {None}
    desk.fire_due(now=NOW + dt.timedelta(days=3))
    fired = bens.get("/escalations?limit=200").json()["items"]
    assert {item["ticket_number"] for item in fired} == {parcel.number}
    assert {item["kind"] for item in fired} == {"warning", "breach", "escalation"}


def test_tags_are_counted_over_the_tickets_the_caller_may_see(
    bens: Program, parcel: Ticket, program: Callable[..., Program], chloe: Persona
) -> None:
    open_for(customer_id=parcel.customer_id, queue_id=parcel.queue_id, tags=["glass", "late"])
    assert [(t["name"], t["tickets"]) for t in bens.get("/tags").json()["items"]] == [("glass", 1), ("late", 1)]
    assert [(t["name"], t["tickets"]) for t in program(chloe).get("/tags?q=gl").json()["items"]] == [("glass", 0)]


def test_a_folder_is_watched_by_an_administrator_alone(
    program: Callable[..., Program], ada: Persona, amiras: Program, tmp_path: pathlib.Path
) -> None:
    hers = program(ada)
    wanted = {"folder": str(tmp_path), "system": "Old desk"}
    assert (amiras.post("/watched-folders", wanted).status_code, Watch.objects.count()) == (403, 0)
    made = hers.post("/watched-folders", wanted)
    assert (made.status_code, made.json()["pattern"]) == (201, "*.csv*")
    assert [w["folder"] for w in hers.get("/watched-folders").json()["items"]] == [str(tmp_path)]
    assert hers.call("DELETE", f"/watched-folders/{made.json()['id']}").status_code == 204
    assert Watch.objects.count() == 0


def test_what_history_keeps_of_a_person_is_erased_and_the_ledger_still_verifies(
    bens: Program, amiras: Program, parcel: Ticket
) -> None:
    wanted = {
        "subjects": [{"kind": "desk.customer", "id": parcel.customer_id}, {"kind": "desk.ticket", "id": parcel.pk}],
        "reason": "Asked to be forgotten",
    }
    assert bens.post("/ledger/erasures", wanted).status_code == 403
    erased = amiras.post("/ledger/erasures", wanted)
    assert (erased.status_code, erased.json()["erased"] > 0) == (200, True)
    history = amiras.get(f"/tickets/{parcel.number}/history").json()["items"]
    opened = next(item for item in history if item["action"] == "desk.open_ticket")
    assert {change["after"] for change in opened["changes"]} == {None}
    assert "Where is my parcel?" not in json.dumps(history)
    assert ledger_queries.verify().ok
