"""The set-up list: by role, growing, put aside, and one quiet line on Today until it is done."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import personas
from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import User
from wellserved.apps.desk import actions as desk
from wellserved.apps.development.actions import talks
from wellserved.apps.ledger.models import Entry
from wellserved.apps.people import actions as people
from wellserved.web import set_up

DAY = dt.timedelta(days=1)
HOUSE = ["hours", "promise", "queues", "colleagues", "limits", "history", "ticket", "mail"]
LATER = ["expectation", "offer", "plan", "risk", "roles"]


def keys(who: Persona) -> list[str]:
    return [task.key for task in set_up.read(actor=who.actor, now=NOW).tasks]


def sentence(who: Persona) -> str:
    return set_up.read(actor=who.actor, now=NOW).sentence


def line(who: Persona) -> str:
    return who.client.get(reverse("web:set_up_line")).content.decode().strip()


def put(who: Persona, key: str, aside: str = "1") -> int:
    return who.client.post(reverse("web:set_up_aside", args=[key]), {"aside": aside}).status_code


def give_skill(lena: Persona, ben: Persona) -> None:
    skill = people.create_skill(actor=lena.actor, name="Refunds", now=NOW)
    people.set_skill(actor=lena.actor, user_id=ben.user.pk, skill_id=skill, level=2, now=NOW)


def test_a_leader_begins_with_her_team_and_its_skills(lena: Persona) -> None:
    found = set_up.read(actor=lena.actor, now=NOW)
    assert [(task.key, task.status) for task in found.tasks] == [("team", "todo"), ("skills", "todo")]
    assert (found.sentence, found.later) == ("Set up: 0 of 2 done", 3)


def test_once_those_are_done_she_is_led_on_to_briefing_talk_and_guideline(lena: Persona, ben: Persona) -> None:
    assert sentence(lena) == "Set up: 1 of 2 done"
    give_skill(lena, ben)
    assert keys(lena) == ["team", "skills", "briefing", "talk", "guideline"]
    assert sentence(lena) == "Set up: 2 of 5 done"
    talks.arrange(
        actor=lena.actor, person_id=ben.user.pk, guide_id=lena.user.pk, starts_at=NOW + DAY, place="", agenda=(),
        now=NOW,
    )  # fmt: skip
    assert sentence(lena) == "Set up: 3 of 5 done"


def test_a_manager_sees_the_house_first_and_the_service_once_it_stands_or_is_put_aside(amira: Persona) -> None:
    assert keys(amira) == HOUSE
    desk.save_queue(actor=amira.actor, name="Care", team_id=personas.make_team("Team A").pk, is_default=True, now=NOW)
    assert sentence(amira) == "Set up: 1 of 8 done"
    assert {put(amira, key) for key in HOUSE} == {302}
    assert keys(amira) == HOUSE + LATER
    assert sentence(amira) == "Set up: 1 of 6 done"


def test_every_task_says_why_and_where(amira: Persona, lena: Persona, ben: Persona) -> None:
    give_skill(lena, ben)
    assert {put(amira, key) for key in HOUSE} == {302}
    for who in (amira, lena):
        tasks = set_up.read(actor=who.actor, now=NOW).tasks
        assert [task.key for task in tasks if not (task.hint and task.url)] == []
        pages = {task.url: who.client.get(task.url).status_code for task in tasks}
        assert set(pages.values()) == {200}


def test_today_fetches_one_quiet_line_until_all_is_done_or_put_aside(lena: Persona) -> None:
    today = lena.client.get("/").content.decode()
    assert f'hx-get="{reverse("web:set_up_line")}"' in today
    assert "Set up: 0 of 2 done" not in today
    assert "Set up: 0 of 2 done" in line(lena)
    for key in ("team", "skills", "briefing", "talk", "guideline"):
        put(lena, key)
    assert line(lena) == ""
    assert put(lena, "talk", aside="") == 302
    assert "Set up: 0 of 1 done" in line(lena)


def test_what_is_put_aside_is_hers_and_stands_in_history(lena: Persona, amira: Persona) -> None:
    put(lena, "team"), put(lena, "team")
    assert User.objects.get(pk=lena.user.pk).preferences == {"set_up_aside": ["team"]}
    assert User.objects.get(pk=amira.user.pk).preferences == {}
    assert Entry.objects.filter(action="accounts.put_task_aside").count() == 1


def test_an_unknown_task_is_not_found_and_nothing_is_kept(lena: Persona) -> None:
    assert put(lena, "nothing") == 404
    assert User.objects.get(pk=lena.user.pk).preferences == {}


@pytest.mark.parametrize("name", ["web:set_up", "web:set_up_line"])
def test_who_leads_nobody_has_no_list(name: str, ben: Persona, anna: Persona, lena: Persona) -> None:
    assert [who.client.get(reverse(name)).status_code for who in (ben, anna, lena)] == [403, 403, 200]
    assert "set-up" not in ben.client.get("/").content.decode()
