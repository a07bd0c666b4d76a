"""The live feed: ids only, only what one may know of, and no news lost between two connections."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from tests.apps.ledger import world
from wellserved.apps.accounts.models import User
from wellserved.apps.ledger import actions, tail
from wellserved.apps.ledger.views import live
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(tail, "INTERVAL_SECONDS", 0.01)
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    # The suite's connection belongs to the thread of the test and must stay open.
    monkeypatch.setattr(tail, "close_old_connections", lambda: None)


def heard(actor, acts, *, last=None, most=20):
    """Return what a stream says after `acts` happen, up to its second heartbeat."""

    async def listen():
        tailer, words = tail.Tailer(), []
        stream = live.stream(tailer=tailer, actor=actor, last=last)
        words.append(await anext(stream))
        await sync_to_async(acts)()
        for _ in range(most):
            words.append(await asyncio.wait_for(anext(stream), 5))
            if words[-1].startswith(":"):
                break
        await stream.aclose()
        assert tailer.listeners == set()
        await tailer.stop()
        return words

    return async_to_sync(listen)()


def test_a_stream_tells_ids_of_what_is_sealed_from_now_on(manager):
    world.acts(manager, 1)
    actions.seal(now=world.NOW)
    words = heard(manager, lambda: world.acts(manager, 2, subject_id=9))
    assert words[0] == "retry: 3000\n\n"
    events = "".join(words[1:-1]).split("\n\n")[:-1]
    assert [event.splitlines()[0] for event in events] == ["id: 2", "id: 3"]
    assert json.loads(events[0].splitlines()[1].removeprefix("data: ")) == {
        "kind": "test.record",
        "sequence": 2,
        "event": "test.happened",
        "subject_kind": "test.record",
        "subject_id": 9,
    }
    assert words[-1] == ": still here\n\n"


def test_a_stream_keeps_silent_about_other_worlds_and_hidden_records(manager, agent):
    stranger = world.person("Sam", "manager", World.SAMPLE)

    def acts():
        world.acts(stranger, 1)
        world.acts(manager, 1, subject_id=1000)

    assert heard(agent, acts) == ["retry: 3000\n\n", ": still here\n\n"]


def test_a_stream_that_comes_back_is_told_what_it_missed(manager):
    world.acts(manager, 4)
    actions.seal(now=world.NOW)
    words = heard(manager, lambda: None, last=2)
    assert [line for line in words[1].splitlines() if line.startswith("id")] == ["id: 3", "id: 4"]


def test_a_stream_that_missed_too_much_is_told_to_begin_afresh(manager, monkeypatch):
    monkeypatch.setattr(live, "MOST_CAUGHT_UP", 2)
    world.acts(manager, 4)
    actions.seal(now=world.NOW)
    assert heard(manager, lambda: None, last=1)[1] == 'id: 4\ndata: {"kind": ""}\n\n'


def test_a_listener_that_does_not_read_is_let_go(monkeypatch):
    monkeypatch.setattr(tail, "MOST_WAITING", 3)
    listener = tail.Listener(start=0)
    assert [listener.offer(()), listener.offer(()), listener.offer(())] == [True, True, False]
    assert [listener.queue.get_nowait() for _ in range(3)] == [(), (), None]


def test_the_route_streams_to_whoever_is_signed_in(agent, async_client):
    async def open_it():
        signed_out = await async_client.get("/live")
        await async_client.aforce_login(await User.objects.aget(pk=agent.user_id))
        answer = await async_client.get("/live")
        first = await anext(aiter(answer.streaming_content))
        await tail.of_this_process().stop()
        return signed_out.status_code, answer.status_code, answer.headers, first

    refused, status, headers, first = async_to_sync(open_it)()
    assert (refused, status, first) == (302, 200, b"retry: 3000\n\n")
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Cache-Control"] == "no-store"
