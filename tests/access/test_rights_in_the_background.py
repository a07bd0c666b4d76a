"""Work that goes on without its person has her rights and no others, and none once her access has ended."""

import datetime as dt
import re
import threading

import pytest
from django.test import Client

from tests.integrations import importing
from tests.personas import NOW, Persona
from wellserved.apps.accounts import actions as accounts
from wellserved.apps.accounts import queries
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv import actions, tasks, watching
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import clock, jobs, outbox
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.jobs import engine
from wellserved.platform.models import JobRun, OutboxMessage
from wellserved.platform.origin import World

GONE = "Whoever began this no longer has access, so nothing is done in her name. Begin it again yourself."


def test_a_named_person_acts_with_her_own_rights_and_the_product_only_unnamed(ben: Persona) -> None:
    assert queries.actor_by_id(ben.user.pk).capabilities == ben.actor.capabilities
    assert queries.actor_by_id(None).role == "system"
    with pytest.raises(Refused, match="no longer has access"):
        queries.actor_by_id(999_999_999)


def test_whoever_lost_her_access_does_not_act_with_the_rights_of_the_product(ada: Persona, ben: Persona) -> None:
    accounts.deactivate(actor=ada.actor, user_id=ben.user.pk, reason="She has left", now=NOW)
    with pytest.raises(Refused) as refusal:
        queries.actor_by_id(ben.user.pk)
    assert (refusal.value.sentence, refusal.value.code) == (GONE, "person_gone")


def test_an_import_begun_by_somebody_who_left_stops_and_says_so(ada: Persona, amira: Persona) -> None:
    run = importing.draft(importing.log(3))
    actions.request_start(actor=amira.actor, run_id=run.pk, now=NOW)
    jobs.enqueue(tasks.PERFORM, now=NOW, import_id=run.pk, actor_id=amira.user.pk)
    accounts.deactivate(actor=ada.actor, user_id=amira.user.pk, reason="She has left", now=NOW)
    claimed = engine.claim(now=NOW, worker="w1", stop=threading.Event(), long=True)
    assert claimed is not None
    engine.execute(claimed)
    run.refresh_from_db()
    assert (run.state, run.error) == (ImportRun.State.FAILED, GONE)
    assert GONE in JobRun.objects.get().last_error
    assert Ticket.objects.count() == 0


def test_what_the_sample_service_invites_never_leaves_the_house(ada: Persona) -> None:
    visitor = ada.in_world(World.SAMPLE)
    accounts.invite(actor=visitor, email="new@example.test", name="", role="manager", team_id=None, now=NOW)
    letter = OutboxMessage.objects.get()
    assert (letter.origin, letter.recipient) == ("sample", "new@example.test")


def test_a_letter_in_the_local_mailbox_keeps_its_link_since_nobody_can_read_it_elsewhere(ada: Persona) -> None:
    accounts.invite(actor=ada.actor, email="new@example.test", name="", role="manager", team_id=None, now=NOW)
    outbox.send_due(NOW + dt.timedelta(minutes=1))
    letter = OutboxMessage.objects.get()
    assert (letter.carrier, bool(re.search(r"/invitations/\S+", letter.body))) == ("mailbox", True)


@pytest.mark.parametrize(
    ("chosen", "preset"), [(True, "keys"), (False, "off"), ("keys", "keys"), ("chords", "chords"), ("off", "off")]
)
def test_every_page_knows_which_shortcuts_its_reader_wants(ben: Persona, chosen: bool | str, preset: str) -> None:
    ben.user.preferences = {"shortcuts": chosen}
    ben.user.save(update_fields=["preferences"])
    assert f'data-shortcuts="{preset}"'.encode() in ben.client.get("/me").content


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Tokyo", "18:00"), ("America/New_York", "04:00")])
def test_every_page_reads_in_its_readers_zone_and_the_next_reader_in_hers(ada: Persona, zone: str, hour: str) -> None:
    opened = dt.datetime(2026, 7, 1, 8 if zone == "America/New_York" else 9, 0, tzinfo=dt.UTC)
    ada.user.time_zone = zone
    ada.user.save(update_fields=["time_zone"])
    run = importing.draft(importing.log(1))
    ImportRun.objects.filter(pk=run.pk).update(created_at=opened)
    assert hour in ada.client.get("/import").content.decode()
    assert Client().get("/help").status_code == 200


def test_only_an_administrator_names_a_folder_of_the_server(amira: Persona) -> None:
    given = {"folder": "/srv", "pattern": "*", "system": "old desk"}
    assert amira.client.post("/import/watch", given).status_code == 403
    assert b"Watched folders" not in amira.client.get("/import").content


@pytest.mark.parametrize("pattern", ["../*", "a/b.csv"])
def test_a_watched_pattern_stays_in_its_folder(ada: Persona, pattern: str, tmp_path: object) -> None:
    with pytest.raises(Invalid, match="Name files of this folder alone"):
        watching.add(
            actor=ada.actor,
            folder=str(tmp_path),
            pattern=pattern,
            system="",
            link_template="",
            mapping="",
            now=clock.now(),
        )
