"""The steps from a certificate that ran out to the skill that comes back, each by what somebody presses."""

import datetime as dt
import zoneinfo
from typing import Any

from tests.e2e.planning import press, sees
from tests.e2e.understanding import go_to

COURSE = "Refunds, start to end"
SUBJECT = "Money back for a torn rug"
BEGINS_IN = dt.timedelta(seconds=12)
# In which she reads and writes times, as everybody does who chose no other.
ZONE = zoneinfo.ZoneInfo("Europe/London")


def let_the_certificate_run_out(leader: Any, *, today: dt.date) -> None:
    """His paper ended yesterday; whoever leads him says so where skills are kept."""
    go_to(leader, "/people", "Skills", "Refunds")
    form = leader.locator("#set-a-level")
    form.get_by_label("Colleague").select_option(label="Ben Okafor")
    form.get_by_label("Level").select_option("3")
    form.get_by_label("Valid until").fill((today - dt.timedelta(days=1)).isoformat())
    form.get_by_label("Evidence").fill("Certificate of the card scheme, seen")
    form.get_by_label("Reason").fill("It ended yesterday")
    press(leader, "Keep the level")


def be_refused(agent: Any) -> None:
    """He cannot take a ticket of the queue any more, and is told who may."""
    go_to(agent, "/inbox", "Unassigned", SUBJECT, "Take it")
    sees(agent, "Refunds at level 3")
    sees(agent, "Nadia Holt")


def see_the_gap(leader: Any) -> None:
    """Today says that cover is short, and leads to the page that says by whom."""
    go_to(leader, "/")
    sees(leader, "Cover is short in Care.")
    leader.locator("#today li", has_text="Cover is short").get_by_role("link").click()
    sees(leader, "1 of 2")


def offer_the_course(leader: Any, *, now: dt.datetime) -> dt.datetime:
    """The course is opened for booking; return when it begins."""
    begins = (now + BEGINS_IN).replace(microsecond=0).astimezone(ZONE)
    go_to(leader, "/people", "Development", "Training", "Offer a course on a day")
    leader.get_by_label("Begins", exact=True).fill(f"{begins:%Y-%m-%dT%H:%M:%S}")
    leader.get_by_label("Ends", exact=True).fill(f"{begins + dt.timedelta(hours=2):%Y-%m-%dT%H:%M:%S}")
    leader.get_by_label("Where", exact=True).fill("Room 2")
    press(leader, "Open it for booking")
    sees(leader, "8 of 8 seats are free")
    return begins


def book_a_seat(agent: Any) -> None:
    """He takes a seat himself."""
    agent.goto(agent.url.partition("/c/")[0].partition("/inbox")[0] + "/development")
    press(agent, "Training")
    press(agent, COURSE)
    press(agent, "Book my seat")
    sees(agent, "The seat is kept")


def hold_the_course(leader: Any) -> None:
    """It has begun: the leader says who was there and who can do it now; a score alone gives nothing."""
    leader.reload()
    sees(leader, "It has begun: write down who was there.")
    leader.get_by_label("Points before").fill("55")
    leader.get_by_label("Points after").fill("90")
    leader.get_by_label("can do it now").check()
    press(leader, "Keep who was there")
    sees(leader, "1 colleague came")


def say_how_it_was(agent: Any) -> None:
    """Whoever was there is asked what it was worth."""
    agent.reload()
    press(agent, "Say how it was")
    agent.get_by_label("What should be different?").fill("More cases from our own desk")
    press(agent, "Send")
    sees(agent, "your marks count with those of the others")


def see_it_evaluated(leader: Any) -> None:
    """Four looks say what it was worth, as far as can be said."""
    leader.reload()
    sees(leader, "What came of it")
    sees(leader, "Too early")


def be_given_tickets_again(agent: Any, leader: Any) -> None:
    """The skill is back: he takes the ticket, and cover is whole."""
    go_to(agent, "/inbox", "Unassigned", SUBJECT, "Take it")
    sees(agent, "Assigned.")
    go_to(leader, "/people", "Skills", "Refunds")
    sees(leader, "Refunds, start to end, ")
    go_to(leader, "/")
    assert "Cover is short" not in leader.inner_text("main")
