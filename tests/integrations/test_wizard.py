"""The import wizard in the browser: a file, its columns, a rehearsal, the account, and the way back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import personas
from tests.integrations import importing
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv import actions
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform.models import JobRun

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes = b"") -> ImportRun:
    file = SimpleUploadedFile("log.csv", data or importing.log(3))
    answer = client.post(reverse("imports:upload"), {"file": file, "system": "old desk", "time_zone": "Europe/Rome"})
    assert answer.status_code == 302, answer.content
    return ImportRun.objects.latest("pk")


def test_the_empty_list_says_what_can_be_imported(amira: personas.Persona) -> None:
    page = amira.client.get(reverse("imports:imports")).content.decode()
    assert "Nothing has been imported yet" in page
    assert page.count("btn-primary") == 1


def test_an_upload_proposes_columns_and_writes_no_ticket(amira: personas.Persona) -> None:
    run = upload(amira.client)
    page = amira.client.get(reverse("imports:show", kwargs={"run_id": run.pk})).content.decode()
    assert run.mapping["columns"]["case"] == "Case ID"
    assert "Take in charge ticket" in page
    assert Ticket.objects.count() == 0


def test_saving_the_columns_leads_to_a_rehearsal_with_the_account(amira: personas.Persona) -> None:
    run = upload(amira.client, importing.log(3) + b",Closed,2015-03-01 10:00:00,Value 1\n")
    form = {"system": "desk", "shape": "events", "time_format": "iso", "timezone": "UTC", "link_template": ""}
    form |= {"col_case": "Case ID", "col_time": "Complete Timestamp", "col_activity": "Activity"}
    answer = amira.client.post(reverse("imports:save_mapping", kwargs={"run_id": run.pk}), form, follow=True)
    page = answer.content.decode()
    assert "Import 3 cases" in page
    assert "nothing was written" in page
    assert Ticket.objects.count() == 0
    csv = amira.client.get(reverse("imports:rejected", kwargs={"run_id": run.pk})).content.decode()
    assert csv.splitlines()[0] == "row,line,reason,Case ID,Activity,Complete Timestamp,Resource"
    assert csv.splitlines()[1].startswith("10,11,")


def test_a_mapping_that_names_no_case_is_refused_beside_the_form(amira: personas.Persona) -> None:
    run = upload(amira.client)
    form = {"system": "desk", "shape": "events", "time_format": "iso", "timezone": "UTC", "col_time": "Activity"}
    answer = amira.client.post(reverse("imports:save_mapping", kwargs={"run_id": run.pk}), form)
    assert answer.status_code == 422
    assert "No column is chosen for case" in answer.content.decode()
    run.refresh_from_db()
    assert run.mapping["columns"]["case"] == "Case ID"


def test_a_mapping_file_goes_out_and_comes_back(amira: personas.Persona) -> None:
    run = upload(amira.client)
    text = amira.client.get(reverse("imports:download_mapping", kwargs={"run_id": run.pk})).content
    changed = text.replace(b'"timezone": "Europe/Rome"', b'"timezone": "UTC"')
    file = SimpleUploadedFile("mapping.json", changed)
    answer = amira.client.post(reverse("imports:mapping_file", kwargs={"run_id": run.pk}), {"file": file})
    assert answer.status_code == 302
    run.refresh_from_db()
    assert run.mapping["timezone"] == "UTC"


def test_starting_waits_for_the_worker_and_ends_with_the_account(amira: personas.Persona) -> None:
    run = upload(amira.client)
    place = {"run_id": run.pk}
    amira.client.post(reverse("imports:start", kwargs=place), {"wants_standards": "on"})
    assert JobRun.objects.get(name="imports.perform").args == {"import_id": run.pk, "actor_id": amira.user.pk}
    assert "Waiting for the background worker" in amira.client.get(reverse("imports:show", kwargs=place)).text
    actions.perform(actor=amira.actor, run_id=run.pk, now=importing.NOW)
    page = amira.client.get(reverse("imports:show", kwargs=place)).text
    assert "every row read was accepted or refused" in page
    assert "By the standards now in force, you kept" in page
    assert amira.client.get(reverse("imports:progress", kwargs=place)).headers["HX-Refresh"] == "true"
    amira.client.post(reverse("imports:undo", kwargs=place))
    assert JobRun.objects.filter(name="imports.undo").count() == 1
    actions.undo(actor=amira.actor, run_id=run.pk, now=importing.NOW)
    assert (Ticket.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_starting_without_a_column_it_needs_is_refused_on_the_page_and_nothing_waits(amira: personas.Persona) -> None:
    run = upload(amira.client, b"foo,bar,baz\n1,Created,2025-01-01 10:00\n1,Closed,2025-01-01 11:00\n")
    answer = amira.client.post(reverse("imports:start", kwargs={"run_id": run.pk}))
    assert answer.status_code == 422
    assert "No column is chosen for case" in answer.text
    assert "choose one of &#39;foo&#39;, &#39;bar&#39;, &#39;baz&#39;" in answer.text
    run.refresh_from_db()
    assert (run.state, JobRun.objects.count(), Ticket.objects.count()) == (ImportRun.State.DRAFT, 0, 0)


def test_opening_ones_data_leaves_the_sample_for_where_the_tickets_went(amira: personas.Persona) -> None:
    run = importing.bring_in(importing.log(3, ending="Wait"))
    amira.client.post(reverse("web:world"), {"world": "sample"})
    page = amira.client.get(reverse("imports:show", kwargs={"run_id": run.pk})).text
    assert "You are looking at the sample service" in page
    assert "Open your data" in page
    assert "Case 3" not in amira.client.get("/inbox?view=all_open").text
    answer = amira.client.post(reverse("web:world"), {"world": "real", "next": "/inbox?view=all_open"}, follow=True)
    assert answer.redirect_chain == [("/inbox?view=all_open", 302)]
    assert "Case 3" in answer.text


def test_the_world_is_left_for_an_address_of_this_site_alone(amira: personas.Persona) -> None:
    answer = amira.client.post(reverse("web:world"), {"world": "real", "next": "https://elsewhere.example/inbox"})
    assert answer.headers["Location"] == reverse("web:today")


def test_an_import_under_way_can_be_stopped_and_taken_back(amira: personas.Persona) -> None:
    run = upload(amira.client)
    place = {"run_id": run.pk}
    amira.client.post(reverse("imports:start", kwargs=place))
    assert "Stop and take back" in amira.client.get(reverse("imports:show", kwargs=place)).text
    amira.client.post(reverse("imports:undo", kwargs=place))
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDOING
    assert JobRun.objects.filter(name="imports.undo").count() == 1


def test_a_rehearsal_in_another_zone_says_what_would_change(amira: personas.Persona) -> None:
    importing.bring_in(importing.log(3))
    run = upload(amira.client, importing.log(2))
    before = importing.table_rows()
    page = amira.client.get(reverse("imports:show", kwargs={"run_id": run.pk}), {"rehearse": "1"}).text
    assert "0 cases are new, 2 would change tickets that are here, 0 would change nothing." in page
    assert "1 tickets that came from old desk before are not in this file" in page
    assert "opening time (2)" in page
    assert "2 Mar 2015, 09:00 UTC" in page
    assert "2 Mar 2015, 08:00 UTC" in page
    assert importing.table_rows() == before


def test_an_import_is_not_for_agents(ben: personas.Persona) -> None:
    answer = ben.client.post(reverse("imports:upload"), {"file": SimpleUploadedFile("a.csv", importing.log(1))})
    assert answer.status_code == 403
    assert ImportRun.objects.count() == 0


def test_the_list_asks_as_much_of_the_database_for_one_import_as_for_ten(amira: personas.Persona) -> None:
    amira.client.get(reverse("imports:imports"))
    counts = []
    for size in (1, 9):
        for _ in range(size):
            importing.draft(importing.log(1))
        with CaptureQueriesContext(connection) as asked:
            amira.client.get(reverse("imports:imports"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
