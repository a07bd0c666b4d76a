"""What comes of it, on the pages: an observation becomes coaching that later scores judge; a suggestion is answered."""

import datetime as dt
import re

import pytest

from tests.apps.development.test_walk import read, send
from tests.personas import NOW, Persona
from wellserved.apps.development.models import Coaching, Observation, Suggestion
from wellserved.apps.ledger.models import Entry
from wellserved.platform import clock

DAY = dt.timedelta(days=1)
GOAL = "Says what is certain"


def turn_to(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def observe(leader: Persona, agent: Persona, monkeypatch: pytest.MonkeyPatch, *, mark: int, at: dt.datetime) -> str:
    """Announce it two days before, say what was seen when its time has come, and return its address."""
    turn_to(monkeypatch, at - 2 * DAY)
    fields = {"person_id": agent.user.pk, "guide_id": leader.user.pk, "purpose": "To help with difficult calls"}
    send(leader, "/development/observations/new", **fields, starts_at=f"{at:%Y-%m-%dT%H:%M}", criteria=GOAL)
    row = Observation.objects.latest("pk")
    address, key = f"/development/observations/{row.pk}", row.criteria[0][0]
    turn_to(monkeypatch, at + dt.timedelta(hours=1))
    seen = {f"rating_{key}": mark, f"evidence_{key}": "He named the day."}
    send(leader, f"{address}/record", **seen, strengths="He listened.", one_thing="Name the day first.")
    return address


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [
        (4, "Last seen “an example to others”, better than when it began."),
        (2, "Last seen “in part”, the same as when it began."),
        (1, "Last seen “not yet”, lower than when it began."),
    ],
)
def test_an_observation_becomes_coaching_whose_page_says_what_was_seen_later(
    lena: Persona, ben: Persona, monkeypatch: pytest.MonkeyPatch, mark: int, verdict: str
):
    address = observe(lena, ben, monkeypatch, mark=2, at=NOW)
    lead = re.search(r'href="(/development/coaching/new\?observation=\d+)"', lena.client.get(address).content.decode())
    assert lead
    fields = {"person_id": ben.user.pk, "guide_id": lena.user.pk, "kind": "coaching", "goal": GOAL}
    key = Observation.objects.get().criteria[0][0]
    send(lena, lead[1], **fields, criterion=key, task="Name the day first.", ends_on=(NOW + 40 * DAY).date())
    coaching = f"/development/coaching/{Coaching.objects.get().pk}"
    assert "Name the day first." in read(ben, coaching)
    assert "Last seen" not in read(ben, coaching)
    observe(lena, ben, monkeypatch, mark=mark, at=NOW + 20 * DAY)
    assert verdict in read(ben, coaching)


def test_an_answered_suggestion_stands_on_its_authors_today_until_she_has_read_it(
    amira: Persona, ben: Persona, chloe: Persona, monkeypatch: pytest.MonkeyPatch
):
    turn_to(monkeypatch, NOW)
    send(ben, "/suggestions/new", title="A shelf for returns", text="They stand in the corridor.")
    address = f"/suggestions/{Suggestion.objects.get().pk}"
    assert "Your suggestion was answered" not in read(ben, "/")
    send(amira, f"{address}/answer", state="planned", answer="It comes in May.", done="", done_in="", version=1)
    assert "Your suggestion was answered: will be done." in read(ben, "/")
    assert "Your suggestion was answered" not in read(chloe, "/")
    assert "It comes in May." in read(ben, address)
    send(ben, f"{address}/seen")
    assert "Your suggestion was answered" not in read(ben, "/")
    told = Entry.objects.filter(subject_kind="development.suggestion").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["development.suggest", "development.answer_suggestion", "development.see_answer"]
