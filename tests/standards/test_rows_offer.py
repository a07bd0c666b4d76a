"""Criteria kept by segments, expectations, the offer and the vision, acted on the sample through its screens."""

import datetime as dt
import re

import pytest
from django.test import Client

from wellserved.apps.accounts.models import User
from wellserved.apps.desk.models import Customer
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards.models import Expectation, Segment, Service, Standard
from wellserved.platform import clock
from wellserved.platform.origin import Origin

pytestmark = pytest.mark.django_db
DAYS = 30


NEW = {"kind": "question", "channel": "phone", "impact": "medium", "urgency": "medium"}


@pytest.fixture(autouse=True)
def _sample(sample_of_today: dt.datetime, db: None) -> None:
    """Stand in the sample as it is today."""


def browser(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(name=name))
    return client


@pytest.fixture
def manager() -> Client:
    return browser("Amara Okafor")


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def line(page: str, name: str) -> str:
    """Return the words of a table's row, without its markup."""
    row = page[page.index(f">{name}</a>") :]
    return " ".join(re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split())


def in_days(days: int) -> str:
    return (clock.now().date() + dt.timedelta(days=days)).isoformat()


def expectation(title: str, segment: Segment) -> dict[str, object]:
    return {
        "title": title,
        "segment_id": segment.pk,
        "basis": "stated",
        "nature": "real",
        "importance": 5,
        "source": "interview",
        "source_note": "Talks with three of them",
        "source_on": in_days(-20),
        "credibility": 3,
        "review_on": in_days(90),
    }


def rewrite(manager: Client, title: str, **changed: object) -> None:
    """Write an expectation anew through its form, all else as it stands."""
    row = Expectation.objects.get(title=title)
    names = ("title", "segment_id", "detail", "basis", "nature", "importance", "source", "source_note", "source_on")
    given: dict[str, object] = {name: getattr(row, name) for name in (*names, "credibility", "review_on", "version")}
    given |= {"tags": row.signals.get("tags", []), "words": ", ".join(row.signals.get("words", ()))}
    assert manager.post(f"/expectations/{row.pk}/edit", given | changed).status_code == 302


def offered(meets: int, **more: object) -> dict[str, object]:
    return {
        "name": "Evening desk",
        "kind": "service",
        "effective_on": in_days(1),
        "roles": ["agent"],
        "line0_kind": "offer",
        "line0_text": "An adviser until ten",
        "line0_meets": [meets],
        **more,
    }


def test_F17_B3_a_segment_shows_what_is_said_beside_what_tickets_and_complaints_say(manager: Client) -> None:
    segment = Segment.objects.get(name="Household customers")
    row = line(html(manager, f"/expectations/segments/{segment.pk}"), "I know where my parcel is without asking")
    assert re.search(r"Derived · Real .* \d\. Middling [\d.]+ % of [\d,]+ \d+ % to \d+ %, place 1\b", row)
    assert "matters more than they say" in row
    rewrite(manager, "I know where my parcel is without asking", tags=[], words="")
    silent = line(html(manager, f"/expectations/segments/{segment.pk}"), "I know where my parcel is without asking")
    assert "matters more than they say" not in silent


def perceived(page: str) -> int:
    """Return how many expectations the card on a page calls perceived."""
    found = re.search(r"and (\d+) are perceived needs", page)
    assert found, page
    return int(found[1])


def test_F11_Bc_needs_are_kept_apart_as_real_and_perceived(manager: Client) -> None:
    segment = Segment.objects.get(name="Household customers")
    page = html(manager, f"/expectations/segments/{segment.pk}")
    assert "Observed · Perceived" in line(page, "Somebody senior looks at a complaint")
    assert "Stated · Real" in line(page, "My money is back within a week")
    believed = perceived(page)
    rewrite(manager, "Somebody senior looks at a complaint", nature="real")
    elsewhere = html(manager, f"/expectations/segments/{Segment.objects.get(name='Business customers').pk}")
    assert perceived(elsewhere) == believed - 1


def test_U34_A1_3h_what_is_stated_stands_beside_what_is_derived(manager: Client) -> None:
    segment = Segment.objects.get(name="Household customers")
    row = line(html(manager, f"/expectations/segments/{segment.pk}"), "A person answers me the same day")
    assert "1. Decisive" in row
    assert "matters more" not in row
    parcels = "I know where my parcel is without asking"
    assert f"“{parcels}” matters more in their tickets than they say." in html(
        manager, f"/expectations/segments/{segment.pk}"
    )
    rewrite(manager, parcels, importance=5)
    rewrite(manager, "What arrives is whole, or replaced at once", importance=2)
    assert f"“{parcels}” matters more" not in html(manager, f"/expectations/segments/{segment.pk}")


