"""A repeated request: one effect, one answer, also when both come at once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from wellserved.platform import idempotency, outbox
from wellserved.platform.errors import Invalid
from wellserved.platform.models import IdempotencyKey, OutboxMessage

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def act() -> idempotency.Answer:
    outbox.queue(channel="note", recipient="a", subject="effect", body="", now=NOW)
    return idempotency.Answer(status=201, body='{"id": 1}', subject="desk.ticket:1")


def ask(key: str = "k1", fingerprint: str = "f1", actor_id: int = 1, then: Any = act) -> idempotency.Answer:
    return idempotency.once(actor_id=actor_id, key=key, fingerprint=fingerprint, now=NOW, act=then)


@pytest.mark.django_db
def test_the_second_request_gets_the_first_answer_and_has_no_effect() -> None:
    first, second = ask(), ask()
    assert (first.status, first.body, first.replayed) == (201, '{"id": 1}', False)
    assert (second.status, second.body, second.subject, second.replayed) == (201, '{"id": 1}', "desk.ticket:1", True)
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused_with_422_and_nothing_happens() -> None:
    ask()
    with pytest.raises(Invalid, match="Use a new key for a new request") as refusal:
        ask(fingerprint="f2")
    assert (refusal.value.status, refusal.value.code) == (422, "idempotency_key_reused")
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_choose_the_same_key() -> None:
    assert [ask(actor_id=1).replayed, ask(actor_id=2).replayed] == [False, False]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db
def test_a_request_that_failed_may_be_sent_again() -> None:
    def fail() -> idempotency.Answer:
        act()
        raise Invalid("Name a customer.")

    with pytest.raises(Invalid, match="Name a customer"):
        ask(then=fail)
    assert (IdempotencyKey.objects.count(), OutboxMessage.objects.count()) == (0, 0)
    assert ask().status == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_of_an_impossible_length_is_refused(key: str) -> None:
    with pytest.raises(Invalid, match="1 to 200 characters"):
        ask(key=key)
    assert OutboxMessage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_instant_have_one_effect() -> None:
    answers: list[idempotency.Answer] = []
    gate = threading.Barrier(4)

    def request() -> None:
        gate.wait()
        answers.append(ask())
        connection.close()

    threads = [threading.Thread(target=request) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert {answer.body for answer in answers} == {'{"id": 1}'}
    assert OutboxMessage.objects.count() == 1


def test_a_fingerprint_tells_method_path_and_body_apart() -> None:
    prints = {
        idempotency.fingerprint(method=method, path=path, body=body)
        for method, path, body in [
            ("POST", "/a", b"1"),
            ("PUT", "/a", b"1"),
            ("POST", "/b", b"1"),
            ("POST", "/a", b"2"),
        ]
    }
    assert len(prints) == 4
