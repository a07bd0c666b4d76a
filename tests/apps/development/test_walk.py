"""A standard changes: those it concerns are briefed, show that they understood, and only those missing are reminded."""

import datetime as dt
import re
from collections.abc import Callable

from tests.apps.development.conftest import House
from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.development.models import Briefing, Delivery
from wellserved.apps.development.queries import understanding
from wellserved.apps.development.types.checks import Standing
from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage

HOUR = dt.timedelta(hours=1)


def read(who: Persona, address: str) -> str:
    page = who.client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def send(who: Persona, address: str, **fields: object) -> None:
    answer = who.client.post(address, fields)
    assert answer.status_code == 302, (address, answer.status_code, answer.content[-2000:])


def standings(house: House) -> list[str]:
    rows = understanding.matrix(actor=house.leader.actor)
    return [str(row.cells["standards"].standing) for row in rows if row.name.startswith("Agent")]


def answer_right(who: Persona, house: House) -> None:
    """Take the check on its pages, every answer right."""
    started = who.client.post(f"/checks/{house.check}/take")
    page = who.client.get(started.url).content.decode()
    right = re.findall(r'name="(q\d+)" value="(\d)"[^>]*><label[^>]*>Right<', page)
    assert len(right) == 5
    send(who, started.url, **dict(right))


def test_a_changed_standard_reaches_twenty_people_and_reminds_only_the_four_who_have_not_understood(
    house: House, chloe: Persona, follow: Callable[[dt.datetime], None], monkeypatch
):
    desk.open_ticket(
        actor=house.manager.actor, subject="Parcel", body="Where is it?", customer_email="dev@mail.test", now=NOW
    )
    house.brief(now=NOW)
    for agent in house.agents:
        send(agent, f"/briefings/{Briefing.objects.get().pk}/read")
        house.take(agent, right=5, now=NOW)
    assert standings(house) == [Standing.UNDERSTOOD] * 20

    later = NOW + 24 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    house.change(now=later)
    assert standings(house) == [Standing.STALE] * 20

    follow(later)
    draft = Briefing.objects.get(is_drafted=True, subject_number=2)
    assert draft.title == "First reply: version 2"
    assert "Target : 90 % (before: 95 %)" in read(house.manager, f"/briefings/{draft.pk}")
    assert "For you to read" not in read(house.agents[0], "/")
    refused = house.manager.client.post(f"/briefings/{draft.pk}/publish")
    assert refused.status_code == 409
    assert Delivery.objects.filter(briefing=draft).count() == 0
    send(house.manager, f"/checks/{house.check}/confirm")
    send(house.manager, f"/briefings/{draft.pk}/publish")
    assert Delivery.objects.filter(briefing=draft).count() == 21

    first, second = house.agents[:2]
    assert "For you to read: First reply: version 2." in read(first, "/")
    assert "For you to read: First reply: version 2." in read(second, "/")
    assert "First reply: version 2" not in read(chloe, "/")

    for agent in house.agents[:16]:
        send(agent, f"/briefings/{draft.pk}/read")
        answer_right(agent, house)
    send(house.leader, f"/briefings/{draft.pk}/read")
    answer_right(house.leader, house)
    assert standings(house) == [Standing.UNDERSTOOD] * 16 + [Standing.STALE] * 4
    assert "17 of 21 have understood it; 4 still to" in read(house.leader, f"/briefings/{draft.pk}")

    assert "Remind the 4" in read(house.leader, f"/briefings/{draft.pk}")
    send(house.leader, f"/briefings/{draft.pk}/remind")
    reminded = Delivery.objects.filter(briefing=draft, reminders=1).values_list("user__name", flat=True)
    assert sorted(reminded) == ["Agent 17", "Agent 18", "Agent 19", "Agent 20"]
    assert Delivery.objects.filter(briefing=draft, reminders=0).count() == 17
    assert OutboxMessage.objects.count() == 0
