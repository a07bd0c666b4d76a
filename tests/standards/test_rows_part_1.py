"""The rows of part 1, each alive: somebody acts on the sample service, and somebody else sees it."""

import re
from typing import Any

import pytest

from tests.standards.conftest import Colleague
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.slow


def wants(of: Colleague, kind: str) -> int:
    """Return how many tickets Today says need somebody for this reason."""
    return sum(item["count"] for item in of.ask("/today")["attention"] if item["kind"] == kind)


def at_risk(of: Colleague) -> list[dict[str, Any]]:
    return list(of.ask("/tickets?view=at_risk")["items"])


def test_F17_K9(agent: Colleague, manager: Colleague) -> None:
    """A ticket about to break its promise is listed with its reasons; answering clears it from everybody's screen."""
    [first, *_] = at_risk(agent)
    number, before = first["number"], wants(manager, "at_risk")
    assert f"time for the {'first reply'} is used" in agent.read("/inbox?view=at_risk")
    assert "likely to break their promise unless somebody acts" in manager.read("/")
    agent.send(f"/c/{number}/write", mode="note", body="Looking into it.", version=first["version"])
    assert number in [ticket["number"] for ticket in at_risk(agent)]
    assert wants(manager, "at_risk") == before
    agent.send(f"/c/{number}/write", mode="reply", body="It is on its way.", version=first["version"], then="")
    assert number not in [ticket["number"] for ticket in at_risk(agent)]
    assert wants(manager, "at_risk") == before - 1


def newest(of: Colleague) -> dict[str, Any]:
    """Return the newest open ticket she sees."""
    found: dict[str, Any] = of.ask("/tickets?view=all_open&sort=newest&limit=1")["items"][0]
    return found


def test_F6_1_3(agent: Colleague, leader: Colleague) -> None:
    """A colleague and a partner are asked to help: it reaches both, both are logged, and each contribution stands."""
    number = newest(agent)["number"]
    assert leader.ask("/tickets?view=helping")["items"] == []
    agent.send(f"/c/{number}/colleagues", colleague=leader.user.pk, ask="Could you ring the depot?")
    carrier = {"name": "Ana Costa", "organisation": "SwiftParcel", "email": "ana@swiftparcel.example"}
    agent.send(f"/c/{number}/partners", **carrier, ask="Where was it scanned last?")
    assert [ticket["number"] for ticket in leader.ask("/tickets?view=helping")["items"]] == [number]
    assert "Could you ring the depot?" in leader.read("/mentions")
    [letter] = OutboxMessage.objects.filter(recipient="ana@swiftparcel.example")
    assert letter.body.startswith("Where was it scanned last?\n\nAnswer here, without an account: ")
    assert letter.body.endswith(f"\n\n-- \n{agent.user.name}\n")
    colleague, partner = agent.ask(f"/tickets/{number}/collaborators")["items"]
    leader.send(f"/c/{number}/help/{colleague['id']}", contribution="The depot has it.")
    agent.send(f"/c/{number}/help/{partner['id']}", contribution="Scanned in Leeds.")
    assert leader.ask("/tickets?view=helping")["items"] == []
    logged = [item["action"] for item in agent.ask(f"/tickets/{number}/history")["items"]]
    assert (logged.count("desk.ask_colleague"), logged.count("desk.ask_partner"), logged.count("desk.finish_help")) == (
        1,
        1,
        2,
    )
    page = agent.read(f"/c/{number}")
    assert "The depot has it." in page
    assert "Ana Costa, SwiftParcel helped: Scanned in Leeds." in page


def test_F6_1_7(agent: Colleague, leader: Colleague, manager: Colleague) -> None:
    """The steps that solved a ticket reach the manager's Today, and whoever shared them sees who has read them."""
    number = newest(agent)["number"]
    assert "Solved this week" not in manager.read("/")
    agent.send(f"/c/{number}/solutions", text="Ask the depot before the carrier.")
    assert "Ask the depot before the carrier." in manager.read("/")
    assert "Ask the depot before the carrier." in leader.read("/")
    [shared] = agent.ask("/solutions")["items"]
    assert (shared["ticket_number"], shared["read_by"]) == (number, [])
    manager.send(f"/solutions/{shared['id']}/noted")
    assert "Solved this week" not in manager.read("/")
    assert "Ask the depot before the carrier." in leader.read("/")
    assert agent.ask("/solutions")["items"][0]["read_by"] == [manager.user.name]


