"""A complaint runs under the rules it began with: its clocks, its letters, its people."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from tests.personas import Persona, make_team, make_user
from tests.shared_data import shared
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.apps.accounts.types import Role
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.models import Complaint, ComplaintAlert, ComplaintLetter, Message, Queue, Ticket
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.desk.types.complaints import ComplaintDetail, ComplaintFilters, StatutoryClock
from wellserved.apps.people import actions as people
from wellserved.apps.standards.actions import law
from wellserved.apps.standards.models import RulePackVersion
from wellserved.apps.standards.types.law import PackInForce
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage

HOUSE = system_actor()


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T10:00:00+00:00")


def load(file: str, *, on: str = "2026-01-05") -> int:
    """Return the id of the pack a bundled file belongs to."""
    version = law.load_offered(actor=HOUSE, file=file, now=at(on))
    return RulePackVersion.objects.get(pk=version).pack_id


def open_issue(day: str, *, language: str = "", assignee: int | None = None) -> int:
    now = at(day)
    customer = desk.save_customer(actor=HOUSE, name="Rosa Lind", email="rosa@mail.test", language=language, now=now)
    queue = Queue.objects.get_or_create(name="Care", defaults={"team": make_team("Team A"), "is_default": True})[0].pk
    opened = desk.open_ticket(
        actor=HOUSE, subject="Charged twice", body="You took it twice.", customer_id=customer, queue_id=queue, now=now
    )
    if assignee:
        desk.assign(actor=HOUSE, ticket_id=opened.ticket_id, assignee_id=assignee, now=now)
    return opened.ticket_id


def complain(day: str, file: str = "uk-fca-disp.toml", **given: object) -> int:
    pack = load(file)
    return actions.open_complaint(actor=HOUSE, ticket_id=open_issue(day), pack_id=pack, now=at(day), **given)


def detail(complaint_id: int, on: str) -> ComplaintDetail:
    return queries.complaint(actor=HOUSE, complaint_id=complaint_id, now=at(on))


def clock(complaint_id: int, key: str, on: str) -> StatutoryClock:
    return next(clock for clock in detail(complaint_id, on).clocks if clock.key == key)


def send(complaint_id: int, key: str, on: str, **given: object) -> int:
    draft = queries.letter_draft(actor=HOUSE, complaint_id=complaint_id, key=key, now=at(on))
    body = re.sub(r"\[\[.*?\]\]", "of what our records say", draft.body)
    return actions.send_letter(
        actor=HOUSE, complaint_id=complaint_id, key=key, body=body, ticks={}, now=at(on), **given
    )


def decide(complaint_id: int, on: str) -> int:
    return actions.decide(
        actor=HOUSE, complaint_id=complaint_id, outcome="upheld", cause="system", answer="the till failed", now=at(on)
    )


def day_of(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=dt.UTC).date()


def vectors(pattern: str) -> list[tuple[dt.date, ...]]:
    day = r"(\w{3} \d{2} \w{3} \d{4})"
    text = shared("data/golden/date_vectors.txt").read_text()
    return [tuple(map(day_of, found)) for found in re.findall(pattern.replace("DAY", day), text)]


def due_dates(file: str, received: dt.date) -> dict[str, dt.date | None]:
    complaint_id = complain(received.isoformat(), file)
    shown = detail(complaint_id, received.isoformat()).clocks
    return {clock.key: clock.due_on for clock in shown}


@pytest.mark.django_db
def test_subject_access_requests_are_due_on_the_listed_days() -> None:
    listed = vectors(r"received DAY -> due DAY \| extended DAY")
    assert len(listed) == 6
    found = []
    for received, *_ in listed:
        complaint_id = complain(received.isoformat(), "uk-sar.toml")
        due = clock(complaint_id, "response", received.isoformat()).due_on
        send(complaint_id, "extension", received.isoformat(), reason="Three archives are searched")
        found.append((received, due, clock(complaint_id, "extended", received.isoformat()).due_on))
    assert found == listed


@pytest.mark.django_db
def test_data_protection_complaints_are_due_on_the_listed_days() -> None:
    listed = vectors(r"received DAY -> ICO DAY \| strict DAY")
    assert len(listed) == 2
    for received, regulator, strict in listed:
        assert due_dates("uk-duaa-complaint.toml", received) == {
            "acknowledge": regulator,
            "acknowledge_strict": strict,
        }


@pytest.mark.django_db
def test_financial_complaints_are_due_on_the_listed_days() -> None:
    listed = vectors(r"received DAY -> SRC DAY \| 8 weeks DAY \| 15 bd DAY \| 35 bd DAY")
    assert len(listed) == 3
    for received, early, weeks, fifteen, thirty_five in listed:
        assert due_dates("uk-fca-disp.toml", received) == {"summary_resolution": early, "final": weeks}
        payment = complain(received.isoformat(), "uk-fca-payments.toml")
        assert clock(payment, "final", received.isoformat()).due_on == fifteen
        send(payment, "holding", received.isoformat(), reason="The other bank has not answered")
        assert clock(payment, "final_extended", received.isoformat()).due_on == thirty_five


@pytest.mark.django_db
def test_the_letter_on_dispute_resolution_is_due_on_the_listed_day() -> None:
    (listed,) = vectors(r"received DAY -> DAY\n")
    load("uk-ofcom-2026-04.toml")
    assert due_dates("uk-ofcom-2026-04.toml", listed[0]) == {"adr": listed[1]}


@pytest.mark.django_db
def test_erasure_requests_are_due_on_the_days_listed_for_access() -> None:
    listed = vectors(r"received DAY -> due DAY \| extended DAY")
    for received, due, extended in listed:
        complaint_id = complain(received.isoformat(), "uk-erasure.toml")
        assert clock(complaint_id, "response", received.isoformat()).due_on == due
        send(complaint_id, "extension", received.isoformat(), reason="Three archives are searched")
        assert clock(complaint_id, "extended", received.isoformat()).due_on == extended


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "received", "due"),
    [
        # Christmas falls between; Scotland keeps the second of January, and neither Easter Monday nor Boxing Day moved.
        ("uk-ofgem.toml", "2026-12-24", {"first_day": dt.date(2026, 12, 29), "deadlock": dt.date(2027, 2, 18)}),
        ("uk-ofcom-before-2026-04.toml", "2026-04-07", {"adr": dt.date(2026, 6, 2)}),
        ("iso-10002.toml", "2026-12-18", {"acknowledge": dt.date(2026, 12, 29), "answer": dt.date(2027, 1, 20)}),
        (
            "uk-public-5-3-20.toml",
            "2026-12-18",
            {"frontline": dt.date(2026, 12, 29), "acknowledge": dt.date(2026, 12, 23), "answer": dt.date(2027, 1, 21)},
        ),
    ],
)
def test_the_packs_without_listed_vectors_count_in_their_own_days(
    file: str, received: str, due: dict[str, dt.date]
) -> None:
    assert due_dates(file, dt.date.fromisoformat(received)) == due


@pytest.mark.django_db
def test_a_complaint_keeps_the_version_it_began_under_when_the_law_changes() -> None:
    pack = load("uk-ofcom-before-2026-04.toml")
    old = actions.open_complaint(actor=HOUSE, ticket_id=open_issue("2026-04-07"), pack_id=pack, now=at("2026-04-07"))
    before = Complaint.objects.get(pk=old)
    assert load("uk-ofcom-2026-04.toml") == pack
    new = actions.open_complaint(actor=HOUSE, ticket_id=open_issue("2026-04-08"), pack_id=pack, now=at("2026-04-08"))
    send(old, "update", "2026-04-09")
    assert (detail(old, "2026-04-09").row.next_due_on, detail(new, "2026-04-09").row.next_due_on) == (
        dt.date(2026, 6, 2),
        dt.date(2026, 5, 20),
    )
    assert Complaint.objects.get(pk=old).pack_id == before.pack_id
    assert [detail(pk, "2026-04-09").pack.number for pk in (old, new)] == [1, 2]


@pytest.mark.django_db
def test_the_first_complaint_of_a_service_without_packs_begins_under_the_generic_procedure() -> None:
    complaint_id = actions.open_complaint(actor=HOUSE, ticket_id=open_issue("2026-03-02"), now=at("2026-03-02"))
    found = detail(complaint_id, "2026-03-02")
    assert (found.pack.rules.key, found.row.stage) == ("iso.10002", "acknowledgement")
    assert Ticket.objects.get().kind == "complaint"
    assert [(stage.stage, stage.left_at is None) for stage in found.stages] == [
        ("receipt", False),
        ("acknowledgement", True),
    ]


@pytest.mark.django_db
def test_an_issue_is_a_complaint_once() -> None:
    complain("2026-03-02")
    ticket = Ticket.objects.get()
    with pytest.raises(Conflict, match="a complaint already"):
        actions.open_complaint(actor=HOUSE, ticket_id=ticket.pk, now=at("2026-03-02"))
    assert Complaint.objects.count() == 1


@pytest.mark.django_db
def test_a_letter_that_lacks_an_element_does_not_leave_and_says_which() -> None:
    complaint_id = complain("2026-03-02")
    decide_after_acknowledgement(complaint_id)
    draft = queries.letter_draft(actor=HOUSE, complaint_id=complaint_id, key="final", now=at("2026-03-04"))
    body = draft.body.replace("six months", "some time").replace("[[remedy]]", "we refund it")
    with pytest.raises(Invalid, match="it lacks The time limit to go there") as refusal:
        actions.send_letter(
            actor=HOUSE, complaint_id=complaint_id, key="final", body=body, ticks={}, now=at("2026-03-04")
        )
    assert refusal.value.data["missing"] == ["limit"]
    assert Message.objects.filter(kind="reply").count() == 1
    assert ComplaintLetter.objects.filter(key="final").count() == 0
    actions.send_letter(
        actor=HOUSE,
        complaint_id=complaint_id,
        key="final",
        body=body,
        ticks={"limit": "It stands in the leaflet"},
        now=at("2026-03-04"),
    )
    kept = ComplaintLetter.objects.get(key="final")
    assert (kept.body, kept.ticks) == (body, {"limit": "It stands in the leaflet"})
    assert clock(complaint_id, "final", "2026-03-04").state == "met"
    assert body in OutboxMessage.objects.latest("pk").body


def decide_after_acknowledgement(complaint_id: int) -> None:
    send(complaint_id, "acknowledgement", "2026-03-03")
    decide(complaint_id, "2026-03-03")


@pytest.mark.django_db
def test_the_final_letter_waits_for_the_decision() -> None:
    complaint_id = complain("2026-03-02")
    with pytest.raises(Conflict, match="Decide first whether the complaint is upheld"):
        send(complaint_id, "final", "2026-03-03")


@pytest.mark.django_db
def test_the_early_route_is_open_until_the_close_of_the_third_business_day() -> None:
    complaint_id = complain("2026-12-18")
    assert clock(complaint_id, "summary_resolution", "2026-12-23").state == "running"
    assert clock(complaint_id, "summary_resolution", "2026-12-24").state == "gone"
    with pytest.raises(Conflict, match="This route ended on Wed 23 Dec 2026"):
        send(complaint_id, "summary_resolution", "2026-12-24")
    send(complaint_id, "summary_resolution", "2026-12-23")
    found = detail(complaint_id, "2026-12-24")
    assert (found.row.stage, found.row.next_due_on) == ("response", None)


@pytest.mark.django_db
def test_an_extension_is_told_in_time_or_not_at_all() -> None:
    complaint_id = complain("2026-12-18", "uk-fca-payments.toml")
    with pytest.raises(Conflict, match="the time ended on Wed 13 Jan 2027"):
        send(complaint_id, "holding", "2027-01-14", reason="The other bank has not answered")
    assert Complaint.objects.get(pk=complaint_id).extended == []
    send(complaint_id, "holding", "2027-01-13", reason="The other bank has not answered")
    found = detail(complaint_id, "2027-01-13")
    assert (found.extension_reason, found.row.next_due_on) == (
        "The other bank has not answered",
        dt.date(2027, 2, 10),
    )


@pytest.mark.django_db
def test_a_subject_access_request_waits_for_proof_of_identity_where_a_complaint_does_not() -> None:
    request = complain("2026-09-03", "uk-sar.toml")
    actions.begin_wait(actor=HOUSE, complaint_id=request, reason="identity", note="A passport", now=at("2026-09-05"))
    assert detail(request, "2026-09-06").row.next_due_on is None
    assert clock(request, "response", "2026-09-06").state == "waiting"
    actions.end_wait(actor=HOUSE, complaint_id=request, now=at("2026-09-15"))
    assert detail(request, "2026-09-15").row.next_due_on == dt.date(2026, 10, 15)
    other = complain("2026-09-03")
    with pytest.raises(Invalid, match="may wait for nothing"):
        actions.begin_wait(actor=HOUSE, complaint_id=other, reason="identity", note="A passport", now=at("2026-09-05"))


@pytest.mark.django_db
def test_the_law_is_warned_of_once_at_each_step_and_again_when_it_has_passed(lena: Persona, amira: Persona) -> None:
    ticket = open_issue("2026-12-18", assignee=lena.user.pk)
    pack = load("uk-fca-disp.toml")
    actions.open_complaint(actor=HOUSE, ticket_id=ticket, pack_id=pack, now=at("2026-12-18"))
    assert actions.fire_alerts(now=at("2027-01-28")) == 0
    assert [actions.fire_alerts(now=at("2027-01-29")) for _ in range(2)] == [1, 0]
    assert actions.fire_alerts(now=at("2027-02-13")) == 2
    assert [(alert.level, alert.told) for alert in ComplaintAlert.objects.order_by("level")] == [
        (1, [lena.user.pk]),
        (2, [lena.user.pk]),
        (3, [lena.user.pk, amira.user.pk]),
    ]
    assert ComplaintAlert.objects.get(level=3).due_at == dt.datetime(2027, 2, 13, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_reviewer_who_has_acted_on_the_issue_is_refused(lena: Persona, amira: Persona) -> None:
    ticket = open_issue("2026-03-02")
    desk.reply(actor=lena.actor, ticket_id=ticket, body="We look into it.", now=at("2026-03-02"))
    complaint_id = actions.open_complaint(actor=HOUSE, ticket_id=ticket, now=at("2026-03-02"))
    with pytest.raises(Refused, match="A reviewer is independent"):
        actions.assign_complaint(actor=HOUSE, complaint_id=complaint_id, reviewer_id=lena.user.pk, now=at("2026-03-03"))
    assert Complaint.objects.get().reviewer_id is None
    actions.assign_complaint(actor=HOUSE, complaint_id=complaint_id, reviewer_id=amira.user.pk, now=at("2026-03-03"))
    assert Complaint.objects.get().reviewer_id == amira.user.pk


@pytest.mark.django_db
def test_while_it_is_reviewed_only_the_reviewer_decides(lena: Persona, amira: Persona) -> None:
    complaint_id = complain("2026-03-02", "iso-10002.toml")
    decide_after_acknowledgement(complaint_id)
    send(complaint_id, "final", "2026-03-04")
    actions.assign_complaint(actor=HOUSE, complaint_id=complaint_id, reviewer_id=amira.user.pk, now=at("2026-03-05"))
    actions.advance(actor=HOUSE, complaint_id=complaint_id, to="review", note="She asked for it", now=at("2026-03-05"))
    given = {
        "complaint_id": complaint_id,
        "outcome": "partly",
        "cause": "people",
        "answer": "x",
        "now": at("2026-03-06"),
    }
    with pytest.raises(Refused, match="only the independent reviewer decides"):
        actions.decide(actor=lena.actor, **given)
    actions.decide(actor=amira.actor, **given)
    assert (Complaint.objects.get().outcome, Complaint.objects.get().stage) == ("partly", "response")


@pytest.mark.django_db
def test_money_is_put_right_within_the_limit_of_authority_and_counts_with_the_issue(ben: Persona) -> None:
    ticket = open_issue("2026-03-02", assignee=ben.user.pk)
    complaint_id = actions.open_complaint(actor=ben.actor, ticket_id=ticket, now=at("2026-03-02"))
    people.set_limit(
        actor=HOUSE,
        remedy="refund",
        amount=Decimal(50),
        period="ticket",
        role="agent",
        reason="Agreed",
        now=at("2026-03-02"),
    )
    given = {"actor": ben.actor, "complaint_id": complaint_id, "kind": "refund", "now": at("2026-03-03")}
    actions.grant_remedy(**given, amount=Decimal(30))
    with pytest.raises(Refused, match="over your limit"):
        actions.grant_remedy(**given, amount=Decimal("20.01"))
    assert Complaint.objects.get().cost == Decimal(30)


@pytest.mark.django_db
def test_a_complaint_about_a_colleague_is_kept_from_everybody_but_manager_handler_and_reviewer(
    amira: Persona, lena: Persona, ben: Persona, ada: Persona, anna: Persona
) -> None:
    ticket = open_issue("2026-03-02", assignee=ben.user.pk)
    complaint_id = actions.open_complaint(actor=amira.actor, ticket_id=ticket, is_restricted=True, now=at("2026-03-02"))
    now = at("2026-03-02")
    assert queries.complaint(actor=amira.actor, complaint_id=complaint_id, now=now).row.is_restricted
    for stranger in (lena, ben, ada, anna):
        with pytest.raises(NotFound):
            queries.complaint(actor=stranger.actor, complaint_id=complaint_id, now=now)
        with pytest.raises((NotFound, Refused)):
            desk.note(actor=stranger.actor, ticket_id=ticket, body="Who said so?", now=now)
    reviewer = make_user("Rita Vale", Role.TEAM_LEADER, team=make_team("Team B"))
    actions.assign_complaint(actor=amira.actor, complaint_id=complaint_id, reviewer_id=reviewer.pk, now=now)
    assert queries.complaint(actor=actor_for(user=reviewer), complaint_id=complaint_id, now=now).row.id == complaint_id


@pytest.mark.django_db
def test_an_arbitrators_decision_is_recorded_and_closes_the_complaint() -> None:
    complaint_id = complain("2026-03-02")
    given = {"actor": HOUSE, "complaint_id": complaint_id}
    with pytest.raises(Invalid, match="Name the mediator or arbitrator"):
        actions.open_outside(**given, kind="arbitration", body="Trade board", now=at("2026-03-10"))
    case = actions.open_outside(
        **given, kind="arbitration", body="Trade board", person="R. Stone", is_binding=True, now=at("2026-03-10")
    )
    assert Complaint.objects.get().stage == "outside"
    actions.close_outside(**given, case_id=case, decision="Refund of 40 GBP", now=at("2026-04-10"))
    assert (Complaint.objects.get().stage, detail(complaint_id, "2026-04-10").outside[0].decision) == (
        "closed",
        "Refund of 40 GBP",
    )


@pytest.mark.django_db
def test_a_mediation_ends_with_an_agreement_both_sides_signed() -> None:
    complaint_id = complain("2026-03-02")
    given = {"actor": HOUSE, "complaint_id": complaint_id}
    case = actions.open_outside(**given, kind="mediation", body="Local board", person="M. Hale", now=at("2026-03-10"))
    with pytest.raises(Invalid, match="the day both sides signed"):
        actions.close_outside(**given, case_id=case, decision="A new sofa", now=at("2026-03-20"))
    assert Complaint.objects.get().stage == "outside"
    actions.close_outside(
        **given, case_id=case, decision="A new sofa", signed_on=dt.date(2026, 3, 19), now=at("2026-03-20")
    )
    assert detail(complaint_id, "2026-03-20").outside[0].signed_on == dt.date(2026, 3, 19)


@pytest.mark.django_db
def test_a_complaint_is_closed_when_it_is_decided_and_answered_and_not_before() -> None:
    complaint_id = complain("2026-03-02", "iso-10002.toml")
    decide_after_acknowledgement(complaint_id)
    with pytest.raises(Conflict, match="Send the final response first"):
        actions.advance(actor=HOUSE, complaint_id=complaint_id, to="closed", now=at("2026-03-04"))
    send(complaint_id, "final", "2026-03-04")
    actions.advance(actor=HOUSE, complaint_id=complaint_id, to="closed", now=at("2026-03-04"))
    assert Complaint.objects.get().closed_at == at("2026-03-04")


@pytest.mark.django_db
def test_a_letter_is_written_in_the_customers_language_when_the_pack_has_it() -> None:
    ticket = open_issue("2026-03-02", language="fr")
    complaint_id = actions.open_complaint(actor=HOUSE, ticket_id=ticket, now=at("2026-03-02"))
    draft = queries.letter_draft(actor=HOUSE, complaint_id=complaint_id, key="acknowledgement", now=at("2026-03-02"))
    assert (draft.language, draft.body[:12], draft.missing) == ("fr", "Bonjour Rosa", ())
    final = queries.letter_draft(actor=HOUSE, complaint_id=complaint_id, key="final", now=at("2026-03-02"))
    assert (final.language, final.wanted_language) == ("en", "fr")


@pytest.mark.django_db
def test_a_pack_of_ones_own_is_added_as_data_alone() -> None:
    text = """