def test_F17_C1_customers_are_found_by_segment_with_what_they_expect(manager: Client) -> None:
    inside = Segment.objects.get(name="Shops and warehouse")
    page = html(manager, f"/customers?segment={inside.pk}")
    assert [name for name in ("London shop floor", "Joanna Reyes") if f">{name}</a>" in page] == ["London shop floor"]
    assert "We are told what was done for our customer" in page
    customer = Customer.objects.get(name="London shop floor")
    assert "We are told what was done for our customer" in html(manager, f"/customers/{customer.pk}")
    inside.is_active = False
    inside.save(update_fields=["is_active"])
    assert ">Joanna Reyes</a>" in html(manager, f"/customers?segment={inside.pk}&q=Joanna")


def test_F11_K14_a_segment_is_written_from_a_template_and_finds_its_customers(manager: Client) -> None:
    made = manager.post(
        "/expectations/segments/new?from=business", {"name": "Trade", "who": "organisation", "starters": [0, 1]}
    )
    segment = Segment.objects.get(name="Trade")
    assert (made.status_code, made.headers["Location"]) == (302, f"/expectations/segments/{segment.pk}")
    assert [row.title for row in segment.expectations.order_by("pk")] == [
        "One person knows us and answers for us",
        "Dates we are given can be planned with",
    ]
    found = Customer.objects.filter(origin=Origin.SAMPLE, organisation__isnull=False, is_internal=False).count()
    assert f"{found:,} customers belong to it now" in html(manager, f"/expectations/segments/{segment.pk}")


def test_U34_2_1_an_expectation_nobody_serves_is_a_gap_until_a_line_meets_it(manager: Client) -> None:
    gap = Expectation.objects.get(title="One person knows us")
    assert "Nobody serves this yet" in line(html(manager, "/offer?view=coverage"), gap.title)
    before = html(manager, "/offer")
    bare = manager.post("/offer/new", offered(gap.pk, line0_meets=[]))
    assert (bare.status_code, "meets no expectation yet" in bare.content.decode()) == (422, True)
    assert not Service.objects.filter(name="Evening desk").exists()
    assert manager.post("/offer/new", offered(gap.pk)).status_code == 302
    assert "Served, but nothing promised" in line(html(manager, "/offer?view=coverage"), gap.title)
    assert before != html(manager, "/offer")


def test_U34_A1_3f_the_matrix_leads_from_the_customer_to_the_promise(manager: Client) -> None:
    page = html(manager, "/offer?view=coverage")
    assert line(page, "A person answers me the same day").endswith("Customer desk First reply Served and promised")
    Standard.objects.filter(name="First reply").update(state="retired")
    after = html(manager, "/offer?view=coverage")
    assert line(after, "A person answers me the same day").endswith("Served, but nothing promised")


def ranked(manager: Client, segment: Segment, title: str) -> tuple[int, int, str]:
    """Return the bounds of the share of tickets that tell of an expectation, in per cent, and its places."""
    row = line(html(manager, f"/expectations/segments/{segment.pk}"), title)
    found = re.search(r"(\d+) % to (\d+) %, place (\d+(?: to \d+)?)", row)
    assert found, row
    return int(found[1]), int(found[2]), found[3]


def test_POC_P1_expectations_are_ranked_by_segment_with_intervals_and_new_tickets_move_them(manager: Client) -> None:
    """Ranks by a survey await part 4; these are by what the tickets of the segment tell."""
    households = Segment.objects.get(name="Household customers")
    parcels, advice = "I know where my parcel is without asking", "Advice before I choose"
    before, behind = ranked(manager, households, parcels), ranked(manager, households, advice)
    assert before[0] > behind[1]
    assert before[2] == "1"
    agent = browser("Ben Dahl")
    for at in range(40):
        asked = {"subject": "Advice wanted", "body": "Which?", "customer_email": f"new-{at}@mail.example"}
        number = re.findall(r"\d+", agent.post("/inbox/new", asked | NEW).headers["Location"])[-1]
        assert agent.post(f"/c/{number}/tags", {"add": "advice"}).status_code == 302
    after = ranked(manager, households, advice)
    assert (after[0] > behind[0], after[1] > behind[1]) == (True, True)
    assert ranked(manager, households, parcels)[1] < before[1]


def test_POC_P2_a_withdrawn_service_opens_the_gaps_it_closed(manager: Client) -> None:
    row = Service.objects.get(name="Thirty-day returns")
    assert manager.post(f"/offer/{row.pk}/withdraw", {"reason": "Too dear", "version": row.version}).status_code == 302
    page = html(manager, "/offer?view=coverage")
    assert "Nobody serves this yet" in line(page, "My money is back within a week")