def letters(number: int) -> int:
    """Return how many letters wait to leave about a ticket."""
    return OutboxMessage.objects.filter(subject__startswith=f"[#{number}]").count()


def wish(agent: Colleague, customer_id: int, **wishes: str) -> None:
    """Write down on the customer's card how she wishes to be served."""
    known = agent.ask(f"/customers/{customer_id}")
    plain = {name: known[name] for name in ("name", "email", "phone", "organisation", "time_zone", "note", "version")}
    agent.send(f"/customers/{customer_id}/edit", **plain, **wishes)


def test_U34_A1_3g(agent: Colleague) -> None:
    """What a customer wishes is honoured where she is answered: her channel, her language, what she needs."""
    ticket = newest(agent)
    number, page = ticket["number"], f"/c/{ticket['number']}"
    agent.send(f"{page}/write", mode="reply", body="First answer.", version=ticket["version"], then="")
    assert letters(number) == 1
    assert "Content-Language" not in OutboxMessage.objects.get(subject__startswith=f"[#{number}]").headers
    assert "asks to be phoned" not in agent.read(page)
    wish(agent, ticket["customer_id"], preferred_channel="phone", language="pt-PT", needs="Large print, please.")
    shown = agent.read(page)
    assert "Large print, please." in shown
    assert "asks to be phoned" in shown
    version = agent.ask(f"/tickets/{number}")["version"]
    agent.send(f"{page}/write", mode="reply", body="I rang you.", version=version, then="")
    assert letters(number) == 1
    told = [item for item in agent.ask(f"/tickets/{number}/timeline")["items"] if item["kind"] == "reply"]
    assert [(item["body"], item["delivery"]) for item in told[-2:]] == [
        ("First answer.", "waiting"),
        ("I rang you.", "by phone"),
    ]
    agent.send(f"{page}/write", mode="reply", body="In writing.", version=version + 1, then="", channel="email")
    letter = OutboxMessage.objects.filter(subject__startswith=f"[#{number}]").latest("pk")
    assert (letters(number), letter.headers["Content-Language"]) == (2, "pt-PT")


def owner_of_new(agent: Colleague, email: str, name: str) -> int:
    """Open an issue for an address, as if it had just come in, and return whose it became."""
    opened = agent.send(
        "/inbox/new",
        subject="A question",
        body="Where is it?",
        customer_email=email,
        customer_name=name,
        kind="question",
        channel="phone",
        impact="medium",
        urgency="medium",
    )
    number = int(re.findall(r"\d+", opened.headers["Location"])[-1])
    return int(agent.ask(f"/tickets/{number}")["customer"]["id"])


def test_U34_A1_3m(agent: Colleague) -> None:
    """Two addresses are recognised as one person's: her tickets come together, and parting them puts all back."""
    known = newest(agent)
    hers, name, second = known["customer_id"], known["customer"], "her.other@address.example"
    other = owner_of_new(agent, second, name)
    assert other != hers
    assert second in agent.read(f"/customers/{hers}")
    [alike] = [row for row in agent.ask(f"/customers/{hers}/likely-same")["items"] if row["id"] == other]
    assert alike["why"] == ["the same name"]
    before = agent.ask(f"/customers/{hers}")["total_tickets"]
    agent.send(f"/customers/{hers}/merge", other=other, reason="She said so on the phone")
    assert agent.ask(f"/customers/{hers}")["total_tickets"] == before + 1
    assert [row["id"] for row in agent.ask(f"/customers?q={second}")["items"]] == [hers]
    assert owner_of_new(agent, second, name) == hers
    [merged] = agent.ask(f"/customers/{hers}/merges")["items"]
    agent.send(f"/customers/{hers}/merge/{merged['id']}/undo")
    assert agent.ask(f"/customers/{other}")["total_tickets"] == 1
    assert agent.ask(f"/customers/{hers}")["total_tickets"] == before + 1
    assert owner_of_new(agent, second, name) == other
