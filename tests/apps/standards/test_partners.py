"""Service partners: the record, interests that keep people out, and the review under seven headings."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.queries import keeping
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards.actions import commitments, partners
from wellserved.apps.standards.models import PartnerReview, Standard
from wellserved.apps.standards.queries import partners as queries
from wellserved.apps.standards.types.partners import HEADINGS
from wellserved.platform.errors import Conflict, Invalid, Refused

FINDINGS = dict.fromkeys(HEADINGS, "As agreed.")
NEXT = NOW.date() + dt.timedelta(days=180)
ALWAYS_OPEN = {"tz": "Europe/London", "hours": {str(day): [["00:00", "24:00"]] for day in range(7)}, "holidays": []}


@pytest.fixture
def courier(amira: Persona) -> int:
    return partners.save_partner(actor=amira.actor, partner_id=None, name="Swiftline", known_as="courier", now=NOW)


def agreement(who: Persona, partner_id: int) -> int:
    calendar = clocks.save_calendar(actor=who.actor, calendar_id=None, name="Always", spec=ALWAYS_OPEN, now=NOW)
    answers = {
        "name": "Courier answers",
        "expectation": "We wait for them.",
        "promise": "They answer within 24 hours.",
        "measure": "supplier",
        "source": "desk",
        "target": 0.9,
        "seconds": 86_400,
        "calendar": calendar.calendar_id,
        "audience": "partners",
        "partner_id": partner_id,
        "agreed_with": "The depot manager",
        "frequency": "month",
        "effective_on": NOW.date(),
        "owner_id": who.user.pk,
        "review_on": NEXT,
    }
    return commitments.save_draft(actor=who.actor, standard_id=None, answers=answers, now=NOW).pk


def hand_over(who: Persona, *, hours: int) -> None:
    """Open a ticket, hand it to the courier, and get it back after so many hours."""
    opened = desk.open_ticket(
        actor=who.actor, subject="Parcel", body="Where?", customer_email="dev@mail.test", now=NOW
    ).ticket_id
    moved = NOW + dt.timedelta(minutes=5)
    desk.move(actor=who.actor, ticket_id=opened, move="wait_supplier", reason="Courier", now=moved)
    desk.move(actor=who.actor, ticket_id=opened, move="open", now=moved + dt.timedelta(hours=hours))


def test_the_partners_clock_runs_while_an_ticket_waits_for_it_and_makes_the_scorecard(amira: Persona, courier: int):
    desk.save_queue(actor=amira.actor, name="Care", team_id=None, is_default=True, now=NOW)
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=False, now=NOW)
    pk = agreement(amira, courier)
    commitments.agree(actor=amira.actor, standard_id=pk, now=NOW)
    commitments.put_live(actor=amira.actor, standard_id=pk, now=NOW)
    hand_over(amira, hours=3)
    hand_over(amira, hours=30)
    past = keeping.handed_over(actor=amira.actor, now=NOW + dt.timedelta(days=3))
    assert {word: (each.kept, each.total) for word, each in past.items()} == {"courier": (1, 2)}


def test_nothing_is_agreed_with_a_partner_before_somebody_has_declared(amira: Persona, courier: int):
    pk = agreement(amira, courier)
    with pytest.raises(Invalid, match="Nobody has declared yet"):
        commitments.agree(actor=amira.actor, standard_id=pk, now=NOW)
    assert Standard.objects.get().state == "draft"


def test_whoever_has_an_interest_neither_agrees_nor_reviews_and_a_colleague_does(
    amira: Persona, ada: Persona, courier: int
):
    pk = agreement(amira, courier)
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=True, words="Shares.", now=NOW)
    with pytest.raises(Refused, match="You have declared an interest in Swiftline"):
        commitments.agree(actor=amira.actor, standard_id=pk, now=NOW)
    with pytest.raises(Refused):
        partners.review_partner(actor=amira.actor, partner_id=courier, findings=FINDINGS, next_on=NEXT, now=NOW)
    commitments.agree(actor=ada.actor, standard_id=pk, now=NOW)
    assert (Standard.objects.get().state, PartnerReview.objects.count()) == ("agreed", 0)


def test_an_interest_that_ended_is_declared_away(amira: Persona, courier: int):
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=True, words="Shares.", now=NOW)
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=False, now=NOW + dt.timedelta(days=1))
    row = queries.partner(actor=amira.actor, partner_id=courier, now=NOW).row
    assert (row.has_declaration, row.has_interest) == (True, False)


@pytest.mark.parametrize("missing", list(HEADINGS))
def test_a_review_without_one_of_the_seven_headings_is_refused_by_name(amira: Persona, courier: int, missing: str):
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=False, now=NOW)
    with pytest.raises(Invalid, match=HEADINGS[missing]) as refused:
        partners.review_partner(
            actor=amira.actor, partner_id=courier, findings=FINDINGS | {missing: " "}, next_on=NEXT, now=NOW
        )
    assert (refused.value.code, refused.value.data["missing"]) == ("review_incomplete", [missing])
    assert PartnerReview.objects.count() == 0


def test_a_whole_review_is_kept_and_sets_the_next(amira: Persona, courier: int):
    partners.declare(actor=amira.actor, partner_id=courier, has_interest=False, now=NOW)
    partners.review_partner(actor=amira.actor, partner_id=courier, findings=FINDINGS, next_on=NEXT, now=NOW)
    found = queries.partner(actor=amira.actor, partner_id=courier, now=NOW)
    assert (len(found.reviews[0].findings), found.row.review_on) == (7, NEXT)
    assert queries.reviews_due(actor=amira.actor, now=NOW + dt.timedelta(days=181)) == ("Swiftline",)


def test_two_partners_of_one_name_and_a_stale_page_are_refused(amira: Persona, courier: int):
    with pytest.raises(Conflict, match="a partner called Swiftline already"):
        partners.save_partner(actor=amira.actor, partner_id=None, name="Swiftline", now=NOW)
    partners.save_partner(actor=amira.actor, partner_id=courier, name="Swiftline Ltd", version=1, now=NOW)
    with pytest.raises(Conflict, match="Somebody saved version 2"):
        partners.save_partner(actor=amira.actor, partner_id=courier, name="Swift", version=1, now=NOW)


def test_a_team_leader_reads_partners_and_declares_but_does_not_change_them(lena: Persona, courier: int):
    with pytest.raises(Refused):
        partners.save_partner(actor=lena.actor, partner_id=courier, name="Mine", now=NOW)
    partners.declare(actor=lena.actor, partner_id=courier, has_interest=False, now=NOW)
    assert queries.partner(actor=lena.actor, partner_id=courier, now=NOW).declarations[0].user == "Lena Fischer"
