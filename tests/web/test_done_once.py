"""A form pressed twice is done once; a refused one is mended and sent again; and what another wish is stays one."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import personas
from tests.personas import NOW, Persona
from wellserved.apps.development.models import Meeting, Recognition, Suggestion
from wellserved.apps.standards.actions import expectations, vision
from wellserved.apps.standards.models import Expectation
from wellserved.apps.standards.types.offer import Rule
from wellserved.platform.ageing import KEEP_KEYS, forget_finished
from wellserved.platform.models import IdempotencyKey

SUGGESTION = {"title": "A quiet room", "text": "For difficult calls."}
FAR = "2027-03-01"


def keys_of(client: Client, url: str) -> list[str]:
    return re.findall(r'name="form_key" value="([\w-]{32})"', client.get(url).content.decode())


def drawn(client: Client, name: str) -> str:
    return keys_of(client, reverse(name))[-1]


def press(client: Client, name: str, body: dict[str, Any], key: str) -> Any:
    return client.post(reverse(name), body | {"form_key": key})


def twice(client: Client, name: str, body: dict[str, Any]) -> tuple[Any, Any]:
    key = drawn(client, name)
    return press(client, name, body, key), press(client, name, body, key)


def test_every_form_of_every_drawing_has_a_key_of_its_own(ben: Persona) -> None:
    url = reverse("development:suggestion_new")
    keys = [*keys_of(ben.client, url), *keys_of(ben.client, url)]
    assert len(keys) >= 4
    assert len(set(keys)) == len(keys)


def test_a_suggestion_pressed_twice_is_made_once_and_both_presses_lead_to_it(ben: Persona) -> None:
    first, second = twice(ben.client, "development:suggestion_new", SUGGESTION)
    made = Suggestion.objects.get()
    where = reverse("development:suggestion", args=[made.pk])
    assert [(each.status_code, each["Location"]) for each in (first, second)] == [(302, where), (302, where)]
    assert "Already done." in ben.client.get(where).content.decode()


def test_an_anonymous_suggestion_pressed_twice_is_made_once_and_nothing_of_her_is_kept(ben: Persona) -> None:
    first, second = twice(ben.client, "development:suggestion_new", SUGGESTION | {"is_anonymous": "on"})
    assert (first.status_code, second.status_code, Suggestion.objects.count()) == (200, 302, 1)
    assert list(IdempotencyKey.objects.values_list("actor_id", "body", "subject", "fingerprint")) == [(0, "", "", "")]


def test_thanks_pressed_twice_are_given_once(amira: Persona, lena: Persona, ben: Persona) -> None:
    vision.save_vision(actor=amira.actor, text="At home with us", values=[("One hand", "Keeps it")], now=NOW)
    body = {"user_id": ben.user.pk, "value": "One hand", "words": "Well done"}
    key = keys_of(lena.client, reverse("development:recognition"))[-1]
    assert [press(lena.client, "development:thank", body, key).status_code for _ in range(2)] == [302, 302]
    assert Recognition.objects.count() == 1


def test_an_expectation_pressed_twice_is_written_once(amira: Persona) -> None:
    segment = expectations.save_segment(actor=amira.actor, segment_id=None, name="Hotels", rule=Rule(), now=NOW)
    body = {
        "title": "They wait", "segment_id": segment, "basis": "stated", "nature": "real", "importance": 3,
        "source": "survey", "source_on": "2026-03-03", "credibility": 2, "review_on": FAR,
    }  # fmt: skip
    first, second = twice(amira.client, "web:expectation_new", body)
    assert [each.status_code for each in (first, second)] == [302, 302]
    assert first["Location"] == second["Location"]
    assert Expectation.objects.count() == 1


def test_a_meeting_pressed_twice_is_called_once(lena: Persona, ben: Persona) -> None:
    body = {
        "kind": "team", "title": "Shifts", "starts_at": f"{FAR}T09:00", "lasts": "45", "staff_ids": [ben.user.pk],
    }  # fmt: skip
    first, second = twice(lena.client, "development:meeting_new", body)
    assert [each.status_code for each in (first, second)] == [302, 302]
    assert Meeting.objects.count() == 1


def test_a_refused_one_is_mended_and_sent_again_also_with_the_same_words(ben: Persona) -> None:
    key = drawn(ben.client, "development:suggestion_new")
    refused = [press(ben.client, "development:suggestion_new", SUGGESTION | {"title": ""}, key) for _ in range(2)]
    assert [each.status_code for each in refused] == [422, 422]
    assert (Suggestion.objects.count(), IdempotencyKey.objects.count()) == (0, 0)
    assert press(ben.client, "development:suggestion_new", SUGGESTION, key).status_code == 302
    assert Suggestion.objects.get().title == "A quiet room"


def test_other_words_with_the_same_key_are_another_wish_and_a_new_drawing_is_one(ben: Persona) -> None:
    key = drawn(ben.client, "development:suggestion_new")
    press(ben.client, "development:suggestion_new", SUGGESTION, key)
    press(ben.client, "development:suggestion_new", SUGGESTION | {"title": "A second room"}, key)
    press(ben.client, "development:suggestion_new", SUGGESTION, drawn(ben.client, "development:suggestion_new"))
    titles = sorted(Suggestion.objects.values_list("title", flat=True))
    assert titles == ["A quiet room", "A quiet room", "A second room"]


def test_a_key_of_somebody_else_takes_nothing_from_her(ben: Persona, chloe: Persona) -> None:
    key = drawn(ben.client, "development:suggestion_new")
    for who in (chloe, ben):
        assert press(who.client, "development:suggestion_new", SUGGESTION, key).status_code == 302
    assert sorted(Suggestion.objects.values_list("author", flat=True)) == sorted([ben.user.pk, chloe.user.pk])


def test_without_a_key_every_post_counts(ben: Persona) -> None:
    for _ in range(2):
        ben.client.post(reverse("development:suggestion_new"), SUGGESTION)
    assert Suggestion.objects.count() == 2


def test_a_view_that_answers_a_second_press_itself_keeps_doing_so(db: None) -> None:
    client = Client()
    page = client.get(reverse("web:help")).content.decode()
    body = {
        "name": "Joanna Reyes", "email": "joanna@mail.test", "subject": "Where is it?", "body": "My parcel is late.",
        "key": re.findall(r'name="key"[^>]*value="([\w-]+)"', page)[0], "form_key": "k" * 32,
        "files": SimpleUploadedFile("photo.txt", b"torn"),
    }  # fmt: skip
    client.post(reverse("web:help"), body)
    assert IdempotencyKey.objects.filter(key__startswith="form:").count() == 0


def test_keys_are_forgotten_with_those_of_programs(ben: Persona) -> None:
    twice(ben.client, "development:suggestion_new", SUGGESTION)
    at = IdempotencyKey.objects.get().created_at
    assert forget_finished(now=at + KEEP_KEYS)["request keys"] == 0
    assert forget_finished(now=at + KEEP_KEYS + dt.timedelta(seconds=1))["request keys"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_instant_make_one() -> None:
    user = personas.make_user("Ben Okafor", "agent", team=personas.make_team("Team A"))
    clients = [Client(), Client(), Client(), Client()]
    for client in clients:
        client.force_login(user)
    key, gate, answers = drawn(clients[0], "development:suggestion_new"), threading.Barrier(4), []

    def send(client: Client) -> None:
        gate.wait()
        answers.append(press(client, "development:suggestion_new", SUGGESTION, key))
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    where = reverse("development:suggestion", args=[Suggestion.objects.get().pk])
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, where)] * 4