def test_U34_3_2_a_change_of_hours_reaches_the_today_of_those_it_names(manager: Client) -> None:
    """Its event is announced, for whoever drafts a briefing of it."""
    row = Service.objects.get(name="Delivery to the door")
    agent = browser("Ben Dahl")
    reason, told = (
        "The depots close at eight.",
        "The offer changed: Delivery to the door, Customer desk, Thirty-day returns.",
    )
    assert told not in html(agent, "/")
    lines = row.versions.get(number=row.number).content["lines"]
    body: dict[str, object] = {
        "name": row.name,
        "kind": row.kind,
        "summary": row.summary,
        "effective_on": in_days(2),
        "roles": ["agent"],
        "version": row.version,
    }
    for at, each in enumerate(lines):
        body |= {
            f"line{at}_kind": each["kind"],
            f"line{at}_text": each["text"],
            f"line{at}_meets": each["expectations"],
        }
    unsaid = manager.post(f"/offer/{row.pk}/edit", body)
    assert (unsaid.status_code, "Say why the offer changes" in unsaid.content.decode()) == (422, True)
    assert manager.post(f"/offer/{row.pk}/edit", body | {"reason": reason}).status_code == 302
    assert Entry.objects.filter(event="standards.offer_changed", subject_id=row.pk).count() == 2
    assert told in html(agent, "/")
    assert told not in html(browser("Lena Fischer"), "/")
    page = html(agent, f"/offer/{row.pk}")
    assert reason in page
    assert "<del>Round the clock</del> <ins>\N{EN DASH}</ins>" in page
    said = {"kind": "standards.service", "record": row.pk, "number": 2, "next": "/"}
    assert agent.post("/acknowledge", said).headers["Location"] == "/"
    assert told not in html(agent, "/")


def test_F11_K15_a_vision_said_anew_is_unread_until_somebody_reads_it(manager: Client) -> None:
    agent = browser("Ben Dahl")
    words = {"text": "Home is where it is put right.", "reason": "Shorter.", "version": 2}
    assert manager.post("/vision/edit", words).status_code == 302
    assert "The vision has been written anew." in html(agent, "/")
    assert "0 of 16 colleagues" in html(manager, "/vision")
    page = html(agent, "/vision")
    record = re.search(r'name="record" value="(\d+)"', page)
    assert record
    agent.post("/acknowledge", {"kind": "standards.vision", "record": record[1], "number": 3})
    assert "The vision has been written anew." not in html(agent, "/")
    assert "1 of 16 colleagues" in html(manager, "/vision")


def test_F11_Bh_colleagues_answer_to_the_vision(manager: Client) -> None:
    """The score of commitment is asked by the pulse."""
    agent = browser("Ben Dahl")
    page = html(agent, "/vision")
    action = re.search(r'action="(/[^"]*standards\.vision[^"]*)"', page)
    assert action
    assert agent.post(action[1], {"body": "This is why I came here."}).status_code == 302
    assert "This is why I came here." in html(manager, "/vision")


def test_F11_K13_the_catalogue_is_searched(manager: Client) -> None:
    page = html(manager, "/offer?q=slot")
    assert [name for name in ("Delivery to the door", "Customer desk") if f">{name}</a>" in page] == [
        "Delivery to the door"
    ]
    gap = Expectation.objects.get(title="One person knows us")
    agent = browser("Ben Dahl")
    assert ">Evening desk</a>" not in html(agent, "/offer?q=until ten")
    assert manager.post("/offer/new", offered(gap.pk, name="Evening desk until ten")).status_code == 302
    assert ">Evening desk until ten</a>" in html(agent, "/offer?q=until ten")
    assert ">Evening desk until ten</a>" not in html(agent, "/offer?q=slot")


def test_F11_K16_each_service_falls_into_a_quadrant_of_its_own_figures(manager: Client) -> None:
    found = {line(html(manager, "/offer"), name) for name in ("Delivery to the door", "Thirty-day returns")}
    known = ("Keep it up", "Mend this first", "Low priority", "Perhaps more than they need")
    assert sum(any(word in row for word in known) for row in found) == 2
    Expectation.objects.update(signals={})
    silent = line(html(manager, "/offer"), "Delivery to the door")
    assert [word for word in known if word in silent] == []


def test_F17_K1_the_card_links_the_managers_own_standard_and_keeps_her_word(manager: Client) -> None:
    page = html(manager, "/standards/new")
    assert "From expectation to standard" in page
    assert re.search(r'<a href="/standards/\d+">Open ', page)
    assert manager.post("/learning/standards-from-expectations/understood").status_code == 302
    assert "understood" in html(manager, "/standards/new")
    Standard.objects.update(state="retired")
    assert "No standard is in force here yet" in html(manager, "/standards/new")
