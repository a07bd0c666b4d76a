"""A log is sent, read, rehearsed and started by program."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import Program
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv.models import ImportRun

ROWS = [
    f"Case {case},{activity},2024-01-{case:02} {hour:02}:00:00"
    for case in range(1, 11)
    for hour, activity in ((9, "Assign seriousness"), (12, "Take in charge ticket"), (15, "Closed"))
]
LOG = "\n".join(["Case ID,Activity,Complete Timestamp", *ROWS, "Case 11,Closed,not a time"]).encode()


def send(program: Program, data: bytes = LOG, query: str = "system=Old+desk") -> Any:
    return program.client.post(
        f"/api/v1/imports?{query}",
        {"file": SimpleUploadedFile("log.csv", data)},
        headers={"Authorization": f"Bearer {program.raw}"},
    )


def test_a_log_is_sent_rehearsed_and_started(amiras: Program) -> None:
    sent = send(amiras)
    assert (sent.status_code, sent.json()["state"], sent.json()["system"]) == (201, "draft", "Old desk")
    path = sent.headers["Location"].removeprefix("/api/v1")
    rehearsed = amiras.get(f"{path}/rehearsal")
    assert rehearsed.status_code == 200, rehearsed.content
    account = rehearsed.json()["account"]
    assert (account["rows_read"], account["rows_rejected"], account["cases"]) == (31, 1, 10)
    assert Ticket.objects.count() == 0
    started = amiras.post(f"{path}/start", {})
    assert (started.status_code, started.json()["state"]) == (200, "waiting")
    assert amiras.call("DELETE", path).status_code == 409
    assert [run["state"] for run in amiras.get("/imports").json()["items"]] == ["waiting"]


def test_a_file_that_is_no_table_is_refused_and_not_kept(amiras: Program) -> None:
    assert send(amiras, b"").status_code == 422
    assert ImportRun.objects.count() == 0


def test_an_agent_imports_nothing(bens: Program) -> None:
    assert send(bens).status_code == 403
    assert ImportRun.objects.count() == 0


def test_a_torn_form_is_refused(amiras: Program) -> None:
    headers = {"Authorization": f"Bearer {amiras.raw}"}
    torn = amiras.client.generic("POST", "/api/v1/imports", b"--x\r\n", "multipart/form-data", headers=headers)
    assert torn.status_code in {400, 422}
