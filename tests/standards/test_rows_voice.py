"""The rows on hearing, recognising and rewarding staff and on settling conflict, alive on the sample service."""

import datetime as dt
import re

import pytest

from tests.standards.conftest import Colleague
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Role
from wellserved.platform import clock
from wellserved.platform.origin import Origin

pytestmark = pytest.mark.slow

ITEMS = ("respects", "values", "nurtures", "recognises", "rewards", "vision")
DAY = dt.timedelta(days=1)


def colleague(name: str) -> Colleague:
    found = Colleague(Role.AGENT)
    found.user = User.objects.get(origin=Origin.SAMPLE, name=name)
    found.client.force_login(found.user)
    return found


def later(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def suggest(by: Colleague, title: str) -> int:
    answer = by.send("/suggestions/new", title=title, text="It would spare each of us an hour.")
    return int(answer["Location"].rpartition("/")[2])


def version_at(of: Colleague, address: str) -> str:
    return str(re.findall(r'name="version" value="(\d+)"', of.client.get(address).content.decode())[0])


def answer_pulse(monkeypatch: pytest.MonkeyPatch, manager: Colleague, start: dt.datetime, **scores: int) -> int:
    """Close what is open, ask everybody anew, and return the pulse once it is closed."""
    later(monkeypatch, start)
    for row in manager.ask("/pulses")["items"]:
        if row["closed_at"] is None:
            manager.send(f"/pulse/{row['id']}/close")
    later(monkeypatch, start + DAY)
    manager.send("/pulse/open", closes_on=(start + 5 * DAY).date().isoformat())
    pk = int(manager.ask("/pulses")["items"][0]["id"])
    for user in User.objects.filter(origin=Origin.SAMPLE, role__in=(Role.AGENT, Role.TEAM_LEADER), is_active=True):
        colleague(user.name).send(f"/pulse/{pk}/answer", **dict.fromkeys(ITEMS, 4) | scores)
    manager.send(f"/pulse/{pk}/close")
    return pk


def means_of(of: Colleague, pulse: int) -> dict[str, float]:
    everybody = of.ask(f"/pulses/{pulse}/results")["items"][0]
    return {item["item"]: item["mean"] for item in everybody["items"]}


def open_case(by: Colleague, with_: str, handler: Colleague) -> str:
    other = User.objects.get(origin=Origin.SAMPLE, name=with_).pk
    answer = by.send("/cases/new", party_ids=other, handler_id=handler.user.pk, summary="Whose late chats they are")
    return str(answer["Location"])


def test_F17_B4(agent: Colleague, manager: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suggestion unanswered for ten days is flagged on the manager's Today; the answer reaches who gave it."""
    pk = suggest(agent, "A second screen for chats")
    before = manager.read("/suggestions?view=open").count("over 10 days")
    later(monkeypatch, sample + 11 * DAY)
    assert "have waited over 10 days" in manager.read("/")
    assert manager.read("/suggestions?view=open").count("over 10 days") > before
    manager.send(f"/suggestions/{pk}/answer", state="planned", answer="Two arrive in May.", version=1)
    assert "A second screen for chats: will be done" in agent.read("/")
    assert "Two arrive in May." in agent.read(f"/suggestions/{pk}")
    agent.send(f"/suggestions/{pk}/seen")
    assert "A second screen for chats" not in agent.read("/")


def test_F17_K11(manager: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card says one's own response rate and, by team alone, who is missing; a fuller pulse changes it.

    The answers of customers await part 4.
    """
    before = re.search(r"(\d+) of (\d+) answered the last pulse here", manager.read("/pulse"))
    assert before
    pk = answer_pulse(monkeypatch, manager, sample + DAY)
    answered = manager.ask("/pulses")["items"][0]
    page = manager.read("/pulse")
    assert answered["id"] == pk
    assert f"{answered['answers']} of {answered['asked']} answered the last pulse here" in page
    assert "Withheld because too few answered:" in page
    assert before.group(0) not in page


def test_U34_3_4(
    agent: Colleague, leader: Colleague, manager: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pulse that falls suggests what to do; a conflict is its parties' and its handler's, not the manager's."""
    first = answer_pulse(monkeypatch, manager, sample + DAY)
    assert "What fell, and what could be done" not in manager.read(f"/pulse/{first}")
    second = answer_pulse(monkeypatch, manager, sample + 10 * DAY, respects=2)
    page = manager.read(f"/pulse/{second}")
    assert "What fell, and what could be done" in page
    assert "Ask in the next one-to-ones what hurt" in page
    case = open_case(agent, "Priya Shah", leader)
    assert "Whose late chats they are" in leader.read(case)
    assert manager.client.get(case).status_code == 404
    assert "Whose late chats" not in manager.read("/history")


def test_U34_A1_3a(leader: Colleague, agent: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team event is planned from a template, stands on the team's Today, and keeps who came."""
    assert "Ten minutes each" in leader.read("/team-events")
    team = leader.ask("/teams")["items"][0]
    answer = leader.send(
        "/team-events/new",
        form="skills",
        title="Ten minutes each in March",
        purpose="Each shows one thing",
        team_id=team["id"],
        starts_at=(sample + DAY).strftime("%Y-%m-%dT%H:%M"),
        minutes=60,
    )
    assert "Your team does something together." in agent.read("/")
    later(monkeypatch, sample + 2 * DAY)
    address = answer["Location"]
    leader.send(f"{address}/held", present=agent.user.pk, what_changed="Ben shows the claims", version=1)
    row = next(row for row in leader.ask("/team-events")["items"] if row["title"] == "Ten minutes each in March")
    assert (row["came"], row["asked"]) == (1, len(team["members"]))
    assert "Ben shows the claims" in agent.read("/team-events")


def test_U34_A1_3b(manager: Colleague, agent: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan against what fell shows in the next pulse how far it moved, to every colleague."""
    first = answer_pulse(monkeypatch, manager, sample + DAY, recognises=2)
    manager.send(f"/pulse/{first}/plan", item="recognises", what="Thanks first", due_on="2026-04-30")
    assert "not known yet" in agent.read(f"/pulse/{first}")
    second = answer_pulse(monkeypatch, manager, sample + 30 * DAY, recognises=5)
    step = means_of(manager, second)["recognises"] - means_of(manager, first)["recognises"]
    assert step == 3
    page = agent.read(f"/pulse/{first}")
    assert "Thanks first" in page
    assert "+3.0" in page
    assert "not known yet" not in page


def test_U34_A1_3c_a_conflict_closes_with_an_agreement_both_have_signed(agent: Colleague, leader: Colleague) -> None:
    case, other = open_case(agent, "Priya Shah", leader), colleague("Priya Shah")
    leader.send(f"{case}/stage", stage="mediation", handler_id=leader.user.pk, version=1)
    leader.send(f"{case}/agreement", text="We hand over at four, aloud.", version=2)
    assert "Something in private waits for you." in other.read("/")
    agent.send(f"{case}/sign", version=3)
    assert "Agreed and signed" not in agent.read("/cases")
    other.send(f"{case}/sign", version=3)
    assert "Agreed and signed" in agent.read("/cases")
    assert "We hand over at four, aloud." in other.read(case)


def test_U34_A1_4j_a_mediation_between_colleagues_ends_with_a_signed_agreement(
    agent: Colleague, leader: Colleague
) -> None:
    case = open_case(agent, "Tom Whelan", leader)
    assert agent.client.post(f"{case}/sign", {"version": 1}).status_code == 409
    leader.send(f"{case}/stage", stage="mediation", handler_id=leader.user.pk, version=1)
    leader.send(f"{case}/agreement", text="We take turns.", version=2)
    for party in (agent, colleague("Tom Whelan")):
        party.send(f"{case}/sign", version=3)
    assert "Agreed and signed" in leader.read("/cases")


def test_U34_A1_4i_an_arbiters_decision_between_colleagues_is_recorded_and_closes(
    agent: Colleague, leader: Colleague, manager: Colleague
) -> None:
    case = open_case(agent, "Tom Whelan", leader)
    leader.send(f"{case}/stage", stage="arbitration", handler_id=manager.user.pk, version=1)
    assert leader.client.get(case).status_code == 404
    manager.send(f"{case}/decide", text="By day, Ben on odd ones.", version=2)
    assert "By day, Ben on odd ones." in agent.read(case)
    assert "Decided by the arbiter" in colleague("Tom Whelan").read("/cases")


def test_U34_A1_3e(manager: Colleague, agent: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff speak on a proposal until its day; the response reports what was made of it to all who spoke."""
    made = manager.send("/consultations/new", title="Open at seven", proposal="From June?", closes_on="2026-03-10")
    address = made["Location"]
    silent = colleague("Owen Price")
    assert "Your view is asked for on 2 proposals." in agent.read("/")
    assert "Open at seven" in agent.read("/consultations")
    agent.send(f"{address}/speak", text="Only with the early bus")
    later(monkeypatch, sample + 8 * DAY)
    assert silent.client.post(f"{address}/speak", {"text": "Too late"}).status_code == 409
    assert "Open at seven" in manager.read("/")
    manager.send(f"{address}/respond", outcome="changed", response="At half past seven, with the bus.", version=1)
    assert "Open at seven: changed by what was said" in agent.read("/")
    assert "Open at seven" not in silent.read("/")
    assert "At half past seven, with the bus." in agent.read(address)


def test_U34_A1_4g(manager: Colleague, agent: Colleague) -> None:
    """What staff say is linked to what is decided from it, and shows there; one problem of three sources awaits part 6.

    What customers answer awaits part 4.
    """
    goal = manager.ask("/objectives")["items"][-1]
    pk = suggest(agent, "Ring the depot before noon")
    assert "Ring the depot before noon" not in agent.read(f"/vision/objectives/{goal['id']}")
    manager.send(
        f"/suggestions/{pk}/answer",
        state="planned",
        answer="It goes into the objective.",
        done_in=f"standards.objective:{goal['id']}",
        version=1,
    )
    assert "Ring the depot before noon" in agent.read(f"/vision/objectives/{goal['id']}")


def test_F11_O4(manager: Colleague, leader: Colleague, agent: Colleague) -> None:
    """Values lead to behaviours and quality items, and their trend follows what colleagues saw lived.

    The scores of quality checks await part 4.
    """
    manager.send(
        "/vision/behaviours", value="Put right", sentence="Rings back the same day", quality_item="Rung back today?"
    )
    found = [row for row in agent.ask("/behaviours")["items"] if row["sentence"] == "Rings back the same day"]
    assert [(row["value"], row["quality_item"]) for row in found] == [("Put right", "Rung back today?")]
    before = seen(agent, "Put right")
    leader.send("/recognition/give", user_id=agent.user.pk, value="Put right", words="The sofa")
    assert seen(agent, "Put right") == before + 1


def seen(of: Colleague, value: str) -> int:
    found = re.search(
        rf"{value} .*?seen (\d+) times in six months", of.read("/vision").partition("on a working day")[2]
    )
    assert found
    return int(found[1])


def test_F11_O5(leader: Colleague, manager: Colleague, agent: Colleague) -> None:
    """The pulse follows the five verbs over time, and a leader sees whom nobody has thanked for 90 days."""
    page = agent.read("/pulse")
    assert [verb in page for verb in ("Respects", "Values", "Nurtures", "Recognises", "Rewards")] == [True] * 5
    quiet = User.objects.get(origin=Origin.SAMPLE, name="Yusuf Demir")
    assert "Not thanked for over 90 days" in leader.read("/recognition")
    assert "Yusuf Demir nobody yet" in leader.read("/recognition")
    agent.send("/recognition/give", user_id=quiet.pk, value="One hand")
    assert "Yusuf Demir nobody yet" not in leader.read("/recognition")
    assert "Not thanked for over 90 days" not in agent.read("/recognition")


def test_F11_Bb(agent: Colleague, leader: Colleague) -> None:
    """From a ticket thanks take two clicks, the fold and the value; she reads them on her Today, her team in a list."""
    number = leader.ask("/tickets?view=all_open&limit=5")["items"][0]["number"]
    shown = version_at(leader, f"/c/{number}")
    leader.send(f"/c/{number}/assign", assignee=agent.user.pk, version=shown)
    page = leader.client.get(f"/c/{number}").content.decode()
    form = page[page.index(f"Thank {agent.user.name}") :].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(user_id|about|back)" value="([^"]*)"', form))
    assert 'name="value" value="Plain words"' in form
    leader.send("/recognition/give", value="Plain words", words="", **hidden)
    assert f"{leader.user.name} for “Plain words”" in agent.read("/")
    assert "You were thanked" in agent.read("/")
    assert agent.client.get("/recognition").content.decode().count(f"/c/{number}") == 1


def test_F11_Bh_the_pulse_says_how_far_the_vision_is_shared(
    manager: Colleague, agent: Colleague, sample: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pulse asks who would be part of the vision; a score that falls suggests what to do about it."""
    pk = answer_pulse(monkeypatch, manager, sample + DAY, vision=5)
    assert means_of(agent, pk)["vision"] == 5
    again = answer_pulse(monkeypatch, manager, sample + 20 * DAY, vision=2)
    assert means_of(agent, again)["vision"] == 2
    assert "Tell the vision anew" in manager.read(f"/pulse/{again}")


def test_F11_K7(manager: Colleague, agent: Colleague) -> None:
    """The card on reward strategies counts the schemes that reached what they were for; an evaluation changes it."""
    assert "and 0 reached what they were for" in agent.read("/rewards")
    due = next(row for row in manager.ask("/reward-schemes")["items"] if row["name"].startswith("Team breakfast"))
    assert "A reward scheme has ended" in manager.read("/")
    manager.send(f"/rewards/{due['id']}/evaluate", outcome="reached", findings="91 of 100 in time.", version=1)
    assert "and 1 reached what they were for" in agent.read("/rewards")
    assert "A reward scheme has ended" not in manager.read("/")


def test_F11_E11(manager: Colleague, agent: Colleague) -> None:
    """A scheme keeps who got what and why; she reads it on her Today, and a colleague does not."""
    running = next(row for row in manager.ask("/reward-schemes")["items"] if row["kind"] == "enrichment")
    address = f"/rewards/{running['id']}"
    manager.send(f"{address}/award", user_id=agent.user.pk, what="A day in claims", amount="40", why="He asked for it")
    assert "A day in claims, for: He asked for it" in agent.read("/")
    assert "A day in claims" in agent.read(address)
    assert "A day in claims" not in colleague("Owen Price").read(address)
    row = next(row for row in manager.ask("/reward-schemes")["items"] if row["id"] == running["id"])
    assert float(row["spent"]) == float(running["spent"]) + 40