key = "house.ten_days"
title = "Ten days"
jurisdiction = "Our house"
sector = "All"
source = "https://example.test/ten-days"
review_on = 2027-01-01
[retention]
years = 1
sentence = "One year."
[[clocks]]
key = "answer"
title = "Answer"
count = 10
unit = "days"
sentence = "Within ten days."
stops_on = ["final"]
letter = "final"
[[letters]]
key = "final"
title = "Answer"
role = "final"
[letters.texts]
en = "Dear ${customer}, ${outcome}."
"""
    version = law.add_pack(actor=HOUSE, text=text, now=at("2026-03-01"))
    pack: PackInForce = detail(
        actions.open_complaint(
            actor=HOUSE,
            ticket_id=open_issue("2026-03-02"),
            pack_id=RulePackVersion.objects.get(pk=version).pack_id,
            now=at("2026-03-02"),
        ),
        "2026-03-02",
    ).pack
    assert pack.rules.title == "Ten days"
    assert Complaint.objects.get().next_due_on == dt.date(2026, 3, 12)
    assert law.add_pack(actor=HOUSE, text=text, now=at("2026-03-02")) == version


@pytest.mark.django_db
def test_a_complaint_made_later_counts_from_her_latest_message_and_not_from_the_opening() -> None:
    pack, ticket = load_both(), open_issue("2026-03-02")
    write_again(ticket, "2026-04-13", "I want to complain.")
    complaint_id = actions.open_complaint(actor=HOUSE, ticket_id=ticket, pack_id=pack, now=at("2026-04-15"))
    found = Complaint.objects.get()
    assert (found.received_at, found.received_on) == (at("2026-04-13"), dt.date(2026, 4, 13))
    assert found.summary == "Charged twice. I want to complain."
    # The letter after six weeks, which holds from 8 April; at the opening of the ticket it was eight.
    assert clock(complaint_id, "adr", "2026-04-15").due_on == dt.date(2026, 5, 25)
    [exported] = queries.export(actor=HOUSE, filters=ComplaintFilters(view="all"), now=at("2026-04-15"))
    assert exported.received_at == at("2026-04-13")
    assert detail(complaint_id, "2026-04-15").stages[0].entered_at == at("2026-04-13")


@pytest.mark.django_db
def test_the_day_of_the_complaint_can_be_said_and_lies_between_a_year_before_the_opening_and_now() -> None:
    ticket = open_issue("2026-03-02")
    write_again(ticket, "2026-03-06", "Still nothing.")
    for day in ("2025-02-28", "2026-03-10"):
        with pytest.raises(Invalid, match="at most 366 days before 2 Mar 2026, 10:00 UTC, when the"):
            actions.open_complaint(actor=HOUSE, ticket_id=ticket, received_at=at(day), now=at("2026-03-09"))
    assert (Complaint.objects.count(), Ticket.objects.get().kind) == (0, "request")
    actions.open_complaint(actor=HOUSE, ticket_id=ticket, received_at=at("2026-03-04"), now=at("2026-03-09"))
    assert Complaint.objects.get().received_on == dt.date(2026, 3, 4)


@pytest.mark.django_db
def test_a_letter_that_lay_before_it_was_typed_in_counts_from_the_day_it_came() -> None:
    pack, ticket = load_both(), open_issue("2026-04-13")
    complaint_id = actions.open_complaint(
        actor=HOUSE, ticket_id=ticket, pack_id=pack, received_at=at("2026-04-09"), channel="phone", now=at("2026-04-13")
    )
    found = Complaint.objects.get()
    assert (found.received_at, found.summary) == (at("2026-04-09"), "Charged twice. You took it twice.")
    assert clock(complaint_id, "adr", "2026-04-13").due_on == dt.date(2026, 5, 21)


@pytest.mark.django_db
def test_a_time_within_the_minute_of_the_opening_is_the_opening() -> None:
    pack, ticket = load_both(), open_issue("2026-04-13")
    typed = at("2026-04-13") - dt.timedelta(seconds=59)
    actions.open_complaint(actor=HOUSE, ticket_id=ticket, pack_id=pack, received_at=typed, now=at("2026-04-13"))
    assert Complaint.objects.get().received_at == at("2026-04-13")


@pytest.mark.django_db
@pytest.mark.parametrize(("became_one", "came"), [("2026-03-05", "2026-03-04"), ("2026-03-03", "2026-03-02")])
def test_chasing_a_complaint_does_not_make_it_younger(became_one: str, came: str) -> None:
    pack, ticket = load_both(), open_issue("2026-03-02")
    events = [
        (at("2026-03-04"), lambda: write_again(ticket, "2026-03-04", "I complain.")),
        (at(became_one), lambda: desk.change_fields(
            actor=HOUSE, ticket_id=ticket, kind="complaint", now=at(became_one)
        )),
    ]  # fmt: skip
    for _, happen in sorted(events, key=lambda event: event[0]):
        happen()
    write_again(ticket, "2026-04-13", "Where does it stand?")
    assert queries.complained_at(actor=HOUSE, ticket_id=ticket, now=at("2026-04-15")) == at(came)
    actions.open_complaint(actor=HOUSE, ticket_id=ticket, pack_id=pack, now=at("2026-04-15"))
    assert Complaint.objects.get().received_at == at(came)


@pytest.mark.django_db
def test_the_rules_of_the_day_where_the_law_holds_count_near_midnight() -> None:
    pack, ticket = load_both(), open_issue("2026-04-01")
    half_past_midnight = dt.datetime(2026, 4, 7, 23, 30, tzinfo=dt.UTC)
    complaint_id = actions.open_complaint(
        actor=HOUSE, ticket_id=ticket, pack_id=pack, received_at=half_past_midnight, now=at("2026-04-08")
    )
    assert Complaint.objects.get().received_on == dt.date(2026, 4, 8)
    assert clock(complaint_id, "adr", "2026-04-08").due_on == dt.date(2026, 5, 20)


def write_again(ticket_id: int, day: str, body: str) -> None:
    desk.customer_message(actor=HOUSE, ticket_id=ticket_id, body=body, now=at(day))


def load_both() -> int:
    """Return the Ofcom pack with both of its versions: eight weeks until 7 April 2026, six since."""
    load("uk-ofcom-before-2026-04.toml")
    return load("uk-ofcom-2026-04.toml")
