"""The tutorial, walked: each step of docs/tutorial/first-day.md done with the same clicks on the sample service."""

import html
import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.docs.derived import REPOSITORY
from wellserved.apps.desk.models import Ticket
from wellserved.apps.standards.models import PolicyVersion
from wellserved.demo import service
from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage

TUTORIAL = REPOSITORY / "docs" / "tutorial" / "first-day.md"
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(400)]


def words(response: object) -> str:
    """Return what a reader sees, on one line."""
    page = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)  # type: ignore[attr-defined]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def first(pattern: str, response: object) -> str:
    found = re.search(pattern, response.content.decode())  # type: ignore[attr-defined]
    assert found is not None, pattern
    return found[1]


def sign_in(email: str) -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": email, "password": service.password()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    return browser


def test_the_first_day_goes_as_the_tutorial_says(capsys: pytest.CaptureFixture[str]) -> None:
    counts = service.load_sample(now=clock.now())
    assert counts.created > 3000
    call_command("demo", "sign-in")
    shown = capsys.readouterr().out
    named = set(re.findall(r"`(\w+@[\w.]+example)`", TUTORIAL.read_text(encoding="utf-8")))
    assert named == {"amara@larkfield.example", "ben@larkfield.example", "joanna@customer.example"}
    assert [email for email in named if email not in shown] == []

    # The manager's morning.
    amara = sign_in("amara@larkfield.example")
    today = words(amara.get("/"))
    assert "nothing here is real" in today
    assert re.search(r"We are (not )?keeping (some of )?our promises", today)
    assert "Needs you now" in today
    assert "Are we keeping our promises?" in today
    queue = first(r'<option value="(\d+)"[^>]*>Customer care', amara.get("/inbox?view=unassigned"))
    orphans = amara.get(f"/inbox?view=unassigned&queue={queue}")
    chosen = first(r'name="selected" value="([^"]+)"', orphans)
    ben_id = first(r'<option value="(\d+)"[^>]*>Ben Dahl', orphans)
    done = amara.post("/inbox/bulk", {"selected": chosen, "assignee": ben_id}, follow=True)
    assert "1 ticket changed." in words(done)
    ours = Ticket.objects.get(pk=int(chosen.partition(":")[0]))
    assert ours.assignee_id == int(ben_id)
    page = amara.get(f"/c/{ours.number}")
    clock_page = amara.get(first(r'href="(/c/\d+/clock/[^"]+)"', page))
    assert "counted or skipped, and why" in words(clock_page)

    # A stricter promise is only tried.
    standard = PolicyVersion.objects.select_related("policy").filter(policy__name="Deliveries").latest("number")
    address = f"/standards/policies/{standard.policy_id}"
    edit = amara.get(address)
    preview = amara.post(
        address,
        {
            "name": "Deliveries",
            "agreement": "sla",
            "version": first(r'name="version" value="(\d+)"', edit),
            "t0_metric": "first_reply",
            "t0_within": "2 h",
            "calendar": standard.targets[0]["calendar"],
            "intent": "preview",
        },
    )
    assert "What it would have meant" in words(preview)
    assert PolicyVersion.objects.filter(policy=standard.policy_id).latest("number") == standard

    # The agent's morning.
    ben = sign_in("ben@larkfield.example")
    mine = ben.get("/inbox?view=my_open")
    assert ours.subject in words(mine)
    version = first(r'name="version" value="(\d+)"', ben.get(f"/c/{ours.number}"))
    sent = ben.post(
        f"/c/{ours.number}/write",
        {"mode": "reply", "body": "It is on its way to you.", "then": "resolve", "version": version},
        follow=True,
    )
    assert "Reply sent, ticket resolved." in words(sent)
    assert OutboxMessage.objects.get().body.startswith("It is on its way to you.")

    # The customer's turn.
    joanna = sign_in("joanna@customer.example")
    assert "Your questions" in words(joanna.get("/help/mine"))
    asked = joanna.post("/help/mine/ask", {"subject": "Does the rug shed?", "body": "A little?"}, follow=True)
    assert asked.status_code == 200
    newest = words(amara.get("/inbox?view=all_open&sort=newest"))
    assert "Does the rug shed?" in newest

    # The evening, and goodbye.
    assert "Ben Dahl" in words(amara.get("/history"))
    call_command("ledger", "seal")
    assert "nothing was altered" in words(amara.post("/history/verify"))
    capsys.readouterr()
    call_command("ledger", "verify")
    assert "Nothing was altered." in capsys.readouterr().out
    amara.post("/world", {"world": "real"})
    assert "Nothing has happened here yet" in words(amara.get("/"))
    call_command("demo", "remove")
    assert re.search(r"Removed the sample service with its [\d,]+ tickets\.", capsys.readouterr().out)
    assert Ticket.objects.count() == 0
